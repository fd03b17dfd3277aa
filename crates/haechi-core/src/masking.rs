//! What may be shown of personal data, and what free text may not carry in the clear.

use std::borrow::Cow;

/// A person's name or other personal text with all but its first character hidden: `홍길동` → `홍**`.
pub fn personal(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        None => String::new(),
        Some(first) => std::iter::once(first).chain(chars.take(7).map(|_| '*')).collect(),
    }
}

/// An identifier with all but its last `shown` letters and digits hidden; marks between stay: `110-***-**6789`.
/// Never more than a third of it is shown.
pub fn identifier(text: &str, shown: usize) -> String {
    let count = text.chars().filter(|c| c.is_alphanumeric()).count();
    let hidden = count - shown.min(count / 3);
    let mut seen = 0;
    text.chars()
        .map(|c| {
            if !c.is_alphanumeric() {
                return c;
            }
            seen += 1;
            if seen <= hidden { '*' } else { c }
        })
        .collect()
}

/// The shape of a value and nothing of its content: digits become `9`, letters `A`, Hangul `가`.
/// Longer than 40 characters it is cut and marked `…`.
pub fn shape(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(40)
        .map(|c| match c {
            c if c.is_numeric() => '9',
            '가'..='힣' => '가',
            c if c.is_alphabetic() => 'A',
            c => c,
        })
        .collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}

/// `text` with everything that looks like a resident registration number or a payment card number
/// replaced by its shape. Borrowed when there is none.
///
/// A resident number is six digits that make a date, an optional hyphen or space, and seven more of which
/// the first is 0 to 9; a card number is four groups of four digits. Source of the shapes: `domain.md` 7.1.
pub fn scrub(text: &str) -> Cow<'_, str> {
    replace(text, |bytes| resident_number(bytes).or_else(|| card_number(bytes)), shape)
}

/// A text of which nobody knows what it is, such as the header of a file that has none: with eight digits or more it may be
/// an account and only its shape is shown; otherwise it is scrubbed.
pub fn unknown(text: &str) -> Cow<'_, str> {
    if text.chars().filter(|c| c.is_numeric()).count() >= 8 { Cow::Owned(shape(text)) } else { scrub(text) }
}

/// `text` with every resident number written with its hyphen, and every card number written in four groups, replaced by
/// what `stand_in` gives for it. Borrowed when there is none.
///
/// For codes, where [`scrub`] would take a long number for what it is not: a bare run of 13 or 16 digits stays, and so does
/// a company's registration number, whose seventh digit is 0 where a living person's is 1 to 8 (`domain.md` 7.1).
pub fn replace_written(text: &str, stand_in: impl Fn(&str) -> String) -> Cow<'_, str> {
    let written = |bytes: &[u8]| {
        let resident = || {
            let person = bytes.get(6) == Some(&b'-') && matches!(bytes.get(7), Some(b'1'..=b'8'));
            resident_number(bytes).filter(|_| person)
        };
        resident().or_else(|| card_number(bytes).filter(|len| *len == CARD_IN_GROUPS))
    };
    replace(text, written, stand_in)
}

/// The length of a card number whose four groups are marked off.
const CARD_IN_GROUPS: usize = 19;

/// `text` with what `find` finds at the beginning of a run of digits (its length) replaced by its stand-in.
fn replace(text: &str, find: impl Fn(&[u8]) -> Option<usize>, stand_in: impl Fn(&str) -> String) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || (at > 0 && bytes[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        match find(&bytes[at..]) {
            Some(len) => {
                let out = out.get_or_insert_default();
                out.push_str(&text[copied..at]);
                out.push_str(&stand_in(&text[at..at + len]));
                at += len;
                copied = at;
            }
            None => at += 1,
        }
    }
    match out {
        Some(mut out) => {
            out.push_str(&text[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(text),
    }
}

/// The length of the resident number that `bytes` begin with, ended by a non-digit.
fn resident_number(bytes: &[u8]) -> Option<usize> {
    let digits = |range: std::ops::Range<usize>| bytes.get(range).filter(|part| part.iter().all(u8::is_ascii_digit));
    let head = digits(0..6)?;
    let number = |at: usize| (head[at] - b'0') * 10 + head[at + 1] - b'0';
    if !(1..=12).contains(&number(2)) || !(1..=31).contains(&number(4)) {
        return None;
    }
    let tail = if matches!(bytes.get(6), Some(b'-' | b' ')) { 7 } else { 6 };
    digits(tail..tail + 7)?;
    let len = tail + 7;
    (!bytes.get(len).is_some_and(u8::is_ascii_digit)).then_some(len)
}

fn card_number(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for group in 0..4 {
        if group > 0 && matches!(bytes.get(at), Some(b'-' | b' ')) {
            at += 1;
        }
        if !bytes.get(at..at + 4)?.iter().all(u8::is_ascii_digit) {
            return None;
        }
        at += 4;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_digit)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resident_number_inside_a_sentence_leaves_only_its_shape() {
        assert_eq!(scrub("홍길동 800101-1234567 외 2명"), "홍길동 999999-9999999 외 2명");
        assert_eq!(scrub("8001011234567"), "9999999999999");
    }

    #[test]
    fn ordinary_numbers_stay() {
        for text in
            ["2017-01-26 13:10", "20170126131055", "외 12명", "02-2133-1234", "1,234,567", "110111-0062432a", ""]
        {
            let expected = if text.starts_with("110111") { "999999-9999999a" } else { text };
            assert_eq!(scrub(text), expected);
        }
    }

    #[test]
    fn a_card_number_leaves_only_its_shape() {
        assert_eq!(scrub("카드 1234-5678-9012-3456"), "카드 9999-9999-9999-9999");
    }

    #[test]
    fn a_text_of_unknown_meaning_with_many_digits_leaves_its_shape() {
        assert_eq!(unknown("110-234-567890"), "999-999-999999");
        assert_eq!(unknown("2017년 1월 금액"), "2017년 1월 금액");
    }

    #[test]
    fn in_a_code_only_numbers_written_as_people_write_them_are_replaced() {
        let replaced = |text| replace_written(text, |_| "#".to_owned()).into_owned();
        assert_eq!(replaced("800101-1234567"), "#");
        assert_eq!(replaced("P-800101-1234567/2"), "P-#/2");
        assert_eq!(replaced("1234-5678-9012-3456"), "#");
        assert_eq!(replaced("1234 5678 9012 3456"), "#");
        for code in ["8001011234567", "1234567890123456", "110111-0062432", "2017-0101-1234", "46281108_1", "D10"] {
            assert_eq!(replaced(code), code);
        }
    }

    #[test]
    fn an_account_shows_its_last_four_and_no_more_than_a_third() {
        assert_eq!(identifier("110-234-567890", 4), "***-***-**7890");
        assert_eq!(identifier("12345", 4), "****5");
        assert_eq!(personal("홍길동"), "홍**");
    }
}
