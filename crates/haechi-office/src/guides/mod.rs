//! A first visit: what the day of a role is like, in a few sentences, shown once on the first page and kept behind the help.

pub(crate) mod api;
pub(crate) mod migrations;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use crate::audit::{self, Entry, Record};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Action, Actor, Authorized, General, Role};
use crate::problem::Problem;

pub(crate) use self::pages::{Guide, first};

pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// Roles with a guide, that which asks for the most first.
const ROLES: [Role; 8] = [
    Role::Administrator,
    Role::IntegrityOfficer,
    Role::OutsideConfirmer,
    Role::Auditor,
    Role::Inspector,
    Role::Manager,
    Role::Coordinator,
    Role::Official,
];

/// Why a guide was not put away.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GuideError {
    /// A role that they do not have, or that has no guide.
    #[error("no guide of theirs")]
    Gone,
    /// The database said no.
    #[error("guides could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<GuideError> for Problem {
    fn from(error: GuideError) -> Self {
        match error {
            GuideError::Gone => Self::hidden(),
            GuideError::Database(error) => error.into(),
            GuideError::Log(error) => error.into(),
        }
    }
}

/// The guides of somebody's roles, and whether they put each away. None for who stands in for somebody.
///
/// # Errors
///
/// When the database does not answer.
async fn of(tx: &Transaction, me: &Actor) -> Result<Vec<(Role, bool)>, sea_orm::DbErr> {
    let Some(person) = me.id().filter(|_| me.may_ever(Action::OwnAccount)) else { return Ok(Vec::new()) };
    let seen = store::seen(tx, person).await?;
    let held: Vec<Role> = me.roles().collect();
    let own = ROLES.into_iter().filter(|role| held.contains(role));
    Ok(own.map(|role| (role, seen.iter().any(|word| word == role.as_str()))).collect())
}

/// Puts a guide away. Done again it changes nothing.
///
/// # Errors
///
/// A role that they do not have.
pub(crate) async fn put_away(office: &Office, may: &Authorized<'_, General>, role: &str) -> Result<(), GuideError> {
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let own = of(&tx, may.by()).await?;
    let (role, is_seen) = own.into_iter().find(|(own, _)| own.as_str() == role).ok_or(GuideError::Gone)?;
    if is_seen {
        return Ok(());
    }
    let person = may.by().id().ok_or(GuideError::Gone)?;
    store::add(&tx, person, role.as_str(), office.now()).await?;
    let record = Record { kind: "guide".to_owned(), id: role.as_str().to_owned() };
    let entry = Entry { action: "guide.seen".to_owned(), record, ..may.entry("guide", "") };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
