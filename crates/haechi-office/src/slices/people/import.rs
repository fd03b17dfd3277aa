//! What a personnel system says, taken in: first what would change, then all of it in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::time::{Day, Days};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, DbErr};

use super::directory::Post;
use super::store::{self, absence, appointment, person, unit};
use crate::db::Transaction;
use crate::ids::{AbsenceId, AppointmentId, PersonId};

/// Rows a statement writes.
const AT_ONCE: usize = 200;

/// The installation's own unit: who has a place in it was put there when the government was founded, and is in no personnel system.
pub const OWN_UNIT: &str = "administration";

/// Something in the records that does not hold together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordsFault {
    /// Of another format.
    #[error("the records have format {0}; this office reads {expected}", expected = haechi_core::records::FORMAT)]
    Format(u32),
    /// Of another government.
    #[error("the records are of government {0}, this office is {1}")]
    Government(String, String),
    /// A place of nobody.
    #[error("a place names employee {0}, who is not among the persons")]
    NoPerson(String),
    /// A place, parent or successor that is no unit.
    #[error("{what} names unit {unit}, which is not among the units")]
    NoUnit {
        /// What names it.
        what: String,
        /// The unit.
        unit: String,
    },
    /// Two of one name.
    #[error("{0} is there twice")]
    Twice(String),
    /// Units that stand above themselves.
    #[error("unit {0} stands above itself")]
    Circle(String),
    /// Nothing at all, which would end everybody's place.
    #[error("the records hold no {0}: nothing was changed, since everybody would be gone")]
    Empty(&'static str),
}

/// What an import would change, in names people know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Units that come: code and name.
    pub new_units: Vec<String>,
    /// Units whose name or place in the tree changes.
    pub changed_units: Vec<String>,
    /// Units that end.
    pub ended_units: Vec<String>,
    /// Persons that come.
    pub new_persons: Vec<String>,
    /// Persons whose name or addresses change.
    pub changed_persons: Vec<String>,
    /// Persons that leave.
    pub left: Vec<String>,
    /// Places that begin: who, where, as what.
    pub new_places: Vec<String>,
    /// Places that end.
    pub ended_places: Vec<String>,
    /// What is kept by hand, is not in the records, and stays.
    pub kept_by_hand: Vec<String>,
    /// What was kept by hand, is in the records now, and is as they say from now on.
    pub taken_over: Vec<String>,
    /// How many absences there are afterwards.
    pub absences: usize,
}

impl Changes {
    /// Whether nothing would change but absences.
    pub fn is_empty(&self) -> bool {
        let lists = [
            &self.new_units,
            &self.changed_units,
            &self.ended_units,
            &self.new_persons,
            &self.changed_persons,
            &self.left,
            &self.new_places,
            &self.ended_places,
            &self.taken_over,
        ];
        lists.iter().all(|list| list.is_empty())
    }
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) changes: Changes,
    units: Vec<unit::ActiveModel>,
    unit_updates: Vec<unit::ActiveModel>,
    /// The codes of units that end.
    ended: BTreeSet<String>,
    persons: Vec<person::ActiveModel>,
    person_updates: Vec<person::ActiveModel>,
    places: Vec<appointment::ActiveModel>,
    place_ends: Vec<(AppointmentId, Day)>,
    /// Places that were given by hand and are in the records now.
    places_taken_over: Vec<AppointmentId>,
    absences: Vec<absence::ActiveModel>,
    /// Absences entered by hand on days of which the records speak.
    absences_dropped: Vec<AbsenceId>,
}

/// Whether the records hold together.
fn check(records: &Records, government: &str) -> Result<(), RecordsFault> {
    if records.format != haechi_core::records::FORMAT {
        return Err(RecordsFault::Format(records.format));
    }
    if records.government.as_str() != government {
        return Err(RecordsFault::Government(records.government.to_string(), government.to_owned()));
    }
    if records.units.is_empty() {
        return Err(RecordsFault::Empty("units"));
    }
    if records.persons.is_empty() {
        return Err(RecordsFault::Empty("persons"));
    }
    let mut units = BTreeMap::new();
    for unit in &records.units {
        if units.insert(unit.code.as_str(), unit).is_some() {
            return Err(RecordsFault::Twice(format!("unit {}", unit.code)));
        }
    }
    let known = |what: String, code: &str| match units.contains_key(code) {
        true => Ok(()),
        false => Err(RecordsFault::NoUnit { what, unit: code.to_owned() }),
    };
    for unit in &records.units {
        for above in unit.parent.iter().chain(&unit.successor) {
            known(format!("unit {}", unit.code), above)?;
        }
        let mut at = unit;
        for _ in 0..=records.units.len() {
            match at.parent.as_deref().and_then(|parent| units.get(parent)) {
                Some(parent) if parent.code == unit.code => return Err(RecordsFault::Circle(unit.code.clone())),
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
    let mut persons = BTreeSet::new();
    for person in &records.persons {
        if !persons.insert(person.employee_no.as_str()) {
            return Err(RecordsFault::Twice(format!("employee {}", person.employee_no)));
        }
    }
    for place in &records.places {
        known(format!("the place of employee {}", place.employee_no), &place.unit)?;
    }
    let named = records
        .places
        .iter()
        .map(|place| &place.employee_no)
        .chain(records.absences.iter().map(|away| &away.employee_no));
    for number in named {
        if !persons.contains(number.as_str()) {
            return Err(RecordsFault::NoPerson(number.clone()));
        }
    }
    Ok(())
}

/// What the records would change.
pub(super) async fn plan(
    tx: &Transaction,
    records: &Records,
    government: &str,
) -> Result<Result<Plan, RecordsFault>, DbErr> {
    if let Err(fault) = check(records, government) {
        return Ok(Err(fault));
    }
    let mut plan = Plan::default();
    plan_units(tx, records, &mut plan).await?;
    let persons = plan_persons(tx, records, &mut plan).await?;
    plan_places(tx, records, &persons, &mut plan).await?;
    plan_absences(tx, records, &persons, &mut plan).await?;
    Ok(Ok(plan))
}

async fn plan_absences(
    tx: &Transaction,
    records: &Records,
    persons: &BTreeMap<&str, PersonId>,
    plan: &mut Plan,
) -> Result<(), DbErr> {
    let mut said: Vec<(PersonId, Day, Day)> = Vec::new();
    for away in &records.absences {
        let Some(person) = persons.get(away.employee_no.as_str()) else { continue };
        said.push((*person, away.from, away.to));
        plan.absences.push(absence::ActiveModel {
            tenant: Set(tx.tenant()),
            id: Set(AbsenceId::new()),
            person: Set(*person),
            first_day: Set(away.from),
            last_day: Set(away.to),
            by_hand: Set(false),
        });
    }
    let mut kept = 0;
    for row in store::absence_rows(tx).await?.into_iter().filter(|row| row.by_hand) {
        let is_said = |(who, from, to): &(PersonId, Day, Day)| {
            *who == row.person && *from <= row.last_day && row.first_day <= *to
        };
        if said.iter().any(is_said) {
            plan.absences_dropped.push(row.id);
        } else {
            kept += 1;
        }
    }
    plan.changes.absences = plan.absences.len() + kept;
    Ok(())
}

async fn plan_units(tx: &Transaction, records: &Records, plan: &mut Plan) -> Result<(), DbErr> {
    let before = records.as_of - Days::new(1);
    let mut rows = unit::Entity::find().filter(unit::Column::Tenant.eq(tx.tenant())).all(tx.on()).await?;
    rows.sort_by_key(|row| row.first_day);
    // Those that hold on the day of the records or later, by code; those that are over, to know which days are taken.
    let mut open: BTreeMap<String, Vec<unit::Model>> = BTreeMap::new();
    let mut over: BTreeMap<String, Day> = BTreeMap::new();
    for row in rows {
        match row.last_day {
            Some(last) if last < records.as_of => {
                let until = last.max(row.first_day);
                over.entry(row.code).and_modify(|day| *day = until.max(*day)).or_insert(until);
            }
            _ => open.entry(row.code.clone()).or_default().push(row),
        }
    }
    for record in &records.units {
        let said = format!("{} {}", record.code, record.name.ko);
        let rows = open.remove(&record.code).unwrap_or_default();
        if rows.iter().any(|row| row.by_hand) {
            plan.changes.taken_over.push(said.clone());
        }
        let is_new = rows.is_empty();
        let mut is_changed = false;
        // What was planned by hand for later days becomes what the records say, too; each row keeps its days.
        let starts: Vec<Day> = rows.iter().skip(1).map(|row| row.first_day).collect();
        for (at, row) in rows.into_iter().enumerate() {
            let to = starts.get(at).map_or(record.to, |next| Some(*next - Days::new(1)));
            let is_same = !is_other_tree(&row, record) && row.last_day == to && row.successor == record.successor;
            is_changed |= !is_same;
            // Another name or place in the tree holds from the day of the records on; what was, stays as it was.
            if row.first_day < records.as_of && is_other_tree(&row, record) {
                let mut ended: unit::ActiveModel = row.into();
                ended.last_day = Set(Some(before));
                plan.unit_updates.push(ended);
                plan.units.push(unit_row(tx, record, records.as_of, to));
            } else if !is_same || row.by_hand {
                plan.unit_updates.push(unit_row(tx, record, row.first_day, to));
            }
        }
        if is_new {
            // One that had ended is there again from the day of the records on.
            let is_taken = over.get(&record.code).is_some_and(|until| record.from <= *until);
            let from = if is_taken { records.as_of } else { record.from };
            plan.changes.new_units.push(said);
            plan.units.push(unit_row(tx, record, from, record.to));
        } else if is_changed {
            plan.changes.changed_units.push(said);
        }
    }
    for (code, rows) in open.into_iter().filter(|(code, _)| code != OWN_UNIT) {
        let Some(said) = rows.first().map(|row| format!("{code} {}", row.name_ko)) else { continue };
        if rows.iter().any(|row| row.by_hand) {
            plan.changes.kept_by_hand.push(said);
            continue;
        }
        plan.changes.ended_units.push(said);
        plan.ended.insert(code);
        for row in rows {
            let mut ended: unit::ActiveModel = row.into();
            ended.last_day = Set(Some(before));
            plan.unit_updates.push(ended);
        }
    }
    Ok(())
}

fn unit_row(tx: &Transaction, record: &UnitRecord, from: Day, to: Option<Day>) -> unit::ActiveModel {
    unit::ActiveModel {
        tenant: Set(tx.tenant()),
        code: Set(record.code.clone()),
        name_ko: Set(record.name.ko.clone()),
        name_en: Set(record.name.en.clone()),
        parent: Set(record.parent.clone()),
        first_day: Set(from),
        last_day: Set(to),
        successor: Set(record.successor.clone()),
        audits: Set(record.audits),
        by_hand: Set(false),
    }
}

fn is_other_tree(row: &unit::Model, record: &UnitRecord) -> bool {
    row.name_ko != record.name.ko
        || row.name_en != record.name.en
        || row.parent != record.parent
        || row.audits != record.audits
}

async fn plan_persons<'a>(
    tx: &Transaction,
    records: &'a Records,
    plan: &mut Plan,
) -> Result<BTreeMap<&'a str, PersonId>, DbErr> {
    let mut rows: BTreeMap<String, person::Model> =
        store::person_rows(tx).await?.into_iter().map(|row| (row.employee_no.clone(), row)).collect();
    // Who left when those did whose names were destroyed does not come back by a register that still has them.
    let destroyed = rows.values().filter(|row| row.destroyed_on.is_some()).filter_map(|row| row.left_on).max();
    let is_destroyed =
        |record: &PersonRecord| record.left_on.is_some_and(|last| destroyed.is_some_and(|day| last <= day));
    let mut ids = BTreeMap::new();
    for record in &records.persons {
        let said = format!("{} {}", record.employee_no, record.name);
        match rows.remove(&record.employee_no) {
            None if is_destroyed(record) => {}
            None => {
                let id = PersonId::new();
                ids.insert(record.employee_no.as_str(), id);
                plan.changes.new_persons.push(said);
                plan.persons.push(person_row(tx, record, id, None));
            }
            Some(row) => {
                ids.insert(record.employee_no.as_str(), row.id);
                if row.by_hand {
                    plan.changes.taken_over.push(said.clone());
                }
                match (row.left_on, record.left_on) {
                    (None, Some(_)) => plan.changes.left.push(said),
                    _ if !is_same_person(&row, record) => plan.changes.changed_persons.push(said),
                    _ if row.by_hand => {}
                    _ => continue,
                }
                plan.person_updates.push(person_row(tx, record, row.id, Some(&row)));
            }
        }
    }
    let own: BTreeSet<PersonId> = store::appointment_rows(tx)
        .await?
        .into_iter()
        .filter(|place| place.unit == OWN_UNIT && place.last_day.is_none())
        .map(|place| place.person)
        .collect();
    for (_, row) in rows {
        if row.left_on.is_some() || own.contains(&row.id) {
            continue;
        }
        if row.by_hand {
            plan.changes.kept_by_hand.push(format!("{} {}", row.employee_no, row.name));
            continue;
        }
        plan.changes.left.push(format!("{} {}", row.employee_no, row.name));
        let mut left: person::ActiveModel = row.into();
        left.left_on = Set(Some(records.as_of - Days::new(1)));
        plan.person_updates.push(left);
    }
    Ok(ids)
}

/// Mail and mobile as the records have them; where they say nothing, what was entered by hand, and whether some of it was.
fn addresses(record: &PersonRecord, row: Option<&person::Model>) -> (Option<String>, Option<String>, bool) {
    let entered = row.filter(|row| row.addresses_by_hand);
    let kept = |said: &Option<String>, own: fn(&person::Model) -> &Option<String>| {
        said.clone().or_else(|| entered.and_then(|row| own(row).clone()))
    };
    let (mail, mobile) = (kept(&record.mail, |row| &row.mail), kept(&record.mobile, |row| &row.mobile));
    let is_kept = mail != record.mail || mobile != record.mobile;
    (mail, mobile, is_kept)
}

fn is_same_person(row: &person::Model, record: &PersonRecord) -> bool {
    let (mail, mobile, _) = addresses(record, Some(row));
    row.name == record.name && row.mail == mail && row.mobile == mobile && row.left_on == record.left_on
}

fn person_row(
    tx: &Transaction,
    record: &PersonRecord,
    id: PersonId,
    before: Option<&person::Model>,
) -> person::ActiveModel {
    let (mail, mobile, is_kept) = addresses(record, before);
    person::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        employee_no: Set(record.employee_no.clone()),
        name: Set(record.name.clone()),
        mail: Set(mail),
        mobile: Set(mobile),
        left_on: Set(record.left_on),
        by_hand: Set(false),
        addresses_by_hand: Set(is_kept),
        destroyed_on: Set(None),
    }
}

async fn plan_places(
    tx: &Transaction,
    records: &Records,
    persons: &BTreeMap<&str, PersonId>,
    plan: &mut Plan,
) -> Result<(), DbErr> {
    let numbers: BTreeMap<PersonId, &str> = persons.iter().map(|(number, id)| (*id, *number)).collect();
    let mut open: BTreeMap<Place, Vec<appointment::Model>> = BTreeMap::new();
    let mut over: BTreeMap<Place, Day> = BTreeMap::new();
    for row in store::appointment_rows(tx).await? {
        let key = (row.person, row.unit.clone(), row.post.clone(), row.duties.clone(), row.acting);
        match row.last_day {
            Some(last) if last < records.as_of => {
                over.entry(key).and_modify(|day| *day = last.max(*day)).or_insert(last);
            }
            _ => open.entry(key).or_default().push(row),
        }
    }
    let mut named = BTreeSet::new();
    for record in &records.places {
        let Some(person) = persons.get(record.employee_no.as_str()) else { continue };
        let key = place(record, *person);
        let said = format!("{} {} {}", record.employee_no, record.unit, key.2);
        named.insert((*person, record.unit.as_str()));
        let found = open.get_mut(&key).and_then(Vec::pop);
        if let Some(row) = found.as_ref().filter(|row| row.by_hand) {
            plan.changes.taken_over.push(said.clone());
            plan.places_taken_over.push(row.id);
        }
        match found {
            Some(row) if row.last_day == record.to => {}
            Some(row) => match record.to {
                Some(last) => {
                    plan.changes.ended_places.push(said);
                    plan.place_ends.push((row.id, last));
                }
                // It was to end; by the records it does not.
                None => plan.places.push(place_row(
                    tx,
                    record,
                    &key,
                    row.last_day.map_or(record.from, |last| record.from.max(last + Days::new(1))),
                )),
            },
            None if record.to.is_some_and(|last| last < records.as_of) => {}
            None => {
                // One that had ended is held again from the day of the records on.
                let is_taken = over.get(&key).is_some_and(|last| record.from <= *last);
                let from = if is_taken { records.as_of } else { record.from };
                plan.changes.new_places.push(said);
                plan.places.push(place_row(tx, record, &key, from));
            }
        }
    }
    for row in open.into_values().flatten().filter(|row| row.unit != OWN_UNIT) {
        let number = numbers.get(&row.person).copied().unwrap_or("-");
        let said = format!("{number} {} {}", row.unit, row.post);
        // What was given by hand stays, unless the records say what that person is in that unit, or its unit ends.
        if row.by_hand && !named.contains(&(row.person, row.unit.as_str())) && !plan.ended.contains(&row.unit) {
            plan.changes.kept_by_hand.push(said);
            continue;
        }
        plan.changes.ended_places.push(said);
        plan.place_ends.push((row.id, records.as_of - Days::new(1)));
    }
    Ok(())
}

/// What makes a place the same place.
type Place = (PersonId, String, String, String, bool);

fn place(record: &PlaceRecord, person: PersonId) -> Place {
    let post = match record.post {
        PostRecord::Head => Post::Head,
        PostRecord::Coordinator => Post::Coordinator,
        PostRecord::Staff => Post::Staff,
    };
    let duties = store::duties_text(&record.duties.iter().cloned().collect());
    (person, record.unit.clone(), post.as_str().to_owned(), duties, record.acting)
}

fn place_row(tx: &Transaction, record: &PlaceRecord, key: &Place, from: Day) -> appointment::ActiveModel {
    appointment::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(AppointmentId::new()),
        person: Set(key.0),
        unit: Set(key.1.clone()),
        post: Set(key.2.clone()),
        duties: Set(key.3.clone()),
        first_day: Set(from),
        last_day: Set(record.to),
        acting: Set(record.acting),
        by_hand: Set(false),
    }
}

/// Writes what was planned.
pub(super) async fn carry_out(tx: &Transaction, plan: Plan) -> Result<Changes, DbErr> {
    for row in plan.unit_updates {
        unit::Entity::update(row.reset_all()).exec(tx.on()).await?;
    }
    for row in plan.person_updates {
        person::Entity::update(row.reset_all()).exec(tx.on()).await?;
    }
    for rows in plan.units.chunks(AT_ONCE) {
        unit::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.on()).await?;
    }
    for rows in plan.persons.chunks(AT_ONCE) {
        person::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.on()).await?;
    }
    for (id, last) in plan.place_ends {
        appointment::Entity::update_many()
            .set(appointment::ActiveModel { last_day: Set(Some(last)), ..Default::default() })
            .filter(appointment::Column::Tenant.eq(tx.tenant()))
            .filter(appointment::Column::Id.eq(id))
            .exec(tx.on())
            .await?;
    }
    for rows in plan.places.chunks(AT_ONCE) {
        appointment::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.on()).await?;
    }
    appointment::Entity::update_many()
        .set(appointment::ActiveModel { by_hand: Set(false), ..Default::default() })
        .filter(appointment::Column::Tenant.eq(tx.tenant()))
        .filter(appointment::Column::Id.is_in(plan.places_taken_over))
        .exec(tx.on())
        .await?;
    let of_records = sea_orm::Condition::any()
        .add(absence::Column::ByHand.eq(false))
        .add(absence::Column::Id.is_in(plan.absences_dropped));
    absence::Entity::delete_many()
        .filter(absence::Column::Tenant.eq(tx.tenant()))
        .filter(of_records)
        .exec(tx.on())
        .await?;
    for rows in plan.absences.chunks(AT_ONCE) {
        absence::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.on()).await?;
    }
    store::people_changed(tx).await?;
    Ok(plan.changes)
}
