//! Which of the words for an office or trade is a speaker's role.

use std::ops::Range;

use super::lexicon::Class;
use super::mention::{Mention, Pronoun, Shape};
use super::profile::Profiler;
use super::reading::Reading;
use super::source::Part;
use super::{clause, listed, role};

impl Profiler<'_> {
    /// The first words for an office or trade; a mere title or a place of work for want of better.
    pub(super) fn role(&self, cluster: usize, mentions: &[usize]) -> Option<Range<usize>> {
        let all = || mentions.iter().map(|&m| self.mention(m));
        // What others call someone in a quotation counts less than the article's own words.
        let names = |quoted: bool| {
            all().filter(move |m| m.shape == Shape::Name && self.reading.quoted(m.head()) == quoted)
        };
        let each = || names(false).chain(names(true));
        let end = |m: &Mention| self.reading.sentence_words(m.head()).end;
        let beside = names(false).find_map(|m| self.office(m));
        // "the senator from Ohio" tells more than "Sen.".
        let bare = |r: &Range<usize>| self.title(r) && (r.len() == 1 || self.possessed(r));
        let full = beside.clone().filter(|r| !bare(r)).or_else(|| self.phrase_for(mentions, true));
        let untitled = each().all(|m| m.role().is_none_or(|r| self.loose(&r)));
        let clause = |m: &Mention| {
            let apposed = m.apposed().map(|a| a.end);
            clause::role(self.reading, m.words().end).or_else(|| clause::role(self.reading, apposed?))
        };
        // "my time as mayor" is the speaker's, "her time" in a quotation may be anyone's.
        let own = |m: &&Mention| m.shape == Shape::Pronoun(Pronoun::First) || !self.reading.quoted(m.head());
        let one = |r: &Range<usize>| !self.reading.is(r.end.saturating_sub(1), Class::PLURAL);
        let telling = |r: &Range<usize>| one(r) && !self.academic(r);
        full.or(beside)
            .or_else(|| each().find_map(clause))
            .or_else(|| each().filter(|_| untitled).find_map(|m| listed::role(self.reading, &m.words())))
            .or_else(|| self.phrase_for(mentions, false))
            .or_else(|| self.epithets.get(&cluster).cloned())
            .or_else(|| each().find_map(|m| role::said_to_be(self.reading, m.words().end)))
            .or_else(|| each().find_map(|m| self.office(m)))
            .or_else(|| all().filter(own).find_map(|m| clause::held(self.reading, m.words().end)))
            .or_else(|| each().find_map(|m| m.role().filter(telling).or_else(|| m.apposed())))
            .or_else(|| each().find_map(|m| m.role().filter(one)))
            .or_else(|| all().filter(|m| self.personal(m)).map(|m| self.placed(self.bare(&m.words()))).next())
            .or_else(|| each().find_map(Mention::role))
            .or_else(|| each().find_map(|m| role::belongs(self.reading, m.words().end, end(m))))
            .or_else(|| each().find_map(|m| role::employer(self.reading, m.words().start)))
    }

    /// What stands beside a name: the words before it, those behind it, an office's title.
    fn office(&self, name: &Mention) -> Option<Range<usize>> {
        let plural = |r: &Range<usize>| self.reading.is(r.end.saturating_sub(1), Class::PLURAL);
        let before = || name.role().filter(|r| !self.loose(r) && !plural(r));
        let title = |r: &Range<usize>| self.title(r);
        before()
            .filter(|r| !title(r))
            .or_else(|| name.apposed().filter(|r| !self.loose(r)))
            .or_else(|| role::placed_before(self.reading, &name.words()))
            .or_else(|| before().filter(|r| !self.academic(r)))
    }

    /// "the senator": the first phrase that turned out to mean the person, surest if it was quoted.
    fn phrase_for(&self, mentions: &[usize], source: bool) -> Option<Range<usize>> {
        let all = mentions.iter().map(|&m| self.mention(m));
        all.filter(|m| m.source == source && self.personal(m) && !self.reading.quoted(m.head()))
            .map(|m| self.placed(self.bare(&m.words())))
            .find(|r| !self.loose(r))
    }

    /// A phrase for one human being, and not for an age.
    fn personal(&self, mention: &Mention) -> bool {
        mention.shape == Shape::Nominal
            && self.reading.is(mention.head(), Class::PERSON)
            && !self.reading.is(mention.head(), Class::PLURAL)
            && !self.reading.form(mention.head()).ends_with("-year-old")
    }

    /// "Sen.", "Associate Professor", "Ohio's Dr": titles that any office has.
    fn title(&self, role: &Range<usize>) -> bool {
        let last = role.end.saturating_sub(1);
        let plain = role.clone().all(|w| self.reading.is(w, Class::TITLE)) || self.possessed(role);
        plain
            && self.reading.is(last, Class::TITLE)
            && !self.reading.is(last, Class::HE)
            && !self.reading.is(last, Class::SHE)
    }

    fn possessed(&self, role: &Range<usize>) -> bool {
        role.clone().any(|w| self.reading.possessive(w))
    }

    /// "Dr", "Lund University's Professor": a degree more than an office.
    fn academic(&self, role: &Range<usize>) -> bool {
        let form = self.reading.form(role.end.saturating_sub(1)).trim_end_matches('.');
        let alone = role.len() == 1 || self.possessed(role);
        alone && ["dr", "prof", "professor"].iter().any(|t| form.eq_ignore_ascii_case(t))
    }

    /// "rival", "Democrat of Ohio": words that tell no office.
    fn loose(&self, role: &Range<usize>) -> bool {
        let head = role::head(self.reading, role.start, role.end);
        // "the board's senior Democrat" is an office.
        let ranked = |n: usize| self.reading.capital(n) && self.possessed(role);
        head.is_some_and(|n| {
            self.reading.is(n, Class::LOOSE) && !ranked(n) || self.reading.form(n).ends_with("-year-old")
        })
    }

    /// "Senator" of "Senator from Texas" with the place, "secretary" with "of state".
    fn placed(&self, words: Range<usize>) -> Range<usize> {
        let words = with_office(self.reading, words);
        let limit = self.reading.sentence_words(words.start).end;
        let place = role::belongs(self.reading, words.end, limit)
            .filter(|p| p.start == words.end && matches!(self.reading.form(p.start), "from" | "of"));
        words.start..place.map_or(words.end, |p| p.end)
    }

    /// "Sens." before "Ann Lee and Bo Ek", "engineers at the firm" behind them.
    pub(super) fn shared_role(&self, parts: &[Part]) -> Option<Range<usize>> {
        let Some(Part::Name(first)) = parts.first() else { return None };
        let name = self.mention(*first);
        let own = name.role().filter(|role| {
            let last = role.end.saturating_sub(1);
            let plural = self.reading.form(last).trim_end_matches('.').ends_with('s');
            plural && self.reading.capital(last) || self.reading.is(last, Class::PLURAL)
        });
        own.or_else(|| listed::role(self.reading, &name.words()))
    }

    /// A phrase without its determiner.
    pub(super) fn bare(&self, words: &Range<usize>) -> Range<usize> {
        let bare = (words.start..words.end).find(|&w| !self.reading.is(w, Class::DETERMINER));
        bare.unwrap_or(words.start)..words.end
    }
}

/// "secretary" with "of state", "chief" with "of staff": one word more makes the office.
pub(super) fn with_office(reading: &Reading, words: Range<usize>) -> Range<usize> {
    let next = words.end + 1;
    let plain = reading.is_word(next)
        && !reading.capital(next)
        && !reading.is(next, Class::GRAMMAR)
        && !reading.is(next, Class::PERSON);
    let office = reading.form(words.end) == "of" && plain;
    words.start..if office { next + 1 } else { words.end }
}
