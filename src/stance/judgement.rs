//! What is called good or bad, and what is better than what.

use std::ops::Range;
use std::sync::LazyLock;

use super::class::{Class, ROWS};
use super::composition::{Certain, Composed, Quoted, opposite};
use super::content::Group;
use super::frame;
use super::table::Table;
use super::text::Text;
use crate::record::{Act, Label};

const TABLE: &str = include_str!("worth.tsv");
/// Words of a subject, at most.
const SUBJECT: usize = 14;
/// Words between a verb and what it calls its subject, at most.
const MODIFIERS: usize = 3;

static WORTH: LazyLock<Table<Label>> = LazyLock::new(|| {
    Table::read(TABLE, |name| Some((if name == "good" { Label::Support } else { Label::Oppose }, false)))
});

impl Quoted<'_> {
    /// "Nobody in this valley wants the reservoir".
    pub(super) fn nobody(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        let nobody =
            text.is(start, &["nobody", "none"]) || text.is(start, &["no"]) && text.is(start + 1, &["one"]);
        if !nobody {
            return None;
        }
        let near = (start + 1..end.min(start + SUBJECT)).take_while(|n| !text.breaks(*n));
        // "Nobody will be left behind": who is spared is stood by.
        let been = |n: usize| text.is(n - 1, &["be", "been", "being"]);
        let spared = |n: &usize| been(*n) && ROWS.at(text, *n, end, |c| c == Class::Harm).is_some();
        if let Some(verb) = near.clone().find(spared) {
            let evidence = start..verb + 1;
            let main = Certain {
                target: Some(text.deed(start, end)),
                label: Label::Support,
                evidence,
                negated: true,
            };
            return Some(Composed { main, further: Vec::new(), act: None });
        }
        let wanted = |c| matches!(c, Class::For | Class::Against | Class::Want);
        let (behind, class) = near.clone().find_map(|n| ROWS.at(text, n, end, wanted))?;
        let label = if class == Class::Against { Label::Support } else { Label::Oppose };
        let target = text.opens_object(behind).then(|| text.phrase(behind, end))?;
        let main = Certain { target: Some(target), label, evidence: start..behind, negated: true };
        Some(Composed { main, further: Vec::new(), act: None })
    }

    /// What is preferred to what, better than what, good or bad.
    pub(super) fn judgement(&self) -> Option<Composed> {
        if matches!(self.act, Act::Question | Act::Denial) {
            return None;
        }
        let first = self.content.first()?;
        let (start, end) = self.clause()?;
        let found = self
            .preferred(start, end)
            .or_else(|| self.unequalled(start, end))
            .or_else(|| self.called(start, end));
        if found.is_some() {
            return found;
        }
        let mut all = self.judged(start, end)?;
        let front = self.text.past_marks(first.start, first.end);
        let front = front + usize::from(self.text.is(front, &["that"]));
        if self.text.is(front, &["although", "though", "while"]) {
            all.further.extend(self.judged(front + 1, start - 1).map(|conceded| conceded.main));
        }
        Some(all)
    }

    /// "preferred a tram to a motorway".
    fn preferred(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let prefers = |n: usize| text.is(n, &["prefer", "prefers", "preferred", "preferring"]);
        let in_cue =
            self.cue.and_then(|cue| cue.end.checked_sub(1)).filter(|n| prefers(*n)).map(|n| (n, start));
        let (verb, object) =
            in_cue.or_else(|| (start + 1..end.min(start + 4)).find(|n| prefers(*n)).map(|n| (n, n + 1)))?;
        if !text.opens_object(object) {
            return None;
        }
        let to = (object + 1..end).take_while(|n| !text.breaks(*n)).find(|n| text.is(*n, &["to", "over"]))?;
        let position =
            |target, label| Certain { target: Some(target), label, evidence: verb..verb + 1, negated: false };
        let other = text.opens_object(to + 1).then(|| position(text.phrase(to + 1, end), Label::Oppose))?;
        let main = position(object..to, Label::Support);
        Some(Composed { main, further: vec![other], act: None })
    }

    /// "There is no better school than ours", "no minister has done more than her".
    fn unequalled(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let there = text.is(start, &["there"]) && text.is(start + 1, &["is", "was"]);
        let no = start + if there { 2 } else { 0 };
        if !text.is(no, &["no"]) {
            return None;
        }
        let mut clause = (no + 1..end).take_while(|n| !text.breaks(*n));
        let more = clause.find(|n| text.is(*n, &["better", "greater", "finer", "more", "worse", "less"]))?;
        let than = clause.find(|n| text.is(*n, &["than"]))?;
        let done = there || (no..more).any(|n| text.is(n, &["done"]));
        let better = text.is(more, &["better", "greater", "finer", "more"]);
        let plain = there && text.is(more, &["more", "less"]);
        if !done || plain || !text.opens_object(than + 1) {
            return None;
        }
        let label = if better { Label::Support } else { Label::Oppose };
        let target = Some(text.phrase(than + 1, end));
        let main = Certain { target, label, evidence: no..more + 1, negated: false };
        Some(Composed { main, further: Vec::new(), act: None })
    }

    /// "called the bridge a death trap", "described it as a triumph".
    fn called(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let cue = self.cue?;
        let calls =
            ["call", "calls", "called", "calling", "describe", "describes", "described", "describing"];
        let brands =
            ["brand", "branded", "branding", "label", "labeled", "labelled", "denouncing", "denounced"];
        let calls = cue.clone().any(|n| text.is(n, &calls) || text.is(n, &brands));
        let passive = cue.clone().any(|n| text.is(n, &["was", "were", "been", "is", "are", "be"]));
        if !calls || passive || !text.opens_object(start) {
            return None;
        }
        let limit = end.min(start + SUBJECT);
        let by = |n: &usize| text.is(*n, &["a", "an", "as"]) || text.is_mark(*n) && *n > start;
        let split = (start + 1..limit).take_while(|n| !text.breaks(*n)).find(by)?;
        let (found, label) = self.worth(split, limit)?;
        let from = split + usize::from(text.is(split, &["as"]));
        let evidence = text.past_marks(from, found.end)..found.end;
        let main = Certain { target: Some(start..split), label, evidence, negated: false };
        Some(Composed { main, further: Vec::new(), act: None })
    }

    /// "The bridge is a disaster", "was far better than the old one".
    fn judged(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let (subject, verb) = subject(text, start, end)?;
        let group = self.group(verb, end);
        let job = text.is(group.verb, &["did", "done", "doing"]);
        if let Some(harm) = self.harms(&subject, &group, end) {
            return Some(harm);
        }
        let is = (verb..group.verb).any(|n| text.is(n, &COPULAS));
        if !is && !job {
            return None;
        }
        let denied = self.cue.is_some_and(|cue| frame::negated(text.text, text.segments, cue));
        let negated = group.negations > 0 || denied;
        let turned = |label| if denied { opposite(group.turned(label)) } else { group.turned(label) };
        let from = group.verb + usize::from(job);
        let pronoun = subject.len() == 1 && text.is(subject.start, &PRONOUNS);
        let better = (from..end.min(from + MODIFIERS)).find(|n| text.is(*n, &["better", "worse"]));
        if let Some(better) =
            better.filter(|n| !group.modal && text.is(n + 1, &["than"]) && text.opens_object(n + 2))
        {
            let label = turned(if text.is(better, &["better"]) { Label::Support } else { Label::Oppose });
            let evidence = group.negation.unwrap_or(from)..better + 1;
            let other = Certain {
                target: Some(text.phrase(better + 2, end)),
                label: opposite(label),
                evidence: evidence.clone(),
                negated,
            };
            let main = Certain { target: Some(subject), label, evidence, negated };
            return Some(Composed { main, further: vec![other], act: None });
        }
        let (found, label) = self.worth(from, end)?;
        let article = (from..found.start).any(|n| text.is(n, &["a", "an", "the"]));
        if text.is(subject.start, &["there", "i", "we"]) && (article || text.is(subject.start, &["there"])) {
            return None;
        }
        let label = turned(label);
        let evidence = group.negation.unwrap_or(from)..found.end;
        let mut further = Vec::new();
        if text.is(found.start.saturating_sub(1), &["as"]) && text.is(found.end, &["as"]) {
            let target = Some(text.phrase(found.end + 1, end));
            further.push(Certain { target, label, evidence: evidence.clone(), negated });
        }
        let to = pronoun && text.is(subject.start, &["it"]) && text.is(found.end, &["to"]);
        // What "it" is, or what "I am proud of", the learned reading knows.
        let target = match () {
            () if to => Some(text.deed(found.end + 1, end)),
            () if pronoun => None,
            () => Some(subject),
        };
        let main = Certain { target, label, evidence, negated };
        Some(Composed { main, further, act: None })
    }

    /// "The cable car has ruined the old town".
    fn harms(&self, subject: &Range<usize>, group: &Group, end: usize) -> Option<Composed> {
        let (behind, _) = ROWS.at(self.text, group.verb, end, |c| c == Class::Harm)?;
        // Not to ruin a thing is no merit yet.
        if !self.text.opens_object(behind) || group.negations > 0 {
            return None;
        }
        let evidence = group.verb..self.text.phrase(behind, end).end;
        let target = Some(subject.clone());
        let main = Certain { target, label: Label::Oppose, evidence, negated: false };
        Some(Composed { main, further: Vec::new(), act: None })
    }

    /// The first words from `start` that call something good or bad, a few words on at most.
    pub(super) fn worth(&self, start: usize, end: usize) -> Option<(Range<usize>, Label)> {
        let text = self.text;
        let near = (start..end.min(start + MODIFIERS + 1)).take_while(|n| !text.breaks(*n));
        let (at, (behind, label)) =
            near.clone().find_map(|n| Some((n, WORTH.at(text, n, end, |_| true)?)))?;
        let modifies = |n: usize| text.is_mark(n) || text.form(n).ends_with("ly") || text.is(n, &MODIFIER);
        // "is encouraging farmers to stay": a verb with its object.
        let doing = text.form(behind - 1).ends_with("ing") && text.opens_object(behind);
        let plain = (start..at).all(modifies) && !doing;
        plain.then_some((at..behind, label))
    }
}

/// Words between a verb and what it calls its subject.
const MODIFIER: [&str; 22] = [
    "a", "an", "the", "as", "so", "such", "very", "quite", "far", "just", "more", "most", "rather", "pretty",
    "real", "huge", "big", "major", "great", "total", "complete", "not",
];
pub(super) const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "be", "been", "am", "'s", "’s", "'re", "’re", "'m"];
const PRONOUNS: [&str; 14] =
    ["it", "this", "that", "he", "she", "they", "we", "i", "you", "these", "those", "there", "what", "who"];

/// The subject of a clause and the first verb of grammar behind it.
fn subject(text: Text<'_>, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let start = text.past_marks(start, end);
    if text.is(start, &PRONOUNS) && text.is(start + 1, &COPULAS) {
        return Some((start..start + 1, start + 1));
    }
    let mut at = start;
    let mut subject_end = None;
    while at < end.min(start + 2 * SUBJECT) {
        // ", which had not been cheap,": a relative clause stands between them.
        if text.form(at) == "," && text.is(at + 1, &["which", "who"]) && at > start {
            subject_end = subject_end.or(Some(at));
            at = (at + 1..end).find(|n| text.form(*n) == ",")? + 1;
            continue;
        }
        if text.breaks(at) && at > start || text.is(at, &["and"]) {
            return None;
        }
        if text.is_auxiliary(at) {
            let subject = start..subject_end.unwrap_or(at);
            return (!subject.is_empty() && subject.len() <= SUBJECT).then_some((subject, at));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::table::rows;
    use super::*;
    use crate::segment::Segments;

    #[test]
    fn every_row_is_found_in_its_example() {
        for (words, _, example) in rows(TABLE) {
            let segments = Segments::of(example);
            let text = Text { text: example, segments: &segments };
            let end = segments.words.len();
            let found = (0..end).find_map(|n| Some(n..WORTH.at(text, n, end, |_| true)?.0));
            let found = found.and_then(|words| segments.span(&words)?.of(example));
            assert_eq!(found, Some(words), "{example}");
        }
    }
}
