//! The learned part: act and label of a quote, its targets and its evidence, all as word numbers.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::spans::spans;
use crate::attribute::{CONTENT, CUE, ROLES};
use crate::encode::features::Rows;
use crate::encode::{
    Around, LANES, Linear, REACH, SEEN, Seen, Vectors, WIDTH, Weights, Window, Words, level,
};
use crate::error::Error;
use crate::number::{largest, softmax};
use crate::record::{Act, Label};

const LABELS: [Label; 3] = [Label::Support, Label::Oppose, Label::Neutral];
const ACTS: [Act; 9] = [
    Act::Statement,
    Act::Question,
    Act::Belief,
    Act::Attitude,
    Act::Intention,
    Act::Demand,
    Act::Decision,
    Act::Denial,
    Act::Perception,
];
/// Columns of a word's scores: outside, first and later word of a target; the same of evidence; the labels.
const TARGET: usize = 0;
const EVIDENCE: usize = 3;
const TOWARD: usize = 6;
const TAGS: usize = 9;
/// What a word's scores as first and as later word of a target gain over none: most annotators' second targets are ones
/// that the head is of two minds about, and it cuts them short.
const TARGET_SLACK: [f32; 2] = [1.0, 1.5];
/// Below this probability a side is a guess.
const UNSURE: f32 = 0.4;
/// Evidence gains nothing.
const NO_SLACK: [f32; 2] = [0.0, 0.0];

/// Roles in a sentence whose target the caller names: the target's first word, its later ones, all others.
const GIVEN: u8 = ROLES as u8;
const SENTENCE: usize = ROLES + 2;
/// The number of roles with these.
const ALL_ROLES: usize = ROLES + 3;
/// Numbers of a quote's scores: the labels, the acts, the labels toward a target that the caller names.
const SCORES: usize = 2 * LABELS.len() + ACTS.len();
/// Numbers of a quote: its trigger, the means of its content and its cue, the largest of both.
const POOLED: usize = 4 * WIDTH;

/// The learned heads of this stage.
#[derive(Debug)]
pub(crate) struct Stances<'a> {
    around: Around<'a>,
    lexicon: Lexicon<'a>,
    quote: Linear<'a>,
}

/// The quote that the heads read: its trigger, and the roles of the words in the trigger's window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) trigger: usize,
    pub(crate) roles: &'a [u8],
}

/// What a quote is toward.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) words: Range<usize>,
    /// Probabilities of support, oppose and neutral.
    pub(crate) labels: [f32; 3],
}

/// What the heads say about one quote.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) act: Act,
    /// Probabilities of support, oppose and neutral, of the quote as a whole.
    pub(crate) labels: [f32; 3],
    /// The likeliest first.
    pub(crate) targets: Vec<Target>,
    /// In order; at least one.
    pub(crate) evidence: Vec<Range<usize>>,
}

/// The label of some probabilities: the likeliest, but no side that is hardly likelier than the others.
pub(crate) fn label(probabilities: &[f32; 3]) -> Label {
    let best = largest(probabilities);
    if probabilities[best] < UNSURE { Label::Neutral } else { LABELS[best] }
}

/// The probability of a label.
pub(crate) fn probability(label: Label, [support, oppose, neutral]: [f32; 3]) -> f32 {
    match label {
        Label::Support => support,
        Label::Oppose => oppose,
        _ => neutral,
    }
}

impl<'a> Stances<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            around: Around::read(weights, "stance", (ALL_ROLES, TAGS))?,
            lexicon: Lexicon::read(weights)?,
            quote: weights.linear("stance.quote", (POOLED, SCORES), SEEN)?,
        })
    }

    /// Writes the words' share of every quote's sums.
    pub(crate) fn words(&self, vectors: &Vectors, rows: &[Rows], words: &mut Words) {
        self.around.words(vectors, words);
        self.lexicon.add(rows, words);
    }

    /// Reads one quote of a block of words, whose vectors and sentences are given.
    pub(crate) fn of(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        subject: Subject<'_>,
    ) -> Reading {
        let (window, roles) = narrow(subject, sentence_of.len());
        let (trigger, first) = (subject.trigger, window.start);
        let seen = self.around.see(vectors, words, sentence_of, Window { trigger, words: window, roles });
        let scores = &seen.tags;
        let quote = self.pooled(&seen, trigger - first, roles);
        let act = ACTS[largest(&quote[LABELS.len()..LABELS.len() + ACTS.len()])];
        let labels = softmax([quote[0], quote[1], quote[2]]);
        let targets = targets(scores, roles, first);
        let evidence = evidence(scores, roles, trigger - first);
        let evidence = evidence.into_iter().map(|e| e.start + first..e.end + first).collect();
        Reading { act, labels, targets, evidence }
    }

    /// Probabilities of support, oppose and neutral that a text shows toward the words of a target in it.
    pub(crate) fn toward(
        &self,
        vectors: &Vectors,
        words: &Words,
        sentence_of: &[u32],
        target: &Range<usize>,
    ) -> [f32; 3] {
        let window = Around::window(target.start, sentence_of.len());
        let role = |word: usize| match word {
            _ if !target.contains(&word) => GIVEN + 2,
            _ if word == target.start => GIVEN,
            _ => GIVEN + 1,
        };
        let roles: Vec<u8> = window.clone().map(role).collect();
        let (trigger, first) = (target.start, window.start);
        let seen =
            self.around.see(vectors, words, sentence_of, Window { trigger, words: window, roles: &roles });
        let scores = self.pooled(&seen, trigger - first, &roles);
        softmax(std::array::from_fn(|n| scores[SCORES - LABELS.len() + n]))
    }

    /// The scores of a quote, or of a sentence with a target.
    fn pooled(&self, seen: &Seen, trigger: usize, roles: &[u8]) -> [f32; LANES] {
        let mut scores = Vec::new();
        self.quote.of_all(&pool(seen, trigger, roles), &mut scores);
        scores.first().copied().unwrap_or([0.0; LANES])
    }
}

/// The words of a quote's window that its cue and content are made of, with those that the convolutions bring in; their roles.
fn narrow(subject: Subject<'_>, count: usize) -> (Range<usize>, &[u8]) {
    let Subject { trigger, roles } = subject;
    let window = Around::window(trigger, count);
    let part = |role: &u8| usize::from(*role) >= CUE;
    let own = trigger - window.start;
    let start = roles.iter().position(part).map_or(own, |n| n.min(own));
    let end = roles.iter().rposition(part).map_or(own, |n| n.max(own)) + 1;
    let inner = start.saturating_sub(REACH)..roles.len().min(end + REACH);
    (window.start + inner.start..window.start + inner.end, &roles[inner])
}

/// The quote in numbers: its trigger, the mean of its content, the largest numbers of content and cue, the cue's mean.
///
/// A target that the caller names stands in the cue's place, the sentence around it in the content's.
fn pool(seen: &Seen, trigger: usize, roles: &[u8]) -> [u8; POOLED] {
    let mut means = [[0.0; WIDTH]; 2];
    let mut counts = [0, 0];
    let mut most = [0; WIDTH];
    let rows = seen.numbers.iter().zip(&seen.levels).zip(roles);
    for ((numbers, levels), role) in rows.filter(|(_, role)| usize::from(**role) >= CUE) {
        let part = usize::from(matches!(usize::from(*role), CUE..CONTENT | ROLES..SENTENCE));
        most.iter_mut().zip(levels).for_each(|(most, level)| *most = *level.max(most));
        means[part].iter_mut().zip(numbers).for_each(|(mean, x)| *mean += x);
        counts[part] += 1;
    }
    let mut out = [0; POOLED];
    let (parts, _) = out.as_chunks_mut::<WIDTH>();
    parts[0] = seen.levels[trigger];
    for ((mean, count), place) in means.iter().zip(counts).zip([1, 3]) {
        let share = 1.0 / count.max(1) as f32;
        parts[place].iter_mut().zip(mean).for_each(|(to, mean)| *to = level(mean * share, SEEN));
    }
    parts[2] = most;
    out
}

/// The mean of some words' scores toward their target, as probabilities.
fn toward(scores: &[[f32; LANES]]) -> [f32; 3] {
    let mut sums = [0.0; 3];
    for score in scores {
        sums.iter_mut().zip(&score[TOWARD..]).for_each(|(sum, score)| *sum += score);
    }
    softmax(sums.map(|sum| sum / scores.len().max(1) as f32))
}

/// The evidence in cue and content: all that scores as such, else the word that comes nearest to it.
fn evidence(scores: &[[f32; LANES]], roles: &[u8], trigger: usize) -> Vec<Range<usize>> {
    let inside = |n: usize| usize::from(roles[n]) >= CUE;
    let mut found = spans(&column(scores, EVIDENCE, NO_SLACK), inside);
    if found.is_empty() {
        let gain = |n: usize| scores[n][EVIDENCE + 1].max(scores[n][EVIDENCE + 2]) - scores[n][EVIDENCE];
        let best = (0..scores.len()).filter(|n| inside(*n));
        let best = best.reduce(|a, b| if gain(b) > gain(a) { b } else { a }).unwrap_or(trigger);
        found.push(best..best + 1);
    }
    found
}

/// The targets among the content's words, and the probability of each label toward them.
fn targets(scores: &[[f32; LANES]], roles: &[u8], first: usize) -> Vec<Target> {
    let inside = |n: usize| usize::from(roles[n]) >= CONTENT;
    let mut found = spans(&column(scores, TARGET, TARGET_SLACK), inside);
    if found.is_empty() {
        // A position needs a target: the likeliest word, with what goes on from it.
        let gain = |n: usize| scores[n][TARGET + 1] - scores[n][TARGET];
        let best =
            (0..scores.len()).filter(|n| inside(*n)).reduce(|a, b| if gain(b) > gain(a) { b } else { a });
        found.extend(best.map(|start| {
            let goes_on =
                |n: &usize| inside(*n) && scores[*n][TARGET + 2] + TARGET_SLACK[1] > scores[*n][TARGET];
            start..(start + 1..scores.len()).take_while(goes_on).last().map_or(start + 1, |n| n + 1)
        }));
    }
    let surety = |span: &Range<usize>| scores[span.start][TARGET + 1] - scores[span.start][TARGET];
    found.sort_by(|a, b| surety(b).total_cmp(&surety(a)).then(a.start.cmp(&b.start)));
    let target = |span: Range<usize>| {
        let labels = toward(&scores[span.clone()]);
        Target { words: span.start + first..span.end + first, labels }
    };
    found.into_iter().map(target).collect()
}

/// The scores of one tag, outside, first and later, with what the last two gain.
fn column(scores: &[[f32; LANES]], at: usize, [first, later]: [f32; 2]) -> Vec<[f32; 3]> {
    scores.iter().map(|score| [score[at], score[at + 1] + first, score[at + 2] + later]).collect()
}
