//! The proof bundle of a case: what is known of it, to be taken away by who has to answer for it elsewhere.

#[cfg(test)]
mod tests;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use haechi_core::digest::Digest;
use serde_json::Value;

use super::{Case, CaseError, load, store};
use crate::access::{self, AccessError, Look};
use crate::audit::bundle::{self, Attachment, BundleError, Contents, Proven};
use crate::audit::{self, CheckpointError, Entry, Record};
use crate::db::Transaction;
use crate::files::FileError;
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{self, Action, Actor, Denied, Standing, Subject as _};
use crate::problem::Problem;
use crate::slices::{alerts, people, runs};
use crate::web::{Form, Gate, Marks, Me, PageError, Path, Routes};

pub(crate) fn routes(routes: &mut Routes) {
    // It holds personal data unmasked.
    routes.marked(Marks::PROOF).post("/cases/{id}/proof", Gate::May(Action::ReadCase), proof_form);
}

/// Why a bundle could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProofError {
    /// Not theirs, or it cannot be read.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// No reason; or the taking could not be noted.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// It could not be put together.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

impl From<ProofError> for Problem {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Case(error) => error.into(),
            ProofError::Access(error) => error.into(),
            ProofError::Bundle(error) => error.into(),
        }
    }
}

macro_rules! inside {
    ($($error:ty => $variant:ident),* $(,)?) => { $(
        impl From<$error> for ProofError {
            fn from(error: $error) -> Self {
                Self::$variant(error.into())
            }
        }
    )* }
}

inside! {
    Denied => Case,
    sea_orm::DbErr => Case,
    audit::LogError => Case,
    CheckpointError => Bundle,
    serde_json::Error => Bundle,
    std::io::Error => Bundle,
}

async fn proof_form(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    Ok(answer(&office, &me, id, form.text("reason")).await?)
}

/// The bundle of a case, to be saved.
///
/// # Errors
///
/// Not theirs; no reason.
pub(super) async fn answer(office: &Office, actor: &Actor, id: CaseId, why: &str) -> Result<Response, ProofError> {
    let zip = proof(office, actor, id, why).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"haechi-case-{id}.zip\"")),
    ];
    Ok((headers, zip).into_response())
}

/// Whether somebody may take a case's bundle away: the page of the case then has the form (`POST /cases/{id}/proof`, field `reason`).
/// Who sees a case only because nobody answers for it takes nothing away.
pub(crate) fn may_take_proof(actor: &Actor, case: &Case) -> bool {
    let standing = case.standing(actor);
    !case.is_destroyed() && standing != Standing::Desk && actor.may(Action::ReadCase, standing)
}

/// The bundle of a case as a zip archive. That it was taken, by whom and why, is noted before it is given, and the log is signed so
/// that this is in the bundle too.
///
/// # Errors
///
/// Not theirs; no reason.
pub(crate) async fn proof(office: &Office, actor: &Actor, id: CaseId, why: &str) -> Result<Vec<u8>, ProofError> {
    let tx = office.db().write(actor.tenant()).await?;
    let may = policy::authorize(actor, Action::ReadCase, load(&tx, actor, id).await?)?;
    may.still_there()?;
    if !may_take_proof(actor, &may) {
        return Err(Denied::Forbidden(Action::ReadCase).into());
    }
    let whose = access::whose(&tx, actor, &may).await?;
    access::note(office, &tx, actor, (id, &whose), Look::Download, why).await?;
    let entry = Entry { action: "case.proof".to_owned(), ..may.entry("case", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    let government = people::government(&tx).await?;
    audit::checkpoint(&tx, office.signer(), &government.code, office.clock()).await?;
    let mut contents = contents(office, &tx, &may).await?;
    tx.commit().await?;
    contents.government = format!("{} ({})", government.name.ko, government.code);
    for one in &mut contents.attachments {
        let Ok(digest) = one.digest.parse::<Digest>() else { continue };
        // One that is gone is named in the bundle; while they cannot be reached there is no bundle that says so.
        one.bytes = match office.files().read(&digest).await {
            Ok(bytes) => Some(bytes),
            Err(FileError::Gone(_)) => None,
            Err(error) => return Err(CaseError::from(error).into()),
        };
    }
    let made = tokio::task::spawn_blocking(move || bundle::make(contents)).await.map_err(std::io::Error::other)?;
    Ok(made?)
}

async fn contents(office: &Office, tx: &Transaction, case: &Case) -> Result<Contents, ProofError> {
    let id = case.id();
    let attachments = store::attachments(tx, id).await?;
    let alert = alerts::one(tx, case.row.alert).await?;
    let alert = alert.ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("alert {}", case.row.alert)))?;
    let run = runs::report(tx, alert.last_run).await?.unwrap_or_else(|| "null".to_owned());
    let proven = proven(tx, id, &attachments, &alert).await?;
    let attachments = attachments.into_iter().map(|row| Attachment {
        id: row.id.to_string(),
        name: row.name,
        media: row.media,
        digest: row.digest,
        bytes: None,
    });
    Ok(Contents {
        case: id.to_string(),
        government: String::new(),
        made_at: office.clock().stamp(),
        // The very bytes of which the log holds the digest.
        row: serde_json::to_string(&case.row)?,
        entries: serde_json::to_value(store::entries(tx, id).await?)?,
        steps: serde_json::to_value(store::steps(tx, id).await?)?,
        attachments: attachments.collect(),
        alert: bundle::Found {
            id: alert.id.to_string(),
            found: alerts::found(&alert)?,
            first_run: alert.first_run.to_string(),
            last_run: alert.last_run.to_string(),
            snapshots: snapshots(&run),
        },
        run,
        proven,
    })
}

/// The events about the case, its attachments, and the runs that brought the finding.
async fn proven(
    tx: &Transaction,
    id: CaseId,
    attachments: &[store::attachment::Model],
    alert: &alerts::Alert,
) -> Result<Proven, ProofError> {
    let record = |kind: &str, id: String| Record { kind: kind.to_owned(), id };
    let mut records = vec![record("case", id.to_string()), record("run", alert.last_run.to_string())];
    if alert.first_run != alert.last_run {
        records.push(record("run", alert.first_run.to_string()));
    }
    records.extend(attachments.iter().map(|row| record("attachment", row.id.to_string())));
    Ok(bundle::prove(tx, &records).await?)
}

/// The snapshots that a run's report cites.
fn snapshots(run: &str) -> Vec<String> {
    // What was kept as JSON is shown as JSON.
    let report: Value = serde_json::from_str(run).unwrap_or(Value::Null);
    let used = report.get("snapshots").and_then(Value::as_array).into_iter().flatten();
    used.filter_map(|used| used.get("id")?.as_str().map(str::to_owned)).collect()
}
