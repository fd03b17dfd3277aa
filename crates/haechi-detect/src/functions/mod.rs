//! The SQL functions of scenarios: few, in one list, the same in a local session and on an executor.
//!
//! All are immutable and give null for null, so that a planner may move them anywhere. None gives a float: findings
//! carry whole numbers only. A day in a year the calendar does not list gives null, never a guess.

mod add_working_days;
mod benford_per_10000;
mod business_number_valid;
mod day_off;
mod first_digit;
mod function;
mod holiday_name;
mod party_size;
mod text_similarity;
mod working_calendar;
mod working_days_between;

#[cfg(test)]
mod shipped_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use datafusion::logical_expr::ScalarUDF;
use haechi_core::calendar::WorkCalendar;

/// Every SQL function, over the working calendar of the session.
///
/// | SQL | what it gives |
/// |---|---|
/// | `day_off(date) -> boolean` | whether it is a Saturday, a Sunday or a public holiday |
/// | `holiday_name(date) -> text` | the public holiday's name, null on any other day |
/// | `working_days_between(date, date) -> bigint` | working days after the first up to and including the second |
/// | `add_working_days(date, bigint) -> date` | the working day that many working days later, or earlier if negative |
/// | `party_size(text) -> bigint` | how many people a free text says took part |
/// | `text_similarity(text, text) -> bigint` | how alike two texts are, 0 to 100 percent |
/// | `business_number_valid(text) -> boolean` | whether the check digit of a business registration number fits |
/// | `first_digit(bigint) -> bigint` | the leading digit, 1 to 9 |
/// | `benford_per_10000(bigint) -> bigint` | how many of 10,000 numbers are expected to lead with that digit |
pub fn all(calendar: Arc<WorkCalendar>) -> Vec<ScalarUDF> {
    let days = Arc::new(working_calendar::DayTable::new(&calendar));
    vec![
        add_working_days::function(Arc::clone(&days)),
        benford_per_10000::function(),
        business_number_valid::function(),
        day_off::function(Arc::clone(&days)),
        first_digit::function(),
        holiday_name::function(calendar),
        party_size::function(),
        text_similarity::function(),
        working_days_between::function(days),
    ]
}
