//! Where a content starts behind a verb with an object of its own: "urged | the king to go", "refused | to go".

use super::Candidate;
use crate::segment::{Segments, WordKind};
use crate::stance;

/// Words of the one asked, at most.
const ASKED: usize = 8;

impl Candidate {
    /// The quote with the one who is asked to do something, with the word that opens a question, and with the "to" of
    /// what is refused or promised: they belong to what is asked, refused or promised.
    pub(super) fn with_object(mut self, text: &str, segments: &Segments) -> Self {
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
        self.with_complement(text, segments)
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
