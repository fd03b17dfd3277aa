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

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader as _, Xlsx, open_workbook};

    use crate::export::{Export, Form, Head};
    use haechi_core::time::Day;

    const HEAD: Head<'static> = Head {
        mapping: "synth-tax-arrears",
        name: "arrears",
        form: Form::Workbook,
        title: "해치시 지방세 체납 현황\n(단위: 원)",
        header: &["부서코드", "납부자|번호", "납부자|성명", "납부기한", "입력시각", "체납액"],
    };

    fn text(text: &str) -> Data {
        Data::String(text.to_owned())
    }

    #[test]
    fn a_workbook_holds_titles_a_merged_header_days_as_days_and_codes_as_text() {
        let folder = tempfile::tempdir().unwrap();
        let day = Day::from_ymd_opt(2026, 3, 5);
        let mut export = Export::create(folder.path(), HEAD).unwrap();
        export
            .texts(&["0031", "L100000077", "김해치"])
            .day(day)
            .moment(day.map(|day| (day, 845)))
            .won(-1_234_567)
            .end()
            .unwrap();
        export.texts(&["0031", "L100000078", ""]).day(None).moment(None).won(0).end().unwrap();
        export.text("합계").texts(&[""; 4]).won(-1_234_567).end().unwrap();
        let written = export.finish().unwrap();
        assert_eq!((written.rows, written.file.extension().unwrap().to_str()), (3, Some("xlsx")));

        let mut book: Xlsx<_> = open_workbook(&written.file).unwrap();
        let merged: Vec<_> = book.merge_cells_by_sheet_name("자료").unwrap();
        let merged: Vec<_> = merged.iter().map(|merged| (merged.start, merged.end)).collect();
        assert_eq!(merged[0], ((0, 0), (0, 5)));
        assert!(merged.contains(&((2, 1), (2, 2))) && merged.contains(&((2, 3), (3, 3))), "{merged:?}");
        let sheet = book.worksheet_range("자료").unwrap();
        let rows: Vec<&[Data]> = sheet.rows().collect();
        let none = Data::Empty;
        assert_eq!(rows[0][0], text("해치시 지방세 체납 현황"));
        assert_eq!(rows[1][5], text("(단위: 원)"));
        assert_eq!(
            rows[2],
            [text("부서코드"), text("납부자"), none.clone(), text("납부기한"), text("입력시각"), text("체납액")]
        );
        assert_eq!(rows[3][..4], [none.clone(), text("번호"), text("성명"), none.clone()]);
        assert_eq!(rows[4][0], text("0031"));
        let moment = |cell: &Data| match cell {
            Data::DateTime(moment) => moment.to_ymd_hms_milli(),
            other => unreachable!("{other:?}"),
        };
        assert_eq!(moment(&rows[4][3]), (2026, 3, 5, 0, 0, 0, 0));
        assert_eq!(moment(&rows[4][4]), (2026, 3, 5, 14, 5, 0, 0));
        assert_eq!(rows[4][5], Data::Float(-1_234_567.0));
        assert_eq!(
            rows[5],
            [text("0031"), text("L100000078"), none.clone(), none.clone(), none.clone(), Data::Float(0.0)]
        );
        assert_eq!(rows[6][0], text("합계"));
    }

    #[test]
    fn text_in_place_of_a_workbook_has_the_same_lines_above_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let written = Export::create(folder.path(), Head { form: Form::Utf8Mark, ..HEAD }).unwrap().finish().unwrap();
        let lines =
            "해치시 지방세 체납 현황\r\n(단위: 원)\r\n부서코드,납부자,,납부기한,입력시각,체납액\r\n,번호,성명,,,\r\n";
        assert_eq!(std::fs::read_to_string(written.file).unwrap(), format!("\u{feff}{lines}"));
    }
}
