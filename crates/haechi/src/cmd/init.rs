//! `haechi init`

use std::path::PathBuf;

use haechi_detect::store::DataFolder;

use super::journaled;
use crate::exit::Exit;
use crate::output;

/// Make a data folder
///
/// It gets a new installation key (keys/installation.key, mode 0600) under which identifiers are hashed. Keep a copy of the
/// key apart from the data: without it new exports do not join with old ones.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to make
    #[arg(value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
}

impl Init {
    pub fn run(self) -> anyhow::Result<Exit> {
        let folder = DataFolder::init(&self.dir)?;
        let key = folder.key()?;
        journaled(&folder, "init", &[format!("key {}", key.id())], Ok(()))?;
        output::line(format!("{} is a data folder now.", self.dir.display()))?;
        output::line(format!(
            "Its installation key is {} ({}). Keep a copy of it elsewhere.",
            self.dir.join("keys/installation.key").display(),
            key.id()
        ))?;
        Ok(Exit::Done)
    }
}
