//! JSON Lines on all processors: `cargo run --release --example jsonl < archive.jsonl`.
//!
//! Each line holds an object with a `text` and, if you like, an `id`; each line out is an article, in the same order.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::thread;

use onrecord::{Article, Extractor};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: Option<String>,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = std::io::read_to_string(std::io::stdin())?;
    let rows: Vec<Row> = input.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let extractor = Extractor::new()?;
    let share = rows.len().div_ceil(thread::available_parallelism()?.get()).max(1);

    let read = |rows: &[Row]| -> Result<Vec<Article>, onrecord::Error> {
        rows.iter().map(|row| Ok(Article { id: row.id.clone(), ..extractor.extract(&row.text)? })).collect()
    };
    let found = thread::scope(|scope| {
        let threads: Vec<_> = rows.chunks(share).map(|part| scope.spawn(|| read(part))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| "a thread has panicked"))
            .collect::<Vec<_>>()
    });
    for part in found {
        for article in part?? {
            println!("{}", serde_json::to_string(&article)?);
        }
    }
    Ok(())
}
