//! From candidates that may claim the same words to quotes that do not overlap and are whole between their marks.

use std::ops::Range;

#[cfg(feature = "python")]
use super::Signals;
use super::{Attribution, Candidate, Confidence, layout, passive, split};
use crate::segment::{Quotation, Segments, WordKind};

/// Candidates less likely to be right than this claim no words.
const LEAST_CONFIDENCE: f32 = 0.18;
/// A quotation that no cue claims is a quote's continuation, not a name or a term, from this many words on.
const CONTINUATION: usize = 4;
/// Words that may stand between a quote and its continuation beside the quote's own cue and source.
const BETWEEN: usize = 2;

/// How far from a quotation other words of its sentence are looked for.
const NEXT: usize = 12;

/// Words of a relative clause before its quotation, at most.
const RELATIVE: usize = 4;

/// Settles the candidates of a whole article.
pub(crate) fn link(
    text: &str,
    segments: &Segments,
    candidates: Vec<Candidate>,
    confidence: &Confidence,
) -> Vec<Attribution> {
    let quotes = settled(text, segments, candidates, confidence).into_iter().map(|(content, candidate)| {
        let Candidate { cue, source, stance, confidence, .. } = candidate;
        let source = source.filter(|source| !passive::object(text, segments, source, &cue));
        Attribution { content, cue: Some(cue), source, stance, confidence }
    });
    quotes.collect()
}

/// What the confidence of each quote comes from, in the order of [`link`].
#[cfg(feature = "python")]
pub(crate) fn signals(
    text: &str,
    segments: &Segments,
    candidates: Vec<Candidate>,
    confidence: &Confidence,
) -> Vec<Signals> {
    let quotes = settled(text, segments, candidates, confidence).into_iter();
    quotes.map(|(_, candidate)| candidate.signals(segments)).collect()
}

/// The contents that candidates are left with, in order.
fn settled(
    text: &str,
    segments: &Segments,
    candidates: Vec<Candidate>,
    confidence: &Confidence,
) -> Vec<(Vec<Range<usize>>, Candidate)> {
    let datelines = layout::datelines(text, segments);
    let likely = candidates.into_iter().filter_map(|candidate| {
        let mut candidate = candidate.behind(&datelines).within_reach(segments).with_object(text, segments);
        candidate.confidence = confidence.of(&candidate.signals(segments));
        let likely = candidate.laid || candidate.confidence > LEAST_CONFIDENCE;
        (likely && !candidate.content.is_empty()).then_some(candidate)
    });
    let count = segments.words.len();
    let candidates = Claims::of(without_nesting(likely.collect(), count), count).won();
    let mut claims = Claims::of(candidates, count);
    claims.make_whole(segments);
    claims.join_split(text, segments);
    claims.go_on(segments);
    claims.relate(text, segments);
    let mut contents = claims.contents();
    // Marks around nothing, or around a sign, are no speech.
    let is_word = |word: usize| segments.words[word].kind() == WordKind::Word;
    for content in &mut contents {
        content.retain(|piece| piece.clone().any(is_word));
    }
    drop(claims.owners);
    let quotes = contents.into_iter().zip(claims.candidates).filter(|(content, _)| !content.is_empty());
    let mut out: Vec<_> = quotes.collect();
    out.sort_by_key(|(content, _)| content[0].start);
    out
}

impl Candidate {
    /// The quote without the words of a dateline.
    fn behind(mut self, datelines: &[Range<usize>]) -> Self {
        let inside = |word: usize| {
            let near = datelines.partition_point(|d| d.end <= word);
            datelines.get(near).is_some_and(|d| d.contains(&word))
        };
        if self.content.iter().chain(&self.source).any(|piece| inside(piece.start)) {
            let words = self.content.iter().cloned().flatten().zip(self.margins.iter().copied());
            let (words, margins): (Vec<usize>, Vec<f32>) = words.filter(|(word, _)| !inside(*word)).unzip();
            self.content = pieces(&words);
            self.margins = margins;
            let source = self.source.take().map(|s| s.clone().find(|w| !inside(*w)).unwrap_or(s.end)..s.end);
            self.source = source.filter(|s| !s.is_empty());
        }
        self
    }

    /// The quote without what stands beyond a paragraph that has no part of it, or, past its cue's own paragraph,
    /// outside quotation marks.
    fn within_reach(mut self, segments: &Segments) -> Self {
        if self.laid {
            return self;
        }
        let paragraph = |word: usize| segments.paragraph(word).unwrap_or_default();
        if let Some(source) = &mut self.source {
            let ends = [source.start, source.end - 1].map(|word| &segments.paragraphs[paragraph(word)]);
            // Of a source in two paragraphs the part next to the cue.
            if source.start < self.cue.start {
                source.start = source.start.max(ends[1].start);
            } else {
                source.end = source.end.min(ends[0].end);
            }
        }
        let home = paragraph(self.cue.start);
        if self.content.iter().all(|p| paragraph(p.start) == home && paragraph(p.end - 1) == home) {
            return self;
        }
        let words: Vec<usize> = self.content.iter().cloned().flatten().collect();
        // "Mayor Ek spoke next. “We stay.”" in a later paragraph is no more of what the cue's paragraph quotes.
        let goes_on = |word: usize, quotation: &Quotation| {
            let start = segments.paragraphs[paragraph(word)].start;
            paragraph(word) < home
                || (start..quotation.words.start)
                    .all(|w| segments.words[w].kind() != WordKind::Word || segments.marks.around(w).is_some())
        };
        let quoted = |word: usize| {
            let alone = |q: &Quotation| stands_alone(segments, q) && goes_on(word, q);
            paragraph(word) == home || segments.marks.around(word).is_some_and(alone)
        };
        let (mut first, mut last) = (home, home);
        for word in words.iter().copied().filter(|w| quoted(*w)) {
            last += usize::from(paragraph(word) == last + 1);
        }
        for word in words.iter().copied().rev().filter(|w| quoted(*w)) {
            first -= usize::from(paragraph(word) + 1 == first);
        }
        let kept = words
            .iter()
            .zip(&self.margins)
            .filter(|(word, _)| quoted(**word) && (first..=last).contains(&paragraph(**word)));
        let (words, margins): (Vec<usize>, Vec<f32>) = kept.unzip();
        self.content = pieces(&words);
        self.margins = margins;
        self
    }
}

/// Leaves out candidates whose cue stands in the content of a surer one, or anywhere in a laid one.
fn without_nesting(mut candidates: Vec<Candidate>, count: usize) -> Vec<Candidate> {
    // The laid ones first, then the surest; of equals the one that comes first.
    candidates.sort_by(|a, b| {
        let sure = b.laid.cmp(&a.laid).then(b.confidence.total_cmp(&a.confidence));
        sure.then(a.cue.start.cmp(&b.cue.start))
    });
    let mut taken = vec![false; count];
    candidates.retain(|candidate| {
        let free = !candidate.cue.clone().any(|word| taken[word]);
        if free {
            candidate.content.iter().for_each(|piece| taken[piece.clone()].fill(true));
            if candidate.laid {
                taken[candidate.cue.clone()].fill(true);
                candidate.source.iter().for_each(|source| taken[source.clone()].fill(true));
            }
        }
        free
    });
    candidates
}

/// Who has a word: a candidate whose content it is, by its number, or one of those below.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Owner(u32);

impl Owner {
    const NOBODY: Self = Self(u32::MAX);
    /// The cue of some candidate.
    const CUE: Self = Self(u32::MAX - 1);
    /// Some source.
    const SOURCE: Self = Self(u32::MAX - 2);

    /// The number of the candidate whose content it is.
    fn content(self) -> Option<usize> {
        (self.0 < Self::SOURCE.0).then_some(self.0 as usize)
    }
}

/// Candidates, and which word of the article belongs to whom.
struct Claims {
    candidates: Vec<Candidate>,
    owners: Vec<Owner>,
}

impl Claims {
    /// Gives each word to the candidate that is surest of it.
    fn of(candidates: Vec<Candidate>, count: usize) -> Self {
        let mut owners = vec![Owner::NOBODY; count];
        let mut best = vec![f32::MIN; count];
        for (n, candidate) in candidates.iter().enumerate() {
            for (word, margin) in candidate.content.iter().cloned().flatten().zip(&candidate.margins) {
                if *margin > best[word] {
                    best[word] = *margin;
                    owners[word] = Owner(n as u32);
                }
            }
        }
        for candidate in &candidates {
            if let Some(source) = &candidate.source {
                let free = owners[source.clone()].iter_mut().filter(|o| **o == Owner::NOBODY);
                free.for_each(|o| *o = Owner::SOURCE);
            }
            owners[candidate.cue.clone()].fill(Owner::CUE);
        }
        Self { candidates, owners }
    }

    /// The candidates without those who are left with a third of their words or less, and leave the others theirs.
    fn won(self) -> Vec<Candidate> {
        let mut words = vec![0; self.candidates.len()];
        for owner in self.owners {
            if let Some(n) = owner.content() {
                words[n] += 1;
            }
        }
        let mut candidates = self.candidates;
        let mut words = words.into_iter();
        candidates.retain(|candidate| words.next().is_some_and(|held| held * 3 > candidate.margins.len()));
        candidates
    }

    /// The pieces of each candidate's content.
    fn contents(&self) -> Vec<Vec<Range<usize>>> {
        let mut out: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.candidates.len()];
        for (word, owner) in self.owners.iter().enumerate() {
            if let Some(n) = owner.content() {
                join(&mut out[n], word);
            }
        }
        out
    }

    /// Gives all words of a quotation to the candidate that has half of them or more: marks bound one speech.
    fn make_whole(&mut self, segments: &Segments) {
        for quotation in outermost(segments) {
            let owners = &mut self.owners[quotation.words.clone()];
            if owners.contains(&Owner::CUE) {
                continue;
            }
            // The majority, if there is one, by pairing off different owners.
            let mut major = (Owner::NOBODY, 0);
            for owner in owners.iter() {
                major = match major {
                    (_, 0) => (*owner, 1),
                    (best, count) if best == *owner => (best, count + 1),
                    (best, count) => (best, count - 1),
                };
            }
            let held = owners.iter().filter(|o| **o == major.0).count();
            let Some(owner) = major.0.content() else { continue };
            // A quotation that names its own source is no one speech.
            let source = self.candidates[owner].source.as_ref();
            let outside = |s: &Range<usize>| s.end <= quotation.words.start || quotation.words.end <= s.start;
            if held * 2 >= owners.len() && source.is_none_or(outside) {
                owners.fill(major.0);
            }
        }
    }

    /// Gives both quotations that a sentence is said in to the quote whose cue stands between them.
    fn join_split(&mut self, text: &str, segments: &Segments) {
        let pairs = outermost(segments).zip(outermost(segments).skip(1));
        for (first, second) in pairs.filter(|(a, b)| split::goes_on(text, segments, a, b)) {
            let between = first.words.end..second.words.start;
            let both = || first.words.clone().chain(second.words.clone());
            let held = |word: usize| Some(self.owners[word]).filter(|owner| owner.content().is_some());
            let Some(owner) = both().find_map(held) else { continue };
            let free = |found| [owner, Owner::NOBODY, Owner::SOURCE].contains(&found);
            let alone = both().all(|word| free(self.owners[word]))
                && between.clone().filter_map(held).all(|other| other == owner);
            let Some(candidate) = owner.content().and_then(|n| self.candidates.get_mut(n)) else { continue };
            // A source ends before the comma.
            let named = between.start..between.end - 1;
            let apart = |source: &Range<usize>| {
                named.contains(&source.start)
                    || source.end <= first.words.start
                    || second.words.end <= source.start
            };
            if alone && between.contains(&candidate.cue.start) && candidate.source.iter().all(apart) {
                both().for_each(|word| self.owners[word] = owner);
                let source = candidate.source.iter_mut().filter(|source| named.contains(&source.start));
                source.for_each(|source| source.end = source.end.min(named.end));
            }
        }
    }

    /// Joins quotations that nobody has to the quote that they continue.
    fn go_on(&mut self, segments: &Segments) {
        let is_word = |word: usize| segments.words[word].kind() == WordKind::Word;
        let mut open: Option<Owner> = None;
        for quotation in outermost(segments) {
            let owners = &self.owners[quotation.words.clone()];
            let unclaimed = owners.iter().all(|o| *o == Owner::NOBODY);
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
            open = (!quotation.closed && last.content().is_some()).then_some(last);
        }
    }

    /// Joins a quotation that nobody has to the quote before it, in whose relative clause it stands: "the raid, which
    /// began “at four in the morning”".
    fn relate(&mut self, text: &str, segments: &Segments) {
        let form = |n: usize| segments.words.get(n).and_then(|w| w.span().of(text)).unwrap_or_default();
        for quotation in outermost(segments) {
            let first = quotation.words.start;
            let near = first.saturating_sub(RELATIVE + 1)..first;
            let relative = |n: &usize| matches!(form(*n), "which" | "who" | "where");
            let Some(comma) = near.clone().rev().find(relative).and_then(|n| n.checked_sub(1)) else {
                continue;
            };
            let Some(before) = comma.checked_sub(1).filter(|_| form(comma) == ",") else { continue };
            let clause = comma..quotation.words.end;
            let free = self.owners[clause.clone()].iter().all(|o| *o == Owner::NOBODY);
            let whole = (comma + 2..first).all(|n| segments.words[n].kind() == WordKind::Word)
                && !matches!(form(comma + 2), "I" | "he" | "it" | "she" | "they" | "we" | "you")
                && segments.sentence(comma) == segments.sentence(first);
            let owner = self.owners[before];
            if free && whole && owner.content().is_some() {
                self.owners[clause].fill(owner);
            }
        }
    }

    /// The quote that a quotation starting at `first` continues: the last one before it in its paragraph, with little
    /// but its own cue and source between, and itself ending with a quotation.
    fn before(&self, segments: &Segments, first: usize) -> Option<Owner> {
        let start = segments.paragraphs[segments.paragraph(first)?].start;
        let mut between = 0;
        for word in (start..first).rev() {
            match self.owners[word] {
                Owner::CUE | Owner::SOURCE => {}
                Owner::NOBODY => {
                    between += usize::from(segments.words[word].kind() == WordKind::Word);
                    if between > BETWEEN {
                        return None;
                    }
                }
                owner => return segments.marks.around(word).is_some().then_some(owner),
            }
        }
        None
    }
}

/// True if nobody speaks next to a quotation: "“We stay,” Chen said." in a paragraph of its own is not Souza's.
fn stands_alone(segments: &Segments, quotation: &Quotation) -> bool {
    let Range { start, end } = quotation.words;
    let is_word = |n: usize| segments.words[n].kind() == WordKind::Word;
    let before = segments.sentence_words(start).start;
    let behind = segments.sentence_words(end - 1).end;
    !(before.max(start.saturating_sub(NEXT))..start).any(is_word)
        && !(end..behind.min(end + NEXT)).any(is_word)
}

/// Quotations that stand in no other.
fn outermost(segments: &Segments) -> impl Iterator<Item = &Quotation> {
    segments.marks.quotations.iter().filter(|q| !q.nested)
}

/// Words that follow each other, as ranges.
fn pieces(words: &[usize]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for word in words {
        join(&mut out, *word);
    }
    out
}

/// Adds a word behind some ranges, to the last one if it follows it.
fn join(ranges: &mut Vec<Range<usize>>, word: usize) {
    match ranges.last_mut() {
        Some(last) if last.end == word => last.end = word + 1,
        _ => ranges.push(word..word + 1),
    }
}

#[cfg(test)]
mod tests;
