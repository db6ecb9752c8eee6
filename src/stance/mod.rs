//! The fifth stage: what a quote does, toward what it takes a position, which one, and in which words.

mod frame;
mod lexicon;
mod meaning;
mod reading;
mod topic;

pub(crate) use frame::{Frame, negated};
#[cfg(feature = "python")]
pub(crate) use meaning::{key, terms};
pub(crate) use reading::{Reading, Stances, Subject, Target, label};
pub use topic::{Position, Topics};
