//! The words of messages, as programs read and change them.

use axum::Json;
use axum::extract::State as Of;
use axum::http::{HeaderName, StatusCode};
use haechi_core::words::Language;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::template::Template;
use super::super::versions::{self, Wording};
use crate::ids::MessageId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Written};
use crate::web::{Gate, IfMatch, MaySend, Me, Path, Routes, Sent, tag};

pub(super) fn routes(routes: &mut Routes) {
    let settings = Gate::May(Action::ChangeSettings);
    routes
        .api_get("/api/v1/templates", settings, list)
        .api_get("/api/v1/templates/{name}", settings, one)
        .api_post("/api/v1/templates/{name}", settings, save)
        .api_post("/api/v1/templates/{name}/preview", settings, preview)
        .api_post("/api/v1/templates/{name}/test", settings, test);
}

#[derive(OpenApi)]
#[openapi(paths(list, one, save, preview, test))]
struct Documented;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A kind of message in the list.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateLine {
    /// Its name.
    name: Template,
    /// The version that holds; 0 where the office's own words do.
    version: i32,
    /// The subject that holds.
    subject: String,
}

/// Kinds of message.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateList {
    /// Every one.
    items: Vec<TemplateLine>,
}

/// The kinds of message, and which version of their words holds.
#[utoipa::path(get, path = "/api/v1/templates", tag = "templates", responses((status = 200, body = TemplateList)))]
async fn list(Of(office): Of<Office>, Me(me): Me) -> Result<Json<TemplateList>, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let mut items = Vec::new();
    for template in Template::ALL {
        let wording = versions::holding(&office, &may, *template).await?;
        items.push(TemplateLine { name: *template, version: wording.seen, subject: wording.subject });
    }
    Ok(Json(TemplateList { items }))
}

/// A subject and a text.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateWords {
    /// The subject.
    subject: String,
    /// The text.
    body: String,
}

/// Words with sample values.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewPart {
    /// The subject.
    subject: String,
    /// The text.
    body: String,
    /// As it comes on a telephone, where this kind does.
    text: Option<TextMessage>,
}

/// A message on a telephone.
#[derive(Debug, Serialize, ToSchema)]
struct TextMessage {
    /// Its kind: `SMS`, `LMS`.
    kind: &'static str,
    /// How many bytes it has as it is sent.
    bytes: usize,
    /// What it says.
    text: String,
}

/// A kind of message.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateWhole {
    /// Its name.
    name: Template,
    /// The version that holds, which is its revision; 0 where the office's own words do.
    version: i32,
    /// The subject that holds.
    subject: String,
    /// The text that holds.
    body: String,
    /// What its words may hold in square brackets, to be filled in: `[title]`.
    places: Vec<&'static str>,
    /// The office's own words.
    own: TemplateWords,
    /// How it looks with sample values.
    preview: PreviewPart,
}

fn preview_of(office: &Office, wording: &Wording) -> PreviewPart {
    let preview = wording.preview(office);
    let text = preview.text.map(|(kind, bytes, text)| TextMessage { kind, bytes, text });
    PreviewPart { subject: preview.subject, body: preview.body, text }
}

type Whole = ([(HeaderName, String); 1], Json<TemplateWhole>);

fn whole(office: &Office, wording: Wording) -> Whole {
    let preview = preview_of(office, &wording);
    let Wording { template, seen, subject, body } = wording;
    let own = template.own(Language::Korean);
    let whole = TemplateWhole {
        name: template,
        version: seen,
        subject,
        body,
        places: template.places().iter().copied().chain(["link"]).collect(),
        own: TemplateWords { subject: own.0, body: own.1 },
        preview,
    };
    (tag(seen), Json(whole))
}

/// A kind of message: the words that hold, what they may hold, and how they look.
#[utoipa::path(
    get, path = "/api/v1/templates/{name}", tag = "templates", params(("name" = Template, Path)),
    responses((status = 200, body = TemplateWhole, headers(("ETag" = String, description = "The version, for `If-Match`."))))
)]
async fn one(Of(office): Of<Office>, Me(me): Me, Path(template): Path<Template>) -> Result<Whole, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    Ok(whole(&office, versions::holding(&office, &may, template).await?))
}

/// The next version of a kind's words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 0, "subject": "[title] 확인 요청", "body": "기한: [due]\n[link]" })))]
struct WritesTemplate {
    /// The version that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// The subject, one line.
    subject: Written<150>,
    /// The text.
    body: Written<2_000>,
}

/// Words to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "subject": "[title] 확인 요청", "body": "기한: [due]\n[link]" })))]
struct TriesTemplate {
    /// The subject, one line.
    subject: Written<150>,
    /// The text.
    body: Written<2_000>,
}

/// Writes the next version. Messages that were written stay as they are.
#[utoipa::path(
    post, path = "/api/v1/templates/{name}", tag = "templates", params(("name" = Template, Path)),
    request_body = WritesTemplate,
    responses((status = 200, body = TemplateWhole, headers(("ETag" = String, description = "The version, for `If-Match`."))))
)]
async fn save(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(template): Path<Template>,
    seen: IfMatch,
    Sent(sent): Sent<WritesTemplate>,
) -> Result<Whole, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let seen = seen.or(sent.revision)?;
    let wording = Wording { template, seen, subject: sent.subject.to_string(), body: sent.body.to_string() };
    versions::save(&office, &may, wording).await?;
    Ok(whole(&office, versions::holding(&office, &may, template).await?))
}

/// How words would look with sample values. Nothing is kept.
#[utoipa::path(
    post, path = "/api/v1/templates/{name}/preview", tag = "templates", params(("name" = Template, Path)),
    request_body = TriesTemplate, responses((status = 200, body = PreviewPart))
)]
async fn preview(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(template): Path<Template>,
    Sent(sent): Sent<TriesTemplate>,
) -> Result<Json<PreviewPart>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let wording = Wording { template, seen: 0, subject: sent.subject.to_string(), body: sent.body.to_string() };
    Ok(Json(preview_of(&office, &wording.checked()?)))
}

/// Writes the words that hold, with sample values, to one's own inbox and nowhere else.
#[utoipa::path(
    post, path = "/api/v1/templates/{name}/test", tag = "templates", params(("name" = Template, Path)),
    request_body = Option<Nothing>, responses((status = 201, body = Made<MessageId>))
)]
async fn test(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(template): Path<Template>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<(StatusCode, Json<Made<MessageId>>), ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let id = versions::try_out(&office, &may, template).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}
