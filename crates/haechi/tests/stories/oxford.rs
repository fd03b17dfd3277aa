//! Oxford's payments and purchasing cards: nine headers in twelve files, dates that are not there, a line that says `xxx`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use haechi_core::run_report::Outcome;
use serde_json::{Value, json};

use crate::city::{City, real_data};

const GOVERNMENT: &str = "E07000178";

fn files(folder: &Path, begins: &str) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(begins)).collect();
    files.sort();
    files
}

/// Data lines of a file, counted without the program.
fn lines(path: &Path) -> Vec<csv::ByteRecord> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    reader.byte_records().map(Result::unwrap).collect()
}

/// Of each file of a load, the rows in it are those taken, rejected or set aside, and as many as an independent count.
fn nothing_is_lost(taken: &Value, files: &[PathBuf]) {
    let records = taken["load"]["files"].as_array().unwrap();
    assert_eq!(records.len(), files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let record = records.iter().find(|record| record["file"] == name).unwrap();
        let count = |what: &str| record[what].as_u64().unwrap();
        assert_eq!(count("rows_in"), lines(path).len() as u64, "{name}");
        assert_eq!(count("rows_in"), count("rows_out") + count("rejected") + count("set_aside"), "{name}");
    }
}

#[test]
fn twelve_quarters_of_payments_are_taken_and_only_the_line_of_xxx_is_rejected() {
    let Some(folder) = real_data("oxford") else { return };
    let city = City::new();
    let files = files(&folder, "spending-");
    assert_eq!(files.len(), 12);
    let taken = city.take("oxford-spending", &files);
    nothing_is_lost(&taken, &files);

    let rejects = city.haechi(&["snapshot", "rejects", "--format", "json"]).ends_with(0).json();
    let rejects = rejects.as_array().unwrap();
    assert_eq!(rejects.len(), 1, "{rejects:?}");
    let only = &rejects[0];
    assert_eq!((&only["file"], &only["line"]), (&json!("spending-jan-mar-2014.csv"), &json!(3861)));
    assert_eq!((&only["code"], &only["column"]), (&json!("required-missing"), &json!("amount")));
    assert_eq!(only["reason"]["en"], "The value `Amount` is required and missing.");
    let last = lines(&folder.join("spending-jan-mar-2014.csv")).pop().unwrap();
    assert!(last.iter().any(|cell| cell == b"xxx"), "the rejected line is the last one: {last:?}");

    let summary = city.haechi(&["detect", "--lang", "en"]).ends_with(0).text();
    let outcomes = city.outcomes(GOVERNMENT);
    for id in ["payment.duplicate", "payment.just-below-limit"] {
        assert!(matches!(outcomes[id], Outcome::Findings { count: 1.., .. }), "{id}: {:?}", outcomes[id]);
    }
    for (id, missing) in [
        ("payment.after-closing", "Vendors: no export of it was taken."),
        ("payment.employee-account", "Employees: no export of it was taken."),
        ("card.split-payment", "Card expenses: no export of it was taken."),
    ] {
        assert!(matches!(outcomes[id], Outcome::CannotBeJudged { .. }), "{id}: {:?}", outcomes[id]);
        assert!(summary.contains(&format!("{id} cannot be judged: {missing}")), "{summary}");
    }
}

#[test]
fn card_scenarios_that_need_what_oxford_does_not_publish_say_which_column() {
    let Some(folder) = real_data("oxford") else { return };
    let city = City::new();
    let files = files(&folder, "cards-");
    assert_eq!(files.len(), 5);
    nothing_is_lost(&city.take("oxford-cards", &files), &files);
    assert_eq!(city.haechi(&["snapshot", "rejects"]).ends_with(0).text(), "Every row fitted.\n");

    let summary = city.haechi(&["detect", "--lang", "en"]).ends_with(0).text();
    for (id, missing) in [
        ("card.late-night", "(spent_at)"),
        ("card.duplicate", "(spent_at)"),
        ("card.per-head", "(head_count)"),
        ("card.over-limit-without-headcount", "(head_count)"),
        ("card.date-outside-ledger", "(ledger_month)"),
    ] {
        let said = summary.lines().find(|line| line.starts_with(&format!("{id} cannot be judged: ")));
        assert!(said.is_some_and(|line| line.contains(missing)), "{id}\n{summary}");
    }
    assert!(matches!(city.outcomes(GOVERNMENT)["card.split-payment"], Outcome::Findings { .. }));
}

#[test]
fn rows_of_july_in_the_file_of_august_leave_the_snapshot_of_july_as_it_is() {
    let Some(folder) = real_data("oxford") else { return };
    let city = City::new();
    let [july, august] = ["cards-july-2017.csv", "cards-august-2017.csv"].map(|name| folder.join(name));
    let of_july = |record: &&csv::ByteRecord| record.get(0).unwrap().ends_with(b"/07/2017");
    let (in_july, in_august) = (lines(&july), lines(&august));
    assert_eq!(in_august.iter().filter(of_july).count(), 13);

    city.take("oxford-cards", std::slice::from_ref(&july));
    let before = view(&city);
    city.take("oxford-cards", std::slice::from_ref(&august));
    let after = view(&city);
    assert_eq!(after.iter().find(|entry| entry["period"] == before[0]["period"]), before.first());
    let rows: Vec<u64> = after.iter().map(|entry| entry["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows, [in_july.len() as u64, in_august.len() as u64]);

    // Nothing moved and nothing was lost: both files' rows of July are there.
    let sql = "SELECT count(*) AS july FROM card_expense WHERE date_trunc('month', spent_on) = DATE '2017-07-01'";
    let expected = in_july.iter().chain(&in_august).filter(of_july).count();
    assert_eq!(city.numbers(GOVERNMENT, sql)["july"], i64::try_from(expected).unwrap());

    for file in [july, august] {
        let again = city.take("oxford-cards", &[file]);
        assert_eq!((&again["known"], &again["changed"]), (&json!(true), &json!([])));
    }
    assert_eq!(view(&city), after);
    let distinct: BTreeSet<String> = after.iter().map(|entry| entry["snapshot"].to_string()).collect();
    assert_eq!(distinct.len(), 2);
}

fn view(city: &City) -> Vec<Value> {
    let listed = city.haechi(&["snapshot", "list", "--format", "json"]).ends_with(0).json();
    listed.as_array().unwrap().clone()
}
