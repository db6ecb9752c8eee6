//! The fourth stage: who each quote's source is.

use crate::attribute::Attribution;
use crate::encode::Entity;
use crate::record::SpeakerType;
use crate::segment::Segments;
use crate::span::Span;

/// The speakers of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Resolution {
    pub(crate) speakers: Vec<Speaker>,
    pub(crate) of_quote: Vec<Option<usize>>,
}

/// One real source in an article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Speaker {
    pub(crate) name: String,
    pub(crate) kind: SpeakerType,
    pub(crate) role: Option<Span>,
    pub(crate) mentions: Vec<Span>,
}

/// Finds the speaker of every quote.
pub(crate) fn resolve(_: &str, _: &Segments, _: &[Entity], _: &[Attribution]) -> Resolution {
    Resolution::default()
}
