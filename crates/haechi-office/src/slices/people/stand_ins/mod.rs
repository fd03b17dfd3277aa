//! Standing in for somebody who is away (대결): in their name, with one's own hand in the log, and never with more than both may.
//!
//! Who is named by the personnel system to act for a head is the head meanwhile; that is an appointment. This is the smaller thing:
//! an official on leave names a colleague who answers their cases for some days.

pub(crate) mod api;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub(super) use self::store::blank;

use haechi_core::time::{Day, Days};

use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::{PersonId, StandInId};
use crate::office::Office;
use crate::policy::{Action, Actor, Denied, generally};
use crate::problem::Problem;

pub(super) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// Days somebody stands in at most: who is away for longer gives the work away.
const LONGEST: u64 = 92;

/// Why nobody stands in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StandInError {
    /// Days that have passed, are the wrong way round or too many.
    #[error("somebody stands in from today on, for at most {LONGEST} days")]
    Days,
    /// Nobody, oneself, or somebody who is not there.
    #[error("this person cannot stand in")]
    Who,
    /// Without a reason.
    #[error("a reason is needed")]
    Reason,
    /// There is none that holds today.
    #[error("nobody was named for today")]
    Gone,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database said no.
    #[error("who stands in could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<StandInError> for Problem {
    fn from(error: StandInError) -> Self {
        match error {
            StandInError::Days => {
                let mut problem =
                    Self::invalid("stand_in.days", ("대신 처리할 기간이 맞지 않습니다.", "The days do not fit."))
                        .at("to");
                problem.advice = haechi_core::words::Words::new(
                    format!("오늘부터 시작하거나 그 뒤에 시작해서 {LONGEST}일 안에 끝나게 정하십시오."),
                    format!("Begin today or later, and end within {LONGEST} days."),
                );
                problem
            }
            StandInError::Who => Self::invalid(
                "stand_in.who",
                (
                    "그 사람은 대신 처리할 수 없습니다. 본인이 아니고 지금 근무하는 직원이어야 합니다.",
                    "This person cannot stand in: it must be somebody else who works here.",
                ),
            ),
            StandInError::Reason => {
                Self::invalid("stand_in.reason", ("사유를 적어 주십시오.", "Give a reason.")).at("reason")
            }
            StandInError::Gone => Self::hidden(),
            StandInError::Denied(denied) => denied.into(),
            StandInError::Database(error) => error.into(),
            StandInError::Log(error) => error.into(),
        }
    }
}

/// Who is to stand in for whom, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// For whom.
    pub(crate) person: PersonId,
    /// Who.
    pub(crate) stand_in: PersonId,
    /// From this day.
    pub(crate) first: Day,
    /// To this day.
    pub(crate) last: Day,
    /// Why.
    pub(crate) reason: &'a str,
}

/// Names who stands in: for oneself, or, by who looks after the people, for somebody who is away already. Nobody names themselves.
///
/// # Errors
///
/// Not theirs; days, a person or a reason that do not fit.
pub(crate) async fn name(office: &Office, actor: &Actor, new: Named<'_>) -> Result<StandInId, StandInError> {
    let is_own = actor.is(Some(new.person));
    let may = generally(actor, if is_own { Action::StandIn } else { Action::ChangePeople })?;
    let by = actor.id().ok_or(StandInError::Who)?;
    let (directory, today) = (actor.directory(), office.today());
    if new.first < today || new.last < new.first || new.last > new.first + Days::new(LONGEST) {
        return Err(StandInError::Days);
    }
    let works = |person| directory.unit_of(person, new.first).is_some();
    if new.person == new.stand_in || new.stand_in == by || !works(new.stand_in) || !works(new.person) {
        return Err(StandInError::Who);
    }
    if new.reason.trim().is_empty() {
        return Err(StandInError::Reason);
    }
    let row = store::Row {
        tenant: actor.tenant(),
        id: StandInId::new(),
        person: new.person,
        stand_in: new.stand_in,
        first_day: new.first,
        last_day: new.last,
        reason: new.reason.trim().to_owned(),
        made_by: by,
        made_at: office.now(),
        ended_at: None,
        ended_by: None,
    };
    let id = row.id;
    let entry = Entry {
        action: Action::StandIn.as_str().to_owned(),
        after: Some(audit::digest(&(new.person, new.stand_in, new.first, new.last))),
        ..may.entry("stand_in", id)
    };
    let tx = office.db().write(actor.tenant()).await?;
    store::add(&tx, row).await?;
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends it before its last day: by who named, whom it is for, who stands in, or who looks after the people.
///
/// # Errors
///
/// Not theirs; ended already.
pub(crate) async fn end(office: &Office, actor: &Actor, id: StandInId) -> Result<(), StandInError> {
    let by = actor.id().ok_or(StandInError::Gone)?;
    let tx = office.db().write(actor.tenant()).await?;
    let row = store::one(&tx, id).await?.ok_or(StandInError::Gone)?;
    let is_theirs = [row.person, row.stand_in, row.made_by].contains(&by);
    let may = generally(actor, if is_theirs { Action::StandIn } else { Action::ChangePeople })?;
    if !store::end(&tx, id, by, office.now()).await? {
        return Err(StandInError::Gone);
    }
    let entry = Entry { action: "stand_in.end".to_owned(), ..may.entry("stand_in", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

fn holds(row: &store::Row, stand_in: PersonId, day: Day) -> bool {
    row.stand_in == stand_in && row.ended_at.is_none() && (row.first_day..=row.last_day).contains(&day)
}

/// From now on the session (its digest) does what it does in the name of who named the actor.
///
/// # Errors
///
/// Not named for today.
async fn begin(office: &Office, actor: &Actor, session: &str, id: StandInId) -> Result<(), StandInError> {
    let may = generally(actor, Action::StandIn)?;
    let who = actor.id().ok_or(StandInError::Gone)?;
    let tx = office.db().write(actor.tenant()).await?;
    store::one(&tx, id).await?.filter(|row| holds(row, who, office.today())).ok_or(StandInError::Gone)?;
    store::begin(&tx, session, id, office.now()).await?;
    let entry = Entry { action: "stand_in.begin".to_owned(), ..may.entry("stand_in", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The session is its own again.
///
/// # Errors
///
/// When the database does not answer.
async fn stop(office: &Office, actor: &Actor, session: &str) -> Result<(), StandInError> {
    let tx = office.db().write(actor.tenant()).await?;
    if store::stop(&tx, session).await? {
        let whose = actor.id().map(|person| person.to_string()).unwrap_or_default();
        let entry = actor.entry(Action::StandIn, "person", whose);
        let entry = Entry { action: "stand_in.stop".to_owned(), ..entry };
        audit::append(&tx, office.clock(), &entry).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// For whom the session (its digest) of `person` stands in today.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn stands_in_for(
    tx: &Transaction,
    session: &str,
    person: PersonId,
    day: Day,
) -> Result<Option<PersonId>, sea_orm::DbErr> {
    let Some(id) = store::of_session(tx, session).await? else { return Ok(None) };
    let row = store::one(tx, id).await?;
    Ok(row.filter(|row| holds(row, person, day)).map(|row| row.person))
}
