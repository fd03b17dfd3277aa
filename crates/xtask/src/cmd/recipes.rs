//! `cargo x recipes`: what CONTRIBUTING.md tells people to do, done in a clone that is thrown away.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cmd::new_slice;
use crate::{process, workspace};

/// Follow the recipes of CONTRIBUTING.md in a clone of HEAD
#[derive(clap::Args)]
pub(crate) struct Recipes {
    /// The slice alone, which needs no query engine
    #[arg(long)]
    slice: bool,
}

impl Recipes {
    pub(crate) fn run(self) -> Result<()> {
        if !self.slice {
            follow(&process::build_haechi(false)?)?;
        }
        follow_slice()
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
    cloned(&clone)?;
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
    let edited = edited(&clone)?;
    ensure!(edited.is_empty(), "a recipe edited a file that was there before: {}", edited.join(", "));
    Ok(())
}

/// The name of the slice that is made; longer than those that people choose, so that a line too long by it is seen.
const SLICE: &str = "recipe_try_out";

/// Makes a slice in a clone of HEAD, checks that it touched its folder and what it says it touches, and runs its tests, those of words and
/// tables, and the sweep of strangers there.
///
/// The clone lies in the build folder at a place that stays, so that what was compiled for it is found again. All that the office is not
/// made of is emptied there: the build is one of the whole workspace, whose libraries are compiled already, and so must be asked for as
/// that, but nothing of the engine is compiled again.
///
/// # Errors
///
/// A slice that does not compile, fails its tests, or touches another file.
pub(crate) fn follow_slice() -> Result<()> {
    let builds = build_folder()?;
    let clone = builds.join("recipes/slice");
    if clone.exists() {
        std::fs::remove_dir_all(&clone).with_context(|| format!("cannot remove {}", clone.display()))?;
    }
    cloned(&clone)?;
    println!("  cargo x new-slice {SLICE}");
    new_slice::make(&clone, SLICE)?;
    process::output(Command::new("cargo").args(["fmt", "--package", "haechi-office"]).current_dir(&clone))?;
    let edited = edited(&clone)?;
    ensure!(edited == new_slice::TOLD, "cargo x new-slice edited other files than it says: {}", edited.join(", "));
    empty_all_but_the_office(&clone)?;
    let of_others = ["both_languages_have_the_same", "every_table_on_postgresql", "a_stranger_is_sent"];
    println!("  cargo test {SLICE} {}", of_others.join(" "));
    let mut tests = process::cargo();
    tests.current_dir(&clone).env("CARGO_TARGET_DIR", &builds).env("INSTA_UPDATE", "no");
    tests.args(["test", "--quiet", "--locked", "--workspace", "--lib", "--", SLICE]).args(of_others);
    let said = process::output(&mut tests)?;
    let passed: usize = said
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<usize>().ok())
        .sum();
    ensure!(passed > of_others.len(), "no test of the slice ran:\n{said}");
    std::fs::remove_dir_all(&clone).with_context(|| format!("cannot remove {}", clone.display()))
}

/// Empties the libraries that the office is not made of.
fn empty_all_but_the_office(clone: &Path) -> Result<()> {
    let crates = clone.join("crates");
    for entry in std::fs::read_dir(&crates).with_context(|| format!("cannot read {}", crates.display()))? {
        let entry = entry?;
        let library = entry.path().join("src/lib.rs");
        let is_office =
            ["haechi-core", "haechi-office", "haechi-testkit"].iter().any(|name| entry.file_name() == *name);
        if !is_office && library.is_file() {
            std::fs::write(&library, "//! Left out.\n")
                .with_context(|| format!("cannot empty {}", library.display()))?;
        }
    }
    Ok(())
}

fn cloned(to: &Path) -> Result<()> {
    process::output(Command::new("git").args(["clone", "--quiet", "--shared"]).arg(workspace::root()).arg(to)).map(drop)
}

/// Files that were there before and are not what they were, sorted.
fn edited(clone: &Path) -> Result<Vec<String>> {
    let mut status = Command::new("git");
    status.current_dir(clone).args(["status", "--porcelain", "--untracked-files=all"]);
    let changed = process::output(&mut status)?;
    let edited = changed.lines().filter(|line| !line.starts_with("??"));
    Ok(edited.filter_map(|line| line.get(3..)).map(str::to_owned).collect())
}

/// Where cargo builds.
fn build_folder() -> Result<PathBuf> {
    let told = process::output(process::cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let told: serde_json::Value = serde_json::from_str(&told).context("cargo metadata is no JSON")?;
    match told["target_directory"].as_str() {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => bail!("cargo metadata names no build folder"),
    }
}
