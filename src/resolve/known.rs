//! Names of people whom the user knows: where one stands, it is that person, whatever form or labels say.

use std::ops::Range;

use super::lexicon::Class;
use super::mention::Mention;
use super::names::person_mention;
use super::reading::Reading;

/// The text's names with those of the user's people among them.
pub(super) fn names(reading: &Reading, found: Vec<Mention>) -> Vec<Mention> {
    let known = reading.people.find(reading.text, reading.segments);
    if known.is_empty() {
        return found;
    }
    let mut out = Vec::with_capacity(found.len() + known.len());
    let mut found = found.into_iter().peekable();
    for (words, person) in known {
        while let Some(before) = found.next_if(|m| m.words().end <= words.start) {
            out.push(before);
        }
        let mut others = Vec::new();
        while let Some(other) = found.next_if(|m| m.words().start < words.end) {
            others.push(other);
        }
        if renames(reading, words.end) || !others.iter().all(|other| yields(reading, &other.words(), &words))
        {
            out.extend(others);
            continue;
        }
        // "Sir Keir" of the user is "Keir" with a title for the text.
        let same = others.into_iter().find(|other| other.words().end == words.end);
        let mut mention = person_mention(reading, words.clone(), words.start);
        if let Some(same) = same {
            mention.set_role(same.role().filter(|r| r.end <= words.start).or(mention.role()));
            mention.gender = mention.gender.or(same.gender);
        }
        mention.set_person(person);
        out.push(mention);
    }
    out.extend(found);
    out
}

/// True if a name that the text seems to have gives way to the user's: not "Bruce Lee" to "Lee".
fn yields(reading: &Reading, other: &Range<usize>, words: &Range<usize>) -> bool {
    if words.start <= other.start && other.end <= words.end {
        return true;
    }
    if words.len() < 2 || words.start < other.start || other.end < words.end {
        return false;
    }
    // "Democrat Ann Lee", and a headline's "Ann Lee Rejects Plan": capitals around a full name.
    let headline = reading.is_headline(words.start);
    let before = (other.start..words.start).all(|n| headline || reading.class(n) != Class::default());
    before && (words.end == other.end || headline && !(words.end..other.end).any(|n| renames(reading, n)))
}

/// True for a word that makes another name of the one before it: "Ann Lee Foundation", "Ann Lee Jr.".
fn renames(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    reading.capital(n) && (class.is(Class::BODY) || class.is(Class::FIRM) || class.is(Class::SUFFIX))
}
