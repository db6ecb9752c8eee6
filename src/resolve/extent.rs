//! Where a source without a name ends: who it is, and not what it does or when.

use super::chunk::Chunk;
use super::lexicon::Class;
use super::source::Reader;

/// Items of an enumeration, and words of one, that are looked at.
const MOST_ITEMS: usize = 6;
const LONGEST_ITEM: usize = 3;

impl Reader<'_> {
    /// Where a phrase ends that needs no relative clause and no comment between commas.
    pub(super) fn core_end(&self, chunk: &Chunk, end: usize) -> usize {
        let reading = self.reading;
        let cut = (chunk.words.end..end).find(|&n| {
            let lists = matches!(reading.form(n + 1), "like" | "such" | "including");
            reading.form(n) == "," && !lists && !self.enumerates(n, end)
                || matches!(reading.form(n), "--" | "—" | "–" | "(")
                // "those who left" are nobody without their clause.
                || reading.is(n, Class::RELATIVE) && !reading.is(chunk.head, Class::DETERMINER)
                || self.dates(n, end)
                || self.acts(chunk, n)
                || reading.form(n) == "that"
                    && (reading.is(n + 1, Class::VERB) || reading.is(n + 1, Class::PRONOUN))
        });
        // "a report to be released Friday".
        let cut =
            cut.map(|n| if reading.form(n - 1) == "be" && reading.form(n - 2) == "to" { n - 2 } else { n });
        cut.unwrap_or(end).max(chunk.words.end)
    }

    /// "farmers trying to sell": what people do, not who they are.
    fn acts(&self, chunk: &Chunk, n: usize) -> bool {
        let form = self.reading.form(n);
        self.reading.is(chunk.head, Class::PERSON)
            && self.reading.is(chunk.head, Class::PLURAL)
            && form.len() > 5
            && form.ends_with("ing")
            && !self.reading.is(n, Class::NOUN)
            && !self.reading.is(n, Class::GRAMMAR)
            && form != "representing"
            && (n == chunk.head + 1 || self.reading.capital(n - 1))
    }

    /// "released Sunday", "out this week": when, not which.
    fn dates(&self, n: usize, end: usize) -> bool {
        let event = matches!(
            self.reading.form(n),
            "released" | "published" | "issued" | "posted" | "out" | "conducted"
        );
        let next = self.reading.form(n + 1);
        let dated = |m: usize| {
            self.reading.is(m, Class::CALENDAR)
                || matches!(self.reading.form(m), "today" | "yesterday" | "last" | "this")
        };
        event
            && (dated(n + 1) || matches!(next, "on" | "in") && dated(n + 2))
            && !(n..end).any(|m| self.reading.form(m) == "by")
    }

    /// "painters, poets and cooks", "Science, Engineering and Medicine": a comma between items that "and" ends.
    fn enumerates(&self, comma: usize, end: usize) -> bool {
        let reading = self.reading;
        let mut comma = comma;
        for _ in 0..MOST_ITEMS {
            let item = comma + 1..end.min(comma + 2 + LONGEST_ITEM);
            let Some(stop) = item.clone().find(|&n| matches!(reading.form(n), "," | "and" | "&")) else {
                return false;
            };
            let plain = |n: usize| reading.is_word(n) && !reading.is(n, Class::GRAMMAR);
            if stop == comma + 1 || stop + 1 >= end || !(comma + 1..stop).all(plain) {
                return false;
            }
            if reading.form(stop) != "," {
                return reading.is_word(stop + 1) && !reading.is(stop + 1, Class::VERB);
            }
            comma = stop;
        }
        false
    }
}
