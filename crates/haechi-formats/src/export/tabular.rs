//! Lines of texts as a table: which of them is the header, and what is wrong with a row as a whole.

use std::collections::VecDeque;

use super::header::{self, Line, SEARCHED, Totals};
use super::{LONGEST_RECORD, Layout, Named, RawRow, ReadRule, RowSource, RowTrouble};
use crate::fault::Fault;

/// Lines of texts, one after another, before anybody knows which is the header.
pub(super) trait Lines {
    /// Whether a text's column is where it stands: then a row that ends early lacks nothing, and what stands right of the
    /// header belongs to no column. Otherwise a text too many or too few has moved the others.
    const FIXED: bool;

    /// Reads the next line: its number, its texts, and what is wrong with one of them. `false` at the end.
    fn read(&mut self, row: &mut RawRow) -> Result<bool, Fault>;
}

/// The rows below a header that was found.
pub(super) struct Tabular<L> {
    lines: L,
    layout: Layout,
    /// Fields a row must have: the place behind the last named column.
    fewest: usize,
    totals: Totals,
    /// Rows read while the header was looked for.
    waiting: VecDeque<RawRow>,
}

impl<L: Lines> Tabular<L> {
    /// Finds the header among the first 50 lines, the line (or two lines joined) that holds most names the mapping knows,
    /// and stands before the first row.
    ///
    /// # Errors
    ///
    /// `header-missing`, `money-unit-ambiguous`, and what ends the lines.
    pub(super) fn open(named: &Named, mut lines: L, delimiter: u8, rule: &ReadRule) -> Result<Self, Fault> {
        let last_line = rule.header_line.unwrap_or(0).saturating_add(u64::from(rule.header_lines.unwrap_or(1)));
        let (mut seen, mut waiting, mut bytes) = (Vec::new(), VecDeque::new(), 0);
        let (mut ended, mut number) = (None, 0);
        while (seen.len() < SEARCHED || number < last_line.min(10_000)) && bytes <= LONGEST_RECORD {
            let mut row = RawRow::default();
            match lines.read(&mut row) {
                Ok(true) => {}
                Ok(false) => break,
                Err(fault) => {
                    // A broken record below the header must not hide it; one before it is the fault.
                    ended = Some(fault);
                    break;
                }
            }
            number = row.line;
            bytes += row.fields.as_slice().len();
            seen.push(Line { number, cells: row.fields.iter().map(str::to_owned).collect() });
            waiting.push_back(row);
        }
        let Some(found) = header::find(&seen, rule) else {
            return Err(ended.unwrap_or_else(|| header::missing(named, &seen, rule)));
        };
        if let Some(fault) = ended {
            return Err(fault);
        }
        let header_line = seen[found.above].number;
        let money_unit = header::money_unit(named, &seen[..found.above], &found.names, header_line)?;
        waiting.drain(..found.above + found.height);
        let fewest = found.names.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
        let layout = Layout { header: found.names, header_line, delimiter, money_unit, ..Layout::default() };
        Ok(Self { lines, layout, fewest, totals: Totals::new(rule), waiting })
    }

    /// What is wrong with the row as a whole; trailing fields nobody named are cut off.
    fn judge(&self, row: &mut RawRow) {
        let fields = &mut row.fields;
        if fields.as_slice().trim().is_empty() && row.spoiled.is_empty() {
            row.trouble = Some(RowTrouble::Blank);
            return;
        }
        if self.totals.is_total(fields) {
            row.trouble = Some(RowTrouble::Total);
            return;
        }
        let (found, expected) = (fields.len(), self.layout.header.len());
        if found > expected && (L::FIXED || fields.iter().skip(expected).all(|cell| cell.trim().is_empty())) {
            fields.truncate(expected);
        } else if !L::FIXED && (found > expected || found < self.fewest) {
            row.trouble = Some(RowTrouble::FieldCount { found, expected });
            return;
        }
        for _ in found..expected {
            // Only columns without a name are missing here, or cells that were never filled, so nothing is made up.
            fields.push_field("");
        }
    }
}

impl<L: Lines> RowSource for Tabular<L> {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        if let Some(waiting) = self.waiting.pop_front() {
            *row = waiting;
        } else if !self.lines.read(row)? {
            return Ok(false);
        }
        self.judge(row);
        Ok(true)
    }
}
