//! Several as one: "Lee and her team", "both candidates", "the two countries", "the three".

use super::discourse::Discourse;
use super::lexicon::Class;
use super::phrase::noun_key;
use super::source::Part;
use crate::record::SpeakerType;

/// Sentences back in which those meant are named.
const REACH: usize = 4;

impl Discourse<'_> {
    /// The cluster of a joint mention; the same two named again are the same source.
    pub(super) fn joint(&mut self, n: usize) -> usize {
        self.last_joint = Some(n);
        let parts = self.sources.parts_of(n).unwrap_or_default();
        let key: Option<Vec<usize>> = parts
            .iter()
            .map(|part| match part {
                Part::Name(m) => self.clusters.of(*m),
                Part::Words(_) => None,
            })
            .collect();
        if let Some(known) = key.as_ref().and_then(|k| self.by_parts.get(k)) {
            return *known;
        }
        let cluster = self.clusters.found(n, self.mention(n));
        let Some(key) = key else {
            if !parts.iter().any(|part| matches!(part, Part::Name(_))) {
                return cluster;
            }
            // "The experts" after "Ann Lee and two other experts".
            let nouns = parts.iter().filter_map(|part| match part {
                Part::Words(words) => words.clone().next_back(),
                Part::Name(_) => None,
            });
            for noun in
                nouns.filter(|&w| self.reading.is(w, Class::PERSON) || self.reading.is(w, Class::PEOPLE))
            {
                self.by_noun.insert(noun_key(self.reading.form(noun)), cluster);
            }
            self.by_noun.insert("team".to_owned(), cluster);
            return cluster;
        };
        self.by_parts.insert(key, cluster);
        cluster
    }

    /// True for "his team" in "Lee and his team": the text speaks of both.
    pub(super) fn is_part(&self, n: usize) -> bool {
        let mention = self.mention(n);
        let parts = self.last_joint.and_then(|joint| self.sources.parts_of(joint)).unwrap_or_default();
        let holds = |part: &Part| matches!(part, Part::Words(words) if words.contains(&mention.head()));
        !mention.source && parts.iter().any(holds)
    }

    /// The cluster of those whom a phrase counts.
    pub(super) fn together(&mut self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let reading = self.reading;
        let start = mention.words().start;
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
        if mention.words().end > mention.head() + 1 || reading.form(mention.words().end) == "of" {
            return None;
        }
        let bare = mention.head() == counter;
        let class = reading.class(mention.head());
        let country = matches!(reading.form(mention.head()), "countries" | "nations" | "governments");
        let people = bare || class.is(Class::PERSON) || class.is(Class::PEOPLE);
        if !country && !people && !class.is(Class::BODY) || mention.head() > counter + 1 && !people {
            return None;
        }
        let sentence = reading.sentence(mention.head());
        let near = |c: usize| {
            self.seen.get(c).is_some_and(|s| s.count > 0 && s.sentence as usize + REACH >= sentence)
        };
        let of_count = |c: usize| {
            let parts = self.sources.parts_of(self.clusters.list[c].best).unwrap_or_default();
            let parts = parts.iter().filter(|part| matches!(part, Part::Name(_))).count();
            parts.max(self.clusters.members(c).len()) == count && self.clusters.list[c].plural
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
            matches!(reading.form(mention.head()), "brothers" | "sisters" | "twins" | "couple" | "siblings");
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
        self.clusters.set_members(cluster, members);
        Some(cluster)
    }
}
