//! The whole reading of any text, with every invariant.

#![no_main]

#[path = "../../tests/common/invariants.rs"]
mod invariants;
#[allow(dead_code)]
#[path = "../../tests/common/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::extract(data));
