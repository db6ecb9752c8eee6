//! A position toward words that the caller names: what a sentence shows of a person or thing, whoever speaks.

use serde::{Deserialize, Serialize};

use crate::encode::features;
use crate::error::{Error, Reason};
use crate::extract::Extractor;
use crate::record::Label;
use crate::segment::{Segments, WordKind};
use crate::span::Span;
use crate::stance;

/// The position that a sentence shows toward a person or thing in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Polarity {
    /// On which side the sentence is: support, oppose or neutral.
    pub label: Label,
    /// From -1, against, to 1, for.
    pub score: f32,
    /// The probability of the label.
    pub confidence: f32,
}

impl Extractor {
    /// The position that the sentence around `target` (bytes of `text`) shows toward it, whoever speaks.
    ///
    /// This is the task of target-dependent sentiment in news (Hamborg and Donnay 2021, NewsMTSC): how the sentence
    /// makes the person or thing look, be it in the author's words or in someone's that it quotes.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// use onrecord::{Extractor, Label, Span};
    /// let text = "Everyone praised Maria Souza for her courage.";
    /// let polarity = Extractor::new()?.stance_toward(text, Span::new(17, 28))?;
    /// assert_eq!(polarity.label, Label::Support);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the text is longer than 4 GiB, or `target` is empty, past the end of the text, inside a character or holds no
    /// word.
    pub fn stance_toward(&self, text: &str, target: Span) -> Result<Polarity, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Reason::TooLong(text.len()).into());
        }
        let outside = || {
            let (start, end) = (target.start(), target.end());
            Reason::Target(format!("at the bytes {start}..{end} is not within the text, on whole characters"))
        };
        let inside = target.of(text).ok_or_else(outside)?;
        let wordless = || Reason::Target(format!("{inside:?} holds no word"));
        let segments = Segments::of(text);
        let first = segments.words.partition_point(|w| w.span().end() <= target.start());
        let end = segments.words.partition_point(|w| w.span().start() < target.end());
        let spoken = segments.words[first..end.max(first)].iter().any(|w| w.kind() == WordKind::Word);
        let sentence = Some(segments.sentence_words(first)).filter(|_| spoken).ok_or_else(wordless)?;
        let rows = features::rows(text, &segments, sentence.clone());
        let words = first - sentence.start..end.min(sentence.end) - sentence.start;
        let probabilities = self.toward(&rows, &segments.sentence_numbers(sentence), &words);
        let label = stance::label(&probabilities);
        let [support, oppose, _] = probabilities;
        let confidence = stance::probability(label, probabilities);
        Ok(Polarity { label, score: support - oppose, confidence })
    }
}
