//! The person in a run of capitals: by the encoder's labels, titles and trades.

use std::ops::Range;

use super::lexicon::{Class, class, given_gender, is_family_name};
use super::mention::Gender;
use super::reading::Reading;
use crate::encode::Entity;

/// Longest name of a person, in words.
const LONGEST_PERSON: usize = 5;

/// Longest name whose surname stands first: "Nguyen Thi Bich Ngoc".
const LONGEST_FAMILY_FIRST: usize = 4;

/// The person in a run by its labels, helped by form: a label may miss a given name.
pub(super) fn labelled(reading: &Reading, run: &Range<usize>) -> Option<Range<usize>> {
    // "Government Reform Committee": the noun for a body that closes a run is no surname by itself.
    let body = |n: usize| {
        let alone = n.checked_sub(1).is_none_or(|p| reading.entity(p) != Entity::Person);
        run.len() > 2 && n + 1 == run.end && alone && reading.is(n, Class::BODY)
    };
    let is_person = |n: usize| reading.entity(n) == Entity::Person && !body(n);
    let start = run.clone().find(|&n| is_person(n))?;
    let mut end = start;
    let joins = |n: usize| {
        let class = reading.class(n);
        let nickname = reading.is_mark(n) || n > 0 && reading.is_mark(n - 1) && reading.is_mark(n + 1);
        class.is(Class::PARTICLE) || class.is(Class::SUFFIX) || reading.form(n) == "," || nickname
    };
    while end < run.end
        && (is_person(end) || joins(end) && end + 1 < run.end || reading.is(end, Class::SUFFIX))
    {
        end += 1;
    }
    let Range { mut start, mut end } = with_particles(reading, run, start..end);
    // "Physiologist Dr Hannah Lindqvist": the label may start at the trade.
    if let Some(title) = (start..end - 1).rev().find(|&n| reading.capital(n) && strips(reading, n)) {
        start = title + 1;
    }
    // "Sprinter Keisha Bramwell": a trade with the capital of a sentence's first word.
    if end - start > 2 && trade_opens(reading, start) && !initial(reading, start + 1) {
        start += 1;
    }
    // "Witness Kartini": a trade that nobody is called by, before one name.
    if end - start == 2 && end == run.end && sole_trade(reading, start) && reading.is_cue(end) {
        start += 1;
    }
    // "Potter Rosa Ek": the same, and the label does not know the surname.
    let surname = |n: usize| reading.capital(n) && reading.class(n) == Class::default();
    let cut = end - start == 2 && start == run.start && run.len() == 3 && surname(end);
    if cut && trade_opens(reading, start) && surname(start + 1) {
        return Some(start + 1..run.end);
    }
    let plain = |n: usize| {
        let class = reading.class(n);
        reading.entity(n) == Entity::None
            && reading.capital(n)
            && !class.is(Class::NOUN)
            && !class.is(Class::TITLE)
            && !class.is(Class::NATION)
            && !class.is(Class::GRAMMAR)
            && !class.is(Class::STATE)
    };
    if !reading.is_headline(start) {
        // A trade in the middle of a sentence before a bare surname is a given name: "Marine Le Pen".
        let given = |n: usize| {
            let class = reading.class(n);
            plain(n)
                || reading.capital(n) && given_gender(&reading.form(n).to_lowercase()).is_some()
                || class.is(Class::PERSON)
                    && !class.is(Class::TITLE)
                    && (!reading.opens(n) || reading.is_proper(n))
                    && reading.capital(n)
                    && !class.is(Class::PLURAL)
        };
        let short = end - start == 1
            || end - start == 2 && (reading.is(start, Class::PARTICLE) || initial(reading, start));
        if short && start > run.start && (given(start - 1) || initial(reading, start - 1)) {
            start -= 1;
        }
        if end - start == 1 && end < run.end && plain(end) {
            end += 1;
        }
        // "Lucía López Ortega": a given name that has no label, before two surnames.
        let known = |n: usize| given_gender(&reading.form(n).to_lowercase()).is_some();
        if end - start == 2 && start > run.start && plain(start - 1) && known(start - 1) && !known(start) {
            start -= 1;
        }
        Range { start, end } = with_surname_first(reading, run, start..end);
    }
    // "Captain Nadezhda Orlova": two or three capitals behind a title are a name, whatever their labels.
    let name = |n: usize| {
        let class = reading.class(n);
        let other = [Class::NOUN, Class::BODY, Class::NATION, Class::GRAMMAR, Class::STATE];
        reading.capital(n) && !other.into_iter().any(|c| class.is(c))
    };
    if let Some(title) = (run.start..start).rev().find(|&n| titles(reading, n))
        && (2..=3).contains(&(run.end - title - 1))
        && !reading.is_headline(start)
        && (title + 1..run.end).all(name)
    {
        return Some(title + 1..run.end);
    }
    let titled = run.clone().any(|n| titles(reading, n));
    // "Tran Thi Bich Hanh": labels may know both ends of a long name only.
    let ends = is_person(run.start) && run.len() > 2 && is_person(run.end - 1);
    if ends && run.len() <= LONGEST_PERSON && !reading.is_headline(start) && !titled && run.clone().all(name)
    {
        return Some(run.clone());
    }
    // "Lena Kowalczuk": a label may know one half of a name that is all of its run.
    if run.len() == 2 && end - start == 1 && !titled && !reading.is_headline(start) && run.clone().all(name) {
        return Some(run.clone());
    }
    Some(start..end)
}

/// A person's name with the surname that stands first, and at most three given names behind it.
fn with_surname_first(reading: &Reading, run: &Range<usize>, person: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = person;
    // "Vu Hoang Nam", "Wang Xiulan": a surname that stands first, before at most three given names.
    let family = |n: usize| is_family_name(&reading.form(n).to_lowercase());
    let unknown = |n: usize| reading.capital(n) && reading.class(n) == Class::default();
    let first = (run.start.max(end.saturating_sub(4))..start).find(|&n| family(n));
    if let Some(first) = first.filter(|first| (first + 1..start).all(unknown))
        && (first + 1..=start).all(|n| given_gender(&reading.form(n).to_lowercase()).is_none())
    {
        start = first;
    }
    // "Bui Dinh Son": of three, the last may be a word.
    let son =
        |n: usize| n == start + 2 && n + 1 == run.end && reading.capital(n) && reading.class(n).is(Class::HE);
    while family(start) && end < run.end && end - start < LONGEST_FAMILY_FIRST && (unknown(end) || son(end)) {
        end += 1;
    }
    start..end
}

/// A person's name with what particles join to it, whatever the labels: "Gloria del Rosario", "Omar al-Masri".
fn with_particles(reading: &Reading, run: &Range<usize>, person: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = person;
    let particle = |n: usize| reading.is(n, Class::PARTICLE);
    let small = |n: usize| particle(n) && !reading.capital(n);
    while end < run.end
        && (opens_surname(reading, end) || small(end) || particle(end - 1) && reading.capital(end))
    {
        end += 1;
    }
    let mut first = start;
    while first > run.start && particle(first - 1) {
        first -= 1;
    }
    let given = |n: usize| {
        let form = reading.form(n).to_lowercase();
        let known = given_gender(&form).is_some() || reading.entity(n) == Entity::Person;
        reading.capital(n) && (known || class(&form) == Class::default()) && !strips(reading, n)
    };
    let surname = first < start || particle(start) || opens_surname(reading, start);
    start = first;
    // Capitals may be a surname's own ("De Vries said"): a given name stands before it or nothing does.
    if surname && start > run.start && given(start - 1) {
        start -= 1;
    }
    start..end
}

/// "al-Masri", "d’Aubigny": a particle and a surname in one word.
pub(super) fn opens_surname(reading: &Reading, n: usize) -> bool {
    let form = reading.form(n);
    let Some((particle, surname)) = form.split_once(['-', '’', '\'']) else { return false };
    let joined = particle.chars().count() == 1 || class(particle).is(Class::PARTICLE);
    joined && form.starts_with(char::is_lowercase) && surname.starts_with(char::is_uppercase)
}

/// "Do Trong Hieu": a word of grammar that is a surname before two unknown words, labelled as names,
/// that open with no given name of another order.
pub(super) fn opens_with_surname(reading: &Reading, n: usize) -> bool {
    let lower = |n: usize| reading.form(n).to_lowercase();
    let labelled = |n: usize| reading.entity(n) != Entity::None;
    let person = |n: usize| reading.entity(n) == Entity::Person;
    let unknown = |n: usize| reading.capital(n) && (person(n) || reading.class(n) == Class::default());
    let asks = reading.sentence_words(n).rev().take(2).any(|last| reading.form(last) == "?");
    is_family_name(&lower(n))
        && unknown(n + 1)
        && unknown(n + 2)
        && (person(n + 1) || person(n + 2) || labelled(n + 1) && labelled(n + 2))
        && given_gender(&lower(n + 1)).is_none()
        && !asks
}

/// True for the word that opens a sentence, if it is a trade in small letters and no given name.
fn trade_opens(reading: &Reading, n: usize) -> bool {
    let form = reading.form(n).to_lowercase();
    let noun = class(&form);
    reading.opens(n)
        && noun.is(Class::PERSON)
        && !noun.is(Class::PLURAL)
        && !reading.is_proper(n)
        && given_gender(&form).is_none()
}

/// True for the trade or office that opens a sentence, if it is nobody's given name or surname.
fn sole_trade(reading: &Reading, n: usize) -> bool {
    let form = reading.form(n).to_lowercase();
    // Trades that are surnames are short or end like "Baker".
    let sole = form.len() >= 7 && !form.ends_with("er") || form == "judge";
    sole && reading.opens(n)
        && reading.is(n, Class::PERSON)
        && !reading.is(n, Class::PLURAL)
        && !reading.is_proper(n)
        && given_gender(&form).is_none()
}

/// A given name and one or two words that nothing shows for a body's: a person, whatever the label of one of them.
pub(super) fn given(reading: &Reading, run: &Range<usize>) -> Option<Range<usize>> {
    let first = given_gender(&reading.form(run.start).to_lowercase()).is_some();
    let body = |n: usize| {
        let class = reading.class(n);
        let other = [Class::BODY, Class::NATION, Class::GRAMMAR, Class::STATE, Class::FIRM, Class::TEXT];
        let joins = class.is(Class::PARTICLE) || opens_surname(reading, n);
        other.into_iter().any(|c| class.is(c)) || !reading.capital(n) && !joins
    };
    let labels = run.clone().filter(|&n| reading.entity(n) == Entity::Organization).count();
    let fits = first && (2..=3).contains(&run.len()) && labels < run.len() && !reading.is_headline(run.start);
    (fits && !run.clone().any(body)).then(|| run.clone())
}

/// "Secretary of State Ann Lee": a person behind an office and its place, whatever the labels.
pub(super) fn behind_office(reading: &Reading, run: &Range<usize>) -> Option<Range<usize>> {
    let of = (run.start.saturating_sub(1)..run.end).find(|&n| reading.form(n) == "of")?;
    let office = of.checked_sub(1)?;
    if !titles(reading, office) || !reading.capital(office) {
        return None;
    }
    let person = |start: &usize| {
        let known = given_gender(&reading.form(*start).to_lowercase()).is_some();
        let body = (*start..run.end).any(|n| reading.is(n, Class::BODY) || reading.is(n, Class::NATION));
        (2..=3).contains(&(run.end - start)) && (known || initial(reading, start + 1)) && !body
    };
    (of + 2..run.end).find(person).map(|start| start..run.end)
}

/// Two or three words in capitals, joined by particles at most, of which no list tells that they name no person.
pub(super) fn may_be(reading: &Reading, run: &Range<usize>) -> bool {
    let in_place = run.start.checked_sub(1).is_some_and(|n| {
        matches!(
            reading.form(n).to_lowercase().as_str(),
            "in" | "at" | "to" | "from" | "near" | "outside" | "the"
        )
    });
    let unknown = |n: usize| {
        let shouts = reading.form(n).len() > 1 && reading.form(n).chars().all(char::is_uppercase);
        let class = reading.class(n);
        let family = is_family_name(&reading.form(n).to_lowercase());
        reading.is_word(n)
            && !shouts
            && (class == Class::default()
                || class == Class::PARTICLE
                || family
                || n + 1 == run.end && class == Class::PERSON)
    };
    let names = (2..=4).contains(&run.len()) && reading.capital(run.start);
    names && !in_place && !reading.is_headline(run.start) && run.clone().all(unknown)
}

/// True if a word behind an article tells where people come from: "Welshman", "Argentine", "Ukrainians".
pub(super) fn comes_from(reading: &Reading, n: usize) -> bool {
    let own = reading.class(n);
    let human = own.is(Class::PERSON) && !own.is(Class::TITLE);
    let people = || {
        let one = reading.form(n).strip_suffix('s');
        !own.is(Class::STATE) && one.is_some_and(|one| class(one).is(Class::NATION))
    };
    let nation = own.is(Class::NATION) || people();
    // "the European of the Year" may be a name, "the Argentine with" too.
    nation && !reading.is(n + 1, Class::PREPOSITION)
        || (human || nation) && reading.entity(n) == Entity::Person
}

/// True if a word is a title or a trade that may stand before a name.
fn titles(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    class.is(Class::TITLE) || class.is(Class::PERSON) && reading.form(n) != "Guy"
}

/// "B." in "Gene B. Sperling".
fn initial(reading: &Reading, n: usize) -> bool {
    reading.form(n).len() == 2 && reading.form(n).ends_with('.') && reading.capital(n)
}

/// True if the first word of a person's name is a title after all.
fn strips(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    class.is(Class::TITLE)
        && !matches!(reading.form(n), "Pope" | "Dean" | "Del" | "Fr" | "King" | "Duke" | "Maj" | "Judge")
        || matches!(reading.form(n), "Judge" | "King") && reading.entity(n) != Entity::Person
        || class.is(Class::NATION) && reading.entity(n) != Entity::Person
}

/// The person in a run without labels: what stands behind a title, or behind a trade before the run.
pub(super) fn titled(reading: &Reading, run: &Range<usize>) -> Option<Range<usize>> {
    let before = run.start.checked_sub(1).filter(|&n| reading.sentence(n) == reading.sentence(run.start));
    let trade = before.is_some_and(|n| {
        reading.is(n, Class::PERSON) && !reading.is(n, Class::PLURAL) && !reading.capital(n)
    });
    let start = match run.clone().rev().find(|&n| titles(reading, n) && n + 1 < run.end) {
        Some(title) => title + 1,
        None if trade => run.start,
        None => return None,
    };
    // Behind a title, given name and surname outweigh a label.
    let sure = start > run.start
        && matches!(
            reading.form(start - 1).trim_end_matches('.'),
            "Mr" | "Mrs" | "Ms" | "Dr" | "Professor" | "Prof"
        );
    let several = start > run.start && (2..=3).contains(&(run.end - start));
    // "The surgeon Ann Lee": the same behind a trade, unless a label has it for a place.
    let place = |n: usize| reading.entity(n) == Entity::Place || reading.is(n, Class::STATE);
    let traded = trade && (2..=3).contains(&run.len()) && start == run.start && !run.clone().any(place);
    let whole = (sure || several || traded) && !reading.is_headline(start);
    let fits = |n: usize| {
        let class = reading.class(n);
        (whole || matches!(reading.entity(n), Entity::None | Entity::Other))
            && !class.is(Class::BODY)
            && !class.is(Class::NATION)
            && !class.is(Class::PEOPLE)
            && (reading.capital(n)
                || opens_surname(reading, n)
                || class.is(Class::PARTICLE)
                || class.is(Class::SUFFIX)
                || reading.form(n) == ",")
    };
    let name = start..run.end;
    (name.len() <= LONGEST_PERSON && name.clone().all(fits)).then_some(name)
}

/// The gender of a person, where words next to the name tell it.
pub(super) fn gender_of(class: Class) -> Option<Gender> {
    if class.is(Class::HE) {
        Some(Gender::He)
    } else if class.is(Class::SHE) {
        Some(Gender::She)
    } else {
        None
    }
}
