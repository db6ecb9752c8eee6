//! The last stage: from word numbers to the public records.

use std::ops::Range;

use arcstr::Substr;

use crate::attribute::Attribution;
use crate::error::Error;
use crate::record::{Act, Article, Kind, Label, Passage, Quote, SCHEMA_VERSION, Speaker, Stance, Voice};
use crate::resolve::{self, Resolution};
use crate::segment::{MarkRole, Segments, WordKind};
use crate::span::Span;
use crate::stance::{self, Certain, Composed, Frame, Reading, Readings, Target};

/// A further target of a quote becomes a stance from this probability of its label on.
const SURE: f32 = 0.5;
/// The confidence of a side that a rule tells: set by hand, not calibrated.
const EXACT: f32 = 0.9;
/// Stances of a quote, at most.
const MOST_TARGETS: usize = 3;

/// What the stages found in one text.
pub(crate) struct Findings<'a> {
    /// What all passages are slices of.
    pub(crate) text: Substr,
    pub(crate) segments: &'a Segments,
    pub(crate) readings: &'a Readings,
    pub(crate) resolution: &'a Resolution,
}

impl Findings<'_> {
    /// The records of the whole article; `go_on` ends them between two quotes.
    pub(crate) fn article(
        &self,
        found: Vec<Attribution>,
        go_on: &dyn Fn() -> Result<(), Error>,
    ) -> Result<Article, Error> {
        let mut quotes = Vec::with_capacity(found.len());
        // Each is let go once it is told: a long text has many.
        for (n, quote) in found.into_iter().enumerate() {
            go_on()?;
            quotes.extend(self.quote(n, quote));
        }
        let mut counts = vec![0; self.resolution.speakers.len()];
        for speaker in quotes.iter().filter_map(|quote: &Quote| quote.speaker) {
            if let Some(count) = counts.get_mut(speaker as usize) {
                *count += 1;
            }
        }
        let speakers = self.resolution.speakers.iter().zip(counts).zip(0..);
        Ok(Article {
            schema_version: SCHEMA_VERSION,
            id: None,
            text: self.text.clone(),
            speakers: speakers.map(|((s, count), n)| self.profile(s, n, count)).collect(),
            quotes,
        })
    }

    fn profile(&self, speaker: &resolve::Speaker, number: u32, quote_count: u32) -> Speaker {
        let role = speaker.role.and_then(|role| self.passage(role));
        Speaker {
            number,
            name: speaker.name.clone(),
            kind: speaker.kind,
            mentions: exact(speaker.mentions.iter().filter_map(|m| self.passage(*m))),
            role_start: role.as_ref().map(|r| r.start),
            role_end: role.as_ref().map(|r| r.end),
            role: role.map(|r| r.text),
            gender: speaker.gender,
            quote_count,
            id: speaker.id.clone(),
        }
    }

    fn passage(&self, span: Span) -> Option<Passage> {
        let text = self.text.try_substr_from(span.of(&self.text)?)?;
        Some(Passage { start: span.start() as u32, end: span.end() as u32, text })
    }

    fn words(&self, words: &Range<usize>) -> Option<Passage> {
        self.passage(self.segments.span(words)?)
    }

    fn quote(&self, number: usize, quote: Attribution) -> Option<Quote> {
        let reading = self.readings.get(quote.stance);
        let quote = &self.without_role(number, quote);
        let spans = exact(quote.content.iter().filter_map(|p| self.words(p)));
        let whole = self.words(&(quote.content.first()?.start..quote.content.last()?.end))?;
        let speaker = self.resolution.of_quote.get(number).copied().flatten().map(|s| s as u32);
        let negated = quote.cue.as_ref().is_some_and(|c| stance::negated(&self.text, self.segments, c));
        let act = reading.as_ref().map_or(Act::Statement, |r| r.act);
        let composed = stance::composed(&self.text, self.segments, quote.cue.as_ref(), &quote.content, act);
        Some(Quote {
            start: whole.start,
            end: whole.end,
            text: whole.text,
            kind: self.kind(&quote.content),
            spans,
            verbatim: self.verbatim(&quote.content),
            cue: quote.cue.as_ref().and_then(|c| self.words(c)),
            source: quote.source.as_ref().and_then(|s| self.words(s)),
            speaker,
            act: composed.as_ref().and_then(|c| c.act).unwrap_or(act),
            negated,
            stances: reading
                .as_ref()
                .map_or_else(Vec::new, |r| self.stances((number, speaker), quote, r, composed.as_ref())),
            confidence: quote.confidence,
        })
    }

    /// The quote without its speaker's role: "According to Ann Lee, the mayor, it rained."
    fn without_role(&self, number: usize, mut quote: Attribution) -> Attribution {
        let speaker = self.resolution.of_quote.get(number).copied().flatten();
        let Some(role) = speaker.and_then(|n| self.resolution.speakers.get(n)?.role) else { return quote };
        let word = |n: usize| self.segments.words.get(n).map(|word| word.span());
        // Where a piece opens with the role and a comma, or is the role: the word behind it.
        let behind = |piece: &Range<usize>| {
            let last = piece.clone().find(|n| word(*n).is_some_and(|w| w.end() >= role.end()))?;
            let opens = word(piece.start)?.start() == role.start() && word(last)?.end() == role.end();
            let comma = last + 1 == piece.end || word(last + 1)?.of(&self.text) == Some(",");
            (opens && comma).then_some(piece.end.min(last + 2))
        };
        let rest = |piece: &Range<usize>| behind(piece).unwrap_or(piece.start)..piece.end;
        let content: Vec<Range<usize>> = quote.content.iter().map(rest).filter(|p| !p.is_empty()).collect();
        if !content.is_empty() {
            quote.content = content;
        }
        quote
    }

    /// Whether all, some or none of the content's words stand inside quotation marks.
    fn kind(&self, content: &[Range<usize>]) -> Kind {
        let words =
            content.iter().cloned().flatten().filter(|w| self.segments.words[*w].kind() == WordKind::Word);
        let (mut inside, mut all) = (0, 0);
        for word in words {
            inside += usize::from(self.segments.marks.around(word).is_some());
            all += 1;
        }
        match inside {
            0 => Kind::Indirect,
            _ if inside == all => Kind::Direct,
            _ => Kind::Mixed,
        }
    }

    /// The parts of the content that stand inside quotation marks.
    fn verbatim(&self, content: &[Range<usize>]) -> Vec<Passage> {
        let marks = &self.segments.marks;
        let mut out: Vec<Range<usize>> = Vec::new();
        for piece in content {
            let mut at = piece.start;
            while at < piece.end {
                let Some(quotation) = marks.around(at) else {
                    at += 1;
                    continue;
                };
                let end = quotation.words.end.min(piece.end);
                let start =
                    at + usize::from(at == quotation.words.start && self.segments.role(at) == MarkRole::Open);
                let closed = quotation.closed && end == quotation.words.end;
                out.push(start..end - usize::from(closed));
                at = end;
            }
        }
        exact(out.iter().filter(|p| !p.is_empty()).filter_map(|p| self.words(p)))
    }

    /// The positions that a quote takes, the main one first; without any, a neutral one toward what it speaks of.
    fn stances(
        &self,
        of: (usize, Option<u32>),
        quote: &Attribution,
        reading: &Reading,
        composed: Option<&Composed>,
    ) -> Vec<Stance> {
        let main = composed.map_or_else(|| stance::label(&reading.labels), |c| c.main.label);
        let home = self.home(quote);
        let at_home = |words: &Range<usize>| within(words, &home);
        let known: Vec<Target> = reading.targets.iter().filter(|t| at_home(&t.words)).cloned().collect();
        let evidence: Vec<Range<usize>> =
            reading.evidence.iter().filter(|words| at_home(words)).cloned().collect();
        // "We will not negotiate": a holder is rarely the target of its own stance.
        let (own, targets): (Vec<&Target>, Vec<&Target>) =
            known.iter().partition(|t| of.1.is_some() && self.speaker(&t.words) == of.1);
        let agrees = |t: &&&Target| stance::label(&t.labels) == main;
        let first = targets.iter().find(agrees).or(targets.first()).or(own.first()).map(|t| &t.words);
        let exact = composed.into_iter().flat_map(|c| std::iter::once(&c.main).chain(&c.further));
        let mut all: Vec<Side> = exact.filter_map(|p| Side::exact(p, first, &known)).collect();
        if all.is_empty() {
            let learned = first.map(|words| Side::learned(words, reading.labels, &evidence));
            all.extend(learned);
        }
        let taken: Vec<Range<usize>> = all.iter().map(|side| side.target.clone()).collect();
        let is_taken = |words: &Range<usize>| match composed {
            Some(_) => taken.iter().any(|exact| same(exact, words)),
            None => taken.contains(words),
        };
        // Where a rule sees no side taken, none is.
        let sided = composed.is_none_or(|c| c.main.label != Label::Neutral);
        let others = targets.iter().filter(|t| sided && !is_taken(&t.words)).filter(|t| {
            let label = stance::label(&t.labels);
            label != Label::Neutral && t.labels.iter().any(|p| *p >= SURE)
        });
        all.extend(others.map(|t| Side::learned(&t.words, t.labels, &evidence)));
        let mut out: Vec<Stance> = Vec::new();
        for stance in all.iter().filter_map(|side| self.stance(of, quote, side)) {
            // Two targets may be one without the words that they would end with.
            if out.iter().all(|known| known.target != stance.target) {
                out.push(stance);
            }
        }
        out.truncate(MOST_TARGETS);
        out.shrink_to_fit();
        out
    }

    /// The words of the sentences that a quote, its cue and its source stand in: no stance is read from others.
    fn home(&self, quote: &Attribution) -> Range<usize> {
        let parts = || quote.content.iter().chain(&quote.cue).chain(&quote.source);
        let sentence = |word: Option<usize>| Some(self.segments.sentence_words(word?));
        let first = sentence(parts().map(|p| p.start).min());
        let last = sentence(parts().map(|p| p.end.saturating_sub(1)).max());
        first.zip(last).map_or(0..0, |(first, last)| first.start..last.end)
    }

    /// The position toward one target.
    fn stance(
        &self,
        (number, holder): (usize, Option<u32>),
        quote: &Attribution,
        side: &Side,
    ) -> Option<Stance> {
        let evidence = side.evidence.as_ref();
        let frame = Frame::of(&self.text, self.segments, quote.cue.as_ref(), &quote.content, evidence);
        let quoted = evidence.is_some_and(|e| self.segments.marks.around(e.start).is_some());
        let target = stance::whole(&self.text, self.segments, &side.target);
        let passage = self.words(&target)?;
        let parts = [Some(&target), evidence, frame.condition.as_ref()];
        debug_assert!(
            parts.into_iter().flatten().all(|p| within(p, &self.home(quote))),
            "{parts:?} not all in the sentences of {quote:?}"
        );
        let label = stance::label(&side.labels);
        let [support, oppose, _] = side.labels;
        Some(Stance {
            quote: number as u32,
            holder,
            target_name: self.name(&target).unwrap_or_else(|| passage.text.clone()),
            target: passage,
            label,
            score: support - oppose,
            evidence: exact(evidence.and_then(|e| self.words(e)).into_iter()),
            voice: if quoted { Voice::Quoted } else { Voice::Paraphrased },
            modality: frame.modality,
            condition: frame.condition.and_then(|c| self.words(&c)),
            negated: side.negated.unwrap_or(frame.negated),
            topic: None,
            confidence: stance::probability(label, side.labels),
        })
    }

    /// The name of the speaker whom these words mention.
    fn name(&self, words: &Range<usize>) -> Option<Substr> {
        let speaker = self.speaker(words)? as usize;
        Some(self.resolution.speakers.get(speaker)?.name.clone())
    }

    /// The number of the speaker whom these words mention.
    fn speaker(&self, words: &Range<usize>) -> Option<u32> {
        Some(self.resolution.speaker_at(self.segments.span(words)?)? as u32)
    }
}

/// A position before it is told in offsets.
struct Side {
    target: Range<usize>,
    /// Probabilities of support, oppose and neutral.
    labels: [f32; 3],
    evidence: Option<Range<usize>>,
    /// What the rules know of it.
    negated: Option<bool>,
}

impl Side {
    fn learned(target: &Range<usize>, labels: [f32; 3], evidence: &[Range<usize>]) -> Self {
        let taken = stance::label(&labels) != Label::Neutral;
        let evidence = nearest(evidence, target).filter(|_| taken).cloned();
        Self { target: target.clone(), labels, evidence, negated: None }
    }

    /// What a rule says, of the learned target `first` where the rule names none.
    fn exact(position: &Certain, first: Option<&Range<usize>>, targets: &[Target]) -> Option<Self> {
        // How far a phrase goes, annotators have taught better than signs tell.
        let learned = |start: usize| targets.iter().map(|t| &t.words).find(|words| words.start == start);
        let words = position.target.as_ref().map(|words| learned(words.start).unwrap_or(words));
        let rest = (1.0 - EXACT) / 2.0;
        let labels = match position.label {
            Label::Support => [EXACT, rest, rest],
            Label::Oppose => [rest, EXACT, rest],
            _ => [rest, rest, EXACT],
        };
        Some(Self {
            target: words.or(first)?.clone(),
            labels,
            evidence: Some(position.evidence.clone()).filter(|_| position.label != Label::Neutral),
            negated: Some(position.negated),
        })
    }
}

/// A list without room for more: it stays as long as the article does.
fn exact<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = items.collect();
    out.shrink_to_fit();
    out
}

fn within(words: &Range<usize>, home: &Range<usize>) -> bool {
    home.start <= words.start && words.end <= home.end
}

/// True if two ranges share half of the shorter one.
fn same(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared * 2 >= a.len().min(b.len()).max(1)
}

/// The range with the fewest words between it and `target`.
fn nearest<'a>(ranges: &'a [Range<usize>], target: &Range<usize>) -> Option<&'a Range<usize>> {
    ranges.iter().min_by_key(|r| {
        if r.start >= target.end { r.start - target.end } else { target.start.saturating_sub(r.end) }
    })
}
