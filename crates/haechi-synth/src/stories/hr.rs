//! Pay and attendance: what is told of those who have a part in it.

use haechi_core::time::Day;

use crate::people::employee;
use crate::stories::cast::{self, Part};
use crate::truth::iso;
use crate::{City, Kind, Truth};

/// A personnel order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    pub(crate) kind: &'static str,
    pub(crate) on: Day,
    pub(crate) ends_on: Option<Day>,
    pub(crate) pay_due: &'static str,
    pub(crate) unit: u64,
    pub(crate) previous: Option<u64>,
}

impl Order {
    pub(crate) fn new(kind: &'static str, on: Day, unit: u64) -> Self {
        Self { kind, on, ends_on: None, pay_due: "", unit, previous: None }
    }
}

/// The orders of a leave of absence or suspension a part tells of.
pub(crate) fn absence(city: &City, part: Part, case: u64, unit: u64) -> Vec<Order> {
    let month = city.case_month(case);
    let from = |kind, pay_due, months: usize| {
        let ends_on = Some(city.on(month + months, 20));
        Order { pay_due, ends_on, ..Order::new(kind, city.on(month, 10), unit) }
    };
    match part {
        Part::PaidOnUnpaidLeave => vec![from("휴직", "N", 3)],
        Part::PaidWhileSuspended => vec![from("정직", "N", 2)],
        Part::ParentalAllowance => vec![from("휴직", "N", 3)],
        Part::PaidLeave => vec![from("휴직", "Y", 3)],
        Part::LeaveOfUnknownPay => vec![from("휴직", "", 3)],
        Part::CameBackEarly => {
            vec![from("휴직", "N", 4), Order::new("복직", city.on(month + 1, 20), unit)]
        }
        _ => Vec::new(),
    }
}

/// One item of pay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pay {
    pub(crate) item: &'static str,
    pub(crate) covers: Option<(Day, Day)>,
    pub(crate) amount: i64,
    pub(crate) due: Option<i64>,
}

impl Pay {
    /// An item that is paid as it was computed.
    pub(crate) fn right(item: &'static str, covers: Option<(Day, Day)>, amount: i64) -> Self {
        Self { item, covers, amount, due: Some(amount) }
    }
}

/// What a part makes of a month's pay; `ordinary` is what a serving colleague gets.
pub(crate) fn pay(city: &City, part: Part, case: u64, month: usize, ordinary: Vec<Pay>) -> Vec<Pay> {
    let at = city.case_month(case);
    let whole = |month: usize| Some((city.month(month), city.month_end(month)));
    let since = month.checked_sub(at);
    let before = month + 1 == at;
    let some = |items: &[Pay]| items.to_vec();
    let all = [Pay::right("봉급", whole(month), 2_900_000), Pay::right("수당", whole(month), 310_000)];
    match (part, since) {
        (Part::PaidAfterLeaving, Some(1 | 2)) | (Part::LeftMidMonth, Some(0)) => some(&all),
        (Part::PaidAfterLeaving | Part::LeftMidMonth, Some(3..)) => Vec::new(),
        (Part::SettledAfterLeaving, Some(1)) => vec![
            Pay::right("정산", whole(month), 412_300),
            Pay::right("연가보상", whole(month), 603_000),
            Pay::right("퇴직급여", whole(month), 21_000_000),
            Pay::right("성과상여", None, 1_500_000),
        ],
        (Part::BackPay, Some(1)) => vec![Pay::right("봉급", whole(month - 2), 98_000)],
        (Part::LateOvertimePay, Some(1)) => vec![Pay::right("초과근무", None, 210_000)],
        (Part::PaidOnUnpaidLeave | Part::PaidLeave | Part::LeaveOfUnknownPay | Part::CameBackEarly, Some(0..4)) => {
            some(&all)
        }
        (Part::PaidWhileSuspended, Some(1)) => some(&all[1..]),
        (Part::ParentalAllowance, Some(1 | 2)) => some(&all[1..]),
        (Part::HiredAgain, None) if before => vec![Pay::right("성과상여", None, 900_000)],
        (Part::PaidBeforeJoining, Some(0)) | (Part::JoinedMidMonth, Some(0)) => some(&all),
        (Part::PaidMoreThanDue, Some(0)) => {
            vec![Pay { due: Some(2_600_000), ..all[0] }, all[1]]
        }
        (Part::RoundedUp, Some(0)) => vec![Pay { due: Some(2_899_000), ..all[0] }, all[1]],
        (Part::OneMoreOneLess, Some(0)) => {
            vec![Pay { due: Some(2_700_000), ..all[0] }, Pay { due: Some(510_000), ..all[1] }]
        }
        (Part::NothingComputed, Some(0)) => {
            vec![all[0], all[1], Pay { due: None, ..Pay::right("기타", None, 150_000) }]
        }
        (Part::OldNumber, Some(0)) => Vec::new(),
        _ => ordinary,
    }
}

/// Somebody on the payroll who is not in the register.
#[derive(Clone, Debug)]
pub(crate) struct Stranger {
    pub(crate) no: String,
    /// The number of a person of the register, where it is one under an old number.
    pub(crate) person: Option<u64>,
    pub(crate) worker: &'static str,
    pub(crate) pay: Pay,
}

/// The strangers of a month's payroll.
pub(crate) fn strangers(city: &City, month: usize) -> Vec<Stranger> {
    let mut all = Vec::new();
    let covers = Some((city.month(month), city.month_end(month)));
    for case in 0..city.cases() {
        let at = city.case_month(case);
        if month == at || month == at + 1 {
            let pay = Pay { due: None, ..Pay::right("봉급", covers, 2_480_000) };
            all.push(Stranger { no: format!("98{case:05}"), person: None, worker: "공무원", pay });
        }
        if month != at {
            continue;
        }
        let old = Some(cast::index(Part::OldNumber, case));
        let salary = |amount| Pay::right("봉급", covers, amount);
        all.push(Stranger { no: format!("97{case:05}"), person: old, worker: "공무원", pay: salary(2_900_000) });
        all.push(Stranger { no: format!("96{case:05}"), person: None, worker: "공무원", pay: salary(-52_000) });
        all.push(Stranger { no: format!("95{case:05}"), person: None, worker: "일용", pay: salary(1_740_000) });
        all.push(Stranger { no: format!("94{case:05}"), person: None, worker: "위원", pay: salary(150_000) });
    }
    all
}

/// A leave or a trip; minutes are those of the day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Absence {
    pub(crate) kind: &'static str,
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) minutes: Option<(i64, i64)>,
    pub(crate) status: &'static str,
}

/// One stretch of overtime.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overtime {
    pub(crate) day: Day,
    pub(crate) minutes: (i64, i64),
    pub(crate) claimed: i64,
    pub(crate) recognised: i64,
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
}

impl Overtime {
    /// An evening's overtime from 18:00 on, recognised as claimed.
    pub(crate) fn evening(day: Day, minutes: i64) -> Self {
        let span = (1_080, 1_080 + minutes);
        Self { day, minutes: span, claimed: minutes, recognised: minutes, kind: "일반", status: "승인" }
    }
}

/// The day a case of leave or overtime is about: a Wednesday on which people work, with work days around it where possible.
fn story_day(city: &City, case: u64) -> Day {
    use chrono::{Datelike as _, Days, Weekday};
    let days = city.working_days(city.case_month(case));
    let fits = |day: &Day| {
        day.weekday() == Weekday::Wed && !city.is_off(*day - Days::new(1)) && !city.is_off(*day + Days::new(1))
    };
    days.iter().copied().skip(2).find(fits).or(days.get(5).copied()).unwrap_or(city.month(city.case_month(case)))
}

/// The leave a part takes, in the month it begins in.
pub(crate) fn leave(city: &City, part: Part, case: u64) -> Option<Absence> {
    let day = story_day(city, case);
    let whole = Absence { kind: "연가", from: day, to: day, minutes: None, status: "승인" };
    match part {
        Part::OvertimeOnLeave | Part::RejectedOvertimeOnLeave | Part::NothingRecognisedOnLeave => Some(whole),
        Part::NightBeforeLeave => Some(whole),
        Part::OvertimeAfterHalfDay => Some(Absence { minutes: Some((840, 1_080)), ..whole }),
        Part::OvertimeOnCancelledLeave => {
            Some(Absence { status: ["취소", "반려", "신청"][(case % 3) as usize], ..whole })
        }
        _ => None,
    }
}

/// The trip a part makes.
pub(crate) fn trip(city: &City, part: Part, case: u64) -> Option<Absence> {
    let day = story_day(city, case);
    let one = Absence { kind: "관내", from: day, to: day, minutes: None, status: "승인" };
    let (before, after) = (day - chrono::Days::new(1), day + chrono::Days::new(1));
    match part {
        Part::OvertimeOnTrip => Some(Absence { kind: "관외", from: before, to: after, ..one }),
        Part::OvertimeOnFirstDayOfTrip => Some(Absence { kind: "관외", to: after, ..one }),
        Part::OvertimeOnDayTrip => Some(one),
        Part::OvertimeInTripHours => Some(Absence { minutes: Some((600, 1_200)), ..one }),
        Part::TenMinutesOfTrip => Some(Absence { minutes: Some((600, 1_090)), ..one }),
        _ => None,
    }
}

/// The overtime a part has.
pub(crate) fn overtime(city: &City, part: Part, case: u64, month: usize) -> Vec<Overtime> {
    if month != city.case_month(case) {
        return Vec::new();
    }
    let day = story_day(city, case);
    let one = Overtime::evening(day, 180);
    let days = city.working_days(month);
    let spread = |minutes: i64, each: i64| -> Vec<Overtime> {
        let full = usize::try_from(minutes / each).unwrap_or(0);
        let mut all: Vec<Overtime> = days.iter().take(full).map(|day| Overtime::evening(*day, each)).collect();
        if let (Some(day), rest @ 1..) = (days.get(full), minutes % each) {
            all.push(Overtime::evening(*day, rest));
        }
        all
    };
    match part {
        Part::OvertimeOnLeave
        | Part::OvertimeOnTrip
        | Part::OvertimeInTripHours
        | Part::OvertimeAfterHalfDay
        | Part::OvertimeOnFirstDayOfTrip
        | Part::OvertimeOnDayTrip
        | Part::OvertimeOnCancelledLeave
        | Part::TenMinutesOfTrip => vec![one],
        Part::RejectedOvertimeOnLeave => vec![Overtime { status: "반려", ..one }],
        Part::NightBeforeLeave => {
            let before = day - chrono::Days::new(1);
            vec![Overtime { day: before, minutes: (1_260, 1_500), claimed: 240, recognised: 240, ..one }]
        }
        Part::NothingRecognisedOnLeave => vec![Overtime { recognised: 0, ..one }],
        Part::MonthAboveCap => spread(3_720, 240),
        Part::JustAboveMonthCap => spread(3_421, 240),
        Part::MonthAtCap => spread(3_420, 240),
        Part::DayAboveCap => vec![Overtime { minutes: (540, 1_080), claimed: 540, recognised: 540, ..one }],
        Part::DayAtCap => vec![Overtime { minutes: (540, 1_020), claimed: 480, recognised: 480, ..one }],
        Part::EssentialService => spread(3_900, 240).into_iter().map(|one| Overtime { kind: "현업", ..one }).collect(),
        Part::RejectedAboveCap => {
            let mut all = spread(3_420, 240);
            let extra = days.last().map(|day| Overtime { status: "반려", ..Overtime::evening(*day, 240) });
            all.extend(extra);
            all
        }
        Part::ClaimedAboveCap => {
            spread(3_300, 240).into_iter().map(|one| Overtime { claimed: one.claimed + 120, ..one }).collect()
        }
        _ => Vec::new(),
    }
}

/// The truth about pay and attendance.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let mut all = Vec::new();
    for case in 0..city.cases() {
        let month = city.case_month(case);
        for part in cast::Part::ALL.iter().copied() {
            let no = employee(city, cast::index(part, case)).no;
            let mut pay = |scenario: &str, kind, story: &str, no: &str, months: &[usize]| {
                for at in months {
                    let subject = [
                        ("employee_no", no.to_owned()),
                        ("payroll_month", iso(city.month(month + at))),
                        ("currency", "KRW".to_owned()),
                    ];
                    all.push(Truth::new(scenario, kind, story, &subject));
                }
            };
            for (kind, scenario, story, months) in paid(part) {
                pay(scenario, *kind, story, &no, months);
            }
            if part == Part::OldNumber {
                const ROSTER: &str = "hr.pay-without-roster";
                pay(ROSTER, Kind::Planted, "nobody by that number", &format!("98{case:05}"), &[0, 1]);
                pay(ROSTER, Kind::Decoy, "old number of a person on the register", &format!("97{case:05}"), &[0]);
                pay(ROSTER, Kind::Decoy, "below zero", &format!("96{case:05}"), &[0]);
                pay(ROSTER, Kind::Decoy, "daily worker", &format!("95{case:05}"), &[0]);
                pay(ROSTER, Kind::Decoy, "member of a committee", &format!("94{case:05}"), &[0]);
            }
            if let Some((kind, story)) = worked(part) {
                let before = part == Part::NightBeforeLeave;
                let day = story_day(city, case);
                let day = if before { day - chrono::Days::new(1) } else { day };
                let subject = [("employee_no", no.clone()), ("worked_on", iso(day))];
                all.push(Truth::new("hr.overtime-during-leave", kind, story, &subject));
            }
            if let Some((kind, story)) = capped(part) {
                let subject = [("employee_no", no.clone()), ("worked_month", iso(city.month(month)))];
                all.push(Truth::new("hr.overtime-above-cap", kind, story, &subject));
            }
        }
    }
    all
}

type Paid = (Kind, &'static str, &'static str, &'static [usize]);

/// What is true of a part's pay, and in which months after the case's.
fn paid(part: Part) -> &'static [Paid] {
    const LEFT: &str = "hr.pay-after-leaving";
    const ROSTER: &str = "hr.pay-without-roster";
    use Kind::{Decoy, Planted};
    match part {
        Part::PaidAfterLeaving => &[(Planted, LEFT, "paid on after leaving", &[1, 2])],
        Part::PaidOnUnpaidLeave => &[
            (Planted, LEFT, "paid on unpaid leave", &[1, 2]),
            (Decoy, LEFT, "a month the leave begins or ends in", &[0, 3]),
        ],
        Part::PaidWhileSuspended => &[(Planted, LEFT, "allowance while suspended", &[1])],
        Part::LeftMidMonth => &[(Decoy, LEFT, "the month of leaving", &[0])],
        Part::SettledAfterLeaving => {
            &[(Decoy, LEFT, "settled after leaving", &[1]), (Decoy, ROSTER, "former staff", &[1])]
        }
        Part::BackPay => &[(Decoy, LEFT, "earlier time paid later", &[1])],
        Part::LateOvertimePay => &[(Decoy, LEFT, "overtime paid a month later", &[1])],
        Part::ParentalAllowance => &[(Decoy, LEFT, "allowance on parental leave", &[1, 2])],
        Part::PaidLeave => &[(Decoy, LEFT, "leave with pay", &[1, 2])],
        Part::LeaveOfUnknownPay => &[(Decoy, LEFT, "leave of unknown pay", &[1, 2])],
        Part::HiredAgain => &[(Decoy, LEFT, "hired again", &[0, 1])],
        Part::CameBackEarly => &[(Decoy, LEFT, "came back before the leave was to end", &[2, 3])],
        Part::PaidMoreThanDue => &[(Planted, ROSTER, "more than computed", &[0])],
        Part::PaidBeforeJoining => &[(Planted, ROSTER, "on the register from a later month on", &[0])],
        Part::JoinedMidMonth => &[(Decoy, ROSTER, "the month of joining", &[0])],
        Part::RoundedUp => &[(Decoy, ROSTER, "up to the tolerance", &[0])],
        Part::OneMoreOneLess => &[(Decoy, ROSTER, "one item more, another less", &[0])],
        Part::NothingComputed => &[(Decoy, ROSTER, "an item nothing is computed for", &[0])],
        _ => &[],
    }
}

fn worked(part: Part) -> Option<(Kind, &'static str)> {
    Some(match part {
        Part::OvertimeOnLeave => (Kind::Planted, "on a day of leave"),
        Part::OvertimeOnTrip => (Kind::Planted, "in the middle of a trip"),
        Part::OvertimeInTripHours => (Kind::Planted, "within the hours of a trip"),
        Part::OvertimeAfterHalfDay => (Kind::Decoy, "after half a day of leave"),
        Part::OvertimeOnFirstDayOfTrip => (Kind::Decoy, "first day of a trip without hours"),
        Part::OvertimeOnDayTrip => (Kind::Decoy, "trip of a day without hours"),
        Part::OvertimeOnCancelledLeave => (Kind::Decoy, "leave cancelled, rejected or only requested"),
        Part::RejectedOvertimeOnLeave => (Kind::Decoy, "overtime rejected"),
        Part::NightBeforeLeave => (Kind::Decoy, "night that ends on the first morning of leave"),
        Part::NothingRecognisedOnLeave => (Kind::Decoy, "no minute recognised"),
        Part::TenMinutesOfTrip => (Kind::Decoy, "ten minutes of overlap"),
        _ => return None,
    })
}

fn capped(part: Part) -> Option<(Kind, &'static str)> {
    Some(match part {
        Part::MonthAboveCap => (Kind::Planted, "above the cap of the month"),
        Part::DayAboveCap => (Kind::Planted, "above the cap of a day"),
        Part::JustAboveMonthCap => (Kind::Planted, "a minute above the cap of the month"),
        Part::MonthAtCap => (Kind::Decoy, "exactly the cap of the month"),
        Part::DayAtCap => (Kind::Decoy, "exactly the cap of a day"),
        Part::EssentialService => (Kind::Decoy, "essential service"),
        Part::RejectedAboveCap => (Kind::Decoy, "above the cap only with what was rejected"),
        Part::ClaimedAboveCap => (Kind::Decoy, "claimed above the cap, not recognised"),
        _ => return None,
    })
}
