//! Statistics as programs read them.

mod sheets;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::measures::Measures;
use super::view::{Asking, Counted};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem};
use crate::web::{Gate, Me, Query, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/statistics", Gate::May(Action::ReadStatistics), statistics);
    sheets::routes(routes);
}

#[derive(OpenApi)]
#[openapi(paths(statistics))]
struct Statistics;

pub(crate) fn documents() -> [utoipa::openapi::OpenApi; 2] {
    [Statistics::openapi(), sheets::document()]
}

/// What is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StatisticsQuery {
    /// The period in which cases were opened; this year without it.
    #[param(pattern = r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$", example = "2026-Q4")]
    period: Option<String>,
    /// Those of a unit alone.
    unit: Option<String>,
    /// Those of a rule alone.
    scenario: Option<String>,
}

impl StatisticsQuery {
    fn asking(self, office: &Office) -> Result<Asking, Problem> {
        let period = self.period.unwrap_or_else(|| office.today().format("%Y").to_string());
        let period = period.parse().map_err(|_| {
            Problem::invalid("statistics.period", ("기간을 읽을 수 없습니다.", "The period cannot be read."))
        })?;
        Ok(Asking { period, unit: self.unit, scenario: self.scenario })
    }
}

/// Money in the smallest unit of its currency.
#[derive(Debug, Serialize, ToSchema)]
struct MoneyPart {
    /// What came back.
    recovered: i64,
    /// What was levied in addition.
    levied: i64,
    /// What was not paid out.
    prevented: i64,
}

/// The measures of some cases. Rates are in thousandths, of what was opened; exclusion and precision of what was closed.
#[derive(Debug, Serialize, ToSchema)]
struct MeasuresPart {
    /// Cases that were opened.
    opened: u64,
    /// Of them answered.
    answered: u64,
    /// Approved.
    approved: u64,
    /// Confirmed, which closes them.
    confirmed: u64,
    /// Open and past due.
    late: u64,
    /// Closed as corrected.
    corrected: u64,
    /// Closed as explained.
    explained: u64,
    /// Closed as excluded.
    excluded: u64,
    /// Closed as referred.
    referred: u64,
    /// Excluded of what was closed, in thousandths.
    exclusion_rate: Option<u64>,
    /// Corrected or referred of what was closed, in thousandths.
    precision: Option<u64>,
    /// The 95 % interval of the precision (Wilson), in thousandths.
    precision_interval: Option<[u64; 2]>,
    /// Hours from opening to closing that half did not exceed.
    hours_half: Option<i64>,
    /// Hours that nine in ten did not exceed.
    hours_nine_in_ten: Option<i64>,
    /// Steps up the report line that were taken.
    steps: u64,
    /// Cases in which a rule asked the same person again.
    repeats: u64,
    /// Cases of an account, card or unit that belongs to nobody.
    unmapped: u64,
    /// Money, by currency.
    money: BTreeMap<String, MoneyPart>,
}

impl From<&Measures> for MeasuresPart {
    fn from(of: &Measures) -> Self {
        let precision = of.precision();
        Self {
            opened: of.opened,
            answered: of.answered,
            approved: of.approved,
            confirmed: of.confirmed,
            late: of.late,
            corrected: of.corrected,
            explained: of.explained,
            excluded: of.excluded,
            referred: of.referred,
            exclusion_rate: of.exclusion_rate(),
            precision: precision.map(|precision| precision.share),
            precision_interval: precision.map(|precision| [precision.least, precision.most]),
            hours_half: of.hours(50),
            hours_nine_in_ten: of.hours(90),
            steps: of.steps,
            repeats: of.repeats,
            unmapped: of.unmapped,
            money: of
                .money
                .iter()
                .map(|(currency, [recovered, levied, prevented])| {
                    let part = MoneyPart { recovered: *recovered, levied: *levied, prevented: *prevented };
                    (currency.clone(), part)
                })
                .collect(),
        }
    }
}

/// What was counted of the cases that the reader may see.
#[derive(Debug, Serialize, ToSchema)]
struct StatisticsOut {
    /// The period.
    period: String,
    /// In all.
    all: MeasuresPart,
    /// The same period a year before.
    year_before: MeasuresPart,
    /// By the code of the unit; those of none under an empty one.
    units: BTreeMap<String, MeasuresPart>,
    /// By rule.
    scenarios: BTreeMap<String, MeasuresPart>,
    /// By the area of rules: `card`, `contract`.
    areas: BTreeMap<String, MeasuresPart>,
    /// By month: `2026-11`.
    months: BTreeMap<String, MeasuresPart>,
}

/// What is counted of cases: rates, times, exclusions, precision, money.
#[utoipa::path(get, path = "/api/v1/statistics", tag = "statistics", params(StatisticsQuery), responses((status = 200, body = StatisticsOut)))]
async fn statistics(
    State(office): State<Office>,
    Me(me): Me,
    Query(asked): Query<StatisticsQuery>,
) -> Result<Json<StatisticsOut>, ApiError> {
    generally(&me, Action::ReadStatistics)?;
    let asking = asked.asking(&office)?;
    let tx = office.db().read(me.tenant()).await?;
    let counted = Counted::of(&office, &tx, &me, &asking).await?;
    Ok(Json(StatisticsOut {
        period: asking.period.to_string(),
        all: (&counted.all).into(),
        year_before: (&counted.before).into(),
        units: counted.units.iter().map(|(code, of)| (code.clone().unwrap_or_default(), of.into())).collect(),
        scenarios: counted.scenarios.iter().map(|(id, of)| (id.clone(), of.into())).collect(),
        areas: counted.areas.iter().map(|(area, of)| (area.clone(), of.into())).collect(),
        months: counted.months.iter().map(|(month, of)| (month.to_string(), of.into())).collect(),
    }))
}
