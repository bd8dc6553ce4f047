//! Everything that is tested from outside, in one binary: it links once.
//!
//! `UPDATE=1 cargo test` writes what was expected anew; read the difference before you commit it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot read its own files should stop where it stands"
)]

#[path = "../../fuzz/targets/ground.rs"]
#[allow(dead_code, unreachable_pub, reason = "also a crate of its own, for the fuzz targets")]
mod ground;
mod project;
#[allow(dead_code, reason = "the table is for `examples/score.rs`")]
mod scoring;
mod cases;

#[cfg(unix)]
mod action;
mod body;
mod build;
mod cache;
mod check;
mod commands;
mod corpus;
mod data;
mod determinism;
mod docs;
mod document;
mod extract;
mod hostile;
mod facts;
mod given;
mod golden;
mod guide;
mod import;
mod messages;
mod properties;
mod serve;
mod settings;
mod start;
mod theme;
mod search;
mod report;
mod safety;
mod tidy;
