//! `business_number_valid(text) -> boolean`

use std::sync::Arc;

use arrow::array::{AsArray as _, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::logical_expr::ScalarUDF;

use super::function::{Argument, Function};

const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/// Whether the check digit of a Korean business registration number fits; hyphens and spaces do not count.
/// Null for what is not ten digits: that is another kind of number, not a wrong one.
pub(super) fn function() -> ScalarUDF {
    Function::udf("business_number_valid", &[Argument::Text], DataType::Boolean, |arguments| {
        let numbers = arguments[0].as_string_view();
        let valid: BooleanArray = numbers.iter().map(|number| number.and_then(check)).collect();
        Ok(Arc::new(valid))
    })
}

/// The ninth digit counts five times, and the tens of that product once more.
fn check(number: &str) -> Option<bool> {
    let mut digits = [0; 10];
    let mut found = 0;
    for c in number.chars().filter(|c| !matches!(c, '-' | ' ')) {
        *digits.get_mut(found)? = c.to_digit(10)?;
        found += 1;
    }
    if found != digits.len() {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let sum = sum + digits[8] * 5 / 10;
    Some((10 - sum % 10) % 10 == digits[9])
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_fitting_check_digit_is_valid_and_each_other_is_not() {
        // 1·1 + 2·3 + 3·7 + 4·1 + 5·3 + 6·7 + 7·1 + 8·3 + 9·5 = 165, and 4 for the tens of 45: 169, so 1.
        for last in 0..10 {
            assert_eq!(check(&format!("123-45-6789{last}")), Some(last == 1), "{last}");
        }
    }

    #[test]
    fn what_is_not_ten_digits_is_no_business_number() {
        for text in ["", "123-45-6789", "123-45-678901", "12345678AB", "110111-0062432"] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
