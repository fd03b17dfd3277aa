//! Legal holds (법적 보존): what may not be destroyed, whatever was decided. One person sets one; two lift it.

use std::fmt;

use haechi_core::ids::ScenarioId;

use super::error::RetentionError;
use super::store::{self, Hold};
use super::{HoldId, actions};
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId};
use crate::office::Office;
use crate::policy::{self, Action, Actor, Denied, generally};
use crate::slices::{cases, people};

/// What a hold is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum HoldKind {
    /// A case.
    Case,
    /// A person: their own row, and all cases that name them or that they handled.
    Person,
    /// A rule: all of its cases.
    Rule,
}

impl HoldKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 3] = [Self::Case, Self::Person, Self::Rule];

    /// The word in the database, the API and the words (`hold-case`).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Person => "person",
            Self::Rule => "rule",
        }
    }

    /// The kind whose word `text` is.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Display for HoldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is held now, as those ask who look for what may go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    /// Cases.
    pub(crate) cases: Vec<CaseId>,
    /// Persons.
    pub(crate) persons: Vec<PersonId>,
    /// Their employee numbers, as findings and the access log name them.
    pub(crate) numbers: Vec<String>,
    /// Rules.
    pub(crate) rules: Vec<String>,
}

impl Held {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn read(tx: &Transaction) -> Result<Self, sea_orm::DbErr> {
        let mut held = Self::default();
        for row in store::holds(tx).await?.into_iter().filter(|row| row.lifted_at.is_none()) {
            match HoldKind::parse(&row.kind) {
                Some(HoldKind::Case) => held.cases.extend(row.record.parse::<CaseId>().ok()),
                Some(HoldKind::Rule) => held.rules.push(row.record),
                Some(HoldKind::Person) => {
                    let Ok(person) = row.record.parse::<PersonId>() else { continue };
                    held.persons.push(person);
                    let known = people::store::person_row(tx, person).await?;
                    held.numbers.extend(known.map(|known| known.employee_no).filter(|number| !number.is_empty()));
                }
                None => {}
            }
        }
        Ok(held)
    }
}

/// A hold that is to be set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewHold<'a> {
    /// On what.
    pub(crate) kind: HoldKind,
    /// Which: a case's id, a person's id or employee number, a rule's name.
    pub(crate) record: &'a str,
    /// Why.
    pub(crate) reason: &'a str,
    /// On what law or order.
    pub(crate) basis: &'a str,
}

/// Sets a hold. It holds at once, also against a destruction that was decided.
///
/// # Errors
///
/// Not theirs; no reason or basis; a case they do not see or that is destroyed, nobody of that number, no name of a rule.
pub(crate) async fn set_hold(office: &Office, actor: &Actor, new: NewHold<'_>) -> Result<HoldId, RetentionError> {
    let may = generally(actor, Action::SetHold)?;
    let by = actor.id().ok_or(Denied::Forbidden(Action::SetHold))?;
    let reason = actions::written(new.reason).ok_or(RetentionError::Reason)?.to_owned();
    let basis = actions::written(new.basis).ok_or(RetentionError::Basis)?.to_owned();
    let tx = office.db().write(actor.tenant()).await?;
    // Either what is being destroyed now is gone before this, or it stays.
    tx.alone().await?;
    let record = found(&tx, actor, new.kind, new.record.trim()).await?;
    let row = Hold {
        tenant: tx.tenant(),
        id: HoldId::new(),
        kind: new.kind.as_str().to_owned(),
        record,
        reason,
        basis,
        set_by: by,
        set_at: office.now(),
        lifted_at: None,
    };
    let (id, after) = (row.id, audit::digest(&row));
    store::add_hold(&tx, row).await?;
    let entry = Entry { after: Some(after), ..may.entry("hold", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// The record as its row names it.
async fn found(tx: &Transaction, actor: &Actor, kind: HoldKind, record: &str) -> Result<String, RetentionError> {
    match kind {
        HoldKind::Case => {
            let id: CaseId = record.parse().map_err(|_| RetentionError::Record)?;
            let case = cases::load(tx, actor, id).await?;
            policy::authorize(actor, Action::ReadCase, case)?.still_there()?;
            Ok(id.to_string())
        }
        HoldKind::Person => {
            let by_number = actor.directory().with_employee_no(record).map(|person| person.id);
            let id = by_number.or_else(|| record.parse().ok()).ok_or(RetentionError::Record)?;
            people::store::person_row(tx, id).await?.ok_or(RetentionError::Unknown)?;
            Ok(id.to_string())
        }
        // A rule that has found nothing yet may be held beforehand.
        HoldKind::Rule => Ok(ScenarioId::parse(record).map_err(|_| RetentionError::Record)?.to_string()),
    }
}

/// Whether somebody may know what a hold is on and why: of a case that they see, and not of one on themselves.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn is_seen(tx: &Transaction, actor: &Actor, row: &Hold) -> Result<bool, RetentionError> {
    Ok(match HoldKind::parse(&row.kind) {
        Some(HoldKind::Case) => {
            let Ok(id) = row.record.parse() else { return Ok(false) };
            let case = cases::load(tx, actor, id).await?;
            policy::authorize(actor, Action::ReadCase, case).is_ok()
        }
        Some(HoldKind::Person) => !actor.is(row.record.parse().ok()),
        Some(HoldKind::Rule) => true,
        None => false,
    })
}

/// The holds that keep a case, the newest first.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn on_case(tx: &Transaction, case: &cases::Case) -> Result<Vec<Hold>, sea_orm::DbErr> {
    let holds: Vec<Hold> = store::holds(tx).await?.into_iter().filter(|row| row.lifted_at.is_none()).collect();
    if holds.is_empty() {
        return Ok(holds);
    }
    let (id, rule) = (case.id().to_string(), case.row.scenario.as_str());
    let persons: Vec<String> = cases::destroy::persons(tx, case.id()).await?.iter().map(ToString::to_string).collect();
    let keeps = |row: &Hold| match HoldKind::parse(&row.kind) {
        Some(HoldKind::Case) => row.record == id,
        Some(HoldKind::Rule) => row.record == rule,
        Some(HoldKind::Person) => persons.contains(&row.record),
        None => false,
    };
    Ok(holds.into_iter().filter(keeps).collect())
}
