//! What the fuzzer once found interesting is read again on every run, without the fuzzer.

#[path = "../../../fuzz/drive/csv_dialect.rs"]
mod csv_dialect;

use std::path::Path;

#[test]
fn every_kept_csv_dialect_is_read_without_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/csv_dialect");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        csv_dialect::drive(&std::fs::read(file.unwrap().path()).unwrap());
        files += 1;
    }
    assert!(files > 0, "the corpus is there");
}
