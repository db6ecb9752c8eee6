//! From candidates that may claim the same words to quotes that do not overlap and are whole between their marks.

use std::ops::Range;

use super::{Attribution, Candidate};
use crate::number::logistic;
use crate::segment::{Quotation, Segments, WordKind};
use crate::stance::Reading;

/// A quotation that no cue claims is a quote's continuation, not a name or a term, from this many words on.
const CONTINUATION: usize = 4;
/// Words that may stand between a quote and its continuation beside the quote's own cue and source.
const BETWEEN: usize = 2;

/// Settles the candidates of a whole article; beside each quote what the stance heads read in it.
pub(crate) fn link(
    segments: &Segments,
    candidates: Vec<Candidate>,
) -> (Vec<Attribution>, Vec<Option<Reading>>) {
    let mut claims = Claims::of(without_nesting(candidates, segments.words.len()), segments.words.len());
    // Who loses most of its words goes, and leaves the others theirs.
    let won = claims.words();
    let kept = won.iter().zip(claims.candidates).filter(|(words, c)| words.len() * 2 > c.margins.len());
    claims = Claims::of(kept.map(|(_, c)| c).collect(), segments.words.len());
    claims.make_whole(segments);
    claims.go_on(segments);
    let words = claims.words();
    let quotes = words.iter().zip(claims.candidates).filter(|(words, _)| !words.is_empty());
    let mut out: Vec<(Attribution, Option<Reading>)> = quotes
        .map(|(words, candidate)| {
            let quote = Attribution {
                content: pieces(words),
                cue: Some(candidate.cue),
                source: candidate.source,
                confidence: logistic(candidate.score),
            };
            (quote, Some(candidate.stance))
        })
        .collect();
    out.sort_by_key(|(quote, _)| quote.content[0].start);
    out.into_iter().unzip()
}

/// Leaves out candidates whose cue stands in the content of a surer one.
fn without_nesting(mut candidates: Vec<Candidate>, count: usize) -> Vec<Candidate> {
    // The surest first; of equals the one that comes first.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; count];
    candidates.retain(|candidate| {
        let free = !candidate.cue.clone().any(|word| taken[word]);
        if free {
            candidate.content.iter().for_each(|piece| taken[piece.clone()].fill(true));
        }
        free
    });
    candidates
}

/// Who has a word.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Owner {
    Nobody,
    /// The content of the candidate with this number.
    Content(usize),
    /// The cue of the candidate with this number.
    Cue(usize),
    /// Some source.
    Source,
}

/// Candidates, and which word of the article belongs to whom.
struct Claims {
    candidates: Vec<Candidate>,
    owners: Vec<Owner>,
}

impl Claims {
    /// Gives each word to the candidate that is surest of it.
    fn of(candidates: Vec<Candidate>, count: usize) -> Self {
        let mut owners = vec![Owner::Nobody; count];
        let mut best = vec![f32::MIN; count];
        for (n, candidate) in candidates.iter().enumerate() {
            for (word, margin) in candidate.content.iter().cloned().flatten().zip(&candidate.margins) {
                if *margin > best[word] {
                    best[word] = *margin;
                    owners[word] = Owner::Content(n);
                }
            }
        }
        for (n, candidate) in candidates.iter().enumerate() {
            if let Some(source) = &candidate.source {
                let free = owners[source.clone()].iter_mut().filter(|o| **o == Owner::Nobody);
                free.for_each(|o| *o = Owner::Source);
            }
            owners[candidate.cue.clone()].fill(Owner::Cue(n));
        }
        Self { candidates, owners }
    }

    /// The words of each candidate's content.
    fn words(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.candidates.len()];
        for (word, owner) in self.owners.iter().enumerate() {
            if let Owner::Content(n) = owner {
                out[*n].push(word);
            }
        }
        out
    }

    /// Gives all words of a quotation to the candidate that has half of them or more: marks bound one speech.
    fn make_whole(&mut self, segments: &Segments) {
        for quotation in outermost(segments) {
            let owners = &mut self.owners[quotation.words.clone()];
            if owners.iter().any(|o| matches!(o, Owner::Cue(_))) {
                continue;
            }
            // The majority, if there is one, by pairing off different owners.
            let mut major = (Owner::Nobody, 0);
            for owner in owners.iter() {
                major = match major {
                    (_, 0) => (*owner, 1),
                    (best, count) if best == *owner => (best, count + 1),
                    (best, count) => (best, count - 1),
                };
            }
            let held = owners.iter().filter(|o| **o == major.0).count();
            if matches!(major.0, Owner::Content(_)) && held * 2 >= owners.len() {
                owners.fill(major.0);
            }
        }
    }

    /// Joins quotations that nobody has to the quote that they continue.
    fn go_on(&mut self, segments: &Segments) {
        let is_word = |word: usize| segments.words[word].kind == WordKind::Word;
        let mut open: Option<Owner> = None;
        for quotation in outermost(segments) {
            let owners = &self.owners[quotation.words.clone()];
            let unclaimed = owners.iter().all(|o| *o == Owner::Nobody);
            let length = quotation.words.clone().filter(|w| is_word(*w)).count();
            if unclaimed && length >= CONTINUATION {
                let first = quotation.words.start;
                let opens_paragraph = segments.paragraphs.binary_search_by_key(&first, |p| p.start).is_ok();
                let before = open.filter(|_| opens_paragraph).or_else(|| self.before(segments, first));
                if let Some(owner) = before {
                    self.owners[quotation.words.clone()].fill(owner);
                }
            }
            let last = self.owners[quotation.words.end - 1];
            open = (!quotation.closed && matches!(last, Owner::Content(_))).then_some(last);
        }
    }

    /// The quote that a quotation starting at `first` continues: the last one before it in its paragraph, with little
    /// but its own cue and source between, and itself ending with a quotation.
    fn before(&self, segments: &Segments, first: usize) -> Option<Owner> {
        let paragraph = segments.paragraph_of[segments.sentence_of[first] as usize] as usize;
        let start = segments.paragraphs[paragraph].start;
        let mut between = 0;
        for word in (start..first).rev() {
            match self.owners[word] {
                owner @ Owner::Content(_) => {
                    return segments.marks.around(word).is_some().then_some(owner);
                }
                Owner::Cue(_) | Owner::Source => {}
                Owner::Nobody => {
                    between += usize::from(segments.words[word].kind == WordKind::Word);
                    if between > BETWEEN {
                        return None;
                    }
                }
            }
        }
        None
    }
}

/// Quotations that stand in no other.
fn outermost(segments: &Segments) -> impl Iterator<Item = &Quotation> {
    segments.marks.quotations.iter().filter(|q| !q.nested)
}

/// Words that follow each other, as ranges.
fn pieces(words: &[usize]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for &word in words {
        match out.last_mut() {
            Some(last) if last.end == word => last.end = word + 1,
            _ => out.push(word..word + 1),
        }
    }
    out
}
