//! Runs as programs hand them in and read them.

use axum::Json;
use axum::extract::{Request, State};
use chrono::{DateTime, NaiveDate, Utc};
use futures::StreamExt as _;
use haechi_core::run_report::{Outcome, RunReport};
use serde::Serialize;
use tokio::io::AsyncWriteExt as _;
use utoipa::{OpenApi, ToSchema};

use super::store;
use crate::ids::RunId;
use crate::ingest::{Received, receive};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem};
use crate::web::wire::{self, Part, Text};
use crate::web::{Gate, Me, Path, Query, Routes, too_large};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_upload("/api/v1/runs", Gate::May(Action::SubmitRun), hand_in)
        .api_get("/api/v1/runs", Gate::May(Action::ReadRuns), list)
        .api_get("/api/v1/runs/{id}", Gate::May(Action::ReadRuns), one);
}

#[derive(OpenApi)]
#[openapi(paths(hand_in, list, one))]
struct Runs;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Runs::openapi()
}

/// Hands a run in: its report, then its findings, one JSON object a line. All of it is taken in, or nothing. The same run again
/// changes nothing and says so, so that who does not know whether it arrived sends it again.
#[utoipa::path(
    post, path = "/api/v1/runs", tag = "runs",
    request_body(content = String, content_type = "application/jsonl", description = "JSON Lines."),
    responses((status = 200, body = Received))
)]
async fn hand_in(State(office): State<Office>, Me(me): Me, request: Request) -> Result<Json<Received>, ApiError> {
    // Whoever may not is told before two gigabytes are on their way.
    generally(&me, Action::SubmitRun)?;
    let read = |error: &std::io::Error| Problem::internal("run.read", error);
    let spool = office.files().spool().map_err(|error| read(&error))?;
    let file = tempfile::NamedTempFile::new_in(spool).map_err(|error| read(&error))?;
    let mut writer = tokio::fs::File::create(file.path()).await.map_err(|error| read(&error))?;
    let mut left = office.config().run_bytes;
    let mut body = request.into_body().into_data_stream();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| Problem::unreadable("the run did not arrive whole"))?;
        left = left.checked_sub(part.len() as u64).ok_or_else(too_large)?;
        writer.write_all(&part).await.map_err(|error| read(&error))?;
    }
    writer.flush().await.map_err(|error| read(&error))?;
    Ok(Json(receive(&office, &me, file.path()).await?))
}

/// A run in the list.
#[derive(Debug, Serialize, ToSchema)]
struct RunLine {
    /// Which.
    id: RunId,
    /// Its number, from 1.
    number: i64,
    /// The day it looked from.
    as_of: NaiveDate,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// The name of the token with which it was handed in.
    received_by: String,
    /// Findings in it.
    findings: i64,
    /// Alerts that were not there before.
    new: i64,
    /// Alerts that were there.
    seen: i64,
    /// Alerts whose finding was gone.
    gone: i64,
    /// Findings that an exclusion kept from becoming a case.
    hidden: i64,
}

impl From<store::run::Model> for RunLine {
    fn from(row: store::run::Model) -> Self {
        Self {
            id: row.id,
            number: row.number,
            as_of: row.as_of,
            received_at: row.received_at,
            received_by: row.received_by,
            findings: row.findings,
            new: row.new_alerts,
            seen: row.seen_alerts,
            gone: row.gone_alerts,
            hidden: row.hidden_alerts,
        }
    }
}

/// Runs.
#[derive(Debug, Serialize, ToSchema)]
struct RunList {
    /// The newest first.
    items: Vec<RunLine>,
    /// What to send as `after` for the next page: the number of its last run; none on the last.
    next: Option<i64>,
}

/// The runs that were received.
#[utoipa::path(get, path = "/api/v1/runs", tag = "runs", params(Part<i64>), responses((status = 200, body = RunList)))]
async fn list(
    State(office): State<Office>,
    Me(me): Me,
    Query(part): Query<Part<i64>>,
) -> Result<Json<RunList>, ApiError> {
    generally(&me, Action::ReadRuns)?;
    let most = part.most()?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::list(&tx, part.after, most + 1).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.number);
    Ok(Json(RunList { items: rows.into_iter().map(RunLine::from).collect(), next }))
}

/// A scenario in a run.
#[derive(Debug, Serialize, ToSchema)]
struct Judged {
    /// Its id.
    scenario: String,
    /// Its version.
    version: u32,
    /// Its title.
    title: Text,
    /// What came of it: `findings`, `clean`, `cannot be judged`, `failed`.
    outcome: String,
    /// How many it found.
    found: Option<u64>,
    /// Why it could not be judged, one a cause.
    reasons: Vec<Text>,
    /// The code of what broke.
    fault: Option<String>,
}

/// What a run saw of a source.
#[derive(Debug, Serialize, ToSchema)]
struct SnapshotPart {
    /// The mapping that read it.
    source: String,
    /// The standard table.
    table: String,
    /// The first day it covers; none where the table was loaded whole.
    from: Option<NaiveDate>,
    /// The last day it covers.
    to: Option<NaiveDate>,
    /// Rows in it.
    rows: u64,
    /// Rows of its files that did not fit.
    rejected: u64,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
struct RunWhole {
    #[serde(flatten)]
    line: RunLine,
    /// What it saw, by table, source and period.
    snapshots: Vec<SnapshotPart>,
    /// What came of each scenario.
    scenarios: Vec<Judged>,
}

/// One run, with what it saw and what came of each scenario.
#[utoipa::path(get, path = "/api/v1/runs/{id}", tag = "runs", params(("id" = RunId, Path)), responses((status = 200, body = RunWhole)))]
async fn one(State(office): State<Office>, Me(me): Me, Path(id): Path<RunId>) -> Result<Json<RunWhole>, ApiError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let row = store::one(&tx, id).await?.ok_or_else(Problem::hidden)?;
    let report: RunReport = serde_json::from_str(&row.report)?;
    let scenarios = report.scenarios.iter().map(|run| {
        let (found, reasons, fault) = match &run.outcome {
            Outcome::Findings { count, .. } => (Some(*count), Vec::new(), None),
            Outcome::Clean { .. } => (Some(0), Vec::new(), None),
            Outcome::CannotBeJudged { reasons } => {
                (None, reasons.iter().map(|reason| Text::from(&reason.words)).collect(), None)
            }
            Outcome::Failed { code, .. } => (None, Vec::new(), Some(code.clone())),
        };
        Judged {
            scenario: run.scenario.id.to_string(),
            version: run.scenario.version,
            title: Text::from(&run.title),
            outcome: run.outcome.word().to_owned(),
            found,
            reasons,
            fault,
        }
    });
    let scenarios = scenarios.collect();
    let snapshots = report.snapshots.iter().map(|one| SnapshotPart {
        source: one.source.to_string(),
        table: one.table.to_string(),
        from: one.period.map(|period| period.from()),
        to: one.period.map(|period| period.to()),
        rows: one.rows,
        rejected: one.rejected,
    });
    let snapshots = snapshots.collect();
    Ok(Json(RunWhole { line: row.into(), snapshots, scenarios }))
}
