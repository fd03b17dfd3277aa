//! Objects under their own digest, and numbered files that can be written once: in a folder or in a bucket.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};
use haechi_core::digest::Digest;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, WriteMultipart};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::bucket::{self, Bucket};
use super::records::Part;
use crate::error::EngineError;

/// Bytes of a file that are written at once.
const PIECE: u64 = 8 * 1024 * 1024;

/// Objects looked at side by side.
const LOOKS_AT_ONCE: usize = 16;

/// The object store under a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
    /// Of a store in a bucket, which other machines may share.
    bucket: Option<Arc<Bucket>>,
}

/// What came of writing a numbered file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Created {
    /// It is written.
    Yes,
    /// Somebody else wrote that number first.
    Taken,
}

impl Objects {
    pub(crate) fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, bucket: None }
    }

    pub(super) fn in_bucket(store: Arc<dyn ObjectStore>, bucket: Bucket) -> Self {
        Self { store, bucket: Some(Arc::new(bucket)) }
    }

    pub(super) fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_deref()
    }

    /// Where the object at `path` lies in [`Self::store`].
    pub(crate) fn at(&self, path: &str) -> Path {
        self.bucket.as_ref().map_or_else(|| Path::from(path), |bucket| bucket.full(path))
    }

    fn name(&self, at: &Path) -> String {
        self.bucket.as_ref().map_or_else(|| at.to_string(), |bucket| bucket.within(at))
    }

    fn failed(&self, what: String, source: object_store::Error) -> EngineError {
        match &self.bucket {
            Some(bucket) => bucket.failed(what, &source),
            None => EngineError::store(what, source),
        }
    }

    pub(crate) fn store(&self) -> Arc<dyn ObjectStore> {
        Arc::clone(&self.store)
    }

    /// Writes `bytes` under `folder/DIGEST.ending` unless they lie there already.
    pub(crate) async fn put(&self, folder: &str, ending: &str, bytes: Vec<u8>) -> Result<Digest, EngineError> {
        let digest = Digest::of(&bytes);
        self.put_named(&format!("{folder}/{digest}.{ending}"), bytes).await?;
        Ok(digest)
    }

    /// Writes `bytes` at `path`, whose name follows from their content, whole or not at all.
    pub(crate) async fn put_named(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), EngineError> {
        failpoint(path)?;
        let bytes = bytes.into();
        let cannot = |source| self.failed(format!("write {path}"), source);
        let at = self.at(path);
        if let Ok(there) = self.store.head(&at).await
            && there.size == bytes.len() as u64
        {
            return Ok(());
        }
        self.store.put(&at, bytes.into()).await.map_err(cannot)?;
        Ok(())
    }

    /// Writes the file at `from` to `path`, whose name follows from its content, piece by piece, whole or not at all.
    pub(crate) async fn put_file(&self, path: &str, from: &std::path::Path) -> Result<(), EngineError> {
        let cannot = |source| self.failed(format!("write {path}"), source);
        let unreadable = |source| EngineError::io(format!("Cannot read {}", from.display()), source);
        let mut file = std::fs::File::open(from).map_err(unreadable)?;
        let len = file.metadata().map_err(unreadable)?.len();
        let mut piece = Vec::new();
        if len <= PIECE {
            file.read_to_end(&mut piece).map_err(unreadable)?;
            return self.put_named(path, piece).await;
        }
        failpoint(path)?;
        let at = self.at(path);
        if self.store.head(&at).await.is_ok_and(|there| there.size == len) {
            return Ok(());
        }
        if let Some(bucket) = &self.bucket {
            let next = || {
                let mut piece = Vec::new();
                Read::take(&mut file, PIECE).read_to_end(&mut piece).map_err(unreadable)?;
                Ok((!piece.is_empty()).then(|| Bytes::from(piece)))
            };
            return bucket.put_pieces(path, next).await;
        }
        let mut upload = WriteMultipart::new(self.store.put_multipart(&at).await.map_err(cannot)?);
        loop {
            piece.clear();
            let read = Read::take(&mut file, PIECE).read_to_end(&mut piece);
            match read {
                Ok(0) => break,
                Ok(_) => upload.write(&piece),
                Err(error) => {
                    upload.abort().await.ok();
                    return Err(unreadable(error));
                }
            }
            if let Err(error) = upload.wait_for_capacity(2).await {
                upload.abort().await.ok();
                return Err(cannot(error));
            }
        }
        upload.finish().await.map(|_| ()).map_err(cannot)
    }

    /// Writes a numbered file unless that number is taken.
    pub(crate) async fn create<T: Serialize>(&self, path: &str, value: &T) -> Result<Created, EngineError> {
        failpoint(path)?;
        if let Some(bucket) = &self.bucket {
            bucket.creates_once().await?;
        }
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let text = Bytes::from(json(value)?);
        match self.store.put_opts(&self.at(path), text.clone().into(), options).await {
            Ok(_) => Ok(Created::Yes),
            // Where the answer to a first try was lost on the way, the second try meets what the first one wrote.
            Err(object_store::Error::AlreadyExists { .. })
                if self.bucket.is_some() && self.bytes(path).await?.is_some_and(|there| there == text) =>
            {
                Ok(Created::Yes)
            }
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Created::Taken),
            Err(source) => Err(self.failed(format!("write {path}"), source)),
        }
    }

    /// Writes `value` at `path`, replacing what lay there.
    pub(crate) async fn replace<T: Serialize>(&self, path: &str, value: &T) -> Result<(), EngineError> {
        failpoint(path)?;
        let put = self.store.put(&self.at(path), json(value)?.into()).await;
        put.map(|_| ()).map_err(|source| self.failed(format!("write {path}"), source))
    }

    pub(crate) async fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, EngineError> {
        let cannot = |source| self.failed(format!("read {path}"), source);
        match self.store.get(&self.at(path)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(cannot)?.to_vec())),
            Err(source @ object_store::Error::NotFound { .. }) if !bucket::is_no_bucket(&source) => Ok(None),
            Err(source) => Err(cannot(source)),
        }
    }

    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, EngineError> {
        let Some(bytes) = self.bytes(path).await? else { return Ok(None) };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| EngineError::Damaged { path: path.to_owned(), what: error.to_string() })
    }

    /// What [`Self::read`] gives, where it must be there.
    pub(crate) async fn expect<T: DeserializeOwned>(&self, path: &str) -> Result<T, EngineError> {
        let missing = || EngineError::Damaged { path: path.to_owned(), what: "it is missing".to_owned() };
        self.read(path).await?.ok_or_else(missing)
    }

    /// The names of the files in `folder`, with their sizes, sorted.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<(String, u64)>, EngineError> {
        let found = self.list_all(folder).await?;
        let mut names: Vec<_> = found.into_iter().map(|meta| (self.name(&meta.location), meta.size)).collect();
        names.sort();
        Ok(names)
    }

    /// The names of the files in `folder`, and when the store says that each was written.
    pub(super) async fn list_with_ages(
        &self,
        folder: &str,
    ) -> Result<Vec<(String, chrono::DateTime<chrono::Utc>)>, EngineError> {
        let found = self.list_all(folder).await?;
        Ok(found.into_iter().map(|meta| (self.name(&meta.location), meta.last_modified)).collect())
    }

    async fn list_all(&self, folder: &str) -> Result<Vec<ObjectMeta>, EngineError> {
        let found = self.store.list(Some(&self.at(folder))).try_collect().await;
        found.map_err(|source| self.failed(format!("list {folder}"), source))
    }

    /// The highest number in `folder`, whose files are named by eight digits.
    pub(crate) async fn latest(&self, folder: &str) -> Result<Option<u32>, EngineError> {
        let names = self.list(folder).await?;
        Ok(names.iter().rev().find_map(|(path, _)| path.rsplit('/').next()?.strip_suffix(".json")?.parse().ok()))
    }

    /// Makes sure that parts are there and as long as they were written. The engine reads one that is missing as one without rows.
    ///
    /// # Errors
    ///
    /// [`EngineError::Damaged`].
    pub(crate) async fn expect_parts(&self, parts: &[Part]) -> Result<(), EngineError> {
        let looks = parts.iter().map(|part| async move {
            let path = part.path();
            let what = match self.store.head(&self.at(&path)).await {
                Ok(there) if there.size == part.bytes => return Ok(()),
                Ok(there) => format!("it is {} bytes long and was written with {}", there.size, part.bytes),
                Err(object_store::Error::NotFound { .. }) => "it is missing".to_owned(),
                Err(source) => return Err(self.failed(format!("read {path}"), source)),
            };
            Err(EngineError::Damaged { path, what })
        });
        futures::stream::iter(looks).buffer_unordered(LOOKS_AT_ONCE).try_collect().await
    }

    /// Removes many files; what is not there is no error.
    pub(super) async fn remove_all(&self, paths: &[String]) -> Result<(), EngineError> {
        if self.bucket.is_none() {
            for path in paths {
                self.remove(path).await?;
            }
            return Ok(());
        }
        // A server takes a thousand names at once.
        let paths: Vec<_> = paths.iter().map(|path| Ok(self.at(path))).collect();
        let removed = self.store.delete_stream(futures::stream::iter(paths).boxed());
        let removed = removed.try_for_each(|_| async { Ok(()) }).await;
        removed.map_err(|source| self.failed("remove what nobody names".to_owned(), source))
    }

    pub(crate) async fn remove(&self, path: &str) -> Result<(), EngineError> {
        failpoint(path)?;
        match self.store.delete(&self.at(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(self.failed(format!("remove {path}"), source)),
        }
    }
}

/// `value` as indented JSON with a last newline, the one form records are kept in.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, EngineError> {
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|error| EngineError::Asked(format!("A record cannot be written as JSON: {error}.")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Where the fault tests make a write fail: `store.write`, or `store.write.FOLDER`.
fn failpoint(path: &str) -> Result<(), EngineError> {
    fail::fail_point!("store.write", |what| failed(path, what.as_deref()));
    #[cfg(feature = "failpoints")]
    if let Some(folder) = path.split('/').next()
        && let Some(result) = fail::eval(&format!("store.write.{folder}"), |what| failed(path, what.as_deref()))
    {
        return result;
    }
    let _ = path;
    Ok(())
}

#[cfg(feature = "failpoints")]
fn failed(path: &str, what: Option<&str>) -> Result<(), EngineError> {
    let kind = if what == Some("full") { std::io::ErrorKind::StorageFull } else { std::io::ErrorKind::Other };
    Err(EngineError::io(format!("Cannot write {path}"), std::io::Error::new(kind, "a fault test asked for it")))
}

#[cfg(not(feature = "failpoints"))]
#[expect(dead_code, reason = "the macro drops its caller without the feature")]
fn failed(_path: &str, _what: Option<&str>) -> Result<(), EngineError> {
    Ok(())
}
