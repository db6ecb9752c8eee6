//! What the encoder reads of each word: rows of its tables.

use std::ops::Range;

use crate::segment::{MarkRole, Segments, WordKind};

/// Rows of each table, in the order of [`Rows`]; the weights have the same sizes.
pub(crate) const TABLES: [usize; COLUMNS] = [WORDS, WORDS, 1 << 13, 1 << 12, 1 << 10, PLACES];
/// Rows of a word: its form twice, suffix, prefix, shape, place.
pub(crate) const COLUMNS: usize = 6;
/// Forms are hashed into one table by two hashes, so that two words rarely share both rows.
const WORDS: usize = 3 << 14;
/// [`place`] has this many values.
const PLACES: usize = 4 * 4 * 3 * 2;

/// The rows of one word.
pub(crate) type Rows = [u16; COLUMNS];

/// The rows of some words of a text.
pub(crate) fn rows(text: &str, segments: &Segments, words: Range<usize>) -> Vec<Rows> {
    let mut form = String::new();
    let mut shape = String::new();
    let mut starts = Starts::new(segments);
    words
        .map(|n| {
            let word = segments.words[n];
            normal_form(word.span().of(text).unwrap_or_default(), &mut form);
            match (segments.role(n), word.kind()) {
                (MarkRole::Open, _) => form.replace_range(.., "<open>"),
                (MarkRole::Close, _) => form.replace_range(.., "<close>"),
                (MarkRole::Stray, _) => form.replace_range(.., "<stray>"),
                (MarkRole::None, WordKind::Mark) => form.replace_range(.., "'"),
                _ => {}
            }
            shape_of(word.span().of(text).unwrap_or_default(), &mut shape);
            let whole = hash(&form, 1);
            let row = |hash: u64, column: usize| (hash % TABLES[column] as u64) as u16;
            [
                row(whole, 0),
                row(whole >> 32, 1),
                row(hash(last(&form, 3), 2), 2),
                row(hash(first(&form, 3), 3), 3),
                row(hash(&shape, 4), 4),
                place(segments, n, starts.of(n)),
            ]
        })
        .collect()
}

/// Where a word stands: in which kind of quotation, at what start, in a headline or in prose.
fn place(segments: &Segments, n: usize, (start, prose): (u16, bool)) -> u16 {
    let inside = match segments.marks.around(n) {
        None => 0,
        Some(q) if q.double && q.closed => 1,
        Some(q) if q.double => 2,
        Some(_) => 3,
    };
    let role = match segments.role(n) {
        MarkRole::None => 0,
        MarkRole::Open => 1,
        MarkRole::Close => 2,
        MarkRole::Stray => 3,
    };
    ((inside * 4 + role) * 3 + start) * 2 + u16::from(prose)
}

/// Tells of each word in turn if it starts a paragraph (2) or a sentence (1), and if its paragraph is prose.
struct Starts<'a> {
    segments: &'a Segments,
    /// The last word's.
    sentence: Option<usize>,
    prose: bool,
}

impl<'a> Starts<'a> {
    fn new(segments: &'a Segments) -> Self {
        Self { segments, sentence: None, prose: false }
    }

    fn of(&mut self, n: usize) -> (u16, bool) {
        let sentence = self.segments.sentence(n).unwrap_or_default();
        if self.sentence == Some(sentence) {
            return (0, self.prose);
        }
        self.sentence = Some(sentence);
        let paragraph = self.segments.paragraph_of[sentence] as usize;
        let words = &self.segments.paragraphs[paragraph];
        // A headline ends without a sign, or is a short first paragraph of one sentence.
        let last = self.segments.words[words.end - 1];
        let lone = self.segments.paragraph_of.get(sentence + 1).is_none_or(|p| *p as usize != paragraph);
        let title = words.start == 0 && lone && words.len() < 25 && self.segments.paragraphs.len() > 1;
        self.prose = last.kind() != WordKind::Word && !title;
        let start = match n {
            _ if n == words.start => 2,
            _ if n == self.segments.sentences[sentence].start => 1,
            _ => 0,
        };
        (start, self.prose)
    }
}

/// Lower case, digits as 0, one kind of apostrophe and of dash.
pub(crate) fn normal_form(word: &str, form: &mut String) {
    form.clear();
    for c in word.chars() {
        match c {
            '0'..='9' => form.push('0'),
            '’' | '‘' | '`' | '´' | 'ʼ' | '′' => form.push('\''),
            '–' | '—' | '―' | '−' => form.push('-'),
            '…' => form.push_str("..."),
            _ if c.is_ascii() => form.push(c.to_ascii_lowercase()),
            _ => form.extend(c.to_lowercase()),
        }
    }
    if form.starts_with("--") {
        form.truncate(1);
    }
}

/// "Xx" for "Rubio", "X" for "NATO", "x-x" for "peace-keeping", "0" for "2016": runs of one class once.
fn shape_of(word: &str, shape: &mut String) {
    shape.clear();
    for (n, c) in word.chars().enumerate().take(24) {
        let class = if c.is_ascii_digit() {
            '0'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else {
            c
        };
        // A second capital tells "NATO" and "US" from "A".
        if !shape.ends_with(class) || n == 1 {
            shape.push(class);
        }
    }
}

fn first(form: &str, n: usize) -> &str {
    let end = form.char_indices().nth(n).map_or(form.len(), |(at, _)| at);
    form.get(..end).unwrap_or(form)
}

fn last(form: &str, n: usize) -> &str {
    let start = form.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
    form.get(start..).unwrap_or(form)
}

/// FNV-1a with a seed and a last stir, so that both halves can serve as hashes.
pub(crate) fn hash(form: &str, seed: u64) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in form.bytes() {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}
