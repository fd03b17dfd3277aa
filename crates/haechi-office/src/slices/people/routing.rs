//! Whose an alert is: the person named, else who holds the duty in that unit that day, else the unit's coordinator, else nobody.

use haechi_core::time::Day;

use super::directory::{Directory, Post};
use crate::ids::PersonId;

/// Whom a finding names, and what kind of work it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Responsible<'a> {
    /// The person's number in the personnel system.
    pub employee_no: Option<&'a str>,
    /// The unit's code.
    pub unit: Option<&'a str>,
    /// The duty the scenario is about.
    pub duty: Option<&'a str>,
}

/// Whose an alert is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Somebody's.
    To {
        /// Whose.
        handler: PersonId,
        /// In which unit they answer for it.
        unit: String,
        /// Why theirs.
        why: Why,
    },
    /// Nobody's: it waits in the queue of unowned alerts, of a unit where one is known.
    Unowned {
        /// The unit that may claim it.
        unit: Option<String>,
        /// Why nobody's.
        why: Whyless,
    },
}

/// Why an alert is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The finding names them, and they are still there.
    Named,
    /// They hold the duty in that unit.
    Duty,
    /// They keep the unit's papers.
    Coordinator,
}

/// Why an alert is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whyless {
    /// The finding names neither a unit nor a person that is known: its source is mapped to no unit.
    Unmapped,
    /// The unit named is not in the directory, and none took over its work.
    UnknownUnit,
    /// Nobody who could answer is in the unit that day.
    Empty,
}

impl Directory {
    /// Whose an alert is that arrives on `day`.
    ///
    /// Work belongs to a place and not to a person: who was transferred, left or is away does not answer, but who now does the
    /// work where it was done.
    pub fn route(&self, responsible: Responsible<'_>, day: Day) -> Route {
        let named = responsible.employee_no.and_then(|number| self.with_employee_no(number)).map(|person| person.id);
        let Some(code) = responsible.unit else {
            // Without a unit there is only the person, wherever they are now.
            let own = named.filter(|id| self.is_there(*id, day)).and_then(|id| Some((id, self.unit_of(id, day)?)));
            return match own {
                Some((handler, unit)) => Route::To { handler, unit, why: Why::Named },
                None => Route::Unowned { unit: None, why: Whyless::Unmapped },
            };
        };
        let Some(unit) = self.unit(code, day) else {
            return Route::Unowned { unit: None, why: Whyless::UnknownUnit };
        };
        let unit = unit.code.clone();
        if let Some(handler) = named.filter(|id| self.is_there(*id, day) && self.works_in(*id, &unit, day)) {
            return Route::To { handler, unit, why: Why::Named };
        }
        let there = |why, fits: &dyn Fn(&super::Appointment) -> bool| {
            let place = self.places(&unit, day).find(|place| fits(place) && self.is_there(place.person, day))?;
            Some(Route::To { handler: place.person, unit: unit.clone(), why })
        };
        let duty = |place: &super::Appointment| responsible.duty.is_some_and(|duty| place.duties.contains(duty));
        there(Why::Duty, &duty)
            .or_else(|| there(Why::Coordinator, &|place| place.post == Post::Coordinator))
            .unwrap_or(Route::Unowned { unit: Some(unit.clone()), why: Whyless::Empty })
    }

    /// The unit somebody works in on `day`, that of their own right first.
    pub fn unit_of(&self, id: PersonId, day: Day) -> Option<String> {
        self.places_of(id, day).into_iter().next().map(|(unit, _)| unit)
    }
}
