//! Passives of saying and thinking, and verbs of looks: their subject is whom they speak of, and no source.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::segment::{Segments, WordKind};

const PARTICIPLES: &str = include_str!("passive.tsv");

/// Longer words are none of the list.
const LONGEST: usize = 12;

/// Where a form tells of its subject: a participle behind "be", without it too, or right before "to"; a look.
static FORMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = PARTICIPLES.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    })
    .collect()
});

/// Forms of "be" that make a participle passive; "'s" may be "has".
const BE: [&str; 7] = ["is", "are", "was", "were", "be", "been", "being"];

/// "Ann Lee was accused of", "Growers urged to": true if the words before the cue are its object.
pub(super) fn object(text: &str, segments: &Segments, source: &Range<usize>, cue: &Range<usize>) -> bool {
    if source.end > cue.start {
        return false;
    }
    let form = |word: usize| {
        let form = segments.words.get(word).and_then(|w| w.span().of(text)).unwrap_or_default();
        if form.len() <= LONGEST { form.to_ascii_lowercase() } else { String::new() }
    };
    let mut passive = false;
    // The form of "be" may stand outside the cue.
    let before = cue.start.checked_sub(1).filter(|w| *w >= source.end);
    for word in before.into_iter().chain(cue.clone()) {
        let form_here = form(word);
        if BE.contains(&form_here.as_str()) {
            passive = true;
            continue;
        }
        if word < cue.start {
            continue;
        }
        match FORMS.get(form_here.as_str()) {
            Some(&"bare") => return true,
            // "seems to", but not "seems to show": who finds it so is not said.
            Some(&"looks") => return (word + 1..cue.end).all(|w| form(w) == "to" || adverb(&form(w))),
            Some(&"order") if passive || form(word + 1) == "to" => return true,
            Some(_) if passive => return true,
            // "is also expected", "was widely, and wrongly, seen".
            None if passive && adverb(&form_here) => (),
            None if segments.words.get(word).is_some_and(|w| w.kind() != WordKind::Word) => (),
            _ => return false,
        }
    }
    false
}

fn adverb(form: &str) -> bool {
    let small = ["also", "not", "n't", "now", "still", "once", "first", "already", "often", "long", "then"];
    form.ends_with("ly") || small.contains(&form)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first word for a source, the words from the second to the participle for a cue.
    fn drops(text: &str, form: &str) -> bool {
        let segments = Segments::of(text);
        let of = |n: usize| segments.words[n].span().of(text).unwrap_or_default();
        let verb = (1..segments.words.len()).find(|&n| of(n).eq_ignore_ascii_case(form)).unwrap_or(1);
        let start = if matches!(of(verb - 1), "is" | "was" | "are") { verb - 1 } else { verb };
        object(text, &segments, &(0..1), &(start..verb + 1))
    }

    #[test]
    fn every_participle_makes_its_subject_an_object() {
        for row in PARTICIPLES.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(drops(cells[2], cells[0]), "{row}");
        }
    }

    #[test]
    fn active_verbs_and_states_of_mind_keep_their_subject() {
        for (text, form) in [
            ("Lee warned of a flood.", "warned"),
            ("Lee asked for rain.", "asked"),
            ("Lee is convinced that rain will fall.", "convinced"),
            ("Lee was worried about rain.", "worried"),
        ] {
            assert!(!drops(text, form), "{text}");
        }
    }

    #[test]
    fn what_may_stand_between_the_verb_and_its_passive() {
        let object = |text: &str, cue: Range<usize>| object(text, &Segments::of(text), &(0..1), &cue);
        for (text, cue) in [
            ("Lee was widely, and wrongly, accused of fraud.", 1..8),
            ("Lee is also expected to win.", 1..4),
            ("Lee was, it seems, accused.", 1..3),
            ("Rain seems also to fall.", 1..4),
            ("Residents urged to stay.", 1..2),
        ] {
            let expected = !text.contains("it seems") && !text.contains("and wrongly");
            assert_eq!(object(text, cue), expected, "{text}");
        }
        assert!(object("Lee was — accused of fraud.", 1..4));
        assert!(object("Lee was accused of fraud.", 2..3), "a cue without its verb");
        assert!(object("Lee was widely, wrongly, accused of fraud.", 1..7));
        assert!(!object("Rain seems to show", 1..4), "who finds it so is not said");
        assert!(!object("Lee accused Chen of fraud.", 1..2));
        assert!(!object("Lee falsely accused Chen.", 1..3));
        let text = "Accused was Lee of fraud.";
        let behind = super::object(text, &Segments::of(text), &(2..3), &(0..2));
        assert!(!behind, "a source behind its cue");
    }
}
