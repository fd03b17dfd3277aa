//! How large the government is, which months it exports, and on which days it works.

use chrono::{Datelike as _, Days, Months, Weekday};
use haechi_core::time::Day;
use haechi_formats::calendar;

use crate::SynthError;
use crate::export::Form;

/// The month after the last one exported.
const AFTER: Day = match Day::from_ymd_opt(2026, 11, 1) {
    Some(day) => day,
    None => Day::MIN,
};

/// An invented government.
#[derive(Clone, Debug)]
pub struct City {
    pub(crate) seed: u64,
    pub(crate) residents: u64,
    /// How many months are exported; the last is October 2026.
    pub(crate) months: usize,
    workbooks: bool,
    origin: Day,
    off: Vec<bool>,
}

impl City {
    /// A city of so many residents that exports so many months, the last of which is October 2026.
    ///
    /// # Errors
    ///
    /// [`SynthError::Size`] for fewer than 5,000 or more than 2,000,000 residents, and for other than 12 to 48 months.
    pub fn new(seed: u64, residents: u64, months: usize) -> Result<Self, SynthError> {
        if !(5_000..=2_000_000).contains(&residents) {
            return Err(SynthError::Size("Residents may be from 5,000 to 2,000,000.".to_owned()));
        }
        if !(12..=48).contains(&months) {
            return Err(SynthError::Size("Months may be from 12 to 48.".to_owned()));
        }
        let calendar = calendar::shipped().map_err(|_faults| SynthError::Calendar)?;
        let origin = AFTER - Months::new(60);
        let off = origin.iter_days().take(366 * 6).map(|day| calendar.is_day_off(day).unwrap_or(is_weekend(day)));
        Ok(Self { seed, residents, months, workbooks: true, origin, off: off.collect() })
    }

    /// The same city, whose systems give text where they would give workbooks.
    #[must_use]
    pub fn without_workbooks(self) -> Self {
        Self { workbooks: false, ..self }
    }

    /// How the systems write that give workbooks.
    pub(crate) fn workbook(&self) -> Form {
        if self.workbooks { Form::Workbook } else { Form::Utf8Mark }
    }

    /// How such a system writes its largest tables. Of a large city it dumps them as text: a workbook of half a million rows takes
    /// minutes to open, so offices ask for the bulk in this form.
    pub(crate) fn bulk(&self) -> Form {
        if self.residents > 100_000 { Form::Cp949 } else { self.workbook() }
    }

    /// The first day of an exported month; months outside continue before and after.
    pub(crate) fn month(&self, at: usize) -> Day {
        AFTER - Months::new(months(self.months)) + Months::new(months(at))
    }

    /// The last day of an exported month.
    pub(crate) fn month_end(&self, at: usize) -> Day {
        self.month(at + 1) - Days::new(1)
    }

    /// The first day exported.
    pub(crate) fn first(&self) -> Day {
        self.month(0)
    }

    /// The last day exported.
    pub(crate) fn last(&self) -> Day {
        AFTER - Days::new(1)
    }

    /// A day of an exported month, counted from 1 and no later than its last.
    pub(crate) fn on(&self, at: usize, day: u64) -> Day {
        (self.month(at) + Days::new(day - 1)).min(self.month_end(at))
    }

    /// The days of a month on which people work.
    pub(crate) fn working_days(&self, at: usize) -> Vec<Day> {
        self.month(at)
            .iter_days()
            .take_while(|day| *day < self.month(at + 1))
            .filter(|day| !self.is_off(*day))
            .collect()
    }

    /// The working day of a month that stands at `nth`, counted from 0, or its last.
    pub(crate) fn working_day(&self, at: usize, nth: usize) -> Day {
        let days = self.working_days(at);
        days.get(nth).or(days.last()).copied().unwrap_or(self.month(at))
    }

    /// Whether nobody works on the day.
    pub(crate) fn is_off(&self, day: Day) -> bool {
        let at = usize::try_from((day - self.origin).num_days()).ok();
        at.and_then(|at| self.off.get(at)).copied().unwrap_or(is_weekend(day))
    }

    /// The working day so many working days after `from`.
    pub(crate) fn due(&self, from: Day, working_days: u64) -> Day {
        let mut day = from;
        for _ in 0..working_days {
            day = self.open(day + Days::new(1));
        }
        day
    }

    /// The day itself, or the next on which people work.
    pub(crate) fn open(&self, mut day: Day) -> Day {
        while self.is_off(day) {
            day = day + Days::new(1);
        }
        day
    }

    /// The day itself, or the last before on which people worked: what falls on a day off is paid earlier.
    pub(crate) fn open_before(&self, mut day: Day) -> Day {
        while self.is_off(day) {
            day = day - Days::new(1);
        }
        day
    }

    /// How many times each story is told.
    pub(crate) fn cases(&self) -> u64 {
        3 + self.residents / 200_000
    }

    /// The month a case begins in: never the first two, never one of the last five.
    pub(crate) fn case_month(&self, case: u64) -> usize {
        2 + usize::try_from(case * 3 + self.seed % 5).unwrap_or(0) % (self.months - 7)
    }
}

fn months(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
