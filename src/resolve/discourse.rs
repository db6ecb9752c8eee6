//! The mentions in order: pronouns and relatives find whom they speak of.

use std::collections::HashMap;
use std::ops::Range;

use super::antecedent::{self, Candidate};
use super::cluster::Clusters;
use super::holders::Offices;
use super::lexicon::Class;
use super::mention::{Gender, Mention, Pronoun, Shape};
use super::phrase::noun_key;
use super::reading::Reading;
use super::seen::Seen;
use super::source::Sources;
use crate::attribute::Attribution;
use crate::record::SpeakerType;
use crate::segment::Ranges;

/// How often the article is read to learn who is a man and who a woman, before it is read for good.
const REHEARSALS: usize = 2;

/// Words before a pronoun in a clause that points ahead, and words of the clause.
const LONGEST_CLAUSE_START: usize = 4;
const LONGEST_CLAUSE: usize = 24;

/// How many words of a role may name its holder later on.
const LONGEST_ROLE: usize = 24;

/// How many of those last mentioned a pronoun may mean.
const MEMORY: usize = 24;

/// Gives every mention that is not a name its cluster, where the text tells it.
pub(super) struct Discourse<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) sources: &'a Sources,
    /// The pieces of all quotes' contents, and the quote of each.
    content: Ranges,
    content_of: Vec<u32>,
    pub(super) clusters: Clusters,
    pub(super) seen: Vec<Seen>,
    /// Clusters, the one last mentioned at the end.
    pub(super) recent: Vec<usize>,
    /// The last cluster of each noun.
    pub(super) by_noun: HashMap<String, usize>,
    /// What is told of people beside their names; what one reading finds, the next one knows from the start.
    pub(super) offices: Offices,
    /// The cluster of several people by their own clusters.
    pub(super) by_parts: HashMap<Vec<usize>, usize>,
    /// The joint mention that was read last.
    pub(super) last_joint: Option<usize>,
    pub(super) last_speaker: Option<usize>,
    author: Option<usize>,
    /// For each cluster, whether some quote names it as its source.
    named_sources: Vec<bool>,
    /// The quote that each source mention belongs to.
    quote_at: HashMap<usize, u32>,
    /// For each cluster, how often "he" and "she" were sure to mean it.
    votes: Vec<[u32; 2]>,
}

impl<'a> Discourse<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        sources: &'a Sources,
        quotes: &'a [Attribution],
        mut clusters: Clusters,
    ) -> Self {
        let words = reading.segments.words.len();
        let pieces = quotes.iter().zip(0..).flat_map(|(quote, n)| quote.content.iter().map(move |p| (p, n)));
        let mut pieces: Vec<(&Range<usize>, u32)> = pieces.filter(|(p, _)| p.start < words).collect();
        pieces.sort_by_key(|(piece, _)| piece.start);
        // A list that grew would be twice in memory.
        let phrase = |m: &&Mention| matches!(m.shape, Shape::Nominal | Shape::Joint);
        clusters.list.reserve_exact(sources.mentions.iter().filter(phrase).count() + 1);
        let most = clusters.list.capacity();
        let mut named_sources = vec![false; clusters.list.len()];
        let mut quote_at = HashMap::new();
        for (q, mention) in sources.of_quote.iter().enumerate() {
            let Some(mention) = *mention else { continue };
            quote_at.entry(mention).or_insert(q as u32);
            if let Some(named) = clusters.of(mention).and_then(|c| named_sources.get_mut(c)) {
                *named = true;
            }
        }
        Self {
            named_sources,
            quote_at,
            reading,
            sources,
            content: Ranges::of(pieces.iter().map(|(piece, _)| (*piece).clone()), words),
            content_of: pieces.iter().map(|(_, quote)| *quote).collect(),
            clusters,
            seen: Vec::with_capacity(most),
            recent: Vec::with_capacity(MEMORY + 1),
            by_noun: HashMap::new(),
            offices: Offices::default(),
            by_parts: HashMap::new(),
            last_joint: None,
            last_speaker: None,
            author: None,
            votes: Vec::with_capacity(most),
        }
    }

    /// Reads the article twice: the first time to learn who is a man and who a woman.
    pub(super) fn run(mut self) -> Clusters {
        let names = self.clusters.known();
        for _ in 0..REHEARSALS {
            self.pass();
            self.learn_genders();
            self.clusters.restore(&names);
            self.seen.clear();
            self.recent.clear();
            self.by_noun.clear();
            self.by_parts.clear();
            self.last_joint = None;
            self.votes.clear();
            self.last_speaker = None;
            self.author = None;
        }
        self.pass();
        self.clusters
    }

    fn learn_genders(&mut self) {
        for (cluster, votes) in self.clusters.list.iter_mut().zip(&self.votes) {
            let [he, she] = *votes;
            cluster.lean = i8::from(he > she) - i8::from(he < she);
            cluster.gender = cluster.gender.or(if he > 1 && he > she * 4 {
                Some(Gender::He)
            } else if she > 1 && she > he * 4 {
                Some(Gender::She)
            } else {
                None
            });
        }
    }

    fn pass(&mut self) {
        self.seen.resize(self.clusters.list.len(), Seen::default());
        self.votes.resize(self.clusters.list.len(), [0; 2]);
        for n in 0..self.sources.mentions.len() {
            let mention = &self.sources.mentions[n];
            let cluster = match mention.shape {
                Shape::Name => self.name(n),
                Shape::Nominal if self.is_part(n) => continue,
                Shape::Nominal => Some(self.nominal(n)),
                Shape::Pronoun(which) => self.pronoun(n, which),
                Shape::Relative => self.relative(n),
                Shape::Joint => Some(self.joint(n)),
            };
            self.clusters.set(n, cluster);
            if let Some(cluster) = cluster {
                self.note(n, cluster);
            }
        }
    }

    /// The quote whose content a word is in.
    fn quote_around(&self, word: usize) -> Option<usize> {
        Some(self.content_of[self.content.around(word)?] as usize)
    }

    pub(super) fn mention(&self, n: usize) -> &'a Mention {
        &self.sources.mentions[n]
    }

    /// Remembers that mention `n` spoke of `cluster`.
    fn note(&mut self, n: usize, cluster: usize) {
        let mention = self.mention(n);
        let reading = self.reading;
        self.seen.resize(self.clusters.list.len(), Seen::default());
        self.votes.resize(self.clusters.list.len(), [0; 2]);
        // "no candidate": none who is spoken of.
        if mention.shape == Shape::Nominal && matches!(reading.form(mention.words().start), "no" | "No") {
            return;
        }
        let quoted = reading.quoted(mention.head());
        let old = self.seen[cluster];
        // What someone said of others matters less than what the article says.
        let content = self.quote_around(mention.head()).map_or(0, |quote| quote as u32 + 1);
        if content > 0 {
            self.seen[cluster].named_in = content;
        }
        if quoted
            && old.count > 0
            && !old.quoted
            && old.paragraph as usize == reading.paragraph(mention.head())
        {
            self.seen[cluster].count += 1;
            return;
        }
        // An apposition adds nothing to the name before it.
        let apposed = mention.shape == Shape::Nominal
            && old.shape == Some(Shape::Name)
            && old.sentence as usize == reading.sentence(mention.head())
            && old.count > 0;
        if apposed {
            self.seen[cluster].word = mention.words().end as u32;
            self.seen[cluster].source |= mention.source;
            self.seen[cluster].was_source |= mention.source;
            return;
        }
        self.seen[cluster] = Seen {
            word: mention.words().end as u32,
            sentence: reading.sentence(mention.head()) as u32,
            paragraph: reading.paragraph(mention.head()) as u32,
            count: old.count + 1,
            subject: self.is_subject(n),
            quoted,
            source: mention.source,
            was_source: old.was_source || mention.source,
            shape: Some(mention.shape),
            content,
            named_in: self.seen[cluster].named_in,
        };
        if mention.source {
            self.last_speaker = Some(cluster);
        }
        if let Some(at) = self.recent.iter().position(|&c| c == cluster) {
            self.recent.remove(at);
        } else if self.recent.len() >= MEMORY {
            self.recent.remove(0);
        }
        self.recent.push(cluster);
    }

    /// The first mention of its sentence outside quotation marks, before any preposition.
    fn is_subject(&self, n: usize) -> bool {
        let words = &self.mention(n).words();
        let start = self.reading.sentence_words(words.start).start;
        if self.mention(n).source {
            return true;
        }
        let before = start.max(words.start.saturating_sub(8))..words.start;
        let plain = before.clone().all(|w| {
            let class = self.reading.class(w);
            !class.is(Class::PREPOSITION) && !class.is(Class::VERB) && !self.reading.possessive(w)
        });
        plain && words.start - start < 9
            || self.reading.is(words.end, Class::VERB) && !self.reading.possessive(words.end)
    }

    fn name(&mut self, n: usize) -> Option<usize> {
        let cluster = self.clusters.of(n)?;
        let reading = self.reading;
        let mention = self.mention(n);
        let body = self.clusters.list[cluster].kind == Some(SpeakerType::Organization);
        let own = mention.words().filter(|_| body);
        if !body {
            self.learn_offices(mention, cluster);
        }
        let roles = [mention.role(), mention.apposed()];
        for word in roles.into_iter().flatten().flatten().take(LONGEST_ROLE).chain(own) {
            let class = reading.class(word);
            let fits =
                if body { class.is(Class::BODY) } else { class.is(Class::PERSON) || class.is(Class::TITLE) };
            if fits {
                let key = noun_key(reading.form(word));
                if !body {
                    self.offices.hold(key.clone(), cluster);
                }
                self.by_noun.insert(key, cluster);
            }
        }
        // "The Journal" after "the Lund Journal".
        let last = mention.words().end.saturating_sub(1);
        if body && mention.words().len() > 1 && reading.is(last, Class::TEXT) && reading.capital(last) {
            self.by_noun.insert(reading.form(last).to_owned(), cluster);
        }
        Some(cluster)
    }

    fn pronoun(&mut self, n: usize, which: Pronoun) -> Option<usize> {
        if which == Pronoun::First {
            return self.author(n);
        }
        if let Some(cluster) = self.ahead(n, which) {
            return Some(cluster);
        }
        let best = self.best(n, which).or_else(|| self.unsure(which))?;
        self.clusters.humanize(best.cluster);
        if best.margin > antecedent::SURE
            && let Some(gender) = best.gender
        {
            self.votes[best.cluster][usize::from(gender == Gender::She)] += 1;
        }
        Some(best.cluster)
    }

    /// "While he waits, Lee says": a clause at the start of a sentence may point ahead to its subject.
    fn ahead(&self, n: usize, which: Pronoun) -> Option<usize> {
        let reading = self.reading;
        let at = self.mention(n).head();
        let sentence = reading.sentence_words(at);
        let opens = reading.class(sentence.start);
        let clause = opens.is(Class::CONJUNCTION)
            || opens.is(Class::PREPOSITION)
            || reading.form(sentence.start).ends_with("ing");
        if !clause
            || at - sentence.start > LONGEST_CLAUSE_START
            || !matches!(which, Pronoun::He | Pronoun::She)
        {
            return None;
        }
        let comma = (at..sentence.end.min(at + LONGEST_CLAUSE)).find(|&w| reading.form(w) == ",")?;
        let subject = (n + 1..self.sources.mentions.len().min(n + 12))
            .find(|&m| self.mention(m).words().start > comma)?;
        let mention = self.mention(subject);
        let start = mention.role().map_or(mention.words().start, |r| r.start.min(mention.words().start));
        let cluster = self.clusters.of(subject)?;
        let names =
            mention.shape == Shape::Name && self.clusters.list[cluster].kind == Some(SpeakerType::Person);
        let acts = !reading.possessive(mention.words().end);
        let subject = names && acts && start <= comma + 2 && mention.words().end < sentence.end;
        (subject && antecedent::fit(which, &self.clusters.list[cluster]).is_some()).then_some(cluster)
    }

    /// "I" and "we" outside quotation marks are whoever wrote the article.
    fn author(&mut self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        if self.reading.quoted(mention.head()) || !mention.source && self.author.is_none() {
            return None;
        }
        if self.author.is_none() {
            let cluster = self.clusters.found(n, mention);
            self.clusters.list[cluster].kind = Some(SpeakerType::Author);
            self.author = Some(cluster);
        }
        self.author
    }

    pub(super) fn best(&self, n: usize, which: Pronoun) -> Option<antecedent::Choice> {
        self.best_of(n, which, &self.recent)
    }

    /// "he" where the text has nobody else: a name that only its label has for a body's.
    fn unsure(&self, which: Pronoun) -> Option<antecedent::Choice> {
        let human = matches!(which, Pronoun::He | Pronoun::She);
        let open = |c: &&usize| human && self.clusters.list[**c].open;
        let last = self.recent.iter().rev().find(open)?;
        Some(antecedent::Choice::only(*last, which))
    }

    /// Of some clusters, the one that a phrase for a person likeliest means.
    pub(super) fn likeliest(&self, n: usize, among: &[usize]) -> Option<usize> {
        match among {
            [one] => Some(*one),
            _ => self.best_of(n, Pronoun::Phrase, among).map(|c| c.cluster),
        }
    }

    pub(super) fn best_of(&self, n: usize, which: Pronoun, among: &[usize]) -> Option<antecedent::Choice> {
        let mention = self.mention(n);
        let reading = self.reading;
        let at = mention.head();
        let quote = self.quote_around(at);
        let holder = quote
            .and_then(|q| self.sources.of_quote.get(q).copied().flatten())
            .filter(|&m| m < n)
            .and_then(|m| self.clusters.of(m));
        let own = self.quote_at.get(&n).map_or(0, |q| q + 1);
        let mut choice = antecedent::Choice::none(which);
        for &cluster in among.iter().rev() {
            let known = &self.clusters.list[cluster];
            let Some(fit) = antecedent::fit(which, known) else { continue };
            let seen = &self.seen[cluster];
            let candidate = Candidate {
                fit,
                sentences: reading.sentence(at).saturating_sub(seen.sentence as usize),
                paragraphs: reading.paragraph(at).saturating_sub(seen.paragraph as usize),
                last_speaker: self.last_speaker == Some(cluster),
                holder: holder == Some(cluster),
                own_content: own > 0 && seen.named_in == own,
                is_source: self.named_sources.get(cluster).copied().unwrap_or_default(),
                known_kind: known.kind.is_some(),
                given: known.given.filter(|_| known.gender.is_none()).and_then(|g| match which {
                    Pronoun::He => Some(g == Gender::He),
                    Pronoun::She => Some(g == Gender::She),
                    _ => None,
                }),
                lean: if which == Pronoun::She { -known.lean } else { known.lean },
                seen: *seen,
                quoted: reading.quoted(at),
                source: mention.source,
            };
            choice.offer(cluster, &candidate);
        }
        choice.taken()
    }
}
