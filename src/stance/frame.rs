//! The plain part: words that make a matter wished for, conditional or negated.

use std::ops::Range;
use std::sync::LazyLock;

use super::table::rows;
use super::text::Text;
use crate::record::Modality;
use crate::segment::Segments;

const TABLE: &str = include_str!("frame.tsv");
/// How far before the evidence a negation still reaches it.
const REACH: usize = 4;

/// What one row of the table marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Modality(Modality),
    /// A wish, where the cue is one.
    Wish,
    Condition,
    /// A condition where a clause follows: "provided the crane is repaired".
    Provided,
    Negation,
    /// Negates nothing: "not only".
    Plain,
}

/// The words of a row, and what they mark.
type Row = (Vec<&'static str>, Class);

/// In the order of the list, by the byte that their first words begin with.
static ROWS: LazyLock<Vec<Vec<Row>>> = LazyLock::new(|| {
    let class = |name| match name {
        "will" => Class::Modality(Modality::Will),
        "would" => Class::Modality(Modality::Would),
        "should" => Class::Modality(Modality::Should),
        "must" => Class::Modality(Modality::Must),
        "may" => Class::Modality(Modality::May),
        "ready" => Class::Modality(Modality::Ready),
        "wants" => Class::Modality(Modality::Wants),
        "wish" => Class::Wish,
        "condition" => Class::Condition,
        "provided" => Class::Provided,
        "plain" => Class::Plain,
        _ => Class::Negation,
    };
    let mut out = vec![Vec::new(); 1 << u8::BITS];
    for (words, name, _) in rows(TABLE) {
        out[first_byte(words)].push((words.split(' ').collect(), class(name)));
    }
    out
});

/// What the words around a stance make of it.
#[derive(Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) modality: Modality,
    /// From "if" to the end of its clause.
    pub(crate) condition: Option<Range<usize>>,
    pub(crate) negated: bool,
}

impl Frame {
    /// Reads a quote's cue and the pieces of its content, for the stance that `evidence` carries.
    pub(crate) fn of(
        text: &str,
        segments: &Segments,
        cue: Option<&Range<usize>>,
        content: &[Range<usize>],
        evidence: Option<&Range<usize>>,
    ) -> Self {
        let parts = || cue.into_iter().chain(content);
        let modality = |part: &Range<usize>| {
            matches(text, segments, part).find_map(|(_, class)| match class {
                Class::Modality(modality) => Some(modality),
                _ => None,
            })
        };
        let wishes = |cue: &Range<usize>| matches(text, segments, cue).any(|(_, class)| class == Class::Wish);
        let wish = cue.filter(|cue| wishes(cue)).map(|_| Modality::Wants);
        let condition = |part: &Range<usize>| {
            matches(text, segments, part).find_map(|(at, class)| {
                let clause = at..clause_end(text, segments, at, part.end);
                let text = Text { text, segments };
                // "They provided the boats" sets no condition: no verb follows.
                let provided = || (at + 3..clause.end).any(|n| text.is_auxiliary(n));
                (class == Class::Condition || class == Class::Provided && provided()).then_some(clause)
            })
        };
        let negated = evidence.is_some_and(|evidence| {
            let near = evidence.start.saturating_sub(REACH)..evidence.end;
            parts().any(|part| {
                let near = near.start.max(part.start)..near.end.min(part.end);
                negated(text, segments, &near)
            })
        });
        Self {
            modality: cue
                .and_then(modality)
                .or(wish)
                .or(content.iter().find_map(modality))
                .unwrap_or(Modality::Asserted),
            condition: content.iter().find_map(condition),
            negated,
        }
    }
}

/// The first byte of a word in lower case.
fn first_byte(word: &str) -> usize {
    usize::from(word.as_bytes().first().map_or(0, u8::to_ascii_lowercase))
}

/// True if some words hold a negation.
pub(crate) fn negated(text: &str, segments: &Segments, words: &Range<usize>) -> bool {
    matches(text, segments, words).any(|(_, class)| class == Class::Negation)
}

/// The rows found in some words, in order.
fn matches<'a>(
    text: &'a str,
    segments: &'a Segments,
    words: &Range<usize>,
) -> impl Iterator<Item = (usize, Class)> + use<'a> {
    let end = words.end;
    words.clone().filter_map(move |at| {
        let is = |n: usize, form: &str| {
            let word = segments.words.get(n).filter(|_| n < end).and_then(|w| w.span().of(text));
            word.is_some_and(|w| w.eq_ignore_ascii_case(form))
        };
        let word = segments.words[at].span().of(text).unwrap_or_default();
        let mut rows = ROWS[first_byte(word)].iter();
        let row = rows.find(|(forms, _)| forms.iter().enumerate().all(|(k, form)| is(at + k, form)))?;
        Some((at, row.1))
    })
}

/// The end of the clause that starts at `at`: a comma, a closing mark or the end of the sentence or piece.
fn clause_end(text: &str, segments: &Segments, at: usize, end: usize) -> usize {
    let ends = |n: &usize| {
        let form = segments.words[*n].span().of(text).unwrap_or_default();
        matches!(form, "," | ";" | "." | "?" | "!" | "—" | ")" | "”" | "\"" | "''")
            || segments.sentence(*n) != segments.sentence(at)
    };
    (at + 1..end).find(ends).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_in_its_example() {
        for (words, name, example) in rows(TABLE) {
            let segments = Segments::of(example);
            let all = 0..segments.words.len();
            let found = matches(example, &segments, &all).next();
            let row =
                ROWS.iter().flatten().find(|(forms, _)| forms.join(" ") == words).map(|(_, class)| *class);
            assert_eq!(found.map(|(_, class)| class), row, "{words} ({name}): {example}");
        }
    }

    #[test]
    fn a_condition_ends_with_its_clause() {
        let text = "He would send troops if a deal is signed, he said.";
        let segments = Segments::of(text);
        let all = 0..segments.words.len();
        let frame = Frame::of(text, &segments, None, std::slice::from_ref(&all), None);
        let condition = frame.condition.and_then(|c| segments.span(&c)?.of(text));
        assert_eq!(condition, Some("if a deal is signed"));
        assert_eq!(frame.modality, Modality::Would);
    }

    #[test]
    fn a_negation_reaches_the_evidence_behind_it() {
        let text = "This is not acceptable to us at all, but that is fine.";
        let segments = Segments::of(text);
        let all = 0..segments.words.len();
        let frame = |evidence| Frame::of(text, &segments, None, std::slice::from_ref(&all), Some(&evidence));
        assert!(frame(3..4).negated);
        assert!(!frame(12..13).negated);
    }
}
