//! Korean resident registration numbers (주민등록번호), those of foreigners too, and what else stands in their column.

use std::fmt;

use haechi_core::time::Day;
use haechi_core::words::Words;

use super::corporate_number::CorporateNumber;
use super::narrow;

/// Thirteen digits that can be a person's: `YYMMDD-GNNNNNN` with a day that was. Printing it prints its mask.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResidentNumber {
    digits: [u8; 13],
    born_on: Day,
}

/// Whom the text in a resident-number column identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Identified {
    /// A person.
    Person(ResidentNumber),
    /// A corporation, whose number has thirteen digits too and is often typed into the same column.
    Corporation(CorporateNumber),
    /// Somebody by another number: a passport, a business number.
    Otherwise,
}

/// Why a text identifies nobody: joined on, it would make one person of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ResidentNumberError {
    /// Digits are hidden.
    #[error("masked")]
    Masked,
    /// Only the birth day, or that and the seventh digit.
    #[error("a birth day alone")]
    BirthDayAlone,
    /// Thirteen digits whose first seven are no day, and no corporation's number.
    #[error("not a possible number")]
    Impossible,
}

impl ResidentNumberError {
    /// The stable code of the reject.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Masked => "resident-number-masked",
            Self::BirthDayAlone => "resident-number-incomplete",
            Self::Impossible => "resident-number-impossible",
        }
    }

    /// The reason for the person who reads the reject.
    pub fn words(self) -> Words {
        match self {
            Self::Masked => Words::new(
                "번호의 일부가 가려져 있어 같은 사람인지 알 수 없습니다. 가리지 않고 내려받거나, 매핑에서 이 항목을 빼십시오.",
                "Part of the number is hidden, so it says nobody's identity. Export it whole, or leave the column out of the mapping.",
            ),
            Self::BirthDayAlone => Words::new(
                "생년월일만 있고 나머지 자리가 없습니다.",
                "Only the birth day is there, without the rest of the number.",
            ),
            Self::Impossible => Words::new(
                "있을 수 없는 주민등록번호입니다. 앞 여섯 자리가 날짜가 아닙니다.",
                "It is not a possible resident number: its first six digits are no day.",
            ),
        }
    }
}

/// The day from which new numbers have a random tail, and no check digit (`domain.md` 7.1).
const RANDOM_TAIL: (i32, u32, u32) = (2020, 10, 1);

/// Reads what stands in a resident-number column: thirteen digits with or without marks, full-width digits too. Eleven or twelve
/// digits without marks have lost their leading zeros to a spreadsheet and get them back, where that makes a person of 2000 or
/// later.
///
/// A check digit that fails never makes a number wrong. It only tells a corporation's number, which may look like a person's, from
/// a person's of before October 2020. Of those whose digit fails one in ten happens to fit a corporation; the same digits are always
/// taken for the same, so such a person still joins with nobody but themselves.
///
/// # Errors
///
/// [`ResidentNumberError`].
pub fn identified(text: &str) -> Result<Identified, ResidentNumberError> {
    let mut digits = [0_u8; 13];
    let (mut count, mut marks, mut letters, mut hidden) = (0_usize, 0, 0, 0);
    for c in text.trim().chars().map(narrow) {
        match c {
            '0'..='9' => {
                if let Some(digit) = digits.get_mut(count) {
                    *digit = (c as u32 - '0' as u32) as u8;
                }
                count += 1;
            }
            '-' | ' ' | '.' => marks += 1,
            // Hidden digits are written as stars and circles, and as a row of X.
            '*' | '●' | '○' | '■' | '□' | '#' | 'X' | 'x' => hidden += 1,
            _ => letters += 1,
        }
    }
    match (count, letters, hidden) {
        // A single X begins a passport number.
        (0..=12, 0, 3..) => Err(ResidentNumberError::Masked),
        (6 | 7, 0, 0) => Err(ResidentNumberError::BirthDayAlone),
        (11 | 12, 0, 0) if marks == 0 => {
            digits.rotate_right(13 - count);
            match person(digits) {
                Some(person) if digits[0] == 0 && person.born_on >= year_2000() => of_thirteen(digits),
                _ => Ok(Identified::Otherwise),
            }
        }
        (13, 0, 0) => of_thirteen(digits),
        _ => Ok(Identified::Otherwise),
    }
}

fn of_thirteen(digits: [u8; 13]) -> Result<Identified, ResidentNumberError> {
    let corporation = CorporateNumber::new(digits);
    let is_corporate = corporation.check_digit_holds();
    match person(digits) {
        // A corporation's serial number often begins with 0. Of people born before 1900 every number had its check digit.
        Some(person) if matches!(digits[6], 0 | 9) => Ok(match person.check_digit_holds() && !is_corporate {
            true => Identified::Person(person),
            false => Identified::Corporation(corporation),
        }),
        Some(person) if is_corporate && !person.check_digit_holds() && !person.may_have_a_random_tail() => {
            Ok(Identified::Corporation(corporation))
        }
        Some(person) => Ok(Identified::Person(person)),
        None if is_corporate => Ok(Identified::Corporation(corporation)),
        None => Err(ResidentNumberError::Impossible),
    }
}

/// The person of thirteen digits, where the first seven make a day.
fn person(digits: [u8; 13]) -> Option<ResidentNumber> {
    let two = |at: usize| u32::from(digits[at]) * 10 + u32::from(digits[at + 1]);
    let century = match digits[6] {
        9 | 0 => 1800,
        1 | 2 | 5 | 6 => 1900,
        _ => 2000,
    };
    let born_on = Day::from_ymd_opt(century + i32::try_from(two(0)).ok()?, two(2), two(4))?;
    Some(ResidentNumber { digits, born_on })
}

fn year_2000() -> Day {
    Day::from_ymd_opt(2000, 1, 1).unwrap_or_default()
}

impl ResidentNumber {
    /// The birth day it says.
    pub const fn born_on(&self) -> Day {
        self.born_on
    }

    /// Whether it is a foreigner's.
    pub const fn is_foreigner(&self) -> bool {
        matches!(self.digits[6], 5..=8)
    }

    /// The digits alone, for a keyed hash and nothing else.
    pub(crate) fn digits(&self) -> String {
        self.digits.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// `YYMMDD-G******`, all that people may see of it (`domain.md` 7.1).
    pub fn masked(&self) -> String {
        let digits = self.digits();
        format!("{}-{}******", &digits[..6], &digits[6..7])
    }

    /// Whether the last digit is the one the first twelve ask for. A hint: numbers given out since October 2020 have a random
    /// tail, to people born earlier too where theirs was changed.
    pub fn check_digit_holds(&self) -> bool {
        const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        let sum: u32 = WEIGHTS.iter().zip(self.digits).map(|(weight, digit)| weight * u32::from(digit)).sum();
        let of_citizens = (11 - sum % 11) % 10;
        let expected = if self.is_foreigner() { (of_citizens + 2) % 10 } else { of_citizens };
        expected == u32::from(self.digits[12])
    }

    /// Whether it was given out when new numbers had no check digit any more.
    fn may_have_a_random_tail(&self) -> bool {
        let (year, month, day) = RANDOM_TAIL;
        Day::from_ymd_opt(year, month, day).is_some_and(|from| self.born_on >= from)
    }
}

impl fmt::Debug for ResidentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn person_of(text: &str) -> ResidentNumber {
        match identified(text).unwrap() {
            Identified::Person(person) => person,
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn the_seventh_digit_says_century_and_foreigner() {
        for (text, born_on, is_foreigner) in [
            ("800101-1234567", "1980-01-01", false),
            ("800101-2234567", "1980-01-01", false),
            ("050630-3234567", "2005-06-30", false),
            ("050630-4234567", "2005-06-30", false),
            ("800101-5234567", "1980-01-01", true),
            ("800101-6234567", "1980-01-01", true),
            ("050630-7234567", "2005-06-30", true),
            ("050630-8234567", "2005-06-30", true),
        ] {
            let person = person_of(text);
            assert_eq!(
                (person.born_on().to_string().as_str(), person.is_foreigner()),
                (born_on, is_foreigner),
                "{text}"
            );
        }
    }

    #[test]
    fn a_failing_check_digit_rejects_nobody() {
        let read = (0..10).map(|last| identified(&format!("800101-123456{last}")).unwrap());
        let people: Vec<_> =
            read.filter_map(|who| if let Identified::Person(person) = who { Some(person) } else { None }).collect();
        assert_eq!(people.iter().filter(|person| person.check_digit_holds()).count(), 1);
        assert!(people.len() >= 9, "one last digit may be a corporation's");
    }

    #[test]
    fn one_number_written_five_ways_is_one_number_and_shows_its_mask_alone() {
        for text in
            ["800101-1234567", "8001011234567", " ８００１０１-１２３４５６７ ", "800101 1234567", "800101.1234567"]
        {
            assert_eq!(person_of(text), person_of("8001011234567"), "{text}");
        }
        assert_eq!(person_of("800101-1234567").masked(), "800101-1******");
        assert_eq!(format!("{:?}", person_of("800101-1234567")), "800101-1******");
    }

    #[test]
    fn leading_zeros_lost_to_a_spreadsheet_come_back() {
        assert_eq!(person_of("506303234567"), person_of("050630-3234567"));
        assert_eq!(person_of("10133234568"), person_of("001013-3234568"));
        assert_eq!(identified("10133234567"), identified("001013-3234567"), "whatever it is taken for");
        // Another twelve digits are another number.
        assert_eq!(identified("800101123456"), Ok(Identified::Otherwise));
    }

    #[test]
    fn a_corporation_is_no_person() {
        assert!(matches!(identified("110111-0062432"), Ok(Identified::Corporation(_))));
        // The register office and kind make a day, the serial number a man's century; the check digits say what it is.
        let looks_like_a_man = (0..10)
            .map(|last| format!("110111-123456{last}"))
            .filter(|text| matches!(identified(text), Ok(Identified::Corporation(_))));
        assert_eq!(looks_like_a_man.count(), 1);
        // New ones are said to have no check digit; a serial number that begins with 0 tells them still.
        assert!(matches!(identified("131111-0000002"), Ok(Identified::Corporation(_))));
    }

    #[test]
    fn a_child_whose_random_tail_looks_like_a_corporations_stays_a_person() {
        let text = (0..10)
            .map(|last| format!("210115-345678{last}"))
            .find(|text| {
                let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|c| c - b'0').collect();
                CorporateNumber::new(digits.try_into().unwrap()).check_digit_holds()
            })
            .unwrap();
        assert_eq!(person_of(&text).born_on().to_string(), "2021-01-15");
    }

    #[test]
    fn what_would_make_one_person_of_many_is_refused() {
        for text in ["800101-1******", "800101-*******", "800101-1●●●●●●", "800101-1xxxxxx", "8001011****67"]
        {
            assert_eq!(identified(text), Err(ResidentNumberError::Masked), "{text}");
        }
        for text in ["800101", "800101-1", "8001011"] {
            assert_eq!(identified(text), Err(ResidentNumberError::BirthDayAlone), "{text}");
        }
        for text in ["801301-1234566", "800230-1234560", "999999-9999999"] {
            assert_eq!(identified(text), Err(ResidentNumberError::Impossible), "{text}");
        }
    }

    #[test]
    fn other_numbers_identify_otherwise() {
        for text in ["M12345678", "X1234567", "123-45-67890", "", "-", "12345678901234"] {
            assert_eq!(identified(text), Ok(Identified::Otherwise), "{text}");
        }
    }

    proptest! {
        #[test]
        fn of_every_person_exactly_one_last_digit_in_ten_holds(
            (year, month, day) in (0_u32..100, 1_u32..13, 1_u32..29),
            sex in 1_u32..9,
            tail in 0_u32..100_000,
        ) {
            let digits = |last: u32| -> [u8; 13] {
                let text = format!("{year:02}{month:02}{day:02}{sex}{tail:05}{last}");
                text.bytes().map(|c| c - b'0').collect::<Vec<_>>().try_into().unwrap()
            };
            let holding = (0..10).filter(|last| person(digits(*last)).unwrap().check_digit_holds()).count();
            prop_assert_eq!(holding, 1);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", near in "[-0-9 ０-９*x]{0,16}") {
            let _ = (identified(&text), identified(&near));
        }
    }
}
