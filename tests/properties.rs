//! What holds for every text, however odd: no panic, spans that are the article's own text, the same answer twice.

#![allow(clippy::expect_used, reason = "a test may panic")]

use std::sync::LazyLock;

use onrecord::{Article, Extractor, Kind, Passage};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().expect("the crate's own weights"));

/// Every passage of an article.
fn passages(article: &Article) -> Vec<&Passage> {
    let mut out: Vec<&Passage> = article.speakers.iter().flat_map(|s| &s.mentions).collect();
    for quote in &article.quotes {
        out.extend(quote.spans.iter().chain(&quote.verbatim).chain(&quote.cue).chain(&quote.source));
        for stance in &quote.stances {
            out.extend(std::iter::once(&stance.target).chain(&stance.evidence).chain(&stance.condition));
        }
    }
    out
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let article = EXTRACTOR.extract(text).expect("a text of less than 4 GiB");
    prop_assert_eq!(&article, &EXTRACTOR.extract(text).expect("the same text"));
    for passage in passages(&article) {
        let found = text.get(passage.start as usize..passage.end as usize);
        prop_assert_eq!(found, Some(passage.text.as_str()));
        prop_assert!(passage.start < passage.end);
    }
    let starts: Vec<u32> = article.quotes.iter().map(|q| q.start).collect();
    prop_assert!(starts.is_sorted());
    for quote in &article.quotes {
        prop_assert!((0.0..=1.0).contains(&quote.confidence));
        prop_assert!(quote.kind == Kind::Indirect || !quote.verbatim.is_empty());
        prop_assert!(!quote.text.trim().is_empty());
        prop_assert!(quote.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(quote.speaker.is_none_or(|n| (n as usize) < article.speakers.len()));
    }
    let points: Vec<char> = text.chars().collect();
    for passage in passages(&article.in_code_points()) {
        let found: String = points[passage.start as usize..passage.end as usize].iter().collect();
        prop_assert_eq!(&found, &passage.text);
    }
    Ok(())
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
