//! This installation as a witness: `POST /witness/add-checkpoint`.
//!
//! Everybody may ask; what is signed is decided by the log's own signature and by what was seen of it. What is remembered belongs
//! to no government, and so has no event in anybody's log: the signature that goes out is its trace.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tlog_tiles::Checkpoint;

use super::super::checkpoint::{CheckpointError, LogKey, opened};
use super::super::cosignature::Seen;
use super::request::Shown;
use super::store;
use crate::ids::TenantId;
use crate::office::Office;
use crate::web::{Gate, Routes};

/// The largest request: a proof of 63 lines and a checkpoint with a few signatures are far smaller.
const MOST: usize = 64 * 1024;

pub(in crate::audit) fn routes(routes: &mut Routes) {
    routes.api_post("/witness/add-checkpoint", Gate::Open, add_checkpoint);
}

/// Why a checkpoint was not signed.
#[derive(Debug)]
enum Refusal {
    /// It is not of the form.
    Malformed,
    /// A log that is not watched here.
    Unknown,
    /// Its installation did not sign it.
    Unsigned,
    /// This is what was signed of it last.
    Seen(u64),
    /// It does not begin with what was signed.
    Rewritten,
    /// The machine's fault.
    Inside(CheckpointError),
}

impl<E: Into<CheckpointError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Inside(error.into())
    }
}

async fn add_checkpoint(State(office): State<Office>, body: Bytes) -> Response {
    let answer = match std::str::from_utf8(&body).ok().filter(|text| text.len() <= MOST).and_then(Shown::parse) {
        Some(shown) => sign(&office, &shown).await,
        None => Err(Refusal::Malformed),
    };
    match answer {
        Ok(line) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{line}\n")).into_response(),
        Err(Refusal::Malformed) => (StatusCode::BAD_REQUEST, "not of the form of add-checkpoint\n").into_response(),
        Err(Refusal::Unknown) => (StatusCode::NOT_FOUND, "this log is not watched here\n").into_response(),
        Err(Refusal::Unsigned) => (StatusCode::FORBIDDEN, "not signed with the key known here\n").into_response(),
        Err(Refusal::Seen(size)) => {
            let kind = [(header::CONTENT_TYPE, "text/x.tlog.size")];
            (StatusCode::CONFLICT, kind, format!("{size}\n")).into_response()
        }
        Err(Refusal::Rewritten) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "the log does not begin with what was signed of it\n").into_response()
        }
        Err(Refusal::Inside(error)) => {
            crate::problem::Problem::from(error).tell_log();
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn sign(office: &Office, shown: &Shown) -> Result<String, Refusal> {
    let watched = office.config().witness.iter().find(|log| log.origin == shown.origin()).ok_or(Refusal::Unknown)?;
    let key = LogKey::parse(&watched.key)?;
    let (note, head) = opened(&shown.checkpoint).map_err(|_| Refusal::Malformed)?;
    key.verify(&note).map_err(|_| Refusal::Unsigned)?;
    if shown.old > head.size() {
        return Err(Refusal::Malformed);
    }
    let at = u64::try_from(office.clock().unix_seconds()).unwrap_or(0);
    let cosigned = |seen: Seen| {
        if shown.old != seen.size || is_other(&head, seen) {
            return Err(Refusal::Seen(seen.size));
        }
        let signed = office.witness().cosign(&shown.checkpoint, &key, seen, &shown.proof, at);
        signed.map_err(|error| match error {
            CheckpointError::Rewritten { .. } => Refusal::Rewritten,
            other => Refusal::Inside(other),
        })
    };
    // Everybody can show an old checkpoint again; that must not keep the one who writes waiting.
    let tx = office.db().read(TenantId::nobody()).await?;
    let before = store::seen(&tx, &watched.origin).await?;
    drop(tx);
    let (line, now) = cosigned(before.unwrap_or_default())?;
    if before == Some(now) {
        return Ok(line);
    }
    let tx = office.db().write(TenantId::nobody()).await?;
    // One after another: of two that come at once the second is judged by what the first left.
    tx.alone().await?;
    let before = store::seen(&tx, &watched.origin).await?;
    let seen = before.unwrap_or_default();
    let (line, now) = cosigned(seen)?;
    if !store::remember(&tx, &watched.origin, before, now, office.now()).await? {
        return Err(Refusal::Seen(seen.size));
    }
    // The signature leaves only once it is remembered.
    tx.commit().await?;
    Ok(line)
}

/// Whether a checkpoint of the size that was seen has another root.
fn is_other(head: &Checkpoint, seen: Seen) -> bool {
    seen.size > 0 && head.size() == seen.size && *head.hash() != seen.root
}
