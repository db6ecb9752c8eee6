//! What the fuzzers in `fuzz/` do inside the crate; `cargo test` does it with the files that they left.

use crate::attribute::Heads;
use crate::encode::{Encoder, Weights};
use crate::people::{People, Person};
use crate::segment::{Segments, check};

/// Segments any bytes as text.
///
/// # Panics
/// If the segments are not what every text's must be.
pub fn segment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(wrong) = check::broken(&text, &Segments::of(&text)) {
        panic!("{wrong}");
    }
}

/// Reads any bytes as a weights file: true if it is one.
pub fn weights(data: &[u8]) -> bool {
    let read = || {
        let weights = Weights::read(data)?;
        Ok::<_, crate::Error>((Encoder::read(&weights)?, Heads::read(&weights)?))
    };
    read().is_ok()
}

/// Takes any people, and looks for them in the names that they give: true if they can be taken.
pub fn people(list: &[Person]) -> bool {
    let Ok(people) = People::new(list) else { return false };
    for person in list {
        let _ = people.find(&person.name, &Segments::of(&person.name));
    }
    true
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The contents of the files that the fuzzers began with and found something with; none in the published crate.
    fn kept(target: &str) -> Vec<Vec<u8>> {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        let folders = ["regressions", "seeds"].map(|folder| fuzz.join(folder).join(target));
        let files = folders.into_iter().filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
        files.filter_map(|file| std::fs::read(file.path()).ok()).collect()
    }

    #[test]
    fn kept_texts_have_segments() {
        for data in kept("segment") {
            segment(&data);
        }
    }

    #[test]
    fn kept_files_are_no_weights() {
        assert!(kept("weights").iter().all(|data| !weights(data)));
        assert!(weights(crate::extract::WEIGHTS));
    }

    #[test]
    fn people_are_taken_or_refused() {
        let named = |name: &str| Person { name: name.to_owned(), ..Person::default() };
        assert!(people(&[named("Maria Souza"), named("Bo Ek")]));
        assert!(!people(&[named("...")]));
    }
}
