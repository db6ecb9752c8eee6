//! The gender that an article shows of someone: by pronouns, titles and nouns, never by a given name.

use super::cluster::Clusters;
use super::mention::{Gender, Mention, Pronoun, Shape};
use super::person::gender_of;
use super::reading::Reading;
use super::role;
use crate::record::{self, SpeakerType};

/// Mentions before a pronoun that are looked at: a text may be one sentence.
const MOST: usize = 24;

/// What shows the gender of the people of an article.
pub(super) struct Genders<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) clusters: &'a Clusters,
}

impl Genders<'_> {
    /// The gender that some mention of one person shows and none contradicts.
    pub(super) fn of(&self, mentions: &[usize]) -> Option<record::Gender> {
        let (mut he, mut she, mut shown) = (false, false, false);
        for &n in mentions {
            for (gender, sure) in self.evidence(n).into_iter().flatten() {
                he |= gender == Gender::He;
                she |= gender == Gender::She;
                shown |= sure;
            }
        }
        match (he, she) {
            (true, false) if shown => Some(record::Gender::Male),
            (false, true) if shown => Some(record::Gender::Female),
            _ => None,
        }
    }

    /// What one mention tells by its form or title, and by the role behind it ("Ann Lee, a mother of two,"), and
    /// whether it is enough.
    fn evidence(&self, n: usize) -> [Option<(Gender, bool)>; 2] {
        let mention = &self.mentions[n];
        let own = match mention.shape {
            Shape::Pronoun(Pronoun::He) => Some((Gender::He, self.alone(n))),
            Shape::Pronoun(Pronoun::She) => Some((Gender::She, self.alone(n))),
            _ => mention.gender.map(|gender| (gender, true)),
        };
        let role = mention.apposed().and_then(|r| role::head(self.reading, r.start, r.end));
        let noun = role.and_then(|noun| gender_of(self.reading.class(noun)));
        [own, noun.map(|gender| (gender, true))]
    }

    /// True if nobody else stands between a pronoun and the start of the sentence that speaks last of whom it means,
    /// its own or the one before: there the antecedent is right in all but one of a hundred.
    fn alone(&self, n: usize) -> bool {
        let own = self.clusters.of(n);
        if self.reading.quoted(self.mentions[n].head()) {
            return false;
        }
        let sentence = |m: usize| self.reading.sentence(self.mentions[m].head());
        let mut nearest = None;
        for m in (n.saturating_sub(MOST)..n).rev() {
            if sentence(m) + 1 < sentence(n) || nearest.is_some_and(|s| sentence(m) < s) {
                break;
            }
            if self.clusters.of(m) == own {
                nearest.get_or_insert(sentence(m));
            } else if self.human(m) {
                return false;
            }
        }
        nearest.is_some()
    }

    /// True if a mention may speak of one human being.
    fn human(&self, m: usize) -> bool {
        let mention = &self.mentions[m];
        let kind = self.clusters.of(m).map_or(mention.kind, |c| self.clusters.list[c].kind);
        match mention.shape {
            Shape::Pronoun(which) => matches!(which, Pronoun::He | Pronoun::She),
            Shape::Name | Shape::Nominal => {
                matches!(kind, None | Some(SpeakerType::Person | SpeakerType::Unnamed)) && !mention.plural
            }
            Shape::Relative | Shape::Joint => false,
        }
    }
}
