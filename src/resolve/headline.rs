//! A headline's "House panel", "Poll", "WA farmers": what the paragraphs below name in full.

use super::cluster::Clusters;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::phrase::{noun_key, synonyms};
use super::reading::Reading;
use super::source::Sources;
use crate::record::SpeakerType;

/// Words of the longest headline, and paragraphs below it that name what it speaks of.
const LONGEST: usize = 20;
const BELOW: usize = 3;

/// Mentions looked at: a text may be one paragraph.
const MOST: usize = 120;

/// Joins the headline's sources that have no name to the fuller phrase below, and bodies to their names.
pub(super) fn join(reading: &Reading, sources: &Sources, clusters: &mut Clusters) {
    let mentions = &sources.mentions;
    let head = mentions.partition_point(|m| reading.paragraph(m.words().start) == 0).min(MOST);
    let below = mentions.partition_point(|m| reading.paragraph(m.words().start) <= BELOW).min(MOST);
    let headline = head < mentions.len() && reading.sentence_words(0).len() <= LONGEST;
    for n in 0..below {
        let mention = &mentions[n];
        let open = |c: usize| !clusters.list[c].named && clusters.members(c).is_empty();
        let Some(unnamed) = clusters.of(n).filter(|&c| open(c)) else { continue };
        if mention.shape != Shape::Nominal || !mention.source {
            continue;
        }
        if n < head && headline && !reading.is(mention.words().start, Class::DETERMINER) {
            let fuller = (head..below).find(|&m| tells_more(reading, mention, &mentions[m]));
            if let Some((m, cluster)) = fuller.and_then(|m| Some((m, clusters.of(m)?))) {
                if cluster != unnamed {
                    clusters.merge(unnamed, cluster);
                }
                let known = &mut clusters.list[cluster];
                if known.best == n {
                    known.best = m;
                }
            }
        }
        let Some(body) = clusters.of(n).filter(|&c| !clusters.list[c].named) else { continue };
        if let Some(named) = named_body(reading, sources, clusters, n) {
            clusters.merge(body, named);
        }
    }
}

/// True if a phrase has the noun of a headline's phrase, and its other words too.
fn tells_more(reading: &Reading, short: &Mention, full: &Mention) -> bool {
    let key = |m: &Mention| noun_key(reading.form(m.head()));
    let nominal = full.shape == Shape::Nominal && full.kind == short.kind && full.plural == short.plural;
    let texts = short.kind == Some(SpeakerType::Document) && short.plural;
    if !nominal || texts || key(short) != key(full) || reading.quoted(full.head()) {
        return false;
    }
    let own = |w: usize| !reading.is(w, Class::DETERMINER) && reading.is_word(w);
    let has = |w: usize| {
        let form = reading.form(w);
        let same = |f: usize| reading.form(f).eq_ignore_ascii_case(form);
        // "WA" of "Western Australian".
        let initials = full.words().map_while(|f| reading.form(f).chars().next()).collect::<String>();
        full.words().any(same)
            || form.len() > 1 && form.chars().all(char::is_uppercase) && initials.starts_with(form)
    };
    let count = |m: &Mention| m.words().filter(|&w| own(w)).count();
    (short.words().start..short.head()).filter(|&w| own(w)).all(has) && count(full) >= count(short)
}

/// "a federal appeals court": the one body of that sort whose name the article gives.
fn named_body(reading: &Reading, sources: &Sources, clusters: &Clusters, n: usize) -> Option<usize> {
    let mention = &sources.mentions[n];
    let first = reading.class(mention.words().start);
    let vague = !first.is(Class::DETERMINER) || first.is(Class::INDEFINITE);
    if mention.kind != Some(SpeakerType::Organization) || !vague || mention.words().end > mention.head() + 1 {
        return None;
    }
    let key = noun_key(reading.form(mention.head()));
    let sorts = synonyms(&key);
    let mut found = None;
    for (m, name) in sources.mentions.iter().enumerate().skip(n + 1).take(MOST) {
        if reading.paragraph(name.head()) > reading.paragraph(mention.head()) + BELOW {
            break;
        }
        if name.shape != Shape::Name || name.words().len() < 3 {
            continue;
        }
        let Some(cluster) =
            clusters.of(m).filter(|&c| clusters.list[c].kind == Some(SpeakerType::Organization))
        else {
            continue;
        };
        let sort = |w: usize| {
            let noun = noun_key(reading.form(w));
            reading.capital(w) && (noun == key || sorts.contains(&noun.as_str()))
        };
        // "House panel" is a committee of the House.
        let told = |w: usize| {
            !reading.capital(w) || reading.opens(w) || {
                name.words().any(|o| reading.form(o) == reading.form(w))
            }
        };
        let tells = (mention.words().start..mention.head()).all(told);
        if tells && name.words().any(sort) && found.replace(cluster).is_some_and(|other| other != cluster) {
            return None;
        }
    }
    found
}
