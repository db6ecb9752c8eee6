//! What the trainer reads: the words and table rows of a text, exactly as the extractor sees them.
//!
//! Hidden from the documentation: it may change with every model.

use crate::encode::features;
use crate::segment::Segments;

/// One text as the encoder sees it.
#[derive(Debug)]
pub struct Reading {
    /// Start and end of each word, in code points.
    pub spans: Vec<[u32; 2]>,
    /// Rows of each word in the encoder's tables.
    pub rows: Vec<[u16; features::COLUMNS]>,
    /// First word of each sentence.
    pub sentences: Vec<u32>,
    /// First word of each paragraph.
    pub paragraphs: Vec<u32>,
}

/// Reads one text.
pub fn read(text: &str) -> Reading {
    let segments = Segments::of(text);
    let mut chars = text.char_indices().enumerate().peekable();
    let mut point = |byte: usize| {
        while chars.next_if(|(_, (at, _))| *at < byte).is_some() {}
        chars.peek().map_or_else(|| text.chars().count(), |(n, _)| *n) as u32
    };
    let spans = segments.words.iter().map(|w| [point(w.span.start()), point(w.span.end())]).collect();
    Reading {
        spans,
        rows: features::rows(text, &segments),
        sentences: segments.sentences.iter().map(|s| s.start as u32).collect(),
        paragraphs: segments.paragraphs.iter().map(|p| p.start as u32).collect(),
    }
}
