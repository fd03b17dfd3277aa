//! Tables of live databases, as the reader of an export sees them. What connects to them and reads them is `haechi-databases`.

use std::fmt;

use super::RowSource;

/// A table of a live database, open at one moment.
pub struct LiveTable {
    /// Which it is.
    pub place: LivePlace,
    /// Its rows in the order of its key, each once. A row's line is its place in that order, counted from 1.
    pub rows: Box<dyn RowSource + Send>,
}

/// Which table of which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivePlace {
    /// The database's name in `databases.toml`.
    pub database: String,
    /// The table as the catalogue writes it, with its schema where the database has schemas.
    pub table: String,
    /// The places of the key's columns among the table's columns.
    pub key: Vec<usize>,
}

impl fmt::Display for LivePlace {
    /// `database:schema.table`, as loads, faults and evidence call it in place of a file's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.database, self.table)
    }
}
