//! The fifth stage: what a quote does, toward what it takes a position, which one, and in which words.

mod class;
mod composition;
mod content;
mod denial;
mod edge;
mod frame;
mod judgement;
mod lexicon;
mod meaning;
mod object;
mod question;
mod reading;
mod readings;
mod spans;
mod table;
mod text;
mod topic;

pub(crate) use composition::{Certain, Composed, composed};
pub(crate) use edge::whole;
pub(crate) use frame::{Frame, negated};
#[cfg(feature = "python")]
pub(crate) use meaning::{key, terms};
pub(crate) use object::{asks, calls, complement, does, puts_it, questions, sided, speaks_of, takes, tells};
pub(crate) use reading::{Reading, Stances, Subject, Target, label, probability};
pub(crate) use readings::Readings;
pub use topic::{Position, Topics};

#[cfg(test)]
mod tests;
