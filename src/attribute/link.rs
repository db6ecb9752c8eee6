//! From candidates that may claim the same words to quotes that do not overlap.

use std::ops::Range;

use super::{Attribution, Candidate};
use crate::segment::Segments;

/// Settles the candidates of a whole article.
pub(crate) fn link(segments: &Segments, mut candidates: Vec<Candidate>) -> Vec<Attribution> {
    // The surest first; of equals the one that comes first.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; segments.words.len()];
    let mut out: Vec<Attribution> = Vec::new();
    for candidate in candidates {
        let content = free(&candidate.content, &taken);
        let kept: usize = content.iter().map(Range::len).sum();
        let wanted: usize = candidate.content.iter().map(Range::len).sum();
        if kept * 2 <= wanted || candidate.cue.clone().any(|w| taken[w]) {
            continue;
        }
        content.iter().for_each(|piece| taken[piece.clone()].fill(true));
        out.push(Attribution {
            content,
            cue: Some(candidate.cue),
            source: candidate.source,
            confidence: candidate.score,
        });
    }
    out.sort_by_key(|q| q.content[0].start);
    out
}

/// The parts of some pieces that nobody has taken.
fn free(pieces: &[Range<usize>], taken: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for word in pieces.iter().cloned().flatten().filter(|w| !taken[*w]) {
        match out.last_mut() {
            Some(last) if last.end == word => last.end = word + 1,
            _ => out.push(word..word + 1),
        }
    }
    out
}
