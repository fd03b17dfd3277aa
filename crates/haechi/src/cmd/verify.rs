//! `haechi verify`

use std::path::PathBuf;

use haechi_core::finding::Finding;
use haechi_detect::error::EngineError;
use haechi_detect::recompute::{Checked, Verdict, check};
use haechi_formats::fault::Fault;

use super::verify_bundle::VerifyBundle;
use super::verify_log::VerifyLog;
use super::{Data, Resources, journaled};
use crate::exit::Exit;
use crate::output::{self, Format};

/// Recompute findings from the snapshots they cite, or verify an office's log or a case's proof bundle
///
/// Reads findings as JSON Lines (`haechi detect --format jsonl`), replays the rules and parameters of the run that made them over
/// the snapshots that run saw, and says of each whether the same bytes come out. Ends with 30 when one does not hold.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Verify {
    #[command(subcommand)]
    other: Option<Other>,
    /// The data folder
    #[arg(long, value_name = "DIR", env = "HAECHI_DATA", hide_env_values = true, value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
    /// The findings, as JSON Lines
    #[arg(value_hint = clap::ValueHint::FilePath)]
    findings: Option<PathBuf>,
    #[command(flatten)]
    resources: Resources,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What else can be verified.
#[derive(Debug, clap::Subcommand)]
enum Other {
    Log(VerifyLog),
    Bundle(VerifyBundle),
}

/// Findings to recompute.
struct Findings {
    data: Data,
    findings: PathBuf,
    resources: Resources,
    format: Format,
}

impl Verify {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let Self { other, data, findings, resources, format } = self;
        match (other, data, findings) {
            (Some(Other::Log(log)), _, _) => log.run(),
            (Some(Other::Bundle(bundle)), _, _) => bundle.run(),
            (None, Some(data), Some(findings)) => {
                Findings { data: Data { data }, findings, resources, format }.run().await
            }
            _ => {
                let what = "Give --data DIR and the findings, `log` with a log's events and checkpoints, or `bundle` with a case's bundle.";
                Err(EngineError::Asked(what.to_owned()).into())
            }
        }
    }
}

impl Findings {
    async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let findings = self.read()?;
        let limits = self.resources.limits(&folder)?;
        let checked = check(&folder, &findings, &limits).await.map_err(anyhow::Error::from);
        let checked = journaled(&folder, "verify", &[format!("{} findings", findings.len())], checked)?;
        let holds = checked.iter().filter(|checked| checked.verdict == Verdict::Holds).count();
        match self.format {
            Format::Json => output::json(&checked)?,
            Format::Table => {
                for one in checked.iter().filter(|one| one.verdict != Verdict::Holds) {
                    output::line(format!("{}  {}  {}", one.key.short(), one.scenario, words(one)))?;
                }
                output::line(format!("{holds} of {} findings hold.", checked.len()))?;
            }
        }
        Ok(if holds == checked.len() { Exit::Done } else { Exit::DoesNotHold })
    }

    fn read(&self) -> Result<Vec<Finding>, EngineError> {
        let file = self.findings.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let text = std::fs::read(&self.findings)
            .map_err(|source| EngineError::io(format!("Cannot read {}", self.findings.display()), source))?;
        let mut findings = Vec::new();
        for (at, line) in
            text.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty())
        {
            findings.push(serde_json::from_slice(line).map_err(|error| {
                Fault::new(
                    "finding-unreadable",
                    &file,
                    format!("It is no finding: {error}."),
                    "Give the JSON Lines that `haechi detect --format jsonl` wrote.",
                )
                .at_line(at as u64 + 1)
            })?);
        }
        Ok(findings)
    }
}

fn words(checked: &Checked) -> &str {
    match &checked.verdict {
        Verdict::Holds => "holds",
        Verdict::Differs { what } => what,
        Verdict::CannotBeRecomputed { why } => why,
    }
}
