//! A table as a source system exports it, written row by row.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use chrono::Datelike as _;
use encoding_rs::EUC_KR;
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
    out: BufWriter<File>,
    form: Form,
    line: String,
    begun: bool,
    written: Written,
}

impl Export {
    /// Creates the file and writes title and header.
    pub(crate) fn create(folder: &Path, head: Head<'_>) -> Result<Self, SynthError> {
        let file = folder.join(head.name);
        let opened = File::create(&file).map_err(|error| fault(&file, error))?;
        let written = Written { mapping: head.mapping.to_owned(), file, rows: 0 };
        let mut export = Self {
            out: BufWriter::with_capacity(1 << 18, opened),
            form: head.form,
            line: String::new(),
            begun: false,
            written,
        };
        if head.form == Form::Utf8Mark {
            export.line.push('\u{feff}');
        }
        export.text(head.title).end()?;
        for cell in head.header {
            export.text(cell);
        }
        export.end()?;
        export.written.rows = 0;
        Ok(export)
    }

    fn next(&mut self) {
        if self.begun {
            self.line.push(',');
        }
        self.begun = true;
    }

    /// A cell of text; quoted where it must be.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.next();
        if text.contains(['"', ',', '\n', '\r']) {
            self.line.push('"');
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
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
        self.next();
        if let Some(day) = day.into() {
            let (y, m, d) = (day.year(), day.month(), day.day());
            let done = match self.form {
                Form::Utf8Mark => write!(self.line, "{y:04}-{m:02}-{d:02}"),
                Form::Cp949 => write!(self.line, "{y:04}.{m:02}.{d:02}."),
                Form::Cp949Compact => write!(self.line, "{y:04}{m:02}{d:02}"),
            };
            done.ok();
        }
        self
    }

    /// A day and the minute of the day, or nothing; minutes past midnight belong to the next day.
    pub(crate) fn moment(&mut self, moment: Option<(Day, i64)>) -> &mut Self {
        self.next();
        if let Some((day, minute)) = moment {
            let day = day + chrono::TimeDelta::days(minute.div_euclid(1440));
            let minute = minute.rem_euclid(1440);
            let (y, m, d) = (day.year(), day.month(), day.day());
            write!(self.line, "{y:04}-{m:02}-{d:02} {:02}:{:02}", minute / 60, minute % 60).ok();
        }
        self
    }

    /// A number without marks.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        self.next();
        write!(self.line, "{number}").ok();
        self
    }

    /// Won, in groups of three; below zero with a triangle.
    pub(crate) fn won(&mut self, amount: i64) -> &mut Self {
        self.next();
        let digits = amount.unsigned_abs().to_string();
        let grouped = digits.len() > 3;
        let from = self.line.len();
        if grouped {
            self.line.push('"');
        }
        if amount < 0 {
            self.line.push('△');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                self.line.push(',');
            }
            self.line.push(digit);
        }
        if grouped {
            self.line.push('"');
        }
        debug_assert!(self.line.len() > from, "an amount is never empty");
        self
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) -> Result<(), SynthError> {
        self.line.push_str("\r\n");
        let done = match self.form {
            Form::Utf8Mark => self.out.write_all(self.line.as_bytes()),
            Form::Cp949 | Form::Cp949Compact => self.out.write_all(&EUC_KR.encode(&self.line).0),
        };
        done.map_err(|error| fault(&self.written.file, error))?;
        self.line.clear();
        self.begun = false;
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
