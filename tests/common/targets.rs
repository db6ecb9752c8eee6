//! What the fuzzers do with their bytes through the public interface; `tests/regressions.rs` does it with kept files.

use std::sync::LazyLock;

use onrecord::{Article, Extractor, Span, Topics};

use crate::invariants;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().expect("the crate's own weights"));

/// Reads an article; the first byte chooses the words whose stance is asked for.
pub(crate) fn extract(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let article = EXTRACTOR.extract(&text).expect("a text of less than 4 GiB");
    if let Err(wrong) = invariants::check(&article, &text) {
        panic!("{wrong}");
    }
    assert_eq!(article, EXTRACTOR.extract(&text).expect("the same text"), "not the same twice");
    let start = data.first().map_or(0, |byte| usize::from(*byte));
    for span in [Span::new(start, start + 5), Span::new(start, text.len())] {
        if let Ok(polarity) = EXTRACTOR.stance_toward(&text, span) {
            assert!((-1.0..=1.0).contains(&polarity.score) && (0.0..=1.0).contains(&polarity.confidence));
        }
    }
}

/// Reads what users give as JSON: an article, topics.
pub(crate) fn json(data: &[u8]) {
    if let Ok(article) = serde_json::from_slice::<Article>(data) {
        // Whatever its offsets say, nothing panics.
        let _ = article.clone().in_code_points();
        let _ = article.clone().in_utf16();
        let _ = article.clone().confident(0.5);
        let written = serde_json::to_vec(&article).expect("what was read can be written");
        let numbers = article.stances().flat_map(|s| [s.score, s.confidence]);
        // JSON has no infinity, which a number of many digits becomes.
        if numbers.chain(article.quotes.iter().map(|q| q.confidence)).all(f32::is_finite) {
            let again: Article = serde_json::from_slice(&written).expect("what was written can be read");
            assert_eq!(again, article);
        }
    }
    if let Ok(topics) = serde_json::from_slice::<Vec<(String, Vec<String>)>>(data) {
        let _ = Topics::new(topics);
    }
}
