//! Refunds of which nothing is told: to living payers who owe nothing, or set off in full; of the dead, to their heirs.

use chrono::Days;
use haechi_core::time::Day;

use super::bills::{Bill, bills, old_debt};
use crate::City;
use crate::people::account;
use crate::random::Chance;
use crate::stories::tax::{Entry, Refund};
use crate::taxpayers::{Payer, any, death};

/// All refunds of which nothing is told, month by month.
pub(crate) fn refunds(city: &City) -> impl Iterator<Item = Refund> {
    let many = 3 + city.residents * 18 / 10_000;
    (0..city.months).flat_map(move |month| {
        let days = city.working_days(month);
        (0..many).filter_map(move |at| refund(city, month, at, &days))
    })
}

fn refund(city: &City, month: usize, at: u64, days: &[Day]) -> Option<Refund> {
    let mut chance = Chance::of(city.seed, "refund", month as u64 * 1_000_000 + at);
    let payer = any(city, &mut chance);
    let fixed_on = chance.pick(days);
    let fixed = (fixed_on, 560 + chance.between(0, 460));
    // Of the last bill that was paid; who paid none gets nothing back.
    let until = |bill: &Bill| bill.settled.is_some_and(|(on, _)| on < fixed_on);
    let bill = (0..=month).rev().flat_map(|month| bills(city, payer, month)).find(until)?;
    let paid_on = city.due(fixed_on, 2 + chance.below(6));
    let amount = (bill.amount * chance.between(8, 100) / 1_000 * 10).max(1_000);
    let mut setoff = 0;
    let owed = owed_on(city, payer, paid_on, month + 1);
    if owed > 0 {
        if owed < amount {
            return None;
        }
        setoff = amount;
    }
    let dead = death(city, payer).is_some_and(|(died, _)| died < paid_on);
    let (account, entries) = entries(city, payer, fixed, dead, &mut chance);
    let reason = chance.pick(&["이중납부", "연납 후 말소", "부과 취소", "세액 경정", "착오납부"]);
    Some(Refund {
        no: format!("RF-{}{at:06}", city.month(month).format("%y%m")),
        tax: bill.tax.word,
        levy: bill.no(),
        payer,
        reason,
        fixed,
        paid_on: (paid_on <= city.last()).then_some(paid_on),
        account: if setoff == 0 { account } else { String::new() },
        amount,
        setoff,
        entries: if setoff == 0 { entries } else { Vec::new() },
    })
}

/// What a payer owed on a day.
fn owed_on(city: &City, payer: Payer, day: Day, months: usize) -> i64 {
    let since = (0..=months.min(city.months - 1)).flat_map(|month| bills(city, payer, month));
    since.map(|bill| bill.owed_on(day)).sum::<i64>() + old_debt(city, payer).map_or(0, |(_, amount)| amount)
}

/// The account it was paid to, and how it was entered: mostly once and by its owner, now and then mended or by another with papers.
fn entries(city: &City, payer: Payer, fixed: (Day, i64), dead: bool, chance: &mut Chance) -> (String, Vec<Entry>) {
    let before = |days: u64, minute| (city.open_before(fixed.0 - Days::new(days)), minute);
    let at = before(3 + chance.below(20), 550 + chance.between(0, 470));
    let own = Entry { at, account: payer.account(), owner: payer, receiver: "본인" };
    let index = match payer {
        Payer::Person(index) | Payer::Firm(index) | Payer::Trader(index) => index,
    };
    let others = Entry { account: account("44", index), owner: payer.other(), ..own.clone() };
    let entries = match chance.below(100) {
        _ if dead => vec![Entry { receiver: "상속인", ..others }],
        0..6 => vec![Entry { account: account("45", index), ..own.clone() }, Entry { at: before(1, 700), ..own }],
        // The first account of who did not answer in time.
        6..9 => vec![Entry { at: (city.due(fixed.0, 1), 600), ..own }],
        9..11 => vec![Entry { receiver: "대리인", ..others }],
        11..13 => vec![Entry { receiver: "세무대리인", ..others }],
        _ => vec![own],
    };
    (entries.last().map(|entry| entry.account.clone()).unwrap_or_default(), entries)
}
