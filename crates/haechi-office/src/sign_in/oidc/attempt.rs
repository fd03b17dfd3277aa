//! Leaving for the provider. What was begun lies sealed in a cookie of the browser that began it.

use axum::http::{HeaderMap, header};
use chrono::TimeDelta;
use haechi_core::digest::Digest;
use haechi_core::time::Moment;
use haechi_core::words::Language;
use openidconnect::core::{CoreAuthPrompt, CoreResponseType};
use openidconnect::{AuthenticationFlow, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use url::Url;

use super::super::password::Secret;
use super::provider::Provider;
use super::{OidcError, store};
use crate::ids::TenantId;
use crate::office::Office;
use crate::web::OF_HOST;

/// The beginning of the names of the cookies; the beginning of `state` follows.
const COOKIE: &str = "haechi-oidc-";
/// How long one may take at the provider.
pub(crate) const MOST: TimeDelta = TimeDelta::minutes(10);
/// A provider that answered so lately is taken to be there.
const LATELY: TimeDelta = TimeDelta::seconds(15);
/// The longest path one comes back to, in bytes: it lies in the cookie.
const PATH: usize = 1000;

/// What somebody goes to the provider for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// A session.
    SignIn,
    /// To prove in the session of this digest who they are.
    Prove(String),
}

/// What was begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) tenant: TenantId,
    pub(super) issuer: String,
    pub(super) purpose: Purpose,
    /// Where to go afterwards.
    pub(super) next: String,
    pub(super) at: Moment,
    /// 256 random bits, of which all that the provider sees is made.
    secret: String,
}

impl Attempt {
    fn of(&self, what: &str) -> String {
        Digest::of_parts([b"haechi oidc".as_slice(), what.as_bytes(), self.secret.as_bytes()]).to_string()
    }

    pub(super) fn state(&self) -> String {
        self.of("state")
    }

    pub(super) fn nonce(&self) -> Nonce {
        Nonce::new(self.of("nonce"))
    }

    pub(super) fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.of("verifier"))
    }
}

const PURPOSE: &str = "sign-in at a provider";

/// The name of the cookie of what was begun under `state`.
pub(crate) fn cookie_of(state: &str) -> Option<String> {
    let short = state.get(..16).filter(|short| short.chars().all(|one| one.is_ascii_hexdigit()))?;
    Some(format!("{COOKIE}{short}"))
}

/// The cookies of what a browser has begun.
pub(crate) fn begun(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let names = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    names
        .map(|(name, _)| name.strip_prefix(OF_HOST).unwrap_or(name).to_owned())
        .filter(|name| name.starts_with(COOKIE))
        .collect()
}

/// What was begun under `state`, as the cookie says it.
pub(super) fn read(office: &Office, state: &str, cookie: &str) -> Option<Attempt> {
    let attempt: Attempt = office.seal().open(PURPOSE, "", cookie)?;
    let is_state = bool::from(attempt.state().as_bytes().ct_eq(state.as_bytes()));
    (is_state && office.now() - attempt.at <= MOST).then_some(attempt)
}

/// Where to go, and what the browser has to remember meanwhile.
pub(crate) struct Left {
    /// The provider's page.
    pub(crate) to: Url,
    /// The cookie's name.
    pub(crate) name: String,
    /// And its value.
    pub(crate) value: String,
}

/// Begins a visit at the provider. It is asked first whether it is there.
///
/// # Errors
///
/// The provider does not answer.
pub(crate) async fn leave(
    office: &Office,
    provider: &Provider,
    tenant: TenantId,
    purpose: Purpose,
    next: &str,
    language: Language,
) -> Result<Left, OidcError> {
    let known = provider.known(office, LATELY).await?;
    let secret = Secret::new().map_err(super::super::SignInError::from)?.text().to_owned();
    let next = if next.len() > PATH { "/" } else { next }.to_owned();
    let attempt = Attempt { tenant, issuer: provider.config.issuer.clone(), purpose, next, at: office.now(), secret };
    let state = attempt.state();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let (state_given, nonce) = (state.clone(), attempt.nonce());
    let mut request = known
        .client
        .authorize_url(flow, move || CsrfToken::new(state_given), move || nonce)
        .add_scopes(provider.config.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&attempt.verifier()))
        .add_ui_locale(LanguageTag::new(language.tag().to_owned()));
    if attempt.purpose != Purpose::SignIn {
        request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
    }
    let (to, ..) = request.url();
    let name = cookie_of(&state).ok_or(OidcError::Late)?;
    let value = office.seal().seal(PURPOSE, "", &attempt).map_err(super::super::SignInError::from)?;
    Ok(Left { to, name, value })
}

/// Notes that what was begun has come back; `false` where it did before.
pub(super) async fn used(
    office: &Office,
    tx: &crate::db::Transaction,
    attempt: &Attempt,
) -> Result<bool, sea_orm::DbErr> {
    // As long as an attempt holds, and a little longer.
    store::forget_used(tx, office.now() - MOST * 2).await?;
    store::add_used(tx, &attempt.state(), office.now()).await
}
