//! Sessions: how they are opened, found and ended, and how fresh the proof is of who holds one.
//!
//! A session is a row, read with every request: one that is ended is out with the next click. It ends by itself after a while without a
//! click, and after a longer while whatever happens. Who reveals personal data or administers must have proved who they are within the
//! last minutes; that is a moment in the row too.

use chrono::TimeDelta;
use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;

use super::SignInError;
use super::password::Secret;
use super::store::{self, session};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::{self, Actor, Role};
use crate::settings::{Setting, Settings};
use crate::slices::people;

/// By which way somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With a password of the office's own.
    Local,
    /// By the government's provider of OpenID Connect.
    Oidc,
}

impl Way {
    /// The word in the database and the messages (`way-local`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Oidc => "oidc",
        }
    }

    /// The way whose word `text` is; any other is local.
    pub(super) fn parse(text: &str) -> Self {
        if text == Self::Oidc.as_str() { Self::Oidc } else { Self::Local }
    }
}

/// A session that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Its secret, for the cookie.
    pub secret: Secret,
    /// A secret by which the browser is known again; none where the office keeps no passwords of this person.
    pub browser: Option<Secret>,
}

/// How a session came to be.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    pub(super) person: PersonId,
    pub(super) way: Way,
    /// What the browser calls itself.
    pub(super) browser: &'a str,
    /// Whether a second factor was proved.
    pub(super) has_second: bool,
}

/// Opens a session, with its event.
pub(super) async fn open(office: &Office, tx: &Transaction, opening: Opening<'_>) -> Result<Secret, SignInError> {
    let secret = add(office, tx, opening).await?;
    let entry = entry("session.open", opening.person, Via::Web, "session", audit::digest(&secret.digest()));
    audit::append(tx, office.clock(), &entry).await?;
    Ok(secret)
}

async fn add(office: &Office, tx: &Transaction, opening: Opening<'_>) -> Result<Secret, SignInError> {
    let (secret, now) = (Secret::new()?, office.now());
    let row = session::ActiveModel {
        tenant: Set(tx.tenant()),
        digest: Set(secret.digest()),
        person: Set(opening.person),
        made_at: Set(now),
        seen_at: Set(now),
        browser: Set(opening.browser.chars().take(200).collect()),
        ended_at: Set(None),
        way: Set(opening.way.as_str().to_owned()),
        proved_at: Set(Some(now)),
        second_at: Set(opening.has_second.then_some(now)),
    };
    store::add_session(tx, row).await?;
    Ok(secret)
}

/// A session of somebody without their password, for tests.
#[cfg(test)]
pub(crate) async fn session_of(office: &Office, tenant: TenantId, person: PersonId) -> Secret {
    let tx = office.db().write(tenant).await.unwrap();
    let opening = Opening { person, way: Way::Local, browser: "test", has_second: false };
    let secret = add(office, &tx, opening).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

/// An event of somebody about what is theirs.
pub(super) fn entry(action: &str, person: PersonId, via: Via, kind: &str, id: impl ToString) -> Entry {
    Entry {
        action: action.to_owned(),
        actor: person.to_string(),
        true_actor: None,
        via,
        record: Record { kind: kind.to_owned(), id: id.to_string() },
        before: None,
        after: None,
    }
}

/// An open session, as a request finds it.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Who acts: who holds it, or in whose name they do.
    pub(crate) actor: Actor,
    /// Who holds it.
    pub(crate) person: PersonId,
    /// Its secret.
    pub(crate) secret: Secret,
    /// By which way it was opened.
    pub(crate) way: Way,
    /// Whether who holds it proved within the last minutes who they are.
    pub(crate) is_proved: bool,
    /// Whether the government wants a second factor of them that they have not shown.
    pub(crate) lacks_second: bool,
}

impl Session {
    /// In whose name its holder acts, where that is not their own.
    pub(crate) fn in_name_of(&self) -> Option<PersonId> {
        self.actor.id().filter(|person| *person != self.person)
    }
}

/// What a session's secret leads to.
#[derive(Debug)]
pub(crate) enum Found {
    /// An open session.
    Open(Box<Session>),
    /// One that has ended by itself: too long without a click, or too old. Whose it was, and in whose name they acted.
    Over(PersonId, Option<PersonId>),
    /// None, or one that was ended.
    Nothing,
}

/// Whether a session has ended by itself. Where a page moves the day forward, everybody would be signed out by it.
pub(crate) fn is_over(office: &Office, row: &session::Model) -> bool {
    let (now, config) = (office.now(), office.config());
    let is_idle = now - row.seen_at > TimeDelta::minutes(config.session_idle_minutes);
    let is_old = now - row.made_at > TimeDelta::hours(config.session_hours);
    !config.demo && (is_idle || is_old)
}

/// The session of a secret.
pub(crate) async fn find(office: &Office, tenant: TenantId, secret: Secret) -> Result<Found, sea_orm::DbErr> {
    let (now, digest) = (office.now(), secret.digest());
    let tx = office.db().read(tenant).await?;
    let Some(row) = store::session(&tx, &digest).await?.filter(|row| row.ended_at.is_none()) else {
        return Ok(Found::Nothing);
    };
    let named = people::stand_ins::stands_in_for(&tx, &digest, row.person, office.today()).await?;
    if is_over(office, &row) {
        return Ok(Found::Over(row.person, named));
    }
    let Some(own) = actor(office, &tx, row.person, Via::Web).await? else { return Ok(Found::Nothing) };
    let way = Way::parse(&row.way);
    let lacks_second = way == Way::Local && row.second_at.is_none() && wants_second(&tx, &own).await?;
    let actor = match named {
        Some(person) => match actor(office, &tx, person, Via::Web).await? {
            Some(other) => other.with_stand_in(&own),
            None => own,
        },
        None => own,
    };
    drop(tx);
    // Once a minute is enough to tell who is idle, and a page that is only read then writes nothing.
    if now - row.seen_at >= TimeDelta::minutes(1) {
        let tx = office.db().write(tenant).await?;
        store::session_seen(&tx, &digest, now).await?;
        tx.commit().await?;
    }
    let age = now - row.proved_at.unwrap_or(row.made_at);
    let is_proved = office.config().demo || age < TimeDelta::minutes(office.config().proof_minutes);
    Ok(Found::Open(Box::new(Session { actor, person: row.person, secret, way, is_proved, lacks_second })))
}

/// Whether the government wants a second factor of this person.
pub(super) async fn wants_second(tx: &Transaction, actor: &Actor) -> Result<bool, sea_orm::DbErr> {
    let from = Settings::read(tx).await?.get(Setting::SecondFactor, actor.day(), None).value;
    Ok(policy::wants_second_factor(actor, from))
}

/// Who the session's secret is; none where there is no open session.
#[cfg(test)]
pub(crate) async fn actor_of_session(
    office: &Office,
    tenant: TenantId,
    secret: &Secret,
) -> Result<Option<Actor>, sea_orm::DbErr> {
    Ok(match find(office, tenant, secret.clone()).await? {
        Found::Open(session) => Some(session.actor),
        Found::Over(..) | Found::Nothing => None,
    })
}

/// Somebody who works here, acting.
pub(super) async fn actor(
    office: &Office,
    tx: &Transaction,
    person: PersonId,
    via: Via,
) -> Result<Option<Actor>, sea_orm::DbErr> {
    let day = office.today();
    let directory = people::directory(office, tx).await?;
    if directory.person(person).is_none_or(|person| person.left_on.is_some_and(|last| last < day)) {
        return Ok(None);
    }
    let roles = people::store::roles_of(tx, person, day).await?;
    let roles: Vec<Role> = roles.iter().filter_map(|role| Role::parse(role)).collect();
    Ok(Some(Actor::person(tx.tenant(), person, roles, directory, day, via)))
}

/// Notes that who holds the session has just proved who they are.
pub(super) async fn proved(
    office: &Office,
    tx: &Transaction,
    person: PersonId,
    secret: &Secret,
    now: Moment,
) -> Result<(), SignInError> {
    let digest = secret.digest();
    if !store::session_proved(tx, person, &digest, now).await? {
        return Err(SignInError::Gone);
    }
    let entry = entry("session.prove", person, Via::Web, "session", audit::digest(&digest));
    audit::append(tx, office.clock(), &entry).await?;
    Ok(())
}

/// Ends the session.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn sign_out(office: &Office, session: &Session) -> Result<(), SignInError> {
    end(office, &session.actor, session.person, Some(&session.secret.digest())).await
}

/// Ends one of somebody's own sessions, or all.
///
/// # Errors
///
/// When there is none.
pub async fn end_session(office: &Office, actor: &Actor, digest: Option<&str>) -> Result<(), SignInError> {
    end(office, actor, actor.id().ok_or(SignInError::Gone)?, digest).await
}

async fn end(office: &Office, actor: &Actor, person: PersonId, digest: Option<&str>) -> Result<(), SignInError> {
    let tx = office.db().write(actor.tenant()).await?;
    if store::end_sessions(&tx, person, digest, office.now()).await? == 0 {
        return Err(SignInError::Gone);
    }
    let id = digest.map_or_else(|| "all".to_owned(), |digest| audit::digest(&digest));
    audit::append(&tx, office.clock(), &entry("session.end", person, actor.via(), "session", id)).await?;
    tx.commit().await?;
    Ok(())
}
