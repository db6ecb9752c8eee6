//! What holds for every result, right or wrong: cases, properties, hostile texts and the fuzzers all ask here.
//!
//! `tests/python/invariants.py` tells the same of the Python records.

use std::ops::Range;

use onrecord::{Article, Kind, Label, Passage, Quote, SCHEMA_VERSION, SpeakerType, Stance};

/// Stances of a quote, at most.
const MOST_STANCES: usize = 3;

type Checked = Result<(), String>;

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(what()) }
}

/// Everything that must hold of the article that was read from `text`, in every unit of offsets.
pub(crate) fn check(article: &Article, text: &str) -> Checked {
    records(article, text)?;
    verbatim(article, |range| text.get(range).map(str::to_owned)).map_err(|e| format!("bytes: {e}"))?;
    let points: Vec<char> = text.chars().collect();
    let of_points = |range| points.get::<Range<usize>>(range).map(|part| part.iter().collect());
    verbatim(&article.clone().in_code_points(), of_points).map_err(|e| format!("code points: {e}"))?;
    let units: Vec<u16> = text.encode_utf16().collect();
    let of_units = |range| units.get::<Range<usize>>(range).and_then(|part| String::from_utf16(part).ok());
    verbatim(&article.clone().in_utf16(), of_units).map_err(|e| format!("UTF-16: {e}"))?;
    let json = serde_json::to_string(article).map_err(|e| e.to_string())?;
    let back: Article = serde_json::from_str(&json).map_err(|e| e.to_string())?;
    ensure(back == *article, || "the article does not come back from its JSON".to_owned())?;
    let least = article.quotes.iter().map(|q| q.confidence).fold(0.0, f32::max);
    let sure = article.clone().confident(least);
    records(&sure, text).map_err(|e| format!("the surest quotes alone: {e}"))
}

/// Every passage stands at its offsets, letter for letter, and is a slice of the article's text.
fn verbatim(article: &Article, part: impl Fn(Range<usize>) -> Option<String>) -> Checked {
    let own = article.text.as_bytes().as_ptr_range();
    let at = |start: u32, end: u32, words: &str| {
        ensure(own.contains(&words.as_ptr()), || format!("{words:?} is a copy"))?;
        let found = part(start as usize..end as usize);
        ensure(start < end && found.as_deref() == Some(words), || {
            format!("{start}..{end} is {found:?}, not {words:?}")
        })
    };
    for passage in passages(article) {
        at(passage.start, passage.end, &passage.text)?;
    }
    for quote in &article.quotes {
        at(quote.start, quote.end, &quote.text)?;
    }
    for speaker in &article.speakers {
        match (&speaker.role, speaker.role_start, speaker.role_end) {
            (Some(role), Some(start), Some(end)) => at(start, end, role)?,
            (None, None, None) => {}
            half => return Err(format!("a role without its place: {half:?}")),
        }
    }
    Ok(())
}

/// Every passage of an article.
fn passages(article: &Article) -> Vec<&Passage> {
    let mut all: Vec<&Passage> = article.speakers.iter().flat_map(|s| &s.mentions).collect();
    for quote in &article.quotes {
        all.extend(quote.spans.iter().chain(&quote.verbatim).chain(&quote.cue).chain(&quote.source));
        for stance in &quote.stances {
            all.extend(std::iter::once(&stance.target).chain(&stance.evidence).chain(&stance.condition));
        }
    }
    all
}

/// The records fit each other; offsets are bytes.
fn records(article: &Article, text: &str) -> Checked {
    ensure(article.text == text, || "the text was changed".to_owned())?;
    ensure(article.schema_version == SCHEMA_VERSION, || "of another version".to_owned())?;
    let starts: Vec<u32> = article.quotes.iter().map(|q| q.start).collect();
    ensure(starts.is_sorted(), || format!("quotes out of order: {starts:?}"))?;
    for (number, quote) in article.quotes.iter().enumerate() {
        let about = |e| format!("quote {number}, {:?}: {e}", quote.text);
        content(quote).map_err(about)?;
        let known = quote.speaker.is_none_or(|n| (n as usize) < article.speakers.len());
        ensure(known, || about("no such speaker".to_owned()))?;
        ensure(quote.stances.len() <= MOST_STANCES, || about("too many stances".to_owned()))?;
        for held in &quote.stances {
            ensure(held.quote as usize == number, || about(format!("of quote {}", held.quote)))?;
            stance(held, quote, text)
                .map_err(|e| about(format!("stance toward {:?}: {e}", held.target.text)))?;
        }
    }
    for (number, speaker) in article.speakers.iter().enumerate() {
        let about = |e: String| format!("speaker {number}, {:?}: {e}", speaker.name);
        ensure(speaker.number as usize == number, || about(format!("has the number {}", speaker.number)))?;
        ensure(!speaker.name.trim().is_empty(), || about("has no name".to_owned()))?;
        let apart = speaker.mentions.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let named = speaker.kind == SpeakerType::Author || !speaker.mentions.is_empty();
        ensure(apart && named, || about(format!("mentions {:?}", speaker.mentions)))?;
        let own = article.quotes.iter().filter(|q| q.speaker == Some(speaker.number)).count();
        ensure(speaker.quote_count as usize == own, || about(format!("{own} quotes are its")))?;
    }
    Ok(())
}

fn inside(part: &Passage, start: u32, end: u32) -> bool {
    start <= part.start && part.end <= end
}

/// The parts of a quote fit each other.
fn content(quote: &Quote) -> Checked {
    let pieces = &quote.spans;
    let ordered = |parts: &[Passage]| parts.windows(2).all(|pair| pair[0].end <= pair[1].start);
    ensure(ordered(pieces) && ordered(&quote.verbatim), || "pieces out of order".to_owned())?;
    let whole = pieces.first().map(|p| p.start).zip(pieces.last().map(|p| p.end));
    ensure(whole == Some((quote.start, quote.end)), || format!("its pieces are {pieces:?}"))?;
    ensure(!quote.text.trim().is_empty(), || "blank".to_owned())?;
    for part in &quote.verbatim {
        let held = pieces.iter().any(|piece| inside(part, piece.start, piece.end));
        ensure(held, || format!("verbatim {part:?} is not in its content"))?;
    }
    let marked = quote.kind == Kind::Indirect || !quote.verbatim.is_empty();
    ensure(marked, || "nothing verbatim".to_owned())?;
    for part in quote.cue.iter().chain(&quote.source) {
        let apart = pieces.iter().all(|piece| part.end <= piece.start || piece.end <= part.start);
        ensure(apart, || format!("cue or source {part:?} lies in its content"))?;
    }
    ensure((0.0..=1.0).contains(&quote.confidence), || format!("confidence {}", quote.confidence))
}

/// A stance fits its quote: what it speaks of stands there, or at least in the same paragraph.
fn stance(held: &Stance, quote: &Quote, text: &str) -> Checked {
    ensure(held.holder == quote.speaker, || format!("held by {:?}", held.holder))?;
    ensure((-1.0..=1.0).contains(&held.score), || format!("score {}", held.score))?;
    ensure((0.0..=1.0).contains(&held.confidence), || format!("confidence {}", held.confidence))?;
    let shown = held.label != Label::Neutral || held.evidence.is_empty();
    ensure(shown, || format!("neutral, with evidence {:?}", held.evidence))?;
    let frame = || quote.cue.iter().chain(&quote.source);
    let start = frame().map(|p| p.start).fold(quote.start, u32::min);
    let end = frame().map(|p| p.end).fold(quote.end, u32::max);
    for part in std::iter::once(&held.target).chain(&held.evidence).chain(&held.condition) {
        let between = if part.start < start { part.end..start } else { end..part.start };
        let gap = text.get(between.start as usize..between.end as usize).unwrap_or_default();
        let blank = ["\n\n", "\r\n\r\n"].iter().any(|lines| gap.contains(lines));
        ensure(inside(part, start, end) || !blank, || {
            format!("{part:?} is not in {start}..{end}, its quote, nor in its paragraph")
        })?;
    }
    Ok(())
}
