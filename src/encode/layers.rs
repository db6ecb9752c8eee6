//! The layers of the network.
//!
//! Between the products of whole numbers stand single floating point sums, products and quotients in a fixed order,
//! and no library function but the square root, so that the same text gives the same bits everywhere.

use super::kernel::{LANES, LEVELS, Matrix};
use super::weights::{Linear, Weights};
use crate::error::Error;

/// Rows that a layer works on at a time, so that they stay in the fastest cache.
pub(super) const TILE: usize = 32;

/// The nearest whole number of `x * per_unit`, which lies between -2^15 and 2^15.
#[inline]
pub(crate) fn level(x: f32, per_unit: f32) -> i16 {
    // Adding 1.5 * 2^23 leaves the rounded number in the low bits.
    (x * per_unit + 12_582_912.0).to_bits() as i16
}

/// A sigmoid of straight lines.
#[inline]
fn gate(x: f32) -> f32 {
    (0.25 * x + 0.5).clamp(0.0, 1.0)
}

/// A tanh of one quotient.
#[inline]
fn squash(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

/// Sum in a fixed order that the compiler may still do sixteen at a time.
#[inline]
fn sum(x: &[f32], each: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += each(*x);
        }
    }
    lanes.iter().fold(0.0, |all, lane| all + lane)
}

impl Linear {
    /// Calls `each` with row, first column and [`LANES`] results.
    #[inline]
    pub(crate) fn apply(
        &self,
        input: &[i16],
        per_unit: f32,
        mut each: impl FnMut(usize, usize, [f32; LANES]),
    ) {
        self.matrix.times(input, 1.0 / per_unit, |row, at, sums| {
            let mut out = *sums;
            for (x, bias) in out.iter_mut().zip(&self.bias[at..]) {
                *x += bias;
            }
            each(row, at, out);
        });
    }
}

/// Layer norm, its result as whole numbers of a fixed unit.
#[derive(Debug)]
pub(super) struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
    /// Levels for 1.0: the most that no input can overflow.
    pub(super) per_unit: f32,
}

impl Norm {
    pub(super) fn read(weights: &Weights<'_>, layer: &str, width: usize) -> Result<Self, Error> {
        let gain = weights.floats(&format!("{layer}.g"), &[width])?;
        let shift = weights.floats(&format!("{layer}.s"), &[width])?;
        let most = |x: &[f32]| x.iter().fold(0.0, |most: f32, x| most.max(x.abs()));
        // No number of a normed row is larger than the root of the row's length; 1 leaves room for the heads' inputs.
        let limit = ((width as f32).sqrt() * most(&gain) + most(&shift)).max(1.0);
        Ok(Self { gain, shift, per_unit: LEVELS / limit })
    }

    /// Norms `x` in place and writes it as levels.
    #[inline]
    pub(super) fn apply(&self, x: &mut [f32], levels: &mut [i16]) {
        let share = 1.0 / x.len() as f32;
        let mean = sum(x, |x| x) * share;
        let variance = sum(x, |x| (x - mean) * (x - mean)) * share;
        let scale = 1.0 / (variance + 1e-5).sqrt();
        for (((x, level_of), gain), shift) in x.iter_mut().zip(levels).zip(&self.gain).zip(&self.shift) {
            *x = (*x - mean) * scale * gain + shift;
            *level_of = level(*x, self.per_unit);
        }
    }
}

/// A convolution over each row and the two that stand `dilation` rows away, the result gated by its second half,
/// added to its input and normed.
#[derive(Debug)]
pub(super) struct Convolution {
    linear: Linear,
    norm: Norm,
    dilation: usize,
}

impl Convolution {
    pub(super) fn read(
        weights: &Weights<'_>,
        layer: &str,
        width: usize,
        dilation: usize,
    ) -> Result<Self, Error> {
        Ok(Self {
            linear: weights.linear(layer, 3 * width, 2 * width)?,
            norm: Norm::read(weights, layer, width)?,
            dilation,
        })
    }

    /// From `x` and its `levels` (in `per_unit`) to the next layer's `x` and levels; the new unit.
    pub(super) fn apply(&self, x: &mut [f32], levels: &mut Vec<i16>, per_unit: f32) -> f32 {
        let width = self.norm.gain.len();
        let mut next = vec![0; levels.len()];
        let mut around = vec![0; TILE * 3 * width];
        let mut out = vec![0.0; TILE * 2 * width];
        for (tile, rows) in x.chunks_mut(TILE * width).enumerate() {
            let count = rows.len() / width;
            let around = &mut around[..count * 3 * width];
            gather(levels, width, tile * TILE, self.dilation, around);
            self.linear.apply(around, per_unit, |row, at, sums| {
                out[row * 2 * width + at..][..LANES].copy_from_slice(&sums);
            });
            let next = &mut next[tile * TILE * width..];
            let rows = rows.chunks_exact_mut(width).zip(next.chunks_exact_mut(width));
            for ((x, level_of), y) in rows.zip(out.chunks_exact(2 * width)) {
                let (value, open) = y.split_at(width);
                for ((x, value), open) in x.iter_mut().zip(value).zip(open) {
                    *x += value * gate(*open);
                }
                self.norm.apply(x, level_of);
            }
        }
        *levels = next;
        self.norm.per_unit
    }
}

/// Puts side by side the rows `dilation` before, at and after each row from `first` on; zeros past the ends.
pub(super) fn gather(levels: &[i16], width: usize, first: usize, dilation: usize, out: &mut [i16]) {
    for (n, out) in out.chunks_exact_mut(3 * width).enumerate() {
        for (place, out) in out.chunks_exact_mut(width).enumerate() {
            // Row first + n + (place - 1) * dilation.
            let row = (first + n + place * dilation).checked_sub(dilation);
            match row.and_then(|row| levels.get(row * width..(row + 1) * width)) {
                Some(from) => out.copy_from_slice(from),
                None => out.fill(0),
            }
        }
    }
}

/// A gated recurrent unit that reads the rows in one direction.
#[derive(Debug)]
pub(super) struct Recurrence {
    given: Linear,
    state: Matrix,
    hidden: usize,
    backward: bool,
}

impl Recurrence {
    pub(super) fn read(
        weights: &Weights<'_>,
        layer: &str,
        (width, hidden): (usize, usize),
        backward: bool,
    ) -> Result<Self, Error> {
        Ok(Self {
            given: weights.linear(layer, width, 3 * hidden)?,
            state: weights.matrix(layer, "u", hidden, 3 * hidden)?,
            hidden,
            backward,
        })
    }

    /// Writes the state after each row as levels of `vector_unit`, at column `at` of rows of `width`.
    pub(super) fn apply(
        &self,
        levels: &[i16],
        per_unit: f32,
        (vectors, width, at, vector_unit): (&mut [i16], usize, usize, f32),
    ) {
        let hidden = self.hidden;
        let rows = vectors.len() / width;
        let row_width = levels.len() / rows.max(1);
        let mut given = vec![0.0; TILE * 3 * hidden];
        let mut from_state = vec![0.0; 3 * hidden];
        let mut state = vec![0.0; hidden];
        let mut state_levels = vec![0; hidden];
        let tiles = rows.div_ceil(TILE);
        for tile in 0..tiles {
            let tile = if self.backward { tiles - 1 - tile } else { tile };
            let (first, last) = (tile * TILE, rows.min((tile + 1) * TILE));
            self.given.apply(&levels[first * row_width..last * row_width], per_unit, |row, at, sums| {
                given[row * 3 * hidden + at..][..LANES].copy_from_slice(&sums);
            });
            for row in first..last {
                let row = if self.backward { first + last - 1 - row } else { row };
                self.state.times_one(&state_levels, 1.0 / LEVELS, &mut from_state);
                let given = &given[(row - first) * 3 * hidden..][..3 * hidden];
                step(given, &from_state, &mut state);
                let out = &mut vectors[row * width + at..][..hidden];
                for ((h, inner), outer) in state.iter().zip(&mut state_levels).zip(out) {
                    *inner = level(*h, LEVELS);
                    *outer = level(*h, vector_unit);
                }
            }
        }
    }
}

/// One step: how much of the old state the new one hears of (r), how much of it stays (z), and what is new (n).
#[inline]
fn step(given: &[f32], from_state: &[f32], state: &mut [f32]) {
    let hidden = state.len();
    let (rg, given) = given.split_at(hidden);
    let (zg, ng) = given.split_at(hidden);
    let (rs, from_state) = from_state.split_at(hidden);
    let (zs, ns) = from_state.split_at(hidden);
    for (k, h) in state.iter_mut().enumerate() {
        let r = gate(rg[k] + rs[k]);
        let z = gate(zg[k] + zs[k]);
        let n = squash(ng[k] + r * ns[k]);
        *h += z * (n - *h);
    }
}
