//! Where the time of the bare loop goes: `cargo bench --bench stages -- TEXTS.json ROUNDS`.
//!
//! The running program is interrupted a thousand times a second of processor time, or as often as the system's clock
//! lets it; a sample counts for the stage that the extractor had called, so that what a stage calls is the stage's.
//! Prints the stages with their samples, tabs between.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use onrecord::Extractor;

/// Which stage the code of a file belongs to: that of the first of these which its path has.
const STAGES: [(&str, &str); 8] = [
    ("src/segment/", "segment"),
    ("src/encode/", "encode"),
    ("src/attribute/link.rs", "link"),
    ("src/attribute/", "heads"),
    ("src/resolve/", "resolve"),
    ("src/people.rs", "resolve"),
    ("src/stance/", "stance"),
    ("src/compose.rs", "compose"),
];

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a word of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [path, rounds] = words.as_slice() else { return Err("TEXTS.json ROUNDS".into()) };
    let texts: Vec<String> = serde_json::from_slice(&std::fs::read(path)?)?;
    let extractor = Extractor::new()?;
    let samples = pprof::ProfilerGuard::new(1000)?;
    for _ in 0..rounds.parse()? {
        for text in &texts {
            std::hint::black_box(extractor.extract(text)?);
        }
    }
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
    for (stack, count) in &samples.report().build()?.data {
        // Innermost first; a frame holds the functions that were inlined into it, innermost first too.
        let outside_in = stack.frames.iter().rev().flat_map(|frame| frame.iter().rev());
        let files = outside_in.filter_map(|symbol| symbol.filename.as_deref());
        *counts.entry(stage(files)).or_default() += count;
    }
    for (stage, count) in counts {
        writeln!(std::io::stdout(), "{stage}\t{count}")?;
    }
    Ok(())
}

/// The stage of a stack, by the files of its functions from the outside in.
fn stage<'a>(files: impl Iterator<Item = &'a Path>) -> &'static str {
    let mut found = None;
    for file in files {
        // What the extractor calls anew is a stage anew, whoever holds it for the extractor.
        if file.ends_with("src/extract.rs") {
            found = None;
            continue;
        }
        let file = file.to_string_lossy().replace('\\', "/");
        let stage = STAGES.iter().find(|(path, _)| file.contains(path)).map(|(_, stage)| *stage);
        // Stances are read while the records are composed.
        if found.is_none() || (found, stage) == (Some("compose"), Some("stance")) {
            found = stage;
        }
    }
    found.unwrap_or("other")
}
