//! Words, numbers, punctuation and marks, each a span of the text.

use std::sync::LazyLock;

use regex::Regex;

use super::abbreviations::{Abbreviation, abbreviation};
use super::marks::MarkRole;
use crate::span::Span;

/// What a word is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WordKind {
    /// Letters or digits, with the marks that belong to them ("U.S.", "don", "3.5", "@handle").
    Word,
    /// A possible quotation mark or apostrophe that stands by itself.
    Mark,
    /// Any other sign, or a run of dots or dashes.
    Sign,
}

/// One word of the text: eight bytes, for a long text has many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    start: u32,
    /// From the highest bit: its length in bytes, its role as a mark, its kind.
    rest: u32,
}

/// The bits of a kind or a role.
const TWO_BITS: u32 = 0b11;
/// Where the role and the length stand, behind the kind.
const ROLE: u32 = 2;
const LENGTH: u32 = 4;
/// The most bytes that a word has: a longer one is cut.
const LONGEST: usize = (u32::MAX >> LENGTH) as usize;

impl Word {
    fn new(span: Span, kind: WordKind) -> Self {
        Self { start: span.start() as u32, rest: (span.len() as u32) << LENGTH | kind as u32 }
    }

    /// Its bytes.
    pub(crate) fn span(self) -> Span {
        let start = self.start as usize;
        Span::new(start, start + (self.rest >> LENGTH) as usize)
    }

    pub(crate) fn kind(self) -> WordKind {
        match self.rest & TWO_BITS {
            0 => WordKind::Word,
            1 => WordKind::Mark,
            _ => WordKind::Sign,
        }
    }

    /// What it does as a mark.
    pub(crate) fn role(self) -> MarkRole {
        match self.rest >> ROLE & TWO_BITS {
            0 => MarkRole::None,
            1 => MarkRole::Open,
            2 => MarkRole::Close,
            _ => MarkRole::Stray,
        }
    }

    pub(super) fn set_role(&mut self, role: MarkRole) {
        self.rest = self.rest & !(TWO_BITS << ROLE) | (role as u32) << ROLE;
    }
}

/// Single marks that stand between letters as apostrophes do.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′')
}

fn is_mark(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‚' | '‛' | '‹' | '›' | '＂' | '″')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−')
}

/// Letters and digits, and what only changes the letter before it (accents, joiners).
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{200c}' | '\u{ad}' | '_')
}

/// White space, and what no reader sees: byte order marks, bidirectional controls, control characters.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Cuts `text` into words; blanks belong to none.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        if is_blank(c) {
            at += c.len_utf8();
            continue;
        }
        let (end, kind) = if c.is_alphanumeric() || c == '_' {
            (word_end(text, at), WordKind::Word)
        } else if is_letter(c) {
            // Accents and joiners without a letter: the heart of an emoji, not a word.
            (run_end(text, at, |d| is_letter(d) && !d.is_alphanumeric() && d != '_'), WordKind::Sign)
        } else if matches!(c, '@' | '#') && char_at(text, at + 1).is_some_and(is_letter) {
            (run_end(text, at + 1, is_letter), WordKind::Word)
        } else if is_mark(c) {
            (mark_end(text, at, c), WordKind::Mark)
        } else if c == '.' || is_dash(c) {
            (run_end(text, at, |d| d == c), WordKind::Sign)
        } else {
            (at + c.len_utf8(), WordKind::Sign)
        };
        let end = cut(text, at, end, LONGEST);
        if kind == WordKind::Word {
            push_word(text, Span::new(at, end), &mut out);
        } else {
            out.push(Word::new(Span::new(at, end), kind));
        }
        at = end;
    }
    out.shrink_to_fit();
    out
}

/// The end of a word, or of as many of its characters as fit into `longest` bytes.
fn cut(text: &str, start: usize, end: usize, longest: usize) -> usize {
    if end - start <= longest {
        return end;
    }
    (start..=start + longest).rfind(|at| text.is_char_boundary(*at)).unwrap_or(end)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&b) if b < 128 => Some(b as char),
        Some(_) => text.get(at..)?.chars().next(),
        None => None,
    }
}

fn run_end(text: &str, mut at: usize, belongs: impl Fn(char) -> bool) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| belongs(c)) {
        at += c.len_utf8();
    }
    at
}

/// `''` and ` `` ` are one mark.
fn mark_end(text: &str, at: usize, c: char) -> usize {
    let end = at + c.len_utf8();
    if matches!(c, '\'' | '`') && char_at(text, end) == Some(c) { end + 1 } else { end }
}

/// The end of the word that starts at `start`, with the signs inside it that belong to it.
fn word_end(text: &str, start: usize) -> usize {
    if let Some(end) = address_end(text, start) {
        return end;
    }
    let mut end = run_end(text, start, is_letter);
    while let Some(sign) = char_at(text, end) {
        let after = end + sign.len_utf8();
        let Some(next) = char_at(text, after).filter(|&c| is_letter(c)) else { break };
        let before = last_char(text, start, end);
        let joins = match sign {
            '-' | '‐' | '‑' | '&' | '@' => true,
            ',' | ':' | '/' => before.is_ascii_digit() && next.is_ascii_digit(),
            '.' => joins_by_full_stop(text, start, end, before, next),
            _ => is_apostrophe(sign),
        };
        if !joins {
            break;
        }
        end = run_end(text, after, is_letter);
    }
    if char_at(text, end) == Some('.') && owns_full_stop(text, start, end) { end + 1 } else { end }
}

fn last_char(text: &str, start: usize, end: usize) -> char {
    text.get(start..end).and_then(|w| w.chars().next_back()).unwrap_or(' ')
}

/// "3.5", "U.S.A", "Ph.D", "example.com", but not "over.Next".
fn joins_by_full_stop(text: &str, start: usize, end: usize, before: char, next: char) -> bool {
    if before.is_ascii_digit() {
        return next.is_ascii_digit();
    }
    let so_far = text.get(start..end).unwrap_or_default();
    let single = so_far.rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
    single || so_far == "Ph" || next.is_lowercase()
}

/// A full stop after "Mr", "U.S" or an initial belongs to the word.
fn owns_full_stop(text: &str, start: usize, end: usize) -> bool {
    // Not the first of "..." or the stop of "No..".
    if char_at(text, end + 1) == Some('.') {
        return false;
    }
    let word = text.get(start..end).unwrap_or_default();
    let mut letters = word.chars();
    if letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none() {
        return true;
    }
    if word.contains('.') {
        // Initials and "a.m", "p.m", "e.g", but not "example.com".
        return word.split('.').all(|part| part.chars().count() == 1 || part == "Ph");
    }
    match abbreviation(word) {
        Some(Abbreviation::Number) => {
            char_at(text, end + 1) == Some(' ') && char_at(text, end + 2).is_some_and(|c| c.is_ascii_digit())
        }
        Some(Abbreviation::Any) => true,
        Some(Abbreviation::Capital) => word.starts_with(char::is_uppercase),
        Some(Abbreviation::Title) => word.starts_with(char::is_uppercase) || matches!(word, "v" | "vs"),
        None => false,
    }
}

/// A web address: no marks or brackets in it, and no sign at its end that belongs to the sentence.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let inside = r#"\s<>"“”„‟«»‚‛‹›＂″'’‘`´ʼ′"#;
    Regex::new(&format!(r"^(?:https?://|www\.)[^{inside}]*[^{inside}.,;:!?)\]]")).ok()
});

/// The end of the web address that starts at `start`, if one does.
fn address_end(text: &str, start: usize) -> Option<usize> {
    // Most words are none by their first letter.
    let head = text.get(start..).filter(|head| head.starts_with(['h', 'w']))?;
    Some(start + ADDRESS.as_ref()?.find(head)?.end())
}

/// Adds a word, cut before its clitic: "do|n't", "Trump|'s", "they|'ll".
fn push_word(text: &str, span: Span, out: &mut Vec<Word>) {
    let mut cut = span.end();
    if let Some(word) = span.of(text)
        && let Some((at, sign)) = word.char_indices().rfind(|&(_, c)| is_apostrophe(c))
    {
        let tail = word.get(at + sign.len_utf8()..).unwrap_or_default();
        let stem = word.get(..at).unwrap_or_default();
        if tail.eq_ignore_ascii_case("t") && stem.len() > 1 && stem.ends_with(['n', 'N']) {
            cut = span.start() + at - 1;
        } else if ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| tail.eq_ignore_ascii_case(c)) {
            cut = span.start() + at;
        }
    }
    for part in [Span::new(span.start(), cut), Span::new(cut, span.end())] {
        if !part.is_empty() {
            out.push(Word::new(part, WordKind::Word));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_too_long_is_cut_between_characters() {
        assert_eq!([3, 4, 5, 6].map(|longest| cut("xaéøz", 1, 6, longest)), [4, 4, 6, 6]);
    }

    #[test]
    fn a_word_tells_its_bytes_its_kind_and_its_role() {
        for kind in [WordKind::Word, WordKind::Mark, WordKind::Sign] {
            let mut word = Word::new(Span::new(u32::MAX as usize - LONGEST, u32::MAX as usize), kind);
            for role in [MarkRole::Open, MarkRole::Close, MarkRole::Stray, MarkRole::None] {
                word.set_role(role);
                assert_eq!((word.span().start(), word.span().len()), (15 << 28, LONGEST));
                assert_eq!((word.kind(), word.role()), (kind, role));
            }
        }
    }
}
