//! A case of `tests/cases/**/*.toml` and where its words stand; `tests/cases/README.md` tells the rules.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

pub(crate) type Span = Range<usize>;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) quote: Vec<Expected>,
    /// How the extractor goes wrong for now.
    pub(crate) known: Option<String>,
    /// The text ends inside a quotation.
    #[serde(default)]
    pub(crate) unfinished: bool,
    #[serde(skip)]
    pub(crate) file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) content: Vec<String>,
    at: Option<usize>,
    pub(crate) cue: Option<String>,
    cue_at: Option<usize>,
    pub(crate) source: Option<String>,
    source_at: Option<usize>,
    #[serde(default)]
    pub(crate) speaker: Names,
    pub(crate) kind: Option<String>,
    pub(crate) act: Option<String>,
    pub(crate) stance: Option<String>,
    pub(crate) target: Option<String>,
    #[serde(rename = "type")]
    pub(crate) speaker_type: Option<String>,
    #[serde(default)]
    pub(crate) role: Names,
    pub(crate) modality: Option<String>,
    pub(crate) voice: Option<String>,
    pub(crate) negated: Option<bool>,
    condition: Option<String>,
    evidence: Option<String>,
    pub(crate) second: Option<Second>,
}

/// A further stance.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Second {
    target: String,
    pub(crate) stance: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Names {
    One(String),
    Any(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}

impl Names {
    pub(crate) fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Any(names) => names,
        }
    }
}

/// An expected quote's parts, found in the text.
pub(crate) struct Located {
    pub(crate) content: Vec<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Span>,
    pub(crate) target: Option<Span>,
    pub(crate) condition: Option<Span>,
    pub(crate) evidence: Option<Span>,
    pub(crate) second: Option<Span>,
}

pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let inside = |folder: &Path| folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = inside(&folder).collect();
    let folders: Vec<_> = files.iter().filter(|path| path.is_dir()).cloned().collect();
    files.extend(folders.iter().flat_map(|folder| inside(folder)));
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let stem = path.strip_prefix(&folder).unwrap().with_extension("").to_string_lossy().into_owned();
        all.extend(file.case.into_iter().map(|case| Case { file: stem.clone(), ..case }));
    }
    all
}

/// Every place of `piece` in `text` that cuts no word in two.
fn places(text: &str, piece: &str) -> Vec<Span> {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (piece.chars().next(), piece.chars().next_back());
    let whole = |start: usize| {
        let (before, after) = (text[..start].chars().next_back(), text[start + piece.len()..].chars().next());
        !(word(first) && word(before) || word(last) && word(after))
    };
    let found = text.match_indices(piece).map(|(start, _)| start).filter(|&start| whole(start));
    found.map(|start| start..start + piece.len()).collect()
}

pub(crate) fn overlap(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Bytes between two ranges; 0 if they touch or overlap.
fn gap(a: &Span, b: &Span) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

fn nearest(span: &Span, content: &[Span]) -> usize {
    content.iter().map(|piece| gap(span, piece)).min().unwrap_or(0)
}

impl Case {
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.file, self.name)
    }

    pub(crate) fn locate(&self, want: &Expected) -> Located {
        let mut content: Vec<Span> = Vec::new();
        for piece in &want.content {
            let from = content.last().map_or(0, |last| last.end);
            let skip = if content.is_empty() { want.at.unwrap_or(1) - 1 } else { 0 };
            let place = places(&self.text, piece).into_iter().filter(|p| p.start >= from).nth(skip);
            content.push(place.unwrap_or_else(|| panic!("{}: no content {piece:?}", self.title())));
        }
        let (cue, source) = self.frame(want, &content);
        let near = |words: Option<&String>| {
            let words = words?;
            let place = places(&self.text, words).into_iter().min_by_key(|p| nearest(p, &content));
            Some(place.unwrap_or_else(|| panic!("{}: {words:?} is not there", self.title())))
        };
        let target = near(want.target.as_ref());
        let (condition, evidence) = (near(want.condition.as_ref()), near(want.evidence.as_ref()));
        let second = near(want.second.as_ref().map(|second| &second.target));
        Located { content, cue, source, target, condition, evidence, second }
    }

    /// Cue and source: of all places outside the content, the pair with the least room between the three.
    fn frame(&self, want: &Expected, content: &[Span]) -> (Option<Span>, Option<Span>) {
        let outside = |part: Option<&String>, at: Option<usize>| -> Vec<Option<Span>> {
            let Some(part) = part else { return vec![None] };
            let mut found = places(&self.text, part);
            if let Some(at) = at {
                found = vec![found[at - 1].clone()];
            }
            found.retain(|p| !content.iter().any(|piece| overlap(p, piece)));
            assert!(!found.is_empty(), "{}: {part:?} does not stand outside the content", self.title());
            found.into_iter().map(Some).collect()
        };
        let sources = outside(want.source.as_ref(), want.source_at);
        let mut best = (usize::MAX, (None, None));
        for cue in outside(want.cue.as_ref(), want.cue_at) {
            for source in &sources {
                let between = match (&cue, source) {
                    (Some(c), Some(s)) if overlap(c, s) => continue,
                    (Some(c), Some(s)) => gap(c, s),
                    _ => 0,
                };
                let near: usize = [&cue, source].into_iter().flatten().map(|p| nearest(p, content)).sum();
                if near + between < best.0 {
                    best = (near + between, (cue.clone(), source.clone()));
                }
            }
        }
        best.1
    }
}

/// Numbers of the words (runs of letters and digits) that the spans touch.
pub(crate) fn tokens<'a>(text: &str, spans: impl IntoIterator<Item = &'a Span>) -> BTreeSet<usize> {
    let spans: Vec<_> = spans.into_iter().collect();
    let mut number = 0;
    let mut inside = false;
    let mut found = BTreeSet::new();
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric();
        number += usize::from(word && !inside);
        inside = word;
        if word && spans.iter().any(|span| span.contains(&at)) {
            found.insert(number);
        }
    }
    found
}
