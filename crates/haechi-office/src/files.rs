//! Attachments, each under the digest of its bytes: the same file twice is kept once, and one that changed is noticed.

use std::path::PathBuf;

use haechi_core::digest::Digest;

/// A folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Files in `folder`, which is made when the first comes.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The bytes of the file with this digest.
    ///
    /// # Errors
    ///
    /// When it is not there or cannot be read.
    pub async fn read(&self, digest: &Digest) -> std::io::Result<Vec<u8>> {
        tokio::fs::read(self.path(digest)).await
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }
}
