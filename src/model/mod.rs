//! What an incident is. No file, no HTML, no JSON: those who print it make views of their own.

pub mod fact;
pub mod when;
pub mod cause;
pub mod timeline;
pub mod action;
pub mod kind;
pub mod incident;
