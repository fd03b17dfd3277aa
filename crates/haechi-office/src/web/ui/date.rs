use askama::Template;
use haechi_core::time::Day;

use super::Field;
use crate::web::Page;

/// A day, typed as people type it: one field of text, since a picker is slow for a day that is known and spinners are not for dates.
///
/// What comes is read by [`read_day`].
#[derive(Clone, Debug, Template)]
#[template(source = "{{ field }}", ext = "html")]
pub(crate) struct DateField {
    pub(super) field: Field,
}

impl DateField {
    /// A day under this label. Its hint shows the form by way of `example`.
    pub(crate) fn new(page: &Page, name: impl Into<String>, label: impl Into<String>, example: &Day) -> Self {
        let hint = page.what("ui-date-hint", page.day(example));
        Self { field: Field::text(name, label).hint(hint).short().exact() }
    }

    /// The day that stands in it.
    pub(crate) fn day(mut self, page: &Page, day: Option<&Day>) -> Self {
        self.field = self.field.value(day.map(|day| page.day(day)).unwrap_or_default());
        self
    }

    /// More of a hint, before the form.
    pub(crate) fn hint(mut self, hint: impl AsRef<str>) -> Self {
        let form = std::mem::take(&mut self.field.hint);
        self.field = self.field.hint(format!("{} {form}", hint.as_ref()).trim().to_owned());
        self
    }

    /// It may be left empty.
    pub(crate) fn optional(mut self, page: &Page) -> Self {
        self.field = self.field.optional(page);
        self
    }

    /// What is wrong with it.
    pub(crate) fn error(mut self, error: impl Into<String>) -> Self {
        self.field = self.field.error(error);
        self
    }
}

/// The day that people meant: `2026.11.24.`, `2026-11-24`, `2026/11/24`, `2026년 11월 24일`, `20261124`, `26.11.24`, also with wide
/// digits and gaps. The year comes first, as in Korean; two digits are a year of this century. None where it is no day.
pub(crate) fn read_day(text: &str) -> Option<Day> {
    let narrow = |one: char| match one {
        '０'..='９' => char::from_u32(u32::from(one) - u32::from('０') + u32::from('0')).unwrap_or(one),
        '．' | '。' | '·' => '.',
        one => one,
    };
    let text: String = text.trim().chars().map(narrow).collect();
    if !text.chars().all(|one| one.is_ascii_digit() || one.is_whitespace() || ".-/년월일,".contains(one)) {
        return None;
    }
    let parts: Vec<&str> = text.split(|one: char| !one.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if month.len() <= 2 && day.len() <= 2 => (*year, *month, *day),
        [one] if one.len() == 8 => (one.get(..4)?, one.get(4..6)?, one.get(6..)?),
        [one] if one.len() == 6 => (one.get(..2)?, one.get(2..4)?, one.get(4..)?),
        _ => return None,
    };
    let century = match year.len() {
        4 => 0,
        2 => 2_000,
        _ => return None,
    };
    Day::from_ymd_opt(century + year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_type_it() {
        let meant = "2026-11-04".parse::<Day>().ok();
        for typed in [
            "2026.11.04.",
            "2026.11.04",
            "2026. 11. 4.",
            "2026-11-04",
            "2026-11-4",
            "2026/11/4",
            "2026년 11월 4일",
            "2026년11월4일",
            "20261104",
            "261104",
            "26.11.04",
            "  2026 11 4 ",
            "２０２６．１１．０４",
        ] {
            assert_eq!(read_day(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_guessed_at() {
        for typed in [
            "",
            "내일",
            "2026.11",
            "2026.13.1",
            "2026.2.30",
            "11/04/2026",
            "4.11.26.1",
            "2026-11-04T00:00",
            "026.1.1",
            "1104",
            "2026.111.1",
            "99999999",
            "2026.1١.04",
        ] {
            assert_eq!(read_day(typed), None, "{typed}");
        }
    }
}
