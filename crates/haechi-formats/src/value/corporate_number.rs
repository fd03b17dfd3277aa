//! Korean corporate registration numbers (법인등록번호).

use std::fmt;

/// Thirteen digits, written `110111-0062432`: register office, kind of corporation, serial number, check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CorporateNumber([u8; 13]);

impl CorporateNumber {
    /// Of thirteen digits, each 0 to 9.
    pub const fn new(digits: [u8; 13]) -> Self {
        Self(digits)
    }

    /// Whether the last digit is the one the first twelve ask for. A hint, never a reason to reject: numbers of 2025 and later
    /// are said to have none (`domain.md` 7.2).
    pub fn check_digit_holds(&self) -> bool {
        let sum: u32 = self.0.iter().take(12).zip([1, 2].into_iter().cycle()).map(|(d, w)| u32::from(*d) * w).sum();
        (10 - sum % 10) % 10 == u32::from(self.0[12])
    }
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.0.iter().enumerate() {
            write!(f, "{}{digit}", if at == 6 { "-" } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_documented_number_holds_and_with_any_other_last_digit_does_not() {
        let holding: Vec<String> = (0..10)
            .map(|last| CorporateNumber::new([1, 1, 0, 1, 1, 1, 0, 0, 6, 2, 4, 3, last]))
            .filter(CorporateNumber::check_digit_holds)
            .map(|number| number.to_string())
            .collect();
        assert_eq!(holding, ["110111-0062432"]);
    }

    proptest! {
        #[test]
        fn exactly_one_last_digit_in_ten_holds(digits in prop::array::uniform12(0_u8..10)) {
            let with = |last: u8| {
                let mut all = [last; 13];
                all[..12].copy_from_slice(&digits);
                CorporateNumber::new(all)
            };
            prop_assert_eq!((0..10).filter(|last| with(*last).check_digit_holds()).count(), 1);
        }
    }
}
