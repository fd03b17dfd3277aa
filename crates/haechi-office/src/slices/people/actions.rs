//! The verbs of people: each one transaction and one event.

use haechi_core::records::Records;
use haechi_core::time::Day;
use haechi_core::words::Words;
use sea_orm::ActiveValue::Set;

use super::import::{self, Changes, RecordsFault};
use super::store::{self, GovernmentRow, recusal, role_grant, role_request};
use crate::audit::{self, Entry, Record, Via};
use crate::ids::{GrantId, PersonId, RecusalId, RoleRequestId, TenantId};
use crate::office::Office;
use crate::policy::{Action, Authorized, Denied, General, Role, Standing};
use crate::problem::Problem;
use crate::sign_in;

/// Why people could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The records do not hold together.
    #[error(transparent)]
    Records(#[from] RecordsFault),
    /// There is no such person.
    #[error("no such person")]
    NoPerson,
    /// There is no such grant or request, or it has ended.
    #[error("no such grant or request")]
    Gone,
    /// A role that is not given by a grant.
    #[error("`{0}` is not a role that is granted")]
    NoRole(String),
    /// A role that a token does not hand on.
    #[error("a token does not give {}", .0.as_str())]
    Wider(Role),
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
    /// A government of this code is there.
    #[error("government {0} is there already")]
    There(String),
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database said no.
    #[error("people could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Records(fault) => {
                let mut problem = Self::invalid(
                    "people.records",
                    (
                        "인사 자료가 서로 맞지 않아 아무것도 바꾸지 않았습니다.",
                        "The records do not hold together; nothing was changed.",
                    ),
                );
                problem.advice = Words::new(fault.to_string(), fault.to_string());
                problem
            }
            PeopleError::NoPerson | PeopleError::Gone => Self::hidden(),
            PeopleError::NoRole(_) => {
                Self::invalid("people.role", ("그런 권한은 줄 수 없습니다.", "That is not a role that is granted."))
                    .at("role")
            }
            PeopleError::NoReason => {
                Self::invalid("people.reason", ("사유를 적어 주십시오.", "Give a reason.")).at("reason")
            }
            PeopleError::Wider(_) => sign_in::wider(),
            PeopleError::There(_) => Self::new(
                409,
                "people.government",
                ("이미 있는 기관입니다.", "That government is there already."),
                ("기관 코드를 확인해 주십시오.", "Check its code."),
            ),
            PeopleError::Denied(denied) => denied.into(),
            PeopleError::Database(error) => error.into(),
            PeopleError::Log(error) => error.into(),
        }
    }
}

/// Makes a government on this installation.
///
/// # Errors
///
/// When one of its code is there.
pub async fn found(office: &Office, code: &str, name: &Words, via: Via) -> Result<TenantId, PeopleError> {
    let tenant = TenantId::new();
    let tx = office.db().write(tenant).await?;
    if store::governments(&tx).await?.iter().any(|row| row.code == code) {
        return Err(PeopleError::There(code.to_owned()));
    }
    let row = GovernmentRow { tenant, code: code.to_owned(), name: name.clone() };
    store::add_government(&tx, &row, office.now()).await?;
    let entry = Entry {
        action: "government.found".to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via,
        record: Record { kind: "government".to_owned(), id: tenant.to_string() },
        before: None,
        after: Some(audit::digest(&(code, &name.ko, &name.en))),
    };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(tenant)
}

/// What the records would change; nothing is written.
///
/// # Errors
///
/// Records that do not hold together.
pub async fn preview(
    office: &Office,
    may: &Authorized<'_, General>,
    records: &Records,
) -> Result<Changes, PeopleError> {
    preview_by_installation(office, may.by().tenant(), records).await
}

/// The same from the command line.
///
/// # Errors
///
/// Records that do not hold together.
pub async fn preview_by_installation(
    office: &Office,
    tenant: TenantId,
    records: &Records,
) -> Result<Changes, PeopleError> {
    let tx = office.db().read(tenant).await?;
    let (government, _) = store::own_government(&tx).await?.ok_or(PeopleError::Gone)?;
    Ok(import::plan(&tx, records, &government.code).await??.changes)
}

/// Takes the records in: all of it, or nothing.
///
/// # Errors
///
/// Records that do not hold together; then everything is as it was.
pub async fn take_in(
    office: &Office,
    tenant: TenantId,
    entry: Entry,
    records: &Records,
) -> Result<Changes, PeopleError> {
    let tx = office.db().write(tenant).await?;
    // Whose name is destroyed meanwhile does not get it back from a plan that was made before.
    tx.alone().await?;
    let (government, _) = store::own_government(&tx).await?.ok_or(PeopleError::Gone)?;
    let plan = import::plan(&tx, records, &government.code).await??;
    let changes = import::carry_out(&tx, plan).await?;
    audit::append(&tx, office.clock(), &Entry { after: Some(audit::digest(records)), ..entry }).await?;
    tx.commit().await?;
    Ok(changes)
}

/// Gives a role to somebody, from `from` on.
///
/// # Errors
///
/// To oneself (refused by the policy); a role that comes with a place; with a token that of an administrator; no reason.
pub async fn grant(
    office: &Office,
    may: &Authorized<'_, Grantee>,
    role: &str,
    days: (Day, Option<Day>),
    reason: &str,
) -> Result<GrantId, PeopleError> {
    let role = Role::parse(role)
        .filter(|role| Role::GRANTED.contains(role))
        .ok_or_else(|| PeopleError::NoRole(role.to_owned()))?;
    if reason.trim().is_empty() {
        return Err(PeopleError::NoReason);
    }
    if !may.by().hands_on(role) {
        return Err(PeopleError::Wider(role));
    }
    let tx = office.db().write(may.by().tenant()).await?;
    if store::person_row(&tx, may.0).await?.is_none() {
        return Err(PeopleError::NoPerson);
    }
    let by = may.by().id().map(|by| by.to_string()).unwrap_or_default();
    let id = give(&tx, may.0, role, days, reason, &by, office).await?;
    let after = audit::digest(&(may.0, role.as_str(), days.0, days.1));
    audit::append(&tx, office.clock(), &Entry { after: Some(after), ..may.entry("grant", id) }).await?;
    tx.commit().await?;
    Ok(id)
}

async fn give(
    tx: &crate::db::Transaction,
    person: PersonId,
    role: Role,
    days: (Day, Option<Day>),
    reason: &str,
    by: &str,
    office: &Office,
) -> Result<GrantId, PeopleError> {
    let id = GrantId::new();
    let row = role_grant::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        person: Set(person),
        role: Set(role.as_str().to_owned()),
        first_day: Set(days.0),
        last_day: Set(days.1),
        granted_by: Set(by.to_owned()),
        granted_at: Set(office.now()),
        reason: Set(reason.to_owned()),
        ended_by: Set(None),
        ended_at: Set(None),
    };
    store::add_grant(tx, row).await?;
    Ok(id)
}

/// Gives a role from the command line of the installation: the first administrator, and invented people of a demo.
///
/// # Errors
///
/// No such person.
pub async fn grant_by_installation(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    role: Role,
) -> Result<(), PeopleError> {
    let tx = office.db().write(tenant).await?;
    let days = (office.today(), None);
    let id = give(&tx, person, role, days, "installation", "installation", office).await?;
    let entry = Entry {
        action: Action::GrantRole.as_str().to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "grant".to_owned(), id: id.to_string() },
        before: None,
        after: Some(audit::digest(&(person, role.as_str(), days.0))),
    };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a grant now.
///
/// # Errors
///
/// One that is not there or has ended; one's own.
pub async fn end_grant(office: &Office, by: &crate::policy::Actor, id: GrantId) -> Result<(), PeopleError> {
    let tx = office.db().write(by.tenant()).await?;
    let row = store::grant_row(&tx, id).await?.ok_or(PeopleError::Gone)?;
    let may = crate::policy::authorize(by, Action::GrantRole, Grantee(row.person))?;
    let who = by.id().map(|by| by.to_string()).unwrap_or_default();
    if !store::end_grant(&tx, id, &who, office.now()).await? {
        return Err(PeopleError::Gone);
    }
    let before = audit::digest(&(row.person, &row.role, row.first_day, row.last_day));
    audit::append(&tx, office.clock(), &Entry { before: Some(before), ..may.entry("grant", id) }).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for a role.
///
/// # Errors
///
/// A role that comes with a place; no reason.
pub async fn ask(
    office: &Office,
    may: &Authorized<'_, General>,
    role: &str,
    reason: &str,
) -> Result<RoleRequestId, PeopleError> {
    let role = Role::parse(role)
        .filter(|role| Role::GRANTED.contains(role))
        .ok_or_else(|| PeopleError::NoRole(role.to_owned()))?;
    if reason.trim().is_empty() {
        return Err(PeopleError::NoReason);
    }
    let person = may.by().id().ok_or(PeopleError::NoPerson)?;
    let id = RoleRequestId::new();
    let tx = office.db().write(may.by().tenant()).await?;
    let row = role_request::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        person: Set(person),
        role: Set(role.as_str().to_owned()),
        reason: Set(reason.trim().to_owned()),
        asked_at: Set(office.now()),
        decided_by: Set(None),
        decided_at: Set(None),
        granted: Set(None),
        answer: Set(None),
    };
    store::add_request(&tx, row).await?;
    let after = audit::digest(&(person, role.as_str()));
    audit::append(&tx, office.clock(), &Entry { after: Some(after), ..may.entry("role_request", id) }).await?;
    tx.commit().await?;
    Ok(id)
}

/// Decides a request: grants the role from today, or says why not.
///
/// # Errors
///
/// One's own; one that is decided; with a token an administrator's; no answer.
pub async fn decide(
    office: &Office,
    by: &crate::policy::Actor,
    id: RoleRequestId,
    granted: bool,
    answer: &str,
) -> Result<(), PeopleError> {
    if answer.trim().is_empty() {
        return Err(PeopleError::NoReason);
    }
    let decider = by.id().ok_or(PeopleError::NoPerson)?;
    let tx = office.db().write(by.tenant()).await?;
    let request = store::open_requests(&tx).await?.into_iter().find(|row| row.id == id).ok_or(PeopleError::Gone)?;
    let may = crate::policy::authorize(by, Action::GrantRole, Grantee(request.person))?;
    if let Some(role) = Role::parse(&request.role).filter(|role| granted && !by.hands_on(*role)) {
        return Err(PeopleError::Wider(role));
    }
    if !store::decide_request(&tx, id, decider, granted, answer.trim(), office.now()).await? {
        return Err(PeopleError::Gone);
    }
    if granted {
        let role = Role::parse(&request.role).ok_or_else(|| PeopleError::NoRole(request.role.clone()))?;
        give(&tx, request.person, role, (office.today(), None), answer.trim(), &decider.to_string(), office).await?;
    }
    let after = audit::digest(&(id, granted));
    audit::append(&tx, office.clock(), &Entry { after: Some(after), ..may.entry("role_request", id) }).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps somebody away from a record.
///
/// # Errors
///
/// No reason.
pub async fn recuse<T>(
    office: &Office,
    may: &Authorized<'_, T>,
    person: PersonId,
    record: sea_orm::prelude::Uuid,
    reason: &str,
) -> Result<(), PeopleError> {
    if reason.trim().is_empty() {
        return Err(PeopleError::NoReason);
    }
    let id = RecusalId::new();
    let tx = office.db().write(may.by().tenant()).await?;
    let row = recusal::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        person: Set(person),
        record: Set(record),
        reason: Set(reason.trim().to_owned()),
        declared_by: Set(may.by().id().ok_or(PeopleError::NoPerson)?),
        declared_at: Set(office.now()),
        ended_at: Set(None),
    };
    store::add_recusal(&tx, row).await?;
    let after = audit::digest(&(person, record));
    audit::append(&tx, office.clock(), &Entry { after: Some(after), ..may.entry("recusal", id) }).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody to whom a role is given, or from whom it is taken.
#[derive(Clone, Copy, Debug)]
pub struct Grantee(pub PersonId);

impl crate::policy::Subject for Grantee {
    const READ: Action = Action::OwnAccount;

    fn standing(&self, actor: &crate::policy::Actor) -> Standing {
        if actor.is(Some(self.0)) { Standing::Own } else { Standing::General }
    }
}
