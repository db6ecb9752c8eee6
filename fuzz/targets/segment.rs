//! Words, sentences, paragraphs and marks of any text.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| onrecord::fuzzing::segment(data));
