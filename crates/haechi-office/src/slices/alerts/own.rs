//! Alerts that the office raises of itself: about how it is used, not about what an export holds.

use haechi_core::digest::Digest;
use haechi_core::run_report::ColumnWords;
use haechi_core::words::Words;
use indexmap::IndexMap;
use serde_json::Value;

use super::ingest::{self, Gone, Taken};
use super::rules::RuleWords;
use super::store::{self, alert};
use crate::db::Transaction;
use crate::ids::{AlertId, RunId};
use crate::office::Office;

/// The kind of such alerts.
const KIND: &str = "office";

/// Something the office asks of how it is used.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    /// The rule: `office.exclusions-many`.
    pub(crate) rule: &'static str,
    /// What the rule is called.
    pub(crate) title: Words,
    /// Why it asks.
    pub(crate) why: Words,
    /// The question.
    pub(crate) question: Words,
    /// What the person asked should do.
    pub(crate) remedy: Words,
    /// What it is about: the same as long as it is the same alert.
    pub(crate) subject: IndexMap<&'static str, (Words, String)>,
    /// What it rests on, each with what it is called and counted in.
    pub(crate) facts: IndexMap<&'static str, (Words, Option<&'static str>, Value)>,
    /// The number of the official it names.
    pub(crate) employee_no: Option<String>,
    /// Whether the audit office itself is asked about, so that others have to confirm it.
    pub(crate) is_for_outside: bool,
}

/// Version of the office's own rules.
const VERSION: i32 = 1;

impl Own {
    fn digest(&self) -> String {
        Digest::of(format!("haechi {} {VERSION}", self.rule)).to_string()
    }

    fn words(&self) -> (String, String, Result<String, serde_json::Error>) {
        let title =
            |title: &Words, unit: Option<&str>| ColumnWords { title: title.clone(), unit: unit.map(str::to_owned) };
        let subject = self.subject.iter().map(|(name, (words, _))| ((*name).to_owned(), title(words, None)));
        let facts = self.facts.iter().map(|(name, (words, unit, _))| ((*name).to_owned(), title(words, *unit)));
        let words = RuleWords { why: Some(self.why.clone()), columns: subject.chain(facts).collect() };
        (self.rule.to_owned(), self.digest(), serde_json::to_string(&words))
    }

    fn row(
        &self,
        office: &Office,
        tx: &Transaction,
        government: &str,
        round: RunId,
    ) -> Result<alert::Model, serde_json::Error> {
        let now = office.now();
        let subject: IndexMap<&str, &String> = self.subject.iter().map(|(name, (_, value))| (*name, value)).collect();
        let facts: IndexMap<&str, &Value> = self.facts.iter().map(|(name, (.., value))| (*name, value)).collect();
        let subject = serde_json::to_string(&subject)?;
        let key = Digest::of_parts([
            b"haechi asks of itself 1",
            government.as_bytes(),
            self.rule.as_bytes(),
            subject.as_bytes(),
        ]);
        Ok(alert::Model {
            tenant: tx.tenant(),
            id: AlertId::new(),
            finding_key: key.to_string(),
            kind: KIND.to_owned(),
            scenario: self.rule.to_owned(),
            scenario_version: VERSION,
            scenario_digest: self.digest(),
            title_ko: self.title.ko.clone(),
            title_en: self.title.en.clone(),
            severity: "medium".to_owned(),
            notify: if self.is_for_outside { "outside_first" } else { "audit_first" }.to_owned(),
            occurred_on: Some(office.today()),
            amount: None,
            currency: None,
            unit_code: None,
            employee_no: self.employee_no.clone(),
            explanation_ko: self.question.ko.clone(),
            explanation_en: self.question.en.clone(),
            remedy_ko: self.remedy.ko.clone(),
            remedy_en: self.remedy.en.clone(),
            basis: String::new(),
            personal: String::new(),
            deadline_days: None,
            subject,
            facts: serde_json::to_string(&facts)?,
            evidence: "[]".to_owned(),
            evidence_before: None,
            first_run: round,
            last_run: round,
            first_seen_at: now,
            last_seen_at: now,
            times_seen: 1,
            changed_at: None,
            gone_at: None,
            gone_why: None,
            destroyed_on: None,
        })
    }
}

/// Raises what the office asks of itself today under `rules`, and notes which of its alerts it no longer asks.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn ask_of_ourselves(
    office: &Office,
    tx: &Transaction,
    government: &str,
    rules: &[&str],
    asked: &[Own],
) -> Result<(Taken, Vec<Gone>), sea_orm::DbErr> {
    let json = |error: serde_json::Error| sea_orm::DbErr::Json(error.to_string());
    // No export was read: the round has an id of its own, by which what it did not bring is told.
    let round = RunId::new();
    let (mut words, mut rows) = (Vec::new(), Vec::new());
    for own in asked {
        let (rule, digest, text) = own.words();
        words.push((rule, digest, text.map_err(json)?));
        rows.push(own.row(office, tx, government, round).map_err(json)?);
    }
    words.sort();
    words.dedup_by(|a, b| a.0 == b.0);
    store::keep_rules(tx, words).await?;
    let taken = ingest::keep(office, tx, rows).await?;
    let rules: Vec<String> = rules.iter().map(|rule| (*rule).to_owned()).collect();
    let gone: Vec<Gone> = store::not_in_run(tx, &rules, KIND, round)
        .await?
        .into_iter()
        .map(|(alert, ..)| Gone { alert, why: "use" })
        .collect();
    let ids: Vec<AlertId> = gone.iter().map(|one| one.alert).collect();
    store::gone(tx, &ids, "use", office.now()).await?;
    Ok((taken, gone))
}
