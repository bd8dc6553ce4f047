//! Places: which file, which bytes of it, and where a thing is published.

pub mod span;
pub mod source;
pub mod path;
pub mod nearest;
pub mod hash;
pub mod hidden;
