//! What the rules find, sentence by sentence: cue and content in, sides out.

use super::{Composed, composed, takes};
use crate::record::{Act, Label};
use crate::segment::Segments;

/// What the rules find in "cue | content".
fn read(quote: &str, act: Act) -> Option<Composed> {
    let text = quote.replace('|', "");
    let segments = Segments::of(&text);
    let cut = quote.find('|').unwrap_or(0);
    let first = segments.words.partition_point(|word| word.span().end() <= cut);
    let (cue, content) = (0..first, first..segments.words.len());
    composed(&text, &segments, Some(&cue), std::slice::from_ref(&content), act)
}

/// The sides in "cue | content": "+" for, "-" against, "=" neither, with their targets; "…" where the learned reading names it.
fn sides(quote: &str, act: Act) -> String {
    let text = quote.replace('|', "");
    let segments = Segments::of(&text);
    let Some(found) = read(quote, act) else {
        return String::new();
    };
    let all = std::iter::once(&found.main).chain(&found.further).map(|certain| {
        let target = certain.target.as_ref().and_then(|words| segments.span(words)?.of(&text));
        let sign = match certain.label {
            Label::Support => '+',
            Label::Oppose => '-',
            _ => '=',
        };
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
        (
            "said |that “no one on the islands will be left behind”",
            "+no one on the islands will be left behind",
        ),
        ("said |no one was hurt by the fire", ""),
        ("said |no one was seen at the mill", ""),
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
fn denials_are_against_what_they_deny() {
    let found = [
        ("denied |that the dam had leaked", "-…"),
        ("has denied |any link to the firm", "-any link to the firm"),
        ("denied |he had sold the mill", "-…"),
        ("rebutted |the bank’s sums", "-the bank’s sums"),
        ("refuted |criticism of the rescue", "-criticism of the rescue +the rescue"),
        ("did not deny |the rumour", "=the rumour"),
        ("was denied |a visa", ""),
        ("said |“I have never taken a coin from the guild”", "-taken a coin from the guild"),
        ("said |he never actually paid the guild", "-paid the guild"),
        ("said |“I have never seen such hail”", ""),
        ("said |“We never expected such hail”", ""),
        ("said |“We never eat meat”", ""),
        ("echoed |fears that the kiln is dangerous", "-the kiln"),
        ("brushed aside |fears that the kiln is dangerous", ""),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Statement), expected, "{quote}");
    }
}

#[test]
fn acts_follow_from_cues() {
    let found = [
        ("had praised |the new clock", Some(Act::Statement)),
        ("was ridiculed by |the new guild", Some(Act::Statement)),
        ("also backs |the new clock", Some(Act::Attitude)),
        ("will not back |the new clock", None),
        ("rejected |the new clock", None),
        ("denied |that the dam had leaked", Some(Act::Denial)),
        ("denied |the growers a permit to burn stubble", Some(Act::Decision)),
        ("denied |a claim of fraud in visa offices", Some(Act::Denial)),
        ("disputes |the bank’s sums", Some(Act::Denial)),
        ("did not dispute |the sums", None),
        ("said |“We have never sold a lame horse”", Some(Act::Denial)),
        ("said |“We will never sell a lame horse”", None),
    ];
    for (quote, expected) in found {
        assert_eq!(read(quote, Act::Statement).and_then(|found| found.act), expected, "{quote}");
    }
}

#[test]
fn matters_of_course_are_no_sides_and_promises_with_a_price_are() {
    let found = [
        ("said |the panel will debate the motion to scrap the fee", "=…"),
        ("said |a judge would review the case against the guild in May", "=…"),
        ("said |we will consider the request", ""),
        ("said |the panel has debated the motion", ""),
        ("said |“We will lend the barge provided the locks are mended”", "+lend the barge"),
        ("said |“We will be glad provided it rains”", ""),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Statement), expected, "{quote}");
    }
}

#[test]
fn questions_that_ask_nothing_take_sides() {
    let found = [
        ("asked |“Who would not be grateful for such rain?”", "+such rain"),
        ("asked |“Who would not oppose the levy?”", "-the levy"),
        ("asked |“Who would trust the bank?”", "-the bank"),
        ("asked |“Who would pay for it?”", ""),
        ("asked |who would support the levy", ""),
        ("asked |“What sort of bank charges widows for a stamp?”", "-bank charges widows for a stamp"),
        ("asked |“What kind of bank is this?”", ""),
    ];
    for (quote, expected) in found {
        assert_eq!(sides(quote, Act::Question), expected, "{quote}");
    }
}

#[test]
fn a_verb_takes_a_side_toward_an_object_right_behind_it() {
    let found = [
        ("The guild mocked the new clock.", "mocked", true),
        ("The guild called the clock a toy.", "called", true),
        ("The guild called on Monday.", "called", false),
        ("The guild asked the smith why it stopped.", "asked", true),
        ("The guild asked the smith to stop it.", "asked", false),
        ("The clock was mocked by the guild.", "mocked", false),
        ("The guild wants to praise the clock.", "praise", false),
        ("The man who praised the clock left.", "praised", false),
    ];
    for (text, verb, expected) in found {
        let segments = Segments::of(text);
        let at = (0..segments.words.len()).find(|n| segments.words[*n].span().of(text) == Some(verb));
        assert_eq!(at.map(|n| takes(text, &segments, n)), Some(expected), "{text}");
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
