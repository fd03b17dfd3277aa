//! What can go wrong, and its words for people.

use crate::audit::LogError;
use crate::policy::Denied;
use crate::problem::Problem;
use crate::slices::cases::CaseError;

/// Why an access could not be noted or a month not be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccessError {
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No reason was given.
    #[error("no reason was given")]
    Reason,
    /// A month that is none, or is not over.
    #[error("the month cannot be signed")]
    Month,
    /// Somebody signed it before.
    #[error("the month was signed")]
    Signed,
    /// The case could not be read.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The database said no.
    #[error("the accesses could not be read or written")]
    Store(#[from] sea_orm::DbErr),
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Denied(denied) => denied.into(),
            AccessError::Reason => Self::new(
                422,
                "access.reason",
                (
                    "개인정보를 보거나 내려받으려면 사유가 필요합니다.",
                    "To see or take away personal data you have to give a reason.",
                ),
                (
                    "어떤 업무 때문인지 네 글자 이상으로 적어 주십시오. 매달 점검하는 사람이 읽습니다.",
                    "Say for what work, in four letters or more. Who reviews the month reads it.",
                ),
            ),
            AccessError::Month => {
                Self::invalid("access.month", ("그 달은 아직 확인할 수 없습니다.", "That month cannot be signed."))
            }
            AccessError::Signed => Self::new(
                409,
                "access.signed",
                ("그 달은 이미 확인되었습니다.", "That month was signed before."),
                ("달을 새로 열어 누가 확인했는지 보십시오.", "Open the month again to see who signed it."),
            ),
            AccessError::Case(error) => error.into(),
            AccessError::Log(error) => error.into(),
            AccessError::Store(error) => error.into(),
        }
    }
}
