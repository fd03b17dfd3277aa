//! Petitions: past their day, or extended again.

use chrono::{Datelike as _, Days, Weekday};
use haechi_core::time::Day;

use crate::{City, Kind, Truth};

parts! {
    /// What is told of one petition. Parts stand at the beginning of a case's month.
    enum Part {
        DecidedLate,
        OpenTooLong,
        ExtendedTwice,
        ExtendedOnce,
        OnTheDay,
        OnDayOff,
        ClockStopped,
        Withdrawn,
        Transferred,
        WithoutDay,
    }
}

/// A petition as the permit system holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Petition {
    pub(crate) received_on: Day,
    pub(crate) first_due_on: Option<Day>,
    pub(crate) due_on: Option<Day>,
    pub(crate) extensions: i64,
    pub(crate) stopped_days: i64,
    pub(crate) decided_on: Option<Day>,
    pub(crate) status: &'static str,
}

/// The number of the petition that stands at `at` in a month's list.
pub(crate) fn number(city: &City, month: usize, at: u64) -> String {
    format!("{}{at:06}", city.month(month).format("%Y%m"))
}

/// The petitions of a month that are told of; they stand first in its list.
pub(crate) fn petitions(city: &City, month: usize) -> Vec<Petition> {
    (0..city.cases())
        .filter(|case| city.case_month(*case) == month)
        .flat_map(|case| Part::ALL.iter().map(move |part| petition(city, *part, case)))
        .collect()
}

fn petition(city: &City, part: Part, case: u64) -> Petition {
    let received_on = city.working_day(city.case_month(case), 3);
    let due = city.due(received_on, 10);
    let late = city.due(due, 3);
    let one = Petition {
        received_on,
        first_due_on: Some(due),
        due_on: Some(due),
        extensions: 0,
        stopped_days: 0,
        decided_on: Some(due),
        status: "수리",
    };
    match part {
        Part::DecidedLate => Petition { decided_on: Some(late), ..one },
        Part::OpenTooLong => Petition { decided_on: None, status: "처리중", ..one },
        Part::ExtendedTwice => {
            Petition { due_on: Some(city.due(due, 10)), extensions: 2, decided_on: Some(late), ..one }
        }
        Part::ExtendedOnce => Petition { due_on: Some(city.due(due, 5)), extensions: 1, decided_on: Some(late), ..one },
        Part::OnTheDay => one,
        Part::OnDayOff => {
            let mut day = due;
            while day.weekday() != Weekday::Fri || city.is_off(day) {
                day = day + Days::new(1);
            }
            Petition { first_due_on: Some(day), due_on: Some(day), decided_on: Some(day + Days::new(2)), ..one }
        }
        Part::ClockStopped => Petition { due_on: None, stopped_days: 5, decided_on: Some(late), ..one },
        Part::Withdrawn => Petition { decided_on: Some(late), status: "취하", ..one },
        Part::Transferred => Petition { decided_on: Some(late), status: "이송", ..one },
        Part::WithoutDay => Petition { first_due_on: None, due_on: None, decided_on: Some(late), ..one },
    }
}

/// The truth about petitions.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    let mut all = Vec::new();
    for month in 0..city.months {
        for at in 0..petitions(city, month).len() {
            let (kind, story) = match Part::ALL[at % Part::ALL.len()] {
                Part::DecidedLate => (Planted, "decided three working days late"),
                Part::OpenTooLong => (Planted, "open long past its day"),
                Part::ExtendedTwice => (Planted, "extended twice"),
                Part::ExtendedOnce => (Decoy, "extended once"),
                Part::OnTheDay => (Decoy, "on the due day"),
                Part::OnDayOff => (Decoy, "on days off after the due day"),
                Part::ClockStopped => (Decoy, "the clock stood still"),
                Part::Withdrawn => (Decoy, "withdrawn"),
                Part::Transferred => (Decoy, "passed on"),
                Part::WithoutDay => (Decoy, "without a due day"),
            };
            let subject = [("petition_no", number(city, month, at as u64))];
            all.push(Truth::new("petition.overdue", kind, story, &subject));
        }
    }
    all
}
