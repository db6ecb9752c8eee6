//! The second stage: each word to a vector that every later stage shares.
//!
//! ```text
//! rows of tables -> linear -> gated convolutions -> recurrence in both directions
//! ```

mod around;
pub(crate) mod features;
mod kernel;
mod layers;
mod weights;

use features::{COLUMNS, Rows};
use layers::{Convolution, Norm, Recurrence, TILE};

pub(crate) use around::{Around, PER_UNIT, REACH, WIDTH, Words};
pub(crate) use kernel::LANES;
pub(crate) use layers::level;
pub(crate) use weights::{Linear, Weights};

use crate::error::Error;

/// Numbers in the vector of a word.
pub(crate) const VECTOR: usize = BREADTH + 2 * HIDDEN;
const BREADTH: usize = 128;
const HIDDEN: usize = 64;
const DILATIONS: [usize; 4] = [1, 1, 2, 4];
/// Numbers in a row of each table; the two hashes of a form share the first.
const WIDTHS: [usize; COLUMNS - 1] = [96, 32, 16, 16, 16];
const INPUT: usize = 176;

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

/// The vectors of some words, as levels: [`VECTOR`] numbers each.
#[derive(Debug)]
pub(crate) struct Vectors {
    pub(crate) levels: Vec<i16>,
    /// Levels for 1.0.
    pub(crate) per_unit: f32,
}

/// The learned encoder.
#[derive(Debug)]
pub(crate) struct Encoder<'a> {
    tables: [&'a [u8]; COLUMNS - 1],
    input: Linear,
    norm: Norm,
    convolutions: Vec<Convolution>,
    recurrences: [Recurrence; 2],
    entity: Linear,
}

impl<'a> Encoder<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        let mut tables = [&[][..]; COLUMNS - 1];
        let sizes = features::TABLES[1..].iter().zip(WIDTHS);
        for (n, (table, (rows, width))) in tables.iter_mut().zip(sizes).enumerate() {
            *table = weights.signed(&format!("tables.{n}"), &[*rows, width])?;
        }
        let convolution =
            |(n, dilation)| Convolution::read(weights, &format!("convs.{n}"), BREADTH, dilation);
        Ok(Self {
            tables,
            input: weights.linear("input", INPUT, BREADTH)?,
            norm: Norm::read(weights, "input", BREADTH)?,
            convolutions: DILATIONS.into_iter().enumerate().map(convolution).collect::<Result<_, _>>()?,
            recurrences: [
                Recurrence::read(weights, "forward", (BREADTH, HIDDEN), false)?,
                Recurrence::read(weights, "backward", (BREADTH, HIDDEN), true)?,
            ],
            entity: weights.linear("entity", VECTOR, 5)?,
        })
    }

    /// The vectors of words that follow each other.
    pub(crate) fn encode(&self, rows: &[Rows]) -> Vectors {
        let mut x = vec![0.0; rows.len() * BREADTH];
        let mut levels = vec![0; rows.len() * BREADTH];
        let mut found = vec![0; TILE * INPUT];
        let tiles =
            rows.chunks(TILE).zip(x.chunks_mut(TILE * BREADTH)).zip(levels.chunks_mut(TILE * BREADTH));
        for ((rows, x), levels) in tiles {
            let found = &mut found[..rows.len() * INPUT];
            for (row, found) in rows.iter().zip(found.chunks_exact_mut(INPUT)) {
                self.look_up(row, found);
            }
            // The tables' unit is part of the next layer's scales.
            self.input
                .apply(found, 1.0, |row, at, sums| x[row * BREADTH + at..][..LANES].copy_from_slice(&sums));
            for (x, levels) in x.chunks_exact_mut(BREADTH).zip(levels.chunks_exact_mut(BREADTH)) {
                self.norm.apply(x, levels);
            }
        }
        let mut per_unit = self.norm.per_unit;
        for convolution in &self.convolutions {
            per_unit = convolution.apply(&mut x, &mut levels, per_unit);
        }
        let mut vectors = vec![0; rows.len() * VECTOR];
        for (vector, levels) in vectors.chunks_exact_mut(VECTOR).zip(levels.chunks_exact(BREADTH)) {
            vector[..BREADTH].copy_from_slice(levels);
        }
        for (n, recurrence) in self.recurrences.iter().enumerate() {
            recurrence.apply(&levels, per_unit, (&mut vectors, VECTOR, BREADTH + n * HIDDEN, per_unit));
        }
        Vectors { levels: vectors, per_unit }
    }

    /// The numbers of a word's rows, side by side.
    #[inline]
    fn look_up(&self, rows: &Rows, found: &mut [i16]) {
        let mut at = 0;
        for (n, (table, width)) in self.tables.iter().zip(WIDTHS).enumerate() {
            let row = |column: usize| {
                let first = usize::from(rows[column]) * width;
                &table[first..first + width]
            };
            let found = &mut found[at..at + width];
            for (to, from) in found.iter_mut().zip(row(n + 1)) {
                *to = i16::from(*from as i8);
            }
            if n == 0 {
                for (to, from) in found.iter_mut().zip(row(0)) {
                    *to += i16::from(*from as i8);
                }
            }
            at += width;
        }
    }

    /// What each word names.
    pub(crate) fn entities(&self, vectors: &Vectors) -> Vec<Entity> {
        const ENTITIES: [Entity; 5] =
            [Entity::None, Entity::Person, Entity::Organization, Entity::Place, Entity::Other];
        let mut out = vec![Entity::None; vectors.levels.len() / VECTOR];
        self.entity.apply(&vectors.levels, vectors.per_unit, |row, _, scores| {
            let mut best = 0;
            for (n, score) in scores.iter().enumerate().take(ENTITIES.len()) {
                if *score > scores[best] {
                    best = n;
                }
            }
            out[row] = ENTITIES[best];
        });
        out
    }
}
