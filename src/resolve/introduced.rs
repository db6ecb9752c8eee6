//! Delayed identification: "an archaeologist warns" in the lead, "Dr Ann Lee says" two sentences on.

use std::collections::HashMap;

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::{Gender, Mention, Pronoun, Shape};
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
    let lead = sources.mentions.partition_point(|m| reading.paragraph(m.words().start) <= LEAD).min(MOST);
    let after = sources
        .mentions
        .partition_point(|m| reading.paragraph(m.words().start) <= LEAD + REACH)
        .min(2 * MOST);
    let first_of = |clusters: &Clusters, c: usize| (0..after).find(|&m| clusters.of(m) == Some(c));
    // The last first: "Wine grower", "a respected grower", "Ann Lee".
    for n in (0..lead).rev() {
        let mention = &sources.mentions[n];
        let wanted = match mention.kind {
            Some(SpeakerType::Unnamed) => SpeakerType::Person,
            Some(SpeakerType::Organization) => SpeakerType::Organization,
            _ => continue,
        };
        if mention.shape != Shape::Nominal || !mention.source || !may_wait(reading, n, sources) {
            continue;
        }
        // "Lee camp" is not any body that is named next.
        let named_part = sources.starting_at(mention.words().start).any(|m| {
            let part = &sources.mentions[m];
            part.shape == Shape::Name && part.words().end <= mention.words().end
        });
        if named_part && wanted == SpeakerType::Organization {
            continue;
        }
        let Some(unnamed) = clusters.of(n).filter(|&c| !clusters.list[c].named) else { continue };
        let sentence = reading.sentence(mention.head());
        let kind = |c: usize| match clusters.list[c].kind {
            Some(SpeakerType::Unnamed) | None => SpeakerType::Person,
            Some(kind) => kind,
        };
        let next = (n + 1..after).find(|&m| {
            let other = clusters.of(m).filter(|&c| c != unnamed);
            sources.mentions[m].source && other.is_some_and(|c| kind(c) == wanted)
        });
        let Some(next) = next else { continue };
        let named = &sources.mentions[next];
        let Some(cluster) = clusters.of(next) else { continue };
        let known = &clusters.list[cluster];
        let near = reading.sentence(named.head()) <= sentence + REACH;
        let genders = mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender;
        if known.named && near && genders && first_of(clusters, cluster) == Some(next) {
            clusters.merge(unnamed, cluster);
        }
    }
}

/// Mentions on either side of a name that may be part of its role.
const BESIDE: usize = 8;

/// Gives the nouns of a role to whoever has it: "the UK prime minister, Keir Starmer" is no other minister.
pub(super) fn join_roles(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let mentions = &sources.mentions;
    // "The spokeswoman, Karin Ek,": the one quoted before.
    let mut named: HashMap<usize, usize> = HashMap::new();
    for (n, name) in mentions.iter().enumerate().filter(|(_, m)| m.shape == Shape::Name) {
        let Some(cluster) = clusters.of(n) else { continue };
        let beside = n.saturating_sub(BESIDE)..mentions.len().min(n + BESIDE);
        for role in [&name.role(), &name.apposed()].into_iter().flatten() {
            for m in beside.clone() {
                let words = &mentions[m].words();
                let inside = role.start <= words.start && words.end <= role.end;
                if inside && mentions[m].shape == Shape::Nominal && !mentions[m].source {
                    let the = reading.form(words.start).eq_ignore_ascii_case("the");
                    let comma = reading.form(words.end) == "," && words.end + 1 == name.words().start;
                    let unnamed = |c: &usize| {
                        clusters.list[*c].kind == Some(SpeakerType::Unnamed) && !clusters.list[*c].named
                    };
                    if let Some(old) = clusters.of(m).filter(|_| the && comma).filter(unnamed) {
                        named.entry(old).or_insert(cluster);
                    }
                    clusters.set(m, Some(cluster));
                }
            }
        }
    }
    clusters.renumber(|cluster| named.get(&cluster).copied().unwrap_or(cluster));
}

/// Words from "identified" to "as", and from there to the name.
const LONGEST_IDENTIFIED: usize = 16;

/// "Police identified the man as Bo Ek", "The woman was named as Ann Lee": nobody else.
pub(super) fn join_identified(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let mentions = &sources.mentions;
    for (n, name) in mentions.iter().enumerate().filter(|(_, m)| m.shape == Shape::Name) {
        let Some(cluster) = clusters.of(n) else { continue };
        let start = reading.sentence_words(name.head()).start;
        let back = |from: usize, forms: &[&str]| {
            (start.max(from.saturating_sub(LONGEST_IDENTIFIED))..from)
                .rev()
                .find(|&w| forms.contains(&reading.form(w)))
        };
        let found =
            back(name.words().start, &["as"]).and_then(|at| Some((at, back(at, &["identified", "named"])?)));
        let Some((at, _)) = found.filter(|_| clusters.list[cluster].kind == Some(SpeakerType::Person)) else {
            continue;
        };
        let first = (at + 1..name.words().start).all(|w| !reading.is_cue(w));
        let unnamed =
            (n.saturating_sub(BESIDE)..n).rev().filter(|&m| mentions[m].head() < at).find_map(|m| {
                let other = clusters.of(m).filter(|_| mentions[m].head() >= start)?;
                let known = &clusters.list[other];
                (known.kind == Some(SpeakerType::Unnamed) && !known.named && !known.plural).then_some(other)
            });
        if let Some(unnamed) = unnamed.filter(|_| first) {
            clusters.merge(unnamed, cluster);
        }
    }
}

/// Sentences within which the subject of one names whom the first words of a text quote.
const NEXT: usize = 2;

/// "… ," he said. Ann Lee had waited …: someone quoted before anyone is named is named next.
pub(super) fn join_next(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let mentions = &sources.mentions;
    let outside = |m: &Mention| m.shape == Shape::Name && !reading.quoted(m.head());
    let person = |clusters: &Clusters, n: usize| {
        let known = clusters.of(n).map(|c| &clusters.list[c]);
        known.is_some_and(|k| k.full > 0 && k.kind.is_none_or(|kind| kind == SpeakerType::Person))
    };
    let Some(name) = (0..mentions.len()).find(|&n| outside(&mentions[n]) && person(clusters, n)) else {
        return;
    };
    let (word, Some(cluster)) = (mentions[name].words().start, clusters.of(name)) else { return };
    let start = reading.sentence_words(word).start;
    let opens = |w: usize| w == start || w == start + 1 && reading.form(start) == "For";
    if !opens(word) || mentions[name].source || reading.possessive(mentions[name].words().end) {
        return;
    }
    let quoted = mentions.iter().take(name).position(|m| m.source);
    let Some(first) =
        quoted.filter(|&n| reading.sentence(mentions[n].head()) + NEXT >= reading.sentence(word))
    else {
        return;
    };
    let mention = &mentions[first];
    let gender = match mention.shape {
        Shape::Pronoun(Pronoun::He) => Some(Gender::He),
        Shape::Pronoun(Pronoun::She) => Some(Gender::She),
        Shape::Nominal if mention.kind == Some(SpeakerType::Unnamed) => mention.gender,
        _ => return,
    };
    let nominal = mention.shape == Shape::Nominal;
    let the = reading.form(mention.words().start).eq_ignore_ascii_case("the");
    let other = clusters.list[cluster].gender.is_some_and(|g| gender.is_some_and(|own| own != g));
    if other || nominal && !the || mention.words().end > mention.head() + 1 {
        return;
    }
    match clusters.of(first) {
        None => clusters.set(first, Some(cluster)),
        Some(unnamed) if nominal && !clusters.list[unnamed].named => clusters.merge(unnamed, cluster),
        Some(_) => (),
    }
}

/// True for "an archaeologist" and a headline's "archaeologist", not for "a spokesman for the firm".
fn may_wait(reading: &Reading, n: usize, sources: &Sources) -> bool {
    let words = &sources.mentions[n].words();
    let first = reading.class(words.start);
    let open = !first.is(Class::DETERMINER) || first.is(Class::INDEFINITE);
    let speaks_for_others =
        ["spokesman", "spokeswoman", "spokesperson", "source", "aide", "reporter", "official"];
    open && !speaks_for_others
        .iter()
        .any(|w| reading.form(sources.mentions[n].head()).eq_ignore_ascii_case(w))
}
