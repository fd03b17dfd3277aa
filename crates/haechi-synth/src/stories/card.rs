//! Payments by official cards: divided, at night, on days off, near the limit, above what a person may cost, entered again, of
//! nobody in particular, and in another month's ledger.

use chrono::{Datelike as _, Days, Weekday};
use haechi_core::time::Day;

use super::part_at;
use crate::people::{UNITS, units};
use crate::truth::iso;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one payment, or of several that belong together.
    pub(crate) enum Part {
        TwoParts,
        ThreeParts,
        HalfAndHalf,
        OneLarge,
        PartsBelow,
        CreditNote,
        TwoPlaces,
        TwoUnits,
        NextDay,
        NoUnit,
        ElevenAtNight,
        BeforeDawn,
        FiveFiftyNine,
        TenFiftyNine,
        SixInTheMorning,
        NoTime,
        Saturday,
        SundayTwice,
        PublicHoliday,
        Eve,
        BetweenDaysOff,
        DividedByQuarter,
        ThreeNear,
        FiveNear,
        TwoNear,
        FurtherBelow,
        AtLimit,
        AbovePerHead,
        LittleAbovePerHead,
        TwoAbovePerHead,
        AtPerHead,
        NamedAndOthers,
        NobodyCounted,
        NobodyCame,
        Twice,
        ThreeTimes,
        CreditTwice,
        MinuteApart,
        UnknownTime,
        TwoUnitsAtOnce,
        TwoAmountsAtOnce,
        NobodysTwice,
        NamesOnly,
        NobodyAtLimit,
        Wreath,
        LargeWithNumber,
        BelowLimitUncounted,
        LateEntry,
        EarlyEntry,
        MistypedYear,
        FirstDay,
        LastDay,
        NoDay,
    }
}

/// One payment as the ledger shows it.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    /// None where the card is nobody's.
    pub(crate) unit: Option<u64>,
    /// A place, counted on from those where ordinary payments are made.
    pub(crate) place: u64,
    pub(crate) day: Option<Day>,
    /// The minute of the day, where it is known.
    pub(crate) minute: Option<i64>,
    pub(crate) purpose: &'static str,
    pub(crate) attendees: String,
    pub(crate) amount: i64,
    /// The month whose ledger it stands in.
    pub(crate) month: usize,
}

/// How many people took part, in words.
pub(crate) fn counted(people: i64) -> String {
    format!("직원 {people}명")
}

/// What these payments were for.
const PURPOSES: [&str; 5] =
    ["업무 협의 간담회", "현장 점검 직원 격려", "행사 준비 회의", "유관기관 업무 협의", "주민 간담회"];
/// From here on a payment needs the people's names.
const LIMIT: i64 = 500_000;
/// What one person may cost.
const PER_HEAD: i64 = 40_000;

/// All payments that are told, of all months. They take restaurants from `first_place` on.
pub(crate) fn told(city: &City, first_place: u64) -> Vec<Use> {
    all(city).flat_map(|(at, part, case)| uses(city, part, case, place(first_place, at))).collect()
}

/// The first of the two places of a story; the other is the next of its trade.
fn place(first: u64, at: u64) -> u64 {
    first.next_multiple_of(TRADES) + at * 2 * TRADES + at % MEALS
}

/// Each sixteenth place is of one trade; the first six sell meals.
pub(crate) const TRADES: u64 = 16;
const MEALS: u64 = 6;

/// Each part and case, counted.
fn all(city: &City) -> impl Iterator<Item = (u64, Part, u64)> + '_ {
    (0..).map_while(|at| part_at(city, Part::ALL, at).map(|(part, case)| (at, part, case)))
}

/// The payments of a part in a case, at `place` and the next of its trade.
fn uses(city: &City, part: Part, case: u64, place: u64) -> Vec<Use> {
    use Part::*;
    let unit = (part as u64 * 7 + case * 3) % UNITS;
    let month = city.case_month(case);
    let day = city.working_day(month, usize::try_from(2 + (part as u64 + case) % 15).unwrap_or(2));
    let one = Use {
        unit: Some(unit),
        place,
        day: Some(day),
        minute: Some(735 + case.cast_signed()),
        purpose: PURPOSES[usize::try_from((part as u64 + case) % PURPOSES.len() as u64).unwrap_or(0)],
        attendees: counted(16),
        amount: 171_000 + (part as i64 * 7 + case.cast_signed() * 11) % 29 * 1_500,
        month,
    };
    let of = |amount| Use { amount, ..one.clone() };
    let at = |minute, amount| Use { minute: Some(minute), ..of(amount) };
    let on = |day: Day| Use { day: Some(day), month: month_of(city, day), ..one.clone() };
    let other = (unit + 1) % UNITS;
    match part {
        TwoParts => vec![at(1_110, 287_000), at(1_123, 246_000)],
        ThreeParts => vec![at(1_105, 186_000), at(1_118, 172_000), at(1_131, 164_000)],
        HalfAndHalf => vec![at(750, LIMIT / 2), at(1_150, LIMIT / 2)],
        OneLarge => vec![Use { attendees: counted(31), ..of(814_000) }, at(1_120, 62_000)],
        PartsBelow => vec![at(1_110, 249_000), at(1_123, 248_500)],
        CreditNote => vec![at(1_110, 462_000), at(1_119, -462_000), at(1_123, 31_000)],
        TwoPlaces => vec![of(287_000), Use { place: place + TRADES, ..of(246_000) }],
        TwoUnits => vec![of(287_000), Use { unit: Some(other), ..of(246_000) }],
        NextDay => {
            let next = on(city.open(day + Days::new(1)));
            vec![of(287_000), Use { amount: 246_000, ..next }]
        }
        NoUnit => vec![Use { unit: None, ..at(1_110, 287_000) }, Use { unit: None, ..at(1_123, 246_000) }],
        ElevenAtNight => vec![at(1_380, 94_000)],
        BeforeDawn => vec![at(137, 58_500)],
        FiveFiftyNine => vec![at(359, 33_000)],
        TenFiftyNine => vec![at(1_379, 94_000)],
        SixInTheMorning => vec![at(360, 33_000)],
        NoTime | UnknownTime => vec![Use { minute: None, ..of(88_000) }; if part == NoTime { 1 } else { 2 }],
        Saturday => vec![on(weekday(city, month, Weekday::Sat))],
        SundayTwice => {
            let sunday = on(weekday(city, month, Weekday::Sun));
            vec![Use { amount: 54_000, ..sunday.clone() }, Use { minute: Some(1_085), ..sunday }]
        }
        PublicHoliday => near(city, month, |day| city.is_off(day) && is_weekday(day)).map(on).into_iter().collect(),
        Eve => near(city, month, |day| !city.is_off(day) && is_weekday(day + ONE) && city.is_off(day + ONE))
            .map(on)
            .into_iter()
            .collect(),
        BetweenDaysOff => {
            near(city, month, |day| !city.is_off(day) && city.is_off(day - ONE) && city.is_off(day + ONE))
                .map(on)
                .into_iter()
                .collect()
        }
        DividedByQuarter | ThreeNear | FiveNear | TwoNear | FurtherBelow | AtLimit => {
            near_limit(city, part, case, &one)
        }
        AbovePerHead => vec![Use { attendees: counted(4), ..of(4 * 52_000) }],
        LittleAbovePerHead => vec![Use { attendees: "과장 외 3명".to_owned(), ..of(4 * PER_HEAD + 500) }],
        TwoAbovePerHead => {
            let meal = Use { attendees: counted(3), ..at(740, 3 * 45_000) };
            vec![meal, Use { attendees: counted(2), ..at(1_130, 2 * 61_000) }]
        }
        AtPerHead => vec![Use { attendees: counted(5), ..of(5 * PER_HEAD) }],
        NamedAndOthers => vec![Use { attendees: "과장 외 4인".to_owned(), ..of(5 * PER_HEAD) }],
        NobodyCounted => vec![Use { attendees: "간담회 참석자".to_owned(), ..of(412_000) }],
        NobodyCame => vec![Use { attendees: counted(0), ..of(96_000) }],
        Twice => vec![one.clone(), one],
        ThreeTimes => vec![of(57_000); 3],
        CreditTwice => vec![of(-34_000); 2],
        MinuteApart => vec![at(741, 76_000), at(742, 76_000)],
        TwoUnitsAtOnce => vec![of(91_000), Use { unit: Some(other), ..of(91_000) }],
        TwoAmountsAtOnce => vec![of(91_000), of(91_500)],
        NobodysTwice => vec![Use { unit: None, ..of(64_000) }; 2],
        NamesOnly => vec![Use { attendees: "김해치, 이가람, 박나래".to_owned(), ..of(736_000) }],
        NobodyAtLimit => vec![Use { attendees: "자문위원 등".to_owned(), ..of(LIMIT) }],
        Wreath => vec![Use { purpose: "기념식 화환 구입", attendees: String::new(), ..of(560_000) }],
        LargeWithNumber => vec![Use { attendees: "유관기관 관계자 등 26명".to_owned(), ..of(26 * 29_000) }],
        BelowLimitUncounted => vec![Use { attendees: "자문위원 등".to_owned(), ..of(486_000) }],
        LateEntry | EarlyEntry | MistypedYear | FirstDay | LastDay | NoDay => vec![in_ledger(city, part, case, one)],
    }
}

const ONE: Days = Days::new(1);

fn is_weekday(day: Day) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The first such weekday of a month.
fn weekday(city: &City, month: usize, weekday: Weekday) -> Day {
    let first = city.month(month);
    let after = (7 + weekday.num_days_from_monday() - first.weekday().num_days_from_monday()) % 7;
    first + Days::new(u64::from(after))
}

/// The first such day from a month on, or else from the second month on.
fn near(city: &City, month: usize, such: impl Fn(Day) -> bool) -> Option<Day> {
    let from = |month| city.month(month).iter_days().take_while(|day| *day < city.last());
    from(month).find(|day| such(*day)).or_else(|| from(1).find(|day| such(*day)))
}

/// The exported month a day lies in.
fn month_of(city: &City, day: Day) -> usize {
    (0..city.months).rfind(|month| city.month(*month) <= day).unwrap_or(0)
}

/// Payments of a unit just below the limit. Each part and case has a unit and a quarter of its own; the one that goes over a
/// quarter's end comes first and has two.
fn near_limit(city: &City, part: Part, case: u64, one: &Use) -> Vec<Use> {
    let at = (part as u64 - Part::DividedByQuarter as u64) * city.cases() + case;
    let quarter = (0..city.months).find(|month| city.month(*month).month0().is_multiple_of(3)).unwrap_or(0);
    // The second quarter belongs to payments that go over the end of the first.
    let from = quarter + usize::try_from([0, 6, 9][usize::try_from(at / UNITS).unwrap_or(2).min(2)]).unwrap_or(0);
    let use_of = |nth: usize, month: usize, amount| Use {
        unit: Some(at % UNITS),
        place: one.place,
        day: Some(city.working_day(month, 4 + nth * 3)),
        attendees: counted(19),
        amount,
        month,
        ..one.clone()
    };
    // The last quarter may have begun in the last month.
    let months = |nth: usize| (from + nth).min(city.months - 1);
    match part {
        Part::DividedByQuarter => {
            vec![use_of(0, from + 1, 493_000), use_of(1, from + 2, 496_000), use_of(0, from + 3, 494_500)]
        }
        Part::ThreeNear => (0..3).map(|nth| use_of(nth, months(nth), 491_000 + 3_500 * nth as i64)).collect(),
        Part::FiveNear => (0..5).map(|nth| use_of(nth, months(nth / 2), 490_000)).collect(),
        Part::TwoNear => (0..2).map(|nth| use_of(nth, months(nth), 498_500)).collect(),
        Part::FurtherBelow => (0..4).map(|nth| use_of(nth, months(nth / 2), 489_500)).collect(),
        _ => (0..3).map(|nth| use_of(nth, months(nth), LIMIT)).collect(),
    }
}

/// A payment whose day does not fit its ledger, or only just does. Each part and case has a unit and a ledger of its own.
fn in_ledger(city: &City, part: Part, case: u64, one: Use) -> Use {
    let at = (part as u64 - Part::LateEntry as u64) * city.cases() + case;
    let month = 1 + usize::try_from(at / UNITS * 2 + city.seed % 3).unwrap_or(0);
    let days = city.working_days(month);
    let day = match part {
        Part::LateEntry => city.working_days(month - 1).last().copied(),
        Part::EarlyEntry => city.working_days(month + 1).first().copied(),
        // The digits of 26 are the wrong way round.
        Part::MistypedYear => Day::from_ymd_opt(2062, city.month(month).month(), 9),
        Part::FirstDay => days.first().copied(),
        Part::LastDay => days.last().copied(),
        _ => None,
    };
    let minute = one.minute.filter(|_| day.is_some());
    Use { unit: Some(at % UNITS), day, minute, month, ..one }
}

/// The truth about cards. `place_name` gives a place its name.
pub(crate) fn truth(city: &City, first_place: u64, place_name: impl Fn(u64) -> String) -> Vec<Truth> {
    let units = units();
    let mut truth = Vec::new();
    for (at, part, case) in all(city) {
        let (scenario, kind, story) = what(part);
        let mut subjects: Vec<Vec<(&str, String)>> = Vec::new();
        for one in uses(city, part, case, place(first_place, at)) {
            let code = one.unit.and_then(|unit| units.get(usize::try_from(unit).ok()?)).map(|unit| unit.code.clone());
            let unit = ("unit_code", code.unwrap_or_default());
            let place = ("place", place_name(one.place));
            let day = one.day.map(iso).unwrap_or_default();
            let minute = one.minute.unwrap_or(0);
            let moment = ("spent_at", format!("{day}T{:02}:{:02}", minute / 60, minute % 60));
            let mut subject = match scenario {
                NIGHT => vec![unit, place, moment],
                DUPLICATE => vec![unit, place, moment, ("each_amount", one.amount.to_string())],
                BELOW => vec![unit, ("quarter", one.day.and_then(quarter).map(iso).unwrap_or_default())],
                LEDGER => vec![unit, ("ledger_month", iso(city.month(one.month)))],
                _ => vec![unit, place, ("spent_on", day)],
            };
            subject.push(("currency", "KRW".to_owned()));
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        truth.extend(subjects.iter().map(|subject| Truth::new(scenario, kind, story, subject)));
    }
    truth
}

/// The first day of a day's quarter.
fn quarter(day: Day) -> Option<Day> {
    Day::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1)
}

const SPLIT: &str = "card.split-payment";
const NIGHT: &str = "card.late-night";
const HOLIDAY: &str = "card.holiday";
const BELOW: &str = "card.just-below-limit";
const HEAD: &str = "card.per-head";
const DUPLICATE: &str = "card.duplicate";
const COUNT: &str = "card.over-limit-without-headcount";
const LEDGER: &str = "card.date-outside-ledger";

/// Which scenario a part is told for, what is to become of it, and the story in a few words.
fn what(part: Part) -> (&'static str, Kind, &'static str) {
    use Kind::{Decoy, Planted};
    use Part::*;
    match part {
        TwoParts => (SPLIT, Planted, "paid in two parts"),
        ThreeParts => (SPLIT, Planted, "paid in three parts"),
        HalfAndHalf => (SPLIT, Planted, "two halves reach the limit exactly"),
        OneLarge => (SPLIT, Decoy, "one large payment and a small one"),
        PartsBelow => (SPLIT, Decoy, "together just below the limit"),
        CreditNote => (SPLIT, Decoy, "a credit note among them"),
        TwoPlaces => (SPLIT, Decoy, "two places"),
        TwoUnits => (SPLIT, Decoy, "two units"),
        NextDay => (SPLIT, Decoy, "two days"),
        NoUnit => (SPLIT, Decoy, "a card of no unit"),
        ElevenAtNight => (NIGHT, Planted, "at eleven at night"),
        BeforeDawn => (NIGHT, Planted, "before dawn"),
        FiveFiftyNine => (NIGHT, Planted, "in the last minute of the night"),
        TenFiftyNine => (NIGHT, Decoy, "a minute before the night"),
        SixInTheMorning => (NIGHT, Decoy, "at six in the morning"),
        NoTime => (NIGHT, Decoy, "the time is not known"),
        Saturday => (HOLIDAY, Planted, "on a Saturday"),
        SundayTwice => (HOLIDAY, Planted, "twice on a Sunday"),
        PublicHoliday => (HOLIDAY, Planted, "on a public holiday"),
        Eve => (HOLIDAY, Decoy, "on the eve of a holiday"),
        BetweenDaysOff => (HOLIDAY, Decoy, "on a working day between days off"),
        DividedByQuarter => (BELOW, Decoy, "two in a quarter and one in the next"),
        ThreeNear => (BELOW, Planted, "three in a quarter"),
        FiveNear => (BELOW, Planted, "five at the edge of what counts"),
        TwoNear => (BELOW, Decoy, "two in a quarter"),
        FurtherBelow => (BELOW, Decoy, "further below the limit"),
        AtLimit => (BELOW, Decoy, "at the limit"),
        AbovePerHead => (HEAD, Planted, "above the limit for each person"),
        LittleAbovePerHead => (HEAD, Planted, "a little above it"),
        TwoAbovePerHead => (HEAD, Planted, "two meals of a day above it"),
        AtPerHead => (HEAD, Decoy, "at the limit for each person"),
        NamedAndOthers => (HEAD, Decoy, "the named one counts too"),
        NobodyCounted => (HEAD, Decoy, "no number of people"),
        NobodyCame => (HEAD, Decoy, "nobody came"),
        Twice => (DUPLICATE, Planted, "entered twice"),
        ThreeTimes => (DUPLICATE, Planted, "entered three times"),
        CreditTwice => (DUPLICATE, Planted, "a credit note twice"),
        MinuteApart => (DUPLICATE, Decoy, "a minute apart"),
        UnknownTime => (DUPLICATE, Decoy, "the time is not known"),
        TwoUnitsAtOnce => (DUPLICATE, Decoy, "two units at once"),
        TwoAmountsAtOnce => (DUPLICATE, Decoy, "two amounts at once"),
        NobodysTwice => (DUPLICATE, Decoy, "a card of no unit"),
        NamesOnly => (COUNT, Planted, "names without a number"),
        NobodyAtLimit => (COUNT, Planted, "no number at the limit"),
        Wreath => (COUNT, Planted, "a wreath"),
        LargeWithNumber => (COUNT, Decoy, "a large meeting with a number"),
        BelowLimitUncounted => (COUNT, Decoy, "below the limit"),
        LateEntry => (LEDGER, Planted, "of the month before"),
        EarlyEntry => (LEDGER, Planted, "of the month after"),
        MistypedYear => (LEDGER, Planted, "the year is mistyped"),
        FirstDay => (LEDGER, Decoy, "the first day of the month"),
        LastDay => (LEDGER, Decoy, "the last day of the month"),
        NoDay => (LEDGER, Decoy, "no day"),
    }
}
