//! The verbs: each one transaction and one event.

use haechi_core::time::Day;

use super::{Known, ProposedBy, SWITCH, ScenarioChangeId, ScenarioError, store};
use crate::audit::{self, Entry};
use crate::office::Office;
use crate::policy::{self, Action, Actor, Denied, generally};

/// Characters a reason and an answer may have.
const LONGEST: usize = 2_000;

/// What of a scenario is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Whether it runs.
    Switch(bool),
    /// The value of a parameter; none is the scenario's own again.
    Value {
        /// The parameter.
        parameter: String,
        /// The value; money in the currency's smallest unit.
        value: Option<i64>,
        /// The first day on which it holds, for a parameter with values by date.
        from: Option<Day>,
        /// The currency it is for, where values differ by currency.
        currency: Option<String>,
    },
}

/// A change that is to be proposed.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The scenario.
    pub scenario: &'a str,
    /// What.
    pub what: What,
    /// Why.
    pub reason: &'a str,
}

/// Proposes a change. Nothing changes before a second person approves it.
///
/// # Errors
///
/// Not theirs; a scenario or parameter no run has shown; a value that does not fit; no reason; one of the same thing waits already.
pub async fn propose(office: &Office, actor: &Actor, change: Change<'_>) -> Result<ScenarioChangeId, ScenarioError> {
    let may = generally(actor, Action::ProposeScenario)?;
    let by = actor.id().ok_or(Denied::Forbidden(Action::ProposeScenario))?;
    let reason = written(change.reason).ok_or(ScenarioError::Reason)?;
    let tx = office.db().write(actor.tenant()).await?;
    let known = store::one(&tx, change.scenario).await?.map(Known::from).ok_or(ScenarioError::Unknown)?;
    let (parameter, value, first_day, currency) = match change.what {
        What::Switch(on) => (SWITCH.to_owned(), Some(i64::from(on)), None, String::new()),
        What::Value { parameter, value, from, currency } => {
            let currency = currency.unwrap_or_default();
            fits(&known, &parameter, value, from, &currency, office.today())?;
            (parameter, value, from, currency)
        }
    };
    let row = store::Row {
        tenant: tx.tenant(),
        id: ScenarioChangeId::new(),
        scenario: known.id,
        parameter,
        value,
        first_day,
        currency,
        reason: reason.to_owned(),
        proposed_by: by,
        proposed_at: office.now(),
        decided_by: None,
        decided_at: None,
        approved: None,
        answer: None,
    };
    let (id, after) = (row.id, audit::digest(&row));
    if !store::add(&tx, row).await? {
        return Err(ScenarioError::Waiting);
    }
    let entry = Entry { after: Some(after), ..may.entry("scenario_change", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(id)
}

fn written(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST)
}

/// Whether a value is one the parameter may have.
fn fits(
    known: &Known,
    parameter: &str,
    value: Option<i64>,
    from: Option<Day>,
    currency: &str,
    today: Day,
) -> Result<(), ScenarioError> {
    let words = known.parameters.get(parameter).ok_or(ScenarioError::Parameter)?;
    match (words.dated, from) {
        (true, None) => return Err(ScenarioError::Day),
        // What was looked for up to now was looked for with what held then.
        (true, Some(from)) if from < today => return Err(ScenarioError::Past),
        (false, Some(_)) => return Err(ScenarioError::Undated),
        _ => {}
    }
    let is_money = words.unit == "currency";
    if is_money == currency.is_empty() || (is_money && haechi_core::money::Currency::from_code(currency).is_none()) {
        return Err(ScenarioError::Currency);
    }
    match (value, words.range) {
        (Some(value), Some((least, most))) if !(least..=most).contains(&value) => {
            Err(ScenarioError::Range { least, most })
        }
        _ => Ok(()),
    }
}

/// Approves a change, which then holds from the next run on, or refuses it.
///
/// # Errors
///
/// Not theirs, or their own; decided already; no answer.
pub async fn decide(
    office: &Office,
    actor: &Actor,
    id: ScenarioChangeId,
    approved: bool,
    answer: &str,
) -> Result<(), ScenarioError> {
    let answer = written(answer).ok_or(ScenarioError::Answer)?;
    end(office, actor, id, Action::DecideScenario, approved, answer).await
}

/// Takes a change back that one proposed oneself.
///
/// # Errors
///
/// Not theirs; decided already.
pub async fn withdraw(office: &Office, actor: &Actor, id: ScenarioChangeId) -> Result<(), ScenarioError> {
    end(office, actor, id, Action::WithdrawScenario, false, "").await
}

async fn end(
    office: &Office,
    actor: &Actor,
    id: ScenarioChangeId,
    action: Action,
    approved: bool,
    answer: &str,
) -> Result<(), ScenarioError> {
    let tx = office.db().write(actor.tenant()).await?;
    let row = store::change(&tx, id).await?.ok_or(ScenarioError::Unknown)?;
    let may = policy::authorize(actor, action, ProposedBy(row.proposed_by))?;
    let by = actor.hand().ok_or(Denied::Forbidden(action))?;
    if !store::decide(&tx, id, by, approved, answer, office.now()).await? {
        return Err(ScenarioError::Decided);
    }
    let after = store::change(&tx, id).await?.ok_or(ScenarioError::Unknown)?;
    let entry = Entry {
        before: Some(audit::digest(&row)),
        after: Some(audit::digest(&after)),
        ..may.entry("scenario_change", id)
    };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
