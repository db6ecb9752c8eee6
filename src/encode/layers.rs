//! The layers of the network.
//!
//! Between the products of whole numbers stand single floating point sums, products and quotients in a fixed order,
//! and no library function but the square root, so that the same text gives the same bits everywhere.

use super::kernel::{Isa, LANES, Linear, Unit, Work, on_this_processor};
use super::weights::Weights;
use super::{BREADTH, HIDDEN, VECTOR};
use crate::error::Error;

/// Rows that a layer works on at a time, so that they stay in the fastest cache.
pub(crate) const TILE: usize = 16;

/// The byte that stands for 0 where numbers have a sign, and the levels on each side of it.
pub(super) const ZERO: u8 = 128;
const LEVELS: f32 = 127.0;
/// What normed numbers may reach: hardly any does.
const RANGE: f32 = 7.5;
/// The levels of normed numbers and of words' vectors.
pub(crate) const VECTORS: Unit = Unit { zero: ZERO, per_unit: LEVELS / RANGE };
/// Those of a state, which lies between -1 and 1.
const STATES: Unit = Unit { zero: ZERO, per_unit: LEVELS };
/// Those of rows of tables: the table's own unit is part of the scales of the layer that reads it.
pub(crate) const TABLES: Unit = Unit { zero: ZERO, per_unit: 1.0 };

/// The nearest level of `x`, which has a sign.
#[inline(always)]
fn level(x: f32, unit: Unit) -> u8 {
    // Adding 1.5 * 2^23 leaves the rounded number in the low bits.
    ((x * unit.per_unit).clamp(-LEVELS, LEVELS) + (12_582_912.0 + f32::from(ZERO))).to_bits() as u8
}

/// A sigmoid of straight lines.
#[inline(always)]
fn gate(x: f32) -> f32 {
    (0.25 * x + 0.5).clamp(0.0, 1.0)
}

/// A tanh of one quotient.
#[inline(always)]
fn squash(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

/// The sum of sixteen numbers, by halves.
#[inline(always)]
fn sum(mut lanes: [f32; LANES]) -> f32 {
    for half in [8, 4, 2, 1] {
        for n in 0..half {
            lanes[n] += lanes[n + half];
        }
    }
    lanes[0]
}

impl Linear<'_> {
    /// Writes the results of rows of input, on this processor, as [`Linear::of`].
    pub(crate) fn of_all<const N: usize>(&self, input: &[u8], out: &mut Vec<[f32; N]>) {
        out.resize(input.len() / self.rows(), [0.0; N]);
        on_this_processor(Applied { linear: self, input, out });
    }
}

/// A layer at work on some rows.
struct Applied<'a, const N: usize> {
    linear: &'a Linear<'a>,
    input: &'a [u8],
    out: &'a mut [[f32; N]],
}

impl<const N: usize> Work for Applied<'_, N> {
    type Out = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        self.linear.of(isa, self.input, self.out);
    }
}

/// Layer norm.
#[derive(Debug)]
pub(super) struct Norm {
    gain: [f32; BREADTH],
    shift: [f32; BREADTH],
}

impl Norm {
    pub(super) fn read(weights: &Weights<'_>, layer: &str) -> Result<Self, Error> {
        Ok(Self { gain: weights.array(&format!("{layer}.g"))?, shift: weights.array(&format!("{layer}.s"))? })
    }

    /// Adds `more` of each place to `x`, norms it in place and writes it as levels.
    #[inline(always)]
    pub(super) fn apply(
        &self,
        x: &mut [f32; BREADTH],
        levels: &mut [u8; BREADTH],
        more: impl Fn(usize) -> f32,
    ) {
        let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
        for (part, x) in x.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            for n in 0..LANES {
                x[n] += more(part * LANES + n);
                sums[n] += x[n];
                squares[n] += x[n] * x[n];
            }
        }
        let share = 1.0 / BREADTH as f32;
        let mean = sum(sums) * share;
        let variance = (sum(squares) * share - mean * mean).max(0.0);
        let scale = 1.0 / (variance + 1e-5).sqrt();
        for n in 0..BREADTH {
            x[n] = (x[n] - mean) * scale * self.gain[n] + self.shift[n];
            levels[n] = level(x[n], VECTORS);
        }
    }
}

/// A convolution over each row and the two that stand `dilation` rows away, the result gated by its second half,
/// added to its input and normed.
#[derive(Debug)]
pub(super) struct Convolution<'a> {
    linear: Linear<'a>,
    norm: Norm,
    dilation: usize,
}

impl<'a> Convolution<'a> {
    pub(super) fn read(weights: &Weights<'a>, layer: &str, dilation: usize) -> Result<Self, Error> {
        Ok(Self {
            linear: weights.linear(layer, (3 * BREADTH, 2 * BREADTH), VECTORS)?,
            norm: Norm::read(weights, layer)?,
            dilation,
        })
    }

    /// From `x` and its `levels` to the next layer's, in `x` and `next`.
    #[inline(always)]
    pub(super) fn apply<I: Isa>(
        &self,
        isa: I,
        x: &mut [[f32; BREADTH]],
        levels: &[[u8; BREADTH]],
        next: &mut [[u8; BREADTH]],
    ) {
        let mut around = [[[ZERO; BREADTH]; 3]; TILE];
        let mut out = [[0.0; 2 * BREADTH]; TILE];
        for (tile, (x, next)) in x.chunks_mut(TILE).zip(next.chunks_mut(TILE)).enumerate() {
            let around = &mut around[..x.len()];
            gather(levels, tile * TILE, self.dilation, ZERO, around);
            let out = &mut out[..x.len()];
            self.linear.of(isa, around.as_flattened().as_flattened(), out);
            for ((x, next), out) in x.iter_mut().zip(next).zip(out) {
                self.norm.apply(x, next, |n| out[n] * gate(out[BREADTH + n]));
            }
        }
    }
}

/// Puts side by side the rows `dilation` before, at and after each row from `first` on; `zero` past the ends.
#[inline(always)]
pub(super) fn gather<const N: usize>(
    levels: &[[u8; N]],
    first: usize,
    dilation: usize,
    zero: u8,
    out: &mut [[[u8; N]; 3]],
) {
    for (n, out) in out.iter_mut().enumerate() {
        for (place, out) in out.iter_mut().enumerate() {
            // Row first + n + (place - 1) * dilation.
            let row = (first + n + place * dilation).checked_sub(dilation);
            *out = row.and_then(|row| levels.get(row)).copied().unwrap_or([zero; N]);
        }
    }
}

/// A gated recurrent unit that reads the rows in both directions.
#[derive(Debug)]
pub(super) struct Recurrence<'a> {
    directions: [Direction<'a>; 2],
}

/// Its layers for one direction.
#[derive(Debug)]
struct Direction<'a> {
    given: Linear<'a>,
    /// Of the state before.
    heard: Linear<'a>,
}

impl<'a> Recurrence<'a> {
    pub(super) fn read(weights: &Weights<'a>, layers: [&str; 2]) -> Result<Self, Error> {
        let direction = |layer: &str| {
            Ok::<_, Error>(Direction {
                given: weights.linear(layer, (BREADTH, 3 * HIDDEN), VECTORS)?,
                heard: weights.matrix(&format!("{layer}.u"), (HIDDEN, 3 * HIDDEN), STATES)?,
            })
        };
        let [forward, backward] = layers;
        Ok(Self { directions: [direction(forward)?, direction(backward)?] })
    }

    /// Writes the states after each row behind the row's own levels.
    #[inline(always)]
    pub(super) fn apply<I: Isa>(&self, isa: I, levels: &[[u8; BREADTH]], vectors: &mut [[u8; VECTOR]]) {
        let mut given = vec![[[0.0; 3 * HIDDEN]; TILE]; 2];
        let mut states = [State::default(), State::default()];
        let count = levels.len();
        for start in (0..count).step_by(TILE) {
            let end = count.min(start + TILE);
            // The backward one reads the same number of rows from the end.
            let tiles = [start..end, count - end..count - start];
            for ((direction, given), rows) in self.directions.iter().zip(&mut given).zip(&tiles) {
                let input = levels[rows.clone()].as_flattened();
                direction.given.of(isa, input, &mut given[..rows.len()]);
            }
            // Both in one loop: neither waits for the other.
            for n in 0..end - start {
                let rows = [(n, start + n), (end - start - 1 - n, count - 1 - start - n)];
                for (d, (place, row)) in rows.into_iter().enumerate() {
                    let at = BREADTH + d * HIDDEN;
                    let outer = &mut vectors[row][at..at + HIDDEN];
                    states[d].step(isa, &self.directions[d].heard, &given[d][place], outer);
                }
            }
        }
    }
}

/// The state of one direction.
struct State {
    numbers: [f32; HIDDEN],
    levels: [u8; HIDDEN],
}

impl Default for State {
    fn default() -> Self {
        Self { numbers: [0.0; HIDDEN], levels: [ZERO; HIDDEN] }
    }
}

impl State {
    /// One step: how much of the old state the new one hears of (r), how much of it stays (z), and what is new (n).
    #[inline(always)]
    fn step<I: Isa>(&mut self, isa: I, linear: &Linear<'_>, given: &[f32; 3 * HIDDEN], outer: &mut [u8]) {
        let mut heard = [0.0; 3 * HIDDEN];
        linear.of_one(isa, &self.levels, &mut heard);
        let outer = &mut outer[..HIDDEN];
        for k in 0..HIDDEN {
            let r = gate(given[k] + heard[k]);
            let z = gate(given[HIDDEN + k] + heard[HIDDEN + k]);
            let n = squash(given[2 * HIDDEN + k] + r * heard[2 * HIDDEN + k]);
            let h = self.numbers[k];
            let h = h + z * (n - h);
            self.numbers[k] = h;
            self.levels[k] = level(h, STATES);
            outer[k] = level(h, VECTORS);
        }
    }
}
