//! Delayed identification: "an archaeologist warns" in the lead, "Dr Ann Lee says" two sentences on.

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::Shape;
use super::reading::Reading;
use super::source::Sources;
use crate::record::SpeakerType;

/// Paragraphs that may quote someone before naming them: a headline and the lead.
const LEAD: usize = 2;

/// Mentions that are looked at: a text may be one paragraph.
const MOST: usize = 200;

/// Sentences within which the name follows.
const REACH: usize = 4;

/// Joins an unnamed source of the lead to the first person that a quote then introduces by full name.
pub(super) fn join(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let lead = sources.mentions.partition_point(|m| reading.paragraph(m.words.start) <= LEAD).min(MOST);
    let after =
        sources.mentions.partition_point(|m| reading.paragraph(m.words.start) <= LEAD + REACH).min(2 * MOST);
    let first_of = |clusters: &Clusters, c: usize| (0..after).find(|&m| clusters.of(m) == Some(c));
    for n in 0..lead {
        let mention = &sources.mentions[n];
        let wanted = match mention.kind {
            Some(SpeakerType::Unnamed) => SpeakerType::Person,
            Some(SpeakerType::Organization) => SpeakerType::Organization,
            _ => continue,
        };
        if mention.shape != Shape::Nominal || !mention.source || !may_wait(reading, n, sources) {
            continue;
        }
        let Some(unnamed) = clusters.of(n).filter(|&c| !clusters.list[c].named) else { continue };
        let sentence = reading.sentence(mention.head);
        let next = (n + 1..after)
            .find(|&m| sources.mentions[m].source && clusters.of(m).is_some_and(|c| c != unnamed));
        let Some(next) = next else { continue };
        let named = &sources.mentions[next];
        let Some(cluster) = clusters.of(next) else { continue };
        let known = &clusters.list[cluster];
        let person = named.shape == Shape::Name && known.kind.unwrap_or(SpeakerType::Person) == wanted;
        let near = reading.sentence(named.head) <= sentence + REACH;
        let genders = mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender;
        if person && near && genders && first_of(clusters, cluster) == Some(next) {
            clusters.merge(unnamed, cluster);
        }
    }
}

/// Mentions on either side of a name that may be part of its role.
const BESIDE: usize = 8;

/// Gives the nouns of a role to whoever has it: "the UK prime minister, Keir Starmer" is no other minister.
pub(super) fn join_roles(sources: &Sources, clusters: &mut Clusters) {
    let mentions = &sources.mentions;
    for (n, name) in mentions.iter().enumerate().filter(|(_, m)| m.shape == Shape::Name) {
        let Some(cluster) = clusters.of(n) else { continue };
        let beside = n.saturating_sub(BESIDE)..mentions.len().min(n + BESIDE);
        for role in [&name.role, &name.apposed].into_iter().flatten() {
            for m in beside.clone() {
                let words = &mentions[m].words;
                let inside = role.start <= words.start && words.end <= role.end;
                if inside && mentions[m].shape == Shape::Nominal && !mentions[m].source {
                    clusters.of_mention[m] = Some(cluster);
                }
            }
        }
    }
}

/// True for "an archaeologist" and a headline's "archaeologist", not for "a spokesman for the firm".
fn may_wait(reading: &Reading, n: usize, sources: &Sources) -> bool {
    let words = &sources.mentions[n].words;
    let first = reading.class(words.start);
    let open = !first.is(Class::DETERMINER) || first.is(Class::INDEFINITE);
    let speaks_for_others =
        ["spokesman", "spokeswoman", "spokesperson", "source", "aide", "reporter", "official"];
    open && !speaks_for_others.iter().any(|w| reading.form(sources.mentions[n].head).eq_ignore_ascii_case(w))
}
