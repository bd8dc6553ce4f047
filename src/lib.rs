//! pmsite reads a folder of postmortems, English and Korean, written by many hands, and makes a site of it.
//!
//! ```text
//!            discover      decode        parse          extract                       index          render         emit
//! Site ──────► Found ─────► Source ─────► Document ─────► Incident ─┐   Vec<Case> ───► Archive ─────► Output ──────► Sink
//! (config)     per file     per file      per file        per file  └► Case            one            per page       folder
//! ```
//!
//! Each stage knows only what stands before it. ARCHITECTURE.md says who may use whom, and a test holds us to it.

pub mod base;
pub mod diag;
pub mod model;
pub mod vocab;
pub mod config;
pub mod discover;
pub mod decode;
pub mod parse;
pub mod extract;
pub mod check;
pub mod case;
pub mod record;
pub mod facts;
pub mod index;
pub mod render;
pub mod emit;
pub mod cache;
pub mod pipeline;
#[cfg(feature = "serve")]
pub mod serve;
pub mod import;
pub mod cli;
