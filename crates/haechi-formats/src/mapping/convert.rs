//! One text of an export becomes one typed cell, or the reason why it cannot.

use std::borrow::Cow;

use haechi_core::masking;
use haechi_core::time::Day;
use haechi_core::words::Words;

use super::file::{Derivation, Other};
use super::period;
use super::rule::Reading;
use crate::cell::Cell;
use crate::dictionary::{Field, FieldType};
use crate::value::{business_number, date, head_count, number, text as texts};

/// Why a text is no value of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) code: &'static str,
    pub(super) words: Words,
}

impl Trouble {
    pub(super) fn new(code: &'static str, words: Words) -> Self {
        Self { code, words }
    }
}

/// Reads `text` for `field`. Money has `decimals` places and is counted in `unit`.
///
/// This runs once a cell of a load: plain texts are borrowed, nothing is allocated for numbers and days.
pub(super) fn cell<'r>(
    field: &Field,
    how: &'r Reading,
    text: &'r str,
    decimals: u32,
    unit: i64,
) -> Result<Cell<'r>, Trouble> {
    let trimmed = text.trim();
    if is_missing(how, trimmed) {
        return Ok(Cell::Null);
    }
    let read = match field.kind {
        FieldType::String => free_text(how, if how.trim { trimmed } else { text }),
        FieldType::Code => {
            code_text(how, if how.trim { trimmed } else { text }).map(|code| code.map_or(Cell::Null, Cell::Text))
        }
        FieldType::Integer => integer(how, trimmed),
        FieldType::Money => number::money(trimmed, decimals, how.unit.unwrap_or(unit))
            .map(Cell::Int)
            .map_err(|error| Trouble::new("amount-unreadable", error.words())),
        FieldType::Date => day(how, trimmed).map(Cell::Day),
        FieldType::Datetime => moment(how, trimmed),
        FieldType::Boolean => flag(how, trimmed),
        FieldType::BusinessNumber => business_number::business_number(trimmed)
            .map(|number| Cell::Text(Cow::Owned(number.to_string())))
            .map_err(|error| Trouble::new("business-number-unreadable", error.words())),
    };
    match read {
        Err(_) if how.null_when_unreadable => Ok(Cell::Null),
        read => read,
    }
}

/// Whether a trimmed text says that nothing is there.
pub(super) fn is_missing(how: &Reading, trimmed: &str) -> bool {
    trimmed.is_empty() || how.missing.iter().any(|missing| missing == trimmed)
}

fn free_text<'r>(how: &'r Reading, text: &'r str) -> Result<Cell<'r>, Trouble> {
    let Some(text) = code_text(how, text)? else { return Ok(Cell::Null) };
    let scrubbed = match text {
        Cow::Borrowed(text) => masking::scrub(text),
        Cow::Owned(text) => match masking::scrub(&text) {
            Cow::Owned(scrubbed) => Cow::Owned(scrubbed),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    };
    Ok(Cell::Text(scrubbed))
}

/// A text after `codes`, `squeeze` and `pad`; `None` where `codes` says that it means nothing.
fn code_text<'r>(how: &'r Reading, text: &'r str) -> Result<Option<Cow<'r, str>>, Trouble> {
    if !how.codes.is_empty() {
        if let Some(code) = how.codes.get(text.trim()) {
            return Ok(Some(Cow::Borrowed(code)));
        }
        match how.other {
            Other::Keep => {}
            Other::Null => return Ok(None),
            Other::Reject => {
                let words =
                    Words::new("매핑의 코드표에 없는 값입니다.", "The value is not in the mapping's list of codes.");
                return Err(Trouble::new("code-unknown", words));
            }
        }
    }
    let text = match how.derivation {
        Some(Derivation::Squeeze) => texts::squeeze(text),
        _ => Cow::Borrowed(text),
    };
    Ok(Some(match (how.pad, text) {
        (Some(width), Cow::Borrowed(text)) => texts::pad_code(text, width),
        (_, text) => text,
    }))
}

/// The text of an identifier as it is hashed: trimmed, and padded where a spreadsheet dropped leading zeros.
pub(super) fn identifier_text<'r>(how: &Reading, text: &'r str) -> Option<Cow<'r, str>> {
    let trimmed = text.trim();
    if is_missing(how, trimmed) {
        return None;
    }
    Some(how.pad.map_or(Cow::Borrowed(trimmed), |width| texts::pad_code(trimmed, width)))
}

fn integer<'r>(how: &Reading, text: &str) -> Result<Cell<'r>, Trouble> {
    if how.derivation == Some(Derivation::HeadCount) {
        // No count in a free text is no error: most lists of people simply do not count them.
        return Ok(head_count::head_count(text).map_or(Cell::Null, Cell::Int));
    }
    number::integer(text).map(Cell::Int).map_err(|error| Trouble::new("number-unreadable", error.words()))
}

/// A day; of a date and time only with `date_part`.
pub(super) fn day(how: &Reading, text: &str) -> Result<Day, Trouble> {
    let read = if how.derivation == Some(Derivation::DatePart) {
        date::moment(text, how.order).map(|moment| moment.date()).or_else(|_| date::day(text, how.order))
    } else {
        date::day(text, how.order)
    };
    read.or_else(
        |error| if how.excel_serial { date::excel_serial(text).map(|moment| moment.date()) } else { Err(error) },
    )
    .map_err(|error| Trouble::new("date-unreadable", error.words()))
}

fn moment<'r>(how: &Reading, text: &str) -> Result<Cell<'r>, Trouble> {
    let read = date::moment(text, how.order);
    let read = match read {
        Err(_) if how.midnight_unknown && date::day(text, how.order).is_ok() => return Ok(Cell::Null),
        Err(_) if how.excel_serial => date::excel_serial(text),
        read => read,
    };
    let moment = read.map_err(|error| Trouble::new("time-unreadable", error.words()))?;
    Ok(known_moment(how, moment))
}

fn known_moment<'r>(how: &Reading, moment: haechi_core::time::LocalTime) -> Cell<'r> {
    let is_midnight = moment.time() == chrono::NaiveTime::MIN;
    if how.midnight_unknown && is_midnight { Cell::Null } else { Cell::Moment(moment) }
}

/// A time put together of a day and a time of day.
pub(super) fn date_and_time<'r>(how: &Reading, day: &str, time: &str) -> Result<Cell<'r>, Trouble> {
    let (day, time) = (day.trim(), time.trim());
    // An empty time of day is one nobody noted down, not a row that does not fit.
    if is_missing(how, day) || is_missing(how, time) {
        return Ok(Cell::Null);
    }
    let read = date::day(day, how.order).and_then(|day| Ok(day.and_time(date::time(time)?)));
    match read {
        Ok(moment) => Ok(known_moment(how, moment)),
        Err(_) if how.null_when_unreadable => Ok(Cell::Null),
        Err(error) => Err(Trouble::new("time-unreadable", error.words())),
    }
}

/// The first day of a month.
pub(super) fn first_of_month<'r>(how: &Reading, year: &str, month: &str) -> Result<Cell<'r>, Trouble> {
    if is_missing(how, year.trim()) && is_missing(how, month.trim()) {
        return Ok(Cell::Null);
    }
    let first =
        period::year(year).zip(period::month(month)).and_then(|(year, month)| Day::from_ymd_opt(year, month, 1));
    match first {
        Some(day) => Ok(Cell::Day(day)),
        None if how.null_when_unreadable => Ok(Cell::Null),
        None => {
            let words = Words::new("연도와 월로 읽을 수 없습니다.", "It cannot be read as a year and a month.");
            Err(Trouble::new("month-unreadable", words))
        }
    }
}

fn flag<'r>(how: &Reading, text: &str) -> Result<Cell<'r>, Trouble> {
    let text = how.codes.get(text).map_or(text, String::as_str);
    let is_any = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_any(&["y", "yes", "true", "1", "o", "예", "여", "유", "t"]) {
        Ok(Cell::Flag(true))
    } else if is_any(&["n", "no", "false", "0", "x", "아니오", "아니요", "부", "무", "f"]) {
        Ok(Cell::Flag(false))
    } else {
        let words = Words::new("예·아니오로 읽을 수 없습니다.", "It cannot be read as yes or no.");
        Err(Trouble::new("flag-unreadable", words))
    }
}

/// Checks a cell against what the dictionary says must hold.
pub(super) fn check(field: &Field, cell: &Cell<'_>) -> Result<(), Trouble> {
    let constraints = &field.constraints;
    let title = &field.title;
    match cell {
        Cell::Null if constraints.required => {
            let words = Words::new(
                format!("필수 값 `{}`이(가) 비어 있습니다.", title.ko),
                format!("The value `{}` is required and missing.", title.en),
            );
            Err(Trouble::new("required-missing", words))
        }
        Cell::Text(text) => match &constraints.one_of {
            Some(allowed) if !allowed.iter().any(|value| value == text) => {
                let list = allowed.join(", ");
                let words = Words::new(
                    format!("허용된 값({list})이 아닙니다."),
                    format!("The value is none of those allowed: {list}."),
                );
                Err(Trouble::new("value-not-allowed", words))
            }
            _ => Ok(()),
        },
        Cell::Int(number) => {
            let below = constraints.minimum.filter(|least| number < least);
            let above = constraints.maximum.filter(|most| number > most);
            let words = match (below, above) {
                (Some(least), _) => {
                    Words::new(format!("{least}보다 작습니다."), format!("The value is below {least}."))
                }
                (_, Some(most)) => Words::new(format!("{most}보다 큽니다."), format!("The value is above {most}.")),
                _ => return Ok(()),
            };
            Err(Trouble::new("value-out-of-range", words))
        }
        _ => Ok(()),
    }
}

/// The cell on its own.
pub(super) fn owned(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Null => Cell::Null,
        Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
        Cell::Int(number) => Cell::Int(number),
        Cell::Day(day) => Cell::Day(day),
        Cell::Moment(moment) => Cell::Moment(moment),
        Cell::Flag(flag) => Cell::Flag(flag),
    }
}

/// The same cell, borrowing its text.
pub(super) fn borrowed<'r>(cell: &'r Cell<'static>) -> Cell<'r> {
    match cell {
        Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
        other => other.clone(),
    }
}
