//! Words for an office or trade next to a name.

use std::ops::Range;

use super::lexicon::{self, Class};
use super::mention::{Gender, Pronoun, pronoun};
use super::person::gender_of;
use super::reading::Reading;
use crate::encode::Entity;

/// How far a phrase reaches to the left of its noun, in words.
const LONGEST_LEFT: usize = 12;

/// How far an apposition reaches to the right.
const LONGEST_RIGHT: usize = 30;

/// "Ukrainian President", "Fox News host", "Rubio's deputy manager,": the role before a name at `name`.
pub(super) fn before(reading: &Reading, name: usize) -> Option<Range<usize>> {
    let mut last = name.checked_sub(1)?;
    if reading.sentence(last) != reading.sentence(name) {
        return None;
    }
    let mut apposed = false;
    if reading.form(last) == "," {
        last = last.checked_sub(1)?;
        apposed = true;
        if !reading.is(last, Class::PERSON) {
            return None;
        }
    }
    if let Some(role) = titled(reading, last) {
        return Some(role);
    }
    // "Mr." tells no office: the word before it may.
    let courtesy = |n: usize| gender_of(reading.class(n)).is_some() && !reading.is(n, Class::PERSON);
    if courtesy(last) {
        last = last.checked_sub(1).filter(|&n| reading.sentence(n) == reading.sentence(name))?;
        if !reading.is(last, Class::PERSON) && !reading.is(last, Class::TITLE) {
            return None;
        }
    }
    let class = reading.class(last);
    if apposed && class.is(Class::PLURAL) {
        return None;
    }
    if !(class.is(Class::TITLE) || class.is(Class::PERSON)) {
        return state_role(reading, last);
    }
    let start = phrase_start(reading, last, false);
    // "a woman as mayor, Lee told them": a bare noun before a comma is no apposition.
    let before = start.checked_sub(1).filter(|&n| reading.sentence(n) == reading.sentence(name));
    let opened = before.is_none_or(|n| reading.is(n, Class::DETERMINER) || reading.form(n) == "As")
        || (start..last).any(|n| reading.possessive(n) || reading.is(n, Class::POSSESSIVE));
    if apposed && !opened {
        return None;
    }
    // An apposition is given with its article.
    let article = start.checked_sub(1).filter(|&n| apposed && reading.form(n).eq_ignore_ascii_case("the"));
    Some(article.unwrap_or(start)..last + 1)
}

/// "the vet of the zoo, Dr" before a name: the office before the comma tells more than the title.
fn titled(reading: &Reading, title: usize) -> Option<Range<usize>> {
    let noun = title.checked_sub(2).filter(|_| reading.is(title, Class::TITLE))?;
    let comma = reading.form(title - 1) == ",";
    let office = reading.is(noun, Class::PERSON) && !reading.is(noun, Class::PLURAL);
    let bare = phrase_start(reading, noun, false);
    let whole = phrase_start(reading, noun, true);
    let definite = reading.is(whole, Class::DEFINITE) || (bare..noun).any(|n| reading.possessive(n));
    (comma && office && definite && reading.sentence(noun) == reading.sentence(title))
        .then_some(bare..noun + 1)
}

/// "the senator from Ohio, Ann Lee,": the noun stands before a preposition, the name between commas.
pub(super) fn placed_before(reading: &Reading, name: &Range<usize>) -> Option<Range<usize>> {
    let last = name.start.checked_sub(2).filter(|&n| reading.form(n + 1) == ",")?;
    let floor = reading.sentence_words(last).start.max(last.saturating_sub(LONGEST_LEFT));
    let apart = name.len() > 1
        && (!reading.is_word(name.end) || reading.sentence(name.end) != reading.sentence(name.start));
    let plain =
        |n: &usize| reading.is_word(*n) && !reading.is(*n, Class::VERB) && !reading.is(*n, Class::RELATIVE);
    let noun = (floor..=last).rev().take_while(plain).find(|&n| {
        reading.is(n, Class::PERSON) && matches!(reading.form(n + 1), "of" | "from" | "for" | "in" | "at")
    })?;
    let start = phrase_start(reading, noun, true);
    let one = reading.is(start, Class::DEFINITE) || reading.is(start, Class::INDEFINITE);
    (apart && one && !reading.is(noun, Class::PLURAL)).then_some(start + 1..last + 1)
}

/// "secretary of state", "director of policy" right before a name.
fn state_role(reading: &Reading, last: usize) -> Option<Range<usize>> {
    let of = (last.saturating_sub(3)..last).rev().find(|&n| reading.form(n) == "of")?;
    let noun = of.checked_sub(1)?;
    let headed = (reading.is(noun, Class::PERSON) || reading.is(noun, Class::TITLE))
        && !reading.is(noun, Class::PLURAL);
    let plain = (of + 1..=last).all(|n| reading.is_word(n) && !reading.is(n, Class::GRAMMAR));
    (headed && plain).then(|| phrase_start(reading, noun, false)..last + 1)
}

/// The gender that titles and nouns before a name tell: "Mrs.", "his wife".
pub(super) fn gender(reading: &Reading, name: usize) -> Option<Gender> {
    let sentence = reading.sentence_words(name).start;
    let near = (sentence.max(name.saturating_sub(3))..name).rev();
    near.take_while(|&n| {
        let class = reading.class(n);
        class.is(Class::TITLE) || class.is(Class::PERSON) || reading.form(n) == ","
    })
    .find_map(|n| gender_of(reading.class(n)))
}

/// The first word of the noun phrase whose noun is `head`, with its determiner if `whole`.
pub(super) fn phrase_start(reading: &Reading, head: usize, whole: bool) -> usize {
    let floor = reading.sentence_words(head).start.max(head.saturating_sub(LONGEST_LEFT));
    let mut start = head;
    while start > floor {
        let n = start - 1;
        let class = reading.class(n);
        let form = reading.form(n);
        if class.is(Class::STATE) || reading.capital(n) && reading.entity(n) != Entity::None {
            start = n;
            continue;
        }
        if class.is(Class::DETERMINER) {
            let amount = class.is(Class::SEVERAL) && n > floor && reading.is(n - 1, Class::DETERMINER);
            if whole {
                start = n;
            }
            if amount {
                start = n;
                continue;
            }
            break;
        }
        if reading.possessive(n) && n > floor && reading.is_word(n - 1) {
            start = n;
            continue;
        }
        // "treat President Lee": small letters before a capital title are a verb, unless they describe.
        let small = reading.capital(head) && !reading.capital(n) && !whole && !reading.opens(head);
        let joins = match form {
            _ if small
                && reading.is_word(n)
                && !class.is(Class::NOUN)
                && !class.is(Class::DESCRIBES)
                && !matches!(form, "and" | "of") =>
            {
                false
            }
            "and" => {
                let nations = |m: usize| reading.is(m, Class::NATION) || reading.is(m, Class::STATE);
                n > floor
                    && (reading.is(n - 1, Class::PERSON) && !reading.is(n - 1, Class::PLURAL) && !whole
                        || nations(n - 1) && nations(start))
            }
            "of" => n > floor && reading.is(n - 1, Class::PERSON) && !whole,
            "-" | "/" | "&" => n > floor && reading.is_word(n - 1),
            "“" | "\"" | "”" | "''" | "``" => false,
            _ => {
                reading.is_word(n)
                    && !class.is(Class::GRAMMAR)
                    && !class.is(Class::CALENDAR)
                    && describes(reading, n, floor)
            }
        };
        if !joins {
            break;
        }
        start = n;
    }
    start
}

/// False for a participle that is a verb: "praised" before "senator", but not in "a newly formed group".
fn describes(reading: &Reading, n: usize, floor: usize) -> bool {
    let form = reading.form(n);
    let participle = form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing"));
    if !participle || form.contains('-') || reading.capital(n) || reading.class(n).is(Class::DESCRIBES) {
        return true;
    }
    if reading.class(n).is(Class::NOUN) {
        return true;
    }
    (floor.max(n.saturating_sub(3))..n)
        .rev()
        .take_while(|&m| reading.is_word(m))
        .any(|m| reading.is(m, Class::DETERMINER))
}

/// ", the U.S. secretary of state,": the role behind a name that ends at `name`, within `limit`.
pub(super) fn after(reading: &Reading, name: usize, limit: usize, person: bool) -> Option<Range<usize>> {
    let mut at = beyond_place(reading, behind_brackets(reading, name)?);
    if !matches!(reading.form(at), "," | "--" | "—" | "–" | "-" | "(") || at >= limit {
        return None;
    }
    at += 1;
    let aged = reading.form(at).bytes().all(|b| b.is_ascii_digit()) && reading.form(at + 1) == ",";
    if aged {
        at += 2;
    }
    let end = phrase_end(reading, at, limit.min(at + LONGEST_RIGHT));
    // "one of the authors".
    let one_of = reading.form(at) == "one" && reading.form(at + 1) == "of";
    let head = head(reading, at + if one_of { 2 } else { 0 }, end)?;
    let class = reading.class(head);
    let article = matches!(reading.form(at), "a" | "an");
    let body = !person && class.is(Class::BODY) && (article || reading.form(at) == "the");
    let opened = article || reading.form(at) == "the";
    // "the Party Committeeman": a capital hides the ending from the lists.
    let capital = opened && at < head && lexicon::class(&reading.form(head).to_lowercase()).is(Class::PERSON);
    let names = (class.is(Class::PERSON) || capital) && class.is(Class::PLURAL) == one_of || body;
    if !reading.is_word(at) {
        return None;
    }
    if reading.is(at, Class::RELATIVE)
        || reading.form(at) == "whose"
        || pronoun(reading.form(at)) == Some(Pronoun::First)
    {
        return None;
    }
    let closed = reading.sentence(end) != reading.sentence(name)
        || !reading.is_word(end)
        || reading.is(end, Class::RELATIVE)
        || reading.is(end, Class::VERB);
    let end = listed_end(reading, end, limit);
    (at < end && closed && (names || article && !class.is(Class::NOUN) && (aged || reading.form(end) == ",")))
        .then_some(at..end)
}

/// The end of "a teacher, coach and senator", whose first noun ends at `end`.
fn listed_end(reading: &Reading, end: usize, limit: usize) -> usize {
    let next = phrase_end(reading, end + 1, limit);
    let more = reading.form(end) == "," && reading.is(end + 1, Class::PERSON);
    let last = (end + 2..next).find(|&n| reading.form(n) == "and");
    let trade = last.is_some_and(|n| reading.is(n + 1, Class::PERSON) && !reading.capital(n + 1));
    if more && trade { next } else { end }
}

/// Behind "(D-Ohio)" at `at`, if anything stands in brackets there.
pub(super) fn behind_brackets(reading: &Reading, at: usize) -> Option<usize> {
    if reading.form(at) != "(" {
        return Some(at);
    }
    (at..at + 8).find(|&n| reading.form(n) == ")").map(|n| n + 1)
}

/// Behind "of Ohio" or ", D-Ohio" in "Ann Lee of Ohio, the board's head": what parts a name from its apposition.
fn beyond_place(reading: &Reading, at: usize) -> usize {
    let party = reading.form(at + 1);
    if reading.form(at) == ","
        && ["D-", "I-", "R-"].iter().any(|p| party.starts_with(p) || p.trim_end_matches('-') == party)
    {
        let end = (at + 2..at + 6).find(|&n| reading.form(n) == ",");
        return end.unwrap_or(at);
    }
    if !matches!(reading.form(at), "of" | "from") || !reading.capital(at + 1) {
        return at;
    }
    let end = (at + 1..at + 5).find(|&n| !reading.capital(n));
    end.filter(|&n| reading.form(n) == ",").unwrap_or(at)
}

/// "is head of data management": what a sentence says that a person is.
pub(super) fn said_to_be(reading: &Reading, name: usize) -> Option<Range<usize>> {
    if !matches!(reading.form(name), "is" | "was") {
        return None;
    }
    let adverb = matches!(reading.form(name + 1), "now" | "also" | "currently" | "still");
    complement(reading, name + 1 + usize::from(adverb))
}

/// "a farmer", "head of data management": a phrase at `at` that says what someone is.
pub(super) fn complement(reading: &Reading, at: usize) -> Option<Range<usize>> {
    let end = phrase_end(reading, at, at + LONGEST_RIGHT);
    let head = head(reading, at, end)?;
    let class = reading.class(head);
    let office = class.is(Class::PERSON) && !class.is(Class::PLURAL);
    let first = reading.form(at);
    let verb =
        at < head && (first.ends_with("ing") || first.ends_with("ed")) && !reading.is(at, Class::DESCRIBES);
    let his = reading.is(at, Class::POSSESSIVE) && pronoun(first).is_some();
    // "during her first term", "from 1985": when, not what.
    let dated = (head + 1..end).find(|&n| {
        let year = reading.form(n + 1).starts_with(|c: char| c.is_ascii_digit());
        matches!(reading.form(n), "during" | "until" | "since") || year && reading.is(n, Class::PREPOSITION)
    });
    (at < end && office && !verb && !his).then(|| at..dated.unwrap_or(end))
}

/// "from the Bureau of Meteorology", "of the University of Ohio": where a person belongs, for want of a trade.
pub(super) fn belongs(reading: &Reading, name: usize, limit: usize) -> Option<Range<usize>> {
    let at = if reading.form(name) == "," { name + 1 } else { name };
    if !matches!(reading.form(at), "from" | "of" | "at" | "with") || at >= limit {
        return None;
    }
    let end = phrase_end(reading, at + 1, limit.min(at + LONGEST_RIGHT));
    // "with a lead over Lee" names no body.
    let own = (at + 1..end).take_while(|&n| reading.form(at) == "from" || !reading.is(n, Class::PREPOSITION));
    (end > at + 1 && own.into_iter().any(|n| reading.capital(n))).then_some(at..end)
}

/// "Lund Radio's" before a name at `name`: the body that someone works for, for want of a trade.
pub(super) fn employer(reading: &Reading, name: usize) -> Option<Range<usize>> {
    let mark = name.checked_sub(1).filter(|&n| reading.possessive(n))?;
    let floor = reading.sentence_words(mark).start.max(mark.saturating_sub(LONGEST_LEFT));
    let joins = |n: usize| reading.form(n) == "of" || reading.form(n) == "&";
    let part = |n: usize| reading.capital(n) && !reading.is(n, Class::DETERMINER);
    let mut start = mark;
    while start > floor && (part(start - 1) || joins(start - 1) && start > floor + 1 && part(start - 2)) {
        start -= 1;
    }
    let class = reading.class(start);
    let shouted = |n: usize| {
        let form = reading.form(n);
        form.len() > 1 && form.bytes().all(|b| b.is_ascii_uppercase())
    };
    let entity = |wanted: Entity| (start..mark).any(|n| reading.entity(n) == wanted);
    let body =
        entity(Entity::Organization) || (start..mark).any(|n| shouted(n) || reading.is(n, Class::BODY));
    // "Ohio's Ann Lee" works for nobody, "Lund Valley Water's" does.
    let several = start + 1 < mark && !entity(Entity::Place);
    let nation = start + 1 == mark && (class.is(Class::STATE) || class.is(Class::NATION));
    let other = nation || class.is(Class::CALENDAR);
    (start < mark && (body || several) && !entity(Entity::Person) && !other).then_some(start..name)
}

/// Where a phrase that starts at `at` ends: a comma, a verb, a relative.
pub(super) fn phrase_end(reading: &Reading, at: usize, limit: usize) -> usize {
    let limit = limit.min(reading.sentence_words(at).end);
    (at..limit)
        .find(|&n| {
            let class = reading.class(n);
            let sign =
                !reading.is_word(n) && !matches!(reading.form(n), "-" | "&" | "/" | "." | "'" | "’" | "$");
            // "a group called Lund First", "head of Lund Worldwide".
            let named = matches!(reading.form(n), "called" | "named") && reading.capital(n + 1)
                || n > at && reading.capital(n) && reading.capital(n - 1);
            sign || class.is(Class::RELATIVE)
                || class.is(Class::VERB) && !reading.possessive(n) && !named
                || reading.form(n) == "." && n + 1 >= limit
        })
        .unwrap_or(limit)
}

/// The noun that heads the phrase: the last word before its first preposition.
pub(super) fn head(reading: &Reading, at: usize, end: usize) -> Option<usize> {
    let before = |stop: usize| stop.checked_sub(1).filter(|&n| n >= at);
    let person = |stop: usize| before(stop).is_some_and(|n| reading.is(n, Class::PERSON));
    let preposition = (at + 1..end).find(|&n| reading.is(n, Class::PREPOSITION)).unwrap_or(end);
    let conjunction = (at + 1..preposition).find(|&n| reading.is(n, Class::CONJUNCTION));
    // "Roads and Bridges commissioner": one noun heads both parts.
    let stop = conjunction.filter(|&n| person(n) || !person(preposition)).unwrap_or(preposition);
    let last = before(stop)?;
    // "a farmer living near Lund", "an engineer accused of theft".
    let ending = |n: usize| reading.form(n).ends_with("ed") || reading.form(n).ends_with("ing");
    let participle = |n: usize| ending(n) && !reading.is_cue(n);
    if !reading.is(last, Class::NOUN) {
        let cut = (at..last).find(|&n| reading.is(n, Class::PERSON) && participle(n + 1));
        if cut.is_some() {
            return cut;
        }
    }
    // "a spokesman there": a small word behind the noun.
    let adverb = reading.is(last, Class::PRONOUN) && last > at && reading.is(last - 1, Class::PERSON);
    Some(if adverb { last - 1 } else { last })
}
