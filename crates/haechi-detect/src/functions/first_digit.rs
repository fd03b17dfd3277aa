//! `first_digit(bigint) -> bigint`

use std::sync::Arc;

use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};

/// The leading digit, 1 to 9, whatever the sign. Null for zero, which has none.
pub(super) fn function() -> ScalarUDF {
    Function::udf("first_digit", &[Argument::Whole], DataType::Int64, |arguments| {
        let digits: Int64Array =
            arguments[0].as_primitive::<Int64Type>().iter().map(|number| number.and_then(leading)).collect();
        Ok(Arc::new(digits))
    })
}

fn leading(number: i64) -> Option<i64> {
    let magnitude = number.unsigned_abs();
    let digit = magnitude / 10_u64.pow(magnitude.checked_ilog10()?);
    i64::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn the_leading_digit_does_not_mind_sign_or_size() {
        for (number, digit) in [(1, 1), (9, 9), (10, 1), (499_999, 4), (-72, 7), (i64::MIN, 9), (i64::MAX, 9)] {
            assert_eq!(leading(number), Some(digit), "{number}");
        }
    }

    #[test]
    fn zero_has_no_leading_digit() {
        assert_eq!(leading(0), None);
    }
}
