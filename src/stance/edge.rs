//! Where a target ends: not with a small word or a sign.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::table::rows;
use crate::segment::{Segments, WordKind};

const TABLE: &str = include_str!("edges.tsv");

static SMALL: LazyLock<HashSet<&str>> = LazyLock::new(|| rows(TABLE).map(|(word, ..)| word).collect());

/// A target without the small words and signs that it would end with: "her plans for" is "her plans".
pub(crate) fn whole(text: &str, segments: &Segments, target: &Range<usize>) -> Range<usize> {
    let small = |n: &usize| {
        let word = segments.words.get(*n);
        let form = word.and_then(|w| w.span().of(text)).unwrap_or_default();
        word.is_some_and(|w| w.kind() == WordKind::Sign) || SMALL.contains(form)
    };
    let last = (target.start + 1..target.end).rev().find(|n| !small(n)).unwrap_or(target.start);
    target.start..last + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_target_ends_with_a_small_word() {
        for (word, _, example) in rows(TABLE) {
            let segments = Segments::of(example);
            let all = 0..segments.words.len();
            assert_eq!(whole(example, &segments, &all), 0..2, "{word}: {example}");
        }
        let text = "the plan (";
        assert_eq!(whole(text, &Segments::of(text), &(0..3)), 0..2);
        assert_eq!(whole("to", &Segments::of("to"), &(0..1)), 0..1);
    }
}
