//! From a cluster to a speaker: the fullest name, the type, the role.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::cluster::Clusters;
use super::epithet;
use super::gender::Genders;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::reading::Reading;
use super::source::{Part, Sources};
use super::{Resolution, Speaker};
use crate::people::Person;
use crate::record::SpeakerType;
use crate::span::Span;

/// Speakers of the clusters that `of_quote` numbers, in order of their first mention.
pub(super) fn speakers(
    reading: &Reading,
    sources: &Sources,
    clusters: &Clusters,
    of_quote: &[Option<usize>],
) -> Resolution {
    let epithets = epithet::epithets(reading, sources, clusters);
    let profiler = Profiler { reading, sources, clusters, epithets };
    let mut mentions_of: HashMap<usize, Vec<usize>> = HashMap::new();
    for &cluster in of_quote.iter().flatten() {
        mentions_of.entry(cluster).or_default();
    }
    let mut order = Vec::with_capacity(mentions_of.len());
    for n in 0..sources.mentions.len() {
        let cluster = clusters.of(n);
        let Some(list) = cluster.and_then(|c| mentions_of.get_mut(&c)) else { continue };
        if list.is_empty() {
            order.extend(cluster);
        }
        list.push(n);
    }
    // Those that no words speak of: the author of an article without "I".
    for &cluster in of_quote.iter().flatten() {
        if mentions_of.get(&cluster).is_some_and(Vec::is_empty) && !order.contains(&cluster) {
            order.push(cluster);
        }
    }
    let numbers: HashMap<usize, usize> = order.iter().enumerate().map(|(n, &c)| (c, n)).collect();
    let speakers = order.iter().map(|c| profiler.speaker(*c, mentions_of.get(c).map_or(&[], Vec::as_slice)));
    let of_quote = of_quote.iter().map(|c| c.and_then(|c| numbers.get(&c).copied()));
    Resolution::new(speakers.collect(), of_quote.collect())
}

pub(super) struct Profiler<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) sources: &'a Sources,
    pub(super) clusters: &'a Clusters,
    /// Phrases that no link joins to whom they must mean.
    pub(super) epithets: HashMap<usize, Range<usize>>,
}

impl Profiler<'_> {
    fn speaker(&self, cluster: usize, mentions: &[usize]) -> Speaker {
        let known = &self.clusters.list[cluster];
        let mut spans: Vec<Span> =
            mentions.iter().filter_map(|&m| self.reading.segments.span(&self.mention(m).words())).collect();
        // Whose captain he is, "the club" in "the club's captain" does not name.
        spans.sort_by_key(|span| (span.start(), Reverse(span.end())));
        // Two seldom cross; if they do, the first stays.
        spans.dedup_by(|later, kept| later.start() < kept.end());
        spans.shrink_to_fit();
        let parts = if mentions.is_empty() { None } else { self.sources.parts_of(known.best) };
        let kind = match parts {
            Some(parts) => self.joint_kind(parts),
            None => self.kind(cluster),
        };
        if kind == SpeakerType::Author {
            return Speaker {
                name: "author".into(),
                kind,
                id: None,
                gender: None,
                role: None,
                mentions: spans,
            };
        }
        let role = match kind {
            SpeakerType::Person if parts.is_some() => parts.and_then(|p| self.shared_role(p)),
            SpeakerType::Person => self.role(cluster, mentions),
            SpeakerType::Organization => {
                let all = || mentions.iter().map(|&m| self.mention(m));
                let said = all().find_map(|m| m.role().or_else(|| m.apposed()));
                let phrase = |m: &&Mention| {
                    m.shape == Shape::Nominal && known.named && self.reading.is(m.head(), Class::BODY)
                };
                said.or_else(|| all().find(phrase).map(|m| self.bare(&m.words())))
            }
            SpeakerType::Unnamed => Some(self.bare(&self.mention(known.best).words())),
            SpeakerType::Group => Some(known.best)
                .filter(|_| parts.is_none())
                .filter(|&m| self.reading.is(self.mention(m).head(), Class::PERSON))
                .map(|m| {
                    let mention = self.mention(m);
                    let bare = self.bare(&mention.words());
                    bare.start..mention.head().max(bare.start) + 1
                }),
            _ => None,
        };
        let role = role.and_then(|r| self.reading.segments.span(&r));
        let human = matches!(kind, SpeakerType::Person | SpeakerType::Unnamed) && parts.is_none();
        let gender = Some(mentions).filter(|_| human);
        let genders =
            Genders { reading: self.reading, mentions: &self.sources.mentions, clusters: self.clusters };
        Speaker {
            name: self.name(cluster).into(),
            kind,
            id: self.person(cluster).and_then(|p| p.id.clone()),
            gender: gender.and_then(|all| genders.of(all)),
            role,
            mentions: spans,
        }
    }

    /// The user's person who a cluster is.
    fn person(&self, cluster: usize) -> Option<&Person> {
        self.reading.people.get(self.clusters.list[cluster].person?)
    }

    pub(super) fn mention(&self, n: usize) -> &Mention {
        &self.sources.mentions[n]
    }

    fn kind(&self, cluster: usize) -> SpeakerType {
        let known = &self.clusters.list[cluster];
        match known.kind {
            Some(kind) => kind,
            // One strange word that no full name, pronoun or title shows for a person's: "Politico".
            None if known.named && known.full == 0 && known.gender.is_none() && known.lean == 0 => {
                SpeakerType::Organization
            }
            None if known.named => SpeakerType::Person,
            None if known.plural => SpeakerType::Group,
            None => SpeakerType::Document,
        }
    }

    /// Two people are people; a person and his team are a group.
    fn joint_kind(&self, parts: &[Part]) -> SpeakerType {
        let mut kinds = parts.iter().map(|part| match part {
            Part::Name(m) => self.clusters.of(*m).map_or(SpeakerType::Group, |c| self.kind(c)),
            Part::Words(_) => SpeakerType::Group,
        });
        let Some(first) = kinds.next() else { return SpeakerType::Group };
        if kinds.all(|k| k == first) { first } else { SpeakerType::Group }
    }

    fn name(&self, cluster: usize) -> String {
        let known = &self.clusters.list[cluster];
        let parts = self.sources.parts_of(known.best);
        let members = self.clusters.members(cluster);
        if !members.is_empty() || parts.is_some() {
            let parts = parts.filter(|_| members.is_empty()).into_iter().flatten();
            let members = members.iter().map(|&c| self.best_name(c));
            let parts = parts.enumerate().map(|(n, part)| self.part(part, n == 0));
            let names: Vec<String> = members.chain(parts).collect();
            let (last, first) =
                names.split_last().map_or((String::new(), &names[..]), |(l, f)| (l.clone(), f));
            return format!("{} and {last}", first.join(", "));
        }
        let best = self.mention(known.best);
        if best.shape == Shape::Name || known.person.is_some() {
            return self.best_name(cluster);
        }
        self.phrase(known.best, &best.words())
    }

    /// "his team" behind his name is nobody else's; before a name it is told whose.
    fn part(&self, part: &Part, first: bool) -> String {
        match part {
            Part::Name(m) => self.clusters.of(*m).map_or_else(String::new, |c| self.best_name(c)),
            Part::Words(words) => {
                let owned = if first { self.owned(None, words) } else { None };
                owned.unwrap_or_else(|| one_line(self.reading.words(words)))
            }
        }
    }

    fn best_name(&self, cluster: usize) -> String {
        if let Some(person) = self.person(cluster) {
            return person.name.clone();
        }
        let best = self.mention(self.clusters.list[cluster].best);
        one_line(self.reading.words(&best.words()))
    }

    /// A phrase whose possessor is named: "his campaign" is "Ann Lee's campaign".
    fn phrase(&self, mention: usize, words: &Range<usize>) -> String {
        // "a new Lund poll" is the Lund poll.
        let bare = self.bare(words);
        let dated = matches!(self.reading.form(bare.start), "new" | "latest" | "recent");
        if dated && self.reading.capital(bare.start + 1) {
            return one_line(self.reading.words(&(bare.start + 1..words.end)));
        }
        let whole = one_line(self.reading.words(words));
        if self.mention(mention).kind == Some(SpeakerType::Document) {
            return whole;
        }
        self.owned(Some(mention), words).unwrap_or(whole)
    }

    /// A phrase that opens with a possessive, with the name of whose it is.
    fn owned(&self, own: Option<usize>, words: &Range<usize>) -> Option<String> {
        let possessor = self.sources.starting_at(words.start).find(|&m| {
            Some(m) != own
                && self.mention(m).words().end < words.end
                && self.reading.is(words.start, Class::POSSESSIVE)
        })?;
        let cluster = self.clusters.of(possessor).filter(|&c| self.clusters.list[c].named)?;
        let end = self.mention(possessor).words().end;
        let rest = if self.reading.possessive(end) { end + 1 } else { end };
        let mark = if self.reading.possessive(end) { self.reading.form(end) } else { "'s" };
        let thing = one_line(self.reading.words(&(rest..words.end)));
        Some(format!("{}{mark} {thing}", self.best_name(cluster)))
    }
}

/// The words with single spaces: a name may run over a line break.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
