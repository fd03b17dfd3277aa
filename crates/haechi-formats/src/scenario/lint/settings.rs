//! What `scenario.toml` says beyond what reading it checks already.

use haechi_core::ids::TableName;

use super::Findings;
use crate::scenario::file::columns_in;
use crate::scenario::sql_text::mask;
use crate::scenario::{Scenario, Status, TO_BE_CONFIRMED};

const FILE: &str = "scenario.toml";

/// The line of `key` in `[section]`; of the section itself where the key is not found; 1 where neither is.
pub(super) fn line_of_key(text: &str, section: &str, key: &str) -> u64 {
    let (mut current, mut best) = (String::new(), 1);
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        if let Some(name) = content.strip_prefix('[') {
            current = name.split(']').next().unwrap_or_default().trim_matches('[').to_owned();
            if current == section {
                best = line;
            }
        }
        let name = content.split('=').next().unwrap_or_default().trim();
        if current == section && name == key {
            return line;
        }
    }
    best
}

pub(super) fn look(found: &mut Findings<'_>, scenario: &Scenario) {
    let text = found.folder.files.get(FILE).map(String::as_str).unwrap_or_default();
    let top = |key: &str| line_of_key(text, "", key);
    let folder_name = found.folder.name.clone();
    if folder_name.replace('/', ".") != scenario.id.as_str() {
        let what = format!("The folder is `{folder_name}`, the id `{}`.", scenario.id);
        found.add("folder-name", FILE, top("id"), what, "Give both the same area and name.");
    }
    if scenario.id.as_str().split('.').next() != Some(scenario.area.as_str()) {
        let what = format!("The area is `{}`, the id `{}`.", scenario.area, scenario.id);
        found.add("area-differs", FILE, top("area"), what, "Write the id's first half.");
    }
    if scenario.owner.trim().is_empty() {
        found.add("owner-empty", FILE, top("owner"), "The owner is empty.", "Name who answers for the rule.");
    }
    for row in scenario.catalogue.iter().filter(|row| !is_catalogue_row(row)) {
        let what = format!("`{row}` is no row of the catalogue.");
        found.add("catalogue-form", FILE, top("catalogue"), what, "Write it like CARD-05.");
    }
    if !(1..=60).contains(&scenario.deadline_working_days) {
        let what = format!("The deadline is {} working days.", scenario.deadline_working_days);
        found.add("deadline-odd", FILE, top("deadline_working_days"), what, "Use 1 to 60; 7 is usual.");
    }
    if scenario.status == Status::Stable && scenario.expected_a_month.is_none() {
        let what = "A stable scenario does not say how many findings are usual.";
        found.add("expected-missing", FILE, top("status"), what, "Add `expected_a_month`.");
    }
    basis(found, scenario, text);
    for (name, parameter) in scenario.parameters.iter().filter(|(_, parameter)| parameter.range.is_none()) {
        // Limits by date come from law or by-law; a range for them would only repeat the values.
        if matches!(parameter.value, crate::scenario::ParameterValue::Scalar(_)) {
            let line = line_of_key(text, &format!("parameters.{name}"), "default");
            found.add("range-missing", FILE, line, format!("`{name}` has no range."), "Add `range = [low, high]`.");
        }
    }
    inputs(found, scenario, text);
    locality(found, scenario, text);
}

fn is_catalogue_row(row: &str) -> bool {
    row.split_once('-').is_some_and(|(area, number)| {
        (2..=4).contains(&area.len())
            && area.bytes().all(|c| c.is_ascii_uppercase())
            && number.len() == 2
            && number.bytes().all(|c| c.is_ascii_digit())
    })
}

fn basis(found: &mut Findings<'_>, scenario: &Scenario, text: &str) {
    let line = line_of_key(text, "basis", "law");
    if scenario.basis.is_empty() {
        let help = format!("Add [[basis]] with the law and article, or `law = \"{TO_BE_CONFIRMED}\"`.");
        found.add("basis-missing", FILE, line, "There is no [[basis]].", help);
    }
    for basis in &scenario.basis {
        if basis.law != TO_BE_CONFIRMED && basis.article.as_deref().is_none_or(|article| article.trim().is_empty()) {
            let what = format!("`{}` is cited without an article.", basis.law);
            let help = format!("Add the article, or write `law = \"{TO_BE_CONFIRMED}\"`.");
            found.add("basis-without-article", FILE, line, what, help);
        }
        if let (Some(from), Some(to)) = (basis.from, basis.to)
            && from > to
        {
            let what = format!("The basis runs from {from} to {to}.");
            found.add("basis-reversed", FILE, line, what, "Write the earlier day as `from`.");
        }
    }
}

fn inputs(found: &mut Findings<'_>, scenario: &Scenario, text: &str) {
    let mask = String::from_utf8_lossy(&mask(&scenario.sql)).into_owned();
    let words: Vec<&str> = mask.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    for (table, input) in &scenario.inputs {
        let line = line_of_key(text, &format!("inputs.{table}"), "columns");
        for column in input.columns.iter().filter(|column| !words.contains(&column.as_str())) {
            let what = format!("The query does not use `{table}.{column}`.");
            let help = "Remove it; a source that lacks it would make the scenario unjudgeable for nothing.";
            found.add("column-unused", FILE, line, what, help);
        }
    }
    if scenario.inputs.values().all(|input| !input.flagged) {
        let help = "Leave `flagged` out for the tables whose rows speak.";
        found.add("nothing-flagged", FILE, line_of_key(text, "inputs", ""), "No input is flagged.", help);
    }
}

fn locality(found: &mut Findings<'_>, scenario: &Scenario, text: &str) {
    let Some(locality) = &scenario.locality else { return };
    let line = line_of_key(text, "locality", "");
    for (table, _) in scenario.inputs.iter().filter(|(table, input)| input.flagged && !locality.contains_key(*table)) {
        let what = format!("[locality] has no entry for `{table}`.");
        let help =
            "Name the columns by which its rows change one verdict; leave [locality] out for whole distributions.";
        found.add("locality-incomplete", FILE, line, what, help);
    }
    let keyed: Vec<String> = locality.values().flatten().flat_map(|key| columns_in(key)).collect();
    if !scenario.subject.iter().map(TableName::as_str).any(|column| keyed.iter().any(|key| key == column)) {
        let what = "No locality key goes by a subject column.";
        let help = "The key must follow from the subject, or the parts do not add up to the whole.";
        found.add("locality-without-subject", FILE, line, what, help);
    }
}
