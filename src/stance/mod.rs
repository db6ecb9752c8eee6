//! The fifth stage: what a quote does, toward what it takes a position, which one, and in which words.

mod frame;
mod lexicon;
mod reading;

pub(crate) use frame::{Frame, negated};
pub(crate) use reading::{Reading, Stances, Subject, Target, label};
