//! A mapping: a folder that says how one export's columns become a standard table's. No Rust needed to add one.

use haechi_core::digest::Digest;
use haechi_core::ids::{Government, SourceName, TableName};
use haechi_core::money::Currency;
use haechi_core::period::Period;
use haechi_core::words::Words;

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
