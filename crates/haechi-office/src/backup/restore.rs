//! Restoring a backup into an empty place, and seeing that it is what was backed up.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::{TryStreamExt as _, stream};
use haechi_core::digest::Digest;
use haechi_core::time::Clock;

use super::Progress;
use super::archive::{AT_ONCE, Reading};
use super::error::BackupError;
use super::keys::{KEYS, Keys, LOG, Secrets};
use super::make::{DATA, SETTINGS, entry};
use super::manifest::{Kept, Manifest};
use super::store::{self, Loading, RestoredRow};
use crate::audit::{self, LogKey, verify};
use crate::config::Config;
use crate::db::{Database, Settings};
use crate::files::{FileError, Files};
use crate::ids::TenantId;
use crate::migrations::Migrations;
use crate::sign_in;
use crate::slices::{cases, people};

/// The file that says that a restore is not over.
const MARK: &str = "restore.unfinished";

/// A backup whose files are all what they should be.
pub struct Backup(Reading);

impl Backup {
    /// Opens a backup and reads all of it once.
    ///
    /// # Errors
    ///
    /// A file that is no whole backup, was made by a newer Haechi or is damaged; the error names the file in it and the digest.
    pub fn open(path: &Path, progress: &Progress) -> Result<Self, BackupError> {
        let mut reading = Reading::open(path)?;
        let known = Migrations::all().names();
        let strange: Vec<&str> =
            reading.manifest.migrations.iter().filter(|name| !known.contains(name)).map(String::as_str).collect();
        if !strange.is_empty() {
            let by = reading.manifest.haechi.clone();
            let what = format!("its tables were changed by {}", strange.join(", "));
            return Err(BackupError::Newer { path: path.to_owned(), by, what });
        }
        reading.check(progress)?;
        Ok(Self(reading))
    }

    /// What is in it.
    pub const fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }

    /// By which it is known: the digest of its manifest.
    pub const fn digest(&self) -> Digest {
        self.0.digest
    }

    /// Whether the engine's data folder is in it.
    pub fn has_data(&self) -> bool {
        self.0.manifest.files.keys().any(|path| path.starts_with(DATA))
    }
}

/// Where a backup is restored.
#[derive(Clone, Debug)]
pub struct Place {
    /// The office's folder.
    pub folder: PathBuf,
    /// Its database: a file in the folder, or a server.
    pub database: Settings,
    /// The engine's data folder, where it is in the backup and wanted.
    pub data: Option<PathBuf>,
    /// Settings that take the place of those in the backup: another address, another place for attachments.
    pub settings: Option<PathBuf>,
    /// The bucket that the settings name may hold attachments: it is this office's own and outlived the rest.
    pub keeps_bucket: bool,
    /// Gives the variables of the environment, which may hold the access key of the bucket.
    pub environment: fn(&str) -> Option<String>,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows.
    pub rows: u64,
    /// Attachments.
    pub attachments: u64,
    /// Files of the data folder.
    pub data_files: u64,
    /// Events of all logs that were verified.
    pub events: u64,
    /// Checkpoints up to which they were signed, in events.
    pub signed: u64,
    /// Sign-ins and one-time links that were ended: they were as of the backup's day.
    pub ended: u64,
}

/// Restores `backup` into `place` and verifies it: every count, every attachment, every log against its hashes and checkpoints. Each
/// log then says that it was restored. A restore that was killed is begun again by the same call.
///
/// # Errors
///
/// A place that is not empty; keys of another installation; anything that cannot be read or written. What was restored and differs
/// from the backup is an error too, and must not be used.
pub async fn restore(
    backup: &mut Backup,
    place: &Place,
    keys: &Keys,
    clock: &dyn Clock,
    progress: &Progress,
) -> Result<Restored, BackupError> {
    let reading = &mut backup.0;
    let secrets = secrets(reading, keys, progress)?;
    let settings = settings(reading, place, progress)?;
    let is_begun = begin(reading.digest, place, &secrets, settings.as_deref()).await?;
    for (path, text) in &secrets.files {
        let to = match path.strip_prefix(DATA) {
            Some(below) => place.data.as_ref().map(|data| data.join(below)),
            None => Some(place.folder.join(path)),
        };
        if let Some(to) = to {
            write(&to, text.as_bytes())?;
        }
    }
    let own_settings = place.folder.join(SETTINGS);
    if let Some(text) = settings {
        write(&own_settings, &text)?;
    }
    let attachments = Files::open(&Config::read(&own_settings)?, &place.folder, place.environment)?;
    files(reading, place, &attachments, progress).await?;
    let (db, rows) = rows(reading, place, is_begun, progress).await?;
    let log_key = log_key(&secrets, &reading.manifest)?;
    let mut restored = Restored { rows, ..verified(&db, reading, &log_key, place, &attachments, progress).await? };
    for government in &reading.manifest.governments {
        restored.ended += tell(&db, reading, government, *keys == Keys::New, clock).await?;
    }
    let data = |path: &&String| path.starts_with(DATA) && place.data.is_some();
    restored.data_files = reading.manifest.files.keys().filter(data).count() as u64;
    let mark = place.folder.join(MARK);
    std::fs::remove_file(&mark).map_err(BackupError::file("remove", &mark))?;
    Ok(restored)
}

/// Refuses an office's folder in which a restore was begun and not ended.
///
/// # Errors
///
/// When it is one.
pub fn refuse_unfinished(folder: &Path) -> Result<(), BackupError> {
    match std::fs::read_to_string(folder.join(MARK)) {
        Ok(backup) => Err(BackupError::Unfinished { place: folder.to_owned(), backup: backup.trim().to_owned() }),
        Err(_) => Ok(()),
    }
}

/// The keys under which the office goes on.
fn secrets(reading: &mut Reading, keys: &Keys, progress: &Progress) -> Result<Secrets, BackupError> {
    let secrets = match keys {
        Keys::New => return Secrets::new(&reading.manifest),
        Keys::Apart(file) => Secrets::read(file)?,
        Keys::Inside if reading.manifest.has_keys => {
            let paths: Vec<String> = reading.manifest.files.keys().filter(|path| is_key(path)).cloned().collect();
            let mut files = std::collections::BTreeMap::new();
            for path in paths {
                let mut text = Vec::new();
                reading.read(&path, progress, |bytes| {
                    text.extend_from_slice(bytes);
                    Ok(())
                })?;
                files.insert(path, String::from_utf8_lossy(&text).into_owned());
            }
            Secrets::of(files)
        }
        Keys::Inside => {
            return Err(BackupError::Keys(
                "there are no keys in this backup. Name the file they were written to (--keys FILE), or, if they are lost, \
                 begin new ones (--new-keys)"
                    .to_owned(),
            ));
        }
    };
    secrets.check(&reading.manifest)?;
    Ok(secrets)
}

/// The settings that the office goes on with: those it is given, else those in the backup.
fn settings(reading: &mut Reading, place: &Place, progress: &Progress) -> Result<Option<Vec<u8>>, BackupError> {
    if let Some(file) = &place.settings {
        return std::fs::read(file).map(Some).map_err(BackupError::file("read", file));
    }
    if !reading.manifest.files.contains_key(SETTINGS) {
        return Ok(None);
    }
    let mut text = Vec::new();
    reading.read(SETTINGS, progress, |bytes| {
        text.extend_from_slice(bytes);
        Ok(())
    })?;
    Ok(Some(text))
}

/// Refuses settings with which no office can be, and a bucket that holds something.
async fn refuse_used_bucket(place: &Place, secrets: &Secrets, settings: Option<&[u8]>) -> Result<(), BackupError> {
    // Nothing is written to the place before it is known that it may be.
    let beside = place.folder.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let aside = tempfile::tempdir_in(beside).map_err(BackupError::file("make", beside))?;
    let file = aside.path().join(SETTINGS);
    if let Some(text) = settings {
        write(&file, text)?;
    }
    let config = Config::read(&file)?;
    let Some(bucket) = config.files.url.clone().filter(|_| !place.keeps_bucket) else { return Ok(()) };
    for (path, text) in secrets.files.iter().filter(|(path, _)| path.starts_with(KEYS)) {
        write(&aside.path().join(path), text.as_bytes())?;
    }
    let files = Files::open(&config, aside.path(), place.environment)?;
    if files.list().try_next().await?.is_none() {
        return Ok(());
    }
    let holds = "it holds attachments. If they are those of this office and outlived it, say --keep-bucket; to try a backup out, name \
                 settings with another place for attachments by --settings FILE";
    Err(BackupError::NotEmpty { place: bucket, holds: holds.to_owned() })
}

/// Sees that the place is empty and leaves the mark; `true` where this restore was begun before.
async fn begin(backup: Digest, place: &Place, secrets: &Secrets, settings: Option<&[u8]>) -> Result<bool, BackupError> {
    let mark = place.folder.join(MARK);
    match std::fs::read_to_string(&mark) {
        Ok(begun) if begun.trim() == backup.to_string() => return Ok(true),
        Ok(begun) => {
            return Err(BackupError::NotEmpty {
                place: place.folder.display().to_string(),
                holds: format!("a restore of another backup ({}) was begun there", begun.trim()),
            });
        }
        Err(_) => {}
    }
    for folder in [Some(&place.folder), place.data.as_ref()].into_iter().flatten() {
        let there = match std::fs::read_dir(folder) {
            Ok(mut entries) => entries.next(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(BackupError::file("read", folder)(error)),
        };
        if let Some(Ok(entry)) = there {
            let holds = format!("it holds {}", entry.file_name().display());
            return Err(BackupError::NotEmpty { place: folder.display().to_string(), holds });
        }
    }
    if let Settings::Postgres { .. } = place.database {
        let db = Database::look(&place.database).await?;
        let tables = store::shapes(&db.read(TenantId::nobody()).await?).await?;
        if !tables.is_empty() {
            let holds = format!("it has {} tables, the first is {}", tables.len(), tables[0].name);
            return Err(BackupError::NotEmpty { place: "the database".to_owned(), holds });
        }
    }
    refuse_used_bucket(place, secrets, settings).await?;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&place.folder)
        .map_err(BackupError::file("make", &place.folder))?;
    write(&mark, format!("{backup}\n").as_bytes())?;
    Ok(false)
}

/// Writes a file whole or not at all, readable by its owner alone.
fn write(to: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let mut out = Part::begin(to)?;
    out.add(bytes)?;
    out.keep()
}

/// A file under another name until it is whole. What a killed restore left of it is written over.
struct Part {
    out: std::fs::File,
    part: PathBuf,
    to: PathBuf,
}

impl Part {
    fn begin(to: &Path) -> Result<Self, BackupError> {
        if let Some(folder) = to.parent() {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(BackupError::file("make", folder))?;
        }
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let out = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part);
        let out = out.map_err(BackupError::file("write", &part))?;
        Ok(Self { out, part, to: to.to_owned() })
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.out.write_all(bytes).map_err(BackupError::file("write", &self.part))
    }

    fn keep(self) -> Result<(), BackupError> {
        self.out.sync_all().map_err(BackupError::file("write", &self.part))?;
        std::fs::rename(&self.part, &self.to).map_err(BackupError::file("write", &self.to))
    }
}

/// Whether a file of a backup is a secret key.
fn is_key(path: &str) -> bool {
    path.starts_with(KEYS) || path.strip_prefix(DATA).is_some_and(|below| below.starts_with(KEYS))
}

/// Attachments and the data folder. What says that a data folder is one comes last.
async fn files(
    reading: &mut Reading,
    place: &Place,
    attachments: &Files,
    progress: &Progress,
) -> Result<(), BackupError> {
    let mut paths: Vec<String> = reading.manifest.files.keys().filter(|path| !is_key(path)).cloned().collect();
    paths.retain(|path| {
        path != SETTINGS && !path.starts_with("rows/") && (place.data.is_some() || !path.starts_with(DATA))
    });
    paths.sort_by_key(|path| path == "data/haechi.toml");
    let bytes = |path: &String| reading.manifest.files.get(path).map_or(0, |sum| sum.bytes);
    progress.begin("files", paths.iter().map(bytes).sum());
    for path in paths {
        if path.starts_with("files/") {
            attachment(reading, &path, attachments, progress).await?;
            continue;
        }
        let to = match (path.strip_prefix(DATA), &place.data) {
            (Some(below), Some(data)) => data.join(below),
            // Something of a later version: it is kept, and nobody here knows it.
            _ => place.folder.join(&path),
        };
        let mut to = Part::begin(&to)?;
        reading.read(&path, progress, |bytes| to.add(bytes))?;
        to.keep()?;
    }
    Ok(())
}

/// Puts an attachment back under its digest.
async fn attachment(
    reading: &mut Reading,
    path: &str,
    attachments: &Files,
    progress: &Progress,
) -> Result<(), BackupError> {
    let strange = || BackupError::Row { file: path.to_owned(), line: 0, why: "its name is no digest".to_owned() };
    let digest: Digest = path.rsplit('/').next().and_then(|name| name.parse().ok()).ok_or_else(strange)?;
    let mut damaged = None;
    let mut entry = reading.entry(path)?;
    let mut buffer = vec![0; AT_ONCE];
    let pieces = std::iter::from_fn(|| match entry.next(&mut buffer) {
        Ok(Some(read)) => {
            progress.more(read as u64);
            Some(Ok(Bytes::copy_from_slice(buffer.get(..read).unwrap_or_default())))
        }
        Ok(None) => None,
        Err(error) => {
            damaged = Some(error);
            Some(Err(FileError::Gone(digest)))
        }
    });
    let put = attachments.put_back(&digest, stream::iter(pieces)).await;
    match damaged {
        Some(error) => Err(error),
        None => Ok(put?),
    }
}

/// The rows, in one transaction, into tables as they were when they were backed up; then the tables are brought up to date.
async fn rows(
    reading: &mut Reading,
    place: &Place,
    is_begun: bool,
    progress: &Progress,
) -> Result<(Database, u64), BackupError> {
    if let (true, Settings::Sqlite { file }) = (is_begun, &place.database) {
        for ending in ["", "-wal", "-shm"] {
            let left = PathBuf::from(format!("{}{ending}", file.display()));
            match std::fs::remove_file(&left) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(BackupError::file("remove", &left)(error));
                }
                _ => {}
            }
        }
    }
    let tables = reading.manifest.tables.clone();
    let all = tables.iter().map(|table| table.rows).sum();
    let is_loaded = is_begun && place_is_loaded(place).await?;
    if !is_loaded {
        let migrations = Migrations::only(reading.manifest.migrations.clone());
        let db = Database::open_with(&place.database, Some(migrations)).await?;
        let mut tx = db.write(TenantId::nobody()).await?;
        let shapes = store::shapes(&tx).await?;
        progress.begin("rows", all);
        for table in &tables {
            let shape = shapes.iter().find(|shape| shape.name == table.name).ok_or_else(|| BackupError::Row {
                file: table.path(),
                line: 0,
                why: "there is no such table".to_owned(),
            })?;
            let mut loading = Loading::begin(shape, &table.columns, table.path())?;
            let mut entry = reading.entry(&table.path())?;
            let (mut buffer, mut rest) = (vec![0; AT_ONCE], Vec::new());
            while let Some(read) = entry.next(&mut buffer)? {
                rest.extend_from_slice(buffer.get(..read).unwrap_or_default());
                let whole = rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                for line in rest.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
                    loading.take(&mut tx, line).await?;
                    progress.more(1);
                }
                rest.drain(..whole);
            }
            loading.write(&mut tx).await?;
            same(&format!("the number of rows of {}", table.name), table.rows, loading.rows)?;
        }
        tx.commit().await?;
    }
    Ok((Database::open(&place.database).await?, all))
}

/// Whether the rows are there: they come in one transaction, with the governments among them.
async fn place_is_loaded(place: &Place) -> Result<bool, BackupError> {
    if let Settings::Sqlite { .. } = place.database {
        return Ok(false);
    }
    let db = Database::look(&place.database).await?;
    let tx = db.read(TenantId::nobody()).await?;
    let has_tables = store::shapes(&tx).await?.iter().any(|shape| shape.name == "government");
    Ok(has_tables && !people::all_governments(&tx).await?.is_empty())
}

/// The keys that checkpoints may be signed with: the one the backup names, and the one it goes on with.
fn log_key(secrets: &Secrets, manifest: &Manifest) -> Result<LogKey, BackupError> {
    let now = crate::audit::Signer::parse(secrets.files.get(LOG).map(String::as_str).unwrap_or_default())?;
    Ok(LogKey::parse(&manifest.log_key)?.or(LogKey::parse(now.key())?))
}

fn same<T: PartialEq + std::fmt::Display>(what: &str, expected: T, found: T) -> Result<(), BackupError> {
    if expected == found {
        return Ok(());
    }
    Err(BackupError::Differs { what: what.to_owned(), expected: expected.to_string(), found: found.to_string() })
}

/// Compares what is there with what was backed up.
async fn verified(
    db: &Database,
    reading: &Reading,
    key: &LogKey,
    place: &Place,
    files: &Files,
    progress: &Progress,
) -> Result<Restored, BackupError> {
    let manifest = &reading.manifest;
    progress.begin("verifying", manifest.governments.iter().map(|one| one.events).sum());
    let missing: BTreeSet<&str> = manifest.missing.iter().map(|one| one.digest.as_str()).collect();
    let mut restored = Restored { rows: 0, attachments: 0, data_files: 0, events: 0, signed: 0, ended: 0 };
    let mut digests = BTreeSet::new();
    for government in &manifest.governments {
        let what = |what: &str| format!("{what} of {}", government.code);
        let tx = db.read(government.tenant).await?;
        let (events, root) = audit::head_at(&tx, government.events).await?;
        same(&what("the root of the log"), &government.root, &root)?;
        let is_told = store::restored(&tx).await?.iter().any(|row| row.digest == reading.digest.to_string());
        // A restore that was killed after it told has added its own line.
        same(&what("the number of events"), government.events + u64::from(is_told), events)?;
        let mut lines = tempfile::tempfile_in(&place.folder).map_err(BackupError::file("write", &place.folder))?;
        audit::export(&tx, &mut lines).await.map_err(|error| BackupError::Unverified(error.to_string()))?;
        std::io::Seek::rewind(&mut lines).map_err(BackupError::file("read", &place.folder))?;
        let checkpoints = audit::checkpoints(&tx).await?;
        restored.events += government.events;
        progress.more(government.events);
        if !checkpoints.is_empty() {
            let keys = verify::Keys { log: key.clone(), witnesses: Vec::new() };
            let verdict = verify::verify(std::io::BufReader::new(lines), &checkpoints, &keys);
            let verdict = verdict.map_err(|error| BackupError::Unverified(error.to_string()))?;
            let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
            same(&what("the log"), "as it was signed".to_owned(), {
                if faults.is_empty() { "as it was signed".to_owned() } else { faults.join("; ") }
            })?;
            restored.signed += verdict.signed;
        }
        digests.extend(cases::attached(&tx).await?);
    }
    for digest in digests.iter().filter(|digest| !missing.contains(digest.as_str())) {
        let known: Digest = digest.parse().map_err(|_| BackupError::Unverified(format!("{digest} is no digest")))?;
        files.read(&known).await?;
        restored.attachments += 1;
    }
    Ok(restored)
}

/// Writes into a government's log that it was restored, and ends who was signed in on the backup's day. Returns how many that were.
async fn tell(
    db: &Database,
    reading: &Reading,
    government: &Kept,
    is_new_key: bool,
    clock: &dyn Clock,
) -> Result<u64, BackupError> {
    let tx = db.write(government.tenant).await?;
    if store::restored(&tx).await?.iter().any(|row| row.digest == reading.digest.to_string()) {
        return Ok(0);
    }
    let manifest = &reading.manifest;
    let row = RestoredRow {
        tenant: government.tenant,
        digest: reading.digest.to_string(),
        of_moment: chrono::DateTime::parse_from_rfc3339(&manifest.made_at).map(|at| at.to_utc()).unwrap_or_default(),
        restored_at: clock.now(),
        events: i64::try_from(government.events).unwrap_or(i64::MAX),
        earlier_key: is_new_key.then(|| manifest.log_key.clone()),
    };
    let ended = sign_in::store::end_all(&tx, clock.now()).await?;
    let entry = entry("backup.restore", reading.digest, audit::digest(&row));
    store::note_restored(&tx, row).await?;
    audit::append(&tx, clock, &entry).await?;
    tx.commit().await?;
    Ok(ended)
}
