//! The invented city: what a newcomer runs first finds exactly what was planted in it.

use haechi_core::run_report::Outcome;
use haechi_formats::sample::expected;
use serde_json::json;

use crate::city::{City, Ran, program};

const SEED: u64 = 11;
const ROWS: u32 = 2_000;

#[test]
fn the_demo_finds_what_was_planted_and_a_corrected_month_takes_one_finding_away() {
    let city = City::new();
    let like = ["--seed", &SEED.to_string(), "--rows", &ROWS.to_string()];
    let said = Ran::of(program().arg("demo").arg("--dir").arg(city.path("")).args(like)).ends_with(0).text();
    assert!(said.contains("4 of 4  The report"), "{said}");
    let planted = expected(SEED, ROWS);
    let outcomes = city.outcomes("9999999");
    // Scenarios about tables the demonstration has no export of say that they cannot judge, or find nothing.
    for (id, outcome) in outcomes.iter().filter(|(id, _)| !planted.contains_key(id.as_str())) {
        let is_quiet = matches!(outcome, Outcome::CannotBeJudged { .. } | Outcome::Clean { .. });
        assert!(is_quiet, "{id}: {outcome:?}");
    }
    for (id, planted) in &planted {
        let found = match &outcomes[*id] {
            Outcome::Findings { count, .. } => *count,
            Outcome::Clean { .. } => 0,
            other => panic!("{id}: {other:?}"),
        };
        assert_eq!(found, u64::from(*planted), "{id}");
    }
    for page in ["report-ko.html", "report-en.html"] {
        assert!(std::fs::read_to_string(city.path(page)).unwrap().starts_with("<!doctype html>"), "{page}");
    }

    let out = city.path("corrected");
    let said = Ran::of(program().args(["sample", "--corrected", "--out"]).arg(&out).args(like)).ends_with(0).text();
    let (mapping, file) = said.trim_end().split_once('\t').unwrap();
    let taken = city.take(mapping, &[file.into()]);
    assert_eq!(taken["changed"].as_array().unwrap().len(), 1);
    let before: u64 = planted.values().map(|count| u64::from(*count)).sum();
    assert_eq!(city.findings(&[]).len() as u64, before - 1);
    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!((&life["scenario"], &life["gone"]["why"]), (&json!("card.split-payment"), &json!("source_corrected")));
    assert_eq!(life["gone"]["before"].as_array().unwrap().len(), 3);
    assert_eq!(life["gone"]["after"].as_array().unwrap().len(), 1, "one payment of the whole amount");
}
