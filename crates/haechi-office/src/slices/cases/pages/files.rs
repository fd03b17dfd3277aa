//! Files with a case.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::actions::{self, NewFile};
use super::super::{CaseError, load, store};
use super::to_case;
use crate::access;
use crate::files::FileError;
use crate::ids::{AttachmentId, CaseId};
use crate::office::Office;
use crate::policy::{self, Action};
use crate::problem::Problem;
use crate::web::{Me, PageError, Path, SessionSecret};

/// Takes a file in: its bytes first, under their digest, then the row that names it.
pub(super) async fn add(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    SessionSecret(secret): SessionSecret,
    request: Request,
) -> Result<Redirect, PageError> {
    let unreadable = || Problem::unreadable("The form cannot be read.");
    // Who may not add a file is told before a byte of it is kept.
    let tx = office.db().read(me.tenant()).await?;
    policy::authorize(&me, Action::CommentCase, load(&tx, &me, id).await?)?;
    drop(tx);
    let mut form = Multipart::from_request(request, &office).await.map_err(|_| unreadable())?;
    let mut is_ours = false;
    while let Some(mut field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("csrf") => is_ours = field.text().await.map_err(|_| unreadable())? == secret.form_token(),
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
                while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
                    writing.add(&chunk)?;
                }
                let kept = tokio::task::spawn_blocking(move || writing.keep()).await.map_err(|_| unreadable())??;
                let file =
                    NewFile { digest: kept.digest.to_string(), name: kept.name, media: kept.media, bytes: kept.bytes };
                actions::attach(&office, &me, id, file).await?;
                return Ok(to_case(id));
            }
            _ => {}
        }
    }
    Err(FileError::Empty.into())
}

/// A file, to be saved: never shown in the office's own pages, whatever it says it is.
pub(super) async fn get(
    State(office): State<Office>,
    Me(me): Me,
    Path((id, attachment)): Path<(CaseId, AttachmentId)>,
) -> Result<Response, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let may = policy::authorize(&me, Action::ReadCase, load(&tx, &me, id).await?)?;
    access::seen(&office, &me, &may).await?;
    let files = store::attachments(&tx, id).await?;
    let file = files.into_iter().find(|file| file.id == attachment).ok_or(CaseError::Unknown(id))?;
    let digest = file.digest.parse().map_err(|_| Problem::hidden())?;
    let bytes = office.files().read(&digest)?;
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
