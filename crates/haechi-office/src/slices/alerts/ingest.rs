//! Findings become alerts, by their key.

use std::collections::HashMap;

use haechi_core::digest::Digest;
use haechi_core::finding::Finding;
use haechi_core::ids::Government;
use haechi_core::run_report::{Notify, Outcome, RunReport, ScenarioRun};
use haechi_core::words::Words;

use super::destroy;
use super::found;
use super::store::{self, alert};
use crate::db::Transaction;
use crate::ids::{AlertId, RunId};
use crate::office::Office;

/// An alert that was not there before, or is there again: it wants a case.
pub(crate) type New = alert::Model;

/// What became of findings.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Alerts that want a case.
    pub(crate) new: Vec<New>,
    /// Alerts that were there; whether what speaks for them changed, and whether they were gone.
    pub(crate) seen: Vec<Seen>,
    /// How many an exclusion keeps from becoming a case.
    pub(crate) hidden: u64,
}

/// An alert that a run brought again.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Which.
    pub(crate) alert: AlertId,
    /// Other rows speak for it than before.
    pub(crate) changed: bool,
    /// It was gone and is back.
    pub(crate) back: bool,
    /// An exclusion keeps it from being asked.
    pub(crate) excluded: bool,
    /// The digest of what is found now.
    pub(crate) found: String,
}

/// An alert whose finding is gone.
#[derive(Clone, Debug)]
pub(crate) struct Gone {
    /// Which.
    pub(crate) alert: AlertId,
    /// Why: `source` corrected, `rule` changed.
    pub(crate) why: &'static str,
}

/// The digest of what an alert was raised for, which the row of its case keeps.
///
/// # Errors
///
/// When what was kept of it is no JSON.
pub(crate) fn found_digest(alert: &alert::Model) -> Result<String, sea_orm::DbErr> {
    found::digest(alert)
}

fn json(value: &impl serde::Serialize) -> Result<String, sea_orm::DbErr> {
    serde_json::to_string(value).map_err(|error| sea_orm::DbErr::Json(error.to_string()))
}

/// Takes findings in. Those that are there get what is new of them; none becomes two.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn take_in(
    office: &Office,
    tx: &Transaction,
    run: RunId,
    scenarios: &HashMap<&str, &ScenarioRun>,
    findings: &[Finding],
) -> Result<Taken, sea_orm::DbErr> {
    let mut rows = Vec::with_capacity(findings.len());
    for finding in findings {
        let scenario = scenarios.get(finding.scenario.id.as_str()).copied();
        rows.push(row(office, tx, run, finding, scenario)?);
    }
    keep(office, tx, rows).await
}

pub(super) async fn keep(office: &Office, tx: &Transaction, rows: Vec<alert::Model>) -> Result<Taken, sea_orm::DbErr> {
    let keys: Vec<String> = rows.iter().map(|row| row.finding_key.clone()).collect();
    let run = rows.first().map(|row| row.last_run);
    let mut known = store::with_keys(tx, &keys).await?;
    let excluded = store::excluded(tx, &keys, office.today()).await?;
    let mut taken = Taken::default();
    let mut write = Vec::with_capacity(rows.len());
    let mut hid = Vec::new();
    let (mut destroyed, mut anew) = (Vec::new(), Vec::new());
    for mut row in rows {
        let before = known.remove(&row.finding_key);
        if let Some(before) = before.as_ref().filter(|before| before.destroyed_on.is_some()) {
            if before.gone_at.is_none() {
                // It was answered, and what was said of it is destroyed: that the source still has it asks nothing again.
                destroyed.push(before.id);
                continue;
            }
            anew.push(before.clone());
        }
        if let Some(before) = before.filter(|before| before.destroyed_on.is_none()) {
            let changed = before.evidence != row.evidence || before.facts != row.facts;
            let exclusion = excluded.get(&row.finding_key);
            hid.extend(exclusion);
            taken.hidden += u64::from(exclusion.is_some());
            let (back, excluded) = (before.gone_at.is_some(), exclusion.is_some());
            taken.seen.push(Seen { alert: before.id, changed, back, excluded, found: found::digest(&row)? });
            row.id = before.id;
            row.first_run = before.first_run;
            row.first_seen_at = before.first_seen_at;
            row.times_seen = before.times_seen + 1;
            row.changed_at = if changed { Some(row.last_seen_at) } else { before.changed_at };
            row.evidence_before = if changed { Some(before.evidence) } else { before.evidence_before };
            // Whom to tell first was decided when it came; a rule that changes its mind later cannot untell.
            row.notify = before.notify;
        } else if let Some(exclusion) = excluded.get(&row.finding_key) {
            taken.hidden += 1;
            hid.push(*exclusion);
        } else {
            taken.new.push(row.clone());
        }
        write.push(row);
    }
    if let Some(run) = run {
        destroy::still_there(tx, &destroyed, run, office.now()).await?;
    }
    destroy::give_key_up(tx, &anew).await?;
    store::upsert(tx, write).await?;
    store::hid(tx, &hid, office.now()).await?;
    Ok(taken)
}

fn row(
    office: &Office,
    tx: &Transaction,
    run: RunId,
    finding: &Finding,
    scenario: Option<&ScenarioRun>,
) -> Result<alert::Model, sea_orm::DbErr> {
    let now = office.now();
    let follow_up = scenario.and_then(|scenario| scenario.follow_up.as_ref());
    let title = scenario.map_or_else(
        || Words::new(finding.scenario.id.as_str(), finding.scenario.id.as_str()),
        |run| run.title.clone(),
    );
    let notify = match scenario.map(|scenario| scenario.notify) {
        // Of a scenario nothing is known of the handler may be the suspect.
        Some(Notify::Handler) => "handler",
        Some(Notify::AuditFirst) | None => "audit_first",
    };
    Ok(alert::Model {
        tenant: tx.tenant(),
        id: AlertId::new(),
        finding_key: finding.key.to_string(),
        kind: "finding".to_owned(),
        scenario: finding.scenario.id.to_string(),
        scenario_version: i32::try_from(finding.scenario.version).unwrap_or(i32::MAX),
        scenario_digest: finding.scenario.digest.to_string(),
        title_ko: title.ko,
        title_en: title.en,
        severity: finding.severity.as_str().to_owned(),
        notify: notify.to_owned(),
        occurred_on: finding.occurred_on,
        amount: finding.amount,
        currency: finding.currency.map(|currency| currency.code().to_owned()),
        unit_code: finding.responsible.unit_code.clone(),
        employee_no: finding.responsible.employee_no.clone(),
        explanation_ko: finding.explanation.ko.clone(),
        explanation_en: finding.explanation.en.clone(),
        remedy_ko: follow_up.map(|follow_up| follow_up.remedy.ko.clone()).unwrap_or_default(),
        remedy_en: follow_up.map(|follow_up| follow_up.remedy.en.clone()).unwrap_or_default(),
        basis: follow_up.map(|follow_up| follow_up.basis.join("; ")).unwrap_or_default(),
        // Of a scenario nothing is known of every value may be somebody's.
        personal: follow_up.map_or_else(|| "*".to_owned(), |follow_up| follow_up.personal.join(" ")),
        deadline_days: follow_up.and_then(|follow_up| i32::try_from(follow_up.deadline_working_days).ok()),
        subject: json(&finding.subject)?,
        facts: json(&finding.facts)?,
        evidence: json(&finding.evidence)?,
        evidence_before: None,
        first_run: run,
        last_run: run,
        first_seen_at: now,
        last_seen_at: now,
        times_seen: 1,
        changed_at: None,
        gone_at: None,
        gone_why: None,
        destroyed_on: None,
    })
}

/// Alerts about the data: scenarios that could not be judged, or failed. Each is one alert until it can be judged.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn data_alert(
    office: &Office,
    tx: &Transaction,
    run: RunId,
    report: &RunReport,
) -> Result<Taken, sea_orm::DbErr> {
    let now = office.now();
    let mut rows = Vec::new();
    for scenario in &report.scenarios {
        let (explanation, facts) = match &scenario.outcome {
            Outcome::CannotBeJudged { reasons } => {
                let join = |of: fn(&Words) -> &String| {
                    reasons.iter().map(|one| of(&one.words).as_str()).collect::<Vec<_>>().join(" ")
                };
                (Words::new(join(|words| &words.ko), join(|words| &words.en)), json(reasons)?)
            }
            Outcome::Failed { code, .. } => (
                Words::new(
                    format!("시나리오를 실행하지 못했습니다 ({code})."),
                    format!("The scenario could not be run ({code})."),
                ),
                json(code)?,
            ),
            Outcome::Findings { .. } | Outcome::Clean { .. } => continue,
        };
        rows.push(alert::Model {
            tenant: tx.tenant(),
            id: AlertId::new(),
            finding_key: data_key(&report.government, scenario.scenario.id.as_str()),
            kind: "data".to_owned(),
            scenario: scenario.scenario.id.to_string(),
            scenario_version: i32::try_from(scenario.scenario.version).unwrap_or(i32::MAX),
            scenario_digest: scenario.scenario.digest.to_string(),
            title_ko: format!("판단할 수 없음: {}", scenario.title.ko),
            title_en: format!("Cannot be judged: {}", scenario.title.en),
            severity: "medium".to_owned(),
            notify: "data".to_owned(),
            occurred_on: Some(report.as_of),
            amount: None,
            currency: None,
            unit_code: None,
            employee_no: None,
            explanation_ko: explanation.ko,
            explanation_en: explanation.en,
            remedy_ko: "자료를 내보내는 부서에 빠진 자료를 요청하고 다시 점검하십시오.".to_owned(),
            remedy_en: "Ask the unit that exports the data for what is missing, then run again.".to_owned(),
            basis: String::new(),
            personal: String::new(),
            deadline_days: None,
            subject: "{}".to_owned(),
            facts,
            evidence: "[]".to_owned(),
            evidence_before: None,
            first_run: run,
            last_run: run,
            first_seen_at: now,
            last_seen_at: now,
            times_seen: 1,
            changed_at: None,
            gone_at: None,
            gone_why: None,
            destroyed_on: None,
        });
    }
    keep(office, tx, rows).await
}

/// The key of an alert about the data of a scenario.
fn data_key(government: &Government, scenario: &str) -> String {
    Digest::of_parts([b"haechi cannot be judged 1".as_slice(), government.as_str().as_bytes(), scenario.as_bytes()])
        .to_string()
}

/// Notes which alerts the run did not bring again, of the scenarios that were judged: silence of the others says nothing.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn gone(
    office: &Office,
    tx: &Transaction,
    run: RunId,
    report: &RunReport,
) -> Result<Vec<Gone>, sea_orm::DbErr> {
    let judged: HashMap<String, String> = report
        .scenarios
        .iter()
        .filter(|run| matches!(run.outcome, Outcome::Findings { .. } | Outcome::Clean { .. }))
        .map(|run| (run.scenario.id.to_string(), run.scenario.digest.to_string()))
        .collect();
    let names: Vec<String> = judged.keys().cloned().collect();
    let mut gone = Vec::new();
    for kind in ["finding", "data"] {
        for (alert, scenario, _, digest) in store::not_in_run(tx, &names, kind, run).await? {
            let why = match kind {
                "data" => "judged",
                _ if judged.get(&scenario).is_some_and(|now| *now != digest) => "rule",
                _ => "source",
            };
            gone.push(Gone { alert, why });
        }
    }
    for why in ["source", "rule", "judged"] {
        let ids: Vec<AlertId> = gone.iter().filter(|one| one.why == why).map(|one| one.alert).collect();
        store::gone(tx, &ids, why, office.now()).await?;
    }
    Ok(gone)
}
