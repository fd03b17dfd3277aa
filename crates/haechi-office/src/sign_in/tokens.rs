//! Tokens of programs: made, ended, and who each of them is.
//!
//! A token never widens itself. One that is made with another does no more than it, holds no longer, and ends when it ends; the
//! engine's are made by people alone.

use haechi_core::time::{Day, Moment};
use sea_orm::ActiveValue::Set;

use super::SignInError;
use super::password::Secret;
use super::session;
use super::store::{self, token};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId, TokenId};
use crate::office::Office;
use crate::policy::{Actor, Authorized, General};
use crate::problem::Problem;
use crate::slices::people;

/// What a token may be for.
const SCOPES: [&str; 3] = ["read", "write", "runs"];

/// The token of a request, without its secret.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Which.
    pub(crate) id: TokenId,
    /// The digest of its secret.
    pub(crate) digest: String,
    scopes: Vec<String>,
    expires_at: Moment,
}

impl Held {
    /// Whether it is for this. What writes also reads.
    pub(crate) fn is_for(&self, scope: &str) -> bool {
        let has = |wanted: &str| self.scopes.iter().any(|scope| scope == wanted);
        has(scope) || (scope == "read" && has("write"))
    }
}

/// Why a token was not made with a token.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    /// It would do more than the one it is made with, or hold longer.
    #[error("a token that does more than the one it is made with, or holds longer")]
    Wider,
    /// As for every token.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Wider => wider(),
            TokenError::SignIn(error) => error.into(),
        }
    }
}

impl From<sea_orm::DbErr> for TokenError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::SignIn(error.into())
    }
}

/// A token would widen what it may itself.
pub(crate) fn wider() -> Problem {
    Problem::new(
        403,
        "token.wider",
        (
            "토큰으로 그 토큰보다 더 많은 일을 하거나 더 오래 쓰이는 것을 만들 수 없습니다.",
            "With a token nothing is made that does more than the token, or holds longer.",
        ),
        ("로그인해서 페이지에서 하십시오.", "Sign in and do it on the page."),
    )
}

/// A token to be made.
struct New<'a> {
    name: &'a str,
    whose: Option<PersonId>,
    scopes: &'a [&'a str],
    expires_at: Moment,
    /// The token it is made with.
    made_with: Option<TokenId>,
}

async fn add(office: &Office, tx: &Transaction, entry: Entry, new: New<'_>) -> Result<(TokenId, String), SignInError> {
    let New { name, whose, scopes, expires_at, made_with } = new;
    let fits = |scope: &&str| SCOPES.contains(scope) && (*scope == "runs") == whose.is_none();
    if scopes.is_empty() || !scopes.iter().all(fits) || expires_at <= office.now() || name.trim().is_empty() {
        return Err(SignInError::Scope);
    }
    let (secret, id) = (Secret::new()?, TokenId::new());
    let row = token::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        digest: Set(secret.digest()),
        name: Set(name.trim().to_owned()),
        person: Set(whose),
        scopes: Set(scopes.join(" ")),
        made_by: Set(entry.actor.clone()),
        made_at: Set(office.now()),
        expires_at: Set(expires_at),
        ended_at: Set(None),
        made_with: Set(made_with),
    };
    store::add_token(tx, row).await?;
    let record = Record { kind: "token".to_owned(), id: id.to_string() };
    let after = Some(audit::digest(&(id, scopes, expires_at)));
    audit::append(tx, office.clock(), &Entry { record, after, ..entry }).await?;
    Ok((id, format!("haechi_{}_{}", tx.tenant(), secret.text())))
}

/// Makes a token: of the person `whose`, for what its scopes say, or of the engine (`runs` alone). Its secret is shown once.
///
/// # Errors
///
/// An unknown scope; a person's token that hands in runs, an engine's that does more; a moment that has passed.
pub async fn make_token(
    office: &Office,
    tenant: TenantId,
    entry: Entry,
    name: &str,
    whose: Option<PersonId>,
    scopes: &[&str],
    expires_at: Moment,
) -> Result<(TokenId, String), SignInError> {
    let tx = office.db().write(tenant).await?;
    let made = add(office, &tx, entry, New { name, whose, scopes, expires_at, made_with: None }).await?;
    tx.commit().await?;
    Ok(made)
}

/// Makes a token of the same person with the token that is `held`. It ends when that one is ended. Its secret is shown once.
///
/// # Errors
///
/// A scope that the token does not have, a day on which it no longer holds; an unknown scope; a day that has passed.
pub(crate) async fn make_narrower(
    office: &Office,
    may: &Authorized<'_, General>,
    held: &Held,
    name: &str,
    scopes: &[&str],
    until: Day,
) -> Result<(TokenId, String), TokenError> {
    let end = until.and_hms_opt(23, 59, 59).ok_or(SignInError::Scope)?;
    // A day names its whole: the last one of a token ends when the token ends.
    let last = office.local(held.expires_at).date();
    let expires_at = if until == last { held.expires_at } else { office.moment(end) };
    if until > last || !scopes.iter().all(|scope| held.is_for(scope)) {
        return Err(TokenError::Wider);
    }
    let tx = office.db().write(may.by().tenant()).await?;
    // Whoever ends the token meanwhile comes before, and then nothing is made, or after, and then ends this one too.
    tx.alone().await?;
    if store::token_of(&tx, &held.digest, office.now()).await?.is_none() {
        return Err(TokenError::Wider);
    }
    let new = New { name, whose: may.by().id(), scopes, expires_at, made_with: Some(held.id) };
    let made = add(office, &tx, may.entry("token", ""), new).await?;
    tx.commit().await.map_err(SignInError::from)?;
    Ok(made)
}

/// Ends a token now, and those that were made with it.
///
/// # Errors
///
/// One that is not there or has ended.
pub async fn revoke_token(office: &Office, may: &Authorized<'_, General>, id: TokenId) -> Result<(), SignInError> {
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let ended = store::end_token(&tx, id, office.now()).await?;
    if ended.is_empty() {
        return Err(SignInError::Gone);
    }
    let entries: Vec<Entry> = ended.iter().map(|id| may.entry("token", id)).collect();
    audit::append_all(&tx, office.clock(), &entries).await?;
    tx.commit().await?;
    Ok(())
}

/// Who the token is, and what it is for; none where it has ended or there is none.
pub(crate) async fn actor_of_token(office: &Office, token: &str) -> Result<Option<(Actor, Held)>, sea_orm::DbErr> {
    let parts = token.strip_prefix("haechi_").and_then(|rest| rest.split_once('_'));
    let Some((tenant, secret)) = parts.and_then(|(tenant, secret)| Some((tenant.parse::<TenantId>().ok()?, secret)))
    else {
        return Ok(None);
    };
    let tx = office.db().read(tenant).await?;
    let Some(row) = store::token_of(&tx, &Secret::of(secret).digest(), office.now()).await? else { return Ok(None) };
    let scopes = row.scopes.split_whitespace().map(str::to_owned).collect();
    let held = Held { id: row.id, digest: row.digest, scopes, expires_at: row.expires_at };
    let actor = match row.person {
        Some(person) => session::actor(office, &tx, person, Via::Api).await?,
        None => Some(Actor::engine(tenant, row.name, people::directory(office, &tx).await?, office.today())),
    };
    Ok(actor.map(|actor| (actor, held)))
}
