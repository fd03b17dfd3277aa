//! Accounts of the office's own: passwords, one-time links, and the second step of signing in.

use chrono::TimeDelta;
use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};

use super::factor;
use super::password::{self, Secret};
use super::session::{self, Opened, Opening, Session, Way, entry};
use super::store::{self, account, link};
use super::{SignInError, guess, notice};
use crate::audit::{self, Entry, Via};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::Actor;
use crate::slices::people;

/// How long a one-time link holds.
const LINK_HOURS: i64 = 24;
/// How long the second step may take after the first.
const BETWEEN: TimeDelta = TimeDelta::minutes(5);

/// The step in which codes are counted, apart from passwords: who knows the password does not set the count of codes back with it.
const CODE: &str = "code ";

/// What the first step of signing in leads to.
#[derive(Debug)]
pub enum Entered {
    /// A session.
    Open(Opened),
    /// The second step: a sealed word that goes along to it, and holds a few minutes.
    Second(String),
}

/// What was proved in the first step.
#[derive(Serialize, Deserialize)]
struct Half {
    person: PersonId,
    /// Which password it was: after another is set, the first step is to be done again.
    changed_at: Moment,
    at: Moment,
}

/// Which counter an attempt is counted under: strangers' attempts lock out strangers, and not the browsers that signed in before.
async fn guard(
    tx: &Transaction,
    account: Option<&account::Model>,
    login: &str,
    known_browser: Option<&str>,
    step: &str,
) -> Result<String, SignInError> {
    let known = match (account, known_browser) {
        (Some(account), Some(secret)) => {
            let digest = Secret::of(secret).digest();
            store::knows_browser(tx, &digest, account.person).await?.then_some(digest)
        }
        _ => None,
    };
    let whose = account.map_or_else(|| audit::digest(&login), |account| account.person.to_string());
    Ok(format!("{whose} {step}{}", known.as_deref().unwrap_or("strangers")))
}

/// Opens a session for who knows the password and needs no second factor; others are asked for it.
///
/// # Errors
///
/// A wrong log-in or password; too many failures.
pub async fn sign_in(
    office: &Office,
    tenant: TenantId,
    login: &str,
    password: &str,
    known_browser: Option<&str>,
    browser: &str,
) -> Result<Entered, SignInError> {
    let now = office.now();
    let tx = office.db().write(tenant).await?;
    let account = store::account_of_login(&tx, login).await?;
    let guard = guard(&tx, account.as_ref(), login, known_browser, "").await?;
    guess::count(&tx, &guard, now).await?;
    tx.commit().await?;
    let is_right = password::is_right(password, account.as_ref().map(|account| account.password.as_str())).await;
    let account = account.filter(|_| is_right).ok_or(SignInError::Wrong)?;
    let tx = office.db().write(tenant).await?;
    store::forget_failures(&tx, &guard).await?;
    let entered = enter(office, &tx, &account, known_browser, browser).await?;
    tx.commit().await?;
    Ok(entered)
}

/// What follows on a password that was right, or has just been set.
async fn enter(
    office: &Office,
    tx: &Transaction,
    account: &account::Model,
    known_browser: Option<&str>,
    browser: &str,
) -> Result<Entered, SignInError> {
    if factor::has(tx, account.person).await? {
        let half = Half { person: account.person, changed_at: account.changed_at, at: office.now() };
        return Ok(Entered::Second(office.seal().seal("half signed in", &tx.tenant().to_string(), &half)?));
    }
    let opening = Opening { person: account.person, way: Way::Local, browser, has_second: false };
    open(office, tx, opening, known_browser).await.map(Entered::Open)
}

/// Opens a session, and sees to it that the browser is known again.
async fn open(
    office: &Office,
    tx: &Transaction,
    opening: Opening<'_>,
    known_browser: Option<&str>,
) -> Result<Opened, SignInError> {
    let secret = session::open(office, tx, opening).await?;
    let known = known_browser.map(Secret::of);
    let known = match known {
        Some(known) if store::knows_browser(tx, &known.digest(), opening.person).await? => known,
        _ => {
            let known = Secret::new()?;
            store::keep_browser(tx, known.digest(), opening.person, office.now()).await?;
            known
        }
    };
    Ok(Opened { secret, browser: Some(known) })
}

/// The second step: a code of the app, or one of those for when it is lost.
///
/// # Errors
///
/// A code that does not fit or was used; too many failures; [`SignInError::Late`] when the first step was too long ago, or its password
/// is no longer that of the account.
pub async fn second_step(
    office: &Office,
    tenant: TenantId,
    half: &str,
    code: &str,
    known_browser: Option<&str>,
    browser: &str,
) -> Result<Opened, SignInError> {
    let now = office.now();
    let half: Half = office.seal().open("half signed in", &tenant.to_string(), half).ok_or(SignInError::Late)?;
    if now - half.at > BETWEEN {
        return Err(SignInError::Late);
    }
    let tx = office.db().write(tenant).await?;
    let account = own(&tx, half.person).await.map_err(|_| SignInError::Late)?;
    if account.changed_at != half.changed_at {
        return Err(SignInError::Late);
    }
    let guard = guard(&tx, Some(&account), "", known_browser, CODE).await?;
    let (tx, _) = factor::judged(office, tx, half.person, code, &guard).await?;
    let opening = Opening { person: half.person, way: Way::Local, browser, has_second: true };
    let opened = open(office, &tx, opening, known_browser).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Notes that who holds the session proved who they are: by a code where a second factor is set up, else by the password.
///
/// # Errors
///
/// What is given does not fit; too many failures; there is no account of the office's own.
pub(crate) async fn prove(
    office: &Office,
    session: &Session,
    given: &str,
    known_browser: Option<&str>,
) -> Result<(), SignInError> {
    let (person, tenant, secret) = (session.person, session.actor.tenant(), &session.secret);
    let tx = office.db().write(tenant).await?;
    let account = own(&tx, person).await?;
    if factor::has(&tx, person).await? {
        let guard = guard(&tx, Some(&account), "", known_browser, CODE).await?;
        let (tx, _) = factor::judged(office, tx, person, given, &guard).await?;
        return done(office, tx, person, secret, &guard).await;
    }
    let guard = guard(&tx, Some(&account), "", known_browser, "").await?;
    guess::count(&tx, &guard, office.now()).await?;
    tx.commit().await?;
    if !password::is_right(given, Some(&account.password)).await {
        return Err(SignInError::Wrong);
    }
    done(office, office.db().write(tenant).await?, person, secret, &guard).await
}

/// Somebody's account, while it can be used.
async fn own(tx: &Transaction, person: PersonId) -> Result<account::Model, SignInError> {
    let account = store::account_of(tx, person).await?.filter(|account| account.ended_at.is_none());
    account.ok_or(SignInError::Gone)
}

/// The counter of codes of somebody: see [`guard`].
pub(super) async fn guard_of_codes(
    tx: &Transaction,
    person: PersonId,
    known_browser: Option<&str>,
) -> Result<String, SignInError> {
    let account = own(tx, person).await?;
    guard(tx, Some(&account), "", known_browser, CODE).await
}

async fn done(
    office: &Office,
    tx: Transaction,
    person: PersonId,
    secret: &Secret,
    guard: &str,
) -> Result<(), SignInError> {
    store::forget_failures(&tx, guard).await?;
    session::proved(office, &tx, person, secret, office.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a one-time link with which somebody sets a password: `TENANT.SECRET`.
///
/// # Errors
///
/// When there is no such person.
pub async fn link(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    by: &str,
    via: Via,
) -> Result<String, SignInError> {
    let tx = office.db().write(tenant).await?;
    if people::store::person_row(&tx, person).await?.is_none() {
        return Err(SignInError::Gone);
    }
    let (secret, now) = (Secret::new()?, office.now());
    let row = link::ActiveModel {
        tenant: Set(tenant),
        digest: Set(secret.digest()),
        person: Set(person),
        made_at: Set(now),
        expires_at: Set(now + TimeDelta::hours(LINK_HOURS)),
        used_at: Set(None),
    };
    store::add_link(&tx, row).await?;
    let entry = Entry { actor: by.to_owned(), ..entry("account.link", person, via, "account", person) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(format!("{tenant}.{}", secret.text()))
}

/// Uses a one-time link: sets the password, ends every other session, and goes on as after signing in. Who has set up a second factor
/// is asked for it: a link stands in for the password alone.
///
/// # Errors
///
/// A link that does not hold; a password that is not taken (the link then still holds).
pub async fn use_link(
    office: &Office,
    tenant: TenantId,
    secret: &str,
    password: &str,
    browser: &str,
) -> Result<Entered, SignInError> {
    let (now, digest) = (office.now(), Secret::of(secret).digest());
    let tx = office.db().read(tenant).await?;
    let person = store::link_of(&tx, &digest, now).await?.ok_or(SignInError::Link)?;
    let login = login(&tx, person).await?;
    drop(tx);
    let hash = password::hashed(password, &login).await?;
    let tx = office.db().write(tenant).await?;
    let person = store::use_link(&tx, &digest, now).await?.ok_or(SignInError::Link)?;
    // Whoever asked for the link: who had a password learns that it is another now.
    if store::account_of(&tx, person).await?.is_some() {
        notice::put(office, &tx, person, "notice-password-link").await?;
    }
    store::keep_account(&tx, person, &login, hash, now).await?;
    store::end_sessions(&tx, person, None, now).await?;
    audit::append(&tx, office.clock(), &entry("account.password", person, Via::Web, "account", person)).await?;
    let account = store::account_of(&tx, person).await?.ok_or(SignInError::Gone)?;
    let entered = enter(office, &tx, &account, None, browser).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Under which name somebody signs in: that of their account, else their number.
async fn login(tx: &Transaction, person: PersonId) -> Result<String, SignInError> {
    if let Some(account) = store::account_of(tx, person).await? {
        return Ok(account.login);
    }
    Ok(people::store::person_row(tx, person).await?.ok_or(SignInError::Gone)?.employee_no)
}

/// Gives somebody another password, and ends their sessions.
///
/// # Errors
///
/// A wrong old password; one that is not taken; too many failures.
pub async fn change_password(
    office: &Office,
    actor: &Actor,
    old: &str,
    new: &str,
    known_browser: Option<&str>,
) -> Result<(), SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let now = office.now();
    let tx = office.db().write(actor.tenant()).await?;
    let account = own(&tx, person).await?;
    let guard = guard(&tx, Some(&account), "", known_browser, "").await?;
    guess::count(&tx, &guard, now).await?;
    tx.commit().await?;
    if !password::is_right(old, Some(&account.password)).await {
        return Err(SignInError::Wrong);
    }
    let hash = password::hashed(new, &account.login).await?;
    let tx = office.db().write(actor.tenant()).await?;
    store::forget_failures(&tx, &guard).await?;
    store::keep_account(&tx, person, &account.login, hash, now).await?;
    store::end_sessions(&tx, person, None, now).await?;
    audit::append(&tx, office.clock(), &entry("account.password", person, actor.via(), "account", person)).await?;
    notice::put(office, &tx, person, "notice-password").await?;
    tx.commit().await?;
    Ok(())
}

/// Sets a password from the command line, for the invented people of a demo.
///
/// # Errors
///
/// No such person; a password that is not taken.
pub async fn set_password(
    office: &Office,
    tenant: TenantId,
    person: PersonId,
    password: &str,
) -> Result<String, SignInError> {
    let tx = office.db().read(tenant).await?;
    let login = people::store::person_row(&tx, person).await?.ok_or(SignInError::Gone)?.employee_no;
    drop(tx);
    let hash = password::hashed(password, &login).await?;
    let tx = office.db().write(tenant).await?;
    store::keep_account(&tx, person, &login, hash, office.now()).await?;
    let entry =
        Entry { actor: "installation".to_owned(), ..entry("account.password", person, Via::Cli, "account", person) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(login)
}
