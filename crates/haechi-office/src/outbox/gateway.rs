//! Text messages over the government's own HTTP gateway. What it is sent is described in docs/messages.md.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, header};
use serde::Serialize;

use super::fault::{Blame, Refused, What};
use super::senders::SendersError;
use super::template::Template;
use super::text::{Kind, Text};
use crate::config;
use crate::ids::MessageId;

/// How long the gateway may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The gateway that takes our text messages.
pub(super) struct Gateway {
    client: Client,
    url: String,
    sender: String,
    alimtalk: BTreeMap<String, String>,
    token: Option<String>,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What the gateway is sent.
#[derive(Serialize)]
struct Body<'a> {
    kind: Kind,
    sender: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a str>,
}

impl Gateway {
    pub(super) fn new(config: &config::Gateway, token: Option<String>) -> Result<Option<Self>, SendersError> {
        let Some(url) = config.url.clone() else { return Ok(None) };
        let sender = number(&config.sender).ok_or_else(|| SendersError::Number(config.sender.clone()))?;
        if let Some(unknown) = config.alimtalk.keys().find(|name| Template::parse(name).is_none()) {
            return Err(SendersError::Template(unknown.clone()));
        }
        // To the address in the settings and nowhere else: no proxy of the environment, no redirect.
        let client = Client::builder()
            .timeout(PATIENCE)
            .no_proxy()
            .redirect(Policy::none())
            .tls_built_in_native_certs(url.starts_with("https:"));
        Ok(Some(Self { client: client.build()?, url, sender, alimtalk: config.alimtalk.clone(), token }))
    }

    /// Whether messages of this kind leave as 알림톡.
    pub(super) fn is_approved(&self, template: &str) -> bool {
        self.alimtalk.contains_key(template)
    }

    /// Sends one text. The message's id goes along, so that a gateway that knows it sends it once.
    pub(super) async fn send(&self, id: MessageId, template: &str, to: &str, text: &Text) -> Result<(), Refused> {
        let to = number(to).ok_or_else(|| Refused::new(Blame::Forever, What::Address, None))?;
        let body = Body {
            kind: text.kind,
            sender: &self.sender,
            to: &to,
            subject: text.subject.as_deref(),
            text: &text.text,
            template: self.alimtalk.get(template).map(String::as_str),
        };
        let body = serde_json::to_vec(&body).map_err(|_| Refused::new(Blame::Forever, What::Content, None))?;
        let mut request = self
            .client
            .post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", id.to_string())
            .body(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        match request.send().await {
            Ok(response) => judged(response.status()),
            Err(error) if error.is_timeout() => Err(Refused::new(Blame::Channel, What::Timeout, None)),
            Err(_) => Err(Refused::new(Blame::Channel, What::Connection, None)),
        }
    }
}

/// What an answer means for the message.
fn judged(status: StatusCode) -> Result<(), Refused> {
    let refused = |blame, what| Err(Refused::new(blame, what, Some(status.as_u16())));
    match status.as_u16() {
        200..=299 => Ok(()),
        // Not about this message: our token, the address in the settings, its load.
        401 | 403 | 404 | 405 | 407 | 429 | 502..=504 => refused(Blame::Channel, What::Gateway),
        // It is busy with this very message, or cannot say yet.
        408 | 409 | 425 => refused(Blame::Now, What::Gateway),
        400..=499 => refused(Blame::Forever, What::Refused),
        // An error inside may be this message's.
        500..=599 => refused(Blame::Now, What::Gateway),
        // A redirect: the address in the settings is not the gateway's.
        _ => refused(Blame::Channel, What::Gateway),
    }
}

/// A number as the carrier wants it: digits alone.
fn number(text: &str) -> Option<String> {
    if !text.chars().all(|one| one.is_ascii_digit() || matches!(one, '-' | ' ' | '.' | '(' | ')' | '+')) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (8..=12).contains(&digits.len()).then_some(digits)
}
