use super::abbreviations;
use super::*;

fn words(text: &str) -> Vec<&str> {
    Segments::of(text).words.iter().filter_map(|w| w.span.of(text)).collect()
}

fn sentences(text: &str) -> Vec<&str> {
    let segments = Segments::of(text);
    segments.sentences.iter().filter_map(|s| segments.span(s)?.of(text)).collect()
}

fn quotations(text: &str) -> Vec<&str> {
    let segments = Segments::of(text);
    segments.marks.quotations.iter().filter_map(|q| segments.span(&q.words)?.of(text)).collect()
}

#[test]
fn words_keep_what_belongs_together() {
    assert_eq!(
        words("The U.S. won't pay $3.5m, J. Smith-Jones's aide said."),
        ["The", "U.S.", "wo", "n't", "pay", "$", "3.5m", ",", "J.", "Smith-Jones", "'s", "aide", "said", "."]
    );
    assert_eq!(
        words("(www.a.example/x), http, www."),
        ["(", "www.a.example/x", ")", ",", "http", ",", "www", "."]
    );
    assert_eq!(words("See https://a.example/b?c=1. OK"), ["See", "https://a.example/b?c=1", ".", "OK"]);
    assert_eq!(
        words("``No,'' he ... said--twice"),
        ["``", "No", ",", "''", "he", "...", "said", "--", "twice"]
    );
    assert_eq!(
        words("O’Brien’s @handle #tag 10:30 a.m."),
        ["O’Brien", "’s", "@handle", "#tag", "10:30", "a.m."]
    );
}

#[test]
fn every_abbreviation_keeps_its_example_whole() {
    for (form, _, example) in abbreviations::rows() {
        let found = words(example);
        let kept = found.iter().any(|w| w.eq_ignore_ascii_case(&format!("{form}.")));
        assert!(kept, "{form}: {found:?}");
        let expected = if example.matches(". ").count() > 0 && example.contains(". The ") { 2 } else { 1 };
        assert_eq!(sentences(example).len(), expected, "{example}");
    }
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    assert_eq!(sentences("He met Mr. Holt. They left."), ["He met Mr. Holt.", "They left."]);
    assert_eq!(
        sentences("“So what?” said Ann. “Go!” Bo Ek said."),
        ["“So what?” said Ann.", "“Go!” Bo Ek said."]
    );
    assert_eq!(
        sentences("It rose 3.5 percent in the U.S. The rest fell."),
        ["It rose 3.5 percent in the U.S.", "The rest fell."]
    );
    assert_eq!(sentences("“He wants it to... end,” she said."), ["“He wants it to... end,” she said."]);
    assert_eq!(sentences("One line\nTwo lines\n\nThree."), ["One line", "Two lines", "Three."]);
    assert_eq!(sentences("A hard-wrapped\nline."), ["A hard-wrapped\nline."]);
}

#[test]
fn marks_pair_in_every_style() {
    assert_eq!(
        quotations("He said \"yes\" and “no” and ''so'' and ``but'' and «ja»."),
        ["\"yes\"", "“no”", "''so''", "``but''", "«ja»"]
    );
    assert_eq!(quotations("that \"no one would be sidelined.”"), ["\"no one would be sidelined.”"]);
    assert_eq!(quotations("'It's the Joneses' dog,' he said of the '90s."), ["'It's the Joneses' dog,'"]);
    assert_eq!(quotations("Rock 'n' roll isn't the boys' thing."), Vec::<&str>::new());
    assert_eq!(quotations("“He said ‘go’ to me,” she said."), ["“He said ‘go’ to me,”", "‘go’"]);
    assert_eq!(quotations("‘She said “go” to me,’ he said."), ["‘She said “go” to me,’", "“go”"]);
}

#[test]
fn a_stray_mark_costs_at_most_its_paragraph() {
    assert_eq!(quotations("A stray \" here.\n\n“Fine,” he said."), ["“Fine,”"]);
    assert_eq!(quotations("A stray ” here. “Fine,” he said."), ["“Fine,”"]);
    assert_eq!(quotations("A stray “ here. “Fine,” he said."), ["“Fine,”"]);
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    let text = "“We go, he said.\n\n“We stay.” So be it.";
    assert_eq!(quotations(text), ["“We go, he said.", "“We stay.”"]);
    assert!(!Segments::of(text).marks.quotations[0].closed);
}

#[test]
fn joiners_and_accents_alone_are_no_words() {
    let kinds = |text: &str| -> Vec<WordKind> { Segments::of(text).words.iter().map(|w| w.kind).collect() };
    assert!(!kinds("“❤\u{fe0f}\u{200d}🔥” \u{301} \u{ad}\u{200c}").contains(&WordKind::Word));
    assert_eq!(words("\u{301}No e\u{301}t\u{200d}c"), ["\u{301}", "No", "e\u{301}t\u{200d}c"]);
}

#[test]
fn what_no_reader_sees_is_no_word() {
    assert_eq!(words("\u{feff}No,\u{200b} he\u{202c}\u{200f} said\0."), ["No", ",", "he", "said", "."]);
    assert_eq!(quotations("\u{feff}\u{202a}\"No,\u{202c}\" he said."), ["\"No,\u{202c}\""]);
}

#[test]
fn any_text_is_cut_without_loss() {
    for text in ["", " \n ", "\0\u{1}", "'''\"\"\"", "’’’‘‘‘", "a\u{301}\u{200d}b", "…….?!", "»»««", "é.É.é"]
    {
        let segments = Segments::of(text);
        assert_eq!(check::broken(text, &segments), None, "{text:?}");
    }
}
