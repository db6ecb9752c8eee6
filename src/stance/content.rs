//! What the content says by itself: what the holder will do, what others ought to, and questions that are none.

use std::ops::Range;

use super::class::{Class, ROWS};
use super::composition::{Certain, Composed, NOUN, Quoted, opposite};
use crate::record::{Act, Label};

/// Verbs of grammar and negations in front of a verb.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The verb's place.
    pub(super) verb: usize,
    pub(super) negations: usize,
    /// The first negation.
    pub(super) negation: Option<usize>,
    pub(super) modal: bool,
    pub(super) ought: bool,
    pub(super) willing: bool,
}

impl Group {
    pub(super) fn turned(&self, label: Label) -> Label {
        if self.negations % 2 == 1 { opposite(label) } else { label }
    }

    /// The words from the negation, if there is one, to `end`.
    pub(super) fn evidence(&self, end: usize) -> Range<usize> {
        self.negation.unwrap_or(self.verb)..end
    }
}

impl Quoted<'_> {
    /// Where the main clause of the first piece starts: behind "that" and behind a condition in front.
    pub(super) fn clause(&self) -> Option<(usize, usize)> {
        let first = self.content.first()?;
        let start = self.text.past_marks(first.start, first.end);
        // "that “nobody will be left behind”": marks may open behind "that" as well.
        let start = self.text.past_marks(start + usize::from(self.text.is(start, &["that"])), first.end);
        let start = self.claim(start, first.end).unwrap_or(start);
        let fronted = ["if", "unless", "although", "though", "while", "when", "as", "because", "since"];
        if !self.text.is(start, &fronted) {
            return Some((start, first.end));
        }
        let comma = (start..first.end).find(|n| self.text.form(*n) == ",")?;
        (comma + 1 < first.end).then_some((comma + 1, first.end))
    }

    /// Behind "claims that", where the cue repeats them.
    fn claim(&self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let repeats = |n| ROWS.at(text, n, n + 1, |c| c == Class::Tell).is_some();
        let claims = [
            "argument",
            "belief",
            "claim",
            "claims",
            "concern",
            "concerns",
            "fear",
            "fears",
            "suspicions",
            "view",
            "warning",
            "warnings",
        ];
        let claim = (start..end.min(start + 3)).find(|n| text.is(*n, &claims))?;
        let told = self.cue.is_some_and(|cue| cue.clone().any(repeats));
        (told && text.is(claim + 1, &["that"])).then_some(claim + 2).filter(|n| *n < end)
    }

    /// Verbs of grammar and negations from `at` up to a verb.
    pub(super) fn group(&self, at: usize, end: usize) -> Group {
        let mut group = Group { verb: at, ..Group::default() };
        while let Some((behind, class)) = ROWS
            .at(self.text, group.verb, end, |c| matches!(c, Class::Not | Class::Auxiliary | Class::Refuse))
        {
            let at = group.verb;
            match class {
                Class::Not => {
                    group.negations += 1;
                    group.negation = group.negation.or(Some(at));
                }
                Class::Refuse if self.text.is(behind, &["to"]) => {
                    group.negations += 1;
                    group.negation = group.negation.or(Some(at));
                    group.modal = true;
                    group.verb = behind + 1;
                    continue;
                }
                Class::Refuse => break,
                _ => {}
            }
            let will = [
                "will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo", "going", "ready", "willing",
                "prepared",
            ];
            group.modal |= self.text.is(at, &will);
            group.willing |= self.text.is(at, &["willing", "ready", "prepared"]);
            group.ought |= self.text.is(at, &["should", "must", "ought"]);
            group.verb = behind;
        }
        group
    }

    /// What the content says by itself.
    pub(super) fn by_content(&self) -> Option<Composed> {
        let deeds =
            self.imperative().or_else(|| self.course()).or_else(|| self.own_deed()).or_else(|| self.ought());
        deeds.or_else(|| self.question()).or_else(|| self.nobody()).or_else(|| self.judgement())
    }

    /// "Stop the dredgers", "Let them work".
    fn imperative(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        text.segments.marks.around(start)?;
        let main = |evidence| Certain { target: None, label: Label::Support, evidence, negated: false };
        let form = text.form(start);
        if text.is(start, &["let"])
            && !text.is(start + 1, &["me", "'s", "’s", "us"])
            && text.opens_object(start + 1)
        {
            let mut all = self.deed(start, end, main(start..start + 1), false);
            let target = Some(text.deed(start + 1, end));
            all.further.push(Certain { target, ..all.main.clone() });
            all.act = Some(Act::Demand);
            return Some(all);
        }
        if form.ends_with("ed") || form.ends_with("ing") || form.ends_with('s') {
            return None;
        }
        let sided = self.side_at(start, end).is_some();
        // "Spend the money on this, not on that": what stands before an article where a sentence starts is a verb.
        let contrasted = text.is(start + 1, &["the", "this", "these", "your", "our", "a"])
            && text.opens_object(start)
            && self.contrast(text.deed(start, end).end, end, Label::Support).is_some();
        if !sided && !contrasted {
            return None;
        }
        let mut all = self.deed(start, end, main(start..start + 1), false);
        all.act = Some(Act::Demand);
        Some(all)
    }

    /// "We will fight it", "she would not back it": the holder as the subject.
    fn own_deed(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        let quoted = text.segments.marks.around(start).is_some();
        let own = text.is(start, &["i", "we"]) || !quoted && text.is(start, &["he", "she", "they", "it"]);
        if !own {
            return None;
        }
        let group = self.group(start + 1, end);
        let negated = group.negations > 0;
        let side = self
            .side_at(group.verb, end)
            .filter(|(_, class, _)| matches!(class, Class::For | Class::Against));
        if let Some((behind, _, side)) = side {
            let label = group.turned(side);
            let object = text.phrase(behind, end);
            let further = self.within(&object, label);
            let main = Certain { target: Some(object), label, evidence: group.evidence(behind), negated };
            return Some(Composed { main, further, act: None });
        }
        let plain = group.verb < end
            && text.is_word(group.verb)
            && !text.is_auxiliary(group.verb)
            && !text.breaks(group.verb);
        if let Some(denial) = self.never_did(start, end) {
            return Some(denial);
        }
        let means = matches!(self.act, Act::Intention | Act::Decision) || self.priced(start + 1, &group, end);
        let been = negated && (start + 1..group.verb).any(|n| text.is(n, &["be"]));
        if !group.modal || !plain || !means || been {
            return None;
        }
        let label = group.turned(Label::Support);
        let evidence = group.negation.unwrap_or(start + 1)..group.verb + 1;
        let main = Certain { target: None, label, evidence, negated };
        Some(self.deed(group.verb, end, main, true))
    }

    /// "We will pay provided they leave": a promise with its price, whatever else it is taken for.
    fn priced(&self, auxiliary: usize, group: &Group, end: usize) -> bool {
        let text = self.text;
        let condition = text.deed(group.verb, end).end;
        text.is(auxiliary, &["will", "'ll", "’ll"])
            && !text.is(auxiliary + 1, &["be"])
            && condition < end
            && text.is(condition, &["provided"])
    }

    /// "The court will hear the appeal against the ban": things take their course, and nobody takes a side.
    fn course(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        let will = (start + 1..end.min(start + NOUN * 2))
            .take_while(|n| !text.breaks(*n))
            .find(|n| text.is(*n, &["will", "would", "is", "was", "were", "are", "has", "have", "had"]))?;
        let person = ["i", "we", "you", "he", "she", "they", "it"];
        if text.is(start, &person) || !text.is(will, &["will", "would"]) {
            return None;
        }
        let (behind, _) = ROWS.at(text, will + 1, end, |c| c == Class::Treat)?;
        let mut object = (behind..end.min(behind + NOUN)).take_while(|n| !text.breaks(*n));
        object.find(|n| ROWS.at(text, *n, n + 1, |c| c == Class::Matter).is_some())?;
        let main = Certain { target: None, label: Label::Neutral, evidence: will..behind, negated: false };
        Some(Composed { main, further: Vec::new(), act: None })
    }

    /// "Peru should join the treaty": what somebody is to do.
    fn ought(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        let subject = (start..end.min(start + NOUN * 2)).take_while(|n| !text.is_auxiliary(*n));
        let subject = start..subject.last().map_or(start, |n| n + 1);
        if subject.clone().any(|n| text.breaks(n) && n > start) || subject.is_empty() {
            return None;
        }
        let group = self.group(subject.end, end);
        let plain = group.verb < end
            && text.is_word(group.verb)
            && !text.is_auxiliary(group.verb)
            && !text.breaks(group.verb);
        // "should be a lesson" judges, "should have gone" regrets.
        let being = (subject.end..group.verb).any(|n| text.is(n, &["be", "been", "have"]));
        let deed = text.deed(group.verb, end);
        // "would lend only if": an offer with its price.
        let priced = group.modal && text.is(deed.end - 1, &["only"]) && text.is(deed.end, &["if"])
            || group.modal && group.negations > 0 && text.is(deed.end, &["if", "unless", "until"]);
        let told = group.ought || group.willing || priced;
        if !told || !plain || being || text.is(start, &["how", "what"]) || text.breaks(start) {
            return None;
        }
        let label = group.turned(Label::Support);
        let evidence = group.negation.map_or(subject.end, |n| n.min(subject.end))..group.verb + 1;
        let main = Certain { target: None, label, evidence, negated: group.negations > 0 };
        Some(self.deed(group.verb, end, main, false))
    }
}
