//! Exports as systems write them: archives, encodings, dialects, workbooks. From here on a row is a line number and texts.

pub mod archive;
pub mod delimited;
pub mod encoding;
pub mod json_lines;
pub mod live;
pub mod survey;
pub mod workbook;

mod header;
mod records;
mod tabular;

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufRead};

use haechi_core::digest::Digest;

use crate::fault::Fault;

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 that begins with a byte order mark.
    Utf8Bom,
    /// Windows code page 949, the superset of EUC-KR.
    Cp949,
}

/// What kind of file a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Delimited text.
    Delimited,
    /// One JSON object a line.
    JsonLines,
    /// Parquet; read by the engine.
    Parquet,
    /// A sheet of a workbook.
    Sheet {
        /// What the workbook is written in.
        book: Book,
        /// Whether people do not see it; then it is read only where the mapping names it.
        hidden: bool,
    },
}

/// What a workbook is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Book {
    /// Office Open XML, also with macros.
    Xlsx,
    /// The binary format of Excel before 2007.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Book {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
        }
    }
}

/// A file to import, looked at once before it is read: its digest, and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The file's base name.
    pub file: String,
    /// Its SHA-256 as it lies on disk.
    pub sha256: Digest,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was last written, where the file system says; compared again when it has been read.
    pub modified: Option<std::time::SystemTime>,
    /// What lies in it: itself, or the members of the archive, in their order. Folders and hidden files are left out.
    pub members: Vec<Member>,
}

/// One table's worth of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path inside the archive, or the sheet's name; `None` where the file is neither archive nor workbook.
    pub name: Option<String>,
    /// What it is.
    pub format: Format,
    /// How its text is encoded (delimited and JSON Lines).
    pub encoding: Encoding,
    /// Its length in bytes once unpacked; of a sheet, that of the whole workbook.
    pub bytes: u64,
}

impl Member {
    /// The sheet's name, where it is one.
    pub fn sheet(&self) -> Option<&str> {
        self.name.as_deref().filter(|_| matches!(self.format, Format::Sheet { .. }))
    }

    /// Its path inside the archive, where it lies in one.
    pub fn path(&self) -> Option<&str> {
        self.name.as_deref().filter(|_| self.sheet().is_none())
    }
}

/// What the reader needs to know of the mapping, and may not find out for itself.
#[derive(Clone, Debug, Default)]
pub struct ReadRule {
    /// The header names the mapping knows, normalised by [`normal_header`]: the header line is the one that holds most of them.
    pub known_headers: HashSet<String>,
    /// The delimiter, where the mapping fixes it; otherwise found out among `,` `;` tab and `|`.
    pub delimiter: Option<u8>,
    /// The line of the header, counted from 1, where the mapping fixes it.
    pub header_line: Option<u64>,
    /// How many lines the header has: merged headers have two or three.
    pub header_lines: Option<u8>,
    /// Texts that mark a total row when a cell holds nothing else; empty means the usual ones (합계, 소계, 총계, 계, total …).
    pub total_words: Vec<String>,
    /// What the sheet of a workbook may be called, where the mapping says it.
    pub sheet: Vec<String>,
    /// The headers, normalised, whose empty cells inside a merged region get the region's value (workbooks).
    pub fill_down: HashSet<String>,
    /// The table of a live database that the mapping reads where the command names none.
    pub table: Option<String>,
    /// The columns that tell the rows of a live table apart, where the table itself does not say.
    pub key: Vec<String>,
}

/// What the reader found out of a member, for the load's record and for money in thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The header's names as they stand; merged headers joined with a space. Unnamed columns are empty.
    pub header: Vec<String>,
    /// The line of the header (its first).
    pub header_line: u64,
    /// The delimiter.
    pub delimiter: u8,
    /// What a unit line says money is counted in: 1, 1,000 for `(단위: 천원)`, 1,000,000 for 백만원.
    pub money_unit: i64,
    /// Whether a workbook counts its days from 1904 instead of 1900.
    pub from_1904: bool,
    /// The other sheets of a workbook, none of which is read.
    pub left_out: Vec<OtherSheet>,
}

/// A sheet that was not read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// Whether people do not see it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// One row as it stands in the file.
#[derive(Clone, Debug, Default)]
pub struct RawRow {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// Its texts, one a header column.
    pub fields: csv::StringRecord,
    /// Why it cannot be a row of the table, where the reader already knows.
    pub trouble: Option<RowTrouble>,
    /// The places of cells whose text is not what the cell stands for, and why. The row is of no use where one is mapped.
    pub spoiled: Vec<(usize, Spoiled)>,
}

/// Why the text of a workbook's cell is not what the cell stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoiled {
    /// It is an error such as `#N/A`.
    Error,
    /// It is a formula whose result was never calculated.
    Uncalculated,
    /// It is a whole number of more than 15 digits, of which a spreadsheet keeps 15.
    DigitsLost,
}

/// Why a row cannot be a row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTrouble {
    /// Every cell is empty. Set aside, not counted against the file.
    Blank,
    /// A total or subtotal. Set aside, not counted against the file.
    Total,
    /// It has this many fields more or fewer than the header.
    FieldCount {
        /// The number of fields.
        found: usize,
        /// The number of header columns.
        expected: usize,
    },
    /// The field at this place holds bytes the encoding does not know.
    Undecodable(usize),
    /// The line is no JSON object (JSON Lines).
    NotJson(String),
}

/// Rows, one after another.
pub trait RowSource {
    /// What was found out of the member before its first row.
    fn layout(&self) -> &Layout;

    /// Reads the next row into `row`; `false` at the end.
    ///
    /// # Errors
    ///
    /// What ends the reading of the whole file: an archive cut short, a line of more than 16 MiB, a disk error.
    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault>;
}

/// The rows of one member, by its format. `file` is the file's base name, as faults call it.
///
/// # Errors
///
/// [`Fault`] where the member is not text, holds no header the mapping knows, or cannot be read; `format-unsupported`
/// for Parquet, which the engine reads itself, and for sheets, which [`workbook::with_sheet`] reads.
pub fn open_rows<'r>(
    file: &str,
    member: &Member,
    reader: &'r mut dyn BufRead,
    rule: &ReadRule,
) -> Result<Box<dyn RowSource + 'r>, Fault> {
    match member.format {
        Format::Delimited => Ok(Box::new(delimited::open(file, member, reader, rule)?)),
        Format::JsonLines => Ok(Box::new(json_lines::open(file, member, reader, rule)?)),
        Format::Parquet | Format::Sheet { .. } => Err(Named::new(file, member).fault(
            "format-unsupported",
            "It is Parquet or a sheet, which has no lines of text.",
            "Take it with `haechi snapshot take`.",
        )),
    }
}

/// Longest record read, in bytes. Longer ones are an unclosed quote or no export at all.
pub(crate) const LONGEST_RECORD: usize = 16 * 1024 * 1024;

/// A file and member, as faults name them.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    file: String,
    member: Option<String>,
}

impl Named {
    pub(crate) fn new(file: &str, member: &Member) -> Self {
        Self { file: file.to_owned(), member: member.name.clone() }
    }

    /// A fault at this place.
    pub(crate) fn fault(&self, code: &'static str, what: impl Into<String>, help: impl Into<String>) -> Fault {
        let mut fault = Fault::new(code, &self.file, what, help);
        fault.place.member.clone_from(&self.member);
        fault
    }

    /// What an error of the reader at `line` means. Readers that know more put their fault inside the error.
    pub(crate) fn unreadable(&self, error: io::Error, line: u64) -> Fault {
        let kind = error.kind();
        let inside = error.into_inner().map(|inner| inner.downcast::<Fault>());
        let fault = match inside {
            Some(Ok(fault)) => *fault,
            Some(Err(other)) => self.fault("file-unreadable", format!("It cannot be read: {other}."), READABLE),
            None => self.fault("file-unreadable", format!("It cannot be read: {kind}."), READABLE),
        };
        if fault.place.line.is_none() { fault.at_line(line) } else { fault }
    }

    /// The same where nobody counts lines yet.
    pub(crate) fn whole(&self, error: io::Error) -> Fault {
        let mut fault = self.unreadable(error, 0);
        fault.place.line = None;
        fault
    }

    /// A record past [`LONGEST_RECORD`].
    pub(crate) fn too_long(&self, line: u64) -> Fault {
        self.fault(
            "line-too-long",
            "One record is longer than 16 MiB.",
            "Look for a quotation mark that is never closed, or check that this is the file you meant.",
        )
        .at_line(line)
    }
}

/// What to do when a disk or a permission stands in the way.
pub(crate) const READABLE: &str = "Check that the file is there, that you may read it, and that the disk is sound.";

/// A header name as mappings compare it: NFKC, lower case, `_`, line breaks and runs of white space one space, trimmed, no mark.
pub fn normal_header(name: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization as _;
    let folded: String = name.trim_start_matches('\u{feff}').nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}
