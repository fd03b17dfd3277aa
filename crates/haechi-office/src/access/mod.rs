//! Who saw whose personal data, when and why.
//!
//! The standard of safety for personal data (개인정보의 안전성 확보조치 기준) wants of every access who, when, whose and what was done, kept for
//! two years or more, looked through every month, and the reason of a download asked for. So: who opens a case that names somebody else
//! leaves a row; names and numbers are masked until a reason is given, and then for an hour; a download always wants a reason; and a
//! month is signed by who looked through it.
//!
//! Rows are only added, and go by a destruction that two people decided alone. Each has an event in the log with its digest, so that a row
//! that is changed or taken away is noticed.

pub(crate) mod api;
pub(crate) mod destroy;
mod error;
mod mask;
pub(crate) mod migrations;
mod pages;
mod review;
mod store;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;

pub(crate) use self::error::AccessError;
use self::mask::{masked, masked_sentence};

pub(crate) use self::mask::masked_number;

use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::{AccessId, CaseId};
use crate::office::Office;
use crate::policy::{self, Action, Actor, Standing, Subject as _};
use crate::slices::{alerts, cases};

/// The addresses of accesses.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// How long a view counts as one, and how long what was revealed stays so.
const HOUR: TimeDelta = TimeDelta::hours(1);
/// The shortest reason. A single letter is none.
const REASON: usize = 4;

/// What somebody did with another's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Look {
    /// Opened a page about them.
    View,
    /// Had names and numbers shown.
    Reveal,
    /// Took a file away.
    Download,
}

impl Look {
    /// The word in the database and the messages (`access-view`).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Reveal => "reveal",
            Self::Download => "download",
        }
    }

    /// The look whose word `text` is.
    fn parse(text: &str) -> Option<Self> {
        [Self::View, Self::Reveal, Self::Download].into_iter().find(|look| look.as_str() == text)
    }

    /// The word in the log.
    const fn event(self) -> &'static str {
        match self {
            Self::View => "access.view",
            Self::Reveal => "case.reveal",
            Self::Download => "access.download",
        }
    }
}

/// The reason, if it is one.
///
/// # Errors
///
/// When it is missing or says nothing.
pub(crate) fn reason(text: &str) -> Result<&str, AccessError> {
    let text = text.trim();
    if text.chars().count() < REASON { Err(AccessError::Reason) } else { Ok(text) }
}

/// Notes in `tx` that `actor` saw data of `whose` with the case; programs are noted by the log alone. What is revealed or taken away
/// wants a reason.
///
/// # Errors
///
/// A reason that is missing; when the database does not answer.
pub(crate) async fn note(
    office: &Office,
    tx: &Transaction,
    actor: &Actor,
    (case, whose): (CaseId, &str),
    look: Look,
    why: &str,
) -> Result<(), AccessError> {
    let why = if look == Look::View { why.trim() } else { reason(why)? };
    // Whose eyes they were, whoever it was done for.
    let Some(person) = actor.hand() else { return Ok(()) };
    let row = store::Row {
        tenant: tx.tenant(),
        id: AccessId::new(),
        person,
        whose: whose.to_owned(),
        case_id: case,
        action: look.as_str().to_owned(),
        reason: why.to_owned(),
        at: office.now(),
    };
    let entry = actor.entry(Action::ReadCase, "access", row.id);
    let entry = Entry { action: look.event().to_owned(), after: Some(audit::digest(&row)), ..entry };
    store::add(tx, row).await?;
    audit::append(tx, office.clock(), &entry).await?;
    Ok(())
}

/// Notes that `actor` opened the case, if it names somebody else: once an hour. The page of a case calls it before it is shown, and goes on
/// with the transaction it gets back: nobody waits for another while they hold one, or a few such pages would wait for each other.
///
/// # Errors
///
/// When the database does not answer. Then the page must not be shown.
pub(crate) async fn seen(
    office: &Office,
    tx: Transaction,
    actor: &Actor,
    case: &cases::Case,
) -> Result<Transaction, AccessError> {
    // Whose eyes they were, whoever it was done for.
    let Some(person) = actor.hand() else { return Ok(tx) };
    let Some(whose) = named(&tx, actor, case).await? else { return Ok(tx) };
    let since = office.now() - HOUR;
    if store::is_noted(&tx, person, case.id(), Look::View, since).await? {
        return Ok(tx);
    }
    drop(tx);
    let tx = office.db().write(actor.tenant()).await?;
    note(office, &tx, actor, (case.id(), &whose), Look::View, "").await?;
    tx.commit().await?;
    Ok(office.db().read(actor.tenant()).await?)
}

/// Whom the case names beside `actor`: the number of the personnel system.
async fn named(tx: &Transaction, actor: &Actor, case: &cases::Case) -> Result<Option<String>, sea_orm::DbErr> {
    let row = &case.row;
    if row.named.is_some() && actor.hand() == row.named {
        return Ok(None);
    }
    if let Some(person) = row.named.and_then(|person| actor.directory().person(person)) {
        return Ok(Some(person.employee_no.clone()));
    }
    let alert = alerts::one(tx, row.alert).await?;
    Ok(alert.and_then(|alert| alert.employee_no).filter(|number| !number.is_empty()))
}

/// Whose data a case holds, for a row of what was revealed or taken away: the number of the person it names, else its subject, masked.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn whose(tx: &Transaction, actor: &Actor, case: &cases::Case) -> Result<String, AccessError> {
    if let Some(person) = case.row.named.and_then(|person| actor.directory().person(person)) {
        return Ok(person.employee_no.clone());
    }
    let Some(alert) = alerts::one(tx, case.row.alert).await? else { return Ok(String::new()) };
    let subject = crate::slices::values_text(&masked(&alert.subject, "*"));
    Ok(alert.employee_no.filter(|number| !number.is_empty()).unwrap_or(subject))
}

/// How somebody sees the personal data of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    is_open: bool,
    may_reveal: bool,
}

impl Sight {
    /// Whether they may have them shown, with a reason: then the page has the form (`POST /cases/{id}/reveal`, field `reason`).
    pub(crate) const fn may_reveal(self) -> bool {
        self.may_reveal && !self.is_open
    }

    /// Whether they see them as they are.
    pub(crate) const fn is_open(self) -> bool {
        self.is_open
    }

    /// A finding's subject or facts (a JSON object) as they see them.
    pub(crate) fn values(self, values: &str, personal: &str) -> indexmap::IndexMap<String, serde_json::Value> {
        masked(values, if self.is_open { "" } else { personal })
    }

    /// A finding's question as they see it.
    pub(crate) fn question(self, alert: &alerts::Alert, question: &str) -> String {
        let personal = if self.is_open { "" } else { &alert.personal };
        masked_sentence(question, &[&alert.subject, &alert.facts], personal)
    }
}

/// How `actor` sees the case: open to whom it names, and to whom gave a reason within the hour.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn sight(
    office: &Office,
    tx: &Transaction,
    actor: &Actor,
    case: &cases::Case,
) -> Result<Sight, AccessError> {
    let standing = case.standing(actor);
    let may_reveal = !case.is_destroyed() && actor.may(Action::RevealPersonal, standing);
    let is_open = match actor.hand() {
        hand if hand.is_some() && hand == case.row.named && standing != Standing::Barred => true,
        Some(person) if may_reveal => store::is_noted(tx, person, case.id(), Look::Reveal, office.now() - HOUR).await?,
        _ => false,
    };
    Ok(Sight { is_open, may_reveal })
}

/// Has the case's names and numbers shown to `actor` for an hour.
///
/// # Errors
///
/// Not theirs; no reason.
pub(crate) async fn reveal(office: &Office, actor: &Actor, id: CaseId, why: &str) -> Result<(), AccessError> {
    let tx = office.db().write(actor.tenant()).await?;
    let case = cases::load(&tx, actor, id).await?;
    let may = policy::authorize(actor, Action::RevealPersonal, case)?;
    may.still_there()?;
    let whose = whose(&tx, actor, &may).await?;
    note(office, &tx, actor, (id, &whose), Look::Reveal, why).await?;
    tx.commit().await?;
    Ok(())
}
