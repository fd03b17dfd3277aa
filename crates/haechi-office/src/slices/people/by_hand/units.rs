//! The verbs of units: add, change from a day on, end from a day on.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::time::{Day, Days};
use haechi_core::words::Words;

use super::super::directory::{Post, Unit};
use super::super::import::OWN_UNIT;
use super::super::store::{appointment, unit};
use super::{ByHandError, Change, code, name, store};
use crate::audit;
use crate::ids::AppointmentId;
use crate::office::Office;
use crate::policy::{Authorized, General};

/// What is said of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    /// Its Korean name.
    pub(super) ko: &'a str,
    /// Its English name; the Korean one where it is empty.
    pub(super) en: &'a str,
    /// The code of the unit above; none for the top.
    pub(super) parent: Option<&'a str>,
    /// Whether it is the audit office.
    pub(super) audits: bool,
    /// From which day on.
    pub(super) from: Day,
}

/// What becomes of the places in a unit that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Places {
    /// They end with it.
    End,
    /// Who has one goes to the unit that takes over. A head goes as one of its staff: the unit has a head of its own.
    Move,
}

impl Said<'_> {
    fn names(&self) -> Result<Words, ByHandError> {
        let ko = name(self.ko, "name_ko")?;
        let en = if self.en.trim().is_empty() { ko } else { name(self.en, "name_en")? };
        Ok(Words::new(ko, en))
    }
}

/// Adds a unit that no register names.
///
/// # Errors
///
/// A code that is taken; a day that has passed; a unit above that is not there.
pub(super) async fn add(
    office: &Office,
    may: &Authorized<'_, General>,
    of: &str,
    said: Said<'_>,
) -> Result<(), ByHandError> {
    let (of, names) = (code(of, "code")?, said.names()?);
    let change = Change::begin(office, may).await?;
    change.not_past(said.from, "from")?;
    let before = store::units(&change.tx, of).await?;
    let is_over = |row: &unit::Model| row.last_day.is_some_and(|last| last < said.from) && row.first_day < said.from;
    if of == OWN_UNIT || !before.iter().all(is_over) {
        return Err(ByHandError::There("code"));
    }
    if let Some(parent) = said.parent {
        change.unit(parent, said.from, "parent")?;
        if parent == of {
            return Err(ByHandError::Circle);
        }
    }
    let row = unit::Model {
        tenant: change.tx.tenant(),
        code: of.to_owned(),
        name_ko: names.ko,
        name_en: names.en,
        parent: said.parent.map(str::to_owned),
        first_day: said.from,
        last_day: None,
        successor: None,
        audits: said.audits,
        by_hand: true,
    };
    let after = digest(&row);
    store::add_unit(&change.tx, row).await?;
    change.done("unit.add", "unit", of, [None, Some(after)]).await
}

fn digest(row: &unit::Model) -> String {
    audit::digest(&(
        &row.code,
        &row.name_ko,
        &row.name_en,
        &row.parent,
        (row.first_day, row.last_day),
        &row.successor,
        row.audits,
    ))
}

/// Gives a unit another name or another place in the tree from a day on.
///
/// # Errors
///
/// One that is not there on that day; a day that has passed; a unit above that is not there, or stands below it.
pub(super) async fn change(
    office: &Office,
    may: &Authorized<'_, General>,
    of: &str,
    said: Said<'_>,
) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let rows = store::units(&change.tx, of).await?;
    if rows.is_empty() {
        return Err(ByHandError::Gone);
    }
    let names = said.names()?;
    change.not_past(said.from, "from")?;
    let holds = |row: &&unit::Model| row.first_day <= said.from && row.last_day.is_none_or(|last| said.from <= last);
    let row = rows.iter().find(holds).ok_or(ByHandError::Gone)?;
    if let Some(parent) = said.parent {
        change.unit(parent, said.from, "parent")?;
    }
    let next = unit::Model {
        name_ko: names.ko,
        name_en: names.en,
        parent: said.parent.map(str::to_owned),
        audits: said.audits,
        first_day: said.from,
        ..row.clone()
    };
    let mut units = super::super::store::units(&change.tx).await?;
    units.retain(|unit| unit.code != of);
    let others = rows.iter().filter(|one| one.first_day > said.from).cloned();
    units.extend(others.chain([next.clone()]).map(as_unit));
    if has_circle(&units, said.from) {
        return Err(ByHandError::Circle);
    }
    let (before, after) = (digest(row), digest(&next));
    if row.first_day == said.from {
        store::save_unit(&change.tx, next).await?;
    } else {
        let ended = unit::Model { last_day: Some(said.from - Days::new(1)), ..row.clone() };
        store::save_unit(&change.tx, ended).await?;
        store::add_unit(&change.tx, next).await?;
    }
    change.done("unit.change", "unit", of, [Some(before), Some(after)]).await
}

fn as_unit(row: unit::Model) -> Unit {
    Unit {
        code: row.code,
        name: Words::new(row.name_ko, row.name_en),
        parent: row.parent,
        from: row.first_day,
        to: row.last_day,
        successor: row.successor,
        audits: row.audits,
    }
}

/// Whether a unit stands above itself on `from` or on a later day on which the tree changes.
fn has_circle(units: &[Unit], from: Day) -> bool {
    let days: BTreeSet<Day> =
        units.iter().map(|unit| unit.from).filter(|day| *day > from).chain(std::iter::once(from)).collect();
    days.into_iter().any(|day| {
        let holds = |unit: &&Unit| unit.from <= day && unit.to.is_none_or(|to| day <= to);
        let above: BTreeMap<&str, &str> =
            units.iter().filter(holds).filter_map(|unit| Some((unit.code.as_str(), unit.parent.as_deref()?))).collect();
        above.keys().any(|code| {
            let mut at = *code;
            for _ in 0..=above.len() {
                match above.get(at) {
                    Some(next) if next == code => return true,
                    Some(next) => at = next,
                    None => return false,
                }
            }
            true
        })
    })
}

/// Ends a unit: from `from` on it is no more, and `successor` does its work. Its open cases go there with the next round of timed
/// work; without a successor they wait in the queue of what nobody answers for.
///
/// # Errors
///
/// One that is not there; a day that has passed, or before something that is planned; a successor that is not there; units below it
/// that nobody takes over.
pub(super) async fn end(
    office: &Office,
    may: &Authorized<'_, General>,
    of: &str,
    from: Day,
    successor: Option<&str>,
    places: Places,
) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let rows = store::units(&change.tx, of).await?;
    let row = rows.last().filter(|row| row.last_day.is_none_or(|last| last >= change.today));
    let row = row.filter(|row| row.code != OWN_UNIT).ok_or(ByHandError::Gone)?;
    change.not_past(from, "from")?;
    if from <= row.first_day {
        return Err(ByHandError::Planned(row.first_day));
    }
    match successor {
        Some(successor) => {
            change.unit(successor, from, "successor")?;
            if successor == of {
                return Err(ByHandError::NoUnit("successor"));
            }
        }
        None => {
            let below = change.directory.units_on(from).filter(|unit| unit.parent.as_deref() == Some(of)).count();
            if below > 0 {
                return Err(ByHandError::Below(below));
            }
        }
    }
    let ended =
        unit::Model { last_day: Some(from - Days::new(1)), successor: successor.map(str::to_owned), ..row.clone() };
    let (before, after) = (digest(row), digest(&ended));
    store::save_unit(&change.tx, ended).await?;
    for place in store::places_in(&change.tx, of, from).await? {
        // One that was to begin later never does: its last day is before its first.
        store::end_place(&change.tx, place.id, from - Days::new(1)).await?;
        if let Some(successor) = successor.filter(|_| places == Places::Move) {
            let post = if place.post == Post::Head.as_str() { Post::Staff.as_str().to_owned() } else { place.post };
            let moved = appointment::Model {
                id: AppointmentId::new(),
                unit: successor.to_owned(),
                post,
                first_day: from.max(place.first_day),
                ..place
            };
            store::add_place(&change.tx, moved).await?;
        }
    }
    change.done("unit.end", "unit", of, [Some(before), Some(after)]).await
}
