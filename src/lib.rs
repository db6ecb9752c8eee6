//! Who is on record, saying what, and where they stand.

mod attribute;
mod encode;
mod error;
mod extract;
mod record;
mod resolve;
mod segment;
mod span;

pub use error::Error;
pub use extract::Extractor;
pub use record::{
    Act, Article, Kind, Label, Modality, Passage, Quote, SCHEMA_VERSION, Speaker, SpeakerType, Stance, Voice,
};
pub use span::Span;
