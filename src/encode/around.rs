//! The words around a trigger, as vectors that depend on it: what the heads for roles and for stance stand on.

use std::ops::Range;

use super::kernel::{LANES, LEVELS};
use super::layers::{gather, level};
use super::weights::{Linear, Weights};
use super::{VECTOR, Vectors};
use crate::error::Error;

/// Numbers in the vector of a word around a trigger.
pub(crate) const WIDTH: usize = 64;
/// Levels for 1.0 in such a vector.
pub(crate) const PER_UNIT: f32 = LEVELS / (3.0 * CEILING);
/// Rectified sums end here; three of them add up in a word's vector.
const CEILING: f32 = 6.0;
/// Words before a trigger, and from it on, that are looked at.
const BEFORE: usize = 64;
const AFTER: usize = 96;
/// Words on each side that the convolutions bring into a word's vector.
pub(crate) const REACH: usize = 3;
/// Distances up to this have a row of the table each.
const NEAR: usize = 12;
const DISTANCES: usize = 64;
/// Sentences before and after the trigger's that have a row each, and its own.
const SENTENCES: usize = 5;

/// The layers of one head.
#[derive(Debug)]
pub(crate) struct Around {
    word: Linear,
    cue: Linear,
    distance: Vec<f32>,
    sentence: Vec<f32>,
    /// A row for each role that a word may be known to play; none if the head knows no roles.
    role: Vec<f32>,
    convolutions: [Linear; 2],
}

/// The words' share of every trigger's sums, made once for all of them.
#[derive(Debug)]
pub(crate) struct Words(Vec<f32>);

impl Words {
    /// Adds to the part of a word's share that is summed, from the number `at` on.
    pub(crate) fn add(&mut self, word: usize, at: usize, sums: &[f32; LANES]) {
        let share = &mut self.0[word * 2 * WIDTH..][..WIDTH];
        share[at..].iter_mut().zip(sums).for_each(|(to, sum)| *to += sum);
    }
}

impl Around {
    /// The layers named `layer`, which knows `roles` roles.
    pub(crate) fn read(weights: &Weights<'_>, layer: &str, roles: usize) -> Result<Self, Error> {
        let linear = |name, rows, columns| weights.linear(&format!("{layer}.{name}"), rows, columns);
        let floats = |name, rows| weights.floats(&format!("{layer}.{name}"), &[rows, WIDTH]);
        Ok(Self {
            word: linear("word", VECTOR, 2 * WIDTH)?,
            cue: linear("cue", VECTOR, 2 * WIDTH)?,
            distance: floats("distance", DISTANCES)?,
            sentence: floats("sentence", SENTENCES)?,
            role: if roles == 0 { Vec::new() } else { floats("role", roles)? },
            convolutions: [linear("convs.0", 3 * WIDTH, WIDTH)?, linear("convs.1", 3 * WIDTH, WIDTH)?],
        })
    }

    /// The words that a trigger's head looks at, of `count` words.
    pub(crate) fn window(trigger: usize, count: usize) -> Range<usize> {
        trigger.saturating_sub(BEFORE)..count.min(trigger + AFTER)
    }

    /// The words' share of the sums.
    pub(crate) fn words(&self, vectors: &Vectors) -> Words {
        let mut out = vec![0.0; vectors.levels.len() / VECTOR * 2 * WIDTH];
        self.word.apply(&vectors.levels, vectors.per_unit, |row, at, sums| {
            out[row * 2 * WIDTH + at..][..LANES].copy_from_slice(&sums);
        });
        Words(out)
    }

    /// The vectors of the words of `window`, all or some of the [`Around::window`] of `trigger`: [`WIDTH`] numbers each,
    /// and as levels.
    ///
    /// `sentence_of` numbers the sentence of each word of `vectors`, `roles` are those of the window's words.
    pub(crate) fn apply(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        (trigger, window): (usize, Range<usize>),
        roles: &[u8],
    ) -> (Vec<f32>, Vec<i16>) {
        let mut cue = [0.0; 2 * WIDTH];
        let vector = &vectors.levels[trigger * VECTOR..(trigger + 1) * VECTOR];
        self.cue.apply(vector, vectors.per_unit, |_, at, sums| cue[at..at + LANES].copy_from_slice(&sums));
        let mut z = vec![0.0; window.len() * WIDTH];
        for (n, (z, word)) in z.chunks_exact_mut(WIDTH).zip(window).enumerate() {
            let here = &words.0[word * 2 * WIDTH..(word + 1) * 2 * WIDTH];
            let distance = &self.distance[distance_row(word, trigger) * WIDTH..][..WIDTH];
            let apart = (i64::from(sentence_of[word]) - i64::from(sentence_of[trigger])).clamp(-2, 2) + 2;
            let sentence = &self.sentence[apart as usize * WIDTH..][..WIDTH];
            for (k, z) in z.iter_mut().enumerate() {
                *z = here[k] + cue[k] + here[WIDTH + k] * cue[WIDTH + k] + distance[k] + sentence[k];
            }
            if let Some(role) = roles.get(n) {
                let role = &self.role[usize::from(*role) * WIDTH..][..WIDTH];
                z.iter_mut().zip(role).for_each(|(z, role)| *z += role);
            }
            for z in &mut *z {
                *z = z.clamp(0.0, CEILING);
            }
        }
        let levels = self.convolve(&mut z);
        (z, levels)
    }

    /// Adds two rectified convolutions in place; the levels of the result.
    fn convolve(&self, z: &mut [f32]) -> Vec<i16> {
        let mut levels: Vec<i16> = z.iter().map(|x| level(*x, PER_UNIT)).collect();
        let mut around = vec![0; 3 * z.len()];
        for (n, convolution) in self.convolutions.iter().enumerate() {
            gather(&levels, WIDTH, 0, n + 1, &mut around);
            convolution.apply(&around, PER_UNIT, |row, at, sums| {
                for (z, sum) in z[row * WIDTH + at..].iter_mut().zip(sums) {
                    *z += sum.clamp(0.0, CEILING);
                }
            });
            for (to, x) in levels.iter_mut().zip(z.iter()) {
                *to = level(*x, PER_UNIT);
            }
        }
        levels
    }
}

/// The row of the distance table for a word: each near distance has its own, then powers of the root of 2 share one.
fn distance_row(word: usize, trigger: usize) -> usize {
    let far = word.abs_diff(trigger);
    let row = if far <= NEAR {
        far
    } else {
        // Squares, so that no logarithm is needed: the largest n with NEAR^2 * 2^n <= far^2.
        let ratio = far * far / (NEAR * NEAR);
        NEAR + 1 + ratio.ilog2() as usize
    };
    if word < trigger { 32 + row } else { row }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_the_trainer_s_rows() {
        let rows = |far: usize| (distance_row(100 + far, 100), distance_row(100 - far, 100));
        assert_eq!(rows(0).0, 0);
        assert_eq!([rows(12), rows(13), rows(16), rows(17)], [(12, 44), (13, 45), (13, 45), (14, 46)]);
        assert_eq!([rows(24).0, rows(33).0, rows(34).0, rows(95).0], [15, 15, 16, 18]);
    }
}
