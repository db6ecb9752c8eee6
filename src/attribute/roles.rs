//! Given a trigger, the word that starts a cue, tags the words around it as that one quote's source, cue and content.

use std::array::from_fn;
use std::ops::Range;

use crate::encode::{
    Around, Isa, LANES, Linear, VECTOR, VECTORS, Vectors, Weights, Window, Words, Work, on_this_processor,
};
use crate::error::Error;

/// Roles of a word, in the order of the network's outputs: outside, then first and later words of each.
pub(crate) const ROLES: usize = 7;
const OUTSIDE: usize = 0;
pub(super) const SOURCE: usize = 1;
pub(crate) const CUE: usize = 3;
pub(crate) const CONTENT: usize = 5;

/// The learned heads that find triggers and their roles.
#[derive(Debug)]
pub(crate) struct Roles<'a> {
    trigger: Linear<'a>,
    around: Around<'a>,
    order: Order,
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
    /// By how much a quote beats none: below 0 if the best path has no content and `roles` are of the best one that has.
    pub(super) lead: f32,
}

impl<'a> Roles<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        let follow = weights.floats("roles.follow", &[ROLES, ROLES])?;
        let start = weights.floats("roles.start", &[ROLES])?;
        Ok(Self {
            trigger: weights.linear("trigger", (VECTOR, 1), VECTORS)?,
            around: Around::read(weights, "roles", (0, ROLES))?,
            order: Order::new(&follow, &start),
        })
    }

    /// For each word the log odds that it starts a cue.
    pub(super) fn triggers(&self, vectors: &Vectors) -> Vec<f32> {
        let mut scores = Vec::<[f32; LANES]>::new();
        self.trigger.of_all(vectors.as_flattened(), &mut scores);
        scores.iter().map(|scores| scores[0]).collect()
    }

    /// Writes the words' share of the sums.
    pub(super) fn words(&self, vectors: &Vectors, words: &mut Words) {
        self.around.words(vectors, words);
    }

    /// Tags the words around `trigger`; `sentence_of` numbers the sentence of each word of `vectors`; `takes` tells
    /// that the trigger takes a side toward an object behind it.
    pub(super) fn tag(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        (trigger, score): (usize, f32),
        takes: bool,
    ) -> Reading {
        let range = Around::window(trigger, sentence_of.len());
        let first = range.start;
        let seen = self.around.see(vectors, words, sentence_of, Window { trigger, words: range, roles: &[] });
        let mut scores: Vec<Scores> =
            seen.tags.iter().map(|tags| from_fn(|n| if n < ROLES { tags[n] } else { NEVER })).collect();
        let lead = if takes { LEAD_TAKING } else { LEAD };
        let path = whole_path(&mut scores, &self.order, lead);
        Reading { trigger, score, first, roles: path.roles, margins: path.margins, lead: path.lead }
    }
}

/// The best path; if it has no content or no source but one that has is hardly worse, the best of those.
fn whole_path(scores: &mut [Scores], order: &Order, lead: f32) -> Path {
    let mut path = best_path(scores, order);
    for (part, role, most) in [(1, CONTENT, lead), (0, SOURCE, SOURCE_LEAD)] {
        let missing = !path.roles.iter().any(|r| usize::from(*r) == role);
        let word =
            (0..scores.len()).max_by(|a, b| path.openings[*a][part].total_cmp(&path.openings[*b][part]));
        let Some(word) = word.filter(|w| missing && path.openings[*w][part] > -most) else { continue };
        let behind = path.openings[word][part];
        scores[word][role] += FORCE;
        let mut forced = best_path(scores, order);
        forced.margins[word] = behind;
        forced.lead = if role == CONTENT { behind } else { path.lead };
        path = forced;
    }
    path
}

/// A quote is looked at if it is at most so much worse than none.
const LEAD: f32 = 0.6;
/// The same where the trigger takes a side toward an object behind it.
const LEAD_TAKING: f32 = 4.0;
/// A source is taken if it is at most so much worse than none: few quotes have none.
const SOURCE_LEAD: f32 = 2.0;
/// More than any path scores.
const FORCE: f32 = 1e4;

/// Best roles of some words.
struct Path {
    roles: Vec<u8>,
    margins: Vec<f32>,
    /// Of each word, by how much the best path that begins a source there, or a content, is behind the best of all.
    openings: Vec<[f32; 2]>,
    /// By how much it beats the paths without content, at the word that is surest of its own.
    lead: f32,
}

/// The scores of each role of a word; those past [`ROLES`] are of no role.
type Scores = [f32; PADDED];
/// [`ROLES`] and so many more that the processors take them all at once.
const PADDED: usize = 8;
/// Less than any path scores.
const NEVER: f32 = -1e30;

/// What the roles' order scores.
#[derive(Debug)]
struct Order {
    /// Of each role, what each role behind it scores.
    follow: [Scores; PADDED],
    /// Of each role, what each role before it scores.
    precede: [Scores; PADDED],
    start: Scores,
}

impl Order {
    fn new(follow: &[f32], start: &[f32]) -> Self {
        let score = |a: usize, b: usize| if a.max(b) < ROLES { follow[a * ROLES + b] } else { NEVER };
        Self {
            follow: from_fn(|a| from_fn(|b| score(a, b))),
            precede: from_fn(|b| from_fn(|a| score(a, b))),
            start: from_fn(|a| if a < ROLES { start[a] } else { NEVER }),
        }
    }
}

/// The best path through the scores, and each word's margin over paths that give it another role.
fn best_path(scores: &[Scores], order: &Order) -> Path {
    on_this_processor(Best { scores, order })
}

/// The search for the best path.
struct Best<'a> {
    scores: &'a [Scores],
    order: &'a Order,
}

impl Work for Best<'_> {
    type Out = Path;

    #[inline(always)]
    fn run<I: Isa>(self, _: I) -> Path {
        let Self { scores, order } = self;
        // Best sums of paths up to, and from, each word and role.
        let mut up_to: Vec<Scores> = Vec::with_capacity(scores.len());
        for score in scores {
            let before = up_to.last().map_or(order.start, |before| best_step(before, &order.follow));
            up_to.push(from_fn(|role| before[role] + score[role]));
        }
        let mut after = [0.0; PADDED];
        let mut roles = vec![OUTSIDE as u8; scores.len()];
        let mut margins = vec![0.0; scores.len()];
        let mut openings = vec![[0.0; 2]; scores.len()];
        let mut lead = f32::MIN;
        for n in (0..scores.len()).rev() {
            let sums: Scores = from_fn(|role| up_to[n][role] + after[role]);
            // Ties go to the lower role at every word, and follow the path that the next word is on.
            let allowed = |role: usize| {
                roles.get(n + 1).is_none_or(|next| order.follow[role][usize::from(*next)] > -1e3)
            };
            let best =
                (0..ROLES).filter(|r| allowed(*r)).fold(None, |best: Option<usize>, role| match best {
                    Some(best) if sums[best] >= sums[role] => Some(best),
                    _ => Some(role),
                });
            let best = best.unwrap_or(OUTSIDE);
            roles[n] = best as u8;
            let rival = largest(&from_fn(|role| if same(role, best) { f32::MIN } else { sums[role] }));
            margins[n] = sums[best] - rival;
            let most = largest(&sums);
            openings[n] = [SOURCE, CONTENT].map(|role| sums[role] - most);
            if best >= CONTENT {
                lead = lead.max(margins[n]);
            }
            after = best_step(&from_fn(|role| scores[n][role] + after[role]), &order.precede);
        }
        Path { roles, margins, openings, lead }
    }
}

/// Of each role the best sum of a neighbour's with what the two score side by side.
#[inline(always)]
fn best_step(sums: &Scores, side_by_side: &[Scores; PADDED]) -> Scores {
    let mut best = [f32::MIN; PADDED];
    for (sum, scores) in sums.iter().zip(side_by_side).take(ROLES) {
        for (best, score) in best.iter_mut().zip(scores) {
            *best = best.max(sum + score);
        }
    }
    best
}

/// True if two roles differ at most in being the first word or a later one.
fn same(a: usize, b: usize) -> bool {
    a.div_ceil(2) == b.div_ceil(2)
}

#[inline(always)]
fn largest(x: &Scores) -> f32 {
    x.iter().fold(f32::MIN, |most, x| most.max(*x))
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_path_is_legal_and_its_margins_tell_the_weakest_word() {
        let mut follow = [[0.0; ROLES]; ROLES];
        for inside in [SOURCE + 1, CUE + 1, CONTENT + 1] {
            for (role, row) in follow.iter_mut().enumerate() {
                row[inside] = if same(role, inside) { 0.0 } else { -1e4 };
            }
        }
        let start = [0.0, 0.0, -1e4, 0.0, -1e4, 0.0, -1e4];
        let mut scores = vec![[0.0; PADDED]; 4];
        scores[1][CONTENT] = 2.0;
        scores[2][CONTENT + 1] = 1.0;
        scores[3][OUTSIDE] = 3.0;
        let order = Order::new(follow.as_flattened(), &start);
        let Path { roles, margins, lead, .. } = best_path(&scores, &order);
        assert!((lead - 3.0).abs() < 1e-6, "{lead}");
        assert_eq!(roles, [OUTSIDE as u8, CONTENT as u8, CONTENT as u8 + 1, OUTSIDE as u8]);
        assert!((margins[2] - 1.0).abs() < 1e-6 && (margins[1] - 3.0).abs() < 1e-6, "{margins:?}");
    }

    #[test]
    fn a_content_that_is_hardly_worse_than_none_is_taken() {
        let mut scores = vec![[0.0; PADDED]; 3];
        scores[1][OUTSIDE] = LEAD - 0.1;
        for score in &mut scores {
            score[SOURCE] = -9.0;
        }
        scores[0][CONTENT] = -5.0;
        scores[2][CONTENT] = -5.0;
        let (follow, start) = ([[0.0; ROLES]; ROLES], [0.0, 0.0, -1e4, 0.0, -1e4, 0.0, -1e4]);
        let mut follow = follow;
        for row in &mut follow {
            row[CONTENT + 1] = -1e4;
            row[SOURCE + 1] = -1e4;
            row[CUE] = -9.0;
            row[CUE + 1] = -1e4;
        }
        let order = Order::new(follow.as_flattened(), &start);
        let path = whole_path(&mut scores.clone(), &order, LEAD);
        assert_eq!(path.roles, [OUTSIDE as u8, CONTENT as u8, OUTSIDE as u8]);
        assert!((path.lead + LEAD - 0.1).abs() < 1e-4, "{}", path.lead);
        scores[1][OUTSIDE] = LEAD + 0.1;
        assert_eq!(whole_path(&mut scores, &order, LEAD).roles, [OUTSIDE as u8; 3]);
    }
}
