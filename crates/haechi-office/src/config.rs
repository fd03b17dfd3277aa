//! What an administrator may set in `office.toml`. Everything has a default; the reference page is made from the comments here.

use std::net::SocketAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// `office.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the office listens. Anything but this machine needs a proxy with TLS before it.
    pub listen: SocketAddr,
    /// The address people use, as it stands in messages and links. With `https` cookies are sent over TLS alone.
    pub public_url: String,
    /// Minutes ahead of UTC in which days and office hours are counted.
    pub zone_minutes: i32,
    /// Minutes without a click after which a session ends.
    pub session_idle_minutes: i64,
    /// Hours after which a session ends whatever happens.
    pub session_hours: i64,
    /// Largest attachment in bytes.
    pub attachment_bytes: u64,
    /// Largest run that is received, in bytes.
    pub run_bytes: u64,
    /// Requests a token may make a minute.
    pub requests_a_minute: u32,
    /// Webhooks may be sent to addresses of the own network, and without TLS to this machine.
    pub webhooks_inside: bool,
    /// The day can be moved forward on a page. Only an invented government's office has this.
    pub demo: bool,
    /// How mail leaves.
    pub mail: Mail,
    /// How SMS and 알림톡 leave.
    pub gateway: Gateway,
}

/// How mail leaves the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// The SMTP server; none leaves mail in the office's inbox.
    pub host: Option<String>,
    /// Its port.
    pub port: u16,
    /// `starttls` (the default), `tls`, or `none` for a server on this machine.
    pub encryption: String,
    /// The log-in, where it wants one; its password is in the environment variable `HAECHI_MAIL_PASSWORD`.
    pub user: Option<String>,
    /// The sender: `해치 <haechi@city.example>`.
    pub from: String,
}

/// How SMS and 알림톡 leave the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gateway {
    /// The address that takes a message as JSON; none leaves messages in the inbox.
    pub url: Option<String>,
    /// The sender's number, registered with the carrier.
    pub sender: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8480)),
            public_url: "http://127.0.0.1:8480".to_owned(),
            zone_minutes: 9 * 60,
            session_idle_minutes: 30,
            session_hours: 12,
            attachment_bytes: 20 * 1024 * 1024,
            run_bytes: 2 * 1024 * 1024 * 1024,
            requests_a_minute: 600,
            webhooks_inside: false,
            demo: false,
            mail: Mail::default(),
            gateway: Gateway::default(),
        }
    }
}

/// Why `office.toml` was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It says something unknown or malformed.
    #[error("{path}: {message}")]
    Malformed {
        /// The file.
        path: String,
        /// Line, column and what is wrong.
        message: String,
    },
    /// A setting that would open the office to who should not see it.
    #[error("{path}: {message}")]
    Unsafe {
        /// The file.
        path: String,
        /// What and why.
        message: String,
    },
}

impl Config {
    /// What `file` says; the defaults where it is not there.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, an unknown or malformed setting (with line and column), an address outside this machine that is
    /// reached without TLS.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let path = file.display().to_string();
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(ConfigError::Read { path, source }),
        };
        let config: Self = toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path: path.clone(), message: error.to_string() })?;
        config.check().map_err(|message| ConfigError::Unsafe { path, message })?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        if !self.listen.ip().is_loopback() && !self.is_over_tls() {
            return Err(format!(
                "`listen = \"{}\"` is reached from other machines, but `public_url` is not https; put a proxy with TLS before it (docs/office.md)",
                self.listen
            ));
        }
        match self.mail.encryption.as_str() {
            "" | "starttls" | "tls" => Ok(()),
            "none"
                if self
                    .mail
                    .host
                    .as_deref()
                    .is_none_or(|host| host == "127.0.0.1" || host == "::1" || host == "localhost") =>
            {
                Ok(())
            }
            "none" => {
                Err("`mail.encryption = \"none\"` is for a server on this machine; use \"starttls\" or \"tls\""
                    .to_owned())
            }
            other => Err(format!("`mail.encryption = \"{other}\"` is none of \"starttls\", \"tls\", \"none\"")),
        }
    }

    /// Whether people reach it over TLS.
    pub fn is_over_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
