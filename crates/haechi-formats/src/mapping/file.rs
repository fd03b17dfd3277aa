//! `mapping.toml` as it is written. Unknown keys are errors, so that a typing error cannot pass for a wish.

use std::fmt;

use haechi_core::ids::{Government, SourceName, TableName};
use haechi_core::words::Words;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MappingFile {
    pub(super) format: Spanned<u32>,
    pub(super) name: Spanned<SourceName>,
    pub(super) title: Words,
    #[serde(default)]
    pub(super) description: Words,
    pub(super) table: Spanned<TableName>,
    pub(super) government: GovernmentTable,
    pub(super) currency: Option<Spanned<String>>,
    pub(super) files: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) source_system: String,
    #[serde(default)]
    pub(super) max_reject_rate: Share,
    #[serde(default)]
    pub(super) identity: Vec<Spanned<TableName>>,
    #[serde(default)]
    pub(super) read: ReadTable,
    pub(super) load: LoadTable,
    pub(super) columns: IndexMap<Spanned<TableName>, ColumnTable>,
}

/// `[government]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GovernmentTable {
    pub(super) code: Government,
    pub(super) ko: String,
    pub(super) en: String,
    /// ISO 3166 alpha-2; whose working calendar holds.
    #[serde(default = "korea")]
    pub(super) country: String,
}

fn korea() -> String {
    "KR".to_owned()
}

/// `[read]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadTable {
    pub(super) delimiter: Option<Spanned<String>>,
    pub(super) header_line: Option<Spanned<u64>>,
    pub(super) header_lines: Option<Spanned<u8>>,
    #[serde(default)]
    pub(super) total_words: Vec<String>,
    /// What the sheet of a workbook may be called.
    pub(super) sheet: Option<Spanned<Names>>,
    /// Standard columns whose merged cells hold for every row they span.
    #[serde(default)]
    pub(super) fill_down: Vec<Spanned<TableName>>,
    /// The table of a live database, `schema.table`.
    pub(super) table: Option<String>,
    /// Columns of a live table that tell its rows apart.
    #[serde(default)]
    pub(super) key: Vec<String>,
    #[serde(default)]
    pub(super) date_order: Order,
}

/// In which order a date's numbers stand.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) enum Order {
    #[default]
    #[serde(rename = "year-first")]
    Year,
    #[serde(rename = "day-first")]
    Day,
    #[serde(rename = "month-first")]
    Month,
}

/// `[load]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadTable {
    pub(super) mode: Spanned<Mode>,
    pub(super) period: Option<Spanned<PeriodTable>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mode {
    Full,
    Period,
}

/// `period = { … }`: one of year (and month or quarter), date, file, option.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodTable {
    pub(super) year: Option<Names>,
    pub(super) month: Option<Names>,
    pub(super) quarter: Option<Names>,
    pub(super) date: Option<Names>,
    pub(super) file: Option<String>,
    pub(super) option: Option<bool>,
    pub(super) every: Option<Every>,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Every {
    Month,
    Quarter,
    Year,
}

/// `[columns.NAME]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ColumnTable {
    pub(super) header: Option<Spanned<Names>>,
    pub(super) constant: Option<Spanned<String>>,
    pub(super) year: Option<Spanned<Names>>,
    pub(super) month: Option<Spanned<Names>>,
    pub(super) date: Option<Spanned<Names>>,
    pub(super) time: Option<Spanned<Names>>,
    pub(super) with: Option<Spanned<Derivation>>,
    pub(super) missing: Vec<String>,
    pub(super) codes: IndexMap<String, String>,
    pub(super) other: Option<Spanned<Other>>,
    pub(super) date_order: Option<Spanned<Order>>,
    pub(super) midnight: Option<Spanned<Midnight>>,
    pub(super) pad: Option<Spanned<usize>>,
    pub(super) excel_serial: Option<Spanned<bool>>,
    pub(super) trim: Option<Spanned<bool>>,
    pub(super) unit: Option<Spanned<i64>>,
    pub(super) currency: Option<Spanned<String>>,
    pub(super) optional: bool,
    pub(super) on_unreadable: OnUnreadable,
}

/// How a value is made of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Derivation {
    /// Runs of white space become one space.
    Squeeze,
    /// How many people a list of attendees speaks of.
    HeadCount,
    /// The day of a date and time.
    DatePart,
    /// The first day of the month that `year` and `month` name.
    FirstOfMonth,
    /// A time put together of `date` and `time`.
    DateAndTime,
}

/// What becomes of a text that `codes` does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Other {
    Keep,
    Reject,
    Null,
}

/// What midnight, to the minute, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Midnight {
    /// The system writes 00:00 where it does not know the time.
    Unknown,
    /// It is midnight.
    Known,
}

/// What becomes of a row with a value that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OnUnreadable {
    #[default]
    Reject,
    Null,
}

/// One header name, or several that mean the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a header name or a list of them")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = seq.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

/// A share in parts of ten thousand, written `"1%"`, `"0.25%"` or `0.01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share(pub(super) u32);

impl Default for Share {
    fn default() -> Self {
        Self(100)
    }
}

impl Share {
    /// `1%`, `0.25 %`; or the bare share, `0.01`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (number, places) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), 2),
            None => (text, 4),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 5 || part.len() > places || !digits(whole) || !digits(part) {
            return None;
        }
        let parts: u32 = format!("{whole}{part:0<places$}").parse().ok()?;
        (parts <= 10_000).then_some(Self(parts))
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShareVisitor;
        impl Visitor<'_> for ShareVisitor {
            type Value = Share;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share such as \"1%\" or 0.01, of at most 100% and in steps of 0.01%")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Share, E> {
                Share::parse(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Share, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Share, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Share, E> {
                self.visit_str(&number.to_string())
            }
        }
        deserializer.deserialize_any(ShareVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_as_percent_or_as_a_number() {
        let parts = |text| Share::parse(text).map(|share| share.0);
        assert_eq!(parts("1%"), Some(100));
        assert_eq!(parts("0.25 %"), Some(25));
        assert_eq!(parts("0.01"), Some(100));
        assert_eq!(parts("100%"), Some(10_000));
        for text in ["", "%", "-1%", "101%", "1.234%", "2", "1e-3"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
