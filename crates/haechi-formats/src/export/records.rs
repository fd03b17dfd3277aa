//! Bytes into records: fields, and the line each record truly begins on.

use std::io::{self, BufRead};

use csv_core::ReadRecordResult;

use super::encoding::decode_cp949;
use super::{Encoding, LONGEST_RECORD};

/// Most fields of one record; a table has far fewer.
const MOST_FIELDS: usize = 65_536;

/// One record as bytes, reused from one to the next.
#[derive(Default)]
pub(super) struct Record {
    /// The line it begins on.
    pub(super) line: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
    len: usize,
    fields: usize,
}

impl Record {
    /// Its fields as bytes.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends[..self.fields]).map(|(start, end)| &self.text[start..*end])
    }

    /// Puts its fields into `out` as text. The place of the first field the encoding does not know, if one is there;
    /// what it does not know is then `U+FFFD`.
    pub(super) fn decode(
        &self,
        encoding: Encoding,
        scratch: &mut String,
        out: &mut csv::StringRecord,
    ) -> Option<usize> {
        out.clear();
        if encoding != Encoding::Cp949
            && let Ok(text) = simdutf8::basic::from_utf8(&self.text[..self.len])
        {
            let mut start = 0;
            let whole = self.ends[..self.fields].iter().all(|end| {
                let field = text.get(start..*end);
                start = *end;
                field.map(|field| out.push_field(field)).is_some()
            });
            if whole {
                return None;
            }
            out.clear();
        }
        let mut trouble = None;
        for (at, field) in self.fields().enumerate() {
            let known = if encoding == Encoding::Cp949 {
                scratch.clear();
                let known = decode_cp949(field, scratch);
                out.push_field(scratch);
                known
            } else {
                let text = String::from_utf8_lossy(field);
                out.push_field(&text);
                matches!(text, std::borrow::Cow::Borrowed(_))
            };
            if !known && trouble.is_none() {
                trouble = Some(at);
            }
        }
        trouble
    }
}

/// Why no record came.
#[derive(Debug)]
pub(super) enum RecordError {
    /// The reader failed while the record at this line was read.
    Io(io::Error, u64),
    /// The record at this line is longer than [`LONGEST_RECORD`].
    TooLong(u64),
    /// The record at this line opens a quotation mark that the file never closes.
    Unclosed(u64),
}

/// Reads records in bounded memory. Empty lines are no records.
pub(super) struct Records<'r> {
    input: Input<'r>,
    core: csv_core::Reader,
    /// The line the next byte is on.
    line: u64,
    after_return: bool,
}

/// The bytes looked at before, then the reader's.
struct Input<'r> {
    head: Vec<u8>,
    at: usize,
    reader: &'r mut dyn BufRead,
}

impl Input<'_> {
    /// The next bytes; none at the end.
    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(&self.head[self.at..]);
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        if self.at < self.head.len() {
            self.at += bytes;
            if self.at == self.head.len() {
                (self.head, self.at) = (Vec::new(), 0);
            }
        } else {
            self.reader.consume(bytes);
        }
    }
}

impl<'r> Records<'r> {
    /// Records of `head`, then of `reader`.
    pub(super) fn new(head: Vec<u8>, reader: &'r mut dyn BufRead, delimiter: u8) -> Self {
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { input: Input { head, at: 0, reader }, core, line: 1, after_return: false }
    }

    /// Reads the next record; `false` at the end.
    pub(super) fn read(&mut self, record: &mut Record) -> Result<bool, RecordError> {
        (record.len, record.fields) = (0, 0);
        if !self.skip_empty_lines()? {
            return Ok(false);
        }
        record.line = self.line;
        let mut eaten = 0;
        loop {
            let line = record.line;
            let input = self.input.fill().map_err(|error| RecordError::Io(error, line))?;
            let at_end = input.is_empty();
            // A line break instead of the end: inside a quotation it ends nothing, and that shows the quotation is open.
            let input = if at_end { b"\n" } else { input };
            if record.len == record.text.len() {
                record.text.resize((record.len * 2).max(4 * 1024), 0);
            }
            if record.fields == record.ends.len() {
                record.ends.resize((record.fields * 2).max(64), 0);
            }
            let (result, read, written, ended) =
                self.core.read_record(input, &mut record.text[record.len..], &mut record.ends[record.fields..]);
            if !at_end {
                (self.line, self.after_return) = lines(&input[..read], self.line, self.after_return);
                self.input.consume(read);
            }
            eaten += read;
            record.len += written;
            record.fields += ended;
            if eaten > LONGEST_RECORD || record.fields > MOST_FIELDS {
                return Err(RecordError::TooLong(record.line));
            }
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty if at_end => return Err(RecordError::Unclosed(record.line)),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
    }

    /// Passes over line breaks; `false` at the end of the text.
    fn skip_empty_lines(&mut self) -> Result<bool, RecordError> {
        loop {
            let line = self.line;
            let input = self.input.fill().map_err(|error| RecordError::Io(error, line))?;
            if input.is_empty() {
                return Ok(false);
            }
            let breaks = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let rest = input.len() > breaks;
            if breaks > 0 {
                let after = lines(&input[..breaks], self.line, self.after_return);
                self.input.consume(breaks);
                (self.line, self.after_return) = after;
            }
            if rest {
                return Ok(true);
            }
        }
    }
}

/// The line after `bytes`: `\n`, `\r\n` and a lone `\r` each end one.
fn lines(bytes: &[u8], mut line: u64, mut after_return: bool) -> (u64, bool) {
    let mut last = None;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let follows_return = match last {
            Some(last) => last + 1 == at && bytes[last] == b'\r',
            None => at == 0 && after_return,
        };
        if !(bytes[at] == b'\n' && follows_return) {
            line += 1;
        }
        last = Some(at);
    }
    if !bytes.is_empty() {
        after_return = bytes.last() == Some(&b'\r');
    }
    (line, after_return)
}
