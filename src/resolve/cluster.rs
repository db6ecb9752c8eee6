//! Mentions that speak of the same one.

use super::mention::{Gender, Mention, Shape};
use crate::record::SpeakerType;

/// All mentions of one.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that the text tells")]
pub(super) struct Cluster {
    pub(super) kind: Option<SpeakerType>,
    pub(super) gender: Option<Gender>,
    /// What the given name usually tells: a hint, not a fact of the text.
    pub(super) given: Option<Gender>,
    pub(super) plural: bool,
    pub(super) place: bool,
    /// Only a label has it for a body or place: what the text tells may make it a person.
    pub(super) open: bool,
    /// Above zero if the pronouns so far speak of a man, below if of a woman.
    pub(super) lean: i32,
    /// The mention whose words are the name.
    pub(super) best: usize,
    /// True if a name is among the mentions.
    pub(super) named: bool,
    /// Words of the name in lower case, without titles.
    pub(super) words: Vec<String>,
    /// How many names the article has for it.
    pub(super) names: u32,
    /// How many of its names are full ones.
    pub(super) full: u32,
    /// How many of its names look like a person's, and how many like something else.
    pub(super) votes: [u32; 2],
    /// Number of the user's person who it is.
    pub(super) person: Option<u32>,
    /// The clusters of those whom a phrase counts ("both candidates").
    pub(super) members: Vec<usize>,
    /// Another cluster that this one turned out to be.
    pub(super) same_as: Option<usize>,
}

/// Clusters, and the cluster of each mention.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    pub(super) list: Vec<Cluster>,
    pub(super) of_mention: Vec<Option<usize>>,
}

impl Clusters {
    pub(super) fn of(&self, mention: usize) -> Option<usize> {
        self.of_mention.get(mention).copied().flatten()
    }

    /// A new cluster for the author, whom no words name.
    pub(super) fn author(&mut self) -> usize {
        self.list.push(Cluster { kind: Some(SpeakerType::Author), ..Cluster::default() });
        self.list.len() - 1
    }

    /// Makes one cluster of two: all that speaks of `from` speaks of `to`.
    pub(super) fn merge(&mut self, from: usize, to: usize) {
        for cluster in self.of_mention.iter_mut().filter(|c| **c == Some(from)) {
            *cluster = Some(to);
        }
    }

    /// Takes for a person what only a label had for something else.
    pub(super) fn humanize(&mut self, cluster: usize) {
        let known = &mut self.list[cluster];
        if known.open {
            (known.kind, known.place, known.open) = (Some(SpeakerType::Person), false, false);
        }
    }

    /// A new cluster that starts with one mention.
    pub(super) fn found(&mut self, number: usize, mention: &Mention) -> usize {
        self.list.push(Cluster {
            kind: mention.kind,
            gender: mention.gender,
            plural: mention.plural,
            place: mention.place,
            open: mention.open,
            best: number,
            named: mention.shape == Shape::Name,
            person: mention.person,
            ..Cluster::default()
        });
        self.of_mention[number] = Some(self.list.len() - 1);
        self.list.len() - 1
    }
}

impl Clusters {
    /// Follows `same_as`, so that every mention has its last cluster.
    pub(super) fn settle(&mut self) {
        for of in self.of_mention.iter_mut().flatten() {
            let mut steps = 0;
            while let Some(next) = self.list[*of].same_as.filter(|_| steps < 4) {
                *of = next;
                steps += 1;
            }
        }
    }
}
