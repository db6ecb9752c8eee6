//! Noun phrases without a name, and pronouns: "the minister", "two officials", "his".

use std::ops::Range;

use super::lexicon::Class;
use super::mention::{Mention, Pronoun, Shape, pronoun};
use super::person::gender_of;
use super::reading::Reading;
use super::role::phrase_start;
use crate::record::SpeakerType;

/// All mentions of the text: `names`, and what stands between them, in order.
pub(super) fn mentions(reading: &Reading, names: Vec<Mention>) -> Vec<Mention> {
    // A list that grew would be twice in memory.
    let mut out = Vec::with_capacity(names.len() + reading.segments.words.len() / 7);
    let mut names = names.into_iter().peekable();
    // Where the last phrase with a name in it, and its "'s", ends.
    let mut reach = 0;
    let mut n = 0;
    while n < reading.segments.words.len() {
        if let Some(name) = names.next_if(|name| name.words().start <= n) {
            n = n.max(name.words().end);
            out.push(name);
            continue;
        }
        if let Some(which) = pronoun(reading.form(n)).filter(|_| reading.class(n) != Class::STATE) {
            let mut mention = Mention::new(n..n + 1, Shape::Pronoun(which), None);
            mention.plural = which == Pronoun::They;
            out.push(mention);
        } else if heads_phrase(reading, n) && names.peek().is_none_or(|name| name.words().start > n + 1) {
            let mut mention = nominal(reading, n);
            // "an adviser to Ann Lee's campaign": the mention before, up to "Lee", is not cut.
            mention.set_words(mention.words().start.max(reach).min(n)..mention.words().end);
            // "an adviser to Ann Lee": whose adviser is part of who it is.
            let next =
                names.peek().filter(|name| name.words().start == n + 2 && reading.is(n, Class::PERSON));
            if let Some(name) = next.filter(|_| matches!(reading.form(n + 1), "of" | "for" | "to" | "with")) {
                mention.set_words(mention.words().start..name.words().end);
                reach = name.words().end + usize::from(reading.possessive(name.words().end));
            }
            out.push(mention);
        }
        n += 1;
    }
    out.extend(names);
    out
}

/// True if the word is a noun that heads its phrase: not the "minister" of "minister Ann Lee".
fn heads_phrase(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    if !class.is(Class::NOUN) {
        return false;
    }
    // "companies report profits": a verb behind a noun in the plural.
    let verb = class.is(Class::TEXT)
        && !class.is(Class::PLURAL)
        && n.checked_sub(1).is_some_and(|p| {
            let before = reading.class(p);
            before.is(Class::PERSON) && before.is(Class::PLURAL)
                || before.is(Class::BODY) && before.is(Class::PLURAL)
        })
        && !reading.capital(n);
    if verb {
        return false;
    }
    let next = reading.class(n + 1);
    if !reading.is_word(n + 1) {
        return !matches!(reading.form(n + 1), "-" | "/");
    }
    if next.is(Class::GRAMMAR) || next.is(Class::CALENDAR) || reading.possessive(n + 1) {
        return true;
    }
    if next.is(Class::NOUN) || reading.capital(n + 1) {
        return false;
    }
    let form = reading.form(n + 1);
    class.is(Class::PLURAL)
        || form.ends_with("ed")
        || form.ends_with("ing")
        || form.ends_with('s') && !next.is(Class::NOUN)
}

/// The phrase whose noun is `head`.
pub(super) fn nominal(reading: &Reading, head: usize) -> Mention {
    let start = own_start(reading, phrase_start(reading, head, true), head);
    let mut mention = Mention::new(start..head + 1, Shape::Nominal, kind(reading, head));
    mention.plural = plural(reading, &mention.words(), head);
    mention.gender = gender_of(reading.class(head)).filter(|_| !mention.plural);
    mention
}

/// "no law requiring candidates", "the team polled 12 people", "the study 16 people": the start without a noun that
/// has a phrase of its own.
fn own_start(reading: &Reading, start: usize, head: usize) -> usize {
    let other = (start..head).rev().find(|&n| {
        let next = reading.form(n + 1);
        let participle = next.len() > 5 && next.ends_with("ing") && !reading.is(n + 1, Class::NOUN);
        let digits = |n: usize| reading.form(n).starts_with(|c: char| c.is_ascii_digit());
        let past = next.len() > 4 && next.ends_with("ed") && digits(n + 2);
        let participle = participle || past;
        let number = next.bytes().all(|b| b.is_ascii_digit()) && !next.is_empty();
        n + 1 < head
            && reading.is(n, Class::NOUN)
            && !reading.capital(n)
            && (participle && n + 2 <= head || number)
    });
    match other {
        Some(n) if ["ing", "ed"].iter().any(|e| reading.form(n + 1).ends_with(e)) => n + 2,
        Some(n) => n + 1,
        None => start,
    }
}

/// What the noun `head` stands for.
pub(super) fn kind(reading: &Reading, head: usize) -> Option<SpeakerType> {
    let class = reading.class(head);
    let plural = class.is(Class::PLURAL);
    // "a group of designers", "a number of farmers".
    let of = |n: usize| reading.form(n) == "of";
    let several = of(head + 1)
        && (head + 2..head + 8)
            .take_while(|&n| reading.is_word(n))
            .any(|n| reading.is(n, Class::PERSON) && reading.is(n, Class::PLURAL));
    if several && matches!(reading.form(head), "group" | "number" | "handful" | "series" | "range" | "Number")
    {
        return Some(SpeakerType::Group);
    }
    if class.is(Class::PEOPLE) {
        Some(SpeakerType::Group)
    } else if class.is(Class::PERSON) {
        Some(if plural { SpeakerType::Group } else { SpeakerType::Unnamed })
    } else if class.is(Class::BODY) {
        Some(if plural { SpeakerType::Group } else { SpeakerType::Organization })
    } else if class.is(Class::TEXT) {
        Some(SpeakerType::Document)
    } else {
        None
    }
}

fn plural(reading: &Reading, words: &Range<usize>, head: usize) -> bool {
    let class = reading.class(head);
    class.is(Class::PLURAL)
        || class.is(Class::PEOPLE)
        || reading.is(words.start, Class::SEVERAL) && words.len() > 1
}
