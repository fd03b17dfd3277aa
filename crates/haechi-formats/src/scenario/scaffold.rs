//! A new scenario to begin from: it lints without errors and its cases pass, so that every change shows at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use haechi_core::ids::ScenarioId;

use crate::cell::CellKind;
use crate::dictionary::{Column, Privacy, Table};

/// What the scaffold goes by in a table.
struct Shape {
    /// What a finding is about: a public code or text.
    about: String,
    /// The day a row happened.
    day: Option<String>,
    /// The money of a row.
    money: Option<String>,
}

impl Shape {
    fn of(table: &Table) -> Self {
        let columns = table.columns();
        let name = |column: &Column| column.name.to_string();
        let public = |column: &&Column| column.privacy == Privacy::Public;
        let texts = || columns.iter().filter(public).filter(|column| column.kind == CellKind::Text);
        let about = texts().find(|column| column.name.as_str() == "unit_code").or_else(|| texts().next());
        let days = || columns.iter().filter(public).filter(|column| column.kind == CellKind::Day);
        let happened = table.happened_on.as_ref().and_then(|happened| days().find(|column| column.name == *happened));
        Self {
            about: about.or(columns.first()).map(name).unwrap_or_default(),
            day: happened.or_else(|| days().next()).map(name),
            money: columns.iter().find(|column| column.is_money).map(name),
        }
    }

    /// Subject, then money and its currency.
    fn columns(&self) -> Vec<String> {
        let mut columns = self.subject();
        columns.extend(self.money.clone());
        if self.money.is_some() {
            columns.push("currency".to_owned());
        }
        columns
    }

    fn subject(&self) -> Vec<String> {
        std::iter::once(self.about.clone()).chain(self.day.clone()).collect()
    }
}

/// The files of a new scenario that reads `table`: a draft that counts rows alike, to be made into what is meant.
pub fn new_scenario(id: &ScenarioId, table: &Table) -> BTreeMap<String, String> {
    let shape = Shape::of(table);
    BTreeMap::from([
        ("scenario.toml".to_owned(), toml(id, table, &shape)),
        ("query.sql".to_owned(), sql(table, &shape)),
        ("README.md".to_owned(), readme(table)),
        ("cases.md".to_owned(), cases(table, &shape)),
    ])
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn toml(id: &ScenarioId, table: &Table, shape: &Shape) -> String {
    let area = id.as_str().split('.').next().unwrap_or_default();
    let (subject, columns) = (quoted(&shape.subject()), quoted(&shape.columns()));
    let (about, name) = (&shape.about, &table.name);
    format!(
        r#"format    = 1
id        = "{id}"
version   = 1
status    = "draft"                 # draft | preview | stable | retired
catalogue = []                      # rows of the catalogue: "CARD-05"
area      = "{area}"
owner     = "haechi"
severity  = "medium"                # high | medium | low
notify    = "handler"               # audit_first where the handler may be concerned
subject   = [{subject}]
deadline_working_days = 7

[title]
ko = "같은 것이 여러 번"
en = "The same several times"

[explanation]
ko = "{{{about}}}에서 같은 것이 {{rows}}번 있습니다. 까닭이 있습니까?"
en = "{{{about}}} has the same {{rows}} times. Is there a reason?"

[remedy]
ko = "까닭을 적거나 자료를 바로잡습니다."
en = "Give the reason, or correct the record."

[[basis]]
law = "to be confirmed"

[inputs.{name}]
columns = [{columns}]

[parameters.min_rows]
doc = {{ ko = "이만큼이면 묻습니다.", en = "So many rows make a question." }}
unit = "count"
default = 3
range = [2, 100]

[facts.rows]
title = {{ ko = "횟수", en = "Rows" }}
unit  = "count"

[locality]
{name} = [{subject}]
"#
    )
}

fn sql(table: &Table, shape: &Shape) -> String {
    let mut out = "-- Rows that are alike in the subject, at least $min_rows of them.\nSELECT   ".to_owned();
    for column in shape.subject() {
        let _ = write!(out, "{column},\n         ");
    }
    let day = shape.day.clone().unwrap_or_else(|| "CAST(NULL AS DATE)".to_owned());
    let _ = write!(out, "{day} AS occurred_on,\n         ");
    let mut group = shape.subject();
    if let Some(money) = &shape.money {
        let _ = write!(out, "sum({money}) AS amount,\n         currency,\n         ");
        group.push("currency".to_owned());
    }
    let _ = write!(
        out,
        "count(*) AS fact_rows,\n         array_agg(_row ORDER BY _row) AS evidence\nFROM     {}\nGROUP BY {}\n\
         HAVING   count(*) >= $min_rows\n",
        table.name,
        group.join(", ")
    );
    out
}

fn readme(table: &Table) -> String {
    format!(
        "# The same several times\n\n## What it finds\n\nRows of `{}` that are alike in the subject.\n\n\
         ## Why it matters\n\n그대로 두면 무엇이 잘못되는지 씁니다.\n\nSay what goes wrong where this is left alone.\n\n\
         ## How to explain it\n\nSay which good reasons there are.\n\n\
         ## Not flagged\n\nRows fewer than `min_rows`.\n\n\
         ## Assumptions\n\nThe subject is written the same way each time.\n\n\
         ## Known misses\n\nNone known.\n",
        table.name
    )
}

fn cases(table: &Table, shape: &Shape) -> String {
    let header = shape.columns().join(",");
    let tail = |amount: i64| {
        let day = shape.day.as_ref().map(|_| ",2026-03-02").unwrap_or_default();
        let money = shape.money.as_ref().map(|_| format!(",{amount},KRW")).unwrap_or_default();
        (day, money)
    };
    let mut out = "# Cases\n".to_owned();
    let mut case = |title: &str, parameters: &str, about: &str, rows: i64, flagged: bool| {
        let _ = write!(out, "\n## {title}\n\n{parameters}```csv {}\n_row,{header}\n", table.name);
        for row in 1..=rows {
            let (day, money) = tail(1000);
            let _ = writeln!(out, "{row},{about}{day}{money}");
        }
        let amount = if shape.money.is_some() { "amount,currency," } else { "" };
        let subject = shape.subject().join(",");
        let _ = write!(out, "```\n\n```csv findings\n{subject},occurred_on,{amount}fact_rows,evidence\n");
        if flagged {
            let (day, money) = tail(1000 * rows);
            let happened = if day.is_empty() { "," } else { day };
            let evidence = (1..=rows).map(|row| row.to_string()).collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{about}{day}{happened}{money},{rows},{evidence}");
        }
        out.push_str("```\n");
    };
    case("Three rows alike are flagged", "", "A1", 3, true);
    case("Two rows alike are not enough", "", "A1", 2, false);
    case("Rows whose subject is empty are judged like any other", "", "", 3, true);
    let lower = "```toml parameters\nmin_rows = 2\n```\n\n";
    case("With min_rows at two, two rows are enough", lower, "A1", 2, true);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Folder;
    use crate::scenario::fixture::dictionary;
    use crate::scenario::lint;

    #[test]
    fn a_new_scenario_on_any_shipped_table_has_nothing_against_it() {
        let dictionary = dictionary();
        for table in dictionary.tables.values() {
            let id = ScenarioId::parse("area.new-one").unwrap();
            let folder = Folder { name: "area/new-one".to_owned(), files: new_scenario(&id, table) };
            assert_eq!(lint(&folder, &dictionary), [], "{}\n{:#?}", table.name, folder.files);
        }
    }
}
