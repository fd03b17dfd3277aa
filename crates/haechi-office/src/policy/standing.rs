//! How somebody stands to a case.

use super::{Action, Actor, Standing, keeps_a_desk};
use crate::ids::PersonId;

/// Facts of a case on which standings rest.
#[derive(Clone, Copy, Debug)]
pub struct CaseFacts<'a> {
    /// Who answers for it.
    pub handler: Option<PersonId>,
    /// Who gave the answer that stands.
    pub answered_by: Option<PersonId>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// Whom the finding names.
    pub named: Option<PersonId>,
    /// The unit it lies in.
    pub unit: Option<&'a str>,
    /// Whether nobody answers for it.
    pub is_unowned: bool,
    /// Whether it is kept from everybody but who confirms.
    pub is_kept: bool,
    /// Whether it is confirmed outside.
    pub is_outside: bool,
    /// Whether the actor was recused from it, or who stands in for them.
    pub is_recused: bool,
    /// Who did a step of it in another's name since it was opened last, their ids with a space between.
    pub stood_in: &'a str,
}

/// How `actor` stands to a case.
///
/// Who did a step in another's name judges nothing of it any more, in whoever's name; and who stands in for somebody is kept away by
/// what keeps them away themselves.
pub fn stands(actor: &Actor, case: CaseFacts<'_>) -> Standing {
    if case.is_recused {
        return Standing::Barred;
    }
    let standing = of_person(actor, actor.id(), case);
    let own = actor.stand_in().map(|person| of_person(actor, Some(person), case));
    let has_stood_in = |person: Option<PersonId>| {
        person.is_some_and(|person| case.stood_in.split(' ').any(|one| one == person.to_string()))
    };
    // Nor does who heads nothing judge for who heads a unit.
    let is_beyond = own.is_some_and(|own| standing == Standing::Above && own != Standing::Above);
    let is_entangled = is_beyond
        || matches!(own, Some(Standing::Own | Standing::Approved))
        || has_stood_in(actor.id())
        || has_stood_in(actor.stand_in());
    match (own, standing) {
        (Some(Standing::Barred), _) => Standing::Barred,
        // Answering again, or waiting, is no judgement.
        (_, Standing::Own | Standing::Barred) => standing,
        // Who may see it still sees it; who may not does not because they once stood in.
        _ if is_entangled && actor.may(Action::ReadCase, standing) => Standing::Approved,
        _ => standing,
    }
}

fn of_person(actor: &Actor, who: Option<PersonId>, case: CaseFacts<'_>) -> Standing {
    let is = |person: Option<PersonId>| who.is_some() && who == person;
    if case.is_kept {
        return if is(case.named) && !is(case.handler) {
            Standing::Barred
        } else if is(case.handler) || is(case.answered_by) {
            Standing::Own
        } else if is(case.approved_by) {
            Standing::Approved
        } else if case.is_outside {
            Standing::KeptOutside
        } else if case
            .unit
            .and_then(|unit| actor.directory().head(unit, actor.day()))
            .is_some_and(|head| is(Some(head.id)))
        {
            Standing::Above
        } else {
            Standing::Kept
        };
    }
    if is(case.handler) || is(case.answered_by) {
        Standing::Own
    } else if is(case.approved_by) {
        Standing::Approved
    } else if case.unit.is_some_and(|unit| heads(actor, who, unit)) {
        Standing::Above
    } else if case.is_unowned && may_claim(actor, who, case.unit) {
        Standing::Desk
    } else if case.is_outside {
        Standing::ElsewhereOutside
    } else {
        Standing::Elsewhere
    }
}

/// Whether somebody heads `unit` or one above it today.
fn heads(actor: &Actor, who: Option<PersonId>, unit: &str) -> bool {
    who.is_some_and(|person| actor.directory().whole_line(unit, actor.day()).contains(&person))
}

fn may_claim(actor: &Actor, who: Option<PersonId>, unit: Option<&str>) -> bool {
    match unit {
        Some(unit) => who.is_some_and(|person| actor.directory().works_in(person, unit, actor.day())),
        None => keeps_a_desk(actor),
    }
}
