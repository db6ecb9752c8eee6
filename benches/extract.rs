//! The bare loop that `benches/tables.py` compares data frames with: nothing but the extractor on threads.
//!
//! `cargo bench --bench extract -- TEXTS.json THREADS` prints how many seconds the texts, a JSON list, took.

use std::error::Error;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use onrecord::Extractor;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a word of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [path, threads] = words.as_slice() else { return Err("TEXTS.json THREADS".into()) };
    let texts: Vec<String> = serde_json::from_slice(&std::fs::read(path)?)?;
    let (extractor, next, found) = (Extractor::new()?, AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let quotes = extractor.extract(text).map_or(0, |article| article.quotes.len());
            found.fetch_add(quotes, Ordering::Relaxed);
        }
    };
    let threads: usize = threads.parse()?;
    let start = Instant::now();
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let seconds = start.elapsed().as_secs_f64();
    writeln!(std::io::stdout(), "{seconds} {}", found.into_inner())?;
    Ok(())
}
