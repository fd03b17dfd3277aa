//! Files with a case, and its proof bundle, as programs send and take them.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::super::{files, load, proof, store};
use crate::access;
use crate::access::api::Why;
use crate::ids::{AttachmentId, CaseId};
use crate::office::Office;
use crate::policy::{self, Action};
use crate::problem::{ApiError, Problem};
use crate::web::wire::FileBytes;
use crate::web::{Gate, Me, Path, Query, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    let read = Gate::May(Action::ReadCase);
    routes
        .api_get("/api/v1/cases/{id}/attachments", read, list)
        .api_upload("/api/v1/cases/{id}/attachments", Gate::May(Action::CommentCase), add)
        .api_get("/api/v1/cases/{id}/attachments/{attachment}", read, get)
        .api_post_once("/api/v1/cases/{id}/proof", read, take_proof);
}

#[derive(OpenApi)]
#[openapi(paths(list, add, get, take_proof))]
struct CaseFiles;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    CaseFiles::openapi()
}

/// A file with a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FilePart {
    /// Which.
    id: AttachmentId,
    /// Its name.
    name: String,
    /// Its media type.
    media: String,
    /// Its size.
    bytes: i64,
    /// SHA-256 of its bytes.
    digest: String,
    /// When it was added.
    added_at: DateTime<Utc>,
}

impl From<store::attachment::Model> for FilePart {
    fn from(row: store::attachment::Model) -> Self {
        let store::attachment::Model { id, name, media, bytes, digest, added_at, .. } = row;
        Self { id, name, media, bytes, digest, added_at }
    }
}

/// The files with a case.
#[derive(Debug, Serialize, ToSchema)]
struct FileList {
    /// Every one, the oldest first.
    items: Vec<FilePart>,
}

/// The files with a case.
#[utoipa::path(get, path = "/api/v1/cases/{id}/attachments", tag = "cases", params(("id" = CaseId, Path)), responses((status = 200, body = FileList)))]
async fn list(State(office): State<Office>, Me(me): Me, Path(id): Path<CaseId>) -> Result<Json<FileList>, ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let case = policy::authorize(&me, Action::ReadCase, load(&tx, &me, id).await?)?;
    let tx = access::seen(&office, tx, &me, &case).await?;
    let items = store::attachments(&tx, id).await?.into_iter().map(FilePart::from).collect();
    Ok(Json(FileList { items }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Named {
    /// Its name: its ending says what it is, and what is in it must be that. PDF, PNG, JPEG, WebP, HWP, HWPX, DOCX, XLSX, TXT and CSV
    /// are taken.
    #[param(min_length = 5, max_length = 150, pattern = r"^[^/\\\x00-\x1f]+\.[A-Za-z]{3,4}$")]
    name: String,
}

/// A file that was added.
#[derive(Debug, Serialize, ToSchema)]
struct AddedFile {
    /// Which.
    id: AttachmentId,
    /// The same file was there under the same name, and nothing changed.
    again: bool,
}

/// Adds a file to a case: its bytes as they are, at most as many as the installation allows (20 MiB where it says nothing). What a
/// picture says of where and by whom it was taken is left out. The same file under the same name is kept once, so who does not know
/// whether it arrived sends it again.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/attachments", tag = "cases", params(("id" = CaseId, Path), Named),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The bytes of the file."),
    responses((status = 200, body = AddedFile, description = "It was there."), (status = 201, body = AddedFile))
)]
async fn add(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    named: Result<Query<Named>, ApiError>,
    request: Request,
) -> Result<(StatusCode, Json<AddedFile>), ApiError> {
    // Before anything is said of what was sent: whose case it is, nobody else learns.
    files::may_add(&office, &me, id).await?;
    let Query(Named { name }) = named?;
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.eq_ignore_ascii_case("application/octet-stream") {
        return Err(not_bytes().into());
    }
    let mut writing = office.files().begin(&name, office.config().attachment_bytes)?;
    let mut body = request.into_body().into_data_stream();
    while let Some(part) = body.next().await {
        writing.add(&part.map_err(|_| Problem::unreadable("the file did not arrive whole"))?)?;
    }
    let added = files::keep(&office, &me, id, writing).await?;
    let status = if added.again { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(AddedFile { id: added.id, again: added.again })))
}

fn not_bytes() -> Problem {
    Problem::new(
        415,
        "request.media",
        ("파일의 바이트만 받습니다.", "Only the bytes of a file are taken here."),
        (
            "‘Content-Type: application/octet-stream’으로 보내고 이름은 ‘?name=’에 적으십시오.",
            "Send them as ‘Content-Type: application/octet-stream’, with the name in ‘?name=’.",
        ),
    )
}

/// A file, as it was kept.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/attachments/{attachment}", tag = "cases",
    params(("id" = CaseId, Path), ("attachment" = AttachmentId, Path)),
    responses((status = 200, body = FileBytes, content_type = "application/octet-stream", description = "The bytes of the file."))
)]
async fn get(
    State(office): State<Office>,
    Me(me): Me,
    Path((id, attachment)): Path<(CaseId, AttachmentId)>,
) -> Result<Response, ApiError> {
    Ok(files::give(&office, &me, id, attachment).await?)
}

/// Takes the proof bundle of a case away: a zip archive that `haechi verify bundle` verifies elsewhere. It holds personal data unmasked,
/// so a reason is asked for and kept.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/proof", tag = "cases", params(("id" = CaseId, Path)), request_body = Why,
    responses((status = 200, body = FileBytes, content_type = "application/zip", description = "A BagIt bag."))
)]
async fn take_proof(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    Sent(sent): Sent<Why>,
) -> Result<Response, ApiError> {
    Ok(proof::answer(&office, &me, id, &sent.reason).await?)
}
