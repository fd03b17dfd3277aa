//! Refunds of local tax: to the dead, to accounts of others, and to those who owe.

use chrono::{Days, TimeDelta};
use haechi_core::time::Day;

use super::part_at;
use super::tax::{Arrear, Entry, Levy, Receipt, Refund, Thing};
use crate::people::account;
use crate::taxpayers::Payer;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one refund.
    enum Part {
        PaidAfterDeath,
        PaidThoughKnown,
        ToAgentOfDead,
        HeirEnteredLater,
        HeirPassedOver,
        RestPaidAfterDeath,
        OnDayOfDeath,
        ToHeir,
        DeadSetOff,
        DeadNotYetPaid,
        DeadBefore,
        Strangers,
        ChangedAfter,
        ChangedToStranger,
        MinutesAfter,
        OtherReceiver,
        FirmToFirm,
        LastEntryStrangers,
        Agent,
        Heir,
        TaxAccountant,
        ChangedBefore,
        FirstEntryLate,
        SameAgain,
        EntryAfterPayment,
        StrangersSetOff,
        PersonToFirm,
        TraderByOneNumber,
        Corrected,
        OneDebt,
        TwoDebts,
        SetOffPartly,
        DeferralEnded,
        StayEnded,
        ClearedNextDay,
        SetOffTooLate,
        DueDayBefore,
        SetOffInFull,
        SetOffOnLevy,
        Deferred,
        Stayed,
        ClearedThatDay,
        DueThatDay,
        SmallDebt,
        SmallRefund,
        OthersDebt,
    }
}

/// A refund that is told of, and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) refund: Refund,
    pub(crate) arrears: Vec<Arrear>,
    pub(crate) receipts: Vec<Receipt>,
    /// Day of death, and the day the register knew.
    pub(crate) death: Option<(Day, Day)>,
}

impl Told {
    /// What was levied: what is refunded, and what fell into arrears.
    pub(crate) fn levies(&self) -> Vec<Levy> {
        let levy = |no: &str, kind, payer, due_on: Day, amount| Levy {
            no: no.to_owned(),
            kind,
            payer,
            thing: Thing::default(),
            acquired_on: None,
            returned: false,
            levied_on: due_on - Days::new(20),
            due_on,
            amount,
            status: "부과",
            cancelled_on: None,
        };
        let Refund { levy: no, tax, payer, fixed, amount, .. } = &self.refund;
        let mut levies = vec![levy(no, tax, *payer, fixed.0 - Days::new(30), amount * 2)];
        levies.extend(self.arrears.iter().map(|one| levy(&one.levy, one.tax, one.payer, one.due_on, one.amount)));
        levies
    }
}

/// All refunds that are told of.
pub(crate) fn all(city: &City) -> impl Iterator<Item = Told> {
    (0..told(city)).filter_map(|index| refund(city, index))
}

/// How many refunds are told of.
pub(crate) fn told(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases()
}

/// The number of a refund that is told of.
fn refund_no(index: u64) -> String {
    format!("RF-A{index:07}")
}

fn levy_no(index: u64, at: u64) -> String {
    format!("A{index:08}-{at}")
}

/// Half past two in the afternoon: when refunds are fixed.
const FIXED_AT: i64 = 870;

/// The refund at `index`, if it is one that is told of.
fn refund(city: &City, index: u64) -> Option<Told> {
    let (part, case) = part_at(city, Part::ALL, index)?;
    let fixed = city.working_day(city.case_month(case), 6);
    let paid = city.due(fixed, 5);
    let payer = match part {
        Part::FirmToFirm => Payer::Firm(index),
        Part::TraderByOneNumber => Payer::Trader(index),
        _ => Payer::Person(index),
    };
    let day = |from: Day, days: i64| from + TimeDelta::days(days);
    let own = payer.account();
    let second = account("43", index);
    let entry =
        |at: (Day, i64), account: &str, owner, receiver| Entry { at, account: account.to_owned(), owner, receiver };
    let mine = entry((day(fixed, -12), 605), &own, payer, "본인");
    let theirs = entry((day(fixed, -12), 605), &second, payer.other(), "본인");
    // Entered between the fixing and the payment.
    let between = |account: &str, owner, receiver| entry((city.due(fixed, 2), 560), account, owner, receiver);
    let debt = |at| Arrear {
        levy: levy_no(index, at),
        tax: "재산세",
        payer,
        due_on: day(paid, -160 - 30 * i64::try_from(at).unwrap_or(0)),
        cleared_on: None,
        deferred: None,
        stayed: None,
        amount: 412_000,
    };
    let before = Receipt {
        levy: levy_no(index, 0),
        tax: "자동차세",
        payer,
        kind: "납부",
        on: city.open(day(fixed, -45)),
        amount: 370_000,
    };
    let setoff = |on| Receipt { levy: levy_no(index, 1), tax: "재산세", payer, kind: "충당", on, amount: 185_000 };
    let refund = Refund {
        no: refund_no(index),
        tax: "자동차세",
        levy: levy_no(index, 0),
        payer,
        reason: "연납 후 말소",
        fixed: (fixed, FIXED_AT),
        paid_on: Some(paid),
        account: own.clone(),
        amount: 185_000,
        setoff: 0,
        entries: vec![mine.clone()],
    };
    let mut told = Told { refund, arrears: Vec::new(), receipts: vec![before], death: None };
    let one = &mut told.refund;
    // Where somebody else receives: the account that was entered and paid.
    let to = |one: &mut Refund, entries: Vec<Entry>| {
        one.account = entries.last().map(|entry| entry.account.clone()).unwrap_or_default();
        one.entries = entries;
    };
    let died = |before: i64, known: i64| Some((day(paid, -before), day(paid, -before + known)));
    match part {
        Part::PaidAfterDeath => told.death = died(1, 20),
        Part::PaidThoughKnown => told.death = died(30, 6),
        Part::ToAgentOfDead => {
            told.death = died(9, 5);
            to(one, vec![Entry { receiver: "대리인", ..theirs }]);
        }
        Part::HeirEnteredLater => {
            told.death = died(14, 4);
            one.entries.push(entry((day(paid, 3), 600), &second, payer.other(), "상속인"));
        }
        Part::HeirPassedOver => {
            told.death = died(20, 5);
            one.entries.push(between(&second, payer.other(), "상속인"));
        }
        Part::RestPaidAfterDeath => {
            told.death = died(11, 5);
            one.setoff = 60_000;
        }
        Part::OnDayOfDeath => told.death = died(0, 9),
        Part::ToHeir => {
            told.death = died(25, 6);
            to(one, vec![mine, between(&second, payer.other(), "상속인")]);
        }
        Part::DeadSetOff => {
            told.death = died(40, 6);
            one.setoff = one.amount;
        }
        Part::DeadNotYetPaid => {
            told.death = died(40, 6);
            one.paid_on = None;
        }
        Part::DeadBefore => told.death = died(-4, 7),
        Part::Strangers => to(one, vec![theirs]),
        Part::ChangedAfter => to(one, vec![mine, between(&second, payer, "본인")]),
        Part::ChangedToStranger => to(one, vec![mine, between(&second, payer.other(), "본인")]),
        Part::MinutesAfter => to(one, vec![mine, entry((fixed, FIXED_AT + 4), &second, payer, "본인")]),
        Part::OtherReceiver => to(one, vec![Entry { receiver: "기타", ..theirs }]),
        Part::FirmToFirm => to(one, vec![theirs]),
        Part::LastEntryStrangers => {
            one.paid_on = None;
            one.entries = vec![mine, Entry { at: (day(fixed, -5), 610), ..theirs }];
            one.account = String::new();
        }
        Part::Agent => to(one, vec![Entry { receiver: "대리인", ..theirs }]),
        Part::Heir => to(one, vec![Entry { receiver: "상속인", ..theirs }]),
        Part::TaxAccountant => to(one, vec![mine, between(&second, payer.other(), "세무대리인")]),
        Part::ChangedBefore => to(one, vec![mine, entry((day(fixed, -3), 640), &second, payer, "본인")]),
        Part::FirstEntryLate => to(one, vec![between(&own, payer, "본인")]),
        Part::SameAgain => to(one, vec![mine, between(&own, payer, "본인")]),
        Part::EntryAfterPayment => one.entries.push(entry((day(paid, 6), 620), &second, payer.other(), "본인")),
        Part::StrangersSetOff => {
            to(one, vec![theirs]);
            one.setoff = one.amount;
        }
        Part::PersonToFirm => to(one, vec![entry((day(fixed, -12), 605), &second, Payer::Firm(index).other(), "본인")]),
        Part::TraderByOneNumber => to(one, vec![entry((day(fixed, -12), 605), &own, Payer::Person(index), "본인")]),
        Part::Corrected => to(one, vec![theirs, entry((day(fixed, -4), 640), &own, payer, "본인")]),
        Part::OneDebt => told.arrears = vec![debt(1)],
        Part::TwoDebts => {
            told.arrears = vec![Arrear { amount: 64_000, ..debt(1) }, Arrear { amount: 51_000, ..debt(2) }];
        }
        Part::SetOffPartly => {
            one.setoff = 80_000;
            told.arrears = vec![debt(1)];
        }
        Part::DeferralEnded => {
            told.arrears = vec![Arrear { deferred: Some((day(paid, -150), Some(day(paid, -1)))), ..debt(1) }];
        }
        Part::StayEnded => {
            told.arrears = vec![Arrear { stayed: Some((day(paid, -90), Some(day(paid, -1)))), ..debt(1) }];
        }
        Part::ClearedNextDay => told.arrears = vec![Arrear { cleared_on: Some(day(paid, 1)), ..debt(1) }],
        Part::SetOffTooLate => {
            told.arrears = vec![debt(1)];
            told.receipts.push(setoff(day(paid, 12)));
        }
        Part::DueDayBefore => told.arrears = vec![Arrear { due_on: day(paid, -1), ..debt(1) }],
        Part::SetOffInFull => {
            one.setoff = one.amount;
            told.arrears = vec![debt(1)];
        }
        Part::SetOffOnLevy => {
            told.arrears = vec![debt(1)];
            told.receipts.push(setoff(day(paid, 4)));
        }
        Part::Deferred => {
            told.arrears = vec![Arrear { deferred: Some((day(paid, -100), Some(day(paid, 60)))), ..debt(1) }];
        }
        Part::Stayed => told.arrears = vec![Arrear { stayed: Some((day(paid, -100), None)), ..debt(1) }],
        Part::ClearedThatDay => told.arrears = vec![Arrear { cleared_on: Some(paid), ..debt(1) }],
        Part::DueThatDay => told.arrears = vec![Arrear { due_on: paid, ..debt(1) }],
        Part::SmallDebt => told.arrears = vec![Arrear { amount: 9_990, ..debt(1) }],
        Part::SmallRefund => {
            one.amount = 9_990;
            told.arrears = vec![debt(1)];
        }
        Part::OthersDebt => told.arrears = vec![Arrear { payer: payer.other(), ..debt(1) }],
    }
    Some(told)
}

/// The truth about refunds.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const DEAD: &str = "tax.refund-to-deceased";
    const OTHER: &str = "tax.refund-to-other-account";
    const OWING: &str = "tax.refund-despite-arrears";
    let mut all = Vec::new();
    for index in 0..told(city) {
        let Some((part, _)) = part_at(city, Part::ALL, index) else { continue };
        let (scenario, kind, story) = match part {
            Part::PaidAfterDeath => (DEAD, Planted, "paid the day after death"),
            Part::PaidThoughKnown => (DEAD, Planted, "paid though the register knew"),
            Part::ToAgentOfDead => (DEAD, Planted, "to an agent of the dead"),
            Part::HeirEnteredLater => (DEAD, Planted, "the heir was entered after the payment"),
            Part::HeirPassedOver => (DEAD, Planted, "not to the heir's account"),
            Part::RestPaidAfterDeath => (DEAD, Planted, "set off in part, the rest was paid"),
            Part::OnDayOfDeath => (DEAD, Decoy, "on the day of death"),
            Part::ToHeir => (DEAD, Decoy, "to the heir"),
            Part::DeadSetOff => (DEAD, Decoy, "set off in full"),
            Part::DeadNotYetPaid => (DEAD, Decoy, "not yet paid"),
            Part::DeadBefore => (DEAD, Decoy, "died after the payment"),
            Part::Strangers => (OTHER, Planted, "another person's account"),
            Part::ChangedAfter => (OTHER, Planted, "changed after the fixing"),
            Part::ChangedToStranger => (OTHER, Planted, "changed to another person's"),
            Part::MinutesAfter => (OTHER, Planted, "changed minutes after the fixing"),
            Part::OtherReceiver => (OTHER, Planted, "a receiver of another kind"),
            Part::FirmToFirm => (OTHER, Planted, "another firm's account"),
            Part::LastEntryStrangers => (OTHER, Planted, "another's, not yet paid"),
            Part::Agent => (OTHER, Decoy, "an authorised agent"),
            Part::Heir => (OTHER, Decoy, "an heir"),
            Part::TaxAccountant => (OTHER, Decoy, "a tax accountant"),
            Part::ChangedBefore => (OTHER, Decoy, "changed before the fixing"),
            Part::FirstEntryLate => (OTHER, Decoy, "the first account came late"),
            Part::SameAgain => (OTHER, Decoy, "the same account again"),
            Part::EntryAfterPayment => (OTHER, Decoy, "entered after the payment"),
            Part::StrangersSetOff => (OTHER, Decoy, "set off in full"),
            Part::PersonToFirm => (OTHER, Decoy, "numbers that cannot be compared"),
            Part::TraderByOneNumber => (OTHER, Decoy, "the same by one number"),
            Part::Corrected => (OTHER, Decoy, "corrected before the fixing"),
            Part::OneDebt => (OWING, Planted, "one debt"),
            Part::TwoDebts => (OWING, Planted, "two debts"),
            Part::SetOffPartly => (OWING, Planted, "set off in part"),
            Part::DeferralEnded => (OWING, Planted, "the deferral ended the day before"),
            Part::StayEnded => (OWING, Planted, "the stay ended the day before"),
            Part::ClearedNextDay => (OWING, Planted, "cleared the day after"),
            Part::SetOffTooLate => (OWING, Planted, "set off long after"),
            Part::DueDayBefore => (OWING, Planted, "due the day before"),
            Part::SetOffInFull => (OWING, Decoy, "set off in full"),
            Part::SetOffOnLevy => (OWING, Decoy, "set off on the levy"),
            Part::Deferred => (OWING, Decoy, "deferred"),
            Part::Stayed => (OWING, Decoy, "stayed without an end"),
            Part::ClearedThatDay => (OWING, Decoy, "cleared that day"),
            Part::DueThatDay => (OWING, Decoy, "due that day"),
            Part::SmallDebt => (OWING, Decoy, "a debt below the floor"),
            Part::SmallRefund => (OWING, Decoy, "a refund below the floor"),
            Part::OthersDebt => (OWING, Decoy, "another's debt"),
        };
        all.push(Truth::new(scenario, kind, story, &[("refund_no", refund_no(index))]));
    }
    all
}
