//! "who" and "which": what stands right before, or the phrase that holds it.

use super::discourse::Discourse;
use super::lexicon::Class;
use super::mention::Shape;
use crate::record::SpeakerType;

impl Discourse<'_> {
    /// "who", "which": what stands right before.
    pub(super) fn relative(&self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let form = self.reading.form(mention.head());
        let who = ["who", "whom", "whose"].iter().any(|w| form.eq_ignore_ascii_case(w));
        // "families of victims, many of whom": of two in the plural the first.
        let shared = mention.head() > 1 && who && self.reading.form(mention.head() - 1) == "of";
        let sentence = self.reading.sentence(mention.head());
        let near = || {
            (n.saturating_sub(8)..n).rev().filter(|&m| {
                let other = self.mention(m);
                self.reading.sentence(other.head()) == sentence
                    && other.words().end <= mention.words().start
                    && !matches!(other.shape, Shape::Relative)
                    && !self.reading.is(other.head(), Class::POSSESSIVE)
            })
        };
        let fits = |m: usize| {
            let Some(c) = self.clusters.of(m) else { return false };
            let kind = self.clusters.list[c].kind;
            let human = matches!(
                kind,
                None | Some(
                    SpeakerType::Person | SpeakerType::Unnamed | SpeakerType::Group | SpeakerType::Author
                )
            );
            human == who || !who && kind == Some(SpeakerType::Group)
        };
        let nearest = near().find(|&m| fits(m))?;
        // "an adviser to Trump, who": the clause goes with the adviser.
        let start = self.mention(nearest).words().start;
        let outer = near().filter(|&m| m < nearest).find(|&m| {
            let end = self.mention(m).words().end;
            self.mention(m).shape == Shape::Nominal
                && end < start
                && start - end < 4
                && self.reading.is(end, Class::PREPOSITION)
                && self.reading.form(end) != "of"
                || self.mention(m).words().start < start
                    && end >= self.mention(nearest).words().end
                    && self.mention(m).shape == Shape::Nominal
        });
        let person = self.mention(nearest).shape == Shape::Name;
        let outer = outer.filter(|&m| who && person && fits(m));
        let whole = near().find(|&m| {
            let (out, end) = (self.mention(m), self.mention(m).words().end);
            m < nearest
                && shared
                && out.plural
                && self.reading.form(end) == "of"
                && end < start
                && start - end < 4
        });
        let outer = outer.or(whole.filter(|&m| fits(m)));
        self.clusters.of(outer.unwrap_or(nearest))
    }
}
