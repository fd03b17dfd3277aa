//! The shipped scenarios as the functions meet them: read, expanded and planned over the dictionary's tables.

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use datafusion::common::ScalarValue;
use datafusion::prelude::SessionContext;
use haechi_core::ids::Government;
use haechi_core::time::Day;
use haechi_formats::cell::CellKind;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::folder::Folder;
use haechi_formats::scenario::{Overrides, Scenario};
use haechi_formats::shipped::SCENARIOS;

use super::tests::{plan, session};

fn dictionary() -> Dictionary {
    haechi_formats::shipped::dictionary().unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The scenarios in the binary; `AREA/NAME` is both the folder and, with a dot, the id.
fn scenarios(dictionary: &Dictionary) -> Vec<Scenario> {
    let folders = SCENARIOS.dirs().flat_map(|area| area.dirs());
    folders
        .map(|dir| Folder::embedded(&dir.path().to_string_lossy(), dir))
        .map(|folder| Scenario::parse(&folder, dictionary).unwrap_or_else(|faults| panic!("{faults:#?}")))
        .collect()
}

fn register_empty_tables(session: &SessionContext, dictionary: &Dictionary) {
    for (name, table) in &dictionary.tables {
        let columns = table.columns().into_iter().map(|column| {
            let kind = match column.kind {
                CellKind::Text => DataType::Utf8View,
                CellKind::Int => DataType::Int64,
                CellKind::Day => DataType::Date32,
                CellKind::Moment => DataType::Timestamp(TimeUnit::Millisecond, None),
                CellKind::Flag => DataType::Boolean,
            };
            Field::new(column.name.as_str(), kind, true)
        });
        let fields: Vec<Field> = [Field::new("_row", DataType::Int64, false)].into_iter().chain(columns).collect();
        let empty = RecordBatch::new_empty(Schema::new(fields).into());
        crate::session::add_batches(session, name.as_str(), empty.schema(), vec![empty]).unwrap();
    }
}

#[tokio::test]
async fn every_shipped_query_plans_runs_and_gives_the_columns_its_scenario_declares() {
    let dictionary = dictionary();
    let session = session();
    register_empty_tables(&session, &dictionary);
    let seoul = Government::parse("6110000").unwrap();
    let mut ids = Vec::new();
    for scenario in scenarios(&dictionary) {
        let expanded = scenario
            .expand(&seoul, &Overrides::default(), Day::default())
            .unwrap_or_else(|faults| panic!("{faults:#?}"));
        let scalars: Vec<(String, ScalarValue)> =
            expanded.scalars.into_iter().map(|(name, number)| (name, number.into())).collect();
        let query = plan(&session, &expanded.sql).await.unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
        let query = query.with_param_values(scalars).unwrap();

        let mut given: Vec<String> = query.schema().fields().iter().map(|field| field.name().clone()).collect();
        let mut declared: Vec<String> = ["occurred_on", "amount", "currency", "evidence"].map(str::to_owned).into();
        declared.extend(scenario.subject.iter().map(ToString::to_string));
        declared.extend(scenario.responsible_unit.iter().chain(&scenario.responsible_person).map(ToString::to_string));
        declared.extend(scenario.facts.keys().map(|fact| format!("fact_{fact}")));
        // Money is optional, and comes with its currency or not at all: overtime is minutes, a log-in neither.
        if !given.iter().any(|column| column == "amount" || column == "currency") {
            declared.retain(|column| column != "amount" && column != "currency");
        }
        given.sort();
        declared.sort();
        declared.dedup();
        assert_eq!(given, declared, "{}", scenario.id);
        assert!(!query.schema().fields().iter().any(|field| field.data_type().is_floating()), "{}", scenario.id);

        let found = query.collect().await.unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
        assert_eq!(found.iter().map(RecordBatch::num_rows).sum::<usize>(), 0, "{}", scenario.id);
        ids.push(scenario.id.to_string());
    }
    assert!(ids.len() >= 12, "{ids:?}");
}
