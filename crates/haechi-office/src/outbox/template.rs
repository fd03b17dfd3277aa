//! What messages say: the office's own words, or the newest version a government wrote.

use haechi_core::words::Language;

use super::{Letter, store};
use crate::config::Config;
use crate::db::Transaction;
use crate::say::say;

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// A kind of message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Template { $($(#[$doc])* $name),* }

        impl Template {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the database and of the words (`letter-assigned-subject`).
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

templates! {
    /// A case is yours.
    Assigned = "assigned",
    /// Alerts of a run that are yours, in one message.
    AssignedMany = "assigned-many",
    /// An answer waits for your approval.
    ToApprove = "to-approve",
    /// Your answer was sent back.
    Returned = "returned",
    /// Your case was confirmed and is closed.
    Closed = "closed",
    /// A closed case is open again.
    Reopened = "reopened",
    /// A case below you is overdue.
    Step = "step",
    /// The monitoring day is tomorrow.
    Reminder = "reminder",
    /// What is yours on the monitoring day.
    Digest = "digest",
    /// The month's result.
    Result = "result",
}

impl Template {
    /// Whether it also goes to a person's telephone.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Step)
    }

    /// The kind whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.as_str() == text)
    }

    /// The office's own words: subject and body, with `{name}` where a value is filled in.
    pub fn own(self, language: Language) -> (String, String) {
        let part = |part: &str| say(language, &format!("letter-{}-{part}", self.as_str()), &[]);
        (part("subject"), part("body"))
    }
}

/// Fills values in. Values come from data, so one that looks like a place for another is left as it is.
pub(crate) fn fill(text: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(']');
        let value = end.and_then(|end| values.iter().find(|value| Some(value.0) == from.get(1..end)));
        match (end, value) {
            (Some(end), Some((_, value))) => {
                // One line, no marks that turn the direction of reading, no address a reader could take for ours.
                let plain: String =
                    value.chars().filter(|one| !one.is_control() && !is_direction(*one)).take(300).collect();
                out.push_str(&plain);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

const fn is_direction(one: char) -> bool {
    matches!(one, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The version, subject and body of a letter.
pub(super) async fn filled(
    tx: &Transaction,
    letter: &Letter,
    config: &Config,
) -> Result<(i32, String, String), sea_orm::DbErr> {
    let newest = store::newest_template(tx, letter.template.as_str()).await?;
    let (version, subject, body) = newest.unwrap_or_else(|| {
        let (subject, body) = letter.template.own(Language::Korean);
        (0, subject, body)
    });
    let mut values = letter.values.clone();
    let link = match letter.about {
        Some(case) => format!("{}/cases/{case}", config.public_url),
        None => config.public_url.clone(),
    };
    values.push(("link", link));
    Ok((version, fill(&subject, &values), fill(&body, &values)))
}
