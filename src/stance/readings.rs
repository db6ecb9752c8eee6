//! What the heads say about all quotes of an article, side by side: a long text has many quotes.

use std::ops::Range;

use super::reading::{Reading, Target};
use crate::record::Act;
use crate::segment::Piece;

/// Readings by their numbers, in words of the article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readings {
    all: Vec<Kept>,
    targets: Vec<(Piece, [f32; 3])>,
    evidence: Vec<Piece>,
}

#[derive(Clone, Debug)]
struct Kept {
    act: Act,
    labels: [f32; 3],
    /// Where its targets and its evidence end; they begin where those before them end.
    targets: u32,
    evidence: u32,
}

impl Readings {
    /// Keeps a reading whose words are counted from the article's word `first`, and gives its number.
    pub(crate) fn keep(&mut self, reading: &Reading, first: usize) -> u32 {
        let piece = |words: &Range<usize>| Piece::from(words.start + first..words.end + first);
        self.targets.extend(reading.targets.iter().map(|target| (piece(&target.words), target.labels)));
        self.evidence.extend(reading.evidence.iter().map(piece));
        self.all.push(Kept {
            act: reading.act,
            labels: reading.labels,
            targets: self.targets.len() as u32,
            evidence: self.evidence.len() as u32,
        });
        self.all.len() as u32 - 1
    }

    /// The reading of that number.
    pub(crate) fn get(&self, number: u32) -> Option<Reading> {
        let number = number as usize;
        let kept = self.all.get(number)?;
        let before = number.checked_sub(1).and_then(|n| self.all.get(n));
        let targets = before.map_or(0, |b| b.targets as usize)..kept.targets as usize;
        let evidence = before.map_or(0, |b| b.evidence as usize)..kept.evidence as usize;
        let target = |(words, labels): &(Piece, _)| Target { words: words.range(), labels: *labels };
        Some(Reading {
            act: kept.act,
            labels: kept.labels,
            targets: self.targets[targets].iter().map(target).collect(),
            evidence: self.evidence[evidence].iter().map(|words| words.range()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_kept_with_its_words_counted_from_the_article_s_first() {
        let mut readings = Readings::default();
        let labels = [0.5, 0.25, 0.25];
        let target = |words| Target { words, labels };
        let one = Reading {
            act: Act::Demand,
            labels,
            targets: vec![target(1..2), target(5..9)],
            evidence: vec![3..4, 6..8],
        };
        let other = Reading { act: Act::Denial, labels, targets: vec![], evidence: vec![0..1, 2..3] };
        let numbers = [(&one, 10), (&other, 100)].map(|(reading, first)| readings.keep(reading, first));
        let told = numbers.map(|n| readings.get(n).map(|r| (r.act, r.targets.len(), r.evidence)));
        assert_eq!(
            told,
            [Some((Act::Demand, 2, vec![13..14, 16..18])), Some((Act::Denial, 0, vec![100..101, 102..103]))]
        );
        let words = readings.get(0).map(|r| r.targets.into_iter().map(|t| t.words).collect::<Vec<_>>());
        assert_eq!(words, Some(vec![11..12, 15..19]));
        assert!(readings.get(2).is_none());
    }
}
