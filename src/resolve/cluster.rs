//! Mentions that speak of the same one.

use std::collections::HashMap;

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
    pub(super) lean: i8,
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
}

/// The clusters of all mentions at some time.
#[derive(Debug)]
pub(super) struct Known {
    count: usize,
    of_mention: Vec<u32>,
}

/// Clusters, and the cluster of each mention.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    pub(super) list: Vec<Cluster>,
    /// Number + 1 of the cluster of each mention, 0 for none.
    of_mention: Vec<u32>,
    /// The clusters of those whom the phrase of a cluster counts ("both candidates").
    members: HashMap<usize, Vec<usize>>,
    /// Other clusters that some turned out to be.
    same_as: HashMap<usize, usize>,
}

impl Clusters {
    /// None yet, for so many mentions.
    pub(super) fn none(mentions: usize) -> Self {
        Self { of_mention: vec![0; mentions], ..Self::default() }
    }

    pub(super) fn of(&self, mention: usize) -> Option<usize> {
        Some(self.of_mention.get(mention)?.checked_sub(1)? as usize)
    }

    /// Says which cluster a mention is of.
    pub(super) fn set(&mut self, mention: usize, cluster: Option<usize>) {
        self.of_mention[mention] = cluster.map_or(0, |c| c as u32 + 1);
    }

    /// Puts another cluster in the place of each mention's.
    pub(super) fn renumber(&mut self, new: impl Fn(usize) -> usize) {
        for of in self.of_mention.iter_mut().filter(|of| **of > 0) {
            *of = new(*of as usize - 1) as u32 + 1;
        }
    }

    pub(super) fn members(&self, cluster: usize) -> &[usize] {
        self.members.get(&cluster).map_or(&[], Vec::as_slice)
    }

    pub(super) fn set_members(&mut self, cluster: usize, members: Vec<usize>) {
        self.members.insert(cluster, members);
    }

    /// True until a cluster turns out to be another.
    pub(super) fn is_own(&self, cluster: usize) -> bool {
        !self.same_as.contains_key(&cluster)
    }

    pub(super) fn set_same(&mut self, cluster: usize, as_other: usize) {
        self.same_as.insert(cluster, as_other);
    }

    /// What mentions are of, for [`Self::restore`].
    pub(super) fn known(&self) -> Known {
        Known { count: self.list.len(), of_mention: self.of_mention.clone() }
    }

    /// Forgets the clusters that were not known, and who is of them; what was learnt of the others stays.
    pub(super) fn restore(&mut self, known: &Known) {
        self.list.truncate(known.count);
        self.of_mention.clone_from(&known.of_mention);
        self.members.retain(|cluster, _| *cluster < known.count);
    }

    /// A new cluster for the author, whom no words name.
    pub(super) fn author(&mut self) -> usize {
        self.list.push(Cluster { kind: Some(SpeakerType::Author), ..Cluster::default() });
        self.list.len() - 1
    }

    /// Makes one cluster of two: all that speaks of `from` speaks of `to`.
    pub(super) fn merge(&mut self, from: usize, to: usize) {
        self.renumber(|cluster| if cluster == from { to } else { cluster });
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
            person: mention.person(),
            ..Cluster::default()
        });
        self.set(number, Some(self.list.len() - 1));
        self.list.len() - 1
    }
}

impl Clusters {
    /// Follows `same_as`, so that every mention has its last cluster.
    pub(super) fn settle(&mut self) {
        let same_as = std::mem::take(&mut self.same_as);
        self.renumber(|cluster| {
            let next = |of: usize| same_as.get(&of).copied().unwrap_or(of);
            (0..4).fold(cluster, |of, _| next(of))
        });
    }
}
