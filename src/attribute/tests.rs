#![expect(clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::single_range_in_vec_init, reason = "a content is ranges, be it one")]

use super::*;
use crate::attribute::confidence::Signals;
use crate::extract::WEIGHTS;
use crate::{Extractor, Span};

/// What a reading of roles that begin at word 10 says of a cue at word 14.
fn read(roles: &[u8], margins: &[f32]) -> Option<Candidate> {
    let reading = Reading {
        trigger: 14,
        score: 1.0,
        first: 10,
        roles: roles.to_vec(),
        margins: margins.to_vec(),
        lead: 2.0,
    };
    Candidate::of(&reading, |_| 0)
}

#[test]
fn a_candidate_is_what_the_roles_say() {
    let roles = [1, 0, 1, 2, 3, 0, 5, 6, 0, 5];
    let margins = [9.0, 0.0, 4.0, 2.0, 0.0, 0.0, 1.0, 2.0, 0.0, 3.0];
    let found = read(&roles, &margins).expect("it has content");
    assert_eq!(found.content, [16..18, 19..20]);
    assert_eq!(found.margins, [1.0, 2.0, 3.0]);
    assert_eq!(
        (found.cue.clone(), found.source.clone()),
        (14..15, Some(12..14)),
        "the source next to the cue"
    );
    assert!((found.source_margin - 3.0).abs() < 1e-6, "the mean of its words");
    let moved = found.shifted(100);
    assert_eq!(
        (moved.content, moved.cue, moved.source),
        (vec![116..118, 119..120], 114..115, Some(112..114))
    );
    assert!(read(&[1, 2, 0, 0, 3, 0], &[0.0; 6]).is_none(), "no content, no quote");
    let bare = read(&[0, 0, 0, 0, 0, 5], &[1.0; 6]).expect("it has content");
    assert_eq!(
        (bare.cue, bare.source, bare.source_margin),
        (14..15, None, 0.0),
        "the trigger alone is the cue"
    );
}

/// True if two rows of signals are the same but for rounding.
fn alike(found: Signals, expected: Signals) -> bool {
    found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5)
}

#[test]
fn signals_tell_size_certainty_and_marks() {
    let segments = Segments::of("Souza told Chen “no” and left the old town.");
    let mut candidate = read(&[0, 0, 0, 0, 3, 5], &[1.0; 6]).expect("it has content");
    candidate.content = vec![3..7];
    candidate.margins = vec![20.0, 2.0, 4.0, 4.0];
    candidate.source_margin = 30.0;
    candidate.source = Some(0..1);
    candidate.lead = -5.0;
    candidate.score = 9.0;
    assert!(alike(candidate.signals(&segments), [8.0, -4.0, -4.0, 5.0, 10.0, 1.0, 0.75, 1.0]));
    candidate.content = vec![3..5, 6..9];
    candidate.margins = vec![1.0; 5];
    candidate.source = None;
    candidate.lead = 2.0;
    candidate.score = -9.0;
    assert!(alike(candidate.signals(&segments), [-3.0, 2.0, 0.0, 1.0, 10.0, 0.0, 0.4, 0.0]));
}

#[test]
fn a_confidence_is_the_fitted_curve() -> Result<(), Box<dyn std::error::Error>> {
    let heads = Heads::read(&Weights::read(WEIGHTS)?)?;
    let of = |score: f32| heads.confidence.of(&[score, 2.0, 0.0, 5.0, 5.0, 1.0, 1.0, 0.0]);
    assert!(of(-3.0) < of(4.0) && of(4.0) > 0.5 && of(8.0) < 1.0);
    assert!((Confidence::default().of(&[1.0; 8]) - 0.5).abs() < 1e-6);
    Ok(())
}

#[test]
fn a_sentence_takes_sides_toward_words_that_are_pointed_at() -> Result<(), Box<dyn std::error::Error>> {
    let toward = |text: &str, words: &str| {
        let start = text.find(words).unwrap_or_default();
        Extractor::new()?.stance_toward(text, Span::new(start, start + words.len()))
    };
    let praised = toward("The mayor praised the new dam warmly.", "the new dam")?;
    let denounced = toward("The mayor denounced the new dam as a disgrace.", "the new dam")?;
    assert!(praised.score > 0.0 && denounced.score < 0.0, "{praised:?} {denounced:?}");
    Ok(())
}
