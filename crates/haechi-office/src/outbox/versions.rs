//! A government's own words for its messages: each change is a version more, and what was sent names the one it was written from.

use super::error::OutboxError;
use super::store;
use super::template::{self, Template};
use super::text::Text;
use crate::audit;
use crate::ids::MessageId;
use crate::office::Office;
use crate::policy::{Authorized, General};

/// The most characters of a subject.
const SUBJECT: usize = 150;
/// The most characters of a text.
const BODY: usize = 2_000;

/// Words somebody wrote for a kind of message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Which kind.
    pub template: Template,
    /// The version they started from.
    pub seen: i32,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Words with sample values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// As it comes on a telephone, where this kind does: the kind of text, its bytes, what it says.
    pub text: Option<(&'static str, usize, String)>,
}

impl Wording {
    /// The words as they are kept.
    ///
    /// # Errors
    ///
    /// Words that are empty, too long, or have places that nothing fills.
    pub fn checked(self) -> Result<Self, OutboxError> {
        let subject: String = self.subject.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
        let body = self.body.replace("\r\n", "\n");
        let (subject, body) = (subject.trim().to_owned(), body.trim().to_owned());
        let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
        if !fits(&subject, SUBJECT) || !fits(&body, BODY) {
            return Err(OutboxError::Length);
        }
        let unknown = self.template.unknown_places(&format!("{subject} {body}"));
        if !unknown.is_empty() {
            return Err(OutboxError::Places(unknown));
        }
        Ok(Self { subject, body, ..self })
    }

    /// How it will look.
    pub fn preview(&self, office: &Office) -> Preview {
        let (subject, body) = template::sampled(self.template, &self.subject, &self.body, office.config());
        let text = self.template.is_urgent().then(|| {
            let senders = office.senders();
            let is_approved = senders.text.as_ref().is_some_and(|text| text.is_approved(self.template.as_str()));
            let text = Text::of(&subject, &body, is_approved);
            (text.kind.name(), text.bytes(), text.text)
        });
        Preview { subject, body, text }
    }
}

/// The words that hold for a kind of message.
///
/// # Errors
///
/// When the database does not answer.
pub async fn holding(
    office: &Office,
    may: &Authorized<'_, General>,
    template: Template,
) -> Result<Wording, OutboxError> {
    let tx = office.db().read(may.by().tenant()).await?;
    let (seen, subject, body) = template::newest(&tx, template).await?;
    Ok(Wording { template, seen, subject, body })
}

/// Adds a version, and says its number.
///
/// # Errors
///
/// Words that cannot be kept (see [`Wording::checked`]), and those of somebody who did not see the newest.
pub async fn save(office: &Office, may: &Authorized<'_, General>, wording: Wording) -> Result<i32, OutboxError> {
    let wording = wording.checked()?;
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let (newest, _, _) = template::newest(&tx, wording.template).await?;
    if newest != wording.seen {
        return Err(OutboxError::Stale);
    }
    let version = newest + 1;
    let new = store::NewVersion {
        name: wording.template.as_str(),
        version,
        subject: wording.subject.clone(),
        body: wording.body.clone(),
        by: may.by().id().map(|id| id.to_string()).unwrap_or_default(),
    };
    store::add_template(&tx, new, office.now()).await?;
    let mut entry = may.entry("template", wording.template.as_str());
    entry.after = Some(audit::digest(&(version, &wording.subject, &wording.body)));
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(version)
}

/// Writes the words that hold, with sample values, to the inbox of who asks and nowhere else.
///
/// # Errors
///
/// Somebody without an inbox.
pub async fn try_out(
    office: &Office,
    may: &Authorized<'_, General>,
    template: Template,
) -> Result<MessageId, OutboxError> {
    let person = may.by().id().ok_or(OutboxError::Unknown)?;
    let tx = office.db().write(may.by().tenant()).await?;
    let (version, subject, body) = template::newest(&tx, template).await?;
    let (subject, body) = template::sampled(template, &subject, &body, office.config());
    let id = MessageId::new();
    let row = store::NewMessage {
        id,
        person,
        channel: "inbox",
        template: template.as_str(),
        template_version: version,
        subject,
        body,
        about: None,
        once: format!("try {id}"),
        is_held: false,
    };
    store::add(&tx, row, office.now()).await?;
    let mut entry = may.entry("message", id);
    entry.action = "template.try".to_owned();
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(id)
}
