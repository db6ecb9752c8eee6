//! The files that the fuzzers found something with, and their seeds, read again by an ordinary `cargo test`.
//!
//! Those of `segment` and `weights`, which only the crate itself can see, are read in `src/fuzzing.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "common/invariants.rs"]
mod invariants;
#[path = "common/targets.rs"]
mod targets;

use std::path::Path;

fn each(target: &str, work: impl Fn(&[u8])) {
    for folder in ["regressions", "seeds"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(target);
        for file in folder.read_dir().into_iter().flatten() {
            work(&std::fs::read(file.unwrap().path()).unwrap());
        }
    }
}

#[test]
fn extract() {
    each("extract", targets::extract);
}

#[test]
fn json() {
    each("json", targets::json);
}
