//! The ways out of the office, and whether each is open just now.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use haechi_core::time::Moment;

use super::fault::Fault;
use super::gateway::Gateway;
use super::mail::MailServer;
use crate::config::Config;

/// A way out of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Mail.
    Mail,
    /// SMS and 알림톡.
    Text,
}

impl Channel {
    /// Every way out.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Text];

    /// The word in the database and of the words (`channel-mail`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Text => "text",
        }
    }

    /// The way whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// What the servers want to know us by. It comes from the environment, never from a file, and is never shown.
#[derive(Clone, Default)]
pub struct Passwords {
    /// The mail server's, `HAECHI_MAIL_PASSWORD`.
    pub mail: Option<String>,
    /// The gateway's token, `HAECHI_GATEWAY_TOKEN`.
    pub gateway: Option<String>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

/// Why messages cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum SendersError {
    /// The sender of mail is no address.
    #[error("`mail.from = \"{0}\"` is no sender; write it as `해치 <haechi@city.example>`")]
    From(String),
    /// A log-in without its password.
    #[error("`mail.user` is set, but HAECHI_MAIL_PASSWORD is not")]
    Password,
    /// The authority's certificate cannot be read, or is none.
    #[error("`mail.ca = \"{path}\"`: {why}")]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Mail cannot be sent over TLS on this machine.
    #[error("mail cannot be sent over TLS")]
    Tls(#[from] lettre::transport::smtp::Error),
    /// The sender of text messages is no number.
    #[error("`gateway.sender = \"{0}\"` is no telephone number; write the one that the carrier registered")]
    Number(String),
    /// An unknown kind of message.
    #[error("`gateway.alimtalk` names `{0}`, which is no kind of message (docs/messages.md)")]
    Template(String),
    /// The client for the gateway could not be made.
    #[error("the gateway cannot be reached with these settings")]
    Client(#[from] reqwest::Error),
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

/// The ways out of an installation. What is closed is remembered here and for all governments, so that a dead server is asked
/// once an hour and not once a message.
#[derive(Debug)]
pub struct Senders {
    pub(super) mail: Option<MailServer>,
    pub(super) text: Option<Gateway>,
    down: Mutex<BTreeMap<Channel, Down>>,
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

impl Senders {
    /// The ways out that `config` names.
    ///
    /// # Errors
    ///
    /// Settings with which no message could leave: a sender that is none, a log-in without a password.
    pub fn new(config: &Config, passwords: Passwords) -> Result<Self, SendersError> {
        let mail = MailServer::new(&config.mail, passwords.mail)?;
        let text = Gateway::new(&config.gateway, passwords.gateway)?;
        Ok(Self { mail, text, down: Mutex::default() })
    }

    /// Whether there is such a way at all.
    pub fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail.is_some(),
            Channel::Text => self.text.is_some(),
        }
    }

    /// How it is closed, if it is.
    pub fn down(&self, channel: Channel) -> Option<Down> {
        self.all().get(&channel).copied()
    }

    /// Whether it may be tried now.
    pub(super) fn is_open(&self, channel: Channel, now: Moment) -> bool {
        self.has(channel) && self.down(channel).is_none_or(|down| down.until <= now)
    }

    /// Notes that it is closed, and says until when.
    pub(super) fn fell(&self, channel: Channel, now: Moment, fault: Fault) -> Moment {
        let mut all = self.all();
        let before = all.get(&channel);
        let tried = before.map_or(1, |down| down.tried.saturating_add(1));
        let since = before.map_or(now, |down| down.since);
        let until = now + back_off(tried);
        all.insert(channel, Down { since, until, tried, fault });
        until
    }

    /// Notes that it is open.
    pub(super) fn came_back(&self, channel: Channel) {
        self.all().remove(&channel);
    }

    /// Somebody wants it tried at once.
    pub(super) fn try_at(&self, channel: Channel, now: Moment) {
        if let Some(down) = self.all().get_mut(&channel) {
            down.until = down.until.min(now);
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<Channel, Down>> {
        self.down.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
