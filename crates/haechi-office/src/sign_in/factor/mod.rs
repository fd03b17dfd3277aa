//! The second factor of accounts of the office's own: codes of an app, and codes on paper for when the app is lost.
//!
//! The app's secret is sealed in the database (`seal.rs`): it has to be known to be compared, so it cannot be a digest. A code is good
//! once: the step of the last one is kept, and none of that step or before is taken again. Codes on paper are digests, each good once.
//! While an app is being set up nothing is written: its secret goes along with the page, sealed and bound to the session.

mod otp;
mod store;

use std::fmt;

use chrono::TimeDelta;
use haechi_core::digest::Digest;
use haechi_core::time::Moment;
use serde::{Deserialize, Serialize};

pub(crate) use self::otp::picture;

use self::otp::Otp;
use super::password::passphrase;
use super::session::{self, entry};
use super::{Secret, SignInError, guess, local, notice};
use crate::audit::{self, Via};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::Actor;

/// How long setting up may take.
const SETTING_UP: TimeDelta = TimeDelta::minutes(15);
/// Codes on paper that somebody gets.
const ON_PAPER: usize = 10;

/// What kind of code it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// One of the app.
    App,
    /// One on paper.
    Paper,
}

/// Codes on paper, to be shown once.
pub(crate) struct Paper(pub(crate) Vec<String>);

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paper")
    }
}

/// An app that is being set up.
pub(crate) struct Setup {
    /// What goes along with the page.
    pub(crate) sealed: String,
    /// The secret, to be typed.
    pub(crate) text: String,
    /// The picture of it, an SVG element.
    pub(crate) picture: String,
}

#[derive(Serialize, Deserialize)]
struct Pending {
    secret: Vec<u8>,
    at: Moment,
}

const PENDING: &str = "second factor being set up";

/// To what a secret is bound in the database.
fn bound(tenant: TenantId, person: PersonId) -> String {
    format!("{tenant} {person}")
}

fn bound_to_session(actor: &Actor, person: PersonId, session: &Secret) -> String {
    format!("{} {}", bound(actor.tenant(), person), session.digest())
}

/// Whether somebody has a second factor.
pub(crate) async fn has(tx: &Transaction, person: PersonId) -> Result<bool, sea_orm::DbErr> {
    Ok(store::factor(tx, person).await?.is_some())
}

/// Since when somebody has one, and how many codes on paper are left.
pub(crate) async fn since(tx: &Transaction, person: PersonId) -> Result<Option<(Moment, u64)>, sea_orm::DbErr> {
    let Some(row) = store::factor(tx, person).await? else { return Ok(None) };
    Ok(Some((row.made_at, store::paper_left(tx, person).await?)))
}

/// Begins to set an app up for `account` with `issuer`.
///
/// # Errors
///
/// When the machine gives no random numbers.
pub(crate) fn begin(
    office: &Office,
    actor: &Actor,
    session: &Secret,
    issuer: &str,
    account: &str,
) -> Result<Setup, SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let otp = Otp::generate()?;
    let pending = Pending { secret: otp.bytes().to_vec(), at: office.now() };
    let sealed = office.seal().seal(PENDING, &bound_to_session(actor, person, session), &pending)?;
    Ok(setup(&otp, sealed, issuer, account))
}

/// The same app once more, after a code that was not right.
///
/// # Errors
///
/// [`SignInError::Late`] when it is not to be had any more.
pub(crate) fn again(
    office: &Office,
    actor: &Actor,
    session: &Secret,
    sealed: &str,
    (issuer, account): (&str, &str),
) -> Result<Setup, SignInError> {
    let otp = pending(office, actor, session, sealed)?;
    Ok(setup(&otp, sealed.to_owned(), issuer, account))
}

fn setup(otp: &Otp, sealed: String, issuer: &str, account: &str) -> Setup {
    Setup { sealed, text: otp.text(), picture: otp::picture(&otp.address(issuer, account)) }
}

fn pending(office: &Office, actor: &Actor, session: &Secret, sealed: &str) -> Result<Otp, SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let pending: Option<Pending> = office.seal().open(PENDING, &bound_to_session(actor, person, session), sealed);
    let pending = pending.filter(|pending| office.now() - pending.at <= SETTING_UP).ok_or(SignInError::Late)?;
    Otp::of(&pending.secret)
}

/// Sets the app up, once it shows a code that fits; one that was there before is replaced. Every other session of the person ends.
///
/// # Errors
///
/// A code that does not fit; too much time has passed; the person has no account of the office's own.
pub(crate) async fn confirm(
    office: &Office,
    actor: &Actor,
    session: &Secret,
    sealed: &str,
    code: &str,
) -> Result<Paper, SignInError> {
    let (person, now) = (actor.id().ok_or(SignInError::Gone)?, office.now());
    let otp = pending(office, actor, session, sealed)?;
    let step = otp.step(&plain(code), office.telephones_now()).ok_or(SignInError::Code)?;
    let kept = office.seal().seal(SECRET, &bound(actor.tenant(), person), &otp.bytes().to_vec())?;
    let paper = new_paper()?;
    let tx = office.db().write(actor.tenant()).await?;
    if super::store::account_of(&tx, person).await?.is_none() {
        return Err(SignInError::Gone);
    }
    store::keep_factor(&tx, person, kept, step, now).await?;
    store::replace_paper(&tx, person, paper.0.iter().map(|code| digest(person, code)), now).await?;
    super::store::end_other_sessions(&tx, person, &session.digest(), now).await?;
    super::store::session_second(&tx, person, &session.digest(), now).await?;
    let entry = entry("account.second_factor", person, actor.via(), "account", person);
    audit::append(&tx, office.clock(), &entry).await?;
    notice::put(office, &tx, person, "notice-second-factor").await?;
    tx.commit().await?;
    Ok(paper)
}

/// For what the app's secret is sealed.
const SECRET: &str = "second factor";

/// A code without the white space and dashes that people put into it.
fn plain(code: &str) -> String {
    code.chars().filter(|one| !one.is_whitespace() && *one != '-').flat_map(char::to_lowercase).collect()
}

/// What the database keeps of a code on paper. It holds 80 random bits, so its digest tells nobody.
fn digest(person: PersonId, code: &str) -> String {
    let code = plain(code).replace('o', "0");
    Digest::of_parts([b"haechi recovery".as_slice(), person.to_string().as_bytes(), code.as_bytes()]).to_string()
}

fn new_paper() -> Result<Paper, SignInError> {
    let codes: Result<Vec<String>, _> = (0..ON_PAPER).map(|_| passphrase()).collect();
    Ok(Paper(codes?))
}

/// Uses a code up, if it fits.
async fn check(office: &Office, tx: &Transaction, person: PersonId, code: &str) -> Result<Code, SignInError> {
    let (code, now) = (plain(code), office.now());
    let Some(row) = store::factor(tx, person).await? else { return Err(SignInError::Code) };
    if code.len() != usize::from(otp::DIGITS) {
        if !store::use_paper(tx, person, &digest(person, &code), now).await? {
            return Err(SignInError::Code);
        }
        let entry = entry("account.recovery_code", person, Via::Web, "account", person);
        audit::append(tx, office.clock(), &entry).await?;
        notice::put(office, tx, person, "notice-recovery-code").await?;
        return Ok(Code::Paper);
    }
    let secret: Vec<u8> = office
        .seal()
        .open(SECRET, &bound(tx.tenant(), person), &row.secret)
        .ok_or(SignInError::Seal(crate::seal::SealError::Key))?;
    let step = Otp::of(&secret)?.step(&code, office.telephones_now()).ok_or(SignInError::Code)?;
    if store::use_step(tx, person, step).await? { Ok(Code::App) } else { Err(SignInError::Code) }
}

/// Uses a code up under the count of attempts. The transaction comes back where it fitted; the attempt stays counted where it did not.
///
/// # Errors
///
/// A code that does not fit or was used; too many failures.
pub(super) async fn judged(
    office: &Office,
    tx: Transaction,
    person: PersonId,
    code: &str,
    guard: &str,
) -> Result<(Transaction, Code), SignInError> {
    guess::count(&tx, guard, office.now()).await?;
    match check(office, &tx, person, code).await {
        Ok(kind) => {
            super::store::forget_failures(&tx, guard).await?;
            Ok((tx, kind))
        }
        Err(SignInError::Code) => {
            tx.commit().await?;
            Err(SignInError::Code)
        }
        Err(error) => Err(error),
    }
}

/// Takes somebody's own second factor away, for who shows a code of it.
///
/// # Errors
///
/// A code that does not fit; [`SignInError::Wanted`] where the government wants it of them.
pub(crate) async fn remove(
    office: &Office,
    actor: &Actor,
    code: &str,
    known_browser: Option<&str>,
) -> Result<(), SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let tx = office.db().write(actor.tenant()).await?;
    if session::wants_second(&tx, actor).await? {
        return Err(SignInError::Wanted);
    }
    let guard = local::guard_of_codes(&tx, person, known_browser).await?;
    let (tx, _) = judged(office, tx, person, code, &guard).await?;
    store::remove(&tx, person).await?;
    let entry = entry("account.second_factor_end", person, actor.via(), "account", person);
    audit::append(&tx, office.clock(), &entry).await?;
    notice::put(office, &tx, person, "notice-second-factor-end").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes somebody's second factor away without a code of it; `false` where they had none. The caller says whose act it was.
pub(super) async fn take_away(tx: &Transaction, person: PersonId) -> Result<bool, sea_orm::DbErr> {
    store::remove(tx, person).await
}

/// New codes on paper in place of the old ones, for who shows a code.
///
/// # Errors
///
/// A code that does not fit.
pub(crate) async fn renew_paper(
    office: &Office,
    actor: &Actor,
    code: &str,
    known_browser: Option<&str>,
) -> Result<Paper, SignInError> {
    let person = actor.id().ok_or(SignInError::Gone)?;
    let tx = office.db().write(actor.tenant()).await?;
    let guard = local::guard_of_codes(&tx, person, known_browser).await?;
    let (tx, _) = judged(office, tx, person, code, &guard).await?;
    let paper = new_paper()?;
    store::replace_paper(&tx, person, paper.0.iter().map(|code| digest(person, code)), office.now()).await?;
    let entry = entry("account.recovery_codes", person, actor.via(), "account", person);
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(paper)
}

/// The code that an app shows now whose secret is `text` (as a page shows it).
#[cfg(test)]
pub(crate) fn code_of(text: &str, now: Moment) -> String {
    let secret = totp_rs::Secret::try_from_base32(text.replace(' ', "")).unwrap();
    Otp::of(secret.as_bytes()).unwrap().code(now)
}
