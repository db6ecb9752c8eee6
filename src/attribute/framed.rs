//! Views framed by whose they are: "In Ann Lee's view, the dam is safe." "By the union's account, nobody was asked."
//!
//! No verb attributes, so the network finds few of them; the form is exact.

use std::ops::Range;

use super::Laid;
use crate::segment::{Segments, WordKind};

/// What a view is called, by the preposition in front.
const IN: [&str; 7] = ["view", "opinion", "telling", "judgment", "judgement", "estimation", "words"];
const BY: [&str; 4] = ["account", "reckoning", "telling", "admission"];

/// Words of the source, at most.
const SOURCE: usize = 8;

/// The quotes that such a frame opens, in order.
pub(super) fn quotes(text: &str, segments: &Segments) -> impl Iterator<Item = Laid> {
    segments.sentences.iter().filter_map(move |sentence| quote(text, segments, sentence))
}

fn quote(text: &str, segments: &Segments, sentence: &Range<usize>) -> Option<Laid> {
    let form = |n: usize| segments.words.get(n).and_then(|w| w.span().of(text)).unwrap_or_default();
    let word = |n: usize| segments.words.get(n).is_some_and(|w| w.kind() == WordKind::Word);
    let is = |n: usize, wanted: &str| form(n).eq_ignore_ascii_case(wanted);
    let start = sentence.start;
    let nouns: &[&str] = match () {
        () if is(start, "in") => &IN,
        () if is(start, "by") => &BY,
        () => return None,
    };
    if segments.marks.around(start).is_some() {
        return None;
    }
    let noun = (start + 2..sentence.end.min(start + SOURCE + 4)).find(|n| nouns.contains(&form(*n)))?;
    // "In Ann Lee's own view,": the noun behind its owner; "In the view of Ann Lee,": in front.
    let (cue, source, comma) = if form(noun + 1) == "," {
        let owned = noun - usize::from(is(noun - 1, "own"));
        let own = ["my", "our", "his", "her", "their", "its"].iter().any(|p| is(start + 1, p));
        let named = matches!(form(owned - 1), "’s" | "'s" | "’" | "'");
        let source = start + 1..if named { owned - 1 } else { owned };
        (own && source.len() == 1 || named && !source.is_empty()).then_some((
            owned..noun + 1,
            source,
            noun + 1,
        ))
    } else if is(start + 1, "the") && noun == start + 2 && is(noun + 1, "of") {
        let comma = (noun + 3..sentence.end.min(noun + 3 + SOURCE)).find(|n| form(*n) == ",")?;
        Some((start..noun + 2, noun + 2..comma, comma))
    } else {
        None
    }?;
    // "In her words, “the dam is safe”", and no "in other words".
    let quotation =
        segments.marks.around(comma + 1).filter(|q| is(noun, "words") && q.words.start == comma + 1);
    let end = match quotation {
        Some(quotation) => quotation.words.end,
        None => (comma + 1..sentence.end).rev().find(|n| word(*n))? + 1,
    };
    let plain = source.clone().all(word) && (quotation.is_some() || !is(noun, "words"));
    plain.then_some(Laid { cue, source, content: comma + 1..end })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cue, source and content of the framed views of a text.
    fn found(text: &str) -> Vec<[&str; 3]> {
        let segments = Segments::of(text);
        let of = |words: &Range<usize>| segments.span(words).and_then(|s| s.of(text)).unwrap_or_default();
        quotes(text, &segments).map(|q| [of(&q.cue), of(&q.source), of(&q.content)]).collect()
    }

    #[test]
    fn whose_view_it_is_stands_before_the_noun_or_behind_it() {
        for (text, cue, source) in [
            ("In Ann Lee’s view, the dam is safe.", "view", "Ann Lee"),
            ("In Ann Lee's own view, the dam is safe.", "own view", "Ann Lee"),
            ("In her opinion, the dam is safe.", "opinion", "her"),
            ("By their own account, the dam is safe.", "own account", "their"),
            ("By the river board’s reckoning, the dam is safe.", "reckoning", "the river board"),
            ("In the view of Ann Lee, the dam is safe.", "In the view of", "Ann Lee"),
            (
                "By the account of the river board and Holt, the dam is safe.",
                "By the account of",
                "the river board and Holt",
            ),
        ] {
            assert_eq!(found(text), [[cue, source, "the dam is safe"]], "{text}");
            // What stands before it changes nothing.
            let later = format!("It rained all day. {text} It snowed.");
            assert_eq!(found(&later), [[cue, source, "the dam is safe"]], "{later}");
        }
    }

    #[test]
    fn somebody_s_words_stand_in_marks() {
        for (text, cue, source, content) in [
            ("In the words of Ann Lee, “we go”, and soon.", "In the words of", "Ann Lee", "“we go”"),
            ("In her own words, “we go.”", "own words", "her", "“we go.”"),
            ("In Ann Lee’s view, “we” go.", "view", "Ann Lee", "“we” go"),
        ] {
            assert_eq!(found(text), [[cue, source, content]], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_view_frames_nothing() {
        for text in [
            "On Ann Lee’s view, the dam is safe.",
            "In Ann Lee’s account, the dam is safe.",
            "By Ann Lee’s opinion, the dam is safe.",
            "In full view, the dam is safe.",
            "In the long view of Ann Lee, the dam is safe.",
            "In a view of Ann Lee, the dam is safe.",
            "In the view from Ann Lee, the dam is safe.",
            "In the view of Ann Lee the dam is safe.",
            "In the view of the (old) board, the dam is safe.",
            "In the view of one two three four five six seven eight nine, the dam is safe.",
            "In one two three four five six seven eight nine ten’s view, the dam is safe.",
            "In her dog view, the dam is safe.",
            "“In Ann Lee’s view, the dam is safe.”",
            "In other words, “the dam is safe.”",
            "In the words of Ann Lee, the dam is “safe”.",
            "In the words of “Ann, of Ost,” we go.",
            "In Ann Lee’s view, — …",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
