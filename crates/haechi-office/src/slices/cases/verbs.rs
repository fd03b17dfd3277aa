//! What somebody may do to a case now, as it stands and as they stand to it: what the page offers and the API names.

use super::Case;
use super::state::CaseState;
use crate::policy::{Action, Actor, Subject as _};

/// What somebody may do now.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verbs {
    pub(super) answer: bool,
    pub(super) wait: bool,
    pub(super) resume: bool,
    pub(super) claim: bool,
    pub(super) hand_over: bool,
    pub(super) approve: bool,
    pub(super) send_back: bool,
    pub(super) confirm: bool,
    pub(super) reopen: bool,
    pub(super) release: bool,
    pub(super) comment: bool,
    pub(super) recuse: bool,
}

impl Verbs {
    pub(super) fn of(me: &Actor, case: &Case) -> Self {
        use CaseState::{Closed, Unowned, Waiting, WithAudit, WithHandler, WithManager};
        if case.is_destroyed() {
            return Self::default();
        }
        let state = case.state();
        let standing = case.standing(me);
        let may = |action, states: &[CaseState]| states.contains(&state) && me.may(action, standing);
        let is_second = !me.is(case.row.first_confirmed_by);
        Self {
            answer: may(Action::AnswerCase, &[WithHandler]),
            wait: may(Action::WaitCase, &[WithHandler]),
            resume: may(Action::WaitCase, &[Waiting]),
            claim: may(Action::ClaimCase, &[Unowned]),
            hand_over: may(Action::HandOverCase, &[Unowned, WithHandler, Waiting]),
            approve: may(Action::ApproveCase, &[WithManager]),
            send_back: may(Action::ReturnCase, &[WithManager]) || may(Action::RejectCase, &[WithAudit]),
            confirm: may(Action::ConfirmCase, &[WithAudit]) && is_second,
            reopen: may(Action::ReopenCase, &[Closed]),
            release: case.row.kept && may(Action::ReleaseCase, &[Unowned, WithHandler, Waiting]),
            comment: may(Action::CommentCase, &CaseState::ALL),
            recuse: may(Action::Recuse, &CaseState::ALL),
        }
    }

    /// The last parts of the API's addresses under `/api/v1/cases/{id}/` that would be done now.
    pub(super) fn addresses(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.answer, "answer"),
            (self.wait, "wait"),
            (self.resume, "resume"),
            (self.claim, "claim"),
            (self.hand_over, "hand-over"),
            (self.approve, "approve"),
            (self.send_back, "return"),
            (self.confirm, "confirm"),
            (self.reopen, "reopen"),
            (self.release, "release"),
            (self.comment, "comments"),
            (self.comment, "attachments"),
            (self.recuse, "recusal"),
        ];
        all.into_iter().filter(|(may, _)| *may).map(|(_, address)| address)
    }
}
