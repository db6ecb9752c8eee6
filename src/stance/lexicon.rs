//! What each word says by itself: a row of numbers learnt for stance alone, added to the words' share of the sums.

use crate::encode::features::{self, Rows};
use crate::encode::{Isa, Linear, TABLES, TILE, WIDTH, Weights, Words, Work, on_this_processor};
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
        on_this_processor(Adding { lexicon: self, rows, words });
    }
}

/// A lexicon at work on some rows.
struct Adding<'a> {
    lexicon: &'a Lexicon<'a>,
    rows: &'a [Rows],
    words: &'a mut Words,
}

impl Work for Adding<'_> {
    type Out = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let mut found = [[[0; NUMBERS]; 2]; TILE];
        let mut sums = [[0.0; WIDTH]; TILE];
        for (tile, rows) in self.rows.chunks(TILE).enumerate() {
            for (row, found) in rows.iter().zip(&mut found) {
                for (row, found) in row.iter().zip(found) {
                    let numbers = &self.lexicon.table[usize::from(*row) * NUMBERS..][..NUMBERS];
                    // Signed bytes, as levels.
                    found.iter_mut().zip(numbers).for_each(|(to, from)| *to = from ^ TABLES.zero);
                }
            }
            let (found, sums) = (&found[..rows.len()], &mut sums[..rows.len()]);
            self.lexicon.layer.of(isa, found.as_flattened().as_flattened(), sums);
            self.words.add(tile * TILE, sums);
        }
    }
}
