//! What a speaker's record holds, and people whom the user knows.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::sync::LazyLock;

use onrecord::{Article, Extractor, Gender, Person, Speaker};

static PLAIN: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().unwrap());
static KNOWN: LazyLock<Extractor> = LazyLock::new(|| knowing(&people()).unwrap());

fn knowing(people: &[Person]) -> Result<Extractor, onrecord::Error> {
    Extractor::new()?.with_people(people)
}

fn person(name: &str, aliases: &[&str], id: Option<&str>) -> Person {
    let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    Person { name: name.to_owned(), aliases, id: id.map(str::to_owned) }
}

fn people() -> Vec<Person> {
    vec![
        person("Margaret Ekdahl", &["the Iron Lady", "Maggie Ekdahl", "POTUS"], Some("Q1")),
        person("Sir Keir Ostrom", &["Keir Ostrom", "Sir Keir"], Some("Q2")),
        person("Anna-Lena O'Brien", &[], Some("Q3")),
        person("Malcolm X", &[], Some("Q4")),
        person("Bo Lee", &["Lee Bo"], Some("Q5")),
        person("Eva Ekdahl", &[], Some("Q6")),
        person("Dwayne \"The Stone\" Jarl", &[], Some("Q7")),
    ]
}

/// The speaker of an article's last quote.
fn last(article: &Article) -> &Speaker {
    let number = article.quotes.last().and_then(|q| q.speaker).expect("a quote with a speaker");
    &article.speakers[number as usize]
}

#[test]
fn names_and_aliases_find_their_person() {
    let cases = [
        ("“We will not go,” said Margaret Ekdahl.", "Q1"),
        ("“We will not go,” said the Iron Lady on Monday.", "Q1"),
        ("The Iron Lady said that taxes would rise.", "Q1"),
        ("POTUS said on Monday that the bill was ready.", "Q1"),
        ("“Never,” said Margaret \u{a0}Ekdahl.", "Q1"),
        // Pronouns and surnames join as they do for any name; a surname is that of the user's name too.
        ("Maggie Ekdahl won. “I am glad,” she said.", "Q1"),
        ("The Iron Lady left. “I am tired,” said Ekdahl.", "Q1"),
        ("“I am tired,” said Ekdahl. Eva Ekdahl left.", "Q6"),
        // With a title, and with a title as part of the name.
        ("“It is over,” said Prime Minister Keir Ostrom.", "Q2"),
        ("“It is over,” said Sir Keir.", "Q2"),
        // Hyphens like spaces, any apostrophe, the full stop of an initial or of the sentence.
        ("Democrat Anna Lena O’Brien said that the vote was rigged.", "Q3"),
        ("“It is done,” said Malcolm X.", "Q4"),
        ("“It is done,” Malcolm X. said.", "Q4"),
        ("“It is done,” said Dwayne “The Stone” Jarl.", "Q7"),
        // A headline's capitals.
        ("Bo Lee Rejects Plan to Cut Taxes in the North\n\n“No,” he said.", "Q5"),
    ];
    for (text, id) in cases {
        let article = KNOWN.extract(text).unwrap();
        let speaker = last(&article);
        assert_eq!(speaker.id.as_deref(), Some(id), "{text}: {speaker:?}");
        let own = people().into_iter().find(|p| p.id.as_deref() == Some(id)).unwrap();
        assert_eq!(
            (speaker.name.as_str(), speaker.kind),
            (own.name.as_str(), onrecord::SpeakerType::Person),
            "{text}"
        );
        for mention in &speaker.mentions {
            assert_eq!(text.get(mention.start as usize..mention.end as usize), Some(mention.text.as_str()));
        }
    }
}

#[test]
fn other_names_stay_what_they_are() {
    let cases = [
        "“It is done,” said Ekdahl.",
        "“It is done,” said the iron lady.",
        "“It is done,” said Bo lee Strand.",
        "“It is done,” said Eva Lee.",
        "“It is done,” said a Bo Lee Foundation spokesman.",
        "The Bo Lee Foundation said that it was sorry.",
        "“It is done,” said Malcolm Strand.",
        "“It is done,” said Margaret. Ekdahl, a town, was quiet.",
    ];
    for text in cases {
        let (known, plain) = (KNOWN.extract(text).unwrap(), PLAIN.extract(text).unwrap());
        assert_eq!(known, plain, "{text}");
    }
}

#[test]
fn two_people_of_one_surname_stay_two() {
    let text = "Maggie Ekdahl and her sister met. “No,” said Eva Ekdahl. “Yes,” said the Iron Lady.";
    let article = KNOWN.extract(text).unwrap();
    let ids: Vec<_> = article.speakers.iter().map(|s| s.id.as_deref()).collect();
    assert_eq!(ids, [Some("Q1"), Some("Q6")]);
}

#[test]
fn wrong_people_are_refused_by_their_place() {
    let ann = || person("Ann Lee", &["the boss"], Some("1"));
    let cases = [
        (person("", &[], None), "people[1]: name must hold a letter or digit, not ''"),
        (
            person("Bo Ek", &["x", " — "], None),
            "people[1]: aliases[1] must hold a letter or digit, not ' — '",
        ),
        (person("Bo Ek", &[], Some("")), "people[1]: id must not be empty"),
        (person("Bo Ek", &[], Some("1")), "people[1]: the id '1' is also that of people[0], 'Ann Lee'"),
        (
            person("Bo Ek", &["the  boss"], None),
            "people[1]: aliases[0] 'the  boss' would name both 'Bo Ek' and people[0], 'Ann Lee'",
        ),
        (ann(), "people[1]: name 'Ann Lee' would name both 'Ann Lee' and people[0], 'Ann Lee'"),
        (person(&"a ".repeat(17), &[], None), "people[1]: name has 17 words; a name may have 16"),
    ];
    for (second, message) in cases {
        let error = knowing(&[ann(), second]).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
    assert!(knowing(&[person("Ann Lee", &["Ann Lee", "Ann-Lee"], None)]).is_ok());
}

#[test]
fn genders_are_those_that_the_text_shows() {
    let cases = [
        ("“No,” said Maria Souza.", None),
        ("“No,” said Maria Souza. She left.", Some(Gender::Female)),
        ("Robin Holt said he was tired.", Some(Gender::Male)),
        ("“No,” said Mrs. Souza.", Some(Gender::Female)),
        ("“No,” said Sir Robin Holt.", Some(Gender::Male)),
        ("“No,” said spokeswoman Robin Holt.", Some(Gender::Female)),
        ("“No,” said Robin Holt, a mother of two.", Some(Gender::Female)),
        ("“No,” said a spokeswoman.", Some(Gender::Female)),
        ("“No,” said Chairman Robin Holt.", None),
        ("“No,” said Mr. Holt, a mother of two.", None),
        ("“She is late,” said Robin Holt.", None),
        ("“No,” said Mr. Holt and Mr. Ek.", None),
        ("The company said it would pay.", None),
    ];
    for (text, gender) in cases {
        let article = PLAIN.extract(text).unwrap();
        assert_eq!(last(&article).gender, gender, "{text}");
    }
}

#[test]
fn a_role_has_its_place_in_every_unit() {
    let text = "“É fácil,” said Ana Conceição, the mayor of Évora. She left.";
    let article = PLAIN.extract(text).unwrap();
    let place = |s: &Speaker| s.role_start.unwrap() as usize..s.role_end.unwrap() as usize;
    let speaker = last(&article);
    assert_eq!(text.get(place(speaker)), speaker.role.as_deref());
    let points: Vec<char> = text.chars().collect();
    let counted = article.clone().in_code_points();
    assert_eq!(points[place(last(&counted))].iter().collect::<String>(), "the mayor of Évora");
    let plain = PLAIN.extract("“No,” said Maria Souza.").unwrap();
    assert_eq!((plain.speakers[0].role_start, plain.speakers[0].role_end), (None, None));
}

#[test]
fn quotes_are_counted() {
    let text = "“No,” said Maria Souza. “Never,” she said. “Yes,” said Bo Ek.";
    let article = PLAIN.extract(text).unwrap();
    let counts: Vec<u32> = article.speakers.iter().map(|s| s.quote_count).collect();
    assert_eq!(counts, [2, 1]);
    // The surest quotes alone, and their speakers.
    let least = article.quotes.iter().map(|q| q.confidence).fold(0.0, f32::max);
    let sure = article.confident(least);
    for speaker in &sure.speakers {
        let own = sure.quotes.iter().filter(|q| q.speaker == Some(speaker.number)).count();
        assert_eq!(speaker.quote_count as usize, own);
        assert!(own > 0);
    }
}

#[test]
fn many_people_take_little_time() {
    let many: Vec<Person> = (0..10_000)
        .map(|n| person(&format!("the the the Ann Lee{n}"), &[&format!("Bo Ek{n}")], None))
        .collect();
    let clock = std::time::Instant::now();
    let extractor = knowing(&many).unwrap();
    let text = format!("“No,” said Bo Ek77.\n\n{}", "the ".repeat(100_000));
    let article = extractor.extract(&text).unwrap();
    assert_eq!(article.speakers[0].name, "the the the Ann Lee77");
    assert!(clock.elapsed().as_secs() < 20, "{:?}", clock.elapsed());
}
