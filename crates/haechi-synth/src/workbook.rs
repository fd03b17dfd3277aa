//! A workbook as an office saves one: title lines, a header whose groups are merged, days as Excel keeps them.

use std::path::Path;

use haechi_core::time::Day;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The most rows one workbook gets; a sheet holds 1,048,576. Longer registers go on in another file.
pub(crate) const MOST_ROWS: u64 = 500_000;

/// How a column shows its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Plain,
    Won,
    Day,
    Moment,
}

impl Shown {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Won => Some("#,##0"),
            Self::Day => Some("yyyy-mm-dd"),
            Self::Moment => Some("yyyy-mm-dd hh:mm"),
        }
    }
}

/// A workbook of one sheet. Rows leave memory as they are written.
pub(crate) struct Book {
    workbook: Workbook,
    sheet: Worksheet,
    row: u32,
    column: u16,
    /// What the columns show, as far as they held a number. A column's format costs nothing a cell, a cell's own does.
    shown: Vec<Shown>,
}

impl Book {
    /// An empty workbook whose rows wait in `folder`. It says that it was made on a fixed day, so that its bytes are the same.
    pub(crate) fn create(folder: &Path) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        workbook.set_zip_compression_level(1);
        let made = ExcelDateTime::from_ymd(2026, 11, 1)?;
        workbook.set_properties(&DocProperties::new().set_author("해치시(가상)").set_creation_datetime(&made));
        let sheet = workbook.new_worksheet_with_constant_memory()?;
        Ok(Self { workbook, sheet, row: 0, column: 0, shown: Vec::new() })
    }

    /// The lines above the header, the first over all columns, and the header. Names `group|name` stand under a merged group.
    pub(crate) fn above(&mut self, title: &str, header: &[&str]) -> Result<(), XlsxError> {
        let last = u16::try_from(header.len()).unwrap_or(u16::MAX) - 1;
        let middle = Format::new().set_bold().set_align(FormatAlign::Center);
        for (at, line) in title.lines().enumerate() {
            if at == 0 && last > 0 {
                self.sheet.merge_range(self.row, 0, self.row, last, line, &middle)?;
            } else {
                self.sheet.write_string(self.row, last, line)?;
            }
            self.end();
        }
        let depth = u32::from(header.iter().any(|name| name.contains('|')));
        let owned: Vec<(&str, &str)> = header.iter().map(|name| name.split_once('|').unwrap_or((name, ""))).collect();
        let mut at = 0;
        for same in owned.chunk_by(|one, next| one.0 == next.0 && !one.1.is_empty()) {
            let to = at + u16::try_from(same.len()).unwrap_or(1);
            let grouped = !same[0].1.is_empty();
            self.name(at, to - 1, if grouped { 0 } else { depth }, same[0].0, &middle)?;
            at = to;
        }
        // A row that is left behind cannot be written to again, so the lower names come last.
        self.row += depth;
        for (at, (_, name)) in owned.iter().enumerate().filter(|(_, (_, name))| !name.is_empty()) {
            self.sheet.write_string_with_format(self.row, u16::try_from(at).unwrap_or(last), *name, &middle)?;
        }
        self.end();
        Ok(())
    }

    /// A name of the header over some columns, and over `depth` more rows.
    fn name(&mut self, from: u16, to: u16, depth: u32, name: &str, format: &Format) -> Result<(), XlsxError> {
        if from == to && depth == 0 {
            self.sheet.write_string_with_format(self.row, from, name, format)?;
        } else {
            self.sheet.merge_range(self.row, from, self.row + depth, to, name, format)?;
        }
        Ok(())
    }

    /// The next cell of the row is text; an empty one leaves it empty.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.sheet.write_string(self.row, self.column, text)?;
        }
        self.column += 1;
        Ok(())
    }

    /// The next cell of the row is a number.
    pub(crate) fn number(&mut self, number: f64, shown: Shown) -> Result<(), XlsxError> {
        let at = usize::from(self.column);
        if self.shown.len() <= at {
            self.shown.resize(at + 1, Shown::Plain);
        }
        if self.shown[at] != shown {
            self.shown[at] = shown;
            let format = shown.code().map_or_else(Format::new, |code| Format::new().set_num_format(code));
            self.sheet.set_column_format(self.column, &format)?;
        }
        self.sheet.write_number(self.row, self.column, number)?;
        self.column += 1;
        Ok(())
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    /// Writes the workbook.
    pub(crate) fn save(mut self, file: &Path) -> Result<(), XlsxError> {
        self.sheet.set_name("자료")?;
        self.workbook.push_worksheet(self.sheet);
        self.workbook.save(file)
    }
}

/// A day and a minute of it as the number of days since 1899-12-30.
pub(crate) fn serial(day: Day, minute: i64) -> f64 {
    const ZERO: Day = match Day::from_ymd_opt(1899, 12, 30) {
        Some(day) => day,
        None => Day::MIN,
    };
    (day - ZERO).num_days() as f64 + minute as f64 / 1_440.0
}
