//! What is denied: by the cue ("denied taking bribes", "disputed the figures") or by the holder's own "never".

use super::class::{Class, ROWS};
use super::composition::{Certain, Composed, Quoted};
use super::content::Group;
use crate::record::{Act, Label};

/// Words of an object among which the noun for what is asked for stands.
const NOUN: usize = 5;

impl Quoted<'_> {
    /// "denied that it had leaked", "refuted the claim"; who does not deny takes no side.
    pub(super) fn denied(&self, group: &Group, verb_end: usize) -> Option<Composed> {
        let text = self.text;
        let first = self.content.first()?;
        let start = text.past_marks(first.start, first.end);
        if text.is(start, &["himself", "herself", "itself", "themselves"]) {
            return None;
        }
        let object = text.phrase(start, first.end);
        // "he had known" is no thing, and "that it leaked" is none.
        let thing = text.opens_object(start) && !text.is_auxiliary(object.end);
        let negated = group.negations > 0;
        let label = if negated { Label::Neutral } else { Label::Oppose };
        let target = thing.then(|| object.clone());
        let main = Certain { target, label, evidence: group.evidence(verb_end), negated };
        let further =
            main.target.as_ref().filter(|_| !negated).map_or_else(Vec::new, |t| self.within(t, label));
        // "denied him bail", "denied the request": what was asked for is not granted.
        let asked_for =
            (object.start..object.end.min(object.start + NOUN)).take_while(|n| !text.is(*n, &["of"]));
        let decides = thing
            && !negated
            && asked_for.clone().any(|n| ROWS.at(text, n, n + 1, |c| c == Class::Grant).is_some());
        let act = if decides { Act::Decision } else { Act::Denial };
        Some(Composed { main, further, act: (!negated).then_some(act) })
    }

    /// "We never sold a rifle": a deed that the holder never did.
    pub(super) fn never_did(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let mut at = start + 1;
        at += usize::from(text.is(at, &["have", "has", "had", "'ve", "’ve", "'d", "’d"]));
        if !text.is(at, &["never"]) {
            return None;
        }
        let mut verb = at + 1;
        verb += usize::from(text.is(verb, &["actually", "even", "ever", "once"]));
        let lower = text.form(verb).to_ascii_lowercase();
        let regular = lower.ends_with("ed") && lower.len() > 4;
        let (_, class) = ROWS
            .at(text, verb, verb + 1, |c| matches!(c, Class::Did | Class::Felt))
            .unwrap_or((verb, if regular { Class::Did } else { Class::Felt }));
        if verb >= end || class == Class::Felt {
            return None;
        }
        let target = Some(text.deed(verb, end));
        let main = Certain { target, label: Label::Oppose, evidence: at..verb + 1, negated: true };
        Some(Composed { main, further: Vec::new(), act: Some(Act::Denial) })
    }
}
