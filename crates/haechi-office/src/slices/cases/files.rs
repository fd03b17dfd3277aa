//! Files with a case, as pages and the API take them in and give them.

#[cfg(test)]
mod tests;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use haechi_core::digest::Digest;

use super::attaching::{Attached, NewFile, attach};
use super::{CaseError, load, store};
use crate::access;
use crate::audit::{self, Entry};
use crate::files::{FileError, Writing};
use crate::ids::{AttachmentId, CaseId};
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::Problem;

/// Asks whether `me` may add a file: whoever may not is told before a byte of it is kept.
///
/// # Errors
///
/// Not theirs.
pub(super) async fn may_add(office: &Office, me: &Actor, id: CaseId) -> Result<(), CaseError> {
    let tx = office.db().read(me.tenant()).await?;
    policy::authorize(me, Action::CommentCase, load(&tx, me, id).await?)?.still_there()
}

/// Keeps a file that has arrived whole: its bytes first, under their digest, then the row that names it. Of one in which the scanner
/// found something nothing is kept but an event with its digest.
///
/// # Errors
///
/// A file that is empty or not what its name says, in which something was found, or that could not be scanned or kept; not theirs.
pub(super) async fn keep(office: &Office, me: &Actor, id: CaseId, writing: Writing) -> Result<Attached, Problem> {
    let kept = match writing.keep().await {
        Ok(kept) => kept,
        Err(error) => {
            if let FileError::Infected { digest, .. } = &error {
                note_infected(office, me, id, digest).await?;
            }
            return Err(error.into());
        }
    };
    let file = NewFile { digest: kept.digest.to_string(), name: kept.name, media: kept.media, bytes: kept.bytes };
    Ok(attach(office, me, id, file).await?)
}

async fn note_infected(office: &Office, me: &Actor, id: CaseId, digest: &Digest) -> Result<(), CaseError> {
    let tx = office.db().write(me.tenant()).await?;
    let may = policy::authorize(me, Action::CommentCase, load(&tx, me, id).await?)?;
    let after = Some(digest.to_string());
    let entry = Entry { action: "case.infected".to_owned(), after, ..may.entry("case", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A file, to be saved: never shown in the office's own pages, whatever it says it is.
///
/// # Errors
///
/// Not theirs; no such file; one that is not what it was.
pub(super) async fn give(office: &Office, me: &Actor, id: CaseId, file: AttachmentId) -> Result<Response, Problem> {
    let tx = office.db().read(me.tenant()).await?;
    let may = policy::authorize(me, Action::ReadCase, load(&tx, me, id).await?)?;
    let tx = access::seen(office, tx, me, &may).await?;
    let files = store::attachments(&tx, id).await?;
    drop(tx);
    let file = files.into_iter().find(|one| one.id == file).ok_or(CaseError::Unknown(id))?;
    let digest = file.digest.parse().map_err(|_| Problem::hidden())?;
    let bytes = office.files().read(&digest).await?;
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let name = name.replace('+', "%20");
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
