//! Quotes, speakers and stances of one text: `cargo run --example article [FILE]`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use onrecord::{Extractor, Speaker};

const STORY: &str = "\
Mayor Rejects Ferry Cuts

Maria Souza, the mayor of Port Ellis, said on Tuesday that the cuts to the ferry were “a blow to every family on the \
island.” “We were never asked,” she told reporters. “We will not pay for it.”

According to a report by the audit office, two lines lose $3.5 million a year.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => STORY.to_owned(),
    };
    let article = Extractor::new()?.extract(&text)?;
    let name = |number: Option<u32>| {
        let speaker: Option<&Speaker> = number.and_then(|n| article.speakers.get(n as usize));
        speaker.map_or("(nobody named)", |s| &s.name)
    };

    for quote in &article.quotes {
        println!("{}, {:?}, {:.0}% sure", name(quote.speaker), quote.kind, 100.0 * quote.confidence);
        for span in &quote.spans {
            println!("    {}..{} {}", span.start, span.end, span.text);
        }
        for stance in &quote.stances {
            println!("    {:?} → {}", stance.label, stance.target_name);
        }
    }
    for speaker in &article.speakers {
        let role = speaker.role.as_deref().unwrap_or("no role");
        println!("{}: {:?}, {role}, {} quotes", speaker.name, speaker.kind, speaker.quote_count);
    }
    Ok(())
}
