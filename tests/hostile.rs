//! Hostile texts, with the offsets of every unit; `tests/python/test_hostile.py` has more of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

#[path = "common/invariants.rs"]
mod invariants;

use onrecord::Extractor;

#[test]
fn every_text_is_read() {
    let kinds: toml::Table = toml::from_str(include_str!("hostile/texts.toml")).unwrap();
    let extractor = Extractor::new().unwrap();
    let mut count = 0;
    for (kind, texts) in &kinds {
        for text in texts.as_array().into_iter().flatten().filter_map(toml::Value::as_str) {
            if let Err(wrong) = invariants::check(&extractor.extract(text).unwrap(), text) {
                panic!("{kind}: {text:?}: {wrong}");
            }
            count += 1;
        }
        for (name, recipe) in texts.as_table().into_iter().flatten() {
            let [before, piece, times, after] = recipe.as_array().unwrap().as_slice() else {
                panic!("{name}")
            };
            let repeated =
                piece.as_str().unwrap().repeat(times.as_integer().unwrap().unsigned_abs() as usize);
            let text = [before.as_str().unwrap(), &repeated, after.as_str().unwrap()].concat();
            if let Err(wrong) = invariants::check(&extractor.extract(&text).unwrap(), &text) {
                panic!("{kind}: {name}: {wrong}");
            }
            count += 1;
        }
    }
    assert!(count >= 300, "{count}");
}

/// The pages of such a text are one page of zeros, as long as nobody writes to them: it takes no memory.
#[test]
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn a_text_past_four_gigabytes_is_refused() {
    let text = String::from_utf8(vec![0; 1 << 32]).unwrap();
    let error = Extractor::new().unwrap().extract(&text).unwrap_err().to_string();
    assert_eq!(error, "the text has 4294967296 bytes; at most 4294967295 can be read");
}
