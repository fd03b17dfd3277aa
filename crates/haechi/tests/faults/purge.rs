//! Destruction by class and age, the hold that stops it, and what stays.

use crate::place::{PAYMENTS, Place};

const PURGE: [&str; 7] = ["purge", "--class", "finance", "--before", "2017-02-01", "--reason", "kept for five years"];

fn snapshot_of(place: &Place, month: &str) -> String {
    let view: serde_json::Value = serde_json::from_str(&place.view()).unwrap();
    let entry = view.as_array().unwrap().iter().find(|entry| entry["period"] == month).unwrap();
    entry["snapshot"].as_str().unwrap().to_owned()
}

#[test]
fn a_purge_says_what_it_would_destroy_and_destroys_only_with_yes() {
    let place = Place::with_payments();
    let january = snapshot_of(&place, "2017-01");
    place.refuses(&mut place.command(&PURGE), 0).saying(&["1 snapshots, ", "would be destroyed; add --yes"]);

    let before = place.kept();
    place.haechi(&[PURGE.as_slice(), &["--yes"]].concat()).with(0).saying(&["1 snapshots, ", "destroyed."]);
    let view = place.view();
    assert!(!view.contains("2017-01\"") && view.contains("2017-02\""), "{view}");

    let after = place.kept();
    let gone: Vec<&String> = before.keys().filter(|file| !after.contains_key(*file)).collect();
    assert!(matches!(gone.as_slice(), [part] if part.starts_with("store/parts/")), "{gone:?}");
    place.haechi(&["snapshot", "show", &january]).with(0).saying(&[&january, "before.csv", "sha256"]);
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
    assert_eq!(place.haechi(&PURGE).with(0).out, "0 snapshots, 0 bytes would be destroyed; add --yes to do it.\n");
}

#[test]
fn taking_a_purged_export_again_brings_it_back_under_the_same_id() {
    let place = Place::with_payments();
    let (view, january) = (place.view(), snapshot_of(&place, "2017-01"));
    place.haechi(&[PURGE.as_slice(), &["--yes"]].concat()).with(0);
    place.take("own-payments", &[&place.path("before.csv")]).with(0);
    assert_eq!(place.view(), view);
    assert_eq!(snapshot_of(&place, "2017-01"), january);
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
}

#[test]
fn a_hold_keeps_what_it_names_until_it_is_released() {
    let place = Place::with_payments();
    place.haechi(&["hold", "add", "audit-2026-014", "--reason", "a case is open", "--class", "finance"]).with(0);
    place.haechi(&["hold", "add", "audit-2026-014", "--reason", "again"]).with(15).saying(&["is there already"]);
    let mut purge = place.command(&PURGE);
    place
        .refuses(purge.arg("--yes"), 0)
        .saying(&["kept by the hold `audit-2026-014`", "0 snapshots, 0 bytes destroyed"]);

    place.haechi(&["hold", "release", "audit-2026-014"]).with(0);
    place
        .haechi(&["hold", "release", "audit-2026-014"])
        .with(15)
        .saying(&["No hold named `audit-2026-014` is in force"]);
    place.haechi(&["hold", "list"]).with(0).saying(&["audit-2026-014", "a case is open"]);
    place.haechi(&[PURGE.as_slice(), &["--yes"]].concat()).with(0).saying(&["1 snapshots, "]);
}

#[test]
fn a_class_the_dictionary_does_not_have_is_answered_with_those_it_has() {
    let place = Place::with_payments();
    let mut purge = place.command(&["purge", "--class", "money", "--before", "2030-01-01", "--reason", "x", "--yes"]);
    place.refuses(&mut purge, 15).saying(&["no retention class `money`", "finance, personnel, reference"]);
}

#[test]
fn what_rests_on_purged_data_is_not_judged_and_not_read_as_clean() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", crate::outputs::SCENARIO, crate::outputs::GOOD_SQL);
    let departments = place.write("departments.csv", "부서코드,부서명\nD10,총무과\n");
    place.take("own-departments", &[&departments]).with(0);
    let findings = place.path("findings.jsonl");
    let write = ["detect", "--format", "jsonl", "--out", &findings.to_string_lossy()];
    place.haechi(&write).with(0);
    let purge = ["purge", "--class", "finance", "--before", "2030-01-01", "--reason", "x", "--yes"];
    place.haechi(&purge).with(0).saying(&["2 snapshots, "]);

    place
        .haechi(&["detect", "--as-of", "2017-02-28", "--scenario", "payment.own-question"])
        .with(0)
        .saying(&["payment.own-question cannot be judged", "0 findings"]);
    let verified = place.haechi(&["verify", &findings.to_string_lossy()]);
    assert_ne!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    verified.saying(&["destroyed by `haechi purge`"]);
    let history = place.haechi(&["findings", "history", "--format", "json"]).with(0);
    let lives: serde_json::Value = serde_json::from_str(&history.out).unwrap();
    assert!(lives.as_array().unwrap().iter().all(|life| life["gone"].is_null()), "not judged is not gone: {lives}");
}

#[test]
fn the_rejects_of_a_load_go_with_its_last_snapshot() {
    let place = Place::new();
    let file = place.write("a.csv", format!("{PAYMENTS}4,D10,V8,품목,언젠가,1\n"));
    place.take("own-payments", &[&file]).with(0);
    let rejects = |place: &Place| place.kept().keys().filter(|file| file.starts_with("store/rejects/")).count();
    place.haechi(&[PURGE.as_slice(), &["--yes"]].concat()).with(0);
    assert_eq!(rejects(&place), 1, "February is still there, and they may be its rows");
    let later = ["purge", "--class", "finance", "--before", "2017-03-01", "--reason", "x", "--yes"];
    place.haechi(&later).with(0);
    assert_eq!(rejects(&place), 0);
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
}

#[test]
fn the_rejects_of_a_stopped_load_are_destroyed_by_the_day_it_was_taken() {
    let place = Place::with_payments();
    let file = place.write("wrong.csv", PAYMENTS.replace("2017-", "그해-"));
    place.take("own-payments", &[&file]).with(11);
    let rejects = |place: &Place| place.kept().keys().filter(|file| file.starts_with("store/rejects/")).count();
    place.haechi(&[PURGE.as_slice(), &["--yes"]].concat()).with(0);
    assert_eq!(rejects(&place), 1);
    let later = ["purge", "--class", "finance", "--before", "9999-12-31", "--reason", "x", "--yes"];
    place.haechi(&later).with(0);
    assert_eq!(rejects(&place), 0);
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
}
