//! "I" between quotation marks is whoever is quoted.

use super::cluster::Clusters;
use super::mention::{Pronoun, Shape};
use super::reading::Reading;
use super::source::Sources;
use crate::attribute::Attribution;

/// Makes the first persons in each quote's own words mentions of its speaker.
pub(super) fn first_persons(
    reading: &Reading,
    sources: &Sources,
    clusters: &mut Clusters,
    quotes: &[Attribution],
    of_quote: &[Option<usize>],
) {
    for (quote, speaker) in quotes.iter().zip(of_quote) {
        let Some(speaker) = *speaker else { continue };
        for piece in &quote.content {
            let start = sources.mentions.partition_point(|m| m.words().start < piece.start);
            for (n, mention) in sources.mentions.iter().enumerate().skip(start) {
                if mention.words().start >= piece.end {
                    break;
                }
                let alone = ["i", "me", "my", "mine", "myself"];
                let one = alone.iter().any(|w| reading.form(mention.head()).eq_ignore_ascii_case(w));
                if mention.shape == Shape::Pronoun(Pronoun::First) && one && reading.quoted(mention.head()) {
                    clusters.set(n, Some(speaker));
                }
            }
        }
    }
}
