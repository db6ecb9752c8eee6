//! Words that follow each other, in half the bytes of a `Range<usize>`: for what a long text has many of.

use std::ops::Range;

/// The numbers of some words, end not included; the default is no words at the start of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Piece {
    start: u32,
    end: u32,
}

impl From<Range<usize>> for Piece {
    fn from(words: Range<usize>) -> Self {
        Self { start: words.start as u32, end: words.end as u32 }
    }
}

impl Piece {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same words, or `None` for the default.
    pub(crate) fn some(self) -> Option<Range<usize>> {
        (self != Self::default()).then(|| self.range())
    }
}
