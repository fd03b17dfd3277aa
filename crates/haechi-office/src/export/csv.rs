//! A table as text.

use super::{Cell, ExportError, Table};

/// What a spreadsheet takes for the beginning of a formula, also in full width, and what it skips before one.
const BEGINS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '|', '＝', '＋', '－', '＠'];

/// Words that no spreadsheet takes for a formula: OWASP's advice is an apostrophe before them.
fn harmless(text: &str) -> String {
    let is_risky = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '"', '\'']).starts_with(BEGINS);
    if is_risky { format!("'{text}") } else { text.to_owned() }
}

pub(super) fn text(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(table.columns.iter().map(|column| harmless(column)))?;
    for row in &table.rows {
        out.write_record(row.iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => harmless(text),
            Cell::Number(number) => number.to_string(),
            Cell::Share(share) => format!("{}.{}%", share / 10, share % 10),
            Cell::Day(day) => day.to_string(),
        }))?;
    }
    out.into_inner().map_err(|error| ExportError::Text(error.into_error().into()))
}
