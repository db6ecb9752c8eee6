//! Quotes that the layout attributes, not the grammar: a transcript's turns ("WALLACE: Will she be there?") and
//! signed quotations ("“We have no pool.” — Ana Ruiz").
//!
//! No sentence has a cue here, so the network sees few of them in news; the forms are the same in every outlet.

use std::ops::Range;

use super::roles::{CONTENT, CUE, SOURCE};
use crate::encode::Around;
use crate::segment::{Segments, WordKind};

/// A quote that stands as such in the layout; ranges are word numbers of the article, end not included.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Laid {
    /// The label's colon, or the dash before the name.
    pub(crate) cue: Range<usize>,
    /// The label or the name.
    pub(crate) source: Range<usize>,
    /// What is said.
    pub(crate) content: Range<usize>,
}

impl Laid {
    /// The quote within a block of the article's words, counted from its start: the first word of its cue, and the roles of
    /// the words around it; `None` if no content is in the block.
    pub(super) fn within(&self, block: &Range<usize>) -> Option<(usize, Vec<u8>)> {
        let cut = |r: &Range<usize>| {
            let (start, end) = (r.start.max(block.start), r.end.min(block.end));
            (start < end).then(|| start - block.start..end - block.start)
        };
        let (cue, content) = (cut(&self.cue)?, cut(&self.content)?);
        let window = Around::window(cue.start, block.len());
        let mut roles = vec![0; window.len()];
        for (role, part) in [(SOURCE, cut(&self.source)), (CUE, Some(cue.clone())), (CONTENT, Some(content))]
        {
            for word in part.unwrap_or_default().filter(|w| window.contains(w)) {
                let first = word == window.start
                    || usize::from(roles[word - window.start - 1]).div_ceil(2) != role.div_ceil(2);
                roles[word - window.start] = (role + usize::from(!first)) as u8;
            }
        }
        Some((cue.start, roles))
    }
}

/// Words of a label or a signature, at most.
const NAME: usize = 8;
/// Turns that make a transcript, and those that do where labels are not in capitals.
const TURNS: usize = 3;
const PLAIN_TURNS: usize = 4;
/// Words of the middle turn in length, at least, where labels are not in capitals: lists have labels too.
const SPEECH: usize = 5;

/// Turns that are looked through for a voice that speaks again.
const VOICES: usize = 100;
/// Words of a dateline, at most.
const DATELINE: usize = 14;

/// The datelines at the heads of paragraphs ("KINSHASA, Oct 3 (Agency) —"), which belong to no quote.
pub(super) fn datelines(text: &str, segments: &Segments) -> Vec<Range<usize>> {
    let layout = Layout { text, segments };
    segments.paragraphs.iter().filter_map(|p| layout.dateline(p)).collect()
}

/// The quotes of a text's layout, in order.
pub(super) fn quotes(text: &str, segments: &Segments) -> Vec<Laid> {
    let layout = Layout { text, segments };
    let mut out = layout.turns();
    let mut taken = vec![false; segments.words.len()];
    for turn in &out {
        taken[turn.content.clone()].fill(true);
    }
    let signed = (0..segments.paragraphs.len()).filter_map(|n| layout.signed(n));
    out.extend(signed.filter(|quote| !taken[quote.cue.start]));
    out.sort_by_key(|quote| quote.content.start);
    out
}

struct Layout<'a> {
    text: &'a str,
    segments: &'a Segments,
}

impl Layout<'_> {
    fn form(&self, word: usize) -> &str {
        self.segments.words.get(word).and_then(|w| w.span().of(self.text)).unwrap_or_default()
    }

    fn kind(&self, word: usize) -> Option<WordKind> {
        self.segments.words.get(word).map(|w| w.kind())
    }

    fn is_word(&self, word: usize) -> bool {
        self.kind(word) == Some(WordKind::Word)
    }

    fn is_dash(&self, word: usize) -> bool {
        self.form(word).starts_with(['—', '―', '–', '-'])
    }

    fn is_capitalised(&self, word: usize) -> bool {
        self.form(word).starts_with(char::is_uppercase)
    }

    /// The place, date and agency that a paragraph begins with, up to their dash.
    fn dateline(&self, paragraph: &Range<usize>) -> Option<Range<usize>> {
        let place = self.form(paragraph.start);
        if place.chars().count() < 3 || place.contains(|c: char| !c.is_uppercase()) {
            return None;
        }
        let dash = paragraph.clone().take(DATELINE).find(|w| self.is_dash(*w))?;
        let fits = |w: usize| {
            !self.is_word(w) || self.form(w).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        };
        (dash + 1 < paragraph.end && (paragraph.start..dash).all(fits)).then_some(paragraph.start..dash + 1)
    }

    /// The label of a turn that starts a paragraph, and its colon.
    fn label(&self, paragraph: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let start = paragraph.start + usize::from(self.kind(paragraph.start) == Some(WordKind::Mark));
        let colon = (start + 1..paragraph.end.min(start + NAME)).find(|w| self.form(*w) == ":")?;
        // What stands in brackets is no part of the name: "SMITH (on camera):".
        let end = (start..colon).find(|w| matches!(self.form(*w), "(" | "[")).unwrap_or(colon);
        let named = (start..end).all(|w| {
            self.is_capitalised(w) || matches!(self.form(w), "." | "," | "-" | "de" | "van" | "von")
        });
        let letters: usize =
            (start..end).map(|w| self.form(w).chars().filter(|c| c.is_alphabetic()).count()).sum();
        (named && letters > 2 && colon + 1 < paragraph.end).then_some((start..end, colon))
    }

    /// The turns of a transcript.
    fn turns(&self) -> Vec<Laid> {
        let paragraphs = &self.segments.paragraphs;
        let labels: Vec<_> = paragraphs.iter().map(|p| self.label(p)).collect();
        let names = |label: &Range<usize>| -> Vec<&str> { label.clone().map(|w| self.form(w)).collect() };
        let capitals =
            |label: &Range<usize>| label.clone().all(|w| !self.form(w).contains(char::is_lowercase));
        let mut out = Vec::new();
        for loud in [true, false] {
            let mine = |n: &usize| matches!(&labels[*n], Some((label, _)) if capitals(label) == loud);
            let found: Vec<usize> = (0..labels.len()).filter(mine).collect();
            let (Some(&first), Some(&last)) = (found.first(), found.last()) else { continue };
            // Two turns of one voice and two of different ones; as many names as turns is a list.
            let first_turns = found.iter().take(VOICES).filter_map(|n| labels[*n].as_ref());
            let voices: Vec<Vec<&str>> = first_turns.map(|(label, _)| names(label)).collect();
            let same = |a: &[&str], b: &[&str]| a.iter().any(|name| name.len() > 2 && b.contains(name));
            let again = voices.iter().enumerate().any(|(n, a)| voices[..n].iter().any(|b| same(a, b)));
            let other = voices.iter().any(|voice| !same(voice, &voices[0]));
            let dense = found.len() * 2 > last - first;
            let mut lengths: Vec<usize> = found.iter().map(|n| paragraphs[*n].len()).collect();
            lengths.sort_unstable();
            let speech = found.len() >= PLAIN_TURNS && dense && lengths[lengths.len() / 2] > SPEECH + 2;
            let turns = found.len() >= TURNS && again && other;
            if !turns || !(loud || speech) {
                continue;
            }
            for (k, &n) in found.iter().enumerate() {
                let Some((label, colon)) = labels[n].clone() else { continue };
                // A turn goes on until the next label, in a text that is little but turns.
                let next = found.get(k + 1).filter(|_| dense).copied().unwrap_or(n + 1);
                let ends = |m: &usize| matches!(self.form(paragraphs[*m].start), "(" | "[");
                let end = (n + 1..next).find(ends).unwrap_or(next);
                let content = colon + 1..paragraphs[end - 1].end;
                if content.clone().any(|w| self.is_word(w)) {
                    out.push(Laid { cue: colon..colon + 1, source: label, content });
                }
            }
        }
        out
    }

    /// A quotation that fills its paragraph, up to a dash and the name of who said it, there or in the next one.
    fn signed(&self, number: usize) -> Option<Laid> {
        let paragraph = &self.segments.paragraphs[number];
        let (dash, home) = match (paragraph.clone()).rev().take(NAME + 2).find(|w| self.is_dash(*w))? {
            dash if dash == paragraph.start => (dash, number.checked_sub(1)?),
            dash => (dash, number),
        };
        let mut end = paragraph.end;
        while end > dash + 1 && !self.is_word(end - 1) {
            end -= 1;
        }
        let name = dash + 1..end;
        let plain = |w: usize| self.is_word(w) || matches!(self.form(w), "," | "." | "-" | "’" | "'");
        if name.is_empty()
            || name.len() > NAME
            || !self.is_capitalised(name.start)
            || !name.clone().all(plain)
        {
            return None;
        }
        let last = dash.checked_sub(1).filter(|w| self.kind(*w) == Some(WordKind::Mark))?;
        let mut first = self.segments.paragraphs[home].start;
        if self.kind(first) != Some(WordKind::Mark) || first == last {
            return None;
        }
        // Marks that open the paragraphs before and do not close: the quotation began there.
        for before in self.segments.paragraphs[..home].iter().rev() {
            match self.segments.marks.around(before.start) {
                Some(q) if q.words.start == before.start && q.words.end == before.end && !q.closed => {
                    first = before.start;
                }
                _ => break,
            }
        }
        let content = first..last + 1;
        // One quotation, not two with something between them.
        let inner =
            self.segments.marks.quotations.iter().filter(|q| !q.nested && content.contains(&q.words.start));
        let apart = inner.map(|q| q.words.len()).sum::<usize>() + 4 < content.len();
        let broken = self.segments.marks.around(first).is_none();
        (broken || !apart).then_some(Laid { cue: dash..dash + 1, source: name, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source and content of the laid quotes of a text.
    fn found(text: &str) -> Vec<(&str, &str)> {
        let segments = Segments::of(text);
        let of = |words: &Range<usize>| segments.span(words).and_then(|s| s.of(text)).unwrap_or_default();
        quotes(text, &segments).iter().map(|q| (of(&q.source), of(&q.content))).collect()
    }

    #[test]
    fn turns_of_a_transcript() {
        let text = "The minister went on air.\n\nREED: Will you go?\n\nMIN. OKAFOR (laughing): No.\n\nI will stay.\n\nREED: Good.\n\nIt rained.";
        let turns = [("REED", "Will you go?"), ("MIN. OKAFOR", "No.\n\nI will stay."), ("REED", "Good.")];
        assert_eq!(found(text), turns);
    }

    #[test]
    fn lists_are_no_turns() {
        assert!(found("UPDATE: it rained.\n\nBREAKING: it snowed.\n\nEMAIL: a@b.org.").is_empty());
        assert!(found("Reed: 12.\n\nOkafor: 9.\n\nReed: 3.\n\nOkafor: 4.").is_empty());
    }

    #[test]
    fn a_dateline_ends_with_its_dash() {
        let text = "NEW YORK, Oct 3 (Agency) — Rebels left.\n\nThe UN — late — went.\n\nUN staff - all of them - went.";
        let segments = Segments::of(text);
        let found: Vec<_> =
            datelines(text, &segments).iter().filter_map(|d| segments.span(d)?.of(text)).collect();
        assert_eq!(found, ["NEW YORK, Oct 3 (Agency) —"]);
    }

    #[test]
    fn signed_quotations() {
        let text = "“We have no pool.” — Ana Ruiz, 34\n\n“We go.\n\n“And soon.”\n― Li Chen.\n\nThe “pool” is shut - Reuters";
        assert_eq!(
            found(text),
            [("Ana Ruiz, 34", "“We have no pool.”"), ("Li Chen", "“We go.\n\n“And soon.”")]
        );
    }

    #[test]
    fn a_laid_quote_is_cut_to_its_block() {
        let laid = Laid { source: 103..105, cue: 105..106, content: 106..109 };
        let of = |block: Range<usize>| laid.within(&block);
        let roles = |before: usize, tags: &[u8]| [vec![0; before], tags.to_vec()].concat();
        assert_eq!(of(100..111), Some((5, roles(3, &[1, 2, 3, 5, 6, 6, 0, 0]))));
        assert_eq!(of(104..108), Some((1, roles(0, &[1, 3, 5, 6]))));
        assert_eq!(of(105..108), Some((0, roles(0, &[3, 5, 6]))), "its source is elsewhere");
        assert_eq!(of(100..106), None, "no content is in the block");
        assert_eq!(of(106..111), None, "no cue is in the block");
        // The network sees so many words before a cue, and no more.
        let (cue, seen) = of(0..111).unwrap_or_default();
        assert_eq!((cue, seen.len()), (105, Around::window(105, 111).len()));
        assert_eq!(seen[seen.len() - 8..], [1, 2, 3, 5, 6, 6, 0, 0]);
    }

    #[test]
    fn what_a_label_may_be() {
        let labels = |label: &str| {
            let text = format!("It rained.\n\n{label}: Why?\n\nOKAFOR: Well.\n\n{label}: So?");
            found(&text).iter().filter(|(source, _)| *source != "OKAFOR").count()
        };
        for label in ["OBI", "GOV. VAN-DYK, 34", "ANN B. LEE", "“OBI", "OBI (on the phone)"] {
            assert_eq!(labels(label), if label.contains("34") { 0 } else { 2 }, "{label}");
        }
        for label in ["OB", "12", "It rained on", "A B C D E F G H"] {
            assert_eq!(labels(label), 0, "{label}");
        }
        assert!(found("OBI: Why?\n\nOKAFOR: Well.\n\nOBI:").is_empty(), "a label with nothing behind it");
    }

    #[test]
    fn plain_labels_need_turns_of_some_length() {
        let text = |turn: &str| {
            ["Reed", "Okafor", "Reed", "Okafor"].map(|name| format!("{name}: {turn}")).join("\n\n")
        };
        assert_eq!(found(&text("We all go by boat.")).len(), 4);
        assert!(found(&text("We go by boat.")).is_empty());
        let three = text("We all go by boat.").rsplit_once("\n\n").map(|(three, _)| three.to_owned());
        assert!(found(&three.unwrap_or_default()).is_empty());
    }

    #[test]
    fn turns_far_apart_do_not_go_on() {
        let text = "REED: Will you go?\n\nIt rained.\n\nIt snowed.\n\nOKAFOR: No.\n\nIt froze.\n\nIt thawed.\n\nREED: Good.";
        assert_eq!(found(text), [("REED", "Will you go?"), ("OKAFOR", "No."), ("REED", "Good.")]);
    }

    #[test]
    fn who_signs_is_named_behind_a_dash() {
        for (text, name) in [
            ("“We have no pool.” — Ana Ruiz.", Some("Ana Ruiz")),
            (
                "“We have no pool.” — Ana Ruiz, of the old river board",
                Some("Ana Ruiz, of the old river board"),
            ),
            ("“We have no pool.” — Ana Ruiz, of the very old river board", None),
            ("“We have no pool.” — Ana (34)", None),
            ("“We have no pool.” — ana", None),
            ("“We have no pool.” —", None),
            ("“We have no pool”, — Ana Ruiz", None),
            ("We have no pool.” — Ana Ruiz", None),
            ("” — Ana Ruiz", None),
            ("“No,” he said in the end, and then “yes.” — Ana Ruiz", None),
        ] {
            let signed: Vec<&str> = found(text).iter().map(|(source, _)| *source).collect();
            assert_eq!(signed, name.into_iter().collect::<Vec<_>>(), "{text}");
            for before in
                ["It rained.", "“It rained for all of the day and for half of the night,” she said."]
            {
                let later = format!("{before}\n\n{text}");
                let signed: Vec<&str> = found(&later).iter().map(|(source, _)| *source).collect();
                assert_eq!(signed, name.into_iter().collect::<Vec<_>>(), "{later}");
            }
        }
        let text = "“It rained.”\n\n“We go.”\n\n— Li Chen";
        assert_eq!(found(text), [("Li Chen", "“We go.”")], "the paragraph before is closed");
    }
}
