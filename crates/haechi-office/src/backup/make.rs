//! Making a backup, while the office serves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use futures::TryStreamExt as _;
use haechi_core::digest::Digest;
use haechi_core::time::Clock;

use super::archive::{Reading, Writing};
use super::error::BackupError;
use super::keys::{KEYS, KeysGo, LOG, SEAL, Secrets, WITNESS};
use super::manifest::{FORMAT, Kept, Manifest, Missing, Table};
use super::store::{self, MadeRow, Shape};
use super::{Folder, Progress};
use crate::audit::{self, Entry, Record, Signer, Via, Witness};
use crate::config::Config;
use crate::db::{Database, Transaction};
use crate::files::{FileError, Files, Listed};
use crate::ids::TenantId;
use crate::slices::{cases, people};

/// What is backed up.
pub struct Source<'a> {
    /// The rows.
    pub db: &'a Database,
    /// The attachments.
    pub files: &'a Files,
    /// The office's folder, with its settings and keys.
    pub folder: &'a Path,
    /// The engine's data folder, where it is to be kept too. Nothing may change in it meanwhile.
    pub data: Option<Folder>,
    /// Where the time comes from.
    pub clock: &'a dyn Clock,
}

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// By which it is known: the digest of its manifest.
    pub digest: Digest,
    /// What is in it.
    pub manifest: Manifest,
    /// Whether the office was told: not where its tables are older than this program.
    pub is_noted: bool,
}

/// Below which path the engine's data folder lies in a backup.
pub(super) const DATA: &str = "data/";
/// Where the settings are, in a backup and in an office's folder.
pub(super) const SETTINGS: &str = "office.toml";

/// Backs up `from` into `to`: a file that is not there yet, or a folder in which it gets a name of its own. It is read once more and
/// compared before it counts, and then each government is told that it was made.
///
/// # Errors
///
/// A file that is there already; anything that cannot be read or written. Nothing is then left.
pub async fn make(from: &Source<'_>, to: &Path, keys: &KeysGo, progress: &Progress) -> Result<Made, BackupError> {
    let made_at = from.clock.now();
    let secrets = secrets(from)?;
    let (log, witness) = public(&secrets)?;
    let to = named(to, &log, &from.clock.stamp());
    let mut tx = from.db.moment().await?;
    // The first question fixes the moment of all others.
    let mut migrations = from.db.applied().await?;
    let governments = people::all_governments(&tx).await?;
    let shapes = store::shapes(&tx).await?;
    migrations.sort();
    let tenants: Vec<TenantId> =
        [TenantId::nobody()].into_iter().chain(governments.iter().map(|one| one.tenant)).collect();
    let mut out = Writing::begin(&to)?;

    let tables = rows(&mut tx, &shapes, &tenants, &mut out, progress).await?;
    let (mut kept, mut wanted) = (Vec::new(), BTreeSet::new());
    for government in &governments {
        tx.turn_to(government.tenant).await?;
        let (events, root) = audit::head(&tx).await?;
        kept.push(Kept { tenant: government.tenant, code: government.code.clone(), events, root });
        wanted.extend(cases::attached(&tx).await?);
    }
    drop(tx);
    let missing = files(from, &mut out, wanted, progress).await?;
    let settings = from.folder.join(SETTINGS);
    if settings.is_file() {
        out.copy(SETTINGS, &settings, progress)?;
    }
    match keys {
        KeysGo::Nowhere => {}
        KeysGo::Apart(file) => secrets.write(file)?,
        KeysGo::Inside => {
            for (path, text) in &secrets.files {
                out.file(path)?;
                out.add(text.as_bytes())?;
            }
        }
    }
    let manifest = Manifest {
        format: FORMAT,
        made_at: made_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        haechi: env!("CARGO_PKG_VERSION").to_owned(),
        database: if from.db.is_postgres() { "postgresql" } else { "sqlite" }.to_owned(),
        migrations,
        log_key: log,
        witness_key: witness,
        has_keys: *keys == KeysGo::Inside,
        governments: kept,
        tables,
        files: BTreeMap::new(),
        missing,
    };
    let (manifest, digest, bytes) = out.finish(manifest)?;
    Reading::open(&to)?.check(progress)?;
    let made = Made { path: to, bytes, digest, manifest, is_noted: false };
    let is_noted = note(from, &made).await?;
    Ok(Made { is_noted, ..made })
}

/// The file's path: in a folder it is named after the installation and the moment.
fn named(to: &Path, log_key: &str, stamp: &str) -> PathBuf {
    if !to.is_dir() {
        return to.to_owned();
    }
    let plain = |text: &str| text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let name: String = plain(log_key.split('+').next().unwrap_or_default());
    to.join(format!("haechi-{name}-{}.backup", stamp.replace([':', '-'], "")))
}

/// The secret keys, as their files hold them.
fn secrets(from: &Source<'_>) -> Result<Secrets, BackupError> {
    let read = |file: &Path| std::fs::read_to_string(file).map_err(BackupError::file("read", file));
    let mut files = BTreeMap::new();
    for path in [LOG, WITNESS] {
        files.insert(path.to_owned(), read(&from.folder.join(path))?);
    }
    let seal = from.folder.join(SEAL);
    if seal.exists() {
        files.insert(SEAL.to_owned(), read(&seal)?);
    }
    // The access key of a bucket and the secret of a sign-in service are the office's where they lie with its keys; elsewhere they are not
    // the office's to take.
    let config = Config::read(&from.folder.join(SETTINGS))?;
    let services = config.oidc.iter().filter_map(|one| one.client_secret_file.as_deref());
    let services = services.filter_map(|file| file.strip_prefix(from.folder).ok());
    let others = config.files.credentials.as_deref().into_iter().chain(services).filter_map(Path::to_str);
    for path in others.filter(|path| path.starts_with(KEYS)) {
        files.insert(path.to_owned(), read(&from.folder.join(path))?);
    }
    if let Some(data) = &from.data {
        for path in &data.secrets {
            files.insert(format!("{DATA}{}", path.display()), read(&data.root.join(path))?);
        }
    }
    Ok(Secrets::of(files))
}

/// The public keys of these secret ones.
fn public(secrets: &Secrets) -> Result<(String, String), BackupError> {
    let text = |path| secrets.files.get(path).map(String::as_str).unwrap_or_default();
    Ok((Signer::parse(text(LOG))?.key().to_owned(), Witness::parse(text(WITNESS))?.key().to_string()))
}

async fn rows(
    tx: &mut Transaction,
    shapes: &[Shape],
    tenants: &[TenantId],
    out: &mut Writing,
    progress: &Progress,
) -> Result<Vec<Table>, BackupError> {
    progress.begin("counting rows", shapes.len() as u64);
    let mut all = 0;
    for shape in shapes {
        all += store::count(tx, shape, tenants).await?;
        progress.more(1);
    }
    progress.begin("rows", all);
    let mut tables = Vec::new();
    for shape in shapes {
        let mut table = Table { name: shape.name.clone(), columns: shape.names(), rows: 0 };
        out.file(&table.path())?;
        table.rows = store::lines(tx, shape, tenants, |line| {
            progress.more(1);
            out.add(line.as_bytes())?;
            out.add(b"\n")
        })
        .await?;
        tables.push(table);
    }
    Ok(tables)
}

/// Copies attachments and the data folder, and says which of the `wanted` attachments were not to be had.
async fn files(
    from: &Source<'_>,
    out: &mut Writing,
    mut wanted: BTreeSet<String>,
    progress: &Progress,
) -> Result<Vec<Missing>, BackupError> {
    let mut attachments: Vec<Listed> = from.files.list().try_collect().await?;
    attachments.sort_unstable();
    progress.begin("attachments", attachments.iter().map(|file| file.bytes).sum());
    let mut missing = Vec::new();
    for Listed { digest, .. } in attachments {
        let name = format!("files/{digest}");
        let is_wanted = wanted.remove(&digest.to_string());
        if !attachment(from.files, &digest, &name, out, progress).await? {
            // What it is now helps nobody, and would be refused when restored.
            out.forget(&name);
            if is_wanted {
                missing.push(Missing { digest: digest.to_string(), why: "changed".to_owned() });
            }
        }
    }
    missing.extend(wanted.into_iter().map(|digest| Missing { digest, why: "missing".to_owned() }));
    if let Some(data) = &from.data {
        let size = |path: &PathBuf| std::fs::metadata(data.root.join(path)).map_or(0, |file| file.len());
        progress.begin("data folder", data.files.iter().map(size).sum());
        for path in &data.files {
            out.copy(&format!("{DATA}{}", path.display()), &data.root.join(path), progress)?;
        }
    }
    Ok(missing)
}

/// Copies an attachment; `false` where it is not what it was.
async fn attachment(
    files: &Files,
    digest: &Digest,
    name: &str,
    out: &mut Writing,
    progress: &Progress,
) -> Result<bool, BackupError> {
    out.file(name)?;
    let mut pieces = match files.stream(digest).await {
        Ok(pieces) => pieces,
        Err(FileError::Gone(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    loop {
        match pieces.try_next().await {
            Ok(Some(piece)) => {
                out.add(&piece)?;
                progress.more(piece.len() as u64);
            }
            Ok(None) => return Ok(true),
            Err(FileError::Gone(_)) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Tells each government that a backup of it was made. `false` where its tables know no backups yet.
async fn note(from: &Source<'_>, made: &Made) -> Result<bool, BackupError> {
    if !made.manifest.tables.iter().any(|table| table.name == "backup_made") {
        return Ok(false);
    }
    let of_moment = chrono::DateTime::parse_from_rfc3339(&made.manifest.made_at).map(|at| at.to_utc());
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    for government in &made.manifest.governments {
        let row = MadeRow {
            tenant: government.tenant,
            digest: made.digest.to_string(),
            of_moment: of_moment.unwrap_or_default(),
            ended_at: from.clock.now(),
            bytes: number(made.bytes),
            place: made.path.display().to_string(),
            keys_inside: made.manifest.has_keys,
            missing: number(made.manifest.missing.len() as u64),
        };
        let entry = entry("backup.make", made.digest, audit::digest(&row));
        let tx = from.db.write(government.tenant).await?;
        store::note_made(&tx, row).await?;
        audit::append(&tx, from.clock, &entry).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// An event about a backup.
pub(super) fn entry(action: &str, backup: Digest, after: String) -> Entry {
    Entry {
        action: action.to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "backup".to_owned(), id: backup.to_string() },
        before: None,
        after: Some(after),
    }
}
