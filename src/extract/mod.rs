//! Structure becomes facts.
pub mod time;
