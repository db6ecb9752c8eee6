//! The words of a source up to its noun or name.

use std::ops::Range;

use super::lexicon::Class;
use super::mention::Shape;
use super::source::Reader;
use crate::record::SpeakerType;

/// The words of a source up to the first that cannot stand before its noun.
pub(super) struct Chunk {
    pub(super) words: Range<usize>,
    /// The noun, or the last word of the name.
    pub(super) head: usize,
    /// The name that ends the chunk.
    pub(super) name: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn chunk(&self, start: usize, end: usize) -> Chunk {
        let mut chunk = Chunk { words: start..start, head: start, name: None };
        let mut at = start;
        while at < end {
            if let Some((name, mention)) = self.name_from(at, end) {
                at = mention;
                chunk = Chunk { words: start..at, head: at - 1, name: Some(name) };
                continue;
            }
            if at > start && self.stops(&chunk, at, end) {
                // "former secretary of state Ann Lee": the role of the name that follows.
                let Some((name, mention)) = self.name_with_role(at, end) else { break };
                at = mention;
                chunk = Chunk { words: start..at, head: at - 1, name: Some(name) };
                continue;
            }
            if self.reading.is_word(at) && !self.reading.possessive(at) {
                chunk.head = at;
                chunk.name = None;
            }
            at += 1;
            chunk.words.end = at;
        }
        chunk
    }

    /// The name whose role covers a word, and its end.
    fn name_with_role(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let (name, stop) = (at..end.min(at + 8)).find_map(|n| self.name_from(n, end))?;
        let role = self.out.mentions[name].role()?;
        (role.contains(&at) && role.end <= self.out.mentions[name].words().start).then_some((name, stop))
    }

    /// The name that starts at a word, and its end.
    pub(super) fn name_from(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        if !self.reading.is_word(at) {
            return None;
        }
        // Names are short: their head is near.
        (at..end.min(at + 12)).find_map(|head| {
            let found = self.mention_at(head)?;
            let mention = &self.out.mentions[found];
            (mention.shape == Shape::Name && mention.words().start == at)
                .then_some((found, mention.words().end))
        })
    }

    /// True if the word cannot stand before the noun of its phrase.
    fn stops(&self, chunk: &Chunk, at: usize, end: usize) -> bool {
        let reading = self.reading;
        let class = reading.class(at);
        if !reading.is_word(at) {
            return !matches!(
                reading.form(at),
                "-" | "&" | "/" | "$" | "%" | "'" | "’" | "“" | "”" | "\"" | "''" | "``" | "‘"
            );
        }
        if reading.possessive(at) {
            return false;
        }
        // "Ann Lee founder and head of the choir", "Dr Lee currently at the institute": what follows describes her.
        if let Some(name) = chunk.name
            && self.out.mentions[name].kind == Some(SpeakerType::Person)
            && self.out.mentions[name].words().len() > 1
            && self.out.mentions[name].words().end == at
            && !reading.capital(at)
            && at + 1 < end
        {
            let trade = class.is(Class::PERSON) && !class.is(Class::PLURAL);
            let adverb = reading.form(at).ends_with("ly") && reading.is(at + 1, Class::PREPOSITION);
            let goes_on = reading.is(at + 1, Class::PREPOSITION) || reading.is(at + 1, Class::CONJUNCTION);
            if adverb || trade && goes_on {
                return true;
            }
        }
        // "the more moderate Ek".
        if matches!(reading.form(at), "more" | "most" | "less" | "very") && at + 1 < end {
            return false;
        }
        // "the senator that", "the IG who".
        if class.is(Class::RELATIVE) || class.is(Class::PREPOSITION) || class.is(Class::CONJUNCTION) {
            return !self.joins_nations(at, end);
        }
        if class.is(Class::VERB)
            || class.is(Class::PRONOUN) && !chunk.words.is_empty() && !class.is(Class::DETERMINER)
        {
            return true;
        }
        if reading.form(at) == "that" || class.is(Class::DETERMINER) && reading.is(chunk.head, Class::NOUN) {
            return true;
        }
        let form = reading.form(at);
        // "people familiar with the talks", "a source close to him".
        let adjective = reading.is(chunk.head, Class::PERSON)
            && !class.is(Class::NOUN)
            && !reading.capital(at)
            && !form.ends_with('s');
        if adjective && at + 1 < end && reading.is(at + 1, Class::PREPOSITION) {
            return true;
        }
        let participle = form.ends_with("ing") || form.ends_with("ed");
        let noun = reading.is(chunk.head, Class::NOUN)
            || chunk.name.is_some()
            || reading.form(chunk.head).ends_with('s')
            || reading.is(chunk.head, Class::DETERMINER)
                && reading.form(chunk.head).eq_ignore_ascii_case("those");
        // "Lee's running mate": nothing but a noun can follow a possessor.
        let owned =
            reading.possessive(at.wrapping_sub(1)) || reading.is(at.wrapping_sub(1), Class::POSSESSIVE);
        participle && noun && !class.is(Class::NOUN) && !owned && !self.noun_soon(at, end)
    }

    /// "Italian and UK researchers", "young and old voters": the noun is still to come.
    fn joins_nations(&self, at: usize, end: usize) -> bool {
        let reading = self.reading;
        let nation = |n: usize| reading.is(n, Class::NATION) || reading.is(n, Class::STATE);
        let counted = |n: usize| n.checked_sub(1).is_some_and(|p| reading.is(p, Class::SEVERAL));
        let describes = |n: usize| {
            let class = reading.class(n);
            let plain = class == Class::default() || counted(n) && !class.is(Class::PLURAL);
            nation(n) || reading.is_word(n) && plain && !class.is(Class::GRAMMAR) && !reading.capital(n)
        };
        let Some(before) = at.checked_sub(1).filter(|_| reading.form(at) == "and" && at + 2 < end) else {
            return false;
        };
        let several = reading.is(at + 2, Class::PLURAL) && reading.is(at + 2, Class::NOUN);
        let nations = nation(before) && nation(at + 1) && !reading.is(at + 2, Class::GRAMMAR);
        reading.is_word(at + 2) && (nations || several && describes(before) && describes(at + 1))
    }

    /// A noun follows at once: "campaign-finance reporting group".
    fn noun_soon(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.reading.is(at + 1, Class::NOUN)
    }
}
