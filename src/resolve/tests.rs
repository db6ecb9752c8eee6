use std::ops::Range;

use super::*;
use crate::record::SpeakerType;

const CASES: &str = include_str!("cases.tsv");

/// A text without the marks of a case, with its quotes.
struct Case {
    text: String,
    segments: Segments,
    quotes: Vec<Attribution>,
}

impl Case {
    /// Sources stand in [ ], contents in { }; `[]` is a quote without a source, whose cue follows.
    fn of(marked: &str) -> Self {
        let marked = marked.replace("\\n", "\n");
        let mut text = String::new();
        let (mut open, mut sources, mut contents) = (Vec::new(), Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '[' | '{' => open.push(text.len()),
                ']' => sources.push(Span::new(open.pop().unwrap_or(0), text.len())),
                '}' => contents.push(Span::new(open.pop().unwrap_or(0), text.len())),
                _ => text.push(c),
            }
        }
        let segments = Segments::of(&text);
        let words = |span: Span| -> Range<usize> {
            let start = segments.words.partition_point(|w| w.span().end() <= span.start());
            start..segments.words.partition_point(|w| w.span().start() < span.end()).max(start)
        };
        let mut contents = contents.into_iter().map(words);
        let quotes = sources.into_iter().map(|span| {
            let source = words(span);
            // The word behind the source stands for the cue, the one behind that for the content.
            let at = source.end;
            Attribution {
                content: vec![contents.next().unwrap_or(at + 1..at + 2)],
                cue: Some(at..at + 1),
                source: Some(source).filter(|s| !s.is_empty()),
                confidence: 1.0,
                stance: 0,
            }
        });
        let quotes = quotes.collect();
        Self { text, segments, quotes }
    }

    fn resolve(&self) -> Resolution {
        resolve(
            &self.text,
            &self.segments,
            &vec![Entity::None; self.segments.words.len()],
            &self.quotes,
            &People::default(),
        )
    }
}

fn type_name(kind: SpeakerType) -> String {
    format!("{kind:?}").to_lowercase()
}

/// "name (type; role)" of each quote's speaker, with no more detail than `like` asks for.
fn described(case: &Case, resolution: &Resolution, quote: usize, like: &str) -> String {
    let number = resolution.of_quote.get(quote).copied().flatten();
    let Some(speaker) = number.and_then(|n| resolution.speakers.get(n)) else {
        return "-".to_owned();
    };
    let role = speaker.role.and_then(|r| r.of(&case.text)).unwrap_or("-");
    match (like.contains('('), like.contains(';')) {
        (true, true) => format!("{} ({}; {role})", speaker.name, type_name(speaker.kind)),
        (true, false) => format!("{} ({})", speaker.name, type_name(speaker.kind)),
        _ => speaker.name.to_string(),
    }
}

#[test]
fn every_case_finds_its_speakers() {
    let mut wrong = Vec::new();
    let rows: Vec<_> = lexicon::rows(CASES).collect();
    assert!(rows.len() >= 60);
    for (phenomenon, marked, expected) in rows {
        let case = Case::of(marked);
        let resolution = case.resolve();
        let expected: Vec<&str> = expected.split(" | ").take(case.quotes.len()).collect();
        let found: Vec<String> =
            expected.iter().enumerate().map(|(n, like)| described(&case, &resolution, n, like)).collect();
        if found != expected {
            wrong.push(format!("{phenomenon}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_noun_is_read_as_its_class_says() {
    for (form, class, example) in lexicon::rows(lexicon::NOUNS) {
        let expected = match class {
            "people" => SpeakerType::Group,
            "body" => SpeakerType::Organization,
            "text" => SpeakerType::Document,
            _ => SpeakerType::Unnamed,
        };
        let case = Case::of(&format!("Later [{example}] said no."));
        let found = case.resolve();
        assert_eq!(found.speakers.first().map(|s| s.kind), Some(expected), "{form}: {example}");
    }
}

#[test]
fn every_title_and_country_is_read() {
    for (form, _, example) in lexicon::rows(lexicon::TITLES) {
        let found = Case::of(&format!("Later [{example}] said no.")).resolve();
        assert_eq!(found.speakers.first().map(|s| s.name.as_str()), Some("Adeyemi"), "{form}");
    }
    for (form, example, _) in lexicon::rows(lexicon::STATES) {
        let found = Case::of(&format!("Later [{example}] said no.")).resolve();
        let speaker = found.speakers.first().map(|s| (s.name.as_str(), s.kind));
        assert_eq!(speaker, Some((form, SpeakerType::Country)), "{form}");
    }
}

#[test]
fn every_word_of_grammar_bounds_its_phrase() {
    for (form, class, example) in lexicon::rows(lexicon::GRAMMAR) {
        assert!(example.to_lowercase().contains(form), "{form}");
        if example.contains("minister Ann Lee") && !matches!(class, "nation" | "describes") {
            let case = Case::of(&example.replace("minister Ann Lee", "minister [Ann Lee] said no."));
            let found = case.resolve();
            let role = found.speakers.first().and_then(|s| s.role).and_then(|r| r.of(&case.text));
            assert_eq!(role, Some("minister"), "{example}");
        } else {
            let case = Case::of(&format!("Later [{example}] said no."));
            assert_eq!(case.resolve().of_quote, [Some(0)], "{example}");
        }
    }
}

#[test]
fn every_calling_is_a_role() {
    for (verb, class, example) in lexicon::rows(clause::CALLINGS) {
        let case = Case::of(&example.replace("Ann Lee", "[Ann Lee]"));
        let found = case.resolve();
        let role = found.speakers.first().and_then(|s| s.role).and_then(|r| r.of(&case.text));
        let clause = example.trim_start_matches("Ann Lee, who ").trim_end_matches(", said no.");
        let bare = clause.trim_start_matches(verb).trim_start().trim_start_matches("as ");
        let wanted = if matches!(class, "is" | "as") { bare } else { clause };
        assert_eq!(role, Some(wanted), "{example}");
    }
}

#[test]
fn every_given_name_draws_its_pronoun() {
    let rows: Vec<_> = lexicon::rows(lexicon::GIVEN).collect();
    let wrong: Vec<&str> = rows
        .iter()
        .filter(|(_, gender, example)| {
            let (pronoun, other) = if *gender == "he" { ("He", "Anna Ek") } else { ("She", "John Ek") };
            ["{a} met {b}", "{b} met {a}"].iter().any(|text| {
                let text = text.replace("{a}", example).replace("{b}", other);
                let found = Case::of(&format!("Later {text}. [{pronoun}] said no.")).resolve();
                found.speakers.first().is_none_or(|s| s.name != *example)
            })
        })
        .map(|(form, ..)| *form)
        .collect();
    assert!(rows.len() > 500 && wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_surname_that_stands_first_is_part_of_the_name() {
    let whole = |example: &str| {
        let found = Case::of(&format!("Later [{example}] said no.")).resolve();
        found.speakers.first().is_some_and(|s| s.name == example)
    };
    let rows = lexicon::rows(lexicon::FAMILY);
    // "Do", "He": words of grammar need labels.
    let rows = rows.filter(|(form, ..)| !lexicon::class(&form.to_lowercase()).is(lexicon::Class::GRAMMAR));
    let wrong: Vec<&str> = rows.filter(|(_, _, example)| !whole(example)).map(|(form, ..)| form).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn mentions_are_in_order_and_each_place_once() {
    let case = Case::of("Ann Lee came. [Lee] said she, Lee, was late. [She] left. {“I am,”} [Lee] said.");
    let found = case.resolve();
    let mentions: Vec<&str> = found.speakers[0].mentions.iter().filter_map(|m| m.of(&case.text)).collect();
    assert_eq!(mentions, ["Ann Lee", "Lee", "she", "Lee", "She", "I", "Lee"]);
    let spans = &found.speakers[0].mentions;
    assert!(spans.windows(2).all(|w| w[0] < w[1]));
    assert_eq!(found.speaker_at(spans[1]), Some(0));
    assert_eq!(found.speaker_at(Span::new(0, 0)), None);
    assert_eq!(found.speaker_at(Span::new(4, 12)), None);
}

#[test]
fn speakers_come_in_order_of_their_first_mention() {
    let found = Case::of("Bo Ek slept. [Ann Lee] said no. [Ek] said yes.").resolve();
    let names: Vec<&str> = found.speakers.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Bo Ek", "Ann Lee"]);
    assert_eq!(found.of_quote, [Some(1), Some(0)]);
}

#[test]
fn labels_help_and_do_not_rule() {
    let case = Case::of("Then Sotto Lane met Lima. [Sotto] said no. Later [Lane] agreed.");
    let mut labels = vec![Entity::None; case.segments.words.len()];
    labels[1] = Entity::Person;
    labels[2] = Entity::Person;
    labels[6] = Entity::Organization;
    let found = resolve(&case.text, &case.segments, &labels, &case.quotes, &People::default());
    assert_eq!(found.of_quote, [Some(0), Some(0)]);
    assert_eq!(found.speakers[0].name, "Sotto Lane");
}

#[test]
fn any_text_and_any_quote_give_a_result() {
    let texts = [
        "",
        " ",
        "\0",
        "''\"\"",
        "He",
        "A. B. C.",
        "ß’s ’ s",
        "(((",
        "Ann Lee and and and Lee",
        "Mr. Mr. Mr.",
        "é, É, é",
    ];
    for text in texts {
        let segments = Segments::of(text);
        let count = segments.words.len();
        for start in 0..=count + 1 {
            for end in start..=count + 2 {
                let quote = Attribution {
                    content: std::iter::once(start..end).collect(),
                    cue: Some(start..end),
                    source: Some(start..end),
                    confidence: 0.5,
                    stance: 0,
                };
                let none =
                    Attribution { content: Vec::new(), cue: None, source: None, confidence: 0.0, stance: 0 };
                let found = resolve(text, &segments, &[], &[quote, none], &People::default());
                assert_eq!(found.of_quote.len(), 2);
            }
        }
    }
}

#[test]
fn a_long_transcript_with_many_speakers_is_fast() {
    let mut marked = String::new();
    for n in 0..10_000 {
        let (given, family) = (char::from(b'A' + (n % 26) as u8), n % 500);
        let name = format!(
            "{given}nn Bo{}",
            "xyzuvw".chars().cycle().skip(family % 6).take(3 + family / 40).collect::<String>()
        );
        marked.extend(["{“They lost it all again,”} [", &name, "] said there. "]);
    }
    let case = Case::of(&marked);
    let clock = std::time::Instant::now();
    let found = case.resolve();
    assert_eq!(found.of_quote.len(), 10_000);
    assert!(clock.elapsed().as_secs() < 20, "{:?}", clock.elapsed());
}
