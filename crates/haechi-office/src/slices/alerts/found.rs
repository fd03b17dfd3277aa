//! What was found, as the log holds it: the digest of these words stands in the row of the case.

use haechi_core::digest::Digest;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Alert;

/// What a finding says. Not which run said so last: that changes with every run and is proved by the runs' own events.
#[derive(Serialize)]
struct Found<'a> {
    finding_key: &'a str,
    kind: &'a str,
    scenario: Rule<'a>,
    severity: &'a str,
    occurred_on: Option<haechi_core::time::Day>,
    amount: Option<i64>,
    currency: Option<&'a str>,
    unit_code: Option<&'a str>,
    employee_no: Option<&'a str>,
    explanation: Both<'a>,
    subject: &'a RawValue,
    facts: &'a RawValue,
    evidence: &'a RawValue,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    version: i32,
    digest: &'a str,
    title: Both<'a>,
}

#[derive(Serialize)]
struct Both<'a> {
    ko: &'a str,
    en: &'a str,
}

/// What an alert was raised for, as JSON whose bytes are always the same.
///
/// # Errors
///
/// When what was kept of it is no JSON.
pub(crate) fn found(alert: &Alert) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Found {
        finding_key: &alert.finding_key,
        kind: &alert.kind,
        scenario: Rule {
            id: &alert.scenario,
            version: alert.scenario_version,
            digest: &alert.scenario_digest,
            title: Both { ko: &alert.title_ko, en: &alert.title_en },
        },
        severity: &alert.severity,
        occurred_on: alert.occurred_on,
        amount: alert.amount,
        currency: alert.currency.as_deref(),
        unit_code: alert.unit_code.as_deref(),
        employee_no: alert.employee_no.as_deref(),
        explanation: Both { ko: &alert.explanation_ko, en: &alert.explanation_en },
        subject: serde_json::from_str(&alert.subject)?,
        facts: serde_json::from_str(&alert.facts)?,
        evidence: serde_json::from_str(&alert.evidence)?,
    })
}

/// The digest of [`found`].
pub(super) fn digest(alert: &Alert) -> Result<String, sea_orm::DbErr> {
    let words = found(alert).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    Ok(Digest::of(&words).to_string())
}
