//! `haechi restore`

use std::path::PathBuf;
use std::sync::Arc;

use haechi_core::time::SystemClock;
use haechi_office::backup::{Backup, Keys, Place, Progress, restore};

use super::backup::{bar, number};
use super::office::{OfficeFolder, variable};
use crate::exit::Exit;
use crate::output;

/// Restore an office from a backup into an empty place
///
/// The whole backup is checked before anything is written. Rows go into a new `office.db`, or, where the environment names PostgreSQL,
/// into its empty database, whatever the backup came from. Then every count, attachment and log is compared, and each
/// government's log says that it was restored. Who was signed in on the backup's day is signed out. Killed half way, the same command
/// begins again; until it ends the place is no office.
#[derive(Debug, clap::Args)]
pub struct Restore {
    #[command(flatten)]
    folder: OfficeFolder,
    /// The backup
    #[arg(value_name = "FROM", value_hint = clap::ValueHint::FilePath)]
    from: PathBuf,
    /// Restore the engine's data folder here
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
    /// Go on with these settings (an `office.toml`) in place of those in the backup
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    settings: Option<PathBuf>,
    /// The bucket that the settings name holds this office's attachments already: keep them, and put back what is missing
    #[arg(long)]
    keep_bucket: bool,
    /// The file with the secret keys that was written beside a backup
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "new_keys")]
    keys: Option<PathBuf>,
    /// The keys are lost: make new ones. Everybody who verifies or witnesses the logs has to be told the new public keys
    #[arg(long)]
    new_keys: bool,
}

impl Restore {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let progress = Arc::new(Progress::default());
        let showing = bar(&progress);
        let mut backup = Backup::open(&self.from, &progress)?;
        let place = Place {
            folder: self.folder.office.clone(),
            database: self.folder.database()?,
            data: self.data.clone(),
            settings: self.settings.clone(),
            keeps_bucket: self.keep_bucket,
            environment: variable,
        };
        let keys = match (self.keys, self.new_keys) {
            (Some(file), _) => Keys::Apart(file),
            (None, true) => Keys::New,
            (None, false) => Keys::Inside,
        };
        let restored = restore(&mut backup, &place, &keys, &SystemClock, &progress).await;
        drop(showing);
        let restored = restored?;
        let manifest = backup.manifest();
        output::line(format!("{} is restored as of {}.", place.folder.display(), manifest.made_at))?;
        output::line(format!(
            "{} rows, {} attachments and {} files of the data folder are what they were.",
            number(restored.rows),
            number(restored.attachments),
            number(restored.data_files)
        ))?;
        output::line(format!(
            "The logs hold {} events; the first {} as they were signed.",
            number(restored.events),
            number(restored.signed)
        ))?;
        output::line(format!("{} sign-ins and one-time links of that day were ended.", number(restored.ended)))?;
        for missing in &manifest.missing {
            output::line(format!("The attachment {} was {} already.", missing.digest, missing.why))?;
        }
        if backup.has_data() && place.data.is_none() {
            output::line(
                "The engine's data folder is in the backup and was not restored: `--data DIR` was not given.",
            )?;
        }
        if keys == Keys::New {
            output::line(
                "The keys are new: tell everybody who verifies or witnesses these logs (`haechi office key`).",
            )?;
        }
        output::line(
            "What was done after that day is not here: tokens ended since hold again, and witnesses saw more than there is (docs/office.md, Restoring).",
        )?;
        Ok(Exit::Done)
    }
}
