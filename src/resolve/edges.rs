//! A source without what only stands at its edges: "by", "only", "on Monday", "in 2001", "here".

use std::ops::Range;

use super::lexicon::Class;
use super::mention::Shape;
use super::source::Reader;

/// Words before a source that are no part of whom it names.
const LEADS: [&str; 9] = ["by", "among", "within", "from", "for", "with", "in", "to", "into"];

/// Adverbs that only weigh what follows.
const WEIGHS: [&str; 6] = ["only", "just", "even", "especially", "particularly", "perhaps"];

/// Nouns of time that "this", "last" or "next" makes a date.
const SPANS: [&str; 14] = [
    "week",
    "month",
    "year",
    "weekend",
    "spring",
    "summer",
    "autumn",
    "winter",
    "fall",
    "morning",
    "afternoon",
    "evening",
    "night",
    "decade",
];

/// Words behind a source that belong to the verb.
const TAILS: [&str; 9] =
    ["today", "yesterday", "tonight", "recently", "earlier", "here", "each", "alike", "themselves"];

impl Reader<'_> {
    /// Without signs at the edges, a possessive at the end, adverbs before and dates behind.
    pub(super) fn trim(&self, source: &Range<usize>) -> Range<usize> {
        let mut words = source.start..source.end.min(self.reading.segments.words.len());
        while words.start < words.end && self.leads(words.start, words.end) {
            words.start += 1;
        }
        // "Fargo" of "Wells Fargo": a name is whole.
        let inside = (words.start..words.end.min(words.start + 4)).find_map(|head| {
            let name = &self.out.mentions[self.mention_at(head)?];
            (name.shape == Shape::Name && name.words().start < words.start).then_some(name.words().start)
        });
        words.start = inside.unwrap_or(words.start);
        self.trim_end(&mut words);
        while let Some(end) = self.before_date(&words) {
            words.end = end;
            self.trim_end(&mut words);
        }
        words
    }

    fn leads(&self, n: usize, end: usize) -> bool {
        let reading = self.reading;
        let class = reading.class(n);
        let form = reading.form(n);
        let is = |list: &[&str]| list.iter().any(|w| form.eq_ignore_ascii_case(w));
        let more = n + 1 < end;
        let adverb = class.is(Class::VERB) && more && form != "not";
        let small = class.is(Class::CONJUNCTION) || adverb;
        let such = is(&["such"]) && reading.form(n + 1) == "as"
            || is(&["as"]) && n > 0 && { reading.form(n - 1).eq_ignore_ascii_case("such") };
        let all = is(&["all"]) && reading.form(n + 1) == "the"
            || is(&["both"]) && (n..end).any(|w| reading.form(w) == "and");
        !reading.is_word(n)
            || is(&LEADS)
            || more && (is(&WEIGHS) || such || all)
            || small && !class.is(Class::DETERMINER)
    }

    fn trim_end(&self, words: &mut Range<usize>) {
        let ends = |n: usize| !self.reading.is_word(n) || self.reading.possessive(n) && n > words.start;
        let kept = words.clone().rev().take_while(|&n| ends(n)).count();
        words.end -= kept;
    }

    /// Where a source ends without the date or the adverb at its end.
    fn before_date(&self, words: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let last = words.end.checked_sub(1).filter(|&n| n > words.start)?;
        let form = reading.form(last);
        let is = |list: &[&str]| list.iter().any(|w| form.eq_ignore_ascii_case(w));
        let named = self.mention_at(last).is_some_and(|m| {
            let name = &self.out.mentions[m];
            name.shape == Shape::Name && name.words().start < last
        });
        let year = form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit());
        let span = is(&SPANS) && matches!(reading.form(last - 1), "this" | "last" | "next");
        let date = reading.is(last, Class::CALENDAR) && reading.capital(last);
        let mut end = if named {
            return None;
        } else if span || year && reading.is(last - 1, Class::PREPOSITION) {
            last - 1
        } else if date || is(&TAILS) {
            last
        } else {
            return None;
        };
        while end > words.start + 1
            && (matches!(
                reading.form(end - 1),
                "on" | "in" | "since" | "during" | "just" | "earlier" | "late" | "early"
            ) || reading.form(end - 1) == ",")
        {
            end -= 1;
        }
        // "a poll released Sunday": which poll it is.
        let event = |n: usize| {
            let form = reading.form(n);
            form.ends_with("ed") || matches!(form, "out" | "due" | "held")
        };
        let owned = matches!(reading.form(end - 1), "from" | "of");
        (end > words.start && !owned && !event(end - 1)).then_some(end)
    }
}
