//! `scenario.toml`, read strictly: an unknown key is a fault with its line.

use std::ops::Range;

use haechi_core::finding::Severity;
use haechi_core::ids::{ScenarioId, TableName};
use haechi_core::money::Currency;
use haechi_core::run_report::Notify;
use haechi_core::time::Day;
use haechi_core::words::Words;
use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::parameters::AS_OF;
use super::{Basis, DatedValue, Fact, Input, Parameter, ParameterValue, RULE_FILES, Scenario, Status};
use crate::dictionary::{Column, Dictionary};
use crate::fault::Fault;
use crate::folder::{Folder, line_of, toml_fault};

/// The units a parameter may be counted in. `currency`: each value names its own.
pub const PARAMETER_UNITS: [&str; 15] = [
    "count",
    "people",
    "minutes",
    "hours",
    "days",
    "working_days",
    "months",
    "years",
    "percent",
    "per_10_000",
    "currency",
    "KRW",
    "GBP",
    "EUR",
    "USD",
];

/// The units a fact may be shown in; none means text or a day.
pub const FACT_UNITS: [&str; 10] =
    ["count", "people", "minutes", "hours", "days", "working_days", "months", "years", "percent", "money"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Spanned<u32>,
    id: Spanned<ScenarioId>,
    version: Spanned<u32>,
    status: Status,
    #[serde(default)]
    catalogue: Vec<String>,
    area: String,
    owner: String,
    severity: Severity,
    notify: Notify,
    subject: Spanned<Vec<TableName>>,
    #[serde(default)]
    responsible: Responsible,
    deadline_working_days: u32,
    expected_a_month: Option<u32>,
    #[serde(default)]
    tags: Vec<String>,
    title: Spanned<RawWords>,
    explanation: Spanned<RawWords>,
    remedy: Spanned<RawWords>,
    #[serde(default)]
    basis: Vec<Basis>,
    inputs: IndexMap<TableName, Spanned<RawInput>>,
    #[serde(default)]
    parameters: IndexMap<TableName, Spanned<RawParameter>>,
    #[serde(default)]
    facts: IndexMap<TableName, Spanned<RawFact>>,
    locality: Option<IndexMap<TableName, Spanned<Vec<String>>>>,
    #[serde(default)]
    calendar: IndexMap<TableName, Spanned<TableName>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Responsible {
    unit: Option<TableName>,
    person: Option<TableName>,
}

/// Both languages, either of which may have been forgotten: a fault of its own rather than one of TOML's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    #[serde(default)]
    ko: String,
    #[serde(default)]
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInput {
    columns: Vec<TableName>,
    #[serde(default)]
    optional: Vec<TableName>,
    fresh_within_days: Option<u32>,
    max_reject_rate: Option<String>,
    flagged: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParameter {
    doc: RawWords,
    unit: String,
    default: Option<i64>,
    range: Option<(i64, i64)>,
    values: Option<Vec<DatedValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    title: RawWords,
    unit: Option<String>,
}

/// The file being read and the faults found in it so far.
struct Reader<'a> {
    file: String,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static str, at: usize, what: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(code, &self.file, what, help).at_line(line_of(self.text, at)));
    }

    fn words(&mut self, what: &str, at: usize, raw: RawWords) -> Words {
        for (tag, text) in [("ko", &raw.ko), ("en", &raw.en)] {
            if text.trim().is_empty() {
                let what = format!("{what} has no text in `{tag}`.");
                self.fault("words-missing", at, what, "Write it in both languages, `ko` and `en`.");
            }
        }
        Words::new(raw.ko, raw.en)
    }
}

/// Entries as they stand in the file (TOML tables come sorted by name), each with where it begins.
fn in_order<T>(map: IndexMap<TableName, Spanned<T>>) -> Vec<(TableName, usize, T)> {
    let mut entries: Vec<_> =
        map.into_iter().map(|(name, value)| (name, value.span().start, value.into_inner())).collect();
    entries.sort_by_key(|(_, at, _)| *at);
    entries
}

impl Scenario {
    /// Reads a scenario folder and checks it against the dictionary.
    ///
    /// What is read is `scenario.toml` and `query.sql`; the query's text is not parsed here (`lint` does, and the engine
    /// plans it), and its parameters are put in by [`Scenario::expand`].
    ///
    /// # Errors
    ///
    /// Every fault found, each with its line: a missing file, an unknown key, a table or column the dictionary does not
    /// have, a text missing in one language, a parameter that is neither one number nor values by date.
    pub fn parse(folder: &Folder, dictionary: &Dictionary) -> Result<Self, Vec<Fault>> {
        let file = folder.place("scenario.toml");
        let text = folder.text("scenario.toml").map_err(|fault| vec![fault])?;
        let sql = folder.text("query.sql").map_err(|fault| vec![fault])?;
        let raw: File = toml::from_str(text).map_err(|error| vec![toml_error(&file, text, &error)])?;
        let mut read = Reader { file, text, faults: Vec::new() };

        if *raw.format.get_ref() != 1 {
            let what = format!("The format is {}, this program reads format 1.", raw.format.get_ref());
            read.fault("format-unknown", raw.format.span().start, what, "Write `format = 1`.");
        }
        if *raw.version.get_ref() == 0 {
            let at = raw.version.span().start;
            read.fault("version-zero", at, "The version is 0.", "Count versions from 1.");
        }
        let subject_at = raw.subject.span().start;
        let subject = raw.subject.into_inner();
        if subject.is_empty() {
            let help = "Name the columns that say what a finding is about.";
            read.fault("subject-empty", subject_at, "The subject names no column.", help);
        }
        if let Some(twice) = first_twice(&subject) {
            let what = format!("The subject names `{twice}` twice.");
            read.fault("name-twice", subject_at, what, "Name each column once.");
        }
        let spanned = |raw: Spanned<RawWords>| (raw.span().start, raw.into_inner());
        let (at, words) = spanned(raw.title);
        let title = read.words("The title", at, words);
        let (at, words) = spanned(raw.explanation);
        let explanation = read.words("The explanation", at, words);
        let (at, words) = spanned(raw.remedy);
        let remedy = read.words("The remedy", at, words);

        let inputs = read.inputs(raw.inputs, dictionary);
        let parameters = read.parameters(raw.parameters);
        let facts = read.facts(raw.facts);
        let locality = raw.locality.map(|locality| read.locality(locality, &inputs));
        let calendar = read.calendar(raw.calendar, &inputs, dictionary);

        let scenario = Self {
            id: raw.id.into_inner(),
            version: raw.version.into_inner(),
            status: raw.status,
            catalogue: raw.catalogue,
            area: raw.area,
            owner: raw.owner,
            severity: raw.severity,
            notify: raw.notify,
            title,
            remedy,
            explanation,
            basis: raw.basis,
            tags: raw.tags,
            expected_a_month: raw.expected_a_month,
            deadline_working_days: raw.deadline_working_days,
            subject,
            responsible_unit: raw.responsible.unit,
            responsible_person: raw.responsible.person,
            facts,
            inputs,
            parameters,
            locality,
            calendar,
            sql: sql.to_owned(),
            digest: folder.digest(&RULE_FILES),
        };
        if read.faults.is_empty() { Ok(scenario) } else { Err(read.faults) }
    }
}

impl Reader<'_> {
    fn inputs(
        &mut self,
        raw: IndexMap<TableName, Spanned<RawInput>>,
        dictionary: &Dictionary,
    ) -> IndexMap<TableName, Input> {
        if raw.is_empty() {
            self.fault("input-missing", 0, "The scenario reads no table.", "Add `[inputs.TABLE]` with its columns.");
        }
        let mut inputs = IndexMap::new();
        for (name, at, input) in in_order(raw) {
            match dictionary.tables.get(&name) {
                Some(table) => {
                    let known = table.columns();
                    for column in &input.columns {
                        if !known.iter().any(|has| has.name == *column) {
                            let what = format!("The table `{name}` has no column `{column}`.");
                            self.fault("column-unknown", at, what, nearest(column.as_str(), &known));
                        }
                    }
                }
                None => {
                    let what = format!("The dictionary has no table `{name}`.");
                    let tables: Vec<&str> = dictionary.tables.keys().map(TableName::as_str).collect();
                    self.fault("table-unknown", at, what, format!("Tables are: {}.", tables.join(", ")));
                }
            }
            if let Some(twice) = first_twice(&input.columns) {
                let what = format!("The input `{name}` names `{twice}` twice.");
                self.fault("name-twice", at, what, "Name each column once.");
            }
            for column in input.optional.iter().filter(|column| !input.columns.contains(column)) {
                let what = format!("`{column}` is optional in `{name}` but not among its columns.");
                self.fault("optional-unknown", at, what, "Name it in `columns` too.");
            }
            let rate = input.max_reject_rate.as_deref();
            let max_reject_per_10_000 = rate.and_then(per_10_000);
            if rate.is_some() && max_reject_per_10_000.is_none() {
                let what = format!("`max_reject_rate` of `{name}` is not a rate.");
                self.fault(
                    "rate-unreadable",
                    at,
                    what,
                    "Write a percentage with at most two decimals: \"5%\", \"0.5%\".",
                );
            }
            inputs.insert(
                name,
                Input {
                    columns: input.columns,
                    optional: input.optional,
                    fresh_within_days: input.fresh_within_days,
                    max_reject_per_10_000,
                    flagged: input.flagged.unwrap_or(true),
                },
            );
        }
        inputs
    }

    fn parameters(&mut self, raw: IndexMap<TableName, Spanned<RawParameter>>) -> IndexMap<TableName, Parameter> {
        let mut parameters = IndexMap::new();
        for (name, at, raw) in in_order(raw) {
            let doc = self.words(&format!("The doc of `{name}`"), at, raw.doc);
            if name.as_str() == AS_OF {
                let what = format!("`{AS_OF}` is the day from which is looked, in every query.");
                self.fault("parameter-reserved", at, what, "Give the parameter another name.");
            }
            if !PARAMETER_UNITS.contains(&raw.unit.as_str()) {
                let what = format!("`{}` is no unit of a parameter.", raw.unit);
                self.fault("unit-unknown", at, what, format!("Units are: {}.", PARAMETER_UNITS.join(", ")));
            }
            let value = match (raw.default, raw.values) {
                (Some(default), None) => ParameterValue::Scalar(default),
                (None, Some(values)) => ParameterValue::Dated(values),
                (Some(_), Some(_)) | (None, None) => {
                    let what = format!("The parameter `{name}` needs either `default` or `values`.");
                    self.fault("parameter-form", at, what, "Give one number as `default`, or `values` by date.");
                    continue;
                }
            };
            if let Some((low, high)) = raw.range
                && low > high
            {
                let what = format!("The range of `{name}` runs from {low} down to {high}.");
                self.fault("range-reversed", at, what, "Write the smaller number first.");
            }
            let parameter = Parameter { doc, unit: raw.unit, value, range: raw.range };
            for (code, what, help) in value_faults(&name, &parameter, &parameter.value) {
                self.fault(code, at, what, help);
            }
            parameters.insert(name, parameter);
        }
        parameters
    }

    fn facts(&mut self, raw: IndexMap<TableName, Spanned<RawFact>>) -> IndexMap<TableName, Fact> {
        let mut facts = IndexMap::new();
        for (name, at, raw) in in_order(raw) {
            let title = self.words(&format!("The title of the fact `{name}`"), at, raw.title);
            if let Some(unit) = raw.unit.as_deref().filter(|unit| !FACT_UNITS.contains(unit)) {
                let what = format!("`{unit}` is no unit of a fact.");
                let help = format!("Units are: {}; leave it out for text and days.", FACT_UNITS.join(", "));
                self.fault("unit-unknown", at, what, help);
            }
            facts.insert(name, Fact { title, unit: raw.unit });
        }
        facts
    }

    fn locality(
        &mut self,
        raw: IndexMap<TableName, Spanned<Vec<String>>>,
        inputs: &IndexMap<TableName, Input>,
    ) -> IndexMap<TableName, Vec<String>> {
        let mut locality = IndexMap::new();
        for (table, at, keys) in in_order(raw) {
            let Some(input) = inputs.get(&table) else {
                let what = format!("[locality] names `{table}`, which is no input.");
                self.fault("locality-unknown", at, what, "Name declared inputs only.");
                continue;
            };
            for key in &keys {
                for column in
                    columns_in(key).into_iter().filter(|name| !input.columns.iter().any(|has| has.as_str() == name))
                {
                    let what = format!("[locality] of `{table}` names `{column}`, which is no column of that input.");
                    self.fault("locality-unknown", at, what, "Name columns the input declares.");
                }
            }
            locality.insert(table, keys);
        }
        locality
    }

    fn calendar(
        &mut self,
        raw: IndexMap<TableName, Spanned<TableName>>,
        inputs: &IndexMap<TableName, Input>,
        dictionary: &Dictionary,
    ) -> IndexMap<TableName, TableName> {
        let mut calendar = IndexMap::new();
        for (table, at, column) in in_order(raw) {
            let declared = inputs.get(&table).is_some_and(|input| input.columns.contains(&column));
            let is_day = dictionary.tables.get(&table).is_some_and(|known| {
                use crate::cell::CellKind::{Day, Moment};
                known.columns().iter().any(|has| has.name == column && matches!(has.kind, Day | Moment))
            });
            if !(declared && is_day) {
                let what = format!("[calendar] names `{table}.{column}`, which is no declared date column.");
                self.fault("calendar-unknown", at, what, "Name a date or time column of a declared input.");
            }
            calendar.insert(table, column);
        }
        calendar
    }
}

/// What is wrong with a value that `parameter` is given, in its own folder or by an installation: code, what, help.
pub(super) fn value_faults(
    name: &TableName,
    parameter: &Parameter,
    value: &ParameterValue,
) -> Vec<(&'static str, String, &'static str)> {
    let mut found = Vec::new();
    let outside =
        |number: i64| parameter.range.is_some_and(|(low, high)| low <= high && !(low..=high).contains(&number));
    match value {
        ParameterValue::Scalar(number) => {
            if parameter.unit == "currency" {
                let what = format!("`{name}` is counted in `currency` but has one number for all.");
                found.push((
                    "parameter-form",
                    what,
                    "Name one currency as its unit, or give `values` with a currency each.",
                ));
            }
            if outside(*number) {
                let what = format!("The value {number} of `{name}` lies outside its range.");
                found.push(("value-outside-range", what, "Change the value or the range."));
            }
        }
        ParameterValue::Dated(values) => {
            if values.is_empty() {
                found.push((
                    "values-empty",
                    format!("`{name}` has no values."),
                    "Give at least one value with `from`.",
                ));
            }
            for (at, value) in values.iter().enumerate() {
                if outside(value.value) {
                    let what =
                        format!("The value {} of `{name}` from {} lies outside its range.", value.value, value.from);
                    found.push(("value-outside-range", what, "Change the value or the range."));
                }
                let same = |other: &DatedValue| {
                    (other.from, &other.government, &other.currency) == (value.from, &value.government, &value.currency)
                };
                if values[..at].iter().any(same) {
                    let what =
                        format!("`{name}` has two values from {} for the same government and currency.", value.from);
                    found.push(("values-twice", what, "Remove one of the two."));
                }
                if at > 0 && values[at - 1].from > value.from {
                    let what = format!("The values of `{name}` are not sorted by `from`.");
                    found.push(("values-unsorted", what, "Write the oldest first."));
                }
                match (&value.currency, parameter.unit.as_str()) {
                    (None, "currency") => {
                        let what = format!("The value of `{name}` from {} names no currency.", value.from);
                        found.push(("currency-missing", what, "Add `currency = \"KRW\"`."));
                    }
                    (Some(code), _) if Currency::from_code(code).is_none() => {
                        let what = format!("`{code}` is no currency Haechi counts in.");
                        found.push(("currency-unknown", what, "Use KRW, GBP, EUR or USD."));
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// A TOML error under the code that fits it: `unknown-key` where a key is not one of the format's.
pub(super) fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> Fault {
    let mut fault = toml_fault(file, text, error);
    if error.message().starts_with("unknown field") {
        fault.code = "unknown-key";
    }
    fault
}

/// `5%` is 500, `0.25%` is 25.
fn per_10_000(text: &str) -> Option<u32> {
    let number = text.trim().strip_suffix('%')?.trim_end();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let value = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(format!("{part:0<2}").parse().ok()?)?;
    (value <= 10_000).then_some(value)
}

fn first_twice(names: &[TableName]) -> Option<&TableName> {
    names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)).map(|(_, name)| name)
}

/// The columns a locality expression reads: its words that are not function names, numbers or quoted text.
pub(super) fn columns_in(expression: &str) -> Vec<String> {
    let mask = super::sql_text::mask(expression);
    let is_word = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    let mut names = Vec::new();
    let mut at = 0;
    while at < mask.len() {
        let length = mask[at..].iter().take_while(|c| is_word(**c)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let word: Range<usize> = at..at + length;
        at = word.end;
        let called = mask[at..].iter().find(|c| !c.is_ascii_whitespace()) == Some(&b'(');
        if !called && !mask[word.start].is_ascii_digit() {
            names.push(String::from_utf8_lossy(&mask[word]).into_owned());
        }
    }
    names
}

/// A hint at the column that may have been meant.
fn nearest(name: &str, known: &[Column]) -> String {
    let best = known
        .iter()
        .map(|column| (strsim::jaro_winkler(name, column.name.as_str()), column.name.as_str()))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((_, meant)) => format!("Perhaps `{meant}` was meant."),
        None => {
            let names: Vec<&str> = known.iter().map(|column| column.name.as_str()).collect();
            format!("Its columns are: {}.", names.join(", "))
        }
    }
}

/// The day's literal in SQL.
pub(super) fn sql_day(day: Day) -> String {
    format!("DATE '{}'", day.format("%Y-%m-%d"))
}

#[cfg(test)]
mod tests;
