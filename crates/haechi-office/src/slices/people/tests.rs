//! A small district on 24 November 2026, and what happens to it.

use std::collections::BTreeSet;

use haechi_core::time::Day;
use haechi_core::words::Words;

use super::*;
use crate::ids::PersonId;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    day("2026-11-24")
}

/// A mayor (M) over a bureau (B) with a contracts team: its head H, Kim who does contracts, Lee the coordinator.
struct District {
    units: Vec<Unit>,
    persons: Vec<Person>,
    places: Vec<Appointment>,
    away: Vec<Absence>,
}

impl District {
    fn new() -> Self {
        let mut district = Self { units: Vec::new(), persons: Vec::new(), places: Vec::new(), away: Vec::new() };
        for (code, parent) in
            [("hall", None), ("bureau", Some("hall")), ("team", Some("bureau")), ("audit", Some("hall"))]
        {
            district.units.push(Unit {
                code: code.to_owned(),
                name: Words::new(code, code),
                parent: parent.map(str::to_owned),
                from: day("2020-01-01"),
                to: None,
                successor: None,
                audits: code == "audit",
            });
        }
        for (name, unit, post, duty) in [
            ("M", "hall", Post::Head, ""),
            ("B", "bureau", Post::Head, ""),
            ("H", "team", Post::Head, ""),
            ("Kim", "team", Post::Staff, "contract"),
            ("Lee", "team", Post::Coordinator, ""),
            ("A", "audit", Post::Head, ""),
        ] {
            district.person(name);
            district.place(name, unit, post, duty);
        }
        district
    }

    fn person(&mut self, name: &str) {
        let id = PersonId::new();
        self.persons.push(Person { id, employee_no: name.to_owned(), name: name.to_owned(), left_on: None });
    }

    fn place(&mut self, name: &str, unit: &str, post: Post, duty: &str) -> &mut Appointment {
        let duties: BTreeSet<String> = [duty].into_iter().filter(|duty| !duty.is_empty()).map(str::to_owned).collect();
        let (person, unit, from) = (self.id(name), unit.to_owned(), day("2020-01-01"));
        self.places.push(Appointment { person, unit, post, duties, from, to: None, acting: false });
        self.places.last_mut().unwrap()
    }

    fn id(&self, name: &str) -> PersonId {
        self.persons.iter().find(|person| person.employee_no == name).unwrap().id
    }

    fn end(&mut self, name: &str, last: &str) {
        let id = self.id(name);
        self.places.iter_mut().filter(|place| place.person == id).for_each(|place| place.to = Some(day(last)));
    }

    fn away(&mut self, name: &str, from: &str, to: &str) {
        self.away.push(Absence { person: self.id(name), from: day(from), to: day(to) });
    }

    fn directory(&self) -> Directory {
        Directory::new(self.units.clone(), self.persons.clone(), self.places.clone(), self.away.clone())
    }

    /// Whose a finding about Kim's contract in the team is, and why.
    fn whose(&self) -> String {
        self.routed(Responsible { employee_no: Some("Kim"), unit: Some("team"), duty: Some("contract") })
    }

    fn routed(&self, responsible: Responsible<'_>) -> String {
        let directory = self.directory();
        match directory.route(responsible, today()) {
            Route::To { handler, unit, why } => {
                format!("{} of {unit}: {why:?}", directory.person(handler).unwrap().name)
            }
            Route::Unowned { unit, why } => format!("nobody of {}: {why:?}", unit.as_deref().unwrap_or("-")),
        }
    }

    fn above(&self, name: &str, unit: &str) -> Vec<String> {
        let directory = self.directory();
        let line = directory.report_line(self.id(name), unit, today());
        line.into_iter().map(|id| directory.person(id).unwrap().name.clone()).collect()
    }
}

#[test]
fn an_alert_is_the_named_persons_while_they_do_that_work() {
    assert_eq!(District::new().whose(), "Kim of team: Named");
}

#[test]
fn who_was_transferred_does_not_answer_but_who_now_holds_the_duty() {
    let mut district = District::new();
    district.end("Kim", "2026-11-20");
    district.place("Kim", "bureau", Post::Staff, "planning").from = day("2026-11-21");
    assert_eq!(district.whose(), "Lee of team: Coordinator", "nobody has the duty yet");
    district.person("Park");
    district.place("Park", "team", Post::Staff, "contract").from = day("2026-11-23");
    assert_eq!(district.whose(), "Park of team: Duty");
}

#[test]
fn who_left_or_is_away_does_not_answer() {
    let mut left = District::new();
    left.persons.iter_mut().find(|person| person.name == "Kim").unwrap().left_on = Some(day("2026-11-23"));
    assert_eq!(left.whose(), "Lee of team: Coordinator");
    let mut away = District::new();
    away.away("Kim", "2026-11-24", "2026-11-24");
    assert_eq!(away.whose(), "Lee of team: Coordinator");
    let mut back = District::new();
    back.away("Kim", "2026-11-01", "2026-11-23");
    assert_eq!(back.whose(), "Kim of team: Named");
}

#[test]
fn a_team_in_which_nobody_is_left_has_alerts_without_an_owner_that_it_may_claim() {
    let mut district = District::new();
    district.away("Kim", "2026-11-24", "2026-11-30");
    district.away("Lee", "2026-11-24", "2026-11-30");
    assert_eq!(district.whose(), "nobody of team: Empty");
}

#[test]
fn a_source_mapped_to_no_unit_gives_alerts_that_are_seen_as_unmapped() {
    let district = District::new();
    assert_eq!(district.routed(Responsible::default()), "nobody of -: Unmapped");
    let nobody = Responsible { employee_no: Some("Choi"), ..Responsible::default() };
    assert_eq!(district.routed(nobody), "nobody of -: Unmapped");
    let elsewhere = Responsible { unit: Some("dissolved"), ..Responsible::default() };
    assert_eq!(district.routed(elsewhere), "nobody of -: UnknownUnit");
    let person_alone = Responsible { employee_no: Some("Kim"), ..Responsible::default() };
    assert_eq!(district.routed(person_alone), "Kim of team: Named");
}

#[test]
fn the_work_of_a_unit_that_was_reorganised_is_its_successors() {
    let mut district = District::new();
    let team = district.units.iter_mut().find(|unit| unit.code == "team").unwrap();
    (team.to, team.successor) = (Some(day("2026-10-31")), Some("new-team".to_owned()));
    let mut new = team.clone();
    (new.code, new.from, new.to, new.successor) = ("new-team".to_owned(), day("2026-11-01"), None, None);
    district.units.push(new);
    district.person("Park");
    district.place("Park", "new-team", Post::Staff, "contract");
    assert_eq!(district.whose(), "Park of new-team: Duty");
    // The day before, it was still the old team's.
    let before = district
        .directory()
        .route(Responsible { employee_no: Some("Kim"), unit: Some("team"), duty: None }, day("2026-10-31"));
    assert!(matches!(before, Route::To { unit, why: Why::Named, .. } if unit == "team"));
}

#[test]
fn units_that_succeed_each_other_in_a_circle_end_nowhere() {
    let mut district = District::new();
    for unit in &mut district.units {
        unit.to = Some(day("2026-01-01"));
        unit.successor = Some(if unit.code == "team" { "bureau" } else { "team" }.to_owned());
    }
    assert_eq!(district.whose(), "nobody of -: UnknownUnit");
}

#[test]
fn the_report_line_climbs_the_heads_up_to_the_top() {
    let district = District::new();
    assert_eq!(district.above("Kim", "team"), ["H", "B", "M"]);
    assert_eq!(district.above("H", "team"), ["B", "M"], "nobody is above themselves");
    assert_eq!(district.above("M", "hall"), Vec::<String>::new());
}

#[test]
fn who_acts_for_a_head_that_is_away_stands_in_the_line_and_a_vacant_post_is_passed_over() {
    let mut district = District::new();
    district.away("H", "2026-11-20", "2026-12-20");
    assert_eq!(district.above("Kim", "team"), ["B", "M"], "nobody was named to act");
    district.place("Lee", "team", Post::Head, "").acting = true;
    assert_eq!(district.above("Kim", "team"), ["Lee", "B", "M"]);
    district.away.clear();
    assert_eq!(district.above("Kim", "team"), ["H", "B", "M"], "the head is back");
}

#[test]
fn who_heads_two_units_stands_in_the_line_once() {
    let mut district = District::new();
    district.end("H", "2026-11-01");
    district.place("B", "team", Post::Head, "").acting = true;
    assert_eq!(district.above("Kim", "team"), ["B", "M"]);
}

#[test]
fn the_audit_office_is_known_by_its_day() {
    let district = District::new();
    let directory = district.directory();
    assert_eq!(directory.audit_office(today()).unwrap().code, "audit");
    assert!(directory.audit_office(day("2019-12-31")).is_none());
}

#[tokio::test]
async fn the_first_administrator_stays_when_the_personnel_system_does_not_know_them() {
    use crate::testing::{TestOffice, day};
    use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, UnitRecord};
    for office in TestOffice::both().await {
        let mut records = office.records();
        let (all, from) = (records.clone(), day("2026-11-24"));
        let own = super::OWN_UNIT.to_owned();
        let unit = UnitRecord { code: own.clone(), parent: None, audits: false, ..records.units[0].clone() };
        records.units.push(unit);
        records.persons.push(PersonRecord { employee_no: "root".to_owned(), ..records.persons[0].clone() });
        records.places.push(PlaceRecord {
            employee_no: "root".to_owned(),
            unit: own,
            post: PostRecord::Staff,
            duties: Vec::new(),
            from,
            to: None,
            acting: false,
        });
        office.take_in(&records).await;
        let changes = office.take_in(&all).await;
        assert!(changes.is_empty(), "{}: {changes:?}", office.kind);
        office.days_pass(1);
        assert!(office.actor("root").await.roles().next().is_some(), "and can still sign in");
    }
}
