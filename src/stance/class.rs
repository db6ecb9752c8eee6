//! Classes of the words that the rules of composition are told in; the list is data.

use std::sync::LazyLock;

use super::table::Table;
use crate::record::Label;

const TABLE: &str = include_str!("composition.tsv");

/// What one row of the table does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Takes the side of its object ("back").
    For,
    /// Takes the side against it ("oppose").
    Against,
    /// A deed for its object ("keep").
    Keep,
    /// A deed against it ("scrap").
    End,
    /// A noun for such a deed ("ban on").
    EndNoun,
    /// A noun for words against its object ("criticism of").
    AgainstNoun,
    /// Means to do ("vow").
    Intend,
    /// Wants somebody to do ("urge").
    Ask,
    /// Wants a thing, or somebody to do something ("want").
    Want,
    /// Wants a thing ("call for").
    Demand,
    /// Means not to do ("decline").
    Refuse,
    /// Says that its object is not so ("deny").
    Deny,
    /// A noun for what is asked for, and granted or denied ("bail").
    Grant,
    /// A form for a deed in the past ("sold").
    Did,
    /// The same for what happens to one ("expected").
    Felt,
    /// Takes its side by saying so ("praise").
    Says,
    /// Takes its side whatever is said ("back").
    Holds,
    /// Says what others may have said before ("repeat").
    Tell,
    /// What bodies do in their course ("hear").
    Treat,
    /// What they do it with ("appeal").
    Matter,
    Not,
    /// Stands between subject and verb.
    Auxiliary,
    /// Does its object harm ("ruin").
    Harm,
    /// Stands before the verb that counts ("work to").
    Light,
}

pub(super) static ROWS: LazyLock<Table<Class>> = LazyLock::new(|| {
    Table::read(TABLE, |name| {
        let (class, _) = Class::NAMES.into_iter().find(|(_, known)| *known == name)?;
        Some((class, class.is_verb()))
    })
});

impl Class {
    /// The classes as the table calls them.
    const NAMES: [(Self, &'static str); 24] = [
        (Self::For, "for"),
        (Self::Against, "against"),
        (Self::Keep, "keep"),
        (Self::End, "end"),
        (Self::EndNoun, "end noun"),
        (Self::AgainstNoun, "against noun"),
        (Self::Intend, "intend"),
        (Self::Ask, "ask"),
        (Self::Want, "want"),
        (Self::Demand, "demand"),
        (Self::Refuse, "refuse"),
        (Self::Deny, "deny"),
        (Self::Grant, "grant noun"),
        (Self::Did, "did"),
        (Self::Felt, "felt"),
        (Self::Says, "says"),
        (Self::Holds, "holds"),
        (Self::Tell, "tell"),
        (Self::Treat, "treat"),
        (Self::Matter, "matter noun"),
        (Self::Not, "not"),
        (Self::Auxiliary, "aux"),
        (Self::Harm, "harm"),
        (Self::Light, "light"),
    ];

    /// True if the first words of its rows are verbs in all their forms.
    fn is_verb(self) -> bool {
        let other = [Self::EndNoun, Self::AgainstNoun, Self::Not, Self::Auxiliary, Self::Light];
        let forms = [Self::Grant, Self::Did, Self::Felt, Self::Matter];
        !other.contains(&self) && !forms.contains(&self)
    }

    /// The side toward the object, if the word takes one.
    pub(super) fn side(self) -> Option<Label> {
        match self {
            Self::For | Self::Keep => Some(Label::Support),
            Self::Against | Self::End => Some(Label::Oppose),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::rows;
    use super::super::text::Text;
    use super::*;
    use crate::segment::Segments;

    #[test]
    fn every_row_is_found_in_its_example() {
        for (words, name, example) in rows(TABLE) {
            let segments = Segments::of(example);
            let text = Text { text: example, segments: &segments };
            let end = segments.words.len();
            let found = (0..end).any(|n| {
                let row = ROWS.at(text, n, end, |class| Class::NAMES.contains(&(class, name)));
                row.and_then(|(behind, _)| segments.span(&(n..behind))?.of(example)) == Some(words)
            });
            assert!(found, "{words} ({name}): {example}");
        }
    }
}
