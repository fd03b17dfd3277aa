//! Delimited text: CSV and its cousins, with titles above the header and totals below the rows.

use std::collections::VecDeque;
use std::io::{BufRead, Read as _};

use super::encoding::UTF8_MARK;
use super::header::{self, Line, SEARCHED, Totals};
use super::records::{Record, RecordError, Records};
use super::{Encoding, Layout, Member, Named, RawRow, ReadRule, RowSource, RowTrouble};
use crate::fault::Fault;

/// How much of a member is looked at for its delimiter, in bytes.
const HEAD: usize = 64 * 1024;
/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of one member of delimited text.
pub struct Delimited<'r> {
    named: Named,
    encoding: Encoding,
    records: Records<'r>,
    layout: Layout,
    /// Fields a row must have: the place behind the last named column.
    fewest: usize,
    totals: Totals,
    /// Rows read while the header was looked for.
    waiting: VecDeque<(u64, csv::StringRecord, Option<usize>)>,
    record: Record,
    scratch: String,
}

/// Finds delimiter and header, and stands before the first row. `file` is the file's base name, as faults call it.
///
/// - **Shape.** At most 64 KiB are looked at for the delimiter and 50 records for the header; memory stays bounded whatever
///   the bytes are. The header is the line (or two lines joined) that holds most names the mapping knows.
/// - **Errors.** Faults that name file, member and line: `header-missing`, `not-text`, `money-unit-ambiguous`,
///   `line-too-long`, `quote-unclosed`, and what the reader says.
pub fn open<'r>(
    file: &str,
    member: &Member,
    reader: &'r mut dyn BufRead,
    rule: &ReadRule,
) -> Result<Delimited<'r>, Fault> {
    let named = Named::new(file, member);
    let mut head = Vec::with_capacity(HEAD);
    (&mut *reader).take(HEAD as u64).read_to_end(&mut head).map_err(|error| named.unreadable(error, 1))?;
    if head.starts_with(UTF8_MARK) {
        head.drain(..UTF8_MARK.len());
    }
    refuse_binary(&named, &head)?;
    let delimiter = rule.delimiter.unwrap_or_else(|| find_delimiter(&head, member.encoding, rule));
    let mut source = Delimited {
        named,
        encoding: member.encoding,
        records: Records::new(head, reader, delimiter),
        layout: Layout { delimiter, money_unit: 1, ..Layout::default() },
        fewest: 0,
        totals: Totals::new(rule),
        waiting: VecDeque::new(),
        record: Record::default(),
        scratch: String::new(),
    };
    source.find_header(rule)?;
    Ok(source)
}

/// Text holds no NUL; programs, pictures and old spreadsheets do.
pub(super) fn refuse_binary(named: &Named, head: &[u8]) -> Result<(), Fault> {
    if memchr::memchr(0, &head[..head.len().min(8 * 1024)]).is_none() {
        return Ok(());
    }
    Err(named.fault(
        "not-text",
        "It is no text.",
        "If it is a spreadsheet, open it and save it as CSV UTF-8, then import that.",
    ))
}

/// The delimiter under which most known names show; where that settles nothing, under which most records have equally
/// many fields.
fn find_delimiter(head: &[u8], encoding: Encoding, rule: &ReadRule) -> u8 {
    let score = |delimiter: u8| {
        let mut nothing: &[u8] = &[];
        let mut records = Records::new(head.to_vec(), &mut nothing, delimiter);
        let (mut record, mut fields, mut scratch) = (Record::default(), csv::StringRecord::new(), String::new());
        let mut lines = Vec::new();
        // The last record may be cut in two by the end of the head; what can be read of it does no harm.
        while lines.len() < SEARCHED && records.read(&mut record).unwrap_or(false) {
            record.decode(encoding, &mut scratch, &mut fields);
            lines.push(Line { number: record.line, cells: fields.iter().map(str::to_owned).collect() });
        }
        let hits = header::find(&lines, rule).map_or(0, |found| found.hits);
        let even = lines
            .iter()
            .map(|line| line.cells.len())
            .filter(|width| *width > 1)
            .map(|width| lines.iter().filter(|line| line.cells.len() == width).count())
            .max()
            .unwrap_or(0);
        (hits, even)
    };
    // The first of equals: the comma is the most usual.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

impl Delimited<'_> {
    fn find_header(&mut self, rule: &ReadRule) -> Result<(), Fault> {
        let last_line = rule.header_line.unwrap_or(0).saturating_add(u64::from(rule.header_lines.unwrap_or(1)));
        let (mut lines, mut bytes) = (Vec::new(), 0);
        let mut ended = None;
        while lines.len() < SEARCHED || self.record.line < last_line.min(10_000) {
            let mut fields = csv::StringRecord::new();
            match self.records.read(&mut self.record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    // A broken record below the header must not hide it; one before it is the fault.
                    ended = Some(self.fault(error));
                    break;
                }
            }
            let undecodable = self.record.decode(self.encoding, &mut self.scratch, &mut fields);
            bytes += fields.as_slice().len();
            lines.push(Line { number: self.record.line, cells: fields.iter().map(str::to_owned).collect() });
            self.waiting.push_back((self.record.line, fields, undecodable));
            if bytes > super::LONGEST_RECORD {
                break;
            }
        }
        let Some(found) = header::find(&lines, rule) else {
            return Err(ended.unwrap_or_else(|| header::missing(&self.named, &lines, rule)));
        };
        if let Some(fault) = ended {
            return Err(fault);
        }
        let number = lines[found.above].number;
        self.layout.money_unit = header::money_unit(&self.named, &lines[..found.above], &found.names, number)?;
        self.layout.header_line = number;
        self.fewest = found.names.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
        self.layout.header = found.names;
        self.waiting.drain(..found.above + found.height);
        Ok(())
    }

    fn fault(&self, error: RecordError) -> Fault {
        match error {
            RecordError::Io(error, line) => self.named.unreadable(error, line),
            RecordError::TooLong(line) => self.named.too_long(line),
            RecordError::Unclosed(line) => self
                .named
                .fault(
                    "quote-unclosed",
                    "A quotation mark is opened here and never closed, so the rows after it cannot be told apart.",
                    "Close or remove the quotation mark at this line, or export the file again.",
                )
                .at_line(line),
        }
    }

    /// What is wrong with the row as a whole; trailing empty fields nobody named are cut off.
    fn judge(&self, fields: &mut csv::StringRecord, undecodable: Option<usize>) -> Option<RowTrouble> {
        if fields.as_slice().trim().is_empty() {
            return Some(RowTrouble::Blank);
        }
        if self.totals.is_total(fields) {
            return Some(RowTrouble::Total);
        }
        let (found, expected) = (fields.len(), self.layout.header.len());
        if found > expected && fields.iter().skip(expected).all(|cell| cell.trim().is_empty()) {
            fields.truncate(expected);
        } else if found > expected || found < self.fewest {
            return Some(RowTrouble::FieldCount { found, expected });
        }
        for _ in found..expected {
            // Only columns without a name are missing here, so nothing is made up.
            fields.push_field("");
        }
        undecodable.map(RowTrouble::Undecodable)
    }
}

impl RowSource for Delimited<'_> {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        let undecodable = if let Some((line, fields, undecodable)) = self.waiting.pop_front() {
            (row.line, row.fields) = (line, fields);
            undecodable
        } else {
            if !self.records.read(&mut self.record).map_err(|error| self.fault(error))? {
                return Ok(false);
            }
            row.line = self.record.line;
            self.record.decode(self.encoding, &mut self.scratch, &mut row.fields)
        };
        row.trouble = self.judge(&mut row.fields, undecodable);
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
