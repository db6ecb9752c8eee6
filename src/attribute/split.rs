//! One sentence said in two quotations: "“The road,” said Ann Lee, the mayor of Ost, “is shut.”"

use crate::segment::{Quotation, Segments};

/// True if the sentence that stands in one quotation goes on in the next one: with a comma at the end of the first,
/// another before the second, and no capital behind it.
pub(super) fn goes_on(text: &str, segments: &Segments, first: &Quotation, second: &Quotation) -> bool {
    let form = |n: usize| segments.words.get(n).and_then(|w| w.span().of(text)).unwrap_or_default();
    let (end, start) = (first.words.end, second.words.start);
    let opens = form(start + 1);
    first.closed
        && end + 1 < start
        && segments.sentence(end) == segments.sentence(start - 1)
        && segments.sentence(first.words.start) == segments.sentence(start)
        && (form(end - 2) == "," || form(end) == ",")
        && form(start - 1) == ","
        && (opens == "I" || opens.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_on_either_side_and_no_capital() {
        let split = |text: &str| {
            let segments = Segments::of(text);
            let quotations = &segments.marks.quotations;
            quotations.len() == 2 && goes_on(text, &segments, &quotations[0], &quotations[1])
        };
        for text in [
            "“The road,” said Ann Lee, the mayor of Ost, “is shut.”",
            "‘The road’, said Ann Lee, ‘is shut.’",
            "It rained. “The road,” she told us, “I use at night.”",
        ] {
            assert!(split(text), "{text}");
        }
        for text in [
            "“The road,” said Ann Lee of the “iron house”.",
            "“The road,” said Ann Lee, the “iron mayor”.",
            "“The road is shut,” said Ann Lee, “The Iron Mayor”.",
            "“The road is shut,” said Ann Lee. “and it stays so.”",
            "“The road is shut!” said Ann Lee, “and it stays so.”",
            "“The road,” “is shut.”",
            "“The road is shut,” said Ann Lee, “",
        ] {
            assert!(!split(text), "{text}");
        }
    }
}
