#![no_main]

#[path = "../drive/csv_dialect.rs"]
mod csv_dialect;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| csv_dialect::drive(bytes));
