//! `add_working_days(date, bigint) -> date`

use std::sync::Arc;

use arrow::array::{AsArray as _, Date32Array};
use arrow::datatypes::{DataType, Date32Type, Int64Type};
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};
use super::working_calendar::DayTable;

/// The working day that many working days later, or earlier if the number is negative; zero gives the date back.
/// Null where the date or the way to the result lies in a year the calendar does not list.
pub(super) fn function(days: Arc<DayTable>) -> ScalarUDF {
    Function::udf("add_working_days", &[Argument::Day, Argument::Whole], DataType::Date32, move |arguments| {
        let (from, count) = (arguments[0].as_primitive::<Date32Type>(), arguments[1].as_primitive::<Int64Type>());
        let dates: Date32Array =
            from.iter().zip(count).map(|(from, count)| days.add_working_days(from?, count?)).collect();
        Ok(Arc::new(dates))
    })
}
