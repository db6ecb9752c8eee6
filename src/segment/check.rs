//! What holds for the segments of every text, for the tests and the fuzzer.

use std::ops::Range;

use super::words::is_blank;
use super::{MarkRole, Segments};

/// What is wrong with the segments of `text`, if anything is.
pub(crate) fn broken(text: &str, segments: &Segments) -> Option<&'static str> {
    let Segments { words, paragraphs, sentences, paragraph_of, marks, .. } = segments;
    let mut end = 0;
    for word in words {
        if word.span().is_empty() || word.span().of(text).is_none() {
            return Some("a word is empty or not on whole characters");
        }
        match text.get(end..word.span().start()) {
            None => return Some("words out of order"),
            Some(gap) if !gap.chars().all(is_blank) => return Some("a character is in no word"),
            Some(_) => end = word.span().end(),
        }
    }
    if !text.get(end..).is_some_and(|gap| gap.chars().all(is_blank)) {
        return Some("a character behind the last word");
    }
    if !tiles(paragraphs, words.len()) || !tiles(sentences, words.len()) {
        return Some("paragraphs or sentences do not hold every word once");
    }
    if paragraph_of.len() != sentences.len() {
        return Some("a number is missing");
    }
    let at_home = |(n, sentence): (usize, &Range<usize>)| {
        let paragraph = paragraph_of.get(n).and_then(|p| paragraphs.get(*p as usize));
        paragraph.is_some_and(|p| p.start <= sentence.start && sentence.end <= p.end)
            && sentence.clone().all(|word| segments.sentence(word) == Some(n))
    };
    if !sentences.iter().enumerate().all(at_home) {
        return Some("a sentence is not in its paragraph");
    }
    for quotation in &marks.quotations {
        let Range { start, end } = quotation.words;
        if start >= end || end > words.len() {
            return Some("a quotation without words");
        }
        if quotation.closed && segments.role(end - 1) != MarkRole::Close {
            return Some("a closed quotation does not end with its mark");
        }
    }
    let around = |n| marks.around(n).is_none_or(|quotation| quotation.words.contains(&n));
    (!(0..words.len()).all(around)).then_some("a word is not in the quotation around it")
}

/// True if the ranges follow each other from 0 to `end`, none of them empty.
fn tiles(ranges: &[Range<usize>], end: usize) -> bool {
    let mut at = 0;
    ranges.iter().all(|r| r.start == std::mem::replace(&mut at, r.end) && r.start < r.end) && at == end
}
