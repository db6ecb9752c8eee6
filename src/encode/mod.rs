//! The second stage: each word to a vector that every later stage shares.
//!
//! ```text
//! rows of tables -> linear -> gated convolutions -> recurrence in both directions
//! ```

#[forbid(unsafe_code)]
mod around;
#[forbid(unsafe_code)]
pub(crate) mod features;
mod kernel;
#[forbid(unsafe_code)]
mod layers;
#[cfg(feature = "bench")]
#[forbid(unsafe_code)]
mod measure;
#[forbid(unsafe_code)]
mod room;
#[forbid(unsafe_code)]
mod weights;

use features::{COLUMNS, Rows};
use layers::{Convolution, Norm, Recurrence, ZERO};

pub(crate) use around::{Around, REACH, SEEN, Seen, WIDTH, Window, Words, level};
#[cfg(test)]
pub(crate) use kernel::on_each_processor;
pub(crate) use kernel::{Isa, LANES, Linear, Work, on_this_processor};
pub(crate) use layers::{TABLES, TILE, VECTORS};
#[cfg(feature = "bench")]
pub use measure::{EncoderAlone, KernelAlone};
pub(crate) use room::{Room, Vectors};
pub(crate) use weights::Weights;

use crate::error::Error;
use crate::number::largest;

/// Numbers in the vector of a word, as levels.
pub(crate) const VECTOR: usize = BREADTH + 2 * HIDDEN;
const BREADTH: usize = 128;
const HIDDEN: usize = 64;
const DILATIONS: [usize; 4] = [1, 1, 2, 4];
/// Numbers in a row of each table.
const WIDTHS: [usize; COLUMNS - 1] = [96, 32, 16, 16, 16];
/// Numbers of a word's rows, of which the first table has two.
const INPUT: usize = 272;

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

/// The learned encoder.
#[derive(Debug)]
pub(crate) struct Encoder<'a> {
    tables: [&'a [u8]; COLUMNS - 1],
    input: Linear<'a>,
    norm: Norm,
    convolutions: Vec<Convolution<'a>>,
    recurrence: Recurrence<'a>,
    entity: Linear<'a>,
}

impl<'a> Encoder<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        let mut tables = [&[][..]; COLUMNS - 1];
        let sizes = features::TABLES[1..].iter().zip(WIDTHS);
        for (n, (table, (rows, width))) in tables.iter_mut().zip(sizes).enumerate() {
            *table = weights.signed(&format!("tables.{n}"), &[*rows, width])?;
        }
        let convolution = |(n, dilation)| Convolution::read(weights, &format!("convs.{n}"), dilation);
        Ok(Self {
            tables,
            input: weights.linear("input", (INPUT, BREADTH), TABLES)?,
            norm: Norm::read(weights, "input")?,
            convolutions: DILATIONS.into_iter().enumerate().map(convolution).collect::<Result<_, _>>()?,
            recurrence: Recurrence::read(weights, ["forward", "backward"])?,
            entity: weights.linear("entity", (VECTOR, 5), VECTORS)?,
        })
    }

    /// Writes the vectors of words that follow each other.
    pub(crate) fn encode(&self, rows: &[Rows], room: &mut Room) {
        on_this_processor(Encoding { encoder: self, rows, room });
    }

    /// The numbers of a word's rows, side by side.
    #[inline(always)]
    fn look_up(&self, rows: &Rows, found: &mut [u8; INPUT]) {
        let mut rest = &mut found[..];
        for (column, row) in rows.iter().enumerate() {
            let table = column.saturating_sub(1);
            let (here, behind) = rest.split_at_mut(WIDTHS[table]);
            let from = &self.tables[table][usize::from(*row) * here.len()..][..here.len()];
            // Signed bytes, as levels.
            here.iter_mut().zip(from).for_each(|(to, from)| *to = from ^ ZERO);
            rest = behind;
        }
    }

    /// What each word names.
    pub(crate) fn entities(&self, vectors: &[[u8; VECTOR]]) -> Vec<Entity> {
        const ENTITIES: [Entity; 5] =
            [Entity::None, Entity::Person, Entity::Organization, Entity::Place, Entity::Other];
        let mut scores = Vec::<[f32; LANES]>::new();
        self.entity.of_all(vectors.as_flattened(), &mut scores);
        scores.iter().map(|scores| ENTITIES[largest(&scores[..ENTITIES.len()])]).collect()
    }
}

/// An encoder at work on some rows.
struct Encoding<'a> {
    encoder: &'a Encoder<'a>,
    rows: &'a [Rows],
    room: &'a mut Room,
}

impl Work for Encoding<'_> {
    type Out = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let Self { encoder, rows, room: Room { x, levels, next, vectors, .. } } = self;
        x.resize(rows.len(), [0.0; BREADTH]);
        levels.resize(rows.len(), [ZERO; BREADTH]);
        next.resize(rows.len(), [ZERO; BREADTH]);
        vectors.resize(rows.len(), [ZERO; VECTOR]);
        let mut found = [[ZERO; INPUT]; TILE];
        for ((rows, x), levels) in rows.chunks(TILE).zip(x.chunks_mut(TILE)).zip(levels.chunks_mut(TILE)) {
            for (row, found) in rows.iter().zip(&mut found) {
                encoder.look_up(row, found);
            }
            // The tables' unit is part of the next layer's scales.
            encoder.input.of(isa, found[..rows.len()].as_flattened(), x);
            for (x, levels) in x.iter_mut().zip(levels) {
                encoder.norm.apply(x, levels, |_| 0.0);
            }
        }
        for convolution in &encoder.convolutions {
            convolution.apply(isa, x, levels, next);
            std::mem::swap(levels, next);
        }
        for (vector, levels) in vectors.iter_mut().zip(&*levels) {
            vector[..BREADTH].copy_from_slice(levels);
        }
        encoder.recurrence.apply(isa, levels, vectors);
    }
}
