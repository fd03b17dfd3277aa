//! `haechi synth`

use std::path::{Path, PathBuf};

use haechi_detect::error::EngineError;
use haechi_synth::{City, SynthError, TRUTH, Written};
use indicatif::{ProgressBar, ProgressStyle};

use crate::exit::Exit;
use crate::output;

/// Write an invented government of any size, or score findings against its truth
///
/// Prints a line a file: the mapping, a tab, the file, a tab, its rows. The same seed gives the same bytes. What is planted
/// and what only looks like it stands in `truth.jsonl` beside the exports.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Synth {
    #[command(subcommand)]
    command: Option<SynthCommand>,
    #[command(flatten)]
    write: WriteSynth,
}

#[derive(Debug, clap::Args)]
struct WriteSynth {
    /// Residents; everything else follows from them
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    residents: u64,
    /// Months; the last is October 2026
    #[arg(long, value_name = "M", default_value_t = 12)]
    months: usize,
    /// The seed
    #[arg(long, value_name = "S", default_value_t = 7)]
    seed: u64,
    /// Where to write; a new or empty folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, required = true)]
    out: Option<PathBuf>,
    /// Text in place of workbooks
    #[arg(long, hide = true)]
    text: bool,
}

#[derive(Debug, clap::Subcommand)]
enum SynthCommand {
    /// Compare findings with what was planted: hits, misses and false alarms of each scenario
    Score(Score),
}

/// Compare findings with what was planted
#[derive(Debug, clap::Args)]
struct Score {
    /// The truth that `haechi synth` wrote
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    truth: PathBuf,
    /// Findings, one JSON a line, as `haechi detect --format jsonl` writes them
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    findings: PathBuf,
}

impl Synth {
    pub fn run(self) -> anyhow::Result<Exit> {
        match (self.command, self.write.out.clone()) {
            (Some(SynthCommand::Score(score)), _) => score.run(),
            (None, Some(out)) => self.write.run(&out),
            (None, None) => Err(EngineError::Asked("Say with --out where to write.".to_owned()).into()),
        }
    }
}

/// The city of a seed and a size, or words to whoever asked for a size that cannot be made.
pub fn city(seed: u64, residents: u64, months: usize) -> anyhow::Result<City> {
    City::new(seed, residents, months).map_err(|error| match error {
        SynthError::Size(words) => EngineError::Asked(words).into(),
        other => other.into(),
    })
}

impl WriteSynth {
    fn run(&self, out: &Path) -> anyhow::Result<Exit> {
        let there = std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
        if there {
            return Err(EngineError::Asked(format!(
                "{} is not empty. Nothing of it was changed; name a new folder.",
                out.display()
            ))
            .into());
        }
        let city = city(self.seed, self.residents, self.months)?;
        let city = if self.text { city.without_workbooks() } else { city };
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        let mut rows = 0u64;
        let files = haechi_synth::write(&city, out, |written: &Written| {
            rows += written.rows;
            bar.set_message(format!("{rows} rows, {}", written.mapping));
            bar.tick();
        })?;
        bar.finish_and_clear();
        for file in &files {
            output::line(format!("{}\t{}\t{}", file.mapping, file.file.display(), file.rows))?;
        }
        eprintln!("{} files, {rows} rows; the truth is in {}", files.len(), out.join(TRUTH).display());
        Ok(Exit::Done)
    }
}

impl Score {
    fn run(&self) -> anyhow::Result<Exit> {
        for (scenario, mark) in haechi_synth::score(&self.truth, &self.findings)? {
            output::line(format!(
                "{scenario}\t{} hits\t{} misses\t{} false alarms, {} of them on one of {} decoys\t{} implied",
                mark.hits,
                mark.misses.len(),
                mark.false_alarms.len(),
                mark.decoys_flagged,
                mark.decoys,
                mark.implied
            ))?;
            named("missed", &mark.misses)?;
            named("false alarm", &mark.false_alarms)?;
        }
        Ok(Exit::Done)
    }
}

/// Subjects of one kind named of one scenario; a rule gone wrong has thousands.
const MOST_NAMED: usize = 20;

fn named(what: &str, subjects: &[String]) -> anyhow::Result<()> {
    for subject in subjects.iter().take(MOST_NAMED) {
        output::line(format!("\t{what}: {subject}"))?;
    }
    match subjects.len().saturating_sub(MOST_NAMED) {
        0 => Ok(()),
        more => output::line(format!("\t{what}: {more} more")),
    }
}
