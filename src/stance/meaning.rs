//! What words mean, as short vectors: a table of the frequent ones, and a direction of its own for any other.
//!
//! The table is made by `training/meaning.py`, so that the sum of a phrase's vectors points where a large sentence
//! encoder puts the phrase.

use crate::encode::Weights;
use crate::encode::features::{hash, normal_form};
use crate::error::Error;
use crate::number::logistic;
use crate::segment::{Segments, WordKind};

/// Numbers of a vector, each of four bits.
const WIDTH: usize = 64;
/// Terms in the table.
const TERMS: usize = 22_000;
/// Endings that an unknown term may lose, and what stands there in its plain form.
const ENDINGS: [(&str, &str); 7] =
    [("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")];
/// Letters that are left of it at least.
const STEM: usize = 3;

/// Bytes of each part of a compound at least, and of a compound at most: longer ones are no words.
const PART: usize = 5;
const COMPOUND: usize = 24;

/// A word, or a part of a compound.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// In its normal form, numbers as they are.
    pub(crate) form: String,
    /// It holds a capital letter or a digit.
    name: bool,
}

/// Where some words point together.
pub(super) type Direction = [f32; WIDTH];

/// The learned table.
#[derive(Clone, Debug)]
pub(super) struct Meaning<'a> {
    /// In rising order, each term's key.
    keys: Vec<u32>,
    /// Two numbers a byte, the first in its low half.
    table: &'a [u8],
    /// The size of the numbers of a word that is not in the table, and of such a name or number.
    unknown: f32,
    name: f32,
    /// From a cosine to log odds.
    slope: f32,
    base: f32,
}

impl<'a> Meaning<'a> {
    pub(super) fn read(weights: &Weights<'a>) -> Result<Self, Error> {
        let one = |name: &str| Ok::<f32, Error>(weights.floats(name, &[1])?[0]);
        Ok(Self {
            keys: weights.numbers("meaning.keys", &[TERMS])?,
            table: weights.signed("meaning.table", &[TERMS, WIDTH / 2])?,
            unknown: one("meaning.unknown")?,
            name: one("meaning.name")?,
            slope: one("meaning.slope")?,
            base: one("meaning.base")?,
        })
    }

    /// The sum of the terms' vectors.
    pub(super) fn of(&self, terms: &[Term]) -> Direction {
        let mut sum = [0.0; WIDTH];
        for term in terms {
            let rows = self.rows(&term.form);
            for row in rows.iter().flatten() {
                for (sum, byte) in sum.chunks_exact_mut(2).zip(*row) {
                    sum[0] += f32::from((byte << 4) as i8 >> 4);
                    sum[1] += f32::from(*byte as i8 >> 4);
                }
            }
            if rows[0].is_none() {
                let signs = hash(&term.form, 6);
                let size = if term.name { self.name } else { self.unknown };
                for (n, sum) in sum.iter_mut().enumerate() {
                    *sum += if signs >> n & 1 == 1 { size } else { -size };
                }
            }
        }
        sum
    }

    /// The probability that who speaks of the one speaks of the other.
    pub(super) fn alike(&self, a: &Direction, b: &Direction) -> f32 {
        logistic(self.slope * cosine(a, b) + self.base)
    }

    /// The numbers of a term or, of a compound ("peacekeepers"), of its two parts; none for an unknown term.
    fn rows(&self, term: &str) -> [Option<&'a [u8]>; 2] {
        if let Some(row) = self.row(term) {
            return [Some(row), None];
        }
        let end = if term.len() > COMPOUND { 0 } else { (term.len() + 1).saturating_sub(PART) };
        let cuts = PART..end;
        let parts = cuts.filter_map(|at| term.split_at_checked(at));
        let mut both = parts.filter_map(|(a, b)| Some([Some(self.row(a)?), Some(self.row(b)?)]));
        both.next_back().unwrap_or([None, None])
    }

    /// The numbers of a term, or of its plain form.
    fn row(&self, term: &str) -> Option<&'a [u8]> {
        let find = |term: &str| self.keys.binary_search(&key(term)).ok();
        let plain = |(ending, instead): &(&str, &str)| {
            let stem = term.strip_suffix(ending).filter(|stem| stem.len() >= STEM)?;
            find(&format!("{stem}{instead}"))
        };
        let at = find(term).or_else(|| ENDINGS.iter().find_map(plain))?;
        self.table.get(at * WIDTH / 2..(at + 1) * WIDTH / 2)
    }
}

/// The terms of a text.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut form = String::new();
    let mut out = Vec::new();
    for word in Segments::of(text).words.iter().filter(|word| word.kind() == WordKind::Word) {
        let word = word.span().of(text).unwrap_or_default();
        // The country, not the pronoun.
        if matches!(word, "US" | "USA") {
            out.push(Term { form: "u.s.".to_owned(), name: true });
            continue;
        }
        normal_form(word, &mut form);
        if word.contains(|c: char| c.is_ascii_digit()) {
            // One number is not another.
            form = word.to_lowercase();
        }
        let name = word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let parts = form.split('-').filter(|part| !part.is_empty());
        out.extend(parts.map(|part| Term { form: part.to_owned(), name }));
    }
    out
}

/// The number under which the table has a term.
pub(crate) fn key(term: &str) -> u32 {
    hash(term, 5) as u32
}

/// From -1 (opposite) to 1 (the same direction); 0 for no direction.
fn cosine(a: &Direction, b: &Direction) -> f32 {
    let product = |a: &Direction, b: &Direction| a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b);
    let lengths = product(a, a) * product(b, b);
    if lengths > 0.0 { product(a, b) / lengths.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::WEIGHTS;

    #[test]
    fn terms_are_plain_words() {
        let found = terms("The UK's and the US peace-keeping troops, 16-year-olds – “now”");
        let wanted = "the uk 's and the u.s. peace keeping troops 16 year olds now";
        let found: Vec<_> = found.iter().map(|term| term.form.as_str()).collect();
        assert_eq!(found.join(" "), wanted);
    }

    #[test]
    fn an_unknown_word_is_like_itself_alone() -> Result<(), Error> {
        let meaning = Meaning::read(&Weights::read(WEIGHTS)?)?;
        let of = |text| meaning.of(&terms(text));
        assert!(cosine(&of("Zvqarin"), &of("zvqarin")) > 0.99);
        assert!(cosine(&of("Zvqarin"), &of("Okwetule")).abs() < 0.5);
        assert!(cosine(&of(""), &of("Okwetule")).abs() < f32::EPSILON);
        Ok(())
    }

    #[test]
    fn a_compound_is_the_sum_of_its_parts() -> Result<(), Error> {
        let meaning = Meaning::read(&Weights::read(WEIGHTS)?)?;
        let of = |text| meaning.of(&terms(text));
        assert!(cosine(&of("orchardpricing"), &of("orchard pricing")) > 0.999);
        Ok(())
    }

    #[test]
    fn an_unknown_form_is_read_as_its_plain_form() -> Result<(), Error> {
        let meaning = Meaning::read(&Weights::read(WEIGHTS)?)?;
        let known = meaning.row("soldier");
        assert!(known.is_some());
        assert_eq!(meaning.row("soldiered"), known);
        Ok(())
    }
}
