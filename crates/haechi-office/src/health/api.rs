//! How the office is, as programs read it.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::figures::{self, moment};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::slices::people;
use crate::web::{Gate, Me, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/system", Gate::May(Action::ReadSystem), system);
}

#[derive(OpenApi)]
#[openapi(paths(system))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A backup that was made.
#[derive(Debug, Serialize, ToSchema)]
struct BackupPart {
    /// By which it is known: the digest of its manifest.
    digest: String,
    /// Of when it is.
    of_moment: DateTime<Utc>,
    /// Its size.
    bytes: i64,
    /// Attachments that were not to be had.
    missing: i64,
}

/// What waits for others.
#[derive(Debug, Serialize, ToSchema)]
struct QueuePart {
    /// Messages that wait to leave.
    waiting: u64,
    /// Since when the oldest of them is due.
    due_since: Option<DateTime<Utc>>,
    /// Messages that were given up.
    failed: u64,
    /// Webhooks that were given up.
    webhooks_stopped: u64,
}

/// How far the log is signed.
#[derive(Debug, Serialize, ToSchema)]
struct StandingPart {
    /// Its events.
    events: u64,
    /// Events that no checkpoint covers yet.
    unsigned: u64,
    /// Whether somebody watches it.
    has_witnesses: bool,
    /// When the oldest checkpoint was made that no witness signed.
    unwitnessed_since: Option<DateTime<Utc>>,
}

/// How the office is.
#[derive(Debug, Serialize, ToSchema)]
struct SystemPart {
    /// What keeps it from serving: `database`, `migrations`, `disk`.
    not_ready: Vec<&'static str>,
    /// The version of the program.
    version: &'static str,
    /// What the database calls itself.
    database: String,
    /// Changes of the tables that are still to come.
    migrations_pending: usize,
    /// By how many seconds the database's clock is ahead of this machine's; none where it has none of its own.
    clock_drift: Option<i64>,
    /// Free bytes of the disk that holds attachments.
    disk_free: Option<u64>,
    /// When timed work went round last, in this process.
    timed_round: Option<DateTime<Utc>>,
    /// Open cases, and those past their due moment.
    cases_open: u64,
    /// Those of them that are past their due moment.
    cases_overdue: u64,
    /// When a run was received last.
    last_run: Option<DateTime<Utc>>,
    /// The last backup.
    last_backup: Option<BackupPart>,
    /// What waits for others.
    queue: QueuePart,
    /// How far the log is signed.
    log: StandingPart,
}

/// How the office is.
#[utoipa::path(get, path = "/api/v1/system", tag = "office", responses((status = 200, body = SystemPart)))]
async fn system(State(office): State<Office>, Me(me): Me) -> Result<Json<SystemPart>, ApiError> {
    generally(&me, Action::ReadSystem)?;
    let tx = office.db().read(me.tenant()).await?;
    let own = people::government(&tx).await?;
    drop(tx);
    let of = figures::of_government(&office, &own).await?;
    let installation = figures::of_installation(&office).await?;
    Ok(Json(SystemPart {
        not_ready: figures::unready(&office).await,
        version: env!("CARGO_PKG_VERSION"),
        database: installation.database,
        migrations_pending: installation.tables.1,
        clock_drift: installation.drift,
        disk_free: installation.disk.map(|disk| disk.0),
        timed_round: installation.round,
        cases_open: of.open,
        cases_overdue: of.late,
        last_run: of.run_at,
        last_backup: of.backup.map(|row| BackupPart {
            digest: row.digest,
            of_moment: row.of_moment,
            bytes: row.bytes,
            missing: row.missing,
        }),
        queue: QueuePart {
            waiting: of.messages.waiting,
            due_since: of.messages.due_since,
            failed: of.messages.failed,
            webhooks_stopped: of.stopped,
        },
        log: StandingPart {
            events: of.log.events,
            unsigned: of.log.unsigned,
            has_witnesses: of.log.has_witnesses,
            unwitnessed_since: of.log.unwitnessed_since.as_deref().and_then(moment),
        },
    }))
}
