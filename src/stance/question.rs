//! Questions that do not ask: their answer is known, and who could disagree.

use super::class::{Class, ROWS};
use super::composition::{Certain, Composed, Quoted, opposite};
use super::judgement::COPULAS;
use crate::record::Label;

impl Quoted<'_> {
    /// "How can anybody call this safe?": a question whose answer is no.
    pub(super) fn question(&self) -> Option<Composed> {
        let (start, end) = self.clause()?;
        let text = self.text;
        let asks = (start..end).rev().take(2).any(|n| text.form(n) == "?");
        if !asks {
            return None;
        }
        let main = |target, evidence| Certain { target, label: Label::Oppose, evidence, negated: false };
        let composed = |main| Some(Composed { main, further: Vec::new(), act: None });
        if text.is(start, &["how"]) && text.is(start + 1, &["can", "could", "dare"]) {
            let thing =
                (start + 2..end).find(|n| text.is(*n, &["this", "that", "these", "those", "the", "such"]));
            return composed(main(thing.map(|n| text.phrase(n, end)), start..start + 2));
        }
        if text.is(start, &["why"]) {
            let should = (start + 1..end.min(start + 5)).find(|n| text.is(*n, &["should", "would"]))?;
            let verb = should + 2;
            let anyone = text.is(should + 1, &["i", "we", "you", "they", "anyone", "anybody"]);
            let negated = text.is(should + 1, &["n't", "n’t"]) || text.is(verb, &["not"]);
            if anyone && !negated && verb < end {
                return composed(main(Some(text.deed(verb, end)), start..should + 1));
            }
        }
        self.who(start, end).or_else(|| self.what_kind(start, end))
    }

    /// "Who would not be proud of this team?", "Who would trust him?": everybody or nobody.
    fn who(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        if !text.is(start, &["who"]) || !text.is(start + 1, &["would", "could", "does", "can", "is"]) {
            return None;
        }
        let group = self.group(start + 1, end);
        let negated = group.negations > 0;
        let evidence = |behind| start..behind;
        let told = |target, label, behind| {
            let label = if negated { label } else { opposite(label) };
            let main = Certain { target, label, evidence: evidence(behind), negated };
            Some(Composed { main, further: Vec::new(), act: None })
        };
        let wanted = |c| matches!(c, Class::For | Class::Against | Class::Want);
        if let Some((behind, class)) = ROWS.at(text, group.verb, end, wanted) {
            let label = if class == Class::Against { Label::Oppose } else { Label::Support };
            return text
                .opens_object(behind)
                .then(|| text.phrase(behind, end))
                .and_then(|t| told(Some(t), label, behind));
        }
        let is = (start + 1..group.verb).any(|n| text.is(n, &COPULAS));
        let (found, label) = self.worth(group.verb, end).filter(|_| is && negated)?;
        let of = text.is(found.end, &["of", "by", "with", "about", "at", "for"])
            && text.opens_object(found.end + 1);
        told(of.then(|| text.phrase(found.end + 1, end)), label, found.end)
    }

    /// "What kind of mayor sells the park?": none that one could back.
    fn what_kind(&self, start: usize, end: usize) -> Option<Composed> {
        let text = self.text;
        let kind =
            text.is(start, &["what"]) && text.is(start + 1, &["kind", "sort"]) && text.is(start + 2, &["of"]);
        let verb = (start + 4..end.min(start + 7)).find(|n| {
            let form = text.form(*n);
            form.ends_with('s') && form.len() > 3 && text.form(*n - 1) != "’" && !text.is_auxiliary(*n)
        })?;
        if !kind || !text.opens_object(verb + 1) || text.segments.marks.around(start).is_none() {
            return None;
        }
        let target = Some(text.deed(start + 3, end));
        let main = Certain { target, label: Label::Oppose, evidence: start..start + 3, negated: false };
        Some(Composed { main, further: Vec::new(), act: None })
    }
}
