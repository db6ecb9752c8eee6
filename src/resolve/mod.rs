//! The fourth stage: who each quote's source is, and everything that the article calls them.

mod alias;
mod antecedent;
mod bodies;
mod chunk;
mod classes;
mod clause;
mod cluster;
mod discourse;
mod edges;
mod epithet;
mod extent;
mod gender;
mod generic;
mod headline;
mod holders;
mod introduced;
mod joint;
mod known;
mod lexicon;
mod listed;
mod mention;
mod names;
mod naming;
mod nominal;
mod office;
mod person;
mod phrase;
mod possessed;
mod profile;
mod reading;
mod relative;
mod role;
mod seen;
mod sole;
mod source;
mod sourceless;
mod speech;
mod together;

use arcstr::Substr;

use crate::attribute::Attribution;
use crate::encode::Entity;
use crate::people::People;
use crate::record::{Gender, SpeakerType};
use crate::segment::Segments;
use crate::span::Span;

use discourse::Discourse;
use reading::Reading;

/// The speakers of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Resolution {
    /// Those who are the source of some quote, in order of their first mention.
    pub(crate) speakers: Vec<Speaker>,
    /// The number of the speaker of each quote, where the article tells it.
    pub(crate) of_quote: Vec<Option<usize>>,
    /// The end of each mention and the number of its speaker, in order.
    ends: Vec<(u32, u32)>,
    /// Bytes of the longest mention.
    longest: usize,
}

/// One real source in an article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Speaker {
    /// The fullest name that the article gives, without title or role, or the user's.
    pub(crate) name: Substr,
    pub(crate) kind: SpeakerType,
    /// The identifier that the user gave.
    pub(crate) id: Option<String>,
    pub(crate) gender: Option<Gender>,
    /// The words for its office or trade.
    pub(crate) role: Option<Span>,
    /// Where the article speaks of it, in order, without overlaps.
    pub(crate) mentions: Vec<Span>,
}

impl Resolution {
    fn new(speakers: Vec<Speaker>, of_quote: Vec<Option<usize>>) -> Self {
        let mentions =
            || speakers.iter().enumerate().flat_map(|(n, s)| s.mentions.iter().map(move |m| (m, n)));
        let mut ends: Vec<_> = mentions().map(|(mention, n)| (mention.end() as u32, n as u32)).collect();
        ends.sort_unstable();
        let longest = mentions().map(|(mention, _)| mention.len()).max().unwrap_or(0);
        Self { speakers, of_quote, ends, longest }
    }

    /// The speaker whom a span names: "President Ann Lee" or "Lee", but not "Lee's plan".
    pub(crate) fn speaker_at(&self, span: Span) -> Option<usize> {
        let names = |n: &usize| {
            let mentions = &self.speakers[*n].mentions;
            let near = mentions.partition_point(|m| m.end() < span.end());
            let closes = |m: &Span| m.end() == span.end() && m.start() >= span.start();
            mentions.get(near).is_some_and(|m| !span.is_empty() && (closes(m) || m.contains(span)))
        };
        // No mention that ends later reaches back to the span.
        let near = self.ends.partition_point(|(end, _)| (*end as usize) < span.end());
        let ends = self.ends[near..].iter().take_while(|(end, _)| *end as usize <= span.end() + self.longest);
        ends.map(|(_, n)| *n as usize).filter(names).min()
    }
}

/// Finds the speaker of every quote; `entities` holds one label for each word, `people` those whom the user knows.
pub(crate) fn resolve(
    text: &str,
    segments: &Segments,
    entities: &[Entity],
    quotes: &[Attribution],
    people: &People,
) -> Resolution {
    let reading = Reading::of(text, segments, entities, quotes, people);
    let mentions = nominal::mentions(&reading, known::names(&reading, names::names(&reading)));
    let mut sources = source::sources(&reading, mentions, quotes);
    source::roles(&reading, &mut sources.mentions);
    let names = naming::names(&reading, &sources.mentions);
    let mut clusters = Discourse::new(&reading, &sources, quotes, names).run();
    headline::join(&reading, &sources, &mut clusters);
    introduced::join_roles(&reading, &sources, &mut clusters);
    possessed::join(&reading, &sources, &mut clusters);
    introduced::join_identified(&reading, &sources, &mut clusters);
    introduced::join_next(&reading, &sources, &mut clusters);
    introduced::join(&reading, &sources, &mut clusters);
    let of_quote = sourceless::speakers(&reading, &sources, &mut clusters, quotes);
    speech::first_persons(&reading, &sources, &mut clusters, quotes, &of_quote);
    profile::speakers(&reading, &sources, &clusters, &of_quote)
}

#[cfg(test)]
mod tests;
