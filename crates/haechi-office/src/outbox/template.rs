//! What messages say: the office's own words, or the newest version a government wrote.

use haechi_core::words::Language;

use super::{Letter, store};
use crate::config::Config;
use crate::db::Transaction;
use crate::say::say;

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// A kind of message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "kebab-case")]
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
    /// Something became of your own account.
    Account = "account",
    /// Many mails at once, joined into one.
    Joined = "joined",
}

impl Template {
    /// Whether it also goes to a person's telephone.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Step)
    }

    /// The places its words may have, besides `link`.
    pub const fn places(self) -> &'static [&'static str] {
        match self {
            Self::Assigned | Self::ToApprove | Self::Returned | Self::Reopened | Self::Step => &["title", "due"],
            Self::AssignedMany => &["count", "due"],
            Self::Closed => &["title"],
            Self::Reminder | Self::Joined => &["count"],
            Self::Digest => &["count", "late"],
            Self::Result => &["month", "opened", "closed", "late"],
            Self::Account => &["what"],
        }
    }

    /// Values as a message of this kind may have, to be shown.
    pub(super) fn samples(self) -> Vec<(&'static str, String)> {
        let sample = |place: &&'static str| (*place, say(Language::Korean, &format!("sample-{place}"), &[]));
        self.places().iter().map(sample).collect()
    }

    /// The places in `text` that a message of this kind fills nothing into. `[확인 요청]` is no place but a mark of the writer's:
    /// places are small Latin letters.
    pub(super) fn unknown_places(self, text: &str) -> Vec<String> {
        let inside = text.split('[').skip(1).filter_map(|from| from.split_once(']')).map(|(inside, _)| inside);
        let mut unknown: Vec<String> = inside
            .filter(|name| {
                !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one))
            })
            .filter(|name| *name != LINK && !self.places().contains(name))
            .map(str::to_owned)
            .collect();
        unknown.sort();
        unknown.dedup();
        unknown
    }

    /// The kind whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.as_str() == text)
    }

    /// The office's own words: subject and body, with `[name]` where a value is filled in.
    pub fn own(self, language: Language) -> (String, String) {
        let part = |part: &str| say(language, &format!("letter-{}-{part}", self.as_str()), &[]);
        (part("subject"), part("body"))
    }
}

/// The place of the address in the office, the only one that a message holds.
pub(crate) const LINK: &str = "link";

/// The most characters of a value.
const VALUE: usize = 300;

/// Fills values in. Values come from data, so one that looks like a place for another is left as it is.
pub(super) fn fill(text: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(']');
        let value = end.and_then(|end| values.iter().find(|value| Some(value.0) == from.get(1..end)));
        match (end, value) {
            (Some(end), Some((name, value))) => {
                out.push_str(&if *name == LINK { value.clone() } else { inert(value) });
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

/// A value as it may stand in a message: one line, no marks that are not seen or turn the direction of reading, and no address that
/// a reader's program would make a link of and a reader would take for ours.
fn inert(value: &str) -> String {
    let shown: Vec<char> = value.chars().filter(|one| !one.is_control() && !is_unseen(*one)).take(VALUE).collect();
    let mut out = String::with_capacity(value.len());
    for (at, one) in shown.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| shown.get(at));
        let after = shown.get(at + 1);
        let is_in_a_name = *one == '.'
            && before.is_some_and(|before| before.is_alphanumeric())
            && after.is_some_and(|after| after.is_alphabetic());
        out.push(*one);
        if is_in_a_name || (*one == ':' && after == Some(&'/')) {
            out.push(' ');
        }
    }
    out
}

const fn is_unseen(one: char) -> bool {
    matches!(
        one,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// The version, subject and body of a letter.
pub(super) async fn filled(
    tx: &Transaction,
    letter: &Letter,
    config: &Config,
) -> Result<(i32, String, String), sea_orm::DbErr> {
    let (version, subject, body) = newest(tx, letter.template).await?;
    let link = match letter.about {
        Some(case) => format!("{}/cases/{case}", config.public_url),
        None => config.public_url.clone(),
    };
    let values: Vec<_> = letter.values.iter().cloned().chain([(LINK, link)]).collect();
    Ok((version, fill(&subject, &values), fill(&body, &values)))
}

/// The words that hold: version, subject and body. Version 0 are the office's own.
pub(super) async fn newest(tx: &Transaction, template: Template) -> Result<(i32, String, String), sea_orm::DbErr> {
    let written = store::newest_template(tx, template.as_str()).await?;
    Ok(written.unwrap_or_else(|| {
        let (subject, body) = template.own(Language::Korean);
        (0, subject, body)
    }))
}

/// Words with sample values filled in.
pub(super) fn sampled(template: Template, subject: &str, body: &str, config: &Config) -> (String, String) {
    let mut values = template.samples();
    values.push((LINK, config.public_url.clone()));
    (fill(subject, &values), fill(body, &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offices_own_words_have_no_place_that_nothing_fills_and_a_sample_for_each() {
        for template in Template::ALL {
            let (subject, body) = template.own(Language::Korean);
            assert!(!subject.starts_with("letter-"), "{template:?} has no words");
            assert_eq!(serde_json::to_value(template).unwrap(), template.as_str(), "programs read the same word");
            assert_eq!(template.unknown_places(&format!("{subject} {body}")), Vec::<String>::new(), "{template:?}");
            for (place, sample) in template.samples() {
                assert!(!sample.starts_with("sample-"), "no sample of {place}");
            }
        }
    }

    #[test]
    fn a_value_is_one_line_without_links_or_turned_reading() {
        let value = "식당\r\nBcc: x\u{202e}\u{200b} [link] http://evil.example/a www.evil.kr 2026.12.01. 18:00 3.5%";
        let values = [("title", value.to_owned()), (LINK, "https://haechi.example/cases/1".to_owned())];
        assert_eq!(
            fill("[title] [other] [link]", &values),
            "식당Bcc: x [link] http: //evil. example/a www. evil. kr 2026.12.01. 18:00 3.5% [other] \
             https://haechi.example/cases/1"
        );
    }
}
