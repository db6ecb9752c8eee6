//! What each word says by itself: a row of numbers learnt for stance alone, added to the words' share of the sums.

use crate::encode::features::{self, Rows};
use crate::encode::{Linear, TABLES, WIDTH, Weights, Words};
use crate::error::Error;

/// Numbers in a row; a form has two, by two hashes.
const NUMBERS: usize = 32;

/// The table and the layer that reads it.
#[derive(Debug)]
pub(crate) struct Lexicon<'a> {
    table: &'a [u8],
    layer: Linear<'a>,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            table: weights.signed("stance.lexicon", &[features::TABLES[0], NUMBERS])?,
            layer: weights.linear("stance.tone", (2 * NUMBERS, WIDTH), TABLES)?,
        })
    }

    /// Adds what the words of these rows say to their share.
    pub(crate) fn add(&self, rows: &[Rows], words: &mut Words) {
        let mut found = vec![[[0; NUMBERS]; 2]; rows.len()];
        for (row, found) in rows.iter().zip(&mut found) {
            for (row, found) in row.iter().zip(found) {
                let numbers = &self.table[usize::from(*row) * NUMBERS..][..NUMBERS];
                // Signed bytes, as levels.
                found.iter_mut().zip(numbers).for_each(|(to, from)| *to = from ^ TABLES.zero);
            }
        }
        words.add(&self.layer.of_all(found.as_flattened().as_flattened()));
    }
}
