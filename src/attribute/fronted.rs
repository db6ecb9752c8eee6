//! Sides taken in a clause in front: "While welcoming the loan, Ann Lee criticised its terms."
//!
//! The source stands behind the comma, with the verb of the main clause; the form is exact, and rare in what the
//! network has read.

use super::Laid;
use crate::segment::{Segments, WordKind};
use crate::stance;

/// Words of the object, and of the source, at most.
const OBJECT: usize = 12;
const SOURCE: usize = 8;

/// The quotes in clauses in front, in order.
pub(super) fn quotes(text: &str, segments: &Segments) -> impl Iterator<Item = Laid> {
    segments.sentences.iter().filter_map(move |sentence| {
        let form = |n: usize| segments.words.get(n).and_then(|w| w.span().of(text)).unwrap_or_default();
        let word = |n: usize| segments.words.get(n).is_some_and(|w| w.kind() == WordKind::Word);
        let opens =
            ["although", "though", "while"].iter().any(|o| form(sentence.start).eq_ignore_ascii_case(o));
        let verb = sentence.start + 1;
        if !opens || !form(verb).ends_with("ing") || segments.marks.around(verb).is_some() {
            return None;
        }
        let behind = stance::sided(text, segments, verb)?;
        let comma = (behind..sentence.end.min(behind + OBJECT)).find(|n| form(*n) == ",")?;
        let plain = (behind..comma).all(word) && behind < comma;
        let source = comma + 1..sentence.end.min(comma + 1 + SOURCE);
        let main = source.clone().skip(1).find(|n| stance::takes(text, segments, *n))?;
        let named = (source.start..main).all(word);
        (plain && named).then_some(Laid {
            cue: verb..behind,
            source: source.start..main,
            content: behind..comma,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_stands_behind_the_comma() {
        let found = |text: &str| {
            let segments = Segments::of(text);
            let of = |words| segments.span(words).and_then(|s| s.of(text)).unwrap_or_default().to_owned();
            let quotes: Vec<_> = quotes(text, &segments).collect();
            quotes.iter().map(|q| [&q.cue, &q.source, &q.content].map(of)).collect::<Vec<_>>()
        };
        let praised = [["praising", "the weaver", "the old loom"].map(str::to_owned)];
        assert_eq!(found("While praising the old loom, the weaver denounced the new one."), praised);
        let opposed = [["opposing", "miller Ann Holt", "the dam itself"].map(str::to_owned)];
        assert_eq!(
            found("It rained. Though opposing the dam itself, miller Ann Holt backed the lock."),
            opposed
        );
        for text in [
            "While mending the old loom, the weaver denounced the new one.",
            "While praising the old loom, the weaver fell asleep.",
            "While praising the old loom the weaver denounced the new one.",
            "While he praised the old loom, the weaver denounced the new one.",
            "“While praising the old loom, the weaver denounced the new one.”",
            "While praising the old (oak) loom, the weaver denounced the new one.",
            "While praising the old loom, the (tired) weaver denounced the new one.",
            "Although",
            "While praising,",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
