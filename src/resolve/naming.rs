//! Names that name the same: "Rubio" and "Marco Rubio", "FBI" and its full name.

use std::collections::HashMap;

use super::alias;
use super::cluster::Clusters;
use super::lexicon::{Class, class, given_gender};
use super::mention::{Mention, Shape};
use super::person::gender_of;
use super::reading::Reading;
use crate::encode::Entity;
use crate::record::SpeakerType;

/// Nouns for those of one family who share a surname.
const KIN: [&str; 10] =
    ["wife", "husband", "son", "daughter", "brother", "sister", "father", "mother", "widow", "widower"];

/// What tells a father from a son of the same name.
const GENERATIONS: [&str; 5] = ["Jr", "Sr", "II", "III", "IV"];

/// How many people of one surname, or bodies of one first word, are told apart.
const MOST_ALIKE: usize = 12;

/// Groups the names among the mentions; the others stay without a cluster.
pub(super) fn names(reading: &Reading, mentions: &[Mention]) -> Clusters {
    let mut naming = Naming {
        reading,
        mentions,
        out: Clusters::none(mentions.len()),
        by_last: HashMap::new(),
        by_first: HashMap::new(),
        by_middle: HashMap::new(),
        by_person: HashMap::new(),
        generations: HashMap::new(),
    };
    let all = || (0..mentions.len()).filter(|&n| mentions[n].shape == Shape::Name);
    for n in all() {
        naming.known(n);
    }
    // Full names first: a surname may come before the name that explains it.
    for n in all() {
        naming.full(n);
    }
    for n in all() {
        naming.kin(n);
    }
    for n in all()
        .filter(|&n| mentions[n].words().len() > 1 || mentions[n].kind == Some(SpeakerType::Organization))
    {
        naming.short(n);
    }
    for n in all() {
        naming.short(n);
    }
    alias::join(reading, mentions, &naming.by_last, &mut naming.out);
    naming.out.settle();
    for cluster in &mut naming.out.list {
        let person = cluster.kind.is_none_or(|kind| kind == SpeakerType::Person);
        cluster.given = cluster.words.first().filter(|_| person).and_then(|first| given_gender(first));
    }
    naming.out
}

struct Naming<'a> {
    reading: &'a Reading<'a>,
    mentions: &'a [Mention],
    out: Clusters,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// By the word before the last: the first of two surnames.
    by_middle: HashMap<String, Vec<usize>>,
    /// Which of the suffixes that tell father and son apart a cluster's name has.
    generations: HashMap<usize, usize>,
    /// The cluster of each of the user's people.
    by_person: HashMap<u32, usize>,
}

impl Naming<'_> {
    /// The words that identify a name: lower case, no article, no "Jr.".
    fn words(&self, n: usize) -> Vec<String> {
        let words = self.mentions[n].words();
        let the = |w: usize| {
            self.reading.is(w, Class::DETERMINER) && self.reading.form(w).eq_ignore_ascii_case("the")
        };
        let own = words.filter(|&w| {
            let part = self.reading.is(w, Class::SUFFIX) || self.reading.possessive(w) || the(w);
            self.reading.is_word(w) && !part
        });
        own.map(|w| self.reading.form(w).trim_end_matches('.').to_lowercase()).collect()
    }

    fn person(&self, n: usize) -> bool {
        if let Some(kind) = self.mentions[n].kind {
            return kind == SpeakerType::Person;
        }
        let words = self.mentions[n].words();
        let impersonal = |w: usize| {
            let class = self.reading.class(w);
            let form = self.reading.form(w);
            let acronym = form.len() > 2 && form.chars().all(char::is_uppercase);
            // "Bill Holt" is no bill.
            let noun = class.is(Class::NOUN) && w + 1 == words.end || class.is(Class::BODY);
            noun || class.is(Class::NATION) || class.is(Class::STATE) || acronym
        };
        let short = |w: &usize| self.reading.form(*w).len() == 2 && self.reading.form(*w).ends_with('.');
        let count = words.clone().filter(|w| !short(w) && !self.reading.is(*w, Class::SUFFIX)).count();
        count <= 3 && !words.clone().any(impersonal)
    }

    /// One of the user's people: the words that identify them are the user's name, whatever the text has.
    fn known(&mut self, n: usize) {
        let Some(person) = self.mentions[n].person() else { return };
        let Some(name) = self.reading.people.get(person).map(|p| &p.name) else { return };
        let forms = name.split_whitespace().map(|w| w.trim_end_matches(['.', ',']).to_lowercase());
        let mut words: Vec<String> = forms.filter(|w| !class(w).is(Class::SUFFIX)).collect();
        // "Sir Keir Starmer".
        if words.len() > 2 && class(&words[0]).is(Class::TITLE) {
            words.remove(0);
        }
        let own = self.words(n);
        let c = match self.by_person.get(&person) {
            Some(&c) => {
                self.join(c, n, words);
                c
            }
            None => self.add(n, words),
        };
        self.by_person.insert(person, c);
        // A surname that only an alias has: "Ek" after "Ann Ek", but not "Lady" after "the Iron Lady".
        let surname = |w: &&String| own.len() > 1 && class(w) == Class::default();
        if let Some(last) = own.last().filter(surname) {
            remember(&mut self.by_last, last, c);
        }
    }

    /// Given name and surname, or a whole organization's name of several words.
    fn full(&mut self, n: usize) {
        if self.out.of(n).is_some() {
            return;
        }
        let words = self.words(n);
        let given = words.len() > 1 && !(words.len() == 2 && particle(&words[0]));
        if !given {
            return;
        }
        let Some(last) = words.last().cloned() else { return };
        let alike = self.by_last.get(&last).map_or(&[][..], Vec::as_slice);
        let person = self.person(n);
        let same = alike.iter().copied().find(|&c| {
            let cluster = &self.out.list[c];
            let people = cluster.kind == Some(SpeakerType::Person);
            let same =
                if person && people { same_person(&cluster.words, &words) } else { cluster.words == words };
            same && self.may_be(c, n)
        });
        // "Pilar Ochoa" after "Pilar Ochoa Benítez".
        let same = same.or_else(|| {
            let alike = self.by_middle.get(&last).filter(|_| person && words.len() == 2)?;
            alike.iter().copied().find(|&c| self.out.list[c].words.starts_with(&words) && self.may_be(c, n))
        });
        if let Some(c) = same {
            return self.join(c, n, words);
        }
        let c = self.add(n, words);
        let kind = if person { SpeakerType::Person } else { SpeakerType::Organization };
        self.out.list[c].kind.get_or_insert(kind);
    }

    /// A surname, a given name, or a name that a longer one explains.
    fn short(&mut self, n: usize) {
        if self.out.of(n).is_some() {
            return;
        }
        let words = self.words(n);
        let Some(word) = words.last().cloned() else { return };
        let mention = &self.mentions[n];
        let fits = |c: usize| {
            let cluster = &self.out.list[c];
            let gender =
                mention.gender.is_none() || cluster.gender.is_none() || mention.gender == cluster.gender;
            let person = cluster.kind == Some(SpeakerType::Person);
            // "Chad" may be a given name after all.
            let label = self.reading.entity(mention.head()) == Entity::Person;
            let place = mention.kind == Some(SpeakerType::Country) && person && !label;
            // "Brightwater" after "Brightwater Holdings", whatever its label.
            let firm = || {
                let closes = cluster.words.last().is_some_and(|w| class(w).is(Class::FIRM));
                closes && words.len() == 1 && mention.role().is_none() && mention.gender.is_none()
            };
            gender
                && !place
                && self.may_be(c, n)
                && (person || cluster.open || mention.kind != Some(SpeakerType::Person) || firm())
        };
        let best = |alike: Option<&Vec<usize>>| {
            let fitting = alike.into_iter().flatten().copied().filter(|&c| fits(c));
            // The first of those that the article names most.
            fitting.max_by_key(|&c| {
                let cluster = &self.out.list[c];
                let shown = mention.gender.is_some() && mention.gender == cluster.gender;
                let generation = self.generations.get(&c).copied();
                let shown = (generation.is_some() && generation == self.generation(n), shown);
                (shown, cluster.kind == Some(SpeakerType::Person), cluster.full, std::cmp::Reverse(c))
            })
        };
        let surname = best(self.by_last.get(&word).filter(|_| words.len() <= 2));
        let same = || {
            let one = self.by_last.get(&word).filter(|_| words.len() == 1)?;
            let open = |c: usize| {
                let known = &self.out.list[c];
                known.words == words
                    && (mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender)
                    && known.full == 0
                    && known.kind != Some(SpeakerType::Country)
                    && mention.kind != Some(SpeakerType::Country)
                    && (mention.gender.is_none() || known.kind == Some(SpeakerType::Person))
                    && mention.role().is_none()
            };
            one.iter().copied().find(|&c| open(c))
        };
        let found = surname
            .or_else(same)
            .or_else(|| best(self.by_first.get(&word).filter(|_| words.len() == 1 && !self.is_place(n))));
        let middle = || {
            let alike = self.by_middle.get(&word).filter(|_| words.len() == 1 && !self.is_place(n))?;
            alike.first().copied().filter(|&c| alike.len() == 1 && fits(c))
        };
        match found.or_else(middle) {
            Some(c) => {
                // "Nkosi" is a person in what follows "Themba Nkosi".
                if self.mentions[n].kind == Some(SpeakerType::Person) {
                    self.out.humanize(c);
                }
                self.join(c, n, words);
            }
            None => {
                self.add(n, words);
            }
        }
    }

    /// "Lee and his wife, Ann,": she has his surname, if no other is told.
    fn kin(&mut self, n: usize) {
        let start = self.mentions[n].words().start;
        let comma = start.checked_sub(1).is_some_and(|w| self.reading.form(w) == ",");
        let Some(noun) = start.checked_sub(1 + usize::from(comma)) else { return };
        let own = (noun.saturating_sub(2)..noun).any(|w| self.reading.is(w, Class::POSSESSIVE));
        let given = self.words(n);
        let [given] = given.as_slice() else { return };
        if self.out.of(n).is_some() || !own || !KIN.contains(&self.reading.form(noun)) {
            return;
        }
        let sentence = self.reading.sentence(start);
        let family = (0..n)
            .rev()
            .take_while(|&m| self.reading.sentence(self.mentions[m].head()) == sentence)
            .find_map(|m| {
                let known = &self.out.list[self.out.of(m)?];
                (known.kind == Some(SpeakerType::Person)).then(|| known.words.last().cloned()).flatten()
            });
        let Some(family) = family.filter(|f| f != given) else { return };
        let c = self.add(n, vec![given.clone(), family]);
        self.out.list[c].kind = Some(SpeakerType::Person);
        self.out.list[c].gender = gender_of(self.reading.class(noun));
    }

    /// Which of the suffixes that tell father and son apart stands in a name or behind it.
    fn generation(&self, n: usize) -> Option<usize> {
        let words = &self.mentions[n].words();
        let form = |w: usize| self.reading.form(w).trim_end_matches('.');
        (words.start + 1..words.end + 2)
            .take_while(|&w| {
                w < words.end || self.reading.is(w, Class::SUFFIX) || self.reading.form(w) == ","
            })
            .find_map(|w| GENERATIONS.iter().position(|g| form(w).eq_ignore_ascii_case(g)))
    }

    /// False for "Lee Sr." and a cluster of "Lee Jr.".
    fn may_be(&self, c: usize, n: usize) -> bool {
        match (self.generations.get(&c), self.generation(n)) {
            (Some(known), Some(own)) => *known == own,
            _ => true,
        }
    }

    fn is_place(&self, n: usize) -> bool {
        self.mentions[n].kind == Some(SpeakerType::Country)
            || self.reading.entity(self.mentions[n].head()) == crate::encode::Entity::Place
    }

    fn add(&mut self, n: usize, words: Vec<String>) -> usize {
        let c = self.out.found(n, &self.mentions[n]);
        let several = words.len() > 1;
        if let Some(last) = words.last() {
            remember(&mut self.by_last, last, c);
        }
        if let Some(first) = words.first().filter(|_| several) {
            remember(&mut self.by_first, first, c);
        }
        self.out.list[c].full = u32::from(several);
        self.out.list[c].names = 1;
        match self.mentions[n].kind {
            Some(SpeakerType::Person) => self.out.list[c].votes[0] = 1,
            Some(_) => self.out.list[c].votes[1] = 1,
            None => (),
        }
        self.list_middle(c, &words);
        self.note_generation(c, n);
        self.out.list[c].words = words;
        c
    }

    fn list_middle(&mut self, c: usize, words: &[String]) {
        if let [_, .., middle, _] = words
            && middle.chars().count() > 1
            && !particle(middle)
        {
            remember(&mut self.by_middle, middle, c);
        }
    }

    fn note_generation(&mut self, c: usize, n: usize) {
        if let Some(generation) = self.generation(n) {
            self.generations.entry(c).or_insert(generation);
        }
    }

    fn join(&mut self, c: usize, n: usize, words: Vec<String>) {
        self.out.set(n, Some(c));
        self.list_middle(c, &words);
        self.note_generation(c, n);
        self.out.list[c].names += 1;
        let mention = &self.mentions[n];
        let cluster = &mut self.out.list[c];
        cluster.gender = cluster.gender.or(mention.gender);
        // "Harrow Bridge" after "Harrow Bridge Trust" is no person, whatever its label.
        let closes = |w: &String| class(w).is(Class::BODY) || class(w).is(Class::FIRM);
        let of_body = cluster.kind == Some(SpeakerType::Organization)
            && words.len() < cluster.words.len()
            && cluster.words.last().is_some_and(closes);
        if words.len() > 1 && !of_body {
            cluster.full += 1;
            // A label may be wrong: most of them are not.
            match mention.kind {
                Some(SpeakerType::Person) => cluster.votes[0] += 1,
                Some(_) => cluster.votes[1] += 1,
                None => (),
            }
            if cluster.votes[0] > 0 && cluster.votes[0] >= cluster.votes[1] {
                cluster.kind = Some(SpeakerType::Person);
            }
        }
        // One word has one sense in an article: what most of its labels say.
        if words.len() == 1 && cluster.words.len() == 1 && cluster.full == 0 {
            match mention.kind {
                Some(SpeakerType::Person) => cluster.votes[0] += 1,
                Some(kind) => {
                    cluster.votes[1] += 1;
                    if cluster.votes[1] > cluster.votes[0] {
                        cluster.kind = Some(kind);
                        cluster.place |= mention.place;
                    }
                }
                None => (),
            }
            if cluster.votes[0] > cluster.votes[1] {
                cluster.kind = Some(SpeakerType::Person);
                cluster.place = false;
            }
        }
        let shouts = |m: usize| self.reading.is_headline(self.mentions[m].head());
        let better = words.len() > cluster.words.len() && !calls_names(&words, &cluster.words)
            || words.len() == cluster.words.len() && shouts(cluster.best) && !shouts(n)
            || calls_names(&cluster.words, &words);
        if better {
            cluster.best = n;
            cluster.words = words;
        }
    }
}

/// "Crooked Ann Lee": a word before a given name and a surname that is no given name itself makes no fuller name.
fn calls_names(long: &[String], name: &[String]) -> bool {
    let [first, rest @ ..] = long else { return false };
    let given = |word: &String| given_gender(word).is_some();
    rest == name && name.len() > 1 && given(&name[0]) && !given(first) && first.chars().count() > 2
}

fn remember(index: &mut HashMap<String, Vec<usize>>, word: &str, cluster: usize) {
    let alike = index.entry(word.to_owned()).or_default();
    if alike.len() < MOST_ALIKE && !alike.contains(&cluster) {
        alike.push(cluster);
    }
}

fn particle(word: &str) -> bool {
    super::lexicon::class(word).is(Class::PARTICLE)
}

/// "Donald J. Trump" and "Donald Trump", "J. Smith" and "John Smith", but not "Eric Trump".
fn same_person(one: &[String], other: &[String]) -> bool {
    let (Some(a), Some(b)) = (one.first(), other.first()) else { return false };
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    // "Tim" and "Timothy".
    let short = |a: &str, b: &str| a.len() >= 3 && b.starts_with(a);
    let ends = one.ends_with(other) || other.ends_with(one);
    ends || a == b || initial(a, b) || initial(b, a) || short(a, b) || short(b, a)
}
