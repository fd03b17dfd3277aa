//! Telling: events of the log, one after another, until the address does not take one.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::redirect::Policy;
use sha2::Sha256;

use super::address;
use super::store::{self, Row};
use crate::audit::{self, Event};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::people;

/// Events that a webhook is told at once.
const AT_ONCE: u64 = 100;
/// How long one address may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Minutes for which a worker has a webhook to itself: as long as all of `AT_ONCE` may take.
const TAKEN: TimeDelta = TimeDelta::minutes(20);
/// Seconds until the next attempt, after each that failed; then it is given up until somebody looks.
const PAUSES: [i64; 9] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 86_400];

/// Tells the tenant's webhooks what was done since they were last told, and returns how many events arrived. The timed worker calls
/// it; of several that do at once each webhook is told by one. What arrived twice has the same `webhook-id`.
///
/// # Errors
///
/// When the database does not answer. An address that does not is noted with its webhook and tried again later.
pub async fn post_webhooks(office: &Office, tenant: TenantId) -> Result<u64, Problem> {
    let tx = office.db().read(tenant).await?;
    let (rows, size) = (store::list(&tx).await?, audit::size(&tx).await?);
    let government = match rows.is_empty() {
        true => return Ok(0),
        false => people::government(&tx).await?.code,
    };
    drop(tx);
    let (mut arrived, size) = (0, i64::try_from(size).unwrap_or(i64::MAX));
    let is_trial = office.config().trial;
    for row in rows {
        if is_trial || row.held {
            // What was done in a trial is told to nobody, neither now nor in the first round after it.
            if row.held != is_trial || row.place < size {
                let tx = office.db().write(tenant).await?;
                store::pass_over(&tx, &row, size, is_trial).await?;
                tx.commit().await?;
            }
            continue;
        }
        let now = office.now();
        if row.state == "stopped" || row.place >= size || row.next_at > now {
            continue;
        }
        let tx = office.db().write(tenant).await?;
        let is_ours = store::take(&tx, &row, now, now + TAKEN).await?;
        tx.commit().await?;
        if is_ours {
            arrived += tell(office, &government, row).await?;
        }
    }
    Ok(arrived)
}

async fn tell(office: &Office, government: &str, mut row: Row) -> Result<u64, Problem> {
    let tx = office.db().read(row.tenant).await?;
    let lines = audit::lines(&tx, u64::try_from(row.place).unwrap_or(0), AT_ONCE).await?;
    drop(tx);
    let mut arrived = 0;
    let client = client(office, &row.url).await;
    for line in lines {
        let event: Event = serde_json::from_str(&line)?;
        if wants(&row.events, &event.action) {
            let sent = match &client {
                Ok(client) => post(office, client, &row, government, &event).await,
                Err(fault) => Err(fault.clone()),
            };
            if let Err(fault) = sent {
                failed(office, &mut row, fault);
                note(office, &row).await?;
                return Ok(arrived);
            }
            arrived += 1;
            row.sent_at = Some(office.now());
        }
        row.place += 1;
        (row.attempts, row.fault) = (0, None);
        "active".clone_into(&mut row.state);
        // Kept after each, so that after a stop as little as possible is told twice.
        note(office, &row).await?;
    }
    row.next_at = office.now();
    note(office, &row).await?;
    Ok(arrived)
}

async fn note(office: &Office, row: &Row) -> Result<(), Problem> {
    let tx = office.db().write(row.tenant).await?;
    store::note(&tx, row).await?;
    tx.commit().await?;
    Ok(())
}

fn failed(office: &Office, row: &mut Row, fault: String) {
    let pause = usize::try_from(row.attempts).ok().and_then(|attempts| PAUSES.get(attempts));
    row.attempts += 1;
    row.fault = Some(fault);
    let (state, wait) = pause.map_or(("stopped", 0), |seconds| ("failing", *seconds));
    state.clone_into(&mut row.state);
    row.next_at = office.now() + TimeDelta::seconds(wait);
}

/// Whether somebody who asked for `events` (words or their beginnings; all where there is none) wants this one.
fn wants(events: &str, action: &str) -> bool {
    events.is_empty() || events.split(' ').any(|event| action.starts_with(event))
}

/// A client that speaks to the addresses that were checked, and goes nowhere else.
async fn client(office: &Office, url: &str) -> Result<reqwest::Client, String> {
    let inside = office.config().webhooks_inside;
    let url = address::parse(url, inside).map_err(|error| error.to_string())?;
    let sockets = address::resolve(&url, inside).await.map_err(|error| error.to_string())?;
    let client = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .user_agent("haechi")
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &sockets);
    client.build().map_err(|_| "no client could be made".to_owned())
}

async fn post(
    office: &Office,
    client: &reqwest::Client,
    row: &Row,
    government: &str,
    event: &Event,
) -> Result<(), String> {
    let id = format!("{}-{}", row.tenant, event.position);
    let body = serde_json::json!({
        "specversion": "1.0",
        "id": id,
        "source": format!("/governments/{government}"),
        "type": format!("haechi.{}", event.action),
        "subject": format!("{}/{}", event.record.kind, event.record.id),
        "time": event.at,
        "datacontenttype": "application/json",
        "data": { "position": event.position, "via": event.via, "kind": event.record.kind, "id": event.record.id },
    });
    let (body, at) = (body.to_string(), office.now().timestamp());
    let signature = signature(&row.secret, &id, at, &body).ok_or("the secret cannot be used")?;
    let request = client
        .post(&row.url)
        .header("content-type", "application/cloudevents+json")
        .header("webhook-id", id)
        .header("webhook-timestamp", at)
        .header("webhook-signature", signature);
    // What the address answers is read no further than its status, and repeated to nobody.
    match request.body(body).send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("HTTP {}", answer.status().as_u16())),
        Err(error) if error.is_timeout() => Err("no answer in time".to_owned()),
        Err(error) if error.is_connect() => Err("no connection".to_owned()),
        Err(_) => Err("no answer".to_owned()),
    }
}

/// The signature of Standard Webhooks over what is sent: `v1,` and HMAC-SHA256 of id, time and body.
pub(super) fn signature(secret: &str, id: &str, at: i64, body: &str) -> Option<String> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}
