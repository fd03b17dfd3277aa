//! A mapping: a folder that says how one export's columns become a standard table's. No Rust needed to add one.
//!
//! `file` is `mapping.toml` as written, `check` makes a [`Mapping`] of it, `bind` lays it over the header of one file,
//! and the [`RowReader`] that comes out turns that file's rows into typed cells or rejects. `cases` runs a mapping's
//! own tests, `guess` drafts a mapping for a file nobody has mapped yet.

mod bind;
mod cases;
mod check;
mod convert;
mod file;
mod folders;
mod guess;
mod guess_file;
mod live_key;
mod options;
mod period;
mod read;
#[cfg(test)]
mod real_exports;
mod reject;
mod rule;
mod scaffold;
#[cfg(test)]
mod tests;

pub use cases::{CaseResult, bless, check_cases};
pub use folders::{folders_in, in_folder, shipped, shipped_folders};
pub use guess::{Guess, GuessedColumn, guess};
pub use guess_file::guess_file;
pub use read::RowReader;
pub use scaffold::new_mapping;

use haechi_core::digest::Digest;
use haechi_core::ids::{Government, SourceName, TableName};
use haechi_core::money::Currency;
use haechi_core::period::Period;
use haechi_core::words::Words;
use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use crate::dictionary::Dictionary;
use crate::export::ReadRule;
use crate::fault::Fault;
use crate::folder::Folder;

/// A mapping, checked against the dictionary.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Its name, also its folder's: the source.
    pub name: SourceName,
    /// Its label.
    pub title: Words,
    /// The standard table it fills.
    pub table: TableName,
    /// Whose data.
    pub government: Government,
    /// That government's name.
    pub government_name: Words,
    /// Its country, ISO 3166 alpha-2 (`KR` where the mapping does not say): whose working calendar holds.
    pub country: String,
    /// The currency money columns are in, where one holds for the whole export.
    pub currency: Option<Currency>,
    /// How a load replaces earlier ones.
    pub load: LoadRule,
    /// The largest share of rejected rows a load may have, in parts of ten thousand.
    pub max_reject_per_10_000: u32,
    /// The standard columns that identify a row; empty means the whole content, plus an ordinal among equals.
    pub identity: Vec<TableName>,
    /// Digest of `mapping.toml`.
    pub digest: Digest,
    /// What faults call its `mapping.toml`.
    place: String,
    description: Words,
    source_system: String,
    files: Vec<Regex>,
    read: ReadRule,
    date_order: crate::value::date::DateOrder,
    period: period::PeriodReading,
    columns: Vec<rule::ColumnRule>,
}

impl Mapping {
    /// Reads the `mapping.toml` of `folder` and checks it against the dictionary.
    ///
    /// # Errors
    ///
    /// Every fault found, each with its line: unknown keys, tables and columns, options that do not go with a column's
    /// type, a period rule that cannot work, money without a currency, an identifier that would also be kept in the clear.
    pub fn parse(folder: &Folder, dictionary: &Dictionary) -> Result<Self, Vec<Fault>> {
        check::parse(folder, dictionary)
    }

    /// What it reads, in a sentence or two.
    pub const fn description(&self) -> &Words {
        &self.description
    }

    /// The system the export comes from; empty where the mapping does not say.
    pub fn source_system(&self) -> &str {
        &self.source_system
    }

    /// Whether a file of this name is one it reads. A path or `archive!member` is compared by its last part;
    /// capitals do not count.
    pub fn matches_file(&self, name: &str) -> bool {
        let base: String = name.rsplit(['/', '\\', '!']).next().unwrap_or(name).nfc().collect();
        self.files.iter().any(|pattern| pattern.is_match(&base))
    }

    /// What the reader of a file needs to know of it.
    pub fn read_rule(&self) -> ReadRule {
        self.read.clone()
    }
}

/// How a load replaces earlier ones of the same government, table and source.
#[derive(Clone, Debug)]
pub enum LoadRule {
    /// It replaces the table.
    Full,
    /// It replaces the periods it declares.
    Period(PeriodRule),
}

/// Where a period is declared.
#[derive(Clone, Debug)]
pub enum PeriodRule {
    /// By a ledger's own columns, row by row (year, and month or quarter).
    Columns,
    /// By each file's name.
    FileName,
    /// By `--period` alone.
    Option,
}

/// Which period a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowPeriod {
    /// None: a full load.
    Whole,
    /// This one.
    Of(Period),
}

/// A row that does not fit, kept with the reason.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reject {
    /// Stable code: `date-unreadable`, `required-missing`, `total-row`.
    pub code: String,
    /// The column's header in the file.
    pub column: Option<String>,
    /// The value there; its shape alone where the column is an identifier; scrubbed elsewhere; 200 characters at most.
    pub value: Option<String>,
    /// Why, in words.
    pub reason: Words,
    /// Whether it counts against the file's reject rate (total and blank rows do not).
    pub counts: bool,
}
