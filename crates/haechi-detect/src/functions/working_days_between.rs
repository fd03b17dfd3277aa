//! `working_days_between(date, date) -> bigint`

use std::sync::Arc;

use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::{DataType, Date32Type};
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};
use super::working_calendar::DayTable;

/// Working days after the first date up to and including the second; negative when the second is earlier.
/// Null where a year from the one to the other is not listed in the calendar.
pub(super) fn function(days: Arc<DayTable>) -> ScalarUDF {
    Function::udf("working_days_between", &[Argument::Day, Argument::Day], DataType::Int64, move |arguments| {
        let (from, to) = (arguments[0].as_primitive::<Date32Type>(), arguments[1].as_primitive::<Date32Type>());
        let counts: Int64Array = from.iter().zip(to).map(|(from, to)| days.working_days_between(from?, to?)).collect();
        Ok(Arc::new(counts))
    })
}
