//! The public result types: what Rust callers, Python, JSON and tables all see.
//!
//! The serde shape of [`Article`] is the JSON of the command line and of Python's `Article.to_json()`.
//! A speaker is named by its number in [`Article::speakers`], and texts share one allocation, so that the records hold no
//! references.

use arcstr::Substr;
use serde::{Deserialize, Serialize};

/// Version of the serde shape of [`Article`]; it grows when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 2;

/// A stretch of the article: its offsets (end not included) and its text, unaltered.
///
/// Offsets count bytes, unless [`Article::in_code_points`] or [`Article::in_utf16`] has changed the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// First unit of the passage.
    pub start: u32,
    /// First unit after the passage.
    pub end: u32,
    /// The article's own words between the two.
    pub text: Substr,
}

/// How a quote gives its source's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Every word stands inside quotation marks.
    Direct,
    /// Some words stand inside quotation marks.
    Mixed,
    /// No word stands inside quotation marks.
    Indirect,
}

/// What the source does in a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Says that something is so ("said", "according to").
    Statement,
    /// Asks ("asked whether").
    Question,
    /// Holds something for true ("thinks", "expects").
    Belief,
    /// Likes, dislikes, hopes, fears ("praised", "fears").
    Attitude,
    /// Means to do something ("plans to", "vowed to").
    Intention,
    /// Wants something done ("called for", "urged").
    Demand,
    /// Settles something ("ruled", "agreed to").
    Decision,
    /// Says that something is not so ("denied").
    Denial,
    /// Notices ("saw", "found").
    Perception,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerType {
    /// One human being, named or known by a role.
    Person,
    /// A company, agency, party, court, newspaper.
    Organization,
    /// A country, or its capital standing for its government.
    Country,
    /// Several people ("voters", "two officials").
    Group,
    /// A text ("the poll", "a report").
    Document,
    /// A person or people that the article does not name ("a source close to the talks").
    Unnamed,
    /// Whoever wrote the article ("I", "we").
    Author,
}

/// The gender that an article shows of someone, by a pronoun, a title ("Mrs") or a noun ("spokeswoman").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// "he", "Mr", "spokesman".
    Male,
    /// "she", "Mrs", "spokeswoman".
    Female,
}

/// On which side of its target a stance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// For it.
    Support,
    /// Against it.
    Oppose,
    /// For it and against it at once.
    Mixed,
    /// No position shown.
    Neutral,
}

/// Whose words carry a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The holder's own, inside quotation marks.
    Quoted,
    /// The reporter's.
    Paraphrased,
}

/// How real the holder makes the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// As a fact.
    Asserted,
    /// "will", "shall", "going to".
    Will,
    /// "would".
    Would,
    /// "should", "ought to".
    Should,
    /// "must", "has to".
    Must,
    /// "may", "might", "could".
    May,
    /// "ready to", "willing to", "prepared to".
    Ready,
    /// "wants to", "hopes to".
    Wants,
}

macro_rules! words {
    ($($of:ident: [$($word:literal),+];)+) => {$(
        impl $of {
            /// The word that stands for each value in JSON, tables and Python, in the enum's order.
            pub const WORDS: &[&str] = &[$($word),+];
        }
    )+};
}

words! {
    Kind: ["direct", "mixed", "indirect"];
    Act: [
        "statement", "question", "belief", "attitude", "intention", "demand", "decision", "denial", "perception"
    ];
    SpeakerType: ["person", "organization", "country", "group", "document", "unnamed", "author"];
    Gender: ["male", "female"];
    Label: ["support", "oppose", "mixed", "neutral"];
    Voice: ["quoted", "paraphrased"];
    Modality: ["asserted", "will", "would", "should", "must", "may", "ready", "wants"];
}

/// One real source in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Number of the speaker in [`Article::speakers`].
    pub number: u32,
    /// The fullest name that the article gives ("Marco Rubio" for "he"), or that of [`crate::Person::name`].
    pub name: Substr,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: SpeakerType,
    /// The article's own words for its office or trade ("the U.S. secretary of state").
    pub role: Option<Substr>,
    /// Where the article speaks of it, in order, without overlaps.
    pub mentions: Vec<Passage>,
    /// Start of the role.
    pub role_start: Option<u32>,
    /// End of the role.
    pub role_end: Option<u32>,
    /// What the article shows of one person's gender, never by the given name; `None` also where it contradicts itself.
    pub gender: Option<Gender>,
    /// How many of [`Article::quotes`] are its.
    pub quote_count: u32,
    /// The user's own identifier, where [`crate::Extractor::with_people`] has it.
    pub id: Option<String>,
}

/// A source's position toward one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// Number of the quote in [`Article::quotes`].
    pub quote: u32,
    /// Number of the speaker who holds it.
    pub holder: Option<u32>,
    /// What it is about.
    pub target: Passage,
    /// The target's name, where the target is a speaker of the article, else its text.
    pub target_name: Substr,
    /// The side taken.
    pub label: Label,
    /// -1 (wholly against) to 1 (wholly for).
    pub score: f32,
    /// The words that carry it; none of a neutral one.
    pub evidence: Vec<Passage>,
    /// Whose words those are.
    pub voice: Voice,
    /// How real the holder makes it.
    pub modality: Modality,
    /// The words of a condition ("if a deal is signed").
    pub condition: Option<Passage>,
    /// True if the words that carry it are negated; `label` has taken that into account.
    pub negated: bool,
    /// The user's own target that this one belongs to.
    pub topic: Option<Substr>,
    /// The probability of the label, 0 to 1.
    pub confidence: f32,
}

/// Something that the article attributes to a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Start of the first piece.
    pub start: u32,
    /// End of the last piece.
    pub end: u32,
    /// The article's text from `start` to `end`, cue included where the quote is split around it.
    pub text: Substr,
    /// Direct, mixed or indirect.
    pub kind: Kind,
    /// The content, in one or more pieces.
    pub spans: Vec<Passage>,
    /// The parts of the content inside quotation marks, without the marks.
    pub verbatim: Vec<Passage>,
    /// The words that attribute ("said", "according to", ":").
    pub cue: Option<Passage>,
    /// The words for the source, as they stand next to the quote ("he").
    pub source: Option<Passage>,
    /// Number of the speaker in [`Article::speakers`], or `None` if the article does not tell.
    pub speaker: Option<u32>,
    /// What the source does.
    pub act: Act,
    /// True if the cue is negated ("did not say").
    pub negated: bool,
    /// The positions taken in it, three at most, the main one first; a neutral one where it takes none.
    pub stances: Vec<Stance>,
    /// The probability, 0 to 1, that an annotator would mark this quote too: content that shares half its words or
    /// more, and a source that shares one. Fitted to the development sets (`training/calibrate.py`).
    pub confidence: f32,
}

/// Everything found in one article.
///
/// The texts of an extractor's records are slices of the article's one text, which lives as long as the last of them: copy
/// what is to outlive a long article (`to_string`). A [`Substr`] is used like a `&str`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// [`SCHEMA_VERSION`] of the crate that made it.
    pub schema_version: u32,
    /// The caller's own identifier.
    pub id: Option<String>,
    /// The article as given.
    pub text: Substr,
    /// The sources, in order of their first mention.
    pub speakers: Vec<Speaker>,
    /// The quotes, in order of their start.
    pub quotes: Vec<Quote>,
}

impl Article {
    /// The stances of all quotes, in their order.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// let article = onrecord::Extractor::new()?.extract("Maria Souza condemned the dam.")?;
    /// assert!(article.stances().any(|stance| stance.target.text == "the dam"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn stances(&self) -> impl Iterator<Item = &Stance> {
        self.quotes.iter().flat_map(|q| &q.stances)
    }

    /// The same article without the quotes of a confidence below `least`, and without speakers who have no other.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// let article = onrecord::Extractor::new()?.extract("“We go,” said Ms. Souza.")?;
    /// assert_eq!(article.clone().confident(0.5).speakers.len(), 1);
    /// assert!(article.confident(1.1).speakers.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn confident(mut self, least: f32) -> Self {
        // By default nothing goes, and every article comes by here.
        if self.quotes.iter().all(|quote| quote.confidence >= least) {
            return self;
        }
        self.quotes.retain(|quote| quote.confidence >= least);
        // The new number of each speaker who is left.
        let mut new: Vec<Option<u32>> = vec![None; self.speakers.len()];
        for id in self.quotes.iter().filter_map(|quote| quote.speaker) {
            new.get_mut(id as usize).map(|number| number.replace(0));
        }
        new.iter_mut().flatten().zip(0..).for_each(|(number, n)| *number = n);
        let new = |id: Option<u32>| new.get(id? as usize).copied().flatten();
        self.speakers.retain(|speaker| new(Some(speaker.number)).is_some());
        for (n, speaker) in self.speakers.iter_mut().enumerate() {
            (speaker.number, speaker.quote_count) = (n as u32, 0);
        }
        for (n, quote) in self.quotes.iter_mut().enumerate() {
            quote.speaker = new(quote.speaker);
            if let Some(speaker) = quote.speaker.and_then(|n| self.speakers.get_mut(n as usize)) {
                speaker.quote_count += 1;
            }
            for stance in &mut quote.stances {
                (stance.quote, stance.holder) = (n as u32, new(stance.holder));
            }
        }
        self
    }

    /// The same article with all offsets counted in Unicode code points, as Python does.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// let article = onrecord::Extractor::new()?.extract("“Não,” said Ms. Souza.")?;
    /// assert_eq!(article.quotes[0].spans[0].end, 11);
    /// assert_eq!(article.in_code_points().quotes[0].spans[0].end, 6);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_code_points(self) -> Self {
        self.counted(|_| 1)
    }

    /// The same article with all offsets counted in UTF-16 units, as JavaScript and Java do.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// let article = onrecord::Extractor::new()?.extract("“A 🚢!” said Ms. Souza.")?;
    /// assert_eq!(article.quotes[0].spans[0].text, "“A 🚢!”");
    /// assert_eq!(article.in_utf16().quotes[0].spans[0].end, 7);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_utf16(self) -> Self {
        self.counted(|c| c.len_utf16() as u32)
    }

    /// Replaces every byte offset by the sum of `width` over the characters before it.
    fn counted(mut self, width: impl Fn(char) -> u32) -> Self {
        if self.text.is_ascii() {
            return self;
        }
        let mut offsets: Vec<&mut u32> = Vec::new();
        for s in &mut self.speakers {
            s.mentions.iter_mut().for_each(|p| p.offsets(&mut offsets));
            offsets.extend(s.role_start.iter_mut().chain(&mut s.role_end));
        }
        for q in &mut self.quotes {
            offsets.extend([&mut q.start, &mut q.end]);
            let own = q.spans.iter_mut().chain(&mut q.verbatim).chain(&mut q.cue);
            own.chain(&mut q.source).for_each(|p| p.offsets(&mut offsets));
            for s in &mut q.stances {
                s.target.offsets(&mut offsets);
                s.evidence.iter_mut().chain(&mut s.condition).for_each(|p| p.offsets(&mut offsets));
            }
        }
        offsets.sort_unstable();
        let mut chars = self.text.char_indices().peekable();
        let mut units = 0;
        for offset in offsets {
            while let Some((_, c)) = chars.next_if(|(at, _)| *at < *offset as usize) {
                units += width(c);
            }
            *offset = units;
        }
        self
    }
}

impl Passage {
    fn offsets<'a>(&'a mut self, into: &mut Vec<&'a mut u32>) {
        into.extend([&mut self.start, &mut self.end]);
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn places<T: DeserializeOwned>(words: &[&str], place: fn(T) -> usize) -> Vec<usize> {
        let values = words.iter().map(|word| serde_json::from_value((*word).into()));
        values.map(|value| value.map_or(usize::MAX, place)).collect()
    }

    #[test]
    fn words_stand_in_the_order_of_their_enums() {
        assert_eq!(places::<Kind>(Kind::WORDS, |v| v as usize), [0, 1, 2]);
        assert_eq!(places::<Act>(Act::WORDS, |v| v as usize), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(places::<SpeakerType>(SpeakerType::WORDS, |v| v as usize), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(places::<Gender>(Gender::WORDS, |v| v as usize), [0, 1]);
        assert_eq!(places::<Label>(Label::WORDS, |v| v as usize), [0, 1, 2, 3]);
        assert_eq!(places::<Voice>(Voice::WORDS, |v| v as usize), [0, 1]);
        assert_eq!(places::<Modality>(Modality::WORDS, |v| v as usize), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
