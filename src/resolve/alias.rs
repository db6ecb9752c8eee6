//! Other names for the same: acronyms, misspellings, names that a headline's capitals hide.

use std::collections::HashMap;

use super::cluster::Clusters;
use super::mention::{Mention, Shape};
use super::reading::Reading;
use crate::record::SpeakerType;

/// How many surnames with the same first letter a misspelt one is compared with.
const MOST_ALIKE: usize = 24;

/// Joins clusters whose names are forms of one name; `by_last` holds clusters by the last word of their name.
pub(super) fn join(
    reading: &Reading,
    mentions: &[Mention],
    by_last: &HashMap<String, Vec<usize>>,
    clusters: &mut Clusters,
) {
    let mut same = bracketed(reading, mentions, clusters);
    let index = Index::of(reading, mentions, clusters, by_last);
    same.extend((0..clusters.list.len()).filter_map(|c| Some((c, index.same(c)?))));
    for (c, full) in same {
        let open = |n: usize| clusters.is_own(n);
        // Of the user's people every name is known.
        let known = clusters.list[c].person.is_some();
        if c != full && open(c) && open(full) && !known {
            clusters.set_same(c, full);
            clusters.list[full].names += clusters.list[c].names;
        }
    }
}

/// "the Palestinian Authority (PA)": an acronym and the name before its bracket.
fn bracketed(reading: &Reading, mentions: &[Mention], clusters: &Clusters) -> Vec<(usize, usize)> {
    let pairs = mentions.windows(2).enumerate().filter_map(|(n, pair)| {
        let [full, short] = pair else { return None };
        let names = full.shape == Shape::Name && short.shape == Shape::Name;
        let inside = full.words().end + 1 == short.words().start && reading.form(full.words().end) == "(";
        let (full, short) = (clusters.of(n)?, clusters.of(n + 1)?);
        let length = |c: usize| clusters.list[c].words.len();
        let body = clusters.list[full].kind != Some(SpeakerType::Person);
        (names && inside && body && length(full) > 1 && shouted(reading, mentions, clusters, short).is_some())
            .then_some((short, full))
    });
    pairs.collect()
}

/// The letters of a cluster's name in lower case, if it is one word in capitals.
fn shouted(reading: &Reading, mentions: &[Mention], clusters: &Clusters, c: usize) -> Option<String> {
    let cluster = &clusters.list[c];
    let form = reading.form(mentions[cluster.best].head());
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    (cluster.words.len() == 1 && capitals > 1 && capitals * 2 > letters)
        .then(|| form.replace('.', "").to_lowercase())
}

/// Clusters with long names, by what a short name may keep of them.
struct Index<'a> {
    reading: &'a Reading<'a>,
    mentions: &'a [Mention],
    clusters: &'a Clusters,
    by_last: &'a HashMap<String, Vec<usize>>,
    by_first: HashMap<&'a str, Vec<usize>>,
    by_initials: HashMap<String, usize>,
    by_letter: HashMap<char, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(
        reading: &'a Reading<'a>,
        mentions: &'a [Mention],
        clusters: &'a Clusters,
        by_last: &'a HashMap<String, Vec<usize>>,
    ) -> Self {
        let (by_first, by_initials, by_letter) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut index = Self { reading, mentions, clusters, by_last, by_first, by_initials, by_letter };
        for (c, cluster) in clusters.list.iter().enumerate().filter(|(_, c)| c.words.len() > 1) {
            let alike = if cluster.kind == Some(SpeakerType::Person) {
                let letter = cluster.words.last().and_then(|w| w.chars().next()).unwrap_or(' ');
                index.by_letter.entry(letter).or_default()
            } else {
                let words = mentions[cluster.best].words().filter(|&w| reading.capital(w));
                let own: String = words.filter_map(|w| reading.form(w).chars().next()).collect();
                index.by_initials.entry(own.to_lowercase()).or_insert(c);
                index.by_first.entry(cluster.words[0].as_str()).or_default()
            };
            if alike.len() < MOST_ALIKE {
                alike.push(c);
            }
        }
        index
    }

    /// The cluster whose longer or better name a cluster's name stands for.
    fn same(&self, c: usize) -> Option<usize> {
        let cluster = &self.clusters.list[c];
        let kind = cluster.kind;
        if cluster.words.len() == 1 {
            let full = shouted(self.reading, self.mentions, self.clusters, c)
                .and_then(|own| self.by_initials.get(&own).copied());
            let clipped = || self.clipped(&cluster.words[0]).filter(|_| kind != Some(SpeakerType::Person));
            return full
                .or_else(clipped)
                .or_else(|| self.misspelt(&cluster.words[0]).filter(|_| kind != Some(SpeakerType::Country)));
        }
        if kind == Some(SpeakerType::Person) {
            // Nothing but capitals shows for a person: "Harrow Bridge" after "Harrow Bridge Trust".
            let open = cluster.votes == [0, 0] && cluster.gender.is_none();
            return self.starts(&cluster.words).filter(|_| open);
        }
        let hidden = self.reading.is_headline(self.mentions[cluster.best].head()) && cluster.names == 1;
        let hidden = if hidden { self.hidden(&cluster.words) } else { None };
        hidden
            .or_else(|| self.longer(c).filter(|_| kind == Some(SpeakerType::Organization) && !cluster.place))
    }

    /// The one body whose name starts with this one's words, or ends with them behind a place.
    fn longer(&self, c: usize) -> Option<usize> {
        let words = &self.clusters.list[c].words;
        let body = |l: &&usize| {
            let long = &self.clusters.list[**l];
            long.kind == Some(SpeakerType::Organization) && long.words.len() > words.len()
        };
        let starts = self.by_first.get(words.first()?.as_str()).into_iter().flatten().filter(body);
        let mut starts = starts.filter(|l| self.clusters.list[**l].words.starts_with(words));
        let ends = self.by_last.get(words.last()?).into_iter().flatten().filter(body);
        let mut ends = ends.filter(|l| self.clusters.list[**l].words.ends_with(words));
        match (starts.next(), starts.next(), ends.next(), ends.next()) {
            (Some(one), None, None, _) | (None, _, Some(one), None) => Some(*one),
            _ => None,
        }
    }

    /// "the Fed" for the Federal Reserve: the first letters of the first word of one body's name.
    fn clipped(&self, word: &str) -> Option<usize> {
        if word.len() != 3 {
            return None;
        }
        let mut bodies = self.by_first.iter().filter(|(first, _)| first.len() > 5 && first.starts_with(word));
        let (_, named) = bodies.next().filter(|_| bodies.next().is_none())?;
        match named.as_slice() {
            [one] => Some(*one).filter(|&c| self.clusters.list[c].kind == Some(SpeakerType::Organization)),
            _ => None,
        }
    }

    /// The one body whose name goes on where this one ends.
    fn starts(&self, words: &[String]) -> Option<usize> {
        let alike = self.by_first.get(words.first()?.as_str())?;
        let mut longer = alike.iter().copied().filter(|&l| {
            let long = &self.clusters.list[l];
            long.kind == Some(SpeakerType::Organization)
                && long.words.len() > words.len()
                && long.words.starts_with(words)
        });
        longer.next().filter(|_| longer.next().is_none())
    }

    /// The person whose surname differs by a slip.
    fn misspelt(&self, word: &str) -> Option<usize> {
        let alike = self.by_letter.get(&word.chars().next()?)?;
        alike.iter().copied().find(|&p| self.clusters.list[p].words.last().is_some_and(|w| near(w, word)))
    }

    /// The person whose full name stands among a headline's words: "Icon Ann Lee Endorses Ek".
    fn hidden(&self, words: &[String]) -> Option<usize> {
        let person = |c: &&usize| {
            let cluster = &self.clusters.list[**c];
            let own = cluster.words.len();
            cluster.kind == Some(SpeakerType::Person)
                && own > 1
                && words.windows(own).any(|w| w == cluster.words)
        };
        words.iter().skip(1).find_map(|word| self.by_last.get(word)?.iter().find(person).copied())
    }
}

/// True if one word is the other with a letter changed, added, dropped or two swapped.
fn near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 4 || long.len() - short.len() > 1 || a == b {
        return false;
    }
    let same_start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
    if short.len() < long.len() {
        return same_start + same_end >= short.len();
    }
    let differ = short.len().saturating_sub(same_start + same_end);
    let swapped =
        differ == 2 && short[same_start] == long[same_start + 1] && short[same_start + 1] == long[same_start];
    short.len() > 4 && (differ == 1 || swapped)
}
