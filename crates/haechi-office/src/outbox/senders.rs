//! The ways out of the office, as the settings have them.

use std::fmt;
use std::path::PathBuf;

use haechi_core::digest::Digest;

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

/// The ways out of an installation. Whether each is open is a row of the database: see [`super::ways`].
#[derive(Debug)]
pub struct Senders {
    pub(super) mail: Option<MailServer>,
    pub(super) text: Option<Gateway>,
    /// Which server each speaks to.
    servers: [String; 2],
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
        let servers = [
            Digest::of_parts([
                config.mail.host.as_deref().unwrap_or_default(),
                &config.mail.port.to_string(),
                &config.mail.encryption,
                config.mail.user.as_deref().unwrap_or_default(),
                &config.mail.from,
            ]),
            Digest::of_parts([config.gateway.url.as_deref().unwrap_or_default(), &config.gateway.sender]),
        ];
        Ok(Self { mail, text, servers: servers.map(|server| server.to_string()) })
    }

    /// Whether there is such a way at all.
    pub fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail.is_some(),
            Channel::Text => self.text.is_some(),
        }
    }

    /// Which server it speaks to and as whom, as a digest: what is known of one server says nothing of another.
    pub(super) fn server(&self, channel: Channel) -> &str {
        let [mail, text] = &self.servers;
        match channel {
            Channel::Mail => mail,
            Channel::Text => text,
        }
    }
}
