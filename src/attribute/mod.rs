//! The third stage: from vectors to quotes, each with its cue, its source and its content.
//!
//! ```text
//! vectors -> triggers -> roles around each trigger -> quotes that do not overlap, whole between their marks
//! ```

mod confidence;
mod framed;
mod fronted;
#[cfg(test)]
mod golden;
mod layout;
mod link;
mod object;
mod passive;
mod roles;
mod split;
#[cfg(test)]
mod tests;

use std::ops::Range;

use confidence::Confidence;
#[cfg(feature = "python")]
pub(crate) use confidence::{SIGNALS, Signals};
pub(crate) use layout::Laid;
pub(crate) use link::link;
#[cfg(feature = "python")]
pub(crate) use link::signals;
pub(crate) use roles::{CONTENT, CUE, ROLES};
use roles::{Reading, Roles, SOURCE};

use crate::encode::features::Rows;
use crate::encode::{Room, Weights};
use crate::error::Error;
use crate::segment::Segments;
use crate::stance::{Readings, Stances, Subject};

/// The quotes that layout or an exact form attributes, not the network.
pub(crate) fn laid(text: &str, segments: &Segments) -> Vec<Laid> {
    let mut out = layout::quotes(text, segments);
    out.extend(fronted::quotes(text, segments));
    out.extend(framed::quotes(text, segments));
    out
}

/// A quote as word numbers, before its speaker and stances are known; ranges leave their end out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// The content's pieces, in order, at least one.
    pub(crate) content: Vec<Range<usize>>,
    /// The words that attribute.
    pub(crate) cue: Option<Range<usize>>,
    /// The words for the source.
    pub(crate) source: Option<Range<usize>>,
    /// Number of what the stance heads read in it.
    pub(crate) stance: u32,
    /// The probability that it is right.
    pub(crate) confidence: f32,
}

/// Triggers below this log odds are not looked at.
const LEAST_TRIGGER: f32 = -2.0;

/// The learned heads that this stage and the next but one share a window of words with.
#[derive(Debug)]
pub(crate) struct Heads<'a> {
    roles: Roles<'a>,
    stances: Stances<'a>,
    pub(crate) confidence: Confidence,
}

impl<'a> Heads<'a> {
    pub(crate) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        Ok(Self {
            roles: Roles::read(weights)?,
            stances: Stances::read(weights)?,
            confidence: Confidence::read(weights)?,
        })
    }

    /// What each likely trigger of a block of words attributes, and the layout; in words of the article.
    ///
    /// `rows` are the block's words in the encoder's tables, `sentence_of` numbers their sentences; the block's `first`
    /// word tells where it stands in the article, and only triggers and laid quotes in `core` of it are looked at; `takes`
    /// tells of a word of the article whether it takes a side toward an object behind it. What the stance heads read in
    /// each goes to `readings`.
    pub(crate) fn candidates(
        &self,
        room: &mut Room,
        (rows, sentence_of): (&[Rows], &[u32]),
        (first, core): (usize, Range<usize>),
        laid: &[Laid],
        takes: impl Fn(usize) -> bool,
        readings: &mut Readings,
    ) -> Vec<Candidate> {
        let Room { vectors, shares: [words, stance_words], .. } = room;
        let scores = self.roles.triggers(vectors);
        let likely: Vec<usize> = core.clone().filter(|word| scores[*word] > LEAST_TRIGGER).collect();
        let core = first + core.start..first + core.end;
        let laid: Vec<&Laid> = laid.iter().filter(|quote| core.contains(&quote.cue.start)).collect();
        if likely.is_empty() && laid.is_empty() {
            return Vec::new();
        }
        self.roles.words(vectors, words);
        self.stances.words(vectors, rows, stance_words);
        let (vectors, words, stance_words) = (&*vectors, &*words, &*stance_words);
        let mut read = |subject: Subject<'_>| {
            readings.keep(&self.stances.of(vectors, stance_words, sentence_of, subject), first)
        };
        let candidate = |word: usize| {
            let roles =
                self.roles.tag(vectors, words, sentence_of, (word, scores[word]), takes(first + word));
            Candidate::of(&roles, &mut read)
        };
        let mut out: Vec<Candidate> =
            likely.into_iter().filter_map(candidate).map(|c| c.shifted(first)).collect();
        out.extend(laid.into_iter().filter_map(|quote| {
            let block = first..first + sentence_of.len();
            let (trigger, roles) = quote.within(&block)?;
            let subject = Subject { trigger, roles: &roles };
            Some(Candidate::laid(quote, read(subject)))
        }));
        out
    }

    /// Probabilities of support, oppose and neutral toward the words `target`, whoever speaks.
    pub(crate) fn toward(
        &self,
        room: &mut Room,
        (rows, sentence_of): (&[Rows], &[u32]),
        target: &Range<usize>,
    ) -> [f32; 3] {
        let Room { vectors, shares: [_, words], .. } = room;
        self.stances.words(vectors, rows, words);
        self.stances.toward(vectors, words, sentence_of, target)
    }
}

/// A quote that one trigger proposes; others may claim the same words.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    content: Vec<Range<usize>>,
    /// Of each word of the content, by how much it beats any other role.
    margins: Vec<f32>,
    cue: Range<usize>,
    source: Option<Range<usize>>,
    /// The mean of what `margins` tells, for the words of the source; 0 for none.
    source_margin: f32,
    /// The log odds of the trigger.
    score: f32,
    /// By how much the quote beats none.
    lead: f32,
    /// The probability that it is right, once [`link`] has seen it.
    confidence: f32,
    stance: u32,
    /// True if the layout says so, not the network.
    laid: bool,
}

/// How sure a laid quote is of itself and of its words: more than the network ever is.
const LAID: f32 = 100.0;
/// The log odds of a laid quote, for its confidence.
const LAID_SCORE: f32 = 2.5;

impl Candidate {
    /// The quote that the layout speaks of.
    fn laid(quote: &Laid, stance: u32) -> Self {
        Self {
            content: vec![quote.content.clone()],
            margins: vec![LAID; quote.content.len()],
            cue: quote.cue.clone(),
            source: Some(quote.source.clone()),
            source_margin: LAID,
            score: LAID_SCORE,
            lead: LAID,
            confidence: 0.0,
            stance,
            laid: true,
        }
    }

    /// The quote that a reading of the roles speaks of, or `None` if it finds no content.
    fn of(roles: &Reading, stance: impl FnOnce(Subject<'_>) -> u32) -> Option<Self> {
        let content = roles.pieces(CONTENT);
        if content.is_empty() {
            return None;
        }
        let cue = roles.pieces(CUE).into_iter().find(|c| c.contains(&roles.trigger));
        let cue = cue.unwrap_or(roles.trigger..roles.trigger + 1);
        let stance = stance(Subject { trigger: roles.trigger, roles: &roles.roles });
        let source = roles.pieces(SOURCE).into_iter().min_by_key(|s| s.start.abs_diff(roles.trigger));
        let margins_of =
            |words: &Range<usize>| &roles.margins[words.start - roles.first..words.end - roles.first];
        let margins = content.iter().flat_map(|piece| margins_of(piece).iter().copied());
        Some(Self {
            margins: margins.collect(),
            content,
            cue,
            source_margin: source
                .as_ref()
                .map_or(0.0, |s| margins_of(s).iter().sum::<f32>() / s.len() as f32),
            source,
            score: roles.score,
            lead: roles.lead,
            confidence: 0.0,
            stance,
            laid: false,
        })
    }

    /// The same quote with its words counted from another start.
    fn shifted(mut self, by: usize) -> Self {
        let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        self.content.iter_mut().for_each(shift);
        shift(&mut self.cue);
        self.source.iter_mut().for_each(shift);
        self
    }
}
