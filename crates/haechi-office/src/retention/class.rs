//! The classes of what is kept, and what of each has fallen due.

use haechi_core::time::{Day, Days, Moment};

use super::Held;
use super::period::Period;
use crate::db::Transaction;
use crate::office::Office;
use crate::slices::{cases, people};
use crate::{access, outbox};

/// A class of records that live equally long.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schema(as = RetentionClass)]
pub(crate) enum Class {
    /// Closed cases, from the day they were closed.
    Cases,
    /// Messages, from the day they were sent.
    Messages,
    /// The access log of personal data, from the day of the access.
    Access,
    /// Persons who left, from their last day.
    Persons,
}

/// Years for which the access log of personal data is kept at least: that of systems with much or sensitive data (`domain.md` 7.10), and
/// nobody sets less.
const ACCESS_YEARS: u32 = 2;
/// Years a period has at most.
pub(super) const MOST_YEARS: u32 = 100;

/// What of a class is meant: up to when, today, and what is held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach<'a> {
    /// The last day.
    pub(crate) until: Day,
    /// The first moment after it.
    pub(crate) before: Moment,
    /// Today.
    pub(crate) today: Day,
    /// What is held.
    pub(crate) held: &'a Held,
}

impl<'a> Reach<'a> {
    /// Records up to the end of `until`.
    pub(crate) fn new(office: &Office, until: Day, held: &'a Held) -> Self {
        let after = until + Days::new(1);
        Self { until, before: office.moment(after.and_time(chrono::NaiveTime::MIN)), today: office.today(), held }
    }
}

/// What of a class has fallen due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due<T> {
    /// Records, those held among them.
    pub(crate) count: u64,
    /// Of them held.
    pub(crate) held: u64,
    /// Since when the oldest of them is there.
    pub(crate) oldest: Option<T>,
}

impl Due<Moment> {
    fn days(self, office: &Office) -> Due<Day> {
        Due { count: self.count, held: self.held, oldest: self.oldest.map(|at| office.local(at).date()) }
    }
}

impl Class {
    /// Every class.
    pub(crate) const ALL: [Self; 4] = [Self::Cases, Self::Messages, Self::Access, Self::Persons];

    /// The word in the database, the API and the words (`retention-cases`).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Messages => "messages",
            Self::Access => "access",
            Self::Persons => "persons",
        }
    }

    /// The class whose word `text` is.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }

    /// The fewest years for which it may be kept.
    pub(crate) const fn least(self) -> u32 {
        match self {
            Self::Access => ACCESS_YEARS,
            Self::Cases | Self::Messages | Self::Persons => 1,
        }
    }

    /// What the log calls one of its records.
    pub(super) const fn record(self) -> &'static str {
        match self {
            Self::Cases => "case",
            Self::Messages => "message",
            Self::Access => "access",
            Self::Persons => "person",
        }
    }

    /// What the log calls it when one of them goes.
    pub(super) const fn event(self) -> &'static str {
        match self {
            Self::Cases => "case.destroy",
            Self::Messages => "message.destroy",
            Self::Access => "access.destroy",
            Self::Persons => "person.destroy",
        }
    }

    /// What has fallen due.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn due(
        self,
        office: &Office,
        tx: &Transaction,
        reach: &Reach<'_>,
    ) -> Result<Due<Day>, sea_orm::DbErr> {
        Ok(match self {
            Self::Cases => cases::destroy::due(tx, reach).await?.days(office),
            Self::Messages => outbox::destroy::due(tx, reach).await?.days(office),
            Self::Access => access::destroy::due(tx, reach).await?.days(office),
            Self::Persons => people::destroy::due(tx, reach).await?,
        })
    }
}

/// How a class stands.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Which.
    pub(crate) class: Class,
    /// The period that holds today; none where nobody has set one.
    pub(crate) period: Option<Period>,
    /// One that was approved and holds from a later day on.
    pub(crate) next: Option<Period>,
    /// The last day up to which records have fallen due, and what they are; none where there is no period.
    pub(crate) due: Option<(Day, Due<Day>)>,
}
