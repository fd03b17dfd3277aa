//! `cargo x torture`: a fault at each write of the store, `kill -9` at random moments of imports, detections and an office's work,
//! then: nothing lost, nothing half there, nothing doubled.

mod folder;
mod moves;
mod office;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process;
use folder::{Load, Program, Reference};
use moves::{Dice, Verdict};

/// Kill haechi at random moments and see that nothing is lost or half there
#[derive(clap::Args)]
pub(crate) struct Torture {
    /// How many times to kill
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// Where the random moments start from; the same seed makes the same moves
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Residents of the city whose exports are taken
    #[arg(long, default_value_t = 20_000)]
    residents: u32,
    /// The office alone, or everything but the office
    #[arg(long, value_enum)]
    only: Option<Only>,
}

/// A half of the whole.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Imports and detections
    Engine,
    /// Runs taken in, answers, steps and messages
    Office,
}

impl Torture {
    /// The run that CI affords.
    pub(crate) fn short() -> Self {
        Self { kills: 20, seed: 7, residents: 20_000, only: None }
    }

    pub(crate) fn run(self) -> Result<()> {
        if self.only != Some(Only::Engine) {
            office::run(self.kills, self.seed)?;
        }
        if self.only == Some(Only::Office) { Ok(()) } else { self.engine() }
    }

    fn engine(self) -> Result<()> {
        // First a fault at each single write, asked for by name; then kills at moments nobody chose.
        let faults = ["test", "--workspace", "--features", "haechi/failpoints", "--test", "faults", "failpoints::"];
        process::run(process::cargo().args(faults))?;
        let program = Program::new(process::build_haechi(false)?);
        let place = tempfile::Builder::new().prefix("haechi-torture-").tempdir().context("no temporary folder")?;
        let loads = exports(&program, &place.path().join("exports"), self.residents)?;
        let reference = Reference::make(program, place.path().join("reference"), loads)?;
        println!("torture: seed {}, {} loads", self.seed, reference.loads().len());

        let mut dice = Dice::new(self.seed);
        let (mut kills, mut early, mut lost, mut half) = (0, 0, 0, 0);
        let mut trial: u32 = 0;
        while kills < self.kills {
            trial += 1;
            if trial > self.kills.saturating_mul(20) {
                bail!(
                    "{trial} trials gave only {kills} kills: haechi ends before it can be killed; use more --residents"
                );
            }
            let folder = place.path().join(format!("trial-{trial}"));
            let outcome = moves::trial(&reference, &folder, &mut dice)?;
            kills += outcome.killed;
            early += outcome.ended_first;
            match &outcome.verdict {
                Verdict::Well => std::fs::remove_dir_all(&folder)?,
                Verdict::Lost(why) => {
                    lost += 1;
                    println!("trial {trial}, {}: LOST: {why}", outcome.story);
                }
                Verdict::Half(why) => {
                    half += 1;
                    println!("trial {trial}, {}: HALF: {why}", outcome.story);
                }
            }
        }
        println!("torture: {early} times haechi had ended before it was killed; these are not counted");
        println!("torture: {kills} kills, {lost} lost, {half} half");
        if lost + half > 0 {
            bail!("the folders are kept in {}", place.keep().display());
        }
        Ok(())
    }
}

/// What is taken of the city's exports: ledgers by month and registers, each of some thousand rows, so that a trial takes seconds.
const TAKEN: [&str; 6] = [
    "synth-card",
    "synth-card-expense",
    "synth-department",
    "synth-employee",
    "synth-subsidy",
    "synth-subsidy-movement",
];

/// Writes the exports of an invented city and gives the loads they make: one per mapping, in the order named.
fn exports(program: &Program, out: &std::path::Path, residents: u32) -> Result<Vec<Load>> {
    let out_arg = out.display().to_string();
    let listed = program.output(&["synth", "--out", &out_arg, "--seed", "7", "--residents", &residents.to_string()])?;
    let mut loads: Vec<Load> = Vec::new();
    for line in listed.lines() {
        let mut cells = line.split('\t');
        let (Some(mapping), Some(file)) = (cells.next(), cells.next()) else { continue };
        if !TAKEN.contains(&mapping) {
            continue;
        }
        let file = PathBuf::from(file);
        match loads.iter_mut().find(|load| load.mapping == mapping) {
            Some(load) => load.files.push(file),
            None => loads.push(Load { mapping: mapping.to_owned(), files: vec![file] }),
        }
    }
    if loads.len() < TAKEN.len() {
        bail!("`haechi synth` named the exports of {} mappings, not of {}", loads.len(), TAKEN.len());
    }
    Ok(loads)
}
