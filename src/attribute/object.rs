//! Where a content starts behind a verb with an object of its own: "urged | the king to go", "refused | to go",
//! "told Ann | the dam is safe".

use std::ops::Range;

use super::Candidate;
use crate::segment::{MarkRole, Segments, WordKind};
use crate::stance;

/// Words of the one asked, at most.
const ASKED: usize = 8;

impl Candidate {
    /// The quote with the words beside its cue that belong to it, and without those that do not.
    pub(super) fn with_object(self, text: &str, segments: &Segments) -> Self {
        self.without_others(text, segments).with_asked(text, segments).with_complement(text, segments)
    }

    /// The quote without the one who is told, without the "it" that is put so, and without what a quotation before
    /// its cue is said of.
    fn without_others(mut self, text: &str, segments: &Segments) -> Self {
        let Some(n) = self.content.iter().position(|piece| piece.start == self.cue.end) else { return self };
        let piece = self.content[n].clone();
        let quoted = |word: usize| segments.marks.around(word).is_some();
        let said = |at: usize| stance::speaks_of(text, segments, at);
        let verb = self.cue.end - 1;
        let start = if stance::tells(text, segments, verb) {
            piece.start + 1
        } else if stance::puts_it(text, segments, verb) {
            piece.end.min(piece.start + 2)
        } else if n > 0 && quoted(self.content[n - 1].end - 1) && (said(verb) || said(verb.saturating_sub(1)))
        {
            piece.clone().find(|word| quoted(*word)).unwrap_or(piece.end)
        } else {
            piece.start
        };
        if start < piece.end || n > 0 {
            let before: usize = self.content[..n].iter().map(Range::len).sum();
            self.margins.drain(before..before + start - piece.start);
            self.content[n].start = start;
            self.content.retain(|piece| !piece.is_empty());
        }
        self
    }

    /// The quote with the one who is asked to do something, with what a quotation calls something, with the word that
    /// opens a question, and with the "to" of what is refused or promised: they belong to what is asked, refused or
    /// promised.
    fn with_asked(mut self, text: &str, segments: &Segments) -> Self {
        let Some(first) = self.content.first_mut().filter(|_| !self.laid) else { return self };
        let is = |n: usize, form: &str| {
            let word = segments.words.get(n).and_then(|w| w.span().of(text));
            word.is_some_and(|w| w.eq_ignore_ascii_case(form))
        };
        if first.start < self.cue.end {
            return self;
        }
        let asked = self.cue.end..first.start;
        let to = first.start + usize::from(is(first.start, "not"));
        let plain = |n: usize| {
            segments.words[n].kind() == WordKind::Word && segments.sentence(n) == segments.sentence(to)
        };
        let other = self.source.as_ref().is_some_and(|s| s.start < asked.end && asked.start < s.end);
        let start = if is(to, "to") && asked.len() <= ASKED && asked.clone().all(plain) && !other {
            stance::asks(text, segments, &self.cue, asked.start).then_some(asked.start)
        } else {
            None
        };
        let start = start.or_else(|| {
            let verb = self.cue.clone().find(|n| stance::calls(text, segments, *n))?;
            let called = verb + 1..first.start;
            let quoted = segments.role(first.start) == MarkRole::Open;
            let fits = !other && !called.is_empty() && called.len() <= ASKED && called.clone().all(plain);
            (quoted && fits).then_some(called.start)
        });
        let start = start.or_else(|| {
            let word = asked.end.checked_sub(1).filter(|n| asked.contains(n))?;
            stance::questions(text, segments, &self.cue, word).then_some(word)
        });
        let start = start.or_else(|| {
            let to = self.cue.clone().skip(1).find(|n| is(*n, "to") && asked.is_empty())?;
            stance::does(text, segments, &(self.cue.start..to), to + 1).then_some(to)
        });
        if let Some(start) = start {
            let sure = self.margins.first().copied().unwrap_or_default();
            self.margins.splice(0..0, std::iter::repeat_n(sure, first.start - start));
            first.start = start;
            self.cue.end = self.cue.end.min(start);
        }
        self
    }

    /// The same with "on the monsoon" behind "her speech", of whose end a content that is hardly one is not sure.
    fn with_complement(mut self, text: &str, segments: &Segments) -> Self {
        let Some(last) = self.content.last_mut().filter(|_| self.lead < 0.0) else { return self };
        let taking = self.cue.clone().any(|n| stance::takes(text, segments, n));
        if let Some(end) =
            stance::complement(text, segments, last.end).filter(|_| taking && last.start >= self.cue.end)
        {
            let sure = self.margins.last().copied().unwrap_or_default();
            self.margins.extend(std::iter::repeat_n(sure, end - last.end));
            last.end = end;
        }
        self
    }
}
