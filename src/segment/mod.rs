//! The first stage: words, sentences, paragraphs and quotation marks, as spans and word numbers.
//!
//! Nothing here depends on the model, and nothing fails: any string gives segments, in linear time.

mod abbreviations;
#[cfg(any(test, fuzzing))]
pub(crate) mod check;
mod marks;
mod sentences;
mod words;

use std::ops::Range;

pub(crate) use marks::{MarkRole, Marks, Quotation};
pub(crate) use words::{Word, WordKind};

use crate::span::Span;

/// A text cut into its parts; ranges are word numbers, end not included.
#[derive(Debug, Clone)]
pub(crate) struct Segments {
    /// Words, punctuation and marks, in order.
    pub(crate) words: Vec<Word>,
    /// Paragraphs: together they hold every word once.
    pub(crate) paragraphs: Vec<Range<usize>>,
    /// Sentences: together they hold every word once, none crosses a paragraph.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Number of the sentence that each word is in.
    pub(crate) sentence_of: Vec<u32>,
    /// Number of the paragraph that each sentence is in.
    pub(crate) paragraph_of: Vec<u32>,
    /// What stands between quotation marks.
    pub(crate) marks: Marks,
}

impl Segments {
    /// The segments of any text.
    pub(crate) fn of(text: &str) -> Self {
        let words = words::words(text);
        let paragraphs = sentences::paragraphs(text, &words);
        let marks = Marks::of(text, &words, &paragraphs);
        let (sentences, paragraph_of) = sentences::sentences(text, &words, &paragraphs, &marks);
        let mut sentence_of = vec![0; words.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(n as u32);
        }
        Self { words, paragraphs, sentences, sentence_of, paragraph_of, marks }
    }

    /// The bytes from the first to the last of some words, or `None` for no words.
    pub(crate) fn span(&self, words: &Range<usize>) -> Option<Span> {
        let words = self.words.get(words.clone())?;
        Some(words.first()?.span.cover(words.last()?.span))
    }
}

#[cfg(test)]
mod tests;
