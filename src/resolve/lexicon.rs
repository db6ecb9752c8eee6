//! What single words tell about people, bodies, texts and the bounds of noun phrases; the lists are data.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::mention::Gender;

pub(super) const NOUNS: &str = include_str!("nouns.tsv");
pub(super) const TITLES: &str = include_str!("titles.tsv");
pub(super) const STATES: &str = include_str!("states.tsv");
pub(super) const GRAMMAR: &str = include_str!("grammar.tsv");
pub(super) const GIVEN: &str = include_str!("given.tsv");
pub(super) const FAMILY: &str = include_str!("family.tsv");

/// What a word may be: a set of the constants below.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Class(u32);

impl Class {
    /// A noun for one human being ("minister").
    pub(super) const PERSON: Self = Self(1);
    /// A noun for several ("police", "team").
    pub(super) const PEOPLE: Self = Self(1 << 1);
    /// A noun for an organization ("company").
    pub(super) const BODY: Self = Self(1 << 2);
    /// A noun for a document ("poll").
    pub(super) const TEXT: Self = Self(1 << 3);
    /// First word of a country's name.
    pub(super) const STATE: Self = Self(1 << 4);
    /// Tells that a man is meant.
    pub(super) const HE: Self = Self(1 << 5);
    /// Tells that a woman is meant.
    pub(super) const SHE: Self = Self(1 << 6);
    /// Stands before a name ("Dr", "Senator").
    pub(super) const TITLE: Self = Self(1 << 7);
    /// A noun in the plural.
    pub(super) const PLURAL: Self = Self(1 << 8);
    pub(super) const DEFINITE: Self = Self(1 << 9);
    pub(super) const POSSESSIVE: Self = Self(1 << 10);
    pub(super) const INDEFINITE: Self = Self(1 << 11);
    pub(super) const SEVERAL: Self = Self(1 << 12);
    pub(super) const PREPOSITION: Self = Self(1 << 13);
    pub(super) const RELATIVE: Self = Self(1 << 14);
    pub(super) const CONJUNCTION: Self = Self(1 << 15);
    pub(super) const PRONOUN: Self = Self(1 << 16);
    /// A verb form or an adverb: no part of a noun phrase.
    pub(super) const VERB: Self = Self(1 << 17);
    /// A weekday or month: capitals that are no name.
    pub(super) const CALENDAR: Self = Self(1 << 18);
    /// "de", "van": lower case inside names.
    pub(super) const PARTICLE: Self = Self(1 << 19);
    /// "Jr.", "III".
    pub(super) const SUFFIX: Self = Self(1 << 20);
    /// "American", "Democratic": capitals that only describe.
    pub(super) const NATION: Self = Self(1 << 21);

    /// A participle that describes a noun as an adjective does ("retired").
    pub(super) const DESCRIBES: Self = Self(1 << 22);
    /// Closes the name of a firm or club ("Holdings").
    pub(super) const FIRM: Self = Self(1 << 23);
    /// A noun for a person that tells no office or trade ("rival").
    pub(super) const LOOSE: Self = Self(1 << 24);

    /// Opens a noun phrase.
    pub(super) const DETERMINER: Self =
        Self(Self::DEFINITE.0 | Self::POSSESSIVE.0 | Self::INDEFINITE.0 | Self::SEVERAL.0);
    /// A noun that the lists know.
    pub(super) const NOUN: Self = Self(Self::PERSON.0 | Self::PEOPLE.0 | Self::BODY.0 | Self::TEXT.0);
    /// A word of grammar: a capital at the start of a sentence makes it no name.
    pub(super) const GRAMMAR: Self = Self(
        Self::DETERMINER.0
            | Self::PREPOSITION.0
            | Self::RELATIVE.0
            | Self::CONJUNCTION.0
            | Self::PRONOUN.0
            | Self::VERB.0,
    );

    /// True if the word is one of `other`.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn named(name: &str) -> Self {
        match name {
            "person" => Self::PERSON,
            "loose" => Self::PERSON.with(Self::LOOSE),
            "he" => Self::PERSON.with(Self::HE),
            "she" => Self::PERSON.with(Self::SHE),
            "people" => Self::PEOPLE,
            "body" => Self::BODY,
            "text" => Self::TEXT,
            "definite" => Self::DEFINITE,
            "possessive" => Self::POSSESSIVE,
            "indefinite" => Self::INDEFINITE,
            "several" => Self::SEVERAL,
            "preposition" => Self::PREPOSITION,
            "relative" => Self::RELATIVE,
            "conjunction" => Self::CONJUNCTION,
            "pronoun" => Self::PRONOUN,
            "verb" => Self::VERB,
            "calendar" => Self::CALENDAR,
            "particle" => Self::PARTICLE,
            "suffix" => Self::SUFFIX,
            "nation" => Self::NATION,
            "describes" => Self::DESCRIBES,
            "firm" => Self::FIRM,
            _ => Self::default(),
        }
    }
}

/// The rows of a list: form, class, example.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let form = cells.next()?;
        let class = cells.next()?;
        Some((form, class, cells.next().unwrap_or(class)))
    })
}

static FORMS: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut forms: HashMap<&'static str, Class> = HashMap::new();
    for (form, class, _) in rows(NOUNS).chain(rows(GRAMMAR)) {
        let entry = forms.entry(form).or_default();
        *entry = entry.with(Class::named(class));
    }
    for (form, gender, _) in rows(TITLES) {
        let entry = forms.entry(form).or_default();
        let gender = match gender {
            "he" => Class::HE,
            "she" => Class::SHE,
            _ => Class::default(),
        };
        *entry = entry.with(Class::TITLE).with(gender);
    }
    forms
});

/// Given names in lower case.
static GIVEN_NAMES: LazyLock<HashMap<String, Gender>> = LazyLock::new(|| {
    let gender = |name| if name == "he" { Gender::He } else { Gender::She };
    rows(GIVEN).map(|(form, name, _)| (form.to_lowercase(), gender(name))).collect()
});

/// The gender that a given name, in lower case, usually tells.
pub(super) fn given_gender(lower: &str) -> Option<Gender> {
    GIVEN_NAMES.get(lower).or_else(|| GIVEN_NAMES.get(&bare(lower)?)).copied()
}

/// A word in lower case without its accents ("lucía", "i̇brahim"), if it has any.
fn bare(lower: &str) -> Option<String> {
    let letter = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    };
    let combining = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    (!lower.is_ascii()).then(|| lower.chars().filter(|c| !combining(c)).map(letter).collect())
}

/// Surnames in lower case that stand before the given name.
static FAMILY_NAMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| rows(FAMILY).map(|(form, _, _)| form.to_lowercase()).collect());

/// True for a surname, in lower case, that usually stands before the given name: "Nguyen Van Minh".
pub(super) fn is_family_name(lower: &str) -> bool {
    FAMILY_NAMES.contains(lower)
}

/// Countries by their first word, lower-case names with what follows that word.
static COUNTRIES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut countries: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for (name, _, _) in rows(STATES) {
        countries.entry(name.split(' ').next().unwrap_or(name)).or_default().push(name);
    }
    countries
});

/// True if `name` is a country's.
pub(super) fn is_country(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or(name);
    COUNTRIES.get(first).is_some_and(|names| names.contains(&name))
}

/// The longest form in the lists; longer words are looked up by their ending only.
const LONGEST: usize = 24;

/// What `form` may be, in any case, with its full stop or without.
pub(super) fn class(form: &str) -> Class {
    let bare = form.strip_suffix('.').unwrap_or(form);
    let bare = if bare.is_empty() { form } else { bare };
    // The initial of a name is no article.
    if bare.len() < form.len() && bare.chars().count() == 1 {
        return Class::default();
    }
    let mut buffer = [0; LONGEST];
    let Some(lower) = buffer.get_mut(..bare.len()) else { return Class::default() };
    lower.copy_from_slice(bare.as_bytes());
    lower.make_ascii_lowercase();
    let Ok(lower) = std::str::from_utf8(lower) else { return Class::default() };
    if form.starts_with(char::is_uppercase) && COUNTRIES.contains_key(form) {
        return Class::STATE;
    }
    let class = lookup(lower);
    // A surname may end like a trade: "Lieberman".
    if class == Class::default() && form.starts_with(char::is_lowercase) { by_ending(lower) } else { class }
}

fn lookup(lower: &str) -> Class {
    if let Some(&class) = FORMS.get(lower) {
        return class;
    }
    if let Some(singular) = singular(lower) {
        return singular.with(Class::PLURAL);
    }
    // "the 43-year-old".
    if lower.ends_with("-year-old") {
        return Class::PERSON;
    }
    // "co-author", "attorney-general", "then-governor".
    if let Some((_, last)) = lower.rsplit_once('-') {
        let class = lookup(last);
        return if class.is(Class::NOUN) { class } else { Class::default() };
    }
    Class::default()
}

/// The class of a plural's singular.
fn singular(lower: &str) -> Option<Class> {
    let noun = |form: &str| FORMS.get(form).copied().filter(|c| c.is(Class::NOUN));
    if let Some(stem) = lower.strip_suffix("men") {
        let mut buffer = [0; LONGEST];
        let form = buffer.get_mut(..lower.len())?;
        form.copy_from_slice(lower.as_bytes());
        form.get_mut(stem.len() + 1..)?.copy_from_slice(b"an");
        return noun(std::str::from_utf8(form).ok()?);
    }
    let stem = lower.strip_suffix('s')?;
    if let Some(stem) = stem.strip_suffix("ie") {
        let mut buffer = [0; LONGEST];
        let form = buffer.get_mut(..=stem.len())?;
        let (head, last) = form.split_at_mut(stem.len());
        head.copy_from_slice(stem.as_bytes());
        last.copy_from_slice(b"y");
        if let Some(found) = noun(std::str::from_utf8(form).ok()?) {
            return Some(found);
        }
    }
    // "Americans", "Muslims": people, and no longer a description.
    let nation = || FORMS.get(stem).filter(|c| c.is(Class::NATION)).map(|_| Class::PEOPLE);
    noun(stem).or_else(|| noun(stem.strip_suffix('e')?)).or_else(nation)
}

/// Nouns that no list holds: "oceanographer", "cellist", "handyman".
pub(super) fn by_ending(lower: &str) -> Class {
    let stem = lower.strip_suffix('s').unwrap_or(lower);
    let plural = if stem.len() < lower.len() { Class::PLURAL } else { Class::default() };
    let of_person =
        ["ologist", "grapher", "ician", "onomist", "keeper", "maker", "manager", "surgeon", "iatrist"];
    if stem.len() > 6 && of_person.iter().any(|e| stem.ends_with(e)) {
        return Class::PERSON.with(plural);
    }
    if lower.len() > 5 && lower.ends_with("woman") {
        return Class::PERSON.with(Class::SHE);
    }
    if lower.len() > 6 && lower.ends_with("man") {
        return Class::PERSON.with(Class::HE);
    }
    if lower.len() > 5 && lower.ends_with("women") {
        return Class::PERSON.with(Class::SHE).with(Class::PLURAL);
    }
    Class::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_numbers_all_classes_that_words_have() {
        let endings = ["biologist", "biologists", "seawoman", "seawomen", "craftsman", "a-year-old"];
        let listed =
            FORMS.values().copied().chain(endings.map(class)).chain([Class::STATE, Class::default()]);
        let all: HashSet<u32> = listed.flat_map(|c| [c, c.with(Class::PLURAL)]).map(|c| c.0).collect();
        assert!((20..=256).contains(&all.len()), "{}", all.len());
    }
}
