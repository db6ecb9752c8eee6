//! Who is on record, saying what, and where they stand.
//!
//! `onrecord` reads English news text and returns every quote, direct, mixed or indirect; the source behind it; and that
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
//! # Ok(())
//! # }
//! ```
//!
//! An [`Extractor`] is immutable: build one, share it between threads. What it gives is an [`Article`], which holds plain
//! records in three lists:
//!
//! | | | |
//! |---|---|---|
//! | [`Article::quotes`] | [`Quote`] | words said, thought, wanted or decided: their pieces, cue, source and [`Kind`] |
//! | [`Article::speakers`] | [`Speaker`] | one for each real source, by whatever words the article speaks of it |
//! | [`Article::stances`] | [`Stance`] | the position of a quote's source toward one target |
//!
//! # Who speaks
//!
//! A quote's [`source`](Quote::source) is the words beside it, such as "she". Its [`speaker`](Quote::speaker) is the number
//! of the person or body in [`Article::speakers`], with the fullest name that the article gives. Where the article does not
//! tell, there is none.
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! # let extractor = onrecord::Extractor::new()?;
//! let article = extractor.extract("Maria Souza, the mayor, left. “We were never asked,” she said.")?;
//! let quote = &article.quotes[0];
//! let speaker = quote.speaker.map(|number| &article.speakers[number as usize]);
//!
//! assert_eq!(quote.source.as_ref().map(|s| s.text.as_str()), Some("she"));
//! assert_eq!(speaker.map(|s| s.name.as_str()), Some("Maria Souza"));
//! assert_eq!(speaker.and_then(|s| s.role.as_deref()), Some("the mayor"));
//! # Ok(())
//! # }
//! ```
//!
//! # Where they stand
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! # let extractor = onrecord::Extractor::new()?;
//! use onrecord::Label;
//!
//! let article = extractor.extract("Maria Souza condemned the dam.")?;
//! let stance = article.stances().next();
//! assert_eq!(stance.map(|s| (s.label, s.target.text.as_str())), Some((Label::Oppose, "the dam")));
//! # Ok(())
//! # }
//! ```
//!
//! [`Article::stance_on`] asks for a matter in your own words, [`Extractor::with_topics`] sorts all stances by topics of
//! yours, [`Extractor::with_people`] gives people whom you know one name in every article, and
//! [`Extractor::stance_toward`] judges a sentence toward words that you point at.
//!
//! # Which to trust
//!
//! [`Quote::confidence`] is a probability; [`Article::confident`] leaves out the less sure.
//!
//! # Offsets
//!
//! Offsets are bytes, on character boundaries of the text as given. [`Article::in_code_points`] and [`Article::in_utf16`]
//! count them as Python and JavaScript do.
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! # let extractor = onrecord::Extractor::new()?;
//! let text = "“Não é tarde,” said Ana Conceição.";
//! let article = extractor.extract(text)?;
//! let quote = &article.quotes[0];
//! assert_eq!(text.get(quote.start as usize..quote.end as usize), Some(quote.text.as_str()));
//! assert_eq!(article.in_code_points().quotes[0].end, 14);
//! # Ok(())
//! # }
//! ```
//!
//! # Many articles
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! # let extractor = onrecord::Extractor::new()?;
//! let texts = ["“We leave,” said Maria Souza.", "Rain fell."];
//! let counts = std::thread::scope(|scope| {
//!     let threads = texts.map(|text| scope.spawn(|| extractor.extract(text)));
//!     threads.map(|thread| thread.join().map_or(0, |found| found.map_or(0, |a| a.quotes.len())))
//! });
//! assert_eq!(counts, [1, 0]);
//! # Ok(())
//! # }
//! ```
//!
//! All records derive serde's traits; that shape is the JSON of the Python package and of the command line, and
//! [`SCHEMA_VERSION`] is its version. With the feature `arrow`, `TableBuilder` makes Arrow record batches of many articles.
//! The folder `examples` has programs to begin with.
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

// Unsafe code stands in the encoder's kernels only; the macros of the Python binding write some of their own.
#[forbid(unsafe_code)]
mod attribute;
#[forbid(unsafe_code)]
mod compose;
mod encode;
#[forbid(unsafe_code)]
mod error;
#[forbid(unsafe_code)]
mod extract;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
#[forbid(unsafe_code)]
mod number;
#[forbid(unsafe_code)]
mod people;
#[cfg(feature = "python")]
mod python;
#[forbid(unsafe_code)]
mod record;
#[forbid(unsafe_code)]
mod resolve;
#[forbid(unsafe_code)]
mod segment;
#[forbid(unsafe_code)]
mod span;
#[forbid(unsafe_code)]
mod stance;
#[cfg(feature = "arrow")]
#[forbid(unsafe_code)]
mod table;
#[forbid(unsafe_code)]
mod toward;

pub use arcstr::Substr;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub use encode::{EncoderAlone, KernelAlone};
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

/// The crate's readme, whose example runs too.
#[cfg(doctest)]
#[doc = include_str!("../docs/rust.md")]
mod readme {}
