//! The files of a bundle, in a folder or an archive.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{BundleError, bag};

/// The largest file beside attachments. A history of a case is far smaller.
const MOST: u64 = 64 * 1024 * 1024;

/// Where the files of a bundle lie.
pub(super) enum Source {
    Folder { base: PathBuf, files: BTreeSet<String> },
    Archive { archive: Box<ZipArchive<BufReader<File>>>, base: String, files: BTreeSet<String> },
}

impl Source {
    /// The bundle at `path`: a zip archive, or the folder that came out of it.
    pub(super) fn open(path: &Path) -> Result<Self, BundleError> {
        if path.is_dir() { Self::folder(path) } else { Self::archive(path) }
    }

    fn folder(path: &Path) -> Result<Self, BundleError> {
        // The archive's own folder may be in the one that was made for it.
        let inner = || {
            let mut folders = std::fs::read_dir(path).ok()?.flatten().map(|entry| entry.path());
            folders.find(|folder| folder.join(bag::BAGIT).is_file())
        };
        let here = path.join(bag::BAGIT).is_file().then(|| path.to_owned());
        let base = here.or_else(inner).ok_or(BundleError::NoBag)?;
        let mut files = BTreeSet::new();
        walk(&base, "", &mut files)?;
        Ok(Self::Folder { base, files })
    }

    fn archive(path: &Path) -> Result<Self, BundleError> {
        let archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut names = Vec::new();
        for name in archive.file_names() {
            let name = name?;
            if !name.ends_with('/') {
                names.push(name.into_owned());
            }
        }
        let tops = names.iter().filter_map(|name| name.strip_suffix(bag::BAGIT));
        let base = tops.min_by_key(|base| base.len()).ok_or(BundleError::NoBag)?.to_owned();
        // What lies beside the bag is no part of it, but must not look as if it were.
        let files = names.into_iter().map(|name| name.strip_prefix(&base).map_or(format!("../{name}"), str::to_owned));
        Ok(Self::Archive { files: files.collect(), archive: Box::new(archive), base })
    }

    /// Its files, by their paths in the bag.
    pub(super) const fn files(&self) -> &BTreeSet<String> {
        match self {
            Self::Folder { files, .. } | Self::Archive { files, .. } => files,
        }
    }

    fn with<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, BundleError>,
    ) -> Result<T, BundleError> {
        match self {
            Self::Folder { base, .. } => read(&mut BufReader::new(File::open(base.join(path))?)),
            Self::Archive { archive, base, .. } => read(&mut archive.by_name(&format!("{base}{path}"))?),
        }
    }

    /// A file's bytes; none where it is not there.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, BundleError> {
        if !self.files().contains(path) {
            return Ok(None);
        }
        self.with(path, |reader| {
            let mut bytes = Vec::new();
            reader.take(MOST + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > MOST { Err(BundleError::Large(path.to_owned())) } else { Ok(Some(bytes)) }
        })
    }

    /// A file's digest; none where it is not there. It is read in pieces, whatever its size.
    pub(super) fn digest(&mut self, path: &str) -> Result<Option<Digest>, BundleError> {
        if !self.files().contains(path) {
            return Ok(None);
        }
        self.with(path, |reader| {
            let mut hash = Sha256::new();
            let mut piece = vec![0; 64 * 1024];
            loop {
                let read = reader.read(&mut piece)?;
                let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
                hash.update(read);
            }
            Ok(Some(Digest::from_bytes(hash.finalize().into())))
        })
    }
}

/// The files below a folder. A link is no file: it could lead anywhere.
fn walk(base: &Path, at: &str, files: &mut BTreeSet<String>) -> Result<(), BundleError> {
    for entry in std::fs::read_dir(base.join(at))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if at.is_empty() { name } else { format!("{at}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(base, &path, files)?;
        } else if kind.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}
