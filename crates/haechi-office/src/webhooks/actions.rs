//! The verbs of webhooks: each one transaction and one event.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::address::{self, AddressError};
use super::store::{self, Row};
use crate::audit::{self, Entry};
use crate::ids::WebhookId;
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::problem::Problem;

/// Webhooks of one government.
const MOST: usize = 20;

/// Why a webhook could not be set.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebhookError {
    /// The address is not taken.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A kind of event that is none.
    #[error("no such events: {0}")]
    Events(String),
    /// There are many already.
    #[error("too many webhooks")]
    Many,
    /// It is not there, has ended or goes on.
    #[error("not there")]
    Gone,
    /// No secret could be made.
    #[error("no secret could be made")]
    Machine,
    /// The database said no.
    #[error("webhooks could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Address(AddressError::Inside(_)) => Self::invalid(
                "webhook.inside",
                ("내부망의 주소로는 보내지 않습니다.", "Nothing is sent to addresses of the own network."),
            )
            .at("url"),
            WebhookError::Address(_) => Self::invalid(
                "webhook.address",
                ("‘https’로 시작하는 주소를 적어 주십시오.", "Give an address that begins with ‘https’."),
            )
            .at("url"),
            WebhookError::Events(_) => {
                Self::invalid("webhook.events", ("그런 이름의 사건은 없습니다.", "There are no events of that name."))
                    .at("events")
            }
            WebhookError::Many => {
                Self::invalid("webhook.many", ("웹훅은 20개까지 둘 수 있습니다.", "There are at most twenty webhooks."))
            }
            WebhookError::Gone => Self::hidden(),
            WebhookError::Machine => Self::internal("webhook.machine", &WebhookError::Machine),
            WebhookError::Database(error) => error.into(),
            WebhookError::Log(error) => error.into(),
        }
    }
}

/// Sets a webhook, which is told what is done from now on. Its secret is shown once.
///
/// # Errors
///
/// An address that is not taken; events that are none; too many.
pub(super) async fn make(
    office: &Office,
    may: &Authorized<'_, General>,
    url: &str,
    events: &[&str],
) -> Result<(WebhookId, String), WebhookError> {
    let url = address::parse(url, office.config().webhooks_inside)?;
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.' || byte == b'_')
    };
    if let Some(event) = events.iter().find(|event| !is_word(event) || event.len() > 50) {
        return Err(WebhookError::Events((*event).to_owned()));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| WebhookError::Machine)?;
    let secret = format!("whsec_{}", BASE64_STANDARD.encode(bytes));
    let tx = office.db().write(may.by().tenant()).await?;
    if store::list(&tx).await?.len() >= MOST {
        return Err(WebhookError::Many);
    }
    let id = WebhookId::new();
    // The event of its making is the first it is told.
    let entry = Entry { after: Some(audit::digest(&(id, url.as_str(), events))), ..may.entry("webhook", id) };
    let place = audit::append(&tx, office.clock(), &entry).await?;
    let row = Row {
        tenant: tx.tenant(),
        id,
        url: url.into(),
        secret: secret.clone(),
        events: events.join(" "),
        made_by: may.by().id().map(|by| by.to_string()).unwrap_or_default(),
        made_at: office.now(),
        ended_at: None,
        place: i64::try_from(place).unwrap_or(i64::MAX),
        state: "active".to_owned(),
        attempts: 0,
        next_at: office.now(),
        sent_at: None,
        fault: None,
        held: office.config().trial,
    };
    store::add(&tx, row).await?;
    tx.commit().await?;
    Ok((id, secret))
}

/// Ends a webhook.
///
/// # Errors
///
/// One that is not there.
pub(super) async fn end(office: &Office, may: &Authorized<'_, General>, id: WebhookId) -> Result<(), WebhookError> {
    let tx = office.db().write(may.by().tenant()).await?;
    if !store::end(&tx, id, office.now()).await? {
        return Err(WebhookError::Gone);
    }
    audit::append(&tx, office.clock(), &may.entry("webhook", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Tries a webhook that was given up again, from where it stopped.
///
/// # Errors
///
/// One that is not there or goes on.
pub(super) async fn resume(office: &Office, may: &Authorized<'_, General>, id: WebhookId) -> Result<(), WebhookError> {
    let tx = office.db().write(may.by().tenant()).await?;
    if !store::resume(&tx, id, office.now()).await? {
        return Err(WebhookError::Gone);
    }
    audit::append(&tx, office.clock(), &may.entry("webhook", id)).await?;
    tx.commit().await?;
    Ok(())
}
