//! An invented city's exports, made from a seed: what a newcomer tries Haechi on, and what the tests of the whole check.
//!
//! Haechi City (해치시) has the government code 9999999, which nobody bears. Its names are words, its tax-office and bank
//! codes are none that exist, and its resident, card and business numbers are wrong where a real one would be right (one
//! check digit each; business numbers have theirs, under an office code that is not given out).
//!
//! The exports are ten months of card expenses (January to October 2026), three quarters of payments, and registers of
//! departments, employees, cards, vendors and their accounts as of 31 October. Most of it is ordinary and trips nothing.
//! What does is planted, one story after another, and counted: [`expected`] says how many findings each shipped scenario
//! has, with its own parameters. The stories:
//!
//! | Scenario | Story |
//! |---|---|
//! | `card.split-payment` | two or three payments of a unit at one place within the hour, 500,000 won or more together |
//! | `card.late-night` | a payment between 23:00 and 05:59 of a working day |
//! | `card.holiday` | three payments at one place on a Saturday, a Sunday or a public holiday |
//! | `card.just-below-limit` | a unit pays 490,000 to 499,999 won three times in a quarter; another one only twice |
//! | `card.per-head` | 42,000 to 69,000 won for each person |
//! | `card.duplicate` | the same unit, place, minute and amount twice |
//! | `card.over-limit-without-headcount` | 500,000 won or more, and no number of people |
//! | `card.date-outside-ledger` | a day of the month before, of the month after, or of a year mistyped (2062) |
//! | `payment.duplicate` | one invoice paid twice, weeks apart; the same number without its marks; another number within five days |
//! | `payment.just-below-limit` | a unit pays 19,000,000 won or a little more three times in a quarter |
//! | `payment.after-closing` | a payment after the vendor closed or was suspended; another on the very day of closing is none |
//! | `payment.employee-account` | two vendors are paid to an employee's account, written with other marks |
//!
//! The first split payment is always the same: on 12 March 2026 the general affairs division (총무과) pays 186,000,
//! 172,000 and 164,000 won at 해치한정식. [`corrected`] gives March once more with one payment of 522,000 won and its 18
//! people instead, so that this finding is gone and nothing else changes.
//!
//! Files also hold what real ones do: titles, a line with the unit, totals, an empty row, a few rows that cannot be read.

mod card_ledger;
mod card_stories;
mod chance;
mod days;
mod payment_ledger;
mod registers;
mod sheet;
#[cfg(test)]
mod tests;
mod town;
mod words;

use std::collections::BTreeMap;

use card_ledger::CardLedger;
use payment_ledger::PaymentLedger;
use town::Town;

/// One export of the city, as its system writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// The shipped mapping that reads it.
    pub mapping: &'static str,
    /// Its base name; for the ledgers it also says the period.
    pub name: String,
    /// What it holds, in the encoding the system exports: CP949, or UTF-8 with a mark.
    pub bytes: Vec<u8>,
}

/// All exports of the city. `rows` is the number of readable card expenses; payments are half as many, and the registers
/// always have the same size. The same seed and rows give the same bytes.
///
/// Stories that need more rows than are left are not told. Past half a million rows, some that are meant to be ordinary may
/// meet by chance.
pub fn city(seed: u64, rows: u32) -> Vec<SampleFile> {
    let town = Town::new(seed);
    let mut files = registers::files(&town);
    files.extend(CardLedger::new(&town, seed, rows).files(&town));
    files.extend(PaymentLedger::new(&town, seed, rows / 2).files(&town));
    files
}

/// The card expenses of March once more, the first split payment put right. All else in the file is as [`city`] gave it.
pub fn corrected(seed: u64, rows: u32) -> Vec<SampleFile> {
    let town = Town::new(seed);
    let mut ledger = CardLedger::new(&town, seed, rows);
    ledger.correct();
    vec![ledger.month(&town, 3)]
}

/// How many findings each shipped scenario has in [`city`], by its id. Scenarios without any are listed too.
pub fn expected(seed: u64, rows: u32) -> BTreeMap<&'static str, u32> {
    let town = Town::new(seed);
    let mut told = CardLedger::new(&town, seed, rows).told;
    told.extend(PaymentLedger::new(&town, seed, rows / 2).told);
    told
}

/// How often a story is told: a handful, or so many times in 10,000 rows.
fn times(at_least: u32, in_10_000: u32, rows: u32) -> u32 {
    let share = u64::from(rows) * u64::from(in_10_000) / 10_000;
    u32::try_from(share).unwrap_or(u32::MAX).max(at_least)
}
