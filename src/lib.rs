//! Who is on record, saying what, and where they stand.
//!
//! `onrecord` reads news text and returns every quote, direct, mixed or indirect; the source behind it; and that
//! source's stance toward what it speaks of, each with exact offsets. The weights are part of the crate: nothing is
//! downloaded, and the same text gives the same answer on every machine.
//!
//! # One article
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! use onrecord::{Extractor, Kind};
//!
//! let extractor = Extractor::new()?;
//! let article = extractor.extract(
//!     "Maria Souza, the mayor of Port Ellis, rejected the plan on Monday. \
//!      “We were never asked,” she told reporters.",
//! )?;
//!
//! let direct = article.quotes.iter().find(|q| q.kind == Kind::Direct);
//! assert_eq!(direct.map(|q| q.text.as_str()), Some("“We were never asked,”"));
//! let speaker = direct.and_then(|q| q.speaker).map(|n| &article.speakers[n as usize]);
//! assert_eq!(speaker.map(|s| s.name.as_str()), Some("Maria Souza"));
//! # Ok(())
//! # }
//! ```
//!
//! An [`Extractor`] is immutable: build one, share it between threads. Offsets are bytes; [`Article::in_code_points`]
//! and [`Article::in_utf16`] count them as Python and JavaScript do.
//!
//! # The stages
//!
//! Text flows in one direction, one module a stage, each a function from the text and earlier results to a new value:
//!
//! 1. `segment`: words, sentences, paragraphs and quotation marks, as byte offsets.
//! 2. `encode`: each word to a vector, by one small network that the later stages share.
//! 3. `attribute`: which words start a cue; given one, which words around it are source, cue and content; then quotes
//!    that do not overlap and are whole between their marks.
//! 4. `resolve`: who each source is, over the whole article.
//! 5. `stance`: what a quote does, toward what it takes a position, and in which words.
//! 6. `compose`: from word numbers to the public records; with the feature `arrow`, `table`: from records to columns.
//!
//! The learned stages decide what is a matter of language; marks, offsets, limits and joins are plain code. Time grows
//! with the length of the text, and no string makes extraction fail but one past 4 GiB.

mod attribute;
mod compose;
mod encode;
mod error;
mod extract;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod number;
mod people;
#[cfg(feature = "python")]
mod python;
mod record;
mod resolve;
mod segment;
mod span;
mod stance;
#[cfg(feature = "arrow")]
mod table;
mod toward;

pub use error::Error;
pub use extract::Extractor;
pub use people::Person;
pub use record::{
    Act, Article, Gender, Kind, Label, Modality, Passage, Quote, SCHEMA_VERSION, Speaker, SpeakerType,
    Stance, Voice,
};
pub use span::Span;
pub use stance::{Position, Topics};
#[cfg(feature = "arrow")]
pub use table::{Table, TableBuilder};
pub use toward::Polarity;
