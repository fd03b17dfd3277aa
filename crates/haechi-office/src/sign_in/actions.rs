//! Signing in and out, one-time links.

use chrono::TimeDelta;
use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;

use super::password::{self, PasswordError, Secret};
use super::store::{self, link, session};
use crate::audit::{self, Entry, Record, Via};
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::{Actor, Role};
use crate::problem::Problem;
use crate::slices::people;

/// Failures after which one waits.
const FREE: i32 = 5;
/// The longest one waits, in seconds.
const LONGEST: i64 = 15 * 60;
/// How long a one-time link holds.
const LINK_HOURS: i64 = 24;

/// Why somebody could not sign in, or an account not be changed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown log-in or wrong password; nobody can tell which.
    #[error("unknown log-in or wrong password")]
    Wrong,
    /// Too many failures; so many seconds to wait.
    #[error("too many failures, wait {0} seconds")]
    Wait(i64),
    /// The link is unknown, was used, or is too old.
    #[error("the link does not hold")]
    Link,
    /// The password is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// There is no such person, account or token.
    #[error("not there")]
    Gone,
    /// A scope that does not exist, or a time that has passed.
    #[error("a token for what is not to be had")]
    Scope,
    /// The database said no.
    #[error("accounts could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::new(
                401,
                "sign_in.wrong",
                ("아이디 또는 비밀번호가 맞지 않습니다.", "The log-in or the password is not right."),
                (
                    "다시 입력해 주십시오. 잊으셨으면 관리자에게 일회용 링크를 요청하십시오.",
                    "Try again. If you forgot it, ask your administrator for a one-time link.",
                ),
            ),
            SignInError::Wait(seconds) => {
                let minutes = (seconds + 59) / 60;
                let mut problem = Self::new(
                    429,
                    "sign_in.wait",
                    ("여러 번 틀려 잠시 기다려야 합니다.", "Too many attempts failed."),
                    ("", ""),
                );
                problem.advice = haechi_core::words::Words::new(
                    format!("{minutes}분 뒤에 다시 시도하거나, 전에 로그인한 브라우저에서 로그인하십시오."),
                    format!("Wait {minutes} minutes, or sign in from a browser you used before."),
                );
                problem
            }
            SignInError::Link => Self::new(
                410,
                "sign_in.link",
                ("이 링크는 이미 쓰였거나 기한이 지났습니다.", "This link was used or is too old."),
                ("관리자에게 새 링크를 요청하십시오.", "Ask your administrator for a new one."),
            ),
            SignInError::Password(PasswordError::Short) => Self::invalid(
                "password.short",
                ("비밀번호는 12자 이상이어야 합니다.", "A password has at least twelve characters."),
            ),
            SignInError::Password(PasswordError::Long) => Self::invalid(
                "password.long",
                ("비밀번호는 200자를 넘을 수 없습니다.", "A password has at most 200 characters."),
            ),
            SignInError::Password(PasswordError::Guessable) => Self::invalid(
                "password.guessable",
                (
                    "아이디가 들어 있거나 한 글자로만 된 비밀번호는 쓸 수 없습니다.",
                    "A password may not hold the log-in or be one character only.",
                ),
            ),
            SignInError::Password(PasswordError::Machine) => {
                Self::internal("password.machine", &PasswordError::Machine)
            }
            SignInError::Gone => Self::hidden(),
            SignInError::Scope => Self::invalid(
                "token.scope",
                ("토큰의 범위나 기한이 맞지 않습니다.", "The scope or the last day of the token does not fit."),
            ),
            SignInError::Database(error) => error.into(),
            SignInError::Log(error) => error.into(),
        }
    }
}

/// A session that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Its secret, for the cookie.
    pub secret: Secret,
    /// A secret by which the browser is known again.
    pub browser: Secret,
}

fn entry(action: &str, person: PersonId, via: Via, kind: &str, id: impl ToString) -> Entry {
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

/// How long one still waits after so many failures.
fn wait(failures: Option<(i32, Moment)>, now: Moment) -> Option<i64> {
    let (count, last) = failures?;
    let over = u32::try_from(count - FREE).ok()?;
    let pause = (30_i64 << over.min(10)).min(LONGEST);
    let left = pause - (now - last).num_seconds();
    (left > 0).then_some(left)
}

/// Opens a session for who knows the password.
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
) -> Result<Opened, SignInError> {
    let now = office.now();
    let tx = office.db().read(tenant).await?;
    let account = store::account_of_login(&tx, login).await?;
    let known = match (&account, known_browser) {
        (Some(account), Some(secret)) => {
            let digest = Secret::of(secret).digest();
            store::knows_browser(&tx, &digest, account.person).await?.then_some(digest)
        }
        _ => None,
    };
    let whose = account.as_ref().map_or_else(|| audit::digest(&login), |account| account.person.to_string());
    let guard = format!("{whose} {}", known.as_deref().unwrap_or("strangers"));
    if let Some(seconds) = wait(store::failures(&tx, &guard).await?, now) {
        return Err(SignInError::Wait(seconds));
    }
    drop(tx);
    // Tens of milliseconds of work that must not hold up who else waits on this thread.
    let hash = account.as_ref().map(|account| account.password.clone());
    let given = password.to_owned();
    let is_right =
        tokio::task::spawn_blocking(move || password::is_right(&given, hash.as_deref())).await.unwrap_or(false);
    let tx = office.db().write(tenant).await?;
    let Some(account) = account.filter(|_| is_right) else {
        store::failed(&tx, &guard, now).await?;
        tx.commit().await?;
        return Err(SignInError::Wrong);
    };
    store::forget_failures(&tx, &guard).await?;
    let secret = open(&tx, account.person, browser, now).await?;
    let known = match known {
        Some(_) => Secret::of(known_browser.unwrap_or_default()),
        None => {
            let known = Secret::new()?;
            store::keep_browser(&tx, known.digest(), account.person, now).await?;
            known
        }
    };
    let entry = entry("session.open", account.person, Via::Web, "session", audit::digest(&secret.digest()));
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(Opened { secret, browser: known })
}

/// A session of somebody without their password, for tests.
#[cfg(test)]
pub(crate) async fn session_of(office: &Office, tenant: TenantId, person: PersonId) -> Secret {
    let tx = office.db().write(tenant).await.unwrap();
    let secret = open(&tx, person, "test", office.now()).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

async fn open(
    tx: &crate::db::Transaction,
    person: PersonId,
    browser: &str,
    now: Moment,
) -> Result<Secret, SignInError> {
    let secret = Secret::new()?;
    let row = session::ActiveModel {
        tenant: Set(tx.tenant()),
        digest: Set(secret.digest()),
        person: Set(person),
        made_at: Set(now),
        seen_at: Set(now),
        browser: Set(browser.chars().take(200).collect()),
        ended_at: Set(None),
    };
    store::add_session(tx, row).await?;
    Ok(secret)
}

/// Ends the session.
///
/// # Errors
///
/// When the database does not answer.
pub async fn sign_out(office: &Office, actor: &Actor, secret: &Secret) -> Result<(), SignInError> {
    end_session(office, actor, Some(&secret.digest())).await
}

/// Ends one of somebody's own sessions, or all.
///
/// # Errors
///
/// When there is none.
pub async fn end_session(office: &Office, actor: &Actor, digest: Option<&str>) -> Result<(), SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let tx = office.db().write(actor.tenant()).await?;
    if store::end_sessions(&tx, person, digest, office.now()).await? == 0 {
        return Err(SignInError::Gone);
    }
    let id = digest.map_or_else(|| "all".to_owned(), |digest| audit::digest(&digest));
    audit::append(&tx, office.clock(), &entry("session.end", person, actor.via(), "session", id)).await?;
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

/// Uses a one-time link: sets the password, ends every other session, opens one.
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
) -> Result<Opened, SignInError> {
    let (now, digest) = (office.now(), Secret::of(secret).digest());
    let tx = office.db().write(tenant).await?;
    let person = store::use_link(&tx, &digest, now).await?.ok_or(SignInError::Link)?;
    let row = people::store::person_row(&tx, person).await?.ok_or(SignInError::Link)?;
    let login = store::account_of(&tx, person).await?.map_or(row.employee_no, |account| account.login);
    let hash = password::hashed(password, &login)?;
    store::keep_account(&tx, person, &login, hash, now).await?;
    store::end_sessions(&tx, person, None, now).await?;
    let secret = open(&tx, person, browser, now).await?;
    let known = Secret::new()?;
    store::keep_browser(&tx, known.digest(), person, now).await?;
    audit::append(&tx, office.clock(), &entry("account.password", person, Via::Web, "account", person)).await?;
    tx.commit().await?;
    Ok(Opened { secret, browser: known })
}

/// Gives somebody another password, and ends their other sessions.
///
/// # Errors
///
/// A wrong old password; one that is not taken.
pub async fn change_password(office: &Office, actor: &Actor, old: &str, new: &str) -> Result<(), SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let now = office.now();
    let tx = office.db().write(actor.tenant()).await?;
    let account = store::account_of(&tx, person).await?.ok_or(SignInError::Gone)?;
    if !password::is_right(old, Some(&account.password)) {
        return Err(SignInError::Wrong);
    }
    store::keep_account(&tx, person, &account.login, password::hashed(new, &account.login)?, now).await?;
    store::end_sessions(&tx, person, None, now).await?;
    audit::append(&tx, office.clock(), &entry("account.password", person, actor.via(), "account", person)).await?;
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
    let tx = office.db().write(tenant).await?;
    let row = people::store::person_row(&tx, person).await?.ok_or(SignInError::Gone)?;
    let login = row.employee_no;
    store::keep_account(&tx, person, &login, password::hashed(password, &login)?, office.now()).await?;
    let entry =
        Entry { actor: "installation".to_owned(), ..entry("account.password", person, Via::Cli, "account", person) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(login)
}

/// Who the session's secret is; none where it has ended, was idle too long, or is too old.
pub(crate) async fn actor_of_session(
    office: &Office,
    tenant: TenantId,
    secret: &Secret,
) -> Result<Option<Actor>, sea_orm::DbErr> {
    let (now, digest) = (office.now(), secret.digest());
    let tx = office.db().read(tenant).await?;
    let Some(row) = store::session(&tx, &digest).await? else { return Ok(None) };
    let config = office.config();
    let is_idle = now - row.seen_at > TimeDelta::minutes(config.session_idle_minutes);
    let is_old = now - row.made_at > TimeDelta::hours(config.session_hours);
    // Where a page moves the day forward, everybody would be signed out by it.
    let is_over = row.ended_at.is_some() || (!config.demo && (is_idle || is_old));
    if is_over {
        return Ok(None);
    }
    let mut actor_now = actor(office, &tx, row.person, Via::Web).await?;
    let named = people::stand_ins::stands_in_for(&tx, &digest, row.person, office.today()).await?;
    if let (Some(own), Some(person)) = (&actor_now, named)
        && let Some(other) = actor(office, &tx, person, Via::Web).await?
    {
        actor_now = Some(other.with_stand_in(own));
    }
    drop(tx);
    // Once a minute is enough to tell who is idle, and a page that is only read then writes nothing.
    if now - row.seen_at >= TimeDelta::minutes(1) {
        let tx = office.db().write(tenant).await?;
        store::session_seen(&tx, &digest, now).await?;
        tx.commit().await?;
    }
    Ok(actor_now)
}

pub(super) async fn actor(
    office: &Office,
    tx: &crate::db::Transaction,
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
