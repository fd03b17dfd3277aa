//! What happens by time alone. One worker does it, round after round; everything it does is a row that says it is due, so that a
//! worker that was killed is followed by one that goes on, and two at once do nothing twice.

use std::time::Duration;

use crate::audit;
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::{cases, people};
use crate::{outbox, webhooks};

/// Seconds between two rounds.
const ROUND: Duration = Duration::from_secs(20);

/// One round over every government: cases are looked after, steps taken, messages written and sent, the log signed.
///
/// # Errors
///
/// When the database does not answer. What fails for one government does not keep the others waiting: it is said to the log.
pub async fn tick(office: &Office) -> Result<(), sea_orm::DbErr> {
    for government in people::governments(office).await? {
        if let Err(problem) = of_tenant(office, government.tenant).await {
            problem.tell_log();
        }
    }
    Ok(())
}

async fn of_tenant(office: &Office, tenant: TenantId) -> Result<(), Problem> {
    let tx = office.db().read(tenant).await?;
    let people = people::version(&tx).await?;
    drop(tx);
    if office.is_to_be_looked_after(tenant, people) {
        cases::look_after(office, tenant).await?;
    }
    while cases::fire_steps(office, tenant).await? > 0 {}
    cases::monitor(office, tenant).await?;
    audit::keep_checkpoints(office, tenant).await?;
    outbox::deliver(office, tenant).await?;
    webhooks::post_webhooks(office, tenant).await?;
    Ok(())
}

/// Round after round, until the task is dropped.
pub async fn run(office: Office) {
    loop {
        if let Err(error) = tick(&office).await {
            Problem::from(error).tell_log();
        }
        tokio::time::sleep(ROUND).await;
    }
}
