//! What somebody typed and sent when they had to sign in, or prove who they are, first: it waits for them.
//!
//! A form may hold what was typed for half an hour, and whatever personal data that is. So: it is kept for an hour and no longer, and gone
//! once it was sent again; the one person who sent it is shown it, in the one browser they sent it from; and in between nobody can read
//! it, for it is sealed with a key made of the installation's (a file) and of a secret that this browser alone has (a cookie). A copy
//! of the database, even with the key, opens none. Forms with passwords in them are never kept, nor are files.

mod store;

use std::fmt;

use chrono::TimeDelta;
use haechi_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::{Secret, SignInError};
use crate::ids::{PersonId, TenantId};
use crate::office::Office;

/// How long a form waits.
pub(crate) const WAITS: TimeDelta = TimeDelta::hours(1);
/// Forms of one person that wait at most; the oldest make room.
const MOST: usize = 5;

/// A form as it was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Where it was sent to: the path and what stands behind `?`.
    pub(crate) path: String,
    /// Names and values, in their order.
    pub(crate) fields: Vec<(String, String)>,
    /// The page it was on, where the browser said.
    pub(crate) page: Option<String>,
    /// In whose name it was written, where that is not the writer's own: in no other is it sent.
    pub(crate) in_name_of: Option<PersonId>,
}

/// It holds what a person typed.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("path", &self.path).finish_non_exhaustive()
    }
}

const PURPOSE: &str = "kept form";

fn bound(tenant: TenantId, person: PersonId) -> String {
    format!("{tenant} {person}")
}

/// Keeps a form of `person`, and gives the secret for their browser.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn keep(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    form: &Kept,
) -> Result<Secret, SignInError> {
    let (secret, now) = (Secret::new()?, office.now());
    let sealed = office.seal().and(secret.text())?.seal(PURPOSE, &bound(tenant, person), form)?;
    let tx = office.db().write(tenant).await?;
    store::remove_late(&tx, now).await?;
    store::make_room(&tx, person, MOST - 1).await?;
    store::add(&tx, secret.digest(), person, sealed, (now, now + WAITS)).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The form that waits for `person` in this browser.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn find(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    secret: &Secret,
) -> Result<Option<Kept>, SignInError> {
    let tx = office.db().read(tenant).await?;
    let row = store::one(&tx, &secret.digest()).await?;
    let row = row.filter(|row| row.person == person && row.expires_at > office.now());
    let Some(row) = row else { return Ok(None) };
    Ok(office.seal().and(secret.text())?.open(PURPOSE, &bound(tenant, person), &row.form))
}

/// Forgets a form of `person`.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn forget(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    secret: &Secret,
) -> Result<(), SignInError> {
    let tx = office.db().write(tenant).await?;
    store::remove(&tx, person, &secret.digest()).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets what waited too long. The timed worker calls it; where nothing did, nothing is written.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn sweep(office: &Office, tenant: TenantId) -> Result<(), sea_orm::DbErr> {
    let now: Moment = office.now();
    let tx = office.db().read(tenant).await?;
    let is_late = store::is_any_late(&tx, now).await?;
    drop(tx);
    if is_late {
        let tx = office.db().write(tenant).await?;
        store::remove_late(&tx, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
