//! People and units as a personnel system's exports have them, for the office to take in.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::{Array as _, AsArray as _};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use haechi_core::ids::Government;
use haechi_core::records::{self, AbsenceRecord, PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::time::Day;
use haechi_core::words::Words;

use crate::error::EngineError;
use crate::run::Scene;
use crate::session::{self, Limits};
use crate::store::DataFolder;

/// What a personnel system does not say of itself.
#[derive(Clone, Debug)]
pub struct Posts {
    /// Positions whose holders head their unit: `과장`.
    pub heads: BTreeSet<String>,
    /// Positions whose holders keep their unit's papers: `서무`.
    pub coordinators: BTreeSet<String>,
    /// The code of the audit office.
    pub audit_unit: Option<String>,
}

impl Default for Posts {
    fn default() -> Self {
        let set = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        Self {
            heads: set(&[
                "시장",
                "군수",
                "구청장",
                "도지사",
                "국장",
                "실장",
                "과장",
                "담당관",
                "소장",
                "동장",
                "면장",
                "읍장",
            ]),
            coordinators: set(&["서무", "팀장"]),
            audit_unit: None,
        }
    }
}

/// The people and units in view of a government, as of the day the view looks from or `as_of`.
///
/// # Errors
///
/// When the registers of departments or of employees were not taken.
pub async fn people(
    folder: &DataFolder,
    government: &Government,
    as_of: Option<Day>,
    posts: &Posts,
    limits: &Limits,
) -> Result<Records, EngineError> {
    let scene = Scene::now(folder, government, as_of).await?;
    let as_of = scene.as_of();
    let session = scene.session(folder, limits).await?;
    let rows = async |sql: &str| rows(&session, sql).await;
    let departments =
        rows("SELECT unit_code, unit_name, parent_unit_code, valid_from, valid_to FROM department ORDER BY unit_code")
            .await?;
    let employees =
        rows("SELECT employee_no, name, unit_code, position, joined_on, left_on FROM employee ORDER BY employee_no")
            .await?;
    for (table, rows) in [("department", &departments), ("employee", &employees)] {
        if rows.is_empty() {
            return Err(EngineError::Asked(format!(
                "The register `{table}` was not taken, so there is nobody to hand over. Take it with `haechi snapshot take`."
            )));
        }
    }
    let duties = rows(
        "SELECT employee_no, duty_code FROM appointment WHERE duty_code IS NOT NULL AND duty_code <> '' ORDER BY employee_no, appointed_on",
    )
    .await?;
    let absences = rows(&format!(
        "SELECT employee_no, starts_on, ends_on FROM leave
         WHERE starts_at IS NULL AND (status IS NULL OR status = 'approved') AND ends_on >= DATE '{as_of}' AND starts_on <= ends_on
         ORDER BY employee_no, starts_on"
    ))
    .await?;
    let units = units(&departments, posts, as_of);
    let known: BTreeSet<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
    let duties: BTreeMap<&str, &str> =
        duties.iter().filter_map(|row| Some((row[0].as_deref()?, row[1].as_deref()?))).collect();
    let mut persons = BTreeMap::new();
    let mut places = Vec::new();
    let mut headed = BTreeSet::new();
    for row in &employees {
        let [number, name, unit, position, joined, left] = row.as_slice() else { continue };
        let (Some(number), Some(name)) = (number.clone(), name.clone()) else { continue };
        let (joined, left) = (day(joined.as_deref()), day(left.as_deref()));
        // Who was hired again has a day of leaving before the one of joining.
        let left = left.filter(|left| joined.is_none_or(|joined| joined <= *left));
        let is_there = left.is_none_or(|left| left >= as_of);
        if let Some(unit) = unit.as_deref().filter(|unit| is_there && known.contains(unit)) {
            let position = position.as_deref().unwrap_or_default();
            let post = match position {
                // A second head would leave open who approves.
                position if posts.heads.contains(position) && headed.insert(unit.to_owned()) => PostRecord::Head,
                position if posts.coordinators.contains(position) => PostRecord::Coordinator,
                _ => PostRecord::Staff,
            };
            let duty = duties.get(number.as_str()).map(|duty| (*duty).to_owned());
            places.push(PlaceRecord {
                employee_no: number.clone(),
                unit: unit.to_owned(),
                post,
                duties: duty.into_iter().collect(),
                from: joined.unwrap_or(as_of).min(as_of),
                to: left,
                acting: false,
            });
        }
        persons.insert(
            number.clone(),
            PersonRecord { employee_no: number, name, mail: None, mobile: None, left_on: left },
        );
    }
    let absences = absences
        .iter()
        .filter_map(|row| {
            let number = row[0].clone().filter(|number| persons.contains_key(number))?;
            Some(AbsenceRecord { employee_no: number, from: day(row[1].as_deref())?, to: day(row[2].as_deref())? })
        })
        .collect();
    Ok(Records {
        format: records::FORMAT,
        government: government.clone(),
        as_of,
        units,
        persons: persons.into_values().collect(),
        places,
        absences,
    })
}

fn units(rows: &[Vec<Option<String>>], posts: &Posts, as_of: Day) -> Vec<UnitRecord> {
    let code = |row: &Vec<Option<String>>| row[0].clone();
    let all: BTreeSet<String> = rows.iter().filter_map(code).collect();
    let mut units: BTreeMap<String, UnitRecord> = BTreeMap::new();
    for row in rows {
        let Some(code) = code(row) else { continue };
        let to = day(row[4].as_deref());
        if to.is_some_and(|to| to < as_of) {
            continue;
        }
        let name = row[1].clone().unwrap_or_else(|| code.clone());
        let audits = match &posts.audit_unit {
            Some(unit) => *unit == code,
            None => name.starts_with("감사"),
        };
        let unit = UnitRecord {
            code: code.clone(),
            name: Words::new(&name, &name),
            parent: row[2].clone().filter(|parent| all.contains(parent)),
            from: day(row[3].as_deref()).unwrap_or(as_of).min(as_of),
            to,
            successor: None,
            audits,
        };
        units.insert(code, unit);
    }
    units.into_values().collect()
}

fn day(text: Option<&str>) -> Option<Day> {
    text?.parse().ok()
}

/// The rows of a query as texts.
async fn rows(
    session: &datafusion::prelude::SessionContext,
    sql: &str,
) -> Result<Vec<Vec<Option<String>>>, EngineError> {
    let failed = |error| EngineError::engine("read the personnel registers".to_owned(), error);
    let batches = session::query(session, sql, &[]).await.map_err(failed)?.collect().await.map_err(failed)?;
    let mut rows = Vec::new();
    for batch in batches {
        let texts = batch.columns().iter().map(|column| cast(column, &DataType::Utf8)).collect::<Result<Vec<_>, _>>();
        let texts = texts.map_err(|error| failed(error.into()))?;
        for at in 0..batch.num_rows() {
            let cell = |column: &arrow::array::ArrayRef| {
                let column = column.as_string::<i32>();
                (!column.is_null(at)).then(|| column.value(at).to_owned()).filter(|text| !text.is_empty())
            };
            rows.push(texts.iter().map(cell).collect());
        }
    }
    Ok(rows)
}
