//! Coming back from the provider: the code is exchanged, and what the provider says is held against everything it must fit.

use axum::http::HeaderMap;
use chrono::TimeDelta;
use haechi_core::time::Moment;
use openidconnect::core::{CoreGenderClaim, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, IdToken, IdTokenClaims,
    OAuth2TokenResponse as _, RequestTokenError, SignatureVerificationError, SubjectIdentifier, TokenResponse as _,
    UserInfoClaims, UserInfoError,
};
use serde_json::Value;

use super::super::session::{self, Opened, Opening, Session, Way};
use super::OidcError;
use super::attempt::{self, Attempt, Purpose};
use super::link::{self, Said};
use super::provider::{Client, Known, Others, Provider, send, told};
use crate::ids::TenantId;
use crate::office::Office;
use crate::web::own_cookie;

/// What is taken as signed: by a key that only the provider has. `none`, and keys that both sides have, are not.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// What is known of the provider may be so old when somebody comes back.
const AGE: TimeDelta = TimeDelta::minutes(5);
/// By how much clocks may differ.
const SKEW: TimeDelta = TimeDelta::minutes(1);

type Token =
    IdToken<Others, CoreGenderClaim, openidconnect::core::CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Others, CoreGenderClaim>;

/// What came of a visit at the provider.
#[derive(Debug)]
pub(crate) enum Came {
    /// A session, and where to go.
    In(TenantId, Opened, String),
    /// The holder of the session has proved who they are; where to go.
    Proved(String),
}

/// What stands in the address that the provider sends somebody back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brought<'a> {
    pub(crate) state: &'a str,
    pub(crate) code: &'a str,
    pub(crate) error: &'a str,
    pub(crate) issuer: &'a str,
    /// The code of the government in the path: each has an address of its own to come back to.
    pub(crate) government: &'a str,
}

/// Ends what was begun in this browser, and says in which government.
///
/// # Errors
///
/// It was not begun here, or too long ago; the provider said no, does not answer, or says what does not hold; nobody of ours.
pub(crate) async fn come_back(
    office: &Office,
    brought: Brought<'_>,
    headers: &HeaderMap,
    session: Option<&Session>,
    browser: &str,
) -> (Option<TenantId>, Result<Came, OidcError>) {
    let name = attempt::cookie_of(brought.state);
    let value = name.and_then(|name| own_cookie(office, headers, &name).map(str::to_owned));
    let attempt = value.and_then(|value| attempt::read(office, brought.state, &value));
    let Some(attempt) = attempt else { return (None, Err(OidcError::Late)) };
    (Some(attempt.tenant), ended(office, &attempt, brought, session, browser).await)
}

async fn ended(
    office: &Office,
    attempt: &Attempt,
    brought: Brought<'_>,
    session: Option<&Session>,
    browser: &str,
) -> Result<Came, OidcError> {
    let tx = office.db().read(attempt.tenant).await?;
    let government = crate::slices::people::government(&tx).await?;
    drop(tx);
    let provider = office.oidc().of(&government.code).filter(|provider| provider.is(&attempt.issuer));
    let provider = provider.ok_or(OidcError::Late)?;
    // Who mixes two providers up would have us bring one's code to the other (RFC 9700, 4.4): each sends people back to its own address,
    // and says who it is where it can (RFC 9207).
    if brought.government != government.code {
        return Err(OidcError::Answer("it came back to another government's address".to_owned()));
    }
    if !brought.issuer.is_empty() && !provider.is(brought.issuer) {
        return Err(OidcError::Answer("it comes from another issuer".to_owned()));
    }
    if brought.code.is_empty() {
        let why: String = brought.error.chars().filter(char::is_ascii_graphic).take(60).collect();
        return Err(OidcError::Refused(why));
    }
    let is_holder = match (&attempt.purpose, session) {
        (Purpose::SignIn, _) => true,
        (Purpose::Prove(digest), Some(session)) => session.secret.digest() == *digest,
        (Purpose::Prove(_), None) => false,
    };
    if !is_holder {
        return Err(OidcError::Late);
    }
    let answer = asked(office, provider, attempt, brought.code).await?;
    let subject = answer.claims.subject().as_str().to_owned();
    // As OpenID Connect has it: at most 255 characters of ASCII.
    if subject.len() > 255 || !subject.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return Err(OidcError::Answer("the subject is no name".to_owned()));
    }
    let said = Said { subject, claims: answer.values(office, provider, attempt).await? };
    let tx = office.db().write(attempt.tenant).await?;
    tx.alone().await?;
    if !attempt::used(office, &tx, attempt).await? {
        return Err(OidcError::Late);
    }
    let came = match (&attempt.purpose, session) {
        (Purpose::Prove(_), Some(session)) => {
            let holder = session.person;
            if link::linked(&tx, &attempt.issuer, &said.subject).await? != Some(holder) {
                return Err(OidcError::Other);
            }
            session::proved(office, &tx, holder, &session.secret, office.now()).await?;
            Came::Proved(attempt.next.clone())
        }
        (Purpose::Prove(_), None) => return Err(OidcError::Late),
        (Purpose::SignIn, _) => {
            let person = link::person(office, &tx, provider, &said).await?;
            let opening = Opening { person, way: Way::Oidc, browser, has_second: false };
            let secret = session::open(office, &tx, opening).await?;
            Came::In(attempt.tenant, Opened { secret, browser: None }, attempt.next.clone())
        }
    };
    tx.commit().await?;
    Ok(came)
}

/// What a provider said and what was verified.
struct Answer {
    known: Known,
    claims: Claims,
    access: AccessToken,
}

/// Exchanges the code, and verifies what comes for it.
async fn asked(office: &Office, provider: &Provider, attempt: &Attempt, code: &str) -> Result<Answer, OidcError> {
    let refused = |error: &dyn std::error::Error| OidcError::Answer(told(error));
    let known = provider.known(office, AGE).await?;
    let http = provider.http()?;
    let ask = |request| send(http.clone(), request);
    let exchange = known.client.exchange_code(AuthorizationCode::new(code.to_owned()));
    let exchange = exchange.map_err(|error| refused(&error))?.set_pkce_verifier(attempt.verifier());
    let response = exchange.request_async(&ask).await.map_err(|error| match &error {
        RequestTokenError::Request(_) => {
            provider.went_down();
            OidcError::Down(told(&error))
        }
        // A code that was used, is too old, or another client's.
        RequestTokenError::ServerResponse(said) => OidcError::Answer(said.error().to_string()),
        RequestTokenError::Parse(error, _) => unread(error.path()),
        RequestTokenError::Other(_) => OidcError::Answer(told(&error)),
    })?;
    let token = response.id_token().ok_or_else(|| OidcError::Answer("there is no ID token".to_owned()))?;
    let (known, claims) = match verified(office, &known.client, attempt, token) {
        // The provider may have changed its keys since they were read.
        Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey
            | SignatureVerificationError::CryptoError(_)
            | SignatureVerificationError::AmbiguousKeyId(_),
        )) => {
            let known = provider.known(office, TimeDelta::zero()).await?;
            let claims = verified(office, &known.client, attempt, token);
            (known, claims)
        }
        claims => (known, claims),
    };
    let claims = claims.map_err(|error| match error {
        ClaimsVerificationError::InvalidAuthTime(_) => OidcError::Stale,
        error => refused(&error),
    })?;
    let access = response.access_token().clone();
    if let Some(expected) = claims.access_token_hash() {
        let verifier = known.client.id_token_verifier();
        let key = token.signing_key(&verifier).map_err(|error| refused(&error))?;
        let algorithm = token.signing_alg().map_err(|error| refused(&error))?;
        let actual = AccessTokenHash::from_token(&access, algorithm, key).map_err(|error| refused(&error))?;
        if actual != *expected {
            return Err(OidcError::Answer("the access token is not that of the ID token".to_owned()));
        }
    }
    Ok(Answer { known, claims, access })
}

/// The claims of a token that was signed by the provider, for us, for this attempt, and that holds now.
fn verified(
    office: &Office,
    client: &Client,
    attempt: &Attempt,
    token: &Token,
) -> Result<Claims, ClaimsVerificationError> {
    let (now, began, is_anew) = (office.now(), attempt.at, attempt.purpose != Purpose::SignIn);
    let anew = move |at: Option<Moment>| match at {
        _ if !is_anew => Ok(()),
        Some(at) if at >= began - SKEW => Ok(()),
        Some(_) => Err("it was before the provider was asked".to_owned()),
        None => Err("the provider does not say when".to_owned()),
    };
    let issued = move |at: Moment| {
        if at <= now + SKEW * 5 { Ok(()) } else { Err("it is issued in the future".to_owned()) }
    };
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(issued)
        .set_auth_time_verifier_fn(anew);
    let claims = token.claims(&verifier, &attempt.nonce())?;
    match claims.authorized_party() {
        Some(party) if party != client.client_id() => {
            Err(ClaimsVerificationError::InvalidAudience("it was issued for another client".to_owned()))
        }
        _ => Ok(claims.clone()),
    }
}

/// An answer that cannot be read, without what stands in it: the log holds nothing that says who somebody is.
fn unread(at: impl std::fmt::Display) -> OidcError {
    OidcError::Answer(format!("it cannot be read at `{at}`"))
}

/// Why what the provider says beside the token is not taken; likewise.
fn of_more<E: std::error::Error + 'static>(error: &UserInfoError<E>) -> OidcError {
    match error {
        UserInfoError::ClaimsVerification(ClaimsVerificationError::InvalidSubject(_)) => {
            OidcError::Answer("the user info is somebody else's".to_owned())
        }
        UserInfoError::Parse(error) => unread(error.path()),
        error => OidcError::Answer(told(error)),
    }
}

impl Answer {
    /// What the provider says of the person: in the token, and where what the rule needs is not there, when it is asked for more.
    async fn values(&self, office: &Office, provider: &Provider, attempt: &Attempt) -> Result<Value, OidcError> {
        let refused = |error: &dyn std::error::Error| OidcError::Answer(told(error));
        let own = serde_json::to_value(&self.claims).map_err(|error| refused(&error))?;
        let tx = office.db().read(attempt.tenant).await?;
        let is_linked = link::linked(&tx, &attempt.issuer, self.claims.subject().as_str()).await?.is_some();
        drop(tx);
        if is_linked || attempt.purpose != Purpose::SignIn || link::is_enough(&provider.config, &own) {
            return Ok(own);
        }
        // What goes into a header.
        if !self.access.secret().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(OidcError::Answer("the access token is no word".to_owned()));
        }
        let subject: SubjectIdentifier = self.claims.subject().clone();
        let Ok(request) = self.known.client.user_info(self.access.clone(), Some(subject)) else { return Ok(own) };
        let http = provider.http()?;
        let ask = |request| send(http.clone(), request);
        let more: UserInfoClaims<Others, CoreGenderClaim> =
            request.request_async(&ask).await.map_err(|error| of_more(&error))?;
        serde_json::to_value(&more).map_err(|error| refused(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_not_told_whose_account_it_was() {
        let said = "expected `kim@city.example` (found `park@city.example`)".to_owned();
        let error: UserInfoError<std::io::Error> =
            UserInfoError::ClaimsVerification(ClaimsVerificationError::InvalidSubject(said));
        assert!(!of_more(&error).to_string().contains("city.example"));
        let unread = unread("email_verified").to_string();
        assert!(unread.contains("`email_verified`"), "{unread}");
    }
}
