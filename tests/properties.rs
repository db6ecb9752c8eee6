//! What holds for every text, however odd: no panic, spans that are the article's own text, the same answer twice.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/invariants.rs"]
mod invariants;

use std::sync::LazyLock;

use onrecord::{Extractor, Kind};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().expect("the crate's own weights"));

fn check(text: &str) -> Result<(), TestCaseError> {
    let article = EXTRACTOR.extract(text).expect("a text of less than 4 GiB");
    prop_assert_eq!(&article, &EXTRACTOR.extract(text).expect("the same text"));
    invariants::check(&article, text).map_err(TestCaseError::fail)
}

/// Pieces of news text and of what breaks it.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "''",
    "``",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    ",",
    ".",
    "?",
    "...",
    "—",
    ":",
    "\0",
    "\u{feff}",
    "\u{301}",
    "🗳️",
    "said",
    " said",
    "Maria Souza",
    "the mayor",
    "He",
    "she",
    "told reporters",
    "according to",
    "We will not go",
    "that the plan was bad",
    "Mr. Holt",
    "U.S.",
    "don't",
    "rock 'n' roll",
    "Adding that",
    "criticism of",
    "Бывший",
    "東京",
    "الرئيس",
    "if a deal is signed",
    "rejected",
    "the Palestinian Authority (PA)",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_mixture_of_news_and_marks(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..120), gaps in any::<bool>()) {
        check(&pieces.join(if gaps { " " } else { "" }))?;
    }
}

#[test]
fn long_texts_are_read_in_blocks() {
    let paragraph = "“We will not go,” said Maria Souza, the mayor. Critics said that the plan was bad.\n\n";
    let text = paragraph.repeat(300);
    let article = EXTRACTOR.extract(&text).expect("a text of less than 4 GiB");
    let direct = article.quotes.iter().filter(|q| q.kind == Kind::Direct).count();
    // A block's edge may cost a quote, not more.
    assert!((290..=300).contains(&direct), "{direct}");
}
