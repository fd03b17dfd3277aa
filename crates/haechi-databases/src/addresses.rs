//! `databases.toml`: which databases may be read, where they stand and how the way there is kept safe.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use haechi_core::ids::TableName;
use haechi_formats::fault::Fault;
use haechi_formats::folder::toml_fault;
use serde::Deserialize;
use toml::Spanned;
use url::Url;

use crate::password::{self, Password};

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

/// Code, what happened, what to do.
type Wrong = (&'static str, String, &'static str);

/// What a URL says.
struct Parts {
    engine: Engine,
    user: String,
    database: String,
    tls: Option<Tls>,
    authorities: Option<PathBuf>,
}

impl Parts {
    fn of(text: &str) -> Result<Self, Wrong> {
        const FORMS: &str =
            "Write postgres://USER@HOST:PORT/DATABASE, mysql://USER@HOST:PORT/DATABASE or sqlite:///PATH.";
        let unknown = |what: &str| ("database-url", what.to_owned(), FORMS);
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains(['?', '#']) {
                return Err(unknown("A SQLite address is a path and nothing else."));
            }
            let engine = Engine::Sqlite(path.into());
            return Ok(Self { engine, user: String::new(), database: String::new(), tls: None, authorities: None });
        }
        // The parser's own words may quote what it could not read, so they are not passed on.
        let url = Url::parse(text).map_err(|_| unknown("It cannot be read as an address."))?;
        let is_postgres = match url.scheme() {
            "postgres" | "postgresql" => true,
            "mysql" | "mariadb" => false,
            _ => return Err(unknown("It is of no kind of database that can be read.")),
        };
        if url.password().is_some() {
            return Err((
                "database-url-password",
                "The address carries a password.".to_owned(),
                "Take it out, change it, and put the new one into a file of mode 0600 named by password_file.",
            ));
        }
        let plain = |text: &str| {
            let as_pair = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
            url::form_urlencoded::parse(as_pair.as_bytes())
                .next()
                .map(|(_, text)| text.into_owned())
                .unwrap_or_default()
        };
        let mut user = plain(url.username());
        let mut socket = None;
        let (mut tls, mut authorities) = (None, None);
        for (key, value) in url.query_pairs() {
            match key.as_ref() {
                "sslmode" | "ssl-mode" => tls = Some(mode(&value)?),
                "sslrootcert" | "ssl-ca" => authorities = Some(PathBuf::from(value.as_ref())),
                "user" => user = value.into_owned(),
                "host" | "socket" if value.starts_with('/') => socket = Some(PathBuf::from(value.as_ref())),
                key if key.to_ascii_lowercase().contains("pass") => {
                    return Err((
                        "database-url-password",
                        "The address carries a password.".to_owned(),
                        "Take it out, change it, and put the new one into a file of mode 0600 named by password_file.",
                    ));
                }
                _ => {
                    return Err((
                        "database-url",
                        "The address has a setting that is not known.".to_owned(),
                        "Known are sslmode, sslrootcert, user, and host or socket with the path of a socket.",
                    ));
                }
            }
        }
        let port = url.port().unwrap_or(if is_postgres { 5432 } else { 3306 });
        let host = url.host_str().filter(|host| !host.is_empty());
        let server = match (socket, host) {
            (Some(path), _) => Server::Socket(path),
            (None, Some(host)) => Server::Host(plain(host), port),
            (None, None) => return Err(unknown("It names no host.")),
        };
        let database = plain(url.path().trim_start_matches('/'));
        if database.is_empty() || user.is_empty() {
            return Err(unknown("It names no user or no database."));
        }
        let engine = if is_postgres { Engine::Postgres(server) } else { Engine::MySql(server) };
        Ok(Self { engine, user, database, tls, authorities })
    }

    /// The way to another machine must be verified unless the administrator switched that off; on this machine nobody listens.
    fn tls(&self, switched_off: bool) -> Result<Tls, Wrong> {
        let is_near = match &self.engine {
            Engine::Sqlite(_) | Engine::Postgres(Server::Socket(_)) | Engine::MySql(Server::Socket(_)) => true,
            Engine::Postgres(Server::Host(host, _)) | Engine::MySql(Server::Host(host, _)) => {
                let bare = host.trim_start_matches('[').trim_end_matches(']');
                bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
            }
        };
        match self.tls {
            None if is_near => Ok(Tls::WhereOffered),
            None if switched_off => Ok(Tls::Off),
            None => Ok(Tls::VerifiedWithName),
            Some(tls) if is_near || switched_off || matches!(tls, Tls::Verified | Tls::VerifiedWithName) => Ok(tls),
            Some(_) => Err((
                "database-tls-unverified",
                "Another machine would be read over a connection that nobody verified.".to_owned(),
                "Write sslmode=verify-full, or tls = \"off\" beside the url with the reason in a comment.",
            )),
        }
    }
}

fn mode(text: &str) -> Result<Tls, Wrong> {
    Ok(match text.to_ascii_lowercase().replace('_', "-").as_str() {
        "disable" | "disabled" => Tls::Off,
        "allow" | "prefer" | "preferred" => Tls::WhereOffered,
        "require" | "required" => Tls::Unverified,
        "verify-ca" => Tls::Verified,
        "verify-full" | "verify-identity" => Tls::VerifiedWithName,
        _ => {
            return Err((
                "database-url",
                "Its sslmode is none that is known.".to_owned(),
                "Known are disable, prefer, require, verify-ca and verify-full.",
            ));
        }
    })
}

#[cfg(test)]
mod tests;
