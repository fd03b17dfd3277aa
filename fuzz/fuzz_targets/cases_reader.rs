#![no_main]

#[path = "../drive/cases_reader.rs"]
mod cases_reader;

libfuzzer_sys::fuzz_target!(|text: &str| cases_reader::drive(text));
