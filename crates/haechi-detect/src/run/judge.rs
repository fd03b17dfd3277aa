//! Whether a scenario can be judged at all: are its tables there, fresh, complete enough?

use std::collections::BTreeMap;

use haechi_core::ids::TableName;
use haechi_core::run_report::Reason;
use haechi_core::time::Day;
use haechi_core::words::Words;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::scenario::{Input, Scenario};

use crate::store::records::{LoadRecord, Manifest};

/// What is in view, by table.
pub(super) struct InView<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) by_table: BTreeMap<TableName, Vec<(&'a Manifest, &'a LoadRecord)>>,
    pub(super) as_of: Day,
    /// The country whose days off the calendar lists; `None` when the installation brought its own.
    pub(super) calendar_of: Option<&'static str>,
}

impl InView<'_> {
    /// Why `scenario` cannot be judged; empty when it can.
    pub(super) fn reasons(&self, scenario: &Scenario) -> Vec<Reason> {
        let mut reasons: Vec<Reason> =
            scenario.inputs.iter().flat_map(|(table, input)| self.of_table(table, input)).collect();
        reasons.extend(self.keys_differ(scenario));
        reasons.extend(self.calendar_of_another_country(scenario));
        reasons
    }

    /// The last day up to which all tables of `scenario` are known: what came after it in one is not yet there in another.
    /// A full load covers no period and bounds nothing.
    pub(super) fn as_of(&self, scenario: &Scenario) -> Day {
        let covered = |table| -> Option<Day> {
            let there = self.by_table.get(table)?;
            let ends: Option<Vec<Day>> = there.iter().map(|(manifest, _)| Some(manifest.period?.to())).collect();
            ends?.into_iter().max()
        };
        scenario.inputs.keys().filter_map(covered).fold(self.as_of, Day::min)
    }

    fn of_table(&self, table: &TableName, input: &Input) -> Vec<Reason> {
        let title = self
            .dictionary
            .tables
            .get(table)
            .map_or_else(|| Words::new(table.as_str(), table.as_str()), |t| t.title.clone());
        let reason = |code: &str, ko: String, en: String| Reason {
            code: code.to_owned(),
            table: table.clone(),
            words: Words::new(format!("{}: {ko}", title.ko), format!("{}: {en}", title.en)),
        };
        let Some(there) = self.by_table.get(table).filter(|there| !there.is_empty()) else {
            return vec![reason(
                "table_missing",
                "가져온 자료가 없습니다.".to_owned(),
                "no export of it was taken.".to_owned(),
            )];
        };
        let mut reasons = Vec::new();
        for column in input.columns.iter().filter(|column| !input.optional.contains(column)) {
            if !there.iter().any(|(manifest, _)| manifest.supplied.contains(column)) {
                let label = self.label(table, column);
                reasons.push(reason(
                    "column_missing",
                    format!("가져온 자료에 `{}`({column}) 항목이 없습니다.", label.ko),
                    format!("no export taken has `{}` ({column}).", label.en),
                ));
            }
        }
        if let Some(days) = input.fresh_within_days {
            // A full load covers no period; its day is the day it was taken.
            let last = there
                .iter()
                .filter_map(|(manifest, load)| match manifest.period {
                    Some(period) => Some(period.to()),
                    None => load.taken_at.get(..10)?.parse().ok(),
                })
                .max();
            if let Some(last) = last.filter(|last| (self.as_of - *last).num_days() > i64::from(days)) {
                reasons.push(reason(
                    "stale",
                    format!("자료가 {last}까지이고 기준일은 {}입니다. {days}일 안의 자료가 필요합니다.", self.as_of),
                    format!(
                        "the data end on {last}, the as-of day is {}, and they may be {days} days apart.",
                        self.as_of
                    ),
                ));
            }
        }
        if let Some(most) = input.max_reject_per_10_000 {
            let (rejected, rows) = there
                .iter()
                .flat_map(|(manifest, load)| {
                    let of_snapshot = |file: &&crate::store::records::FileRecord| {
                        manifest.sources.iter().any(|source| source.file == file.file && source.member == file.member)
                    };
                    load.files.iter().filter(of_snapshot)
                })
                .fold((0u64, 0u64), |(rejected, rows), file| (rejected + file.rejected, rows + file.rows_in));
            if u128::from(rejected) * 10_000 > u128::from(rows) * u128::from(most) {
                reasons.push(reason(
                    "too_many_rejects",
                    format!("{rows}행 가운데 {rejected}행을 읽지 못했습니다."),
                    format!("{rejected} of {rows} rows did not fit."),
                ));
            }
        }
        reasons
    }

    /// Identifiers hashed under different keys do not join; a scenario that joins on them would read silence as clean.
    fn keys_differ(&self, scenario: &Scenario) -> Option<Reason> {
        let mut keys: Vec<(&TableName, &str)> = Vec::new();
        for (table, input) in &scenario.inputs {
            let joins = input.columns.iter().any(|column| column.as_str().ends_with("_key"));
            if joins {
                let there = self.by_table.get(table).into_iter().flatten();
                keys.extend(there.filter_map(|(manifest, _)| Some((table, manifest.key_id.as_deref()?))));
            }
        }
        let (table, _) = *keys.iter().find(|(_, key)| *key != keys[0].1)?;
        Some(Reason {
            code: "keys_differ".to_owned(),
            table: table.clone(),
            words: Words::new(
                "서로 다른 설치 키로 가져온 자료라 식별번호를 맞추어 볼 수 없습니다. 예전 자료를 다시 가져오십시오.",
                "the identifiers were hashed under different installation keys and cannot be compared; take the older exports again.",
            ),
        })
    }

    /// Another country's days off say nothing about this one's.
    fn calendar_of_another_country(&self, scenario: &Scenario) -> Option<Reason> {
        let of = self.calendar_of?;
        let (table, load) = scenario.calendar.keys().find_map(|table| {
            let there = self.by_table.get(table).into_iter().flatten();
            there.map(|(_, load)| load).find(|load| load.country != of).map(|load| (table, load))
        })?;
        let country = &load.country;
        Some(Reason {
            code: "calendar_missing".to_owned(),
            table: table.clone(),
            words: Words::new(
                format!("{country}의 휴일 달력이 없습니다. 데이터 폴더에 calendar.csv를 두십시오."),
                format!("there is no working calendar of {country}; put one into the data folder as calendar.csv."),
            ),
        })
    }

    fn label(&self, table: &TableName, column: &TableName) -> Words {
        let found = self.dictionary.tables.get(table).and_then(|table| {
            let at = table.columns().into_iter().find(|c| c.name == *column)?.field;
            Some(table.fields[at].title.clone())
        });
        found.unwrap_or_else(|| Words::new(column.as_str(), column.as_str()))
    }
}
