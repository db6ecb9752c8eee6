//! The third stage: from the encoder's tags to quotes, each with its cue, its source and its content.

use std::ops::Range;

/// A quote as word numbers, before its speaker and stances are known; ranges leave their end out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// The content's pieces, in order, at least one.
    pub(crate) content: Vec<Range<usize>>,
    /// The words that attribute.
    pub(crate) cue: Option<Range<usize>>,
    /// The words for the source.
    pub(crate) source: Option<Range<usize>>,
    /// 0 to 1.
    pub(crate) confidence: f32,
}
