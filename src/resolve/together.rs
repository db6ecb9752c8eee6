//! "both candidates", "the two countries", "the three": as many as were named last.

use super::discourse::Discourse;
use super::lexicon::Class;
use crate::record::SpeakerType;

/// Sentences back in which those meant are named.
const REACH: usize = 4;

impl Discourse<'_> {
    /// The cluster of those whom a phrase counts.
    pub(super) fn together(&mut self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let reading = self.reading;
        let start = mention.words.start;
        let form = reading.form(start);
        let the = matches!(form, "the" | "The" | "these" | "These");
        let (count, counter) = match reading.form(start + usize::from(the)) {
            "both" | "Both" => (2, start),
            "two" | "pair" | "duo" | "couple" | "twins" | "brothers" | "sisters" if the => (2, start + 1),
            "three" | "trio" if the => (3, start + 1),
            "four" if the => (4, start + 1),
            _ => return None,
        };
        // "both sides of the House", "the two drivers from Lund": others than those named.
        if mention.words.end > mention.head + 1 || reading.form(mention.words.end) == "of" {
            return None;
        }
        let bare = mention.head == counter;
        let class = reading.class(mention.head);
        let country = matches!(reading.form(mention.head), "countries" | "nations" | "governments");
        let people = bare || class.is(Class::PERSON) || class.is(Class::PEOPLE);
        if !country && !people && !class.is(Class::BODY) || mention.head > counter + 1 && !people {
            return None;
        }
        let sentence = reading.sentence(mention.head);
        let near = |c: usize| self.seen.get(c).is_some_and(|s| s.count > 0 && s.sentence + REACH >= sentence);
        let of_count = |c: usize| {
            let parts = self.sources.parts_of(self.clusters.list[c].best).map_or(0, <[_]>::len);
            parts.max(self.clusters.list[c].members.len()) == count && self.clusters.list[c].plural
        };
        if people && let Some(&known) = self.recent.iter().rev().find(|&&c| of_count(c) && near(c)) {
            return Some(known);
        }
        let fits = |c: usize| {
            let known = &self.clusters.list[c];
            let kind = match known.kind {
                Some(SpeakerType::Person) => people,
                Some(SpeakerType::Country) => country,
                Some(SpeakerType::Organization) => class.is(Class::BODY) && !known.place,
                _ => false,
            };
            kind && known.named && !known.plural && near(c)
        };
        // Of those near, the ones that the text speaks of most; brothers have one surname.
        let last = |c: usize| self.clusters.list[c].words.last();
        let kin =
            matches!(reading.form(mention.head), "brothers" | "sisters" | "twins" | "couple" | "siblings");
        let mut members: Vec<usize> = self.recent.iter().rev().copied().filter(|&c| fits(c)).collect();
        if kin {
            let family: Vec<usize> = members
                .iter()
                .copied()
                .filter(|&c| members.iter().any(|&other| other != c && last(other) == last(c)))
                .collect();
            members = family;
        }
        members.sort_by_key(|&c| std::cmp::Reverse(self.seen.get(c).map_or(0, |s| s.count)));
        members.truncate(count);
        if members.len() < count || !mention.source {
            return None;
        }
        members.sort_by_key(|&c| self.clusters.list[c].best);
        let cluster = self.clusters.found(n, mention);
        self.clusters.list[cluster].kind = members.first().and_then(|&c| self.clusters.list[c].kind);
        self.clusters.list[cluster].plural = true;
        self.clusters.list[cluster].members = members;
        Some(cluster)
    }
}
