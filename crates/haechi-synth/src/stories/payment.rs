//! Payments: made twice, just below a limit, to firms that had closed, to officials' accounts, to debtors and to the dead.

use std::borrow::Cow;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::vendor::{self, Account, Vendor};
use super::{cast, contract, part_at};
use crate::people::{Group, UNITS, employee, resident_no, units};
use crate::truth::iso;
use crate::{City, Kind, Truth};

/// A payment as the finance system has it.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    /// Its number, where it is not simply the next.
    pub(crate) no: Option<String>,
    pub(crate) unit: u64,
    pub(crate) vendor: u64,
    /// The invoice, where it has not one of its own.
    pub(crate) invoice: Option<String>,
    pub(crate) object: &'static str,
    pub(crate) purpose: Cow<'static, str>,
    pub(crate) ordered_on: Option<Day>,
    pub(crate) inspected_on: Option<Day>,
    pub(crate) paid_on: Day,
    pub(crate) amount: i64,
    pub(crate) contract_no: String,
    pub(crate) stage: &'static str,
    /// The payee's resident number, where the payment names it.
    pub(crate) resident_no: Option<String>,
    /// Whether a tax certificate was handed in.
    pub(crate) certificate: bool,
    pub(crate) setoff: i64,
    pub(crate) damages: i64,
}

impl Payment {
    /// A payment without a contract.
    pub(crate) fn new(unit: u64, vendor: u64, paid_on: Day, amount: i64) -> Self {
        Self {
            no: None,
            unit,
            vendor,
            invoice: None,
            object: "201-01",
            purpose: Cow::Borrowed("물품 대금"),
            ordered_on: None,
            inspected_on: None,
            paid_on,
            amount,
            contract_no: String::new(),
            stage: "",
            resident_no: None,
            certificate: false,
            setoff: 0,
            damages: 0,
        }
    }
}

parts! {
    /// What is told of up to three vendors.
    pub(crate) enum Part {
        TwiceInDays,
        TwiceOnOneDay,
        InvoiceAgain,
        OneInvoiceOften,
        SmallTwice,
        UnitPrice,
        EightDaysApart,
        LinesOfOne,
        CreditNotes,
        JustBelowLimit,
        TwoBelowLimit,
        AtTheLimit,
        FarBelowLimit,
        Closed,
        WhileSuspended,
        SuspendedSince,
        DayOfClosing,
        OpenAgain,
        ResumedBefore,
        CreditAfterClosing,
        OfficialAccount,
        OfficialAccountTwice,
        OfficialAccountSince,
        AccountEarlier,
        OfficialLeft,
        CreditToOfficial,
        WithoutAccount,
        OwesTax,
        OwesTwoTaxes,
        PersonOwesTax,
        DeferralEnded,
        ClearedLater,
        ClearedThatDay,
        TaxDeferred,
        TaxStayed,
        DueThatDay,
        CertificateGiven,
        SetOff,
        OwesNonTax,
        BelowTaxFloor,
        RepresentativeOwes,
        DeadByPayment,
        DeadByVendor,
        OrderedBeforeDeath,
        HeirPaid,
        RepresentativeDied,
        CreditToDead,
        DayOfDeath,
    }
}

/// Vendors a case may have.
const SLOTS: u64 = 3;

/// How many vendors are told of.
pub(crate) fn vendors(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases() * SLOTS
}

/// One who has a part: which, in which case, as which of the case's vendors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) part: Part,
    pub(crate) case: u64,
    pub(crate) slot: u64,
}

/// The part of the vendor at `local` among those told of here.
pub(crate) fn role(city: &City, local: u64) -> Option<Role> {
    let (part, case) = part_at(city, Part::ALL, local / SLOTS)?;
    Some(Role { part, case, slot: local % SLOTS })
}

impl Role {
    /// Where the vendor stands in the register.
    pub(crate) fn vendor(self, city: &City) -> u64 {
        vendor::payment_from(city) + (self.case * Part::ALL.len() as u64 + self.part as u64) * SLOTS + self.slot
    }

    /// The day on which the case's payment is made.
    pub(crate) fn day(self, city: &City) -> Day {
        city.working_day(city.case_month(self.case), 10)
    }

    /// The official of the case: heads serve all the time, whoever left did so in the month before the payment.
    fn official(self, city: &City) -> crate::people::Employee {
        let block = match self.part {
            Part::OfficialAccount => 0,
            Part::OfficialAccountTwice => 1,
            _ => 2,
        };
        match self.part {
            Part::OfficialLeft => employee(city, cast::index(cast::Part::PaidAfterLeaving, self.case)),
            _ => employee(city, UNITS * block + self.case * 2),
        }
    }

    fn unit(self) -> u64 {
        let place = Part::ALL.len() as u64 * self.case + self.part as u64;
        match self.part {
            Part::JustBelowLimit | Part::TwoBelowLimit | Part::AtTheLimit | Part::FarBelowLimit => {
                (self.case * 4 + self.part as u64) % UNITS
            }
            _ => place * 7 % UNITS,
        }
    }

    fn is_person(self) -> bool {
        matches!(
            self.part,
            Part::PersonOwesTax
                | Part::DeadByPayment
                | Part::DeadByVendor
                | Part::OrderedBeforeDeath
                | Part::HeirPaid
                | Part::CreditToDead
                | Part::DayOfDeath
        )
    }

    /// The resident number of the person, or of who represents the firm.
    pub(crate) fn resident_no(self, city: &City) -> String {
        let group = if self.is_person() { Group::Creditors } else { Group::Representatives };
        resident_no(city, group, self.vendor(city))
    }
}

/// What a part makes of a vendor's entry in the register.
pub(crate) fn dress(city: &City, role: Role, one: &mut Vendor) {
    let day = role.day(city);
    let before = |days| Some(day - Days::new(days));
    let person = role.is_person();
    one.resident_no = role.resident_no(city);
    if person {
        one.business = false;
        one.name.clone_from(&one.owner);
    }
    let theirs = |from, to| vec![Account { no: role.official(city).account(), from, to }];
    match role.part {
        Part::Closed => (one.status, one.closed_on) = ("폐업자", before(60)),
        Part::CreditAfterClosing => (one.status, one.closed_on) = ("폐업자", before(30)),
        Part::DayOfClosing => (one.status, one.closed_on) = ("폐업자", Some(day)),
        Part::OpenAgain => one.closed_on = before(200),
        Part::WhileSuspended => {
            (one.suspended_on, one.resumed_on) = (before(40), Some(day + Days::new(50)));
        }
        Part::SuspendedSince => (one.status, one.suspended_on) = ("휴업자", before(25)),
        Part::ResumedBefore => (one.suspended_on, one.resumed_on) = (before(90), before(5)),
        Part::OfficialAccount | Part::OfficialAccountTwice | Part::OfficialLeft | Part::CreditToOfficial => {
            one.accounts = theirs(None, None);
        }
        Part::OfficialAccountSince => one.accounts = theirs(before(10), None),
        Part::AccountEarlier => one.accounts.extend(theirs(None, before(5))),
        Part::WithoutAccount => one.accounts.clear(),
        _ => {}
    }
}

/// The day on which somebody who is paid, or represents who is paid, had died.
fn died_on(city: &City, role: Role) -> Option<Day> {
    let day = role.day(city);
    let before = |days| Some(day - Days::new(days));
    match role.part {
        Part::DeadByPayment => before(40),
        Part::DeadByVendor => before(12),
        Part::OrderedBeforeDeath => before(2),
        // The heirs are creditors of their own.
        Part::HeirPaid if role.slot == 0 => before(30),
        Part::RepresentativeDied | Part::CreditToDead => before(35),
        Part::DayOfDeath => Some(day),
        _ => None,
    }
}

/// Those of these stories who died: number of the record, resident number and day, for the register of deaths.
pub(crate) fn deaths(city: &City) -> Vec<(String, String, Day)> {
    (0..vendors(city))
        .filter_map(|local| {
            let role = role(city, local)?;
            let used = role.slot == 0;
            let died = died_on(city, role).filter(|_| used)?;
            Some((format!("K7{local:07}"), role.resident_no(city), died))
        })
        .collect()
}

/// The payments that are told of, by day.
pub(crate) fn payments(city: &City) -> Vec<Payment> {
    let mut all = Vec::new();
    for case in 0..city.cases() {
        for part in Part::ALL {
            all.extend(of(city, Role { part: *part, case, slot: 0 }));
        }
    }
    all.sort_by_key(|payment| payment.paid_on);
    all
}

/// The payments of a case. The last is the one asked about.
fn of(city: &City, role: Role) -> Vec<Payment> {
    let day = role.day(city);
    let at = |slot, day, amount| Payment {
        purpose: Cow::Borrowed(if role.is_person() { "토지 사용 보상" } else { "물품 대금" }),
        ..Payment::new(role.unit(), Role { slot, ..role }.vendor(city), day, amount)
    };
    let odd = i64::try_from(role.case % 89).unwrap_or(0) * 11_000;
    let one = |amount| at(0, day, amount + odd);
    let invoice = || Some(format!("T{}{:05}", day.format("%Y%m"), role.vendor(city)));
    let later = |days| city.due(day, days);
    let large = one(13_240_000);
    match role.part {
        Part::TwiceInDays => vec![one(3_187_400), at(0, later(3), 3_187_400 + odd)],
        Part::TwiceOnOneDay => vec![one(5_604_700); 2],
        Part::InvoiceAgain => {
            let first = Payment { invoice: invoice(), ..one(7_310_200) };
            vec![first.clone(), Payment { paid_on: city.open(day + Days::new(70)), ..first }]
        }
        Part::OneInvoiceOften => vec![Payment { invoice: invoice(), ..one(1_243_600) }; 5],
        Part::SmallTwice => vec![at(0, day, 968_000), at(0, later(1), 968_000)],
        Part::UnitPrice => (0..6).map(|days| at(0, later(days / 4), 1_650_000 + odd)).collect(),
        Part::EightDaysApart => vec![one(4_421_900), at(0, city.open(day + Days::new(8)), 4_421_900 + odd)],
        Part::LinesOfOne => {
            let line = |at: u64| Some(format!("TX{}_{at}", role.vendor(city)));
            let one = Payment { invoice: invoice(), ..one(2_218_300) };
            vec![Payment { no: line(1), ..one.clone() }, Payment { no: line(2), ..one }]
        }
        Part::CreditNotes => vec![Payment { amount: -2_904_000, ..one(0) }, Payment { amount: -2_904_000, ..one(0) }],
        Part::JustBelowLimit | Part::TwoBelowLimit | Part::AtTheLimit | Part::FarBelowLimit => {
            let amounts: &[i64] = match role.part {
                Part::JustBelowLimit => &[19_140_000, 19_580_000, 19_910_000],
                Part::TwoBelowLimit => &[19_250_000, 19_690_000],
                Part::AtTheLimit => &[20_000_000; 3],
                _ => &[18_480_000, 18_700_000, 18_920_000],
            };
            // On one day of a quarter, each to a vendor of its own.
            amounts
                .iter()
                .zip(0..)
                .map(|(amount, slot)| Payment { certificate: true, ..at(slot, day, *amount) })
                .collect()
        }
        Part::OfficialLeft => vec![at(0, city.open(city.on(city.case_month(role.case) + 1, 9)), 2_640_000)],
        Part::CreditAfterClosing | Part::CreditToOfficial => vec![Payment { amount: -1_210_000, ..one(0) }],
        Part::OfficialAccountTwice => {
            // Two payments of one month are one question.
            vec![at(0, city.working_day(city.case_month(role.case), 8), 823_000), one(1_410_000)]
        }
        Part::OwesTax
        | Part::OwesTwoTaxes
        | Part::PersonOwesTax
        | Part::DeferralEnded
        | Part::ClearedLater
        | Part::ClearedThatDay
        | Part::TaxDeferred
        | Part::TaxStayed
        | Part::DueThatDay
        | Part::OwesNonTax
        | Part::RepresentativeOwes => vec![large],
        Part::CertificateGiven => vec![Payment { certificate: true, ..large }],
        Part::SetOff => vec![Payment { setoff: 640_000, ..large }],
        Part::BelowTaxFloor => vec![at(0, day, 9_990_000)],
        Part::DeadByPayment | Part::DayOfDeath => {
            vec![Payment { resident_no: Some(role.resident_no(city)), ordered_on: Some(day), ..one(742_000) }]
        }
        Part::DeadByVendor => vec![Payment { ordered_on: Some(day), ..one(618_000) }],
        Part::OrderedBeforeDeath => {
            let ordered_on = Some(city.open_before(day - Days::new(4)));
            vec![Payment { resident_no: Some(role.resident_no(city)), ordered_on, ..one(655_000) }]
        }
        Part::HeirPaid => {
            let heir = Role { slot: 1, ..role };
            vec![Payment { resident_no: Some(heir.resident_no(city)), ordered_on: Some(day), ..at(1, day, 731_000) }]
        }
        Part::CreditToDead => {
            vec![Payment { resident_no: Some(role.resident_no(city)), amount: -512_000, ..one(0) }]
        }
        _ => vec![one(2_640_000)],
    }
}

/// What is true of a part: the scenario, the kind and the story.
fn told(part: Part) -> (&'static str, Kind, &'static str) {
    use Kind::{Decoy, Planted};
    const TWICE: &str = "payment.duplicate";
    const LIMIT: &str = "payment.just-below-limit";
    const CLOSED: &str = "payment.after-closing";
    const OFFICIAL: &str = "payment.employee-account";
    const TAX: &str = "payment.despite-tax-arrears";
    const DEAD: &str = "payment.to-deceased";
    match part {
        Part::TwiceInDays => (TWICE, Planted, "twice within a week, two invoices"),
        Part::TwiceOnOneDay => (TWICE, Planted, "twice on one day"),
        Part::InvoiceAgain => (TWICE, Planted, "one invoice again after months"),
        Part::OneInvoiceOften => (TWICE, Planted, "five times on one invoice"),
        Part::SmallTwice => (TWICE, Decoy, "below the floor"),
        Part::UnitPrice => (TWICE, Decoy, "a unit price"),
        Part::EightDaysApart => (TWICE, Decoy, "eight days apart, two invoices"),
        Part::LinesOfOne => (TWICE, Decoy, "two lines of one transaction"),
        Part::CreditNotes => (TWICE, Decoy, "credit notes"),
        Part::JustBelowLimit => (LIMIT, Planted, "three in a quarter"),
        Part::TwoBelowLimit => (LIMIT, Decoy, "two in a quarter"),
        Part::AtTheLimit => (LIMIT, Decoy, "exactly the limit"),
        Part::FarBelowLimit => (LIMIT, Decoy, "below nineteen twentieths"),
        Part::Closed => (CLOSED, Planted, "closed"),
        Part::WhileSuspended => (CLOSED, Planted, "suspended then"),
        Part::SuspendedSince => (CLOSED, Planted, "suspended since"),
        Part::DayOfClosing => (CLOSED, Decoy, "on the day of closing"),
        Part::OpenAgain => (CLOSED, Decoy, "open again"),
        Part::ResumedBefore => (CLOSED, Decoy, "suspension had ended"),
        Part::CreditAfterClosing => (CLOSED, Decoy, "a credit note"),
        Part::OfficialAccount => (OFFICIAL, Planted, "an official's account"),
        Part::OfficialAccountTwice => (OFFICIAL, Planted, "an official's account, twice in a month"),
        Part::OfficialAccountSince => (OFFICIAL, Planted, "an official's account since lately"),
        Part::AccountEarlier => (OFFICIAL, Decoy, "the account was another's by then"),
        Part::OfficialLeft => (OFFICIAL, Decoy, "the official had left"),
        Part::CreditToOfficial => (OFFICIAL, Decoy, "a credit note"),
        Part::WithoutAccount => (OFFICIAL, Decoy, "no account in the register"),
        Part::OwesTax => (TAX, Planted, "owes local tax"),
        Part::OwesTwoTaxes => (TAX, Planted, "owes two levies"),
        Part::PersonOwesTax => (TAX, Planted, "a private creditor owes"),
        Part::DeferralEnded => (TAX, Planted, "the deferral had ended"),
        Part::ClearedLater => (TAX, Planted, "cleared after the payment"),
        Part::ClearedThatDay => (TAX, Decoy, "cleared on that day"),
        Part::TaxDeferred => (TAX, Decoy, "deferred"),
        Part::TaxStayed => (TAX, Decoy, "stayed without an end"),
        Part::DueThatDay => (TAX, Decoy, "due on that day"),
        Part::CertificateGiven => (TAX, Decoy, "a tax certificate"),
        Part::SetOff => (TAX, Decoy, "set off"),
        Part::OwesNonTax => (TAX, Decoy, "non-tax revenue"),
        Part::BelowTaxFloor => (TAX, Decoy, "below the floor"),
        Part::RepresentativeOwes => (TAX, Decoy, "the representative owes"),
        Part::DeadByPayment => (DEAD, Planted, "dead by the payment's number"),
        Part::DeadByVendor => (DEAD, Planted, "dead by the register's number"),
        Part::OrderedBeforeDeath => (DEAD, Decoy, "ordered before the death"),
        Part::HeirPaid => (DEAD, Decoy, "an heir"),
        Part::RepresentativeDied => (DEAD, Decoy, "who represented the firm died"),
        Part::CreditToDead => (DEAD, Decoy, "a credit note"),
        Part::DayOfDeath => (DEAD, Decoy, "on the day of death"),
    }
}

/// The truth about payments.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let units = units();
    let mut all = Vec::new();
    for case in 0..city.cases() {
        for part in Part::ALL {
            let role = Role { part: *part, case, slot: 0 };
            let (scenario, kind, story) = told(*part);
            let Some(payment) = of(city, role).pop() else { continue };
            let unit = ("unit_code", vendor::unit_code(&units, payment.unit));
            let vendor = ("vendor_no", contract::vendor_no(payment.vendor));
            let paid = ("paid_on", iso(payment.paid_on));
            let won = ("currency", "KRW".to_owned());
            let month = payment.paid_on.with_day(1).unwrap_or(payment.paid_on);
            let subject = match scenario {
                "payment.duplicate" => vec![vendor, ("each_amount", payment.amount.to_string()), won, paid],
                "payment.just-below-limit" => vec![unit, ("quarter", iso(quarter(month))), won],
                "payment.employee-account" => {
                    vec![vendor, ("employee_no", role.official(city).no), ("paid_month", iso(month)), won]
                }
                _ => vec![unit, vendor, paid, won],
            };
            all.push(Truth::new(scenario, kind, story, &subject));
        }
    }
    all
}

/// The first day of the quarter of a day.
pub(crate) fn quarter(day: Day) -> Day {
    Day::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day)
}
