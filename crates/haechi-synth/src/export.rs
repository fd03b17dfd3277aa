//! A table as a source system exports it, written row by row.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, TimeDelta};
use encoding_rs::EUC_KR;
use haechi_core::money::grouped;
use haechi_core::time::Day;

use crate::SynthError;

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
    /// UTF-8 with a byte order mark, days as `2026-03-05`: the personnel system. It will be a workbook.
    Utf8Mark,
    /// Windows code page 949, days as `2026.03.05.`: permits and petitions.
    Cp949,
    /// Windows code page 949, days as `20260305`: welfare and non-tax revenue.
    Cp949Compact,
}

/// What a file is: who writes it, what it is called, and what stands above its rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) mapping: &'static str,
    pub(crate) name: &'a str,
    pub(crate) form: Form,
    pub(crate) title: &'a str,
    pub(crate) header: &'static [&'static str],
}

/// A file being written. Lines end in CR LF.
#[derive(Debug)]
pub(crate) struct Export {
    out: csv::Writer<File>,
    form: Form,
    // The first thing that went wrong in the row; told at its end, so that cells can be written one after another.
    failed: Option<csv::Error>,
    written: Written,
}

impl Export {
    /// Creates the file and writes title and header.
    pub(crate) fn create(folder: &Path, head: Head<'_>) -> Result<Self, SynthError> {
        let file = folder.join(head.name);
        let mut opened = File::create(&file).map_err(|error| fault(&file, error))?;
        if head.form == Form::Utf8Mark {
            opened.write_all("\u{feff}".as_bytes()).map_err(|error| fault(&file, error))?;
        }
        let out = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(1 << 18)
            .from_writer(opened);
        let written = Written { mapping: head.mapping.to_owned(), file, rows: 0 };
        let mut export = Self { out, form: head.form, failed: None, written };
        export.text(head.title).end()?;
        export.texts(head.header).end()?;
        export.written.rows = 0;
        Ok(export)
    }

    /// A cell of text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let done = match self.form {
            Form::Utf8Mark => self.out.write_field(text),
            // A second byte of code page 949 is never a comma, a quote or an end of line, so cells may be written encoded.
            Form::Cp949 | Form::Cp949Compact => self.out.write_field(&EUC_KR.encode(text).0),
        };
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
        let form = match self.form {
            Form::Utf8Mark => "%Y-%m-%d",
            Form::Cp949 => "%Y.%m.%d.",
            Form::Cp949Compact => "%Y%m%d",
        };
        let day = day.into().map(|day| day.format(form).to_string());
        self.text(day.as_deref().unwrap_or_default())
    }

    /// A day and the minute of the day, or nothing; minutes past midnight belong to the next day.
    pub(crate) fn moment(&mut self, moment: Option<(Day, i64)>) -> &mut Self {
        let moment = moment.map(|(day, minute)| {
            let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
            at.format("%Y-%m-%d %H:%M").to_string()
        });
        self.text(moment.as_deref().unwrap_or_default())
    }

    /// A number without marks.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        self.text(&number.to_string())
    }

    /// Won, in groups of three; below zero with a triangle.
    pub(crate) fn won(&mut self, amount: i64) -> &mut Self {
        self.text(&grouped(amount).replace('-', "△"))
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) -> Result<(), SynthError> {
        let done = match self.failed.take() {
            None => self.out.write_record(None::<&[u8]>),
            Some(error) => Err(error),
        };
        done.map_err(|error| fault(&self.written.file, error.into()))?;
        self.written.rows += 1;
        Ok(())
    }

    /// Closes the file.
    pub(crate) fn finish(mut self) -> Result<Written, SynthError> {
        self.out.flush().map_err(|error| fault(&self.written.file, error))?;
        Ok(self.written)
    }
}

fn fault(file: &Path, error: std::io::Error) -> SynthError {
    SynthError::File { file: file.display().to_string(), error }
}
