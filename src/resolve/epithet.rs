//! "the Ohio senator", "the former president": a phrase that can only mean the one person named just before.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::office::with_office;
use super::phrase::noun_key;
use super::reading::Reading;
use super::source::Sources;
use crate::record::SpeakerType;

/// Sentences before the phrase in which nobody else may be named.
const REACH: usize = 1;

/// Words of a role that are looked at.
const LONGEST: usize = 12;

/// The first such phrase for each cluster.
pub(super) fn epithets(
    reading: &Reading,
    sources: &Sources,
    clusters: &Clusters,
) -> HashMap<usize, Range<usize>> {
    let mut found = HashMap::new();
    let offices = offices(reading, sources, clusters);
    let mut near: VecDeque<(usize, usize)> = VecDeque::new();
    for (n, mention) in sources.mentions.iter().enumerate() {
        let sentence = reading.sentence(mention.head());
        while near.front().is_some_and(|&(s, _)| s + REACH < sentence) {
            near.pop_front();
        }
        let cluster = clusters.of(n);
        let known = cluster.map(|c| &clusters.list[c]);
        let open = known.is_none_or(|k| !k.named && k.kind == Some(SpeakerType::Unnamed));
        if open && mention.shape == Shape::Nominal && describes(reading, mention) {
            let noun = noun_key(reading.form(mention.head()));
            let of = |c: &usize| offices.get(c);
            // Somebody else's office, or that of the person beside it.
            if near.iter().any(|(_, c)| of(c).is_some_and(|nouns| nouns.contains(&noun))) {
                continue;
            }
            let mut open = near.iter().map(|&(_, c)| c).filter(|c| of(c).is_none());
            let Some(only) = open.next() else { continue };
            let person = &clusters.list[only];
            let genders =
                mention.gender.is_none() || person.gender.is_none() || mention.gender == person.gender;
            if genders && open.all(|c| c == only) {
                let words = mention.words().start + 1..mention.words().end;
                found.entry(only).or_insert_with(|| with_office(reading, words));
            }
        } else if let (Some(c), Some(k)) = (cluster, known)
            && k.named
            && matches!(k.kind, None | Some(SpeakerType::Person))
            && !k.plural
            && near.back().is_none_or(|&(s, last)| last != c || s != sentence)
        {
            near.push_back((sentence, c));
        }
    }
    found
}

/// The nouns of the offices that stand beside the names of each cluster.
fn offices(reading: &Reading, sources: &Sources, clusters: &Clusters) -> HashMap<usize, Vec<String>> {
    let mut offices: HashMap<usize, Vec<String>> = HashMap::new();
    for (n, mention) in sources.mentions.iter().enumerate() {
        let Some(cluster) = clusters.of(n) else { continue };
        for role in [&mention.role(), &mention.apposed()].into_iter().flatten() {
            let nouns = role.clone().take(LONGEST).filter(|&w| {
                reading.is(w, Class::PERSON) || reading.is(w, Class::TITLE) && !reading.is(w, Class::HE)
            });
            let keys = nouns.map(|w| noun_key(reading.form(w)));
            offices.entry(cluster).or_default().extend(keys.filter(|k| k != "doctor" && k != "professor"));
        }
    }
    offices.retain(|_, nouns| !nouns.is_empty());
    offices
}

/// "the Ohio senator", not "the senator", "the firm's owner" or "the king of Spain".
fn describes(reading: &Reading, mention: &Mention) -> bool {
    let (start, head) = (mention.words().start, mention.head());
    let class = reading.class(head);
    let one = class.is(Class::PERSON) && !class.is(Class::PLURAL) && !class.is(Class::LOOSE);
    let next = head + 1;
    let ends = with_office(reading, start..next).end;
    let bound =
        reading.is(ends, Class::PREPOSITION) && matches!(reading.form(ends), "of" | "for" | "from" | "at");
    one && !mention.source
        && reading.form(start).eq_ignore_ascii_case("the")
        && start + 1 < head
        && !(start..head).any(|n| reading.possessive(n))
        && !bound
        && !reading.capital(next)
        && !reading.quoted(head)
}
