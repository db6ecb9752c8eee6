//! The forward pass against the trainer's own: tests/golden.json comes from training/golden.py.

use serde::Deserialize;

use super::Heads;
use crate::encode::features::rows;
use crate::encode::{Encoder, Room, Weights};
use crate::extract::WEIGHTS;
use crate::segment::Segments;
use crate::stance::Subject;

#[derive(Deserialize)]
struct Golden {
    text: String,
    triggers: Vec<f32>,
    entities: Vec<usize>,
    quotes: Vec<GoldenQuote>,
}

#[derive(Deserialize)]
struct GoldenQuote {
    word: usize,
    roles: Vec<u8>,
    labels: [f32; 3],
    act: crate::Act,
}

#[test]
fn the_forward_pass_is_the_trainer_s() -> Result<(), Box<dyn std::error::Error>> {
    let golden: Golden = serde_json::from_str(include_str!("../../tests/golden.json"))?;
    let weights = Weights::read(WEIGHTS)?;
    let (encoder, heads) = (Encoder::read(&weights)?, Heads::read(&weights)?);
    let segments = Segments::of(&golden.text);
    let rows = rows(&golden.text, &segments, 0..segments.words.len());
    let sentence_of = segments.sentence_numbers(0..segments.words.len());
    let mut room = Room::default();
    encoder.encode(&rows, &mut room);
    let Room { vectors, shares: [words, stance_words], .. } = &mut room;

    let triggers = heads.roles.triggers(vectors);
    assert_eq!(triggers.len(), golden.triggers.len());
    for (word, (found, expected)) in triggers.iter().zip(&golden.triggers).enumerate() {
        assert!((found - expected).abs() < 0.03, "trigger of word {word}: {found}, expected {expected}");
    }
    let entities = encoder.entities(vectors);
    assert_eq!(entities.iter().map(|e| *e as usize).collect::<Vec<_>>(), golden.entities);

    heads.roles.words(vectors, words);
    heads.stances.words(vectors, &rows, stance_words);
    assert!(golden.quotes.len() >= 5);
    for quote in golden.quotes {
        let read = heads.roles.tag(vectors, words, &sentence_of, (quote.word, 1.0), false);
        assert_eq!(read.roles, quote.roles, "roles around word {}", quote.word);
        let subject = Subject { trigger: quote.word, roles: &read.roles };
        let stance = heads.stances.of(vectors, stance_words, &sentence_of, subject);
        assert_eq!(stance.act, quote.act, "act of word {}", quote.word);
        for (found, expected) in stance.labels.iter().zip(quote.labels) {
            assert!((found - expected).abs() < 0.02, "labels of word {}: {:?}", quote.word, stance.labels);
        }
    }
    Ok(())
}
