//! What is known of a provider: its discovery document and keys, read again before they are old.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use haechi_core::time::Moment;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, LogoutRequest, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, StandardErrorResponse, StandardTokenResponse,
};
use reqwest::redirect::Policy;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use url::Url;

use super::OidcError;
use crate::config::{self, Config, is_private};
use crate::office::Office;

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// The longest answer of a provider, in bytes.
const LONGEST: usize = 1024 * 1024;
/// After it did not answer, a provider is left alone for so long: who comes next is told at once.
const REST: TimeDelta = TimeDelta::seconds(10);

/// Claims of any name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Others {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for Others {}

pub(super) type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// Haechi, as a client of a provider.
pub(super) type Client = openidconnect::Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The providers of an installation, by the code of the government.
#[derive(Default)]
pub(crate) struct Providers(BTreeMap<String, Provider>);

impl Providers {
    pub(crate) fn new(config: &Config) -> Self {
        let callback = format!("{}/sign-in/oidc/callback", config.public_url.trim_end_matches('/'));
        let provider = |one: &config::Oidc| Provider {
            config: one.clone(),
            callback: format!("{callback}/{}", one.government),
            client: OnceLock::new(),
            seen: Mutex::default(),
            is_down: AtomicBool::new(false),
        };
        Self(config.oidc.iter().map(|one| (one.government.clone(), provider(one))).collect())
    }

    /// That of the government of this code.
    pub(crate) fn of(&self, government: &str) -> Option<&Provider> {
        self.0.get(government)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Provider> {
        self.0.values()
    }
}

/// What was seen of a provider last.
#[derive(Default)]
struct Seen {
    known: Option<Known>,
    failed_at: Option<Moment>,
}

/// A provider.
pub(crate) struct Provider {
    pub(crate) config: config::Oidc,
    callback: String,
    client: OnceLock<reqwest::Client>,
    seen: Mutex<Seen>,
    /// Whether it did not answer when it was asked last.
    is_down: AtomicBool,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.config.issuer).finish_non_exhaustive()
    }
}

/// What is known of a provider since some moment.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) metadata: ProviderMetadataWithLogout,
    pub(super) client: Client,
    read_at: Moment,
}

impl Provider {
    /// Whether it did not answer when it was asked last.
    pub(crate) fn is_down(&self) -> bool {
        self.is_down.load(Ordering::Relaxed)
    }

    /// Whether it is the one that `issuer` names.
    pub(super) fn is(&self, issuer: &str) -> bool {
        self.config.issuer == issuer
    }

    /// What is known of it, read again where that is older than `age`. One at a time asks; who waits meanwhile is told the same.
    pub(super) async fn known(&self, office: &Office, age: TimeDelta) -> Result<Known, OidcError> {
        let mut seen = self.seen.lock().await;
        let now = office.now();
        if let Some(known) = seen.known.as_ref().filter(|known| now - known.read_at < age) {
            return Ok(known.clone());
        }
        if seen.failed_at.is_some_and(|failed| now - failed < REST) {
            return Err(OidcError::Down("it did not answer a moment ago".to_owned()));
        }
        let read = self.read(now).await;
        self.is_down.store(read.is_err(), Ordering::Relaxed);
        match read {
            Ok(known) => {
                *seen = Seen { known: Some(known.clone()), failed_at: None };
                Ok(known)
            }
            Err(error) => {
                seen.failed_at = Some(now);
                Err(error)
            }
        }
    }

    /// Notes that it did not answer where it was asked for something else than its document.
    pub(super) fn went_down(&self) {
        self.is_down.store(true, Ordering::Relaxed);
    }

    async fn read(&self, now: Moment) -> Result<Known, OidcError> {
        let down = |error: &dyn std::error::Error| OidcError::Down(told(error));
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(|error| down(&error))?;
        let http = self.http()?;
        let ask = |request| send(http.clone(), request);
        let metadata = ProviderMetadataWithLogout::discover_async(issuer, &ask).await.map_err(|error| down(&error))?;
        // People are sent to these; what we ask ourselves is held to the same in `send`.
        let leave = [Some(metadata.authorization_endpoint().url()), end_session(&metadata)];
        if leave.into_iter().flatten().any(|url| !is_private(url.as_str())) {
            return Err(OidcError::Down("it names an address that is neither https nor on this machine".to_owned()));
        }
        if metadata.token_endpoint().is_none() {
            return Err(OidcError::Down("it names no token endpoint".to_owned()));
        }
        let methods = metadata.token_endpoint_auth_methods_supported();
        let is_basic = methods.is_none_or(|all| all.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = ClientId::new(self.config.client_id.clone());
        let callback = RedirectUrl::new(self.callback.clone()).map_err(|error| down(&error))?;
        let client = Client::from_provider_metadata(metadata.clone(), id, self.secret()?)
            .set_redirect_uri(callback)
            .set_auth_type(if is_basic { AuthType::BasicAuth } else { AuthType::RequestBody });
        Ok(Known { metadata, client, read_at: now })
    }

    /// The client's secret, as its file says it now; none for a public client.
    pub(super) fn secret(&self) -> Result<Option<ClientSecret>, OidcError> {
        let Some(path) = &self.config.client_secret_file else { return Ok(None) };
        let refused = |why: String| OidcError::Secret { path: path.clone(), why };
        let secret = std::fs::read_to_string(path).map_err(|error| refused(error.to_string()))?;
        match secret.trim() {
            "" => Err(refused("it is empty".to_owned())),
            secret => Ok(Some(ClientSecret::new(secret.to_owned()))),
        }
    }

    /// The way to it: directly, and to no address that it sends us on to.
    pub(super) fn http(&self) -> Result<reqwest::Client, OidcError> {
        if let Some(client) = self.client.get() {
            return Ok(client.clone());
        }
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .no_proxy()
            .redirect(Policy::none())
            .tls_built_in_native_certs(self.config.issuer.starts_with("https:"))
            .build()
            .map_err(|error| OidcError::Down(told(&error)))?;
        Ok(self.client.get_or_init(|| client).clone())
    }

    /// Where one signs out of the provider too, and comes back to `back`; none where it offers none or does not answer.
    pub(crate) async fn sign_out(&self, office: &Office, back: String) -> Option<Url> {
        let known = self.known(office, TimeDelta::minutes(5)).await.ok()?;
        let end = known.metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(back).ok()?;
        let request = LogoutRequest::from(end).set_client_id(ClientId::new(self.config.client_id.clone()));
        Some(request.set_post_logout_redirect_uri(back).http_get_url())
    }
}

fn end_session(metadata: &ProviderMetadataWithLogout) -> Option<&Url> {
    metadata.additional_metadata().end_session_endpoint.as_ref().map(|url| url.url())
}

/// An error with all that stands behind it, for the log.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Why a provider was not asked, or did not answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsent {
    #[error("`{0}` is neither https nor on this machine")]
    Open(String),
    #[error("the answer is longer than {LONGEST} bytes")]
    Long,
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("no answer")]
    Unanswered(#[from] reqwest::Error),
}

/// Asks a provider.
pub(super) async fn send(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unsent> {
    let address = request.uri().to_string();
    if !is_private(&address) {
        return Err(Unsent::Open(address));
    }
    let mut response = client.execute(reqwest::Request::try_from(request)?).await?;
    let mut answer = http::Response::builder().status(response.status());
    if let Some(headers) = answer.headers_mut() {
        headers.clone_from(response.headers());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Unsent::Long);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(answer.body(body)?)
}
