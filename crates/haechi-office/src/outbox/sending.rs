//! Messages that were taken go to their server, one after another.

use haechi_core::time::Moment;

use super::fault::{Blame, Refused, What};
use super::gateway::Gateway;
use super::mail::{self, MailServer, Outgoing};
use super::senders::Channel;
use super::store::message;
use super::text::Text;
use crate::office::Office;

/// A message, and where it goes; none where its reader has no address there.
pub(super) struct Addressed {
    pub(super) row: message::Model,
    pub(super) to: Option<String>,
}

/// What became of each, in their order. Once the way out is closed or `until` has passed the rest is not tried.
pub(super) async fn send(
    office: &Office,
    channel: Channel,
    messages: &[Addressed],
    until: Moment,
) -> Vec<Result<(), Refused>> {
    let senders = office.senders();
    let is_over = || office.now() > until;
    match (channel, &senders.mail, &senders.text) {
        (Channel::Mail, Some(server), _) => send_mail(server, messages, is_over).await,
        (Channel::Text, _, Some(gateway)) => send_texts(gateway, messages, is_over).await,
        (Channel::Mail | Channel::Text, _, _) => Vec::new(),
    }
}

async fn send_mail(
    server: &MailServer,
    messages: &[Addressed],
    is_over: impl Fn() -> bool,
) -> Vec<Result<(), Refused>> {
    let mut results = Vec::with_capacity(messages.len());
    let mut open = None;
    for Addressed { row, to } in messages {
        if is_over() {
            break;
        }
        let Some(to) = to else {
            results.push(Err(Refused::new(Blame::Forever, What::NoAddress, None)));
            continue;
        };
        let mut connection = match open.take() {
            Some(connection) => connection,
            None => match server.connect().await {
                Ok(connection) => connection,
                Err(refused) => {
                    results.push(Err(refused));
                    break;
                }
            },
        };
        let (subject, body) = (row.subject.as_str(), row.body.as_str());
        let outgoing = Outgoing { id: row.id, to, subject, body, made_at: row.made_at };
        let result = server.send(&mut connection, &outgoing).await;
        match result {
            Ok(()) => open = Some(connection),
            Err(_) => mail::close(connection).await,
        }
        let is_closed = result.is_err_and(|refused| refused.blame == Blame::Channel);
        results.push(result);
        if is_closed {
            break;
        }
    }
    if let Some(connection) = open {
        mail::close(connection).await;
    }
    results
}

async fn send_texts(gateway: &Gateway, messages: &[Addressed], is_over: impl Fn() -> bool) -> Vec<Result<(), Refused>> {
    let mut results = Vec::with_capacity(messages.len());
    for Addressed { row, to } in messages {
        if is_over() {
            break;
        }
        let result = match to {
            Some(to) => {
                let text = Text::of(&row.subject, &row.body, gateway.is_approved(&row.template));
                gateway.send(row.id, &row.template, to, &text).await
            }
            None => Err(Refused::new(Blame::Forever, What::NoAddress, None)),
        };
        results.push(result);
        if result.is_err_and(|refused| refused.blame == Blame::Channel) {
            break;
        }
    }
    results
}
