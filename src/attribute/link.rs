//! From candidates that may claim the same words to quotes that do not overlap and are whole between their marks.

use std::ops::Range;

use super::{Attribution, Candidate, Confidence, layout, passive};
use crate::segment::{Quotation, Segments, WordKind};
use crate::stance::Reading;

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

/// Settles the candidates of a whole article; beside each quote what the stance heads read in it.
pub(crate) fn link(
    text: &str,
    segments: &Segments,
    candidates: Vec<Candidate>,
    confidence: &Confidence,
) -> (Vec<Attribution>, Vec<Option<Reading>>) {
    let datelines = layout::datelines(text, segments);
    let likely = candidates.into_iter().filter_map(|candidate| {
        let mut candidate = candidate.behind(&datelines).within_reach(segments).with_object(text, segments);
        candidate.confidence = confidence.of(&candidate.signals(segments));
        let likely = candidate.laid || candidate.confidence > LEAST_CONFIDENCE;
        (likely && !candidate.content.is_empty()).then_some(candidate)
    });
    let mut claims =
        Claims::of(without_nesting(likely.collect(), segments.words.len()), segments.words.len());
    // Who is left with a third of its words or less goes, and leaves the others theirs.
    let won = claims.words();
    let kept = won.iter().zip(claims.candidates).filter(|(words, c)| words.len() * 3 > c.margins.len());
    claims = Claims::of(kept.map(|(_, c)| c).collect(), segments.words.len());
    claims.make_whole(segments);
    claims.go_on(segments);
    claims.relate(text, segments);
    let words = claims.words();
    let is_word = |word: usize| segments.words[word].kind == WordKind::Word;
    let quotes = words.iter().zip(claims.candidates);
    let quotes = quotes.filter(|(words, _)| words.iter().copied().any(is_word));
    let mut out: Vec<(Attribution, Option<Reading>)> = quotes
        .map(|(words, candidate)| {
            let signals = candidate.signals(segments);
            let cue = candidate.cue;
            let source = candidate.source.filter(|source| !passive::object(text, segments, source, &cue));
            let mut content = pieces(words);
            // Marks around nothing, or around a sign, are no speech.
            content.retain(|piece| piece.clone().any(is_word));
            let quote =
                Attribution { content, cue: Some(cue), source, confidence: candidate.confidence, signals };
            (quote, Some(candidate.stance))
        })
        .collect();
    out.sort_by_key(|(quote, _)| quote.content[0].start);
    out.into_iter().unzip()
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
        let paragraph = |word: usize| segments.paragraph_of[segments.sentence_of[word] as usize];
        if let Some(source) = &mut self.source {
            let ends =
                [source.start, source.end - 1].map(|word| &segments.paragraphs[paragraph(word) as usize]);
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
            let start = segments.paragraphs[paragraph(word) as usize].start;
            paragraph(word) < home
                || (start..quotation.words.start)
                    .all(|w| segments.words[w].kind != WordKind::Word || segments.marks.around(w).is_some())
        };
        let quoted = |word: usize| {
            let alone = |q: &Quotation| stands_alone(segments, q) && goes_on(word, q);
            paragraph(word) == home || segments.marks.around(word).is_some_and(alone)
        };
        let (mut first, mut last) = (home, home);
        for word in words.iter().copied().filter(|w| quoted(*w)) {
            last += u32::from(paragraph(word) == last + 1);
        }
        for word in words.iter().copied().rev().filter(|w| quoted(*w)) {
            first -= u32::from(paragraph(word) + 1 == first);
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
            let Owner::Content(owner) = major.0 else { continue };
            // A quotation that names its own source is no one speech.
            let source = self.candidates[owner].source.as_ref();
            let outside = |s: &Range<usize>| s.end <= quotation.words.start || quotation.words.end <= s.start;
            if held * 2 >= owners.len() && source.is_none_or(outside) {
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

    /// Joins a quotation that nobody has to the quote before it, in whose relative clause it stands: "the raid, which
    /// began “at four in the morning”".
    fn relate(&mut self, text: &str, segments: &Segments) {
        let form = |n: usize| segments.words.get(n).and_then(|w| w.span.of(text)).unwrap_or_default();
        for quotation in outermost(segments) {
            let first = quotation.words.start;
            let near = first.saturating_sub(RELATIVE + 1)..first;
            let relative = |n: &usize| matches!(form(*n), "which" | "who" | "where");
            let Some(comma) = near.clone().rev().find(relative).and_then(|n| n.checked_sub(1)) else {
                continue;
            };
            let Some(before) = comma.checked_sub(1).filter(|_| form(comma) == ",") else { continue };
            let clause = comma..quotation.words.end;
            let free = self.owners[clause.clone()].iter().all(|o| *o == Owner::Nobody);
            let whole = (comma + 2..first).all(|n| segments.words[n].kind == WordKind::Word)
                && !matches!(form(comma + 2), "I" | "he" | "it" | "she" | "they" | "we" | "you")
                && segments.sentence_of[comma] == segments.sentence_of[first];
            if let (true, owner @ Owner::Content(_)) = (free && whole, self.owners[before]) {
                self.owners[clause].fill(owner);
            }
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

/// True if nobody speaks next to a quotation: "“We stay,” Chen said." in a paragraph of its own is not Souza's.
fn stands_alone(segments: &Segments, quotation: &Quotation) -> bool {
    let Range { start, end } = quotation.words;
    let is_word = |n: usize| segments.words[n].kind == WordKind::Word;
    let before = segments.sentences[segments.sentence_of[start] as usize].start;
    let behind = segments.sentences[segments.sentence_of[end - 1] as usize].end;
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
    for &word in words {
        match out.last_mut() {
            Some(last) if last.end == word => last.end = word + 1,
            _ => out.push(word..word + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Act;

    /// A candidate whose content, cue and source are the words of these texts, each where it first occurs.
    fn candidate(text: &str, segments: &Segments, content: &[&str], cue: &str, sure: f32) -> Candidate {
        let words = |part: &str| {
            let start = text.find(part).unwrap_or_default();
            let inside = |w: &usize| (start..start + part.len()).contains(&segments.words[*w].span.start());
            let found: Vec<usize> = (0..segments.words.len()).filter(inside).collect();
            found.first().copied().unwrap_or_default()..found.last().map_or(0, |w| w + 1)
        };
        let content: Vec<_> = content.iter().map(|part| words(part)).collect();
        Candidate {
            margins: vec![sure; content.iter().map(Range::len).sum()],
            content,
            cue: words(cue),
            source: None,
            source_margin: 0.0,
            laid: false,
            score: sure,
            lead: sure,
            confidence: 0.0,
            stance: Reading {
                act: Act::Statement,
                labels: [0.0, 0.0, 1.0],
                targets: vec![],
                evidence: vec![],
            },
        }
    }

    /// The contents of the quotes that come of some candidates.
    fn contents<'a>(text: &'a str, candidates: &[(&[&str], &str, f32)]) -> Vec<Vec<&'a str>> {
        let segments = Segments::of(text);
        let made =
            candidates.iter().map(|(content, cue, sure)| candidate(text, &segments, content, cue, *sure));
        let (quotes, readings) = link(text, &segments, made.collect(), &Confidence::default());
        assert_eq!(quotes.len(), readings.len());
        let pieces = |q: &Attribution| q.content.iter().filter_map(|p| segments.span(p)?.of(text)).collect();
        quotes.iter().map(pieces).collect()
    }

    #[test]
    fn a_cue_inside_a_surer_quote_makes_none() {
        let text = "Souza said that Chen believes it will rain.";
        let found = contents(
            text,
            &[(&["that Chen believes it will rain"], "said", 3.0), (&["it will rain"], "believes", 1.0)],
        );
        assert_eq!(found, [["that Chen believes it will rain"]]);
    }

    #[test]
    fn the_surer_candidate_gets_the_words_that_two_claim() {
        let text = "“We go,” said Souza. “We stay,” said Chen.";
        let found = contents(
            text,
            &[(&["“We go,”", "“We stay,”"], "said Souza", 2.0), (&["“We stay,”"], "said Chen", 4.0)],
        );
        assert_eq!(found, [["“We go,”"], ["“We stay,”"]]);
    }

    #[test]
    fn a_quotation_has_one_owner_or_none() {
        let text = "“We go to the shore, and soon,” said Souza.";
        assert_eq!(
            contents(text, &[(&["“We go to the shore"], "said", 2.0)]),
            [["“We go to the shore, and soon,”"]]
        );
        assert_eq!(contents(text, &[(&["“We"], "said", 2.0)]), [["“We"]]);
    }

    #[test]
    fn a_quotation_that_names_its_source_is_not_filled() {
        let text = "“We go to the shore Souza” said so.";
        let segments = Segments::of(text);
        let mut claim = candidate(text, &segments, &["“We go to the shore"], "said", 2.0);
        claim.source = Some(6..7);
        let (quotes, _) = link(text, &segments, vec![claim], &Confidence::default());
        assert!(
            quotes.iter().all(|q| q.content.len() == 1 && q.content[0] == (0..6) && q.source == Some(6..7))
        );
    }

    #[test]
    fn who_is_asked_and_what_is_refused_belong_to_the_content() {
        let found = [
            ("Souza urged the river board to mend it.", "urged", "to mend it", "the river board to mend it"),
            ("Souza begged Chen not to go.", "begged", "not to go", "Chen not to go"),
            ("Souza told the river board to mend it.", "told", "to mend it", "to mend it"),
            ("Souza was urged by the board to mend it.", "was urged", "to mend it", "to mend it"),
            ("Chen asked the crew when the boat left.", "asked", "the boat left", "when the boat left"),
            ("Chen refused to sing for the duke.", "refused to sing for", "the duke", "to sing for the duke"),
            ("Chen declined to comment on the duke.", "declined to comment on", "the duke", "the duke"),
        ];
        for (text, cue, content, expected) in found {
            assert_eq!(contents(text, &[(&[content], cue, 3.0)]), [[expected]], "{text}");
        }
    }

    #[test]
    fn a_quotation_that_another_speaks_is_not_in_reach_of_a_cue_before_its_paragraph() {
        let reach = |text| contents(text, &[(&["“We go,”", "“We never wanted to stay"], "said Souza", 2.0)]);
        let text = "“We go,” said Souza.\n\n“We never wanted to stay,” Chen told us.";
        assert_eq!(reach(text), [["“We go,”"]]);
        let text = "“We go,” said Souza.\n\n“We never wanted to stay.” It rained.";
        assert_eq!(reach(text), [["“We go,”", "“We never wanted to stay.”"]]);
    }

    #[test]
    fn marks_around_nothing_are_no_content() {
        let text = "“We go,” said Souza.\n\n“—”";
        assert_eq!(contents(text, &[(&["“We go,”", "“—”"], "said Souza", 2.0)]), [["“We go,”"]]);
    }

    #[test]
    fn a_relative_clause_with_a_quotation_that_no_one_has_belongs_to_the_quote_before_it() {
        let found = |text| contents(text, &[(&["the raid"], "mourned", 3.0)]);
        let text = "Chen mourned the raid, which ended “in blood and smoke”.";
        assert_eq!(found(text), [["the raid, which ended “in blood and smoke”"]]);
        for text in [
            "Chen mourned the raid, which she called “a day of smoke”.",
            "Chen mourned the raid. Souza, who sings “at dawn and at dusk”, left.",
            "Chen mourned the raid, which ended long before the end of “the long night”.",
        ] {
            assert_eq!(found(text), [["the raid"]], "{text}");
        }
    }

    #[test]
    fn a_quotation_without_a_cue_continues_the_quote_before_it() {
        let text = "“We go,” Souza said. “We never wanted to stay.” It rained.";
        let found = contents(text, &[(&["“We go,”"], "said", 2.0)]);
        assert_eq!(found, [["“We go,”", "“We never wanted to stay.”"]]);
        let text = "Souza said: “We go.\n\n“We never wanted to stay.”";
        let found = contents(text, &[(&["“We go."], "said:", 2.0)]);
        assert_eq!(found, [["“We go.\n\n“We never wanted to stay.”"]]);
        let text = "“We go,” Souza said on a wet day in May. The “Ship of Good Hope” left.";
        assert_eq!(contents(text, &[(&["“We go,”"], "said", 2.0)]), [["“We go,”"]]);
    }
}
