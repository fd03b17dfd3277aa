//! Silence is never read as clean: of every shipped scenario each table is taken away in turn, and each is made too old in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use haechi_core::ids::{ScenarioId, TableName};
use haechi_core::period::Period;
use haechi_core::run_report::Outcome;
use haechi_core::time::Day;
use haechi_detect::import::{Progress, TakeOptions, take};
use haechi_detect::run::{Catalogue, RunOptions, detect};
use haechi_detect::session::Limits;
use haechi_detect::store::DataFolder;
use haechi_detect::store::view::View;
use haechi_formats::dictionary::{FieldType, Privacy, Table};
use haechi_formats::scenario::Input;

use crate::city::{City, code, wait};

const GOVERNMENT: &str = "9999999";

/// A data folder that holds every table any shipped scenario reads: one row over 2024, and the same over 2020.
struct Everything {
    city: City,
    folder: DataFolder,
    catalogue: Catalogue,
    fresh: View,
    old: View,
}

impl Everything {
    fn new() -> Self {
        let city = City::new();
        let folder = city.open();
        let catalogue = Catalogue::load(&folder.dictionary, None).unwrap();
        let tables: BTreeSet<&TableName> =
            catalogue.scenarios.values().flat_map(|listed| listed.scenario.inputs.keys()).collect();
        for name in &tables {
            let (mapping, row) = tiny(&folder.dictionary.tables[*name]);
            let source = source(name);
            city.write(&format!("data/mappings/{source}/mapping.toml"), mapping);
            city.write(&format!("{source}.csv"), row);
        }
        let mappings = haechi_formats::mapping::in_folder(&folder.own_mappings(), &folder.dictionary).unwrap();
        let views = ["2020", "2024"].map(|year| {
            wait(async {
                let lock = folder.lock(false, |_| {}).unwrap();
                let options = TakeOptions { period: Some(year.parse::<Period>().unwrap()), threads: 1 };
                for mapping in &mappings {
                    let file = city.path(&format!("{}.csv", mapping.name));
                    take(&folder, &lock, mapping, &[file], &options, &Progress::default()).await.unwrap();
                }
                let mut view = folder.view(&code(GOVERNMENT)).await.unwrap();
                view.entries.retain(|entry| entry.period == options.period);
                assert_eq!(view.entries.len(), tables.len());
                view
            })
        });
        let [old, fresh] = views;
        Self { city, folder, catalogue, fresh, old }
    }

    /// Runs scenarios over the tables of 2024, `change` made to them, and gives what each came to.
    fn outcomes(
        &self,
        only: &[&ScenarioId],
        as_of: &str,
        change: impl FnOnce(&mut View),
    ) -> BTreeMap<ScenarioId, Outcome> {
        let mut view = self.fresh.clone();
        change(&mut view);
        wait(async {
            view.number = self.folder.view(&view.government).await.unwrap().number + 1;
            let path = format!("data/store/views/{GOVERNMENT}/{:08}.json", view.number);
            self.city.write(&path, serde_json::to_string(&view).unwrap());
            let options = RunOptions {
                as_of: Some(as_of.parse().unwrap()),
                only: only.iter().map(|id| (*id).clone()).collect(),
                limits: Limits { threads: 2, ..Limits::default() },
                time_limit: Duration::from_secs(600),
                parameters: String::new(),
                progress: std::sync::Arc::default(),
            };
            let ran = detect(&self.folder, &view.government, &self.catalogue, &options).await.unwrap();
            ran.report.scenarios.into_iter().map(|run| (run.scenario.id, run.outcome)).collect()
        })
    }

    /// The scenarios that read each table, and how.
    fn readers(&self) -> BTreeMap<&TableName, Vec<(&ScenarioId, &Input)>> {
        let mut readers: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, listed) in &self.catalogue.scenarios {
            for (table, input) in &listed.scenario.inputs {
                readers.entry(table).or_default().push((id, input));
            }
        }
        readers
    }
}

/// The mapping that reads a table, by its name.
fn source(table: &TableName) -> String {
    table.as_str().replace('_', "-")
}

/// A mapping of every field of a table, and a file of one row that fits.
fn tiny(table: &Table) -> (String, String) {
    let mut mapping = format!(
        r#"format = 1
name = "{}"
table = "{}"
currency = "KRW"
files = ["*"]
title = {{ ko = "한 행", en = "One row" }}
government = {{ code = "{GOVERNMENT}", ko = "해치시", en = "Haechi City" }}
load = {{ mode = "period", period = {{ option = true }} }}
[columns]
"#,
        source(&table.name),
        table.name
    );
    let (mut header, mut row) = (Vec::new(), Vec::new());
    for field in table.fields.iter().filter(|field| field.name.as_str() != "currency") {
        mapping.push_str(&format!("{} = {{ header = \"{}\" }}\n", field.name, field.name));
        header.push(field.name.as_str());
        let least = field.constraints.minimum.unwrap_or(1).to_string();
        row.push(match (field.kind, &field.constraints.one_of, field.privacy) {
            (_, Some(allowed), _) => allowed[0].clone(),
            (_, _, Privacy::Identifier) if field.name.as_str().contains("resident") => "800101-1234567".to_owned(),
            (FieldType::String | FieldType::Code, ..) => "1".to_owned(),
            (FieldType::Integer | FieldType::Money, ..) => least,
            (FieldType::Date, ..) => "2024-03-05".to_owned(),
            (FieldType::Datetime, ..) => "2024-03-05 10:00".to_owned(),
            (FieldType::Boolean, ..) => "Y".to_owned(),
            (FieldType::BusinessNumber, ..) => "123-45-67891".to_owned(),
        });
    }
    (mapping, format!("{}\n{}\n", header.join(","), row.join(",")))
}

/// The codes of why, where all the reasons are about `table`.
fn codes(outcome: &Outcome, table: &TableName) -> Option<Vec<String>> {
    let Outcome::CannotBeJudged { reasons } = outcome else { return None };
    assert!(reasons.iter().all(|reason| reason.table == *table), "{reasons:?}");
    Some(reasons.iter().map(|reason| reason.code.clone()).collect())
}

fn was_judged(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Findings { .. } | Outcome::Clean { .. })
}

#[test]
fn each_scenario_is_judged_with_all_its_tables_and_not_without_any_one_of_them() {
    let everything = Everything::new();
    let all: Vec<&ScenarioId> = everything.catalogue.scenarios.keys().collect();
    let outcomes = everything.outcomes(&all, "2024-12-31", |_| {});
    assert_eq!(outcomes.len(), all.len());
    let not_judged: Vec<_> = outcomes.iter().filter(|(_, outcome)| !was_judged(outcome)).collect();
    assert!(not_judged.is_empty(), "{not_judged:?}");

    let mut taken_away = 0;
    for (table, readers) in everything.readers() {
        let ids: Vec<&ScenarioId> = readers.iter().map(|(id, _)| *id).collect();
        let without = |view: &mut View| view.entries.retain(|entry| entry.table != *table);
        for (id, outcome) in everything.outcomes(&ids, "2024-12-31", without) {
            assert_eq!(
                codes(&outcome, table),
                Some(vec!["table_missing".to_owned()]),
                "{id} without {table}: {outcome:?}"
            );
            taken_away += 1;
        }
    }
    let inputs = everything.catalogue.scenarios.values().map(|listed| listed.scenario.inputs.len()).sum::<usize>();
    assert_eq!(taken_away, inputs);
}

#[test]
fn each_scenario_is_judged_on_the_last_day_a_table_is_fresh_enough_and_not_on_the_next() {
    let everything = Everything::new();
    let ends: Day = "2020-12-31".parse().unwrap();
    let mut tried = 0;
    for (table, readers) in everything.readers() {
        let mut by_days: BTreeMap<u32, Vec<&ScenarioId>> = BTreeMap::new();
        for (id, input) in readers {
            if let Some(days) = input.fresh_within_days {
                by_days.entry(days).or_default().push(id);
            }
        }
        let with_the_old = |view: &mut View| {
            view.entries.retain(|entry| entry.table != *table);
            view.entries.extend(everything.old.entries.iter().filter(|entry| entry.table == *table).cloned());
            view.entries.sort();
        };
        for (days, ids) in by_days {
            let on = |days: u32| ends.iter_days().nth(days as usize).unwrap().to_string();
            for (id, outcome) in everything.outcomes(&ids, &on(days), with_the_old) {
                assert!(was_judged(&outcome), "{id} with {table} of {days} days ago: {outcome:?}");
            }
            for (id, outcome) in everything.outcomes(&ids, &on(days + 1), with_the_old) {
                assert_eq!(codes(&outcome, table), Some(vec!["stale".to_owned()]), "{id} with {table}: {outcome:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 0);
}
