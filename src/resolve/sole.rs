//! The one name before the first "he" or "she" of an article: somebody with a single name, whatever its label.

use super::lexicon::Class;
use super::mention::{Pronoun, pronoun};
use super::reading::Reading;
use crate::encode::Entity;

/// Words from the start of the text to the pronoun, at most.
const LONGEST: usize = 32;

/// "Wahyuni closed the shop in April. She said": nobody else stands before the pronoun.
pub(super) fn name(reading: &Reading, n: usize) -> bool {
    if n >= LONGEST || !unknown(reading, n) {
        return false;
    }
    let human = |m: &usize| matches!(pronoun(reading.form(*m)), Some(Pronoun::He | Pronoun::She));
    let Some(she) = (0..LONGEST).find(human).filter(|&she| she > n) else { return false };
    let titled = |m: usize| m + 1 == n && reading.capital(m);
    let next = reading.sentence(n) < reading.sentence(she) && reading.paragraph(n) == reading.paragraph(she);
    next && (0..she).all(|m| m == n || titled(m) || !names(reading, m))
}

/// A word with a capital that may be all of a name: no list knows it, and no ending tells a noun or an adverb.
fn unknown(reading: &Reading, n: usize) -> bool {
    let form = reading.form(n);
    let bare = reading.class(n) == Class::default() && reading.capital(n) && !reading.capital(n + 1);
    let shouts = form.chars().skip(1).any(char::is_uppercase);
    let ends = ["s", "ly", "ing", "ed", "tion", "ment", "er"].iter().any(|end| form.ends_with(end));
    bare && !shouts && !reading.is_headline(n) && (!ends || reading.entity(n) != Entity::None)
}

/// True if a word may be somebody, or part of another name.
fn names(reading: &Reading, n: usize) -> bool {
    let class = reading.class(n);
    let someone = class.is(Class::PERSON) && !class.is(Class::PLURAL);
    let name = reading.entity(n) != Entity::None || reading.capital(n) && !reading.opens(n);
    someone || name && !class.is(Class::CALENDAR)
}
