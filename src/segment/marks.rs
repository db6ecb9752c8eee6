//! Quotation marks: which open, which close, and what stands between them.
//!
//! Marks are paired within a paragraph, so a stray one costs at most its paragraph; a quotation that a
//! paragraph leaves open goes on in the next one if that starts with an opening mark, as press style has it.

use std::ops::Range;

use super::Ranges;
use super::words::{Word, WordKind, is_blank};

/// What a word does as a quotation mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum MarkRole {
    /// Not a quotation mark: a word, a sign, an apostrophe.
    #[default]
    None,
    /// Opens a quotation.
    Open,
    /// Closes one.
    Close,
    /// A quotation mark without its partner.
    Stray,
}

/// A stretch of words between quotation marks, the marks included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Quotation {
    /// Word numbers, end not included.
    pub(crate) words: Range<usize>,
    /// True if a closing mark ends it; else its paragraph does.
    pub(crate) closed: bool,
    /// True if it stands within another one.
    pub(crate) nested: bool,
    /// True if its marks are double ones ("…", «…», ''…'').
    pub(crate) double: bool,
}

/// The quotation marks of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// Quotations in order of their opening marks.
    pub(crate) quotations: Vec<Quotation>,
    /// Numbers of the quotations that are in no other.
    outer: Vec<u32>,
    outer_of: Ranges,
}

impl Marks {
    /// Pairs the marks of each paragraph, and tells each word its role.
    pub(super) fn of(text: &str, words: &mut [Word], paragraphs: &[Range<usize>]) -> Self {
        let mut quotations = Vec::new();
        for (n, paragraph) in paragraphs.iter().enumerate() {
            let next_opens = paragraphs
                .get(n + 1)
                .and_then(|p| Sign::at(text, words, p.start))
                .is_some_and(|s| s.may_open);
            let pairing = Pairing {
                text,
                words,
                paragraph: paragraph.clone(),
                quotations: &mut quotations,
                next_opens,
            };
            pairing.run();
        }
        quotations.sort_by_key(|q: &Quotation| (q.words.start, std::cmp::Reverse(q.words.end)));
        let mut reach = 0;
        for quotation in &mut quotations {
            quotation.nested = quotation.words.end <= reach;
            reach = reach.max(quotation.words.end);
        }
        let outermost = || quotations.iter().zip(0..).filter(|(quotation, _)| !quotation.nested);
        let outer = outermost().map(|(_, number)| number).collect();
        let outer_of = Ranges::of(outermost().map(|(quotation, _)| quotation.words.clone()), words.len());
        Self { quotations, outer, outer_of }
    }

    /// The outermost quotation that a word is in, its own marks included.
    pub(crate) fn around(&self, word: usize) -> Option<&Quotation> {
        let number = *self.outer.get(self.outer_of.around(word)?)?;
        self.quotations.get(number as usize)
    }
}

/// What a mark may do, by its shape and its neighbours.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five facts that do not depend on each other")]
struct Sign {
    double: bool,
    may_open: bool,
    may_close: bool,
    /// Its text stands right behind it.
    leans: bool,
    /// A single mark behind the s of a plural, as in "the Joneses'".
    after_s: bool,
}

impl Sign {
    fn at(text: &str, words: &[Word], n: usize) -> Option<Self> {
        let word = words.get(n).filter(|w| w.kind() == WordKind::Mark)?;
        let form = word.span().of(text)?;
        let before = text.get(..word.span().start())?.chars().next_back();
        let after = text.get(word.span().end()..)?.chars().next();
        let double = !matches!(form, "'" | "’" | "‘" | "`" | "´" | "ʼ" | "′" | "‚" | "‛" | "‹" | "›");
        let free = |c: Option<char>| c.is_none_or(is_blank);
        let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let spaced = (free(before), free(after));
        // By context: an opener has its text behind it, a closer before it.
        let opens_here = !spaced.1 && (spaced.0 || before.is_some_and(|c| "([{—–-/:“‘\"'…«".contains(c)));
        let closes_here = !spaced.0 && (!alphanumeric(after) || !double);
        let (may_open, may_close) = match form {
            "“" | "``" | "„" | "‚" => (true, false),
            "‘" | "‛" | "`" => (!alphanumeric(before), false),
            "”" | "″" | "»" | "›" => (opens_here && !closes_here, true),
            "«" | "‹" => (true, closes_here && !opens_here),
            "’" | "´" | "ʼ" | "′" => (false, !spaced.0 && !alphanumeric(after)),
            "'" => (opens_here && !elision(text, words, n), !spaced.0 && !alphanumeric(after)),
            _ => (opens_here || !closes_here, closes_here || !opens_here),
        };
        let after_s = !double && before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z'));
        Some(Self { double, may_open, may_close, leans: !spaced.1, after_s })
    }
}

/// True if a single mark starts a clipped word: '90s, 'em, rock 'n' roll.
fn elision(text: &str, words: &[Word], n: usize) -> bool {
    let Some(next) = words.get(n + 1).and_then(|w| w.span().of(text)) else { return false };
    let year = next.trim_end_matches('s');
    let clipped = ["n", "em", "tis", "twas", "til", "till", "cause", "bout", "round"];
    year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit())
        || clipped.iter().any(|c| next.eq_ignore_ascii_case(c))
}

/// The pairing of one paragraph's marks.
struct Pairing<'a> {
    text: &'a str,
    words: &'a mut [Word],
    paragraph: Range<usize>,
    quotations: &'a mut Vec<Quotation>,
    /// The next paragraph starts with a mark that may open.
    next_opens: bool,
}

impl Pairing<'_> {
    /// Pairs all marks.
    fn run(mut self) {
        let signs: Vec<(usize, Sign)> = self
            .paragraph
            .clone()
            .filter_map(|n| Sign::at(self.text, self.words, n).map(|s| (n, s)))
            .collect();
        self.doubles(&signs);
        self.singles(&signs);
    }

    fn doubles(&mut self, signs: &[(usize, Sign)]) {
        let mut open: Option<(usize, bool)> = None;
        for &(n, sign) in signs.iter().filter(|(_, s)| s.double) {
            match open {
                Some((start, _)) if sign.may_close => {
                    self.close(start, n, true);
                    open = None;
                }
                // A second opener: the first one was never closed.
                Some((start, _)) => {
                    self.words[start].set_role(MarkRole::Stray);
                    open = Some((n, sign.leans));
                }
                None if sign.may_open => open = Some((n, sign.leans)),
                None => self.words[n].set_role(MarkRole::Stray),
            }
        }
        let Some((start, leans)) = open else { return };
        if leans && (start == self.paragraph.start || self.next_opens) {
            self.words[start].set_role(MarkRole::Open);
            self.push(start..self.paragraph.end, false, true);
        } else {
            self.words[start].set_role(MarkRole::Stray);
        }
    }

    fn close(&mut self, start: usize, end: usize, double: bool) {
        self.words[start].set_role(MarkRole::Open);
        self.words[end].set_role(MarkRole::Close);
        self.push(start..end + 1, true, double);
    }

    fn push(&mut self, words: Range<usize>, closed: bool, double: bool) {
        self.quotations.push(Quotation { words, closed, nested: false, double });
    }

    /// Single marks: nested in double ones or, in British style, around them.
    fn singles(&mut self, signs: &[(usize, Sign)]) {
        let singles: Vec<(usize, Sign)> = signs.iter().copied().filter(|(_, s)| !s.double).collect();
        let first = self.quotations.partition_point(|q| q.words.start < self.paragraph.start);
        let doubles: Vec<Range<usize>> = self.quotations[first..].iter().map(|q| q.words.clone()).collect();
        let inside = |n: usize| {
            let near = doubles.partition_point(|d| d.end <= n);
            doubles.get(near).filter(|d| d.start <= n)
        };
        // Seen from the end: the nearest closer, and the nearest that cannot be a plural's apostrophe.
        let mut nearest: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); singles.len() + 1];
        for (k, &(n, sign)) in singles.iter().enumerate().rev() {
            let (any, sure) = nearest[k + 1];
            nearest[k] = if sign.may_close {
                (Some(n), if sign.after_s { sure } else { Some(n) })
            } else {
                (any, sure)
            };
        }
        let mut after = self.paragraph.start;
        for (k, &(n, sign)) in singles.iter().enumerate() {
            if n < after || !sign.may_open {
                continue;
            }
            let (any, sure) = nearest[k + 1];
            // A plural's apostrophe closes only if nothing better follows in the same double quotation.
            let home = inside(n);
            let fits = |end: &usize| home.is_none_or(|h| h.contains(end));
            if let Some(end) = sure.filter(fits).or(any.filter(fits)) {
                self.close(n, end, false);
                after = end + 1;
            } else if n == self.paragraph.start && self.next_opens {
                self.words[n].set_role(MarkRole::Open);
                self.push(n..self.paragraph.end, false, false);
                after = self.paragraph.end;
            }
        }
    }
}
