//! What the fuzzers do with their bytes through the public interface; `tests/regressions.rs` does it with kept files.

use std::sync::LazyLock;

use onrecord::{Article, Extractor, Person, Span, Topics};

use crate::invariants;

static PLAIN: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().expect("the crate's own weights"));
static INFORMED: LazyLock<Extractor> = LazyLock::new(|| {
    let person = |name: &str, aliases: &[&str]| Person {
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        id: Some(name.to_owned()),
    };
    let people = [person("Maria Souza", &["the mayor", "M. Souza"]), person("Bo Ek", &["Ek's", "O’Ek"])];
    let topics = Topics::new([("plan", ["the plan"]), ("peace", ["sending soldiers to keep the peace"])]);
    let extractor = Extractor::new().and_then(|extractor| extractor.with_people(&people));
    extractor.expect("people with names").with_topics(topics.expect("topics with words"))
});

/// Reads an article; the first byte chooses the extractor and the words whose stance is asked for.
pub(crate) fn extract(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let start = data.first().map_or(0, |byte| usize::from(*byte));
    let extractor = if start.is_multiple_of(2) { &PLAIN } else { &INFORMED };
    let article = extractor.extract(&text).expect("a text of less than 4 GiB");
    if let Err(wrong) = invariants::check(&article, &text) {
        panic!("{wrong}");
    }
    assert_eq!(article, extractor.extract(&text).expect("the same text"), "not the same twice");
    stance_on(&article, "the plan");
    for span in [Span::new(start, start + 5), Span::new(start, text.len())] {
        if let Ok(polarity) = extractor.stance_toward(&text, span) {
            assert!((-1.0..=1.0).contains(&polarity.score) && (0.0..=1.0).contains(&polarity.confidence));
        }
    }
}

/// Asks for a matter; none if it has no words.
fn stance_on(article: &Article, matter: &str) {
    let found = article.stance_on(matter, 0.0).unwrap_or_default();
    assert!(found.iter().all(|position| (0.0..=1.0).contains(&position.matching)));
}

/// Reads what users give as JSON: an article, topics.
pub(crate) fn json(data: &[u8]) {
    if let Ok(article) = serde_json::from_slice::<Article>(data) {
        // Whatever its offsets say, nothing panics.
        let _ = article.clone().in_code_points();
        let _ = article.clone().in_utf16();
        let _ = article.clone().confident(0.5);
        for speaker in article.speakers.iter().take(2) {
            stance_on(&article, &speaker.name);
        }
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
