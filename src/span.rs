//! A byte range of the article, on character boundaries.

use std::fmt;

/// A non-empty or empty range `start..end` of byte offsets into one text (end not included).
///
/// Offsets are `u32`: a text is at most 4 GiB, which [`crate::Extractor::extract`] checks.
///
/// ```
/// use onrecord::Span;
/// let span = Span::new(5, 9);
/// assert_eq!(span.of("Rubio said no"), Some(" sai"));
/// assert_eq!(span.len(), 4);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range `start..end`; an `end` before `start` gives the empty range at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// First byte of the range.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the range.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True if the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if the two ranges share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True if `other` lies within this range.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text of the range, or `None` if it is not on character boundaries of `text`.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start()..self.end())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_touch_share_nothing() {
        let (one, next) = (Span::new(3, 7), Span::new(7, 9));
        assert!(!one.overlaps(next) && !next.overlaps(one) && one.overlaps(one));
        assert!(one.overlaps(Span::new(6, 8)) && !one.contains(Span::new(6, 8)));
        assert!(one.contains(Span::new(7, 7)) && !one.overlaps(Span::new(7, 7)));
        assert_eq!(format!("{:?}", one.cover(next)), "3..9");
    }
}
