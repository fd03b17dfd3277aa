//! What a driver reports, as a fault: database and table by name, never an address's log-in, never a value.

use std::fmt::Write as _;

use haechi_formats::fault::Fault;
use sqlx::error::DatabaseError;
use sqlx::mysql::MySqlDatabaseError;

use crate::addresses::Address;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum While {
    /// Opening the connection.
    Connecting,
    /// Reading the catalogue or rows.
    Reading,
}

/// A driver's error as a fault of `place`: the database, or `database:table`.
///
/// The driver's own words are kept only where they speak of the way to the server; a server's may quote a value.
pub(crate) fn of(address: &Address, place: &str, error: &sqlx::Error, during: While) -> Fault {
    let fault = |code, what: &str, help: &str| Fault::new(code, place, what, help);
    match error {
        sqlx::Error::Database(error) => refused(address, place, error.as_ref(), during),
        sqlx::Error::Tls(error) => {
            let mut what = "The encrypted connection could not be made".to_owned();
            let _ = write!(what, ": {error}.");
            fault(
                "database-tls-refused",
                &what,
                "Have the server offer TLS with a certificate that its name stands in.",
            )
        }
        sqlx::Error::Configuration(error) => fault(
            "database-tls-refused",
            &format!("The connection's settings cannot be used: {error}."),
            "Check sslrootcert and the files it names.",
        ),
        sqlx::Error::Io(error) if during == While::Connecting => fault(
            "database-unreachable",
            &format!("{} cannot be reached: {}.", address.describe(), error.kind()),
            "Check that it runs, and that host, port and firewall let us in.",
        ),
        // A server without TLS says so as a word of the protocol.
        sqlx::Error::Protocol(_) if during == While::Connecting => fault(
            "database-unreachable",
            &format!("{} does not answer as it should.", address.describe()),
            "Check that host and port are those of this kind of database.",
        ),
        sqlx::Error::ColumnDecode { .. } => fault(
            "database-text",
            "A value is no text in the encoding that the database says it is in.",
            "Have the column's encoding put right, or leave the column out of the mapping.",
        ),
        _ => fault("database-cut", "The connection ended before everything was read.", AGAIN),
    }
}

const AGAIN: &str = "Run the same command again when the database is there; nothing was replaced.";

/// What the server itself refused.
fn refused(address: &Address, place: &str, error: &dyn DatabaseError, during: While) -> Fault {
    let number = error.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number);
    let code = error.code().map(|code| code.into_owned()).unwrap_or_default();
    let fault = |code, what: &str, help: &str| Fault::new(code, place, what, help);
    match (number, code.as_str()) {
        (Some(1044 | 1045 | 1698), _) | (None, "28P01" | "28000") => fault(
            "database-login",
            &format!("{} does not let `{}` log in.", address.describe(), address.user),
            &format!("Check the user, and the password in {} or in password_file.", address.password_variable()),
        ),
        (Some(1049), _) | (None, "3D000") => fault(
            "database-missing",
            &format!("The server has no database `{}`.", address.database),
            "Check the last part of the url.",
        ),
        (Some(1142 | 1143 | 1227 | 1370), _) | (None, "42501") => fault(
            "database-permission",
            &format!("`{}` may not read it.", address.user),
            "Have its owner GRANT SELECT on it to this user, and nothing more.",
        ),
        (Some(1146 | 1054 | 1412 | 1356), _) | (None, "42P01" | "42703" | "3F000" | "XX000" | "0A000") => {
            fault("table-changed", "The table or a column of it was dropped or changed while it was read.", AGAIN)
        }
        (None, "14") => fault(
            "database-unreachable",
            &format!("{} cannot be opened.", address.describe()),
            "Check that the file is there, and that we may read it and, in WAL mode, its folder.",
        ),
        (None, "26") => fault(
            "database-unreachable",
            &format!("{} is no database.", address.describe()),
            "Check the path in its url.",
        ),
        (None, "5" | "6") => fault("database-busy", "Another program is writing to it and holds it.", AGAIN),
        (None, "53300" | "57P03") | (Some(1040), _) => {
            fault("database-busy", "The server takes no more connections now.", AGAIN)
        }
        (None, "57P01" | "57P02" | "57014") | (Some(1053 | 1317 | 1927 | 3024), _) => {
            fault("database-cut", "The server ended the connection before everything was read.", AGAIN)
        }
        (_, code) => {
            let what = match during {
                While::Connecting => format!("{} refuses the connection (code {code}).", address.describe()),
                While::Reading => format!("The database cannot give what was asked of it (code {code})."),
            };
            fault("database-refused", &what, "Ask its administrator what the code means; the server's log says more.")
        }
    }
}

/// That something took longer than `databases.toml` allows.
pub(crate) fn late(address: &Address, place: &str, during: While) -> Fault {
    match during {
        While::Connecting => Fault::new(
            "database-timeout",
            place,
            format!("{} did not answer within {} seconds.", address.describe(), address.connect_within.as_secs()),
            "Check host, port and firewall, or raise connect_timeout_seconds.",
        ),
        While::Reading => Fault::new(
            "database-stalled",
            place,
            format!("No row came for {} seconds.", address.read_within.as_secs()),
            "See whether the table is locked or the server overloaded, or raise read_timeout_seconds; nothing was replaced.",
        ),
    }
}
