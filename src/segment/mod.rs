//! The first stage: words, sentences, paragraphs and quotation marks, as spans and word numbers.
//!
//! Nothing here depends on the model, and nothing fails: any string gives segments, in linear time.

mod abbreviations;
#[cfg(any(test, fuzzing))]
pub(crate) mod check;
mod marks;
mod piece;
mod ranges;
mod sentences;
mod words;

use std::ops::Range;

pub(crate) use marks::{MarkRole, Marks, Quotation};
pub(crate) use piece::Piece;
pub(crate) use ranges::Ranges;
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
    /// Number of the paragraph that each sentence is in.
    pub(crate) paragraph_of: Vec<u32>,
    /// What stands between quotation marks.
    pub(crate) marks: Marks,
    sentence_of: Ranges,
}

impl Segments {
    /// The segments of any text.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = words::words(text);
        let paragraphs = sentences::paragraphs(text, &words);
        let marks = Marks::of(text, &mut words, &paragraphs);
        let (sentences, paragraph_of) = sentences::sentences(text, &words, &paragraphs);
        let sentence_of = Ranges::of(sentences.iter().cloned(), words.len());
        Self { words, paragraphs, sentences, paragraph_of, marks, sentence_of }
    }

    /// What a word does as a mark.
    pub(crate) fn role(&self, word: usize) -> MarkRole {
        self.words.get(word).map_or(MarkRole::None, |w| w.role())
    }

    /// Number of the sentence that a word is in.
    pub(crate) fn sentence(&self, word: usize) -> Option<usize> {
        self.sentence_of.around(word)
    }

    /// The words of the sentence that a word is in; of a word behind the last, none.
    pub(crate) fn sentence_words(&self, word: usize) -> Range<usize> {
        self.sentence(word).and_then(|n| self.sentences.get(n)).cloned().unwrap_or(word..word)
    }

    /// Number of the paragraph that a word is in.
    pub(crate) fn paragraph(&self, word: usize) -> Option<usize> {
        Some(*self.paragraph_of.get(self.sentence(word)?)? as usize)
    }

    /// Of each of some words, the number of its sentence.
    pub(crate) fn sentence_numbers(&self, words: Range<usize>) -> Vec<u32> {
        words.map(|word| self.sentence(word).unwrap_or_default() as u32).collect()
    }

    /// The bytes from the first to the last of some words, or `None` for no words.
    pub(crate) fn span(&self, words: &Range<usize>) -> Option<Span> {
        let words = self.words.get(words.clone())?;
        Some(words.first()?.span().cover(words.last()?.span()))
    }
}

#[cfg(test)]
mod tests;
