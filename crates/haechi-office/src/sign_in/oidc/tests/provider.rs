//! A provider of OpenID Connect in the test process. It does what it should, or one thing wrong that a test names.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub(super) const CLIENT: &str = "haechi";
pub(super) const SECRET: &str = "the client's secret";

/// One thing that a provider, or who stands between, does wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wrong {
    #[default]
    Nothing,
    /// The nonce of another attempt.
    Nonce,
    /// A token for another client.
    Audience,
    /// For us and for another.
    TwoAudiences,
    /// Issued to another client.
    Party,
    Expired,
    Future,
    /// Signed by nobody.
    AlgNone,
    /// Signed with the client's secret, which both have.
    Hs256,
    /// Signed with a key that the provider never published.
    ForeignKey,
    Issuer,
    /// A hash of another access token.
    AccessHash,
    /// A signature of other words.
    Changed,
    NoToken,
    /// Does not say when somebody was asked who they are.
    NoAuthTime,
    /// Did not ask anew.
    OldAuthTime,
    /// More info about somebody else.
    OtherInfo,
}

/// With what tokens are signed.
pub(super) enum Key {
    Rsa(CoreRsaPrivateSigningKey),
    P256(EcdsaKeyPair, String),
}

impl Key {
    pub(super) fn rsa(id: &str) -> Self {
        let id = Some(JsonWebKeyId::new(id.to_owned()));
        Self::Rsa(CoreRsaPrivateSigningKey::from_pem(include_str!("rsa.pem"), id).unwrap())
    }

    pub(super) fn p256(id: &str) -> Self {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap();
        Self::P256(pair, id.to_owned())
    }

    fn public(&self) -> Value {
        match self {
            Self::Rsa(key) => serde_json::to_value(key.as_verification_key()).unwrap(),
            Self::P256(pair, id) => {
                let [_, point @ ..] = pair.public_key().as_ref() else { panic!("no point") };
                let coordinate = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
                json!({
                    "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
                    "x": coordinate(&point[..32]), "y": coordinate(&point[32..]),
                })
            }
        }
    }

    fn header(&self) -> Value {
        match self {
            Self::Rsa(key) => {
                let id = key.as_verification_key();
                json!({ "alg": "RS256", "typ": "JWT", "kid": serde_json::to_value(id).unwrap()["kid"] })
            }
            Self::P256(_, id) => json!({ "alg": "ES256", "typ": "JWT", "kid": id }),
        }
    }

    fn sign(&self, words: &str) -> Vec<u8> {
        match self {
            Self::Rsa(key) => key.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, words.as_bytes()).unwrap(),
            Self::P256(pair, _) => pair.sign(&SystemRandom::new(), words.as_bytes()).unwrap().as_ref().to_vec(),
        }
    }
}

/// What was granted: to be exchanged for tokens.
#[derive(Clone)]
struct Grant {
    nonce: String,
    challenge: String,
    callback: String,
    claims: Value,
}

struct Inner {
    address: SocketAddr,
    key: Key,
    /// Keys that are published beside it.
    others: Vec<Key>,
    now: i64,
    wrong: Wrong,
    /// Whether a code can be exchanged again.
    takes_codes_twice: bool,
    /// Whether claims stand in the token; else they are given to who asks for more.
    claims_in_token: bool,
    has_logout: bool,
    codes: BTreeMap<String, Grant>,
    /// Claims by access token.
    given: BTreeMap<String, Value>,
    made: u32,
}

/// A provider on a port of this machine.
pub(super) struct Provider {
    inner: Arc<Mutex<Inner>>,
    server: Mutex<Option<JoinHandle<()>>>,
}

impl Provider {
    pub(super) async fn start(now: i64) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let inner = Inner {
            address: listener.local_addr().unwrap(),
            key: Key::rsa("first"),
            others: Vec::new(),
            now,
            wrong: Wrong::Nothing,
            takes_codes_twice: false,
            claims_in_token: true,
            has_logout: true,
            codes: BTreeMap::new(),
            given: BTreeMap::new(),
            made: 0,
        };
        let this = Self { inner: Arc::new(Mutex::new(inner)), server: Mutex::new(None) };
        this.serve(listener);
        this
    }

    fn serve(&self, listener: TcpListener) {
        let service = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(self.inner.clone());
        let serving = async move { axum::serve(listener, service).await.unwrap() };
        *self.server.lock().unwrap() = Some(tokio::spawn(serving));
    }

    /// From now on nobody answers at its address.
    pub(super) async fn stop(&self) {
        let server = self.server.lock().unwrap().take().unwrap();
        server.abort();
        assert!(server.await.unwrap_err().is_cancelled());
    }

    /// It answers again, at the same address.
    pub(super) async fn come_back(&self) {
        let address = self.set().address;
        self.serve(TcpListener::bind(address).await.unwrap());
    }

    fn set(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub(super) fn issuer(&self) -> String {
        issuer(self.set().address)
    }

    pub(super) fn does_wrong(&self, wrong: Wrong) {
        self.set().wrong = wrong;
    }

    pub(super) fn now_is(&self, now: i64) {
        self.set().now = now;
    }

    pub(super) fn takes_codes_twice(&self) {
        self.set().takes_codes_twice = true;
    }

    pub(super) fn keeps_claims_for_who_asks(&self) {
        self.set().claims_in_token = false;
    }

    pub(super) fn has_no_logout(&self) {
        self.set().has_logout = false;
    }

    /// Signs with another key from now on, and publishes the old one no more, or still.
    pub(super) fn signs_with(&self, key: Key, is_old_published: bool) {
        let mut inner = self.set();
        let old = std::mem::replace(&mut inner.key, key);
        if is_old_published {
            inner.others.push(old);
        }
    }

    /// What its page does once somebody signed in there: the address that they are sent back to, as our callback gets it.
    pub(super) fn signs_in(&self, sent_to: &str, claims: &Value) -> String {
        let url = Url::parse(sent_to).unwrap();
        let asked: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(url.path(), "/authorize");
        let expected = [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("scope", "openid profile email"),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in expected {
            assert_eq!(asked[name], value, "{sent_to}");
        }
        let mut inner = self.set();
        inner.made += 1;
        let code = format!("code-{}", inner.made);
        let mut claims = claims.clone();
        // Who is asked anew is asked now.
        if asked.get("prompt").is_some_and(|prompt| prompt == "login") {
            assert_eq!(asked["max_age"], "0");
            claims["auth_time"] = json!(inner.now);
        }
        let grant = Grant {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            callback: asked["redirect_uri"].clone(),
            claims,
        };
        inner.codes.insert(code.clone(), grant);
        let behind = [("code", code.as_str()), ("state", &asked["state"]), ("iss", &issuer(inner.address))];
        let callback = Url::parse_with_params(&asked["redirect_uri"], behind).unwrap();
        format!("{}?{}", callback.path(), callback.query().unwrap())
    }
}

fn issuer(address: SocketAddr) -> String {
    format!("http://{address}")
}

type Held = State<Arc<Mutex<Inner>>>;

/// Answers with a connection that is not kept, so that whoever stops is gone at once.
fn answer(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONNECTION, "close")], Json(value)).into_response()
}

async fn document(State(inner): Held) -> Response {
    let inner = inner.lock().unwrap();
    let at = |path: &str| format!("{}{path}", issuer(inner.address));
    let mut document = json!({
        "issuer": issuer(inner.address),
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "userinfo_endpoint": at("/me"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // Also what must never be taken, though the provider says that it may come.
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
    });
    if inner.has_logout {
        document["end_session_endpoint"] = json!(at("/logout"));
    }
    answer(StatusCode::OK, &document)
}

async fn keys(State(inner): Held) -> Response {
    let inner = inner.lock().unwrap();
    let keys: Vec<Value> = std::iter::once(&inner.key).chain(&inner.others).map(Key::public).collect();
    answer(StatusCode::OK, &json!({ "keys": keys }))
}

async fn token(State(inner): Held, headers: HeaderMap, RawForm(form): RawForm) -> Response {
    let mut inner = inner.lock().unwrap();
    let refused = |why: &str| answer(StatusCode::BAD_REQUEST, &json!({ "error": why }));
    let sent: BTreeMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let encoded: Vec<String> =
        [CLIENT, SECRET].map(|part| url::form_urlencoded::byte_serialize(part.as_bytes()).collect()).to_vec();
    let basic = format!("Basic {}", BASE64_STANDARD.encode(encoded.join(":")));
    if headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap()) != Some(&basic) {
        return refused("invalid_client");
    }
    let Some(grant) = inner.codes.get(&sent["code"]).cloned() else { return refused("invalid_grant") };
    if !inner.takes_codes_twice {
        inner.codes.remove(&sent["code"]);
    }
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(sent["code_verifier"].as_bytes()));
    if challenge != grant.challenge || sent["redirect_uri"] != grant.callback {
        return refused("invalid_grant");
    }
    inner.made += 1;
    let access = format!("access-{}", inner.made);
    let mut given = grant.claims.clone();
    if inner.wrong == Wrong::OtherInfo {
        given["sub"] = json!("somebody else");
    }
    inner.given.insert(access.clone(), given);
    let mut tokens = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 60 });
    if inner.wrong != Wrong::NoToken {
        tokens["id_token"] = json!(id_token(&inner, &grant, &access));
    }
    answer(StatusCode::OK, &tokens)
}

fn id_token(inner: &Inner, grant: &Grant, access: &str) -> String {
    let (now, wrong) = (inner.now, inner.wrong);
    let mut claims = json!({
        "iss": issuer(inner.address), "aud": CLIENT, "nonce": grant.nonce, "iat": now, "exp": now + 300,
        "at_hash": BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(access.as_bytes())[..16]),
    });
    for (name, value) in grant.claims.as_object().unwrap() {
        if inner.claims_in_token || ["sub", "auth_time"].contains(&name.as_str()) {
            claims[name] = value.clone();
        }
    }
    match wrong {
        Wrong::Nonce => claims["nonce"] = json!("another"),
        Wrong::Audience => claims["aud"] = json!("another"),
        Wrong::TwoAudiences => claims["aud"] = json!([CLIENT, "another"]),
        Wrong::Party => claims["azp"] = json!("another"),
        Wrong::Expired => claims["exp"] = json!(now),
        Wrong::Future => claims["iat"] = json!(now + 3600),
        Wrong::Issuer => claims["iss"] = json!("http://127.0.0.1:1"),
        Wrong::AccessHash => claims["at_hash"] = json!(BASE64_URL_SAFE_NO_PAD.encode([7; 16])),
        Wrong::NoAuthTime => drop(claims.as_object_mut().unwrap().remove("auth_time")),
        Wrong::OldAuthTime => claims["auth_time"] = json!(now - 3600),
        _ => {}
    }
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let foreign = Key::p256("first");
    let key = if wrong == Wrong::ForeignKey { &foreign } else { &inner.key };
    let header = match wrong {
        Wrong::AlgNone => json!({ "alg": "none" }),
        Wrong::Hs256 => json!({ "alg": "HS256" }),
        _ => key.header(),
    };
    let words = format!("{}.{}", part(&header), part(&claims));
    let signature = match wrong {
        Wrong::AlgNone => Vec::new(),
        Wrong::Hs256 => {
            let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
            mac.update(words.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Wrong::Changed => key.sign("other words"),
        _ => key.sign(&words),
    };
    format!("{words}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

async fn me(State(inner): Held, headers: HeaderMap) -> Response {
    let inner = inner.lock().unwrap();
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().unwrap().strip_prefix("Bearer "));
    match token.and_then(|token| inner.given.get(token)) {
        Some(claims) => answer(StatusCode::OK, claims),
        None => answer(StatusCode::UNAUTHORIZED, &json!({})),
    }
}
