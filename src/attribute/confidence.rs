//! How likely a quote is right, from what the network and the linking say about it.

use super::Candidate;
use crate::encode::Weights;
use crate::error::Error;
use crate::number::logistic;
use crate::segment::{Segments, WordKind};

/// How many signals a quote has.
pub(crate) const SIGNALS: usize = 8;

/// What speaks for a quote and against it, each of the size of some units.
pub(crate) type Signals = [f32; SIGNALS];

/// Margins beyond this are all the same.
const CERTAIN: f32 = 10.0;
/// Contents of so few words are wrong more often.
const FEW: usize = 3;

impl Candidate {
    /// The signals of a candidate.
    pub(super) fn signals(&self, segments: &Segments) -> Signals {
        let words = || self.content.iter().cloned().flatten();
        let share = |count: usize| count as f32 / self.margins.len().max(1) as f32;
        let margins: f32 = self.margins.iter().map(|m| m.min(CERTAIN)).sum();
        [
            self.score.clamp(-3.0, 8.0),
            self.lead.clamp(-4.0, 6.0),
            self.lead.clamp(-4.0, 0.0),
            margins / self.margins.len().max(1) as f32,
            self.source_margin.min(CERTAIN),
            f32::from(u8::from(self.source.is_some())),
            share(words().filter(|w| segments.marks.around(*w).is_some()).count()),
            f32::from(u8::from(
                words().filter(|w| segments.words[*w].kind() == WordKind::Word).count() <= FEW,
            )),
        ]
    }
}

/// The fitted curve: a logistic regression on the signals.
#[derive(Debug, Default)]
pub(crate) struct Confidence {
    weights: Signals,
    bias: f32,
}

impl Confidence {
    pub(super) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let found = weights.floats("confidence.w", &[SIGNALS])?;
        Ok(Self {
            weights: std::array::from_fn(|n| found[n]),
            bias: weights.floats("confidence.b", &[1])?[0],
        })
    }

    /// The probability that a quote with these signals is right: that its content shares half its words or more with
    /// what an annotator would mark, and its source a word.
    pub(crate) fn of(&self, signals: &Signals) -> f32 {
        let sum: f32 = self.weights.iter().zip(signals).map(|(w, s)| w * s).sum();
        logistic(sum + self.bias)
    }
}
