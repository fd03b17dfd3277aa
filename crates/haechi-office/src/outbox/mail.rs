//! Mail over SMTP.
//!
//! The conversation is led step by step, because what a refusal means depends on the step: a server that does not take us as sender
//! would take no message, one that does not take the recipient may take the next.

use std::fmt;
use std::time::Duration;

use haechi_core::time::Moment;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use super::fault::{Blame, Fault, Refused, What};
use super::senders::SendersError;
use crate::config;
use crate::ids::MessageId;

/// How long one step of the conversation may take.
const PATIENCE: Duration = Duration::from_secs(10);

enum Encryption {
    StartTls(TlsParameters),
    Tls(TlsParameters),
    None,
}

/// The server that takes our mail.
pub(super) struct MailServer {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    from: Mailbox,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailServer").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// A mail as it leaves.
pub(super) struct Outgoing<'a> {
    pub(super) id: MessageId,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) body: &'a str,
    pub(super) made_at: Moment,
}

impl MailServer {
    pub(super) fn new(config: &config::Mail, password: Option<String>) -> Result<Option<Self>, SendersError> {
        let Some(host) = config.host.clone() else { return Ok(None) };
        let from = config.from.parse().map_err(|_| SendersError::From(config.from.clone()))?;
        let (encryption, usual) = match config.encryption.as_str() {
            "tls" => (Encryption::Tls(trusting(&host, config)?), 465),
            "none" => (Encryption::None, 25),
            _ => (Encryption::StartTls(trusting(&host, config)?), 587),
        };
        let credentials = match (config.user.clone(), password) {
            (Some(user), Some(password)) => Some(Credentials::new(user, password)),
            (Some(_), None) => return Err(SendersError::Password),
            (None, _) => None,
        };
        let port = if config.port == 0 { usual } else { config.port };
        Ok(Some(Self { host, port, encryption, credentials, from }))
    }

    /// A connection on which mail can be sent. Whatever goes wrong here goes wrong for every message.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, Refused> {
        let connecting = tokio::time::timeout(PATIENCE * 2, self.connected());
        connecting
            .await
            .unwrap_or_else(|_| Err(What::Timeout.into()))
            .map_err(|fault| Refused { blame: Blame::Channel, fault })
    }

    async fn connected(&self) -> Result<AsyncSmtpConnection, Fault> {
        let us = ClientId::default();
        let at = (self.host.as_str(), self.port);
        let wrapped = match &self.encryption {
            Encryption::Tls(tls) => Some(tls.clone()),
            Encryption::StartTls(_) | Encryption::None => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(at, Some(PATIENCE), &us, wrapped, None)
            .await
            .map_err(|error| fault(&error, What::Connection))?;
        // A server that cannot speak TLS is not spoken to in the clear: then anybody between could turn TLS off.
        if let Encryption::StartTls(tls) = &self.encryption {
            connection.starttls(tls.clone(), &us).await.map_err(|error| fault(&error, What::Tls))?;
        }
        if let Some(credentials) = &self.credentials {
            let log_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
            log_in.map_err(|error| fault(&error, What::LogIn))?;
        }
        Ok(connection)
    }

    /// The mail as bytes. It is the same each time: who gets it twice sees by its Message-ID that it is one.
    fn written(&self, mail: &Outgoing<'_>) -> Result<(Vec<u8>, lettre::Address), Refused> {
        let malformed = || Refused::new(Blame::Forever, What::Address, None);
        let to: lettre::Address = mail.to.trim().parse().map_err(|_| malformed())?;
        if !to.to_string().is_ascii() {
            return Err(malformed());
        }
        let subject: String = mail.subject.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(subject)
            .date(mail.made_at.into())
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(format!("{}\n", mail.body))
            .map_err(|_| Refused::new(Blame::Forever, What::Content, None))?;
        // Nobody's "I am on leave" answers it.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok((message.formatted(), to))
    }

    /// Sends one mail. After a refusal the connection is not used again.
    pub(super) async fn send(&self, connection: &mut AsyncSmtpConnection, mail: &Outgoing<'_>) -> Result<(), Refused> {
        let (bytes, to) = self.written(mail)?;
        let from = Mail::new(Some(self.from.email.clone()), Vec::new());
        step(connection.command(from), What::Sender).await?;
        step(connection.command(Rcpt::new(to, Vec::new())), What::Recipient).await?;
        step(connection.command(Data), What::Content).await?;
        step(connection.message(&bytes), What::Content).await
    }
}

/// How the server's certificate is looked at: it is for the host that the settings name, and comes from an authority that the system
/// or the settings know.
fn trusting(host: &str, config: &config::Mail) -> Result<TlsParameters, SendersError> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.ca {
        let wrong = |why: String| SendersError::Authority { path: path.clone(), why };
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let none = "it holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`)";
        if !text.windows(27).any(|part| part == b"-----BEGIN CERTIFICATE-----") {
            return Err(wrong(none.to_owned()));
        }
        tls = tls.add_root_certificate(Certificate::from_pem(&text).map_err(|_| wrong(none.to_owned()))?);
    }
    Ok(tls.build()?)
}

/// Says good-bye, as long as the server listens.
pub(super) async fn close(mut connection: AsyncSmtpConnection) {
    let _ = tokio::time::timeout(PATIENCE, connection.abort()).await;
}

/// What an error says: the server's code with the step it belongs to, or that the line broke.
fn fault(error: &Error, step: What) -> Fault {
    match error.status() {
        _ if let Some(what) = untrusted(error) => what.into(),
        Some(code) => Fault { what: step, code: Some(code.into()) },
        None if error.is_timeout() => What::Timeout.into(),
        None if error.is_tls() => What::Tls.into(),
        None if error.is_client() => step.into(),
        None => What::Connection.into(),
    }
}

/// What TLS had against the server, if it was that.
fn untrusted(error: &Error) -> Option<What> {
    use rustls::CertificateError::*;
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let within = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls = within.and_then(|within| within.downcast_ref::<rustls::Error>()).or(error.downcast_ref());
        if let Some(tls) = tls {
            return Some(match tls {
                rustls::Error::InvalidCertificate(UnknownIssuer) => What::Issuer,
                rustls::Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. }) => What::HostName,
                rustls::Error::InvalidCertificate(Expired | ExpiredContext { .. }) => What::Expired,
                _ => What::Tls,
            });
        }
        cause = error.source();
    }
    None
}

async fn step<T>(doing: impl Future<Output = Result<T, Error>>, what: What) -> Result<(), Refused> {
    // A line that breaks on a message may break because of it. If the server is gone, the next connection says so.
    let Ok(done) = tokio::time::timeout(PATIENCE, doing).await else {
        return Err(Refused::new(Blame::Now, What::Timeout, None));
    };
    done.map(drop).map_err(|error| {
        let fault = fault(&error, what);
        let blame = match fault {
            Fault { code: None, .. } | Fault { code: Some(421), .. } => Blame::Now,
            Fault { what: What::Sender, .. } | Fault { code: Some(530 | 535 | 538), .. } => Blame::Channel,
            _ if error.is_permanent() => Blame::Forever,
            _ => Blame::Now,
        };
        Refused { blame, fault }
    })
}
