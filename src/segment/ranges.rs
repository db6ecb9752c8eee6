//! Ranges of words, and which of them a word is in.

use std::ops::Range;

/// Bits of one block.
const BLOCK: usize = u64::BITS as usize;

/// Ranges of words in order, none of them empty, none within another.
///
/// A bit for each word of the text, not a number: a long text has many words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges {
    /// For each word: a range starts with it.
    starts: Vec<u64>,
    /// How many ranges start before each block.
    before: Vec<u32>,
    ends: Vec<u32>,
}

impl Ranges {
    /// The given ranges among `count` words.
    pub(crate) fn of(ranges: impl Iterator<Item = Range<usize>>, count: usize) -> Self {
        let mut starts = vec![0; count.div_ceil(BLOCK)];
        let mut ends = Vec::new();
        for range in ranges {
            starts[range.start / BLOCK] |= 1_u64 << (range.start % BLOCK);
            ends.push(range.end as u32);
        }
        let mut before = Vec::with_capacity(starts.len());
        let mut all = 0;
        for block in &starts {
            before.push(all);
            all += block.count_ones();
        }
        Self { starts, before, ends }
    }

    /// The number of the range that a word is in.
    pub(crate) fn around(&self, word: usize) -> Option<usize> {
        let block = self.starts.get(word / BLOCK)?;
        let upto = block & (u64::MAX >> (BLOCK - 1 - word % BLOCK));
        let number = (self.before[word / BLOCK] + upto.count_ones()).checked_sub(1)? as usize;
        (word < self.ends[number] as usize).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_range_around_it() {
        let all = [0..1, 1..64, 70..128, 128..129, 190..200];
        let ranges = Ranges::of(all.iter().cloned(), 200);
        for word in 0..300 {
            assert_eq!(ranges.around(word), all.iter().position(|range| range.contains(&word)), "{word}");
        }
        assert_eq!(Ranges::of(std::iter::empty(), 0).around(0), None);
    }
}
