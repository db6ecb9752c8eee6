//! The second stage: each word to a vector that every later stage shares.

pub(crate) mod features;

/// What a word names, by the encoder's entity head.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Entity {
    /// Part of no name.
    #[default]
    None,
    /// Part of a person's name.
    Person,
    /// Part of the name of a company, agency, party, team.
    Organization,
    /// Part of the name of a country, city or other place.
    Place,
    /// Part of another name: a nationality, a law, an event, a title of a work.
    Other,
}
