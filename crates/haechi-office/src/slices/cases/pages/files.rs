//! Files with a case.

use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};

use super::super::files;
use super::to_case;
use crate::files::FileError;
use crate::ids::{AttachmentId, CaseId};
use crate::office::Office;
use crate::problem::Problem;
use crate::web::{Me, PageError, Path, SessionSecret, too_large};

/// Bytes of a form beside the file in it.
const AROUND: usize = 64 * 1024;

fn unreadable(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Problem::unreadable("The form cannot be read."),
    }
}

/// Takes a file in.
pub(super) async fn add(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    SessionSecret(secret): SessionSecret,
    mut request: Request,
) -> Result<Redirect, PageError> {
    files::may_add(&office, &me, id).await?;
    // The server's own limit is far below that of attachments.
    let most = usize::try_from(office.config().attachment_bytes).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(most.saturating_add(AROUND)).apply(&mut request);
    let form = Multipart::from_request(request, &office).await;
    let mut form = form.map_err(|_| Problem::unreadable("The form cannot be read."))?;
    let mut is_ours = false;
    while let Some(mut field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        match field.name() {
            Some("csrf") => {
                is_ours = secret.is_form_token(&field.text().await.map_err(|error| unreadable(&error))?);
            }
            Some("file") => {
                if !is_ours {
                    return Err(Problem::new(
                        403,
                        "form.token",
                        ("이 양식은 더 이상 유효하지 않습니다.", "This form is no longer valid."),
                        ("페이지를 새로 열고 다시 보내 주십시오.", "Open the page again and send it again."),
                    )
                    .into());
                }
                let name = field.file_name().unwrap_or_default().to_owned();
                let mut writing = office.files().begin(&name, office.config().attachment_bytes)?;
                while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error))? {
                    writing.add(&chunk)?;
                }
                files::keep(&office, &me, id, writing).await?;
                return Ok(to_case(id));
            }
            _ => {}
        }
    }
    Err(FileError::Empty.into())
}

/// A file, to be saved.
pub(super) async fn get(
    State(office): State<Office>,
    Me(me): Me,
    Path((id, attachment)): Path<(CaseId, AttachmentId)>,
) -> Result<Response, PageError> {
    Ok(files::give(&office, &me, id, attachment).await?)
}
