//! Days and times: `2024. 3. 5.`, `24.3.5`, `2024년 3월 5일 오후 2:05`, `19-Apr-17`.

use chrono::{NaiveTime, TimeDelta};
use haechi_core::time::{Day, LocalTime};
use haechi_core::words::Words;

use super::narrow;

/// In which order a column writes year, month and day. A year of four digits in front is always understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `2024.03.05.`
    #[default]
    YearFirst,
    /// `05/03/2024`
    DayFirst,
    /// `03/05/2024`
    MonthFirst,
}

/// Why a text is no day or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum DateError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// Something other than a date or time, or one in another order.
    #[error("not a date or time")]
    Unreadable,
    /// The calendar has no such day: 31 April, or a year before 1000.
    #[error("no such day")]
    NoSuchDay,
    /// A clock shows no such time: 25:00.
    #[error("no such time")]
    NoSuchTime,
    /// `24:00`: midnight of which day is for the source to say.
    #[error("24:00")]
    Hour24,
    /// A date without a time where a time is needed.
    #[error("no time")]
    NoTime,
    /// A date with a time other than midnight where only a day is kept.
    #[error("a time besides the date")]
    TimeBeside,
    /// A spreadsheet serial before 61, where the 1900 system counts a day that never was.
    #[error("ambiguous spreadsheet serial")]
    SerialAmbiguous,
}

impl DateError {
    /// The reason for the person who reads the reject.
    pub fn words(self) -> Words {
        let (ko, en) = match self {
            Self::Empty => ("값이 비어 있습니다.", "The value is empty."),
            Self::Unreadable => ("날짜나 시각으로 읽을 수 없습니다.", "It cannot be read as a date or time."),
            Self::NoSuchDay => ("달력에 없는 날짜입니다.", "The calendar has no such day."),
            Self::NoSuchTime => ("있을 수 없는 시각입니다.", "There is no such time."),
            Self::Hour24 => (
                "24:00은 어느 날의 자정인지 알 수 없습니다. 00:00으로 적어 주십시오.",
                "24:00 does not say which day's midnight it is; write 00:00 of the day meant.",
            ),
            Self::NoTime => ("날짜만 있고 시각이 없습니다.", "There is a date but no time."),
            Self::TimeBeside => (
                "날짜만 있어야 하는데 시각이 함께 있습니다.",
                "A time stands beside the date where only a day is kept.",
            ),
            Self::SerialAmbiguous => (
                "1900년 3월 1일 전의 엑셀 날짜 번호는 어느 날인지 분명하지 않습니다.",
                "Spreadsheet serials before 1 March 1900 do not say clearly which day they mean.",
            ),
        };
        Words::new(ko, en)
    }
}

/// A day.
///
/// - **Shape.** Year first: `2024.03.05.`, `2024. 3. 5.`, `2024-03-05`, `2024/3/5`, `20240305`, `24.3.5`, `2024년 3월 5일`,
///   `'24.3.5.`, then an optional weekday `(화)` and an optional midnight. Day first: `19/04/2017`, `19.4.2017`, `19-04-17`,
///   `19 Apr 2017`, `19-Apr-17`. Month first: `04/19/2017`, `Apr 19, 2017`. Full-width digits are read.
///   Years of two digits: 70 to 99 are 19xx, 00 to 69 are 20xx.
/// - **Errors.** [`DateError`]; a time other than midnight is one, so that no column loses its times unnoticed.
/// - **Source.** The forms of `domain.md` 7.5.
pub fn day(text: &str, order: DateOrder) -> Result<Day, DateError> {
    let mut at = Cursor::new(text)?;
    let day = at.date(order)?;
    match at.time_after_date()? {
        Some(time) if time != NaiveTime::MIN => Err(DateError::TimeBeside),
        _ => Ok(day),
    }
}

/// A local time: a date as [`day`] reads it, then a time as [`time`] reads it. Fractions of seconds are dropped.
///
/// # Errors
///
/// [`DateError`]; a date alone is [`DateError::NoTime`], 24:00 is [`DateError::Hour24`]. A time zone is not understood.
pub fn moment(text: &str, order: DateOrder) -> Result<LocalTime, DateError> {
    let mut at = Cursor::new(text)?;
    let day = at.date(order)?;
    at.time_after_date()?.map(|time| day.and_time(time)).ok_or(DateError::NoTime)
}

/// A time of day: `13:10`, `13:10:05`, `14시 05분`, `14시`, `오후 2:05`, `오전 12:00` (midnight), `PM 2:05`, `2:05 pm`, and
/// `1310` or `131005`. Fractions of seconds are dropped.
///
/// # Errors
///
/// [`DateError`].
pub fn time(text: &str) -> Result<NaiveTime, DateError> {
    let mut at = Cursor::new(text)?;
    let time = at.time()?;
    if at.is_at_end() { Ok(time) } else { Err(DateError::Unreadable) }
}

/// A spreadsheet's serial in the 1900 system (`45356.548611`), or in that of 1904, to the nearest second.
///
/// The first takes 1900 for a leap year; serials before 61 (1 March 1900) are refused for it.
///
/// # Errors
///
/// [`DateError`]: not a plain decimal number, before 61, or after the year 9999.
pub fn excel_serial(text: &str, from_1904: bool) -> Result<LocalTime, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let (days, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(days) || !is_number(part) {
        return Err(DateError::Unreadable);
    }
    let days: i64 = days.parse().map_err(|_| DateError::NoSuchDay)?;
    let days = if from_1904 { days.saturating_add(1_462) } else { days };
    if days < 61 {
        return Err(DateError::SerialAmbiguous);
    }
    if days > 2_958_465 {
        return Err(DateError::NoSuchDay);
    }
    let (mut parts, mut whole) = (0_i64, 1_i64);
    for digit in part.bytes().take(12) {
        parts = parts * 10 + i64::from(digit - b'0');
        whole *= 10;
    }
    let seconds = (parts * 86_400 + whole / 2) / whole;
    Day::from_ymd_opt(1899, 12, 30)
        .and_then(|start| {
            start.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(days * 86_400 + seconds))
        })
        .ok_or(DateError::NoSuchDay)
}

/// The month an English name means: the whole name, its first three letters, or `sept`; capitals do not matter.
pub(crate) fn month_of_name(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let fits = |month: &str| month == name || month[..3] == name || (name == "sept" && month == "september");
    NAMES.iter().position(|month| fits(month)).and_then(|at| u32::try_from(at + 1).ok())
}

/// What is left of a text.
struct Cursor<'a> {
    rest: &'a str,
    /// The date was written without marks and its time may follow at once.
    compact: bool,
}

/// A run of digits: its value, and how many there were.
#[derive(Clone, Copy)]
struct Run {
    value: u64,
    digits: u32,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Result<Self, DateError> {
        let text = text.trim();
        if text.is_empty() { Err(DateError::Empty) } else { Ok(Self { rest: text, compact: false }) }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next().map(narrow)
    }

    fn advance(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.advance();
        }
        found
    }

    fn skip_space(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let skipped = rest.len() < self.rest.len();
        self.rest = rest;
        skipped
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.rest.is_empty()
    }

    /// A run of 1 to 14 digits.
    fn run(&mut self) -> Result<Run, DateError> {
        let mut run = Run { value: 0, digits: 0 };
        while let Some(c @ '0'..='9') = self.peek() {
            if run.digits == 14 {
                return Err(DateError::Unreadable);
            }
            run.value = run.value * 10 + u64::from(c as u32 - '0' as u32);
            run.digits += 1;
            self.advance();
        }
        if run.digits == 0 { Err(DateError::Unreadable) } else { Ok(run) }
    }

    /// A run of one or two digits.
    fn two(&mut self) -> Result<u32, DateError> {
        let run = self.run()?;
        if run.digits <= 2 {
            u32::try_from(run.value).map_err(|_| DateError::Unreadable)
        } else {
            Err(DateError::Unreadable)
        }
    }

    fn date(&mut self, order: DateOrder) -> Result<Day, DateError> {
        if matches!(self.peek(), Some('\'' | '’' | '‘')) {
            self.advance();
        }
        if let Some(month) = self.month_name() {
            if order != DateOrder::MonthFirst {
                return Err(DateError::Unreadable);
            }
            self.skip_marks();
            let day = self.two()?;
            self.skip_marks();
            let year = self.run()?;
            return made(year, month, day);
        }
        let start = self.rest;
        let first = self.run()?;
        if matches!(first.digits, 12 | 14) {
            // `20240305131005`: the digits after the eighth are the time.
            self.compact = true;
            self.rest = start.char_indices().nth(8).map_or("", |(at, _)| &start[at..]);
        }
        match (first.digits, order) {
            (4, _) | (2, DateOrder::YearFirst) => self.year_first(first),
            (8, DateOrder::YearFirst) => made_compact(first.value),
            (12 | 14, DateOrder::YearFirst) => made_compact(first.value / 10_u64.pow(first.digits - 8)),
            (1 | 2, DateOrder::DayFirst | DateOrder::MonthFirst) => self.year_last(first, order),
            _ => Err(DateError::Unreadable),
        }
    }

    fn year_first(&mut self, year: Run) -> Result<Day, DateError> {
        self.skip_space();
        let mark = self.peek().filter(|c| matches!(c, '.' | '-' | '/' | '년')).ok_or(DateError::Unreadable)?;
        self.advance();
        self.skip_space();
        let month = self.two()?;
        self.skip_space();
        if !self.eat(if mark == '년' { '월' } else { mark }) {
            return Err(DateError::Unreadable);
        }
        self.skip_space();
        let day = self.two()?;
        if mark == '년' {
            self.skip_space();
            self.eat('일');
        } else if mark == '.' {
            self.eat('.');
        }
        made(year, month, day)
    }

    fn year_last(&mut self, first: Run, order: DateOrder) -> Result<Day, DateError> {
        let first = u32::try_from(first.value).map_err(|_| DateError::Unreadable)?;
        let spaced = self.skip_space();
        let mark = self.peek().filter(|c| matches!(c, '.' | '-' | '/'));
        if mark.is_some() {
            self.advance();
            self.skip_space();
        } else if !spaced {
            return Err(DateError::Unreadable);
        }
        let (month, day) = match (self.month_name(), order) {
            (Some(month), DateOrder::DayFirst) => (month, first),
            (None, DateOrder::DayFirst) if mark.is_some() => (self.two()?, first),
            (None, DateOrder::MonthFirst) if mark.is_some() => (first, self.two()?),
            _ => return Err(DateError::Unreadable),
        };
        let spaced = self.skip_space();
        match mark {
            Some(mark) if self.eat(mark) => {}
            None if spaced => {}
            _ => return Err(DateError::Unreadable),
        }
        self.skip_space();
        made(self.run()?, month, day)
    }

    fn skip_marks(&mut self) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    }

    /// An English month name, whole or short.
    fn month_name(&mut self) -> Option<u32> {
        let len = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let month = month_of_name(&self.rest[..len])?;
        self.rest = &self.rest[len..];
        Some(month)
    }

    /// `(화)`, `(화요일)`, `화요일`; which one is not compared with the date.
    fn skip_weekday(&mut self) {
        self.skip_space();
        let start = self.rest;
        let bracketed = self.eat('(');
        self.skip_space();
        let named = matches!(self.peek(), Some('월' | '화' | '수' | '목' | '금' | '토' | '일'));
        if named {
            self.advance();
            let long = self.rest.starts_with("요일");
            if long {
                self.rest = &self.rest["요일".len()..];
            }
            self.skip_space();
            if if bracketed { self.eat(')') } else { long } {
                return;
            }
        }
        self.rest = start;
    }

    /// The time that follows a date, if one does; nothing may follow it.
    fn time_after_date(&mut self) -> Result<Option<NaiveTime>, DateError> {
        let before = self.rest.len();
        self.skip_weekday();
        if self.is_at_end() {
            return Ok(None);
        }
        let mut apart = self.rest.len() < before || self.compact;
        if matches!(self.peek(), Some('T' | 't')) {
            self.advance();
            apart = true;
        }
        if !apart {
            return Err(DateError::Unreadable);
        }
        let time = self.time()?;
        if self.is_at_end() { Ok(Some(time)) } else { Err(DateError::Unreadable) }
    }

    /// `Some(true)` for the afternoon.
    fn half_of_day(&mut self) -> Option<bool> {
        for (word, afternoon) in
            [("오전", false), ("오후", true), ("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)]
        {
            if self.rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
                self.rest = &self.rest[word.len()..];
                return Some(afternoon);
            }
        }
        None
    }

    fn time(&mut self) -> Result<NaiveTime, DateError> {
        let mut half = self.half_of_day();
        self.skip_space();
        let run = self.run()?;
        let number = |value: u64| u32::try_from(value).map_err(|_| DateError::Unreadable);
        let (hour, mut minute, mut second) = match run.digits {
            4 if half.is_none() => (number(run.value / 100)?, number(run.value % 100)?, 0),
            6 if half.is_none() => {
                (number(run.value / 10_000)?, number(run.value / 100 % 100)?, number(run.value % 100)?)
            }
            1 | 2 => (number(run.value)?, 0, 0),
            _ => return Err(DateError::Unreadable),
        };
        if run.digits <= 2 {
            if self.eat(':') {
                minute = self.two()?;
                if self.eat(':') {
                    second = self.two()?;
                }
            } else {
                self.skip_space();
                let named = self.eat('시');
                if !named && half.is_none() {
                    half = self.half_of_day();
                    if half.is_none() {
                        return Err(DateError::Unreadable);
                    }
                } else if !named {
                    return Err(DateError::Unreadable);
                }
                self.skip_space();
                if named && self.peek().is_some_and(|c| c.is_ascii_digit()) {
                    minute = self.two()?;
                    self.skip_space();
                    if !self.eat('분') {
                        return Err(DateError::Unreadable);
                    }
                    self.skip_space();
                    if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                        second = self.two()?;
                        self.skip_space();
                        if !self.eat('초') {
                            return Err(DateError::Unreadable);
                        }
                    }
                }
            }
            if self.peek() == Some('.') {
                self.advance();
                self.run()?;
            }
        }
        if half.is_none() {
            self.skip_space();
            half = self.half_of_day();
        }
        clock(hour, minute, second, half)
    }
}

fn clock(hour: u32, minute: u32, second: u32, half: Option<bool>) -> Result<NaiveTime, DateError> {
    let hour = match half {
        None if hour == 24 => return Err(DateError::Hour24),
        None => hour,
        Some(false) if hour <= 12 => hour % 12,
        Some(true) if hour <= 12 => hour % 12 + 12,
        // `오후 14:05` says the same thing twice.
        Some(true) if hour < 24 => hour,
        Some(_) => return Err(DateError::NoSuchTime),
    };
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(DateError::NoSuchTime)
}

fn made(year: Run, month: u32, day: u32) -> Result<Day, DateError> {
    let value = i32::try_from(year.value).map_err(|_| DateError::Unreadable)?;
    let year = match (year.digits, value) {
        (2, 70..) => 1900 + value,
        (2, _) => 2000 + value,
        (4, 1000..) => value,
        (4, _) => return Err(DateError::NoSuchDay),
        _ => return Err(DateError::Unreadable),
    };
    Day::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

/// `20240305`
fn made_compact(value: u64) -> Result<Day, DateError> {
    let part = |value: u64| u32::try_from(value).map_err(|_| DateError::Unreadable);
    made(Run { value: value / 10_000, digits: 4 }, part(value / 100 % 100)?, part(value % 100)?)
}

#[cfg(test)]
mod tests;
