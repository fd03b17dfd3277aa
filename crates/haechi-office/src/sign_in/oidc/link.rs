//! Who of ours somebody is who comes from the provider.

use haechi_core::time::Moment;
use serde_json::Value;

use super::super::notice;
use super::super::session::entry;
use super::provider::Provider;
use super::{OidcError, store};
use crate::audit::{self, Via};
use crate::config::{LinkBy, Oidc};
use crate::db::Transaction;
use crate::ids::PersonId;
use crate::office::Office;
use crate::slices::people;

/// What a provider says of somebody, verified.
pub(super) struct Said {
    /// Its own name of them, which never becomes another's.
    pub(super) subject: String,
    /// Everything it says.
    pub(super) claims: Value,
}

/// What the rule looks for, in what the provider says.
fn looked_for<'a>(config: &Oidc, claims: &'a Value) -> Option<&'a Value> {
    let claim = match config.link_by {
        LinkBy::EmployeeNo => config.claim.as_str(),
        LinkBy::Mail => "email",
        LinkBy::Sub => "sub",
    };
    claims.get(claim).filter(|value| !value.is_null())
}

/// Whether the rule can be followed with this.
pub(super) fn is_enough(config: &Oidc, claims: &Value) -> bool {
    looked_for(config, claims).is_some() && (config.link_by != LinkBy::Mail || claims.get("email_verified").is_some())
}

/// With whom the provider's account is linked.
pub(super) async fn linked(tx: &Transaction, issuer: &str, subject: &str) -> Result<Option<PersonId>, sea_orm::DbErr> {
    Ok(store::of_subject(tx, issuer, subject).await?.map(|row| row.person))
}

/// Since when somebody comes by the provider.
pub(crate) async fn linked_since(tx: &Transaction, person: PersonId) -> Result<Option<Moment>, sea_orm::DbErr> {
    Ok(store::of_person(tx, person).await?.first().map(|row| row.made_at))
}

/// Ends somebody's link; `false` where there is none. The caller says whose act it was.
pub(crate) async fn unlink(tx: &Transaction, person: PersonId, now: Moment) -> Result<bool, sea_orm::DbErr> {
    store::end(tx, person, now).await
}

/// Who of ours it is. Who comes for the first time is linked, if the rule finds one of ours and nobody else.
pub(super) async fn person(
    office: &Office,
    tx: &Transaction,
    provider: &Provider,
    said: &Said,
) -> Result<PersonId, OidcError> {
    let issuer = &provider.config.issuer;
    let directory = people::directory(office, tx).await?;
    let has_left =
        |id| directory.person(id).is_none_or(|person| person.left_on.is_some_and(|last| last < office.today()));
    if let Some(person) = linked(tx, issuer, &said.subject).await? {
        return if has_left(person) { Err(OidcError::Left) } else { Ok(person) };
    }
    let mut found = found(tx, &provider.config, &said.claims).await?;
    if found.len() > 1 {
        found.retain(|person| !has_left(*person));
    }
    let person = match found.as_slice() {
        [] => return Err(OidcError::Nobody),
        [one] if has_left(*one) => return Err(OidcError::Left),
        [one] => *one,
        _ => return Err(OidcError::Several),
    };
    if store::of_person(tx, person).await?.iter().any(|row| row.issuer == *issuer) {
        return Err(OidcError::Taken);
    }
    store::add(tx, person, issuer, &said.subject, office.now()).await?;
    let mut entry = entry("account.link_provider", person, Via::Web, "account", person);
    entry.after = Some(audit::digest(&(issuer, &said.subject)));
    audit::append(tx, office.clock(), &entry).await.map_err(super::super::SignInError::from)?;
    notice::put(office, tx, person, "notice-linked").await?;
    Ok(person)
}

/// Those of ours that the rule finds.
async fn found(tx: &Transaction, config: &Oidc, claims: &Value) -> Result<Vec<PersonId>, OidcError> {
    let value = match looked_for(config, claims) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    if value.is_empty() {
        return Err(OidcError::Unsaid(
            match config.link_by {
                LinkBy::EmployeeNo => config.claim.as_str(),
                LinkBy::Mail => "email",
                LinkBy::Sub => "sub",
            }
            .to_owned(),
        ));
    }
    // No text of ours holds it, and PostgreSQL refuses to look for it.
    if value.contains('\0') {
        return Ok(Vec::new());
    }
    match config.link_by {
        LinkBy::EmployeeNo | LinkBy::Sub => Ok(people::store::with_employee_no(tx, &value).await?),
        LinkBy::Mail if claims.get("email_verified") != Some(&Value::Bool(true)) => Err(OidcError::Unverified),
        LinkBy::Mail => Ok(people::store::with_mail(tx, &value).await?),
    }
}

/// Ends somebody's links with a provider's account and takes away whose they were there.
pub(crate) async fn forget(tx: &Transaction, person: PersonId, now: Moment) -> Result<(), sea_orm::DbErr> {
    store::forget(tx, person, now).await
}
