use super::abbreviations;
use super::*;

fn words(text: &str) -> Vec<&str> {
    Segments::of(text).words.iter().filter_map(|w| w.span().of(text)).collect()
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
    let single = "‘We go, he said.\n\n‘We stay.’ So be it.";
    assert_eq!(quotations(single), ["‘We go, he said.", "‘We stay.’"]);
    // Without a mark at its start the next one is no part of it.
    assert_eq!(quotations("“We go, he said.\n\nWe stay.” So be it."), ["“We go, he said."]);
}

#[test]
fn joiners_and_accents_alone_are_no_words() {
    let kinds = |text: &str| -> Vec<WordKind> { Segments::of(text).words.iter().map(|w| w.kind()).collect() };
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

#[test]
fn the_neighbours_of_a_mark_tell_what_it_does() {
    for (text, found) in [
        ("He said“ go” to her.", vec!["“ go”"]),
        ("He said »yes« twice.", vec!["»yes«"]),
        ("« a « b » c", vec!["« b »"]),
        ("”Yes”, she said.", vec!["”Yes”"]),
        ("'no ' go' he said.", vec!["'no ' go'"]),
        ("\"We may go…\", he said.", vec!["\"We may go…\""]),
        ("(\"...we go,\" he said)", vec!["\"...we go,\""]),
        ("He read \" and went.", vec![]),
        ("It is 5'10\" long, or 'so'.", vec!["'so'"]),
        ("He sang 'til dawn and 'bout noon' left.", vec![]),
        ("The '90s' end and the '1990 law' here.", vec!["'1990 law'"]),
        ("‘So’ Joe‘s ‘pal’ said.", vec!["‘So’", "‘pal’"]),
        ("‘The boys’ dog,’ he said, ‘ran.’", vec!["‘The boys’ dog,’", "‘ran.’"]),
        ("“He ‘went,” she said. “Go’ home.”", vec!["“He ‘went,”", "“Go’ home.”"]),
    ] {
        assert_eq!(quotations(text), found, "{text}");
    }
}

#[test]
fn single_marks_too_go_on_in_the_next_paragraph() {
    assert_eq!(quotations("‘We go, he said.\n\n‘We stay.’"), ["‘We go, he said.", "‘We stay.’"]);
    assert_eq!(quotations("‘We go, he said.\n\nWe stay.’"), Vec::<&str>::new());
    assert_eq!(quotations("He: ‘We go.\n\n‘We stay.’"), ["‘We stay.’"]);
    assert_eq!(quotations("He: “ We go.\n\n“We stay.”"), ["“We stay.”"]);
    assert_eq!(quotations("He said: “We go.\n\nWe stay."), Vec::<&str>::new());
}

#[test]
fn a_quotation_knows_what_it_is_in() {
    let text = "Ann: “He said ‘go’ to me,” and ‘so’ on.";
    let Segments { words, marks, .. } = Segments::of(text);
    let told: Vec<_> = marks.quotations.iter().map(|q| (q.nested, q.double, q.closed)).collect();
    assert_eq!(told, [(false, true, true), (true, false, true), (false, false, true)]);
    let start = |n: usize| marks.around(n).map(|q| q.words.start);
    let starts: Vec<_> = (0..words.len()).map(start).collect();
    let (outer, other) = (Some(2), Some(13));
    assert_eq!(starts[..2], [None; 2]);
    assert_eq!(starts[2..12], [outer; 10]);
    assert_eq!(starts[12..], [None, other, other, other, None, None]);
    let roles = [2, 5, 7, 11].map(|n: usize| words[n].role());
    assert_eq!(roles, [MarkRole::Open, MarkRole::Open, MarkRole::Close, MarkRole::Close]);
}

#[test]
fn signs_inside_a_word_join_or_part() {
    for (text, found) in [
        ("ten:thirty and/or a,b 3,5 1/2", "ten|:|thirty|and|/|or|a|,|b|3,5|1/2"),
        ("R&D co-op a@b.org over.Next 3.x U.S.A", "R&D|co-op|a@b.org|over|.|Next|3|.|x|U.S.A"),
        ("can't n't cat't CAN'T he'd James' o'clock", "ca|n't|n't|cat't|CA|N'T|he|'d|James|'|o'clock"),
        ("# 5 @ home #tag @me", "#|5|@|home|#tag|@me"),
        (
            "said I. J. Ph.D. a.m. shop.example. No.. x...",
            "said|I|.|J.|Ph.D.|a.m.|shop.example|.|No|..|x|...",
        ),
        ("no. 5, No. Nine, no.", "no.|5|,|No|.|Nine|,|no|."),
        ("Mass. mass. mr. Mr. vs. etc.", "Mass.|mass|.|mr|.|Mr.|vs.|etc."),
        ("a-- - —— –.", "a|--|-|——|–|."),
        ("So is x. I am", "So|is|x|.|I|am"),
        ("_x_ é́a 5%", "_x_|é́a|5|%"),
    ] {
        assert_eq!(words(text).join("|"), found);
    }
}

#[test]
fn lines_and_signs_part_sentences() {
    for (text, found) in [
        ("A hard-wrapped\r\nline.", vec!["A hard-wrapped\r\nline."]),
        ("A line\r\n\r\nand one.", vec!["A line", "and one."]),
        ("A line\u{2029}and one.", vec!["A line", "and one."]),
        ("A line:\nand one.", vec!["A line:", "and one."]),
        ("“Go...” Bo left.", vec!["“Go...”", "Bo left."]),
        ("“Go...” Bo said.", vec!["“Go...” Bo said."]),
        ("“Go!” It rained. Bo said so.", vec!["“Go!”", "It rained.", "Bo said so."]),
        ("“Go.” Bo said so.", vec!["“Go.”", "Bo said so."]),
        ("“Go!” “Why?” she asked.", vec!["“Go!”", "“Why?” she asked."]),
        ("He went... And left.", vec!["He went...", "And left."]),
        ("Wait... 5 left.", vec!["Wait... 5 left."]),
        ("It rose. 5 left.", vec!["It rose.", "5 left."]),
        ("He left (at last.) They stayed.", vec!["He left (at last.)", "They stayed."]),
        ("It is in Mass. “We go,” he said.", vec!["It is in Mass.", "“We go,” he said."]),
        ("It is in Mass. voters say. (Ann left.)", vec!["It is in Mass. voters say.", "(Ann left.)"]),
        ("It is in Mass. Holt said.", vec!["It is in Mass. Holt said."]),
        ("It ended. * * *", vec!["It ended. * * *"]),
        ("Why?! No one knew. iPhones fell.", vec!["Why?!", "No one knew. iPhones fell."]),
        ("It ended. — — — — — Ann left.", vec!["It ended. — — — — — Ann left."]),
        ("He left. “go,” she said.", vec!["He left.", "“go,” she said."]),
    ] {
        assert_eq!(sentences(text), found, "{text}");
    }
}

#[test]
fn an_initial_ends_a_sentence_before_a_word_that_starts_one() {
    assert_eq!(sentences("They read Malcolm X. He left."), ["They read Malcolm X.", "He left."]);
    for text in ["John F. “Jack” Ek left.", "J. A. Ek left.", "John F. May left.", "Vitamin C. is dear."]
    {
        assert_eq!(sentences(text), [text]);
    }
}
