//! Facts are read from any bytes, and every place that they were read from lies inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite_fuzz::{holds, vocabulary};

fuzz_target!(|bytes: &[u8]| holds(&pmsite::pipeline::text("a.md", bytes.to_vec(), vocabulary())));
