//! `haechi.toml`: the format of a data folder, and where its store lies.

use std::path::{Path, PathBuf};
use std::time::Duration;

use haechi_formats::fault::Fault;
use haechi_formats::folder::{line_of, toml_fault};
use serde::Deserialize;
use url::{Host, Url};

use super::bucket::Access;
use crate::error::EngineError;

/// The number of the data folder's format.
pub const FORMAT: u32 = 1;

/// The file's name, also in faults.
pub(super) const FILE: &str = "haechi.toml";

/// How long a request is asked again where `retry_seconds` does not say.
const RETRY_SECONDS: u64 = 60;

/// What `haechi.toml` says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// Where the store lies; `None` is the folder `store/`.
    pub(super) store: Option<StoreSettings>,
}

/// A store in an S3-compatible server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoreSettings {
    /// The bucket.
    pub(super) bucket: String,
    /// What the names of its objects begin with; may be empty.
    pub(super) prefix: String,
    /// The server, `https://host:port`; `None` is Amazon's own in `region`.
    pub(super) endpoint: Option<String>,
    /// The region it is in.
    pub(super) region: Option<String>,
    /// Whether the connection may be unencrypted.
    pub(super) allow_http: bool,
    /// A file of mode 0600 with the access key; relative to the data folder.
    pub(super) credentials: Option<PathBuf>,
    /// How long a request is asked again that the server does not answer or answers with an error of its own.
    pub(super) retry: Duration,
}

#[derive(Deserialize)]
struct Raw {
    format: toml::Value,
    store: Option<toml::Spanned<RawStore>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStore {
    url: String,
    endpoint: Option<String>,
    region: Option<String>,
    #[serde(default)]
    allow_http: bool,
    credentials: Option<PathBuf>,
    retry_seconds: Option<u64>,
}

/// The access key and its secret, from the environment or a file. Printing it shows neither.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    /// The access key.
    pub(super) access_key_id: String,
    /// The secret that goes with it.
    pub(super) secret_access_key: String,
    /// The token of a temporary access key.
    pub(super) session_token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

impl Credentials {
    /// From `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for a temporary key, `AWS_SESSION_TOKEN`, as `read` gives them.
    /// `None` when neither of the first two is set.
    ///
    /// # Errors
    ///
    /// When one of the two is set without the other.
    fn from_environment(read: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, EngineError> {
        let read = |name: &str| read(name).filter(|value| !value.is_empty());
        match (read("AWS_ACCESS_KEY_ID"), read("AWS_SECRET_ACCESS_KEY")) {
            (Some(access_key_id), Some(secret_access_key)) => {
                Ok(Some(Self { access_key_id, secret_access_key, session_token: read("AWS_SESSION_TOKEN") }))
            }
            (None, None) => Ok(None),
            (Some(_), None) => Err(EngineError::Asked(
                "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not. Set both or neither.".to_owned(),
            )),
            (None, Some(_)) => Err(EngineError::Asked(
                "AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not. Set both or neither.".to_owned(),
            )),
        }
    }

    /// From a TOML file that only its owner may read. What it holds is never quoted.
    fn from_file(path: &Path) -> Result<Self, EngineError> {
        super::only_for_its_owner(path, "The file of the access key")?;
        let text = std::fs::read_to_string(path)
            .map_err(|source| EngineError::io(format!("Cannot read {}", path.display()), source))?;
        toml::from_str(&text).map_err(|_| {
            EngineError::Asked(format!(
                "{} does not hold an access key. Write `access_key_id = \"…\"` and `secret_access_key = \"…\"` into it.",
                path.display()
            ))
        })
    }
}

/// Reads the text of a `haechi.toml`; `root` is for words.
pub(super) fn parse(root: &Path, text: &str) -> Result<Settings, EngineError> {
    refuse_secrets(text)?;
    let raw = match toml::from_str::<Raw>(text) {
        Ok(raw) if raw.format.as_integer() == Some(i64::from(FORMAT)) => raw,
        raw => {
            let format = text.parse::<toml::Table>().ok().and_then(|table| table.get("format")?.as_integer());
            return Err(match raw {
                Err(error) if format == Some(i64::from(FORMAT)) => toml_fault(FILE, text, &error).into(),
                _ => EngineError::Asked(format!(
                    "{} is of format {}, and this haechi knows format {FORMAT}. Use the haechi that made it, or a newer one.",
                    root.display(),
                    format.map_or("none".to_owned(), |format| format.to_string())
                )),
            });
        }
    };
    let Some(store) = raw.store else { return Ok(Settings { store: None }) };
    let line = |key: &str| {
        let section = text.get(store.span().start..).unwrap_or_default();
        let at = section.lines().position(|line| line.trim_start().starts_with(key)).unwrap_or(0);
        line_of(text, store.span().start) + at as u64
    };
    let raw = store.as_ref();
    let (bucket, prefix) = address(&raw.url).map_err(|(what, help)| {
        Fault::new("store-url", FILE, what, help).at_line(line("url")).in_column("store.url")
    })?;
    if let Some(endpoint) = &raw.endpoint {
        server(endpoint, raw.allow_http).map_err(|(what, help)| {
            Fault::new("store-endpoint", FILE, what, help).at_line(line("endpoint")).in_column("store.endpoint")
        })?;
    }
    Ok(Settings {
        store: Some(StoreSettings {
            bucket,
            prefix,
            endpoint: raw.endpoint.as_ref().map(|endpoint| endpoint.trim_end_matches('/').to_owned()),
            region: raw.region.clone(),
            allow_http: raw.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://")),
            credentials: raw.credentials.clone(),
            retry: Duration::from_secs(raw.retry_seconds.unwrap_or(RETRY_SECONDS)),
        }),
    })
}

/// A secret in this file is copied with every backup of it. The value is not quoted.
fn refuse_secrets(text: &str) -> Result<(), EngineError> {
    let is_secret = |key: &str| ["secret", "access_key", "password", "token"].iter().any(|part| key.contains(part));
    for (at, line) in text.lines().enumerate() {
        let Some((key, _)) = line.split_once('=') else { continue };
        let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
        if !key.starts_with('#') && is_secret(&key) {
            return Err(Fault::new(
                "secret-in-settings",
                FILE,
                "It holds a secret, and this file is copied with the data.",
                "Take it out and think of it as known. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a file of mode \
                 0600 as `credentials`.",
            )
            .at_line(at as u64 + 1)
            .into());
        }
    }
    Ok(())
}

/// What is wrong with an address, and what to do. Neither quotes it: it may hold a secret.
type Wrong = (&'static str, &'static str);

/// The bucket and prefix of `s3://bucket/prefix`.
fn address(text: &str) -> Result<(String, String), Wrong> {
    const HELP: &str = "Write `url = \"s3://bucket/prefix\"`; the server is its own line, `endpoint`.";
    let url = Url::parse(text).map_err(|_| ("The address of the store cannot be read.", HELP))?;
    refuse_more_than_an_address(&url)?;
    let bucket = url.host_str().filter(|_| url.scheme() == "s3" && url.port().is_none());
    let bucket = bucket.ok_or(("The address of the store does not name a bucket.", HELP))?;
    let prefix = url.path().strip_prefix('/').unwrap_or_default();
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !prefix.chars().all(plain) || prefix.split('/').any(|part| part.is_empty() != prefix.is_empty()) {
        return Err(("The prefix of the store may hold letters, digits, `-`, `_` and `.`, parted by `/`.", HELP));
    }
    Ok((bucket.to_owned(), prefix.to_owned()))
}

/// Whether `endpoint` is a server that may be spoken to.
fn server(endpoint: &str, allow_http: bool) -> Result<(), Wrong> {
    const HELP: &str = "Write `endpoint = \"https://host:port\"`.";
    let url = Url::parse(endpoint).map_err(|_| ("The address of the server cannot be read.", HELP))?;
    refuse_more_than_an_address(&url)?;
    if url.path() != "/" {
        return Err(("The address of the server holds a path.", HELP));
    }
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback || allow_http => Ok(()),
        "http" => Err((
            "The server is spoken to without encryption: who sits between reads every row.",
            "Use https, or write `allow_http = true` where the network between is closed to others.",
        )),
        _ => Err(("The address of the server is neither https nor http.", HELP)),
    }
}

fn refuse_more_than_an_address(url: &Url) -> Result<(), Wrong> {
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err((
            "The address holds more than an address, perhaps a secret.",
            "Take it out; a secret that stood here is known. Access keys come from the environment or a file named as `credentials`.",
        ));
    }
    Ok(())
}

impl StoreSettings {
    /// How to get at it: the file named by `credentials` where there is one, else what the environment gave.
    pub(super) fn access(
        &self,
        root: &Path,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Access, EngineError> {
        let credentials = match &self.credentials {
            Some(file) => Credentials::from_file(&root.join(file))?,
            None => Credentials::from_environment(environment)?.ok_or_else(|| {
                EngineError::Asked(format!(
                    "{} keeps its store in the bucket {}, and no access key to it is known. Set AWS_ACCESS_KEY_ID and \
                     AWS_SECRET_ACCESS_KEY, or name a file of mode 0600 as `credentials` in haechi.toml.",
                    root.display(),
                    self.bucket
                ))
            })?,
        };
        Ok(Access { settings: self.clone(), credentials })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(lines: &str) -> Result<StoreSettings, String> {
        let text = format!("format = 1\n[store]\n{lines}");
        let settings = parse(Path::new("data"), &text).map_err(|error| error.to_string())?;
        Ok(settings.store.unwrap())
    }

    #[test]
    fn a_folder_without_a_store_section_keeps_its_store_itself() {
        let text = "# A Haechi data folder. Keep keys/ secret and apart from backups of store/.\nformat = 1\n";
        assert_eq!(parse(Path::new("data"), text).unwrap(), Settings { store: None });
    }

    #[test]
    fn bucket_prefix_and_server_are_read() {
        let read = store("url = \"s3://audit/haechi/2026\"\nendpoint = \"https://s3.example.go.kr:9000/\"\n").unwrap();
        assert_eq!((read.bucket.as_str(), read.prefix.as_str()), ("audit", "haechi/2026"));
        assert_eq!(read.endpoint.as_deref(), Some("https://s3.example.go.kr:9000"));
        assert!(!read.allow_http);
        assert_eq!(store("url = \"s3://audit\"").unwrap().prefix, "");
    }

    #[test]
    fn a_connection_without_encryption_is_for_this_machine_or_by_order() {
        let with = |rest: &str| store(&format!("url = \"s3://audit\"\n{rest}\n"));
        for here in ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"] {
            assert!(with(&format!("endpoint = \"{here}\"")).unwrap().allow_http, "{here}");
        }
        let said = with("endpoint = \"http://10.1.2.3:9000\"").unwrap_err();
        assert!(said.starts_with("haechi.toml:4, column `store.endpoint`: ") && said.contains("allow_http"), "{said}");
        assert!(with("endpoint = \"http://10.1.2.3:9000\"\nallow_http = true").unwrap().allow_http);
    }

    #[test]
    fn a_secret_in_the_settings_is_refused_and_not_repeated() {
        for (lines, line) in [
            ("url = \"s3://audit\"\nsecret_access_key = \"hush\"", 4),
            ("url = \"s3://audit\"\n\"access_key_id\" = \"hush\"", 4),
            ("url = \"s3://key:hush@audit\"", 3),
            ("url = \"s3://audit\"\nendpoint = \"https://key:hush@host\"", 4),
            ("url = \"s3://audit\"\nendpoint = \"https://host/?X-Amz-Signature=hush\"", 4),
        ] {
            let said = store(lines).unwrap_err();
            assert!(said.starts_with(&format!("haechi.toml:{line}")) && !said.contains("hush"), "{said}");
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let said = store("url = \"s3://audit\"\nendpiont = \"https://host\"\n").unwrap_err();
        assert!(said.starts_with("haechi.toml:4") && said.contains("endpiont"), "{said}");
    }

    #[test]
    fn an_address_that_names_no_bucket_is_refused() {
        for url in ["audit", "s3://", "https://audit/x", "s3://audit//x", "s3://audit/a%20b", "s3://audit:9000/x"] {
            assert!(store(&format!("url = \"{url}\"")).is_err(), "{url}");
        }
    }

    #[test]
    fn of_key_and_secret_one_alone_is_no_access() {
        let given = |names: &'static [&str]| {
            Credentials::from_environment(|name| names.contains(&name).then(|| "x".to_owned()))
        };
        assert!(given(&[]).unwrap().is_none());
        assert!(given(&["AWS_ACCESS_KEY_ID"]).is_err() && given(&["AWS_SECRET_ACCESS_KEY"]).is_err());
        let both = given(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]).unwrap().unwrap();
        assert_eq!(format!("{both:?}"), "Credentials(…)");
    }
}
