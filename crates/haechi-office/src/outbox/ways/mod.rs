//! Whether each way out is open. It is a row of the installation and belongs to no government, so that every process and every page knows
//! the same, also after a restart: a dead server is asked once an hour, and not once a message, a process or a government.
//!
//! What is known is known of one server: who sets up another begins anew. It has no event in anybody's log; what became of the messages has.

mod store;

use chrono::TimeDelta;
use haechi_core::time::Moment;
use sea_orm::DbErr;

use super::fault::Fault;
use super::senders::Channel;
use crate::ids::TenantId;
use crate::office::Office;

/// How a way out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing went wrong yet, or it came back.
    Open {
        /// Since when; `None` where it was never closed.
        since: Option<Moment>,
    },
    /// Nothing leaves.
    Closed(Down),
}

/// A way out that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Down {
    /// Since when.
    pub since: Moment,
    /// Until when it is left alone.
    pub until: Moment,
    /// How often it was tried.
    pub tried: u32,
    /// What went wrong the last time.
    pub fault: Fault,
}

impl Way {
    /// How it is closed, if it is.
    pub const fn down(self) -> Option<Down> {
        match self {
            Self::Open { .. } => None,
            Self::Closed(down) => Some(down),
        }
    }

    /// Whether it may be tried now.
    pub(super) fn may_be_tried(self, now: Moment) -> bool {
        self.down().is_none_or(|down| down.until <= now)
    }

    /// After somebody found it closed.
    fn fallen(self, now: Moment, fault: Fault) -> Down {
        match self {
            // Somebody else found out at the same time.
            Self::Closed(down) if down.until > now => down,
            Self::Closed(Down { since, tried, .. }) => {
                let tried = tried.saturating_add(1);
                Down { since, until: now + back_off(tried), tried, fault }
            }
            Self::Open { .. } => Down { since: now, until: now + back_off(1), tried: 1, fault },
        }
    }
}

/// How long something is left alone that failed so many times.
pub(super) fn back_off(failures: u32) -> TimeDelta {
    TimeDelta::minutes(match failures {
        0 | 1 => 1,
        2 => 5,
        3 => 15,
        _ => 60,
    })
}

/// How a way out of the office is.
///
/// # Errors
///
/// When the database does not answer.
pub async fn way(office: &Office, channel: Channel) -> Result<Way, DbErr> {
    let tx = office.db().read(TenantId::nobody()).await?;
    store::way(&tx, channel, office.senders().server(channel)).await
}

/// How every way out of the office is. Asked before another transaction is begun: they are the installation's and no government's.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn all(office: &Office) -> Result<Vec<(Channel, Way)>, DbErr> {
    let tx = office.db().read(TenantId::nobody()).await?;
    let mut ways = Vec::new();
    for channel in Channel::ALL {
        ways.push((channel, store::way(&tx, channel, office.senders().server(channel)).await?));
    }
    Ok(ways)
}

/// Changes how a way out is, one after another with who else wants to; gives how it is then.
async fn change(office: &Office, channel: Channel, to: impl FnOnce(Way) -> Way + Send) -> Result<Way, DbErr> {
    let server = office.senders().server(channel);
    let tx = office.db().write(TenantId::nobody()).await?;
    tx.alone().await?;
    let before = store::way(&tx, channel, server).await?;
    let after = to(before);
    if after != before {
        store::put(&tx, channel, server, after).await?;
        tx.commit().await?;
    }
    Ok(after)
}

/// Notes that it is closed, and says until when.
pub(super) async fn fell(office: &Office, channel: Channel, fault: Fault) -> Result<Moment, DbErr> {
    let now = office.now();
    let way = change(office, channel, |way| Way::Closed(way.fallen(now, fault))).await?;
    Ok(way.down().map_or(now, |down| down.until))
}

/// Notes that it is open.
pub(super) async fn came_back(office: &Office, channel: Channel) -> Result<(), DbErr> {
    let now = office.now();
    let open = |way| match way {
        Way::Closed(_) => Way::Open { since: Some(now) },
        Way::Open { .. } => way,
    };
    change(office, channel, open).await.map(drop)
}

/// Somebody wants it tried at once.
pub(super) async fn try_now(office: &Office, channel: Channel) -> Result<(), DbErr> {
    let now = office.now();
    let sooner = |way| match way {
        Way::Closed(down) => Way::Closed(Down { until: down.until.min(now), ..down }),
        Way::Open { .. } => way,
    };
    change(office, channel, sooner).await.map(drop)
}
