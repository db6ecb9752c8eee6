//! Roles that several share: "Sens. Ann Lee and Bo Ek", "two voters, Ann Lee and Bo Ek", "Lee and Ek, engineers at".

use std::ops::Range;

use super::lexicon::Class;
use super::reading::Reading;
use super::role::{behind_brackets, head, phrase_end, phrase_start};

/// How far a list of names reaches, in words.
const LONGEST: usize = 24;

/// The role that the list around a name gives to each in it.
pub(super) fn role(reading: &Reading, name: &Range<usize>) -> Option<Range<usize>> {
    before(reading, name).or_else(|| behind(reading, name))
}

/// "Sens.", "two voters,": the plural that opens the list.
fn before(reading: &Reading, name: &Range<usize>) -> Option<Range<usize>> {
    let floor = reading.sentence_words(name.start).start.max(name.start.saturating_sub(LONGEST));
    let mut n = name.start;
    // A name opens the list only if another follows.
    let mut listed = false;
    while n > floor {
        n -= 1;
        match reading.form(n) {
            "and" => listed = true,
            "," | "&" => (),
            ")" => n = (floor..n).rev().find(|&m| reading.form(m) == "(")?,
            _ if several(reading, n) => {
                let more = listed || next_name(reading, name.end).is_some();
                return more.then(|| phrase_start(reading, n, false)..n + 1);
            }
            _ if named(reading, n) => (),
            _ => return None,
        }
    }
    None
}

/// ", engineers at the firm": the plural behind the list.
fn behind(reading: &Reading, name: &Range<usize>) -> Option<Range<usize>> {
    let limit = reading.sentence_words(name.start).end.min(name.end + LONGEST);
    let mut end = name.end;
    let mut listed = name.start.checked_sub(1).is_some_and(|n| reading.form(n) == "and");
    while end < limit {
        let Some(next) = next_name(reading, end) else { break };
        listed = true;
        end = (next..limit).find(|&n| !named(reading, n)).unwrap_or(limit);
    }
    let comma = behind_brackets(reading, end)?;
    if !listed || reading.form(comma) != "," {
        return None;
    }
    let at = comma + 1;
    let end = phrase_end(reading, at, at + LONGEST);
    let noun = head(reading, at, end)?;
    let plural = reading.is(noun, Class::PERSON) && reading.is(noun, Class::PLURAL);
    (plural && !reading.is_word(end)).then_some(at..end)
}

/// Where the next name of a list starts, if `end` closes one.
fn next_name(reading: &Reading, end: usize) -> Option<usize> {
    let mut at = behind_brackets(reading, end)?;
    let comma = reading.form(at) == ",";
    at += usize::from(comma);
    let and = reading.form(at) == "and";
    at += usize::from(and);
    ((comma || and) && named(reading, at)).then_some(at)
}

/// A plural title or noun: "Sens.", "voters".
fn several(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    class.is(Class::PERSON) && class.is(Class::PLURAL)
        || class.is(Class::TITLE) && reading.form(n).trim_end_matches('.').ends_with('s')
}

/// A word of a name or a title before it.
fn named(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    reading.capital(n)
        && !class.is(Class::CALENDAR)
        && !class.is(Class::NATION)
        && (!class.is(Class::GRAMMAR) || class.is(Class::TITLE))
        || class.is(Class::PARTICLE) && reading.capital(n + 1)
}
