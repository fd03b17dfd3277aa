//! Why a message did not leave. A fault holds no address, no number and nothing that a server wrote: servers repeat addresses.

use std::fmt;

use haechi_core::words::Language;

use crate::say::say;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum What { $($(#[$doc])* $name),* }

        impl What {
            /// Everything that can.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the database and of the words (`fault-connection`).
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

faults! {
    /// Nobody answers at the server's address, or the line broke.
    Connection = "connection",
    /// It did not answer in time.
    Timeout = "timeout",
    /// TLS could not be agreed on, or the server's certificate is not trusted for another reason than these.
    Tls = "tls",
    /// The server's certificate comes from an authority that is not known here.
    Issuer = "issuer",
    /// The server's certificate is for another host.
    HostName = "host-name",
    /// The server's certificate is no longer valid.
    Expired = "expired",
    /// The server did not take our log-in.
    LogIn = "log-in",
    /// The server did not take us as sender.
    Sender = "sender",
    /// The server did not take the recipient.
    Recipient = "recipient",
    /// The server did not take the message.
    Content = "content",
    /// The gateway is not well, or is not the one we were told of.
    Gateway = "gateway",
    /// The gateway did not take the message.
    Refused = "refused",
    /// The person has no address or number any more, or is no longer here.
    NoAddress = "no-address",
    /// The address or number is malformed.
    Address = "address",
}

/// A fault, with the server's code where it gave one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub what: What,
    /// The code of SMTP or HTTP.
    pub code: Option<u16>,
}

impl From<What> for Fault {
    fn from(what: What) -> Self {
        Self { what, code: None }
    }
}

/// `recipient 550`, as the database keeps it.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what.as_str())?;
        self.code.map_or(Ok(()), |code| write!(f, " {code}"))
    }
}

impl Fault {
    /// The fault whose text the database keeps.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, code) = text.split_once(' ').map_or((text, None), |(word, code)| (word, code.parse().ok()));
        What::ALL.iter().find(|what| what.as_str() == word).map(|what| Self { what: *what, code })
    }

    /// In words for people.
    pub fn words(self, language: Language) -> String {
        let words = say(language, &format!("fault-{}", self.what.as_str()), &[]);
        self.code.map_or_else(|| words.clone(), |code| format!("{words} ({code})"))
    }
}

/// Whose fault it is, and so what becomes of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// The way out is not there: no message would get through.
    Channel,
    /// This message did not get through this time.
    Now,
    /// This message will never get through.
    Forever,
}

/// A message that did not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) blame: Blame,
    pub(super) fault: Fault,
}

impl Refused {
    pub(super) fn new(blame: Blame, what: What, code: Option<u16>) -> Self {
        Self { blame, fault: Fault { what, code } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_as_it_was_written_and_has_words_in_both_languages() {
        for what in What::ALL {
            for code in [None, Some(550)] {
                let fault = Fault { what: *what, code };
                assert_eq!(Fault::parse(&fault.to_string()), Some(fault));
                for language in [Language::Korean, Language::English] {
                    assert!(!fault.words(language).starts_with("fault-"), "{fault}");
                }
            }
        }
    }
}
