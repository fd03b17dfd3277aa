//! The figures of the office, gathered when somebody asks.

use chrono::{DateTime, Utc};
use haechi_core::time::{Clock as _, Moment, SystemClock};
use sea_orm::DbErr;

use super::machine;
use crate::backup::{self, MadeRow};
use crate::ids::TenantId;
use crate::office::Office;
use crate::slices::people::GovernmentRow;
use crate::slices::{cases, people, runs};
use crate::{audit, outbox, webhooks};

/// Of one government.
#[derive(Clone, Debug)]
pub(super) struct OfGovernment {
    pub(super) code: String,
    /// Cases that are open, and those of them past their due moment.
    pub(super) open: u64,
    pub(super) late: u64,
    pub(super) messages: outbox::Queue,
    /// Webhooks that were given up.
    pub(super) stopped: u64,
    pub(super) log: audit::Standing,
    pub(super) backup: Option<MadeRow>,
    /// When a run was received last.
    pub(super) run_at: Option<Moment>,
}

/// Of the installation.
#[derive(Clone, Debug)]
pub(super) struct OfInstallation {
    /// Connections to the database: open, idle, at most.
    pub(super) connections: (u32, u32, u32),
    /// What the database calls itself.
    pub(super) database: String,
    /// By how many seconds the database's clock is ahead; none where it has none of its own.
    pub(super) drift: Option<i64>,
    /// Free and all bytes of the disk.
    pub(super) disk: Option<(u64, u64)>,
    pub(super) memory: Option<u64>,
    /// When timed work went round last, in this process.
    pub(super) round: Option<Moment>,
    /// The last change of the tables, and how many are still to come.
    pub(super) tables: (String, usize),
}

/// Whether the office can serve: what is wrong, in a word each.
pub(super) async fn unready(office: &Office) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    match office.db().pending().await {
        Ok((_, 0)) => {}
        Ok(_) => wrong.push("migrations"),
        Err(_) => wrong.push("database"),
    }
    if machine::disk(office.files().disk()).is_some_and(|(free, _)| free < office.config().disk_free_bytes) {
        wrong.push("disk");
    }
    wrong
}

pub(super) async fn of_installation(office: &Office) -> Result<OfInstallation, DbErr> {
    let (database, clock) = office.db().says().await?;
    let tables = office.db().pending().await.map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(OfInstallation {
        connections: office.db().connections(),
        database,
        // The machine's clock: that of an invented government may be moved.
        drift: clock.map(|there| there - SystemClock.unix_seconds()),
        disk: machine::disk(office.files().disk()),
        memory: machine::memory(),
        round: office.watch().round(),
        tables,
    })
}

pub(super) async fn of_government(office: &Office, of: &GovernmentRow) -> Result<OfGovernment, DbErr> {
    let tx = office.db().read(of.tenant).await?;
    let (open, late) = cases::burden(&tx, office.now()).await?;
    Ok(OfGovernment {
        code: of.code.clone(),
        open,
        late,
        messages: outbox::queue(&tx).await?,
        stopped: webhooks::stopped(&tx).await?,
        log: audit::standing(&tx, office.config()).await?,
        backup: backup::last_made(&tx).await?,
        run_at: runs::received_last(&tx).await?,
    })
}

/// All governments.
pub(super) async fn governments(office: &Office) -> Result<Vec<(TenantId, OfGovernment)>, DbErr> {
    let mut all = Vec::new();
    for government in people::governments(office).await? {
        all.push((government.tenant, of_government(office, &government).await?));
    }
    Ok(all)
}

/// Seconds from `then` to `now`; 0 where it is ahead.
pub(super) fn age(now: Moment, then: Moment) -> i64 {
    (now - then).num_seconds().max(0)
}

/// The moment of a checkpoint.
pub(super) fn moment(stamp: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(stamp).ok().map(|at| at.with_timezone(&Utc))
}
