//! The bare loop that `benches/tables.py` compares data frames with: nothing but the extractor on threads.
//!
//! `cargo bench --bench extract -- TEXTS.json THREADS` prints how many seconds the texts, a JSON list, took, how many
//! quotes they have, and the widest instructions that the processor offers, which the kernels are chosen by.

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
    writeln!(std::io::stdout(), "{seconds} {} {}", found.into_inner(), instructions())?;
    Ok(())
}

fn instructions() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
            return "x86_64-avx512vnni";
        }
        if is_x86_feature_detected!("avx2") {
            return "x86_64-avx2";
        }
    }
    std::env::consts::ARCH
}
