//! Given a trigger, the word that starts a cue, tags the words around it as that one quote's source, cue and content.

use std::ops::Range;

use crate::encode::{LANES, LEVELS, Linear, VECTOR, Vectors, Weights, gather, level};
use crate::error::Error;

/// Roles of a word, in the order of the network's outputs.
pub(super) const ROLES: usize = 7;
const OUTSIDE: usize = 0;
pub(super) const SOURCE: usize = 1;
pub(super) const CUE: usize = 3;
pub(super) const CONTENT: usize = 5;

/// Words before and from a trigger on that may play a role.
pub(super) const BEFORE: usize = 64;
pub(super) const AFTER: usize = 96;
const WINDOW: usize = BEFORE + AFTER;
const WIDTH: usize = 64;
/// Distances up to this have a row of the table each.
const NEAR: usize = 12;
const DISTANCES: usize = 64;
/// Sentences before and after the trigger's that have a row each, and its own.
const SENTENCES: usize = 5;
/// Rectified sums end here; three of them add up in a word's vector.
const CEILING: f32 = 6.0;
const PER_UNIT: f32 = LEVELS / (3.0 * CEILING);

/// The learned heads that find triggers and their roles.
#[derive(Debug)]
pub(crate) struct Roles {
    trigger: Linear,
    word: Linear,
    cue: Linear,
    distance: Vec<f32>,
    sentence: Vec<f32>,
    convolutions: [Linear; 2],
    out: Linear,
    follow: [[f32; ROLES]; ROLES],
    start: [f32; ROLES],
}

/// What the network says about one trigger.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Word that starts the cue.
    pub(super) trigger: usize,
    /// How sure the network is that it does: a log odds.
    pub(super) score: f32,
    /// First word that `roles` speaks of.
    pub(super) first: usize,
    /// The best role of each word from `first` on.
    pub(super) roles: Vec<u8>,
    /// By how much the best path beats the best one that gives the word another role.
    pub(super) margins: Vec<f32>,
}

/// The words' share of every trigger's sums, made once for all of them.
#[derive(Debug)]
pub(super) struct Words(Vec<f32>);

impl Roles {
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Self, Error> {
        let follow = weights.floats("roles.follow", &[ROLES, ROLES])?;
        let start = weights.floats("roles.start", &[ROLES])?;
        Ok(Self {
            trigger: weights.linear("trigger", VECTOR, 1)?,
            word: weights.linear("roles.word", VECTOR, 2 * WIDTH)?,
            cue: weights.linear("roles.cue", VECTOR, 2 * WIDTH)?,
            distance: weights.floats("roles.distance", &[DISTANCES, WIDTH])?,
            sentence: weights.floats("roles.sentence", &[SENTENCES, WIDTH])?,
            convolutions: [
                weights.linear("roles.convs.0", 3 * WIDTH, WIDTH)?,
                weights.linear("roles.convs.1", 3 * WIDTH, WIDTH)?,
            ],
            out: weights.linear("roles.out", WIDTH, ROLES)?,
            follow: std::array::from_fn(|a| std::array::from_fn(|b| follow[a * ROLES + b])),
            start: std::array::from_fn(|a| start[a]),
        })
    }

    /// For each word the log odds that it starts a cue.
    pub(super) fn triggers(&self, vectors: &Vectors) -> Vec<f32> {
        let mut out = vec![0.0; vectors.levels.len() / VECTOR];
        self.trigger.apply(&vectors.levels, vectors.per_unit, |row, _, sums| out[row] = sums[0]);
        out
    }

    /// The words' share of the sums.
    pub(super) fn words(&self, vectors: &Vectors) -> Words {
        let mut out = vec![0.0; vectors.levels.len() / VECTOR * 2 * WIDTH];
        self.word.apply(&vectors.levels, vectors.per_unit, |row, at, sums| {
            out[row * 2 * WIDTH + at..][..LANES].copy_from_slice(&sums);
        });
        Words(out)
    }

    /// Tags the words around `trigger`; `sentence_of` numbers the sentence of each word of `vectors`.
    pub(super) fn tag(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        (trigger, score): (usize, f32),
    ) -> Reading {
        let window = trigger.saturating_sub(BEFORE)..sentence_of.len().min(trigger + AFTER);
        let mut cue = [0.0; 2 * WIDTH];
        let vector = &vectors.levels[trigger * VECTOR..(trigger + 1) * VECTOR];
        self.cue.apply(vector, vectors.per_unit, |_, at, sums| cue[at..at + LANES].copy_from_slice(&sums));
        let mut z = vec![0.0; window.len() * WIDTH];
        for (z, word) in z.chunks_exact_mut(WIDTH).zip(window.clone()) {
            let here = &words.0[word * 2 * WIDTH..(word + 1) * 2 * WIDTH];
            let distance = &self.distance[distance_row(word, trigger) * WIDTH..][..WIDTH];
            let apart = (i64::from(sentence_of[word]) - i64::from(sentence_of[trigger])).clamp(-2, 2) + 2;
            let sentence = &self.sentence[apart as usize * WIDTH..][..WIDTH];
            for (k, z) in z.iter_mut().enumerate() {
                let sum = here[k] + cue[k] + here[WIDTH + k] * cue[WIDTH + k] + distance[k] + sentence[k];
                *z = sum.clamp(0.0, CEILING);
            }
        }
        let scores = self.scores(z);
        let (roles, margins) = best_path(&scores, &self.follow, &self.start);
        Reading { trigger, score, first: window.start, roles, margins }
    }

    /// Two convolutions over the window, then the scores of each role.
    fn scores(&self, mut z: Vec<f32>) -> Vec<[f32; ROLES]> {
        let count = z.len() / WIDTH;
        let mut levels: Vec<i16> = z.iter().map(|x| level(*x, PER_UNIT)).collect();
        let mut around = vec![0; count * 3 * WIDTH];
        for (n, convolution) in self.convolutions.iter().enumerate() {
            gather(&levels, WIDTH, 0, n + 1, &mut around);
            convolution.apply(&around, PER_UNIT, |row, at, sums| {
                for (z, sum) in z[row * WIDTH + at..].iter_mut().zip(sums) {
                    *z += sum.clamp(0.0, CEILING);
                }
            });
            for (to, x) in levels.iter_mut().zip(&z) {
                *to = level(*x, PER_UNIT);
            }
        }
        let mut scores = vec![[0.0; ROLES]; count];
        self.out.apply(&levels, PER_UNIT, |row, _, sums| scores[row].copy_from_slice(&sums[..ROLES]));
        scores
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

/// The best path through the scores, and each word's margin over paths that give it another role.
fn best_path(
    scores: &[[f32; ROLES]],
    follow: &[[f32; ROLES]; ROLES],
    start: &[f32; ROLES],
) -> (Vec<u8>, Vec<f32>) {
    // Best sums of paths up to, and from, each word and role.
    let mut up_to: Vec<[f32; ROLES]> = Vec::with_capacity(scores.len());
    for (n, score) in scores.iter().enumerate() {
        up_to.push(std::array::from_fn(|role| {
            let before = match n.checked_sub(1).and_then(|n| up_to.get(n)) {
                Some(before) => largest(std::array::from_fn(|last| before[last] + follow[last][role])),
                None => start[role],
            };
            before + score[role]
        }));
    }
    let mut after = [0.0; ROLES];
    let mut roles = vec![OUTSIDE as u8; scores.len()];
    let mut margins = vec![0.0; scores.len()];
    for n in (0..scores.len()).rev() {
        let sums: [f32; ROLES] = std::array::from_fn(|role| up_to[n][role] + after[role]);
        // Ties go to the lower role at every word, and follow the path that the next word is on.
        let allowed = |role: usize| roles.get(n + 1).is_none_or(|next| follow[role][usize::from(*next)] > -1e3);
        let best = (0..ROLES).filter(|r| allowed(*r)).fold(None, |best: Option<usize>, role| match best {
            Some(best) if sums[best] >= sums[role] => Some(best),
            _ => Some(role),
        });
        let best = best.unwrap_or(OUTSIDE);
        roles[n] = best as u8;
        let rival = largest(std::array::from_fn(|role| if same(role, best) { f32::MIN } else { sums[role] }));
        margins[n] = sums[best] - rival;
        after = std::array::from_fn(|role| {
            largest(std::array::from_fn(|next| follow[role][next] + scores[n][next] + after[next]))
        });
    }
    (roles, margins)
}

/// True if two roles differ at most in being the first word or a later one.
fn same(a: usize, b: usize) -> bool {
    a.div_ceil(2) == b.div_ceil(2)
}

#[inline(always)]
fn largest(x: [f32; ROLES]) -> f32 {
    x.into_iter().fold(f32::MIN, f32::max)
}

impl Reading {
    /// The word ranges of a role ([`SOURCE`], [`CUE`] or [`CONTENT`]), in order.
    pub(super) fn pieces(&self, role: usize) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for (n, found) in self.roles.iter().enumerate() {
            let word = self.first + n;
            let found = usize::from(*found);
            if found == role {
                out.push(word..word + 1);
            } else if found == role + 1
                && let Some(last) = out.last_mut()
            {
                last.end = word + 1;
            }
        }
        out
    }

    /// The smallest margin at the edges of a role's pieces: how sure the network is of their bounds.
    pub(super) fn surety(&self, role: usize) -> f32 {
        let pieces = self.pieces(role);
        let edges = pieces.iter().flat_map(|p| [p.start.wrapping_sub(1), p.start, p.end - 1, p.end]);
        let margins = edges.filter_map(|word| self.margins.get(word.wrapping_sub(self.first)));
        margins.fold(f32::MAX, |least, m| least.min(*m))
    }
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

    #[test]
    fn the_best_path_is_legal_and_its_margins_tell_the_weakest_word() {
        let mut follow = [[0.0; ROLES]; ROLES];
        for inside in [SOURCE + 1, CUE + 1, CONTENT + 1] {
            for (role, row) in follow.iter_mut().enumerate() {
                row[inside] = if same(role, inside) { 0.0 } else { -1e4 };
            }
        }
        let start = [0.0, 0.0, -1e4, 0.0, -1e4, 0.0, -1e4];
        let mut scores = vec![[0.0; ROLES]; 4];
        scores[1][CONTENT] = 2.0;
        scores[2][CONTENT + 1] = 1.0;
        scores[3][OUTSIDE] = 3.0;
        let (roles, margins) = best_path(&scores, &follow, &start);
        assert_eq!(roles, [OUTSIDE as u8, CONTENT as u8, CONTENT as u8 + 1, OUTSIDE as u8]);
        assert!((margins[2] - 1.0).abs() < 1e-6 && (margins[1] - 3.0).abs() < 1e-6, "{margins:?}");
    }
}
