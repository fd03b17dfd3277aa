//! Sending what waits: taken in one transaction, sent outside of any, noted in another. Who is killed between leaves messages that
//! are taken again when their time is over; the recipient may get them twice, under one Message-ID, but never not at all.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{TimeDelta, Timelike as _};
use haechi_core::time::Moment;

use super::Letter;
use super::error::OutboxError;
use super::fault::{Blame, Refused, What};
use super::senders::Channel;
use super::sending::{Addressed, send};
use super::state::State;
use super::store::{self, message};
use super::template::{self, Template};
use super::ways::{self, Way, back_off};
use crate::audit::{self, Record, Via};
use crate::db::Transaction;
use crate::ids::{MessageId, PersonId, TenantId};
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::slices::people;

/// Messages that are taken at once.
const AT_ONCE: u64 = 20;
/// How often messages are taken in one go, so that one government's flood does not keep the others waiting.
const ROUNDS: usize = 50;
/// Minutes for which messages are taken.
const TAKEN: i64 = 5;
/// Minutes after which no further message of those taken is sent: well before somebody else may take them.
const SENDING: i64 = 3;
/// Attempts after which a message is not tried any more by itself.
const ATTEMPTS: i32 = 48;
/// Mails to one person above which they are joined.
const CROWD: i64 = 5;
/// The most mails that are joined into one.
const JOINED: u64 = 200;

/// What became of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Those that left.
    pub sent: u64,
    /// Those that did not and are tried again.
    pub again: u64,
    /// Those that are not tried again by themselves.
    pub failed: u64,
    /// Those that leave in another.
    pub joined: u64,
}

/// Messages that were taken until a moment.
struct Taken {
    until: Moment,
    messages: Vec<Addressed>,
    joined: u64,
}

/// Sends what waits in a government's outbox, as far as the ways out are open.
///
/// # Errors
///
/// When the database does not answer. A server that does not is no error: the messages stay, and the outbox says why.
pub async fn deliver(office: &Office, tenant: TenantId) -> Result<Delivered, OutboxError> {
    let mut done = Delivered::default();
    if office.config().trial {
        hold(office, tenant).await?;
        return Ok(done);
    }
    for channel in Channel::ALL.into_iter().filter(|channel| office.senders().has(*channel)) {
        if channel == Channel::Text
            && let Some(until) = quiet_until(office)
        {
            postpone(office, tenant, channel, until).await?;
            continue;
        }
        for _ in 0..ROUNDS {
            let way = ways::way(office, channel).await?;
            if !way.may_be_tried(office.now()) {
                break;
            }
            let taken = take(office, tenant, channel).await?;
            if taken.messages.is_empty() {
                break;
            }
            let until = office.now() + TimeDelta::minutes(SENDING);
            let results = send(office, channel, &taken.messages, until).await;
            settle(office, tenant, (channel, way), taken, results, &mut done).await?;
        }
    }
    Ok(done)
}

/// When the quiet hours end, if it is quiet now.
fn quiet_until(office: &Office) -> Option<Moment> {
    let (from, until) = (office.config().quiet_from_hour, office.config().quiet_until_hour);
    let local = office.local_now();
    let hour = local.hour();
    let is_quiet = if from <= until { (from..until).contains(&hour) } else { hour >= from || hour < until };
    let end = local.date().and_hms_opt(until, 0, 0).filter(|_| is_quiet)?;
    Some(office.moment(if end > local { end } else { end + TimeDelta::days(1) }))
}

/// In a trial nothing leaves: what still waited from before it is held with the rest. Whoever reads it weeks later would be told of
/// what is long done.
async fn hold(office: &Office, tenant: TenantId) -> Result<(), OutboxError> {
    let tx = office.db().write(tenant).await?;
    let held = store::hold(&tx).await?;
    if held == 0 {
        return Ok(());
    }
    let entry = audit::Entry {
        action: "outbox.hold".to_owned(),
        record: Record { kind: "outbox".to_owned(), id: "trial".to_owned() },
        ..event("", Channel::Mail, &held)
    };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn postpone(office: &Office, tenant: TenantId, channel: Channel, until: Moment) -> Result<(), OutboxError> {
    let tx = office.db().write(tenant).await?;
    if store::postpone(&tx, channel.as_str(), office.now(), until).await? == 0 {
        return Ok(());
    }
    audit::append(&tx, office.clock(), &event("outbox.postpone", channel, &until)).await?;
    tx.commit().await?;
    Ok(())
}

fn event(action: &str, channel: Channel, of: &impl serde::Serialize) -> audit::Entry {
    audit::Entry {
        action: action.to_owned(),
        actor: "outbox".to_owned(),
        true_actor: None,
        via: Via::Job,
        record: Record { kind: "outbox".to_owned(), id: channel.as_str().to_owned() },
        before: None,
        after: Some(audit::digest(of)),
    }
}

async fn take(office: &Office, tenant: TenantId, channel: Channel) -> Result<Taken, OutboxError> {
    let now = office.now();
    let until = now + TimeDelta::minutes(TAKEN);
    // Mostly there is nothing, and who only looks does not hold up who writes.
    let tx = office.db().read(tenant).await?;
    if store::due(&tx, channel.as_str(), now, 1).await?.is_empty() {
        return Ok(Taken { until, messages: Vec::new(), joined: 0 });
    }
    drop(tx);
    let tx = office.db().write(tenant).await?;
    // One worker at a time per government: what another took is then no longer due.
    tx.alone().await?;
    let joined = if channel == Channel::Mail { join(office, &tx, now).await? } else { 0 };
    let rows = store::due(&tx, channel.as_str(), now, AT_ONCE).await?;
    if rows.is_empty() {
        return Ok(Taken { until, messages: Vec::new(), joined });
    }
    let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
    store::take(&tx, &ids, until).await?;
    let mut addresses: BTreeMap<PersonId, Option<String>> = BTreeMap::new();
    for row in &rows {
        if let Entry::Vacant(unknown) = addresses.entry(row.person) {
            unknown.insert(address(office, &tx, channel, row.person).await?);
        }
    }
    // Before anything leaves, so that the log says so even of what was sent by somebody who was killed.
    audit::append(&tx, office.clock(), &event("outbox.take", channel, &ids)).await?;
    tx.commit().await?;
    let addressed = |row: message::Model| Addressed { to: addresses.get(&row.person).cloned().flatten(), row };
    Ok(Taken { until, messages: rows.into_iter().map(addressed).collect(), joined })
}

async fn address(
    office: &Office,
    tx: &Transaction,
    channel: Channel,
    person: PersonId,
) -> Result<Option<String>, OutboxError> {
    let Some(person) = people::store::person_row(tx, person).await? else { return Ok(None) };
    if person.left_on.is_some_and(|left| left < office.today()) {
        return Ok(None);
    }
    Ok(match channel {
        Channel::Mail => person.mail,
        Channel::Text => person.mobile,
    })
}

/// Joins many mails to one person into one that lists their subjects.
async fn join(office: &Office, tx: &Transaction, now: Moment) -> Result<u64, OutboxError> {
    let apart = |template: &&Template| template.is_urgent() || **template == Template::Joined;
    let apart: Vec<&str> = Template::ALL.iter().filter(apart).map(|template| template.as_str()).collect();
    let mut joined = 0;
    for person in store::crowded(tx, now, &apart, CROWD).await? {
        let crowd = store::crowd(tx, person, now, &apart, JOINED).await?;
        let id = MessageId::new();
        let once = format!("joined {id}");
        let values = vec![("count", crowd.len().to_string())];
        let letter = Letter { to: person, template: Template::Joined, values, about: None, once: once.clone() };
        let (version, subject, body) = template::filled(tx, &letter, office.config()).await?;
        let list: Vec<String> = crowd.iter().map(|row| format!("- {}", row.subject)).collect();
        let row = store::NewMessage {
            id,
            person,
            channel: Channel::Mail.as_str(),
            template: Template::Joined.as_str(),
            template_version: version,
            subject,
            body: format!("{body}\n\n{}", list.join("\n")),
            about: None,
            once,
            is_held: false,
        };
        store::add(tx, row, now).await?;
        let ids: Vec<MessageId> = crowd.iter().map(|row| row.id).collect();
        store::join(tx, &ids, id).await?;
        joined += crowd.len() as u64;
    }
    Ok(joined)
}

async fn settle(
    office: &Office,
    tenant: TenantId,
    (channel, way): (Channel, Way),
    taken: Taken,
    results: Vec<Result<(), Refused>>,
    done: &mut Delivered,
) -> Result<(), OutboxError> {
    let now = office.now();
    let closed = results.iter().filter_map(|result| result.err()).find(|refused| refused.blame == Blame::Channel);
    let closed = match closed {
        Some(refused) => Some((refused, ways::fell(office, channel, refused.fault).await?)),
        None => {
            if way.down().is_some() && results.iter().any(says_open) {
                ways::came_back(office, channel).await?;
            }
            None
        }
    };
    let tx = office.db().write(tenant).await?;
    let mut noted = Vec::with_capacity(taken.messages.len());
    for (at, Addressed { row, .. }) in taken.messages.iter().enumerate() {
        let note = match results.get(at).copied().or(closed.map(|(refused, _)| Err(refused))) {
            Some(result) => note(row, result, now, closed.map(|(_, until)| until)),
            // The time was up before it was its turn.
            None => store::Note {
                state: State::Queued,
                attempts: row.attempts,
                next_at: now,
                sent_at: None,
                fault: row.fault.clone(),
            },
        };
        noted.push((row.id, note.state.as_str()));
        if store::settle(&tx, row.id, taken.until, note.clone()).await? {
            match note.state {
                State::Delivered => done.sent += 1,
                State::Failed => done.failed += 1,
                _ => done.again += 1,
            }
        }
    }
    done.joined += taken.joined;
    audit::append(&tx, office.clock(), &event("outbox.note", channel, &noted)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether what became of a message says that its server is there: one without an address never got that far.
fn says_open(result: &Result<(), Refused>) -> bool {
    match result {
        Ok(()) => true,
        Err(refused) => !matches!(refused.fault.what, What::NoAddress | What::Address),
    }
}

/// What is noted of a message.
fn note(row: &message::Model, result: Result<(), Refused>, now: Moment, opens: Option<Moment>) -> store::Note {
    let attempts = row.attempts.saturating_add(1);
    let Err(refused) = result else {
        return store::Note { state: State::Delivered, attempts, next_at: now, sent_at: Some(now), fault: None };
    };
    let (state, attempts, next_at) = match refused.blame {
        // However long a server is dead, no message is given up for it, and at least half of its attempts are left afterwards.
        Blame::Channel => (State::Queued, attempts.min(ATTEMPTS / 2).max(row.attempts), opens.unwrap_or(now)),
        Blame::Now if attempts < ATTEMPTS => {
            (State::Queued, attempts, now + back_off(u32::try_from(attempts).unwrap_or(u32::MAX)))
        }
        Blame::Now | Blame::Forever => (State::Failed, attempts, now),
    };
    store::Note { state, attempts, next_at, sent_at: None, fault: Some(refused.fault.to_string()) }
}

/// Tries a message again from the beginning, or gives it up.
///
/// # Errors
///
/// A message that does not exist, left, is leaving, or leaves in another.
pub(super) async fn decide(
    office: &Office,
    may: &Authorized<'_, General>,
    id: MessageId,
    again: bool,
) -> Result<(), OutboxError> {
    let tx = office.db().write(may.by().tenant()).await?;
    let row = store::one(&tx, id).await?.ok_or(OutboxError::Unknown)?;
    // What lies in somebody's inbox is no message that leaves.
    let channel = Channel::parse(&row.channel).ok_or(OutboxError::Unknown)?;
    if !store::decide(&tx, id, again, office.now()).await? {
        return Err(OutboxError::Gone);
    }
    let mut entry = may.entry("message", id);
    entry.action = if again { "outbox.again" } else { "outbox.give_up" }.to_owned();
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    if again {
        // Who presses the button has mended something, or wants to know.
        ways::try_now(office, channel).await?;
    }
    Ok(())
}
