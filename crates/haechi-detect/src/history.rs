//! What became of findings from run to run: first seen, last seen, gone and why. Derived by comparing runs, never stored.
//!
//! Only runs in which the scenario's outcome was findings or clean say anything: where it could not be judged or failed,
//! nothing is known and nothing is gone.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::digest::Digest;
use haechi_core::finding::{Evidence, Finding};
use haechi_core::ids::{Government, ScenarioId, SnapshotId};
use haechi_core::run_report::{Outcome, RunReport, ScenarioRun};
use serde::Serialize;

use crate::error::EngineError;
use crate::rows::{self, RowText};
use crate::store::DataFolder;
use crate::store::runs::KeptRun;

/// A finding's life over the runs of one government.
#[derive(Clone, Debug, Serialize)]
pub struct Life {
    /// Its key.
    pub key: Digest,
    /// Its scenario.
    pub scenario: ScenarioId,
    /// It as it was last seen.
    pub last: Finding,
    /// The run it was first seen in.
    pub first_seen: Sighting,
    /// The run it was last seen in.
    pub last_seen: Sighting,
    /// That it is gone, and why; `None` while it is there or nothing later is known.
    pub gone: Option<Gone>,
}

/// A run, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The run's number.
    pub run: u32,
    /// When it ran, UTC.
    pub at: String,
    /// The day it looked from.
    pub as_of: String,
}

/// A finding that is gone.
#[derive(Clone, Debug, Serialize)]
pub struct Gone {
    /// The first run that did not find it.
    pub run: Sighting,
    /// Why.
    pub why: Why,
    /// The rows that spoke for it, as they were.
    pub before: Vec<RowText>,
    /// The rows about the same subject, as they are in the run that did not find it.
    pub after: Vec<RowText>,
}

/// Why a finding is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The rows it rests on were replaced by a corrected export.
    SourceCorrected,
    /// The scenario's rule changed.
    RuleChanged,
    /// A parameter changed.
    ParameterChanged,
    /// The period its rows lie in is no longer in view.
    LeftThePeriod,
    /// Rows elsewhere changed (a register, another source) and with them the verdict.
    OtherDataChanged,
}

impl Why {
    /// In Korean and English.
    pub fn words(self) -> haechi_core::words::Words {
        let (ko, en) = match self {
            Self::SourceCorrected => ("원자료가 고쳐짐", "the source was corrected"),
            Self::RuleChanged => ("규칙이 바뀜", "the rule changed"),
            Self::ParameterChanged => ("기준값이 바뀜", "a parameter changed"),
            Self::LeftThePeriod => ("기간이 지남", "it left the period in view"),
            Self::OtherDataChanged => ("다른 자료가 바뀜", "other data changed"),
        };
        haechi_core::words::Words::new(ko, en)
    }
}

/// The lives of all findings of a government, by key; `key` (or its beginning) narrows it to one.
pub async fn lives(folder: &DataFolder, government: &Government, key: Option<&str>) -> Result<Vec<Life>, EngineError> {
    let runs = folder.runs(government).await?;
    let mut lives: BTreeMap<Digest, Life> = BTreeMap::new();
    // Per scenario the last run that knew, to compare the next one with.
    let mut known: BTreeMap<ScenarioId, usize> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        let findings = folder.findings(&run.envelope).await?;
        let seen: BTreeSet<Digest> = findings.iter().map(|finding| finding.key).collect();
        for scenario in run.report.scenarios.iter().filter(|scenario| knows(&scenario.outcome)) {
            let id = &scenario.scenario.id;
            if let Some(before) = known.insert(id.clone(), at) {
                let lost = lives
                    .values_mut()
                    .filter(|life| life.scenario == *id && life.gone.is_none() && !seen.contains(&life.key));
                for life in lost {
                    let why = why(&runs[before].report, &run.report, scenario, &life.last);
                    life.gone = Some(Gone { run: sighting(run), why, before: Vec::new(), after: Vec::new() });
                }
            }
        }
        for finding in findings {
            let here = sighting(run);
            match lives.get_mut(&finding.key) {
                Some(life) => {
                    life.last_seen = here;
                    life.last = finding;
                    life.gone = None;
                }
                None => {
                    let life = Life {
                        key: finding.key,
                        scenario: finding.scenario.id.clone(),
                        first_seen: here.clone(),
                        last_seen: here,
                        last: finding,
                        gone: None,
                    };
                    lives.insert(life.key, life);
                }
            }
        }
    }
    let mut lives: Vec<Life> = match key {
        Some(key) => lives.into_values().filter(|life| life.key.to_string().starts_with(key)).collect(),
        None => lives.into_values().collect(),
    };
    add_rows(folder, &runs, &mut lives).await?;
    Ok(lives)
}

const fn knows(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Findings { .. } | Outcome::Clean { .. })
}

fn sighting(run: &KeptRun) -> Sighting {
    Sighting { run: run.envelope.number, at: run.envelope.at.clone(), as_of: run.report.as_of.to_string() }
}

fn why(before: &RunReport, after: &RunReport, now: &ScenarioRun, finding: &Finding) -> Why {
    let then = before.scenarios.iter().find(|scenario| scenario.scenario.id == now.scenario.id);
    if then.is_some_and(|then| then.scenario.digest != now.scenario.digest) {
        return Why::RuleChanged;
    }
    if then.is_some_and(|then| then.parameters != now.parameters) || before.calendar != after.calendar {
        return Why::ParameterChanged;
    }
    let cited: BTreeSet<&SnapshotId> = finding.evidence.iter().map(|evidence| &evidence.snapshot).collect();
    let replaced: Vec<_> = before
        .snapshots
        .iter()
        .filter(|used| cited.contains(&used.id) && !after.snapshots.iter().any(|other| other.id == used.id))
        .collect();
    if replaced.is_empty() {
        return Why::OtherDataChanged;
    }
    let followed = replaced.iter().any(|used| {
        after
            .snapshots
            .iter()
            .any(|other| (&other.table, &other.source, other.period) == (&used.table, &used.source, used.period))
    });
    if followed { Why::SourceCorrected } else { Why::LeftThePeriod }
}

/// The rows that spoke for each gone finding, and those about the same subject afterwards.
async fn add_rows(folder: &DataFolder, runs: &[KeptRun], lives: &mut [Life]) -> Result<(), EngineError> {
    let gone: Vec<usize> = (0..lives.len()).filter(|at| lives[*at].gone.is_some()).collect();
    let cited: Vec<&Evidence> = gone.iter().flat_map(|at| &lives[*at].last.evidence).collect();
    let before = rows::texts(folder, &cited).await?;
    for at in gone {
        let life = &lives[at];
        let Some(run) = life.gone.as_ref().and_then(|gone| runs.iter().find(|run| run.envelope.number == gone.run.run))
        else {
            continue;
        };
        let after = rows::about(folder, &run.report, &life.last).await?;
        let before =
            life.last.evidence.iter().filter_map(|e| before.get(&(e.snapshot.clone(), e.row)).cloned()).collect();
        if let Some(gone) = &mut lives[at].gone {
            gone.before = before;
            gone.after = after;
        }
    }
    Ok(())
}
