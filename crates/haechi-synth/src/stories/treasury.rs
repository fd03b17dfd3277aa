//! Accounts of the body: forgotten ones, and interest that nobody booked.

use chrono::{Datelike as _, Days, Months};
use haechi_core::time::Day;

use super::part_at;
use super::payment::quarter;
use crate::people::UNITS;
use crate::truth::iso;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one account.
    pub(crate) enum Part {
        ForgottenSinceUse,
        ForgottenAYear,
        NeverUsed,
        ForgottenFund,
        ForgottenDeposit,
        UsedLately,
        AlmostAYear,
        ClosedAccount,
        OpenedLately,
        FundTwoYears,
        DepositTwoYears,
        WithoutMovement,
        NotBooked,
        BookedTooLittle,
        BookedElsewhere,
        BookedLongAfter,
        BookedUnderParent,
        BookedByNumber,
        BookedByAmount,
        BookedLate,
        NineWon,
        TakenBack,
        CreditedLately,
    }
}

/// How many accounts are told of; they stand first in the register.
pub(crate) fn told(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases()
}

/// The part of the account at `index`.
pub(crate) fn part(city: &City, index: u64) -> Option<(Part, u64)> {
    part_at(city, Part::ALL, index)
}

/// The code of the account at `index`.
pub(crate) fn account_code(index: u64) -> String {
    format!("A{:06}", 100_001 + index)
}

/// The division that looks after an account that is told of.
pub(crate) fn unit(index: u64) -> u64 {
    index * 9 % UNITS
}

/// An account as the register has it: kind, opened and closed.
pub(crate) fn account(city: &City, index: u64) -> Option<(&'static str, Day, Option<Day>)> {
    let (part, _) = part(city, index)?;
    let kind = match part {
        Part::ForgottenFund | Part::FundTwoYears => "기금",
        Part::ForgottenDeposit | Part::DepositTwoYears => "세입세출외현금",
        Part::ForgottenAYear | Part::NotBooked | Part::BookedTooLittle => "보조금",
        _ => "일상경비",
    };
    let opened_on = match part {
        Part::OpenedLately => city.last() - Days::new(200),
        _ => city.first() - Months::new(12 * 7) - Days::new(index % 200),
    };
    let closed_on = (part == Part::ClosedAccount).then(|| city.last() - Days::new(100));
    Some((kind, opened_on, closed_on))
}

/// What moved on an account that is told of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Movement {
    pub(crate) index: u64,
    /// Which of the account's movements.
    pub(crate) at: u64,
    pub(crate) on: Day,
    pub(crate) kind: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) amount: i64,
}

impl Movement {
    /// The bank's number of the movement.
    pub(crate) fn no(&self) -> String {
        format!("M9{:05}-{:02}", self.index, self.at)
    }
}

/// A booking of an account's interest as revenue.
#[derive(Clone, Debug)]
pub(crate) struct Booking {
    pub(crate) index: u64,
    pub(crate) account_code: String,
    pub(crate) movement_no: String,
    pub(crate) covers: Option<(Day, Day)>,
    pub(crate) on: Day,
    pub(crate) amount: i64,
}

/// The account under which some book their interest.
pub(crate) fn parent_of(city: &City, index: u64) -> Option<u64> {
    let (part, case) = part(city, index)?;
    let parent = case * Part::ALL.len() as u64 + Part::BookedByNumber as u64;
    (part == Part::BookedUnderParent).then_some(parent)
}

/// The day of a case on which interest is credited: the last but a few of a quarter.
fn credited_on(city: &City, case: u64) -> Day {
    let mut month = city.case_month(case);
    while !city.month(month).month().is_multiple_of(3) {
        month += 1;
    }
    // Booking it takes up to four months: no later than half a year before the end.
    while city.month(month) + Months::new(5) > city.last() && month >= 3 {
        month -= 3;
    }
    city.open_before(city.on(month, 24))
}

/// What moved on the account at `index`, by day, and what was booked of it.
pub(crate) fn story(city: &City, index: u64) -> (Vec<Movement>, Vec<Booking>) {
    let Some((part, case)) = part(city, index) else { return (Vec::new(), Vec::new()) };
    let last = city.last();
    let ago = |days| last - Days::new(days);
    let (mut moved, mut booked) = (Vec::new(), Vec::new());
    let used = |on, amount| Movement { index, at: 0, on, kind: "출금", purpose: "일상경비 집행", amount };
    let interest = |on, amount| Movement { index, at: 0, on, kind: "이자", purpose: "예금이자", amount };
    let on = credited_on(city, case);
    let sum = 31_460 + i64::try_from(index % 97).unwrap_or(0) * 110;
    let idle = |since: Option<Day>| {
        let mut moved: Vec<Movement> = since.map(|on| used(on, -137_000)).into_iter().collect();
        // The bank goes on paying a little.
        moved.extend([ago(220), ago(130)].map(|on| interest(on, 4_120 + i64::try_from(index % 53).unwrap_or(0) * 10)));
        moved
    };
    let busy = [used(ago(290), -226_000), used(ago(12), -184_000)];
    let mut books = true;
    match part {
        Part::ForgottenSinceUse => moved = idle(Some(ago(400 + case))),
        Part::ForgottenAYear => moved = idle(Some(ago(365))),
        Part::NeverUsed => moved = idle(None),
        Part::ForgottenFund | Part::ForgottenDeposit => moved = idle(Some(ago(1_900))),
        Part::UsedLately => moved = idle(Some(ago(200))),
        Part::AlmostAYear => moved = idle(Some(ago(364))),
        Part::ClosedAccount => moved = vec![used(ago(390), -88_000), interest(ago(220), 1_250)],
        Part::OpenedLately => moved = vec![interest(ago(130), 870)],
        Part::FundTwoYears | Part::DepositTwoYears => moved = idle(Some(ago(390))),
        Part::WithoutMovement => {}
        Part::BookedByNumber => {
            moved.extend(busy);
            moved.push(interest(on, sum));
        }
        Part::NineWon => {
            moved.extend(busy);
            moved.push(interest(on, 9));
            books = false;
        }
        Part::TakenBack => {
            moved.extend(busy);
            moved.push(interest(on, -640));
            books = false;
        }
        Part::CreditedLately => {
            moved.extend(busy);
            moved.push(interest(city.open_before(ago(20)), sum));
            books = false;
        }
        _ => {
            moved.extend(busy);
            moved.push(interest(on, sum));
            books = false;
        }
    }
    moved.sort_by_key(|movement| movement.on);
    for (movement, at) in moved.iter_mut().zip(0..) {
        movement.at = at;
    }
    let own = account_code(index);
    let booking = |on, amount| Booking {
        index,
        account_code: own.clone(),
        movement_no: String::new(),
        covers: None,
        on: city.open(on),
        amount,
    };
    let whole = Some((quarter(on), city.open(on + Days::new(6))));
    match part {
        Part::BookedTooLittle => booked.push(Booking { covers: whole, ..booking(on + Days::new(12), sum - 200) }),
        Part::BookedElsewhere => {
            let other = account_code(index - Part::BookedElsewhere as u64 + Part::BookedByAmount as u64);
            booked.push(Booking { account_code: other, ..booking(on + Days::new(12), sum) });
        }
        Part::BookedLongAfter => booked.push(booking(on + Days::new(100), sum)),
        Part::BookedUnderParent => {
            let parent = parent_of(city, index).map(account_code).unwrap_or_default();
            booked.push(Booking { account_code: parent, covers: whole, ..booking(on + Days::new(12), sum + 90_000) });
        }
        Part::BookedByAmount => booked.push(booking(on + Days::new(12), sum)),
        Part::BookedLate => {
            let no = moved.iter().find(|movement| movement.kind == "이자").map(Movement::no).unwrap_or_default();
            booked.push(Booking { movement_no: no, ..booking(on + Days::new(85), sum) });
        }
        _ if books => {
            let credits = moved.iter().filter(|movement| movement.kind == "이자");
            let by_number = credits
                .map(|credit| Booking { movement_no: credit.no(), ..booking(credit.on + Days::new(9), credit.amount) });
            booked.extend(by_number);
        }
        _ => {}
    }
    (moved, booked)
}

/// The truth about accounts.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const IDLE: &str = "payment.idle-bank-account";
    const INTEREST: &str = "payment.interest-not-booked";
    let mut all = Vec::new();
    for index in 0..told(city) {
        let Some((part, case)) = part(city, index) else { continue };
        let (scenario, kind, story) = match part {
            Part::ForgottenSinceUse => (IDLE, Planted, "not used for more than a year"),
            Part::ForgottenAYear => (IDLE, Planted, "not used for a year to the day"),
            Part::NeverUsed => (IDLE, Planted, "never used as far as is known"),
            Part::ForgottenFund => (IDLE, Planted, "a fund, not used for five years"),
            Part::ForgottenDeposit => (IDLE, Planted, "deposits in law, not used for five years"),
            Part::UsedLately => (IDLE, Decoy, "used within the year"),
            Part::AlmostAYear => (IDLE, Decoy, "a day short of a year"),
            Part::ClosedAccount => (IDLE, Decoy, "closed"),
            Part::OpenedLately => (IDLE, Decoy, "opened lately"),
            Part::FundTwoYears => (IDLE, Decoy, "a fund, not used for a year"),
            Part::DepositTwoYears => (IDLE, Decoy, "deposits in law, not used for a year"),
            Part::WithoutMovement => (IDLE, Decoy, "without a single movement"),
            Part::NotBooked => (INTEREST, Planted, "not booked"),
            Part::BookedTooLittle => (INTEREST, Planted, "a booking smaller than the credit"),
            Part::BookedElsewhere => (INTEREST, Planted, "booked under an account that is not its parent"),
            Part::BookedLongAfter => (INTEREST, Planted, "an equal amount booked much later"),
            Part::BookedUnderParent => (INTEREST, Decoy, "booked under the parent account, with other interest"),
            Part::BookedByNumber => (INTEREST, Decoy, "booked by its number"),
            Part::BookedByAmount => (INTEREST, Decoy, "booked by its amount"),
            Part::BookedLate => (INTEREST, Decoy, "booked late"),
            Part::NineWon => (INTEREST, Decoy, "nine won"),
            Part::TakenBack => (INTEREST, Decoy, "taken back"),
            Part::CreditedLately => (INTEREST, Decoy, "credited lately"),
        };
        let code = ("account_code", account_code(index));
        let subject = if scenario == IDLE {
            vec![code]
        } else {
            let lately = part == Part::CreditedLately;
            let on = if lately { city.last() - Days::new(20) } else { credited_on(city, case) };
            vec![code, ("quarter", iso(quarter(on))), ("currency", "KRW".to_owned())]
        };
        all.push(Truth::new(scenario, kind, story, &subject));
    }
    all
}
