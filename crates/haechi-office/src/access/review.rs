//! A month of accesses, counted: whose are unusual, and who looked them through.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, TimeDelta, Timelike as _};
use haechi_core::calendar::WorkCalendar;
use haechi_core::time::{Day, LocalTime, Moment};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::store::{self, Review};
use super::{AccessError, Look};
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, Authorized, General};
use crate::settings::Settings;

/// Views in a month from which on they are many, whatever others do.
const MANY: u32 = 30;
/// Views that are many beside what is usual among those who looked at anything.
const TIMES_USUAL: u32 = 3;

/// A month by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Month(Day);

/// Those of a century: nobody asks for others.
impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let month = Self::parse(&text).filter(|month| (2000..2100).contains(&month.0.year()));
        month.ok_or("a month is written as `2026-11`")
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl PartialSchema for Month {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^20[0-9]{2}-(0[1-9]|1[0-2])$"));
        text.description(Some("A month: `2026-11`.")).examples(["2026-11"]).into()
    }
}

impl ToSchema for Month {}

impl Month {
    /// The month of a day.
    pub(super) fn of(day: Day) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month that `text` names: `2026-11`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let day = format!("{text}-01").parse().ok()?;
        (text.len() == 7).then_some(Self(day))
    }

    /// The one after it.
    pub(super) fn next(self) -> Self {
        Self::of(self.0 + TimeDelta::days(31))
    }

    /// The one before it.
    pub(super) fn before(self) -> Self {
        Self::of(self.0 - TimeDelta::days(1))
    }

    /// Its first moment and the first after it, on the office's clock.
    pub(super) fn span(self, office: &Office) -> (Moment, Moment) {
        let start = |month: Self| office.moment(month.0.and_time(chrono::NaiveTime::MIN));
        (start(self), start(self.next()))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// What somebody looked at in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Cases opened that name somebody else.
    pub(super) views: u32,
    /// Cases whose names were shown.
    pub(super) reveals: u32,
    /// Files taken away.
    pub(super) downloads: u32,
    /// Of all these, between 21 and 7 o'clock.
    pub(super) at_night: u32,
    /// Of all these, on days off.
    pub(super) days_off: u32,
    /// Whether the views are many.
    pub(super) is_many: bool,
}

impl Counts {
    /// Whether somebody should ask.
    pub(super) const fn is_unusual(&self) -> bool {
        self.is_many || self.at_night > 0 || self.days_off > 0
    }

    fn add(&mut self, look: &str, is_night: bool, is_off: bool) {
        let count = match look {
            look if look == Look::Reveal.as_str() => &mut self.reveals,
            look if look == Look::Download.as_str() => &mut self.downloads,
            _ => &mut self.views,
        };
        *count += 1;
        self.at_night += u32::from(is_night);
        self.days_off += u32::from(is_off);
    }

    /// The order of the page: what is unusual in most ways, then what is most.
    fn rank(&self) -> (u32, u32, u32) {
        let ways = u32::from(self.is_many) + u32::from(self.at_night > 0) + u32::from(self.days_off > 0);
        (ways, self.at_night + self.days_off, self.views + self.reveals + self.downloads)
    }
}

/// Whether it is a day off; of a year that the calendar does not list, a Saturday or Sunday.
fn is_off(calendar: &WorkCalendar, at: LocalTime) -> bool {
    let weekend = at.weekday().number_from_monday() > 5;
    calendar.is_day_off(at.date()).unwrap_or(weekend)
}

fn is_night(at: LocalTime) -> bool {
    !(7..21).contains(&at.hour())
}

/// Each person's accesses of the month, the unusual ones first.
pub(super) async fn counts(
    office: &Office,
    tx: &Transaction,
    month: Month,
) -> Result<Vec<(PersonId, Counts)>, AccessError> {
    let (from, to) = month.span(office);
    let settings = Settings::read(tx).await?;
    let mut all: BTreeMap<PersonId, Counts> = BTreeMap::new();
    for (person, look, at) in store::counted(tx, from, to).await? {
        let at = office.local(at);
        all.entry(person).or_default().add(&look, is_night(at), is_off(settings.calendar(office), at));
    }
    let mut views: Vec<u32> = all.values().map(|one| one.views).collect();
    views.sort_unstable();
    let usual = views.get(views.len() / 2).copied().unwrap_or(0);
    let mut all: Vec<(PersonId, Counts)> = all.into_iter().collect();
    for (_, one) in &mut all {
        one.is_many = one.views > MANY.max(usual.saturating_mul(TIMES_USUAL));
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.1.rank()));
    Ok(all)
}

/// What was revealed or taken away in the month.
pub(super) async fn with_reason(
    office: &Office,
    tx: &Transaction,
    month: Month,
    most: u64,
) -> Result<Vec<store::Row>, AccessError> {
    let (from, to) = month.span(office);
    Ok(store::with_reason(tx, from, to, most).await?)
}

/// The months that are over since the first access and that nobody signed, the oldest first.
pub(super) async fn due(office: &Office, tx: &Transaction) -> Result<Vec<Month>, AccessError> {
    let Some(first) = store::first(tx).await? else { return Ok(Vec::new()) };
    let signed: BTreeSet<String> = store::reviews(tx).await?.into_iter().map(|row| row.month).collect();
    let (mut month, this) = (Month::of(office.local(first).date()), Month::of(office.today()));
    let mut due = Vec::new();
    while month < this {
        if !signed.contains(&month.to_string()) {
            due.push(month);
        }
        month = month.next();
    }
    Ok(due)
}

/// Signs that the month was looked through.
///
/// # Errors
///
/// A month that is not over; one that was signed.
pub(super) async fn sign(
    office: &Office,
    may: &Authorized<'_, General>,
    month: Month,
    note: &str,
) -> Result<(), AccessError> {
    if month >= Month::of(office.today()) {
        return Err(AccessError::Month);
    }
    let Some(signed_by) = may.by().id() else { return Err(AccessError::Month) };
    let tx = office.db().write(may.by().tenant()).await?;
    // Two who sign at once come one after another, and the second is told.
    tx.alone().await?;
    if store::reviews(&tx).await?.iter().any(|row| row.month == month.to_string()) {
        return Err(AccessError::Signed);
    }
    let all = counts(office, &tx, month).await?;
    let sum = |of: fn(&Counts) -> u32| all.iter().map(|(_, one)| i64::from(of(one))).sum();
    let row = Review {
        tenant: tx.tenant(),
        month: month.to_string(),
        signed_by,
        signed_at: office.now(),
        views: sum(|one| one.views),
        reveals: sum(|one| one.reveals),
        downloads: sum(|one| one.downloads),
        note: note.trim().to_owned(),
    };
    let entry = may.by().entry(Action::ReviewAccess, "access-month", &row.month);
    let entry = Entry { after: Some(audit::digest(&row)), ..entry };
    store::add_review(&tx, row).await?;
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
