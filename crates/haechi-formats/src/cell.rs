//! A typed value on its way from an export into a snapshot.

use std::borrow::Cow;

use haechi_core::time::{Day, LocalTime};

/// One value of one standard column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing there.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number; money in the currency's smallest unit.
    Int(i64),
    /// A day.
    Day(Day),
    /// A local time, to the second at most.
    Moment(LocalTime),
    /// Yes or no.
    Flag(bool),
}

/// What kind of value a standard column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// [`Cell::Text`]
    Text,
    /// [`Cell::Int`]
    Int,
    /// [`Cell::Day`]
    Day,
    /// [`Cell::Moment`]
    Moment,
    /// [`Cell::Flag`]
    Flag,
}
