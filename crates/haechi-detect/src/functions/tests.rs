//! The functions as a query meets them: by name, over columns of any form of text and date, with nulls in between.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow::util::display::array_value_to_string;
use datafusion::dataframe::DataFrame;
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SQLOptions, SessionContext};
use haechi_core::calendar::WorkCalendar;
use haechi_core::time::Day;

use super::all;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// January 2017: the Lunar New Year's days and the day in lieu of Saturday the 28th.
fn calendar() -> WorkCalendar {
    let holidays = [("2017-01-27", "설날 전날"), ("2017-01-28", "설날"), ("2017-01-30", "대체공휴일")];
    WorkCalendar::new([2017], holidays.map(|(date, name)| (day(date), name.to_owned())))
}

pub(super) fn session() -> SessionContext {
    let mut builder = SessionStateBuilder::new().with_default_features();
    builder.scalar_functions().get_or_insert_default().extend(all(Arc::new(calendar())).into_iter().map(Arc::new));
    #[expect(clippy::disallowed_methods, reason = "a session with the engine's own optimizer, to compare with")]
    let session = SessionContext::new_with_state(builder.build());
    session
}

pub(super) async fn plan(session: &SessionContext, sql: &str) -> Result<DataFrame, datafusion::error::DataFusionError> {
    let read_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    session.sql_with_options(sql, read_only).await
}

/// What one expression gives, an empty text for null.
async fn ask(expression: &str) -> String {
    let batches = plan(&session(), &format!("SELECT {expression}")).await.unwrap().collect().await.unwrap();
    array_value_to_string(batches[0].column(0), 0).unwrap()
}

/// The values of a column after a query over a table `t` of one column `value`.
async fn over(column: ArrayRef, expression: &str) -> Vec<String> {
    let session = session();
    let batch = RecordBatch::try_from_iter([("value", column)]).unwrap();
    let _ = session.register_batch("t", batch).unwrap();
    let batches = plan(&session, &format!("SELECT {expression} FROM t")).await.unwrap().collect().await.unwrap();
    batches
        .iter()
        .flat_map(|batch| (0..batch.num_rows()).map(|row| array_value_to_string(batch.column(0), row).unwrap()))
        .collect()
}

#[tokio::test]
async fn a_day_off_is_a_weekend_or_a_holiday_and_unknown_in_an_unlisted_year() {
    let dates = ["2017-01-26", "2017-01-27", "2017-01-29", "2018-01-07"].map(|text| Some(day(text).to_epoch_days()));
    let dates: ArrayRef = Arc::new(Date32Array::from_iter(dates.into_iter().chain([None])));
    assert_eq!(over(Arc::clone(&dates), "day_off(value)").await, ["false", "true", "true", "", ""]);
    assert_eq!(over(dates, "holiday_name(value)").await, ["", "설날 전날", "", "", ""]);
}

#[tokio::test]
async fn a_time_counts_as_its_day() {
    assert_eq!(ask("day_off(TIMESTAMP '2017-01-27T23:59:00')").await, "true");
    assert_eq!(ask("working_days_between(TIMESTAMP '2017-01-26T23:00:00', DATE '2017-02-01')").await, "2");
}

#[tokio::test]
async fn working_days_pass_over_the_new_year_and_adding_them_comes_back() {
    assert_eq!(ask("working_days_between(DATE '2017-01-26', DATE '2017-01-31')").await, "1");
    assert_eq!(ask("working_days_between(DATE '2017-01-31', DATE '2017-01-26')").await, "-1");
    assert_eq!(ask("add_working_days(DATE '2017-01-26', 1)").await, "2017-01-31");
    assert_eq!(ask("add_working_days(DATE '2017-01-31', -1)").await, "2017-01-26");
    assert_eq!(ask("add_working_days(DATE '2017-12-29', 1)").await, "");
    assert_eq!(ask("working_days_between(DATE '2016-12-30', DATE '2017-01-02')").await, "");
}

#[tokio::test]
async fn every_form_of_text_is_read() {
    let numbers = [Some("123-45-67891"), None, Some("1234567890"), Some("none")];
    let forms: [ArrayRef; 3] = [
        Arc::new(StringArray::from_iter(numbers)),
        Arc::new(LargeStringArray::from_iter(numbers)),
        Arc::new(StringViewArray::from_iter(numbers)),
    ];
    for form in forms {
        assert_eq!(over(Arc::clone(&form), "business_number_valid(value)").await, ["true", "", "false", ""]);
        assert_eq!(over(form, "text_similarity(value, '12345 67890')").await, ["60", "", "100", "0"]);
    }
}

#[tokio::test]
async fn a_party_is_as_large_as_its_text_says() {
    let texts: ArrayRef =
        Arc::new(StringArray::from_iter([Some("재무국장 외 5명"), Some("재무국장 등 6명"), Some("재무국장"), None]));
    assert_eq!(over(texts, "party_size(value)").await, ["6", "6", "", ""]);
}

#[tokio::test]
async fn benford_tells_how_many_numbers_are_expected_to_lead_with_a_digit() {
    let amounts: ArrayRef = Arc::new(Int64Array::from_iter([Some(495_000), None, Some(0), Some(-120)]));
    assert_eq!(over(amounts, "benford_per_10000(first_digit(value))").await, ["969", "", "", "3010"]);
}

#[tokio::test]
async fn a_bare_null_is_taken_everywhere() {
    for call in ["day_off(NULL)", "add_working_days(DATE '2017-01-26', NULL)", "text_similarity('a', NULL)"] {
        assert_eq!(ask(call).await, "", "{call}");
    }
}

#[tokio::test]
async fn an_argument_of_another_kind_is_refused_with_its_place() {
    let refused = plan(&session(), "SELECT working_days_between(DATE '2017-01-26', 5)").await.unwrap_err();
    let told = refused.to_string();
    assert!(told.contains("argument 2 of working_days_between is a date, not Int64"), "{told}");
}
