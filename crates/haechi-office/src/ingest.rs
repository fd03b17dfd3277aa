//! A run of the engine is received: all of it, or nothing.
//!
//! The body is JSON Lines: the run's report, then its findings, one a line, whose digest the report names. It is spooled into a file
//! and checked whole before anything is written; then one transaction takes it in, some hundred findings at a time, so that a large
//! run needs no more memory than a small one.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use haechi_core::digest::Digest;
use haechi_core::finding::{Finding, key_of};
use haechi_core::run_report::{RunReport, ScenarioRun};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::audit::{self, Entry};
use crate::ids::{AlertId, RunId};
use crate::office::Office;
use crate::policy::{Action, Actor, Denied, generally};
use crate::problem::Problem;
use crate::settings::Settings;
use crate::slices::alerts::Taken;
use crate::slices::cases::{CaseError, Opening, seen_again};
use crate::slices::runs::{self, Counts};
use crate::slices::{alerts, people, scenarios};

/// Findings that are taken in at once.
const AT_ONCE: usize = 200;
/// The longest line, in bytes.
const LINE: u64 = 16 * 1024 * 1024;

/// Why a run was not taken in. Then nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// Not theirs to hand in.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A line that cannot be read.
    #[error("line {line} cannot be read: {why}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// Why.
        why: String,
    },
    /// The report is of another format.
    #[error("the report has format {0}")]
    Format(u32),
    /// The report is of another government.
    #[error("the run is of government {0}, the token of {1}")]
    Government(String, String),
    /// The findings are not those the report speaks of.
    #[error("the report speaks of {said} findings with digest {digest}, {found} came with another")]
    Digest {
        /// How many it speaks of.
        said: u64,
        /// Their digest.
        digest: String,
        /// How many came.
        found: u64,
    },
    /// The file cannot be read.
    #[error("the run cannot be read")]
    Read(#[from] std::io::Error),
    /// Cases could not be opened.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
    /// The database said no.
    #[error("the run could not be kept")]
    Database(#[from] sea_orm::DbErr),
}

impl From<IngestError> for Problem {
    fn from(error: IngestError) -> Self {
        let told = error.to_string();
        let refused = |code, happened| {
            let mut problem = Self::invalid(code, happened);
            problem.advice = haechi_core::words::Words::new(told.clone(), told.clone());
            problem
        };
        match error {
            IngestError::Denied(denied) => denied.into(),
            IngestError::Line { .. } => refused(
                "run.line",
                (
                    "점검 결과의 한 줄을 읽을 수 없어 아무것도 받지 않았습니다.",
                    "A line of the run cannot be read; nothing was taken in.",
                ),
            ),
            IngestError::Format(_) => {
                refused("run.format", ("다른 형식의 점검 결과입니다.", "The run is of another format."))
            }
            IngestError::Government(..) => {
                refused("run.government", ("다른 기관의 점검 결과입니다.", "The run is of another government."))
            }
            IngestError::Digest { .. } => refused(
                "run.digest",
                (
                    "찾은 것이 보고서와 맞지 않아 아무것도 받지 않았습니다.",
                    "The findings are not those of the report; nothing was taken in.",
                ),
            ),
            IngestError::Read(error) => Self::internal("run.read", &error),
            IngestError::Case(error) => error.into(),
            IngestError::Log(error) => error.into(),
            IngestError::Database(error) => error.into(),
        }
    }
}

/// What became of a run.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    /// The run.
    pub run: RunId,
    /// It was received before, and nothing changed.
    pub again: bool,
    /// Alerts that were not there before.
    pub new: u64,
    /// Alerts that were there.
    pub seen: u64,
    /// Alerts whose finding is gone.
    pub gone: u64,
    /// Findings that an exclusion keeps from becoming a case.
    pub hidden: u64,
}

impl Received {
    const fn of(run: RunId, again: bool, counts: Counts) -> Self {
        let Counts { new, seen, gone, hidden } = counts;
        Self { run, again, new, seen, gone, hidden }
    }
}

/// What a file holds: its report, where its findings begin, the digest of all of it.
struct Checked {
    report: RunReport,
    findings_at: u64,
    digest: Digest,
}

fn checked(file: &Path) -> Result<Checked, IngestError> {
    let mut reader = BufReader::new(std::fs::File::open(file)?);
    let mut line = Vec::new();
    reader.by_ref().take(LINE).read_until(b'\n', &mut line)?;
    let unreadable = |error: serde_json::Error| IngestError::Line { line: 1, why: error.to_string() };
    let report: RunReport = serde_json::from_slice(&line).map_err(unreadable)?;
    if report.format != haechi_core::run_report::FORMAT {
        return Err(IngestError::Format(report.format));
    }
    let findings_at = line.len() as u64;
    let mut whole = Sha256::new_with_prefix(&line);
    let mut findings = Sha256::new();
    let mut found = 0;
    let mut keys = HashSet::new();
    loop {
        line.clear();
        if reader.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        found += 1;
        whole.update(&line);
        findings.update(&line);
        let finding = serde_json::from_slice::<Finding>(&line);
        let finding = finding.map_err(|error| IngestError::Line { line: found + 1, why: error.to_string() })?;
        if finding.format != haechi_core::finding::FORMAT || finding.government != report.government {
            let why = "the finding is of another format or government".to_owned();
            return Err(IngestError::Line { line: found + 1, why });
        }
        // Everything an alert becomes hangs on its key: one that is not the finding's own would write into another's case.
        if finding.key != key_of(&finding.government, &finding.scenario.id, &finding.subject) {
            let why = "the finding's key is not that of its government, scenario and subject".to_owned();
            return Err(IngestError::Line { line: found + 1, why });
        }
        if !keys.insert(finding.key) {
            return Err(IngestError::Line { line: found + 1, why: "the finding is there twice".to_owned() });
        }
    }
    let hex = |hash: Sha256| hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let is_same = hex(findings) == report.findings_digest.to_string() && found == report.findings;
    if !is_same {
        let digest = report.findings_digest.to_string();
        return Err(IngestError::Digest { said: report.findings, digest, found });
    }
    let digest = hex(whole).parse().map_err(|_| IngestError::Format(0))?;
    Ok(Checked { report, findings_at, digest })
}

/// The findings of a checked file, some at a time.
struct Batches(BufReader<std::fs::File>);

impl Batches {
    fn next(&mut self) -> Result<Vec<Finding>, IngestError> {
        let mut batch = Vec::with_capacity(AT_ONCE);
        let mut line = Vec::new();
        while batch.len() < AT_ONCE {
            line.clear();
            if self.0.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let finding = serde_json::from_slice(&line);
            batch.push(finding.map_err(|error| IngestError::Line { line: 0, why: error.to_string() })?);
        }
        Ok(batch)
    }
}

/// Takes the run in `file` in. The same run again changes nothing and says so.
///
/// # Errors
///
/// Not theirs; a line that cannot be read (with its number); findings that are not the report's; another government's run.
pub async fn receive(office: &Office, actor: &Actor, file: &Path) -> Result<Received, IngestError> {
    let may = generally(actor, Action::SubmitRun)?;
    let path = file.to_owned();
    let check = tokio::task::spawn_blocking(move || checked(&path)).await.map_err(std::io::Error::other)?;
    let Checked { report, findings_at, digest } = check?;
    let tx = office.db().write(actor.tenant()).await?;
    // Two runs of one government come one after another; what is gone is known only then.
    tx.alone().await?;
    let government = people::government(&tx).await?;
    if government.code != report.government.as_str() {
        return Err(IngestError::Government(report.government.to_string(), government.code));
    }
    if let Some((run, counts)) = runs::received(&tx, &digest).await? {
        return Ok(Received::of(run, true, counts));
    }
    let run = RunId::new();
    let settings = Settings::read(&tx).await?;
    let mut opening = Opening::begin(office, &tx, runs::is_first(&tx).await?).await?;
    let scenarios: HashMap<&str, &ScenarioRun> =
        report.scenarios.iter().map(|scenario| (scenario.scenario.id.as_str(), scenario)).collect();
    let mut counts = Counts::default();
    let mut log: Vec<Entry> = Vec::new();
    let mut findings = std::fs::File::open(file)?;
    findings.seek(SeekFrom::Start(findings_at))?;
    let mut batches = Batches(BufReader::new(findings));
    loop {
        let batch = batches.next()?;
        if batch.is_empty() {
            break;
        }
        let taken = alerts::take_in(office, &tx, run, &scenarios, &batch).await?;
        take(office, &tx, &settings, &mut opening, taken, &mut counts, &mut log).await?;
        // The log is written as it grows, so that a large run is not held in memory.
        if log.len() >= 5 * AT_ONCE {
            audit::append_all(&tx, office.clock(), &log).await?;
            log.clear();
        }
    }
    alerts::keep_rules(&tx, &report).await?;
    scenarios::keep(office, &tx, run, &report).await?;
    let taken = alerts::data_alert(office, &tx, run, &report).await?;
    take(office, &tx, &settings, &mut opening, taken, &mut counts, &mut log).await?;
    let gone = alerts::gone(office, &tx, run, &report).await?;
    counts.gone = gone.len() as u64;
    let gone: Vec<(AlertId, &'static str)> = gone.into_iter().map(|one| (one.alert, one.why)).collect();
    log.extend(seen_again(office, &tx, &settings, &[], &gone).await?.0);
    opening.tell(office, &tx, run).await?;
    runs::keep(office, &tx, (run, &digest), actor.name(), &report, counts).await?;
    log.push(Entry { after: Some(digest.to_string()), ..may.entry("run", run) });
    audit::append_all(&tx, office.clock(), &log).await?;
    tx.commit().await?;
    Ok(Received::of(run, false, counts))
}

async fn take(
    office: &Office,
    tx: &crate::db::Transaction,
    settings: &Settings,
    opening: &mut Opening,
    taken: Taken,
    counts: &mut Counts,
    log: &mut Vec<Entry>,
) -> Result<(), IngestError> {
    counts.new += taken.new.len() as u64;
    counts.seen += taken.seen.len() as u64;
    counts.hidden += taken.hidden;
    log.extend(opening.open(office, tx, &taken.new).await?);
    let (again, without) = seen_again(office, tx, settings, &taken.seen, &[]).await?;
    log.extend(again);
    // What an exclusion hid when it came has no case yet, and now wants one.
    let mut hidden = Vec::new();
    for alert in without {
        hidden.extend(alerts::one(tx, alert).await?);
    }
    log.extend(opening.open(office, tx, &hidden).await?);
    Ok(())
}
