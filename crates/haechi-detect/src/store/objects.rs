//! Objects under their own digest, and numbered files that can be written once.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt as _;
use haechi_core::digest::Digest;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, WriteMultipart};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::EngineError;

/// Bytes of a file that are written at once.
const PIECE: u64 = 8 * 1024 * 1024;

/// The object store under a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
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
        Self { store }
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
        let cannot = |source| EngineError::store(format!("write {path}"), source);
        let at = Path::from(path);
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
        let cannot = |source| EngineError::store(format!("write {path}"), source);
        let unreadable = |source| EngineError::io(format!("Cannot read {}", from.display()), source);
        let mut file = std::fs::File::open(from).map_err(unreadable)?;
        let len = file.metadata().map_err(unreadable)?.len();
        let mut piece = Vec::new();
        if len <= PIECE {
            file.read_to_end(&mut piece).map_err(unreadable)?;
            return self.put_named(path, piece).await;
        }
        failpoint(path)?;
        let at = Path::from(path);
        if self.store.head(&at).await.is_ok_and(|there| there.size == len) {
            return Ok(());
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
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&Path::from(path), json(value)?.into(), options).await {
            Ok(_) => Ok(Created::Yes),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Created::Taken),
            Err(source) => Err(EngineError::store(format!("write {path}"), source)),
        }
    }

    /// Writes `value` at `path`, replacing what lay there.
    pub(crate) async fn replace<T: Serialize>(&self, path: &str, value: &T) -> Result<(), EngineError> {
        failpoint(path)?;
        let put = self.store.put(&Path::from(path), json(value)?.into()).await;
        put.map(|_| ()).map_err(|source| EngineError::store(format!("write {path}"), source))
    }

    pub(crate) async fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, EngineError> {
        let cannot = |source| EngineError::store(format!("read {path}"), source);
        match self.store.get(&Path::from(path)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(cannot)?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
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
        let found: Vec<_> = self
            .store
            .list(Some(&Path::from(folder)))
            .try_collect()
            .await
            .map_err(|source| EngineError::store(format!("list {folder}"), source))?;
        let mut names: Vec<_> = found.into_iter().map(|meta| (meta.location.to_string(), meta.size)).collect();
        names.sort();
        Ok(names)
    }

    /// The highest number in `folder`, whose files are named by eight digits.
    pub(crate) async fn latest(&self, folder: &str) -> Result<Option<u32>, EngineError> {
        let names = self.list(folder).await?;
        Ok(names.iter().rev().find_map(|(path, _)| path.rsplit('/').next()?.strip_suffix(".json")?.parse().ok()))
    }

    pub(crate) async fn remove(&self, path: &str) -> Result<(), EngineError> {
        failpoint(path)?;
        match self.store.delete(&Path::from(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(EngineError::store(format!("remove {path}"), source)),
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
