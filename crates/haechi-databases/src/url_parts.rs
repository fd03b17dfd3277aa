//! What the url of a database says: where it stands, who logs in, how the way there is kept safe. Never a password.

use std::net::IpAddr;
use std::path::PathBuf;

use url::Url;

use crate::addresses::{Engine, Server, Tls};

/// Code, what happened, what to do.
pub(crate) type Wrong = (&'static str, String, &'static str);

/// What a URL says.
pub(crate) struct Parts {
    pub(crate) engine: Engine,
    pub(crate) user: String,
    pub(crate) database: String,
    pub(crate) tls: Option<Tls>,
    pub(crate) authorities: Option<PathBuf>,
}

impl Parts {
    pub(crate) fn of(text: &str) -> Result<Self, Wrong> {
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
    pub(crate) fn tls(&self, switched_off: bool) -> Result<Tls, Wrong> {
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
