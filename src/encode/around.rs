//! The words around a trigger, as vectors that depend on it: what the heads for roles and for stance stand on.

use std::ops::Range;

use super::kernel::{Isa, LANES, Linear, Unit, Work, on_this_processor};
use super::layers::{TILE, gather};
use super::weights::Weights;
use super::{VECTOR, VECTORS, Vectors};
use crate::error::Error;

/// Numbers in the vector of a word around a trigger.
pub(crate) const WIDTH: usize = 64;
/// The levels of such numbers before each convolution, and behind both.
const LEVELS: [Unit; 3] = [upto(CEILING), upto(10.0), SEEN];
/// The levels of words' vectors around a trigger.
pub(crate) const SEEN: Unit = upto(14.0);
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

/// Levels of numbers without a sign, of which hardly any is larger.
const fn upto(most: f32) -> Unit {
    Unit { zero: 0, per_unit: 255.0 / most }
}

/// The nearest level of `x`, which is not negative.
#[inline(always)]
pub(crate) fn level(x: f32, unit: Unit) -> u8 {
    // Adding 1.5 * 2^23 leaves the rounded number in the low bits.
    ((x * unit.per_unit).min(255.0) + 12_582_912.0).to_bits() as u8
}

/// The layers of one head.
#[derive(Debug)]
pub(crate) struct Around<'a> {
    word: Linear<'a>,
    cue: Linear<'a>,
    distance: Vec<[f32; WIDTH]>,
    sentence: Vec<[f32; WIDTH]>,
    /// A row for each role that a word may be known to play; none if the head knows no roles.
    role: Vec<[f32; WIDTH]>,
    convolutions: [Linear<'a>; 2],
    out: Linear<'a>,
}

/// The words' share of every trigger's sums, made once for all of them: what is added, and what the trigger weighs.
#[derive(Debug, Default)]
pub(crate) struct Words(Vec<[f32; 2 * WIDTH]>);

impl Words {
    /// Adds to what is added of the words from `first` on.
    #[inline(always)]
    pub(crate) fn add(&mut self, first: usize, more: &[[f32; WIDTH]]) {
        for (words, more) in self.0[first..].iter_mut().zip(more) {
            for k in 0..WIDTH {
                words[k] += more[k];
            }
        }
    }
}

/// A trigger and the words around it that its head looks at, all or some of the [`Around::window`].
#[derive(Clone, Debug)]
pub(crate) struct Window<'a> {
    pub(crate) trigger: usize,
    pub(crate) words: Range<usize>,
    /// The roles of these words, if the head knows them.
    pub(crate) roles: &'a [u8],
}

/// What a head sees of the words around a trigger.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The words' vectors.
    pub(crate) numbers: Vec<[f32; WIDTH]>,
    /// The same as levels.
    pub(crate) levels: Vec<[u8; WIDTH]>,
    /// The scores of each word's tags; zeros behind them.
    pub(crate) tags: Vec<[f32; LANES]>,
}

impl<'a> Around<'a> {
    /// The layers named `layer`, which know `roles` roles and give `tags` tags.
    pub(crate) fn read(
        weights: &Weights<'a>,
        layer: &str,
        (roles, tags): (usize, usize),
    ) -> Result<Self, Error> {
        let linear = |name, sizes, unit| weights.linear(&format!("{layer}.{name}"), sizes, unit);
        let rows = |name, count| {
            let numbers = weights.floats(&format!("{layer}.{name}"), &[count, WIDTH])?;
            Ok::<_, Error>(numbers.as_chunks().0.to_vec())
        };
        Ok(Self {
            word: linear("word", (VECTOR, 2 * WIDTH), VECTORS)?,
            cue: linear("cue", (VECTOR, 2 * WIDTH), VECTORS)?,
            distance: rows("distance", DISTANCES)?,
            sentence: rows("sentence", SENTENCES)?,
            role: if roles == 0 { Vec::new() } else { rows("role", roles)? },
            convolutions: [
                linear("convs.0", (3 * WIDTH, WIDTH), LEVELS[0])?,
                linear("convs.1", (3 * WIDTH, WIDTH), LEVELS[1])?,
            ],
            out: linear("out", (WIDTH, tags), SEEN)?,
        })
    }

    /// The words that a trigger's head looks at, of `count` words.
    pub(crate) fn window(trigger: usize, count: usize) -> Range<usize> {
        trigger.saturating_sub(BEFORE)..count.min(trigger + AFTER)
    }

    /// Writes the words' share of the sums.
    pub(crate) fn words(&self, vectors: &Vectors, words: &mut Words) {
        self.word.of_all(vectors.as_flattened(), &mut words.0);
    }

    /// The words of a window, as the head sees them; `sentence_of` numbers the sentence of each word of `vectors`.
    pub(crate) fn see(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        window: Window<'_>,
    ) -> Seen {
        on_this_processor(Seeing { around: self, vectors, words, sentence_of, window })
    }
}

/// A head at work on one window.
struct Seeing<'a> {
    around: &'a Around<'a>,
    vectors: &'a Vectors,
    words: &'a Words,
    sentence_of: &'a [u32],
    window: Window<'a>,
}

impl Work for Seeing<'_> {
    type Out = Seen;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> Seen {
        let mut numbers = self.sums(isa);
        let mut levels = vec![[0; WIDTH]; numbers.len()];
        to_levels(&numbers, LEVELS[0], &mut levels);
        let mut next = levels.clone();
        let (mut around, mut sums) = ([[[0; WIDTH]; 3]; TILE], [[0.0; WIDTH]; TILE]);
        for (n, convolution) in self.around.convolutions.iter().enumerate() {
            for (tile, (numbers, next)) in numbers.chunks_mut(TILE).zip(next.chunks_mut(TILE)).enumerate() {
                let (around, sums) = (&mut around[..next.len()], &mut sums[..next.len()]);
                gather(&levels, tile * TILE, n + 1, 0, around);
                convolution.of(isa, around.as_flattened().as_flattened(), sums);
                for (numbers, sums) in numbers.iter_mut().zip(&*sums) {
                    for k in 0..WIDTH {
                        numbers[k] += sums[k].clamp(0.0, CEILING);
                    }
                }
                to_levels(numbers, LEVELS[n + 1], next);
            }
            std::mem::swap(&mut levels, &mut next);
        }
        let mut tags = vec![[0.0; LANES]; numbers.len()];
        self.around.out.of(isa, levels.as_flattened(), &mut tags);
        Seen { numbers, levels, tags }
    }
}

/// Writes numbers as levels.
#[inline(always)]
fn to_levels(numbers: &[[f32; WIDTH]], unit: Unit, levels: &mut [[u8; WIDTH]]) {
    for (numbers, levels) in numbers.iter().zip(levels) {
        for k in 0..WIDTH {
            levels[k] = level(numbers[k], unit);
        }
    }
}

impl Seeing<'_> {
    /// The rectified sums of what word, trigger, distance and role say.
    #[inline(always)]
    fn sums<I: Isa>(&self, isa: I) -> Vec<[f32; WIDTH]> {
        let Self { around, vectors, words, sentence_of, window: Window { trigger, words: range, roles } } =
            self;
        let mut cue = [0.0; 2 * WIDTH];
        around.cue.of_one(isa, &vectors[*trigger], &mut cue);
        let mut out = vec![[0.0; WIDTH]; range.len()];
        let none = [0.0; WIDTH];
        for (n, (out, word)) in out.iter_mut().zip(range.clone()).enumerate() {
            let here = &words.0[word];
            let distance = &around.distance[distance_row(word, *trigger)];
            let apart = (i64::from(sentence_of[word]) - i64::from(sentence_of[*trigger])).clamp(-2, 2) + 2;
            let sentence = &around.sentence[apart as usize];
            let role = roles.get(n).map_or(&none, |role| &around.role[usize::from(*role)]);
            for k in 0..WIDTH {
                let sum = here[k] + cue[k] + here[WIDTH + k] * cue[WIDTH + k];
                out[k] = (sum + distance[k] + sentence[k] + role[k]).clamp(0.0, CEILING);
            }
        }
        out
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
