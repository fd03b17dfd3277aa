//! A store in an S3-compatible server: how it is reached, what only it needs, and its errors in words.
//!
//! Other machines may write into it at the same time, and the folder's lock does not reach them. So a numbered file must be
//! created once only, which the server has to be able to do ([`Bucket::creates_once`]), and who sweeps must be alone
//! ([`super::marks`]).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::multipart::MultipartStore as _;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, PutMode, PutOptions, RetryConfig};
use tokio::sync::OnceCell;

use super::marks;
use super::settings::{Credentials, StoreSettings};
use crate::error::EngineError;

/// The longest one request may take, a piece of a part there or a whole part back.
const REQUEST: Duration = Duration::from_secs(600);

/// The longest a server may take to answer the phone.
const CONNECT: Duration = Duration::from_secs(10);

/// Pieces of a part on their way at once.
const PIECES_AT_ONCE: usize = 2;

/// An object that is created once and stays: what a server that keeps its word refuses to create again.
const PROBE: &str = "created-once.json";

/// Settings of a bucket and the key to it.
pub(super) struct Access {
    pub(super) settings: StoreSettings,
    pub(super) credentials: Credentials,
}

/// What is known of a store in a bucket, beside the store itself.
#[derive(Debug)]
pub(crate) struct Bucket {
    s3: AmazonS3,
    prefix: Path,
    /// `s3://bucket/prefix at https://host`, for words.
    place: String,
    retry: Duration,
    creates_once: OnceCell<()>,
    /// The data folder's note of what it has begun.
    note: PathBuf,
}

impl Bucket {
    /// Gives the store and what is known of it. Nothing is asked of the server yet.
    ///
    /// # Errors
    ///
    /// When the settings name no server that can be.
    pub(super) fn open(access: Access, note: PathBuf) -> Result<(Arc<dyn ObjectStore>, Self), EngineError> {
        let Access { settings, credentials } = access;
        let server = settings.endpoint.clone();
        let place = [settings.bucket.as_str(), settings.prefix.as_str()].join("/");
        let place = format!(
            "s3://{} at {}",
            place.trim_end_matches('/'),
            server.as_deref().unwrap_or("Amazon's server for the region")
        );
        let asks_again = !settings.retry.is_zero();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_access_key_id(credentials.access_key_id)
            .with_secret_access_key(credentials.secret_access_key)
            .with_client_options(ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(CONNECT))
            .with_allow_http(settings.allow_http)
            .with_retry(RetryConfig {
                backoff: BackoffConfig { max_backoff: Duration::from_secs(5), ..BackoffConfig::default() },
                max_retries: if asks_again { usize::MAX } else { 0 },
                retry_timeout: settings.retry,
            });
        if let Some(token) = credentials.session_token {
            builder = builder.with_token(token);
        }
        if let Some(server) = server {
            builder = builder.with_endpoint(server);
        }
        if let Some(region) = settings.region {
            builder = builder.with_region(region);
        }
        let s3 = builder.build().map_err(|source| EngineError::Remote {
            what: "not be opened".to_owned(),
            place: place.clone(),
            why: why(&with_causes(&source), None),
        })?;
        let prefix = Path::from(settings.prefix);
        Ok((
            Arc::new(s3.clone()),
            Self { s3, prefix, place, retry: settings.retry, creates_once: OnceCell::new(), note },
        ))
    }

    /// Where the data folder notes what it has begun.
    pub(super) fn note(&self) -> &std::path::Path {
        &self.note
    }

    /// An error of it in words; `what` is what could not be done: `write parts/…`.
    pub(super) fn failed(&self, what: String, source: &object_store::Error) -> EngineError {
        EngineError::Remote {
            what: format!("not {what}"),
            place: self.place.clone(),
            why: why(&with_causes(source), Some(self.retry)),
        }
    }

    /// Makes sure, once a process, that the server refuses to create an object that is there: of two who write the same
    /// number, one must be told.
    ///
    /// # Errors
    ///
    /// When it does not, or cannot be asked.
    pub(super) async fn creates_once(&self) -> Result<(), EngineError> {
        self.creates_once.get_or_try_init(|| self.probe()).await.map(|_| ())
    }

    async fn probe(&self) -> Result<(), EngineError> {
        let at = self.full(PROBE);
        for _ in 0..2 {
            let text = "\"Whoever creates this again must be refused.\"\n";
            let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
            match self.s3.put_opts(&at, text.into(), options).await {
                Ok(_) => {}
                Err(object_store::Error::AlreadyExists { .. }) => return Ok(()),
                Err(source) => return Err(self.failed(format!("write {PROBE}"), &source)),
            }
        }
        Err(EngineError::Asked(format!(
            "The server of {} creates an object a second time where it was asked to only if it is not there (If-None-Match). Two \
             machines that write at once would then both believe that they came first, and one load would be lost. Use a server \
             that honours it. Nothing was changed.",
            self.place
        )))
    }

    /// Writes an object piece by piece as `read` gives them, whole or not at all. What a killed process leaves of it is noted, so
    /// that the next one can abort it.
    pub(super) async fn put_pieces(
        &self,
        path: &str,
        mut read: impl FnMut() -> Result<Option<Bytes>, EngineError>,
    ) -> Result<(), EngineError> {
        let at = self.full(path);
        let cannot = |source: object_store::Error| self.failed(format!("write {path}"), &source);
        let id = self.s3.create_multipart(&at).await.map_err(cannot)?;
        marks::note_upload(&self.note, path, &id)?;
        let pieces = futures::stream::iter(std::iter::from_fn(|| read().transpose()).enumerate());
        let sent = pieces
            .map(|(number, piece)| {
                let (at, id) = (&at, &id);
                async move { self.s3.put_part(at, id, number, piece?.into()).await.map_err(cannot) }
            })
            .buffered(PIECES_AT_ONCE)
            .try_collect()
            .await;
        let written = match sent {
            Ok(parts) => self.s3.complete_multipart(&at, &id, parts).await.map(|_| ()).map_err(cannot),
            Err(error) => Err(error),
        };
        // Of one that cannot be aborted now the note stays, and the next sweep tries again.
        if written.is_ok() || self.s3.abort_multipart(&at, &id).await.is_ok() {
            marks::forget_upload(&self.note, &id)?;
        }
        written
    }

    /// Aborts an upload that was begun and not ended. One that the server no longer knows is none.
    pub(super) async fn abort(&self, path: &str, id: &str) -> Result<(), EngineError> {
        match self.s3.abort_multipart(&self.full(path), &id.to_owned()).await {
            // Some servers refuse what others do not find.
            Ok(()) | Err(object_store::Error::NotFound { .. } | object_store::Error::PermissionDenied { .. }) => Ok(()),
            Err(source) => Err(self.failed(format!("abort the upload of {path}"), &source)),
        }
    }

    /// Where the object of the store at `path` lies in the bucket. (The store that object_store wraps a prefix around answers with
    /// the bucket's own names, which the query engine then does not find among those it asked for.)
    pub(super) fn full(&self, path: &str) -> Path {
        self.prefix.parts().chain(Path::from(path).parts()).collect()
    }

    /// What [`Self::full`] made `at` of.
    pub(super) fn within(&self, at: &Path) -> String {
        at.prefix_match(&self.prefix).map_or_else(|| at.to_string(), |parts| Path::from_iter(parts).to_string())
    }
}

/// Whether a missing object means that the whole bucket is.
pub(super) fn is_no_bucket(source: &object_store::Error) -> bool {
    code(&with_causes(source)) == Some("NoSuchBucket")
}

/// What an error of a server that came by way of another library means; `None` where it is none of a server.
pub(crate) fn words_for(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let text = with_causes(error);
    text.contains("S3 error").then(|| why(&text, None))
}

/// What an error means and what to do. Nothing the server wrote is passed on but its code: the rest may repeat what it was sent.
fn why(text: &str, retry: Option<Duration>) -> String {
    let status = text.split("status code: ").nth(1).and_then(|rest| rest.get(..3));
    let code = code(text);
    let told = code.or(status).map(|told| format!(" ({told})")).unwrap_or_default();
    match (code, status) {
        (Some("NoSuchBucket"), _) => "it has no such bucket. Make the bucket, or mend `url` in haechi.toml.".to_owned(),
        (Some("InvalidAccessKeyId" | "NotSignedUp"), _) => format!(
            "it does not know the access key{told}. Look at AWS_ACCESS_KEY_ID, or the file that `credentials` in haechi.toml names."
        ),
        (Some("SignatureDoesNotMatch"), _) => format!(
            "the secret does not fit the access key{told}. Look at AWS_SECRET_ACCESS_KEY, or the file that `credentials` in \
             haechi.toml names."
        ),
        (Some("RequestTimeTooSkewed"), _) => {
            format!("its clock and this machine's are too far apart{told}. Set this machine's clock.")
        }
        (Some("NotImplemented"), _) | (_, Some("501")) => {
            format!("it cannot do what Haechi needs of a store{told}. Use another server; docs/storage.md says what it must do.")
        }
        (_, Some("401" | "403")) => format!(
            "it does not allow this to the access key{told}. The key must be allowed to list, read, write and delete there."
        ),
        (_, Some("301" | "307")) => {
            "it says that the bucket is elsewhere. Mend `region` or `endpoint` in haechi.toml.".to_owned()
        }
        (_, Some(status)) if status.starts_with('5') || status == "429" => {
            let again = retry.map(|retry| format!(", also when asked again for {} seconds", retry.as_secs()));
            format!("it is too busy or unwell{told}{}. Run the command again later.", again.unwrap_or_default())
        }
        (_, Some(_)) => format!("it refused{told}."),
        _ if text.contains("timed out") => {
            "it took too long to answer. Look at the network between, and run the command again.".to_owned()
        }
        _ if text.contains("HTTP error") => "it does not answer, or stopped half way. See whether the server runs, `endpoint` in \
                                             haechi.toml is right and the network reaches it, then run the command again."
            .to_owned(),
        _ => haechi_core::masking::scrub(text.split('<').next().unwrap_or_default().trim_end()).into_owned(),
    }
}

/// An error with all its causes, as one text.
fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn code(text: &str) -> Option<&str> {
    text.split_once("<Code>")?.1.split_once("</Code>").map(|(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_quoted_with_its_code_alone() {
        let answer = |status: &str, code: &str| {
            why(
                &format!(
                    "Generic S3 error: Error performing PUT http://h/b/k in 3ms, after 2 retries - Server returned non-2xx status code: \
                     {status}: <Error><Code>{code}</Code><StringToSign>hush</StringToSign></Error>"
                ),
                Some(Duration::from_secs(60)),
            )
        };
        for (status, code, words) in [
            ("403 Forbidden", "SignatureDoesNotMatch", "the secret does not fit"),
            ("403 Forbidden", "AccessDenied", "does not allow this to the access key (AccessDenied)"),
            ("404 Not Found", "NoSuchBucket", "no such bucket"),
            ("503 Service Unavailable", "SlowDown", "asked again for 60 seconds"),
            ("501 Not Implemented", "NotImplemented", "cannot do what Haechi needs"),
            ("400 Bad Request", "InvalidRequest", "it refused (InvalidRequest)"),
        ] {
            let said = answer(status, code);
            assert!(said.contains(words) && !said.contains("hush"), "{said}");
        }
    }

    #[test]
    fn an_error_that_is_none_of_a_server_is_left_to_its_own_words() {
        assert_eq!(words_for(&std::io::Error::other("a disk broke")), None);
    }
}
