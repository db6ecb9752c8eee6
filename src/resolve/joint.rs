//! Sources made of several: "Google and Yahoo", "Kench and his team".

use std::ops::Range;

use super::chunk::Chunk;
use super::lexicon::Class;
use super::mention::{Mention, Shape};
use super::reading::Reading;
use super::source::{Part, Reader, several};
use crate::record::SpeakerType;

/// More parts than a joint source has.
const MOST_PARTS: usize = 8;

/// Mentions between a name and those who act with it: where the name belongs.
const BETWEEN: usize = 3;

impl Reader<'_> {
    /// "Ann Lee and Bo Ek", "Lee and two colleagues", "cooks and waiters" anywhere: a later "they" may mean all.
    pub(super) fn pairs(&mut self) {
        for n in 1..self.out.mentions.len() {
            let (one, other) = (&self.out.mentions[n - 1], &self.out.mentions[n]);
            let person =
                |m: &Mention| m.shape == Shape::Name && matches!(m.kind, None | Some(SpeakerType::Person));
            let and = self.behind_bracket(one.words().end, other.words().start);
            if person(other) && person(one) && one.words().end + 12 >= other.words().start {
                let next = other.role().map_or(other.words().start, |r| r.start.min(other.words().start));
                if self.reading.form(and) == "and" && next == and + 1 {
                    self.pair(Part::Name(n - 1), Part::Name(n));
                }
            } else if other.shape == Shape::Nominal && other.kind == Some(SpeakerType::Group) {
                let and = other.words().start.saturating_sub(1);
                let first = (n.saturating_sub(BETWEEN)..n).rev().find(|&m| person(&self.out.mentions[m]));
                let groups = one.shape == Shape::Nominal && one.kind == Some(SpeakerType::Group);
                let listed = one.words().start.checked_sub(1).is_some_and(|w| self.reading.form(w) == ",");
                if groups && listed {
                    continue;
                }
                if groups && one.words().end == and && self.reading.form(and) == "and" {
                    self.pair(Part::Words(one.words()), Part::Words(other.words()));
                    continue;
                }
                let Some(first) = first.filter(|&m| self.belongs_until(m, and)) else { continue };
                let whole = self.out.mentions.get(n + 1).filter(|m| {
                    m.shape == Shape::Nominal
                        && m.words().start == other.words().end + 1
                        && self.reading.form(other.words().end) == "of"
                });
                let words = other.words().start..whole.map_or(other.words().end, |m| m.words().end);
                self.pair(Part::Name(first), Part::Words(words));
            }
        }
    }

    /// True if nothing stands between a name and "and" but where it belongs: "Lee of the Sea Centre and".
    fn belongs_until(&self, name: usize, and: usize) -> bool {
        let at = self.out.mentions[name].words().end;
        let place = matches!(self.reading.form(at), "of" | "from" | "at");
        let plain =
            |n: usize| self.reading.capital(n) || matches!(self.reading.form(n), "the" | "of" | "for");
        self.reading.form(and) == "and" && at <= and && (at == and || place && (at + 1..and).all(plain))
    }

    fn words_of(&self, part: &Part) -> Range<usize> {
        match part {
            Part::Name(name) => self.out.mentions[*name].words(),
            Part::Words(words) => words.clone(),
        }
    }

    fn pair(&mut self, one: Part, other: Part) {
        let (start, end) = (self.words_of(&one).start, self.words_of(&other).end);
        // "Lee and Ek's plan" is a plan.
        if self.reading.possessive(end) || self.reading.is(end, Class::NOUN) {
            return;
        }
        let mut mention = Mention::new(start..end, Shape::Joint, None);
        mention.plural = true;
        self.joint_at.insert((start, end), self.out.mentions.len());
        let joint = self.add(mention);
        self.out.parts.push((joint, vec![one, other]));
    }

    /// "Google and Yahoo", "Kench and his team", "Maynard, of the Wilson Center, and 13 other experts".
    pub(super) fn joint(&mut self, first: &Chunk, end: usize) -> Option<usize> {
        let mut parts = vec![self.part(first)];
        let described = self.reading.is(first.head, Class::NOUN) || several(self.reading, first.head);
        if matches!(parts[0], Part::Words(_)) && !described {
            return None;
        }
        let mut at = first.words.end;
        let mut joined = false;
        while at < end && parts.len() < MOST_PARTS {
            at = self.behind_bracket(at, end);
            let named = matches!(parts.last(), Some(Part::Name(_)));
            let place = if named { self.behind_place(at, end) } else { at };
            let placed = place > at;
            at = place;
            // "The three scholars -- Ann Lee, Bo Ek and Jo Tran --": those named say who.
            let dash = parts.len() == 1
                && first.name.is_none()
                && matches!(self.reading.form(at), "--" | "—" | "–" | "-" | ":");
            let comma = self.reading.form(at) == "," || dash && several(self.reading, first.head);
            let and = at + usize::from(comma);
            let with = self.reading.form(and + 1) == "with"
                && matches!(self.reading.form(and), "along" | "together");
            let has_and = with || matches!(self.reading.form(and), "and" | "&");
            if !comma && !has_and {
                break;
            }
            let next = self.chunk(and + usize::from(has_and) + usize::from(with), end);
            // ", the Clinton aide" is an apposition, not a second source.
            let apposed = comma && !has_and && self.reading.is(and, Class::DETERMINER)
                || self.reading.is(and, Class::RELATIVE);
            // "Lee and Ek's report": the noun at the end is the source.
            let owned = next.name.is_none() && next.words.clone().any(|n| self.reading.possessive(n));
            if next.words.is_empty() || !has_and && next.name.is_none() || apposed || owned {
                break;
            }
            // "Lee of Lund University and Hospital" is one.
            let people = next.name.map_or(several(self.reading, next.head), |name| {
                let name = &self.out.mentions[name];
                name.kind == Some(SpeakerType::Person) && (name.words().len() > 1 || name.gender.is_some())
            });
            if placed && !people {
                break;
            }
            joined |= has_and;
            at = next.words.end;
            // "Lee and his future deputy, Bo Ek".
            let named = if next.name.is_none() { self.named_behind(&next, end) } else { None };
            if let Some(name) = named {
                at = at.max(self.out.mentions[name].words().end);
            }
            parts.push(named.map_or_else(|| self.part(&next), Part::Name));
        }
        if !joined {
            // Between the first name and "and" stands where it belongs.
            let name = first.name?;
            let place = |n: usize| matches!(self.reading.form(n), "of" | "from" | "at");
            let belongs = place(at) || self.reading.form(at) == "," && place(at + 1);
            let and = (first.words.end..end).find(|&n| {
                self.reading.form(n) == "and"
                    && (belongs && self.reading.form(n - 1) == "," && !self.reading.is(n + 1, Class::VERB)
                        || companions(self.reading, n + 1, end))
            })?;
            let next = self.chunk(and + 1, end);
            let several = next.name.is_some() || several(self.reading, next.head);
            if next.words.is_empty() || !several {
                return None;
            }
            parts = vec![Part::Name(name), self.part(&next)];
        }
        let last = parts.last().map_or(end, |p| self.words_of(p).end);
        let start = parts.first().map_or(first.words.start, |p| self.words_of(p).start);
        let known = self.joint_at.get(&(start, last)).copied();
        if !parts.iter().any(|p| matches!(p, Part::Name(_))) {
            return known.filter(|_| last >= end);
        }
        // "the two candidates, Ann Lee and Bo Ek,": the names say who.
        let introduced = several(self.reading, first.head) && parts.len() > 2 && first.name.is_none();
        if introduced && parts.iter().skip(1).all(|p| matches!(p, Part::Name(_))) {
            parts.remove(0);
        }
        let last = parts.last().map_or(end, |p| self.words_of(p).end);
        let start = parts.first().map_or(first.words.start, |p| self.words_of(p).start);
        if let Some(&known) = self.joint_at.get(&(start, last)) {
            return Some(known);
        }
        let mut mention = Mention::new(first.words.start..last, Shape::Joint, None);
        mention.plural = true;
        let joint = self.add(mention);
        self.out.parts.push((joint, parts));
        Some(joint)
    }

    /// Behind "(R-Fla.)", where one starts.
    fn behind_bracket(&self, at: usize, end: usize) -> usize {
        // ", R-Ohio": the same between commas.
        let party = self.reading.form(at + 1);
        if self.reading.form(at) == ","
            && ["R-", "D-", "I-"].iter().any(|p| party.starts_with(p))
            && at + 2 <= end
        {
            return at + 2;
        }
        let opens = self.reading.form(at) == "(";
        let close = opens.then(|| (at..end.min(at + 8)).find(|&n| self.reading.form(n) == ")")).flatten();
        close.map_or(at, |n| n + 1)
    }

    /// Behind "of the Sea Centre in Lund" or ", of Lund": where the name before belongs.
    fn behind_place(&self, at: usize, end: usize) -> usize {
        let place = |n: usize| matches!(self.reading.form(n), "of" | "from" | "at");
        let start = at + usize::from(self.reading.form(at) == ",");
        if !place(start) {
            return at;
        }
        let mut n = start + 1;
        while n < end {
            let small = matches!(self.reading.form(n), "the" | "of" | "for" | "in" | "at");
            n = match self.name_from(n, end) {
                Some((_, stop)) => stop,
                None if small || self.reading.capital(n) => n + 1,
                None => break,
            };
        }
        if n < end && matches!(self.reading.form(n), "," | "and" | "&") { n } else { at }
    }

    fn part(&self, chunk: &Chunk) -> Part {
        // "He and his aides": the pronoun's mention.
        let pronoun = (chunk.words.len() == 1).then(|| self.mention_at(chunk.head)).flatten();
        let pronoun = pronoun.filter(|&m| matches!(self.out.mentions[m].shape, Shape::Pronoun(_)));
        chunk.name.or(pronoun).map_or_else(|| Part::Words(chunk.words.clone()), Part::Name)
    }
}

/// "colleagues", "his team": those who act with the person named before.
fn companions(reading: &Reading, at: usize, end: usize) -> bool {
    let noun = if reading.is(at, Class::POSSESSIVE) { at + 1 } else { at };
    noun < end
        && matches!(
            reading.form(noun),
            "colleagues" | "team" | "co-workers" | "coworkers" | "co-authors" | "others" | "associates"
        )
}
