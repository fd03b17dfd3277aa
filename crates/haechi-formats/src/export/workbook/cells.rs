//! Cells as texts, and rows of them.

use std::fmt::Write as _;
use std::io::{Read, Seek};

use calamine::{Data, DataType, ExcelDateTime, Range, XlsxCellReader, XlsxError};
use chrono::NaiveDate;

use super::super::tabular::Lines;
use super::super::{LONGEST_RECORD, Named, RawRow, Spoiled};
use super::bounds::{contradicts_itself, quietly};
use crate::fault::Fault;

/// Rows and columns a sheet can have.
const SHEET: (u32, u32) = (1_048_576, 16_384);
/// The first whole number a spreadsheet does not keep all digits of: it keeps 15.
const SIXTEEN_DIGITS: f64 = 1e15;

/// The rows of an XLSX sheet as they are unpacked. Rows without a filled cell are none.
pub(super) struct Streamed<'b, S: Read + Seek> {
    named: Named,
    cells: XlsxCellReader<'b, S>,
    /// The first cell of the next row: its place, and its text with what is wrong with it.
    next: Option<((u32, u32), Option<Spoiled>)>,
    text: String,
    /// The row before.
    last: Option<u32>,
    /// Whether the sheet's end was read; the library would call reading on an error.
    ended: bool,
    /// Whether the file's writer calculated nothing, so that a formula's 0 means nothing.
    uncalculated: bool,
}

impl<'b, S: Read + Seek> Streamed<'b, S> {
    pub(super) fn new(named: &Named, cells: XlsxCellReader<'b, S>, uncalculated: bool) -> Self {
        Self { named: named.clone(), cells, next: None, text: String::new(), last: None, ended: false, uncalculated }
    }

    /// Puts the next cell that is not empty into `next` and `text`.
    fn advance(&mut self) -> Result<(), XlsxError> {
        self.next = None;
        while !self.ended {
            let Some(cell) = self.cells.next_cell_with_formula_metadata()? else {
                self.ended = true;
                break;
            };
            self.text.clear();
            let spoiled = write(&cell.value, cell.formula.is_some(), self.uncalculated, &mut self.text);
            if !self.text.is_empty() || spoiled.is_some() {
                self.next = Some((cell.pos, spoiled));
                break;
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        if self.next.is_none() {
            self.advance().map_err(|error| super::unreadable(&self.named, error.into()))?;
        }
        let Some(((number, _), _)) = self.next else { return Ok(false) };
        row.line = u64::from(number) + 1;
        if number >= SHEET.0 || self.last.replace(number).is_some_and(|last| last >= number) {
            return Err(self.disorder(row.line));
        }
        while let Some(((line, column), spoiled)) = self.next
            && line == number
        {
            let at = column as usize;
            if column >= SHEET.1 || at < row.fields.len() {
                return Err(self.disorder(row.line));
            }
            put(row, at, &self.text, spoiled);
            if row.fields.as_slice().len() > LONGEST_RECORD {
                return Err(self.named.too_long(row.line));
            }
            self.advance().map_err(|error| super::unreadable(&self.named, error.into()).at_line(row.line))?;
        }
        Ok(true)
    }

    fn disorder(&self, line: u64) -> Fault {
        super::bounds::damaged(&self.named, "its cells do not stand in the order of rows and columns").at_line(line)
    }
}

impl<S: Read + Seek> Lines for Streamed<'_, S> {
    const FIXED: bool = true;

    fn read(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        row.fields.clear();
        row.spoiled.clear();
        row.trouble = None;
        quietly(|| self.row(row)).unwrap_or_else(|| Err(contradicts_itself(&self.named)))
    }
}

/// The rows of a sheet that lies in memory.
pub(super) struct Whole {
    cells: Range<Data>,
    formulas: Range<String>,
    rows: std::ops::RangeInclusive<u32>,
    columns: std::ops::RangeInclusive<u32>,
    text: String,
}

impl Whole {
    pub(super) fn new(cells: Range<Data>, formulas: Range<String>) -> Self {
        // A formula without a result may stand outside of what is filled.
        let corners: Vec<_> = [(cells.start(), cells.end()), (formulas.start(), formulas.end())]
            .into_iter()
            .filter_map(|(a, b)| a.zip(b))
            .collect();
        let span = |of: fn((u32, u32)) -> u32| {
            let first = corners.iter().map(|(start, _)| of(*start)).min().unwrap_or(1);
            first..=corners.iter().map(|(_, end)| of(*end)).max().unwrap_or(0)
        };
        Self { rows: span(|place| place.0), columns: span(|place| place.1), cells, formulas, text: String::new() }
    }
}

impl Lines for Whole {
    const FIXED: bool = true;

    fn read(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        row.trouble = None;
        for number in self.rows.by_ref() {
            row.fields.clear();
            row.spoiled.clear();
            row.line = u64::from(number) + 1;
            for column in self.columns.clone() {
                let place = (number, column);
                let cell = self.cells.get_value(place).unwrap_or(&Data::Empty);
                let formula = self.formulas.get_value(place).is_some_and(|text| !text.is_empty());
                self.text.clear();
                let spoiled = write(cell, formula, false, &mut self.text);
                if !self.text.is_empty() || spoiled.is_some() {
                    put(row, column as usize, &self.text, spoiled);
                }
            }
            if !row.fields.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Puts a text into a column right of those that are filled.
fn put(row: &mut RawRow, at: usize, text: &str, spoiled: Option<Spoiled>) {
    for _ in row.fields.len()..at {
        row.fields.push_field("");
    }
    row.fields.push_field(text);
    row.spoiled.extend(spoiled.map(|spoiled| (at, spoiled)));
}

/// Writes a cell as text, and says where that is not what the cell stands for. `uncalculated`: its writer calculated nothing.
fn write(cell: &impl DataType, formula: bool, uncalculated: bool, out: &mut String) -> Option<Spoiled> {
    if let Some(text) = cell.get_string() {
        out.push_str(text);
        // OpenDocument has no errors, only their texts.
        let is_error = text.starts_with("Err:") || (text.starts_with('#') && text.ends_with(['!', '?', 'A']));
        return (formula && is_error).then_some(Spoiled::Error);
    }
    if let Some(number) = cell.get_float() {
        write_number(number, out);
        if formula && uncalculated && number == 0.0 {
            return Some(Spoiled::Uncalculated);
        }
        return (number.abs() >= SIXTEEN_DIGITS).then_some(Spoiled::DigitsLost);
    }
    if let Some(number) = cell.get_int() {
        let _ = write!(out, "{number}");
        return (number.unsigned_abs() >= SIXTEEN_DIGITS as u64).then_some(Spoiled::DigitsLost);
    }
    if let Some(error) = cell.get_error() {
        let _ = write!(out, "{error}");
        return Some(Spoiled::Error);
    }
    if let Some(flag) = cell.get_bool() {
        out.push_str(if flag { "TRUE" } else { "FALSE" });
    } else if let Some(moment) = cell.get_datetime() {
        write_moment(moment, out);
    } else if let Some(text) = cell.get_datetime_iso() {
        out.push_str(text.split('.').next().unwrap_or(text));
    } else if let Some(text) = cell.get_duration_iso() {
        write_duration(text, out);
    } else if formula {
        return Some(Spoiled::Uncalculated);
    }
    None
}

/// The shortest decimal that reads back as the number, never with an exponent; a fraction of more than the 15 digits that a
/// spreadsheet keeps and shows is what it shows (`0.1 + 0.2` is 0.3 there).
fn write_number(number: f64, out: &mut String) {
    // Below 2^53 a whole number is exact in both forms.
    if number.fract() == 0.0 && number.abs() < SIXTEEN_DIGITS {
        let _ = write!(out, "{}", number as i64);
        return;
    }
    let start = out.len();
    let _ = write!(out, "{number}");
    let digits = |text: &str| text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if number.abs() < SIXTEEN_DIGITS && digits(&out[start..]) > 15 {
        out.truncate(start);
        let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
        let _ = write!(out, "{rounded}");
    }
}

/// A day, a time of day, both, or hours and more, to the nearest second.
fn write_moment(moment: ExcelDateTime, out: &mut String) {
    const DAY: f64 = 86_400.0;
    const PAST_9999: f64 = 2_958_466.0;
    let serial = moment.as_f64();
    if !(0.0..PAST_9999).contains(&serial) {
        // Shown as ##### by spreadsheets: no day has such a number.
        return write_number(serial, out);
    }
    let seconds = (serial * DAY).round() as u64;
    let clock = |hours: u64| format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60);
    if moment.is_duration() || seconds < 86_400 {
        out.push_str(&clock(seconds / 3_600));
        return;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    match date.and_then(|date| date.succ_opt()).filter(|_| seconds / 86_400 > serial as u64) {
        // A fraction just short of midnight belongs to the next day.
        Some(next) => {
            let _ = write!(out, "{next}");
        }
        None => {
            let _ = write!(out, "{year:04}-{month:02}-{day:02}");
        }
    }
    if !seconds.is_multiple_of(86_400) {
        let _ = write!(out, "T{}", clock(seconds / 3_600 % 24));
    }
}

/// `PT14H05M00S` as `14:05:00`; what is written otherwise stays as it is.
fn write_duration(text: &str, out: &mut String) {
    let clock = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, seconds) = rest.split_once('M')?;
        let seconds = seconds.trim_end_matches('S').split(['.', ',']).next()?;
        let [hours, minutes, seconds] = [hours, minutes, seconds].map(|part| part.parse::<u32>().ok());
        Some(format!("{:02}:{:02}:{:02}", hours?, minutes?, seconds?))
    };
    out.push_str(&clock().unwrap_or_else(|| text.to_owned()));
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn text(cell: &Data) -> String {
        let mut out = String::new();
        write(cell, false, false, &mut out);
        out
    }

    #[test]
    fn a_number_is_the_shortest_decimal_without_an_exponent() {
        for (number, wanted) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.3"),
            (3.0 * 1.1, "3.3"),
            (-1234.5, "-1234.5"),
            (1_234_567_890_123.0, "1234567890123"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1000000000000000"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (2.0 / 3.0, "0.666666666666667"),
        ] {
            assert_eq!(text(&Data::Float(number)), wanted);
        }
    }

    #[test]
    fn days_and_times_are_iso_to_the_second() {
        let moment = |serial, is_1904| Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904));
        let duration = |serial| Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::TimeDelta, false));
        for (cell, wanted) in [
            (moment(46_086.0, false), "2026-03-05"),
            (moment(46_086.0 - 1_462.0, true), "2026-03-05"),
            (moment(46_086.0 + 50_700.0 / 86_400.0, false), "2026-03-05T14:05:00"),
            (moment(46_086.586_805_5, false), "2026-03-05T14:05:00"),
            (moment(46_085.999_999, false), "2026-03-05"),
            (moment(0.586_805_555_555_556, false), "14:05:00"),
            (duration(1.25), "30:00:00"),
            (moment(-3.0, false), "-3"),
            (moment(3e6, false), "3000000"),
            (Data::DateTimeIso("2026-03-05T14:05:00.000".to_owned()), "2026-03-05T14:05:00"),
            (Data::DurationIso("PT14H05M00S".to_owned()), "14:05:00"),
            (Data::DurationIso("P1D".to_owned()), "P1D"),
        ] {
            assert_eq!(text(&cell), wanted, "{cell:?}");
        }
    }
}
