//! A mapping's own tests: `cases.md` holds small exports as they stand, and what must become of them.
//!
//! One case is a heading with a block `input file=NAME.csv`, the rows expected in the block named after the table, and
//! where they occur `rejects` (line, code, column, value) or a `fault` (code, column) that stops the whole file. Expected
//! blocks name the columns they care for; empty is null; `_period` is the period a row belongs to.

use haechi_core::period::Period;

use super::{Mapping, Reject, RowPeriod, convert};
use crate::cell::Cell;
use crate::dictionary::Table;
use crate::export::{Encoding, Format, Member, RawRow, RowSource as _, delimited};
use crate::fault::Fault;
use crate::keys::InstallationKey;
use crate::tables::{Block, Case, CasesFile};

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The case's heading.
    pub title: String,
    /// The line of its heading.
    pub line: u64,
    /// What differs, several lines for people; `None` where it holds.
    pub failure: Option<String>,
}

/// The key under which cases hash identifiers: known to everyone, since no case may hold anyone's.
const KEY: InstallationKey = InstallationKey::new(*b"haechi: the key of test cases :)");

/// The column of an expected block that stands for the row's period.
const PERIOD: &str = "_period";

/// Runs every case of `cases` through the mapping and compares.
pub fn check_cases(mapping: &Mapping, table: &Table, cases: &CasesFile) -> Vec<CaseResult> {
    let check = |case: &Case| CaseResult {
        title: case.title.clone(),
        line: case.line,
        failure: check_case(mapping, table, &cases.file, case).err(),
    };
    cases.cases.iter().map(check).collect()
}

/// The text of `cases.md` with its expected blocks rewritten to what the mapping makes of the inputs now. `text` is the
/// text `cases` was read from. Columns stay as they are named; an empty block gets all columns the file supplies; rejects
/// that no block expects get one.
pub fn bless(mapping: &Mapping, table: &Table, cases: &CasesFile, text: &str) -> String {
    let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for case in &cases.cases {
        let Ok(outcome) = run(mapping, table, &cases.file, case) else { continue };
        for block in case.blocks.iter().filter(|block| block.name != "input") {
            let columns = columns_of(block);
            if let Some(found) = outcome.found(table, &block.name, columns.as_deref()) {
                edits.push((block.span.clone(), csv_text(&found)));
            }
        }
        let named = |name: &str| case.blocks.iter().any(|block| block.name == name);
        if let (false, Ok(read), Some(last)) = (named("rejects"), &outcome.read, case.blocks.last())
            && !read.rejects.is_empty()
            && let Some(found) = outcome.found(table, "rejects", None)
        {
            let rest = text.get(last.span.end..).unwrap_or_default();
            let at = last.span.end + rest.find('\n').map_or(rest.len(), |end| end + 1);
            edits.push((at..at, format!("\n```csv rejects\n{}```\n", csv_text(&found))));
        }
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (span, new) in edits {
        if let Some(before) = text.get(copied..span.start) {
            out.push_str(before);
            out.push_str(&new);
            copied = span.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// What a mapping made of a case's input.
struct Outcome {
    supplied: Vec<String>,
    read: Result<ReadRows, Fault>,
}

#[derive(Default)]
struct ReadRows {
    rows: Vec<(RowPeriod, Vec<Cell<'static>>)>,
    rejects: Vec<(u64, Reject)>,
}

fn run(mapping: &Mapping, table: &Table, file: &str, case: &Case) -> Result<Outcome, String> {
    let inputs: Vec<&Block> = case.blocks.iter().filter(|block| block.name == "input").collect();
    let [input] = inputs.as_slice() else {
        return Err(format!("The case has {} blocks `input`; write one, ```csv input file=NAME.csv.", inputs.len()));
    };
    let Some(name) = input.option("file") else {
        return Err(format!("{file}:{}: the block `input` has no file=NAME.csv.", input.line));
    };
    if !mapping.matches_file(name) {
        return Err(format!("{file}:{}: the mapping's `files` do not fit `{name}`.", input.line));
    }
    let option = match input.option("period").map(str::parse::<Period>).transpose() {
        Ok(option) => option,
        Err(error) => return Err(format!("{file}:{}: {error}.", input.line)),
    };
    let mut supplied = Vec::new();
    let read = read_all(mapping, table, name, option, &input.text, &mut supplied);
    Ok(Outcome { supplied, read })
}

fn read_all(
    mapping: &Mapping,
    table: &Table,
    name: &str,
    option: Option<Period>,
    text: &str,
    supplied: &mut Vec<String>,
) -> Result<ReadRows, Fault> {
    let member = Member { name: None, format: Format::Delimited, encoding: Encoding::Utf8, bytes: text.len() as u64 };
    let mut bytes = text.as_bytes();
    let mut source = delimited::open(name, &member, &mut bytes, &mapping.read_rule())?;
    let period = mapping.file_period(name, option)?;
    let reader = mapping.bind(table, &KEY, name, source.layout(), period)?;
    supplied.extend(reader.supplied().iter().map(ToString::to_string));
    let mut read = ReadRows::default();
    let mut row = RawRow::default();
    while source.next(&mut row)? {
        let mut cells = Vec::new();
        match reader.read(&row, &mut cells) {
            Ok(period) => read.rows.push((period, cells.into_iter().map(convert::owned).collect())),
            Err(reject) => read.rejects.push((row.line, reject)),
        }
    }
    Ok(read)
}

impl Outcome {
    /// What a block of this name must hold, header first; `None` where this outcome has no such block.
    fn found(&self, table: &Table, name: &str, columns: Option<&[String]>) -> Option<Vec<Vec<String>>> {
        let header = |usual: &[String]| columns.map_or_else(|| usual.to_vec(), <[String]>::to_vec);
        let words = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut lines = Vec::new();
        match (&self.read, name) {
            (Err(fault), "fault") => {
                let header = header(&words(&["code", "column"]));
                let value = |column: &String| match column.as_str() {
                    "code" => fault.code.to_owned(),
                    "column" => fault.place.column.clone().unwrap_or_default(),
                    "line" => fault.place.line.map(|line| line.to_string()).unwrap_or_default(),
                    _ => String::new(),
                };
                let line = header.iter().map(value).collect();
                lines.extend([header, line]);
            }
            (Ok(read), "rejects") => {
                let header = header(&words(&["line", "code", "column", "value"]));
                for (line, reject) in &read.rejects {
                    let value = |column: &String| match column.as_str() {
                        "line" => line.to_string(),
                        "code" => reject.code.clone(),
                        "column" => reject.column.clone().unwrap_or_default(),
                        "value" => reject.value.clone().unwrap_or_default(),
                        "counts" => reject.counts.to_string(),
                        _ => String::new(),
                    };
                    lines.push(header.iter().map(value).collect());
                }
                lines.insert(0, header);
            }
            (Ok(read), name) if name == table.name.as_str() => {
                let header = header(&self.supplied);
                let physical = table.columns();
                let places: Vec<_> =
                    header.iter().map(|name| physical.iter().position(|column| column.name.as_str() == name)).collect();
                for (period, cells) in &read.rows {
                    let value = |(name, at): (&String, &Option<usize>)| match (at, period) {
                        (Some(at), _) => cells.get(*at).map(shown).unwrap_or_default(),
                        (None, RowPeriod::Of(period)) if name == PERIOD => period.to_string(),
                        _ => String::new(),
                    };
                    lines.push(header.iter().zip(&places).map(value).collect());
                }
                lines.insert(0, header);
            }
            _ => return None,
        }
        Some(lines)
    }
}

/// A cell as cases write it.
fn shown(cell: &Cell<'_>) -> String {
    use chrono::Timelike as _;
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Int(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) if moment.second() == 0 => moment.format("%Y-%m-%dT%H:%M").to_string(),
        Cell::Moment(moment) => moment.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

fn check_case(mapping: &Mapping, table: &Table, file: &str, case: &Case) -> Result<(), String> {
    let outcome = run(mapping, table, file, case)?;
    let mut told = Vec::new();
    let expected: Vec<&Block> = case.blocks.iter().filter(|block| block.name != "input").collect();
    if expected.is_empty() {
        return Err(format!("{file}:{}: the case expects nothing; add a block `{}`.", case.line, table.name));
    }
    let known = [table.name.as_str(), "rejects", "fault"];
    for block in &expected {
        if !known.contains(&block.name.as_str()) {
            told.push(format!(
                "{file}:{}: a block `{}`; blocks are input, {}.",
                block.line,
                block.name,
                known.join(", ")
            ));
            continue;
        }
        match block.table(file) {
            Err(fault) => told.push(fault.to_string()),
            Ok(wanted) => {
                unknown_columns(table, block, &wanted.columns, &mut told);
                match (outcome.found(table, &block.name, Some(&wanted.columns)), &outcome.read) {
                    (Some(found), _) => {
                        let mut lines = vec![wanted.columns.clone()];
                        lines.extend(wanted.rows.into_iter().map(|(_, cells)| cells));
                        told.extend(difference(file, block, &lines, &found));
                    }
                    (None, Err(fault)) => told.push(format!("The file is stopped: {fault}")),
                    (None, Ok(_)) => told.push("The file is read, where a fault was expected.".to_owned()),
                }
            }
        }
    }
    let expects = |name: &str| expected.iter().any(|block| block.name == name);
    match &outcome.read {
        Ok(read) if !expects("rejects") && !read.rejects.is_empty() => {
            told.push("Rows are rejected, and no block `rejects` says so:".to_owned());
            told.extend(
                read.rejects
                    .iter()
                    .map(|(line, reject)| format!("+ line {line}: {} {}", reject.code, reject.reason.en)),
            );
        }
        _ => {}
    }
    told.dedup();
    if told.is_empty() { Ok(()) } else { Err(told.join("\n")) }
}

fn unknown_columns(table: &Table, block: &Block, columns: &[String], told: &mut Vec<String>) {
    let physical = table.columns();
    let known = |name: &String| match block.name.as_str() {
        "rejects" => ["line", "code", "column", "value", "counts"].contains(&name.as_str()),
        "fault" => ["line", "code", "column"].contains(&name.as_str()),
        _ => name == PERIOD || physical.iter().any(|column| column.name.as_str() == name),
    };
    for name in columns.iter().filter(|name| !known(name)) {
        told.push(format!("The block `{}` has no column `{name}`.", block.name));
    }
}

/// The lines that differ: `-` is expected, `+` is found.
fn difference(file: &str, block: &Block, wanted: &[Vec<String>], found: &[Vec<String>]) -> Vec<String> {
    if wanted == found {
        return Vec::new();
    }
    let line = |cells: &Vec<String>| csv_text(std::slice::from_ref(cells)).trim_end_matches('\n').to_owned();
    let mut out = vec![format!("{file}:{}: `{}` differs (- expected, + found):", block.line, block.name)];
    for at in 0..wanted.len().max(found.len()) {
        match (wanted.get(at), found.get(at)) {
            (Some(one), Some(other)) if one == other => out.push(format!("  {}", line(one))),
            (one, other) => {
                out.extend(one.map(|cells| format!("- {}", line(cells))));
                out.extend(other.map(|cells| format!("+ {}", line(cells))));
            }
        }
    }
    out
}

fn columns_of(block: &Block) -> Option<Vec<String>> {
    block.table("").ok().map(|table| table.columns)
}

fn csv_text(lines: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        // Writing to memory does not fail; a line that did would show as missing.
        let _ = writer.write_record(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
