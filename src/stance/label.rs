//! The label of a quote: a linear function of its words' vectors and of their tones.

use std::ops::Range;

use crate::encode::features::{Rows, TABLES};
use crate::encode::{VECTOR, Vectors, Weights};
use crate::error::Error;
use crate::number::softmax;

/// Numbers of a word's tone: valence, side, lexicon, and if it is a negation.
const TONES: usize = 4;
/// The last of them.
const NEGATION: usize = TONES - 1;
/// Words before a word in which a negation turns it round, and what is left of it then.
const REACH: usize = 3;
const TURNED: f32 = -0.7;
/// The first words of a part count once more by themselves.
const FIRST: usize = 5;
/// Numbers of a part's tones: six of each tone, and its negations.
const PART: usize = 6 * NEGATION + 1;
/// Numbers of a quote: five vectors, the tones of cue and content, the content's length.
const FEATURES: usize = 5 * VECTOR + 2 * PART + 1;

/// The learned head.
#[derive(Debug)]
pub(crate) struct Labels<'a> {
    tones: &'a [u8],
    unit: f32,
    slope: Vec<f32>,
    base: Vec<f32>,
}

impl<'a> Labels<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            tones: weights.signed("tones", &[TABLES[0], TONES])?,
            unit: weights.floats("tones.scale", &[1])?[0],
            slope: weights.floats("label.slope", &[3, FEATURES])?,
            base: weights.floats("label.base", &[3])?,
        })
    }

    /// The words of a cue and a content that speak loudest for something and against it.
    pub(crate) fn loudest(&self, rows: &[Rows], cue: &Range<usize>, content: &[Range<usize>]) -> [usize; 2] {
        let words = || content.iter().cloned().chain([cue.clone()]).flatten();
        let side = |word: usize| {
            let tone = self.turned(rows, word);
            tone[0] + tone[1]
        };
        let best = |sign: f32| words().max_by(|a, b| (sign * side(*a)).total_cmp(&(sign * side(*b))));
        [1.0, -1.0].map(|sign| best(sign).unwrap_or(cue.start))
    }

    /// Probabilities of support, oppose and neutral of the quote with this cue and content.
    pub(crate) fn of(
        &self,
        vectors: &Vectors,
        rows: &[Rows],
        cue: &Range<usize>,
        content: &[Range<usize>],
    ) -> [f32; 3] {
        let cue: Vec<usize> = cue.clone().collect();
        let content: Vec<usize> = content.iter().cloned().flatten().collect();
        let mut features = Vec::with_capacity(FEATURES);
        push_vectors(vectors, &cue, &content, &mut features);
        self.push_tones(rows, &cue, &mut features);
        self.push_tones(rows, &content, &mut features);
        features.push(content.len() as f32);
        softmax(std::array::from_fn(|label| {
            let slope = &self.slope[label * FEATURES..(label + 1) * FEATURES];
            slope.iter().zip(&features).fold(self.base[label], |sum, (slope, x)| sum + slope * x)
        }))
    }

    /// The tone of a word: its two rows together.
    fn tone(&self, rows: &Rows) -> [f32; TONES] {
        let number =
            |column: usize, n: usize| f32::from(self.tones[usize::from(rows[column]) * TONES + n] as i8);
        std::array::from_fn(|n| (number(0, n) + number(1, n)) * self.unit)
    }

    /// The tone of a word among others, turned round by a negation shortly before it.
    fn turned(&self, rows: &[Rows], word: usize) -> [f32; TONES] {
        let tone = self.tone(&rows[word]);
        let turns = rows[word.saturating_sub(REACH)..word].iter().any(|r| self.negates(r));
        if turns { tone.map(|x| x * TURNED) } else { tone }
    }

    fn negates(&self, rows: &Rows) -> bool {
        self.tone(rows)[NEGATION] > 0.5
    }

    /// Sum, mean, largest, smallest, strongest and first tones of some words, and their number of negations.
    fn push_tones(&self, rows: &[Rows], words: &[usize], features: &mut Vec<f32>) {
        let mut sum = [0.0; NEGATION];
        let mut first = [0.0; NEGATION];
        let mut most = [f32::MIN; NEGATION];
        let mut least = [f32::MAX; NEGATION];
        let mut strongest = [0.0_f32; NEGATION];
        let mut negations = 0.0;
        for (n, &word) in words.iter().enumerate() {
            let tone = self.tone(&rows[word]);
            let turned = self.turned(rows, word);
            for k in 0..NEGATION {
                let x = turned[k];
                sum[k] += x;
                most[k] = x.max(most[k]);
                least[k] = x.min(least[k]);
                strongest[k] = tone[k].abs().max(strongest[k]);
                if n < FIRST {
                    first[k] += x;
                }
            }
            negations += f32::from(tone[NEGATION] > 0.5);
        }
        let count = words.len().max(1) as f32;
        features.extend(sum);
        features.extend(sum.map(|x| x / count));
        for part in [most, least, strongest] {
            features.extend(part);
        }
        features.extend(first.map(|x| x / count.min(FIRST as f32)));
        features.push(negations);
    }
}

/// The vectors of the cue's first word, of the cue and of the content (means), and the content's largest and smallest.
fn push_vectors(vectors: &Vectors, cue: &[usize], content: &[usize], features: &mut Vec<f32>) {
    let row = |word: usize| &vectors.levels[word * VECTOR..(word + 1) * VECTOR];
    let unit = 1.0 / vectors.per_unit;
    let mut most = [i16::MIN; VECTOR];
    let mut least = [i16::MAX; VECTOR];
    for &word in content {
        for ((most, least), level) in most.iter_mut().zip(&mut least).zip(row(word)) {
            *most = *level.max(most);
            *least = *level.min(least);
        }
    }
    let mean = |words: &[usize]| {
        let mut sums = [0_i32; VECTOR];
        for &word in words {
            sums.iter_mut().zip(row(word)).for_each(|(sum, level)| *sum += i32::from(*level));
        }
        let share = unit / words.len().max(1) as f32;
        sums.map(|sum| sum as f32 * share)
    };
    features.extend(row(cue[0]).iter().map(|level| f32::from(*level) * unit));
    features.extend(mean(cue));
    features.extend(mean(content));
    features.extend(most.map(|level| f32::from(level) * unit));
    features.extend(least.map(|level| f32::from(level) * unit));
}
