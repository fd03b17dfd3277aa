//! A finding can be recomputed as long as its rows are there, and a changed one, or a changed store, is found out.

use serde_json::{Value, json};

use crate::city::{City, findings};
use crate::ledger::{self, MAPPING};

fn city() -> City {
    let city = City::new();
    let file = ledger::month(&city, "exports", 2017, 8, &ledger::august());
    city.take(MAPPING, &[file]);
    city
}

#[test]
fn findings_hold_until_one_is_changed_or_its_rows_are_destroyed() {
    let city = city();
    let lines = city.detect(&["card.split-payment", "card.just-below-limit"]);
    let count = findings(&lines).len();
    assert_eq!(count, 2);
    city.write("findings.jsonl", &lines);
    let said = city.haechi(&["verify", "findings.jsonl"]).ends_with(0).text();
    assert_eq!(said, "2 of 2 findings hold.\n");

    // Someone makes the smaller amount of it.
    let text = String::from_utf8(lines.clone()).unwrap();
    let changed = text.replace("\"amount\":550000", "\"amount\":55000");
    assert_ne!(changed, text);
    city.write("changed.jsonl", &changed);
    let said = city.haechi(&["verify", "changed.jsonl"]).ends_with(30).text();
    assert!(said.contains("recomputed, it comes out otherwise in: the amount"), "{said}");
    assert!(said.ends_with("1 of 2 findings hold.\n"), "{said}");

    let purge = ["purge", "--class", "finance", "--before", "2018-01-01", "--reason", "five years are over"];
    let planned = city.haechi(&purge).ends_with(0).text();
    assert!(planned.contains("would be destroyed; add --yes to do it"), "{planned}");
    city.haechi(&["verify", "findings.jsonl"]).ends_with(0);
    city.haechi(&[&purge[..], &["--yes"]].concat()).ends_with(0);
    let verdicts = city.haechi(&["verify", "findings.jsonl", "--format", "json"]).ends_with(30).json();
    for verdict in verdicts.as_array().unwrap() {
        assert_eq!(verdict["verdict"]["verdict"], "cannot_be_recomputed", "{verdict}");
        assert!(verdict["verdict"]["why"].as_str().unwrap().contains("destroyed by `haechi purge`"), "{verdict}");
    }
    // That they were destroyed is no damage.
    city.haechi(&["snapshot", "verify"]).ends_with(0);
}

#[test]
fn a_finding_nobody_here_made_is_not_said_to_hold() {
    let city = city();
    let lines = city.detect(&["card.split-payment"]);
    let mut finding: Value = serde_json::from_slice(&lines).unwrap();
    finding["key"] = json!("0".repeat(64));
    city.write("foreign.jsonl", finding.to_string());
    let said = city.haechi(&["verify", "foreign.jsonl"]).ends_with(30).text();
    assert!(said.contains("no run kept in this data folder made it"), "{said}");
}

#[test]
fn one_flipped_byte_of_a_part_is_named() {
    let city = city();
    let said = city.haechi(&["snapshot", "verify"]).ends_with(0).text();
    assert!(said.contains("all as written"), "{said}");
    let (part, mut bytes) = city.kept("parts").pop_first().unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    city.write(&format!("data/store/parts/{part}"), bytes);
    let said = city.haechi(&["snapshot", "verify"]).ends_with(14).text();
    assert!(said.contains(&format!("parts/{part}")) && said.contains("1 damaged"), "{said}");
}
