//! A lock that is taken though a thread that held it panicked: what stands behind it is whole after every step.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a lock guards.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
