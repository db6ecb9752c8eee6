//! From the scores of single words to spans: the best path, on which a later word of a span follows its first.

use std::ops::Range;

use crate::number::largest;

const OUTSIDE: usize = 0;
const FIRST: usize = 1;
const LATER: usize = 2;

/// The spans on the best path through words that score so much as outside, first and later; none holds a word that is
/// not `inside`.
pub(super) fn spans(scores: &[[f32; 3]], inside: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    // The best sums of the paths up to a word, by its tag; and the tag that the word before has on each.
    let mut sums = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut before: Vec<[usize; 3]> = Vec::with_capacity(scores.len());
    for (n, score) in scores.iter().enumerate() {
        let any = largest(&sums);
        let held = if sums[LATER] > sums[FIRST] { LATER } else { FIRST };
        let may = if inside(n) { 0.0 } else { f32::NEG_INFINITY };
        before.push([any, any, held]);
        sums = [sums[any] + score[OUTSIDE], sums[any] + score[FIRST] + may, sums[held] + score[LATER] + may];
    }
    let mut tag = largest(&sums);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut end = scores.len();
    for (n, before) in before.iter().enumerate().rev() {
        match tag {
            OUTSIDE => end = n,
            FIRST => {
                out.push(n..end);
                end = n;
            }
            _ => {}
        }
        tag = before[tag];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_starts_with_its_first_word() {
        // The second word alone is likelier a later word than none: the first, which is hardly worse as one, opens the span.
        let scores = [[1.0, 0.5, 0.0], [0.0, 0.0, 2.0], [3.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]];
        assert_eq!(spans(&scores, |_| true), [0..2, 3..4, 4..5]);
        assert_eq!(spans(&scores, |n| n != 4), [0..2, 3..4]);
        assert!(spans(&scores, |_| false).is_empty());
        assert!(spans(&[], |_| true).is_empty());
    }
}
