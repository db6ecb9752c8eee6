//! What the words for a quote's source stand for: a name, a phrase, a pronoun, several at once.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::chunk::Chunk;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::nominal;
use super::person::gender_of;
use super::reading::Reading;
use super::role;
use crate::attribute::Attribution;
use crate::record::SpeakerType;
use crate::segment::Ranges;

/// All mentions, those that only sources show among them, and the mention that each quote's source is.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) mentions: Vec<Mention>,
    pub(super) of_quote: Vec<Option<usize>>,
    /// For each joint mention, the mentions that it is made of; `None` where only the text tells.
    pub(super) parts: Vec<(usize, Vec<Part>)>,
}

/// One part of a joint source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A name: its mention.
    Name(usize),
    /// Anything else: its words.
    Words(Range<usize>),
}

/// Reads the source of every quote.
pub(super) fn sources(reading: &Reading, mentions: Vec<Mention>, quotes: &[Attribution]) -> Sources {
    let mut heads: Vec<(u32, u32)> = mentions.iter().map(|m| m.head() as u32).zip(0..).collect();
    heads.sort_unstable_by_key(|&(head, n)| (head, Reverse(n)));
    heads.dedup_by_key(|(head, _)| *head);
    let words = reading.segments.words.len();
    let mut reader = Reader {
        reading,
        heads: Ranges::of(heads.iter().map(|&(head, _)| head as usize..head as usize + 1), words),
        at_head: heads.into_iter().map(|(_, n)| n).collect(),
        added: HashMap::new(),
        joint_at: HashMap::new(),
        out: Sources::default(),
    };
    reader.out.mentions = mentions;
    reader.pairs();
    for quote in quotes {
        let mention = quote.source.clone().and_then(|source| reader.read(&source));
        if let Some(mention) = mention {
            reader.out.mentions[mention].source = true;
        }
        reader.out.of_quote.push(mention);
    }
    let Reader { out, .. } = reader;
    out.in_order()
}

impl Sources {
    /// The parts of a joint mention, `None` for any other.
    pub(super) fn parts_of(&self, mention: usize) -> Option<&[Part]> {
        let at = self.parts.binary_search_by_key(&mention, |(joint, _)| *joint).ok()?;
        Some(&self.parts[at].1)
    }

    /// The mentions that start with a word.
    pub(super) fn starting_at(&self, word: usize) -> impl Iterator<Item = usize> {
        let first = self.mentions.partition_point(|m| m.words().start < word);
        (first..self.mentions.len()).take_while(move |&m| self.mentions[m].words().start == word)
    }

    /// Puts the mentions that were added behind the others in their places.
    fn in_order(mut self) -> Self {
        self.mentions.shrink_to_fit();
        let mut order: Vec<u32> = (0..self.mentions.len() as u32).collect();
        order.sort_by_key(|&n| {
            let words = self.mentions[n as usize].words();
            (words.start, words.end)
        });
        let mut place = vec![0; order.len()];
        for (new, old) in (0..).zip(order) {
            place[old as usize] = new;
        }
        // In place: a long text has many.
        let mut wanted = place.clone();
        for n in 0..wanted.len() {
            while wanted[n] as usize != n {
                let there = wanted[n] as usize;
                self.mentions.swap(n, there);
                wanted.swap(n, there);
            }
        }
        for mention in self.of_quote.iter_mut().flatten() {
            *mention = place[*mention] as usize;
        }
        for (joint, parts) in &mut self.parts {
            *joint = place[*joint] as usize;
            for part in parts {
                if let Part::Name(name) = part {
                    *name = place[*name] as usize;
                }
            }
        }
        self.parts.sort_by_key(|(joint, _)| *joint);
        self
    }
}

pub(super) struct Reader<'a> {
    pub(super) reading: &'a Reading<'a>,
    /// The heads of the text's mentions, the last mention of each, and those of the mentions that sources add.
    heads: Ranges,
    at_head: Vec<u32>,
    added: HashMap<usize, usize>,
    /// Joint mentions by their first word and the end of their last.
    pub(super) joint_at: HashMap<(usize, usize), usize>,
    pub(super) out: Sources,
}

impl Reader<'_> {
    pub(super) fn mention_at(&self, head: usize) -> Option<usize> {
        let known = || Some(self.at_head[self.heads.around(head)?] as usize);
        self.added.get(&head).copied().or_else(known)
    }

    fn read(&mut self, source: &Range<usize>) -> Option<usize> {
        let words = self.trim(source);
        let (start, end) = (words.start, words.end);
        if start >= end {
            return None;
        }
        if words.len() == 1 {
            let found = self.mention_at(start).filter(|&m| self.out.mentions[m].words() == words);
            if found.is_some() {
                return found;
            }
            if self.reading.is(start, Class::RELATIVE) || self.reading.form(start) == "that" {
                return Some(self.add(Mention::new(words, Shape::Relative, None)));
            }
        }
        // "many of whom": the relative decides.
        if end >= start + 3
            && matches!(self.reading.form(end - 1), "whom" | "which")
            && self.reading.form(end - 2) == "of"
        {
            return Some(self.add(Mention::new(end - 1..end, Shape::Relative, None)));
        }
        let chunk = self.chunk(start, end);
        if let Some(joint) = self.joint(&chunk, end) {
            return Some(joint);
        }
        if let Some(name) = chunk.name {
            return Some(name);
        }
        if let Some(name) = self.part_of(&chunk, end) {
            return Some(name);
        }
        if let Some(name) = self.named_behind(&chunk, end) {
            return Some(name);
        }
        // "Meat and Livestock Australia spokesman Ann Lee": part of the role looked like a source.
        if self.reading.is(chunk.words.end, Class::CONJUNCTION) && !self.reading.is(chunk.head, Class::NOUN) {
            let rest = self.chunk(chunk.words.end + 1, end);
            if let Some(name) = rest.name.filter(|_| !rest.words.is_empty()) {
                return Some(name);
            }
        }
        Some(self.phrase(&chunk, end))
    }

    /// "a three-judge panel of the Court of Appeals": what speaks for a body is the body.
    fn part_of(&self, chunk: &Chunk, end: usize) -> Option<usize> {
        let speaks = matches!(self.reading.form(chunk.head), "panel" | "bench" | "majority");
        if !speaks || self.reading.form(chunk.words.end) != "of" {
            return None;
        }
        let whole = self.chunk(chunk.words.end + 1, end);
        let body = |m: &usize| self.out.mentions[*m].kind == Some(SpeakerType::Organization);
        whole.name.filter(body).filter(|_| whole.words.end >= end)
    }

    /// "his campaign manager, Jeff Weaver", "a super PAC called Future 45": the name behind the phrase.
    pub(super) fn named_behind(&mut self, chunk: &Chunk, end: usize) -> Option<usize> {
        let at = chunk.words.end;
        let noun = self.reading.class(chunk.head);
        if self.reading.is(at, Class::PREPOSITION) && noun.is(Class::TEXT) {
            return None;
        }
        if !noun.is(Class::PERSON) && !noun.is(Class::BODY) && !noun.is(Class::TEXT) || noun.is(Class::PLURAL)
        {
            return None;
        }
        if self.reading.is(at, Class::PREPOSITION) {
            return self.named_last(chunk, end);
        }
        if !matches!(self.reading.form(at), "," | "called" | "named" | "--" | "—" | "–" | ":" | "dubbed")
        {
            return None;
        }
        let mut next = at + 1;
        while self.reading.is_mark(next) {
            next += 1;
        }
        // "the paper, by Ann Lee": who wrote it, not what it is.
        if self.reading.is(next, Class::PREPOSITION) {
            return None;
        }
        let behind = self.chunk(next, end);
        let name = behind.name?;
        let closes = behind.words.end >= end
            || !self.reading.is_word(behind.words.end)
            || self.reading.is(behind.words.end, Class::RELATIVE)
            || self.reading.is(behind.words.end, Class::PREPOSITION);
        if !closes {
            return None;
        }
        self.describe(name, chunk.words.clone());
        Some(name)
    }

    /// "The leader of the league, Ann Lee,", "forecaster at the bureau Ann Lee": the name that ends the source.
    fn named_last(&mut self, chunk: &Chunk, end: usize) -> Option<usize> {
        let name = (chunk.words.end..end).rev().take(6).find_map(|head| {
            let found = self.mention_at(head)?;
            (self.out.mentions[found].shape == Shape::Name).then_some(found)
        })?;
        let mention = &self.out.mentions[name];
        let start = mention.role().map_or(mention.words().start, |r| r.start.max(chunk.words.end));
        let before = start.checked_sub(1)?;
        // "A spokeswoman for Mr. Ek": his, and not he.
        let courtesy = gender_of(self.reading.class(before)).is_some() && self.reading.capital(before);
        if courtesy && self.reading.is(before.saturating_sub(1), Class::PREPOSITION) {
            return None;
        }
        let comma = self.reading.form(before) == ",";
        let apart = comma || self.reading.is_word(before) && !self.reading.is(before, Class::GRAMMAR);
        let trade = self.reading.is(chunk.head, Class::PERSON) && mention.words().len() > 1;
        let person = mention.kind == Some(SpeakerType::Person) || mention.kind.is_none() && (comma || trade);
        let ends = mention.words().end >= end || !self.reading.is_word(mention.words().end);
        // "a spokeswoman for Mr. Lee" is not Lee.
        let courtesy = self.reading.is(before, Class::TITLE)
            && before.checked_sub(1).is_none_or(|n| self.reading.form(n) != ",");
        let thing = courtesy || self.reading.is(before, Class::BODY) || self.reading.is(before, Class::TEXT);
        if thing || !apart || !person || !ends || start <= chunk.words.end {
            return None;
        }
        let role = chunk.words.start..if comma { before } else { start };
        self.out.mentions[name].set_role(None);
        self.describe(name, role);
        Some(name)
    }

    /// Notes the words for a named source's office, without their determiner.
    fn describe(&mut self, name: usize, role: Range<usize>) {
        let bare = role.clone().find(|&n| !self.reading.is(n, Class::DETERMINER)).unwrap_or(role.start);
        let role_at = if self.reading.is(role.start, Class::DEFINITE) { role.start } else { bare };
        let mention = &mut self.out.mentions[name];
        if mention.role().is_none() {
            mention.set_role(Some(role_at..role.end));
        }
    }

    fn phrase(&mut self, chunk: &Chunk, end: usize) -> usize {
        let reading = self.reading;
        let words = chunk.words.start..self.core_end(chunk, end);
        if let Some(body) = self.described_body(chunk) {
            return body;
        }
        if let Some(known) =
            self.mention_at(chunk.head).filter(|&m| self.out.mentions[m].shape == Shape::Nominal)
        {
            self.out.mentions[known].set_words(words);
            return known;
        }
        let class = reading.class(chunk.head);
        let named = reading.capital(chunk.head)
            && chunk.words.len() <= 3
            && !class.is(Class::GRAMMAR)
            && !class.is(Class::NOUN)
            && !class.is(Class::NATION)
            && !reading.form(chunk.head).ends_with('s');
        let shape = if named { Shape::Name } else { Shape::Nominal };
        let mut mention = Mention::new(words, shape, nominal::kind(reading, chunk.head));
        mention.set_head(chunk.head);
        if !named {
            mention.plural = several(reading, chunk.head);
            if mention.kind.is_none() && class.is(Class::NATION) && chunk.words.len() == 2 {
                let one = one_of(reading, &chunk.words);
                mention.plural |= !one;
                mention.kind = one.then_some(SpeakerType::Unnamed);
            }
            if mention.kind.is_none() {
                mention.kind = Some(if mention.plural { SpeakerType::Group } else { SpeakerType::Document });
            }
        } else if mention.words().len() > 1 && reading.is(mention.words().start, Class::DETERMINER) {
            let words = mention.words();
            mention.set_words(words.start + 1..words.end);
        }
        self.add(mention)
    }

    /// "the Xinhua news agency": the noun behind a body's name only says what it is.
    fn described_body(&mut self, chunk: &Chunk) -> Option<usize> {
        let noun = self.reading.form(chunk.head);
        if !matches!(
            noun,
            "agency"
                | "company"
                | "firm"
                | "group"
                | "magazine"
                | "network"
                | "newspaper"
                | "website"
                | "organisation"
                | "organization"
        ) {
            return None;
        }
        let (name, end) = chunk.words.clone().find_map(|n| self.name_from(n, chunk.head))?;
        let mention = &self.out.mentions[name];
        let body = matches!(mention.kind, None | Some(SpeakerType::Organization)) && !mention.place;
        let plain = (end..chunk.head)
            .all(|n| self.reading.is_word(n) && !self.reading.possessive(n) && !self.reading.capital(n));
        if !body || !plain {
            return None;
        }
        let mention = &mut self.out.mentions[name];
        mention.kind = Some(SpeakerType::Organization);
        mention.set_role(Some(end..chunk.head + 1));
        Some(name)
    }

    pub(super) fn add(&mut self, mention: Mention) -> usize {
        let number = self.out.mentions.len();
        // A joint mention's last word stays the head of its last part.
        if mention.shape != Shape::Joint {
            self.added.insert(mention.head(), number);
        }
        self.out.mentions.push(mention);
        number
    }
}

/// "the Argentine", but not "the French": one person by where they come from.
fn one_of(reading: &Reading, words: &Range<usize>) -> bool {
    let form = reading.form(words.end.saturating_sub(1));
    let all = ["sh", "ch", "ese", "ss"].iter().any(|e| form.ends_with(e));
    words.len() == 2 && reading.is(words.start, Class::DETERMINER) && !all
}

/// True if the noun stands for several.
pub(super) fn several(reading: &Reading, head: usize) -> bool {
    let class = reading.class(head);
    let form = reading.form(head);
    let singular = ["ss", "us", "is", "ics", "news"].iter().any(|e| form.ends_with(e));
    class.is(Class::PLURAL)
        || class.is(Class::PEOPLE)
        || class.is(Class::SEVERAL)
        || matches!(form, "those" | "these" | "some" | "any" | "Those" | "These" | "Some")
        || !class.is(Class::NOUN)
            && !class.is(Class::GRAMMAR)
            && form.len() > 3
            && form.ends_with('s')
            && !singular
}

/// The roles that stand behind names.
pub(super) fn roles(reading: &Reading, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|m| m.shape == Shape::Name) {
        let role = role::after(
            reading,
            mention.words().end,
            reading.sentence_words(mention.head()).end,
            mention.kind == Some(SpeakerType::Person),
        );
        mention.set_apposed(role);
        // "Themba Nkosi, a nurse at the clinic,": the trade outweighs the label.
        let role = mention.apposed().filter(|_| mention.open);
        let noun = role.and_then(|r| role::head(reading, r.start, r.end));
        if noun.is_some_and(|n| reading.is(n, Class::PERSON) && !reading.is(n, Class::PLURAL)) {
            (mention.kind, mention.place, mention.open) = (Some(SpeakerType::Person), false, false);
        }
    }
}
