//! What verbs of taking sides, asking and meaning to do tell of the words behind them, for the stage that finds quotes.

use std::ops::Range;

use super::class::{Class, ROWS};
use super::composition::{ASKED, DETERMINERS, SPEECH};
use super::text::Text;
use crate::segment::Segments;

/// Words of a noun's complement behind its article, at most.
const COMPLEMENT: usize = 4;
/// Words that open an embedded question.
const QUESTIONS: [&str; 8] = ["how", "if", "what", "when", "where", "whether", "who", "why"];

/// Verbs whose object hears what is said.
const TELL: [&str; 4] = ["tell", "telling", "tells", "told"];
/// Words that a message may start with, beside determiners.
const PRONOUNS: [&str; 8] = ["he", "i", "it", "she", "there", "they", "we", "you"];

/// True if a cue ends with a verb of asking somebody to do something, and the one asked may start with word `object`.
pub(crate) fn asks(text: &str, segments: &Segments, cue: &Range<usize>, object: usize) -> bool {
    let text = Text { text, segments };
    let ends =
        |n: usize| ROWS.at(text, n, cue.end, |c| c == Class::Ask).is_some_and(|(end, _)| end == cue.end);
    // What one is told is more often a message than a deed.
    let tells = text.is(cue.end - 1, &TELL);
    !tells && text.opens_object(object) && cue.clone().any(ends)
}

/// True if the verb at `at` calls an object right behind it something.
pub(crate) fn calls(text: &str, segments: &Segments, at: usize) -> bool {
    let text = Text { text, segments };
    text.is(at, &["call", "called", "calling", "calls"]) && text.opens_object(at + 1)
}

/// True if the verb at `at` tells a message to one in a word: "told Ann the dam is safe".
pub(crate) fn tells(text: &str, segments: &Segments, at: usize) -> bool {
    let text = Text { text, segments };
    let opens = |n: usize| text.is(n, &DETERMINERS) || text.is(n, &PRONOUNS);
    let named = text.is(at + 1, &["her"]) || !text.is(at + 1, &DETERMINERS);
    text.is(at, &TELL) && text.opens_object(at + 1) && named && opens(at + 2)
}

/// True if the verb at `at` only announces how something is said: "as Ann put it, ".
pub(crate) fn puts_it(text: &str, segments: &Segments, at: usize) -> bool {
    let text = Text { text, segments };
    text.is(at, &["put", "puts"]) && text.is(at + 1, &["it"]) && text.is(at + 2, &[",", ":"])
}

/// True if the verb at `at` says something of what stands behind it.
pub(crate) fn speaks_of(text: &str, segments: &Segments, at: usize) -> bool {
    let text = Text { text, segments };
    text.is(at, &["said", "says"]) && text.is(at + 1, &["about", "of"])
}

/// True if a cue ends with a verb of meaning to do or not to do, and `verb` is no verb of speech.
pub(crate) fn does(text: &str, segments: &Segments, cue: &Range<usize>, verb: usize) -> bool {
    let text = Text { text, segments };
    let wanted = |c| matches!(c, Class::Refuse | Class::Intend);
    let ends = |n: usize| ROWS.at(text, n, cue.end, wanted).is_some_and(|(end, _)| end == cue.end);
    cue.clone().any(ends) && !text.is(verb, &SPEECH)
}

/// True if the finite verb at `at` takes a side toward an object right behind it, calls it something or asks a question
/// about it.
pub(crate) fn takes(text: &str, segments: &Segments, at: usize) -> bool {
    let text = Text { text, segments };
    let finite = text.form(at).ends_with("ed") || text.form(at).ends_with('s');
    let before = at.checked_sub(1).filter(|n| !text.breaks(at) && text.is_word(*n));
    let subject =
        before.is_some_and(|n| !text.is_auxiliary(n) && !text.is(n, &["to", "that", "who", "which"]));
    if !finite || !subject {
        return false;
    }
    let wanted = |c| matches!(c, Class::For | Class::Against | Class::Demand | Class::Deny);
    let row = ROWS.at(text, at, segments.words.len(), wanted).map(|(end, _)| end);
    let calls = text.is(at, &["called", "calls"]).then_some(at + 1);
    let object = |end: usize| text.opens_object(text.past_marks(end, end + 2));
    let mut asked = (at + 1..at + ASKED).take_while(|n| text.is_word(*n) && !text.is_auxiliary(*n));
    let asks = text.is(at, &["asked", "asks"]) && asked.any(|n| text.is(n, &QUESTIONS));
    row.or(calls).is_some_and(object) || asks
}

/// Where the object starts of a verb at `at` that is for or against it.
pub(crate) fn sided(text: &str, segments: &Segments, at: usize) -> Option<usize> {
    let text = Text { text, segments };
    let (end, _) = ROWS.at(text, at, segments.words.len(), |c| matches!(c, Class::For | Class::Against))?;
    text.opens_object(end).then_some(end)
}

/// True for a word that opens an embedded question, if a cue asks one.
pub(crate) fn questions(text: &str, segments: &Segments, cue: &Range<usize>, at: usize) -> bool {
    let text = Text { text, segments };
    text.is(at, &QUESTIONS) && cue.clone().any(|n| text.is(n, &["ask", "asked", "asks", "asking"]))
}

/// The end of what completes a noun before `at`, "on the monsoon", if the sentence ends with it.
pub(crate) fn complement(text: &str, segments: &Segments, at: usize) -> Option<usize> {
    let text = Text { text, segments };
    let opens = text.is(at, &["of", "on", "about", "for", "against", "to"]) && text.is(at + 1, &DETERMINERS);
    let end = (at + 1..at + 2 + COMPLEMENT).find(|n| text.breaks(*n))?;
    (opens && at + 2 < end && text.is(end, &["."]) && !(at..end).any(|n| text.is_auxiliary(n))).then_some(end)
}
