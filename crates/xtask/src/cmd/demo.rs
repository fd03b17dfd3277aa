//! `cargo x demo`: from a fresh clone to a report on the screen.

use std::process::Command;

use anyhow::Result;

use crate::cmd::assets;
use crate::stopwatch::{Stopwatch, words};
use crate::{process, workspace};

/// Build haechi and run its demonstration: an invented government, its findings and the report
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Passed on to `haechi demo`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

impl Demo {
    pub(crate) fn run(self) -> Result<()> {
        assets::made_or_told();
        println!("Building haechi. The first build compiles the query engine: about ten minutes on two cores, once.");
        let watch = Stopwatch::start();
        let haechi = process::build_haechi(false)?;
        let built = watch.read();
        let watch = Stopwatch::start();
        process::run(Command::new(&haechi).arg("demo").args(&self.rest).current_dir(workspace::root()))?;
        println!("\nbuild {}, demo {}", words(built), words(watch.read()));
        Ok(())
    }
}
