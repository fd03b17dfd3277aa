//! The taxes that come every year or month, who gets which bill, and when it is paid.

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use crate::City;
use crate::random::Chance;
use crate::stories::tax::{Levy, Thing};
use crate::taxpayers::{Payer, building_no, death, old_buildings, parcel_no};

/// A tax as it comes.
#[derive(Debug)]
pub(crate) struct Tax {
    pub(crate) word: &'static str,
    code: u64,
    /// The months in which it comes; none means all.
    months: &'static [u32],
    /// By what it is drawn who gets it: one draw decides of all taxes on the same thing.
    drawn_by: &'static str,
    /// Between which of a thousand of the draw persons get it, and firms.
    persons: (u64, u64),
    firms: (u64, u64),
    /// From and to how many thousand won.
    thousands: (i64, i64),
    /// How many hundredths of it come on top for education.
    education: i64,
    /// Returned and paid at once, rather than levied and billed.
    returned: bool,
}

const TAXES: [Tax; 9] = [
    Tax {
        word: "재산세",
        code: 1,
        months: &[7, 9],
        drawn_by: "tax-house",
        persons: (0, 620),
        firms: (0, 550),
        thousands: (40, 620),
        education: 20,
        returned: false,
    },
    Tax {
        word: "자동차세",
        code: 2,
        months: &[6, 12],
        drawn_by: "tax-car",
        persons: (0, 550),
        firms: (0, 450),
        thousands: (70, 260),
        education: 30,
        returned: false,
    },
    // The whole year's at once.
    Tax {
        word: "자동차세",
        code: 3,
        months: &[1],
        drawn_by: "tax-car",
        persons: (550, 780),
        firms: (450, 600),
        thousands: (130, 480),
        education: 30,
        returned: false,
    },
    Tax {
        word: "주민세",
        code: 4,
        months: &[8],
        drawn_by: "tax-home",
        persons: (0, 1_000),
        firms: (0, 1_000),
        thousands: (10, 10),
        education: 25,
        returned: false,
    },
    Tax {
        word: "지방소득세",
        code: 5,
        months: &[5],
        drawn_by: "tax-income",
        persons: (0, 250),
        firms: (0, 0),
        thousands: (20, 900),
        education: 0,
        returned: true,
    },
    Tax {
        word: "지방소득세",
        code: 6,
        months: &[4],
        drawn_by: "tax-income",
        persons: (0, 0),
        firms: (0, 400),
        thousands: (200, 9_000),
        education: 0,
        returned: true,
    },
    // Withheld from wages.
    Tax {
        word: "지방소득세",
        code: 7,
        months: &[],
        drawn_by: "tax-wages",
        persons: (0, 0),
        firms: (0, 450),
        thousands: (15, 800),
        education: 0,
        returned: true,
    },
    Tax {
        word: "등록면허세",
        code: 8,
        months: &[1],
        drawn_by: "tax-licence",
        persons: (0, 80),
        firms: (0, 1_000),
        thousands: (12, 45),
        education: 0,
        returned: false,
    },
    Tax {
        word: "등록면허세",
        code: 9,
        months: &[],
        drawn_by: "tax-registration",
        persons: (0, 12),
        firms: (0, 20),
        thousands: (20, 300),
        education: 0,
        returned: true,
    },
];

/// One bill, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Bill {
    pub(crate) payer: Payer,
    pub(crate) tax: &'static Tax,
    month: Day,
    pub(crate) levied_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: i64,
    pub(crate) status: &'static str,
    pub(crate) cancelled_on: Option<Day>,
    /// The day it was paid, and how; the day may not have come yet.
    pub(crate) settled: Option<(Day, &'static str)>,
    pub(crate) deferred: Option<(Day, Option<Day>)>,
    pub(crate) stayed: Option<(Day, Option<Day>)>,
}

/// In how many months after the levy a bill may still be paid.
pub(crate) const LATEST: usize = 6;

/// The bills of an ordinary payer in a month. The dead get none from the month after on.
pub(crate) fn bills(city: &City, payer: Payer, month: usize) -> Vec<Bill> {
    let first = city.month(month);
    let (index, key, firm) = match payer {
        Payer::Person(index) | Payer::Trader(index) => (index, index * 2, false),
        Payer::Firm(index) => (index, index * 2 + 1, true),
    };
    let mut bills = Vec::new();
    for tax in &TAXES {
        if !tax.months.is_empty() && !tax.months.contains(&first.month()) {
            continue;
        }
        let (from, to) = if firm { tax.firms } else { tax.persons };
        // What is registered is another's every month.
        let salt = if tax.code == 9 { key * 64 + month as u64 } else { key };
        if !(from..to).contains(&Chance::of(city.seed, tax.drawn_by, salt).below(1_000)) {
            continue;
        }
        if death(city, payer).is_some_and(|(died, _)| died < first) {
            break;
        }
        let mut chance = Chance::of(city.seed, "bill", (key * 64 + month as u64) * 16 + tax.code);
        bills.push(if tax.returned {
            filed(city, tax, payer, month, &mut chance)
        } else {
            billed(city, tax, payer, month, index, &mut chance)
        });
    }
    bills
}

/// A return, paid on the day it was filed.
fn filed(city: &City, tax: &'static Tax, payer: Payer, month: usize, chance: &mut Chance) -> Bill {
    let last = if tax.code == 7 { 10 } else { 27 };
    let on = city.open(city.on(month, 1 + chance.below(last)));
    let on = if on > city.month_end(month) { city.open_before(city.month_end(month)) } else { on };
    Bill {
        payer,
        tax,
        month: city.month(month),
        levied_on: on,
        due_on: on.max(city.open(city.on(month, last))),
        amount: chance.between(tax.thousands.0, tax.thousands.1) * 1_000,
        status: "부과",
        cancelled_on: None,
        settled: Some((on, "납부")),
        deferred: None,
        stayed: None,
    }
}

/// A bill of the tenth, due at the month's end: of a thousand twenty stay open, thirty are paid late.
fn billed(city: &City, tax: &'static Tax, payer: Payer, month: usize, index: u64, chance: &mut Chance) -> Bill {
    let levied_on = city.open(city.on(month, 10));
    let due_on = city.open(city.month_end(month));
    let amount = match (tax.code, payer) {
        (4, Payer::Firm(_)) => 62_500,
        // A house or a car costs the same each time.
        _ => {
            let mut own = Chance::of(city.seed, tax.drawn_by, index + 7_000_000_000);
            own.between(tax.thousands.0, tax.thousands.1) * 1_000
        }
    };
    let mut bill = Bill {
        payer,
        tax,
        month: city.month(month),
        levied_on,
        due_on,
        amount,
        status: "부과",
        cancelled_on: None,
        settled: None,
        deferred: None,
        stayed: None,
    };
    match chance.below(1_000) {
        0..3 => {
            bill.status = "취소";
            bill.cancelled_on = Some(city.open(levied_on + Days::new(3 + chance.below(15))));
        }
        drawn @ 3..950 => {
            if drawn < 8 {
                bill.status = "감액";
                bill.cancelled_on = Some(city.open(levied_on + Days::new(2 + chance.below(5))));
            }
            // Most pay in the last days.
            let wait = if chance.percent(55) { 13 + chance.below(8) } else { chance.below(20) };
            bill.settled = Some(((levied_on + Days::new(wait)).min(due_on), "납부"));
        }
        950..980 => bill.settled = Some((due_on + Days::new(1 + chance.below(75)), "납부")),
        980..983 => bill.settled = Some((due_on + Days::new(60 + chance.below(80)), "압류추심")),
        983..986 => bill.deferred = Some((due_on, Some(due_on + Days::new(30 * (3 + chance.below(10)))))),
        986..988 => bill.stayed = Some((due_on + Days::new(chance.below(30)), None)),
        _ => {}
    }
    bill
}

impl Bill {
    /// Its number.
    pub(crate) fn no(&self) -> String {
        let (kind, index) = match self.payer {
            Payer::Person(index) | Payer::Trader(index) => (1, index),
            Payer::Firm(index) => (2, index),
        };
        format!("{}{}{kind}{index:07}", self.month.format("%y%m"), self.tax.code)
    }

    /// The levy, and that of education where there is one.
    pub(crate) fn levies(&self, city: &City) -> (Levy, Option<Levy>) {
        let thing = match self.payer {
            Payer::Person(index) | Payer::Firm(index) if self.tax.code == 1 => {
                let place = index % old_buildings(city);
                Thing { parcel: parcel_no(place), building: building_no(place), permit: String::new() }
            }
            _ => Thing::default(),
        };
        let levy = Levy {
            no: self.no(),
            kind: self.tax.word,
            payer: self.payer,
            thing,
            acquired_on: None,
            returned: self.tax.returned,
            levied_on: self.levied_on,
            due_on: self.due_on,
            amount: self.amount,
            status: self.status,
            cancelled_on: self.cancelled_on,
        };
        let education = (self.tax.education > 0).then(|| Levy {
            no: format!("{}E", levy.no),
            kind: "지방교육세",
            thing: Thing::default(),
            amount: self.amount * self.tax.education / 100 / 10 * 10,
            ..levy.clone()
        });
        (levy, education)
    }

    /// What is paid on the bill: the tax, and what comes on top for education.
    pub(crate) fn payable(&self) -> i64 {
        self.amount + self.amount * self.tax.education / 100 / 10 * 10
    }

    /// Whether it was in arrears on some day until `last`.
    pub(crate) fn was_late(&self, last: Day) -> bool {
        self.status != "취소" && self.due_on < last && self.settled.is_none_or(|(on, _)| on > self.due_on)
    }

    /// What was open and overdue on a day.
    pub(crate) fn owed_on(&self, day: Day) -> i64 {
        let open = self.was_late(day) && self.settled.is_none_or(|(on, _)| on > day);
        if open { self.payable() } else { 0 }
    }
}

/// A debt from before the first month that some payers still have: its due day and amount.
pub(crate) fn old_debt(city: &City, payer: Payer) -> Option<(Day, i64)> {
    let Payer::Person(index) = payer else { return None };
    let mut chance = Chance::of(city.seed, "old-debt", index);
    (index % 83 == 5).then(|| (city.first() - Days::new(40 + chance.below(1_400)), chance.between(3, 300) * 10_000))
}
