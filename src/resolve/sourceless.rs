//! Quotes without words for a source: nobody's, unless the sentence itself tells whose.

use super::cluster::Clusters;
use super::reading::Reading;
use super::source::Sources;
use crate::attribute::Attribution;
use crate::record::SpeakerType;

/// Verbs that say how something looks to whoever writes.
const LOOKS: [&str; 9] =
    ["seem", "seems", "seemed", "seemingly", "appear", "appears", "appeared", "sounds", "apparently"];

/// Participles of saying: their subject is that of the sentence ("..., adding that").
const SAYING: [&str; 20] = [
    "adding",
    "advising",
    "arguing",
    "asserting",
    "calling",
    "claiming",
    "conceding",
    "explaining",
    "insisting",
    "noting",
    "predicting",
    "promising",
    "referencing",
    "saying",
    "suggesting",
    "telling",
    "tweeting",
    "vowing",
    "warning",
    "writing",
];

/// The cluster of each quote: of its source, or of the subject that its sentence gives.
pub(super) fn speakers(
    reading: &Reading,
    sources: &Sources,
    clusters: &mut Clusters,
    quotes: &[Attribution],
) -> Vec<Option<usize>> {
    let mut of_quote: Vec<Option<usize>> = Vec::with_capacity(quotes.len());
    let mut author = clusters.list.iter().position(|c| c.kind == Some(SpeakerType::Author));
    // The quote before, in the order of the text.
    let mut before: Option<(usize, usize)> = None;
    for (n, quote) in quotes.iter().enumerate() {
        let at = quote.cue.as_ref().or(quote.content.first()).map_or(0, |r| r.start);
        let speaker = match sources.of_quote.get(n).copied().flatten() {
            Some(mention) => clusters.of(mention),
            None if quote.source.is_some() => None,
            None => match said(reading, quote) {
                Cue::Looks => Some(*author.get_or_insert_with(|| clusters.author())),
                Cue::Saying => subject(reading, sources, clusters, at),
                Cue::Nothing => before
                    .filter(|(_, end)| reading.paragraph(*end) + 1 >= reading.paragraph(at))
                    .and_then(|(q, _)| of_quote[q]),
                Cue::Other => None,
            },
        };
        of_quote.push(speaker);
        before = Some((n, quote.content.last().map_or(at, |r| r.end.saturating_sub(1))));
    }
    of_quote
}

enum Cue {
    Looks,
    Saying,
    Nothing,
    Other,
}

fn said(reading: &Reading, quote: &Attribution) -> Cue {
    let Some(cue) = quote.cue.clone() else { return Cue::Nothing };
    let is = |n: usize, list: &[&str]| list.iter().any(|w| reading.form(n).eq_ignore_ascii_case(w));
    if cue.clone().take(LONGEST_CUE).any(|n| is(n, &LOOKS)) {
        Cue::Looks
    } else if is(cue.start, &SAYING) {
        Cue::Saying
    } else {
        Cue::Other
    }
}

/// More mentions before a cue are not looked at.
const MOST_MENTIONS: usize = 64;

/// More words of a cue are not looked at.
const LONGEST_CUE: usize = 8;

/// The source of another quote in the same sentence, or else its subject, if it comes before `at`.
fn subject(reading: &Reading, sources: &Sources, clusters: &Clusters, at: usize) -> Option<usize> {
    let sentence = reading.sentence_words(at);
    let end = sources.mentions.partition_point(|m| m.words().start < at);
    let start = sources.mentions.partition_point(|m| m.words().start < sentence.start);
    let start = start.max(end.saturating_sub(MOST_MENTIONS));
    let here = || (start..end).filter(|&m| !reading.quoted(sources.mentions[m].head()));
    let holds = |m: usize| {
        clusters.of(m).filter(|&c| {
            clusters.list[c].kind.is_none_or(|k| !matches!(k, SpeakerType::Document | SpeakerType::Country))
        })
    };
    let source = here().rev().filter(|&m| sources.mentions[m].source).find_map(holds);
    source.or_else(|| here().find_map(holds))
}
