//! The extractor: runs the stages in order on one article.

use std::ops::Range;

use crate::attribute::{self, Attribution, Candidate, Roles};
use crate::encode::features::{self, Rows};
use crate::encode::{Encoder, Entity, Weights};
use crate::error::{Error, Reason};
use crate::record::{Article, SCHEMA_VERSION};
use crate::segment::Segments;

/// Words that are encoded at a time, so that memory does not grow with the article.
const BLOCK: usize = 1024;
/// Words before and after a block that are encoded with it: as far as a quote's words may lie from its cue.
const CONTEXT: usize = 128;

/// Reads articles; built once, then shared between threads.
#[derive(Debug)]
pub struct Extractor {
    encoder: Encoder<'static>,
    roles: Roles,
}

impl Extractor {
    /// An extractor with the weights of a file that the trainer has written.
    ///
    /// # Errors
    /// If the weights are not of this version.
    pub fn with_weights(weights: &'static [u8]) -> Result<Self, Error> {
        let weights = Weights::read(weights)?;
        Ok(Self { encoder: Encoder::read(&weights)?, roles: Roles::read(&weights)? })
    }

    /// Everything that `text` attributes to a source; offsets are bytes.
    ///
    /// # Errors
    /// If the text is longer than 4 GiB.
    pub fn extract(&self, text: &str) -> Result<Article, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Reason::TooLong(text.len()).into());
        }
        let segments = Segments::of(text);
        let (_attributions, _entities) = self.attributions(text, &segments);
        Ok(Article {
            schema_version: SCHEMA_VERSION,
            id: None,
            text: text.to_owned(),
            speakers: Vec::new(),
            quotes: Vec::new(),
        })
    }

    /// The quotes of an article as word numbers, and what each word names.
    pub(crate) fn attributions(&self, text: &str, segments: &Segments) -> (Vec<Attribution>, Vec<Entity>) {
        let rows = features::rows(text, segments);
        let mut candidates = Vec::new();
        let mut entities = Vec::with_capacity(rows.len());
        for block in blocks(rows.len()) {
            let read = self.block(&rows, &segments.sentence_of, &block);
            candidates.extend(read.0);
            entities.extend(read.1);
        }
        (attribute::link(segments, candidates), entities)
    }

    /// The candidates and entities of one block, read with its context.
    fn block(&self, rows: &[Rows], sentence_of: &[u32], block: &Range<usize>) -> (Vec<Candidate>, Vec<Entity>) {
        let wide = block.start.saturating_sub(CONTEXT)..rows.len().min(block.end + CONTEXT);
        let core = block.start - wide.start..block.end - wide.start;
        let vectors = self.encoder.encode(&rows[wide.clone()]);
        let found = attribute::candidates(&self.roles, &vectors, &sentence_of[wide.clone()], core.clone());
        let entities = self.encoder.entities(&vectors)[core].to_vec();
        (found.into_iter().map(|c| c.shifted(wide.start)).collect(), entities)
    }
}

/// Cuts `count` words into blocks; the last one may be half as long again.
fn blocks(count: usize) -> impl Iterator<Item = Range<usize>> {
    let whole = (count / BLOCK).max(1);
    let whole = if count > BLOCK && count % BLOCK > BLOCK / 2 { whole + 1 } else { whole };
    (0..whole).map(move |n| n * BLOCK..if n + 1 == whole { count } else { (n + 1) * BLOCK })
}
