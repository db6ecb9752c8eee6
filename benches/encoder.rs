//! The share that the encoder reaches of what this processor can multiply and add.
//!
//! `cargo bench --bench encoder --features bench -- TEXTS.json` prints billions of multiplications with an addition a
//! second, of the encoder on the texts (a JSON list) and of its kernel alone, the best of five in turn, and their share.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use onrecord::{EncoderAlone, KernelAlone};

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a word of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [path] = words.as_slice() else { return Err("TEXTS.json".into()) };
    let texts: Vec<String> = serde_json::from_slice(&std::fs::read(path)?)?;
    let encoder = EncoderAlone::new(&texts.join("\n\n"))?;
    let kernel = KernelAlone::new();
    let (mut encoding, mut ceiling) = (0.0_f64, 0.0_f64);
    for _ in 0..5 {
        encoding = encoding.max(billions(|| encoder.run()));
        ceiling = ceiling.max(billions(|| kernel.run()));
    }
    writeln!(std::io::stdout(), "{encoding:.1} {ceiling:.1} {:.3}", encoding / ceiling)?;
    Ok(())
}

/// Billions a second of what `run` counts.
fn billions(run: impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    let count = run();
    count as f64 / 1e9 / start.elapsed().as_secs_f64()
}
