//! Findings for a spreadsheet and for another engine.

use crate::city::{City, findings, wait};
use crate::ledger::{self, MAPPING, payment};

/// A city whose exports hold what a spreadsheet would run.
fn city() -> City {
    let city = City::new();
    let mut payments = ledger::august();
    payments.extend([
        payment("2017-08-23 12:30", "=HYPERLINK(\"x\")", "+82 식당", 300_000),
        payment("2017-08-23 13:10", "=HYPERLINK(\"x\")", "+82 식당", 300_000),
        payment("2017-08-24 12:30", "@SUM(A1)", "-1+1", 300_000),
        payment("2017-08-24 13:10", "@SUM(A1)", "-1+1", 300_000),
    ]);
    let file = ledger::month(&city, "exports", 2017, 8, &payments);
    city.take(MAPPING, &[file]);
    city
}

#[test]
fn no_cell_of_the_csv_is_a_formula_and_every_finding_is_a_row() {
    let city = city();
    let count = findings(&city.detect(&[])).len();
    for language in ["ko", "en"] {
        let bytes = city.haechi(&["detect", "--format", "csv", "--lang", language]).ends_with(0).stdout;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("Excel reads Korean only behind a mark");
        let mut reader = csv::Reader::from_reader(text);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), count);
        assert!(
            rows.iter().any(|row| row.iter().any(|cell| cell == "'=HYPERLINK(\"x\")")),
            "the unit is still legible"
        );
        for cell in rows.iter().flatten() {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!runs || cell.parse::<i64>().is_ok(), "{cell}");
        }
    }
}

#[test]
fn the_parquet_opens_and_holds_every_finding() {
    let city = city();
    let count = findings(&city.detect(&[])).len();
    let said = city.haechi(&["detect", "--format", "parquet", "--out", "findings.parquet"]).ends_with(0).text();
    assert!(said.contains(&format!("{count} findings written to findings.parquet.")), "{said}");
    let folder = city.open();
    let session = haechi_detect::session::build(&haechi_detect::session::Limits::default(), &folder.calendar).unwrap();
    let path = city.path("findings.parquet").to_string_lossy().into_owned();
    let rows = wait(async { session.read_parquet(path, Default::default()).await.unwrap().count().await.unwrap() });
    assert_eq!(rows, count);
}
