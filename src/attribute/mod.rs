//! The third stage: from vectors to quotes, each with its cue, its source and its content.
//!
//! ```text
//! vectors -> triggers -> roles around each trigger -> quotes that do not overlap, whole between their marks
//! ```

mod link;
mod roles;

use std::ops::Range;

pub(crate) use link::link;
pub(crate) use roles::Roles;
use roles::{CONTENT, CUE, Reading, SOURCE};

use crate::encode::Vectors;

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

/// Triggers below this log odds are not looked at.
const LEAST_TRIGGER: f32 = -1.0;

/// What each likely trigger of a block of words attributes.
///
/// `sentence_of` numbers the sentence of each word of the block; only triggers in `core` are looked at.
pub(crate) fn candidates(
    roles: &Roles,
    vectors: &Vectors,
    sentence_of: &[u32],
    core: Range<usize>,
) -> Vec<Candidate> {
    let scores = roles.triggers(vectors);
    let words = roles.words(vectors);
    let likely = core.filter(|word| scores[*word] > LEAST_TRIGGER);
    likely
        .filter_map(|word| Candidate::of(&roles.tag(vectors, &words, sentence_of, (word, scores[word]))))
        .collect()
}

/// A quote that one trigger proposes; others may claim the same words.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    content: Vec<Range<usize>>,
    cue: Range<usize>,
    source: Option<Range<usize>>,
    score: f32,
}

impl Candidate {
    /// The quote that a reading speaks of, or `None` if it finds no content.
    fn of(reading: &Reading) -> Option<Self> {
        let content = reading.pieces(CONTENT);
        if content.is_empty() {
            return None;
        }
        let cue = reading.pieces(CUE).into_iter().find(|c| c.contains(&reading.trigger));
        let sources = reading.pieces(SOURCE);
        Some(Self {
            content,
            cue: cue.unwrap_or(reading.trigger..reading.trigger + 1),
            source: sources.into_iter().min_by_key(|s| s.start.abs_diff(reading.trigger)),
            score: reading.score,
        })
    }

    /// The same quote with its words counted from another start.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        self.content.iter_mut().for_each(shift);
        shift(&mut self.cue);
        self.source.iter_mut().for_each(shift);
        self
    }
}
