//! What templates receive: typed, in the words of one language, with every address made.

pub mod page;
pub mod row;
pub mod incident;
pub mod facet;
pub mod home;
pub mod names;
