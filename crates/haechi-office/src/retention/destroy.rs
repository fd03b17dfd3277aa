//! Destructions that were decided are carried out: some records at a time, each batch one transaction, so that one that was killed is followed
//! by the next, which finds what is left. What is held, or no longer due, is passed over at that moment, whatever was decided.

use haechi_core::digest::Digest;
use sea_orm::prelude::Uuid;

use super::class::{Class, Reach};
use super::error::RetentionError;
use super::holds::Held;
use super::store::{self, Certificate, Proposal};
use super::{RetentionProposalId, period};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::TenantId;
use crate::office::Office;
use crate::slices::{cases, people};
use crate::{access, outbox, sign_in};

/// Records of a batch.
const AT_ONCE: u64 = 100;
/// Batches of a round: the next round goes on, so that a large destruction keeps nothing else waiting.
const A_ROUND: usize = 20;
/// Files that are taken away in a round.
const FILES: u64 = 200;

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Batch {
    /// Nothing is to be destroyed.
    Nothing,
    /// So many records went.
    Gone(u64),
    /// Nothing was left, and the destruction has its certificate.
    Ended(RetentionProposalId),
}

/// Goes on with what was decided. Returns how many records went; their files go by [`take_files_away`].
///
/// # Errors
///
/// When the database does not answer. What was done until then is done.
pub(crate) async fn carry_out(office: &Office, tenant: TenantId) -> Result<u64, RetentionError> {
    let mut all = 0;
    for _ in 0..A_ROUND {
        match batch(office, tenant, AT_ONCE).await? {
            Batch::Nothing => break,
            Batch::Gone(count) => all += count,
            Batch::Ended(_) => {}
        }
    }
    Ok(all)
}

/// The next records of the destruction that was decided first, in one transaction; its certificate where none are left.
///
/// # Errors
///
/// When the database does not answer. Then nothing of the batch is done.
pub(super) async fn batch(office: &Office, tenant: TenantId, most: u64) -> Result<Batch, RetentionError> {
    let tx = office.db().read(tenant).await?;
    if store::running(&tx).await?.is_empty() {
        return Ok(Batch::Nothing);
    }
    drop(tx);
    let tx = office.db().write(tenant).await?;
    // Of two workers one does it; a hold that is being set comes before all of it or after.
    tx.alone().await?;
    let Some(row) = store::running(&tx).await?.into_iter().next() else { return Ok(Batch::Nothing) };
    let class = Class::parse(&row.class).ok_or(RetentionError::Class)?;
    let held = Held::read(&tx).await?;
    let holds = period::of(&store::all(&tx).await?, class, office.today()).0;
    let last = holds.and_then(|period| period.last_due(office.today()));
    // A period that was made longer meanwhile holds for what was decided before, too.
    let until = row.until.zip(last).map(|(until, last)| until.min(last));
    let mut log = Vec::new();
    if let Some(until) = until {
        let reach = Reach::new(office, until, &held);
        log = take(office, &tx, &row, class, &reach, most).await?;
    }
    if log.is_empty() {
        let held = match until {
            Some(until) => class.due(office, &tx, &Reach::new(office, until, &held)).await?.held,
            None => 0,
        };
        certify(office, &tx, &row, held).await?;
        tx.commit().await?;
        return Ok(Batch::Ended(row.id));
    }
    audit::append_all(&tx, office.clock(), &log).await?;
    tx.commit().await?;
    Ok(Batch::Gone(log.len() as u64))
}

fn event(class: Class, record: Uuid, digest: &str, after: Option<String>) -> Entry {
    Entry {
        action: class.event().to_owned(),
        actor: "office".to_owned(),
        true_actor: None,
        via: Via::Job,
        record: Record { kind: class.record().to_owned(), id: record.to_string() },
        before: Some(digest.to_owned()),
        after,
    }
}

/// Destroys at most `most` records and says what the log is to keep of each.
async fn take(
    office: &Office,
    tx: &Transaction,
    row: &Proposal,
    class: Class,
    reach: &Reach<'_>,
    most: u64,
) -> Result<Vec<Entry>, RetentionError> {
    let (now, today) = (office.now(), office.today());
    let events = |records: &[(Uuid, String)]| {
        records.iter().map(|(record, digest)| event(class, *record, digest, None)).collect::<Vec<_>>()
    };
    match class {
        Class::Cases => {
            let found = cases::destroy::next(tx, reach, most).await?;
            let records: Vec<(Uuid, String)> = found.iter().map(|case| (case.id.uuid(), audit::digest(case))).collect();
            store::add_destroyed(tx, row.id, &records, now).await?;
            let mut log = Vec::with_capacity(records.len());
            for (case, (record, digest)) in found.into_iter().zip(records) {
                let id = case.id;
                // Nobody steps while this transaction is alone but who began before it; then the whole batch is tried again.
                let gone =
                    cases::destroy::destroy(tx, case, today).await?.ok_or(cases::CaseError::Stale { id, seen: 0 })?;
                store::doom(tx, &gone.files).await?;
                log.push(event(class, record, &digest, Some(gone.after)));
            }
            Ok(log)
        }
        Class::Messages => {
            let found = outbox::destroy::next(tx, reach, most).await?;
            let ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
            let records: Vec<_> = found.into_iter().map(|(id, digest)| (id.uuid(), digest)).collect();
            store::add_destroyed(tx, row.id, &records, now).await?;
            outbox::destroy::destroy(tx, &ids, today).await?;
            Ok(events(&records))
        }
        Class::Access => {
            let found = access::destroy::next(tx, reach, most).await?;
            let ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
            let records: Vec<_> = found.into_iter().map(|(id, digest)| (id.uuid(), digest)).collect();
            store::add_destroyed(tx, row.id, &records, now).await?;
            let gone = access::destroy::destroy(tx, &ids).await?;
            if gone != ids.len() as u64 {
                let why = format!("{gone} of {} accesses could be removed", ids.len());
                return Err(sea_orm::DbErr::Custom(why).into());
            }
            Ok(events(&records))
        }
        Class::Persons => {
            let found = people::destroy::next(tx, reach, most).await?;
            let records: Vec<_> = found.iter().map(|(id, digest)| (id.uuid(), digest.clone())).collect();
            store::add_destroyed(tx, row.id, &records, now).await?;
            for (person, _) in found {
                sign_in::forget(tx, person, now).await?;
                people::destroy::destroy(tx, person, today, now).await?;
            }
            Ok(events(&records))
        }
    }
}

/// SHA-256 over the ids of what was destroyed, in their order, a line each.
fn digest(records: &[Uuid]) -> String {
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    Digest::of(lines).to_string()
}

async fn certify(office: &Office, tx: &Transaction, row: &Proposal, held: u64) -> Result<(), RetentionError> {
    let records = store::destroyed(tx, row.id).await?;
    let certificate = Certificate {
        tenant: tx.tenant(),
        proposal: row.id,
        ended_at: office.now(),
        destroyed: i64::try_from(records.len()).unwrap_or(i64::MAX),
        held: i64::try_from(held).unwrap_or(i64::MAX),
        digest: digest(&records),
    };
    let entry = Entry {
        action: "retention.certify".to_owned(),
        actor: "office".to_owned(),
        true_actor: None,
        via: Via::Job,
        record: Record { kind: "retention".to_owned(), id: row.id.to_string() },
        before: None,
        after: Some(audit::digest(&certificate)),
    };
    store::certify(tx, certificate).await?;
    audit::append(tx, office.clock(), &entry).await?;
    Ok(())
}

/// Takes files away whose cases were destroyed, each unless a case of whatever government still has it.
///
/// # Errors
///
/// When the database or the place of the files does not answer. What is left goes in the next round.
pub(crate) async fn take_files_away(office: &Office, tenant: TenantId) -> Result<(), RetentionError> {
    let tx = office.db().read(tenant).await?;
    let doomed = store::doomed(&tx, FILES).await?;
    drop(tx);
    for file in doomed {
        let mut tx = office.db().write(tenant).await?;
        // Who has sent it again just now names it in a row before this looks, or sends it once more.
        tx.alone_with_files().await?;
        if !is_needed(&mut tx, &file).await?
            && let Ok(digest) = file.parse::<Digest>()
        {
            office.files().remove(&digest).await?;
        }
        tx.turn_to(tenant).await?;
        store::undoom(&tx, &file).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether a case of any government has the file.
async fn is_needed(tx: &mut Transaction, file: &str) -> Result<bool, sea_orm::DbErr> {
    for government in people::all_governments(tx).await? {
        tx.turn_to(government.tenant).await?;
        if cases::destroy::is_attached(tx, file).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
