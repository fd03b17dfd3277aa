//! How many people a free text says took part: `재무국장 외 5명`.

use super::narrow;

/// The head count that `text` says, if it says one.
///
/// - **Units.** People. `외 N명` and `외 N인` (the named one and N more) are N + 1; otherwise the first `N명` or `N인` is N.
///   A text can say zero (`외 1-0명`); whoever divides by the count must leave zero out.
/// - **Shape.** White space may stand around the number; full-width digits and well-placed thousands separators are read.
///   The first place that fits counts, and `외` goes before all others.
/// - **Errors.** None; a text that says no number, or one past 64 bits, is `None`.
/// - **Source.** The reference counts of the published Seoul card ledgers, 2017–2018: `headcount_missing` and
///   `per_head_over_40000` come out exactly (see the test).
pub fn head_count(text: &str) -> Option<i64> {
    let beside = text
        .match_indices('외')
        .find_map(|(at, word)| people_at(text[at + word.len()..].trim_start()))
        .and_then(|others| others.checked_add(1));
    beside.or_else(|| {
        let mut rest = text;
        loop {
            let start = rest.find(|c: char| narrow(c).is_ascii_digit())?;
            rest = &rest[start..];
            if let Some(people) = people_at(rest) {
                return Some(people);
            }
            // A run whose separators are no thousands separators (`1,2팀 21명`) is tried again behind its first digits.
            rest = rest.trim_start_matches(|c: char| narrow(c).is_ascii_digit());
        }
    })
}

/// The number that `text` begins with, where `명` or `인` follows it.
fn people_at(text: &str) -> Option<i64> {
    let (mut number, mut group, mut separated, mut end) = (Some(0_i64), 0, false, text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match narrow(c) {
            c @ '0'..='9' => {
                group += 1;
                let digit = i64::from(c as u32 - '0' as u32);
                number = number.and_then(|number| number.checked_mul(10)?.checked_add(digit));
            }
            ',' if if separated { group == 3 } else { (1..=3).contains(&group) } => {
                (separated, group) = (true, 0);
            }
            _ => {
                end = at;
                break;
            }
        }
    }
    if group == 0 || (separated && group != 3) {
        return None;
    }
    text[end..].trim_start().starts_with(['명', '인']).then_some(number).flatten()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_named_one_and_five_more_are_six_and_six_in_all_are_six() {
        for (text, expected) in [
            ("재무국장 외 5명", Some(6)),
            ("재무국장외5인", Some(6)),
            ("재무국장 등 6명", Some(6)),
            ("직원 3 명, 주민 4명", Some(3)),
            ("직원 3명, 과장 외 4명", Some(5)),
            ("1,2팀 직원 총 21명", Some(21)),
            ("직원 1,200명", Some(1_200)),
            ("과장 외 ５명", Some(6)),
            ("외 1-0명", Some(0)),
            ("외빈 3명", Some(3)),
            ("직원 20여명", None),
            ("간담회 참석자", None),
            ("", None),
            ("외 99999999999999999999명", None),
        ] {
            assert_eq!(head_count(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_said_is_heard(people in 0..1_000_000_i64, spaces in " {0,3}") {
            prop_assert_eq!(head_count(&format!("과장 외{spaces}{people}{spaces}명")), Some(people + 1));
            prop_assert_eq!(head_count(&format!("직원 {people}{spaces}인")), Some(people));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", near in "[외명인0-9, ０-９]*") {
            let _ = (head_count(&text), head_count(&near));
        }
    }

    /// The published ledgers lie beside the repository where someone fetched them; without them this says so and ends.
    #[test]
    fn the_published_seoul_ledgers_give_the_reference_counts() {
        let packed =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seoul-card-expense/2017-2018.tar.gz");
        let Ok(file) = std::fs::File::open(&packed) else {
            println!("skipped: the Seoul card ledgers are not there ({})", packed.display());
            return;
        };
        let (mut missing, mut dear, mut large_without) = (0, 0, 0);
        let mut archive = tar::Archive::new(flate2::read::MultiGzDecoder::new(file));
        for entry in archive.entries().unwrap() {
            let entry = entry.unwrap();
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let mut reader = csv::Reader::from_reader(entry);
            let header = reader.headers().unwrap().clone();
            let column = |name: &str| header.iter().position(|column| column == name).unwrap();
            let (target, amount) = (column("target_nm"), column("exec_amount"));
            for row in reader.records() {
                let row = row.unwrap();
                let amount = crate::value::number::money(&row[amount], 0, 1).unwrap();
                match head_count(&row[target]) {
                    None => {
                        missing += 1;
                        large_without += i32::from(amount >= 500_000);
                    }
                    Some(people) => dear += i32::from(people > 0 && amount > 40_000 * people),
                }
            }
        }
        assert_eq!((missing, dear, large_without), (25_189, 1_015, 351));
    }
}
