//! What somebody asks for, and what is counted for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike as _, Months, TimeDelta};
use haechi_core::period::Period;
use haechi_core::time::{Day, Moment};
use haechi_core::words::Words;

use super::measures::{Measures, grouped};
use crate::audit;
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::Actor;
use crate::problem::Problem;
use crate::slices::cases::{self, CaseFigures};
use crate::web::Fields;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asking {
    pub(super) period: Period,
    pub(super) unit: Option<String>,
    pub(super) scenario: Option<String>,
}

impl Asking {
    /// What an address asks for; this year where it says nothing.
    pub(super) fn read(fields: &Fields, today: Day) -> Result<Self, Problem> {
        let some = |name: &str| Some(fields.text(name).to_owned()).filter(|text| !text.is_empty());
        let this_year = || today.format("%Y").to_string();
        let period = some("period").unwrap_or_else(this_year).parse::<Period>().map_err(|_| {
            let mut problem =
                Problem::invalid("statistics.period", ("기간을 읽을 수 없습니다.", "The period cannot be read."));
            problem.advice = Words::new(
                "2026, 2026-Q4, 2026-11이나 2026-01-01..2026-09-30처럼 적어 주십시오.",
                "Write 2026, 2026-Q4, 2026-11 or 2026-01-01..2026-09-30.",
            );
            problem
        })?;
        Ok(Self { period, unit: some("unit"), scenario: some("scenario") })
    }

    /// The same period a year before.
    pub(super) fn year_before(&self) -> Option<Period> {
        let before = |day: Day| day.checked_sub_months(Months::new(12));
        // The end of a February stays the end of a February.
        let last = before(self.period.to().succ_opt()?)?.pred_opt()?;
        Period::between(before(self.period.from())?, last)
    }

    /// The address of this, with `period` in its place.
    pub(super) fn href(&self, path: &str, period: &Period) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        out.append_pair("period", &period.to_string());
        for (name, value) in [("unit", &self.unit), ("scenario", &self.scenario)] {
            if let Some(value) = value {
                out.append_pair(name, value);
            }
        }
        format!("{path}?{}", out.finish())
    }

    fn takes(&self, row: &CaseFigures) -> bool {
        self.unit.as_deref().is_none_or(|unit| row.unit.as_deref() == Some(unit))
            && self.scenario.as_deref().is_none_or(|scenario| row.scenario == scenario)
    }
}

/// The first moment of a day on the wall's clock.
fn begin(office: &Office, day: Day) -> Moment {
    office.moment(day.and_time(chrono::NaiveTime::MIN))
}

/// The period from its first moment to the first after it.
pub(super) fn moments(office: &Office, period: &Period) -> (Moment, Moment) {
    (begin(office, period.from()), begin(office, period.to().succ_opt().unwrap_or(period.to())))
}

/// Of what unhandled cases are counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unhandled {
    pub(super) unit: Option<String>,
    pub(super) scenario: String,
    pub(super) year: i32,
    pub(super) state: String,
    pub(super) routed_why: String,
}

/// What was counted.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) all: Measures,
    pub(super) before: Measures,
    pub(super) units: Vec<(Option<String>, Measures)>,
    pub(super) scenarios: Vec<(String, Measures)>,
    pub(super) areas: Vec<(String, Measures)>,
    pub(super) months: Vec<(Period, Measures)>,
    /// What rules are called.
    pub(super) titles: BTreeMap<String, Words>,
    /// The next moment at which a case becomes late, and the figures others.
    changes_at: Moment,
}

impl Counted {
    /// Counts what `actor` may see of what is asked for; what was counted before is counted again once something was written.
    pub(super) async fn of(
        office: &Office,
        tx: &Transaction,
        actor: &Actor,
        asking: &Asking,
    ) -> Result<Arc<Self>, Problem> {
        let events = audit::size(tx).await?;
        let eyes = cases::eyes(tx, actor).await?;
        let key = format!("statistics {asking:?} {} {eyes}", office.today());
        if let Some(known) = office.recall(tx.tenant(), &key, events) {
            return Ok(known);
        }
        let (from, until) = moments(office, &asking.period);
        let rows = cases::figures(tx, actor, from, until).await?;
        let before = match asking.year_before() {
            Some(period) => {
                let (from, until) = moments(office, &period);
                cases::figures(tx, actor, from, until).await?
            }
            None => Vec::new(),
        };
        let counted = Arc::new(Self::from_rows(office, asking, rows, &before));
        office.keep_in_mind((tx.tenant(), key), events, counted.changes_at, counted.clone());
        Ok(counted)
    }

    /// Counts rows.
    pub(super) fn from_rows(
        office: &Office,
        asking: &Asking,
        mut rows: Vec<CaseFigures>,
        before: &[CaseFigures],
    ) -> Self {
        let now = office.now();
        rows.retain(|row| asking.takes(row));
        let month = |row: &CaseFigures| {
            let day = office.local(row.opened_at).date();
            Period::months(day.year(), day.month(), 1)
        };
        let mut months: BTreeMap<Period, Measures> = months_of(&asking.period)
            .into_iter()
            .filter(|month| month.from() <= office.today())
            .map(|month| (month, Measures::default()))
            .collect();
        months.extend(grouped(&rows, now, month).into_iter().filter_map(|(month, of)| Some((month?, of))));
        let dues = rows.iter().chain(before).filter(|row| row.state != "closed").filter_map(|row| row.due_at);
        // A case is late once its moment has passed, and not at it.
        let changes_at =
            dues.filter(|due| *due >= now).min().map_or(Moment::MAX_UTC, |due| due + TimeDelta::seconds(1));
        let titles = rows.iter().map(|row| (row.scenario.clone(), Words::new(&row.title_ko, &row.title_en))).collect();
        Self {
            all: Measures::of(&rows, now),
            before: Measures::of(before.iter().filter(|row| asking.takes(row)), now),
            units: grouped(&rows, now, |row| row.unit.clone()),
            scenarios: grouped(&rows, now, |row| row.scenario.clone()),
            areas: grouped(&rows, now, |row| row.scenario.split('.').next().unwrap_or_default().to_owned()),
            months: months.into_iter().collect(),
            titles,
            changes_at,
        }
    }
}

/// The cases that are not closed, and how many of each are late.
pub(super) async fn unhandled(
    office: &Office,
    tx: &Transaction,
    actor: &Actor,
    asking: &Asking,
) -> Result<BTreeMap<Unhandled, (u64, u64)>, sea_orm::DbErr> {
    let (from, until) = moments(office, &asking.period);
    let rows = cases::figures(tx, actor, from, until).await?;
    let mut counts: BTreeMap<Unhandled, (u64, u64)> = BTreeMap::new();
    for row in rows.iter().filter(|row| asking.takes(row) && row.state != "closed") {
        let of = Unhandled {
            unit: row.unit.clone(),
            scenario: row.scenario.clone(),
            year: office.local(row.opened_at).date().year(),
            state: row.state.clone(),
            // Why it came to its handler says nothing of why it is not handled.
            routed_why: if row.state == "unowned" { row.routed_why.clone() } else { String::new() },
        };
        let count = counts.entry(of).or_default();
        count.0 += 1;
        count.1 += u64::from(row.due_at.is_some_and(|due| due < office.now()));
    }
    Ok(counts)
}

/// The months that a period touches, at most five years of them.
fn months_of(period: &Period) -> Vec<Period> {
    let mut months = Vec::new();
    let mut first = period.from();
    while first <= period.to() && months.len() < 60 {
        let Some(month) = Period::months(first.year(), first.month(), 1) else { break };
        months.push(month);
        let Some(next) = month.to().succ_opt() else { break };
        first = next;
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(period: &str) -> Asking {
        Asking { period: period.parse().unwrap(), unit: None, scenario: None }
    }

    #[test]
    fn the_same_period_a_year_before_ends_on_the_same_day_also_in_february() {
        let before = |period: &str| asking(period).year_before().unwrap().to_string();
        assert_eq!(before("2026"), "2025");
        assert_eq!(before("2026-Q4"), "2025-Q4");
        assert_eq!(before("2028-02"), "2027-02");
        assert_eq!(before("2029-02"), "2028-02");
        assert_eq!(before("2026-01-01..2026-09-30"), "2025-01-01..2025-09-30");
    }

    #[test]
    fn a_period_has_the_months_it_touches() {
        let months = months_of(&"2025-11-15..2026-01-02".parse().unwrap());
        assert_eq!(months.iter().map(Period::to_string).collect::<Vec<_>>(), ["2025-11", "2025-12", "2026-01"]);
    }
}
