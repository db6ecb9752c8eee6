//! "the company", "the drug maker": nouns that may stand for any organization just named.

use super::discourse::Discourse;
use super::lexicon::Class;
use super::phrase::PHRASE_REACH;
use crate::record::SpeakerType;

/// Nouns that may stand for any organization just named.
const GENERIC: [&str; 22] = [
    "airline",
    "bank",
    "carmaker",
    "charity",
    "club",
    "insurer",
    "operator",
    "retailer",
    "company",
    "group",
    "firm",
    "organization",
    "organisation",
    "agency",
    "newspaper",
    "outlet",
    "network",
    "magazine",
    "association",
    "party",
    "giant",
    "maker",
];

/// Nouns at the end of a name that tell a public body, which no business noun means.
const PUBLIC: [&str; 18] = [
    "army",
    "assembly",
    "bureau",
    "commission",
    "committee",
    "congress",
    "council",
    "court",
    "department",
    "government",
    "house",
    "ministry",
    "navy",
    "parliament",
    "party",
    "police",
    "senate",
    "university",
];

/// Of these nouns, those that stand for public bodies too.
const ANY: [&str; 7] = ["agency", "association", "club", "group", "organization", "organisation", "party"];

/// True if "the" and this noun may stand for any organization just named.
pub(super) fn stands_for_any(noun: &str) -> bool {
    GENERIC.contains(&noun)
}

impl Discourse<'_> {
    /// "the online retail giant", "the Swiss-based agency": words that describe, and no name.
    pub(super) fn describes_only(&self, n: usize) -> bool {
        let mention = self.mention(n);
        let mut words = mention.words().start + 1..mention.head();
        mention.words().len() <= 4
            && words.all(|w| {
                let reading = self.reading;
                let plain = !reading.capital(w) || reading.form(w).contains('-');
                reading.is_word(w) && plain && !reading.is(w, Class::GRAMMAR)
            })
    }

    /// The organization that a generic noun means: the last one named, best as a subject or source.
    pub(super) fn generic_body(&self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let sentence = self.reading.sentence(mention.head());
        let noun = self.reading.form(mention.head());
        let business = !ANY.contains(&noun);
        let public = |c: usize| {
            let last = self.clusters.list[c].words.last();
            last.is_some_and(|w| PUBLIC.contains(&w.as_str())) || {
                let first = self.clusters.list[c].words.first();
                first.is_some_and(|w| w == "university")
            }
        };
        let fitting = self.recent.iter().rev().copied().filter(|&c| {
            let known = &self.clusters.list[c];
            let seen = &self.seen[c];
            // A name that nothing but its capitals shows for a person's may be a firm's.
            let open = known.votes == [0, 0] && known.gender.is_none() && known.lean == 0;
            (known.kind == Some(SpeakerType::Organization)
                || mention.source && (open || known.kind.is_none()))
                && known.named
                && !known.place
                && !(business && public(c))
                && (known.gender.is_none() || mention.gender.is_none() || known.gender == mention.gender)
                && seen.sentence as usize + PHRASE_REACH >= sentence
                && (seen.sentence as usize) < sentence
                && !seen.quoted
        });
        fitting.max_by_key(|&c| {
            let seen = &self.seen[c];
            (seen.subject || seen.source, seen.word)
        })
    }
}
