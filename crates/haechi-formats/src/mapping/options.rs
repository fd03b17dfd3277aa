//! Which options go with which kind of column, and what a column is read from.

use std::ops::Range;

use haechi_core::ids::TableName;
use toml::Spanned;

use super::check::{Faults, aliases, is_identifier};
use super::convert;
use super::file::{ColumnTable, Derivation};
use super::rule::{Reading, Source};
use crate::cell::Cell;
use crate::dictionary::{Field, FieldType};

/// Faults for options that mean nothing for a column of this type.
pub(super) fn check(field: &Field, name: &Spanned<TableName>, column: &ColumnTable, faults: &mut Faults<'_>) {
    use FieldType::{Boolean, BusinessNumber, Code, Date, Datetime, Integer, Money, String};
    let key = field.name.as_str();
    let kind = field.kind;
    let secret = is_identifier(field);
    let mut only_for = |given: Option<Range<usize>>, option: &str, kinds: &[FieldType]| {
        if let Some(span) = given
            && (!kinds.contains(&kind) || (secret && option != "pad"))
        {
            let holds = if secret { "an identifier".to_owned() } else { format!("{kind:?}").to_lowercase() };
            let what = format!("`{option}` does not go with `{key}`, which holds {holds}.");
            faults.at(span, "option-misplaced", key, what, format!("Remove `{option}`."));
        }
    };
    only_for((!column.codes.is_empty()).then(|| name.span()), "codes", &[Code, String, Boolean]);
    only_for(column.other.as_ref().map(Spanned::span), "other", &[Code, String]);
    only_for(column.date_order.as_ref().map(Spanned::span), "date_order", &[Date, Datetime]);
    only_for(column.midnight.as_ref().map(Spanned::span), "midnight", &[Datetime]);
    only_for(column.pad.as_ref().map(Spanned::span), "pad", &[Code]);
    only_for(column.excel_serial.as_ref().map(Spanned::span), "excel_serial", &[Date, Datetime]);
    only_for(column.trim.as_ref().map(Spanned::span), "trim", &[String, Code]);
    only_for(column.unit.as_ref().map(Spanned::span), "unit", &[Money]);
    only_for(column.currency.as_ref().map(Spanned::span), "currency", &[Money]);
    if let Some(with) = &column.with {
        let (option, kinds): (_, &[FieldType]) = match with.get_ref() {
            Derivation::Squeeze => ("with = \"squeeze\"", &[String, Code]),
            Derivation::HeadCount => ("with = \"head_count\"", &[Integer]),
            Derivation::DatePart => ("with = \"date_part\"", &[Date]),
            Derivation::FirstOfMonth => ("with = \"first_of_month\"", &[Date]),
            Derivation::DateAndTime => ("with = \"date_and_time\"", &[Datetime]),
        };
        only_for(Some(with.span()), option, kinds);
    }
    // Whichever list grows, this one must be told: a new type without options is a decision, not an oversight.
    let (String | Code | Integer | Money | Date | Datetime | Boolean | BusinessNumber) = kind;

    if let Some(other) = column.other.as_ref().filter(|_| column.codes.is_empty()) {
        faults.at(other.span(), "option-misplaced", key, "`other` says what is not in `codes`.", "Add `codes`.");
    }
    if let Some(unit) = column.unit.as_ref().filter(|unit| !(1..=1_000_000_000).contains(unit.get_ref())) {
        faults.at(
            unit.span(),
            "unit",
            key,
            "The unit is not between 1 and 1,000,000,000.",
            "Write 1000 for thousands.",
        );
    }
    if let Some(pad) = column.pad.as_ref().filter(|pad| !(1..=40).contains(pad.get_ref())) {
        faults.at(pad.span(), "pad", key, "The width is not between 1 and 40.", "Write the code's full width.");
    }
}

/// What the column is read from; `None` after a fault.
pub(super) fn source(
    field: &Field,
    name: &Spanned<TableName>,
    column: &ColumnTable,
    how: &Reading,
    faults: &mut Faults<'_>,
) -> Option<Source> {
    let key = field.name.as_str();
    let with = column.with.as_ref().map(|with| *with.get_ref());
    let mut list =
        |names: &Option<Spanned<super::file::Names>>| names.as_ref().map(|names| aliases(names, key, faults));
    let (header, year, month) = (list(&column.header), list(&column.year), list(&column.month));
    let (date, time) = (list(&column.date), list(&column.time));
    let source = match (header, &column.constant, (year, month), (date, time)) {
        (Some(header), None, (None, None), (None, None)) => Some(Source::Header(header)),
        (None, Some(constant), (None, None), (None, None)) => {
            return constant_cell(field, constant, how, faults).map(Source::Constant);
        }
        (None, None, (Some(year), Some(month)), (None, None)) => Some(Source::YearMonth { year, month }),
        (None, None, (None, None), (Some(date), Some(time))) => Some(Source::DateAndTime { date, time }),
        _ => None,
    };
    let needs = |with: Option<Derivation>| match with {
        Some(Derivation::FirstOfMonth) => 1,
        Some(Derivation::DateAndTime) => 2,
        _ => 0,
    };
    let gives = match &source {
        Some(Source::YearMonth { .. }) => 1,
        Some(Source::DateAndTime { .. }) => 2,
        _ => 0,
    };
    match source {
        Some(source) if needs(with) == gives => Some(source),
        _ => {
            let what = match with {
                Some(Derivation::FirstOfMonth) => "It is made of a year and a month, and must name both headers.",
                Some(Derivation::DateAndTime) => "It is made of a date and a time, and must name both headers.",
                _ => "It must name either its header or a constant, and not both.",
            };
            let help = "Write header = [\"…\"], constant = \"…\", with = \"first_of_month\", year = […], month = […], \
                        or with = \"date_and_time\", date = […], time = […].";
            faults.at(name.span(), "column-source", key, what, help);
            None
        }
    }
}

fn constant_cell(
    field: &Field,
    constant: &Spanned<String>,
    how: &Reading,
    faults: &mut Faults<'_>,
) -> Option<Cell<'static>> {
    let key = field.name.as_str();
    if is_identifier(field) {
        let what = "An identifier cannot be a constant: it would stand here in the clear.";
        faults.at(constant.span(), "identifier-in-clear", key, what, "Remove the constant.");
        return None;
    }
    // A constant amount is in the smallest unit, since no export's currency applies to it.
    match convert::cell(field, how, constant.get_ref(), 0, 1) {
        Ok(cell) => match convert::check(field, &cell) {
            Ok(()) => Some(convert::owned(cell)),
            Err(trouble) => {
                faults.at(constant.span(), "constant", key, trouble.words.en, "Write a value the table allows.");
                None
            }
        },
        Err(trouble) => {
            faults.at(constant.span(), "constant", key, trouble.words.en, "Write a value of the column's type.");
            None
        }
    }
}
