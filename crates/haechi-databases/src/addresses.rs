//! `databases.toml`: which databases may be read, where they stand and how the way there is kept safe.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use haechi_core::ids::TableName;
use haechi_formats::fault::Fault;
use haechi_formats::folder::toml_fault;
use serde::Deserialize;
use toml::Spanned;

use crate::password::{self, Password};
use crate::url_parts::Parts;

/// The file in a data folder that holds addresses, and the only one that may.
pub const FILE: &str = "databases.toml";

/// The databases an administrator allows to be read, by name.
#[derive(Debug, Default)]
pub struct Addresses {
    by_name: BTreeMap<String, Address>,
}

/// Where a database stands and how it is read.
#[derive(Clone, Debug)]
pub struct Address {
    /// Its name in `databases.toml`, as loads and evidence call it.
    pub name: String,
    pub(crate) engine: Engine,
    pub(crate) user: String,
    pub(crate) database: String,
    pub(crate) tls: Tls,
    pub(crate) authorities: Option<PathBuf>,
    pub(crate) password_file: Option<PathBuf>,
    pub(crate) password: Option<Password>,
    pub(crate) time_zone: String,
    pub(crate) connect_within: Duration,
    pub(crate) read_within: Duration,
}

/// Which database system, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Postgres(Server),
    MySql(Server),
    Sqlite(PathBuf),
}

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    Host(String, u16),
    Socket(PathBuf),
}

/// How the way to a server is kept safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tls {
    Off,
    WhereOffered,
    Unverified,
    Verified,
    VerifiedWithName,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    database: BTreeMap<String, Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    url: Spanned<String>,
    password_file: Option<PathBuf>,
    tls: Option<Spanned<String>>,
    #[serde(default = "korea")]
    time_zone: Spanned<String>,
    #[serde(default = "ten")]
    connect_timeout_seconds: u64,
    #[serde(default = "ten_minutes")]
    read_timeout_seconds: u64,
}

/// Korea has had no summer time since 1988, so an offset says all of it, and every server knows an offset.
fn korea() -> Spanned<String> {
    Spanned::new(0..0, "+09:00".to_owned())
}

const fn ten() -> u64 {
    10
}

/// A server may sort a large table before its first row comes.
const fn ten_minutes() -> u64 {
    600
}

impl Addresses {
    /// Reads `databases.toml` of the data folder `root`; without the file there is no database. `environment` gives the value
    /// of an environment variable: passwords are looked up there as `HAECHI_DB_NAME_PASSWORD`.
    ///
    /// # Errors
    ///
    /// Every fault found, with its line: an address that carries a password, is of no known kind or would be reached without a
    /// verified TLS connection.
    pub fn load(root: &Path, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let path = root.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(root, &text, environment),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => {
                let what = format!("It cannot be read: {error}.");
                Err(vec![Fault::new("databases-unreadable", FILE, what, "Check that you may read it.")])
            }
        }
    }

    fn parse(root: &Path, text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let mut fault = toml_fault(FILE, text, &error);
            if fault.what.contains([':', '@']) {
                // What the parser quotes may be an address with a password in it.
                "A value is not of the kind its key asks for.".clone_into(&mut fault.what);
            }
            fault.help = "Write [database.NAME] with url, and where needed password_file, tls, time_zone.".to_owned();
            vec![fault]
        })?;
        let mut by_name = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, entry) in written.database {
            let line = text.get(..entry.span().start).map_or(1, |before| 1 + before.matches('\n').count() as u64);
            match address(root, &name, entry.into_inner(), environment) {
                Ok(address) => drop(by_name.insert(name, address)),
                Err(fault) => faults.push(fault.at_line(line)),
            }
        }
        if faults.is_empty() { Ok(Self { by_name }) } else { Err(faults) }
    }

    /// The database of this name.
    ///
    /// # Errors
    ///
    /// `database-unknown`, and `database-url-given` where an address stands in place of a name.
    pub fn get(&self, name: &str) -> Result<&Address, Fault> {
        if name.contains("//") || name.contains('@') {
            return Err(Fault::new(
                "database-url-given",
                "--from",
                "An address was given; on the command line others can read it.",
                format!("Write the address into {FILE} of the data folder and give its name: NAME:TABLE."),
            ));
        }
        self.by_name.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Fault::new(
                "database-unknown",
                FILE,
                format!("There is no database `{name}`; there are: {there}."),
                format!("Add [database.{name}] with its url, or name another."),
            )
        })
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Address> {
        self.by_name.values()
    }
}

impl Address {
    /// What kind of database and where, without a log-in: `PostgreSQL at 10.1.2.3:5432/finance`.
    pub fn describe(&self) -> String {
        let (system, server) = match &self.engine {
            Engine::Postgres(server) => ("PostgreSQL", server),
            Engine::MySql(server) => ("MySQL", server),
            Engine::Sqlite(path) => return format!("SQLite in {}", path.display()),
        };
        match server {
            Server::Host(host, port) => format!("{system} at {host}:{port}/{}", self.database),
            Server::Socket(path) => format!("{system} at {}/{}", path.display(), self.database),
        }
    }

    /// The name of the environment variable that may hold its password.
    pub fn password_variable(&self) -> String {
        format!("HAECHI_DB_{}_PASSWORD", self.name.to_ascii_uppercase())
    }

    /// The password to log in with, if one is set: the environment's, else that of `password_file`.
    pub(crate) fn secret(&self) -> Result<Option<Password>, Fault> {
        match (&self.password, &self.password_file) {
            (Some(password), _) => Ok(Some(password.clone())),
            (None, Some(path)) => password::of_file(&self.name, path).map(Some),
            (None, None) => Ok(None),
        }
    }
}

fn address(
    root: &Path,
    name: &str,
    entry: Entry,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Address, Fault> {
    let key = |key: &str| format!("database.{name}.{key}");
    let fault = |code, at: &str, what: String, help: &str| Fault::new(code, FILE, what, help).in_column(key(at));
    if TableName::parse(name).is_err() {
        let what = format!("`{name}` is no name of a database.");
        return Err(fault("database-name", "url", what, "Use lower-case letters, digits and underscores."));
    }
    let zone = entry.time_zone.into_inner();
    if zone.is_empty() || !zone.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-:/_".contains(&c)) {
        let what = format!("`{zone}` is no time zone.");
        return Err(fault("database-time-zone", "time_zone", what, "Write an offset (+09:00) or a name (Asia/Seoul)."));
    }
    let url = entry.url.into_inner();
    let parts = Parts::of(&url).map_err(|(code, what, help)| fault(code, "url", what, help))?;
    let switched_off = match entry.tls.map(Spanned::into_inner).as_deref() {
        None => false,
        Some("off") => true,
        Some(_) => {
            let help = "Leave the key out, or write tls = \"off\" and the reason in a comment beside it.";
            return Err(fault("database-tls", "tls", "It can only be switched off.".to_owned(), help));
        }
    };
    let tls = parts.tls(switched_off).map_err(|(code, what, help)| fault(code, "url", what, help))?;
    let engine = match parts.engine {
        Engine::Sqlite(path) => Engine::Sqlite(root.join(path)),
        engine => engine,
    };
    let mut address = Address {
        name: name.to_owned(),
        engine,
        user: parts.user,
        database: parts.database,
        tls,
        authorities: parts.authorities.map(|path| root.join(path)),
        password_file: entry.password_file.map(|path| root.join(path)),
        password: None,
        time_zone: zone,
        connect_within: Duration::from_secs(entry.connect_timeout_seconds.max(1)),
        read_within: Duration::from_secs(entry.read_timeout_seconds.max(1)),
    };
    address.password = environment(&address.password_variable()).map(Password::new);
    Ok(address)
}

#[cfg(test)]
mod tests;
