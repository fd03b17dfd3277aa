//! The verbs of proposals: each one transaction and its events. What one proposes, a second decides.

use chrono::Datelike as _;
use haechi_core::time::{Day, Days};

use super::class::{Class, MOST_YEARS, Reach};
use super::error::RetentionError;
use super::holds::{self, Held};
use super::store::{self, Kind, Proposal};
use super::{HoldId, RetentionProposalId, period};
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{self, Action, Actor, Denied, Standing, Subject, generally};
use crate::slices::{cases, people};

/// Characters a reason, a basis and an answer may have.
const LONGEST: usize = 2_000;
/// Days before which a period is decided at most.
const BEFOREHAND: u64 = 3_660;
/// The first year of which anything may be kept here.
const FIRST_YEAR: i32 = 1900;

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// For how long a class is kept, from a day on.
    Period {
        /// The class.
        class: Class,
        /// Years; none keeps it until somebody sets some.
        years: Option<u32>,
        /// Whether they count from the new year after the record's day.
        from_new_year: bool,
        /// The first day on which it holds.
        first_day: Day,
    },
    /// That what has fallen due of a class up to a day is destroyed.
    Destruction {
        /// The class.
        class: Class,
        /// The last day.
        until: Day,
    },
    /// That a hold is lifted.
    Lift(HoldId),
}

impl What {
    const fn kind(self) -> Kind {
        match self {
            Self::Period { .. } => Kind::Period,
            Self::Destruction { .. } => Kind::Destruction,
            Self::Lift(_) => Kind::Lift,
        }
    }
}

/// A proposal, and how somebody stands to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposed {
    by: PersonId,
    /// It is about them, about a case they keep away from, or about one they may not see.
    is_barred: bool,
}

impl Proposed {
    /// A proposal as `actor` stands to it.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(super) async fn of(
        office: &Office,
        tx: &Transaction,
        actor: &Actor,
        row: &Proposal,
    ) -> Result<Self, RetentionError> {
        Ok(Self { by: row.proposed_by, is_barred: is_barred(office, tx, actor, row).await? })
    }
}

impl Subject for Proposed {
    const READ: Action = Action::ReadRetention;

    fn standing(&self, actor: &Actor) -> Standing {
        if actor.is_or_is_done_by(Some(self.by)) {
            Standing::Own
        } else if self.is_barred {
            Standing::Barred
        } else {
            Standing::General
        }
    }
}

async fn is_barred(office: &Office, tx: &Transaction, actor: &Actor, row: &Proposal) -> Result<bool, RetentionError> {
    let Some(person) = actor.hand() else { return Ok(true) };
    let recused = people::store::recused_from(tx, person).await?;
    if recused.contains(&row.id.uuid()) {
        return Ok(true);
    }
    match Kind::parse(&row.kind) {
        Some(Kind::Lift) => match store::hold(tx, row.hold).await? {
            Some(hold) => Ok(!holds::is_seen(tx, actor, &hold).await?),
            None => Ok(true),
        },
        Some(Kind::Destruction) if row.class == Class::Cases.as_str() && row.approved.is_none() => {
            let (Some(until), held) = (row.until, Held::default()) else { return Ok(true) };
            let reach = Reach::new(office, until, &held);
            Ok(cases::destroy::is_about(tx, &reach, &recused, person).await?)
        }
        Some(Kind::Period | Kind::Destruction) => Ok(false),
        None => Ok(true),
    }
}

pub(super) fn written(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST)
}

/// Proposes something. Nothing changes before a second person approves it.
///
/// # Errors
///
/// Not theirs; a period that is too short, and what has not fallen due; no reason; one of the same thing waits, or is being carried out.
pub(crate) async fn propose(
    office: &Office,
    actor: &Actor,
    what: What,
    reason: &str,
) -> Result<RetentionProposalId, RetentionError> {
    let action = if matches!(what, What::Lift(_)) { Action::LiftHold } else { Action::ProposeRetention };
    let may = generally(actor, action)?;
    let by = actor.id().ok_or(Denied::Forbidden(action))?;
    let tx = office.db().write(actor.tenant()).await?;
    let mut row = Proposal {
        tenant: tx.tenant(),
        id: RetentionProposalId::new(),
        kind: what.kind().as_str().to_owned(),
        class: String::new(),
        years: None,
        from_new_year: false,
        first_day: None,
        until: None,
        hold: HoldId::nobody(),
        reason: String::new(),
        proposed_by: by,
        proposed_at: office.now(),
        decided_by: None,
        decided_at: None,
        approved: None,
        answer: None,
    };
    match what {
        What::Period { class, years, from_new_year, first_day } => {
            let least = class.least();
            match years {
                Some(years) if years < least && least > 1 => return Err(RetentionError::AccessYears(least)),
                Some(years) if !(least..=MOST_YEARS).contains(&years) => {
                    return Err(RetentionError::Years { least, most: MOST_YEARS });
                }
                _ => {}
            }
            if first_day < office.today() {
                return Err(RetentionError::Past);
            }
            if first_day > office.today() + Days::new(BEFOREHAND) {
                return Err(RetentionError::Day("from"));
            }
            class.as_str().clone_into(&mut row.class);
            row.years = years.and_then(|years| i32::try_from(years).ok());
            (row.from_new_year, row.first_day) = (from_new_year, Some(first_day));
        }
        What::Destruction { class, until } => {
            let holds = period::of(&store::all(&tx).await?, class, office.today()).0;
            let last = holds.and_then(|period| period.last_due(office.today())).ok_or(RetentionError::NoPeriod)?;
            if until > last {
                return Err(RetentionError::NotDue(last));
            }
            if until.year() < FIRST_YEAR {
                return Err(RetentionError::Day("until"));
            }
            if store::running(&tx).await?.iter().any(|row| row.class == class.as_str()) {
                return Err(RetentionError::Running);
            }
            class.as_str().clone_into(&mut row.class);
            row.until = Some(until);
        }
        What::Lift(hold) => {
            let found = store::hold(&tx, hold).await?.ok_or(RetentionError::Unknown)?;
            if !holds::is_seen(&tx, actor, &found).await? {
                return Err(RetentionError::Unknown);
            }
            if found.lifted_at.is_some() {
                return Err(RetentionError::Lifted);
            }
            row.hold = hold;
        }
    }
    written(reason).ok_or(RetentionError::Reason)?.clone_into(&mut row.reason);
    let (id, after) = (row.id, audit::digest(&row));
    if !store::add(&tx, row).await? {
        return Err(RetentionError::Waiting);
    }
    let entry = Entry { after: Some(after), ..may.entry("retention", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Approves what somebody else proposed, or refuses it.
///
/// # Errors
///
/// Not theirs, their own, or about what they keep away from; decided already; no answer.
pub(crate) async fn decide(
    office: &Office,
    actor: &Actor,
    id: RetentionProposalId,
    approved: bool,
    answer: &str,
) -> Result<(), RetentionError> {
    end(office, actor, id, Action::DecideRetention, approved, answer).await
}

/// Takes back what one proposed oneself.
///
/// # Errors
///
/// Not theirs; decided already.
pub(crate) async fn withdraw(office: &Office, actor: &Actor, id: RetentionProposalId) -> Result<(), RetentionError> {
    end(office, actor, id, Action::WithdrawRetention, false, "").await
}

async fn end(
    office: &Office,
    actor: &Actor,
    id: RetentionProposalId,
    action: Action,
    approved: bool,
    answer: &str,
) -> Result<(), RetentionError> {
    let tx = office.db().write(actor.tenant()).await?;
    // A lifted hold is not seen half by what destroys.
    tx.alone().await?;
    let row = store::one(&tx, id).await?.ok_or(RetentionError::Unknown)?;
    let may = policy::authorize(actor, action, Proposed::of(office, &tx, actor, &row).await?)?;
    let by = actor.hand().ok_or(Denied::Forbidden(action))?;
    let answer = match action {
        Action::WithdrawRetention => "",
        _ => written(answer).ok_or(RetentionError::Answer)?,
    };
    if !store::decide(&tx, id, by, approved, answer, office.now()).await? {
        return Err(RetentionError::Decided);
    }
    let after = store::one(&tx, id).await?.ok_or(RetentionError::Unknown)?;
    let mut log = vec![Entry {
        before: Some(audit::digest(&row)),
        after: Some(audit::digest(&after)),
        ..may.entry("retention", id)
    }];
    if approved && Kind::parse(&row.kind) == Some(Kind::Lift) {
        let hold = store::hold(&tx, row.hold).await?.ok_or(RetentionError::Unknown)?;
        if !store::lift(&tx, row.hold, office.now()).await? {
            return Err(RetentionError::Lifted);
        }
        let lifted = store::hold(&tx, row.hold).await?.ok_or(RetentionError::Unknown)?;
        log.push(Entry {
            action: "hold.lifted".to_owned(),
            before: Some(audit::digest(&hold)),
            after: Some(audit::digest(&lifted)),
            ..may.entry("hold", row.hold)
        });
    }
    audit::append_all(&tx, office.clock(), &log).await?;
    tx.commit().await?;
    Ok(())
}
