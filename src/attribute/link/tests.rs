use super::*;

/// A candidate whose content, cue and source are the words of these texts, each where it first occurs.
fn candidate(text: &str, segments: &Segments, content: &[&str], cue: &str, sure: f32) -> Candidate {
    let words = |part: &str| {
        let start = text.find(part).unwrap_or_default();
        let inside = |w: &usize| (start..start + part.len()).contains(&segments.words[*w].span().start());
        let found: Vec<usize> = (0..segments.words.len()).filter(inside).collect();
        found.first().copied().unwrap_or_default()..found.last().map_or(0, |w| w + 1)
    };
    let content: Vec<_> = content.iter().map(|part| words(part)).collect();
    Candidate {
        margins: vec![sure; content.iter().map(Range::len).sum()],
        content,
        cue: words(cue),
        source: None,
        source_margin: 0.0,
        laid: false,
        score: sure,
        lead: sure,
        confidence: 0.0,
        stance: 0,
    }
}

/// The contents of the quotes that come of some candidates.
fn contents<'a>(text: &'a str, candidates: &[(&[&str], &str, f32)]) -> Vec<Vec<&'a str>> {
    let segments = Segments::of(text);
    let made = candidates.iter().map(|(content, cue, sure)| candidate(text, &segments, content, cue, *sure));
    let quotes = link(text, &segments, made.collect(), &Confidence::default());
    let pieces = |q: &Attribution| q.content.iter().filter_map(|p| segments.span(p)?.of(text)).collect();
    quotes.iter().map(pieces).collect()
}

#[test]
fn a_cue_inside_a_surer_quote_makes_none() {
    let text = "Souza said that Chen believes it will rain.";
    let found = contents(
        text,
        &[(&["that Chen believes it will rain"], "said", 3.0), (&["it will rain"], "believes", 1.0)],
    );
    assert_eq!(found, [["that Chen believes it will rain"]]);
}

#[test]
fn the_surer_candidate_gets_the_words_that_two_claim() {
    let text = "“We go,” said Souza. “We stay,” said Chen.";
    let found = contents(
        text,
        &[(&["“We go,”", "“We stay,”"], "said Souza", 2.0), (&["“We stay,”"], "said Chen", 4.0)],
    );
    assert_eq!(found, [["“We go,”"], ["“We stay,”"]]);
}

#[test]
fn a_quotation_has_one_owner_or_none() {
    let text = "“We go to the shore, and soon,” said Souza.";
    assert_eq!(
        contents(text, &[(&["“We go to the shore"], "said", 2.0)]),
        [["“We go to the shore, and soon,”"]]
    );
    assert_eq!(contents(text, &[(&["“We"], "said", 2.0)]), [["“We"]]);
}

#[test]
fn a_quotation_that_names_its_source_is_not_filled() {
    let text = "“We go to the shore Souza” said so.";
    let segments = Segments::of(text);
    let mut claim = candidate(text, &segments, &["“We go to the shore"], "said", 2.0);
    claim.source = Some(6..7);
    let quotes = link(text, &segments, vec![claim], &Confidence::default());
    assert!(quotes.iter().all(|q| q.content.len() == 1 && q.content[0] == (0..6) && q.source == Some(6..7)));
}

#[test]
fn who_is_asked_and_what_is_refused_belong_to_the_content() {
    let found = [
        ("Souza urged the river board to mend it.", "urged", "to mend it", "the river board to mend it"),
        ("Souza begged Chen not to go.", "begged", "not to go", "Chen not to go"),
        ("Souza told the river board to mend it.", "told", "to mend it", "to mend it"),
        ("Souza was urged by the board to mend it.", "was urged", "to mend it", "to mend it"),
        ("Chen asked the crew when the boat left.", "asked", "the boat left", "when the boat left"),
        ("Chen refused to sing for the duke.", "refused to sing for", "the duke", "to sing for the duke"),
        ("Chen declined to comment on the duke.", "declined to comment on", "the duke", "the duke"),
    ];
    for (text, cue, content, expected) in found {
        assert_eq!(contents(text, &[(&[content], cue, 3.0)]), [[expected]], "{text}");
    }
}

#[test]
fn a_quotation_that_another_speaks_is_not_in_reach_of_a_cue_before_its_paragraph() {
    let reach = |text| contents(text, &[(&["“We go,”", "“We never wanted to stay"], "said Souza", 2.0)]);
    let text = "“We go,” said Souza.\n\n“We never wanted to stay,” Chen told us.";
    assert_eq!(reach(text), [["“We go,”"]]);
    let text = "“We go,” said Souza.\n\n“We never wanted to stay.” It rained.";
    assert_eq!(reach(text), [["“We go,”", "“We never wanted to stay.”"]]);
}

#[test]
fn marks_around_nothing_are_no_content() {
    let text = "“We go,” said Souza.\n\n“—”";
    assert_eq!(contents(text, &[(&["“We go,”", "“—”"], "said Souza", 2.0)]), [["“We go,”"]]);
}

#[test]
fn a_relative_clause_with_a_quotation_that_no_one_has_belongs_to_the_quote_before_it() {
    let found = |text| contents(text, &[(&["the raid"], "mourned", 3.0)]);
    let text = "Chen mourned the raid, which ended “in blood and smoke”.";
    assert_eq!(found(text), [["the raid, which ended “in blood and smoke”"]]);
    for text in [
        "Chen mourned the raid, which she called “a day of smoke”.",
        "Chen mourned the raid. Souza, who sings “at dawn and at dusk”, left.",
        "Chen mourned the raid, which ended long before the end of “the long night”.",
    ] {
        assert_eq!(found(text), [["the raid"]], "{text}");
    }
}

#[test]
fn a_quotation_without_a_cue_continues_the_quote_before_it() {
    let text = "“We go,” Souza said. “We never wanted to stay.” It rained.";
    let found = contents(text, &[(&["“We go,”"], "said", 2.0)]);
    assert_eq!(found, [["“We go,”", "“We never wanted to stay.”"]]);
    let text = "Souza said: “We go.\n\n“We never wanted to stay.”";
    let found = contents(text, &[(&["“We go."], "said:", 2.0)]);
    assert_eq!(found, [["“We go.\n\n“We never wanted to stay.”"]]);
    let text = "“We go,” Souza said on a wet day in May. The “Ship of Good Hope” left.";
    assert_eq!(contents(text, &[(&["“We go,”"], "said", 2.0)]), [["“We go,”"]]);
}

#[test]
fn a_quotation_goes_to_the_majority_of_its_words() {
    let text = "“Yes, we go to the shore soon,” said Souza.";
    let found = contents(text, &[(&["“Yes,"], "said", 2.0), (&["we go to the shore soon,”"], "Souza", 1.0)]);
    assert_eq!(found, [["“Yes, we go to the shore soon,”"]]);
}

#[test]
fn little_but_cue_and_source_stands_before_a_continuation() {
    let pieces = |between: &str, source: &str| {
        let text = format!("“We go,” said {source}{between}. “We never wanted to stay.”");
        let segments = Segments::of(&text);
        let mut claim = candidate(&text, &segments, &["“We go,”"], "said", 2.0);
        let words = source.split(' ').count();
        claim.source = Some(claim.cue.end..claim.cue.end + words);
        let quotes = link(&text, &segments, vec![claim], &Confidence::default());
        quotes.iter().map(|q| q.content.len()).sum::<usize>()
    };
    assert_eq!(pieces("", "Souza"), 2);
    assert_eq!(pieces("", "the old river board"), 2);
    assert_eq!(pieces(" late today", "Souza"), 2);
    assert_eq!(pieces(" rather late today", "Souza"), 1);
}

#[test]
fn a_source_in_two_paragraphs_is_its_part_next_to_the_cue() {
    let source = |text: &str, cue: &str, content: &str, source: Range<usize>| {
        let segments = Segments::of(text);
        let mut claim = candidate(text, &segments, &[content], cue, 2.0);
        claim.source = Some(source);
        link(text, &segments, vec![claim], &Confidence::default()).remove(0).source
    };
    let text = "Chen\n\nSouza said that it rained.";
    assert_eq!(source(text, "said", "that it rained", 0..2), Some(1..2));
    let text = "“We go,” said Souza\n\nChen left.";
    assert_eq!(source(text, "said", "“We go,”", 6..8), Some(6..7));
}

#[test]
fn a_dateline_is_no_part_of_quote_or_source() {
    let text = "OSLO, May 3 — Rain fell, Souza said.";
    let segments = Segments::of(text);
    let mut claim = candidate(text, &segments, &["OSLO, May 3 — Rain fell"], "said", 2.0);
    claim.source = Some(0..6);
    let quote = link(text, &segments, vec![claim], &Confidence::default()).remove(0);
    assert_eq!(quote.content.len(), 1);
    assert_eq!((&quote.content[0], quote.source), (&(5..7), Some(5..6)));
}

#[test]
fn who_urges_is_not_whom_they_urge() {
    let text = "So urged the river board to mend it.";
    let segments = Segments::of(text);
    let content = |source: Range<usize>| {
        let mut claim = candidate(text, &segments, &["to mend it"], "urged", 2.0);
        claim.source = Some(source);
        link(text, &segments, vec![claim], &Confidence::default()).remove(0).content.remove(0)
    };
    assert_eq!(content(2..5), 5..8);
    assert_eq!(content(3..5), 5..8);
    assert_eq!(content(0..1), 2..8);
}

#[test]
fn a_quotation_past_another_s_paragraph_is_no_more_of_the_quote() {
    let text = "Souza said it rains.\n\nThe dam is old and big.\n\n“We will stay here for long.”";
    let claim: (&[&str], &str, f32) = (&["it rains", "“We will stay here for long.”"], "said", 3.0);
    assert_eq!(contents(text, &[claim]), [["it rains"]]);
    let text = "Souza said it rains.\n\n“We will stay here for long.”";
    assert_eq!(contents(text, &[claim]), [["it rains", "“We will stay here for long.”"]]);
}

#[test]
fn a_quotation_is_made_whole_beside_its_source() {
    let text = "Souza said “we go to the shore”.";
    let segments = Segments::of(text);
    let mut claim = candidate(text, &segments, &["go to the shore"], "said", 2.0);
    claim.source = Some(0..1);
    let content = link(text, &segments, vec![claim], &Confidence::default()).remove(0).content;
    assert_eq!(content.first(), Some(&(2..9)));
}

#[test]
fn a_relative_clause_with_a_sign_before_its_quotation_is_not_joined() {
    for (text, joined) in [
        ("Souza described the raid, which began “at four”.", true),
        ("Souza described the raid, which – “at four”.", false),
    ] {
        let found = contents(text, &[(&["the raid"], "described", 2.0)]);
        assert_eq!(found[0].concat() != "the raid", joined, "{text}");
    }
}

#[test]
fn a_quote_that_is_as_likely_as_none_is_not_lengthened() {
    let text = "Souza praised her speech on the monsoon.";
    let found = |lead: f32| {
        let segments = Segments::of(text);
        let mut claim = candidate(text, &segments, &["her speech"], "praised", 2.0);
        claim.lead = lead;
        link(text, &segments, vec![claim], &Confidence::default()).remove(0).content.remove(0)
    };
    assert_eq!(found(0.0), 2..4);
    assert_eq!(found(-0.5), 2..7);
}

#[test]
fn a_sentence_in_two_quotations_is_one_quote() {
    let found = |text: &str, source: Option<Range<usize>>, claims: &[(&[&str], &str)]| {
        let segments = Segments::of(text);
        let made = claims.iter().map(|(content, cue)| {
            let mut claim = candidate(text, &segments, content, cue, 2.0);
            claim.source.clone_from(&source);
            claim
        });
        let quotes = link(text, &segments, made.collect(), &Confidence::default());
        let of = |words: &Range<usize>| segments.span(words).and_then(|s| s.of(text)).unwrap_or_default();
        let told =
            |q: &Attribution| (q.content.len(), q.source.as_ref().map(of).unwrap_or_default().to_owned());
        quotes.iter().map(told).collect::<Vec<_>>()
    };
    let text = "“We asked,” said Ann Lee, the nurse, “and left.”";
    let (first, second): (&[&str], &[&str]) = (&["“We asked,”"], &["“and left.”"]);
    let whole = [(2, "Ann Lee, the nurse".to_owned())];
    for piece in [first, second] {
        assert_eq!(found(text, Some(6..11), &[(piece, "said")]), whole);
        assert_eq!(found(text, Some(6..16), &[(piece, "said")]), whole, "a source ends before the comma");
    }
    assert_eq!(found(text, Some(6..8), &[(first, "said")]), [(2, "Ann Lee".to_owned())]);
    // What another has, and what a cue elsewhere attributes, stays.
    assert_eq!(found(text, None, &[(first, "said"), (second, "nurse")]).len(), 2);
    assert_eq!(found(text, None, &[(first, "said"), (&["the nurse"], "Ann")]).len(), 2);
    let text = "Chen said “we go,” the sign of Ann Lee, “and left.”";
    assert_eq!(found(text, None, &[(&["“we go,”"], "said")]), [(1, String::new())]);
}

#[test]
fn who_is_told_and_what_is_spoken_of_are_no_content() {
    for (text, cue, content, expected) in [
        ("Souza told Chen the dam is safe.", "told", &["Chen the dam is safe"][..], &["the dam is safe"][..]),
        ("Souza told her it is safe.", "told", &["her it is safe"], &["it is safe"]),
        ("Souza told the story.", "told", &["the story"], &["the story"]),
        ("Souza told Chen stories.", "told", &["Chen stories"], &["Chen stories"]),
        ("As Souza put it, “we go.”", "put", &["it, “we go.”"], &["“we go.”"]),
        ("Souza put it off.", "put", &["it off"], &["it off"]),
        ("Souza put it, she felt.", "put", &["it"], &["it"]),
        ("“We go,” Souza said of the dam.", "said of", &["“We go,”", "the dam"], &["“We go,”"]),
        ("“We go,” Souza said about the dam.", "said", &["“We go,”", "about the dam"], &["“We go,”"]),
        (
            "“We go,” Souza said of the dam, “now.”",
            "said of",
            &["“We go,”", "the dam, “now.”"],
            &["“We go,”", "“now.”"],
        ),
        ("We go, Souza said of the dam.", "said of", &["We go", "the dam"], &["We go", "the dam"]),
        (
            "“We go,” Souza warned of the dam.",
            "warned of",
            &["“We go,”", "the dam"],
            &["“We go,”", "the dam"],
        ),
    ] {
        assert_eq!(contents(text, &[(content, cue, 3.0)]), [expected], "{text}");
    }
}

#[test]
fn what_a_quotation_calls_something_belongs_to_the_content() {
    for (text, cue, expected) in [
        ("Souza called the dam “a joke”.", "called", "the dam “a joke”"),
        ("Souza called the dam “a joke”.", "called the dam", "the dam “a joke”"),
        ("Souza called for “a joke”.", "called for", "“a joke”"),
        ("Souza called “a joke”.", "called", "“a joke”"),
        ("Souza called it, too, “a joke”.", "called", "“a joke”"),
        ("Souza called a b c d e f g h “a joke”.", "called", "a b c d e f g h “a joke”"),
        ("Souza called a b c d e f g h i “a joke”.", "called", "“a joke”"),
        ("Souza found the dam “a joke”.", "found", "“a joke”"),
    ] {
        assert_eq!(contents(text, &[(&["“a joke”"], cue, 3.0)]), [[expected]], "{text}");
    }
    let text = "Souza called the dam a joke.";
    assert_eq!(contents(text, &[(&["a joke"], "called", 3.0)]), [["a joke"]]);
}
