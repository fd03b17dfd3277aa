//! Whole numbers and money: `1,234,000`, `△1,000`, `(1,000)`, `￦１，０００`, `76000.0`.

use haechi_core::words::Words;

use super::narrow;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NumberError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// Something other than a number.
    #[error("not a number")]
    NotANumber,
    /// Thousands separators that do not stand before groups of three: `1,23`.
    #[error("misplaced thousands separator")]
    Separators,
    /// More decimals than the currency or a whole number has.
    #[error("too many decimals")]
    Decimals,
    /// Outside the range of 64 bits.
    #[error("too large")]
    Overflow,
    /// `1.23E+11`: a spreadsheet has thrown digits away.
    #[error("scientific notation")]
    Scientific,
}

impl NumberError {
    /// The reason for the person who reads the reject.
    pub fn words(self) -> Words {
        match self {
            Self::Empty => Words::new("값이 비어 있습니다.", "The value is empty."),
            Self::NotANumber => Words::new("숫자로 읽을 수 없습니다.", "It cannot be read as a number."),
            Self::Separators => Words::new(
                "천 단위 쉼표의 자리가 맞지 않습니다.",
                "The thousands separators do not stand before groups of three digits.",
            ),
            Self::Decimals => {
                Words::new("소수 자릿수가 너무 많습니다.", "It has more decimals than this kind of number can have.")
            }
            Self::Overflow => Words::new("숫자가 너무 큽니다.", "The number is too large."),
            Self::Scientific => Words::new(
                "지수 표기(예: 1.23E+11)입니다. 엑셀이 자릿수를 지웠으므로 원래 시스템에서 다시 내려받아 주십시오.",
                "It is in scientific notation (such as 1.23E+11): a spreadsheet has thrown digits away. Export it again from the source system.",
            ),
        }
    }
}

/// A whole number. Decimals are allowed when they are zero (`76000.0`); currency marks are not.
///
/// # Errors
///
/// [`NumberError`], never a guess.
pub fn integer(text: &str) -> Result<i64, NumberError> {
    if let Some(plain) = plain_digits(text) {
        return Ok(plain);
    }
    let trimmed = text.trim();
    let parts = Parts::read(unsigned(trimmed, false)?)?;
    parts.scaled(1, 0)
}

/// An amount of money in smallest units, exactly.
///
/// - **Units.** `decimals` are those of the currency (0 for won, 2 for pence); `unit` is what the file counts in
///   (1,000 for `(단위: 천원)`). The result is `text × unit × 10^decimals`.
/// - **Shape.** Surrounding spaces, thousands separators, `-`, `−`, `△`, `▲` and parentheses for amounts below zero, `+`,
///   full-width forms, the marks `₩ ￦ \ £ € $` and `원` or `KRW` are understood.
/// - **Errors.** [`NumberError`]: what does not come out exactly is refused, and so is scientific notation.
/// - **Source.** The forms of `domain.md` 7.4.
pub fn money(text: &str, decimals: u32, unit: i64) -> Result<i64, NumberError> {
    if decimals == 0
        && unit == 1
        && let Some(plain) = plain_digits(text)
    {
        return Ok(plain);
    }
    let parts = Parts::read(unsigned(text.trim(), true)?)?;
    parts.scaled(unit, decimals)
}

/// The number where the text is nothing but up to 18 digits: most are.
fn plain_digits(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let mut number = 0_i64;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    Some(number)
}

/// Takes sign, parentheses and currency marks off: whether it is below zero, and the digits.
fn unsigned(text: &str, currency: bool) -> Result<(bool, &str), NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let mut rest = text;
    let mut negative = false;
    let mut bracketed = false;
    if let Some(inner) = bracket(rest) {
        (negative, bracketed, rest) = (true, true, inner.trim());
    }
    let (mut signed, mut marked) = (bracketed, !currency);
    while let Some(first) = rest.chars().next() {
        let after = rest[first.len_utf8()..].trim_start();
        match narrow(first) {
            '-' | '△' | '▲' if !signed => (negative, signed, rest) = (true, true, after),
            '+' if !signed => (signed, rest) = (true, after),
            '₩' | '\\' | '£' | '€' | '$' if !marked => (marked, rest) = (true, after),
            'K' | 'k' if !marked && is_krw(rest.get(..3)) => (marked, rest) = (true, rest[3..].trim_start()),
            _ => break,
        }
    }
    if !bracketed
        && !signed
        && let Some(inner) = bracket(rest)
    {
        (negative, rest) = (true, inner.trim());
    }
    if currency {
        if let Some(before) = rest.strip_suffix('원') {
            rest = before.trim_end();
        } else if let Some(cut) = rest.len().checked_sub(3)
            && is_krw(rest.get(cut..))
        {
            rest = rest[..cut].trim_end();
        }
    }
    Ok((negative, rest))
}

fn bracket(text: &str) -> Option<&str> {
    text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])
}

fn is_krw(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.eq_ignore_ascii_case("krw"))
}

/// A number as digits before and after the point: `mantissa / 10^scale`, without zeros at its end.
struct Parts {
    negative: bool,
    mantissa: i128,
    scale: u32,
}

impl Parts {
    fn read((negative, text): (bool, &str)) -> Result<Self, NumberError> {
        let (mut mantissa, mut scale, mut digits) = (0_i128, 0_u32, 0_u32);
        // Digits since the last separator, and whether there was one.
        let (mut group, mut separated, mut point) = (0_u32, false, false);
        // Zeros after the point that count only when another digit follows.
        let mut zeros = 0_u32;
        for (at, c) in text.char_indices() {
            match narrow(c) {
                c @ '0'..='9' => {
                    digits += 1;
                    group += 1;
                    let digit = i128::from(c as u32 - '0' as u32);
                    if point && digit == 0 {
                        zeros += 1;
                        continue;
                    }
                    for _ in 0..zeros {
                        mantissa = step(mantissa, 0)?;
                    }
                    mantissa = step(mantissa, digit)?;
                    if point {
                        scale += zeros + 1;
                        zeros = 0;
                    }
                }
                ',' => {
                    let fits = if separated { group == 3 } else { (1..=3).contains(&group) };
                    if point || !fits {
                        return Err(if digits == 0 { NumberError::NotANumber } else { NumberError::Separators });
                    }
                    (separated, group) = (true, 0);
                }
                '.' if !point => {
                    if separated && group != 3 {
                        return Err(NumberError::Separators);
                    }
                    (point, separated, group) = (true, false, 0);
                }
                'e' | 'E' if digits > 0 && is_exponent(&text[at + c.len_utf8()..]) => {
                    return Err(NumberError::Scientific);
                }
                _ => return Err(NumberError::NotANumber),
            }
        }
        if digits == 0 || (point && group == 0) {
            return Err(NumberError::NotANumber);
        }
        if separated && group != 3 {
            return Err(NumberError::Separators);
        }
        Ok(Self { negative, mantissa, scale })
    }

    fn scaled(&self, unit: i64, decimals: u32) -> Result<i64, NumberError> {
        let power = |exponent: u32| 10_i128.checked_pow(exponent).ok_or(NumberError::Overflow);
        let whole = self
            .mantissa
            .checked_mul(i128::from(unit))
            .and_then(|value| value.checked_mul(power(decimals).ok()?))
            .ok_or(NumberError::Overflow)?;
        let divisor = power(self.scale)?;
        if whole % divisor != 0 {
            return Err(NumberError::Decimals);
        }
        let value = whole / divisor;
        i64::try_from(if self.negative { -value } else { value }).map_err(|_| NumberError::Overflow)
    }
}

/// One more digit; 26 are the most, so that unit and decimals still fit beside them in 128 bits.
fn step(mantissa: i128, digit: i128) -> Result<i128, NumberError> {
    if mantissa >= 10_i128.pow(25) { Err(NumberError::Overflow) } else { Ok(mantissa * 10 + digit) }
}

fn is_exponent(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '＋', '－']);
    !digits.is_empty() && digits.chars().all(|c| narrow(c).is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use haechi_core::money::grouped;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_as_offices_write_them_are_read() {
        for (text, expected) in [
            ("76000", 76_000),
            ("76000.0", 76_000),
            (" 1,234,000 ", 1_234_000),
            ("△1,000", -1_000),
            ("▲ 1,000", -1_000),
            ("-1,000", -1_000),
            ("−1000", -1_000),
            ("－１，０００", -1_000),
            ("(1,000)", -1_000),
            ("（1,000）", -1_000),
            ("+5", 5),
            ("₩1,000", 1_000),
            ("￦1,000", 1_000),
            ("\\1,000", 1_000),
            ("-₩1,000", -1_000),
            ("₩-1,000", -1_000),
            ("₩(1,000)", -1_000),
            ("(₩1,000)", -1_000),
            ("1,000원", 1_000),
            ("1,000 원", 1_000),
            ("KRW 1000", 1_000),
            ("1000KRW", 1_000),
            ("\u{a0}500\u{3000}", 500),
            ("-0", 0),
        ] {
            assert_eq!(money(text, 0, 1), Ok(expected), "{text}");
        }
    }

    #[test]
    fn pence_and_units_come_out_exactly() {
        assert_eq!(money("£1,234.5", 2, 1), Ok(123_450));
        assert_eq!(money("-0.01", 2, 1), Ok(-1));
        assert_eq!(money(".5", 2, 1), Ok(50));
        assert_eq!(money("1.500", 2, 1), Ok(150));
        assert_eq!(money("1.505", 2, 1), Err(NumberError::Decimals));
        assert_eq!(money("1.5", 0, 1_000), Ok(1_500));
        assert_eq!(money("0.5", 0, 1_000_000), Ok(500_000));
        assert_eq!(money("0.00005", 0, 1_000), Err(NumberError::Decimals));
        assert_eq!(money("9,223,372,036,854,775,807", 0, 1), Ok(i64::MAX));
        assert_eq!(money("-9,223,372,036,854,775,808", 0, 1), Ok(i64::MIN));
        assert_eq!(money("9223372036854775808", 0, 1), Err(NumberError::Overflow));
        assert_eq!(money("1", 2, i64::MAX), Err(NumberError::Overflow));
    }

    #[test]
    fn what_is_no_number_is_refused_and_says_why() {
        for (text, expected) in [
            ("", NumberError::Empty),
            ("  ", NumberError::Empty),
            ("-", NumberError::NotANumber),
            ("1,23", NumberError::Separators),
            ("1,2345", NumberError::Separators),
            ("1234,567", NumberError::Separators),
            ("1,,234", NumberError::Separators),
            ("1,234.5,6", NumberError::Separators),
            (",123", NumberError::NotANumber),
            ("1 000", NumberError::NotANumber),
            ("1.23E+11", NumberError::Scientific),
            ("1e5", NumberError::Scientific),
            ("12.", NumberError::NotANumber),
            ("1.2.3", NumberError::NotANumber),
            ("1000-", NumberError::NotANumber),
            ("(-5)", NumberError::NotANumber),
            ("--5", NumberError::NotANumber),
            ("약 5만원", NumberError::NotANumber),
            ("xxx", NumberError::NotANumber),
            ("00:00:00", NumberError::NotANumber),
        ] {
            assert_eq!(money(text, 0, 1), Err(expected), "{text}");
        }
        assert_eq!(integer("5원"), Err(NumberError::NotANumber));
        assert_eq!(integer("1.5"), Err(NumberError::Decimals));
        assert_eq!(integer("１２"), Ok(12));
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back_however_it_is_written(amount: i64, unit in prop::sample::select(vec![1, 1_000])) {
            for text in [amount.to_string(), grouped(amount), format!("{}원", grouped(amount)), format!("{amount}.00")] {
                let expected = amount.checked_mul(unit).ok_or(NumberError::Overflow);
                prop_assert_eq!(money(&text, 0, unit), expected, "{}", text);
            }
            if amount < 0 && amount > i64::MIN {
                prop_assert_eq!(money(&format!("({})", grouped(-amount)), 0, 1), Ok(amount));
                prop_assert_eq!(money(&format!("△{}", grouped(-amount)), 0, 1), Ok(amount));
            }
        }

        #[test]
        fn pence_are_read_back(pence in -1_000_000_000_000_i64..1_000_000_000_000) {
            let sign = if pence < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", pence.abs() / 100, pence.abs() % 100);
            prop_assert_eq!(money(&text, 2, 1), Ok(pence));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", near in "[-+(),.0-9eE△₩원 ０-９]*") {
            let _ = (integer(&text), money(&text, 2, 1_000), integer(&near), money(&near, 2, 100_000_000));
        }
    }
}
