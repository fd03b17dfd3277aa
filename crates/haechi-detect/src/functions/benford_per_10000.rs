//! `benford_per_10000(bigint) -> bigint`

use std::sync::Arc;

use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};

/// log10(1 + 1/d) for the digits 1 to 9, in parts of ten thousand. A table, so that no machine rounds differently.
const EXPECTED: [i64; 9] = [3010, 1761, 1249, 969, 792, 669, 580, 512, 458];

/// How many of 10,000 numbers are expected to lead with the digit, after Benford. Null for what is not 1 to 9.
pub(super) fn function() -> ScalarUDF {
    Function::udf("benford_per_10000", &[Argument::Whole], DataType::Int64, |arguments| {
        let digits = arguments[0].as_primitive::<Int64Type>();
        let shares: Int64Array = digits.iter().map(|digit| digit.and_then(share)).collect();
        Ok(Arc::new(shares))
    })
}

fn share(digit: i64) -> Option<i64> {
    EXPECTED.get(usize::try_from(digit.checked_sub(1)?).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nine_shares_are_those_of_the_law_and_make_a_whole() {
        assert_eq!(EXPECTED.iter().sum::<i64>(), 10_000);
        for (digit, share) in (1..).zip(EXPECTED) {
            let law = (1.0 + 1.0 / f64::from(digit)).log10() * 10_000.0;
            assert!((law - share as f64).abs() < 0.6, "{digit}: {law}");
        }
    }

    #[test]
    fn what_is_no_leading_digit_has_no_share() {
        for number in [i64::MIN, -1, 0, 10] {
            assert_eq!(share(number), None, "{number}");
        }
    }
}
