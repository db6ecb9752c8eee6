//! The article's words with what the lexicon and the encoder say of each.

use std::collections::HashSet;
use std::ops::Range;

use super::classes::Classes;
use super::lexicon::{Class, by_ending, given_gender, is_family_name};
use crate::attribute::Attribution;
use crate::encode::Entity;
use crate::people::People;
use crate::segment::{Segments, WordKind};

/// Share of capitalised words from which a sentence is a headline, whose capitals tell nothing.
const HEADLINE_SHARE: usize = 85;

/// A text as its resolver sees it.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) segments: &'a Segments,
    entities: &'a [Entity],
    pub(super) people: &'a People,
    classes: Classes,
    /// Capitalised words seen where only a name has a capital.
    proper: HashSet<&'a str>,
    /// For each sentence: all its words are written like names.
    headline: Vec<bool>,
    /// For each word a bit: a cue has it.
    cue: Vec<u64>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(
        text: &'a str,
        segments: &'a Segments,
        entities: &'a [Entity],
        quotes: &[Attribution],
        people: &'a People,
    ) -> Self {
        let mut reading = Self {
            text,
            segments,
            entities,
            people,
            classes: Classes::of(text, segments),
            proper: HashSet::new(),
            headline: Vec::with_capacity(segments.sentences.len()),
            cue: vec![0; segments.words.len().div_ceil(64)],
        };
        for n in quotes.iter().filter_map(|quote| quote.cue.clone()).flatten() {
            if let Some(words) = reading.cue.get_mut(n / 64) {
                *words |= 1 << (n % 64);
            }
        }
        for sentence in &segments.sentences {
            reading.read_capitals(sentence);
        }
        reading.read_surnames();
        for sentence in &segments.sentences {
            reading.read_opening(sentence.start);
        }
        reading
    }

    /// "Maria An": behind another name a word of grammar with a capital is a surname, there and where it stands alone.
    fn read_surnames(&mut self) {
        let own = |class: Class| class.is(Class::GRAMMAR) && !class.is(Class::PREPOSITION);
        let surname = |n: usize| {
            let long = self.form(n).chars().count() > 1;
            own(self.class(n)) && self.capital(n) && long && !self.opens(n) && !self.is_headline(n)
        };
        let behind_name = |n: usize| {
            // Most words end here: what stands before them is not looked at.
            if !surname(n) || self.capital(n + 1) {
                return false;
            }
            // "Nguyen Van An".
            let particle = |p: &usize| self.is(*p, Class::PARTICLE) && self.capital(*p);
            let before = (0..n).rev().find(|p| !particle(p));
            let Some(p) = before.filter(|&p| self.capital(p)) else { return false };
            let lower = self.form(p).to_lowercase();
            let person = |n: usize| self.entity(n) == Entity::Person;
            given_gender(&lower).is_some()
                || is_family_name(&lower)
                || person(p) && person(n) && self.class(p) == Class::default()
        };
        let all = 0..self.segments.words.len();
        let surnames: HashSet<&str> = all.clone().filter(|&n| behind_name(n)).map(|n| self.form(n)).collect();
        if surnames.is_empty() {
            return;
        }
        // "“...,” An said": where a sentence may open only a verb behind it tells, and no verb tells "He".
        let alone = |n: usize| {
            let opens = own(self.class(n)) && !self.class(n).is(Class::PRONOUN) && self.opens(n);
            surname(n) || opens && self.is_cue(n + 1)
        };
        let found: Vec<usize> = all.filter(|&n| surnames.contains(self.form(n)) && alone(n)).collect();
        for n in found {
            self.classes.set(n, Class::default());
        }
    }

    /// "Ferryman Ann Lee": a noun that no list holds, before a name at the head of a sentence.
    fn read_opening(&mut self, n: usize) {
        let lower = self.form(n).to_lowercase();
        let named = self.capital(n) && self.capital(n + 1) && self.capital(n + 2);
        let person = self.entity(n + 1) == Entity::Person || self.entity(n + 2) == Entity::Person;
        let free = self.class(n) == Class::default() && given_gender(&lower).is_none() && !self.is_proper(n);
        if named && person && free && !self.is_headline(n) {
            self.classes.set(n, by_ending(&lower));
        }
    }

    fn read_capitals(&mut self, sentence: &Range<usize>) {
        // Headlines write verbs with capitals too, but not "of" and "the".
        let small = |n: usize| {
            self.class(n).is(Class::GRAMMAR) && !self.class(n).is(Class::VERB) || self.possessive(n)
        };
        let words = || sentence.clone().filter(|&n| self.is_word(n) && !small(n));
        let capitals = words().filter(|&n| self.capital(n)).count();
        let all = words().count();
        // A line that is one long name has no verb and no common noun.
        let common = |n: &usize| {
            let class = self.class(*n);
            self.capital(*n) && (class.is(Class::GRAMMAR) || class.is(Class::TEXT) || class.is(Class::PEOPLE))
        };
        let tells = all > 7 || sentence.clone().skip(1).any(|n| common(&n));
        let headline = all > 3 && capitals * 100 >= all * HEADLINE_SHARE && tells;
        self.headline.push(headline);
        if !headline {
            let mut opens = true;
            for n in sentence.clone() {
                if !self.is_word(n) {
                    opens |= matches!(self.form(n), ":" | "." | "?" | "!" | "--" | "-") || self.is_mark(n);
                    continue;
                }
                if !opens && self.capital(n) {
                    let form = self.form(n);
                    self.proper.insert(form);
                }
                opens = false;
            }
        }
    }

    /// The word as written, "" behind the end of the text.
    pub(super) fn form(&self, n: usize) -> &'a str {
        self.segments.words.get(n).and_then(|w| w.span().of(self.text)).unwrap_or_default()
    }

    pub(super) fn class(&self, n: usize) -> Class {
        self.classes.get(n)
    }

    pub(super) fn is(&self, n: usize, class: Class) -> bool {
        self.class(n).is(class)
    }

    pub(super) fn entity(&self, n: usize) -> Entity {
        self.entities.get(n).copied().unwrap_or_default()
    }

    pub(super) fn is_word(&self, n: usize) -> bool {
        self.segments.words.get(n).is_some_and(|w| w.kind() == WordKind::Word)
    }

    pub(super) fn is_mark(&self, n: usize) -> bool {
        self.segments.words.get(n).is_some_and(|w| w.kind() == WordKind::Mark)
    }

    pub(super) fn capital(&self, n: usize) -> bool {
        self.form(n).starts_with(char::is_uppercase)
    }

    /// A capital that only a name has: seen in the middle of a sentence.
    pub(super) fn is_proper(&self, n: usize) -> bool {
        self.proper.contains(self.form(n))
    }

    pub(super) fn sentence(&self, n: usize) -> usize {
        self.segments.sentence(n).unwrap_or_default()
    }

    pub(super) fn paragraph(&self, n: usize) -> usize {
        self.segments.paragraph(n).unwrap_or_default()
    }

    /// The words of the sentence that `n` is in.
    pub(super) fn sentence_words(&self, n: usize) -> Range<usize> {
        self.segments.sentence_words(n)
    }

    pub(super) fn is_headline(&self, n: usize) -> bool {
        self.headline.get(self.sentence(n)).copied().unwrap_or_default()
    }

    /// True for a word of a cue: "Mayor Rejects Cuts" names no Rejects.
    pub(super) fn is_cue(&self, n: usize) -> bool {
        self.cue.get(n / 64).is_some_and(|words| words >> (n % 64) & 1 == 1)
    }

    /// True if the word opens its sentence or stands where one may open (behind a mark or colon).
    pub(super) fn opens(&self, n: usize) -> bool {
        let start = self.sentence_words(n).start;
        n <= start
            || n.checked_sub(1)
                .is_some_and(|p| self.is_mark(p) || matches!(self.form(p), ":" | "?" | "!" | "."))
    }

    /// True if the word stands between quotation marks.
    pub(super) fn quoted(&self, n: usize) -> bool {
        self.segments.marks.around(n).is_some()
    }

    /// "'s" or the apostrophe behind a plural.
    pub(super) fn possessive(&self, n: usize) -> bool {
        // "it's", "who's": a verb.
        if n.checked_sub(1).is_some_and(|p| self.is(p, Class::PRONOUN) || self.is(p, Class::RELATIVE)) {
            return false;
        }
        match self.form(n) {
            "'s" | "’s" | "‘s" | "`s" | "´s" => true,
            "'" | "’" => {
                n.checked_sub(1).is_some_and(|p| self.form(p).ends_with(['s', 'S', 'x', 'z']))
                    && self.segments.role(n) == crate::segment::MarkRole::None
            }
            _ => false,
        }
    }

    /// The text from the first to the last of some words.
    pub(super) fn words(&self, words: &Range<usize>) -> &'a str {
        self.segments.span(words).and_then(|s| s.of(self.text)).unwrap_or_default()
    }
}
