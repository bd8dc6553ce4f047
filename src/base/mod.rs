//! Places: which file, which bytes of it, and where a thing is published. And what is said on the way.

pub mod blanks;
pub mod span;
pub mod source;
pub mod path;
pub mod file;
pub mod nearest;
pub mod hash;
pub mod held;
pub mod hidden;
pub mod digest;
pub mod progress;
pub mod unique;
pub mod escape;
