//! The position toward words that the caller names, with offsets in code points.

use super::batch::Failure;
use super::wall::{Panic, guard};
use crate::span::Span;

/// Label, score and confidence toward the words between two code points of a text.
pub(super) fn read(
    extractor: &crate::Extractor,
    text: &str,
    start: usize,
    end: usize,
) -> Result<(String, f32, f32), Failure> {
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    let target = Span::new(byte(start), byte(end));
    let polarity = match guard(|| extractor.stance_toward(text, target)) {
        Ok(Ok(polarity)) => polarity,
        Ok(Err(error)) => return Err(Failure::Refused(error)),
        Err(panic) => return Err(Failure::Panicked(panic)),
    };
    match serde_json::to_value(polarity.label) {
        Ok(serde_json::Value::String(label)) => Ok((label, polarity.score, polarity.confidence)),
        Ok(_) => Err(Failure::Panicked(Panic::because(&"a label has no name"))),
        Err(error) => Err(Failure::Panicked(Panic::because(&error))),
    }
}
