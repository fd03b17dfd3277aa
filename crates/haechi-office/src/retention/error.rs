//! What can go wrong with retention, and its words for people.

use haechi_core::time::Day;
use haechi_core::words::Words;

use crate::audit::LogError;
use crate::files::FileError;
use crate::policy::Denied;
use crate::problem::Problem;
use crate::slices::cases::CaseError;

/// Why something could not be done. `Display` is for the log; [`Problem`] is for the person.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RetentionError {
    /// There is none.
    #[error("no such proposal, hold or certificate")]
    Unknown,
    /// No class of that name.
    #[error("no such class")]
    Class,
    /// Fewer or more years than there may be.
    #[error("a period is {least} to {most} years")]
    Years {
        /// From.
        least: u32,
        /// To.
        most: u32,
    },
    /// Less than the access log of personal data is kept at least.
    #[error("the access log is kept for at least {0} years")]
    AccessYears(u32),
    /// A day that is needed.
    #[error("a day is needed")]
    Day(&'static str),
    /// A day that has passed.
    #[error("the day has passed")]
    Past,
    /// Without a period nothing falls due.
    #[error("the class has no period")]
    NoPeriod,
    /// A day whose records have not fallen due.
    #[error("records up to {0} have fallen due")]
    NotDue(Day),
    /// A destruction of the class is carried out.
    #[error("a destruction of the class is being carried out")]
    Running,
    /// A record that is none.
    #[error("the record of a hold is a case's id, a person's number, or a rule's name")]
    Record,
    /// Without a reason, or with one that is too long.
    #[error("a reason is needed")]
    Reason,
    /// Without the law or order it rests on.
    #[error("a basis is needed")]
    Basis,
    /// Without an answer, or with one that is too long.
    #[error("an answer is needed")]
    Answer,
    /// A proposal about the same thing waits.
    #[error("a proposal about the same thing waits")]
    Waiting,
    /// Somebody else was first.
    #[error("decided already")]
    Decided,
    /// A hold that is lifted.
    #[error("the hold is lifted")]
    Lifted,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It is about a case, and that did not go.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A file could not be taken away.
    #[error(transparent)]
    File(#[from] FileError),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The database said no.
    #[error("retention could not be read or written")]
    Store(#[from] sea_orm::DbErr),
}

fn conflict(code: &'static str, happened: (&str, &str), advice: (&str, &str)) -> Problem {
    Problem::new(409, code, happened, advice)
}

fn years(least: u32, most: u32) -> Problem {
    let mut problem =
        Problem::invalid("retention.years", ("보존기간이 범위를 벗어났습니다.", "The period is out of range."));
    problem.advice =
        Words::new(format!("{least}년에서 {most}년 사이로 정하십시오."), format!("Use {least} to {most} years."));
    problem.at("years")
}

impl From<RetentionError> for Problem {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::Unknown => Self::hidden(),
            RetentionError::Class => {
                Self::invalid("retention.class", ("그런 종류는 없습니다.", "There is no such class.")).at("class")
            }
            RetentionError::Years { least, most } => years(least, most),
            RetentionError::AccessYears(least) => {
                let mut problem = Self::invalid("retention.access_years", ("", ""));
                problem.happened = Words::new(
                    format!("개인정보 접속기록은 {least}년보다 짧게 보관할 수 없습니다."),
                    format!("The access log of personal data is kept for at least {least} years."),
                );
                problem.advice = Words::new(
                    format!(
                        "고유식별정보나 민감정보를 다루는 시스템의 접속기록은 {least}년 이상 보관하도록 되어 있습니다. {least}년 이상으로 정하십시오."
                    ),
                    format!(
                        "Of systems with identifiers or sensitive data the rule asks for {least} years or more. Use {least} or more."
                    ),
                );
                problem.at("years")
            }
            RetentionError::Day(field) => {
                Self::invalid("retention.day", ("날짜를 정해 주십시오.", "Say which day.")).at(field)
            }
            RetentionError::Past => Self::invalid(
                "retention.past",
                ("지난 날짜부터는 바꿀 수 없습니다.", "It cannot be changed from a day that has passed."),
            )
            .at("from"),
            RetentionError::NoPeriod => conflict(
                "retention.no_period",
                ("보존기간이 정해지지 않아 계속 보관합니다.", "No period is set, so it is kept."),
                ("보존기간을 먼저 제안하고 승인받으십시오.", "Propose a period first, and have it approved."),
            ),
            RetentionError::NotDue(last) => {
                let mut problem = Self::invalid(
                    "retention.not_due",
                    (
                        "그날까지의 기록은 아직 보존기간이 끝나지 않았습니다.",
                        "Records up to that day have not fallen due.",
                    ),
                );
                let day = last.format("%Y.%m.%d.");
                problem.advice =
                    Words::new(format!("{day}까지의 기록을 파기할 수 있습니다."), format!("Use {day} or earlier."));
                problem.at("until")
            }
            RetentionError::Running => conflict(
                "retention.running",
                ("이 종류의 파기가 진행 중입니다.", "A destruction of this class is being carried out."),
                ("끝난 뒤에 다시 제안하십시오.", "Propose again once it has ended."),
            ),
            RetentionError::Record => Self::invalid(
                "hold.record",
                (
                    "사안 번호, 직원번호, 시나리오 이름 가운데 맞는 것을 적어 주십시오.",
                    "Give the id of a case, the number of a person, or the name of a scenario.",
                ),
            )
            .at("record"),
            RetentionError::Reason => {
                Self::invalid("retention.reason", ("사유를 적어 주십시오.", "Give a reason.")).at("reason")
            }
            RetentionError::Basis => {
                Self::invalid("hold.basis", ("근거를 적어 주십시오.", "Say on what law or order it rests.")).at("basis")
            }
            RetentionError::Answer => {
                Self::invalid("retention.answer", ("답변을 적어 주십시오.", "Give an answer.")).at("answer")
            }
            RetentionError::Waiting => conflict(
                "retention.waiting",
                ("같은 것에 대한 제안이 이미 기다리고 있습니다.", "A proposal about the same thing waits already."),
                ("그 제안이 결정된 뒤에 다시 해 주십시오.", "Wait until it is decided, then try again."),
            ),
            RetentionError::Decided => conflict(
                "retention.decided",
                ("다른 사람이 먼저 결정했습니다.", "Somebody else decided it first."),
                ("새로 열어 지금 어떤지 확인해 주십시오.", "Open the page again to see how it stands."),
            ),
            RetentionError::Lifted => conflict(
                "hold.lifted",
                ("이미 해제된 보존입니다.", "This hold is lifted already."),
                ("목록을 새로 열어 확인해 주십시오.", "Open the list again to see how it stands."),
            ),
            RetentionError::Denied(denied) => denied.into(),
            RetentionError::Case(error) => error.into(),
            RetentionError::File(error) => error.into(),
            RetentionError::Log(error) => error.into(),
            RetentionError::Store(error) => error.into(),
        }
    }
}
