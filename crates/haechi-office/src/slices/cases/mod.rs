//! What becomes of an alert: its handler answers, the manager approves, the audit office confirms.
//!
//! ```text
//! unowned ──► with handler ⇄ waiting
//!                │  ▲
//!         answer ▼  │ return
//!            with manager ──approve──► with audit ──confirm──► closed ──reopen──► with handler
//!                                          └──────return──────► with handler
//! ```
//!
//! The roles and their three words (조치·소명, 승인, 확인) are those of the field: the handler corrects or explains, the manager
//! approves, the audit office confirms. What is kept for the audit office goes the same way inside it, until it is released.

mod actions;
pub(crate) mod api;
mod attaching;
pub(crate) mod destroy;
mod due;
mod error;
pub mod escalation;
mod expected;
mod figures;
mod files;
pub(crate) mod migrations;
mod monitoring;
mod opening;
mod overuse;
mod pages;
mod proof;
pub mod state;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod timed;
mod unmapped;
mod verbs;
mod views;

use haechi_core::words::Words;
use sea_orm::prelude::Uuid;

pub use self::actions::{
    Answer, acknowledge, answer, approve, claim, comment, confirm, hand_over, release, reopen, resume, send_back, wait,
};
pub use self::attaching::{Attached, NewFile, attach};
pub(crate) use self::destroy::{held, needed};
pub use self::error::CaseError;
pub(crate) use self::figures::{CaseFigures, CaseSums, all_figures, all_sums, eyes, figures};
pub(crate) use self::monitoring::monitor;
pub(crate) use self::opening::{Opening, seen_again};
pub(crate) use self::overuse::watch_exclusions;
pub(crate) use self::proof::{may_take_proof, routes as proof_routes};
pub(crate) use self::timed::{fire_steps, look_after};

use self::state::{CaseState, Outcome};
use super::{Slice, people};
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId};
use crate::policy::{self, Action, Actor, CaseFacts, Standing, Subject};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "cases",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || api::documents().into(),
    menu: &[],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
    views::pages::routes(routes);
    views::api::routes(routes);
}

/// A case, as somebody reads it.
#[derive(Clone, Debug)]
pub struct Case {
    pub(crate) row: store::Row,
    is_recused: bool,
}

impl Case {
    /// Which.
    pub const fn id(&self) -> CaseId {
        self.row.id
    }

    /// Where it stands.
    pub fn state(&self) -> CaseState {
        // What cannot be read waits for somebody, and is never closed by accident.
        CaseState::parse(&self.row.state).unwrap_or(CaseState::Unowned)
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        self.row.outcome.as_deref().and_then(Outcome::parse)
    }

    /// How often it was changed; who changes it says which they saw.
    pub const fn revision(&self) -> i32 {
        self.row.revision
    }

    /// Who answers for it.
    pub const fn handler(&self) -> Option<PersonId> {
        self.row.handler
    }

    /// Whether what it said was destroyed: its row alone is left.
    pub const fn is_destroyed(&self) -> bool {
        self.row.destroyed_on.is_some()
    }

    /// The case, if there is something left to do with it.
    ///
    /// # Errors
    ///
    /// [`CaseError::Destroyed`].
    pub(crate) const fn still_there(&self) -> Result<(), CaseError> {
        if self.is_destroyed() { Err(CaseError::Destroyed) } else { Ok(()) }
    }

    /// What it asks about.
    pub fn title(&self) -> Words {
        Words::new(&self.row.title_ko, &self.row.title_en)
    }
}

impl Subject for Case {
    const READ: Action = Action::ReadCase;

    fn standing(&self, actor: &Actor) -> Standing {
        let row = &self.row;
        policy::stands(
            actor,
            CaseFacts {
                handler: row.handler,
                answered_by: row.answered_by,
                approved_by: row.approved_by,
                named: row.named,
                unit: row.unit.as_deref(),
                is_unowned: self.state() == CaseState::Unowned,
                is_kept: row.kept,
                is_outside: row.outside,
                is_recused: self.is_recused,
                stood_in: &row.stood_in,
            },
        )
    }
}

/// The case, as `actor` stands to it.
///
/// # Errors
///
/// When there is none or the database does not answer.
pub async fn load(tx: &Transaction, actor: &Actor, id: CaseId) -> Result<Case, CaseError> {
    let row = store::one(tx, id).await?.ok_or(CaseError::Unknown(id))?;
    let is_recused = recused(tx, actor).await?.contains(&id.uuid());
    Ok(Case { row, is_recused })
}

/// Who has open cases to answer, and how many.
pub(crate) async fn handlers(
    tx: &Transaction,
    now: haechi_core::time::Moment,
) -> Result<Vec<(PersonId, u64)>, sea_orm::DbErr> {
    let all = store::open_by_handler(tx, now).await?;
    Ok(all.into_iter().map(|(handler, count, _)| (handler, count)).collect())
}

/// How many cases are open, and how many of them are past their due moment.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn burden(tx: &Transaction, now: haechi_core::time::Moment) -> Result<(u64, u64), sea_orm::DbErr> {
    store::burden(tx, now).await
}

/// The digests of the files that the tenant's cases have.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn attached(tx: &Transaction) -> Result<Vec<String>, sea_orm::DbErr> {
    store::attached(tx).await
}

/// One of somebody's open cases.
///
/// # Errors
///
/// When the database does not answer.
pub async fn any_of(tx: &Transaction, handler: PersonId) -> Result<Option<CaseId>, sea_orm::DbErr> {
    store::any_of(tx, handler).await
}

/// The cases from which somebody is recused, or who stands in for them.
async fn recused(tx: &Transaction, actor: &Actor) -> Result<Vec<Uuid>, sea_orm::DbErr> {
    let mut records = Vec::new();
    for person in [actor.id(), actor.stand_in()].into_iter().flatten() {
        records.extend(people::store::recused_from(tx, person).await?);
    }
    Ok(records)
}

/// Which cases a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that stand here; all open ones without it.
    pub state: Option<CaseState>,
    /// Closed ones too.
    pub closed: bool,
    /// Those past their due moment.
    pub late: bool,
    /// Those opened in this period.
    pub opened: Option<Opened>,
    /// Those of a unit.
    pub unit: Option<String>,
    /// Those of a scenario.
    pub scenario: Option<String>,
    /// Those that matter this much.
    pub severity: Option<String>,
    /// Those of a handler.
    pub handler: Option<PersonId>,
    /// Those with this in their title or scenario.
    pub text: String,
    /// In which order.
    pub order: Order,
}

/// A period in which cases were opened, from its first moment to the first after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The period.
    pub period: haechi_core::period::Period,
    from: haechi_core::time::Moment,
    until: haechi_core::time::Moment,
}

impl Opened {
    /// The period on the wall's clock.
    pub fn within(office: &crate::office::Office, period: haechi_core::period::Period) -> Self {
        let begin = |day: haechi_core::time::Day| office.moment(day.and_time(chrono::NaiveTime::MIN));
        let last = period.to();
        Self { period, from: begin(period.from()), until: begin(last.succ_opt().unwrap_or(last)) }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is due first.
    #[default]
    Due,
    /// What came last.
    Newest,
    /// What is about the most money.
    Amount,
}
