//! The life of a case and nothing else: no clock, no database, no HTTP.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a case stands. How late it is and how far it has climbed are derived from dates, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Nobody answers for it yet.
    Unowned,
    /// Its handler has to answer.
    WithHandler,
    /// Its handler waits for somebody else, and said for whom.
    Waiting,
    /// It is answered, and the manager has to approve.
    WithManager,
    /// It is approved, and the audit office has to confirm.
    WithAudit,
    /// It is confirmed.
    Closed,
}

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseEvent {
    /// It is given to a handler: routed, claimed or handed over.
    Assign,
    /// Its handler is no longer there, and nobody takes their place.
    Release,
    /// Its handler waits for somebody else.
    Wait,
    /// What was waited for came.
    Resume,
    /// Its handler corrected, explained, or asks for an exclusion.
    Answer,
    /// The manager approves the answer.
    Approve,
    /// The manager or the audit office wants another answer.
    Return,
    /// The audit office confirms it with its outcome.
    Confirm,
    /// It was closed and has to be looked at again.
    Reopen,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 조치: what was wrong is put right.
    Corrected,
    /// 소명: it was in order, and the reason is given.
    Explained,
    /// 제외: neither an error nor worth asking again before a day.
    Excluded,
    /// It is for somebody else: an investigation, another body.
    Referred,
}

/// The event means nothing in the state the case is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot {event:?} a case that is {from:?}")]
pub struct TransitionError {
    /// Where the case stands.
    pub from: CaseState,
    /// What was tried.
    pub event: CaseEvent,
}

impl CaseState {
    /// Every state, in the order of a case's life.
    pub const ALL: [Self; 6] =
        [Self::Unowned, Self::WithHandler, Self::Waiting, Self::WithManager, Self::WithAudit, Self::Closed];

    /// The state after `event`.
    ///
    /// Refusals are listed state by state, so a new state does not compile until someone has decided what every event means in
    /// it. A returned case is with its handler again; a case whose handler leaves while it waits still waits.
    ///
    /// # Errors
    ///
    /// When the event means nothing in this state.
    pub const fn apply(self, event: CaseEvent) -> Result<Self, TransitionError> {
        use CaseEvent::{Answer, Approve, Assign, Confirm, Release, Reopen, Resume, Return, Wait};
        use CaseState::{Closed, Unowned, Waiting, WithAudit, WithHandler, WithManager};
        match (self, event) {
            (Unowned | WithHandler, Assign)
            | (Waiting, Resume)
            | (WithManager | WithAudit, Return)
            | (Closed, Reopen) => Ok(WithHandler),
            (WithHandler, Wait) | (Waiting, Assign) => Ok(Waiting),
            (WithHandler | Waiting, Release) => Ok(Unowned),
            (WithHandler, Answer) => Ok(WithManager),
            (WithManager, Approve) => Ok(WithAudit),
            (WithAudit, Confirm) => Ok(Closed),
            (Unowned | WithHandler | Waiting | WithManager | WithAudit | Closed, _) => {
                Err(TransitionError { from: self, event })
            }
        }
    }

    /// The word the database and the API use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unowned => "unowned",
            Self::WithHandler => "with_handler",
            Self::Waiting => "waiting",
            Self::WithManager => "with_manager",
            Self::WithAudit => "with_audit",
            Self::Closed => "closed",
        }
    }

    /// The state whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

impl CaseEvent {
    /// Every event.
    pub const ALL: [Self; 9] = [
        Self::Assign,
        Self::Release,
        Self::Wait,
        Self::Resume,
        Self::Answer,
        Self::Approve,
        Self::Return,
        Self::Confirm,
        Self::Reopen,
    ];
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Corrected, Self::Explained, Self::Excluded, Self::Referred];

    /// The word the database and the API use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Explained => "explained",
            Self::Excluded => "excluded",
            Self::Referred => "referred",
        }
    }

    /// The outcome whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

impl fmt::Display for CaseState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are states, columns are events, `-` is refused.
    #[test]
    fn every_transition() {
        let rows = CaseState::ALL.map(|from| {
            let cells = CaseEvent::ALL.map(|event| match from.apply(event) {
                Ok(to) => format!("{event:?} {to}"),
                Err(_) => format!("{event:?} -"),
            });
            format!("{from}: {}", cells.join(", "))
        });
        insta::assert_snapshot!(rows.join("\n"), @r"
        unowned: Assign with_handler, Release -, Wait -, Resume -, Answer -, Approve -, Return -, Confirm -, Reopen -
        with_handler: Assign with_handler, Release unowned, Wait waiting, Resume -, Answer with_manager, Approve -, Return -, Confirm -, Reopen -
        waiting: Assign waiting, Release unowned, Wait -, Resume with_handler, Answer -, Approve -, Return -, Confirm -, Reopen -
        with_manager: Assign -, Release -, Wait -, Resume -, Answer -, Approve with_audit, Return with_handler, Confirm -, Reopen -
        with_audit: Assign -, Release -, Wait -, Resume -, Answer -, Approve -, Return with_handler, Confirm closed, Reopen -
        closed: Assign -, Release -, Wait -, Resume -, Answer -, Approve -, Return -, Confirm -, Reopen with_handler
        ");
    }

    #[test]
    fn a_case_reaches_its_end_only_by_way_of_handler_manager_and_audit_office() {
        use CaseEvent::{Answer, Approve, Assign, Confirm};
        let end = [Assign, Answer, Approve, Confirm].into_iter().try_fold(CaseState::Unowned, CaseState::apply);
        assert_eq!(end, Ok(CaseState::Closed));
        // Whatever happens in whatever order, who closes it found it approved, and who approves it found it answered.
        for event in CaseEvent::ALL {
            for from in CaseState::ALL {
                match from.apply(event) {
                    Ok(CaseState::Closed) => assert_eq!((from, event), (CaseState::WithAudit, Confirm)),
                    Ok(CaseState::WithAudit) => assert_eq!((from, event), (CaseState::WithManager, Approve)),
                    Ok(CaseState::WithManager) => assert_eq!((from, event), (CaseState::WithHandler, Answer)),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn words_are_read_back() {
        let written = |state: CaseState| serde_json::to_string(&state).unwrap() == format!("{:?}", state.as_str());
        assert!(CaseState::ALL.into_iter().all(written), "the API writes the same words");
        assert!(CaseState::ALL.into_iter().all(|state| CaseState::parse(state.as_str()) == Some(state)));
        assert!(Outcome::ALL.into_iter().all(|outcome| Outcome::parse(outcome.as_str()) == Some(outcome)));
        assert_eq!(CaseState::parse("overdue"), None, "overdue is derived, never a state");
    }
}
