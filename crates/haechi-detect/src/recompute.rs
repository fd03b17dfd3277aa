//! Recomputes findings from the snapshots they cite, by the rules and parameters of the run that made them.

use std::collections::BTreeMap;
use std::sync::Arc;

use haechi_core::digest::Digest;
use haechi_core::finding::Finding;
use haechi_core::ids::{Government, ScenarioId};
use haechi_formats::folder::Folder;
use serde::Serialize;

use crate::error::EngineError;
use crate::run::{Catalogue, RunOptions, Scene, judge_all};
use crate::session::Limits;
use crate::store::DataFolder;
use crate::store::runs::KeptRun;
use crate::store::view::{Entry, View};

/// Whether a finding still follows from what it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The same bytes came out.
    Holds,
    /// Something else came out, or nothing.
    Differs {
        /// What.
        what: String,
    },
    /// It cannot be recomputed.
    CannotBeRecomputed {
        /// Why.
        why: String,
    },
}

/// A finding and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Its key.
    pub key: Digest,
    /// Its scenario.
    pub scenario: ScenarioId,
    /// The run whose rules were replayed; `None` when no run of this folder made it.
    pub run: Option<u32>,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// Recomputes `findings`, each by the latest run of this folder that used the same rule and made a finding of its key.
///
/// # Errors
///
/// When the folder cannot be read. A finding that does not hold is a result, not an error.
pub async fn check(folder: &DataFolder, findings: &[Finding], limits: &Limits) -> Result<Vec<Checked>, EngineError> {
    let mut governments: Vec<&Government> = findings.iter().map(|finding| &finding.government).collect();
    governments.sort();
    governments.dedup();
    let mut made_by: BTreeMap<(Government, Digest), u32> = BTreeMap::new();
    let mut runs: BTreeMap<(Government, u32), KeptRun> = BTreeMap::new();
    for government in governments {
        let wanted: Vec<&Finding> = findings.iter().filter(|finding| finding.government == *government).collect();
        for run in folder.runs(government).await?.into_iter().rev() {
            let kept = folder.findings(&run.envelope).await?;
            let kept: BTreeMap<Digest, &Finding> = kept.iter().map(|finding| (finding.key, finding)).collect();
            let mut of_this = false;
            for finding in &wanted {
                let at = (government.clone(), finding.key);
                let cites_the_same = |kept: &&Finding| {
                    kept.scenario == finding.scenario
                        && kept.evidence.iter().map(|e| &e.snapshot).eq(finding.evidence.iter().map(|e| &e.snapshot))
                };
                if !made_by.contains_key(&at) && kept.get(&finding.key).is_some_and(cites_the_same) {
                    made_by.insert(at, run.envelope.number);
                    of_this = true;
                }
            }
            if of_this {
                runs.insert((government.clone(), run.envelope.number), run);
            }
        }
    }
    let mut again: BTreeMap<(Government, u32), Result<BTreeMap<Digest, Finding>, String>> = BTreeMap::new();
    for (at, run) in runs {
        let ids = findings
            .iter()
            .filter(|finding| made_by.get(&(at.0.clone(), finding.key)) == Some(&at.1))
            .map(|finding| finding.scenario.id.clone())
            .collect();
        let replayed = replay(folder, &run, ids, limits).await.map_err(|error| error.to_string());
        again.insert(at, replayed);
    }
    Ok(findings
        .iter()
        .map(|finding| {
            let run = made_by.get(&(finding.government.clone(), finding.key)).copied();
            let verdict = match run.and_then(|run| again.get(&(finding.government.clone(), run))) {
                None => Verdict::CannotBeRecomputed { why: "no run kept in this data folder made it".to_owned() },
                Some(Err(why)) => Verdict::CannotBeRecomputed { why: why.clone() },
                Some(Ok(found)) => match found.get(&finding.key) {
                    None => Verdict::Differs { what: "recomputed, it is not found".to_owned() },
                    Some(other) if other == finding => Verdict::Holds,
                    Some(other) => Verdict::Differs { what: difference(finding, other) },
                },
            };
            Checked { key: finding.key, scenario: finding.scenario.id.clone(), run, verdict }
        })
        .collect())
}

async fn replay(
    folder: &DataFolder,
    run: &KeptRun,
    only: Vec<ScenarioId>,
    limits: &Limits,
) -> Result<BTreeMap<Digest, Finding>, EngineError> {
    let archive = folder.archive(&run.envelope).await?;
    let calendar = haechi_formats::calendar::parse_calendar("calendar.csv", &archive.calendar)?;
    let folders = archive.scenarios.into_iter().map(|(id, files)| Folder { name: id.replacen('.', "/", 1), files });
    let catalogue = Catalogue::of(folders, &folder.dictionary)?;
    let mut entries = Vec::new();
    let loads = folder.loads().await?;
    for used in &run.report.snapshots {
        let load = loads
            .iter()
            .find(|load| load.snapshots.iter().any(|snapshot| snapshot.id == used.id))
            .ok_or_else(|| EngineError::Asked(format!("No load of this folder made the snapshot {}.", used.id)))?;
        entries.push(Entry {
            table: used.table.clone(),
            source: used.source.clone(),
            period: used.period,
            snapshot: used.id.clone(),
            load: load.id,
        });
    }
    let view = View {
        format: crate::store::records::FORMAT,
        government: run.report.government.clone(),
        number: run.envelope.view,
        entries,
    };
    let scene = Scene::then(folder, view, run.report.as_of).await?;
    let options = RunOptions {
        as_of: Some(run.report.as_of),
        only,
        limits: limits.clone(),
        time_limit: std::time::Duration::from_secs(3_600),
        parameters: archive.parameters,
        progress: Arc::default(),
    };
    let folder = folder.under_calendar(Arc::new(calendar));
    let (_, findings, _) = judge_all(&folder, &scene, &catalogue, &options).await?;
    findings.iter().map(|finding| finding.map(|finding| (finding.key, finding))).collect()
}

fn difference(was: &Finding, is: &Finding) -> String {
    let mut parts = Vec::new();
    let mut say = |what: &str, differs: bool| {
        if differs {
            parts.push(what.to_owned());
        }
    };
    say("the amount", was.amount != is.amount || was.currency != is.currency);
    say("the facts", was.facts != is.facts);
    say("the evidence", was.evidence != is.evidence);
    say("who is responsible", was.responsible != is.responsible);
    say("the day", was.occurred_on != is.occurred_on);
    say("the words", was.explanation != is.explanation);
    say("the severity", was.severity != is.severity);
    format!("recomputed, it comes out otherwise in: {}", parts.join(", "))
}
