//! The specification by phenomenon, `tests/cases/**/*.toml`: `tests/cases/README.md` tells the format and the rules.
//!
//! `tests/python/test_cases.py` reads the same files through the wheel and writes the `known` marks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test may panic, and its offsets come from searching the very text they cut"
)]

#[path = "common/case.rs"]
mod case;
#[path = "common/invariants.rs"]
mod invariants;

use std::collections::{BTreeMap, BTreeSet};

use case::{Case, Expected, Located, Span, cases, overlap, tokens};
use onrecord::{Article, Extractor, Passage, Quote, Speaker, Stance};
/// What does not count in a name: titles and the leading article (as in the scorer's `name_key`).
const TITLES: [&str; 12] = ["the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "s"];

/// A pronoun may stand for somebody in the text before it, so it proves no leak between two joined texts.
const PRONOUNS: [&str; 13] =
    ["he", "she", "they", "it", "i", "we", "who", "which", "that", "his", "her", "their", "its"];

// --- comparing -------------------------------------------------------------------------------------------------

fn span(passage: &Passage) -> Span {
    passage.start as usize..passage.end as usize
}

fn spans<'a>(passages: impl IntoIterator<Item = &'a Passage>) -> Vec<Span> {
    passages.into_iter().map(span).collect()
}

fn name_key(name: &str) -> BTreeSet<String> {
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !TITLES.contains(w));
    words.map(str::to_owned).collect()
}

/// The JSON word of a record's enum.
fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// True if a cue or source shares a word (a colon: a character) with the expected one, or both are missing.
fn same_part(text: &str, want: Option<&Span>, found: Option<&Passage>) -> bool {
    let (want, found) = match (want, found.map(span)) {
        (Some(want), Some(found)) => (want, found),
        (want, found) => return want.is_none() && found.is_none(),
    };
    let words = tokens(text, [want]);
    if words.is_empty() { overlap(want, &found) } else { !words.is_disjoint(&tokens(text, [&found])) }
}

/// The parts of a quote, with the right content, that are wrong.
fn wrong_parts(article: &Article, want: &Expected, at: &Located, quote: &Quote) -> Vec<&'static str> {
    let text = &article.text;
    let speaker = quote.speaker.map(|id| &article.speakers[id as usize]);
    let accepted: Vec<_> = want.speaker.as_slice().iter().map(|name| name_key(name)).collect();
    let roles: Vec<_> = want.role.as_slice().iter().map(|role| name_key(role)).collect();
    let role = |speaker: &Speaker| speaker.role.clone().unwrap_or_default();
    let first = quote.stances.first();
    let label = first.map_or_else(|| "neutral".to_owned(), |stance| word(stance.label));
    let is = |want: &Option<String>, found: String| want.as_ref().is_none_or(|want| *want == found);
    let on_target = |target: &Span| {
        first.is_some_and(|s| !tokens(text, [target]).is_disjoint(&tokens(text, [&span(&s.target)])))
    };
    let checks = [
        // A quote without a cue of its own may still be tied to one further off.
        ("cue", at.cue.is_none() || same_part(text, at.cue.as_ref(), quote.cue.as_ref())),
        ("source", same_part(text, at.source.as_ref(), quote.source.as_ref())),
        ("speaker", speaker.map_or(accepted.is_empty(), |s| accepted.contains(&name_key(&s.name)))),
        ("kind", is(&want.kind, word(quote.kind))),
        ("act", is(&want.act, word(quote.act))),
        ("stance", is(&want.stance, label)),
        ("target", at.target.as_ref().is_none_or(on_target)),
        ("type", speaker.is_none_or(|s| is(&want.speaker_type, word(s.kind)))),
        ("role", roles.is_empty() || speaker.is_none_or(|s| roles.contains(&name_key(&role(s))))),
        ("frame", first.map_or_else(|| frameless(want, at), |stance| right_frame(text, want, at, stance))),
        ("second", right_second(text, want, at, quote)),
    ];
    checks.into_iter().filter(|(_, right)| !right).map(|(part, _)| part).collect()
}

/// True if nothing is expected of a stance's circumstances.
fn frameless(want: &Expected, at: &Located) -> bool {
    want.modality.is_none()
        && want.voice.is_none()
        && want.negated.is_none()
        && at.condition.is_none()
        && at.evidence.is_none()
}

/// True if the circumstances of a stance are those expected.
fn right_frame(text: &str, want: &Expected, at: &Located, stance: &Stance) -> bool {
    let meets = |wanted: &Option<Span>, found: &[Span]| {
        wanted.as_ref().is_none_or(|w| !tokens(text, [w]).is_disjoint(&tokens(text, found)))
    };
    want.modality.as_ref().is_none_or(|m| *m == word(stance.modality))
        && want.voice.as_ref().is_none_or(|v| *v == word(stance.voice))
        && want.negated.is_none_or(|n| n == stance.negated)
        && meets(&at.condition, &spans(&stance.condition))
        && meets(&at.evidence, &spans(&stance.evidence))
}

/// True if the further stance that is expected is among a quote's.
fn right_second(text: &str, want: &Expected, at: &Located, quote: &Quote) -> bool {
    let (Some(second), Some(target)) = (&want.second, &at.second) else { return true };
    let target = tokens(text, [target]);
    let on_target = |s: &&Stance| !target.is_disjoint(&tokens(text, [&span(&s.target)]));
    quote.stances.iter().filter(on_target).any(|s| word(s.label) == second.stance)
}

/// Everything in which the result differs from the case; empty if the case is right.
fn differences(case: &Case, article: &Article) -> Vec<String> {
    let mut left: Vec<&Quote> = article.quotes.iter().collect();
    let mut wrong = Vec::new();
    for want in &case.quote {
        let at = case.locate(want);
        let words = tokens(&case.text, &at.content);
        let place = left.iter().position(|quote| tokens(&case.text, &spans(&quote.spans)) == words);
        match place.map(|place| left.remove(place)) {
            None => wrong.push(format!("missing: {}", want.content.join(" | "))),
            Some(quote) => {
                let parts = wrong_parts(article, want, &at, quote);
                wrong
                    .extend(parts.into_iter().map(|part| format!("{part} of: {}", want.content.join(" | "))));
            }
        }
    }
    wrong.extend(left.iter().map(|quote| format!("extra: {}", quote.text)));
    wrong
}

// --- testing ---------------------------------------------------------------------------------------------------

/// The invariants that hold for every result, right or wrong.
fn check_article(article: &Article, text: &str, title: &str) {
    if let Err(wrong) = invariants::check(article, text) {
        panic!("{title}: {wrong}");
    }
}

#[test]
fn files_are_well_formed() {
    let cases = cases();
    assert!(cases.len() >= 90);
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "names are unique over all files");
    for case in &cases {
        for want in &case.quote {
            let at = case.locate(want);
            assert_eq!((at.cue.is_some(), at.source.is_some()), (want.cue.is_some(), want.source.is_some()));
        }
    }
}

#[test]
fn cases_are_right_or_known_to_be_wrong() {
    let extractor = Extractor::new().unwrap();
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut complaints = Vec::new();
    for case in cases() {
        let wrong = differences(&case, &extractor.extract(&case.text).unwrap());
        let count = tally.entry(case.file.clone()).or_default();
        *(if wrong.is_empty() { &mut count.0 } else { &mut count.1 }) += 1;
        match &case.known {
            None if !wrong.is_empty() => {
                complaints.push(format!("{}\n    {}", case.title(), wrong.join("\n    ")));
            }
            Some(known) if wrong.is_empty() => {
                complaints.push(format!("{} is right now: take away its mark ({known})", case.title()));
            }
            _ => {}
        }
    }
    for (file, (right, wrong)) in &tally {
        println!("{file:20} {right:3} right {wrong:3} known to be wrong or complained of");
    }
    let right: usize = tally.values().map(|count| count.0).sum();
    let all: usize = tally.values().map(|count| count.0 + count.1).sum();
    println!("{:20} {right:3} right of {all}", "all");
    assert!(complaints.is_empty(), "{} cases:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn results_keep_the_invariants() {
    let extractor = Extractor::new().unwrap();
    for case in cases() {
        let article = extractor.extract(&case.text).unwrap();
        check_article(&article, &case.text, &case.title());
        assert_eq!(article, Extractor::new().unwrap().extract(&case.text).unwrap(), "{}", case.title());
    }
}

#[test]
fn unrelated_texts_do_not_mix() {
    let extractor = Extractor::new().unwrap();
    let cases = cases();
    for (i, first) in cases.iter().enumerate().filter(|(_, case)| !case.unfinished) {
        let second = &cases[(i + cases.len() / 2) % cases.len()];
        let text = format!("{}\n\n{}", first.text, second.text);
        let title = format!("{} + {}", first.title(), second.title());
        let article = extractor.extract(&text).unwrap();
        check_article(&article, &text, &title);
        let border = first.text.len() as u32;
        let one_side = |p: &Passage| p.end <= border || p.start > border;
        for quote in &article.quotes {
            let before = quote.start < border;
            for part in quote.spans.iter().chain(&quote.cue).chain(&quote.source) {
                assert!(one_side(part) && (part.start < border) == before, "{title}: {quote:?} reaches over");
            }
            let source = quote.source.as_ref().map(|source| source.text.to_lowercase());
            if source.is_none_or(|source| !PRONOUNS.contains(&source.as_str())) {
                let mentions = quote.speaker.map_or(&[][..], |id| &article.speakers[id as usize].mentions);
                let own = mentions.is_empty() || mentions.iter().any(|m| (m.start < border) == before);
                assert!(own, "{title}: {quote:?} has its speaker from the other text");
            }
        }
        assert!(article.speakers.iter().flat_map(|s| &s.mentions).all(one_side), "{title}: a mention");
    }
}
