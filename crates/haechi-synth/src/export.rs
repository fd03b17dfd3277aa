//! A table as a source system exports it, written row by row.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, TimeDelta};
use encoding_rs::EUC_KR;
use haechi_core::money::grouped;
use haechi_core::time::Day;

use crate::SynthError;
use crate::workbook::{Book, Shown, serial};

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The mapping that reads it.
    pub mapping: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Rows, without titles and header.
    pub rows: u64,
}

/// How a system writes files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A workbook: days and amounts are numbers with a format, codes are text.
    Workbook,
    /// UTF-8 with a byte order mark, days as `2026-03-05`.
    Utf8Mark,
    /// Windows code page 949, days as `2026.03.05.`: permits and petitions.
    Cp949,
    /// Windows code page 949, days as `20260305`: welfare and non-tax revenue.
    Cp949Compact,
}

impl Form {
    fn extension(self) -> &'static str {
        if self == Self::Workbook { "xlsx" } else { "csv" }
    }
}

/// What a file is: who writes it, what it is called, and what stands above its rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) mapping: &'static str,
    /// The file's name; what it ends with follows from the form.
    pub(crate) name: &'a str,
    pub(crate) form: Form,
    /// The lines above the header; after the title one may say the unit of money.
    pub(crate) title: &'a str,
    /// The columns' names. Names `group|name` make a header of two lines, the group above its first column.
    pub(crate) header: &'static [&'static str],
}

/// A file being written. Lines of text end in CR LF.
pub(crate) struct Export {
    out: Out,
    // The first thing that went wrong in the row; told at its end, so that cells can be written one after another.
    failed: Option<std::io::Error>,
    written: Written,
}

enum Out {
    Text(Box<csv::Writer<File>>, Form),
    Book(Box<Book>),
}

impl Export {
    /// Creates the file and writes title and header.
    pub(crate) fn create(folder: &Path, head: Head<'_>) -> Result<Self, SynthError> {
        let file = folder.join(head.name).with_extension(head.form.extension());
        let out = if head.form == Form::Workbook {
            let opened = Book::create(folder).and_then(|mut book| {
                book.above(head.title, head.header)?;
                Ok(book)
            });
            Out::Book(Box::new(opened.map_err(|error| fault(&file, std::io::Error::other(error)))?))
        } else {
            Out::Text(Box::new(text_file(&file, head.form)?), head.form)
        };
        let written = Written { mapping: head.mapping.to_owned(), file, rows: 0 };
        let mut export = Self { out, failed: None, written };
        if head.form != Form::Workbook {
            export.above(head)?;
        }
        Ok(export)
    }

    fn above(&mut self, head: Head<'_>) -> Result<(), SynthError> {
        for line in head.title.lines() {
            self.text(line).end()?;
        }
        let mut group = "";
        for name in head.header {
            let (own, _) = name.split_once('|').unwrap_or((name, ""));
            self.text(if own == group { "" } else { own });
            group = own;
        }
        self.end()?;
        if head.header.iter().any(|name| name.contains('|')) {
            for name in head.header {
                self.text(name.split_once('|').map_or("", |(_, name)| name));
            }
            self.end()?;
        }
        self.written.rows = 0;
        Ok(())
    }

    /// How many rows were written.
    pub(crate) fn rows(&self) -> u64 {
        self.written.rows
    }

    /// A cell of text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let done = match &mut self.out {
            Out::Text(out, Form::Cp949 | Form::Cp949Compact) => {
                // A second byte of code page 949 is never a comma, a quote or an end of line, so cells may be written encoded.
                out.write_field(&EUC_KR.encode(text).0).map_err(Into::into)
            }
            Out::Text(out, _) => out.write_field(text).map_err(Into::into),
            Out::Book(book) => book.text(text).map_err(std::io::Error::other),
        };
        self.cell(done)
    }

    /// A number in a workbook.
    fn numeric(&mut self, number: f64, shown: Shown) -> &mut Self {
        let done = match &mut self.out {
            Out::Book(book) => book.number(number, shown).map_err(std::io::Error::other),
            Out::Text(..) => Ok(()),
        };
        self.cell(done)
    }

    fn cell(&mut self, done: std::io::Result<()>) -> &mut Self {
        if let Err(error) = done {
            self.failed.get_or_insert(error);
        }
        self
    }

    /// Cells of text.
    pub(crate) fn texts(&mut self, texts: &[&str]) -> &mut Self {
        for text in texts {
            self.text(text);
        }
        self
    }

    /// A day as the system writes it, or nothing.
    pub(crate) fn day(&mut self, day: impl Into<Option<Day>>) -> &mut Self {
        let form = match (&self.out, day.into()) {
            (_, None) => return self.text(""),
            (Out::Book(_), Some(day)) => return self.numeric(serial(day, 0), Shown::Day),
            (Out::Text(_, Form::Cp949), Some(day)) => day.format("%Y.%m.%d."),
            (Out::Text(_, Form::Cp949Compact), Some(day)) => day.format("%Y%m%d"),
            (Out::Text(..), Some(day)) => day.format("%Y-%m-%d"),
        };
        self.text(&form.to_string())
    }

    /// A day and the minute of the day, or nothing; minutes past midnight belong to the next day.
    pub(crate) fn moment(&mut self, moment: Option<(Day, i64)>) -> &mut Self {
        let Some((day, minute)) = moment else { return self.text("") };
        if matches!(self.out, Out::Book(_)) {
            return self.numeric(serial(day, minute), Shown::Moment);
        }
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        self.text(&at.format("%Y-%m-%d %H:%M").to_string())
    }

    /// A number without marks.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        if matches!(self.out, Out::Book(_)) {
            return self.numeric(number as f64, Shown::Plain);
        }
        self.text(&number.to_string())
    }

    /// Won, in groups of three; below zero with a triangle.
    pub(crate) fn won(&mut self, amount: i64) -> &mut Self {
        if matches!(self.out, Out::Book(_)) {
            return self.numeric(amount as f64, Shown::Won);
        }
        self.text(&grouped(amount).replace('-', "△"))
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) -> Result<(), SynthError> {
        let done = match (self.failed.take(), &mut self.out) {
            (Some(error), _) => Err(error),
            (None, Out::Text(out, _)) => out.write_record(None::<&[u8]>).map_err(Into::into),
            (None, Out::Book(book)) => {
                book.end();
                Ok(())
            }
        };
        done.map_err(|error| fault(&self.written.file, error))?;
        self.written.rows += 1;
        Ok(())
    }

    /// Closes the file.
    pub(crate) fn finish(self) -> Result<Written, SynthError> {
        let done = match self.out {
            Out::Text(mut out, _) => out.flush(),
            Out::Book(book) => book.save(&self.written.file).map_err(std::io::Error::other),
        };
        done.map_err(|error| fault(&self.written.file, error))?;
        Ok(self.written)
    }
}

fn text_file(file: &Path, form: Form) -> Result<csv::Writer<File>, SynthError> {
    let mut opened = File::create(file).map_err(|error| fault(file, error))?;
    if form == Form::Utf8Mark {
        opened.write_all("\u{feff}".as_bytes()).map_err(|error| fault(file, error))?;
    }
    let mut text = csv::WriterBuilder::new();
    text.flexible(true).terminator(csv::Terminator::CRLF).buffer_capacity(1 << 18);
    Ok(text.from_writer(opened))
}

fn fault(file: &Path, error: std::io::Error) -> SynthError {
    SynthError::File { file: file.display().to_string(), error }
}
