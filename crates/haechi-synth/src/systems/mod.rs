//! The systems that export, a file each.

pub(crate) mod access;
mod accounts;
pub(crate) mod acquisitions;
pub(crate) mod bank;
pub(crate) mod card;
pub(crate) mod finance;
pub(crate) mod hr;
pub(crate) mod nontax;
pub(crate) mod payments;
pub(crate) mod permits;
pub(crate) mod property;
pub(crate) mod registers;
pub(crate) mod subsidy;
pub(crate) mod tax;
pub(crate) mod vendors;
pub(crate) mod welfare;

use std::path::Path;

use chrono::Datelike as _;

use crate::export::{Export, Form, Head};
use crate::people::Unit;
use crate::truth::iso;
use crate::{City, SynthError};

/// A file of a system in its form.
fn sheet(
    form: Form,
    out: &Path,
    mapping: &'static str,
    name: &str,
    title: &str,
    header: &'static [&'static str],
) -> Result<Export, SynthError> {
    Export::create(out, Head { mapping, name, form, title, header })
}

/// The name of a register, whole as of the last day, but for what follows from its form.
fn register(city: &City, name: &str) -> String {
    format!("{name}-{}", iso(city.last()))
}

/// The name of a month's file, but for what follows from its form.
fn monthly(city: &City, name: &str, month: usize) -> String {
    format!("{name}-{}", city.month(month).format("%Y-%m"))
}

/// `2026년 3월`
fn month_words(city: &City, month: usize) -> String {
    let first = city.month(month);
    format!("{}년 {}월", first.year(), first.month())
}

/// The code of a division.
fn code(units: &[Unit], unit: u64) -> &str {
    usize::try_from(unit).ok().and_then(|at| units.get(at)).map_or("", |unit| unit.code.as_str())
}
