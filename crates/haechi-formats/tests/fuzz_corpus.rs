//! What the fuzzer found interesting is read again on every run, without the fuzzer: the hand-written beginnings in `fuzz/corpus` and
//! `fuzz/seeds`, and what ten minutes of each target left, packed in `fuzz/found`.

#![expect(clippy::unwrap_used, reason = "what cannot be read is a failed test")]

#[path = "../../../fuzz/drive/cases_reader.rs"]
mod cases_reader;
#[path = "../../../fuzz/drive/csv_dialect.rs"]
mod csv_dialect;
#[path = "../../../fuzz/drive/mapping.rs"]
mod mapping;
#[path = "../../../fuzz/drive/scenario_file.rs"]
mod scenario_file;

use std::io::Read as _;
use std::path::Path;

#[test]
fn every_kept_csv_dialect_is_read_without_harm() {
    replay("csv_dialect", csv_dialect::drive);
}

#[test]
fn every_kept_mapping_and_export_is_read_without_harm() {
    replay("mapping", |bytes| drive_text(bytes, mapping::drive));
}

#[test]
fn every_kept_scenario_file_is_read_without_harm() {
    replay("scenario_file", |bytes| drive_text(bytes, scenario_file::drive));
}

#[test]
fn every_kept_cases_file_is_read_without_harm() {
    replay("cases_reader", |bytes| drive_text(bytes, cases_reader::drive));
}

/// The fuzzer gives texts alone to those that read texts.
fn drive_text(bytes: &[u8], drive: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        drive(text);
    }
}

fn replay(target: &str, drive: impl Fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let mut begun = 0;
    for folder in ["corpus", "seeds"].map(|folder| fuzz.join(folder).join(target)) {
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            drive(&std::fs::read(file.unwrap().path()).unwrap());
            begun += 1;
        }
    }
    assert!(begun > 0, "{target}: nothing to begin with");
    let packed = std::fs::File::open(fuzz.join("found").join(format!("{target}.tar.gz"))).unwrap();
    let mut found = 0;
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(packed)).entries().unwrap() {
        let mut bytes = Vec::new();
        entry.unwrap().read_to_end(&mut bytes).unwrap();
        drive(&bytes);
        found += 1;
    }
    assert!(found > 500, "{target}: only {found} found inputs");
}
