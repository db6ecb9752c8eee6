//! The user's own targets: which of them a stance is about, by the meaning of its words.

use arcstr::Substr;

use super::meaning::{Direction, Meaning, Term, terms};
use crate::encode::Weights;
use crate::error::{Error, Reason};
use crate::extract::WEIGHTS;
use crate::record::{Article, Quote, Stance};

/// From this probability on, a stance is about a topic.
const EVEN: f32 = 0.5;
/// How much the mean of a quote's words counts beside the sum of the target's: what "the plan" is, they tell.
const CONTEXT: f32 = 2.0;

/// What a user wants to know the stances toward: topics, each with phrases that name it.
///
/// A target is about a topic if it means what one of the topic's phrases means, whether or not they share words; of
/// several topics, the likeliest is taken. Give each topic two or three phrases, in the words that news would use.
///
/// ```
/// # fn main() -> Result<(), onrecord::Error> {
/// use onrecord::{Extractor, Topics};
///
/// let topics = Topics::new([("peacekeepers", ["European peacekeeping troops", "peacekeepers"])])?;
/// let extractor = Extractor::new()?.with_topics(topics);
/// let article = extractor.extract("Maria Souza rejected sending soldiers to keep the peace.")?;
/// assert_eq!(article.stances().next().and_then(|s| s.topic.as_deref()), Some("peacekeepers"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Topics {
    meaning: Meaning<'static>,
    names: Vec<Substr>,
    phrases: Vec<Phrase>,
}

/// One phrase of a topic.
#[derive(Clone, Debug)]
struct Phrase {
    /// Number of the topic.
    topic: usize,
    terms: Vec<Term>,
    direction: Direction,
}

/// A stance that is about what was asked for ([`Article::stance_on`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position<'a> {
    /// Who holds which side of what.
    pub stance: &'a Stance,
    /// The quote that it is read from.
    pub quote: &'a Quote,
    /// The probability, 0 to 1, that the stance's target is what was asked for.
    pub matching: f32,
}

impl Topics {
    /// Topics from their names and phrases.
    ///
    /// # Errors
    /// If a topic is named twice or has no phrases, if a phrase has no words, or if two topics share one.
    pub fn new<N, P>(topics: impl IntoIterator<Item = (N, P)>) -> Result<Self, Error>
    where
        N: Into<String>,
        P: IntoIterator,
        P::Item: AsRef<str>,
    {
        let meaning = Meaning::read(&Weights::read(WEIGHTS)?)?;
        let mut all = Self { meaning, names: Vec::new(), phrases: Vec::new() };
        for (name, phrases) in topics {
            let name = Substr::from(name.into());
            if all.names.contains(&name) {
                return Err(fault(format!("topic {name:?} is given twice")));
            }
            let before = all.phrases.len();
            for phrase in phrases {
                all.add(&name, phrase.as_ref())?;
            }
            if all.phrases.len() == before {
                return Err(fault(format!("topic {name:?} has no phrases")));
            }
            all.names.push(name);
        }
        Ok(all)
    }

    /// Adds a phrase of the topic that is named next.
    fn add(&mut self, name: &str, phrase: &str) -> Result<(), Error> {
        let terms = terms(phrase);
        if terms.is_empty() {
            return Err(fault(format!("topic {name:?}: the phrase {phrase:?} has no words")));
        }
        let same = self.phrases.iter().find(|other| forms(&other.terms).eq(forms(&terms)));
        if let Some(other) = same.and_then(|other| self.names.get(other.topic)) {
            return Err(fault(format!("the phrase {phrase:?} is in two topics, {other:?} and {name:?}")));
        }
        let direction = self.meaning.of(&terms);
        self.phrases.push(Phrase { topic: self.names.len(), terms, direction });
        Ok(())
    }

    /// The likeliest topic of a target with this text and name in a quote of this text, and its probability.
    fn likeliest(&self, target: &str, name: &str, quote: &str) -> Option<(&Substr, f32)> {
        let mut words = terms(target);
        if name != target {
            words.extend(terms(name));
        }
        let mut direction = self.meaning.of(&words);
        let context = terms(quote);
        let share = CONTEXT / context.len().max(1) as f32;
        for (sum, more) in direction.iter_mut().zip(self.meaning.of(&context)) {
            *sum += share * more;
        }
        let scored = self.phrases.iter().map(|p| (p.topic, self.meaning.alike(&p.direction, &direction)));
        let (topic, probability) = scored.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        Some((self.names.get(topic)?, probability))
    }

    /// Of a target with this text and name in a quote of this text: the probability that it is about a topic.
    pub(crate) fn matching(&self, target: &str, name: &str, quote: &str) -> f32 {
        self.likeliest(target, name, quote).map_or(0.0, |(_, probability)| probability)
    }

    /// Tells each stance of an article its topic.
    pub(crate) fn mark(&self, article: &mut Article) {
        for quote in &mut article.quotes {
            for stance in &mut quote.stances {
                let found = self.likeliest(&stance.target.text, &stance.target_name, &quote.text);
                stance.topic = found.filter(|(_, p)| *p >= EVEN).map(|(name, _)| name.clone());
            }
        }
    }
}

impl Article {
    /// The stances on `target`, in whatever words, holder by holder in the order of [`Article::speakers`].
    ///
    /// `least` is the least probability that a stance is about `target`; take 0.5 unless you have a reason.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord::Error> {
    /// use onrecord::{Extractor, Label};
    ///
    /// let article = Extractor::new()?.extract("Maria Souza rejected sending soldiers to keep the peace.")?;
    /// let found = article.stance_on("European peacekeeping troops", 0.5)?;
    /// assert_eq!(found.first().map(|position| position.stance.label), Some(Label::Oppose));
    /// assert!(article.stance_on("the price of bread", 0.5)?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If `target` has no words.
    pub fn stance_on(&self, target: &str, least: f32) -> Result<Vec<Position<'_>>, Error> {
        let topic = Topics::new([(target, [target])])?;
        let stances = self.quotes.iter().flat_map(|quote| quote.stances.iter().map(move |s| (quote, s)));
        let all = stances.map(|(quote, stance)| Position {
            stance,
            quote,
            matching: topic.matching(&stance.target.text, &stance.target_name, &quote.text),
        });
        let mut found: Vec<Position<'_>> = all.filter(|position| position.matching >= least).collect();
        found.sort_by_key(|position| position.stance.holder.unwrap_or(u32::MAX));
        Ok(found)
    }
}

fn forms(terms: &[Term]) -> impl Iterator<Item = &str> {
    terms.iter().map(|term| term.form.as_str())
}

fn fault(what: String) -> Error {
    Reason::Topics(what).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Label;

    #[test]
    fn what_is_wrong_with_topics_is_told_by_name() {
        let fault = |topics: &[(&str, &[&str])]| {
            let found = Topics::new(topics.iter().map(|(name, phrases)| (*name, phrases.iter())));
            found.err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert_eq!(fault(&[("dam", &[])]), "topic \"dam\" has no phrases");
        assert_eq!(fault(&[("dam", &["the dam", " …"])]), "topic \"dam\": the phrase \" …\" has no words");
        assert_eq!(fault(&[("dam", &["a"]), ("dam", &["b"])]), "topic \"dam\" is given twice");
        let both: &[(&str, &[&str])] = &[("dam", &["The dam"]), ("river", &["river", "the dam"])];
        assert_eq!(fault(both), "the phrase \"the dam\" is in two topics, \"dam\" and \"river\"");
        assert_eq!(fault(&[("dam", &["the dam", "The Dam"])]), "");
        assert_eq!(fault(&[("a", &["Proposition 12"]), ("b", &["Proposition 47"])]), "");
        assert_eq!(fault(&[]), "");
    }

    #[test]
    fn stances_on_a_matter_come_holder_by_holder() -> Result<(), Error> {
        let text = "Bo Ek rejected the dam. Maria Souza backed the dam. Later Ek condemned the dam.";
        let article = crate::Extractor::new()?.extract(text)?;
        let found: Vec<_> =
            article.stance_on("the dam", EVEN)?.iter().map(|p| (p.stance.holder, p.stance.label)).collect();
        let [ek, souza] = [Some(0), Some(1)];
        assert_eq!(found, [(ek, Label::Oppose), (ek, Label::Oppose), (souza, Label::Support)]);
        assert!(article.stance_on("the dam", 1.1)?.is_empty());
        assert!(article.stance_on(" …", EVEN).is_err_and(|e| e.to_string().contains("has no words")));
        Ok(())
    }
}
