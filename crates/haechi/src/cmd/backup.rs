//! `haechi backup`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use haechi_core::money::grouped;
use haechi_core::time::SystemClock;
use haechi_detect::store::{DataFolder, FolderLock};
use haechi_office::backup::{Folder, KeysGo, Made, Progress, Source, make};
use haechi_office::config::Config;
use haechi_office::db::Database;
use haechi_office::files::Files;

use super::office::{OfficeFolder, variable};
use super::{Data, journaled};
use crate::exit::Exit;
use crate::output::{self, Bar};

/// Back up an office, with its attachments and settings, into one file
///
/// All rows are of one moment; the office may serve meanwhile. The file is read once more and compared before it counts, and each
/// government's log says that it was made. The secret keys are not in it: --keys writes them to a file that is kept apart, under lock.
/// A backup holds personal data as it is: keep it as safe as the office itself. Ends with 14 when attachments were missing.
#[derive(Debug, clap::Args)]
pub struct Backup {
    #[command(flatten)]
    folder: OfficeFolder,
    /// A file that is not there yet, or a folder in which the backup gets a name of its own
    #[arg(value_name = "TO", value_hint = clap::ValueHint::AnyPath)]
    to: PathBuf,
    /// Keep the engine's data folder too; imports wait while it is copied
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
    /// Write the secret keys to this file, once, to be kept apart
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "with_keys")]
    keys: Option<PathBuf>,
    /// Put the secret keys into the backup: who has it can then sign in this installation's name
    #[arg(long)]
    with_keys: bool,
}

/// How a long work is shown.
pub const STYLE: &str = "{msg:20} {wide_bar} {human_pos}/{human_len} {eta}";

/// A bar for a backup or a restore.
pub fn bar(progress: &Arc<Progress>) -> Bar {
    let progress = Arc::clone(progress);
    Bar::watch(STYLE, move || {
        let (step, done, all) = progress.now();
        (step.to_owned(), done, all)
    })
}

/// A number of rows or bytes for people.
pub fn number(count: u64) -> String {
    grouped(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What is kept of a data folder, whose lock is held meanwhile.
fn kept(data: &DataFolder) -> anyhow::Result<(Folder, FolderLock)> {
    let lock = data.lock(true, |holder| eprintln!("Waiting for another haechi to end ({holder}) …"))?;
    let keep = data.to_keep(&lock)?;
    if let Some(bucket) = keep.bucket {
        eprintln!(
            "The snapshots lie in the bucket {bucket} and are not in this backup; keep the bucket by its own means."
        );
    }
    Ok((Folder { root: data.root().to_owned(), files: keep.files, secrets: keep.secrets }, lock))
}

impl Backup {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let data = match &self.data {
            Some(data) => Some(Data { data: data.clone() }.open()?),
            None => None,
        };
        let made = self.make(data.as_ref()).await;
        let made = match &data {
            Some(data) => journaled(data, "backup", &[], made)?,
            None => made?,
        };
        said(&made, self.keys.is_some())?;
        Ok(if made.manifest.missing.is_empty() { Exit::Done } else { Exit::Damaged })
    }

    async fn make(&self, data: Option<&DataFolder>) -> anyhow::Result<Made> {
        haechi_office::backup::refuse_unfinished(&self.folder.office)?;
        let db = Database::look(&self.folder.database()?).await.context("The office's database")?;
        let (data, _lock) = data.map(kept).transpose()?.unzip();
        let keys = match (&self.keys, self.with_keys) {
            (Some(file), _) => KeysGo::Apart(file.clone()),
            (None, true) => KeysGo::Inside,
            (None, false) => KeysGo::Nowhere,
        };
        let config = Config::read(&self.folder.office.join("office.toml"))?;
        let files = Files::open(&config, &self.folder.office, variable)?;
        let source = Source { db: &db, files: &files, folder: &self.folder.office, data, clock: &SystemClock };
        let progress = Arc::new(Progress::default());
        let bar = bar(&progress);
        let made = make(&source, &self.to, &keys, &progress).await;
        drop(bar);
        Ok(made?)
    }
}

fn said(made: &Made, keys_apart: bool) -> anyhow::Result<()> {
    let manifest = &made.manifest;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let attachments = manifest.files.keys().filter(|path| path.starts_with("files/")).count() as u64;
    let data = manifest.files.keys().filter(|path| path.starts_with("data/")).count() as u64;
    output::line(format!("{}: {} bytes, of {}.", made.path.display(), number(made.bytes), manifest.made_at))?;
    output::line(format!(
        "{} rows of {} tables, {} attachments{}.",
        number(rows),
        manifest.tables.len(),
        number(attachments),
        if data > 0 { format!(", {} files of the data folder", number(data)) } else { String::new() }
    ))?;
    output::line(format!("It is known as {}.", made.digest))?;
    if manifest.has_keys {
        output::line("The secret keys are in it: who has this file can sign in this installation's name.")?;
    } else if !keys_apart {
        output::line(
            "The secret keys are not in it. Without them nobody can go on with its log; `--keys FILE` writes them apart.",
        )?;
    }
    if !made.is_noted {
        output::line("The office's tables are older than this haechi, so its log does not know of the backup.")?;
    }
    for missing in &manifest.missing {
        eprintln!("The attachment {} is {}; it is not in the backup.", missing.digest, missing.why);
    }
    Ok(())
}
