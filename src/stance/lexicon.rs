//! What each word says by itself: a row of numbers learnt for stance alone, added to the words' share of the sums.

use crate::encode::features::{Rows, TABLES};
use crate::encode::{LANES, Linear, WIDTH, Weights, Words};
use crate::error::Error;

/// Numbers in the row of a word.
const NUMBERS: usize = 32;

/// The table and the layer that reads it.
#[derive(Debug)]
pub(crate) struct Lexicon<'a> {
    table: &'a [u8],
    layer: Linear,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            table: weights.signed("stance.lexicon", &[TABLES[0], NUMBERS])?,
            layer: weights.linear("stance.tone", NUMBERS, WIDTH)?,
        })
    }

    /// Adds what the words of these rows say to their share.
    pub(crate) fn add(&self, rows: &[Rows], words: &mut Words) {
        let mut sums: Vec<i16> = Vec::with_capacity(rows.len() * NUMBERS);
        for row in rows {
            // A form has two rows, by two hashes.
            let number =
                |column: usize, n: usize| i16::from(self.table[usize::from(row[column]) * NUMBERS + n] as i8);
            sums.extend((0..NUMBERS).map(|n| number(0, n) + number(1, n)));
        }
        // The table's unit is part of the layer's scales.
        self.layer.apply(&sums, 1.0, |row, at, sums: [f32; LANES]| words.add(row, at, &sums));
    }
}
