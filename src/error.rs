//! The one error of the crate.

use std::fmt;

/// Why an [`crate::Extractor`] or [`crate::Topics`] could not be built or a text not be read; print it to learn more.
#[derive(Debug)]
pub struct Error(Reason);

#[derive(Debug)]
pub(crate) enum Reason {
    /// The weights are not a model of this version: what is wrong with them.
    Weights(String),
    /// What is wrong with the user's topics.
    Topics(String),
    /// The text's length in bytes, past what 32-bit offsets hold.
    TooLong(usize),
    /// The caller wanted no more.
    Stopped,
    /// Which target is meant, and what is wrong with it.
    Target(String),
    /// The user's person of this number cannot be taken: why.
    Person(usize, String),
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self(reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Weights(what) => write!(f, "the model's weights cannot be read: {what}"),
            Reason::Topics(what) => f.write_str(what),
            Reason::TooLong(n) => write!(f, "the text has {n} bytes; at most {} can be read", u32::MAX),
            Reason::Stopped => f.write_str("the reading was stopped"),
            Reason::Target(what) => write!(f, "the target {what}"),
            Reason::Person(n, what) => write!(f, "people[{n}]: {what}"),
        }
    }
}

impl std::error::Error for Error {}
