//! "his lawyer", "a spokesman for Lee": whoever the article names as Lee's, before or after.

use std::collections::HashMap;
use std::ops::Range;

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::Shape;
use super::phrase::noun_key;
use super::reading::Reading;
use super::source::Sources;
use crate::record::SpeakerType;

/// Those of whom one person has one at a time; a row names the same.
const OFFICES: [&[&str]; 9] = [
    &["lawyer", "attorney", "counsel", "solicitor", "barrister"],
    &["spokesman", "spokesperson"],
    &["spokeswoman", "spokesperson"],
    &["wife", "spouse"],
    &["husband", "spouse"],
    &["mother"],
    &["father"],
    &["manager"],
    &["mate"],
];

/// Words of a role that are looked at.
const LONGEST: usize = 12;

/// Joins an unnamed source that belongs to someone to the name that the article gives for it.
pub(super) fn join(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let mut named: HashMap<(usize, usize), Option<usize>> = HashMap::new();
    for (n, name) in sources.mentions.iter().enumerate().filter(|(_, m)| m.shape == Shape::Name) {
        let Some(cluster) = clusters.of(n) else { continue };
        if clusters.list[cluster].kind != Some(SpeakerType::Person) {
            continue;
        }
        for role in [&name.role(), &name.apposed()].into_iter().flatten() {
            for (owner, office) in offices(reading, sources, clusters, role) {
                // Two lawyers: neither is "his lawyer".
                let known = named.entry((owner, office)).or_insert(Some(cluster));
                if *known != Some(cluster) {
                    *known = None;
                }
            }
        }
    }
    if named.is_empty() {
        return;
    }
    for (n, mention) in sources.mentions.iter().enumerate() {
        let unnamed = mention.source && mention.shape == Shape::Nominal && !mention.plural;
        let Some(cluster) = clusters.of(n).filter(|&c| unnamed && !clusters.list[c].named) else { continue };
        let offices = offices(reading, sources, clusters, &mention.words());
        let found = offices.into_iter().find_map(|key| named.get(&key).copied().flatten());
        if let Some(found) = found.filter(|&f| f != cluster) {
            clusters.merge(cluster, found);
        }
    }
}

/// Whose it is and which office, of a phrase such as "Lee's lawyer", "his lawyer", "lawyer for Lee".
fn offices(
    reading: &Reading,
    sources: &Sources,
    clusters: &Clusters,
    words: &Range<usize>,
) -> Vec<(usize, usize)> {
    let words = words.start..words.end.min(words.start + LONGEST);
    let Some((at, noun)) = words.clone().find_map(|w| {
        let key = noun_key(reading.form(w));
        OFFICES.iter().any(|nouns| nouns.contains(&key.as_str())).then_some((w, key))
    }) else {
        return Vec::new();
    };
    let of = |word: usize, person: bool| {
        let found = sources.starting_at(word).find(|&m| {
            let shape = sources.mentions[m].shape;
            matches!(shape, Shape::Pronoun(_)) || shape == Shape::Name
        });
        found
            .and_then(|m| clusters.of(m))
            .filter(|&c| !person || clusters.list[c].kind.is_none_or(|k| k == SpeakerType::Person))
    };
    let own = words.start.saturating_sub(1)..at;
    let possessor = own.into_iter().find_map(|w| {
        let pronoun = reading.is(w, Class::POSSESSIVE);
        let name = || reading.possessive(w + 1) || reading.possessive(w + 2);
        if pronoun || name() { of(w, pronoun) } else { None }
    });
    let behind = || {
        let joins = matches!(reading.form(at + 1), "for" | "to" | "of");
        let title = usize::from(reading.is(at + 2, Class::TITLE));
        if joins { of(at + 2 + title, false) } else { None }
    };
    let Some(owner) = possessor.or_else(behind) else { return Vec::new() };
    let rows = OFFICES.iter().enumerate().filter(|(_, nouns)| nouns.contains(&noun.as_str()));
    rows.map(|(office, _)| (owner, office)).collect()
}
