//! What users give as JSON: articles, people, topics.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/common/invariants.rs"]
mod invariants;
#[allow(dead_code)]
#[path = "../../tests/common/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    targets::json(data);
    if let Ok(people) = serde_json::from_slice::<Vec<onrecord::Person>>(data) {
        onrecord::fuzzing::people(&people);
    }
});
