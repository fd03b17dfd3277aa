//! `holiday_name(date) -> text`

use std::sync::Arc;

use arrow::array::{AsArray as _, StringArray};
use arrow::datatypes::{DataType, Date32Type};
use datafusion::logical_expr::ScalarUDF;
use haechi_core::calendar::WorkCalendar;
use haechi_core::time::Day;

use super::function::{Argument, Function};

/// The public holiday's name; null on any other day, weekends included, and in a year the calendar does not list.
pub(super) fn function(calendar: Arc<WorkCalendar>) -> ScalarUDF {
    Function::udf("holiday_name", &[Argument::Day], DataType::Utf8, move |arguments| {
        let dates = arguments[0].as_primitive::<Date32Type>();
        let name = |day: i32| calendar.holiday(Day::from_epoch_days(day)?).ok().flatten();
        let names: StringArray = dates.iter().map(|day| day.and_then(name)).collect();
        Ok(Arc::new(names))
    })
}
