//! Paragraphs and sentences.

use std::ops::Range;

use super::abbreviations::{Abbreviation, abbreviation};
use super::marks::MarkRole;
use super::words::{Word, WordKind};

/// Words that start sentences and rarely follow an abbreviation in the middle of one.
const STARTERS: &str = include_str!("starters.txt");

/// Verbs that attribute a quote which a question or exclamation mark has ended.
const AFTER_QUOTE: &str = include_str!("after_quote.txt");

/// How far behind a closed quote such a verb is looked for: "the former prime minister asked".
const AFTER_QUOTE_WORDS: usize = 6;

/// Paragraphs end at a line break, but not at one inside a sentence of hard-wrapped text.
pub(super) fn paragraphs(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for n in 1..words.len() {
        let gap = text.get(words[n - 1].span().end()..words[n].span().start()).unwrap_or_default();
        let breaks = gap.chars().filter(|c| matches!(c, '\n' | '\u{2028}' | '\u{2029}' | '\r')).count()
            - gap.matches("\r\n").count();
        let wrapped = breaks == 1 && !gap.contains('\u{2029}') && goes_on(text, words[n - 1], words[n]);
        if breaks > 0 && !wrapped {
            out.push(start..n);
            start = n;
        }
    }
    if start < words.len() {
        out.push(start..words.len());
    }
    out
}

/// True if a line that ends with `last` goes on in the one that starts with `first`.
fn goes_on(text: &str, last: Word, first: Word) -> bool {
    let ended = last.span().of(text).is_some_and(|w| w.ends_with(['.', '!', '?', ':', '”', '"', '…']));
    !ended && first.span().of(text).is_some_and(|w| w.starts_with(char::is_lowercase))
}

/// Sentences of each paragraph, and the paragraph that each is in.
pub(super) fn sentences(
    text: &str,
    words: &[Word],
    paragraphs: &[Range<usize>],
) -> (Vec<Range<usize>>, Vec<u32>) {
    let mut out = Vec::new();
    let mut paragraph_of = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut start = paragraph.start;
        let mut at = paragraph.start;
        while at < paragraph.end {
            let stop = at;
            at += 1;
            if !may_end(text, words[stop]) {
                continue;
            }
            while at < paragraph.end && closes(text, words[at]) {
                at += 1;
            }
            if at < paragraph.end && ends_before(text, &words[..paragraph.end], stop, at) {
                out.push(start..at);
                start = at;
            }
        }
        if start < paragraph.end {
            out.push(start..paragraph.end);
        }
        paragraph_of.resize(out.len(), number as u32);
    }
    (out, paragraph_of)
}

/// A word after which a sentence may end.
fn may_end(text: &str, word: Word) -> bool {
    let Some(form) = word.span().of(text) else { return false };
    match word.kind() {
        WordKind::Sign => {
            form.starts_with('.') || matches!(form, "!" | "?" | "…" | "‽" | "。" | "！" | "？" | "।")
        }
        WordKind::Word => form.ends_with('.'),
        WordKind::Mark => false,
    }
}

/// Signs behind a full stop that still belong to its sentence.
fn closes(text: &str, word: Word) -> bool {
    word.role() == MarkRole::Close
        || matches!(word.span().of(text), Some(")" | "]" | "!" | "?" | "." | "..." | "…"))
}

/// True if a sentence ends with `words[stop]` and its closers, and the next starts at `words[next]`.
fn ends_before(text: &str, words: &[Word], stop: usize, next: usize) -> bool {
    let form = |n: usize| words.get(n).and_then(|w: &Word| w.span().of(text)).unwrap_or_default();
    // The first word behind opening marks and brackets.
    let first =
        (next..words.len().min(next + 4)).find(|&n| words[n].kind() == WordKind::Word).map_or("", form);
    let lower = first.chars().next().is_none_or(char::is_lowercase);
    let opens = words[next].role() == MarkRole::Open;
    let ending = form(stop);
    if words[stop].kind() == WordKind::Word {
        if lower {
            return false;
        }
        let stem = ending.trim_end_matches('.');
        let initial = stem.chars().count() == 1;
        return match abbreviation(stem) {
            Some(Abbreviation::Title) => false,
            // "Malcolm X. He", but not "John F. “Jack” Ek".
            _ if initial => !opens && starts_sentences(first),
            _ => opens || starts_sentences(first),
        };
    }
    let closed = (stop + 1..next).any(|n| words[n].role() == MarkRole::Close);
    if lower && !opens {
        // iPhone-like starts are rarer than "What?" he asked.
        return false;
    }
    let soft = matches!(ending, "!" | "?" | "…") || ending.len() > 1;
    if soft && closed && !opens {
        return !attributes(text, words, next);
    }
    // "Jeb! was", "Yahoo! Inc": the mark belongs to the name, but only lower case can tell.
    ending != "..." && ending != "…" || opens || first.starts_with(char::is_uppercase)
}

/// True if the words from `next` on attribute the quote before them: "Harry said".
fn attributes(text: &str, words: &[Word], next: usize) -> bool {
    let ahead = words.iter().skip(next).take(AFTER_QUOTE_WORDS);
    ahead
        .filter_map(|w| w.span().of(text))
        .take_while(|w| !matches!(*w, "." | "?" | "!"))
        .any(|w| AFTER_QUOTE.lines().any(|verb| verb == w))
}

fn starts_sentences(word: &str) -> bool {
    STARTERS.lines().any(|s| s == word)
}
