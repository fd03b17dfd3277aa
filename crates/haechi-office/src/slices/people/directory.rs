//! A government's people as they stood on any day.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::time::Day;
use haechi_core::words::Words;

use crate::ids::PersonId;

/// A bureau, department or team. Its code is that of the source systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Words,
    /// The unit above it.
    pub parent: Option<String>,
    /// Its first day.
    pub from: Day,
    /// Its last day, where it has one.
    pub to: Option<Day>,
    /// The unit that took over its work when it ended.
    pub successor: Option<String>,
    /// Whether it is the audit office.
    pub audits: bool,
}

/// Somebody who works or worked here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Ours.
    pub id: PersonId,
    /// That of the personnel system.
    pub employee_no: String,
    /// Their name.
    pub name: String,
    /// Their last day, where it is known.
    pub left_on: Option<Day>,
}

/// What somebody is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Post {
    /// 부서장, or the head of the government at the top.
    Head,
    /// 서무: keeps the unit's papers, and its alerts that nobody else answers for.
    Coordinator,
    /// Everybody else.
    Staff,
}

/// Somebody's place in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: String,
    /// As what.
    pub post: Post,
    /// The duties that are theirs: `contract`, `welfare_payment`.
    pub duties: BTreeSet<String>,
    /// The first day.
    pub from: Day,
    /// The last day, where it has one.
    pub to: Option<Day>,
    /// Whether it is held for somebody who is away or not yet named (직무대리).
    pub acting: bool,
}

/// Days on which somebody is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// A government's units, persons, appointments and absences. Answers are about a day, so that what was decided then can be
/// decided again.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    units: BTreeMap<String, Vec<Unit>>,
    persons: BTreeMap<PersonId, Person>,
    by_employee_no: BTreeMap<String, PersonId>,
    appointments: BTreeMap<String, Vec<Appointment>>,
    by_person: BTreeMap<PersonId, Vec<(String, usize)>>,
    absences: BTreeMap<PersonId, Vec<Absence>>,
}

impl Post {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Coordinator => "coordinator",
            Self::Staff => "staff",
        }
    }

    /// The post whose word `text` is; any other is staff.
    pub fn parse(text: &str) -> Self {
        [Self::Head, Self::Coordinator].into_iter().find(|post| post.as_str() == text).unwrap_or(Self::Staff)
    }
}

impl Directory {
    /// A directory of what is given.
    pub fn new(
        units: impl IntoIterator<Item = Unit>,
        persons: impl IntoIterator<Item = Person>,
        appointments: impl IntoIterator<Item = Appointment>,
        absences: impl IntoIterator<Item = Absence>,
    ) -> Self {
        let mut directory = Self::default();
        for unit in units {
            directory.units.entry(unit.code.clone()).or_default().push(unit);
        }
        for person in persons {
            // Of whom nothing but the id is left is found by it alone.
            if !person.employee_no.is_empty() {
                directory.by_employee_no.insert(person.employee_no.clone(), person.id);
            }
            directory.persons.insert(person.id, person);
        }
        for appointment in appointments {
            let places = directory.appointments.entry(appointment.unit.clone()).or_default();
            directory.by_person.entry(appointment.person).or_default().push((appointment.unit.clone(), places.len()));
            places.push(appointment);
        }
        for absence in absences {
            directory.absences.entry(absence.person).or_default().push(absence);
        }
        directory
    }

    /// The person with this number in the personnel system.
    pub fn with_employee_no(&self, employee_no: &str) -> Option<&Person> {
        self.by_employee_no.get(employee_no).and_then(|id| self.persons.get(id))
    }

    /// The person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.persons.get(&id)
    }

    /// The unit of this code on `day`; where it has ended, the one that took over its work, as far as there is one.
    pub fn unit(&self, code: &str, day: Day) -> Option<&Unit> {
        let mut code = code;
        // Each step goes to another unit; as many as there are is the end of a circle.
        for _ in 0..=self.units.len() {
            let all = self.units.get(code)?;
            if let Some(unit) = all.iter().find(|unit| holds(unit.from, unit.to, day)) {
                return Some(unit);
            }
            let last = all.iter().filter(|unit| unit.from <= day).max_by_key(|unit| unit.from)?;
            code = last.successor.as_deref()?;
        }
        None
    }

    /// Whether the person works here on `day` and is not away.
    pub fn is_there(&self, id: PersonId, day: Day) -> bool {
        let is_away =
            || self.absences.get(&id).is_some_and(|all| all.iter().any(|away| holds(away.from, Some(away.to), day)));
        self.person(id).is_some_and(|person| person.left_on.is_none_or(|last| day <= last)) && !is_away()
    }

    /// Whether the person has a place in the unit on `day`.
    pub fn works_in(&self, id: PersonId, unit: &str, day: Day) -> bool {
        self.places(unit, day).any(|place| place.person == id)
    }

    /// Where somebody has a place on `day`, and as what; those of their own right first.
    pub fn places_of(&self, id: PersonId, day: Day) -> Vec<(String, Post)> {
        self.appointments_of(id, day).into_iter().map(|place| (place.unit.clone(), place.post)).collect()
    }

    /// The same with all that is known of each.
    pub(super) fn appointments_of(&self, id: PersonId, day: Day) -> Vec<&Appointment> {
        let all = self.by_person.get(&id).into_iter().flatten();
        let mut places: Vec<&Appointment> = all
            .filter_map(|(unit, at)| self.appointments.get(unit)?.get(*at))
            .filter(|place| holds(place.from, place.to, day))
            .collect();
        places.sort_by_key(|place| (place.acting, place.from));
        places
    }

    /// The unit and all units below it on `day`, by their codes.
    pub fn below(&self, unit: &str, day: Day) -> BTreeSet<String> {
        let mut found = BTreeSet::from([unit.to_owned()]);
        let mut next = vec![unit.to_owned()];
        while let Some(above) = next.pop() {
            for unit in self.units.values().flatten() {
                if unit.parent.as_deref() == Some(above.as_str())
                    && holds(unit.from, unit.to, day)
                    && found.insert(unit.code.clone())
                {
                    next.push(unit.code.clone());
                }
            }
        }
        found
    }

    /// The persons, by their numbers.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        self.by_employee_no.values().filter_map(|id| self.persons.get(id))
    }

    /// The units of `day`, by their codes.
    pub fn units_on(&self, day: Day) -> impl Iterator<Item = &Unit> {
        self.units.values().flatten().filter(move |unit| holds(unit.from, unit.to, day))
    }

    /// What units become after `day`, the next first.
    pub(super) fn units_after(&self, day: Day) -> impl Iterator<Item = &Unit> {
        let mut units: Vec<&Unit> = self.units.values().flatten().filter(|unit| unit.from > day).collect();
        units.sort_by_key(|unit| unit.from);
        units.into_iter()
    }

    /// The places in a unit on `day`, those held in one's own right first.
    pub fn places<'a>(&'a self, unit: &str, day: Day) -> impl Iterator<Item = &'a Appointment> + use<'a> {
        let all = self.appointments.get(unit).map(Vec::as_slice).unwrap_or_default();
        let mut places: Vec<&Appointment> = all.iter().filter(|place| holds(place.from, place.to, day)).collect();
        let number = |id| self.person(id).map(|person| person.employee_no.as_str());
        places.sort_by(|a, b| (a.acting, number(a.person)).cmp(&(b.acting, number(b.person))));
        places.into_iter()
    }

    /// Who heads the unit on `day`: its head, or who acts for a head that is away or not named; nobody where neither is there.
    pub fn head(&self, unit: &str, day: Day) -> Option<&Person> {
        let there =
            self.places(unit, day).find(|place| place.post == Post::Head && self.is_there(place.person, day))?;
        self.person(there.person)
    }

    /// Those above somebody in a unit on `day`, the nearest first: the heads from that unit up to the top. A post nobody fills
    /// is passed over, and who heads two units stands there once. Nobody is above themselves.
    pub fn report_line(&self, of: PersonId, unit: &str, day: Day) -> Vec<PersonId> {
        let mut line = self.whole_line(unit, day);
        line.retain(|head| *head != of);
        line
    }

    /// The heads of a unit and of those above it on `day`, the nearest first, each once.
    pub fn whole_line(&self, unit: &str, day: Day) -> Vec<PersonId> {
        let mut line = Vec::new();
        let mut at = self.unit(unit, day);
        for _ in 0..=self.units.len() {
            let Some(unit) = at else { break };
            if let Some(head) = self.head(&unit.code, day).filter(|head| !line.contains(&head.id)) {
                line.push(head.id);
            }
            at = unit.parent.as_deref().and_then(|parent| self.unit(parent, day));
        }
        line
    }

    /// The audit office on `day`.
    pub fn audit_office(&self, day: Day) -> Option<&Unit> {
        self.units.values().flatten().find(|unit| unit.audits && holds(unit.from, unit.to, day))
    }
}

fn holds(from: Day, to: Option<Day>, day: Day) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}
