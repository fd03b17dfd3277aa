//! Delimited text: CSV and its cousins, with titles above the header and totals below the rows.

use std::io::{BufRead, Read as _};

use super::encoding::UTF8_MARK;
use super::header::{self, Line, SEARCHED};
use super::records::{Record, RecordError, Records};
use super::tabular::{Lines, Tabular};
use super::{Encoding, Layout, Member, Named, RawRow, ReadRule, RowSource, RowTrouble, workbook};
use crate::fault::Fault;

/// How much of a member is looked at for its delimiter, in bytes.
const HEAD: usize = 64 * 1024;
/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of one member of delimited text.
pub struct Delimited<'r>(Tabular<DelimitedLines<'r>>);

/// Its records, one after another.
struct DelimitedLines<'r> {
    named: Named,
    encoding: Encoding,
    records: Records<'r>,
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
    refuse_other(&named, &head)?;
    let delimiter = rule.delimiter.unwrap_or_else(|| find_delimiter(&head, member.encoding, rule));
    let lines = DelimitedLines {
        named: named.clone(),
        encoding: member.encoding,
        records: Records::new(head, reader, delimiter),
        record: Record::default(),
        scratch: String::new(),
    };
    Tabular::open(&named, lines, delimiter, rule).map(Delimited)
}

/// Text holds no NUL; programs, pictures and workbooks inside archives do. A page saved under the name of a workbook is text,
/// but no lines of a table.
pub(super) fn refuse_other(named: &Named, head: &[u8]) -> Result<(), Fault> {
    const PAGES: [&[u8]; 7] = [b"<!doctype html", b"<html", b"<head", b"<meta", b"<style", b"<table", b"<?xml"];
    let start = head.trim_ascii_start();
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&workbook::OLE) {
        return Err(named.fault(
            "workbook-in-archive",
            "It is a workbook, or another archive, inside an archive.",
            "Unpack it and take the file itself.",
        ));
    }
    if PAGES.iter().any(|page| start.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page))) {
        return Err(named.fault(
            "web-page",
            "It is a web page or XML, whatever its name says; many systems export one as .xls.",
            "Open it in the spreadsheet program and save it as .xlsx or as \"CSV UTF-8\", then take that.",
        ));
    }
    if memchr::memchr(0, &head[..head.len().min(8 * 1024)]).is_none() {
        return Ok(());
    }
    Err(named.fault("not-text", "It is no text.", "Check that this is the export you meant; save it as CSV UTF-8."))
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

impl DelimitedLines<'_> {
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
}

impl Lines for DelimitedLines<'_> {
    const FIXED: bool = false;

    fn read(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        if !self.records.read(&mut self.record).map_err(|error| self.fault(error))? {
            return Ok(false);
        }
        row.line = self.record.line;
        let undecodable = self.record.decode(self.encoding, &mut self.scratch, &mut row.fields);
        row.trouble = undecodable.map(RowTrouble::Undecodable);
        Ok(true)
    }
}

impl RowSource for Delimited<'_> {
    fn layout(&self) -> &Layout {
        self.0.layout()
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        self.0.next(row)
    }
}

#[cfg(test)]
mod tests;
