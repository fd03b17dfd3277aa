//! The standard tables scenarios may read: one TOML file a table, in Table Schema's words where they fit.

use std::collections::BTreeMap;

use haechi_core::ids::TableName;
use haechi_core::words::Words;
use serde::Deserialize;

use crate::cell::CellKind;
use crate::fault::Fault;

/// All standard tables, by name.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// The tables.
    pub tables: BTreeMap<TableName, Table>,
}

/// A standard table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Table {
    /// The number of the file format: 1.
    pub format: u32,
    /// Its name, also the file's stem.
    pub name: TableName,
    /// Its label.
    pub title: Words,
    /// What a row is.
    pub description: Words,
    /// The systems it comes from: `e호조+`.
    #[serde(default)]
    pub source_systems: Vec<String>,
    /// Retention class, for `haechi purge`: `finance`, `personnel`, `reference`.
    pub retention: String,
    /// The field with the day a row happened, by which dated limits and the report's months go.
    pub happened_on: Option<TableName>,
    /// The fields snapshots are sorted by: what scenarios filter and group on first.
    #[serde(default)]
    pub sort: Vec<TableName>,
    /// The fields that identify a row in the standard table, where the field has such.
    #[serde(default)]
    pub primary_key: Vec<TableName>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A field of a standard table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Field {
    /// Its name.
    pub name: TableName,
    /// Its label.
    pub title: Words,
    /// What it says.
    #[serde(default)]
    pub description: Words,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Unit of a number: `KRW` never (money carries its currency), `people`, `days`.
    pub unit: Option<String>,
    /// Who may see it how.
    pub privacy: Privacy,
    /// What must hold.
    #[serde(default)]
    pub constraints: Constraints,
}

/// Table Schema's constraints, those that Haechi checks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Constraints {
    /// A row without it is rejected.
    #[serde(default)]
    pub required: bool,
    /// The only values allowed.
    #[serde(rename = "enum")]
    pub one_of: Option<Vec<String>>,
    /// Smallest value of a number.
    pub minimum: Option<i64>,
    /// Largest value of a number.
    pub maximum: Option<i64>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Free text; resident and card numbers in it are scrubbed at import.
    String,
    /// A code: text compared as it stands, never scrubbed.
    Code,
    /// A whole number.
    Integer,
    /// Money in the currency's smallest unit; the table then has a `currency` field.
    Money,
    /// A day.
    Date,
    /// A local time.
    Datetime,
    /// Yes or no.
    Boolean,
    /// A Korean business registration number: ten digits, kept as `123-45-67890`; a failing check digit is a hint.
    BusinessNumber,
}

/// The privacy classes of `architecture.md`, Contract 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Privacy {
    /// Anyone.
    Public,
    /// Employee number, name, work e-mail: plain, the office must route by it.
    Official,
    /// Masked on screen, revealed with a reason.
    Personal,
    /// Resident number, account number: only its keyed hash and masked form are ever written.
    Identifier,
}

/// A column as a snapshot holds it. An identifier field makes two: `account_no_key` and `account_no_masked`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: TableName,
    /// What it holds.
    pub kind: CellKind,
    /// Who may see it how. Of an identifier, the key column is [`Privacy::Identifier`], the masked one [`Privacy::Personal`].
    pub privacy: Privacy,
    /// Whether it is money.
    pub is_money: bool,
    /// The place of its field in [`Table::fields`].
    pub field: usize,
}

impl Dictionary {
    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        TableName::parse(name).ok().and_then(|name| self.tables.get(&name))
    }
}

impl Table {
    /// The columns a snapshot of this table holds, in order, without the hidden ones (`_row`, `_content`).
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::with_capacity(self.fields.len());
        for (at, field) in self.fields.iter().enumerate() {
            let kind = field.kind.cell_kind();
            let is_money = field.kind == FieldType::Money;
            if field.privacy == Privacy::Identifier {
                for (suffix, privacy) in [("key", Privacy::Identifier), ("masked", Privacy::Personal)] {
                    if let Ok(name) = TableName::parse(format!("{}_{suffix}", field.name)) {
                        columns.push(Column { name, kind: CellKind::Text, privacy, is_money: false, field: at });
                    }
                }
            } else {
                columns.push(Column { name: field.name.clone(), kind, privacy: field.privacy, is_money, field: at });
            }
        }
        columns
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.as_str() == name)
    }

    /// Reads one dictionary file. `file` is what faults call it.
    ///
    /// # Errors
    ///
    /// Every fault found: unknown keys, a name twice, `sort` or `happenedOn` that name no field, money without `currency`.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let table: Self = toml::from_str(text).map_err(|error| vec![crate::folder::toml_fault(file, text, &error)])?;
        let mut faults = Vec::new();
        let mut fault = |what: String, help: &str| faults.push(Fault::new("dictionary-invalid", file, what, help));
        for (at, field) in table.fields.iter().enumerate() {
            if table.fields[..at].iter().any(|earlier| earlier.name == field.name) {
                fault(format!("The field `{}` is there twice.", field.name), "Remove one of the two.");
            }
        }
        let named = table.sort.iter().chain(&table.happened_on).chain(&table.primary_key);
        for name in named.filter(|name| !table.columns().iter().any(|column| &&column.name == name)) {
            fault(format!("`{name}` is named in sort, happenedOn or primaryKey but is no column."), "Name a column.");
        }
        let has_money = table.fields.iter().any(|field| field.kind == FieldType::Money);
        if has_money && table.field("currency").is_none() {
            fault(
                "The table holds money but has no `currency` field.".to_owned(),
                "Add a code field named `currency`.",
            );
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }
}

impl FieldType {
    /// The kind of cell it is kept in.
    pub const fn cell_kind(self) -> CellKind {
        match self {
            Self::String | Self::Code | Self::BusinessNumber => CellKind::Text,
            Self::Integer | Self::Money => CellKind::Int,
            Self::Date => CellKind::Day,
            Self::Datetime => CellKind::Moment,
            Self::Boolean => CellKind::Flag,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_table_is_read_and_bears_its_files_name() {
        let mut names = Vec::new();
        for file in crate::shipped::DICTIONARY.files() {
            let name = file.path().to_string_lossy();
            let table = Table::parse(&name, file.contents_utf8().unwrap()).unwrap();
            assert_eq!(name, format!("{}.toml", table.name));
            names.push(table.name.to_string());
        }
        assert!(names.len() >= 7, "{names:?}");
    }
}
