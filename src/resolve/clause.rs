//! Clauses that tell an office or trade: "who heads the Lund office", "who served as mayor".

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Class, rows};
use super::reading::Reading;
use super::role::{behind_brackets, complement, phrase_end};

pub(super) const CALLINGS: &str = include_str!("callings.tsv");

/// Words of a clause that are looked at.
const LONGEST: usize = 30;

/// How a verb tells a role.
#[derive(Clone, Copy, PartialEq)]
enum Calling {
    Does,
    Is,
    As,
    There,
}

static VERBS: LazyLock<HashMap<&'static str, Calling>> = LazyLock::new(|| {
    let calling = |class: &str| match class {
        "does" => Some(Calling::Does),
        "is" => Some(Calling::Is),
        "as" => Some(Calling::As),
        "there" => Some(Calling::There),
        _ => None,
    };
    rows(CALLINGS).filter_map(|(verb, class, _)| Some((verb, calling(class)?))).collect()
});

/// The role that a clause right behind a name tells.
pub(super) fn role(reading: &Reading, name_end: usize) -> Option<Range<usize>> {
    let mut at = behind_brackets(reading, name_end)?;
    if reading.form(at) == "," {
        at += 1;
    }
    if reading.form(at) != "who" {
        return None;
    }
    at += 1;
    // "who has long served as", "who now heads".
    let waits = |n: usize| reading.is(n, Class::VERB) && !VERBS.contains_key(reading.form(n));
    while waits(at) && at < name_end + LONGEST {
        at += 1;
    }
    match VERBS.get(reading.form(at))? {
        Calling::Is => {
            let adverb = matches!(reading.form(at + 1), "now" | "also" | "currently" | "still");
            complement(reading, at + 1 + usize::from(adverb))
        }
        Calling::As => {
            (at + 1..at + 4).find(|&n| reading.form(n) == "as").and_then(|n| complement(reading, n + 1))
        }
        Calling::There => {
            let placed = matches!(reading.form(at + 1), "at" | "for" | "in" | "with");
            placed.then(|| at..end(reading, at + 1)).filter(|r| r.len() > 2)
        }
        Calling::Does => {
            // "who leads by ten points" says nothing of an office.
            let object = reading.is_word(at + 1) && !reading.is(at + 1, Class::PREPOSITION);
            let role = at..end(reading, at + 1);
            (object && role.len() > 1).then_some(role)
        }
    }
}

/// Words between whose office it was and "as".
const HELD_REACH: usize = 6;

/// "her years as mayor", "Lee's time as mayor", "Lee, serving as mayor": an office that someone holds or held.
pub(super) fn held(reading: &Reading, owner_end: usize) -> Option<Range<usize>> {
    let serves = |n: usize| matches!(reading.form(n), "serving" | "served" | "serves");
    let owner = owner_end.checked_sub(1)?;
    let owns = reading.possessive(owner_end) || reading.is(owner, Class::POSSESSIVE);
    let next = owner_end + usize::from(reading.possessive(owner_end) || reading.form(owner_end) == ",");
    if !owns && !serves(next) {
        return None;
    }
    let limit = (next + HELD_REACH).min(reading.sentence_words(owner).end);
    let stops = |n: usize| !reading.is_word(n) || reading.is(n, Class::RELATIVE);
    let by = (next..limit).take_while(|&n| !stops(n)).find(|&n| reading.form(n) == "as")?;
    let bare = !reading.is(by + 1, Class::DETERMINER) && by > owner_end;
    complement(reading, by + 1).filter(|_| bare)
}

/// Where the clause ends: at a sign, or where another verb goes on.
fn end(reading: &Reading, at: usize) -> usize {
    let end = phrase_end(reading, at, at + LONGEST);
    // "and lent the crew": a word between "and" and an article is a verb, whatever its form.
    let verb = |n: usize| {
        let object = !reading.is(n, Class::DETERMINER) && reading.is(n + 1, Class::DETERMINER);
        reading.is(n, Class::VERB) || reading.form(n).ends_with("ed") || object
    };
    let goes_on = (at..end).find(|&n| {
        reading.is(n, Class::CONJUNCTION) && (n + 1 >= end || !reading.capital(n + 1) && verb(n + 1))
    });
    goes_on.unwrap_or(end)
}
