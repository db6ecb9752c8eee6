//! What the rules find, sentence by sentence: cue and content in, sides out.

use super::composed;
use crate::record::Act;
use crate::segment::Segments;

/// The sides in "cue | content": "+" for, "-" against, with their targets; "…" where the learned reading names it.
fn sides(quote: &str, act: Act) -> String {
    let text = quote.replace('|', "");
    let segments = Segments::of(&text);
    let cut = quote.find('|').unwrap_or(0);
    let first = segments.words.partition_point(|word| word.span.end() <= cut);
    let (cue, content) = (0..first, first..segments.words.len());
    let Some(found) = composed(&text, &segments, Some(&cue), std::slice::from_ref(&content), act) else {
        return String::new();
    };
    let all = std::iter::once(&found.main).chain(&found.further).map(|certain| {
        let target = certain.target.as_ref().and_then(|words| segments.span(words)?.of(&text));
        let sign = if certain.label == crate::record::Label::Support { '+' } else { '-' };
        format!("{sign}{}", target.unwrap_or("…"))
    });
    all.collect::<Vec<_>>().join(" ")
}

#[test]
fn sides_follow_from_verbs_nouns_and_negations() {
    let found = [
        ("opposed |the toll", "-the toll"),
        ("does not oppose |the toll", "+the toll"),
        ("refused to endorse |the mayor", "-the mayor"),
        ("would not rule out |a strike", "+a strike"),
        ("walked back |his words", ""),
        ("defended |himself", ""),
        ("vowed |to fight the toll", "-the toll"),
        ("vowed |to scrap the toll", "+scrap the toll -the toll"),
        ("vowed |never to sell the mill", "-sell the mill"),
        ("vowed |to work to repeal the law", "+work to repeal the law -the law"),
        ("urged |the king to free the poet", "+free the poet +the poet"),
        ("urged |the king not to free the poet", "-free the poet -the poet"),
        ("urged |the king to mend the dykes rather than build new ones", "+mend the dykes -build new ones"),
        ("asked |whether he had the right to vote", ""),
        ("was asked |to comment", ""),
        ("declined |to comment on the toll", ""),
        ("declined |to pay the toll", "-pay the toll"),
        ("tried to walk back |the pledge", ""),
        ("backed away from |the pledge", ""),
        ("will back |the pledge", "+the pledge"),
        (
            "called for |an end to the ban on fishing",
            "+an end to the ban on fishing -the ban on fishing +fishing",
        ),
        ("condemned |the ban on fishing", "-the ban on fishing"),
        ("rejected |criticism of the rescue", "-criticism of the rescue +the rescue"),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Statement), expected, "{quote}");
    }
}

#[test]
fn content_takes_sides_by_itself() {
    let found = [
        ("said |she would vote against the budget", "-the budget"),
        ("said |“We will never back the mayor”", "-the mayor"),
        ("said |“Stop the dredgers now”", "+Stop the dredgers now -the dredgers"),
        ("said |“Let the dredgers work”", "+Let the dredgers work +the dredgers work"),
        ("said |“Spend it on the old, not on tanks”", ""),
        ("said |“Spend the money on schools, not on tanks”", "+Spend the money on schools -tanks"),
        ("said |Peru should not join the pact", "-join the pact -the pact"),
        ("said |the vote should be a lesson", ""),
        ("said |Ghana was not willing to send engineers", "-send engineers"),
        ("said |the fund would lend to Chad only if the mines were closed", "+lend to Chad only"),
        ("said |nobody in this valley wants the dam", "-the dam"),
        ("asked |“How can anybody call this bridge safe?”", "-this bridge safe"),
        ("asked |“Why on earth should we pay for it?”", "-pay for it"),
        ("asked |“Why is it late?”", ""),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Statement), expected, "{quote}");
    }
    assert_eq!(sides("said |she would not sell the mill", Act::Intention), "-sell the mill");
    assert_eq!(sides("said |she would not sell the mill", Act::Statement), "");
}

#[test]
fn judgements_take_sides() {
    let found = [
        ("said |the bridge is a disaster", "-the bridge"),
        ("said |the bridge, which was not cheap, is a triumph", "+the bridge"),
        ("said |the bridge was not a mistake", "+the bridge"),
        ("said |it is wrong to close the school", "-close the school"),
        ("does not think |the levy is fair", "-the levy"),
        ("said |the levy is encouraging growers to leave", ""),
        ("said |the levy is paid by good and bad", ""),
        ("said |although the hall was a delight, the play was a disgrace", "-the play +the hall"),
        ("said |the ferry was far better than the bridge", "+the ferry -the bridge"),
        ("said |the ferry was far longer than the bridge", ""),
        ("said |the stove was just as filthy as the old one", "-the stove -the old one"),
        ("said |he preferred a tram to a motorway", "+a tram -a motorway"),
        ("said |there is no better school than ours", "+ours"),
        ("called |the bridge a death trap", "-the bridge"),
        ("described |the ruling as “a triumph”", "+the ruling"),
        ("said |the cable car had ruined the old town", "-the cable car"),
        ("said |the cable car would not ruin the old town", ""),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Statement), expected, "{quote}");
    }
}

#[test]
fn broken_texts_are_read_without_a_fault() {
    for quote in [
        "|",
        "said |",
        "urged |to",
        "by |not to",
        "would not |“",
        "|?",
        "called |a a",
        "wants |that",
        "no |more than",
    ] {
        sides(quote, Act::Intention);
    }
    let ends =
        ["“Stop", "If so,", "although", "how can ?", "why should", "it is", "let", "prefer to", "X, which"];
    for content in ends {
        for cue in ["said |", "urged |", "vowed |", "preferred |", "was opposed by |", "called |"] {
            sides(&format!("{cue}{content}"), Act::Intention);
        }
    }
}
