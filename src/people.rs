//! People whom the user knows: what articles call them, found in any text in one pass.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Reason};
use crate::segment::{Segments, WordKind};

/// More words than any name has: what bounds the time that a text takes.
const LONGEST: usize = 16;

/// A person whom the user knows, for [`crate::Extractor::with_people`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let json = r#"{"name": "Maria Souza", "aliases": ["the Iron Mayor"], "id": "Q1"}"#;
/// let person: onrecord::Person = serde_json::from_str(json)?;
/// assert_eq!(person.aliases, ["the Iron Mayor"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The full name, which their speaker has in every article.
    pub name: String,
    /// What else articles call them ("the Iron Lady", "POTUS").
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The user's own identifier, which their speaker carries.
    #[serde(default)]
    pub id: Option<String>,
}

/// The user's people, and a trie of the words of all their names.
#[derive(Debug, Default)]
pub(crate) struct People {
    list: Vec<Person>,
    /// The number of each word that some name has.
    words: HashMap<String, u32>,
    /// The node that a word leads to from a node; all names start at node 0.
    next: HashMap<(u32, u32), u32>,
    /// For each node, the person whose name ends there.
    ends: Vec<Option<u32>>,
}

impl People {
    /// # Errors
    /// If a name is empty or too long, or if two people share a name or an identifier.
    pub(crate) fn new(list: &[Person]) -> Result<Self, Error> {
        let mut people = Self { list: list.to_vec(), ends: vec![None], ..Self::default() };
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for (n, person) in list.iter().enumerate() {
            let wrong = |what: String| Error::from(Reason::Person(n, what));
            people.add(n, "name", &person.name).map_err(wrong)?;
            for (a, alias) in person.aliases.iter().enumerate() {
                people.add(n, &format!("aliases[{a}]"), alias).map_err(wrong)?;
            }
            let Some(id) = person.id.as_deref() else { continue };
            if id.is_empty() {
                return Err(wrong("id must not be empty".to_owned()));
            }
            if let Some(&other) = ids.get(id) {
                let holder = &list[other].name;
                return Err(wrong(format!("the id '{id}' is also that of people[{other}], '{holder}'")));
            }
            ids.insert(id, n);
        }
        Ok(people)
    }

    /// Adds one name of a person, or tells what is wrong with it.
    fn add(&mut self, person: usize, field: &str, name: &str) -> Result<(), String> {
        let segments = Segments::of(name);
        if segments.words.iter().all(|w| w.kind() != WordKind::Word) {
            return Err(format!("{field} must hold a letter or digit, not '{name}'"));
        }
        let parts = (0..segments.words.len()).flat_map(|n| parts(name, &segments, n));
        let (mut node, mut count) = (0, 0);
        for part in parts {
            let fresh = self.words.len() as u32;
            let word = *self.words.entry(part.into_owned()).or_insert(fresh);
            let fresh = self.ends.len() as u32;
            node = *self.next.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.ends.push(None);
            }
            count += 1;
        }
        if count > LONGEST {
            return Err(format!("{field} has {count} words; a name may have {LONGEST}"));
        }
        let Some(end) = self.ends.get_mut(node as usize) else { return Ok(()) };
        let other = *end.get_or_insert(person as u32) as usize;
        if other == person {
            return Ok(());
        }
        let (own, theirs) = (&self.list[person].name, &self.list[other].name);
        Err(format!("{field} '{name}' would name both '{own}' and people[{other}], '{theirs}'"))
    }

    /// The person of a number that [`Self::find`] gave.
    pub(crate) fn get(&self, number: u32) -> Option<&Person> {
        self.list.get(number as usize)
    }

    /// The places that name someone, in order: words, and the person's number. Where names overlap, the first counts,
    /// and of two that start together the longer.
    pub(crate) fn find(&self, text: &str, segments: &Segments) -> Vec<(Range<usize>, u32)> {
        let mut found = Vec::new();
        if self.list.is_empty() {
            return found;
        }
        for paragraph in &segments.paragraphs {
            let mut at = paragraph.start;
            while at < paragraph.end {
                let name = self.longest(text, segments, at..paragraph.end);
                at = name.as_ref().map_or(at + 1, |(words, _)| words.end);
                found.extend(name);
            }
        }
        found
    }

    /// The longest name that starts with the first of some words.
    fn longest(&self, text: &str, segments: &Segments, within: Range<usize>) -> Option<(Range<usize>, u32)> {
        let walk = |small: bool| {
            let (mut node, mut found) = (0, None);
            for n in within.clone() {
                for part in parts(text, segments, n) {
                    let part = if small && n == within.start { uncapitalised(&part)?.into() } else { part };
                    let word = self.words.get(part.as_ref());
                    match word.and_then(|w| self.next.get(&(node, *w))) {
                        Some(&next) => node = next,
                        None => return found,
                    }
                }
                let ends = self.ends.get(node as usize).copied().flatten();
                found = ends.map(|person| (within.start..n + 1, person)).or(found);
            }
            found
        };
        // "The Iron Lady" where a sentence starts, for "the Iron Lady".
        walk(false).or_else(|| walk(true))
    }
}

/// The parts of a word that names are compared by: hyphens divide like spaces, marks have one form, and the full stop of
/// an abbreviation does not count.
fn parts<'a>(text: &'a str, segments: &Segments, n: usize) -> impl Iterator<Item = Cow<'a, str>> {
    let word = segments.words.get(n);
    let form = word.and_then(|w| w.span().of(text)).unwrap_or_default();
    let divides = move |c| word.is_some_and(|w| w.kind() == WordKind::Word) && matches!(c, '-' | '‐' | '‑');
    let parts = form.split(divides).map(|part| match part.trim_end_matches('.') {
        "" => part,
        bare => bare,
    });
    parts.filter(|part| !part.is_empty()).map(|part| {
        if part.is_ascii() {
            return part.into();
        }
        let plain = |c| match c {
            '’' | '‘' | 'ʼ' | '´' | '′' => '\'',
            '“' | '”' | '„' | '‟' | '″' => '"',
            _ => c,
        };
        part.chars().map(plain).collect::<String>().into()
    })
}

/// The word with a small first letter, if it has a capital.
fn uncapitalised(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next().filter(|c| c.is_uppercase())?;
    Some(first.to_lowercase().chain(letters).collect())
}
