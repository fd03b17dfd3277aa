//! The invented government: what a newcomer runs first finds exactly what was planted in it.

use std::collections::BTreeSet;
use std::path::Path;

use haechi_core::run_report::Outcome;
use haechi_synth::{TRUTH, score};
use serde_json::{Value, json};

use crate::city::{City, Ran, program};

const SETTLEMENTS: &str = "exports/botame-settlements-2026-10-31.csv";
const OVERDUE: &str = "subsidy.settlement-overdue";

fn demo(city: &City, arguments: &[&str]) -> Ran {
    Ran::of(program().args(["demo", "--check", "--residents", "5000", "--dir"]).arg(city.path("")).args(arguments))
}

/// The scenarios about which the truth says something.
fn told(truth: &Path) -> BTreeSet<String> {
    let scenario = |line: &str| serde_json::from_str::<Value>(line).unwrap()["scenario"].as_str().unwrap().to_owned();
    std::fs::read_to_string(truth).unwrap().lines().map(scenario).collect()
}

#[test]
fn the_demo_finds_what_was_planted_and_a_report_that_came_takes_one_finding_away() {
    let city = City::new();
    let said = demo(&city, &["--seed", "11"]).ends_with(0).text();
    assert!(said.contains("5 of 6  What was found, held against what was planted"), "{said}");
    for area in ["card", "contract", "hr", "payment", "petition", "revenue", "subsidy", "system", "tax", "welfare"] {
        assert!(said.lines().any(|line| line.trim_start().starts_with(&format!("{area} "))), "{area}: {said}");
    }
    let truth = city.path("exports").join(TRUTH);
    let (told, marks) = (told(&truth), score(&truth, &city.path("findings.jsonl")).unwrap());
    for (scenario, mark) in marks.iter().filter(|(scenario, _)| told.contains(*scenario)) {
        assert!(mark.misses.is_empty() && mark.false_alarms.is_empty(), "{scenario}: {mark:?}");
        assert!(mark.hits >= 3 && mark.decoys >= 3, "{scenario}: {mark:?}");
    }
    for (id, outcome) in city.outcomes("9999999") {
        match outcome {
            Outcome::Failed { code, message } => panic!("{id} failed [{code}]: {message}"),
            Outcome::CannotBeJudged { reasons } => {
                assert!(!reasons.is_empty() && said.contains(&format!("{id} cannot be judged: ")), "{id}: {said}");
                assert!(!told.contains(&id), "{id} has planted cases and cannot be judged: {reasons:?}");
            }
            Outcome::Findings { .. } | Outcome::Clean { .. } => {}
        }
    }
    for page in ["report-ko.html", "report-en.html"] {
        assert!(std::fs::read_to_string(city.path(page)).unwrap().starts_with("<!doctype html>"), "{page}");
    }

    // Whoever keeps the installation has figures of what was handed in; what only the audit office sees is in none.
    let period = ["office", "statistics", "--lang", "en", "--period", "2020-01-01..2100-12-31", "--office"];
    let figures = |more: &[&str]| Ran::of(program().args(period).arg(city.path("office")).args(more)).ends_with(0);
    let counted = figures(&["--format", "json"]).json();
    let own = &counted["governments"][0]["now"];
    let (opened, found) = (own["opened"].as_u64().unwrap(), city.findings(&[]).len() as u64);
    assert!(own["of"] == "9999999" && 0 < opened && opened < found, "{opened} of {found}: {own}");
    assert_eq!((&counted["all"]["now"]["opened"], &own["late"]), (&own["opened"], &json!(0)));
    let table = figures(&[]).text();
    assert!(table.lines().any(|line| line.contains("9999999") && line.contains(&opened.to_string())), "{table}");

    // A settlement that nobody had reported turns out to have come in time.
    let before = city.findings(&[OVERDUE]);
    let late = before.iter().find(|finding| finding.facts["reported_on"].to_string().is_empty()).unwrap();
    let (subsidy, due) = (late.subject["subsidy_no"].to_string(), late.subject["due_on"].to_string());
    let text = std::fs::read_to_string(city.path(SETTLEMENTS)).unwrap();
    let reported = |line: &str| match line.contains(&format!(",{subsidy},")) {
        true => line.replacen(&format!(",{due},,,"), &format!(",{due},,{due},"), 1),
        false => line.to_owned(),
    };
    let corrected: Vec<String> = text.lines().map(reported).collect();
    let file = city.write("corrected/botame-settlements-2026-10-31.csv", corrected.join("\r\n"));
    let taken = city.take("synth-subsidy-settlement", &[file]);
    assert_eq!(taken["changed"].as_array().unwrap().len(), 1);
    assert_eq!(city.findings(&[OVERDUE]).len(), before.len() - 1);
    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!((&life["scenario"], &life["gone"]["why"]), (&json!(OVERDUE), &json!("source_corrected")));
    assert_eq!(life["key"], json!(late.key));
}

#[test]
fn exports_of_another_city_or_changed_by_hand_are_left_alone() {
    let city = City::new();
    let export = city.write(SETTLEMENTS, "교부번호\n");
    let ran = demo(&city, &[]).ends_with(15);
    assert!(ran.stderr.contains("holds other exports"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(export).unwrap(), "교부번호\n");
    assert!(!city.path("exports.part").exists());
}

#[test]
fn a_size_that_cannot_be_made_is_said_before_anything_is_written() {
    let city = City::new();
    let ran =
        Ran::of(program().args(["demo", "--check", "--residents", "10", "--dir"]).arg(city.path(""))).ends_with(15);
    assert!(ran.stderr.contains("from 5,000"), "{}", ran.stderr);
    assert!(!city.path("exports").exists());
}
