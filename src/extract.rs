//! The extractor: runs the stages in order on one article.

use std::ops::Range;

use crate::attribute::{self, Candidate, Heads, Laid};
use crate::compose::Findings;
use crate::encode::features::{self, Rows};
use crate::encode::{Encoder, Entity, Room, Weights};
use crate::error::{Error, Reason};
use crate::people::{People, Person};
use crate::record::Article;
use crate::resolve;
use crate::segment::Segments;
use crate::stance::{self, Readings, Topics};

/// Words that are encoded at a time, so that memory does not grow with the article.
const BLOCK: usize = 1024;
/// Words before and after a block that are encoded with it: as far as a quote's words may lie from its cue.
const CONTEXT: usize = 128;

/// Words of a text so long that the making of another room costs next to nothing.
const LONG: usize = 16 * BLOCK;

/// The model that the crate carries.
pub(crate) const WEIGHTS: &[u8] = include_bytes!("../weights/onrecord-en.bin");

/// Reads articles; built once, then shared between threads.
#[derive(Debug)]
pub struct Extractor {
    encoder: Encoder<'static>,
    heads: Heads<'static>,
    people: People,
    topics: Option<Topics>,
}

impl Extractor {
    /// The extractor with the weights that the crate carries.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// let extractor = onrecord::Extractor::new()?;
    /// let article = extractor.extract("“We leave on Monday,” said Maria Souza.")?;
    /// assert_eq!(article.quotes[0].text, "“We leave on Monday,”");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the weights are not of this version.
    pub fn new() -> Result<Self, Error> {
        Self::of(&Weights::read(WEIGHTS)?)
    }

    /// An extractor with the weights of a file that the trainer has written, checked by its digest, viewed in place.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let weights = std::fs::read("weights/onrecord-en.bin")?;
    /// let extractor = onrecord::Extractor::with_weights(weights.leak())?;
    /// assert!(onrecord::Extractor::with_weights(b"something else").is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the weights are not of this version, cut short or damaged.
    pub fn with_weights(weights: &'static [u8]) -> Result<Self, Error> {
        Self::of(&Weights::checked(weights)?)
    }

    /// With weights that have been checked.
    pub(crate) fn of(weights: &Weights<'static>) -> Result<Self, Error> {
        Ok(Self {
            encoder: Encoder::read(weights)?,
            heads: Heads::read(weights)?,
            people: People::default(),
            topics: None,
        })
    }

    /// The same extractor, which knows these people: wherever an article names one of them, the speaker has their
    /// name and identifier.
    ///
    /// A name or alias counts where it stands as given: letter for letter, but for the capital that opens a sentence,
    /// with hyphens like spaces and any form of apostrophe, and not as part of a longer name. A surname alone then
    /// joins as it does without: where the article also gives a name or alias of its bearer.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// use onrecord::{Extractor, Person};
    ///
    /// let souza = Person {
    ///     name: "Maria Souza".to_owned(),
    ///     aliases: vec!["the Iron Mayor".to_owned()],
    ///     id: Some("Q1".to_owned()),
    /// };
    /// let extractor = Extractor::new()?.with_people(&[souza])?;
    /// let article = extractor.extract("“We leave on Monday,” said the Iron Mayor.")?;
    /// assert_eq!(article.speakers[0].name, "Maria Souza");
    /// assert_eq!(article.speakers[0].id.as_deref(), Some("Q1"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If a name is empty or has more than 16 words, or if two of them share a name, an alias or an identifier; the
    /// message tells whose.
    pub fn with_people(self, people: &[Person]) -> Result<Self, Error> {
        Ok(Self { people: People::new(people)?, ..self })
    }

    /// The same extractor, which tells of each stance which of these topics it is about.
    #[must_use]
    pub fn with_topics(self, topics: Topics) -> Self {
        Self { topics: Some(topics), ..self }
    }

    /// Everything that `text` attributes to a source; offsets are bytes.
    ///
    /// # Errors
    /// If the text is longer than 4 GiB.
    pub fn extract(&self, text: &str) -> Result<Article, Error> {
        self.extract_until(text, &|| false)
    }

    /// What [`Self::extract`] gives, or an error once `stopped` says so: it is asked before each stage, each block of words
    /// and each record of a quote, so that a long text keeps nobody waiting: the longest stage that is not cut up,
    /// segmentation, takes some tens of milliseconds a megabyte.
    pub(crate) fn extract_until(&self, text: &str, stopped: &dyn Fn() -> bool) -> Result<Article, Error> {
        let go_on = || if stopped() { Err(Error::from(Reason::Stopped)) } else { Ok(()) };
        if u32::try_from(text.len()).is_err() {
            return Err(Reason::TooLong(text.len()).into());
        }
        let segments = Segments::of(text);
        go_on()?;
        let (candidates, readings, entities) = self.candidates(text, &segments, &go_on)?;
        let attributions = attribute::link(text, &segments, candidates, &self.heads.confidence);
        go_on()?;
        let resolution = resolve::resolve(text, &segments, &entities, &attributions, &self.people);
        let (text, readings) = (text.into(), &readings);
        let findings = Findings { text, segments: &segments, readings, resolution: &resolution };
        let mut article = findings.article(attributions, &go_on)?;
        if let Some(topics) = &self.topics {
            topics.mark(&mut article);
        }
        Ok(article)
    }

    /// For the trainer: the signals of each quote of `text`, in the order of [`Self::extract`].
    #[cfg(feature = "python")]
    pub(crate) fn signals(&self, text: &str) -> Result<Vec<attribute::Signals>, Error> {
        let segments = Segments::of(text);
        let (candidates, _, _) = self.candidates(text, &segments, &|| Ok(()))?;
        Ok(attribute::signals(text, &segments, candidates, &self.heads.confidence))
    }

    /// The quotes that all triggers propose, what the stance heads read in them, and what each word names.
    fn candidates(
        &self,
        text: &str,
        segments: &Segments,
        go_on: &dyn Fn() -> Result<(), Error>,
    ) -> Result<(Vec<Candidate>, Readings, Vec<Entity>), Error> {
        let laid = attribute::laid(text, segments);
        let mut candidates = Vec::new();
        let mut readings = Readings::default();
        let count = segments.words.len();
        let mut entities = Vec::with_capacity(count);
        for block in blocks(count) {
            // Outside the room: who is asked may read an article of its own.
            go_on()?;
            let takes = |n| stance::takes(text, segments, n);
            let heads =
                |room: &mut Room| self.block(room, (text, segments), &block, &laid, takes, &mut readings);
            let (found, named) = Room::with(heads);
            candidates.extend(found);
            entities.extend(named);
        }
        if count > LONG {
            Room::leave();
        }
        Ok((candidates, readings, entities))
    }

    /// Probabilities of support, oppose and neutral toward the words `target` of a sentence.
    pub(crate) fn toward(&self, rows: &[Rows], sentence_of: &[u32], target: &Range<usize>) -> [f32; 3] {
        Room::with(|room| {
            self.encoder.encode(rows, room);
            self.heads.toward(room, (rows, sentence_of), target)
        })
    }

    /// The candidates and entities of one block, read with its context.
    fn block(
        &self,
        room: &mut Room,
        (text, segments): (&str, &Segments),
        block: &Range<usize>,
        laid: &[Laid],
        takes: impl Fn(usize) -> bool,
        readings: &mut Readings,
    ) -> (Vec<Candidate>, Vec<Entity>) {
        let wide = block.start.saturating_sub(CONTEXT)..segments.words.len().min(block.end + CONTEXT);
        let core = block.start - wide.start..block.end - wide.start;
        let rows = features::rows(text, segments, wide.clone());
        let sentences = segments.sentence_numbers(wide.clone());
        let read = (rows.as_slice(), sentences.as_slice());
        self.encoder.encode(&rows, room);
        let found = self.heads.candidates(room, read, (wide.start, core.clone()), laid, takes, readings);
        let entities = self.encoder.entities(&room.vectors)[core].to_vec();
        (found, entities)
    }
}

/// Cuts `count` words into blocks; the last one may be half as long again.
fn blocks(count: usize) -> impl Iterator<Item = Range<usize>> {
    let whole = (count / BLOCK).max(1);
    let whole = if count > BLOCK && count % BLOCK > BLOCK / 2 { whole + 1 } else { whole };
    (0..whole).map(move |n| n * BLOCK..if n + 1 == whole { count } else { (n + 1) * BLOCK })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::on_each_processor;

    #[test]
    fn every_processor_gives_the_same_article() -> Result<(), Error> {
        let paragraph = "Maria Souza, the mayor of Port Ellis, said on Tuesday that the plan was “a gift to nobody”. \
            Critics fear that 300 jobs would go; “We were never asked,” one of them told reporters.\n\n";
        let extractor = Extractor::new()?;
        for times in [1, 7, 100] {
            let text = paragraph.repeat(times);
            let articles = on_each_processor(|| extractor.extract(&text));
            let [plain, others @ ..] = articles.as_slice() else {
                unreachable!("the plain one is everywhere")
            };
            let plain = format!("{plain:?}");
            assert!(plain.contains("a gift to nobody"));
            for article in others {
                assert_eq!(plain, format!("{article:?}"), "{times} paragraphs");
            }
        }
        Ok(())
    }
}
