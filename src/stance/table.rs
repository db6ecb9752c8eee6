//! Lists of phrases and what they stand for: rows of words, class and an example that the tests read.

use std::collections::HashMap;

use super::text::Text;

/// Phrases by their first words.
#[derive(Debug)]
pub(super) struct Table<C> {
    rows: HashMap<String, Vec<(Vec<&'static str>, C)>>,
}

/// The rows of a list: words, class, example.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

impl<C: Copy> Table<C> {
    /// Reads a list; `class` tells what a row's class is and whether its first word is a verb in all its forms.
    pub(super) fn read(table: &'static str, class: impl Fn(&str) -> Option<(C, bool)>) -> Self {
        let mut out = Self { rows: HashMap::new() };
        for (words, name, _) in rows(table) {
            let mut words = words.split(' ');
            let (Some(first), Some((class, verb))) = (words.next(), class(name)) else { continue };
            let rest: Vec<_> = words.collect();
            let forms = if verb { inflected(first) } else { vec![first.to_owned()] };
            for form in forms {
                out.rows.entry(form).or_default().push((rest.clone(), class));
            }
        }
        // The longest first; of equals the first in the list.
        out.rows.values_mut().for_each(|rows| rows.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
        out
    }

    /// The longest phrase of a wanted class that starts with word `at` and stays before `end`: its end and its class.
    pub(super) fn at(
        &self,
        text: Text<'_>,
        at: usize,
        end: usize,
        wanted: impl Fn(C) -> bool,
    ) -> Option<(usize, C)> {
        if at >= end {
            return None;
        }
        let rows = self.rows.get(text.form(at).to_ascii_lowercase().as_str())?;
        let fits = |rest: &[&str]| {
            at + rest.len() < end
                && rest.iter().zip(at + 1..).all(|(form, n)| text.is(n, std::slice::from_ref(form)))
        };
        rows.iter()
            .find(|(rest, class)| wanted(*class) && fits(rest))
            .map(|(rest, class)| (at + 1 + rest.len(), *class))
    }
}

/// The regular forms of a verb: "ban", "bans", "banned", "banning".
fn inflected(verb: &str) -> Vec<String> {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let letters: Vec<char> = verb.chars().collect();
    let vowels = |part: &[char]| part.iter().filter(|c| is_vowel(**c)).count();
    let (es, stem, ed) = match letters.as_slice() {
        [.., 'e'] => ("s", verb.strip_suffix('e').unwrap_or(verb).to_owned(), "ed"),
        [.., before, 'y'] if !is_vowel(*before) => {
            let stem = verb.strip_suffix('y').unwrap_or(verb);
            let forms = [verb.to_owned(), format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")];
            return forms.to_vec();
        }
        // "ban", "scrap": one vowel between consonants.
        [start @ .., vowel, last]
            if is_vowel(*vowel)
                && !is_vowel(*last)
                && !matches!(last, 'w' | 'x' | 'y' | 's')
                && vowels(start) == 0 =>
        {
            ("s", format!("{verb}{last}"), "ed")
        }
        [.., 's' | 'x' | 'o'] | [.., 's' | 'c', 'h'] => ("es", verb.to_owned(), "ed"),
        _ => ("s", verb.to_owned(), "ed"),
    };
    vec![verb.to_owned(), format!("{verb}{es}"), format!("{stem}{ed}"), format!("{stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_regular_forms() {
        assert_eq!(inflected("ban"), ["ban", "bans", "banned", "banning"]);
        assert_eq!(inflected("oppose"), ["oppose", "opposes", "opposed", "opposing"]);
        assert_eq!(inflected("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(inflected("veto"), ["veto", "vetoes", "vetoed", "vetoing"]);
        assert_eq!(inflected("back"), ["back", "backs", "backed", "backing"]);
        assert_eq!(inflected("reject"), ["reject", "rejects", "rejected", "rejecting"]);
    }
}
