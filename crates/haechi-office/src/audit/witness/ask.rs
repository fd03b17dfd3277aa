//! The timed work on a tenant's log: a checkpoint, and the witnesses' signatures of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use haechi_core::time::Moment;

use super::super::checkpoint::{CheckpointError, checkpoint, cosign, latest};
use super::super::cosignature::WitnessKey;
use super::super::{log, store as log_store};
use super::request::Shown;
use super::store;
use crate::config::Watcher;
use crate::ids::TenantId;
use crate::office::Office;
use crate::slices::people;

/// How long events may stand in the log before they are signed, and how long a witness that failed is left alone.
const EVERY: TimeDelta = TimeDelta::minutes(5);
/// How long a witness may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer that is read. A signature is a line.
const ANSWER: usize = 16 * 1024;

/// What was done for a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Events of the checkpoint that was signed now, if one was.
    pub(crate) signed: Option<u64>,
    /// Witnesses that signed now.
    pub(crate) witnessed: u32,
    /// Witnesses that did not.
    pub(crate) failed: u32,
}

/// Signs the tenant's log if something was added and the last checkpoint is five minutes old, and shows the newest checkpoint to
/// each witness that has not signed it. A witness that cannot be reached loses nothing: it is shown the next one, with the proof
/// from where it stands. In a trial none is asked. What each answered is kept, for the page of the log.
///
/// # Errors
///
/// When the log cannot be read or written. What a witness does wrong is no error here.
pub(crate) async fn keep_checkpoints(office: &Office, tenant: TenantId) -> Result<Kept, CheckpointError> {
    let mut kept = Kept { signed: sign(office, tenant).await?, ..Kept::default() };
    if office.config().trial {
        return Ok(kept);
    }
    for watcher in &office.config().witnesses {
        match ask(office, tenant, watcher).await? {
            Some(true) => kept.witnessed += 1,
            Some(false) => kept.failed += 1,
            None => {}
        }
    }
    Ok(kept)
}

async fn sign(office: &Office, tenant: TenantId) -> Result<Option<u64>, CheckpointError> {
    let tx = office.db().read(tenant).await?;
    let (size, last) = (log::size(&tx).await?, log_store::last_made(&tx).await?);
    drop(tx);
    let is_fresh =
        |at: &str| DateTime::parse_from_rfc3339(at).is_ok_and(|at| office.now() - at.with_timezone(&Utc) < EVERY);
    if last.is_some_and(|(signed, at)| signed == size || is_fresh(&at)) {
        return Ok(None);
    }
    let tx = office.db().write(tenant).await?;
    let government = people::government(&tx).await?;
    if checkpoint(&tx, office.signer(), &government.code, office.clock()).await?.is_none() {
        return Ok(None);
    }
    let signed = latest(&tx).await?.map(|(size, _)| size);
    tx.commit().await?;
    Ok(signed)
}

/// Why a witness did not sign, as the row keeps it: a word for the messages (`witness-problem-…`) and a number or text.
#[derive(Debug)]
struct Refused(String);

impl Refused {
    fn new(word: &str, detail: impl std::fmt::Display) -> Self {
        Self(format!("{word} {detail}"))
    }
}

/// What a witness said.
enum Said {
    Signed(String),
    Knows(u64),
}

/// Shows the newest checkpoint to a witness; none where it has signed it, or failed a moment ago.
async fn ask(office: &Office, tenant: TenantId, watcher: &Watcher) -> Result<Option<bool>, CheckpointError> {
    let key = WitnessKey::parse(&watcher.key)?;
    let tx = office.db().read(tenant).await?;
    let Some((size, note)) = latest(&tx).await? else { return Ok(None) };
    let signed = log_store::witnessed(&tx).await?.get(key.name()).copied().unwrap_or(0);
    let last = store::answers(&tx).await?.into_iter().find(|answer| answer.witness == key.name());
    drop(tx);
    if signed >= size || last.is_some_and(|last| waits(&last, size, office.now())) {
        return Ok(None);
    }
    let answer = answer(office, tenant, watcher, (size, &note), signed).await?;
    let tx = office.db().write(tenant).await?;
    let problem = match answer {
        Ok(line) => cosign(&tx, size, &key, &line).await.err().map(|error| Refused::new("signature", error)),
        Err(refused) => Some(refused),
    };
    let problem = problem.map(|refused| refused.0);
    store::keep_answer(&tx, key.name(), size, problem.as_deref(), office.now()).await?;
    tx.commit().await?;
    Ok(Some(problem.is_none()))
}

/// Whether the witness failed at this very checkpoint a moment ago.
fn waits(last: &store::Answer, size: u64, now: Moment) -> bool {
    u64::try_from(last.tried_size) == Ok(size) && now - last.tried_at < EVERY
}

/// What the witness answers, asked a second time where it knows another size than we thought: it may have signed what we did not
/// hear of any more, or come back from a copy.
async fn answer(
    office: &Office,
    tenant: TenantId,
    watcher: &Watcher,
    (size, note): (u64, &str),
    signed: u64,
) -> Result<Result<String, Refused>, CheckpointError> {
    let client = match client(&watcher.url) {
        Ok(client) => client,
        Err(error) => return Ok(Err(unreachable(&error))),
    };
    let mut old = signed;
    for _ in 0..2 {
        let tx = office.db().read(tenant).await?;
        let proof = if old == size { Vec::new() } else { log::consistency(&tx, size, old).await? };
        drop(tx);
        let shown = Shown { old, proof, checkpoint: note.to_owned() };
        match send(&client, &watcher.url, &shown).await {
            Ok(Said::Signed(line)) => return Ok(Ok(line)),
            // It saw more than there is, or something else of the same size: what it saw is no longer here.
            Ok(Said::Knows(known)) if known > size || known == old => return Ok(Err(Refused::new("rewritten", known))),
            Ok(Said::Knows(known)) => old = known,
            Err(refused) => return Ok(Err(refused)),
        }
    }
    Ok(Err(Refused::new("rewritten", old)))
}

/// A client that follows nobody elsewhere. This machine is reached without the proxy that other machines may need.
fn client(url: &str) -> Result<reqwest::Client, reqwest::Error> {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let is_here = host.is_some_and(|host| matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]"));
    let builder = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    if is_here { builder.no_proxy() } else { builder }.build()
}

fn unreachable(error: &reqwest::Error) -> Refused {
    let word = if error.is_timeout() { "late" } else { "unreachable" };
    let mut last: &dyn std::error::Error = error;
    while let Some(source) = last.source() {
        last = source;
    }
    Refused::new(word, last)
}

async fn send(client: &reqwest::Client, url: &str, shown: &Shown) -> Result<Said, Refused> {
    let address = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut response = client.post(address).body(shown.text()).send().await.map_err(|error| unreachable(&error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unreachable(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER {
            return Err(Refused::new("answer", status));
        }
    }
    let text = String::from_utf8_lossy(&body);
    match status {
        200 => {
            let line = text.lines().find(|line| line.starts_with("— "));
            line.map(|line| Said::Signed(line.to_owned())).ok_or_else(|| Refused::new("answer", status))
        }
        409 => text.trim().parse().map(Said::Knows).map_err(|_| Refused::new("answer", status)),
        404 => Err(Refused::new("unknown", status)),
        403 => Err(Refused::new("key", status)),
        422 => Err(Refused::new("rewritten", shown.old)),
        _ => Err(Refused::new("answer", status)),
    }
}
