//! How far the log is signed and by whom: what the page and the API say of it.

use haechi_core::time::Moment;
use sea_orm::DbErr;

use super::cosignature::WitnessKey;
use super::witness::{AnewRow, answers, begun_anew, seen_all};
use super::{CheckpointError, log, store};
use crate::backup::{self, RestoredRow};
use crate::db::Transaction;
use crate::ids::TenantId;
use crate::office::Office;

/// A witness of this log.
pub(super) struct Witnessing {
    pub(super) name: String,
    pub(super) url: String,
    /// Over how many events it signed.
    pub(super) size: u64,
    pub(super) signed_at: Option<Moment>,
    pub(super) failed_at: Option<Moment>,
    /// Whether it failed after it signed last.
    pub(super) is_failing: bool,
    /// Whether it says that what it saw is no longer here.
    pub(super) is_alarm: bool,
    /// Whether it failed since the office was restored from a backup.
    pub(super) is_after_restore: bool,
    /// Why it failed: a word (`witness-problem-late`), and what it is about.
    pub(super) problem: Option<(String, String)>,
}

/// A log that this installation watches.
pub(super) struct Watching {
    pub(super) origin: String,
    /// How many events it had when it was seen last, and when that was.
    pub(super) seen: Option<(u64, Moment)>,
    /// Each time it was begun anew with, the newest first.
    pub(super) anew: Vec<AnewRow>,
}

/// A log.
pub(super) struct Overview {
    /// Its events.
    pub(super) size: u64,
    /// Over how many of them the newest checkpoint is, and when it was made.
    pub(super) signed: Option<(u64, String)>,
    pub(super) witnesses: Vec<Witnessing>,
    /// Each time the office was restored from a backup, the newest first.
    pub(super) restored: Vec<RestoredRow>,
}

impl Overview {
    /// How many of the events some witness signed.
    pub(super) fn witnessed(&self) -> u64 {
        self.witnesses.iter().map(|one| one.size).max().unwrap_or(0)
    }
}

/// How a tenant's log stands.
///
/// # Errors
///
/// When the database does not answer, or a witness of the configuration has no key.
pub(super) async fn overview(office: &Office, tx: &Transaction) -> Result<Overview, CheckpointError> {
    let (size, signed) = (log::size(tx).await?, store::last_made(tx).await?);
    let answers = answers(tx).await?;
    let sizes = store::witnessed(tx).await?;
    let restored = backup::restored(tx).await?;
    let mut witnesses = Vec::new();
    for one in &office.config().witnesses {
        let name = WitnessKey::parse(&one.key)?.name().to_owned();
        let answer = answers.iter().find(|answer| answer.witness == name);
        let failed_at = answer.and_then(|answer| answer.failed_at);
        let signed_at = answer.and_then(|answer| answer.signed_at);
        let problem = answer.and_then(|answer| answer.problem.as_deref()).map(|problem| {
            let (word, about) = problem.split_once(' ').unwrap_or((problem, ""));
            (format!("witness-problem-{word}"), about.to_owned())
        });
        let is_failing = failed_at.is_some() && failed_at >= signed_at;
        witnesses.push(Witnessing {
            size: sizes.get(&name).copied().unwrap_or(0),
            url: one.url.clone(),
            signed_at,
            failed_at,
            is_failing,
            is_alarm: is_failing && problem.as_ref().is_some_and(|(word, _)| word == "witness-problem-rewritten"),
            is_after_restore: restored.first().is_some_and(|row| failed_at.is_some_and(|at| at >= row.restored_at)),
            problem,
            name,
        });
    }
    Ok(Overview { size, signed, witnesses, restored })
}

/// The logs that this installation watches; they are the same for every government on it.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn watching(office: &Office) -> Result<Vec<Watching>, DbErr> {
    if office.config().witness.is_empty() {
        return Ok(Vec::new());
    }
    let tx = office.db().read(TenantId::nobody()).await?;
    let seen = seen_all(&tx).await?;
    let anew = begun_anew(&tx).await?;
    let watched = office.config().witness.iter().map(|log| Watching {
        origin: log.origin.clone(),
        seen: seen.iter().find(|seen| seen.0 == log.origin).map(|seen| (seen.1, seen.2)),
        anew: anew.iter().filter(|row| row.origin == log.origin).cloned().collect(),
    });
    Ok(watched.collect())
}
