//! Exports as systems write them: archives, encodings, dialects. From here on a row is a line number and texts.

pub mod archive;
pub mod delimited;
pub mod encoding;
pub mod json_lines;
pub mod survey;

use std::borrow::Cow;
use std::collections::HashSet;

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
    /// What lies in it: itself, or the members of the archive, in their order. Folders and hidden files are left out.
    pub members: Vec<Member>,
}

/// One table's worth of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path inside the archive; `None` where the file is no archive.
    pub name: Option<String>,
    /// What it is.
    pub format: Format,
    /// How its text is encoded (delimited and JSON Lines).
    pub encoding: Encoding,
    /// Its length in bytes once unpacked.
    pub bytes: u64,
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

/// A header name as mappings compare it: NFKC, lower case, `_`, line breaks and runs of white space one space, trimmed, no mark.
pub fn normal_header(name: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization as _;
    let folded: String = name.trim_start_matches('\u{feff}').nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}
