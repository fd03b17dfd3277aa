//! Which period a file or a row declares to belong to.

use haechi_core::period::Period;
use haechi_core::time::Day;
use regex::{Captures, Regex};

use super::file::Every;
use super::rule::Aliases;
use super::{LoadRule, Mapping, PeriodRule};
use crate::fault::Fault;
use crate::value::date::month_of_name;

/// How the period is found.
#[derive(Clone, Debug)]
pub(super) enum PeriodReading {
    /// There is none: full loads.
    None,
    /// By the ledger's year, and its month or quarter where it has such a column.
    Ledger { year: Aliases, part: Option<(Aliases, Every)> },
    /// By a column with a day.
    Day { date: Aliases, every: Every },
    /// By the file's name.
    File { pattern: Regex, every: Option<Every> },
    /// By `--period`.
    Option,
}

impl PeriodReading {
    /// The header names it reads.
    pub(super) fn aliases(&self) -> Vec<&Aliases> {
        match self {
            Self::Ledger { year, part } => std::iter::once(year).chain(part.iter().map(|(names, _)| names)).collect(),
            Self::Day { date, .. } => vec![date],
            Self::None | Self::File { .. } | Self::Option => Vec::new(),
        }
    }
}

/// The names a file pattern may give its groups.
pub(super) const GROUPS: [&str; 5] = ["year", "month", "from_month", "to_month", "quarter"];

impl Mapping {
    /// The period a file of this name declares. `option` is what the person wrote as `--period`; it wins over the name.
    /// `None` where rows declare their own period, and in full loads.
    ///
    /// # Errors
    ///
    /// `period-missing` and `period-unreadable`: the rule needs a period and neither name nor option gives one.
    pub fn file_period(&self, file_name: &str, option: Option<Period>) -> Result<Option<Period>, Fault> {
        match (&self.load, &self.period) {
            (LoadRule::Full, _) | (LoadRule::Period(PeriodRule::Columns), _) => Ok(None),
            _ if option.is_some() => Ok(option),
            (_, PeriodReading::File { pattern, every }) => {
                let base = file_name.rsplit(['/', '\\', '!']).next().unwrap_or(file_name);
                let Some(groups) = pattern.captures(base) else {
                    return Err(Fault::new(
                        "period-missing",
                        base,
                        "The file's name does not say which period it covers.",
                        format!("Rename it to fit `{pattern}`, or say the period with --period."),
                    ));
                };
                named_period(&groups, *every).map(Some).ok_or_else(|| {
                    let wanted = match every {
                        Some(Every::Month) => "one month",
                        Some(Every::Quarter) => "one quarter",
                        Some(Every::Year) => "one year",
                        None => "a year, quarter or month",
                    };
                    Fault::new(
                        "period-unreadable",
                        base,
                        format!("The file's name should declare {wanted}, and does not."),
                        "Rename the file, or say the period with --period.",
                    )
                })
            }
            _ => Err(Fault::new(
                "period-missing",
                file_name,
                "Nothing says which period the file covers.",
                "Say it with --period: 2017, 2017-Q2 or 2017-03.",
            )),
        }
    }
}

/// The period that the groups of a file pattern name.
fn named_period(groups: &Captures<'_>, every: Option<Every>) -> Option<Period> {
    let group = |name: &str| groups.name(name).map(|group| group.as_str());
    let year = year(group("year")?)?;
    let period = if let Some(quarter) = group("quarter") {
        quarter_of(year, quarter)?
    } else if let Some(from) = group("from_month") {
        let (from, to) = (month(from)?, month(group("to_month")?)?);
        Period::months(year, from, to.checked_sub(from)? + 1)?
    } else if let Some(text) = group("month") {
        Period::months(year, month(text)?, 1)?
    } else {
        Period::months(year, 1, 12)?
    };
    let fits = every.is_none_or(|every| around(period.from(), every) == Some(period));
    fits.then_some(period)
}

/// The month, quarter or year a day lies in.
pub(super) fn around(day: Day, every: Every) -> Option<Period> {
    use chrono::Datelike as _;
    match every {
        Every::Month => Period::months(day.year(), day.month(), 1),
        Every::Quarter => Period::months(day.year(), (day.month0() / 3) * 3 + 1, 3),
        Every::Year => Period::months(day.year(), 1, 12),
    }
}

/// `2017`, `2017년`; two digits are of this century.
pub(super) fn year(text: &str) -> Option<i32> {
    let digits = leading_number(text, "년")?;
    match digits.len() {
        2 => digits.parse::<i32>().ok().map(|year| 2000 + year),
        4 => digits.parse().ok(),
        _ => None,
    }
}

/// `3`, `03`, `3월`, `mar`, `March`.
pub(super) fn month(text: &str) -> Option<u32> {
    if let Some(digits) = leading_number(text, "월") {
        return digits.parse().ok().filter(|month| digits.len() <= 2 && (1..=12).contains(month));
    }
    month_of_name(text.trim().trim_end_matches('.'))
}

/// A quarter of a year: `2`, `Q2`, `2분기`.
pub(super) fn quarter_of(year: i32, text: &str) -> Option<Period> {
    let text = text.trim();
    let digits = leading_number(text.strip_prefix(['Q', 'q']).unwrap_or(text), "분기")?;
    let quarter: u32 = digits.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    Period::months(year, quarter * 3 - 2, 3)
}

/// The digits of a number that may carry `suffix`.
fn leading_number<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let text = text.trim();
    let digits = text.strip_suffix(suffix).unwrap_or(text).trim_end();
    (!digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|c| c.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pattern: &str, name: &str, every: Option<Every>) -> Option<String> {
        let pattern = Regex::new(pattern).unwrap();
        named_period(&pattern.captures(name)?, every).map(|period| period.to_string())
    }

    #[test]
    fn a_file_name_names_a_month_a_quarter_or_a_year() {
        let pattern = r"(?i)(?<from_month>[a-z]+)-(?<to_month>[a-z]+)-(?<year>\d{4})";
        assert_eq!(named(pattern, "x-Apr-jun-2014.csv", Some(Every::Quarter)).as_deref(), Some("2014-Q2"));
        assert_eq!(named(pattern, "x-apr-may-2014.csv", Some(Every::Quarter)), None);
        assert_eq!(named(pattern, "x-nov-jan-2014.csv", None), None, "which year ends it is not said");
        assert_eq!(named(r"(?<year>\d{4})(?<month>\d{2})", "201709_x", None).as_deref(), Some("2017-09"));
        assert_eq!(named(r"(?<year>\d{4})년 (?<quarter>\d)분기", "2017년 3분기", None).as_deref(), Some("2017-Q3"));
        assert_eq!(named(r"(?<year>\d{2})년", "17년 집행", None).as_deref(), Some("2017"));
    }

    #[test]
    fn months_are_numbers_or_english_names() {
        for text in ["9", "09", "9월", "sep", "Sept", "SEPTEMBER", " Sep. "] {
            assert_eq!(month(text), Some(9), "{text}");
        }
        for text in ["", "0", "13", "s", "septe", "009", "９"] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
