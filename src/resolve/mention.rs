//! A place where the text speaks of someone or something that can hold a position.

use std::ops::Range;

use crate::record::SpeakerType;
use crate::segment::Piece;

/// How a mention is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// "Marco Rubio".
    Name,
    /// "the minister", "two officials".
    Nominal,
    /// "he", "their".
    Pronoun(Pronoun),
    /// "who", "which".
    Relative,
    /// "Rubio and Cruz": a source made of several.
    Joint,
}

/// What a personal pronoun asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pronoun {
    He,
    She,
    It,
    They,
    /// "I", "we" and theirs.
    First,
    /// Not a pronoun: "the candidate", "the senator", which ask for a person just the same.
    Phrase,
}

/// The gender that the text itself shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gender {
    He,
    She,
}

/// One mention, in few bytes, for a long text has many.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that the text tells")]
pub(super) struct Mention {
    words: Piece,
    head: u32,
    role: Piece,
    apposed: Piece,
    /// Number + 1 of the user's person whom it names.
    person: u32,
    pub(super) shape: Shape,
    pub(super) kind: Option<SpeakerType>,
    pub(super) plural: bool,
    /// The name of a place that is no country.
    pub(super) place: bool,
    /// Two or three words that only a label has for a body's or place's: what the text tells may make it a person's.
    pub(super) open: bool,
    pub(super) gender: Option<Gender>,
    /// True if it is the source of a quote.
    pub(super) source: bool,
}

impl Mention {
    pub(super) fn new(words: Range<usize>, shape: Shape, kind: Option<SpeakerType>) -> Self {
        Self {
            head: words.end.saturating_sub(1) as u32,
            words: words.into(),
            role: Piece::default(),
            apposed: Piece::default(),
            person: 0,
            shape,
            kind,
            plural: false,
            place: false,
            open: false,
            gender: None,
            source: false,
        }
    }

    /// Its words: a name without title, a nominal with its determiner.
    pub(super) fn words(&self) -> Range<usize> {
        self.words.range()
    }

    pub(super) fn set_words(&mut self, words: Range<usize>) {
        self.words = words.into();
    }

    /// The word that says what it is; for a name its last.
    pub(super) fn head(&self) -> usize {
        self.head as usize
    }

    pub(super) fn set_head(&mut self, word: usize) {
        self.head = word as u32;
    }

    /// Words for its office or trade before a name.
    pub(super) fn role(&self) -> Option<Range<usize>> {
        self.role.some()
    }

    pub(super) fn set_role(&mut self, role: Option<Range<usize>>) {
        self.role = role.map_or_else(Piece::default, Piece::from);
    }

    /// The same behind it.
    pub(super) fn apposed(&self) -> Option<Range<usize>> {
        self.apposed.some()
    }

    pub(super) fn set_apposed(&mut self, role: Option<Range<usize>>) {
        self.apposed = role.map_or_else(Piece::default, Piece::from);
    }

    /// Number of the user's person whom it names.
    pub(super) fn person(&self) -> Option<u32> {
        self.person.checked_sub(1)
    }

    pub(super) fn set_person(&mut self, person: u32) {
        self.person = person + 1;
    }
}

/// What a pronoun asks for, by its form.
pub(super) fn pronoun(form: &str) -> Option<Pronoun> {
    // The longest, "themselves", has ten letters.
    if form.len() > 10 {
        return None;
    }
    let any = |forms: &[&str]| forms.iter().any(|f| form.eq_ignore_ascii_case(f));
    if any(&["he", "him", "his", "himself"]) {
        Some(Pronoun::He)
    } else if any(&["she", "her", "hers", "herself"]) {
        Some(Pronoun::She)
    } else if any(&["it", "its", "itself"]) {
        Some(Pronoun::It)
    } else if any(&["they", "them", "their", "theirs", "themselves"]) {
        Some(Pronoun::They)
    } else if any(&["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"]) {
        Some(Pronoun::First)
    } else {
        None
    }
}
