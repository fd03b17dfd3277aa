//! The pages beside the rule: README.md, cases.md and the lock.

use super::Findings;
use super::wording::is_hangul;
use crate::cell::Cell;
use crate::dictionary::Dictionary;
use crate::fault::Fault;
use crate::scenario::{Scenario, Status, check_lock, scenario_cases};
use crate::tables::CasesFile;

/// The headings of README.md, in order.
pub(super) const HEADINGS: [&str; 6] =
    ["What it finds", "Why it matters", "How to explain it", "Not flagged", "Assumptions", "Known misses"];

const WHY: &str = HEADINGS[1];

const FILES: [&str; 4] = ["scenario.toml", "query.sql", "README.md", "cases.md"];

pub(super) fn files(found: &mut Findings<'_>) {
    for file in FILES {
        if let Err(fault) = found.folder.text(file) {
            found.fault(fault);
        }
    }
    let folder = found.folder;
    for file in folder.files.keys().filter(|file| !FILES.contains(&file.as_str()) && *file != "scenario.lock") {
        found.add("file-unexpected", file, 0, "The file belongs to no scenario.", "Remove it.");
    }
}

pub(super) fn readme(found: &mut Findings<'_>) {
    const FILE: &str = "README.md";
    let folder = found.folder;
    let Some(text) = folder.files.get(FILE) else { return };
    let mut sections: Vec<(&str, u64, Vec<&str>)> = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(heading) = content.strip_prefix("## ") {
            sections.push((heading.trim(), line, Vec::new()));
        } else if let Some((.., lines)) = sections.last_mut() {
            lines.push(content.trim());
        }
    }
    if !sections.iter().map(|(heading, ..)| *heading).eq(HEADINGS) {
        let there: Vec<&str> = sections.iter().map(|(heading, ..)| *heading).collect();
        let what = format!("The headings are: {}.", there.join(", "));
        let line = sections.first().map_or(1, |(_, line, _)| *line);
        found.add("readme-headings", FILE, line, what, format!("They must be: {}.", HEADINGS.join(", ")));
    }
    for (heading, line, _) in sections.iter().filter(|(.., lines)| lines.iter().all(|content| content.is_empty())) {
        let what = format!("`{heading}` says nothing.");
        found.add("readme-empty", FILE, *line, what, "Write a sentence; `None known.` is one.");
    }
    for (_, line, lines) in sections.iter().filter(|(heading, ..)| *heading == WHY) {
        why(found, *line, lines);
    }
}

/// Who is asked reads this section in their own language. One that says nothing at all has been named already.
fn why(found: &mut Findings<'_>, line: u64, lines: &[&str]) {
    let paragraphs = lines.split(|content| content.is_empty()).filter(|paragraph| !paragraph.is_empty());
    let in_hangul = |paragraph: &&[&str]| paragraph.iter().any(|content| content.chars().any(is_hangul));
    let (korean, english): (Vec<_>, Vec<_>) = paragraphs.partition(in_hangul);
    let missing = match (korean.is_empty(), english.is_empty()) {
        (true, false) => "Korean",
        (false, true) => "English",
        _ => return,
    };
    let what = format!("`{WHY}` has no paragraph in {missing}.");
    let help = "Say the same in both, each in a paragraph of its own.";
    found.add("readme-why-korean", "README.md", line, what, help);
}

pub(super) fn cases(found: &mut Findings<'_>, scenario: &Scenario, dictionary: &Dictionary) {
    const FILE: &str = "cases.md";
    let folder = found.folder;
    let Some(text) = folder.files.get(FILE) else { return };
    let read = CasesFile::parse(&folder.place(FILE), text);
    let cases = match read.and_then(|file| scenario_cases(&file, scenario, dictionary)) {
        Ok(cases) => cases,
        Err(faults) => {
            for fault in faults {
                let what = format!("{} [{}]", fault.what, fault.code);
                found.fault(Fault { code: "cases-invalid", what, ..fault });
            }
            return;
        }
    };
    if cases.len() < 4 {
        let what = format!("There are {} cases.", cases.len());
        let help = "Give at least four: one flagged, a near miss, one with an empty cell, each parameter's edge.";
        found.add("cases-too-few", FILE, 1, what, help);
    }
    if cases.iter().all(|case| case.findings.rows.is_empty()) {
        found.add("cases-no-finding", FILE, 1, "No case is flagged.", "Add one that is.");
    }
    let has_rows = |case: &crate::scenario::ScenarioCase| case.tables.values().any(|table| !table.rows.is_empty());
    if !cases.iter().any(|case| case.findings.rows.is_empty() && has_rows(case)) {
        let help = "Add one that nearly is, with an empty findings table.";
        found.add("cases-no-near-miss", FILE, 1, "No case is left unflagged.", help);
    }
    let mut cells =
        cases.iter().flat_map(|case| case.tables.values()).flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    if !cells.any(|cell| *cell == Cell::Null) {
        let help = "Add one, to show what the scenario does with what is missing.";
        found.add("cases-no-empty-cell", FILE, 1, "No case has an empty cell.", help);
    }
    for name in scenario.parameters.keys().filter(|name| !text.contains(name.as_str())) {
        let what = format!("No case names `{name}`.");
        let help = "Add one at its edge, in words or with a `toml parameters` block.";
        found.add("cases-parameter-edge", FILE, 1, what, help);
    }
}

pub(super) fn lock(found: &mut Findings<'_>, scenario: &Scenario) {
    let locked = found.folder.files.contains_key("scenario.lock");
    // A draft or preview may be ahead of what was published last.
    let held = scenario.status == Status::Stable || (locked && scenario.status == Status::Retired);
    if held && let Err(fault) = check_lock(found.folder, scenario) {
        let what = format!("{} [{}]", fault.what, fault.code);
        found.fault(Fault { code: "lock-stale", what, ..fault });
    }
}
