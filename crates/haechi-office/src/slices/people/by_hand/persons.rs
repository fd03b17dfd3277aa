//! The verbs of persons, their places and their absences.

use std::collections::BTreeSet;

use haechi_core::time::{Day, Days};

use super::super::directory::Post;
use super::super::store::{absence, appointment, duties_text, person, person_row, person_rows};
use super::{ByHandError, Change, code, name, store};
use crate::audit;
use crate::ids::{AbsenceId, AppointmentId, PersonId};
use crate::office::Office;
use crate::policy::{Authorized, General};

/// What is said of a person; mail and mobile may be empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    /// Their name.
    pub(super) name: &'a str,
    /// Their address for mail at work.
    pub(super) mail: &'a str,
    /// Their number for messages at work.
    pub(super) mobile: &'a str,
}

impl Said<'_> {
    /// Name, mail and mobile as they are kept.
    fn fit(&self) -> Result<(String, Option<String>, Option<String>), ByHandError> {
        let name = name(self.name, "name")?.to_owned();
        let mail = match self.mail.trim() {
            "" => None,
            mail => Some(mail.parse::<lettre::Address>().map_err(|_| ByHandError::Unfit("mail"))?.to_string()),
        };
        let mobile = match self.mobile.trim() {
            "" => None,
            mobile => {
                let digits = mobile.chars().filter(char::is_ascii_digit).count();
                let is_number = mobile.chars().all(|one| one.is_ascii_digit() || "+- ".contains(one));
                if !is_number || !(7..=15).contains(&digits) {
                    return Err(ByHandError::Unfit("mobile"));
                }
                Some(mobile.to_owned())
            }
        };
        Ok((name, mail, mobile))
    }
}

fn digest(row: &person::Model) -> String {
    audit::digest(&(row.id, &row.employee_no, &row.name, &row.mail, &row.mobile, row.left_on))
}

/// Adds somebody who is in no register.
///
/// # Errors
///
/// A number that somebody has; a name, mail or mobile that does not fit.
pub(super) async fn add(
    office: &Office,
    may: &Authorized<'_, General>,
    number: &str,
    said: Said<'_>,
) -> Result<PersonId, ByHandError> {
    let number = code(number, "employee_no")?;
    let (name, mail, mobile) = said.fit()?;
    let change = Change::begin(office, may).await?;
    if person_rows(&change.tx).await?.iter().any(|row| row.employee_no == number) {
        return Err(ByHandError::There("employee_no"));
    }
    let id = PersonId::new();
    let row = person::Model {
        tenant: change.tx.tenant(),
        id,
        employee_no: number.to_owned(),
        name,
        addresses_by_hand: mail.is_some() || mobile.is_some(),
        mail,
        mobile,
        left_on: None,
        by_hand: true,
        destroyed_on: None,
    };
    let after = digest(&row);
    store::add_person(&change.tx, row).await?;
    change.done("person.add", "person", id, [None, Some(after)]).await?;
    Ok(id)
}

/// Changes somebody's name, mail and mobile. Who had left and is changed stays gone.
///
/// # Errors
///
/// Nobody; a name, mail or mobile that does not fit.
pub(super) async fn change(
    office: &Office,
    may: &Authorized<'_, General>,
    id: PersonId,
    said: Said<'_>,
) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let row = person_row(&change.tx, id).await?.ok_or(ByHandError::Gone)?;
    let (name, mail, mobile) = said.fit()?;
    let before = digest(&row);
    let is_other = row.mail != mail || row.mobile != mobile;
    let addresses_by_hand = row.addresses_by_hand || is_other;
    let next = person::Model { name, mail, mobile, addresses_by_hand, ..row };
    let after = digest(&next);
    store::save_person(&change.tx, next).await?;
    change.done("person.change", "person", id, [Some(before), Some(after)]).await
}

/// Lets somebody leave: from `from` on they are not here, and their places end. Without a day they are here again, without a place.
///
/// # Errors
///
/// Nobody; oneself; a day that has passed.
pub(super) async fn leave(
    office: &Office,
    may: &Authorized<'_, General>,
    id: PersonId,
    from: Option<Day>,
) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let row = person_row(&change.tx, id).await?.ok_or(ByHandError::Gone)?;
    if may.by().is(Some(id)) {
        return Err(ByHandError::Oneself);
    }
    let before = digest(&row);
    if let Some(from) = from {
        change.not_past(from, "from")?;
        for place in store::places_of(&change.tx, id).await? {
            if place.last_day.is_none_or(|last| last >= from) {
                store::end_place(&change.tx, place.id, from - Days::new(1)).await?;
            }
        }
    }
    let next = person::Model { left_on: from.map(|from| from - Days::new(1)), ..row };
    let after = digest(&next);
    store::save_person(&change.tx, next).await?;
    change.done("person.leave", "person", id, [Some(before), Some(after)]).await
}

/// What somebody is to be in a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The unit's code.
    pub(super) unit: &'a str,
    /// As what: the word of a [`Post`].
    pub(super) post: &'a str,
    /// Duties, with commas or gaps between.
    pub(super) duties: &'a str,
    /// Whether they act for somebody.
    pub(super) acting: bool,
    /// The first day.
    pub(super) from: Day,
    /// The last day, where it is known.
    pub(super) to: Option<Day>,
}

/// Gives somebody a place.
///
/// # Errors
///
/// Nobody, or somebody who has left by then; a unit that is not there; days that do not fit; a place they have already.
pub(super) async fn give(
    office: &Office,
    may: &Authorized<'_, General>,
    id: PersonId,
    place: Place<'_>,
) -> Result<AppointmentId, ByHandError> {
    let change = Change::begin(office, may).await?;
    let row = person_row(&change.tx, id).await?.ok_or(ByHandError::Gone)?;
    change.not_past(place.from, "from")?;
    if place.to.is_some_and(|to| to < place.from) {
        return Err(ByHandError::Reversed("to"));
    }
    if row.left_on.is_some_and(|last| last < place.from) {
        return Err(ByHandError::Left);
    }
    change.unit(place.unit, place.from, "unit")?;
    let post = Post::parse(place.post);
    if post.as_str() != place.post {
        return Err(ByHandError::Unfit("post"));
    }
    let duties: BTreeSet<String> = place
        .duties
        .split(|one: char| one == ',' || one.is_whitespace())
        .filter(|duty| !duty.is_empty())
        .map(str::to_owned)
        .collect();
    let is_duty =
        |duty: &String| duty.len() <= 40 && duty.chars().all(|one| one.is_ascii_alphanumeric() || "_-".contains(one));
    if duties.len() > 20 || !duties.iter().all(is_duty) {
        return Err(ByHandError::Unfit("duties"));
    }
    let next = appointment::Model {
        tenant: change.tx.tenant(),
        id: AppointmentId::new(),
        person: id,
        unit: place.unit.to_owned(),
        post: post.as_str().to_owned(),
        duties: duties_text(&duties),
        first_day: place.from,
        last_day: place.to,
        acting: place.acting,
        by_hand: true,
    };
    let overlaps = |one: &appointment::Model| {
        one.last_day.is_none_or(|last| last >= next.first_day) && next.last_day.is_none_or(|last| last >= one.first_day)
    };
    let is_same = |one: &appointment::Model| {
        (&one.unit, &one.post, &one.duties, one.acting) == (&next.unit, &next.post, &next.duties, next.acting)
    };
    if store::places_of(&change.tx, id).await?.iter().any(|one| is_same(one) && overlaps(one)) {
        return Err(ByHandError::There("unit"));
    }
    let (made, after) = (next.id, digest_of(&next));
    store::add_place(&change.tx, next).await?;
    change.done("place.give", "place", made, [None, Some(after)]).await?;
    Ok(made)
}

fn digest_of(row: &appointment::Model) -> String {
    audit::digest(&(row.id, row.person, &row.unit, &row.post, &row.duties, row.first_day, row.last_day, row.acting))
}

/// Ends a place: from `from` on it is no more.
///
/// # Errors
///
/// One that is not there or is over; a day that has passed, or before its first.
pub(super) async fn end(
    office: &Office,
    may: &Authorized<'_, General>,
    id: AppointmentId,
    from: Day,
) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let row = store::place(&change.tx, id).await?;
    let row = row.filter(|row| row.last_day.is_none_or(|last| last >= change.today)).ok_or(ByHandError::Gone)?;
    change.not_past(from, "from")?;
    // One that was to begin later never does.
    let last = from - Days::new(1);
    let next = appointment::Model { last_day: Some(last), ..row.clone() };
    store::end_place(&change.tx, id, last).await?;
    change.done("place.end", "place", id, [Some(digest_of(&row)), Some(digest_of(&next))]).await
}

/// Notes days on which somebody is not there.
///
/// # Errors
///
/// Nobody; days that have passed or are the wrong way round.
pub(super) async fn away(
    office: &Office,
    may: &Authorized<'_, General>,
    person: PersonId,
    (from, to): (Day, Day),
) -> Result<AbsenceId, ByHandError> {
    let change = Change::begin(office, may).await?;
    person_row(&change.tx, person).await?.ok_or(ByHandError::Gone)?;
    if to < from {
        return Err(ByHandError::Reversed("to"));
    }
    // Who has been away for days is away today: the days before today stay as they were counted.
    change.not_past(to, "to")?;
    let row = absence::Model {
        tenant: change.tx.tenant(),
        id: AbsenceId::new(),
        person,
        first_day: from.max(change.today),
        last_day: to,
        by_hand: true,
    };
    let (id, after) = (row.id, audit::digest(&(person, row.first_day, row.last_day)));
    store::add_absence(&change.tx, row).await?;
    change.done("absence.enter", "absence", id, [None, Some(after)]).await?;
    Ok(id)
}

/// Takes an absence away that is not over.
///
/// # Errors
///
/// One that is not there or is over.
pub(super) async fn back(office: &Office, may: &Authorized<'_, General>, id: AbsenceId) -> Result<(), ByHandError> {
    let change = Change::begin(office, may).await?;
    let row = store::absence(&change.tx, id).await?;
    let row = row.filter(|row| row.last_day >= change.today).ok_or(ByHandError::Gone)?;
    let before = audit::digest(&(row.person, row.first_day, row.last_day));
    store::remove_absence(&change.tx, id).await?;
    if row.first_day < change.today {
        // The days that have passed stay as they were.
        let passed = absence::Model { id: AbsenceId::new(), last_day: change.today - Days::new(1), ..row };
        store::add_absence(&change.tx, passed).await?;
    }
    change.done("absence.remove", "absence", id, [Some(before), None]).await
}
