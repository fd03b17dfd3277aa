//! What a query gives becomes findings, or the contract it breaks is named.

use std::collections::HashMap;

use arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Int64Type, Schema, TimestampMillisecondType};
use chrono::DateTime;
use haechi_core::finding::{self, Evidence, Finding, LiveRow, Responsible, ScenarioRef, Value};
use haechi_core::ids::{Government, SnapshotId, TableName};
use haechi_core::money::Currency;
use haechi_core::time::Day;
use haechi_formats::scenario::Scenario;
use indexmap::IndexMap;

use super::lines::FindingSheet;
use crate::import::part::days_since_1970;
use crate::store::records::{Manifest, Source};

/// A query's output that breaks the declared contract.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// A column the contract asks for is missing.
    #[error("the query gives no column `{0}`; add it, or change scenario.toml")]
    Missing(String),
    /// A column is not of a type findings can hold.
    #[error("the column `{column}` is of type {found}; {help}")]
    Type {
        /// The column.
        column: String,
        /// Its type.
        found: String,
        /// What to do.
        help: &'static str,
    },
    /// A value that must be there is not.
    #[error("the column `{column}` is empty for the subject {subject}; {help}")]
    Empty {
        /// The column.
        column: String,
        /// The subject's values.
        subject: String,
        /// What to do.
        help: &'static str,
    },
    /// Two rows about the same subject.
    #[error(
        "two rows are about the same subject {0}; group by the subject columns, or add what tells them apart to `subject`"
    )]
    SubjectTwice(String),
    /// A row is cited that no snapshot holds.
    #[error(
        "the evidence names the row {0}, which no table of the scenario holds; use array_agg(_row) of the flagged rows"
    )]
    UnknownRow(i64),
    /// A finding that cannot be written down.
    #[error("a finding cannot be written as JSON: {0}")]
    Unwritable(String),
    /// An amount in a currency Haechi does not count in.
    #[error("`{0}` is not a currency Haechi counts in")]
    Currency(String),
}

/// Where the rows of the tables in view come from.
#[derive(Clone, Debug, Default)]
pub struct RowSources {
    by_number: HashMap<(TableName, u32), RowSource>,
    /// The pretended snapshot and file of a test case, whose rows are small numbers.
    of_a_case: Option<SnapshotId>,
}

/// Where the rows of one number come from.
#[derive(Clone, Debug)]
struct RowSource {
    snapshot: SnapshotId,
    source: Source,
    /// The live table, without a key.
    live: Option<LiveRow>,
}

impl RowSources {
    /// From the manifests in view.
    pub fn new<'a>(manifests: impl IntoIterator<Item = &'a Manifest>) -> Self {
        let mut by_number = HashMap::new();
        for manifest in manifests {
            for source in &manifest.sources {
                let at = (manifest.table.clone(), source.number);
                let live = source.live.as_ref().map(|live| LiveRow {
                    database: live.database.clone(),
                    table: live.table.clone(),
                    key: IndexMap::new(),
                });
                by_number.insert(at, RowSource { snapshot: manifest.id.clone(), source: source.clone(), live });
            }
        }
        Self { by_number, of_a_case: None }
    }

    /// Of a test case: every row lies on the line of its number in `cases.md`.
    pub fn of_a_case() -> Self {
        Self { by_number: HashMap::new(), of_a_case: Some(haechi_core::digest::Digest::of("a case").into()) }
    }

    /// The row's snapshot, file and line. `tables` are the tables it may lie in. The key of a row of a live table is not known
    /// from its number and is still empty.
    pub fn locate<'a>(&self, row: i64, tables: impl IntoIterator<Item = &'a TableName>) -> Option<Evidence> {
        let number = u32::try_from(row >> 32).ok()?;
        let line = u64::try_from(row & 0xffff_ffff).ok()?;
        if let Some(snapshot) = &self.of_a_case {
            let (snapshot, table) = (snapshot.clone(), tables.into_iter().next()?.clone());
            return Some(Evidence {
                snapshot,
                table,
                row,
                file: "cases.md".to_owned(),
                member: None,
                sheet: None,
                line,
                live: None,
            });
        }
        tables.into_iter().find_map(|table| {
            let RowSource { snapshot, source, live } = self.by_number.get(&(table.clone(), number))?;
            Some(Evidence {
                snapshot: snapshot.clone(),
                table: table.clone(),
                row,
                file: source.file.clone(),
                member: source.member.clone(),
                sheet: source.sheet.clone(),
                line,
                live: live.clone(),
            })
        })
    }
}

/// Reads the batches of one scenario's query.
pub struct FindingReader<'a> {
    scenario: &'a Scenario,
    government: &'a Government,
    reference: ScenarioRef,
    sources: &'a RowSources,
    columns: Columns,
}

#[derive(Clone, Debug)]
struct Columns {
    subject: Vec<(String, usize)>,
    facts: Vec<(String, usize)>,
    occurred_on: usize,
    amount: Option<usize>,
    currency: Option<usize>,
    unit: Option<usize>,
    person: Option<usize>,
    evidence: usize,
}

impl<'a> FindingReader<'a> {
    /// Checks the query's columns against the contract.
    ///
    /// # Errors
    ///
    /// [`ContractError::Missing`] and [`ContractError::Type`], before any row is read.
    pub fn new(
        schema: &Schema,
        scenario: &'a Scenario,
        government: &'a Government,
        sources: &'a RowSources,
    ) -> Result<Self, ContractError> {
        let at = |name: &str| schema.index_of(name).map_err(|_| ContractError::Missing(name.to_owned()));
        let typed = |name: &str, fits: fn(&DataType) -> bool, help: &'static str| {
            let index = at(name)?;
            let found = schema.field(index).data_type();
            if fits(found) {
                Ok(index)
            } else {
                Err(ContractError::Type { column: name.to_owned(), found: found.to_string(), help })
            }
        };
        let value = |name: &str| {
            typed(name, holds_value, "use whole numbers, text, dates or yes/no; count rates in whole percent")
        };
        let columns = Columns {
            subject: scenario
                .subject
                .iter()
                .map(|name| Ok((name.to_string(), value(name.as_str())?)))
                .collect::<Result<_, _>>()?,
            facts: scenario
                .facts
                .keys()
                .map(|name| Ok((name.to_string(), value(&format!("fact_{name}"))?)))
                .collect::<Result<_, _>>()?,
            occurred_on: typed("occurred_on", is_day, "cast it to DATE")?,
            amount: at("amount")
                .ok()
                .map(|_| typed("amount", DataType::is_integer, "give the smallest unit as BIGINT"))
                .transpose()?,
            currency: at("currency").ok().map(|_| typed("currency", is_text, "give the ISO 4217 code")).transpose()?,
            unit: scenario.responsible_unit.as_ref().map(|name| value(name.as_str())).transpose()?,
            person: scenario.responsible_person.as_ref().map(|name| value(name.as_str())).transpose()?,
            evidence: typed("evidence", is_rows, "use array_agg(_row)")?,
        };
        let reference = ScenarioRef { id: scenario.id.clone(), version: scenario.version, digest: scenario.digest };
        Ok(Self { scenario, government, reference, sources, columns })
    }

    /// Writes the findings of one batch down.
    ///
    /// # Errors
    ///
    /// [`ContractError`] for the first row that breaks the contract.
    pub(crate) fn read(&self, batch: &RecordBatch, sheet: &mut FindingSheet) -> Result<(), ContractError> {
        let values = |columns: &[(String, usize)]| -> Result<Vec<(String, ValueColumn)>, ContractError> {
            columns.iter().map(|(name, at)| Ok((name.clone(), ValueColumn::new(name, batch.column(*at))?))).collect()
        };
        let one = |at: Option<usize>, name: &str| at.map(|at| ValueColumn::new(name, batch.column(at))).transpose();
        let (subject, facts) = (values(&self.columns.subject)?, values(&self.columns.facts)?);
        let occurred = ValueColumn::new("occurred_on", batch.column(self.columns.occurred_on))?;
        let (amount, currency) = (one(self.columns.amount, "amount")?, one(self.columns.currency, "currency")?);
        let (unit, person) = (one(self.columns.unit, "unit")?, one(self.columns.person, "person")?);
        let evidence = batch.column(self.columns.evidence);
        for row in 0..batch.num_rows() {
            let subject: IndexMap<String, Value> =
                subject.iter().map(|(name, column)| (name.clone(), column.at(row))).collect();
            let occurred_on = match occurred.at(row) {
                Value::Text(day) => day.parse::<Day>().ok(),
                _ => None,
            };
            let (amount, currency) = self.money(&subject, amount.as_ref(), currency.as_ref(), row)?;
            let text = |column: &Option<ValueColumn>| match column.as_ref().map(|column| column.at(row)) {
                None | Some(Value::Null) => None,
                Some(value) => Some(value.to_string()),
            };
            let facts: IndexMap<String, Value> =
                facts.iter().map(|(name, column)| (name.clone(), column.at(row))).collect();
            let finding = Finding {
                format: finding::FORMAT,
                key: finding::key_of(self.government, &self.scenario.id, &subject),
                government: self.government.clone(),
                scenario: self.reference.clone(),
                responsible: Responsible { unit_code: text(&unit), employee_no: text(&person) },
                occurred_on,
                amount,
                currency,
                severity: self.scenario.severity,
                evidence: self.evidence(&subject, evidence, row)?,
                explanation: self.scenario.question(&subject, &facts, occurred_on, amount, currency),
                subject,
                facts,
            };
            sheet.push(&finding)?;
        }
        Ok(())
    }

    fn money(
        &self,
        subject: &IndexMap<String, Value>,
        amount: Option<&ValueColumn>,
        currency: Option<&ValueColumn>,
        row: usize,
    ) -> Result<(Option<i64>, Option<Currency>), ContractError> {
        let Some(Value::Int(amount)) = amount.map(|column| column.at(row)) else { return Ok((None, None)) };
        match currency.map(|column| column.at(row)) {
            Some(Value::Text(code)) => {
                let currency = Currency::from_code(&code).ok_or(ContractError::Currency(code))?;
                Ok((Some(amount), Some(currency)))
            }
            _ => Err(ContractError::Empty {
                column: "currency".to_owned(),
                subject: words(subject),
                help: "every amount needs its currency",
            }),
        }
    }

    fn evidence(
        &self,
        subject: &IndexMap<String, Value>,
        column: &ArrayRef,
        row: usize,
    ) -> Result<Vec<Evidence>, ContractError> {
        let empty = || ContractError::Empty {
            column: "evidence".to_owned(),
            subject: words(subject),
            help: "every finding cites at least one row",
        };
        let list = column.as_list_opt::<i32>().ok_or_else(empty)?;
        if list.is_null(row) {
            return Err(empty());
        }
        let rows = list.value(row);
        let rows = rows.as_primitive_opt::<Int64Type>().ok_or_else(empty)?;
        let mut rows: Vec<i64> = rows.iter().flatten().collect();
        rows.sort_unstable();
        rows.dedup();
        if rows.is_empty() {
            return Err(empty());
        }
        let flagged = || self.scenario.inputs.iter().filter(|(_, input)| input.flagged).map(|(name, _)| name);
        let mut evidence = rows
            .into_iter()
            .map(|row| self.sources.locate(row, flagged()).ok_or(ContractError::UnknownRow(row)))
            .collect::<Result<Vec<_>, _>>()?;
        let order = |a: &Evidence, b: &Evidence| {
            (&a.file, &a.member, &a.sheet, a.line, &a.snapshot).cmp(&(
                &b.file,
                &b.member,
                &b.sheet,
                b.line,
                &b.snapshot,
            ))
        };
        evidence.sort_by(order);
        Ok(evidence)
    }
}

/// The subject's values, for messages. Subjects hold no personal columns; the linter sees to it.
pub(super) fn words(subject: &IndexMap<String, Value>) -> String {
    subject.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ")
}

/// A column of values, cast once a batch to the one form of its kind.
struct ValueColumn {
    array: ArrayRef,
}

impl ValueColumn {
    fn new(name: &str, array: &ArrayRef) -> Result<Self, ContractError> {
        let target = match array.data_type() {
            DataType::Boolean => DataType::Boolean,
            DataType::Null => DataType::Utf8,
            kind if is_text(kind) => DataType::Utf8,
            kind if kind.is_integer() => DataType::Int64,
            DataType::Date32 | DataType::Date64 => DataType::Date32,
            DataType::Timestamp(_, _) => DataType::Timestamp(arrow::datatypes::TimeUnit::Millisecond, None),
            other => {
                return Err(ContractError::Type {
                    column: name.to_owned(),
                    found: other.to_string(),
                    help: "use whole numbers, text, dates or yes/no; count rates in whole percent",
                });
            }
        };
        let array = cast(array, &target).map_err(|_| ContractError::Type {
            column: name.to_owned(),
            found: array.data_type().to_string(),
            help: "its values do not fit",
        })?;
        Ok(Self { array })
    }

    fn at(&self, row: usize) -> Value {
        if self.array.is_null(row) {
            return Value::Null;
        }
        match self.array.data_type() {
            DataType::Boolean => Value::Bool(self.array.as_boolean().value(row)),
            DataType::Int64 => Value::Int(self.array.as_primitive::<Int64Type>().value(row)),
            DataType::Date32 => day_of(self.array.as_primitive::<Date32Type>().value(row)),
            DataType::Timestamp(_, _) => moment_of(self.array.as_primitive::<TimestampMillisecondType>().value(row)),
            _ => Value::Text(self.array.as_string::<i32>().value(row).to_owned()),
        }
    }
}

fn day_of(days: i32) -> Value {
    let epoch = Day::default();
    debug_assert_eq!(days_since_1970(epoch), 0, "the default day is 1970-01-01");
    let day = epoch.checked_add_signed(chrono::Duration::days(i64::from(days)));
    day.map_or(Value::Null, |day| Value::Text(day.to_string()))
}

fn moment_of(millis: i64) -> Value {
    DateTime::from_timestamp_millis(millis).map_or(Value::Null, |at| {
        let form = if millis % 60_000 == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
        Value::Text(at.format(form).to_string())
    })
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_day(kind: &DataType) -> bool {
    matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _))
}

fn is_rows(kind: &DataType) -> bool {
    matches!(kind, DataType::List(field) if *field.data_type() == DataType::Int64)
}

fn holds_value(kind: &DataType) -> bool {
    is_text(kind) || is_day(kind) || kind.is_integer() || matches!(kind, DataType::Boolean | DataType::Null)
}
