//! `cargo x new-scenario` and `cargo x new-mapping`: a folder to start from.

use std::process::Command;

use anyhow::Result;

use crate::{process, workspace};

/// Make a scenario folder to start from
#[derive(clap::Args)]
pub(crate) struct NewScenario {
    /// Its id: area, dot, name (`contract.split-order`)
    id: String,
}

/// Make a mapping folder to start from
#[derive(clap::Args)]
pub(crate) struct NewMapping {
    /// Its name: city and export (`seoul-card-expense`)
    name: String,
}

impl NewScenario {
    pub(crate) fn run(self) -> Result<()> {
        scaffold(&["scenario", "new", &self.id, "--dir", "scenarios"])
    }
}

impl NewMapping {
    pub(crate) fn run(self) -> Result<()> {
        scaffold(&["mapping", "new", &self.name, "--dir", "mappings"])
    }
}

fn scaffold(args: &[&str]) -> Result<()> {
    let haechi = process::build_haechi(false)?;
    process::run(Command::new(haechi).args(args).current_dir(workspace::root()))
}
