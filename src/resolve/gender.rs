//! The gender that an article shows of someone: by pronouns, titles and nouns, never by a given name.

use super::mention::{Gender, Mention, Pronoun, Shape};
use super::person::gender_of;
use super::reading::Reading;
use super::role;
use crate::record;

/// The gender on which all mentions of one person agree.
pub(super) fn shown<'a>(
    reading: &Reading,
    mentions: impl Iterator<Item = &'a Mention>,
) -> Option<record::Gender> {
    let mut found = None;
    for gender in mentions.flat_map(|m| evidence(reading, m)).flatten() {
        if found.is_some_and(|other| other != gender) {
            return None;
        }
        found = Some(gender);
    }
    found.map(|gender| match gender {
        Gender::He => record::Gender::Male,
        Gender::She => record::Gender::Female,
    })
}

/// What one mention shows: by its form or title, and by the role behind it ("Ann Lee, a mother of two,").
fn evidence(reading: &Reading, mention: &Mention) -> [Option<Gender>; 2] {
    let own = match mention.shape {
        Shape::Pronoun(Pronoun::He) => Some(Gender::He),
        Shape::Pronoun(Pronoun::She) => Some(Gender::She),
        _ => mention.gender,
    };
    let role = mention.apposed.as_ref().and_then(|r| role::head(reading, r.start, r.end));
    [own, role.and_then(|noun| gender_of(reading.class(noun)))]
}
