//! Parameters put into a query: `$name` is bound later, `@name(date)` becomes the values in force for one government, and
//! `$as_of` the day from which is looked.

use std::ops::Range;

use haechi_core::decided::DecidedValue;
use haechi_core::ids::{Government, ScenarioId, TableName};
use haechi_core::run_report::ParameterWords;
use haechi_core::time::Day;
use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::file::{sql_day, toml_error, value_faults};
use super::sql_text::{Form, Use, all_uses, mask, uses_in};
use super::{DatedValue, ParameterValue, Scenario};
use crate::fault::Fault;
use crate::folder::line_of;

/// The scalar every query may use without declaring it: the last day its tables are known to cover. A rule about what never
/// came counts up to it; the largest date of a table would move with one mistyped row.
pub const AS_OF: &str = "as_of";

/// A query ready to be planned for one government.
#[derive(Clone, Debug, PartialEq)]
pub struct Expanded {
    /// The SQL; `$name` is still in it, `@name(…)` and `$as_of` are not. Line numbers are those of `query.sql`.
    pub sql: String,
    /// The numbers to bind, in the order they are declared.
    pub scalars: Vec<(String, i64)>,
    /// Every parameter as it was used: a number, or a list of `{from, value, currency?}`; `as_of` as a text, where the query
    /// asks for it.
    pub used: IndexMap<String, serde_json::Value>,
}

/// An installation's own values for parameters, by scenario; a value given here replaces the folder's whole.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// What faults call the file.
    pub file: String,
    /// The values.
    pub values: IndexMap<ScenarioId, IndexMap<TableName, Override>>,
}

/// One value of an installation's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The value.
    pub value: ParameterValue,
    /// Its line in the file; 0 where it comes from no file.
    pub line: u64,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a whole number, or a list of { from, value } with currency and government where needed")]
enum RawValue {
    Scalar(i64),
    Dated(Vec<DatedValue>),
}

impl From<RawValue> for ParameterValue {
    fn from(raw: RawValue) -> Self {
        match raw {
            RawValue::Scalar(number) => Self::Scalar(number),
            RawValue::Dated(values) => Self::Dated(values),
        }
    }
}

impl Overrides {
    /// Reads an installation's own values: a table a scenario id (`["card.split-payment"]`), in it a number or a list of
    /// dated values a parameter. Whether they fit the scenario is checked by [`Overrides::check`].
    ///
    /// # Errors
    ///
    /// What is not TOML, no scenario id, no parameter name, or neither a number nor dated values.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        type Raw = IndexMap<ScenarioId, IndexMap<TableName, Spanned<RawValue>>>;
        let raw: Raw = toml::from_str(text).map_err(|error| vec![toml_error(file, text, &error)])?;
        let values = raw
            .into_iter()
            .map(|(id, values)| {
                let values = values.into_iter().map(|(name, value)| {
                    let line = line_of(text, value.span().start);
                    (name, Override { value: value.into_inner().into(), line })
                });
                (id, values.collect())
            })
            .collect();
        Ok(Self { file: file.to_owned(), values })
    }

    /// A fault for each scenario that has values and is none of those `known`: a misspelt id would else change nothing and
    /// nobody would notice.
    pub fn strangers(&self, known: impl Fn(&ScenarioId) -> bool) -> Vec<Fault> {
        let strange = self.values.iter().filter(|(id, _)| !known(id));
        let fault = |(id, values): (&ScenarioId, &IndexMap<TableName, Override>)| {
            let what = format!("There is no scenario `{id}`, and values for it would change nothing.");
            let help = "Correct its id (`haechi scenario list` shows those there are), or remove it.";
            let fault = Fault::new("scenario-unknown", &self.file, what, help);
            match values.values().map(|value| value.line).min() {
                Some(line) if line > 0 => fault.at_line(line),
                _ => fault,
            }
        };
        strange.map(fault).collect()
    }

    /// Reads the values of one scenario alone: the `parameters` block of a case. `first_line` is that of the text in `file`.
    ///
    /// # Errors
    ///
    /// As [`Overrides::parse`].
    pub fn parse_for(id: &ScenarioId, file: &str, text: &str, first_line: u64) -> Result<Self, Vec<Fault>> {
        let shift = first_line.saturating_sub(1);
        let raw: IndexMap<TableName, Spanned<RawValue>> = toml::from_str(text).map_err(|error| {
            let mut fault = toml_error(file, text, &error);
            fault.place.line = fault.place.line.map(|line| line + shift);
            vec![fault]
        })?;
        let values = raw
            .into_iter()
            .map(|(name, value)| {
                let line = line_of(text, value.span().start) + shift;
                (name, Override { value: value.into_inner().into(), line })
            })
            .collect();
        Ok(Self { file: file.to_owned(), values: IndexMap::from([(id.clone(), values)]) })
    }

    /// What does not fit `scenario`: a parameter it does not have, a number where it has dated values or the other way
    /// round, a value outside its range.
    pub fn check(&self, scenario: &Scenario) -> Vec<Fault> {
        let Some(values) = self.values.get(&scenario.id) else { return Vec::new() };
        let mut faults = Vec::new();
        for (name, own) in values {
            let mut fault = |code, what: String, help: &str| {
                let fault = Fault::new(code, &self.file, what, help).in_column(name.as_str());
                faults.push(if own.line > 0 { fault.at_line(own.line) } else { fault });
            };
            let Some(parameter) = scenario.parameters.get(name) else {
                let names: Vec<&str> = scenario.parameters.keys().map(TableName::as_str).collect();
                let what = format!("`{}` has no parameter `{name}`.", scenario.id);
                fault("parameter-unknown", what, &format!("Its parameters are: {}.", names.join(", ")));
                continue;
            };
            match (&parameter.value, &own.value) {
                (ParameterValue::Scalar(_), ParameterValue::Dated(_)) => fault(
                    "parameter-form",
                    format!("`{name}` is one number for all dates, but is given values by date."),
                    "Give one number.",
                ),
                (ParameterValue::Dated(_), ParameterValue::Scalar(_)) => fault(
                    "parameter-form",
                    format!("`{name}` has values by date, but is given one number."),
                    "Give a list: [{ from = \"2026-01-01\", value = 1 }].",
                ),
                (_, given) => {
                    for (code, what, help) in value_faults(name, parameter, given) {
                        fault(code, what, help);
                    }
                }
            }
        }
        faults.sort_by_key(|fault| fault.place.line);
        faults
    }
}

impl Overrides {
    /// These values with those the government decided in its office, which win: a number replaces the number, a dated value stands
    /// beside the others from its day on. What fits no parameter of `scenario` is left out and told, since a scenario may have
    /// changed after somebody decided.
    pub fn with_decided(
        &mut self,
        scenario: &Scenario,
        government: &Government,
        decided: &[DecidedValue],
    ) -> Vec<String> {
        let mut told = Vec::new();
        for one in decided.iter().filter(|one| one.scenario == scenario.id) {
            let Some(parameter) = scenario.parameters.get(&one.parameter) else {
                told.push(format!(
                    "`{}` has no parameter `{}` any more: what was decided about it is left out.",
                    one.scenario, one.parameter
                ));
                continue;
            };
            let own = self.values.get(&scenario.id).and_then(|values| values.get(&one.parameter));
            let before = own.map_or(&parameter.value, |own| &own.value);
            let value = match (before, one.from) {
                (ParameterValue::Scalar(_), None) => ParameterValue::Scalar(one.value),
                (ParameterValue::Dated(values), Some(from)) => {
                    let mut values = values.clone();
                    let is_same = |value: &DatedValue| {
                        value.from == from
                            && value.currency == one.currency
                            && value.government.as_ref() == Some(government)
                    };
                    values.retain(|value| !is_same(value));
                    values.push(DatedValue {
                        from,
                        government: Some(government.clone()),
                        currency: one.currency.clone(),
                        value: one.value,
                        basis: None,
                    });
                    values.sort_by_key(|value| value.from);
                    ParameterValue::Dated(values)
                }
                _ => {
                    told.push(format!(
                        "`{}` of `{}` has another form now: what was decided about it is left out.",
                        one.parameter, one.scenario
                    ));
                    continue;
                }
            };
            if let Some((_, what, _)) = value_faults(&one.parameter, parameter, &value).into_iter().next() {
                told.push(format!("{what} What was decided about `{}` is left out.", one.scenario));
                continue;
            }
            let of_scenario = self.values.entry(scenario.id.clone()).or_default();
            of_scenario.insert(one.parameter.clone(), Override { value, line: 0 });
        }
        told
    }

    /// The values as `parameters.toml` writes them.
    pub fn to_toml(&self) -> String {
        let dated = |value: &DatedValue| {
            let mut row = toml::Table::new();
            row.insert("from".to_owned(), value.from.to_string().into());
            if let Some(government) = &value.government {
                row.insert("government".to_owned(), government.as_str().into());
            }
            if let Some(currency) = &value.currency {
                row.insert("currency".to_owned(), currency.as_str().into());
            }
            row.insert("value".to_owned(), value.value.into());
            if let Some(basis) = &value.basis {
                row.insert("basis".to_owned(), basis.as_str().into());
            }
            toml::Value::Table(row)
        };
        let value = |own: &Override| match &own.value {
            ParameterValue::Scalar(number) => toml::Value::Integer(*number),
            ParameterValue::Dated(values) => toml::Value::Array(values.iter().map(dated).collect()),
        };
        let all: toml::Table = self
            .values
            .iter()
            .map(|(id, values)| {
                let values: toml::Table = values.iter().map(|(name, own)| (name.to_string(), value(own))).collect();
                (id.to_string(), toml::Value::Table(values))
            })
            .collect();
        all.to_string()
    }
}

impl Scenario {
    /// What its parameters mean and may be, with the scenario's own values for `government`.
    pub fn parameter_words(&self, government: &Government) -> IndexMap<String, ParameterWords> {
        let words = |(name, parameter): (&TableName, &super::Parameter)| {
            let (dated, own) = match &parameter.value {
                ParameterValue::Scalar(number) => (false, (*number).into()),
                ParameterValue::Dated(values) => {
                    (true, in_force(values, government).into_iter().rev().map(shown).collect())
                }
            };
            let (doc, unit) = (parameter.doc.clone(), parameter.unit.clone());
            (name.to_string(), ParameterWords { doc, unit, range: parameter.range, dated, own })
        };
        self.parameters.iter().map(words).collect()
    }

    /// The value of a parameter, an installation's own before the folder's.
    fn value<'a>(&'a self, name: &TableName, overrides: &'a Overrides) -> Option<&'a ParameterValue> {
        let own = overrides.values.get(&self.id).and_then(|values| values.get(name));
        own.map(|own| &own.value).or_else(|| self.parameters.get(name).map(|parameter| &parameter.value))
    }

    /// How the query uses its parameters wrongly: unknown, unused, dated without a date, a number with one.
    pub fn parameter_faults(&self) -> Vec<Fault> {
        let file = format!("{}/query.sql", self.id.as_str().replace('.', "/"));
        let mask = mask(&self.sql);
        let uses = all_uses(&mask, 0..mask.len());
        let mut faults: Vec<Fault> = uses
            .iter()
            .filter_map(|found| {
                let (code, what, help) = self.use_fault(found)?;
                Some(Fault::new(code, &file, what, help).at_line(line_of(&self.sql, found.span.start)))
            })
            .collect();
        for name in self.parameters.keys().filter(|name| !uses.iter().any(|found| found.name == name.as_str())) {
            let what = format!("The parameter `{name}` is declared, but the query does not use it.");
            let fault = Fault::new("parameter-unused", &file, what, "Use it, or remove it from scenario.toml.");
            faults.push(fault.at_line(1));
        }
        faults
    }

    fn use_fault(&self, found: &Use) -> Option<(&'static str, String, String)> {
        let name = &found.name;
        if is_as_of(found) {
            return None;
        }
        let Some((_, parameter)) = self.parameters.iter().find(|(known, _)| known.as_str() == name) else {
            let known: Vec<&str> = self.parameters.keys().map(TableName::as_str).collect();
            let help = format!("Declare it under [parameters]; declared are: {}.", known.join(", "));
            return Some(("parameter-unknown", format!("The query uses `{name}`, which is no parameter."), help));
        };
        match (&found.form, &parameter.value) {
            (Form::Scalar, ParameterValue::Scalar(_)) => None,
            (Form::Scalar, ParameterValue::Dated(_)) => Some((
                "parameter-without-date",
                format!("`{name}` has values by date, but is used as `${name}`."),
                format!("Write `@{name}(date column)`."),
            )),
            (Form::Dated(_) | Form::Unclosed, ParameterValue::Scalar(_)) => Some((
                "parameter-not-dated",
                format!("`{name}` is one number for all dates, but is used as `@{name}`."),
                format!("Write `${name}`."),
            )),
            (Form::Unclosed, ParameterValue::Dated(_)) => Some((
                "parameter-unclosed",
                format!("The bracket after `@{name}` does not close."),
                "Close it.".to_owned(),
            )),
            (Form::Dated(arguments), ParameterValue::Dated(values)) => match arguments.len() {
                0 => Some((
                    "parameter-without-date",
                    format!("`@{name}` names no date."),
                    format!("Write `@{name}(date column)`."),
                )),
                1 if values.iter().any(|value| value.currency.is_some()) => Some((
                    "parameter-without-currency",
                    format!("The values of `{name}` differ by currency, but `@{name}(…)` names none."),
                    format!("Write `@{name}(date column, currency column)`."),
                )),
                1 | 2 => None,
                _ => Some((
                    "parameter-arguments",
                    format!("`@{name}` has more than a date and a currency."),
                    format!("Write `@{name}(date column, currency column)`."),
                )),
            },
        }
    }

    /// Whether the query asks for the as-of day.
    pub fn asks_as_of(&self) -> bool {
        let mask = mask(&self.sql);
        all_uses(&mask, 0..mask.len()).iter().any(is_as_of)
    }

    /// The query with the values in force for `government` and the day `as_of` put in.
    ///
    /// `@name(date)` becomes a CASE over the values, the newest `from` first; a value of the government's own wins over
    /// one for all with the same day and currency; before the first day it gives null.
    ///
    /// # Errors
    ///
    /// Every wrong use of a parameter in the query, and every override that does not fit ([`Overrides::check`]).
    pub fn expand(&self, government: &Government, overrides: &Overrides, as_of: Day) -> Result<Expanded, Vec<Fault>> {
        let mut faults = self.parameter_faults();
        faults.extend(overrides.check(self));
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut scalars = Vec::new();
        let mut used = IndexMap::new();
        let mut dated: IndexMap<&str, Vec<&DatedValue>> = IndexMap::new();
        for name in self.parameters.keys() {
            match self.value(name, overrides) {
                Some(ParameterValue::Scalar(number)) => {
                    scalars.push((name.to_string(), *number));
                    used.insert(name.to_string(), (*number).into());
                }
                Some(ParameterValue::Dated(values)) => {
                    let values = in_force(values, government);
                    used.insert(name.to_string(), values.iter().rev().map(|value| shown(value)).collect());
                    dated.insert(name.as_str(), values);
                }
                None => {}
            }
        }
        if self.asks_as_of() {
            used.insert(AS_OF.to_owned(), as_of.to_string().into());
        }
        let mask = mask(&self.sql);
        let sql = Rewrite { sql: &self.sql, mask: &mask, dated: &dated, as_of }.range(0..mask.len());
        Ok(Expanded { sql, scalars, used })
    }
}

/// The values one government goes by, newest first and, of one day, those for a currency first.
fn in_force<'a>(values: &'a [DatedValue], government: &Government) -> Vec<&'a DatedValue> {
    let mine = |value: &&DatedValue| value.government.as_ref().is_none_or(|other| other == government);
    let mut chosen: IndexMap<(Day, Option<&str>), &DatedValue> = IndexMap::new();
    for value in values.iter().filter(mine) {
        let slot = chosen.entry((value.from, value.currency.as_deref())).or_insert(value);
        if value.government.is_some() {
            *slot = value;
        }
    }
    let mut values: Vec<_> = chosen.into_values().collect();
    values.sort_by(|a, b| b.from.cmp(&a.from).then_with(|| b.currency.cmp(&a.currency)));
    values
}

fn shown(value: &DatedValue) -> serde_json::Value {
    let mut map = serde_json::Map::new();
    map.insert("from".to_owned(), value.from.to_string().into());
    map.insert("value".to_owned(), value.value.into());
    if let Some(currency) = &value.currency {
        map.insert("currency".to_owned(), currency.as_str().into());
    }
    map.into()
}

/// Whether a use is `$as_of`.
fn is_as_of(found: &Use) -> bool {
    found.name == AS_OF && found.form == Form::Scalar
}

/// A query whose `@name(…)` and `$as_of` are replaced.
struct Rewrite<'a> {
    sql: &'a str,
    mask: &'a [u8],
    dated: &'a IndexMap<&'a str, Vec<&'a DatedValue>>,
    as_of: Day,
}

impl Rewrite<'_> {
    fn range(&self, range: Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        let mut at = range.start;
        for found in uses_in(self.mask, range.clone()) {
            let value = if is_as_of(&found) {
                sql_day(self.as_of)
            } else if let (Form::Dated(arguments), Some(values)) = (&found.form, self.dated.get(found.name.as_str())) {
                let mut arguments = arguments.iter().map(|argument| on_one_line(&self.range(argument.clone())));
                let day = arguments.next().unwrap_or_default();
                let currency = arguments.next();
                case_of(values, &day, currency.as_deref())
            } else {
                continue;
            };
            out.push_str(&self.sql[at..found.span.start]);
            out.push_str(&value);
            // The query keeps its line numbers, so that an error of the planner points into query.sql.
            out.extend(self.sql[found.span.clone()].chars().filter(|c| *c == '\n'));
            at = found.span.end;
        }
        out.push_str(&self.sql[at..range.end]);
        out
    }
}

fn case_of(values: &[&DatedValue], day: &str, currency: Option<&str>) -> String {
    if values.is_empty() {
        return "(CAST(NULL AS BIGINT))".to_owned();
    }
    let mut case = "(CASE".to_owned();
    for value in values {
        case.push_str(&format!(" WHEN ({day}) >= {}", sql_day(value.from)));
        if let (Some(column), Some(code)) = (currency, &value.currency) {
            case.push_str(&format!(" AND ({column}) = '{code}'"));
        }
        case.push_str(&format!(" THEN {}", value.value));
    }
    case.push_str(" END)");
    case
}

/// The expression without comments and line ends; quoted text stays as it is, line ends in it too.
fn on_one_line(expression: &str) -> String {
    let mask = mask(expression);
    let mut out = String::new();
    let blank = |at: usize| mask.get(at).is_some_and(u8::is_ascii_whitespace) || mask.get(at) == Some(&b' ');
    for (at, c) in expression.char_indices() {
        if !blank(at) {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests;
