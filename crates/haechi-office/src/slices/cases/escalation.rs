//! What climbs the report line when nobody answers, and when.
//!
//! One step tells one person: who is told together with others waits for them. The first step is taken when a case is overdue,
//! each further one a period after the one before; above the top of the line stands the audit office, which is told again each
//! period until somebody acts. Steps are rows, planned one at a time, so that what is planned can be seen and what was fired can be
//! proved. Who is told is decided when a step fires, by the line as it stands then.

use haechi_core::calendar::{CalendarError, WorkCalendar, WorkingDays};
use haechi_core::deadline::{OfficeHours, Rule};
use haechi_core::time::LocalTime;

use super::state::CaseState;
use crate::ids::PersonId;
use crate::slices::people::Directory;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is to come.
    Planned,
    /// It was taken, and this is who was told.
    Fired {
        /// When.
        at: LocalTime,
        /// Who.
        told: Told,
    },
    /// Who was told has seen it.
    Acknowledged {
        /// When it was taken.
        at: LocalTime,
        /// Who was told.
        told: Told,
    },
    /// It was not needed any more.
    Cancelled,
}

/// Whom a step tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Somebody of the report line, or the head of the audit office.
    Person(PersonId),
    /// Nobody is there to be told: the audit office's own list shows it.
    AuditOffice,
}

/// A step up the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// How far up: 0 is the nearest above who has to act.
    pub level: usize,
    /// When it is to be taken.
    pub at: LocalTime,
    /// What became of it.
    pub status: Status,
}

/// How an office climbs.
#[derive(Clone, Copy, Debug)]
pub struct Pace<'a> {
    /// Working days from one step to the next; at least one.
    pub period: WorkingDays,
    /// Its days off.
    pub calendar: &'a WorkCalendar,
    /// Its hours.
    pub hours: &'a OfficeHours,
}

/// A case's steps, in the order in which they were planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    steps: Vec<Step>,
}

impl Ladder {
    /// A ladder on which one step is planned.
    pub fn planned(level: usize, at: LocalTime) -> Self {
        Self { steps: vec![Step { level, at, status: Status::Planned }] }
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The case has a new due moment: it was assigned, handed over, answered or returned. What was planned is cancelled, and the
    /// climb begins anew from there.
    pub fn replan(&mut self, due: LocalTime) {
        self.cancel();
        self.steps.push(Step { level: 0, at: due, status: Status::Planned });
    }

    /// The case needs nobody any more, or waits: nothing is planned.
    pub fn cancel(&mut self) {
        for step in self.steps.iter_mut().filter(|step| step.status == Status::Planned) {
            step.status = Status::Cancelled;
        }
    }

    /// Takes what is to be taken by `now`, and plans the next step. `whom` says who is told at a level. Returns the places of the
    /// steps that were taken: after an outage several are, each once.
    ///
    /// # Errors
    ///
    /// When the next step falls in a year that the calendar does not list. Then nothing is taken, so that a case never stands
    /// without a step.
    pub fn fire(
        &mut self,
        now: LocalTime,
        pace: Pace<'_>,
        whom: impl Fn(usize) -> Told,
    ) -> Result<Vec<usize>, CalendarError> {
        let mut fired = Vec::new();
        while let Some(place) = self.steps.iter().position(|step| step.status == Status::Planned && step.at <= now) {
            let Step { level, .. } = self.steps[place];
            // From when it was taken, not from when it should have been: after an outage nobody is climbed past in one hour.
            let period = WorkingDays(pace.period.0.max(1));
            let next = Rule::WorkingDays(period).due(now, pace.calendar, pace.hours)?;
            self.steps[place].status = Status::Fired { at: now, told: whom(level) };
            self.steps.push(Step { level: level + 1, at: next.at, status: Status::Planned });
            fired.push(place);
        }
        Ok(fired)
    }

    /// Who was told has seen it. `false` where the step was not fired.
    pub fn acknowledge(&mut self, place: usize) -> bool {
        match self.steps.get_mut(place) {
            Some(step) if matches!(step.status, Status::Fired { .. }) => {
                if let Status::Fired { at, told } = step.status {
                    step.status = Status::Acknowledged { at, told };
                }
                true
            }
            _ => false,
        }
    }

    /// Whether a step is planned.
    pub fn is_climbing(&self) -> bool {
        self.steps.iter().any(|step| step.status == Status::Planned)
    }
}

/// Whom the step of `level` tells about a case that stands in `state` on the day of `now`: the heads above who has to act, then
/// the head of the audit office.
pub fn whom(
    directory: &Directory,
    state: CaseState,
    handler: Option<PersonId>,
    unit: Option<&str>,
    level: usize,
    now: LocalTime,
) -> Told {
    let day = now.date();
    let audit = directory.audit_office(day).map(|office| office.code.clone());
    let audit_head = || {
        let unit = audit.as_deref()?;
        let head = directory.head(unit, day)?;
        Some(Told::Person(head.id))
    };
    let line = |of: Option<PersonId>, unit: Option<&str>| {
        unit.map(|unit| match of {
            Some(of) => directory.report_line(of, unit, day),
            None => directory.whole_line(unit, day),
        })
        .unwrap_or_default()
    };
    let above = match state {
        CaseState::Unowned | CaseState::Closed => line(None, unit),
        CaseState::WithHandler | CaseState::Waiting => line(handler, unit),
        // The manager has to act, so who stands above the manager is told.
        CaseState::WithManager => {
            let whole = line(handler, unit);
            whole.into_iter().skip(1).collect()
        }
        CaseState::WithAudit => line(None, audit.as_deref()),
    };
    above.get(level).copied().map(Told::Person).or_else(audit_head).unwrap_or(Told::AuditOffice)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use haechi_core::time::{Day, Days};
    use haechi_core::words::Words;

    use super::*;
    use crate::slices::people::{Absence, Appointment, Person, Post, Unit};

    /// Numbers that are the same for the same seed (SplitMix64).
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: u64) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (z ^ (z >> 31)) % end
        }

        fn one_in(&mut self, times: u64) -> bool {
            self.below(times) == 0
        }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn calendar(chance: &mut Chance) -> WorkCalendar {
        let first = day("2026-01-01");
        let holidays = (0..365 * 4).map(|n| first + days(n)).filter(|_| chance.one_in(20));
        WorkCalendar::new(2026..=2030, holidays.map(|day| (day, "휴일".to_owned())).collect::<Vec<_>>())
    }

    const fn days(days: u64) -> Days {
        Days::new(days)
    }

    /// Four teams of three under a bureau, under the mayor; an audit office of two.
    struct Hall {
        units: Vec<Unit>,
        persons: Vec<Person>,
        places: Vec<Appointment>,
        away: Vec<Absence>,
    }

    impl Hall {
        fn new() -> Self {
            let mut hall = Self { units: Vec::new(), persons: Vec::new(), places: Vec::new(), away: Vec::new() };
            hall.unit("hall", None, 1);
            hall.unit("audit", Some("hall"), 2);
            hall.unit("bureau", Some("hall"), 1);
            for team in ["t1", "t2", "t3", "t4"] {
                hall.unit(team, Some("bureau"), 3);
            }
            hall
        }

        fn unit(&mut self, code: &str, parent: Option<&str>, people: usize) {
            let from = day("2020-01-01");
            self.units.push(Unit {
                code: code.to_owned(),
                name: Words::new(code, code),
                parent: parent.map(str::to_owned),
                from,
                to: None,
                successor: None,
                audits: code == "audit",
            });
            for n in 0..people {
                let id = PersonId::new();
                let employee_no = format!("{code}-{n}");
                self.persons.push(Person { id, name: employee_no.clone(), employee_no, left_on: None });
                let post = if n == 0 { Post::Head } else { Post::Staff };
                let duties = BTreeSet::new();
                self.places.push(Appointment {
                    person: id,
                    unit: code.to_owned(),
                    post,
                    duties,
                    from,
                    to: None,
                    acting: false,
                });
            }
        }

        /// Somebody goes on leave, moves, leaves for good, or acts for their head.
        fn happens(&mut self, chance: &mut Chance, today: Day) {
            let at = usize::try_from(chance.below(self.persons.len() as u64)).unwrap();
            let person = self.persons[at].id;
            match chance.below(4) {
                0 => {
                    let to = today + days(chance.below(40));
                    self.away.push(Absence { person, from: today, to });
                }
                1 => {
                    let to = self.units[usize::try_from(chance.below(self.units.len() as u64)).unwrap()].code.clone();
                    for place in self.places.iter_mut().filter(|place| place.person == person && place.to.is_none()) {
                        place.to = Some(today - days(1));
                    }
                    let post = if chance.one_in(3) { Post::Head } else { Post::Staff };
                    let (duties, from) = (BTreeSet::new(), today);
                    self.places.push(Appointment {
                        person,
                        unit: to,
                        post,
                        duties,
                        from,
                        to: None,
                        acting: chance.one_in(4),
                    });
                }
                2 if chance.one_in(10) => self.persons[at].left_on = Some(today),
                _ => {}
            }
        }

        fn directory(&self) -> Directory {
            Directory::new(self.units.clone(), self.persons.clone(), self.places.clone(), self.away.clone())
        }
    }

    /// A case, and what is known of it from outside.
    struct Case {
        state: CaseState,
        handler: PersonId,
        unit: String,
        due: LocalTime,
        ladder: Ladder,
    }

    #[test]
    fn in_three_years_of_leave_transfers_and_holidays_no_overdue_case_stands_without_a_step() {
        for seed in [1, 2, 3, 20_261_124] {
            three_years(seed);
        }
    }

    fn three_years(seed: u64) {
        let mut chance = Chance(seed);
        let calendar = calendar(&mut chance);
        let hours = OfficeHours::default();
        let pace = Pace { period: WorkingDays(3), calendar: &calendar, hours: &hours };
        let due = |now: LocalTime, days| Rule::WorkingDays(WorkingDays(days)).due(now, &calendar, &hours).unwrap().at;
        let mut hall = Hall::new();
        let mut cases: Vec<Case> = Vec::new();
        let mut fired = 0;
        for n in 0..365 * 3 {
            let today = day("2026-01-01") + days(n);
            let now = today.and_hms_opt(18, 0, 0).unwrap();
            if chance.one_in(3) {
                hall.happens(&mut chance, today);
            }
            if chance.one_in(2) {
                let unit = format!("t{}", 1 + chance.below(4));
                let handler = hall.persons[usize::try_from(chance.below(hall.persons.len() as u64)).unwrap()].id;
                let mut ladder = Ladder::default();
                let due = due(now, 7);
                ladder.replan(due);
                cases.push(Case { state: CaseState::WithHandler, handler, unit, due, ladder });
            }
            for case in cases.iter_mut().filter(|case| case.state.is_open()) {
                act(&mut chance, case, &hall, |days| due(now, days));
            }
            let directory = hall.directory();
            // A worker that was killed takes the day's steps again; days on which it did not run are caught up with.
            let runs = [1, 2, 0, 1][usize::try_from(chance.below(4)).unwrap()];
            for _ in 0..runs {
                for case in &mut cases {
                    let Case { state, handler, unit, .. } = &*case;
                    let (state, handler, unit) = (*state, *handler, unit.clone());
                    let whom = |level| whom(&directory, state, Some(handler), Some(&unit), level, now);
                    let steps = case.ladder.fire(now, pace, whom).unwrap();
                    assert!(steps.len() <= 1, "seed {seed}, {today}: climbed {} steps in an hour", steps.len());
                    assert!(case.state.is_open() || steps.is_empty(), "seed {seed}, {today}: fired after closing");
                    for step in &steps {
                        let told = case.ladder.steps()[*step].status;
                        assert!(
                            !matches!(told, Status::Fired { told: Told::Person(person), .. }
                                if person == case.handler && case.state == CaseState::WithHandler && case.unit != "audit"
                                    && directory.audit_office(today).is_none_or(|office| directory.head(&office.code, today).is_none_or(|head| head.id != person))),
                            "seed {seed}, {today}: who has to act was told that they did not"
                        );
                    }
                    fired += steps.len();
                }
            }
            for (at, case) in cases.iter().enumerate() {
                let is_overdue = case.state.is_open() && case.state != CaseState::Waiting && case.due <= now;
                let has_step = case.ladder.steps().iter().any(|step| step.status != Status::Cancelled);
                assert!(!is_overdue || has_step, "seed {seed}, {today}: case {at} is overdue without a step");
                assert!(
                    !matches!(case.state, CaseState::WithHandler | CaseState::WithManager | CaseState::WithAudit)
                        || case.ladder.is_climbing(),
                    "seed {seed}, {today}: case {at} has nothing planned"
                );
                let planned = case.ladder.steps().iter().filter(|step| step.status == Status::Planned).count();
                assert!(planned <= 1, "seed {seed}, {today}: case {at} has {planned} steps planned");
            }
        }
        assert!(
            cases.len() > 400 && fired > 400,
            "seed {seed}: {} cases, {fired} steps: too little happened",
            cases.len()
        );
    }

    /// What its people do with a case on a day, mostly nothing.
    fn act(chance: &mut Chance, case: &mut Case, hall: &Hall, due: impl Fn(u32) -> LocalTime) {
        use super::super::state::CaseEvent::{Answer, Approve, Assign, Confirm, Resume, Return, Wait};
        let event = match (case.state, chance.below(60)) {
            (CaseState::WithHandler, 0..=4) => Answer,
            (CaseState::WithHandler, 5) => Wait,
            (CaseState::WithHandler, 6..=7) => Assign,
            (CaseState::Waiting, 0..=9) => Resume,
            (CaseState::WithManager, 0..=9) => Approve,
            (CaseState::WithManager | CaseState::WithAudit, 10..=12) => Return,
            (CaseState::WithAudit, 0..=9) => Confirm,
            _ => return,
        };
        if event == Assign {
            case.handler = hall.persons[usize::try_from(chance.below(hall.persons.len() as u64)).unwrap()].id;
        }
        case.state = case.state.apply(event).unwrap();
        let days = match case.state {
            CaseState::WithHandler => 7,
            CaseState::WithManager => 3,
            CaseState::WithAudit => 5,
            CaseState::Unowned | CaseState::Waiting | CaseState::Closed => return case.ladder.cancel(),
        };
        case.due = due(days);
        case.ladder.replan(case.due);
    }

    #[test]
    fn a_case_left_alone_is_told_to_the_head_the_bureau_the_mayor_and_then_the_audit_office_again_and_again() {
        let hall = Hall::new();
        let directory = hall.directory();
        let calendar = WorkCalendar::new([2026], Vec::<(Day, String)>::new());
        let hours = OfficeHours::default();
        let pace = Pace { period: WorkingDays(3), calendar: &calendar, hours: &hours };
        let handler = hall.persons.iter().find(|person| person.name == "t1-1").unwrap().id;
        let mut ladder = Ladder::default();
        ladder.replan(day("2026-11-24").and_hms_opt(18, 0, 0).unwrap());
        let mut told = Vec::new();
        for n in 0..20 {
            let now = (day("2026-11-24") + days(n)).and_hms_opt(18, 0, 0).unwrap();
            let whom = |level| whom(&directory, CaseState::WithHandler, Some(handler), Some("t1"), level, now);
            for step in ladder.fire(now, pace, whom).unwrap() {
                if let Status::Fired { at, told: Told::Person(person) } = ladder.steps()[step].status {
                    told.push(format!("{} {}", at.format("%m-%d"), directory.person(person).unwrap().name));
                }
            }
        }
        let expected = ["11-24 t1-0", "11-27 bureau-0", "12-02 hall-0", "12-07 audit-0", "12-10 audit-0"];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_to_be_approved_climbs_above_the_manager_and_what_is_to_be_confirmed_above_the_audit_office() {
        let hall = Hall::new();
        let directory = hall.directory();
        let now = day("2026-11-24").and_hms_opt(18, 0, 0).unwrap();
        let id = |name: &str| hall.persons.iter().find(|person| person.name == name).unwrap().id;
        let first = |state| whom(&directory, state, Some(id("t1-1")), Some("t1"), 0, now);
        assert_eq!(first(CaseState::WithManager), Told::Person(id("bureau-0")));
        assert_eq!(first(CaseState::WithAudit), Told::Person(id("audit-0")));
        assert_eq!(whom(&directory, CaseState::WithAudit, None, Some("t1"), 1, now), Told::Person(id("hall-0")));
        assert_eq!(whom(&directory, CaseState::Unowned, None, None, 0, now), Told::Person(id("audit-0")));
        assert_eq!(whom(&Directory::default(), CaseState::Unowned, None, None, 0, now), Told::AuditOffice);
    }

    #[test]
    fn a_step_beyond_the_calendar_is_an_error_and_leaves_the_step_planned() {
        let calendar = WorkCalendar::new([2026], Vec::<(Day, String)>::new());
        let hours = OfficeHours::default();
        let pace = Pace { period: WorkingDays(3), calendar: &calendar, hours: &hours };
        let mut ladder = Ladder::default();
        let now = day("2026-12-30").and_hms_opt(18, 0, 0).unwrap();
        ladder.replan(now);
        assert!(ladder.fire(now, pace, |_| Told::AuditOffice).is_err());
        assert!(ladder.is_climbing());
    }

    #[test]
    fn only_a_fired_step_can_be_acknowledged() {
        let calendar = WorkCalendar::new([2026], Vec::<(Day, String)>::new());
        let hours = OfficeHours::default();
        let pace = Pace { period: WorkingDays(3), calendar: &calendar, hours: &hours };
        let mut ladder = Ladder::default();
        let now = day("2026-11-24").and_hms_opt(18, 0, 0).unwrap();
        ladder.replan(now);
        assert!(!ladder.acknowledge(0));
        ladder.fire(now, pace, |_| Told::AuditOffice).unwrap();
        assert!(ladder.acknowledge(0) && !ladder.acknowledge(0) && !ladder.acknowledge(9));
    }
}
