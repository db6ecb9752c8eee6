//! What the text has said of someone before they are spoken of again.

use super::mention::Shape;

/// What the text has said so far of one cluster.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact about the last mention")]
pub(super) struct Seen {
    pub(super) word: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    pub(super) count: u32,
    pub(super) subject: bool,
    pub(super) quoted: bool,
    pub(super) source: bool,
    /// Some quote before named it as its source.
    pub(super) was_source: bool,
    pub(super) shape: Option<Shape>,
    /// Number + 1 of the quote whose content the last mention is in.
    pub(super) content: u32,
    /// Number + 1 of the last quote that named it, whatever was said of it since.
    pub(super) named_in: u32,
}
