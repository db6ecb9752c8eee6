//! Abbreviations whose full stop belongs to the word.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What may follow the full stop of an abbreviation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Abbreviation {
    /// A name: never the end of a sentence.
    Title,
    /// An abbreviation before a number only; otherwise a plain word ("no.").
    Number,
    /// An abbreviation with a capital only ("Mass."); the next word tells if it ends the sentence.
    Capital,
    /// The same in any case ("etc.").
    Any,
}

pub(super) const TABLE: &str = include_str!("abbreviations.tsv");

static FORMS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let class = |name| match name {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "capital" => Abbreviation::Capital,
        _ => Abbreviation::Any,
    };
    rows().map(|(form, name, _)| (form, class(name))).collect()
});

/// The rows of the table: form, class, example.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

/// The class of `word`, given without its full stop and in any case.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    // The longest form has six letters.
    if word.len() > 6 || !word.is_ascii() {
        return None;
    }
    FORMS.get(word.to_ascii_lowercase().as_str()).copied()
}
