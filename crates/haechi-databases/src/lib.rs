//! Tables of live databases as exports: what an administrator allows to be read, read as it stood at one moment.
//!
//! [`Addresses`] are what `databases.toml` says and nothing else says; [`OpenDatabase`] is a connection with one read-only
//! transaction, whose tables come out as [`haechi_formats::export::live::LiveTable`], rows of text like those of any export.
//! Only SELECT is sent, beside what opens and ends the transaction. The only crate that is written against `sqlx`.

mod addresses;
mod catalogue;
mod connection;
mod faults;
mod password;
mod rows;
mod select;
mod url_parts;

pub use addresses::{Address, Addresses, FILE};
pub use catalogue::ListedTable;
pub use connection::OpenDatabase;
pub use rows::Plan;
