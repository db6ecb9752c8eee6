//! "the Florida senator", "the former president": a phrase that can only mean the one person named just before.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::office::with_office;
use super::reading::Reading;
use super::source::Sources;
use crate::record::SpeakerType;

/// Sentences before the phrase in which nobody else may be named.
const REACH: usize = 1;

/// The first such phrase for each cluster.
pub(super) fn epithets(
    reading: &Reading,
    sources: &Sources,
    clusters: &Clusters,
) -> HashMap<usize, Range<usize>> {
    let mut found = HashMap::new();
    let mut near: VecDeque<(usize, usize)> = VecDeque::new();
    for (n, mention) in sources.mentions.iter().enumerate() {
        let sentence = reading.sentence(mention.head);
        while near.front().is_some_and(|&(s, _)| s + REACH < sentence) {
            near.pop_front();
        }
        let cluster = clusters.of(n);
        let known = cluster.map(|c| &clusters.list[c]);
        let open = known.is_none_or(|k| !k.named && k.kind == Some(SpeakerType::Unnamed));
        if open && mention.shape == Shape::Nominal && describes(reading, mention) {
            let Some(&(_, last)) = near.back() else { continue };
            let person = &clusters.list[last];
            let genders =
                mention.gender.is_none() || person.gender.is_none() || mention.gender == person.gender;
            if genders && near.iter().all(|&(_, c)| c == last) {
                let words = mention.words.start + 1..mention.words.end;
                found.entry(last).or_insert_with(|| with_office(reading, words));
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

/// "the Florida senator", not "the senator", "the firm's owner" or "the president of France".
fn describes(reading: &Reading, mention: &Mention) -> bool {
    let (start, head) = (mention.words.start, mention.head);
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
