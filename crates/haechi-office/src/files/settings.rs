//! Where attachments lie, as `office.toml` says it: the same words and rules as those of the engine's store in `haechi.toml`.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use url::{Host, Url};

use super::OpenError;
use crate::config::FileStore;

/// How long a request is asked again where `retry_seconds` does not say: somebody waits for a page.
const RETRY_SECONDS: u64 = 20;

/// A bucket, and how its server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
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
    /// How long a request is asked again that the server does not answer or answers with an error of its own.
    pub(super) retry: Duration,
}

impl Address {
    /// The bucket that `store` names; `None` where attachments lie in the office's folder.
    ///
    /// # Errors
    ///
    /// What is wrong, and what to write instead. No address is quoted: it may hold a secret.
    pub(crate) fn of(store: &FileStore) -> Result<Option<Self>, String> {
        let Some(url) = &store.url else {
            let rest = FileStore { retry_seconds: None, ..store.clone() };
            return if rest == FileStore::default() {
                Ok(None)
            } else {
                Err("`[files]` says how a bucket is reached, but not which; write `url = \"s3://bucket/prefix\"`"
                    .to_owned())
            };
        };
        let (bucket, prefix) = bucket(url).map_err(|wrong| format!("`files.url`: {wrong}"))?;
        if let Some(endpoint) = &store.endpoint {
            server(endpoint, store.allow_http).map_err(|wrong| format!("`files.endpoint`: {wrong}"))?;
        }
        let endpoint = store.endpoint.as_ref().map(|endpoint| endpoint.trim_end_matches('/').to_owned());
        Ok(Some(Self {
            bucket,
            prefix,
            allow_http: endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://")),
            endpoint,
            region: store.region.clone(),
            retry: Duration::from_secs(store.retry_seconds.unwrap_or(RETRY_SECONDS)),
        }))
    }
}

/// The bucket and prefix of `s3://bucket/prefix`.
fn bucket(text: &str) -> Result<(String, String), &'static str> {
    const NONE: &str =
        "it names no bucket; write `url = \"s3://bucket/prefix\"`, the server is its own line, `endpoint`";
    let url = Url::parse(text).map_err(|_| NONE)?;
    refuse_more_than_an_address(&url)?;
    let bucket = url.host_str().filter(|_| url.scheme() == "s3" && url.port().is_none()).ok_or(NONE)?;
    let prefix = url.path().strip_prefix('/').unwrap_or_default();
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !prefix.chars().all(plain) || prefix.split('/').any(|part| part.is_empty() != prefix.is_empty()) {
        return Err("the prefix may hold letters, digits, `-`, `_` and `.`, parted by `/`");
    }
    Ok((bucket.to_owned(), prefix.to_owned()))
}

/// Whether `endpoint` is a server that may be spoken to.
fn server(endpoint: &str, allow_http: bool) -> Result<(), &'static str> {
    let url = Url::parse(endpoint).map_err(|_| "it cannot be read; write `endpoint = \"https://host:port\"`")?;
    refuse_more_than_an_address(&url)?;
    if url.path() != "/" {
        return Err("it holds a path; write `endpoint = \"https://host:port\"`");
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
        "http" => Err(
            "without encryption who sits between reads every attachment; use https, or write `allow_http = true` where the \
             network between is closed to others",
        ),
        _ => Err("it is neither https nor http"),
    }
}

fn refuse_more_than_an_address(url: &Url) -> Result<(), &'static str> {
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(
            "it holds more than an address, perhaps a secret; take it out, and think of it as known. Access keys come from the \
             environment or a file named as `credentials`",
        );
    }
    Ok(())
}

/// Refuses a secret in the section `[files]`: what cannot be read is quoted with its line, and this file is copied with every backup. The
/// value is not quoted.
///
/// # Errors
///
/// The number of its line, and where secrets belong.
pub(crate) fn refuse_secrets(text: &str) -> Result<(), String> {
    let mut is_here = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            is_here = line.starts_with("[files]");
        }
        let Some((key, _)) = line.split_once('=') else { continue };
        let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
        let is_secret = ["secret", "access_key", "password", "token"].iter().any(|part| key.contains(part));
        if is_secret && (is_here && !key.starts_with('#') || key.starts_with("files.")) {
            return Err(format!(
                "line {} holds a secret, and this file is copied with every backup. Take it out and think of it as known. Set \
                 AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a file of mode 0600 as `credentials`",
                at + 1
            ));
        }
    }
    Ok(())
}

/// The access key and its secret, from the environment or a file. Printing it shows neither.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    pub(super) access_key_id: String,
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
    /// From the file that `store` names, where there is one (relative to the office's folder), else from the environment.
    ///
    /// # Errors
    ///
    /// Neither gives both halves; a file that others may read.
    pub(super) fn of(
        store: &FileStore,
        office: &Path,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, OpenError> {
        if let Some(file) = &store.credentials {
            return Self::from_file(&office.join(file));
        }
        let read = |name: &str| environment(name).filter(|value| !value.is_empty());
        match (read("AWS_ACCESS_KEY_ID"), read("AWS_SECRET_ACCESS_KEY")) {
            (Some(access_key_id), Some(secret_access_key)) => {
                Ok(Self { access_key_id, secret_access_key, session_token: read("AWS_SESSION_TOKEN") })
            }
            (Some(_), None) => Err(OpenError::Half("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
            (None, Some(_)) => Err(OpenError::Half("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")),
            (None, None) => Err(OpenError::NoKey),
        }
    }

    /// From a TOML file that only its owner may read. What it holds is never quoted.
    fn from_file(path: &Path) -> Result<Self, OpenError> {
        use std::os::unix::fs::PermissionsExt as _;
        let cannot = |source| OpenError::Unreadable { path: path.to_owned(), source };
        let mode = std::fs::metadata(path).map_err(cannot)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(OpenError::Open { path: path.to_owned(), mode: mode & 0o777 });
        }
        let text = std::fs::read_to_string(path).map_err(cannot)?;
        toml::from_str(&text).map_err(|_| OpenError::NoKeyIn(path.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, ConfigError};

    fn read(text: &str) -> Result<Option<Address>, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.toml");
        std::fs::write(&file, text).unwrap();
        match Config::read(&file) {
            Ok(config) => Address::of(&config.files),
            Err(ConfigError::Unsafe { message, .. } | ConfigError::Malformed { message, .. }) => Err(message),
            Err(error) => Err(error.to_string()),
        }
    }

    fn store(lines: &str) -> Result<Option<Address>, String> {
        read(&format!("[files]\n{lines}\n"))
    }

    #[test]
    fn an_office_that_says_nothing_of_files_keeps_them_itself() {
        assert_eq!(read("zone_minutes = 540\n"), Ok(None));
        let said = store("endpoint = \"https://s3.example.go.kr\"").unwrap_err();
        assert!(said.contains("s3://bucket/prefix"), "{said}");
    }

    #[test]
    fn bucket_prefix_and_server_are_read() {
        let read =
            store("url = \"s3://audit/haechi/2026\"\nendpoint = \"https://s3.example.go.kr:9000/\"").unwrap().unwrap();
        assert_eq!((read.bucket.as_str(), read.prefix.as_str()), ("audit", "haechi/2026"));
        assert_eq!(read.endpoint.as_deref(), Some("https://s3.example.go.kr:9000"));
        assert!(!read.allow_http);
        for url in ["audit", "s3://", "https://audit/x", "s3://audit//x", "s3://audit/a%20b", "s3://audit:9000/x"] {
            assert!(store(&format!("url = \"{url}\"")).is_err(), "{url}");
        }
    }

    #[test]
    fn a_connection_without_encryption_is_for_this_machine_or_by_order() {
        let with = |rest: &str| store(&format!("url = \"s3://audit\"\n{rest}"));
        for here in ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"] {
            assert!(with(&format!("endpoint = \"{here}\"")).unwrap().unwrap().allow_http, "{here}");
        }
        assert!(with("endpoint = \"http://10.1.2.3:9000\"").unwrap_err().contains("allow_http"));
        assert!(with("endpoint = \"http://10.1.2.3:9000\"\nallow_http = true").unwrap().unwrap().allow_http);
    }

    #[test]
    fn a_secret_in_the_settings_is_refused_and_not_repeated() {
        for lines in [
            "url = \"s3://audit\"\nsecret_access_key = \"hush\"",
            "url = \"s3://audit\"\n\"access_key_id\" = \"hush\"",
            "url = \"s3://key:hush@audit\"",
            "url = \"s3://audit\"\nendpoint = \"https://key:hush@host\"",
            "url = \"s3://audit\"\nendpoint = \"https://host/?X-Amz-Signature=hush\"",
        ] {
            let said = store(lines).unwrap_err();
            assert!(!said.contains("hush"), "{said}");
        }
        let said = read("files.secret_access_key = \"hush\"\n").unwrap_err();
        assert!(said.contains("line 1") && !said.contains("hush"), "{said}");
    }

    #[test]
    fn the_key_is_in_a_file_of_its_owner_or_in_the_environment_and_whole() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let given = |names: &'static [&'static str]| {
            Credentials::of(&FileStore::default(), folder.path(), |name| names.contains(&name).then(|| "x".to_owned()))
        };
        assert!(matches!(given(&[]), Err(OpenError::NoKey)));
        assert!(matches!(given(&["AWS_ACCESS_KEY_ID"]), Err(OpenError::Half(..))));
        assert!(matches!(given(&["AWS_SECRET_ACCESS_KEY"]), Err(OpenError::Half(..))));
        let both = given(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]).unwrap();
        assert_eq!(format!("{both:?}"), "Credentials(…)");

        let named = FileStore { credentials: Some("store.toml".into()), ..FileStore::default() };
        let from_file = || Credentials::of(&named, folder.path(), |_| None);
        assert!(matches!(from_file(), Err(OpenError::Unreadable { .. })));
        let file = folder.path().join("store.toml");
        std::fs::write(&file, "access_key_id = \"a\"\nsecret_access_key = \"hush\"\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(from_file(), Err(OpenError::Open { mode: 0o640, .. })));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(from_file().unwrap().secret_access_key, "hush");
        std::fs::write(&file, "hush").unwrap();
        let said = from_file().unwrap_err().to_string();
        assert!(said.contains("access_key_id") && !said.contains("hush"), "{said}");
    }
}
