//! Korean business registration numbers (사업자등록번호).

use std::fmt;

use haechi_core::words::Words;

use super::narrow;

/// Ten digits, written `123-45-67890`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BusinessNumber([u8; 10]);

/// Why a text is no business number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BusinessNumberError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// Neither ten digits nor nine that lost a leading zero, or hyphens in other places than 3-2-5.
    #[error("not a business number of ten digits")]
    NotTenDigits,
    /// Only zeros: a placeholder, which joins would take for one company.
    #[error("a placeholder of zeros")]
    Placeholder,
}

impl BusinessNumberError {
    /// The reason for the person who reads the reject.
    pub fn words(self) -> Words {
        match self {
            Self::Empty => Words::new("값이 비어 있습니다.", "The value is empty."),
            Self::NotTenDigits => Words::new(
                "사업자등록번호 열 자리(123-45-67890)가 아닙니다.",
                "It is no business registration number of ten digits (123-45-67890).",
            ),
            Self::Placeholder => Words::new(
                "모두 0인 임시 번호입니다.",
                "It is a placeholder of zeros, not a business registration number.",
            ),
        }
    }
}

/// Reads a business number: ten digits, alone or as 3-2-5, full-width digits too. Nine digits without hyphens have lost
/// their leading zero to a spreadsheet and get it back.
///
/// The check digit is not looked at here: a failing one is a hint, never a reason to reject (`domain.md` 7.2).
///
/// # Errors
///
/// [`BusinessNumberError`].
pub fn business_number(text: &str) -> Result<BusinessNumber, BusinessNumberError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(BusinessNumberError::Empty);
    }
    let mut digits = [0_u8; 10];
    let (mut count, mut marks) = (0, 0);
    for c in trimmed.chars() {
        match narrow(c) {
            c @ '0'..='9' => {
                *digits.get_mut(count).ok_or(BusinessNumberError::NotTenDigits)? = (c as u32 - '0' as u32) as u8;
                count += 1;
            }
            '-' | ' ' if (marks == 0 && count == 3) || (marks == 1 && count == 5) => marks += 1,
            _ => return Err(BusinessNumberError::NotTenDigits),
        }
    }
    match (count, marks) {
        (10, 0 | 2) => {}
        (9, 0) => digits.rotate_right(1),
        _ => return Err(BusinessNumberError::NotTenDigits),
    }
    if digits == [0; 10] { Err(BusinessNumberError::Placeholder) } else { Ok(BusinessNumber(digits)) }
}

impl BusinessNumber {
    /// Whether the tenth digit is the one the first nine ask for. A number for which it is not is most often a typing
    /// error, but never rejected for it (`domain.md` 7.2).
    pub fn check_digit_holds(&self) -> bool {
        const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
        let sum: u32 = WEIGHTS.iter().zip(self.0).map(|(weight, digit)| weight * u32::from(digit)).sum();
        let sum = sum + u32::from(self.0[8]) * 5 / 10;
        (10 - sum % 10) % 10 == u32::from(self.0[9])
    }
}

impl fmt::Display for BusinessNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.0.iter().enumerate() {
            if at == 3 || at == 5 {
                f.write_str("-")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_written_four_ways_is_one_number() {
        for text in ["123-45-67890", "1234567890", " １２３-４５-６７８９０ ", "123 45 67890"] {
            assert_eq!(business_number(text).unwrap().to_string(), "123-45-67890", "{text}");
        }
    }

    #[test]
    fn a_leading_zero_lost_to_a_spreadsheet_comes_back() {
        assert_eq!(business_number("123456789").unwrap().to_string(), "012-34-56789");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["12345678", "12345678901", "12-345-67890", "123-4567890", "12a4567890", "123--4567890"] {
            assert_eq!(business_number(text), Err(BusinessNumberError::NotTenDigits), "{text}");
        }
        assert_eq!(business_number(" "), Err(BusinessNumberError::Empty));
        assert_eq!(business_number("000-00-00000"), Err(BusinessNumberError::Placeholder));
    }

    #[test]
    fn exactly_one_last_digit_in_ten_holds() {
        let holding: Vec<String> = (0..10)
            .map(|last| business_number(&format!("123-45-6789{last}")).unwrap())
            .filter(BusinessNumber::check_digit_holds)
            .map(|number| number.to_string())
            .collect();
        // 1·1+2·3+3·7+4·1+5·3+6·7+7·1+8·3+9·5 = 165, and 9·5/10 = 4: 169, so 1.
        assert_eq!(holding, ["123-45-67891"]);
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(number in 1_u64..10_000_000_000) {
            let plain = format!("{number:010}");
            let read = business_number(&plain).unwrap();
            prop_assert_eq!(read.to_string().replace('-', ""), plain);
            prop_assert_eq!(business_number(&read.to_string()), Ok(read));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", near in "[-0-9 ０-９]*") {
            let _ = (business_number(&text), business_number(&near));
        }
    }
}
