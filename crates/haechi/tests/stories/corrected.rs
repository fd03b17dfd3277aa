//! A finding goes when its cause does, and the history says why. What nobody could judge is never said to be gone.

use serde_json::{Value, json};

use crate::city::{City, copy, repository};
use crate::ledger::{self, GOVERNMENT, MAPPING, payment};

const SPLIT: &str = "card.split-payment";

/// A city in which one dinner was paid in two parts.
fn city_with_a_split() -> (City, Value) {
    let city = City::new();
    let file = ledger::month(&city, "first", 2017, 8, &ledger::august());
    city.take(MAPPING, &[file]);
    let findings = city.findings(&[SPLIT]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].amount, Some(550_000));
    let key = json!(findings[0].key);
    (city, key)
}

fn rows(gone: &Value, when: &str) -> Vec<String> {
    gone[when]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{}:{}", row["file"].as_str().unwrap(), row["line"]))
        .collect()
}

#[test]
fn a_corrected_export_takes_its_finding_away_and_the_first_one_brings_it_back() {
    let (city, key) = city_with_a_split();
    let short = &key.as_str().unwrap()[..12];

    // The second part was booked to the wrong place.
    let mut payments = ledger::august();
    payments[1] = payment("2017-08-10 13:10", "총무과", "강나루", 250_000);
    let corrected = ledger::month(&city, "corrected", 2017, 8, &payments);
    let taken = city.take(MAPPING, &[corrected]);
    assert_eq!((&taken["known"], taken["changed"].as_array().unwrap().len()), (&json!(false), 1));
    assert_eq!(city.findings(&[SPLIT]), []);

    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!(life["key"], key);
    assert_eq!((&life["first_seen"]["run"], &life["last_seen"]["run"]), (&json!(1), &json!(1)));
    let gone = &life["gone"];
    assert_eq!((&gone["run"]["run"], &gone["why"]), (&json!(2), &json!("source_corrected")));
    assert_eq!(rows(gone, "before"), ["201708_expense_list.csv:2", "201708_expense_list.csv:3"]);
    assert_eq!(rows(gone, "after"), ["201708_expense_list.csv:2"], "one payment is left at that place that day");

    let told = city.haechi(&["findings", "history", short, "--lang", "en"]).ends_with(0).text();
    assert!(told.contains("(run 2): the source was corrected"), "{told}");
    assert!(
        told.contains("before: 201708_expense_list.csv:3") && told.contains("₩250,000") | told.contains("250,000원")
    );
    assert!(!told.contains("과장 외 9명"), "attendees are masked: {told}");

    let first = ledger::month(&city, "first", 2017, 8, &ledger::august());
    city.take(MAPPING, &[first]);
    assert_eq!(city.findings(&[SPLIT]).len(), 1);
    assert_eq!(city.history(&["--gone"]), Vec::<Value>::new());
    let [life] = city.history(&[short]).try_into().unwrap();
    assert_eq!((&life["first_seen"]["run"], &life["last_seen"]["run"]), (&json!(1), &json!(3)));
    assert_eq!(life["gone"], Value::Null);
}

#[test]
fn a_changed_parameter_is_named_as_the_reason() {
    let (city, key) = city_with_a_split();
    city.write("data/parameters.toml", "[\"card.split-payment\"]\nmin_payments = 3\n");
    assert_eq!(city.findings(&[SPLIT]), []);
    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!((&life["key"], &life["gone"]["why"]), (&key, &json!("parameter_changed")));
    let told = city.haechi(&["findings", "history", "--gone", "--lang", "en"]).ends_with(0).text();
    assert!(told.contains("a parameter changed"), "{told}");

    std::fs::remove_file(city.path("data/parameters.toml")).unwrap();
    assert_eq!(city.findings(&[SPLIT]).len(), 1);
    assert_eq!(city.history(&["--gone"]), Vec::<Value>::new());
}

#[test]
fn a_value_for_a_scenario_nobody_knows_is_refused_before_anything_runs() {
    let (city, _) = city_with_a_split();
    city.write("data/parameters.toml", "# Ours.\n[\"card.split-paymnt\"]\nmin_payments = 3\n");
    let said = city.haechi(&["detect", "--scenario", SPLIT]).ends_with(21).stderr;
    assert!(said.starts_with("parameters.toml:3: There is no scenario `card.split-paymnt`"), "{said}");
    assert_eq!(city.kept("runs/6110000").len(), 1);
}

#[test]
fn when_a_month_is_destroyed_its_findings_left_the_period() {
    let city = City::new();
    let august = ledger::month(&city, "exports", 2017, 8, &ledger::august());
    let september = ledger::month(&city, "exports", 2017, 9, &ledger::september());
    city.take(MAPPING, &[august, september]);
    assert_eq!(city.findings(&[SPLIT]).len(), 1);
    let purge = ["purge", "--class", "finance", "--before", "2017-09-01", "--reason", "five years are over", "--yes"];
    city.haechi(&purge).ends_with(0);
    assert_eq!(city.findings(&[SPLIT]), []);
    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!(life["gone"]["why"], "left_the_period");
    assert_eq!((&life["gone"]["before"], &life["gone"]["after"]), (&json!([]), &json!([])), "destroyed rows stay so");
}

#[test]
fn a_changed_rule_is_named_as_the_reason() {
    let (city, _) = city_with_a_split();
    let own = "card.our-split";
    let shipped = repository("scenarios/card/split-payment");
    let folder = city.data().join("scenarios/card/our-split");
    let renamed = |_: &str, text: String| text.replace(SPLIT, own);
    copy(&shipped, &folder, renamed);
    assert_eq!(city.findings(&[own]).len(), 1);

    // From now on it asks about three payments or more, and that is a new version.
    copy(&shipped, &folder, |file, text| {
        let text = renamed(file, text);
        text.replace("version   = 1", "version   = 2").replace("count(*) >= $min_payments", "count(*) > $min_payments")
    });
    assert_eq!(city.findings(&[own]), []);
    let [life] = city.history(&["--gone"]).try_into().unwrap();
    assert_eq!((&life["scenario"], &life["gone"]["why"]), (&json!(own), &json!("rule_changed")));
}

#[test]
fn a_scenario_that_can_no_longer_be_judged_takes_nothing_away() {
    let (city, _) = city_with_a_split();
    // Another table of the same city, so that something stays in view.
    city.write("data/mappings/our-units/mapping.toml", UNITS);
    let units = city.write("first/units.csv", "code,name\nD1,총무과\n");
    city.take("our-units", &[units]);

    let purge = ["purge", "--class", "finance", "--before", "2018-01-01", "--reason", "five years are over", "--yes"];
    city.haechi(&purge).ends_with(0);
    let as_of = ["detect", "--scenario", SPLIT, "--as-of", "2017-08-31", "--lang", "en"];
    let said = city.haechi(&as_of).ends_with(0).text();
    assert!(said.contains("card.split-payment cannot be judged: Card expenses: no export of it was taken."), "{said}");
    assert_eq!(city.outcomes(GOVERNMENT)[SPLIT].word(), "cannot be judged");
    assert_eq!(city.haechi(&["findings", "history", "--gone"]).ends_with(0).text(), "No finding is gone.\n");
    let [life] = city.history(&[]).try_into().unwrap();
    assert_eq!((&life["last_seen"]["run"], &life["gone"]), (&json!(1), &Value::Null));
}

/// A mapping of the city's own, as small as one can be.
const UNITS: &str = r#"format = 1
name = "our-units"
table = "department"
files = ["units.csv"]
source_system = "made up"
max_reject_rate = "1%"

[title]
ko = "부서"
en = "Units"

[description]
ko = "부서 한 곳이 한 행."
en = "One unit a row."

[government]
code = "6110000"
ko = "서울특별시"
en = "Seoul Metropolitan Government"

[load]
mode = "full"

[columns.unit_code]
header = ["code"]

[columns.unit_name]
header = ["name"]
"#;
