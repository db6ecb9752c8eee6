//! Names of bodies by their form: leagues of people, two words before "Commission", capitals alone.

use std::ops::Range;

use super::lexicon::{Class, is_country};
use super::names::starts_name;
use super::reading::Reading;
use crate::encode::Entity;

/// "Citizens for Clean Rivers", "Doctors Without Borders": people in the plural, and what they are for.
pub(super) fn opens_league(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    let people = class.is(Class::PEOPLE) || class.is(Class::PERSON) && class.is(Class::PLURAL);
    people
        && reading.capital(n)
        && !reading.is_headline(n)
        && matches!(reading.form(n + 1), "for" | "against" | "For" | "Against" | "Without")
        && reading.capital(n + 2)
        && !reading.is(n + 2, Class::STATE)
        && !matches!(reading.entity(n + 2), Entity::Place)
}

/// "the Securities and Exchange Commission": both words before the noun at the end say what it is for.
pub(super) fn double_body(reading: &Reading, before: usize, next: usize, limit: usize) -> bool {
    let end = (next..limit).find(|&n| !starts_name(reading, n)).unwrap_or(limit);
    let start = (before.saturating_sub(4)..=before).rev().take_while(|&n| reading.capital(n)).last();
    let Some(start) = start else { return false };
    let plain = |n: usize| match reading.entity(n) {
        Entity::Person => false,
        Entity::Place => reading.is(n, Class::NATION),
        _ => true,
    };
    let whole = reading.form(start.wrapping_sub(1)).eq_ignore_ascii_case("the") || start < before;
    // "Meat and Livestock Australia" ends with where it works.
    let country = is_country(reading.form(end - 1)) && reading.entity(end - 2) == Entity::Organization;
    let ends = reading.is(end - 1, Class::BODY) && !reading.is(end - 1, Class::PLURAL) && whole;
    end > next + 1
        && (ends || country && reading.entity(before) != Entity::Person)
        && !reading.is_headline(next)
        && (start..=before).chain(next..end - 1).all(plain)
        && !(start..=before).any(|n| reading.is(n, Class::BODY) || reading.is(n, Class::FIRM))
}

/// Words that are part of a country's or region's name.
pub(super) const COMPASS: [&str; 14] = [
    "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "New",
    "Great", "Greater", "Upper", "Lower",
];

/// "(R-Ohio)", "Lund-based": capitals that only describe.
pub(super) fn only_describes(form: &str) -> bool {
    let party = ["R-", "D-", "I-"].iter().any(|p| form.starts_with(p));
    let tails = ["-based", "-born", "-led", "-backed", "-owned", "-run", "-style", "-funded", "-area"];
    party || tails.iter().any(|t| form.ends_with(t))
}

/// "Brightwater Holdings", "HomeAid": the form tells a firm.
pub(super) fn is_firm(reading: &Reading, run: &Range<usize>) -> bool {
    if run.len() > 1 {
        return reading.is(run.end - 1, Class::FIRM) && reading.capital(run.end - 1);
    }
    let form = reading.form(run.start);
    let humps = form.char_indices().skip(1).filter(|&(at, c)| {
        c.is_uppercase() && form.get(..at).is_some_and(|before| before.ends_with(char::is_lowercase))
    });
    let mut humps = humps.map(|(at, _)| at);
    let Some(first) = humps.next().filter(|_| form.chars().all(char::is_alphabetic)) else { return false };
    let starts = form.get(..first).unwrap_or_default();
    form.len() > 6 && humps.next().is_some()
        || form.is_ascii() && first > 2 && !GIVES_CAPITAL.contains(&starts)
}

/// Starts of people's names before a capital, as in the Scottish ones.
const GIVES_CAPITAL: [&str; 12] =
    ["Mac", "Fitz", "Van", "Von", "Vander", "Del", "Della", "San", "Saint", "Mary", "Anna", "Ann"];

/// People whom news calls by their initials.
const INITIALS: [&str; 6] = ["JFK", "LBJ", "FDR", "AOC", "RFK", "MLK"];

/// "USDA says": capitals alone are a body, whatever the label, unless they are someone's initials.
pub(super) fn is_acronym(reading: &Reading, run: &Range<usize>) -> bool {
    let form = reading.form(run.start);
    run.len() == 1
        && (3..=7).contains(&form.len())
        && form.bytes().all(|b| b.is_ascii_uppercase())
        && !reading.is_headline(run.start)
        && !INITIALS.contains(&form)
        && !reading.is(run.start, Class::TITLE)
        && run.start.checked_sub(1).is_none_or(|n| !reading.is(n, Class::TITLE))
}
