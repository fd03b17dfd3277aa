//! Access to systems: roles kept, and several people at one desk.

use chrono::Days;
use haechi_core::time::Day;

use super::hr::Order;
use crate::people::{UNITS, employee, units};
use crate::stories::cast::{self, Part};
use crate::truth::iso;
use crate::{City, Kind, Truth};

/// The system these stories are told of.
pub(crate) const FINANCE: &str = "EHOJO";
/// The system in which the other desk's log-in happens.
pub(crate) const PERMITS: &str = "SAEOL";

/// The orders of the parts about roles. The person's division is `unit`; the new one is the next.
pub(crate) fn orders(city: &City, part: Part, case: u64, unit: u64) -> Vec<Order> {
    let on = moved_on(city, case);
    let other = (unit + 1) % UNITS;
    let moved = Order { previous: Some(unit), ..Order::new("전보", on, other) };
    match part {
        Part::RoleKept
        | Part::RoleWithdrawnLate
        | Part::HandoverInTime
        | Part::RoleGivenAfterMove
        | Part::BatchRole => {
            vec![moved]
        }
        Part::SecondPost => vec![moved, Order::new("겸임", on + Days::new(2), unit)],
        Part::MovedAndBack => {
            vec![moved, Order { previous: Some(other), ..Order::new("전보", on + Days::new(5), unit) }]
        }
        Part::MovedWithinUnit => vec![Order { unit, ..moved }],
        Part::Seconded => vec![Order { kind: "파견", ends_on: Some(on + Days::new(90)), ..moved }],
        _ => Vec::new(),
    }
}

/// The day of the move in a case.
pub(crate) fn moved_on(city: &City, case: u64) -> Day {
    city.working_day(city.case_month(case), 6)
}

/// A role as it stands in the list of roles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) system: &'static str,
    pub(crate) unit: u64,
    pub(crate) approves: bool,
    pub(crate) batch: bool,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
}

/// The roles of a part about roles, or none where the part has the roles of a colleague.
pub(crate) fn roles(city: &City, part: Part, case: u64, unit: u64, joined_on: Day) -> Option<Vec<Role>> {
    let on = moved_on(city, case);
    let other = (unit + 1) % UNITS;
    let old = Role { system: FINANCE, unit, approves: false, batch: false, from: joined_on, to: None };
    let new = Role { unit: other, from: on, ..old };
    let until = |days| Some(on + Days::new(days));
    Some(match part {
        Part::RoleKept => vec![old, new],
        Part::RoleWithdrawnLate => vec![Role { to: until(30), approves: true, ..old }, new],
        Part::RoleKeptAfterLeaving => vec![old],
        Part::HandoverInTime => vec![Role { to: until(7), ..old }, new],
        Part::SecondPost => vec![old, new],
        Part::MovedAndBack => vec![old],
        Part::RoleGivenAfterMove => {
            vec![Role { to: until(0), ..old }, new, Role { from: on + Days::new(20), ..old }]
        }
        Part::MovedWithinUnit | Part::Seconded => vec![old],
        Part::BatchRole => vec![Role { batch: true, ..old }],
        _ => return None,
    })
}

/// Who sits down at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    pub(crate) system: &'static str,
    pub(crate) user_id: String,
    pub(crate) employee_no: String,
    pub(crate) unit: u64,
    pub(crate) minute: i64,
    pub(crate) fails: bool,
    /// How many approvals follow.
    pub(crate) approvals: u64,
}

/// The id of the second account some people have.
pub(crate) fn second_id(no: &str) -> String {
    format!("x{no}")
}

/// The program that posts to the ledger by itself.
pub(crate) const BATCH: &str = "batch01";
/// The PC of the training room.
pub(crate) const TRAINING: &str = "PC-EDU-001";

/// The day of a case about a desk.
pub(crate) fn desk_day(city: &City, case: u64) -> Day {
    city.working_day(city.case_month(case), 9)
}

/// The log-ins at the desk of a part, in a case.
pub(crate) fn seats(city: &City, part: Part, case: u64) -> Vec<Seat> {
    let clerk = employee(city, cast::index(part, case));
    let head = employee(city, UNITS + (cast::index(part, case) * 7) % (UNITS * 2));
    let colleague = employee(city, cast::index(part, (case + 1) % city.cases()));
    let seat = |who: &crate::people::Employee, minute, approvals| Seat {
        system: FINANCE,
        user_id: who.user_id(),
        employee_no: who.no.clone(),
        unit: who.unit,
        minute,
        fails: false,
        approvals,
    };
    let first = seat(&clerk, 900, 0);
    match part {
        Part::ApproverAtDesk => vec![first, seat(&head, 904, 2)],
        Part::ApprovedAtDesk => vec![first, seat(&colleague, 903, 1)],
        Part::CounterDesk => vec![first, seat(&colleague, 902, 0)],
        Part::TwoIdsAtDesk => vec![first, Seat { user_id: second_id(&clerk.no), ..seat(&clerk, 905, 1) }],
        Part::BatchAtDesk => {
            vec![first, Seat { user_id: BATCH.to_owned(), employee_no: String::new(), ..seat(&clerk, 901, 0) }]
        }
        Part::FailedAtDesk => vec![first, Seat { fails: true, ..seat(&head, 902, 0) }],
        Part::LongAfterAtDesk => vec![first, seat(&head, 925, 1)],
        Part::OtherSystemAtDesk => vec![Seat { system: PERMITS, ..first }, seat(&head, 903, 1)],
        _ => Vec::new(),
    }
}

/// Those who learn in the training room on one day, one minute after another.
pub(crate) fn training(city: &City) -> (Day, Vec<Seat>) {
    let seats = (0..12).map(|at| {
        let who = employee(city, UNITS + at);
        let (user_id, employee_no) = (who.user_id(), who.no);
        Seat {
            system: FINANCE,
            user_id,
            employee_no,
            unit: who.unit,
            minute: 960 + at.cast_signed(),
            fails: false,
            approvals: 0,
        }
    });
    (city.working_day(1, 4), seats.collect())
}

/// The truth about access.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    let units = units();
    let mut all = Vec::new();
    for case in 0..city.cases() {
        for part in cast::Part::ALL.iter().copied() {
            let who = employee(city, cast::index(part, case));
            let kept = match part {
                Part::RoleKept => Some((Planted, "kept after a transfer")),
                Part::RoleWithdrawnLate => Some((Planted, "withdrawn a month after a transfer")),
                Part::RoleKeptAfterLeaving => Some((Planted, "kept after leaving")),
                Part::HandoverInTime => Some((Decoy, "handover of seven days")),
                Part::SecondPost => Some((Decoy, "second post in the old unit")),
                Part::MovedAndBack => Some((Decoy, "back before the handover ended")),
                Part::RoleGivenAfterMove => Some((Decoy, "given after the move")),
                Part::MovedWithinUnit => Some((Decoy, "moved within the unit")),
                Part::Seconded => Some((Decoy, "seconded")),
                Part::BatchRole => Some((Decoy, "batch account")),
                Part::HiredAgain => Some((Decoy, "taken on again")),
                _ => None,
            };
            if let Some((kind, story)) = kept {
                let unit = units.get(usize::try_from(who.unit).unwrap_or(0)).map_or("", |unit| &unit.code);
                let subject =
                    [("system_code", FINANCE.to_owned()), ("user_id", who.user_id()), ("unit_code", unit.to_owned())];
                all.push(Truth::new("system.role-kept-after-transfer", kind, story, &subject));
            }
            let desk = match part {
                Part::ApproverAtDesk => Some((Planted, "an approver at another's desk")),
                Part::ApprovedAtDesk => Some((Planted, "approved at another's desk")),
                Part::CounterDesk => Some((Decoy, "nobody approves")),
                Part::TwoIdsAtDesk => Some((Decoy, "one person with two ids")),
                Part::BatchAtDesk => Some((Decoy, "batch account")),
                Part::FailedAtDesk => Some((Decoy, "log-in failed")),
                Part::LongAfterAtDesk => Some((Decoy, "25 minutes later")),
                Part::OtherSystemAtDesk => Some((Decoy, "another system")),
                _ => None,
            };
            if let Some((kind, story)) = desk {
                all.push(at_desk(kind, story, who.pc(), desk_day(city, case)));
            }
        }
    }
    all.push(at_desk(Decoy, "training room", TRAINING.to_owned(), training(city).0));
    all
}

fn at_desk(kind: Kind, story: &str, pc: String, day: Day) -> Truth {
    let subject = [("system_code", FINANCE.to_owned()), ("pc_no", pc), ("logged_in_on", iso(day))];
    Truth::new("system.shared-terminal", kind, story, &subject)
}
