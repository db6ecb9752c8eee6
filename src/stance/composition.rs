//! The exact part: where verbs and nouns of taking sides stand with their objects, the side toward each follows.
//!
//! "vowed to fight the mine", "would not back it", "an end to the ban on night fishing": what is built regularly is
//! composed here and laid over the learned reading; all else is left to that.

use std::ops::Range;

use super::class::{Class, ROWS};
use super::content::Group;
use super::text::Text;
use crate::record::{Act, Label};
use crate::segment::Segments;

/// How far behind one asked the infinitive may stand.
pub(super) const ASKED: usize = 14;
/// How far behind its article a noun of ending may stand.
pub(super) const NOUN: usize = 4;

/// Words that open a statement.
const SAID: [&str; 10] = ["how", "what", "i", "we", "it", "he", "she", "they", "there", "this"];
/// Words behind which "to" opens no infinitive.
pub(super) const DETERMINERS: [&str; 13] =
    ["the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "our", "their"];
/// Verbs of telling, behind which a refusal is no position.
pub(super) const SPEECH: [&str; 18] = [
    "answer",
    "comment",
    "confirm",
    "detail",
    "disclose",
    "discuss",
    "elaborate",
    "give",
    "identify",
    "name",
    "provide",
    "respond",
    "reveal",
    "rule",
    "say",
    "speak",
    "specify",
    "speculate",
];
/// Nouns whose own the infinitive behind them is.
const TO_DO: [&str; 18] = [
    "ability",
    "attempt",
    "attempts",
    "bid",
    "bill",
    "chance",
    "decision",
    "effort",
    "efforts",
    "law",
    "move",
    "need",
    "opportunity",
    "plan",
    "plans",
    "power",
    "right",
    "way",
];

/// A side that is certain.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Certain {
    /// `None`: what the learned reading says.
    pub(crate) target: Option<Range<usize>>,
    pub(crate) label: Label,
    pub(crate) evidence: Range<usize>,
    pub(crate) negated: bool,
}

/// What a quote's words say by the rules.
#[derive(Clone, Debug)]
pub(crate) struct Composed {
    pub(crate) main: Certain,
    pub(crate) further: Vec<Certain>,
    pub(crate) act: Option<Act>,
}

/// A quote, as the rules read it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted<'a> {
    pub(super) text: Text<'a>,
    pub(super) cue: Option<&'a Range<usize>>,
    pub(super) content: &'a [Range<usize>],
    pub(super) act: Act,
}

pub(super) fn opposite(label: Label) -> Label {
    match label {
        Label::Support => Label::Oppose,
        Label::Oppose => Label::Support,
        other => other,
    }
}

/// What is certain about the sides that a quote takes.
pub(crate) fn composed(
    text: &str,
    segments: &Segments,
    cue: Option<&Range<usize>>,
    content: &[Range<usize>],
    act: Act,
) -> Option<Composed> {
    let quoted = Quoted { text: Text { text, segments }, cue, content, act };
    match quoted.cue_class() {
        Some((class, group, end)) => {
            // "asked" may ask somebody to do something, or what the content asks.
            let plain = || if class == Class::Ask { quoted.by_content() } else { None };
            quoted.by_cue(class, &group, end).or_else(plain)
        }
        None => quoted.by_content(),
    }
}

impl Quoted<'_> {
    /// The word of the cue that takes a side or asks, with what stands before it.
    fn cue_class(&self) -> Option<(Class, Group, usize)> {
        let cue = self.cue?;
        let wanted = |c: Class| {
            let acts = [Class::Intend, Class::Ask, Class::Want, Class::Demand, Class::Refuse, Class::Deny];
            c.side().is_some() || acts.contains(&c) || matches!(c, Class::Not | Class::Auxiliary)
        };
        let mut group = Group::default();
        let mut found: Option<(Class, usize)> = None;
        let mut at = cue.start;
        while at < cue.end {
            let row = ROWS.at(self.text, at, cue.end, wanted);
            match row.map(|(_, class)| class) {
                Some(Class::Not) => {
                    group.negations += 1;
                    group.negation = group.negation.or(Some(at));
                }
                Some(Class::Auxiliary) | None => {}
                Some(class) => {
                    if let Some((before, _)) = found {
                        if before != Class::Refuse {
                            return None;
                        }
                        group.negations += 1;
                        group.negation = group.negation.or(Some(group.verb));
                    }
                    group.verb = at;
                    found = row.map(|(end, _)| (class, end));
                }
            }
            at = row.map_or(at + 1, |(end, _)| end);
        }
        found.map(|(class, end)| (class, group, end))
    }

    /// The side that the cue takes toward the content, or toward what is to be done.
    fn by_cue(&self, class: Class, group: &Group, verb_end: usize) -> Option<Composed> {
        let cue = self.cue?;
        let evidence = group.evidence(verb_end);
        // "were asked to comment", "walked back his words".
        let asked =
            class == Class::Ask && !self.text.is(cue.end - 1, &["by"]) && self.been(cue.start, group.verb);
        let back = group.verb > cue.start && self.text.form(group.verb - 1).ends_with("ed")
            || verb_end < cue.end && self.text.form(verb_end).ends_with("ing");
        if asked || back || self.is_particle(cue, group.verb, verb_end) {
            return None;
        }
        if class == Class::Deny {
            return if self.been(cue.start, group.verb) { None } else { self.denied(group, verb_end) };
        }
        if let Some(side) = class.side() {
            let passive = self.text.is(cue.end - 1, &["by"]);
            let first = self.content.first()?;
            let start = self.text.past_marks(first.start, first.end);
            let object = if passive { first.clone() } else { self.text.phrase(start, first.end) };
            if self.text.is(start, &["himself", "herself", "itself", "themselves"]) {
                return None;
            }
            let target = (passive || self.text.opens_object(start)).then_some(object);
            let label = group.turned(side);
            let main = Certain { target, label, evidence, negated: group.negations > 0 };
            let further = main.target.as_ref().map_or_else(Vec::new, |t| self.within(t, label));
            // Criticism that is rejected is denied.
            let denies = label == Label::Oppose && !further.is_empty();
            let act = denies.then_some(Act::Denial).or_else(|| self.side_act(cue.start, group));
            return Some(Composed { main, further, act });
        }
        let label = group.turned(if class == Class::Refuse { Label::Oppose } else { Label::Support });
        let negated = group.negations > 0;
        if let Some((verb, end, not)) = self.infinitive(class) {
            // Who declines to comment takes no position.
            if class == Class::Refuse && self.text.is(verb, &SPEECH) {
                return None;
            }
            // "was warned to expect cuts": nobody stands before the infinitive.
            let alone = self.content.first().map_or(0, |first| first.start + 2);
            let label = if not.is_some() { opposite(label) } else { label };
            let evidence = match not {
                Some(not) if class != Class::Ask => not..not + 1,
                _ => evidence,
            };
            let main = Certain { target: None, label, evidence, negated: negated || not.is_some() };
            let mut all = self.deed(verb, end, main, class == Class::Intend);
            all.act =
                (class == Class::Ask && self.act != Act::Question && verb > alone).then_some(Act::Demand);
            return Some(all);
        }
        let first = self.content.first()?;
        let start = self.text.past_marks(first.start, first.end);
        if !matches!(class, Class::Demand | Class::Want) || !self.text.opens_object(start) {
            return None;
        }
        let target = self.text.phrase(start, first.end);
        let further = self.within(&target, label);
        let main = Certain { target: Some(target), label, evidence, negated };
        // Who wants a thing is of a mind; what somebody is to do is demanded.
        Some(Composed { main, further, act: (class == Class::Want).then_some(Act::Attitude) })
    }

    /// "had praised": a statement; "also backs": an attitude.
    fn side_act(&self, start: usize, group: &Group) -> Option<Act> {
        let text = self.text;
        let small = ["has", "have", "had", "is", "are", "was", "were", "also", "again", "still"];
        let plain = |n: usize| text.is(n, &small) || text.form(n).ends_with("ly");
        let end = text.segments.words.len();
        let (_, class) = ROWS.at(text, group.verb, end, |c| matches!(c, Class::Says | Class::Holds))?;
        let act = if class == Class::Says { Act::Statement } else { Act::Attitude };
        (group.negations == 0 && (start..group.verb).all(plain)).then_some(act)
    }

    /// True if "back" belongs to the verb before it, or to the word behind it: "walk back", "was back to".
    fn is_particle(&self, cue: &Range<usize>, at: usize, behind: usize) -> bool {
        let text = self.text;
        let before = at.checked_sub(1).filter(|n| cue.contains(n));
        let starts = before.is_none_or(|n| {
            text.is_auxiliary(n)
                || text.is(n, &["to", "not", "n't", "n’t", "never", "also", "still"])
                || text.form(n).ends_with("ly")
        });
        let leaves = cue.contains(&behind) && text.is(behind, &["away", "down", "from", "off", "out", "to"]);
        text.form(at).to_ascii_lowercase().starts_with("back") && (!starts || leaves)
    }

    /// True if a form of "be" stands among some words.
    fn been(&self, start: usize, end: usize) -> bool {
        (start..end).any(|n| self.text.is(n, &["is", "are", "was", "were", "be", "been"]))
    }

    /// The verb behind "to" in the content, the end of its piece, and the negation before it.
    fn infinitive(&self, class: Class) -> Option<(usize, usize, Option<usize>)> {
        let text = self.text;
        let is_verb = |n: usize, end: usize| n < end && text.is_word(n) && !text.is(n, &DETERMINERS);
        for piece in self.content {
            let start = text.past_marks(piece.start, piece.end);
            // "told them we are not going to": what is said, and nobody asked to do it.
            if text.breaks(start) || text.is(start, &SAID) {
                continue;
            }
            let not = text.is(start, &["not", "never"]).then_some(start);
            let to = start + usize::from(not.is_some());
            if text.is(to, &["to"]) && is_verb(to + 1, piece.end) {
                return Some((to + 1, piece.end, not));
            }
            if !matches!(class, Class::Ask | Class::Want) {
                continue;
            }
            let stops = |n: &usize| {
                text.breaks(*n)
                    || text.is_auxiliary(*n)
                    || text.is(*n, &["how", "what", "on", "about", "over"])
            };
            let mut asked = (start + 1..piece.end.min(start + ASKED)).take_while(|n| !stops(n));
            let to = asked.find(|n| text.is(*n, &["to"]));
            let Some(to) = to.filter(|to| is_verb(to + 1, piece.end)) else { continue };
            let not = text.is(to - 1, &["not", "never"]).then(|| to - 1);
            return (!text.is(to - 1, &TO_DO)).then_some((to + 1, piece.end, not));
        }
        None
    }

    /// The positions toward a deed whose verb is given, and toward its object; `main` tells the side toward the deed.
    pub(super) fn deed(&self, verb: usize, end: usize, main: Certain, own: bool) -> Composed {
        let deed = self.text.deed(verb, end);
        let label = main.label;
        let mut further = Vec::new();
        let mut main = Certain { target: Some(deed.clone()), ..main };
        let light = |at| ROWS.at(self.text, at, deed.end, |c| c == Class::Light);
        let verb =
            std::iter::successors(Some(verb), |at| light(*at).map(|(end, _)| end)).last().unwrap_or(verb);
        if let Some((behind, class, side)) = self.side_at(verb, deed.end) {
            let object = self.text.phrase(behind, deed.end);
            let toward = if side == Label::Support { label } else { opposite(label) };
            further = self.within(&object, toward);
            let negated = main.negated;
            let position = Certain { target: Some(object), label: toward, evidence: verb..behind, negated };
            if own && matches!(class, Class::For | Class::Against) {
                main = position;
            } else {
                further.insert(0, position);
            }
        }
        further.extend(self.contrast(deed.end, end, label));
        Composed { main, further, act: None }
    }

    /// The verb of a side at `at` that has an object: where the object starts, its class and side.
    pub(super) fn side_at(&self, at: usize, end: usize) -> Option<(usize, Class, Label)> {
        let (behind, class) = ROWS.at(self.text, at, end, |c| c.side().is_some())?;
        let side = class.side()?;
        let object = self.text.past_marks(behind, end);
        (object < end && self.text.opens_object(object)).then_some((behind, class, side))
    }

    /// What stands behind "rather than" or "instead of" at `at`: the other side.
    pub(super) fn contrast(&self, at: usize, end: usize, label: Label) -> Option<Certain> {
        let other = self.text.is(at, &["rather"]) && self.text.is(at + 1, &["than"])
            || self.text.is(at, &["instead"]) && self.text.is(at + 1, &["of"])
            || self.text.is(at, &[","]) && self.text.is(at + 1, &["not"]);
        let start = at + 2 + usize::from(self.text.is(at + 2, &["on", "for", "to", "in", "with"]));
        let target = self.text.deed(start, end);
        (other && start < end && self.text.is_word(start)).then(|| Certain {
            target: Some(target),
            label: opposite(label),
            evidence: at..at + 2,
            negated: false,
        })
    }

    /// What the nouns in a phrase end or speak against, if the phrase has the side `label`.
    pub(super) fn within(&self, phrase: &Range<usize>, label: Label) -> Vec<Certain> {
        let mut out = Vec::new();
        let (mut start, mut label) = (phrase.start, label);
        loop {
            let ended = label == Label::Support || start > phrase.start;
            // To be against a ban is not yet to be for what it bans.
            let wanted = |c| c == Class::AgainstNoun || c == Class::EndNoun && ended;
            let near = start..phrase.end.min(start + NOUN);
            let found = near.clone().find_map(|n| Some((n, ROWS.at(self.text, n, phrase.end, wanted)?.0)));
            let Some((noun, behind)) = found.filter(|(_, behind)| *behind < phrase.end) else { return out };
            label = opposite(label);
            let target = Some(behind..phrase.end);
            out.push(Certain { target, label, evidence: noun..behind, negated: false });
            start = behind;
        }
    }
}
