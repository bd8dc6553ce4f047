//! What templates receive: typed, in the words of one language, with every address made.

pub mod page;
pub mod names;
pub mod row;
pub mod list;
pub mod figure;
pub mod streak;
pub mod evidence;
pub mod incident;
pub mod course;
pub mod facet;
pub mod value;
pub mod home;
pub mod actions;
pub mod trends;
pub mod about;
