//! Values as people write them: numbers, money, days and times, head counts, numbers of people and businesses.
//!
//! Every parser is pure, takes a text and answers with the value or with a small error that has words in both languages.
//! None allocates on the common path, and none ever panics, whatever the text.

pub mod business_number;
pub mod corporate_number;
pub mod date;
pub mod head_count;
pub mod number;
pub mod resident_number;
pub mod text;

/// The character that a full-width form (`０`, `Ａ`, `（`, `　`) stands for; any other character is itself.
pub(crate) const fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(narrow) => narrow,
            None => c,
        },
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ffe6}' => '₩',
        '\u{ffe1}' => '£',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}
