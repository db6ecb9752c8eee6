//! The learned part: act and label of a quote, its targets and its evidence, all as word numbers.
//!
//! Act, targets and evidence come from the words around the trigger, the label from [`Labels`].

use std::ops::Range;

use super::label::Labels;
use crate::attribute::{CONTENT, CUE, ROLES};
use crate::encode::features::Rows;
use crate::encode::{Around, LANES, Linear, PER_UNIT, Vectors, WIDTH, Weights, Words, level};
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
/// A target goes on while a word scores at most this much less as its part than as none.
const HOLD: f32 = 1.5;

/// The learned heads of this stage.
#[derive(Debug)]
pub(crate) struct Stances<'a> {
    around: Around,
    out: Linear,
    quote: Linear,
    labels: Labels<'a>,
}

/// The quote that the heads read: its trigger, the roles of the words in the trigger's window, its cue and content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) trigger: usize,
    pub(crate) roles: &'a [u8],
    pub(crate) cue: &'a Range<usize>,
    pub(crate) content: &'a [Range<usize>],
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
    /// In order.
    pub(crate) evidence: Vec<Range<usize>>,
    /// The words that speak loudest for something and against it, where no evidence is found.
    pub(crate) loudest: [usize; 2],
}

impl Reading {
    /// The same reading with its words counted from another start.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        let targets = self.targets.iter_mut().map(|t| &mut t.words);
        for words in targets.chain(&mut self.evidence) {
            *words = words.start + by..words.end + by;
        }
        self.loudest = self.loudest.map(|word| word + by);
        self
    }
}

/// The label of some probabilities.
pub(crate) fn label(probabilities: &[f32; 3]) -> Label {
    LABELS[largest(probabilities)]
}

impl<'a> Stances<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            around: Around::read(weights, "stance", ROLES)?,
            out: weights.linear("stance.out", WIDTH, TAGS)?,
            quote: weights.linear("stance.quote", 3 * WIDTH, LABELS.len() + ACTS.len())?,
            labels: Labels::read(weights)?,
        })
    }

    /// The words' share of every quote's sums.
    pub(crate) fn words(&self, vectors: &Vectors) -> Words {
        self.around.words(vectors)
    }

    /// Reads one quote of a block of words, whose vectors, table rows and sentences are given.
    pub(crate) fn of(
        &self,
        vectors: &Vectors,
        words: &Words,
        (rows, sentence_of): (&[Rows], &[u32]),
        subject: Subject<'_>,
    ) -> Reading {
        let Subject { trigger, roles, cue, content } = subject;
        let first = Around::window(trigger, sentence_of.len()).start;
        let (z, levels) = self.around.apply(vectors, words, sentence_of, trigger, roles);
        let mut scores = vec![[0.0; TAGS]; roles.len()];
        self.out.apply(&levels, PER_UNIT, |row, _, sums: [f32; LANES]| {
            scores[row].copy_from_slice(&sums[..TAGS]);
        });
        let pooled = pool(&z, &levels, trigger - first, roles);
        let mut quote = [0.0; LANES];
        self.quote.apply(&pooled, PER_UNIT, |_, _, sums| quote = sums);
        let labels = self.labels.of(vectors, rows, cue, content);
        let loudest = self.labels.loudest(rows, cue, content);
        // The first numbers are labels: they helped to train the head, `Labels` knows better.
        let act = ACTS[largest(&quote[LABELS.len()..LABELS.len() + ACTS.len()])];
        let targets = targets(&scores, roles, first);
        let inside = |n: usize| usize::from(roles[n]) >= CUE;
        let evidence =
            spans(&scores, EVIDENCE, 0.0, inside).into_iter().map(|e| e.start + first..e.end + first);
        Reading { act, labels, targets, evidence: evidence.collect(), loudest }
    }
}

/// The quote in numbers: its trigger, the mean of its content, the largest numbers of its content and cue.
fn pool(z: &[f32], levels: &[i16], trigger: usize, roles: &[u8]) -> [i16; 3 * WIDTH] {
    let mut mean = [0.0; WIDTH];
    let mut most = [0; WIDTH];
    let mut count = 0;
    let rows = z.chunks_exact(WIDTH).zip(levels.chunks_exact(WIDTH)).zip(roles);
    for ((z, levels), role) in rows {
        let role = usize::from(*role);
        if role >= CUE {
            most.iter_mut().zip(levels).for_each(|(most, level)| *most = *level.max(most));
        }
        if role >= CONTENT {
            mean.iter_mut().zip(z).for_each(|(mean, z)| *mean += z);
            count += 1;
        }
    }
    let share = 1.0 / count.max(1) as f32;
    let mut out = [0; 3 * WIDTH];
    out[..WIDTH].copy_from_slice(&levels[trigger * WIDTH..(trigger + 1) * WIDTH]);
    for (to, mean) in out[WIDTH..].iter_mut().zip(mean) {
        *to = level(mean * share, PER_UNIT);
    }
    out[2 * WIDTH..].copy_from_slice(&most);
    out
}

/// The targets among the content's words, and the probability of each label toward them.
fn targets(scores: &[[f32; TAGS]], roles: &[u8], first: usize) -> Vec<Target> {
    let inside = |n: usize| usize::from(roles[n]) >= CONTENT;
    let mut found = spans(scores, TARGET, HOLD, inside);
    if found.is_empty() {
        // A position needs a target: the likeliest word, with what goes on from it.
        let gain = |n: usize| scores[n][TARGET + 1] - scores[n][TARGET];
        let best =
            (0..scores.len()).filter(|n| inside(*n)).reduce(|a, b| if gain(b) > gain(a) { b } else { a });
        found.extend(best.map(|start| {
            let goes_on = |n: &usize| inside(*n) && scores[*n][TARGET + 2] + HOLD > scores[*n][TARGET];
            start..(start + 1..scores.len()).take_while(goes_on).last().map_or(start + 1, |n| n + 1)
        }));
    }
    let surety = |span: &Range<usize>| scores[span.start][TARGET + 1] - scores[span.start][TARGET];
    found.sort_by(|a, b| surety(b).total_cmp(&surety(a)).then(a.start.cmp(&b.start)));
    let target = |span: Range<usize>| {
        let mut sums = [0.0; 3];
        for score in &scores[span.clone()] {
            sums.iter_mut().zip(&score[TOWARD..]).for_each(|(sum, score)| *sum += score);
        }
        let labels = softmax(sums.map(|sum| sum / span.len() as f32));
        Target { words: span.start + first..span.end + first, labels }
    };
    found.into_iter().map(target).collect()
}

/// The spans whose words score best as first and later words of the tag at `column`.
fn spans(
    scores: &[[f32; TAGS]],
    column: usize,
    hold: f32,
    inside: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (n, score) in scores.iter().enumerate().filter(|(n, _)| inside(*n)) {
        let [outside, first, later] = [score[column], score[column + 1], score[column + 2]];
        match out.last_mut() {
            Some(last) if last.end == n && later >= first && later + hold > outside => last.end = n + 1,
            _ if first.max(later) > outside => out.push(n..n + 1),
            _ => {}
        }
    }
    out
}
