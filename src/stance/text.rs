//! The words of a text as the rules look at them: small words of grammar, and where phrases and clauses end.

use std::ops::Range;

use crate::segment::{Segments, WordKind};

/// Words that open a clause of its own, and so end a phrase.
const OPENERS: [&str; 24] = [
    "although", "after", "because", "before", "but", "if", "instead", "once", "provided", "rather", "since",
    "so", "that", "though", "unless", "until", "when", "where", "whereas", "whether", "which", "while",
    "who", "why",
];
/// Forms of verbs of grammar: what stands before them was a phrase of its own.
const AUXILIARIES: [&str; 30] = [
    "am", "are", "be", "been", "being", "ca", "can", "cannot", "could", "did", "do", "does", "had", "has",
    "have", "is", "may", "might", "must", "shall", "should", "was", "were", "will", "wo", "would", "'ll",
    "’ll", "'d", "’d",
];
/// Words that no object starts with.
const NO_OBJECT: [&str; 28] = [
    "about", "and", "as", "at", "away", "back", "between", "by", "down", "for", "from", "how", "in", "into",
    "not", "of", "off", "on", "or", "out", "over", "than", "then", "there", "to", "up", "what", "with",
];

/// A text and its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) segments: &'a Segments,
}

impl<'a> Text<'a> {
    /// The form of word `n`, empty past the end.
    pub(super) fn form(&self, n: usize) -> &'a str {
        self.segments.words.get(n).and_then(|word| word.span().of(self.text)).unwrap_or_default()
    }

    /// True if word `n` is one of `forms`, in any case.
    pub(super) fn is(&self, n: usize, forms: &[&str]) -> bool {
        let form = self.form(n);
        forms.iter().any(|f| f.eq_ignore_ascii_case(form))
    }

    pub(super) fn is_word(&self, n: usize) -> bool {
        self.segments.words.get(n).is_some_and(|word| word.kind() == WordKind::Word)
    }

    pub(super) fn is_mark(&self, n: usize) -> bool {
        self.segments.words.get(n).is_some_and(|word| word.kind() == WordKind::Mark)
    }

    pub(super) fn is_auxiliary(&self, n: usize) -> bool {
        self.is(n, &AUXILIARIES)
    }

    /// The first word at `at` or later that is no quotation mark.
    pub(super) fn past_marks(&self, at: usize, end: usize) -> usize {
        (at..end).find(|n| !self.is_mark(*n)).unwrap_or(end)
    }

    /// True if an object may start with word `n`.
    pub(super) fn opens_object(&self, n: usize) -> bool {
        // "that vote on the canal" is a thing, "that voters like it" is none.
        let thing = self.is(n, &["that"]) && self.is(n + 2, &["about", "in", "of", "on"]);
        thing || self.is_word(n) && !self.is(n, &NO_OBJECT) && !self.is(n, &OPENERS) && !self.is_auxiliary(n)
    }

    /// The phrase of things from `start`: up to a sign, another clause, a verb of grammar, "and", or "for doing".
    pub(super) fn phrase(&self, start: usize, end: usize) -> Range<usize> {
        let ends = |n: &usize| {
            let doing = self.is(*n, &["for", "by"]) && self.form(n + 1).ends_with("ing");
            let other = self.is(*n, &["and", "or", "now"]) || doing || self.is_auxiliary(*n);
            *n > start && (other || self.breaks(*n))
        };
        start..self.without_mark((start..end).find(ends).unwrap_or(end))
    }

    /// The verb with all that belongs to it, from `start`: up to a sign or another clause.
    pub(super) fn deed(&self, start: usize, end: usize) -> Range<usize> {
        start..self.without_mark((start..end).find(|n| *n > start && self.breaks(*n)).unwrap_or(end))
    }

    /// True if the sentence does not go on in the same clause with word `n`.
    pub(super) fn breaks(&self, n: usize) -> bool {
        let sign = !self.is_word(n)
            && !self.is_mark(n)
            && !matches!(self.form(n), "-" | "–" | "/" | "$" | "%" | "&");
        let ended = n > 0 && self.segments.sentence(n) != self.segments.sentence(n - 1);
        sign || ended || self.is(n, &OPENERS) || self.is(n, &["on"]) && self.is(n + 1, &["condition"])
    }

    /// `end`, or the word before it where that is a quotation mark.
    fn without_mark(&self, end: usize) -> usize {
        if end > 0 && self.is_mark(end - 1) && self.segments.role(end - 1) == crate::segment::MarkRole::Close
        {
            end - 1
        } else {
            end
        }
    }
}
