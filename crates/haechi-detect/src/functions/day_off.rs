//! `day_off(date) -> boolean`

use std::sync::Arc;

use arrow::array::{AsArray as _, BooleanArray};
use arrow::datatypes::{DataType, Date32Type};
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};
use super::working_calendar::DayTable;

/// Whether nobody is at work: Saturday, Sunday or public holiday. Null in a year the calendar does not list.
pub(super) fn function(days: Arc<DayTable>) -> ScalarUDF {
    Function::udf("day_off", &[Argument::Day], DataType::Boolean, move |arguments| {
        let dates = arguments[0].as_primitive::<Date32Type>();
        let off: BooleanArray = dates.iter().map(|day| day.and_then(|day| days.is_day_off(day))).collect();
        Ok(Arc::new(off))
    })
}
