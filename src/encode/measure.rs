//! What `benches/encoder.rs` measures: the encoder alone, and the kernel alone.

use std::hint::black_box;

use super::features::{Rows, rows};
use super::kernel::{Isa, LANES, Linear, Unit, Work, on_this_processor};
use super::layers::{TILE, VECTORS};
use super::{BREADTH, DILATIONS, Encoder, HIDDEN, INPUT, Room, Weights};
use crate::error::Error;
use crate::extract::WEIGHTS;
use crate::segment::Segments;

/// Multiplications with an addition each that the encoder's matrices take for a word.
const FOR_A_WORD: usize =
    INPUT * BREADTH + DILATIONS.len() * 3 * BREADTH * 2 * BREADTH + 2 * (BREADTH + HIDDEN) * 3 * HIDDEN;

/// The encoder and the words of a text, cut into rows of its tables.
#[derive(Debug)]
pub struct EncoderAlone {
    encoder: Encoder<'static>,
    rows: Vec<Rows>,
}

impl EncoderAlone {
    /// For the words of this text.
    ///
    /// # Errors
    /// If the weights are not of this version.
    pub fn new(text: &str) -> Result<Self, Error> {
        let encoder = Encoder::read(&Weights::read(WEIGHTS)?)?;
        let segments = Segments::of(text);
        Ok(Self { encoder, rows: rows(text, &segments, 0..segments.words.len()) })
    }

    /// Encodes the words, 1,024 at a time; the number of multiplications with an addition.
    pub fn run(&self) -> usize {
        let mut room = Room::default();
        for rows in self.rows.chunks(1024) {
            self.encoder.encode(rows, &mut room);
            black_box(&room.vectors);
        }
        self.rows.len() * FOR_A_WORD
    }
}

/// One layer of the encoder's shape, small enough for the fastest cache.
#[derive(Debug)]
pub struct KernelAlone {
    panels: Vec<u8>,
    input: Vec<u8>,
}

impl KernelAlone {
    const ROWS: usize = 3 * BREADTH;
    const TIMES: usize = 2000;

    /// With numbers that are not all alike.
    pub fn new() -> Self {
        let bytes = |count| (0..count).map(|n: usize| (n * 37 % 251) as u8).collect();
        Self { panels: bytes(Self::ROWS * 2 * LANES), input: bytes(TILE * Self::ROWS) }
    }

    /// Multiplies rows with a part of the layer, many times; the number of multiplications with an addition.
    pub fn run(&self) -> usize {
        let unit = Unit { zero: VECTORS.zero, per_unit: 1.0 };
        let linear = Linear::new(&self.panels, &[1.0; 2 * LANES], &[0.0; 2 * LANES], Self::ROWS, unit);
        on_this_processor(Repeated { linear, input: &self.input });
        Self::TIMES * TILE * Self::ROWS * 2 * LANES
    }
}

impl Default for KernelAlone {
    fn default() -> Self {
        Self::new()
    }
}

/// The layer's work, again and again.
struct Repeated<'a> {
    linear: Linear<'a>,
    input: &'a [u8],
}

impl Work for Repeated<'_> {
    type Out = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let mut out = [[0.0; 2 * LANES]; TILE];
        for _ in 0..KernelAlone::TIMES {
            self.linear.of(isa, black_box(self.input), &mut out);
            black_box(&out);
        }
    }
}
