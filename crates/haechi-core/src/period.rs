//! The stretch of days an export declares to cover.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::Day;

/// Whole days from `from` to `to`, both included. Written `2017-03`, `2017-Q2`, `2017` or `2017-03-01..2017-03-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period {
    from: Day,
    to: Day,
}

/// A text that names no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period; write 2017, 2017-Q2, 2017-03 or 2017-03-01..2017-03-15")]
pub struct NotAPeriod(String);

impl Period {
    /// From `from` to `to`, both included; `None` when `to` is earlier or a year lies outside 1900 to 2999.
    pub fn between(from: Day, to: Day) -> Option<Self> {
        let plausible = |day: Day| (1900..=2999).contains(&day.year());
        (from <= to && plausible(from) && plausible(to)).then_some(Self { from, to })
    }

    /// `months` whole months from the first of `month` (1 to 12) of `year`.
    pub fn months(year: i32, month: u32, months: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
        Self::between(from, to)
    }

    /// The first day.
    pub const fn from(&self) -> Day {
        self.from
    }

    /// The last day.
    pub const fn to(&self) -> Day {
        self.to
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.from.year(), self.from.month());
        if Self::months(year, 1, 12) == Some(*self) {
            write!(f, "{year:04}")
        } else if Self::months(year, month, 1) == Some(*self) {
            write!(f, "{year:04}-{month:02}")
        } else if month % 3 == 1 && Self::months(year, month, 3) == Some(*self) {
            write!(f, "{year:04}-Q{}", month / 3 + 1)
        } else {
            write!(f, "{}..{}", self.from, self.to)
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let parsed = if let Some((from, to)) = text.split_once("..") {
            match (from.parse::<Day>(), to.parse::<Day>()) {
                (Ok(from), Ok(to)) => Self::between(from, to),
                _ => None,
            }
        } else {
            let digits =
                |part: &str| part.bytes().all(|c| c.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
            match text.split_once('-') {
                None if text.len() == 4 => digits(text).and_then(|year| Self::months(year.try_into().ok()?, 1, 12)),
                Some((year, part)) if year.len() == 4 && part.len() == 2 => digits(year).and_then(|year| {
                    let year = year.try_into().ok()?;
                    match part.strip_prefix('Q') {
                        Some(quarter) => {
                            let quarter = digits(quarter).filter(|q| (1..=4).contains(q))?;
                            Self::months(year, quarter * 3 - 2, 3)
                        }
                        None => Self::months(year, digits(part)?, 1),
                    }
                }),
                _ => None,
            }
        };
        parsed.ok_or_else(|| NotAPeriod(text.to_owned()))
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_the_short_way_and_read_back() {
        for text in ["2017", "2017-Q2", "2017-03", "2017-03-01..2017-03-15", "2016-04-01..2017-03-31"] {
            assert_eq!(text.parse::<Period>().map(|period| period.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_not_a_period_is_refused() {
        for text in
            ["", "17", "2017-13", "2017-Q5", "2017-3", "2017-03-02..2017-03-01", "0000", "+201", "2017-+1", "한글-월"]
        {
            assert!(text.parse::<Period>().is_err(), "{text} was taken");
        }
    }
}
