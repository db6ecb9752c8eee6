//! Any bytes as a weights file: raw, and as the header before the tensors of the true one.

#![no_main]

use std::cell::RefCell;
use std::ops::Range;

/// Where the header's length stands; the header follows it.
const LENGTH: Range<usize> = 12..16;
/// The longest header that is tried.
const LONGEST: usize = 1 << 16;

static TRUE: &[u8] = include_bytes!("../../weights/onrecord-en.bin");

thread_local! {
    /// Room for a header, then the true tensors: each try writes its header right before them.
    static FILE: RefCell<Vec<u8>> = RefCell::new({
        let length = TRUE[LENGTH].try_into().map(u32::from_le_bytes).unwrap_or_default() as usize;
        [&vec![0; LONGEST], &TRUE[LENGTH.end + length..]].concat()
    });
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    onrecord::fuzzing::weights(data);
    let Some(header) = data.get(LENGTH.end..).filter(|h| h.len() + LENGTH.end <= LONGEST) else { return };
    FILE.with_borrow_mut(|file| {
        let start = LONGEST - LENGTH.end - header.len();
        file[start..start + LENGTH.start].copy_from_slice(&TRUE[..LENGTH.start]);
        file[start + LENGTH.start..start + LENGTH.end].copy_from_slice(&(header.len() as u32).to_le_bytes());
        file[start + LENGTH.end..LONGEST].copy_from_slice(header);
        onrecord::fuzzing::weights(&file[start..]);
    });
});
