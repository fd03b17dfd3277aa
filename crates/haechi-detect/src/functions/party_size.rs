//! `party_size(text) -> bigint`

use std::sync::Arc;

use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::DataType;
use datafusion::logical_expr::ScalarUDF;
use haechi_formats::value::head_count::head_count;

use super::function::{Argument, Function};

/// How many people a free text says took part (`재무국장 외 5명` is six). Null where it says no number.
pub(super) fn function() -> ScalarUDF {
    Function::udf("party_size", &[Argument::Text], DataType::Int64, |arguments| {
        let texts = arguments[0].as_string_view();
        let people: Int64Array = texts.iter().map(|text| text.and_then(head_count)).collect();
        Ok(Arc::new(people))
    })
}
