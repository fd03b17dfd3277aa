//! Runs of the engine as they were received: what was asked, what was found, what could not be judged; and what an engine does now.

pub(crate) mod api;
pub(crate) mod migrations;
mod pages;
mod sources;
mod store;
pub mod tasks;

use haechi_core::digest::Digest;
use haechi_core::run_report::RunReport;

use super::Slice;
use crate::db::Transaction;
use crate::ids::RunId;
use crate::office::Office;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "runs",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || vec![api::document(), tasks::api::document()],
    menu: &[],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    sources::routes(routes);
    api::routes(routes);
    tasks::api::routes(routes);
}

/// What a run brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Alerts that were not there before.
    pub new: u64,
    /// Alerts that were there.
    pub seen: u64,
    /// Alerts whose finding is gone.
    pub gone: u64,
    /// Findings that an exclusion keeps from becoming a case.
    pub hidden: u64,
}

/// The run of these bytes, if it was received before.
///
/// # Errors
///
/// When the database does not answer.
pub async fn received(tx: &Transaction, digest: &Digest) -> Result<Option<(RunId, Counts)>, sea_orm::DbErr> {
    let row = store::with_digest(tx, &digest.to_string()).await?;
    Ok(row.map(|row| {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        let counts = Counts {
            new: count(row.new_alerts),
            seen: count(row.seen_alerts),
            gone: count(row.gone_alerts),
            hidden: count(row.hidden_alerts),
        };
        (row.id, counts)
    }))
}

/// When a run was received last.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn received_last(tx: &Transaction) -> Result<Option<haechi_core::time::Moment>, sea_orm::DbErr> {
    store::newest_at(tx).await
}

/// Whether a run was received before, of whatever content.
///
/// # Errors
///
/// When the database does not answer.
pub async fn is_first(tx: &Transaction) -> Result<bool, sea_orm::DbErr> {
    Ok(store::newest(tx).await?.is_none())
}

/// The day the newest run looked from.
///
/// # Errors
///
/// When the database does not answer.
pub async fn newest_as_of(tx: &Transaction) -> Result<Option<haechi_core::time::Day>, sea_orm::DbErr> {
    Ok(store::newest(tx).await?.map(|row| row.as_of))
}

/// The report of a run, as it was received.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn report(tx: &Transaction, id: RunId) -> Result<Option<String>, sea_orm::DbErr> {
    Ok(store::one(tx, id).await?.map(|row| row.report))
}

/// Keeps a run.
///
/// # Errors
///
/// When the database does not answer, or the same run is being kept by somebody else.
pub async fn keep(
    office: &Office,
    tx: &Transaction,
    (id, digest): (RunId, &Digest),
    by: &str,
    report: &RunReport,
    counts: Counts,
) -> Result<i64, sea_orm::DbErr> {
    let text = serde_json::to_string(report).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let new = store::NewRun {
        id,
        digest: digest.to_string(),
        as_of: report.as_of,
        received_by: by.to_owned(),
        report: text,
        findings: report.findings,
        counts,
    };
    store::add(tx, new, office.now()).await
}
