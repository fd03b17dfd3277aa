//! What is measured: each item a command of ours and, where there is one, DuckDB's.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Place;
use crate::workspace;

/// The mapping of the Seoul files.
const MAPPING: &str = "seoul-card-expense";

/// Whether any of the chosen measurements reads the large file.
pub(super) fn needs_large(only: &[u8]) -> bool {
    only.is_empty() || only.iter().any(|number| matches!(number, 3 | 4))
}

/// The plan for `measure.py`.
///
/// # Errors
///
/// Scenario folders that cannot be read.
pub(super) fn write(place: &Place, only: &[u8], n: u32) -> Result<Value> {
    let chosen = |number: u8| only.is_empty() || only.contains(&number);
    let small = place.folder.join("small");
    let large = place.folder.join("large-data");
    let card = card_scenarios()?;
    let ids: Vec<&str> = card.iter().map(|(id, _)| id.as_str()).collect();
    let parquet = place.folder.join("duckdb.parquet");
    let mut items = Vec::new();

    // The import is measured first, because the others read the folder it leaves.
    if chosen(1) || chosen(2) || chosen(5) {
        let mut runs = vec![json!({
            "who": "haechi",
            "prepare": fresh(place, &small),
            "command": take(place, &small, &place.months),
            "log": log(place, "1-haechi"),
        })];
        if chosen(1) {
            let mut copy = duck(place, "copy");
            copy.push(text(&parquet));
            copy.extend(place.months.iter().map(|file| text(file)));
            runs.push(json!({ "who": "duckdb", "prepare": [], "command": copy, "log": log(place, "1-duckdb") }));
        }
        items.push(json!({ "name": "1", "times": if chosen(1) { n } else { 1 }, "runs": runs }));
    }
    if chosen(2) {
        items.push(scenarios(place, "2", &small, &ids, &card));
    }
    if chosen(5) {
        let command = detect(place, &small, &[]);
        items.push(json!({ "name": "5", "runs": [
            { "who": "haechi", "prepare": [], "command": command, "log": log(place, "5-haechi") },
        ]}));
    }
    if chosen(4) || chosen(3) {
        // Minutes a run: once for the memory it needs, which differs little between runs.
        items.push(json!({ "name": "4", "times": 1, "runs": [
            {
                "who": "haechi",
                "prepare": fresh(place, &large),
                "command": take(place, &large, std::slice::from_ref(&place.large)),
                "log": log(place, "4-haechi"),
            },
        ]}));
    }
    if chosen(3) {
        items.push(scenarios(place, "3", &large, &ids, &card));
    }
    Ok(json!({ "cores": 2, "times": n, "items": items }))
}

/// Our detection beside DuckDB running the same queries one after another over the same Parquet files.
fn scenarios(place: &Place, name: &str, data: &Path, ids: &[&str], card: &[(String, String)]) -> Value {
    let mut queries = duck(place, "scenarios");
    queries.push(text(data));
    queries.push(text(&workspace::root().join("calendar/kr.csv")));
    queries.extend(card.iter().map(|(_, folder)| folder.clone()));
    json!({ "name": name, "runs": [
        { "who": "haechi", "prepare": [], "command": detect(place, data, ids), "log": log(place, &format!("{name}-haechi")) },
        { "who": "duckdb", "prepare": [], "command": queries, "log": log(place, &format!("{name}-duckdb")) },
    ]})
}

/// The card scenarios, by id and folder.
fn card_scenarios() -> Result<Vec<(String, String)>> {
    let area = workspace::root().join("scenarios/card");
    let mut found = Vec::new();
    for entry in fs::read_dir(&area).with_context(|| format!("cannot read {}", area.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.push((format!("card.{name}"), text(&entry.path())));
    }
    found.sort();
    Ok(found)
}

pub(super) fn fresh(place: &Place, data: &Path) -> Value {
    json!([["rm", "-rf", text(data)], [text(&place.haechi), "init", text(data)]])
}

fn take(place: &Place, data: &Path, files: &[std::path::PathBuf]) -> Vec<String> {
    let mut command: Vec<String> = vec![text(&place.haechi)];
    command.extend(["snapshot", "take", "--data"].map(str::to_owned));
    command.extend([text(data), "--mapping".to_owned(), MAPPING.to_owned()]);
    command.extend(files.iter().map(|file| text(file)));
    command
}

pub(super) fn detect(place: &Place, data: &Path, ids: &[&str]) -> Vec<String> {
    let mut command = vec![text(&place.haechi), "detect".to_owned(), "--data".to_owned(), text(data)];
    command.extend(ids.iter().flat_map(|id| ["--scenario".to_owned(), (*id).to_owned()]));
    command.extend(["--format".to_owned(), "jsonl".to_owned(), "--out".to_owned()]);
    command.push(text(&place.folder.join("findings.jsonl")));
    command
}

pub(super) fn duck(place: &Place, task: &str) -> Vec<String> {
    vec![text(&place.python), text(&place.scripts.join("duck.py")), task.to_owned()]
}

pub(super) fn log(place: &Place, name: &str) -> String {
    text(&place.folder.join(format!("{name}.log")))
}

pub(super) fn text(path: &Path) -> String {
    path.display().to_string()
}
