//! A backup's file: a zip archive whose last entry is the manifest, and which has its name only once it is whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;
use sha2::Digest as _;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Progress;
use super::error::BackupError;
use super::manifest::{FORMAT, FileSum, Manifest, NAME};

/// How the name of a file begins that is being written.
const BEGUN: &str = ".haechi-backup-";
/// How it ends.
const PART: &str = ".part";
/// The largest manifest that is read: one line a file, and there are millions of files at most.
const LARGEST: u64 = 1 << 30;
/// Bytes that are copied at once.
pub(super) const AT_ONCE: usize = 1 << 16;

/// A backup that is being written. Dropped before it is finished, it leaves nothing.
pub(super) struct Writing {
    zip: Option<ZipWriter<BufWriter<File>>>,
    part: PathBuf,
    to: PathBuf,
    sums: BTreeMap<String, FileSum>,
    entry: Option<(String, sha2::Sha256, u64)>,
}

impl Writing {
    /// Begins the backup `to`, beside which it is written under another name.
    pub(super) fn begin(to: &Path) -> Result<Self, BackupError> {
        if to.exists() {
            return Err(BackupError::There(to.to_owned()));
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sweep(folder);
        let part = folder.join(format!("{BEGUN}{}{PART}", std::process::id()));
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        let file = file.map_err(BackupError::file("write", &part))?;
        // Held as long as it is being written, by which others know that it is not left over.
        file.try_lock().ok();
        let zip = Some(ZipWriter::new(BufWriter::with_capacity(1 << 20, file)));
        Ok(Self { zip, part, to: to.to_owned(), sums: BTreeMap::new(), entry: None })
    }

    /// Begins the file `path` in it.
    pub(super) fn file(&mut self, path: &str) -> Result<(), BackupError> {
        self.end_file();
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
        let begun = self.zip()?.start_file(path, options).map_err(std::io::Error::other);
        begun.map_err(BackupError::file("write", &self.part))?;
        self.entry = Some((path.to_owned(), sha2::Sha256::new(), 0));
        Ok(())
    }

    /// Adds bytes to the file that was begun last.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        if let Some((_, hasher, size)) = &mut self.entry {
            hasher.update(bytes);
            *size += bytes.len() as u64;
        }
        let written = self.zip()?.write_all(bytes);
        written.map_err(BackupError::file("write", &self.part))
    }

    /// Adds all of `from` as the file `path`, and returns its digest.
    pub(super) fn copy(&mut self, path: &str, from: &Path, progress: &Progress) -> Result<Digest, BackupError> {
        let mut source = File::open(from).map_err(BackupError::file("read", from))?;
        self.file(path)?;
        let mut buffer = vec![0; AT_ONCE];
        loop {
            let read = source.read(&mut buffer).map_err(BackupError::file("read", from))?;
            if read == 0 {
                break;
            }
            self.add(buffer.get(..read).unwrap_or_default())?;
            progress.more(read as u64);
        }
        self.end_file();
        self.sums.get(path).map(|sum| sum.sha256).ok_or_else(|| BackupError::There(from.to_owned()))
    }

    /// Takes the file `path` that was written last for something that is not to be in the manifest.
    pub(super) fn forget(&mut self, path: &str) {
        self.end_file();
        self.sums.remove(path);
    }

    fn zip(&mut self) -> Result<&mut ZipWriter<BufWriter<File>>, BackupError> {
        // It is taken away only when the writing ends.
        self.zip.as_mut().ok_or_else(|| BackupError::There(self.to.clone()))
    }

    fn end_file(&mut self) {
        if let Some((path, hasher, bytes)) = self.entry.take() {
            let sha256 = Digest::from_bytes(hasher.finalize().into());
            self.sums.insert(path, FileSum { bytes, sha256 });
        }
    }

    /// Writes the manifest with the sums of all files and gives the backup its name. Returns the manifest, its digest and the
    /// backup's size.
    pub(super) fn finish(mut self, manifest: Manifest) -> Result<(Manifest, Digest, u64), BackupError> {
        self.end_file();
        let manifest = Manifest { files: std::mem::take(&mut self.sums), ..manifest };
        let cannot = |what, path: &Path, error: &dyn std::fmt::Display| {
            BackupError::file(what, path)(std::io::Error::other(error.to_string()))
        };
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| cannot("write", &self.part, &error))?;
        let digest = Digest::of(&text);
        self.file(NAME)?;
        self.add(&text)?;
        let zip = self.zip.take();
        let Some(zip) = zip else { return Err(BackupError::There(self.to.clone())) };
        let file = zip.finish().map_err(|error| cannot("write", &self.part, &error))?;
        let file = file.into_inner().map_err(|error| cannot("write", &self.part, error.error()))?;
        file.sync_all().map_err(BackupError::file("write", &self.part))?;
        let bytes = file.metadata().map_err(BackupError::file("read", &self.part))?.len();
        // Two backups of the same name at once: the second one is refused, the first stays.
        match std::fs::hard_link(&self.part, &self.to) {
            Ok(()) => {}
            Err(_) if self.to.exists() => return Err(BackupError::There(self.to.clone())),
            // A share that has no second names for a file.
            Err(_) => std::fs::rename(&self.part, &self.to).map_err(BackupError::file("write", &self.to))?,
        }
        if let Some(folder) = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::file("write", folder))?;
        }
        Ok((manifest, digest, bytes))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // The name under which it was written goes in any case.
        std::fs::remove_file(&self.part).ok();
    }
}

/// Removes what killed backups left in `folder`. Where it cannot, the next one will.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(BEGUN) && name.ends_with(PART));
        let is_left = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_part && is_left() {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

/// A backup that is read.
pub(super) struct Reading {
    zip: ZipArchive<BufReader<File>>,
    path: PathBuf,
    pub(super) manifest: Manifest,
    /// The digest of the manifest, by which the backup is known.
    pub(super) digest: Digest,
}

impl Reading {
    /// Opens the backup at `path` and reads its manifest.
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let no = |why: String| BackupError::NoBackup { path: path.to_owned(), why };
        let file = File::open(path).map_err(BackupError::file("read", path))?;
        let mut zip =
            ZipArchive::new(BufReader::with_capacity(1 << 20, file)).map_err(|error| no(error.to_string()))?;
        let mut text = Vec::new();
        {
            let entry = zip.by_name(NAME).map_err(|_| no(format!("it has no {NAME}")))?;
            entry.take(LARGEST).read_to_end(&mut text).map_err(|error| no(format!("{NAME}: {error}")))?;
        }
        // The number first: what a newer form says may not be readable here.
        let said: serde_json::Value = serde_json::from_slice(&text).map_err(|error| no(format!("{NAME}: {error}")))?;
        let format = said.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
        if format > u64::from(FORMAT) {
            let by = said.get("haechi").and_then(serde_json::Value::as_str).unwrap_or("unknown").to_owned();
            let what = format!("its form is {format}, this haechi reads up to {FORMAT}");
            return Err(BackupError::Newer { path: path.to_owned(), by, what });
        }
        let manifest: Manifest = serde_json::from_value(said).map_err(|error| no(format!("{NAME}: {error}")))?;
        if let Some(strange) = manifest.files.keys().find(|path| !is_inside(path)) {
            return Err(no(format!("`{strange}` leads out of it")));
        }
        Ok(Self { zip, path: path.to_owned(), manifest, digest: Digest::of(&text) })
    }

    /// Reads every file once and compares it with the manifest.
    pub(super) fn check(&mut self, progress: &Progress) -> Result<(), BackupError> {
        progress.begin("checking the backup", self.manifest.files.values().map(|sum| sum.bytes).sum());
        let files: Vec<String> = self.manifest.files.keys().cloned().collect();
        for file in files {
            self.read(&file, progress, |_| Ok(()))?;
        }
        Ok(())
    }

    /// Hands the bytes of a file over, a piece at a time, and compares them with the manifest.
    pub(super) fn read(
        &mut self,
        file: &str,
        progress: &Progress,
        mut to: impl FnMut(&[u8]) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        let mut entry = self.entry(file)?;
        let mut buffer = vec![0; AT_ONCE];
        while let Some(read) = entry.next(&mut buffer)? {
            to(buffer.get(..read).unwrap_or_default())?;
            progress.more(read as u64);
        }
        Ok(())
    }

    /// A file in it, whose digest is compared once its end is reached.
    pub(super) fn entry(&mut self, file: &str) -> Result<Entry<'_>, BackupError> {
        let no = |why: String| BackupError::NoBackup { path: self.path.clone(), why };
        let expected = *self.manifest.files.get(file).ok_or_else(|| no(format!("its manifest lists no {file}")))?;
        let damaged = |found: &str| BackupError::Damaged {
            file: file.to_owned(),
            expected: expected.sha256,
            found: found.to_owned(),
        };
        let inner = self.zip.by_name(file).map_err(|_| damaged("is not there"))?;
        Ok(Entry { inner, file: file.to_owned(), expected, hasher: sha2::Sha256::new(), bytes: 0 })
    }
}

/// A file of a backup as it is read.
pub(super) struct Entry<'a> {
    inner: zip::read::ZipFile<'a, BufReader<File>>,
    file: String,
    expected: FileSum,
    hasher: sha2::Sha256,
    bytes: u64,
}

impl Entry<'_> {
    /// The next bytes; none at its end, once it is what it should be.
    pub(super) fn next(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, BackupError> {
        let damaged =
            |found: String| BackupError::Damaged { file: self.file.clone(), expected: self.expected.sha256, found };
        let read = self.inner.read(buffer).map_err(|error| damaged(format!("cannot be read ({error})")))?;
        if read > 0 {
            self.hasher.update(buffer.get(..read).unwrap_or_default());
            self.bytes += read as u64;
            // What is longer than it should be may have no end at all.
            if self.bytes > self.expected.bytes {
                return Err(damaged(format!("is longer than {} bytes", self.expected.bytes)));
            }
            return Ok(Some(read));
        }
        let found = Digest::from_bytes(self.hasher.clone().finalize().into());
        if found == self.expected.sha256 { Ok(None) } else { Err(damaged(format!("has {found}"))) }
    }
}

/// Whether a path stays inside the place it is put in.
fn is_inside(path: &str) -> bool {
    !path.starts_with(['/', '~'])
        && !path.contains(['\\', '\0'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
