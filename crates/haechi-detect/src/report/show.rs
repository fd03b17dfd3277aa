//! How days, money and values are written for people in the report's language.

use chrono::Datelike as _;
use haechi_core::finding::{Severity, Value};
use haechi_core::money::{Currency, Money, grouped};
use haechi_core::time::Day;
use haechi_core::words::{Language, Words};
use serde_json::Value as Json;

use super::input::Label;
use super::texts::Texts;

/// A language and its sentences.
pub(super) struct Show {
    pub(super) language: Language,
    pub(super) texts: Texts,
}

impl Show {
    pub(super) fn in_language(language: Language) -> Self {
        Self { language, texts: Texts::of(language) }
    }

    pub(super) fn words<'a>(&self, words: &'a Words) -> &'a str {
        words.in_language(self.language)
    }

    /// `2026.11.22.` or `22 November 2026`.
    pub(super) fn day(&self, day: &Day) -> String {
        match self.language {
            Language::Korean => day.format("%Y.%-m.%-d.").to_string(),
            Language::English => day.format("%-d %B %Y").to_string(),
        }
    }

    /// A period as written: its first and last day where it names them, else as it stands.
    pub(super) fn period(&self, period: &str) -> String {
        let days = period.split_once("..").and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        match (days, self.language) {
            (Some((from, to)), Language::Korean) => format!("{} ~ {}", self.day(&from), self.day(&to)),
            (Some((from, to)), Language::English) => format!("{} to {}", self.day(&from), self.day(&to)),
            (None, _) => period.to_owned(),
        }
    }

    /// `2026년 11월` or `November 2026`; the month is named by its first day.
    pub(super) fn month(&self, first: Day) -> String {
        match self.language {
            Language::Korean => format!("{}년 {}월", first.year(), first.month()),
            Language::English => first.format("%B %Y").to_string(),
        }
    }

    /// `11월` or `Nov`.
    pub(super) fn short_month(&self, first: Day) -> String {
        match self.language {
            Language::Korean => format!("{}월", first.month()),
            Language::English => first.format("%b").to_string(),
        }
    }

    /// A stamp `2026-11-22T05:03:54Z` as a day and a time; another text stays as it is.
    pub(super) fn stamp(&self, stamp: &str) -> String {
        let parts = stamp.split_once('T').and_then(|(day, time)| Some((day.parse::<Day>().ok()?, time.get(..5)?)));
        match parts {
            Some((day, time)) if stamp.ends_with('Z') => format!("{} {time} UTC", self.day(&day)),
            Some((day, time)) => format!("{} {time}", self.day(&day)),
            None => stamp.to_owned(),
        }
    }

    /// `1,234,000원` in Korean, `₩1,234,000` in English; pounds, euro and dollars alike in both.
    pub(super) fn money(&self, money: &Money) -> String {
        match (self.language, money.currency) {
            (Language::English, Currency::Krw) => {
                let sign = if money.amount < 0 { "-" } else { "" };
                format!("{sign}₩{}", grouped(money.amount.saturating_abs()))
            }
            _ => money.to_string(),
        }
    }

    /// A large amount of won as it is spoken: `약 3억 4,256만 원`, `about ₩342.6 million`.
    pub(super) fn spoken(&self, money: &Money) -> Option<String> {
        if money.currency != Currency::Krw || money.amount < 100_000_000 {
            return None;
        }
        let spoken = match self.language {
            Language::Korean => {
                let (hundred_millions, rest) = (money.amount / 100_000_000, money.amount % 100_000_000 / 10_000);
                match rest {
                    0 => format!("{}억 원", grouped(hundred_millions)),
                    rest => format!("{}억 {}만 원", grouped(hundred_millions), grouped(rest)),
                }
            }
            Language::English => {
                let tenths = money.amount / 100_000;
                format!("₩{}.{} million", grouped(tenths / 10), tenths % 10)
            }
        };
        Some(self.texts.what("about", &spoken))
    }

    pub(super) fn severity(&self, severity: &Severity) -> String {
        self.texts.get(match severity {
            Severity::High => "severity-high",
            Severity::Medium => "severity-medium",
            Severity::Low => "severity-low",
        })
    }

    /// A value with its unit. `currency` is what `money` is counted in.
    pub(super) fn value(&self, value: &Value, unit: Option<&str>, currency: Option<Currency>) -> String {
        match value {
            Value::Null => self.texts.get("nothing"),
            Value::Bool(true) => self.texts.get("yes"),
            Value::Bool(false) => self.texts.get("no"),
            Value::Int(number) => self.number(*number, unit, currency),
            Value::Text(text) => match (text.parse::<Day>(), text.as_bytes()) {
                (Ok(day), [_, _, _, _, b'-', _, _, b'-', _, _]) => self.day(&day),
                _ => match text.split_once('T').map(|(day, time)| (day.parse::<Day>(), time)) {
                    Some((Ok(day), time)) => format!("{} {time}", self.day(&day)),
                    _ => text.clone(),
                },
            },
        }
    }

    fn number(&self, number: i64, unit: Option<&str>, currency: Option<Currency>) -> String {
        let text = grouped(number);
        let named = |id| self.texts.with(id, &[("count", number.into())]);
        match unit {
            Some("count") => named("unit-count"),
            Some("people") => named("unit-people"),
            Some("days") => named("unit-days"),
            Some("hours") => named("unit-hours"),
            Some("minutes") => named("unit-minutes"),
            Some("percent") => format!("{text}%"),
            Some("money") => match currency {
                Some(currency) => self.money(&Money { amount: number, currency }),
                None => text,
            },
            Some(code) => match Currency::from_code(code) {
                Some(currency) => self.money(&Money { amount: number, currency }),
                None => text,
            },
            None => text,
        }
    }

    /// A parameter as it was used: one number, or the dated values one after another.
    pub(super) fn parameter(&self, value: &Json, label: Option<&Label>) -> String {
        let unit = label.and_then(|label| label.unit.as_deref());
        match value {
            Json::Number(number) => match number.as_i64() {
                Some(number) => self.number(number, unit, None),
                None => number.to_string(),
            },
            Json::Bool(flag) => self.value(&Value::Bool(*flag), None, None),
            Json::String(text) => self.value(&Value::Text(text.clone()), None, None),
            Json::Null => self.texts.get("nothing"),
            Json::Array(values) => {
                values.iter().map(|value| self.parameter(value, label)).collect::<Vec<_>>().join(" · ")
            }
            Json::Object(fields) => {
                let text = |name: &str| fields.get(name).and_then(Json::as_str);
                let Some(number) = fields.get("value") else { return value.to_string() };
                let number = match (number.as_i64(), text("currency").and_then(Currency::from_code)) {
                    (Some(number), Some(currency)) => self.money(&Money { amount: number, currency }),
                    _ => self.parameter(number, label),
                };
                let dated = match text("from") {
                    Some(from) => {
                        let day = from.parse::<Day>().map_or_else(|_| from.to_owned(), |day| self.day(&day));
                        self.texts.with("from-day", &[("day", day.into()), ("what", number.into())])
                    }
                    None => number,
                };
                match text("government") {
                    Some(code) => format!("{dated} ({})", self.texts.what("parameter-government", code)),
                    None => dated,
                }
            }
        }
    }
}
