//! Phrases without a name: "the researchers" are those named before, "two officials" are new.

use super::discourse::Discourse;
use super::generic;
use super::lexicon::Class;
use super::mention::{Gender, Pronoun, Shape};
use crate::record::SpeakerType;

/// How many sentences back a definite phrase finds a name.
pub(super) const PHRASE_REACH: usize = 3;

/// Nouns by which news speaks of a person named before.
const OFFICES: [&str; 22] = [
    "billionaire",
    "businessman",
    "businesswoman",
    "candidate",
    "chairman",
    "contender",
    "front-runner",
    "frontrunner",
    "governor",
    "hopeful",
    "incumbent",
    "lawmaker",
    "leader",
    "mayor",
    "millionaire",
    "minister",
    "mogul",
    "nominee",
    "president",
    "representative",
    "secretary",
    "senator",
];

impl Discourse<'_> {
    pub(super) fn nominal(&mut self, n: usize) -> usize {
        let mention = self.mention(n);
        let reading = self.reading;
        let first = reading.class(mention.words().start);
        let head = mention.head();
        let mut key = noun_key(reading.form(head));
        // "polls" are not "the poll".
        if mention.kind == Some(SpeakerType::Document) && mention.plural {
            key.push('s');
        }
        // "companies and individuals" are more than "the companies".
        let more = mention.words().end > head + 1 && matches!(reading.form(head + 1), "and" | "or");
        let vague = more
            || first.is(Class::INDEFINITE)
            || first.is(Class::SEVERAL)
            || matches!(reading.form(mention.words().start), "other" | "Other" | "new" | "New")
            || matches!(
                reading.form(mention.words().start + 1),
                "only" | "other" | "first" | "next" | "last" | "best" | "biggest"
            );
        let definite = matches!(
            reading.form(mention.words().start),
            "the" | "The" | "that" | "That" | "this" | "This" | "these" | "These" | "both" | "Both"
        );
        // "Senator from Texas says": a headline leaves out the article and names the holder below.
        let bare = mention.source
            && mention.words().start == head
            && reading.opens(head)
            && reading.is(head, Class::TITLE);
        let person = mention.kind == Some(SpeakerType::Unnamed);
        let known = self.by_noun.get(&key).copied().filter(|&c| self.agrees(n, c));
        let titled = || self.by_noun.get(reading.form(head)).copied();
        let title =
            definite && mention.words().len() == 2 && reading.capital(head) && !reading.is_headline(head);
        let known = if title { titled().or(known) } else { known };
        let known = known.or_else(|| if definite { self.by_synonym(n, &key) } else { None });
        let found = if vague
            && !((more || first.is(Class::SEVERAL)) && known.is_some_and(|c| self.same_words(n, c)))
        {
            None
        } else if first.is(Class::POSSESSIVE) {
            known.filter(|&c| self.clusters.list[c].named && !person)
        } else if definite || mention.kind == Some(SpeakerType::Document) && !mention.plural {
            known.filter(|&c| self.within(n, c))
        } else if mention.plural {
            // "Growers" after "Citrus growers": a bare noun for those quoted before.
            let bare = mention.source
                && mention.words().len() == 1
                && reading.is(head, Class::PERSON)
                && !reading.is_proper(head)
                && (!reading.capital(head) || reading.opens(head))
                && !SCHOLARS.contains(&key.as_str());
            known.filter(|&c| self.same_words(n, c) || bare && self.seen.get(c).is_some_and(|s| s.was_source))
        } else {
            None
        };
        // "the company" may mean the last one, "the Turkish government" says which.
        let office = OFFICES.contains(&key.as_str());
        let generic = person && (mention.source || office)
            || generic::stands_for_any(&key) && (mention.words().len() == 2 || self.describes_only(n));
        // "the former secretary of state and current nominee" is long, but means someone known.
        let past = mention.source
            && office
            && matches!(reading.form(mention.words().start + 1), "former" | "current");
        // "the mother of three".
        let counts = |w: usize| {
            reading.is(w, Class::SEVERAL) || reading.form(w).starts_with(|c: char| c.is_ascii_digit())
        };
        let parent = mention.words().end == head + 3 && reading.form(head + 1) == "of" && counts(head + 2);
        let whole = mention.words().end == head + 1 || past || parent;
        // "the only minister", "the other minister": not the one spoken of.
        let apart = matches!(reading.form(mention.words().start + 1), "only" | "other");
        let simple = (mention.words().len() <= 4 || past) && definite && whole && generic && !apart;
        let fuller = if definite && found.is_none() { self.fuller(n, known) } else { None };
        if let Some(cluster) = fuller {
            self.clusters.list[cluster].best = n;
        }
        let holder = self.offices.first_holder(&key).filter(|_| bare && !mention.plural);
        let told = if definite { self.office_holder(n, &key) } else { None };
        let counted = if mention.plural || definite { self.together(n) } else { None };
        let goes_on = if definite && person { self.goes_on(n) } else { None };
        let found = self.apposed_name(n).or(goes_on).or(counted).or(told).or(found).or(fuller).or(holder);
        // What is known as "the company" only may be the one that was named since.
        let bare_body = mention.kind == Some(SpeakerType::Organization)
            && simple
            && found.is_some_and(|c| {
                let known = &self.clusters.list[c];
                !known.named && !self.is_named_phrase(known.best)
            });
        if let Some(text) = found.filter(|_| definite && mention.kind == Some(SpeakerType::Document)) {
            self.name_fully(text, n);
        }
        let found = if bare_body { self.generic_body(n).or(found) } else { found };
        let found = found.or_else(|| if simple && !mention.plural { self.by_sense(n) } else { None });
        let cluster = found.unwrap_or_else(|| self.clusters.found(n, mention));
        let known = &mut self.clusters.list[cluster];
        if mention.kind == Some(SpeakerType::Organization) && known.named && known.votes == [0, 0] {
            known.kind = mention.kind;
        }
        // "Lee's bank" is not what "the bank" means once a bank is named.
        let owned = mention.kind == Some(SpeakerType::Organization)
            && generic::stands_for_any(&key)
            && (mention.words().start..head)
                .any(|w| reading.possessive(w) || reading.is(w, Class::POSSESSIVE));
        // "the first study": "the study" is another.
        let counted = vague && definite;
        if !owned && !counted {
            self.by_noun.insert(key, cluster);
        }
        cluster
    }

    /// "The statement by Lund Zoo" tells more than "the statement" before it.
    fn name_fully(&mut self, text: usize, n: usize) {
        let best = self.clusters.list[text].best;
        let bare = self.mention(best).shape == Shape::Nominal && !self.is_named_phrase(best);
        if bare && self.is_named_phrase(n) {
            self.clusters.list[text].best = n;
        }
    }

    /// "…," the former head of the choir added: whoever spoke last.
    fn goes_on(&self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let adds = |w: usize| matches!(self.reading.form(w), "added" | "adds" | "continued" | "continues");
        let cue = adds(mention.words().end) || mention.words().start.checked_sub(1).is_some_and(adds);
        let last = self.last_speaker.filter(|_| mention.source && cue)?;
        let known = &self.clusters.list[last];
        let genders = mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender;
        (known.kind == Some(SpeakerType::Person) && genders).then_some(last)
    }

    /// "the researchers" after "two scientists": the last that another noun for the same named.
    fn by_synonym(&self, n: usize, key: &str) -> Option<usize> {
        // A survey is a poll, whatever either is called.
        let exact = ["poll", "survey"].contains(&key);
        if exact && let Some(same) = ["poll", "survey"].iter().find_map(|noun| self.by_noun.get(*noun)) {
            return Some(*same).filter(|&c| self.agrees(n, c));
        }
        let known = synonyms(key).into_iter().filter_map(|noun| self.by_noun.get(noun).copied());
        // Of documents, one that a name tells apart.
        let named = |c: &usize| {
            let known = &self.clusters.list[*c];
            known.kind != Some(SpeakerType::Document) || self.is_named_phrase(known.best)
        };
        known
            .filter(|&c| self.agrees(n, c))
            .filter(named)
            .max_by_key(|&c| self.seen.get(c).map_or(0, |s| s.word))
    }

    /// "a Reuters poll": a phrase that holds a name.
    fn is_named_phrase(&self, n: usize) -> bool {
        self.mention(n).words().any(|w| {
            let class = self.reading.class(w);
            let name = self.reading.capital(w) && !self.reading.opens(w);
            name && !class.is(Class::NATION) && !class.is(Class::STATE)
        })
    }

    /// "the Lund poll" after "a new poll": what was new before is named now.
    fn fuller(&self, n: usize, known: Option<usize>) -> Option<usize> {
        let mention = self.mention(n);
        let named = |words: std::ops::Range<usize>| {
            let mut words = words.filter(|&w| !self.reading.opens(w) && self.reading.capital(w));
            words.any(|w| !self.reading.is(w, Class::NATION) && !self.reading.is(w, Class::STATE))
        };
        known.filter(|&c| {
            let cluster = &self.clusters.list[c];
            let best = self.mention(cluster.best);
            let kind = matches!(cluster.kind, Some(SpeakerType::Document | SpeakerType::Group));
            kind && best.shape == Shape::Nominal
                && !named(best.words())
                && named(mention.words().start..mention.head())
        })
    }

    /// True if the phrase may speak of a cluster by number and kind.
    fn agrees(&self, n: usize, cluster: usize) -> bool {
        let mention = self.mention(n);
        let known = &self.clusters.list[cluster];
        let person = |k| matches!(k, Some(SpeakerType::Person | SpeakerType::Unnamed));
        mention.plural == known.plural
            && (person(mention.kind) == person(known.kind))
            && (mention.gender.is_none() || known.gender.is_none() || mention.gender == known.gender)
    }

    fn same_words(&self, n: usize, cluster: usize) -> bool {
        let best = &self.mention(self.clusters.list[cluster].best).words();
        self.reading.words(&self.mention(n).words()).eq_ignore_ascii_case(self.reading.words(best))
    }

    /// True if every word that describes the phrase also describes the cluster's own.
    fn within(&self, n: usize, cluster: usize) -> bool {
        let known = &self.clusters.list[cluster];
        let best = self.mention(known.best).words();
        if known.named {
            let strange = |w: usize| {
                self.reading.capital(w)
                    && !self.reading.is(w, Class::DETERMINER)
                    && !best.clone().any(|b| self.reading.form(b) == self.reading.form(w))
            };
            let body = known.kind != Some(SpeakerType::Person);
            return !(body && (self.mention(n).words().start..self.mention(n).head()).any(strange));
        }
        let words = self.mention(n).words().start..self.mention(n).head();
        let tells = |w: &usize| {
            let only_when = matches!(self.reading.form(*w), "new" | "latest" | "same" | "whole" | "entire");
            !self.reading.is(*w, Class::DETERMINER) && self.reading.is_word(*w) && !only_when
        };
        words.filter(tells).all(|w| {
            let form = self.reading.form(w);
            best.clone().any(|b| self.reading.form(b).eq_ignore_ascii_case(form))
        })
    }

    /// "the company", "the candidate": the last one that it can mean.
    fn by_sense(&self, n: usize) -> Option<usize> {
        let mention = self.mention(n);
        let sentence = self.reading.sentence(mention.head());
        match mention.kind? {
            SpeakerType::Unnamed => {
                let which = match mention.gender {
                    Some(Gender::He) => Pronoun::He,
                    Some(Gender::She) => Pronoun::She,
                    None => Pronoun::Phrase,
                };
                let may_be = |c: &usize| {
                    let seen = &self.seen[*c];
                    let apart =
                        (seen.sentence as usize) < sentence || matches!(seen.shape, Some(Shape::Pronoun(_)));
                    self.clusters.list[*c].named && apart && seen.sentence as usize + PHRASE_REACH >= sentence
                };
                let among: Vec<usize> = self.recent.iter().copied().filter(may_be).collect();
                self.best_of(n, which, &among).map(|c| c.cluster)
            }
            SpeakerType::Organization => self.generic_body(n),
            _ => None,
        }
    }
}

/// A noun in lower case and in the singular, titles in full.
pub(super) fn noun_key(form: &str) -> String {
    let lower = form.trim_end_matches('.').to_lowercase();
    match lower.as_str() {
        "sen" | "sens" => "senator".to_owned(),
        "gov" => "governor".to_owned(),
        "rep" | "reps" | "congressman" | "congresswoman" => "representative".to_owned(),
        "pres" => "president".to_owned(),
        "dr" => "doctor".to_owned(),
        "prof" => "professor".to_owned(),
        _ => match lower.strip_suffix('s') {
            Some(stem) if !stem.ends_with('s') && stem.len() > 2 => stem.to_owned(),
            _ => lower,
        },
    }
}

/// The nouns that news uses in turn with one, that one among them.
pub(super) fn synonyms(noun: &str) -> Vec<&'static str> {
    let groups = SYNONYMS.iter().filter(|nouns| nouns.contains(&noun));
    groups.flat_map(|nouns| nouns.iter().copied()).collect()
}

/// Those who are quoted by turns as one team and as all of their kind.
const SCHOLARS: &[&str] =
    &["researcher", "scientist", "team", "author", "investigator", "expert", "academic"];

/// Nouns that news uses in turn for the same.
const SYNONYMS: &[&[&str]] = &[
    SCHOLARS,
    &["poll", "survey", "study"],
    &["report", "study", "paper", "review", "analysis", "assessment", "audit", "inquiry"],
    &["group", "organization", "organisation"],
    &["statement", "email", "letter", "memo", "message"],
    &["article", "story", "report", "column", "editorial"],
    &["bill", "legislation", "measure", "proposal"],
    &["committee", "panel", "subcommittee", "commission"],
    &["court", "panel", "tribunal"],
    &["agency", "bureau", "department", "authority"],
];
