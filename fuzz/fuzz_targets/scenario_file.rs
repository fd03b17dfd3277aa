#![no_main]

#[path = "../drive/scenario_file.rs"]
mod scenario_file;

libfuzzer_sys::fuzz_target!(|text: &str| scenario_file::drive(text));
