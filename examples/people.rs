//! People whom you know and topics of your own, over many articles: `cargo run --example people`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use onrecord::{Extractor, Person, Topics};

const ARTICLES: [&str; 2] = [
    "Maria Souza, the mayor, rejected fewer boats to the island. Ola Brandt welcomed a higher property tax.",
    "The Iron Mayor called the cuts to the ferry a disgrace.",
];

fn main() -> Result<(), onrecord::Error> {
    let souza = Person {
        name: "Maria Souza".to_owned(),
        aliases: vec!["the Iron Mayor".to_owned()],
        id: Some("Q1".to_owned()),
    };
    let topics = Topics::new([
        ("ferry", vec!["ferry service cuts", "fewer boats"]),
        ("tax", vec!["a higher property tax"]),
    ])?;
    let extractor = Extractor::new()?.with_people(&[souza])?.with_topics(topics);

    for text in ARTICLES {
        let article = extractor.extract(text)?;
        for stance in article.stances() {
            let holder = stance.holder.and_then(|n| article.speakers.get(n as usize));
            let (name, id) = holder.map_or(("-", None), |s| (s.name.as_str(), s.id.as_deref()));
            let topic = stance.topic.as_deref().unwrap_or("no topic");
            println!(
                "{name} ({}) | {:?} | {topic} | {}",
                id.unwrap_or("-"),
                stance.label,
                stance.target.text
            );
        }
    }
    Ok(())
}
