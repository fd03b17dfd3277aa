//! Why something could not be done with messages.

use haechi_core::words::Words;

use crate::policy::Denied;
use crate::problem::Problem;

/// Why something could not be done with messages.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// There is no such message or kind of message.
    #[error("no such message or template")]
    Unknown,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The message is where this cannot be done: it has left, or is leaving.
    #[error("the message is not waiting")]
    Gone,
    /// Words with places that nothing is filled into.
    #[error("the template has unknown places")]
    Places(Vec<String>),
    /// Words that are empty or too long.
    #[error("the template is empty or too long")]
    Length,
    /// Somebody else wrote a version since the page was opened.
    #[error("somebody else wrote a version of the template")]
    Stale,
    /// The database said no.
    #[error("messages could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] crate::audit::LogError),
}

impl From<OutboxError> for Problem {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Unknown => Self::hidden(),
            OutboxError::Denied(denied) => denied.into(),
            OutboxError::Gone => Self::new(
                409,
                "message.gone",
                ("이 알림은 이미 나갔거나 지금 나가는 중입니다.", "This message has left or is leaving just now."),
                ("보낸 알림 페이지를 새로 열어 상태를 확인하십시오.", "Open the outbox again to see where it is."),
            ),
            OutboxError::Places(places) => {
                let mut problem = Self::invalid(
                    "template.places",
                    ("채울 값이 없는 자리가 있습니다.", "There are places that nothing is filled into."),
                );
                let named = places.iter().map(|place| format!("[{place}]")).collect::<Vec<_>>().join(", ");
                problem.advice = Words::new(
                    format!("다음 자리를 지우거나 고쳐 주십시오: {named}"),
                    format!("Remove or change these: {named}"),
                );
                problem
            }
            OutboxError::Length => Self::invalid(
                "template.length",
                (
                    "제목은 1~150자, 본문은 1~2,000자여야 합니다.",
                    "A subject has 1 to 150 characters, a text 1 to 2,000.",
                ),
            ),
            OutboxError::Stale => Self::new(
                409,
                "template.stale",
                (
                    "그 사이 다른 사람이 이 문구를 바꾸었습니다. 저장된 것은 없습니다.",
                    "Somebody else changed these words meanwhile. Nothing of yours was saved.",
                ),
                (
                    "페이지를 새로 열어 바뀐 문구를 본 뒤 다시 저장하십시오.",
                    "Open the page again, look at the change and save again.",
                ),
            ),
            OutboxError::Database(error) => error.into(),
            OutboxError::Log(error) => error.into(),
        }
    }
}
