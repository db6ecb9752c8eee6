//! Names of people, bodies and places, from capitals, titles and the encoder's entity labels.

use std::ops::Range;

use super::bodies::{COMPASS, double_body, is_acronym, is_firm, only_describes, opens_league};
use super::lexicon::{Class, is_country};
use super::mention::{Mention, Shape};
use super::person;
use super::reading::Reading;
use super::role;
use super::sole;
use crate::encode::Entity;
use crate::record::SpeakerType;

/// More capitals in a row than any name has.
const LONGEST_RUN: usize = 16;

/// All names of the text, in order.
pub(super) fn names(reading: &Reading) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < reading.segments.words.len() {
        if !starts_name(reading, at) {
            at += 1;
            continue;
        }
        let end = run_end(reading, at);
        pieces(reading, at..end, &mut out);
        at = end.max(at + 1);
    }
    out.shrink_to_fit();
    out
}

/// True if a name may start with, or go on with, this word.
pub(super) fn starts_name(reading: &Reading, n: usize) -> bool {
    // A verb that attributes has a capital in headlines; a noun that does may be all of a name ("Trump's Plan").
    if !reading.is_word(n) || reading.is_cue(n) && reading.entity(n) == Entity::None {
        return false;
    }
    let labelled = reading.entity(n) != Entity::None;
    let class = reading.class(n);
    // "Growers says": the plural of a trade that opens a sentence is no surname, whatever its label.
    let trades = class.is(Class::PERSON) && class.is(Class::PLURAL) && !reading.capital(n + 1);
    let trades = trades && !opens_league(reading, n);
    if only_describes(reading.form(n)) || trades && reading.opens(n) && !reading.is_proper(n) {
        return false;
    }
    // "the Welshman said", "the Argentine said", "The French said": where someone is from, whatever the label.
    let article = n > 0 && matches!(reading.form(n - 1), "the" | "The" | "a" | "an");
    if article && reading.is(n + 1, Class::GRAMMAR) && person::comes_from(reading, n) {
        return false;
    }
    if !reading.capital(n) {
        // "al-Sisi", "de Blasio", "iPhone": lower case with a label, before a capital or with one inside.
        let inside = reading.form(n).chars().any(char::is_uppercase);
        return inside && !class.is(Class::GRAMMAR)
            || class.is(Class::PARTICLE) && !class.is(Class::GRAMMAR) && labelled && reading.capital(n + 1);
    }
    if class.is(Class::PRONOUN) || class.is(Class::CALENDAR) && reading.entity(n) != Entity::Person {
        return false;
    }
    // "US" is a country, "us" a pronoun: the capital of a word of grammar needs a label.
    if class.is(Class::GRAMMAR) {
        // "USA TODAY": capitals throughout, in a sentence that has others.
        let shouted = reading.form(n).len() > 2
            && reading.form(n).chars().all(char::is_uppercase)
            && n > 0
            && reading.capital(n - 1);
        if shouted && !reading.is_headline(n) {
            return true;
        }
        // "Do Trong Hieu": a surname before two words that name a person.
        if person::opens_with_surname(reading, n) {
            return true;
        }
        let never =
            class.is(Class::DETERMINER) || class.is(Class::PREPOSITION) || class.is(Class::CONJUNCTION);
        return labelled && !never && !class.is(Class::RELATIVE) && !reading.is_headline(n);
    }
    if class.is(Class::DESCRIBES) && reading.opens(n) && !labelled {
        return false;
    }
    if labelled || class.is(Class::TITLE) || opens_league(reading, n) {
        return true;
    }
    let acronym = || reading.form(n).len() > 1 && reading.form(n).chars().all(char::is_uppercase);
    if reading.opens(n) && !reading.is_headline(n) && !class.is(Class::NOUN) && acronym() {
        return true;
    }
    if class == Class::STATE && is_country(reading.form(n)) {
        return true;
    }
    if reading.opens(n) || reading.is_headline(n) {
        // "Consuelo de la Peña".
        let particle = |m: usize| reading.is(m, Class::PARTICLE) && !reading.is(m, Class::GRAMMAR);
        let nickname = reading.is_mark(n + 1)
            && reading.capital(n + 2)
            && reading.is_mark(n + 3)
            && reading.capital(n + 4);
        let goes_on = nickname
            || reading.capital(n + 1)
            || person::opens_surname(reading, n + 1)
            || particle(n + 1)
                && (reading.capital(n + 2)
                    || (particle(n + 2) || reading.form(n + 2) == "la") && reading.capital(n + 3));
        let alone = !goes_on || reading.is_headline(n);
        // "Hunter said", where the text has "Duncan Hunter".
        let surname = || {
            reading.is_proper(n)
                && class.is(Class::PERSON)
                && !class.is(Class::PLURAL)
                && !reading.capital(n + 1)
        };
        let known = || reading.is_proper(n) || sole::name(reading, n);
        return if class.is(Class::NOUN) { !alone || surname() } else { !alone || known() };
    }
    true
}

/// The end of the run of capitals, particles and joining words that starts at `start`.
fn run_end(reading: &Reading, start: usize) -> usize {
    let limit = reading.sentence_words(start).end.min(start + LONGEST_RUN);
    let mut at = start + 1;
    while at < limit {
        if starts_name(reading, at) {
            at += 1;
            continue;
        }
        let Some(joined) = joins(reading, at, limit) else { break };
        at += joined;
    }
    at
}

/// How many words at `at` join the capitals before them to those behind.
fn joins(reading: &Reading, at: usize, limit: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let go_on = |n: usize| n < limit && starts_name(reading, n);
    let body = |n: usize| reading.entity(n) == Entity::Organization;
    let form = reading.form(at);
    if reading.is(at, Class::PARTICLE) && form.starts_with(char::is_lowercase) {
        let second = reading.is(at + 1, Class::PARTICLE) || reading.form(at + 1) == "la";
        if go_on(at + 1) {
            return Some(1);
        }
        return (second && go_on(at + 2)).then_some(2);
    }
    // "Ernest “Boots” Calloway": a nickname between marks.
    let nickname = reading.is_mark(at) && reading.is_mark(at + 2) && reading.capital(at + 1);
    if nickname && !reading.is(at + 1, Class::GRAMMAR) && reading.capital(before) && go_on(at + 3) {
        return Some(3);
    }
    // "the Court of Appeals for the 9th Circuit".
    let ordinal = form.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|e| form.ends_with(e));
    if ordinal && matches!(reading.form(before), "the" | "for" | "of") && go_on(at + 1) {
        return Some(1);
    }
    match form {
        "for" | "against" | "For" | "Against" | "Without" if opens_league(reading, before) => Some(1),
        "and" if double_body(reading, before, at + 1, limit) => Some(1),
        "," => (reading.is(at + 1, Class::SUFFIX) && reading.capital(at + 1) && at + 1 < limit).then_some(2),
        "&" | "-" | "/" => (go_on(at + 1) && body(before) && body(at + 1)).then_some(1),
        "of" | "for" | "and" | "in" | "on" | "to" | "the" => {
            let article = reading.form(at + 1) == "the";
            let next = at + 1 + usize::from(article);
            let labelled = body(before) && body(at) && body(next);
            // "Department of Justice" needs no label, "Bank of Japan and Toyota" shows why others do.
            let body_near = (before.saturating_sub(3)..=before)
                .rev()
                .take_while(|&n| reading.capital(n) || reading.form(n) == "of");
            let headed = match form {
                "of" => reading.is(before, Class::BODY) && reading.capital(before),
                "on" | "for" => body_near.into_iter().any(|n| reading.is(n, Class::BODY)),
                _ => false,
            };
            let counted = reading.form(next).starts_with(|c: char| c.is_ascii_digit()) && go_on(next + 1);
            ((go_on(next) || counted) && (labelled || headed)).then_some(1 + usize::from(article))
        }
        _ if reading.possessive(at) && go_on(at + 1) => {
            let plural = reading.is(before, Class::PERSON) && reading.is(before, Class::PLURAL);
            // "Lund County Coroner's Office": an office in capitals has an office in capitals.
            let held = reading.is(before, Class::PERSON) && reading.is(at + 1, Class::BODY);
            (plural || held || body(before) && body(at) && body(at + 1)).then_some(1)
        }
        _ => None,
    }
}

/// Cuts a run of capitals into names: "New Jersey Gov. Chris Christie" holds two.
fn pieces(reading: &Reading, run: Range<usize>, out: &mut Vec<Mention>) {
    let mut run = run;
    // Joining words and bare numbers at the edges belong to no name.
    while run.start < run.end && !starts_name(reading, run.end - 1) && !reading.is(run.end - 1, Class::SUFFIX)
    {
        run.end -= 1;
    }
    if run.is_empty() {
        return;
    }
    let behind_title = run.len() == 2 && reading.is(run.start, Class::TITLE);
    if (run.len() == 1 || behind_title) && sole::name(reading, run.end - 1) {
        out.push(person_mention(reading, run.end - 1..run.end, run.end - 1));
        return;
    }
    // "Poor Mexico": a word that only opens the sentence, before a country.
    let country = run.start + 1..run.end;
    if run.len() > 1
        && reading.opens(run.start)
        && !COMPASS.contains(&reading.form(run.start))
        && !is_country(reading.words(&run))
        && is_country(reading.words(&country))
    {
        run = country;
    }
    // "super PAC Brightwater Action": the kind before the name.
    let kind = reading.is(run.start, Class::BODY) && reading.form(run.start).chars().all(char::is_uppercase);
    if run.len() > 1 && kind && !reading.opens(run.start) && reading.form(run.start) == "PAC" {
        run.start += 1;
    }
    // "University of Sydney PhD student": the degree goes with the trade.
    if reading.is(run.end - 1, Class::SUFFIX) && reading.is(run.end, Class::PERSON) && run.len() > 1 {
        run.end -= 1;
    }
    // "Chad said": a label may take a country or a firm that it does not know for a person.
    let known = is_country(reading.words(&run))
        || is_firm(reading, &run)
        || is_acronym(reading, &run)
        || run.clone().any(|n| opens_league(reading, n))
        || run.len() == 1 && reading.is(run.start, Class::PEOPLE) && reading.form(run.start).ends_with('s')
        || apposed(reading, &run)
        || described(reading, &run);
    let person = || {
        let labelled = person::labelled(reading, &run).or_else(|| person::titled(reading, &run));
        let surname = || run.len() == 3 && reading.is(run.start, Class::GRAMMAR);
        let family_first = || surname() && person::opens_with_surname(reading, run.start);
        labelled.or_else(|| person::given(reading, &run)).or_else(|| family_first().then(|| run.clone()))
    };
    if let Some(person) = person::behind_office(reading, &run) {
        let titles = person.start;
        out.push(person_mention(reading, person, titles));
        return;
    }
    let person = if known { None } else { person() };
    if let Some(person) = person {
        pieces_before(reading, run.start..person.start, out);
        let titles = person.start;
        out.push(person_mention(reading, person.clone(), titles));
        if person.end < run.end {
            pieces(reading, person.end..run.end, out);
        }
        return;
    }
    // "Republicans", "Senior Fellows", "Australian": descriptions, not names.
    let describes = |n: usize| reading.class(n).is(Class::NATION) || reading.class(n).is(Class::NOUN);
    let describes_all = run.clone().all(describes);
    if describes_all
        && !(run.len() > 1 && reading.is(run.end - 1, Class::BODY))
        && !labelled_body(reading, &run)
    {
        return;
    }
    // "a super PAC" is a kind of body, whatever its label.
    if run.len() == 1
        && reading.is(run.start, Class::BODY)
        && reading.form(run.start).chars().all(char::is_uppercase)
    {
        return;
    }
    // "Senate Republicans", "Harvard Professor": the noun at the end is described by the name before it.
    let last = reading.class(run.end - 1);
    if run.len() > 1 && last.is(Class::PERSON) && !labelled_body(reading, &(run.end - 1..run.end)) {
        return pieces(reading, run.start..run.end - 1, out);
    }
    let kind = kind_of(reading, &run).or_else(|| apposed(reading, &run).then_some(SpeakerType::Organization));
    let mut mention = Mention::new(run.clone(), Shape::Name, kind);
    let body = run.clone().any(|n| reading.is(n, Class::BODY) || reading.entity(n) == Entity::Organization);
    mention.place = kind == Some(SpeakerType::Organization)
        && !body
        && run.clone().any(|n| reading.entity(n) == Entity::Place);
    mention.open = kind == Some(SpeakerType::Organization) && person::may_be(reading, &run);
    if kind.is_none() && run.len() > 1 {
        // "His wife, Jane Holt": the words before tell that it is a person.
        mention.set_role(role::before(reading, run.start));
        mention.gender = role::gender(reading, run.start);
        if mention.role().is_some() || mention.gender.is_some() {
            mention.kind = Some(SpeakerType::Person);
        }
    }
    describe(reading, &mut mention);
    out.push(mention);
}

/// "Web company Hitwise", "the journal Nature": the noun before a name says what it is.
fn describe(reading: &Reading, mention: &mut Mention) {
    let Some(noun) = mention.words().start.checked_sub(1) else { return };
    let class = reading.class(noun);
    if reading.sentence(noun) != reading.sentence(mention.head())
        || reading.capital(noun) && !reading.opens(noun)
    {
        return;
    }
    let kind = if class.is(Class::PLURAL) {
        return;
    } else if class.is(Class::BODY) {
        SpeakerType::Organization
    } else if class.is(Class::TEXT) {
        SpeakerType::Document
    } else {
        return;
    };
    mention.set_role(Some(role::phrase_start(reading, noun, false)..noun + 1));
    if mention.kind.is_none() || mention.place {
        mention.kind = Some(kind);
        mention.place = false;
    }
}

/// What stands before a person's name in the same run: a place or body, without the title behind it.
fn pieces_before(reading: &Reading, run: Range<usize>, out: &mut Vec<Mention>) {
    let mut end = run.end;
    while end > run.start
        && (reading.class(end - 1).is(Class::TITLE) || reading.class(end - 1).is(Class::PERSON))
    {
        end -= 1;
    }
    // "White House Press Secretary": the noun before the title is part of it.
    if end < run.end && reading.form(end - usize::from(end > run.start)) == "Press" && end > run.start {
        end -= 1;
    }
    if end > run.start {
        pieces(reading, run.start..end, out);
    }
}

/// "The map office, Geokart,": a single name between commas is the body before it.
fn apposed(reading: &Reading, run: &Range<usize>) -> bool {
    let Some(noun) = run.start.checked_sub(2) else { return false };
    let body = reading.is(noun, Class::BODY) && !reading.is(noun, Class::PLURAL);
    let commas = reading.form(noun + 1) == "," && reading.form(run.end) == ",";
    run.len() == 1
        && body
        && commas
        && role::phrase_start(reading, noun, true) == reading.sentence_words(noun).start
}

/// "Lake testing company Pelim says": one name behind a noun for a body, and the cue behind it.
fn described(reading: &Reading, run: &Range<usize>) -> bool {
    let Some(noun) = run.start.checked_sub(1) else { return false };
    let class = reading.class(noun);
    let body = (class.is(Class::BODY) || class.is(Class::TEXT)) && !class.is(Class::PLURAL);
    run.len() == 1
        && body
        && !class.is(Class::PERSON)
        && !reading.capital(noun)
        && role::phrase_start(reading, noun, false) < noun
        && reading.is_cue(run.end)
}

fn labelled_body(reading: &Reading, run: &Range<usize>) -> bool {
    run.clone().any(|n| matches!(reading.entity(n), Entity::Organization | Entity::Place))
}

pub(super) fn person_mention(reading: &Reading, words: Range<usize>, titles: usize) -> Mention {
    let mut mention = Mention::new(words, Shape::Name, Some(SpeakerType::Person));
    mention.set_role(role::before(reading, titles));
    mention.gender = role::gender(reading, titles);
    mention
}

/// What a run without a person names, if labels or form tell.
fn kind_of(reading: &Reading, run: &Range<usize>) -> Option<SpeakerType> {
    let words = reading.words(run);
    let country = is_country(words);
    let count = |e: Entity| run.clone().filter(|&n| reading.entity(n) == e).count();
    let (body, place) = (count(Entity::Organization), count(Entity::Place));
    let league = run.clone().any(|n| opens_league(reading, n));
    if run.clone().any(|n| reading.is(n, Class::BODY)) || body > place || league || is_firm(reading, run) {
        return Some(SpeakerType::Organization);
    }
    if country {
        return Some(SpeakerType::Country);
    }
    if place > 0 {
        return Some(SpeakerType::Organization);
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    if run.len() == 1
        && capitals > 1
        && capitals + 1 >= letters
        && letters <= 6
        && !reading.is_headline(run.start)
    {
        return Some(SpeakerType::Organization);
    }
    None
}
