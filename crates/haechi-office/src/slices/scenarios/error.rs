//! What can go wrong with a change of a scenario, and its words for people.

use haechi_core::words::Words;

use crate::audit::LogError;
use crate::policy::Denied;
use crate::problem::Problem;

/// Why something could not be done. `Display` is for the log; [`Problem`] is for the person.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// No run has shown such a scenario, or there is no such change.
    #[error("no such scenario or change")]
    Unknown,
    /// The scenario has no such parameter.
    #[error("the scenario has no such parameter")]
    Parameter,
    /// A parameter with values by date needs a first day.
    #[error("a first day is needed")]
    Day,
    /// A first day that has passed.
    #[error("the first day has passed")]
    Past,
    /// A first day for a parameter that has one value for all dates.
    #[error("the parameter has one value for all dates")]
    Undated,
    /// A currency where none belongs, none where one does, or one that is not known.
    #[error("the currency does not fit")]
    Currency,
    /// Outside what the parameter may be.
    #[error("the value is {least} to {most}")]
    Range {
        /// From.
        least: i64,
        /// To.
        most: i64,
    },
    /// Without a reason, or with one that is too long.
    #[error("a reason is needed")]
    Reason,
    /// Without an answer, or with one that is too long.
    #[error("an answer is needed")]
    Answer,
    /// A change of the same thing waits.
    #[error("a change of the same thing waits already")]
    Waiting,
    /// Somebody else was first.
    #[error("the change was decided already")]
    Decided,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The database said no.
    #[error("scenarios could not be read or written")]
    Store(#[from] sea_orm::DbErr),
}

impl From<ScenarioError> for Problem {
    fn from(error: ScenarioError) -> Self {
        match error {
            ScenarioError::Unknown => Self::hidden(),
            ScenarioError::Parameter => Self::invalid(
                "scenario.parameter",
                ("이 시나리오에 그런 기준값이 없습니다.", "The scenario has no such parameter."),
            )
            .at("parameter"),
            ScenarioError::Day => {
                Self::invalid("scenario.day", ("언제부터인지 정해 주십시오.", "Say from which day on it holds."))
                    .at("from")
            }
            ScenarioError::Past => Self::invalid(
                "scenario.past",
                ("지난 날짜부터는 바꿀 수 없습니다.", "It cannot be changed from a day that has passed."),
            )
            .at("from"),
            ScenarioError::Undated => Self::invalid(
                "scenario.undated",
                ("이 기준값은 날짜마다 다르지 않습니다.", "This parameter has one value for all dates."),
            )
            .at("from"),
            ScenarioError::Currency => {
                Self::invalid("scenario.currency", ("통화가 맞지 않습니다.", "The currency does not fit."))
                    .at("currency")
            }
            ScenarioError::Range { least, most } => {
                let mut problem =
                    Self::invalid("scenario.range", ("값이 범위를 벗어났습니다.", "The value is out of range."));
                problem.advice =
                    Words::new(format!("{least}에서 {most} 사이로 정하십시오."), format!("Use {least} to {most}."));
                problem.at("value")
            }
            ScenarioError::Reason => {
                Self::invalid("scenario.reason", ("사유를 적어 주십시오.", "Give a reason.")).at("reason")
            }
            ScenarioError::Answer => {
                Self::invalid("scenario.answer", ("답변을 적어 주십시오.", "Give an answer.")).at("answer")
            }
            ScenarioError::Waiting => Self::new(
                409,
                "scenario.waiting",
                ("같은 것을 바꾸자는 제안이 이미 기다리고 있습니다.", "A change of the same thing waits already."),
                ("그 제안이 결정된 뒤에 다시 해 주십시오.", "Wait until it is decided, then try again."),
            ),
            ScenarioError::Decided => Self::new(
                409,
                "scenario.decided",
                ("다른 사람이 먼저 결정했습니다.", "Somebody else decided it first."),
                ("새로 열어 지금 어떤지 확인해 주십시오.", "Open the page again to see how it stands."),
            ),
            ScenarioError::Denied(denied) => denied.into(),
            ScenarioError::Log(error) => error.into(),
            ScenarioError::Store(error) => error.into(),
        }
    }
}
