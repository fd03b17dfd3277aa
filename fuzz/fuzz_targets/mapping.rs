#![no_main]

#[path = "../drive/mapping.rs"]
mod mapping;

libfuzzer_sys::fuzz_target!(|text: &str| mapping::drive(text));
