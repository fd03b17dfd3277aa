//! `haechi detect`

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use haechi_core::ids::{Government, ScenarioId};
use haechi_core::money::grouped;
use haechi_core::run_report::{Outcome, ScenarioRun};
use haechi_core::time::Day;
use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_detect::export;
use haechi_detect::run::{Ran, RunOptions, detect, time};
use haechi_detect::store::DataFolder;

use super::{Data, Resources, catalogue, government, journaled, parameters};
use crate::exit::Exit;
use crate::output;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// A summary of scenarios, for people
    #[default]
    Table,
    /// One finding a line, the wire format
    Jsonl,
    /// For a spreadsheet: opens in Excel, and no cell is taken for a formula
    Csv,
    /// For another engine
    Parquet,
}

/// Run scenarios over what was taken
///
/// The exit code is 0 with and without findings. Each scenario says: findings, clean, cannot be judged (and why), or failed.
#[derive(Debug, clap::Args)]
pub struct Detect {
    #[command(flatten)]
    data: Data,
    /// The government, where the folder holds several
    #[arg(long, value_name = "CODE")]
    government: Option<Government>,
    /// A scenario to run, drafts too; may be given several times. By default all that are in service
    #[arg(long = "scenario", value_name = "ID")]
    scenarios: Vec<ScenarioId>,
    /// The day to look from; by default the end of the latest declared period
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Day>,
    /// The longest a scenario may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    time_limit: u64,
    /// Only run the queries, one line each with its seconds and rows; nothing is found or kept
    #[arg(long, hide = true)]
    only_queries: bool,
    /// With each query, its plan as it was carried out
    #[arg(long, hide = true, requires = "only_queries")]
    plans: bool,
    #[command(flatten)]
    resources: Resources,
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Where to write, instead of the terminal; the summary is then printed
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// The language of explanations in the summary and in CSV: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
}

impl Detect {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        if self.only_queries {
            return self.time(&folder).await;
        }
        let about: Vec<String> = self.scenarios.iter().map(ToString::to_string).collect();
        let ran = self.detect(&folder).await.map_err(anyhow::Error::from);
        let ran = journaled(&folder, "detect", &about, ran)?;
        self.write(&ran)?;
        Ok(Exit::Done)
    }

    async fn detect(&self, folder: &DataFolder) -> Result<Ran, EngineError> {
        let government = government(folder, self.government.as_ref()).await?;
        detect(folder, &government, &catalogue(folder)?, &self.options(folder)?).await
    }

    fn options(&self, folder: &DataFolder) -> Result<RunOptions, EngineError> {
        Ok(RunOptions {
            as_of: self.as_of,
            only: self.scenarios.clone(),
            limits: self.resources.limits(folder)?,
            time_limit: Duration::from_secs(self.time_limit),
            parameters: parameters(folder)?,
            progress: std::sync::Arc::default(),
        })
    }

    async fn time(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let government = government(folder, self.government.as_ref()).await?;
        for timed in time(folder, &government, &catalogue(folder)?, &self.options(folder)?).await? {
            let (rows, plan) =
                timed.gave.map_or_else(|why| (why, String::new()), |gave| (format!("{} rows", gave.rows), gave.plan));
            output::line(format!("query {} {:.4} s {rows}", timed.id, timed.took.as_secs_f64()))?;
            if self.plans {
                output::line(plan)?;
            }
        }
        Ok(Exit::Done)
    }

    fn write(&self, ran: &Ran) -> anyhow::Result<()> {
        let bytes = match self.format {
            Form::Table => None,
            Form::Jsonl => Some(ran.findings.bytes().clone()),
            Form::Csv => Some(export::to_csv(ran.findings.iter(), self.lang)?.into()),
            Form::Parquet => Some(export::to_parquet(&ran.findings.to_vec()?)?.into()),
        };
        match (&self.out, bytes) {
            (None, None) => print_summary(ran, self.lang),
            (Some(path), bytes) => {
                let bytes = bytes.unwrap_or_else(|| ran.findings.bytes().clone());
                let cannot = |source| EngineError::io(format!("Cannot write {}", path.display()), source);
                // By way of a neighbour, so that who reads the file never finds half of it.
                let mut half = path.clone().into_os_string();
                half.push(".part");
                std::fs::write(&half, &bytes).and_then(|()| std::fs::rename(&half, path)).map_err(|source| {
                    std::fs::remove_file(&half).ok();
                    cannot(source)
                })?;
                print_summary(ran, self.lang)?;
                output::line(format!("{} findings written to {}.", ran.findings.len(), path.display()))
            }
            (None, Some(bytes)) => {
                std::io::stdout().lock().write_all(&bytes)?;
                Ok(())
            }
        }
    }
}

/// The summary people read first. Why scenarios could not be judged is many lines where few exports were taken, so it comes first
/// and what was found stands last, where a terminal leaves it in sight.
fn print_summary(ran: &Ran, language: Language) -> anyhow::Result<()> {
    let report = &ran.report;
    let was_judged = |run: &&ScenarioRun| !matches!(run.outcome, Outcome::CannotBeJudged { .. });
    for run in &report.scenarios {
        match &run.outcome {
            Outcome::CannotBeJudged { reasons } => {
                for reason in reasons {
                    output::line(format!(
                        "{} cannot be judged: {}",
                        run.scenario.id,
                        reason.words.in_language(language)
                    ))?;
                }
            }
            Outcome::Failed { code, message } => {
                output::line(format!("{} failed [{code}]: {message}", run.scenario.id))?
            }
            Outcome::Findings { outside_calendar, .. } | Outcome::Clean { outside_calendar }
                if *outside_calendar > 0 =>
            {
                output::line(format!(
                    "{}: {} rows lie in years the calendar does not list and were not judged.",
                    run.scenario.id,
                    grouped(i64::try_from(*outside_calendar).unwrap_or(i64::MAX))
                ))?;
            }
            Outcome::Findings { .. } | Outcome::Clean { .. } => {}
        }
    }
    output::table(
        &["scenario", "title", "severity", "outcome", "#findings", "#at risk"],
        report.scenarios.iter().filter(was_judged).map(|run| summary(run, language)),
    )?;
    output::line(format!(
        "{} findings as of {} (run {} of {}). Each is a question to answer, not an accusation.",
        grouped(i64::try_from(report.findings).unwrap_or(i64::MAX)),
        report.as_of,
        ran.envelope.number,
        report.government
    ))
}

fn summary(run: &ScenarioRun, language: Language) -> Vec<String> {
    let (count, at_risk) = match &run.outcome {
        Outcome::Findings { count, at_risk, .. } => (
            grouped(i64::try_from(*count).unwrap_or(i64::MAX)),
            at_risk.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
        ),
        _ => (String::new(), String::new()),
    };
    vec![
        run.scenario.id.to_string(),
        run.title.in_language(language).to_owned(),
        run.severity.as_str().to_owned(),
        run.outcome.word().to_owned(),
        count,
        at_risk,
    ]
}
