//! What an administrator, or whoever runs the installation, does to somebody else's account. Its owner is told.

use super::{SignInError, factor, notice, oidc, store};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::Authorized;
use crate::slices::people::Grantee;

/// Takes somebody's second factor away, for who lost their app and their codes, and ends their sessions: two events, and a message.
///
/// # Errors
///
/// They have none.
pub(crate) async fn reset_factor(office: &Office, may: &Authorized<'_, Grantee>) -> Result<(), SignInError> {
    let tx = office.db().write(may.by().tenant()).await?;
    reset(office, &tx, may.0, may.entry("account", may.0)).await?;
    tx.commit().await?;
    Ok(())
}

/// The same from the command line: the way in for the last administrator.
///
/// # Errors
///
/// They have none.
pub async fn reset_factor_by_installation(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
) -> Result<(), SignInError> {
    let tx = office.db().write(tenant).await?;
    let entry = Entry {
        action: String::new(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "account".to_owned(), id: person.to_string() },
        before: None,
        after: None,
    };
    reset(office, &tx, person, entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn reset(office: &Office, tx: &Transaction, person: PersonId, entry: Entry) -> Result<(), SignInError> {
    if !factor::take_away(tx, person).await? {
        return Err(SignInError::Gone);
    }
    store::end_sessions(tx, person, None, office.now()).await?;
    let done = |action: &str| Entry { action: action.to_owned(), ..entry.clone() };
    let events = [done("account.second_factor_reset"), done("account.sign_out")];
    audit::append_all(tx, office.clock(), &events).await?;
    notice::put(office, tx, person, "notice-second-factor-reset").await?;
    Ok(())
}

/// Ends every session of somebody.
///
/// # Errors
///
/// They have none.
pub(crate) async fn sign_out(office: &Office, may: &Authorized<'_, Grantee>) -> Result<(), SignInError> {
    let tx = office.db().write(may.by().tenant()).await?;
    if store::end_sessions(&tx, may.0, None, office.now()).await? == 0 {
        return Err(SignInError::Gone);
    }
    let entry = Entry { action: "account.sign_out".to_owned(), ..may.entry("account", may.0) };
    audit::append(&tx, office.clock(), &entry).await?;
    notice::put(office, &tx, may.0, "notice-signed-out").await?;
    tx.commit().await?;
    Ok(())
}

/// Ends the link of somebody with the provider's account, and their sessions: who comes next is found by the rule again.
///
/// # Errors
///
/// There is none.
pub(crate) async fn unlink(office: &Office, may: &Authorized<'_, Grantee>) -> Result<(), SignInError> {
    let tx = office.db().write(may.by().tenant()).await?;
    if !oidc::unlink(&tx, may.0, office.now()).await? {
        return Err(SignInError::Gone);
    }
    store::end_sessions(&tx, may.0, None, office.now()).await?;
    let done = |action: &str| Entry { action: action.to_owned(), ..may.entry("account", may.0) };
    audit::append_all(&tx, office.clock(), &[done("account.unlink_provider"), done("account.sign_out")]).await?;
    notice::put(office, &tx, may.0, "notice-unlinked").await?;
    tx.commit().await?;
    Ok(())
}
