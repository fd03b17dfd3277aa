//! Where attachments lie: a folder of the office, or a bucket. Each lies at `AB/DIGEST`, whole or not at all.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt as _, TryStreamExt as _};
use haechi_core::digest::Digest;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, MultipartUpload, ObjectStore, ObjectStoreExt as _, RetryConfig};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::settings::{Address, Credentials};
use super::{FileError, Listed, OpenError};

/// The longest one request may take.
const REQUEST: Duration = Duration::from_secs(120);
/// The longest a server may take to answer the phone.
const CONNECT: Duration = Duration::from_secs(5);
/// Larger files are sent in pieces of so many bytes.
const PIECE: usize = 8 * 1024 * 1024;

/// A folder, or a bucket.
#[derive(Debug)]
pub(super) struct Place {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
    /// `s3://bucket/prefix at https://host`, or the folder: for the log.
    words: String,
}

impl Place {
    /// The folder, which is made where it is not there.
    pub(super) fn folder(folder: PathBuf) -> Result<Self, OpenError> {
        let cannot = |source| OpenError::Folder { path: folder.clone(), source };
        std::fs::create_dir_all(&folder).map_err(cannot)?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| cannot(std::io::Error::other(error)))?;
        let words = folder.display().to_string();
        Ok(Self { store: Arc::new(store), prefix: Path::default(), folder: Some(folder), words })
    }

    /// The bucket. Nothing is asked of its server yet.
    pub(super) fn bucket(address: Address, credentials: Credentials) -> Result<Self, OpenError> {
        let place = [address.bucket.as_str(), address.prefix.as_str()].join("/");
        let server = address.endpoint.as_deref().unwrap_or("Amazon's server of the region");
        let words = format!("s3://{} at {server}", place.trim_end_matches('/'));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_access_key_id(credentials.access_key_id)
            .with_secret_access_key(credentials.secret_access_key)
            .with_client_options(ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(CONNECT))
            .with_allow_http(address.allow_http)
            .with_retry(RetryConfig {
                backoff: BackoffConfig { max_backoff: Duration::from_secs(5), ..BackoffConfig::default() },
                max_retries: if address.retry.is_zero() { 0 } else { usize::MAX },
                retry_timeout: address.retry,
            });
        if let Some(token) = credentials.session_token {
            builder = builder.with_token(token);
        }
        if let Some(server) = address.endpoint {
            builder = builder.with_endpoint(server);
        }
        if let Some(region) = address.region {
            builder = builder.with_region(region);
        }
        let s3 = builder.build().map_err(|source| OpenError::Bucket(words.clone(), why(&source)))?;
        Ok(Self { store: Arc::new(s3), prefix: Path::from(address.prefix), folder: None, words })
    }

    /// The folder, where it is one.
    pub(super) fn on_disk(&self) -> Option<&FilePath> {
        self.folder.as_deref()
    }

    /// `AB/DIGEST`.
    fn at(&self, digest: &Digest) -> Path {
        let name = digest.to_string();
        let within = Path::from_iter([name.get(..2).unwrap_or("00"), &name]);
        self.prefix.parts().chain(within.parts()).collect()
    }

    fn failed(&self, source: &object_store::Error) -> FileError {
        FileError::Place { place: self.words.clone(), why: why(source) }
    }

    /// Writes the file under its digest. What lies there already is replaced: it is the same, or was damaged.
    pub(super) async fn put(&self, digest: &Digest, file: std::fs::File, bytes: u64) -> Result<(), FileError> {
        let at = self.at(digest);
        let mut file = tokio::fs::File::from_std(file);
        file.rewind().await?;
        if bytes <= PIECE as u64 {
            let mut all = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
            file.read_to_end(&mut all).await?;
            self.store.put(&at, all.into()).await.map_err(|error| self.failed(&error))?;
        } else {
            let mut upload = self.store.put_multipart(&at).await.map_err(|error| self.failed(&error))?;
            if let Err(error) = self.send(&mut *upload, file).await {
                upload.abort().await.ok();
                return Err(error);
            }
        }
        self.make_last(digest).await
    }

    async fn send(&self, upload: &mut dyn MultipartUpload, mut file: tokio::fs::File) -> Result<(), FileError> {
        loop {
            let mut piece = Vec::new();
            (&mut file).take(PIECE as u64).read_to_end(&mut piece).await?;
            if piece.is_empty() {
                upload.complete().await.map_err(|error| self.failed(&error))?;
                return Ok(());
            }
            upload.put_part(piece.into()).await.map_err(|error| self.failed(&error))?;
        }
    }

    /// Sees to it that a file in a folder outlives a power cut, as the row does that will name it. A server of buckets does it itself.
    async fn make_last(&self, digest: &Digest) -> Result<(), FileError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let name = digest.to_string();
        let (root, within) = (folder.clone(), folder.join(name.get(..2).unwrap_or("00")));
        let synced = tokio::task::spawn_blocking(move || {
            for path in [within.join(name), within, root] {
                std::fs::File::open(path)?.sync_all()?;
            }
            Ok(())
        });
        synced.await.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(FileError::Disk)
    }

    /// The bytes at a digest, as they come; whether they are its own is for the reader to see.
    pub(super) async fn get(&self, digest: &Digest) -> Result<BoxStream<'static, Result<Bytes, FileError>>, FileError> {
        let found = match self.store.get(&self.at(digest)).await {
            Ok(found) => found,
            Err(error @ object_store::Error::NotFound { .. }) if !is_no_bucket(&error) => {
                return Err(FileError::Gone(*digest));
            }
            Err(error) => return Err(self.failed(&error)),
        };
        let place = self.words.clone();
        let broken = move |error| FileError::Place { place: place.clone(), why: why(&error) };
        Ok(found.into_stream().map_err(broken).boxed())
    }

    /// Whether a file lies there.
    pub(super) async fn is_there(&self, digest: &Digest) -> Result<bool, FileError> {
        match self.store.head(&self.at(digest)).await {
            Ok(_) => Ok(true),
            Err(error @ object_store::Error::NotFound { .. }) if !is_no_bucket(&error) => Ok(false),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Takes a file away; nothing where there is none.
    pub(super) async fn remove(&self, digest: &Digest) -> Result<(), FileError> {
        match self.store.delete(&self.at(digest)).await {
            Ok(()) => Ok(()),
            Err(error @ object_store::Error::NotFound { .. }) if !is_no_bucket(&error) => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Every file that lies there. What is none of ours is passed over.
    pub(super) fn list(&self) -> BoxStream<'static, Result<Listed, FileError>> {
        let place = self.words.clone();
        let prefix = self.prefix.clone();
        let ours = move |at: &Path| {
            let mut parts = at.prefix_match(&prefix)?;
            let (folder, name) = (parts.next()?, parts.next()?);
            let digest: Digest = name.as_ref().parse().ok()?;
            (parts.next().is_none() && name.as_ref().starts_with(folder.as_ref())).then_some(digest)
        };
        let listed = self.store.list(Some(&self.prefix)).filter_map(move |found| {
            let listed = match found {
                Ok(found) => ours(&found.location).map(|digest| Ok(Listed { digest, bytes: found.size })),
                Err(error) => Some(Err(FileError::Place { place: place.clone(), why: why(&error) })),
            };
            std::future::ready(listed)
        });
        listed.boxed()
    }
}

/// Whether something lies in a folder.
pub(super) fn holds_something(folder: &FilePath) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut found| found.next().is_some())
}

/// Whether a missing object means that the whole bucket is.
fn is_no_bucket(error: &object_store::Error) -> bool {
    code(&with_causes(error)) == Some("NoSuchBucket")
}

/// What an error means. Nothing the server wrote is passed on but its code: the rest may repeat what it was sent.
fn why(error: &object_store::Error) -> String {
    let text = with_causes(error);
    let status = text.split("status code: ").nth(1).and_then(|rest| rest.get(..3));
    match (code(&text), status) {
        (Some("NoSuchBucket"), _) => "there is no such bucket".to_owned(),
        (Some(code), _) => format!("the server refused ({code})"),
        (None, Some(status)) => format!("the server refused ({status})"),
        (None, None) if text.contains("timed out") => "the server took too long to answer".to_owned(),
        (None, None) if text.contains("HTTP error") => "the server does not answer, or stopped half way".to_owned(),
        (None, None) => text.split('<').next().unwrap_or_default().trim_end().to_owned(),
    }
}

fn code(text: &str) -> Option<&str> {
    text.split_once("<Code>")?.1.split_once("</Code>").map(|(code, _)| code)
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
