//! What can go wrong with a case, and its words for people.

use haechi_core::calendar::CalendarError;
use haechi_core::time::Day;
use haechi_core::words::{Language, Words};

use super::state::{CaseState, TransitionError};
use crate::audit::LogError;
use crate::files::FileError;
use crate::ids::CaseId;
use crate::policy::Denied;
use crate::problem::Problem;
use crate::say::say;
use crate::slices::people::PeopleError;

/// Why something could not be done to a case. `Display` is for the log; [`Problem`] is for the person.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// There is none.
    #[error("no case {0}")]
    Unknown(CaseId),
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It means nothing where the case stands.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// Someone else acted first.
    #[error("case {id} has moved on from revision {seen}")]
    Stale {
        /// Which.
        id: CaseId,
        /// The revision that was read.
        seen: i32,
    },
    /// Someone else acted first, and it is known who.
    #[error("case was changed by somebody else at {at}")]
    Beaten {
        /// Who; empty where nobody did, but the office itself.
        who: String,
        /// What they did, as its history has it: `approved`.
        event: String,
        /// When.
        at: String,
    },
    /// Something was left empty.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// An exclusion that does not end within a year.
    #[error("an exclusion ends between tomorrow and a year from now")]
    Day,
    /// A wait that ends too late.
    #[error("a wait ends between tomorrow and {last}")]
    Wait {
        /// The last day it may.
        last: Day,
    },
    /// What it said was destroyed when its time was up.
    #[error("the case was destroyed")]
    Destroyed,
    /// Nobody there can take it.
    #[error("the person cannot take the case")]
    CannotTake,
    /// Somebody could not be kept away from it.
    #[error(transparent)]
    Recusal(#[from] PeopleError),
    /// The due day cannot be counted.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A file was not taken, or not given.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database said no.
    #[error("cases could not be read or written")]
    Store(#[from] sea_orm::DbErr),
}

impl CaseState {
    /// What is possible where the case stands, for who tried something else.
    fn what_now(self) -> (&'static str, &'static str) {
        match self {
            Self::Unowned => (
                "이 사안은 아직 맡은 사람이 없습니다. 맡은 뒤에 답할 수 있습니다.",
                "Nobody answers for this case yet. It can be answered once somebody took it.",
            ),
            Self::WithHandler => {
                ("이 사안은 담당자의 답변을 기다리고 있습니다.", "This case waits for its handler's answer.")
            }
            Self::Waiting => {
                ("이 사안은 다른 곳의 회신을 기다리는 중입니다.", "This case waits for somebody else's reply.")
            }
            Self::WithManager => (
                "이 사안은 답변이 끝나 부서장의 승인을 기다리고 있습니다.",
                "This case is answered and waits for its manager's approval.",
            ),
            Self::WithAudit => (
                "이 사안은 승인되어 감사부서의 확인을 기다리고 있습니다.",
                "This case is approved and waits for the audit office.",
            ),
            Self::Closed => ("이 사안은 이미 끝났습니다.", "This case is closed."),
        }
    }
}

impl From<CaseError> for Problem {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Unknown(_) => Self::hidden(),
            CaseError::Denied(denied) => denied.into(),
            CaseError::Destroyed => Self::new(
                409,
                "case.destroyed",
                (
                    "보존기간이 끝나 파기된 사안입니다. 다시 열거나 무엇을 더할 수 없습니다.",
                    "This case was destroyed when its time was up. It cannot be opened again, and nothing can be added.",
                ),
                ("같은 일이 다시 드러나면 새 사안으로 열립니다.", "If the same is found anew, a new case is opened."),
            ),
            CaseError::Transition(refused) => Self::new(
                409,
                "case.wrong_state",
                refused.from.what_now(),
                (
                    "사안을 새로 열어 지금 할 수 있는 일을 확인해 주십시오.",
                    "Open the case again to see what can be done now.",
                ),
            ),
            CaseError::Stale { .. } => Self::new(
                409,
                "case.stale",
                (
                    "열어 두신 사이에 다른 사람이 먼저 처리했습니다. 보낸 것은 저장되지 않았습니다.",
                    "Someone else changed this case while you had it open. Nothing of yours was saved.",
                ),
                ("새로 열어 바뀐 것을 보고 다시 해 주십시오.", "Open it again to see their change, then try again."),
            ),
            CaseError::Beaten { who, event, at } => {
                let mut problem = Self::new(
                    409,
                    "case.stale",
                    ("", ""),
                    (
                        "적으신 내용은 아래에 그대로 있습니다. 바뀐 것을 보고 다시 보내 주십시오.",
                        "What you typed is still below. Look at the change and send it again.",
                    ),
                );
                let did = |language| say(language, &format!("event-{event}"), &[]);
                let name = |language| if who.is_empty() { say(language, "haechi", &[]) } else { who.clone() };
                problem.happened = Words::new(
                    format!(
                        "{at}에 {} 님이 먼저 처리했습니다 ({}). 보낸 것은 저장되지 않았습니다.",
                        name(Language::Korean),
                        did(Language::Korean)
                    ),
                    format!(
                        "{} was first, at {at} ({}). Nothing of yours was saved.",
                        name(Language::English),
                        did(Language::English)
                    ),
                );
                problem
            }
            CaseError::Missing(what) => {
                let mut problem =
                    Self::invalid("case.missing", ("입력하지 않은 항목이 있습니다.", "Something was left empty."));
                problem.advice = match what {
                    "reason" => Words::new("사유를 적어 주십시오.", "Give the reason."),
                    "basis" => Words::new(
                        "제외의 근거(법령·규정·지침)를 적어 주십시오.",
                        "Name the law or rule the exclusion rests on.",
                    ),
                    "until" => Words::new("언제까지 제외할지 정해 주십시오.", "Say until which day it is excluded."),
                    "whom" => Words::new("누구의 회신을 기다리는지 적어 주십시오.", "Say whose reply you wait for."),
                    "to" => Words::new("넘겨받을 사람을 고르십시오.", "Choose who takes it over."),
                    "text" => Words::new("내용을 적어 주십시오.", "Write something."),
                    "outcome" => Words::new(
                        "조치, 소명, 제외 가운데 하나를 고르십시오.",
                        "Choose: corrected, explained or excluded.",
                    ),
                    _ => Words::new(format!("‘{what}’을(를) 입력해 주십시오."), format!("Fill in ‘{what}’.")),
                };
                problem.at(what)
            }
            CaseError::Day => Self::invalid(
                "case.day",
                (
                    "제외 기한은 내일부터 1년 안의 날짜여야 합니다.",
                    "An exclusion ends between tomorrow and a year from now.",
                ),
            )
            .at("until"),
            CaseError::Wait { last } => {
                let mut problem = Self::invalid(
                    "case.wait",
                    ("회신을 기다리는 날이 맞지 않습니다.", "The day until which you wait does not fit."),
                );
                let day = last.format("%Y.%m.%d.");
                problem.advice = Words::new(
                    format!(
                        "내일부터 {day} 사이로 정하십시오 (기한이 시작된 날부터 60일). 더 걸리면 지금까지의 사정을 소명으로 적어 주십시오."
                    ),
                    format!(
                        "Use a day between tomorrow and {day} (60 days from when its clock began). If it takes longer, explain how things stand."
                    ),
                );
                problem.at("wait_until")
            }
            CaseError::CannotTake => Self::invalid(
                "case.cannot_take",
                (
                    "그 사람은 이 사안을 맡을 수 없습니다. 그 부서에서 일하고 있지 않거나 제척되었습니다.",
                    "That person cannot take the case: they do not work there, or are recused.",
                ),
            )
            .at("to"),
            CaseError::Recusal(error) => error.into(),
            CaseError::Calendar(error) => error.into(),
            CaseError::Log(error) => error.into(),
            CaseError::File(error) => error.into(),
            CaseError::Store(error) => error.into(),
        }
    }
}
