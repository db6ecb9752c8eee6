//! The class of every word, as the number of a class that the text has: a long text has many words of few classes.

use super::lexicon::{Class, class};
use crate::segment::{Segments, WordKind};

/// For each word its class.
pub(super) struct Classes {
    /// Those that the text has; most words are of the first few.
    kinds: Vec<Class>,
    of: Vec<u8>,
}

impl Classes {
    /// What the lists say of each word.
    pub(super) fn of(text: &str, segments: &Segments) -> Self {
        let form = |n: usize| segments.words.get(n).and_then(|w| w.span().of(text)).unwrap_or_default();
        // "the WHO", "IT workers": capitals among small letters make a word of grammar a name.
        let shouts = |n: usize| form(n).len() > 1 && form(n).bytes().all(|b| b.is_ascii_uppercase());
        let named = |n: usize| shouts(n) && !shouts(n + 1) && !n.checked_sub(1).is_some_and(shouts);
        let mut out = Self { kinds: vec![Class::default()], of: vec![0; segments.words.len()] };
        for (n, word) in segments.words.iter().enumerate().filter(|(_, w)| w.kind() == WordKind::Word) {
            let class = word.span().of(text).map(class).unwrap_or_default();
            if !(class.is(Class::GRAMMAR) && named(n)) {
                out.set(n, class);
            }
        }
        out
    }

    pub(super) fn get(&self, word: usize) -> Class {
        self.of.get(word).map(|kind| self.kinds[*kind as usize]).unwrap_or_default()
    }

    pub(super) fn set(&mut self, word: usize, class: Class) {
        let kind = self.kinds.iter().position(|known| *known == class).unwrap_or_else(|| {
            self.kinds.push(class);
            self.kinds.len() - 1
        });
        // A test sees that the lists have no more than a byte can number.
        self.of[word] = kind as u8;
    }
}
