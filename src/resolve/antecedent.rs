//! How likely a pronoun means a candidate: a sum of weights learned from annotated news.

use super::cluster::Cluster;
use super::mention::{Gender, Pronoun, Shape};
use super::seen::Seen;
use crate::record::SpeakerType;

/// A margin between the best and the second from which a choice tells the gender.
pub(super) const SURE: i32 = 150;

/// Below this, a pronoun stays without an antecedent.
const LEAST: i32 = -400;

/// How well a candidate's number, kind and gender fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    /// The text has shown the gender or number.
    Shown,
    /// Nothing speaks against it.
    Open,
    /// Unusual ("they" of a company).
    Loose,
}

/// Whether a pronoun may mean a cluster at all.
pub(super) fn fit(which: Pronoun, cluster: &Cluster) -> Option<Fit> {
    let kind = cluster.kind;
    let person = match kind {
        Some(kind) => matches!(kind, SpeakerType::Person | SpeakerType::Unnamed),
        None => cluster.named,
    };
    match which {
        Pronoun::He | Pronoun::She => {
            let gender = if which == Pronoun::He { Gender::He } else { Gender::She };
            if !person || cluster.plural || cluster.gender.is_some_and(|g| g != gender) {
                return None;
            }
            Some(if cluster.gender.is_some() { Fit::Shown } else { Fit::Open })
        }
        Pronoun::It => match kind {
            Some(SpeakerType::Organization) if cluster.place => None,
            Some(SpeakerType::Organization | SpeakerType::Country | SpeakerType::Document)
                if !cluster.plural =>
            {
                Some(Fit::Open)
            }
            _ => None,
        },
        Pronoun::They => {
            if cluster.plural {
                Some(Fit::Shown)
            } else {
                let body = matches!(kind, Some(SpeakerType::Organization | SpeakerType::Group));
                (body && !cluster.place).then_some(Fit::Loose)
            }
        }
        Pronoun::Phrase => {
            (kind == Some(SpeakerType::Person) && cluster.named && !cluster.plural).then_some(Fit::Open)
        }
        Pronoun::First => None,
    }
}

/// What the text shows of a candidate at the place of the pronoun.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that the weights score")]
pub(super) struct Candidate {
    pub(super) fit: Fit,
    /// Sentences and paragraphs since it was last mentioned.
    pub(super) sentences: usize,
    pub(super) paragraphs: usize,
    /// It is the source of the last quote.
    pub(super) last_speaker: bool,
    /// It is the source of the quote that the pronoun stands in.
    pub(super) holder: bool,
    /// The quote whose source the pronoun is speaks of it.
    pub(super) own_content: bool,
    /// Some quote names it as its source.
    pub(super) is_source: bool,
    /// Form or label tell what it is.
    pub(super) known_kind: bool,
    /// Whether the given name's usual gender is the pronoun's.
    pub(super) given: Option<bool>,
    /// Above zero if other pronouns of the same gender seem to mean it, below if of the other.
    pub(super) lean: i8,
    pub(super) seen: Seen,
    /// The pronoun stands between quotation marks.
    pub(super) quoted: bool,
    /// The pronoun is the source of a quote.
    pub(super) source: bool,
}

/// The number of rows below.
const FACTS: usize = 22;

impl Candidate {
    /// Each fact with its weight in hundredths of a logit.
    ///
    /// Fitted by a softmax over the candidates of each pronoun that is a source in annotated news; those
    /// for pronouns inside a quote are set by hand, as no such pronoun is annotated.
    pub(super) fn facts(&self) -> [(i32, i32); FACTS] {
        let yes = i32::from;
        let seen = &self.seen;
        let source_again = self.last_speaker && self.source;
        [
            (6, yes(self.fit == Fit::Shown)),
            (-151, yes(self.fit == Fit::Loose)),
            (-22, self.sentences.min(8) as i32),
            (-66, self.paragraphs.min(4) as i32),
            (74, yes(self.paragraphs == 0)),
            (115, yes(source_again && self.paragraphs == 0)),
            (81, yes(source_again && self.paragraphs == 1)),
            (33, yes(source_again)),
            (70, yes(self.is_source)),
            (44, yes(seen.subject)),
            (-3, yes(seen.source)),
            (-86, yes(seen.quoted && !self.quoted)),
            (-87, yes(seen.content > 0)),
            (-87, yes(self.own_content)),
            (-139, yes(seen.shape == Some(Shape::Nominal))),
            (65, yes(self.known_kind)),
            (30, yes(self.given == Some(true))),
            (-350, yes(self.given == Some(false))),
            (161, yes(self.lean > 0)),
            (37, yes(self.lean < 0)),
            (100, yes(self.holder && !self.quoted)),
            (-300, yes(self.holder && self.quoted)),
        ]
    }

    fn score(&self) -> i32 {
        self.facts().iter().map(|(weight, fact)| weight * fact).sum()
    }
}

/// The best candidate so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) cluster: usize,
    /// How much better than the second it is.
    pub(super) margin: i32,
    /// The gender that the pronoun tells.
    pub(super) gender: Option<Gender>,
    best: Option<i32>,
    second: Option<i32>,
}

impl Choice {
    pub(super) fn none(which: Pronoun) -> Self {
        let gender = match which {
            Pronoun::He => Some(Gender::He),
            Pronoun::She => Some(Gender::She),
            _ => None,
        };
        Self { cluster: 0, margin: 0, gender, best: None, second: None }
    }

    /// The one there is, which tells no gender.
    pub(super) fn only(cluster: usize, which: Pronoun) -> Self {
        Self { cluster, ..Self::none(which) }
    }

    /// Takes the candidate if it is better; the one mentioned later wins a tie.
    pub(super) fn offer(&mut self, cluster: usize, candidate: &Candidate) {
        let score = candidate.score();
        if self.best.is_none_or(|best| score > best) {
            self.second = self.best;
            self.best = Some(score);
            self.cluster = cluster;
        } else if self.second.is_none_or(|second| score > second) {
            self.second = Some(score);
        }
    }

    pub(super) fn taken(mut self) -> Option<Self> {
        let best = self.best.filter(|&b| b > LEAST)?;
        self.margin = self.second.map_or(i32::MAX, |second| best - second);
        Some(self)
    }
}
