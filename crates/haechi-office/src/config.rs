//! What an administrator may set in `office.toml`. Everything has a default; the reference page is made from the comments here.

pub mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::audit::{LogKey, WitnessKey};
use crate::files;

/// `office.toml`.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
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
    /// Minutes after which who reveals personal data or administers is asked again who they are.
    pub proof_minutes: i64,
    /// Largest attachment in bytes.
    pub attachment_bytes: u64,
    /// Largest run that is received, in bytes.
    pub run_bytes: u64,
    /// Requests a token may make a minute.
    pub requests_a_minute: u32,
    /// Free bytes of the disk below which the office says that it is not ready, and its administrator is told.
    pub disk_free_bytes: u64,
    /// Hours after which the last backup is old.
    pub backup_hours: u32,
    /// The digest of the token with which a monitoring system reads `/metrics`. From the environment; no file can set it.
    #[serde(skip)]
    pub metrics_token: Option<Digest>,
    /// This is a government's own site: pages begin with the official banner. Others may not use it.
    pub official: bool,
    /// A trial: no mail, no text message and no webhook leaves, and no witness is asked. Every page says so. What was written meanwhile
    /// is not sent later either.
    pub trial: bool,
    /// Webhooks may be sent to addresses of the own network, and without TLS to this machine.
    pub webhooks_inside: bool,
    /// The day can be moved forward on a page, and sessions do not end by it. Only `haechi demo` sets this; no file can.
    #[serde(skip)]
    pub demo: bool,
    /// Hour of the day (0 to 23) from which no SMS or 알림톡 leaves; what is written then waits.
    pub quiet_from_hour: u32,
    /// Hour of the day at which they leave again. The same hour as the other: they leave all day.
    pub quiet_until_hour: u32,
    /// Where attachments lie.
    pub files: FileStore,
    /// Who looks for viruses in them.
    pub clamd: Clamd,
    /// How mail leaves.
    pub mail: Mail,
    /// How SMS and 알림톡 leave.
    pub gateway: Gateway,
    /// Logs of other installations that this one watches: it signs what they show it, as long as they only grow.
    pub witness: Vec<Watched>,
    /// Who watches the logs of this one. Each new checkpoint is shown to all of them.
    pub witnesses: Vec<Watcher>,
    /// Providers of OpenID Connect by which people sign in, one a government.
    pub oidc: Vec<Oidc>,
}

/// A provider of OpenID Connect, and how its people are known to be ours.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The government's institution code.
    pub government: String,
    /// The provider, just as its discovery document names itself: `https://sso.city.example/realms/city`. Https, or on this machine.
    pub issuer: String,
    /// The name under which the provider knows Haechi.
    pub client_id: String,
    /// A file that holds the client's secret and nothing else, beside `office.toml` where it is no whole path; none for a public client.
    pub client_secret_file: Option<PathBuf>,
    /// What the provider is called on the page where people sign in, in Korean.
    pub name_ko: String,
    /// The same in English.
    pub name_en: String,
    /// How somebody who comes for the first time is found among our people.
    pub link_by: LinkBy,
    /// The claim that holds the employee number, with `link_by = "employee_no"`.
    #[serde(default = "employee_number")]
    pub claim: String,
    /// What the provider is asked for beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
}

/// By what somebody who comes from a provider for the first time is found among our people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkBy {
    /// The employee number in the claim named.
    EmployeeNo,
    /// The mail address, where the provider says that it verified it.
    Mail,
    /// The provider's own name of them (`sub`) is the employee number.
    Sub,
}

/// The claim in which an employee number is looked for.
fn employee_number() -> String {
    "employee_number".to_owned()
}

/// What gives names and mail addresses with every provider.
fn scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

/// A log that this installation watches.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// Its name, as the first line of its checkpoints: `installation/government`.
    pub origin: String,
    /// The public key of its installation: `name+number+base64`.
    pub key: String,
}

/// An installation that watches this one's logs.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watcher {
    /// Where it answers; `/add-checkpoint` is put behind it. For a Haechi: `https://…/witness`.
    pub url: String,
    /// Its public key as a witness: `name+number+base64`.
    pub key: String,
}

/// Where attachments lie: in the folder `files/` of the office, or in a bucket of a server that speaks S3.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileStore {
    /// The bucket, `s3://bucket/prefix`; none keeps them in the folder.
    pub url: Option<String>,
    /// Its server, `https://host:port`; none is Amazon's own of the region.
    pub endpoint: Option<String>,
    /// The region it is in.
    pub region: Option<String>,
    /// The server may be spoken to without encryption though it is another machine.
    pub allow_http: bool,
    /// A file of mode 0600 that holds the access key, in the office's folder or elsewhere; none takes it from `AWS_ACCESS_KEY_ID` and
    /// `AWS_SECRET_ACCESS_KEY`.
    pub credentials: Option<PathBuf>,
    /// Seconds for which a server that does not answer is asked again; a person waits for it.
    pub retry_seconds: Option<u64>,
}

/// The scanner that looks at each attachment before it is kept. Where one is named and does not answer, no attachment is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clamd {
    /// Where clamd listens: `127.0.0.1:3310`, or the path of its socket; none scans nothing.
    pub address: Option<String>,
    /// It may be another machine, though what it is sent is not encrypted.
    pub allow_remote: bool,
}

/// How mail leaves the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// The SMTP server; none leaves mail in the office's inbox.
    pub host: Option<String>,
    /// Its port; 0 is the usual one (587, with `tls` 465, with `none` 25).
    pub port: u16,
    /// `starttls` (the default), `tls`, or `none` for a server on this machine.
    pub encryption: String,
    /// A file with the certificate (PEM) of an authority that signs the server's certificate and that the system does not know, such as the
    /// city's own; in the office's folder or elsewhere.
    pub ca: Option<PathBuf>,
    /// The log-in, where it wants one; its password is in the environment variable `HAECHI_MAIL_PASSWORD`.
    pub user: Option<String>,
    /// The sender: `해치 <haechi@city.example>`.
    pub from: String,
}

/// How SMS and 알림톡 leave the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gateway {
    /// The address that takes a message as JSON (docs/messages.md), `https` or on this machine; none leaves messages in the inbox.
    /// A token it wants is in the environment variable `HAECHI_GATEWAY_TOKEN`.
    pub url: Option<String>,
    /// The sender's number, registered with the carrier.
    pub sender: String,
    /// Kinds of message that leave as 알림톡, each with the code under which its template was approved: `step = "HC001"`.
    pub alimtalk: BTreeMap<String, String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8480)),
            public_url: "http://127.0.0.1:8480".to_owned(),
            zone_minutes: 9 * 60,
            session_idle_minutes: 30,
            session_hours: 12,
            proof_minutes: 15,
            attachment_bytes: 20 * 1024 * 1024,
            run_bytes: 2 * 1024 * 1024 * 1024,
            requests_a_minute: 600,
            disk_free_bytes: 1024 * 1024 * 1024,
            backup_hours: 48,
            metrics_token: None,
            official: false,
            trial: false,
            webhooks_inside: false,
            demo: false,
            quiet_from_hour: 21,
            quiet_until_hour: 8,
            files: FileStore::default(),
            clamd: Clamd::default(),
            mail: Mail::default(),
            gateway: Gateway::default(),
            witness: Vec::new(),
            witnesses: Vec::new(),
            oidc: Vec::new(),
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
        files::settings::refuse_secrets(&text)
            .map_err(|message| ConfigError::Unsafe { path: path.clone(), message })?;
        let mut config: Self = toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path: path.clone(), message: error.to_string() })?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for beside in
            config.oidc.iter_mut().filter_map(|one| one.client_secret_file.as_mut()).chain(&mut config.mail.ca)
        {
            *beside = folder.join(&*beside);
        }
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
        if self.quiet_from_hour > 23 || self.quiet_until_hour > 23 {
            return Err("`quiet_from_hour` and `quiet_until_hour` are hours of the day, 0 to 23".to_owned());
        }
        for (name, value, most) in [
            ("session_idle_minutes", self.session_idle_minutes, 24 * 60),
            ("session_hours", self.session_hours, 31 * 24),
            ("proof_minutes", self.proof_minutes, 24 * 60),
        ] {
            if !(1..=most).contains(&value) {
                return Err(format!("`{name} = {value}` is not within 1 and {most}"));
            }
        }
        // Telephone numbers go over this line.
        if let Some(url) = &self.gateway.url
            && !is_private(url)
        {
            return Err(format!("`gateway.url = \"{url}\"` is neither https nor on this machine; use https"));
        }
        self.check_witnesses()?;
        files::settings::Address::of(&self.files)?;
        files::clamd::Scanner::of(&self.clamd)?;
        self.check_oidc()?;
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

    /// Keys and addresses are read once here, so that a slip is seen when the office starts and not in the night.
    fn check_witnesses(&self) -> Result<(), String> {
        for one in &self.witness {
            LogKey::parse(&one.key).map_err(|error| format!("`witness` of `{}`: {error}", one.origin))?;
        }
        let mut names = BTreeSet::new();
        for one in &self.witnesses {
            let key = WitnessKey::parse(&one.key).map_err(|error| format!("`witnesses` at `{}`: {error}", one.url))?;
            // Plain HTTP will do: what is shown is public, and what comes back is signed.
            let url = url::Url::parse(&one.url).map_err(|error| format!("`witnesses`: `{}`: {error}", one.url))?;
            if !matches!(url.scheme(), "http" | "https") {
                return Err(format!("`witnesses`: `{}` is reached by neither http nor https", one.url));
            }
            if !names.insert(key.name().to_owned()) {
                return Err(format!("`witnesses`: two of them are called `{}`", key.name()));
            }
        }
        Ok(())
    }

    fn check_oidc(&self) -> Result<(), String> {
        let mut governments = BTreeSet::new();
        for one in &self.oidc {
            let of = format!("`oidc` of government `{}`", one.government);
            if !governments.insert(&one.government) {
                return Err(format!("{of}: there are two; a government has one provider"));
            }
            // It stands in the address people come back to.
            if one.government.is_empty() || !one.government.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(format!("{of}: the code has letters and digits alone"));
            }
            let url = url::Url::parse(&one.issuer).map_err(|error| format!("{of}: `{}`: {error}", one.issuer))?;
            // The answers say who somebody is.
            if !is_private(&one.issuer) {
                return Err(format!(
                    "{of}: the issuer `{}` is neither https nor on this machine; use https",
                    one.issuer
                ));
            }
            if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
                return Err(format!("{of}: the issuer `{}` has more than an address and a path", one.issuer));
            }
            for (name, value) in [
                ("client_id", &one.client_id),
                ("name_ko", &one.name_ko),
                ("name_en", &one.name_en),
                ("claim", &one.claim),
            ] {
                if value.trim().is_empty() {
                    return Err(format!("{of}: `{name}` is empty"));
                }
            }
            if one.link_by != LinkBy::EmployeeNo && one.claim != employee_number() {
                return Err(format!("{of}: `claim` goes with `link_by = \"employee_no\"` alone"));
            }
            if one.scopes.iter().any(|scope| scope.is_empty() || scope.contains(char::is_whitespace)) {
                return Err(format!("{of}: each of `scopes` is one word"));
            }
        }
        Ok(())
    }

    /// Whether people reach it over TLS.
    pub fn is_over_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Whether nobody between can read along: over TLS, or within this machine.
pub(crate) fn is_private(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => false,
        },
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Signer, Witness};

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.toml");
        std::fs::write(&file, text).unwrap();
        Config::read(&file)
    }

    #[test]
    fn no_file_makes_an_office_a_demonstration() {
        assert!(matches!(read("demo = true\n"), Err(ConfigError::Malformed { .. })));
    }

    #[test]
    fn witnesses_and_watched_logs_are_read_and_a_slip_in_them_is_seen_at_once() {
        let log = Signer::generate("province.example").unwrap().0.key().to_owned();
        let witness = Witness::new("ministry.example", [7; 32]).unwrap().key().to_string();
        let watched = format!("[[witness]]\norigin = \"province.example/1\"\nkey = \"{log}\"\n");
        let watcher = |url: &str| format!("[[witnesses]]\nurl = \"{url}\"\nkey = \"{witness}\"\n");
        let config = read(&format!("{watched}{}", watcher("https://ministry.example/witness"))).unwrap();
        assert_eq!((config.witness.len(), config.witnesses.len()), (1, 1));
        for wrong in [
            watched.replace(&log, &witness),
            watcher("ftp://ministry.example"),
            watcher("ministry.example"),
            watcher("https://a.example").replace(&witness, &log),
            format!("{}{}", watcher("https://a.example"), watcher("https://b.example")),
        ] {
            assert!(matches!(read(&wrong), Err(ConfigError::Unsafe { .. })), "{wrong}");
        }
    }
}
