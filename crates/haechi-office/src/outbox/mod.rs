//! Messages to people: a row in the transaction that gives cause for it, then sent until it arrived or is given up.
//!
//! Every message lies in the office's own inbox; where a person has an address and the office a way out, it is sent as well.
//! A message names a case by its rule and its day, never a person's data. Reading order: this file (a message is written), `state.rs`,
//! `template.rs` and `versions.rs` (what it says), `deliver.rs` (it is sent), `ways` (whether there is a way), `sending.rs`,
//! `senders.rs` with `mail.rs`, `gateway.rs`, `text.rs`.

pub(crate) mod api;
mod deliver;
pub(crate) mod destroy;
mod error;
mod fault;
mod gateway;
mod mail;
pub(crate) mod migrations;
mod pages;
mod senders;
mod sending;
mod state;
pub(crate) mod store;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod versions;
mod ways;

pub use self::deliver::{Delivered, deliver};
pub use self::error::OutboxError;
pub use self::fault::{Fault, What};
pub use self::senders::{Channel, Passwords, Senders, SendersError};
pub use self::state::State;
pub(crate) use self::store::{Queue, queue};
pub(crate) use self::template::LINK;
pub use self::template::Template;
pub use self::versions::{Preview, Wording, holding, save, try_out};
pub use self::ways::{Down, Way, way};

use crate::audit;
use crate::db::Transaction;
use crate::ids::{MessageId, PersonId};
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::slices::people;

/// The addresses of messages.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// A message to be written.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To whom.
    pub to: PersonId,
    /// From which template.
    pub template: Template,
    /// What is filled in.
    pub values: Vec<(&'static str, String)>,
    /// The case it is about.
    pub about: Option<crate::ids::CaseId>,
    /// What gave cause for it. The same cause writes to the same person once.
    pub once: String,
}

/// Writes a message, in the transaction that gives cause for it. None where it was written before.
///
/// # Errors
///
/// When the database does not answer.
pub async fn put(office: &Office, tx: &Transaction, letter: &Letter) -> Result<Option<MessageId>, sea_orm::DbErr> {
    let (version, subject, body) = template::filled(tx, letter, office.config()).await?;
    let now = office.now();
    let mut written = None;
    let person = people::store::person_row(tx, letter.to).await?;
    let config = office.config();
    let mut channels = vec!["inbox"];
    // In a trial one sees what would leave, also where no way out was set up yet.
    if (config.mail.host.is_some() || config.trial) && person.as_ref().is_some_and(|person| person.mail.is_some()) {
        channels.push("mail");
    }
    if (config.gateway.url.is_some() || config.trial)
        && letter.template.is_urgent()
        && person.as_ref().is_some_and(|person| person.mobile.is_some())
    {
        channels.push("text");
    }
    for channel in channels {
        let id = MessageId::new();
        let row = store::NewMessage {
            id,
            person: letter.to,
            channel,
            template: letter.template.as_str(),
            template_version: version,
            subject: subject.clone(),
            body: body.clone(),
            about: letter.about.map(crate::ids::CaseId::uuid),
            once: format!("{} {} {} {channel}", letter.template.as_str(), letter.once, letter.to),
            is_held: config.trial,
        };
        if store::add(tx, row, now).await? && channel == "inbox" {
            written = Some(id);
        }
    }
    Ok(written)
}

/// Notes that somebody has seen all of their messages.
///
/// # Errors
///
/// Somebody without an inbox.
pub(crate) async fn mark_read(office: &Office, may: &Authorized<'_, General>) -> Result<(), OutboxError> {
    let person = may.by().id().ok_or(OutboxError::Unknown)?;
    let tx = office.db().write(may.by().tenant()).await?;
    if store::inbox_read(&tx, person, office.now()).await? > 0 {
        audit::append(&tx, office.clock(), &may.entry("inbox", person)).await?;
        tx.commit().await?;
    }
    Ok(())
}
