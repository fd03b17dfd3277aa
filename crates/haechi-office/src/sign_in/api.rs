//! Tokens, and one's own sessions, as programs read, make and end them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::session::is_over;
use super::tokens::{make_narrower, revoke_token};
use super::{SignInError, end_session, store};
use crate::ids::TokenId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem, ProblemBody};
use crate::web::wire::{Nothing, Who, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent, WithToken};

pub(super) fn routes(routes: &mut Routes) {
    let (own, settings) = (Gate::May(Action::OwnAccount), Gate::May(Action::ChangeSettings));
    routes
        .api_get("/api/v1/me/sessions", own, sessions)
        .api_post("/api/v1/me/sessions/end", own, end_all)
        .api_post("/api/v1/me/sessions/{id}/end", own, end_one)
        .api_post("/api/v1/me/password", own, password)
        .api_get("/api/v1/tokens", settings, tokens)
        .api_post_once("/api/v1/tokens", settings, make)
        .api_post("/api/v1/tokens/{id}/end", settings, end);
}

#[derive(OpenApi)]
#[openapi(paths(sessions, end_all, end_one, password, tokens, make, end))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A browser in which one is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct SessionPart {
    /// Which: the digest of its secret.
    id: String,
    /// What the browser calls itself.
    browser: String,
    /// By which way: `local` with a password of the office's own, `oidc` by the government's sign-in service.
    way: String,
    /// Since when.
    made_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    seen_at: DateTime<Utc>,
}

/// Browsers in which one is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct SessionList {
    /// Those that have not ended, the one used last first.
    items: Vec<SessionPart>,
}

/// Where the token's person is signed in.
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "about", responses((status = 200, body = SessionList)))]
async fn sessions(State(office): State<Office>, Me(me): Me) -> Result<Json<SessionList>, ApiError> {
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = store::sessions(&tx, person).await?.into_iter().filter(|row| !is_over(&office, row)).map(|row| {
        SessionPart { id: row.digest, browser: row.browser, way: row.way, made_at: row.made_at, seen_at: row.seen_at }
    });
    Ok(Json(SessionList { items: items.collect() }))
}

/// Signs the token's person out everywhere. The token goes on.
#[utoipa::path(post, path = "/api/v1/me/sessions/end", tag = "about", request_body = Option<Nothing>, responses((status = 204)))]
async fn end_all(
    State(office): State<Office>,
    Me(me): Me,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    match end_session(&office, &me, None).await {
        // Who is signed in nowhere is signed out.
        Ok(()) | Err(SignInError::Gone) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(error.into()),
    }
}

/// Signs the token's person out in one browser.
#[utoipa::path(
    post, path = "/api/v1/me/sessions/{id}/end", tag = "about",
    params(("id" = String, Path, description = "The session, as the list names it.")),
    request_body = Option<Nothing>, responses((status = 204))
)]
async fn end_one(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<String>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    end_session(&office, &me, Some(&id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Always refused: with a token nobody changes how its person signs in. Whoever found the token could otherwise guess at the old
/// password here, and lock its owner out. The page of the account does it.
#[utoipa::path(
    post, path = "/api/v1/me/password", tag = "about",
    responses((status = 403, body = ProblemBody, content_type = "application/problem+json", description = "Always: `token.sign_in`."))
)]
async fn password() -> ApiError {
    ApiError(Problem::new(
        403,
        "token.sign_in",
        ("토큰으로는 로그인 수단을 바꿀 수 없습니다.", "A token does not change how its person signs in."),
        ("로그인해서 계정 페이지에서 바꾸십시오.", "Sign in and change it on the page of the account."),
    ))
}

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct TokenPart {
    /// Which.
    id: TokenId,
    /// What it was called.
    name: String,
    /// Whom it acts for; none for the engine.
    person: Option<Who>,
    /// What it is for: `read`, `write`; `runs` for the engine.
    scopes: Vec<String>,
    /// Who made it; none where the command line did.
    made_by: Option<Who>,
    /// The token with which it was made; it ends when that one is ended.
    made_with: Option<TokenId>,
    /// When.
    made_at: DateTime<Utc>,
    /// Until when it holds.
    expires_at: DateTime<Utc>,
    /// Whether it is the one of this request.
    is_this: bool,
}

/// Tokens.
#[derive(Debug, Serialize, ToSchema)]
struct TokenList {
    /// Those that nobody ended, the newest first.
    items: Vec<TokenPart>,
}

/// The government's tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", responses((status = 200, body = TokenList)))]
async fn tokens(
    State(office): State<Office>,
    Me(me): Me,
    WithToken(held): WithToken,
) -> Result<Json<TokenList>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = store::tokens(&tx).await?.into_iter().map(|row| TokenPart {
        id: row.id,
        person: row.person.map(|person| Who::of(&me, person)),
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        made_by: row.made_by.parse().ok().map(|person| Who::of(&me, person)),
        made_with: row.made_with,
        made_at: row.made_at,
        expires_at: row.expires_at,
        is_this: row.id == held.id,
        name: row.name,
    });
    Ok(Json(TokenList { items: items.collect() }))
}

/// What a token that a token makes may be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TokenScope {
    /// To read.
    Read,
    /// To read and to act.
    Write,
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "주간 보고", "scopes": ["read"], "until": "2026-12-31" })))]
struct MakesToken {
    /// What it is called in the list.
    name: Written<100>,
    /// What it is for: nothing that the token of this request is not for.
    #[schema(min_items = 1, max_items = 2)]
    scopes: Vec<TokenScope>,
    /// The last day on which it holds: none on which the token of this request does not.
    until: NaiveDate,
}

/// A token that was made.
#[derive(Debug, Serialize, ToSchema)]
struct MadeToken {
    /// Which.
    id: TokenId,
    /// What is sent as `Authorization: Bearer`; it is shown this once.
    token: String,
}

/// Makes a token of the same person with the token of this request: for no more, for no longer, and it ends when that one is ended.
/// Tokens that do more or hold longer, and the engine's, are made on the page.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = MakesToken, responses((status = 201, body = MadeToken)))]
async fn make(
    State(office): State<Office>,
    Me(me): Me,
    WithToken(held): WithToken,
    Sent(sent): Sent<MakesToken>,
) -> Result<(StatusCode, Json<MadeToken>), ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    if sent.scopes.len() > 2 {
        return Err(SignInError::Scope.into());
    }
    let scopes: Vec<&str> = [(TokenScope::Read, "read"), (TokenScope::Write, "write")]
        .into_iter()
        .filter(|(scope, _)| sent.scopes.contains(scope))
        .map(|(_, word)| word)
        .collect();
    let (id, token) = make_narrower(&office, &may, &held, &sent.name, &scopes, sent.until).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { id, token })))
}

/// Ends a token now, and those that were made with it.
#[utoipa::path(post, path = "/api/v1/tokens/{id}/end", tag = "tokens", params(("id" = TokenId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<TokenId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    revoke_token(&office, &may, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
