//! The rules of a mapping, checked: what `mapping.toml` means rather than how it is written.

use std::collections::HashMap;

use haechi_core::ids::TableName;

use super::file::{Derivation, Names, Order, Other};
use crate::cell::Cell;
use crate::export::normal_header;
use crate::value::date::DateOrder;

/// Header names that mean the same column, as written and as compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    pub(super) written: Vec<String>,
    pub(super) normal: Vec<String>,
}

impl From<&Names> for Aliases {
    fn from(names: &Names) -> Self {
        Self { written: names.0.clone(), normal: names.0.iter().map(|name| normal_header(name).into_owned()).collect() }
    }
}

/// Where a standard column's value comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// One header, under any of its names.
    Header(Aliases),
    /// The same value in every row.
    Constant(Cell<'static>),
    /// The first day of the month that two headers name.
    YearMonth { year: Aliases, month: Aliases },
    /// A time put together of two headers.
    DateAndTime { date: Aliases, time: Aliases },
}

impl Source {
    /// The header names it reads.
    pub(super) fn aliases(&self) -> Vec<&Aliases> {
        match self {
            Self::Header(names) => vec![names],
            Self::Constant(_) => Vec::new(),
            Self::YearMonth { year, month } => vec![year, month],
            Self::DateAndTime { date, time } => vec![date, time],
        }
    }
}

/// How one standard column is filled.
#[derive(Clone, Debug)]
pub(super) struct ColumnRule {
    pub(super) name: TableName,
    /// The place of its field in the table.
    pub(super) field: usize,
    pub(super) source: Source,
    pub(super) how: Reading,
    /// Whether a file may do without it.
    pub(super) optional: bool,
}

/// How a text is read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) derivation: Option<Derivation>,
    /// Texts that mean nothing is there, besides the empty one.
    pub(super) missing: Vec<String>,
    pub(super) codes: HashMap<String, String>,
    pub(super) other: Other,
    pub(super) order: DateOrder,
    pub(super) midnight_unknown: bool,
    pub(super) pad: Option<usize>,
    pub(super) excel_serial: bool,
    /// Whether serials count from 1904: the file says it, not the mapping.
    pub(super) from_1904: bool,
    pub(super) trim: bool,
    /// What money is counted in, where the mapping says it instead of the file.
    pub(super) unit: Option<i64>,
    pub(super) null_when_unreadable: bool,
}

impl Reading {
    /// A text as it stands.
    pub(super) fn plain() -> Self {
        Self {
            derivation: None,
            missing: Vec::new(),
            codes: HashMap::new(),
            other: Other::Keep,
            order: DateOrder::YearFirst,
            midnight_unknown: false,
            pad: None,
            excel_serial: false,
            from_1904: false,
            trim: true,
            unit: None,
            null_when_unreadable: false,
        }
    }
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Year => Self::YearFirst,
            Order::Day => Self::DayFirst,
            Order::Month => Self::MonthFirst,
        }
    }
}
