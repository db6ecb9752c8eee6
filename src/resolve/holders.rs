//! Whom a phrase means by what the text has told of people: "the Ohio senator", "a California investor, who".

use super::discourse::Discourse;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use crate::record::SpeakerType;

/// Mentions behind a name in which its apposition is looked for.
const NEAR: usize = 6;

/// Words told of one person that are kept, and holders of one office.
const MOST_TOLD: usize = 32;
const MOST_HOLDERS: usize = 12;

/// What the text tells of people beside their names.
#[derive(Debug, Default)]
pub(super) struct Offices {
    /// Who holds an office, in order of the text.
    holders: std::collections::HashMap<String, Vec<usize>>,
    /// Words for each person's offices, party and place.
    told: std::collections::HashMap<usize, Vec<u32>>,
}

impl Offices {
    /// Notes that `cluster` holds the office `key`.
    pub(super) fn hold(&mut self, key: String, cluster: usize) {
        let holders = self.holders.entry(key).or_default();
        if holders.len() < MOST_HOLDERS && !holders.contains(&cluster) {
            holders.push(cluster);
        }
    }

    /// Notes words that tell of `cluster`.
    pub(super) fn tell(&mut self, cluster: usize, words: impl Iterator<Item = usize>) {
        for word in words {
            let told = self.told.entry(cluster).or_default();
            if told.len() < MOST_TOLD && !told.contains(&(word as u32)) {
                told.push(word as u32);
            }
        }
    }

    pub(super) fn first_holder(&self, key: &str) -> Option<usize> {
        self.holders.get(key)?.first().copied()
    }

    fn holders(&self, key: &str) -> &[usize] {
        self.holders.get(key).map_or(&[], Vec::as_slice)
    }
}

impl Discourse<'_> {
    /// Notes the offices, party and place that stand with a person's name.
    pub(super) fn learn_offices(&mut self, mention: &Mention, cluster: usize) {
        let reading = self.reading;
        let end = mention.words().end;
        let place = match reading.form(end) {
            // "(R-Ohio)", "of Ohio".
            "(" | "of" | "from" => end + 1..end + 5,
            "," if reading.form(end + 1).contains('-') => end + 1..end + 3,
            _ => end..end,
        };
        let place = place.take_while(|&w| !matches!(reading.form(w), ")" | "," | "who"));
        let roles = mention.role().into_iter().chain(mention.apposed()).flatten();
        let words = roles.chain(place).filter(|&w| reading.capital(w) && reading.is_word(w));
        self.offices.tell(cluster, words.take(MOST_TOLD));
    }

    /// "Ann Lee, a California investor": the phrase is in apposition to the name before it.
    pub(super) fn apposed_name(&self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        if mention.plural {
            return None;
        }
        let name = (n.saturating_sub(NEAR)..n).rev().find(|&m| {
            let name = self.mention(m);
            name.shape == Shape::Name && name.apposed().is_some_and(|a| a.contains(&mention.head()))
        })?;
        let apposed = self.mention(name).apposed()?;
        // "an adviser to the senator": only the first noun tells who it is.
        let mut before = apposed.start..mention.words().start.max(apposed.start);
        let inner = before.any(|w| {
            self.reading.is(w, Class::PREPOSITION) && !self.reading.capital(w + 1)
                || self.reading.is(w, Class::RELATIVE)
        });
        let cluster = self.clusters.of(name)?;
        let person = self.clusters.list[cluster].kind == Some(SpeakerType::Person);
        let fits = match mention.kind {
            Some(SpeakerType::Unnamed) => person,
            Some(SpeakerType::Organization) => !person,
            _ => false,
        };
        (fits && !inner).then_some(cluster)
    }

    /// "the Ohio senator", "the senator": of those who hold the office, the one that the words before the noun tell of,
    /// or the likeliest.
    pub(super) fn office_holder(&self, n: usize, key: &str) -> Option<usize> {
        let mention = self.mention(n);
        let reading = self.reading;
        let next = mention.words().end;
        let open = mention.plural || matches!(reading.form(next), "of" | "for" | "from" | "at" | "in");
        if open || mention.kind != Some(SpeakerType::Unnamed) || next != mention.head() + 1 {
            return None;
        }
        let describing =
            |w: usize| reading.capital(w) || reading.is(w, Class::NATION) || reading.is(w, Class::STATE);
        let tells: Vec<usize> =
            (mention.words().start + 1..mention.head()).filter(|&w| describing(w)).take(4).collect();
        let holders = self.offices.holders(key);
        let fits = |c: &usize| {
            let known = &self.clusters.list[*c];
            known.named
                && known.kind == Some(SpeakerType::Person)
                && (mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender)
                && self.seen.get(*c).is_some_and(|s| s.count > 0)
        };
        let told = |c: &usize| tells.iter().all(|&w| self.is_told(*c, w));
        if tells.is_empty() {
            let plain = mention.words().start + 1 == mention.head();
            let known: Vec<usize> = holders.iter().copied().filter(fits).collect();
            return if plain && known.len() > 1 { self.likeliest(n, &known) } else { None };
        }
        let known: Vec<usize> = holders.iter().copied().filter(fits).filter(told).collect();
        self.likeliest(n, &known).or_else(|| {
            let others: Vec<usize> = self.recent.iter().copied().filter(fits).filter(told).collect();
            self.likeliest(n, &others)
        })
    }

    /// True if the text tells a word of a person, or its short form: "R-Fla." of a Florida Republican.
    fn is_told(&self, cluster: usize, word: usize) -> bool {
        let Some(told) = self.offices.told.get(&cluster) else { return false };
        let wanted = self.reading.form(word);
        told.iter().any(|&w| {
            let form = self.reading.form(w as usize);
            form.eq_ignore_ascii_case(wanted)
                || form.split('-').any(|part| {
                    part.eq_ignore_ascii_case(wanted) || shortens(part.trim_end_matches('.'), wanted)
                })
        })
    }
}

/// "Fla" for "Florida", "R" for "Republican": capitals first, the letters in their order.
fn shortens(short: &str, long: &str) -> bool {
    let party = match short {
        "R" => return matches!(long, "Republican" | "GOP"),
        "D" => return matches!(long, "Democratic" | "Democrat"),
        _ => short,
    };
    if party.len() < 2 || party.len() > 5 || party.len() >= long.len() {
        return false;
    }
    let mut letters = long.chars().map(|c| c.to_ascii_lowercase());
    let same_start = party.chars().next() == long.chars().next();
    same_start && party.chars().all(|c| letters.any(|l| l == c.to_ascii_lowercase()))
}
