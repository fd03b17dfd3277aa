//! `cargo x recipes`: what CONTRIBUTING.md tells people to do, done in a temporary clone.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// Follow the recipes of CONTRIBUTING.md in a temporary clone
#[derive(clap::Args)]
pub(crate) struct Recipes {}

impl Recipes {
    pub(crate) fn run(self) -> Result<()> {
        follow(&process::build_haechi(false)?)
    }
}

/// Adds a scenario and a mapping to a clone of HEAD as CONTRIBUTING.md says, tests and lints them, with `haechi` as built.
///
/// # Errors
///
/// A recipe that no longer works, or one that touches a file which was there before.
pub(crate) fn follow(haechi: &Path) -> Result<()> {
    let place = tempfile::tempdir().context("no temporary folder")?;
    let clone = place.path().join("clone");
    process::output(Command::new("git").args(["clone", "--quiet", "--shared"]).arg(workspace::root()).arg(&clone))?;
    let recipe = |args: &[&str]| {
        println!("  haechi {}", args.join(" "));
        process::output(Command::new(haechi).args(args).current_dir(&clone))
    };
    recipe(&["scenario", "new", "recipe.try-out", "--dir", "scenarios"])?;
    recipe(&["scenario", "lint", "scenarios/recipe/try-out"])?;
    recipe(&["scenario", "test", "scenarios/recipe/try-out"])?;
    recipe(&["scenario", "lock", "scenarios/recipe/try-out"])?;
    recipe(&["mapping", "new", "recipe-try-out", "--dir", "mappings"])?;
    recipe(&["mapping", "test", "mappings/recipe-try-out"])?;
    let changed = process::output(Command::new("git").current_dir(&clone).args([
        "status",
        "--porcelain",
        "--untracked-files=all",
    ]))?;
    let edited: Vec<&str> = changed.lines().filter(|line| !line.starts_with("??")).collect();
    if !edited.is_empty() {
        bail!("a recipe edited a file that was there before: {}", edited.join(", "));
    }
    Ok(())
}
