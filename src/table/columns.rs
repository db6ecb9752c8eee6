//! The columns of each table: their names, their types, and where their values come from.

use std::borrow::Cow;

use crate::record::{
    self, Act, Gender, Label, Modality, Passage, Quote, Speaker, SpeakerType, Stance, Voice,
};

/// What one row is told from.
pub(super) struct Row<'a> {
    /// Number of the quote.
    pub(super) number: i64,
    pub(super) quote: Option<&'a Quote>,
    /// The stance of the row, or the quote's main one.
    pub(super) stance: Option<&'a Stance>,
    /// The speaker of the row, of the quote, or who holds the stance.
    pub(super) speaker: Option<&'a Speaker>,
}

pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether an article may leave it untold.
    pub(super) optional: bool,
    pub(super) value: Tell,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Int,
    Float,
    Truth,
    Text,
    /// One of some fixed words.
    Word(&'static [&'static str]),
    Spans,
}

pub(super) enum Value<'a> {
    Int(i64),
    Float(f32),
    Truth(bool),
    Text(Cow<'a, str>),
    /// The place of the word.
    Word(i8),
    Spans(&'a [Passage]),
}

type Tell = for<'a> fn(&Row<'a>) -> Option<Value<'a>>;

/// A column that is told of every row.
const fn told(name: &'static str, kind: Kind, value: Tell) -> Column {
    Column { name, kind, optional: false, value }
}

/// A column that an article may leave untold.
const fn maybe(name: &'static str, kind: Kind, value: Tell) -> Column {
    Column { name, kind, optional: true, value }
}

#[expect(clippy::unnecessary_wraps, reason = "what a column's function gives")]
fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(text.into()))
}

#[expect(clippy::unnecessary_wraps, reason = "what a column's function gives")]
fn int(number: u32) -> Option<Value<'static>> {
    Some(Value::Int(number.into()))
}

fn words(passage: Option<&Passage>) -> Option<Value<'_>> {
    text(&passage?.text)
}

fn start(passage: Option<&Passage>) -> Option<Value<'_>> {
    int(passage?.start)
}

fn end(passage: Option<&Passage>) -> Option<Value<'_>> {
    int(passage?.end)
}

pub(super) const QUOTES: &[Column] = &[
    told("quote", Kind::Int, |r| Some(Value::Int(r.number))),
    told("text", Kind::Text, |r| text(&r.quote?.text)),
    told("kind", Kind::Word(record::Kind::WORDS), |r| Some(Value::Word(r.quote?.kind as i8))),
    maybe("speaker", Kind::Text, |r| text(&r.speaker?.name)),
    maybe("speaker_number", Kind::Int, |r| int(r.speaker?.number)),
    maybe("speaker_id", Kind::Text, |r| text(r.speaker?.id.as_ref()?)),
    maybe("speaker_type", Kind::Word(SpeakerType::WORDS), |r| Some(Value::Word(r.speaker?.kind as i8))),
    maybe("role", Kind::Text, |r| text(r.speaker?.role.as_ref()?)),
    told("act", Kind::Word(Act::WORDS), |r| Some(Value::Word(r.quote?.act as i8))),
    told("negated", Kind::Truth, |r| Some(Value::Truth(r.quote?.negated))),
    maybe("label", Kind::Word(Label::WORDS), |r| Some(Value::Word(r.stance?.label as i8))),
    maybe("score", Kind::Float, |r| Some(Value::Float(r.stance?.score))),
    maybe("target", Kind::Text, |r| text(&r.stance?.target.text)),
    maybe("source", Kind::Text, |r| words(r.quote?.source.as_ref())),
    maybe("source_start", Kind::Int, |r| start(r.quote?.source.as_ref())),
    maybe("source_end", Kind::Int, |r| end(r.quote?.source.as_ref())),
    maybe("cue", Kind::Text, |r| words(r.quote?.cue.as_ref())),
    maybe("cue_start", Kind::Int, |r| start(r.quote?.cue.as_ref())),
    maybe("cue_end", Kind::Int, |r| end(r.quote?.cue.as_ref())),
    told("start", Kind::Int, |r| int(r.quote?.start)),
    told("end", Kind::Int, |r| int(r.quote?.end)),
    told("confidence", Kind::Float, |r| Some(Value::Float(r.quote?.confidence))),
    told("spans", Kind::Spans, |r| Some(Value::Spans(&r.quote?.spans))),
    told("verbatim", Kind::Spans, |r| Some(Value::Spans(&r.quote?.verbatim))),
];

pub(super) const STANCES: &[Column] = &[
    told("quote", Kind::Int, |r| int(r.stance?.quote)),
    maybe("holder", Kind::Text, |r| text(&r.speaker?.name)),
    maybe("holder_number", Kind::Int, |r| int(r.speaker?.number)),
    maybe("holder_id", Kind::Text, |r| text(r.speaker?.id.as_ref()?)),
    maybe("holder_type", Kind::Word(SpeakerType::WORDS), |r| Some(Value::Word(r.speaker?.kind as i8))),
    told("label", Kind::Word(Label::WORDS), |r| Some(Value::Word(r.stance?.label as i8))),
    told("score", Kind::Float, |r| Some(Value::Float(r.stance?.score))),
    told("target", Kind::Text, |r| text(&r.stance?.target.text)),
    told("target_name", Kind::Text, |r| text(&r.stance?.target_name)),
    maybe("evidence", Kind::Text, |r| joined(&r.stance?.evidence)),
    told("voice", Kind::Word(Voice::WORDS), |r| Some(Value::Word(r.stance?.voice as i8))),
    told("modality", Kind::Word(Modality::WORDS), |r| Some(Value::Word(r.stance?.modality as i8))),
    maybe("condition", Kind::Text, |r| words(r.stance?.condition.as_ref())),
    told("negated", Kind::Truth, |r| Some(Value::Truth(r.stance?.negated))),
    maybe("topic", Kind::Text, |r| text(r.stance?.topic.as_ref()?)),
    told("target_start", Kind::Int, |r| int(r.stance?.target.start)),
    told("target_end", Kind::Int, |r| int(r.stance?.target.end)),
    told("confidence", Kind::Float, |r| Some(Value::Float(r.stance?.confidence))),
    told("evidence_spans", Kind::Spans, |r| Some(Value::Spans(&r.stance?.evidence))),
];

pub(super) const SPEAKERS: &[Column] = &[
    told("speaker_number", Kind::Int, |r| int(r.speaker?.number)),
    told("speaker", Kind::Text, |r| text(&r.speaker?.name)),
    maybe("speaker_id", Kind::Text, |r| text(r.speaker?.id.as_ref()?)),
    told("speaker_type", Kind::Word(SpeakerType::WORDS), |r| Some(Value::Word(r.speaker?.kind as i8))),
    maybe("role", Kind::Text, |r| text(r.speaker?.role.as_ref()?)),
    maybe("role_start", Kind::Int, |r| int(r.speaker?.role_start?)),
    maybe("role_end", Kind::Int, |r| int(r.speaker?.role_end?)),
    maybe("gender", Kind::Word(Gender::WORDS), |r| Some(Value::Word(r.speaker?.gender? as i8))),
    told("mentions", Kind::Int, |r| Some(Value::Int(r.speaker?.mentions.len() as i64))),
    told("quotes", Kind::Int, |r| int(r.speaker?.quote_count)),
    told("mention_spans", Kind::Spans, |r| Some(Value::Spans(&r.speaker?.mentions))),
];

/// Pieces as one text, if there are any.
fn joined(pieces: &[Passage]) -> Option<Value<'_>> {
    match pieces {
        [] => None,
        [piece] => text(&piece.text),
        _ => {
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            Some(Value::Text(texts.join(" … ").into()))
        }
    }
}
