//! What happens by time alone. One worker does it, round after round; everything it does is a row that says it is due, so that a
//! worker that was killed is followed by one that goes on, and two at once do nothing twice.

use std::time::Duration;

use crate::audit;
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::{cases, people, statistics};
use crate::{outbox, retention, sign_in, webhooks};

/// Seconds between two rounds.
const ROUND: Duration = Duration::from_secs(20);

/// One round over every government: cases are looked after, steps taken, messages written and sent, the log signed, what
/// waited too long forgotten.
///
/// # Errors
///
/// When the database does not answer. What fails for one government, or in one of these, keeps nothing else waiting: it is said to
/// the log and tried again in the next round.
pub async fn tick(office: &Office) -> Result<(), sea_orm::DbErr> {
    fall_due(office).await?;
    send_out(office).await
}

/// What is done within the database alone.
async fn fall_due(office: &Office) -> Result<(), sea_orm::DbErr> {
    for government in people::governments(office).await? {
        fall_due_of(office, government.tenant).await;
    }
    Ok(())
}

async fn fall_due_of(office: &Office, tenant: TenantId) {
    told(look_after(office, tenant).await);
    told(cases::fire_steps(office, tenant).await);
    told(cases::watch_exclusions(office, tenant).await);
    told(cases::monitor(office, tenant).await);
    told(statistics::close_by_itself(office, tenant).await);
    told(sign_in::kept::sweep(office, tenant).await);
    told(retention::carry_out(office, tenant).await);
}

/// What waits for others: witnesses, mail servers, gateways, whoever is told by webhooks, the place of files.
async fn send_out(office: &Office) -> Result<(), sea_orm::DbErr> {
    for government in people::governments(office).await? {
        send_out_of(office, government.tenant).await;
    }
    Ok(())
}

async fn send_out_of(office: &Office, tenant: TenantId) {
    told(audit::keep_checkpoints(office, tenant).await);
    told(outbox::deliver(office, tenant).await);
    told(webhooks::post_webhooks(office, tenant).await);
    told(retention::take_files_away(office, tenant).await);
}

/// One round over one government: stories share a server of PostgreSQL, and the clock of one is not that of the others.
#[cfg(test)]
pub(crate) async fn tick_of(office: &Office, tenant: TenantId) {
    fall_due_of(office, tenant).await;
    send_out_of(office, tenant).await;
}

async fn look_after(office: &Office, tenant: TenantId) -> Result<(), Problem> {
    let tx = office.db().read(tenant).await?;
    let people = people::version(&tx).await?;
    drop(tx);
    // Handlers leave with a change of people, or when their leave begins.
    let state = format!("{people} {}", office.today());
    if !office.did(tenant, "look after", &state) && cases::look_after(office, tenant).await?.left == 0 {
        office.note_done(tenant, "look after", state);
    }
    Ok(())
}

/// Says to the log what failed.
fn told<T>(done: Result<T, impl Into<Problem>>) {
    if let Err(error) = done {
        error.into().tell_log();
    }
}

/// Round after round, until the task is dropped. A server elsewhere that does not answer holds up no step.
pub async fn run(office: Office) {
    let due = async {
        loop {
            told(fall_due(&office).await);
            office.watch().went_round(office.now());
            tokio::time::sleep(ROUND).await;
        }
    };
    let out = async {
        // Said when the office starts, and not with the first file that somebody needs to send.
        told(office.files().reach().await);
        loop {
            told(send_out(&office).await);
            tokio::time::sleep(ROUND).await;
        }
    };
    tokio::join!(due, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestOffice;

    #[tokio::test]
    async fn the_worker_runs_beside_whatever_serves() {
        let office = TestOffice::sqlite().await;
        let worker = tokio::spawn(run(office.office.clone()));
        tick(&office.office).await.unwrap();
        assert!(!worker.is_finished());
        worker.abort();
    }
}
