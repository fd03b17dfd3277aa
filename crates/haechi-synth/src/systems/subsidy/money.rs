//! How money moves on the accounts of subsidies of which nothing is told.

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::ordinary::{Pace, program_of};
use crate::City;
use crate::random::Chance;
use crate::stories::subsidy::{Movement, Paid, Subsidy};

/// Own share and grants come in, at most a fifth of what is there goes out at a time, a
/// purchase is paid at once, and what is left goes back.
pub(super) fn moved(city: &City, one: &Subsidy) -> Vec<Movement> {
    let mut chance = Chance::of(city.seed, "moved", one.index);
    let Some((first_on, _)) = one.instalments.first().copied() else { return Vec::new() };
    let income = Movement {
        kind: "교부",
        day: first_on,
        minute: 640,
        paid: Paid::Office,
        amount: 0,
        account: 0,
        shows_balance: true,
    };
    let mut moves: Vec<Movement> =
        one.instalments.iter().map(|(day, amount)| Movement { day: *day, amount: *amount, ..income }).collect();
    if one.own_share > 0 {
        let day = first_on - Days::new(2);
        moves.push(Movement { kind: "자부담", day, paid: Paid::Recipient, amount: one.own_share, ..income });
    }
    let days = u64::try_from((one.ends_on - first_on).num_days()).unwrap_or(0);
    let spending = Movement { kind: "집행", amount: -1, ..income };
    let purchase = program_of(one.purpose_code.as_deref()).is_some_and(|program| program.pace == Pace::Purchase);
    if purchase {
        let day = city.open(first_on + Days::new(1 + chance.below(20)));
        moves.push(Movement { day, minute: 800, paid: Paid::Firm(one.index), ..spending });
    } else {
        // Large sums move more often.
        let a_month = 3 + one.amount.cast_unsigned() / 11_000_000;
        for nth in 0..(days * a_month.min(24) / 30).max(2) {
            let day = city.open_before(first_on + Days::new(1 + chance.below(days.max(1))));
            let paid = if nth % 3 == 0 { Paid::Person(nth) } else { Paid::Firm(one.index * 31 + nth) };
            moves.push(Movement { day: day.max(first_on), minute: chance.between(660, 1_050), paid, ..spending });
        }
        let interest = [(6, 20), (12, 19)].map(|(month, day)| Day::from_ymd_opt(one.ends_on.year(), month, day));
        for day in interest.into_iter().flatten().filter(|day| (first_on..=one.ends_on).contains(day)) {
            moves.push(Movement { kind: "이자", day, minute: 1, paid: Paid::Bank, ..income });
        }
    }
    moves.push(Movement { kind: "반납", day: city.open(one.ends_on + Days::new(25)), amount: -1, ..income });
    moves.sort_by_key(|moved| (moved.day, moved.minute));
    let (mut balance, mut to_come) = (0, one.instalments.iter().map(|(_, amount)| amount).sum::<i64>());
    let mut left = moves.iter().filter(|moved| moved.kind == "집행").count() as i64;
    for moved in &mut moves {
        match moved.kind {
            "집행" if purchase => moved.amount = -balance,
            "집행" => {
                let share = (balance + to_come) / left.max(1) * chance.between(60, 160) / 100;
                let share = share.min(balance / 5);
                moved.amount = -(share / 10 * 10);
                left -= 1;
            }
            "이자" => moved.amount = balance / 4_000,
            "반납" => moved.amount = -balance,
            "교부" => to_come -= moved.amount,
            _ => {}
        }
        balance += moved.amount;
    }
    moves.retain(|moved| moved.amount != 0);
    moves
}
