//! What a data folder keeps in words: manifests of snapshots and records of loads. Serialised, so each has its format number.

use haechi_core::digest::Digest;
use haechi_core::finding::LiveRow;
use haechi_core::ids::{Government, SnapshotId, SourceName, TableName};
use haechi_core::period::Period;
use haechi_core::words::Words;
use haechi_formats::export::OtherSheet;
use haechi_formats::mapping::Reject;
use serde::{Deserialize, Serialize};

/// The number of these formats.
pub const FORMAT: u32 = 1;

/// A snapshot: one table of one source over one period, as it was read. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The digest of government, table, source, period, key, supplied columns, sources and every row.
    pub id: SnapshotId,
    /// Whose data.
    pub government: Government,
    /// The standard table.
    pub table: TableName,
    /// The mapping that read it.
    pub source: SourceName,
    /// What it covers; `None` for a full load.
    pub period: Option<Period>,
    /// The id of the installation key its identifiers are hashed under; `None` where it has none.
    pub key_id: Option<String>,
    /// The columns some file of it supplies.
    pub supplied: Vec<TableName>,
    /// Rows.
    pub rows: u64,
    /// The files the rows come from.
    pub sources: Vec<Source>,
    /// Its Parquet files, each under its digest in `parts/`.
    pub parts: Vec<Part>,
}

/// A file, or member or sheet of one, that rows of a snapshot come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The upper 31 bits of the `_row` of its rows; the lower 32 are the line.
    pub number: u32,
    /// The file's name.
    pub file: String,
    /// The member, where the file is an archive.
    pub member: Option<String>,
    /// The sheet, where the file is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The file's SHA-256; of a live table that of its rows as they were read.
    pub sha256: Digest,
    /// Rows of it in this snapshot.
    pub rows: u64,
    /// The live table, where it is no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveSource>,
}

/// A table of a live database that rows come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveSource {
    /// The database's name in `databases.toml`.
    pub database: String,
    /// The table, with its schema where the database has schemas.
    pub table: String,
    /// The columns that tell its rows apart, in whose order they were read.
    pub key: Vec<String>,
}

/// A Parquet file of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its SHA-256, also its name.
    pub sha256: Digest,
    /// Its rows.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// The columns its rows were sorted by when it was written, `_row` after them; empty in parts of before this was kept. A
    /// dictionary may come to sort otherwise, and who trusted its word of today would group old rows wrongly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sorted_by: Vec<TableName>,
}

impl Part {
    /// Its path in the store.
    pub fn path(&self) -> String {
        format!("parts/{}.parquet", self.sha256)
    }
}

/// One `snapshot take`: what was read and what came of it. One command is one load, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadRecord {
    /// [`FORMAT`].
    pub format: u32,
    /// The digest of the files and the rules they were read by: the same again is the same load.
    pub id: Digest,
    /// When, UTC.
    pub taken_at: String,
    /// The operating-system user.
    pub taken_by: String,
    /// Whose data.
    pub government: Government,
    /// That government's name.
    pub government_name: Words,
    /// Its country, whose working calendar holds.
    pub country: String,
    /// The standard table.
    pub table: TableName,
    /// The mapping.
    pub source: SourceName,
    /// The mapping's label.
    pub source_title: Words,
    /// Digest of the mapping.
    pub mapping: Digest,
    /// Whether it counts: a stopped load (too many rejects) is kept for its rejects and replaced nothing.
    pub stopped: bool,
    /// Per file, or member or sheet of one.
    pub files: Vec<FileRecord>,
    /// The snapshots it made, or found to be there already.
    pub snapshots: Vec<LoadedSnapshot>,
    /// The rejected rows: digest of the JSON Lines in `rejects/`; `None` when there are none.
    pub rejects: Option<Digest>,
}

/// A file of a load. `rows_in = rows_out + rejected + set_aside`, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// The file's name.
    pub file: String,
    /// The member, where the file is an archive.
    pub member: Option<String>,
    /// The sheet, where the file is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The file's SHA-256.
    pub sha256: Digest,
    /// The member's length once unpacked; of a sheet, that of the workbook.
    pub bytes: u64,
    /// How its text is encoded; `Parquet`, `XLSX`, `XLS` or `ODS` where it is no text.
    pub encoding: String,
    /// The line of its header.
    pub header_line: u64,
    /// What a unit line says money is counted in: 1, 1000 …
    pub money_unit: i64,
    /// The period its name or the command declares.
    pub period: Option<Period>,
    /// Rows in it.
    pub rows_in: u64,
    /// Rows that went into a snapshot.
    pub rows_out: u64,
    /// Rows that do not fit.
    pub rejected: u64,
    /// Blank and total rows.
    pub set_aside: u64,
    /// The other sheets of a workbook, none of which was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<OtherSheet>,
    /// The live table, where it is no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveSource>,
}

/// A snapshot of a load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadedSnapshot {
    /// What it covers.
    pub period: Option<Period>,
    /// Its id.
    pub id: SnapshotId,
    /// Its rows.
    pub rows: u64,
}

/// A rejected row, one JSON line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// The file's name.
    pub file: String,
    /// The member, where the file is an archive.
    pub member: Option<String>,
    /// The sheet, where the file is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line the row begins on.
    pub line: u64,
    /// The row of the live table, where it was read from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveRow>,
    /// Why.
    #[serde(flatten)]
    pub reject: Reject,
}

/// Where the manifest of a snapshot lies.
pub(crate) fn manifest_path(id: &SnapshotId) -> String {
    format!("snapshots/{id}.json")
}

/// Where the record of a load lies.
pub(crate) fn load_path(id: &Digest) -> String {
    format!("loads/{id}.json")
}

/// Where the rejected rows of a load lie.
pub(crate) fn rejects_path(digest: &Digest) -> String {
    format!("rejects/{digest}.jsonl")
}
