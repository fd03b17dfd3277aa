//! Routes from outside: what programs ask and are answered, and a sweep over every route there is.

mod administration;
mod api;
mod cases;
mod conform;
mod document;
mod fixture;
mod look;
mod pages;
mod sweep;
mod tokens;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::TimeDelta;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::audit::{Entry, Record, Via};
use crate::sign_in;
use crate::testing::TestOffice;
use crate::web;

/// A program with a token.
pub(crate) struct Program {
    service: Router,
    token: String,
}

/// What a program was answered.
pub(crate) struct Told {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
    pub(crate) text: String,
}

impl Told {
    /// The JSON it was answered.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("{} is answered with no JSON: {}", self.status, self.text))
    }

    /// The code of the problem it was answered.
    pub(crate) fn code(&self) -> String {
        let media = self.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap());
        assert_eq!(media, Some("application/problem+json"), "{} {}", self.status, self.text);
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

/// A token of somebody; of the engine where nobody is named.
async fn token(office: &TestOffice, who: Option<&str>, scopes: &[&str]) -> String {
    let entry = Entry {
        action: "setting.change".to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "token".to_owned(), id: String::new() },
        before: None,
        after: None,
    };
    let whose = match who {
        Some(who) => Some(office.person(who).await),
        None => None,
    };
    let until = office.office.now() + TimeDelta::days(30);
    sign_in::make_token(&office.office, office.tenant, entry, who.unwrap_or("engine"), whose, scopes, until)
        .await
        .unwrap()
        .1
}

impl Program {
    /// A program that acts for somebody; the engine where nobody is named.
    pub(crate) async fn of(office: &TestOffice, who: Option<&str>) -> Self {
        let scopes: &[&str] = if who.is_some() { &["read", "write"] } else { &["runs"] };
        Self { service: web::service(&office.office), token: token(office, who, scopes).await }
    }

    async fn ask(&self, mut request: Request<Body>) -> Told {
        if !self.token.is_empty() {
            request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {}", self.token).parse().unwrap());
        }
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if path.starts_with("/api/v1/") && path != "/api/v1/" {
            let media = headers.get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap());
            let told = conform::told(method.as_str(), &path, status.as_u16(), media, &text);
            assert_eq!(told, Ok(()), "{method} {path} answers what the document does not say: {status} {text}");
        }
        Told { status, headers, bytes: bytes.to_vec(), text }
    }

    pub(crate) async fn get(&self, path: &str) -> Told {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Told {
        self.ask(json(path, body)).await
    }
}

/// A request that sends JSON.
fn json(path: &str, body: &Value) -> Request<Body> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}
