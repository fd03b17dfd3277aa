//! What is expected of somebody today: the lists of cases that wait for them, the most pressing first.

use super::state::CaseState;
use super::store::Row;
use super::{CaseError, Filter, actions, store};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{self, Action, Actor, Standing};

/// Cases that a list holds.
pub(super) const SHOWN: u64 = 10;
/// Cases that are looked through for those that are somebody's to judge.
const LOOKED_THROUGH: u64 = 5_000;

/// Why cases are in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Expects {
    /// They are theirs to answer.
    Mine,
    /// They are theirs to approve.
    Approve,
    /// They are theirs to confirm.
    Confirm,
    /// Nobody answers for them.
    Unowned,
    /// They are theirs, and wait for somebody else.
    Waiting,
    /// They are past their due moment.
    Late,
}

impl Expects {
    /// The word of the messages (`today-mine`).
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Approve => "approve",
            Self::Confirm => "confirm",
            Self::Unowned => "unowned",
            Self::Waiting => "waiting",
            Self::Late => "late",
        }
    }
}

/// Cases that wait for somebody.
pub(super) struct Part {
    pub(super) why: Expects,
    /// The list they are all in.
    pub(super) filter: Filter,
    /// The first of them.
    pub(super) rows: Vec<Row>,
    /// How many there are.
    pub(super) all: u64,
}

/// The lists that somebody gets, those that are empty left out.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn parts(office: &Office, tx: &Transaction, me: &Actor) -> Result<Vec<Part>, CaseError> {
    let (scope, recused, now) = (policy::scope(me), super::recused(tx, me).await?, office.now());
    let mut parts = Vec::new();
    for (why, filter) in wanted(me) {
        let (mut rows, all) = if matches!(why, Expects::Approve | Expects::Confirm) {
            // Whose it is to judge follows from the report line, which no query knows: what is seen is looked through.
            let seen = store::list(tx, &scope, &recused, &filter, now, (0, LOOKED_THROUGH)).await?;
            let theirs: Vec<_> = seen.into_iter().filter(|row| is_theirs(me, why, row)).collect();
            let all = theirs.len() as u64;
            (theirs, all)
        } else {
            let rows = store::list(tx, &scope, &recused, &filter, now, (0, SHOWN)).await?;
            let is_all = (rows.len() as u64) < SHOWN;
            let all = if is_all { rows.len() as u64 } else { store::count(tx, &scope, &recused, &filter, now).await? };
            (rows, all)
        };
        rows.truncate(usize::try_from(SHOWN).unwrap_or(10));
        if all > 0 {
            parts.push(Part { why, filter, rows, all });
        }
    }
    Ok(parts)
}

/// The lists somebody gets, the most pressing first.
fn wanted(me: &Actor) -> Vec<(Expects, Filter)> {
    let state = |state| Filter { state: Some(state), ..Filter::default() };
    let mut wanted = vec![
        (Expects::Mine, Filter { handler: me.id(), ..state(CaseState::WithHandler) }),
        (Expects::Approve, state(CaseState::WithManager)),
    ];
    let confirms = [Standing::Elsewhere, Standing::ElsewhereOutside, Standing::Kept, Standing::KeptOutside];
    if confirms.into_iter().any(|standing| me.may(Action::ConfirmCase, standing)) {
        wanted.push((Expects::Confirm, state(CaseState::WithAudit)));
    }
    wanted.push((Expects::Unowned, state(CaseState::Unowned)));
    wanted.push((Expects::Waiting, Filter { handler: me.id(), ..state(CaseState::Waiting) }));
    if me.may(Action::ReadCase, Standing::Elsewhere) || me.may(Action::ReadCase, Standing::ElsewhereOutside) {
        wanted.push((Expects::Late, Filter { late: true, ..Filter::default() }));
    }
    wanted
}

/// Whether a case is in the list because this person has to do something.
fn is_theirs(me: &Actor, why: Expects, row: &Row) -> bool {
    match why {
        Expects::Approve => me.is(actions::manager(me, row)),
        Expects::Confirm => !me.is(row.answered_by) && !me.is(row.approved_by) && !me.is(row.first_confirmed_by),
        Expects::Mine | Expects::Unowned | Expects::Waiting | Expects::Late => true,
    }
}
