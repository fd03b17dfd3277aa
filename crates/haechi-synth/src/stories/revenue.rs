//! Non-tax revenue: roads occupied without a fee, and arrears nobody secured.

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::part_at;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one permit to occupy a road.
    enum Road {
        NeverLevied,
        LaterYearMissing,
        LevyCancelled,
        Exempt,
        Revoked,
        Withdrawn,
        OnceOverTwoYears,
        ShortLastYear,
        DecemberUnderNewYear,
        LeviedLate,
    }
}

/// A permit to occupy a road, and the fees levied for it.
#[derive(Clone, Debug)]
pub(crate) struct Permit {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) exempt: bool,
    pub(crate) status: &'static str,
    /// Year, day and status of each levy.
    pub(crate) levies: Vec<(i32, Day, &'static str)>,
}

/// The number of the permit at `index`.
pub(crate) fn permit_no(index: u64) -> String {
    format!("RO-{:06}", 100_001 + index)
}

/// How many permits are told of; they stand first in the register.
pub(crate) fn permits_told(city: &City) -> u64 {
    Road::ALL.len() as u64 * city.cases()
}

/// The permit at `index`, if it is one that is told of.
pub(crate) fn permit(city: &City, index: u64) -> Option<Permit> {
    let (part, case) = road(city, index)?;
    let start = city.working_day(city.case_month(case), 4);
    let short = Permit { from: start, to: start + Days::new(300), exempt: false, status: "유효", levies: Vec::new() };
    let levied = |day: Day, status| vec![(day.year(), day, status)];
    let long = |from: Day, to: Day| Permit { from, to, levies: yearly(city, from, to, case), ..short.clone() };
    let year = city.last().year();
    let day = |year, month, day| Day::from_ymd_opt(year, month, day).unwrap_or(start);
    Some(match part {
        Road::NeverLevied => short,
        Road::LaterYearMissing => {
            let mut permit = long(day(year - 4, 6, 5), day(year + 1, 6, 4));
            permit.levies.retain(|levy| levy.0 != year);
            permit
        }
        Road::LevyCancelled => Permit { levies: levied(city.open(start + Days::new(9)), "취소"), ..short },
        Road::Exempt => Permit { exempt: true, ..short },
        Road::Revoked => Permit { status: "취소", ..short },
        Road::Withdrawn => Permit { status: "반려", ..short },
        Road::OnceOverTwoYears => {
            let from = city.open(city.on(city.months - 11, 3 + case));
            let levies = levied(city.open(from + Days::new(4)), "부과");
            Permit { from, to: from + Days::new(300), levies, ..short }
        }
        Road::ShortLastYear => {
            let mut permit = long(day(year - 4, 2, 1), day(year, 1, 20));
            permit.levies.retain(|levy| levy.0 != year);
            permit
        }
        Road::DecemberUnderNewYear => {
            let from = city.open(city.on(city.months - 11, 15));
            let fee = (year, city.open(city.on(city.months - 10, 5 + case % 5)), "부과");
            Permit { from, to: from + Days::new(1_095), levies: vec![fee], ..short }
        }
        // For the year of the permit, though the next may have begun.
        Road::LeviedLate => {
            let fee = (start.year(), city.open(start + Days::new(90)), "부과");
            Permit { levies: vec![fee], ..short }
        }
    })
}

fn road(city: &City, index: u64) -> Option<(Road, u64)> {
    part_at(city, Road::ALL, index)
}

/// The fees of the years after the first, each levied in February or March.
pub(crate) fn yearly(city: &City, from: Day, to: Day, salt: u64) -> Vec<(i32, Day, &'static str)> {
    let years = from.year() + 1..=to.year().min(city.last().year());
    years
        .filter_map(|year| {
            let day = Day::from_ymd_opt(year, 2, 3)? + Days::new(salt * 7 % 38);
            Some((year, city.open(day), "부과"))
        })
        .collect()
}

parts! {
    /// What is told of one debtor.
    enum Debtor {
        OneLarge,
        SeveralSmall,
        Released,
        AfterDeferral,
        BelowFloor,
        Deferred,
        Stayed,
        DeferralJustEnded,
        SeizedForAll,
        SeizedByLevy,
        Cleared,
        LocalTax,
        TwoUnits,
        DueLately,
    }
}

/// One levy in arrears.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrear {
    pub(crate) revenue: &'static str,
    /// The division, as its place in the list.
    pub(crate) unit: u64,
    pub(crate) due_on: Day,
    pub(crate) cleared_on: Option<Day>,
    pub(crate) deferred: Option<(Day, Option<Day>)>,
    pub(crate) stayed: Option<(Day, Option<Day>)>,
    pub(crate) amount: i64,
}

/// A seizure: what it names, and its days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seizure {
    pub(crate) names: Names,
    pub(crate) seized_on: Day,
    pub(crate) released_on: Option<Day>,
}

/// What a seizure names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Arrear,
    Levy,
    Debtor,
}

/// The number of the debtor at `index`.
pub(crate) fn payer_no(index: u64) -> String {
    format!("P{:08}", 30_000_001 + index * 7)
}

/// How many debtors are told of; they stand first.
pub(crate) fn debtors_told(city: &City) -> u64 {
    Debtor::ALL.len() as u64 * city.cases()
}

/// What a debtor owes, and what was seized, if the debtor at `index` is one that is told of.
pub(crate) fn debts(city: &City, index: u64) -> Option<(Vec<Arrear>, Vec<Seizure>)> {
    let (part, case) = debtor(city, index)?;
    let due_on = city.open(city.on(city.case_month(case), 10));
    let unit = unit(case);
    let one =
        Arrear {
            revenue: "세외수입", unit, due_on, cleared_on: None, deferred: None, stayed: None, amount: 1_850_000
        };
    let seized = |names| Seizure { names, seized_on: due_on + Days::new(40), released_on: None };
    let late = city.last() - Days::new(40);
    let soon = city.last() - Days::new(30);
    let (arrears, seizures) = match part {
        Debtor::OneLarge => (vec![one], vec![]),
        Debtor::SeveralSmall => (vec![Arrear { amount: 200_000, ..one }; 3], vec![]),
        Debtor::Released => {
            (vec![one], vec![Seizure { released_on: Some(due_on + Days::new(70)), ..seized(Names::Arrear) }])
        }
        Debtor::AfterDeferral => {
            (vec![Arrear { deferred: Some((due_on, Some(due_on + Days::new(30)))), ..one }], vec![])
        }
        Debtor::BelowFloor => (vec![Arrear { amount: 499_990, ..one }], vec![]),
        Debtor::Deferred => {
            (vec![Arrear { deferred: Some((due_on, Some(city.last() + Days::new(90)))), ..one }], vec![])
        }
        Debtor::Stayed => (vec![Arrear { stayed: Some((due_on, None)), ..one }], vec![]),
        Debtor::DeferralJustEnded => (vec![Arrear { deferred: Some((due_on, Some(soon))), ..one }], vec![]),
        Debtor::SeizedForAll => (vec![one, Arrear { amount: 700_000, ..one }], vec![seized(Names::Debtor)]),
        Debtor::SeizedByLevy => (vec![one], vec![seized(Names::Levy)]),
        Debtor::Cleared => (vec![Arrear { cleared_on: Some(due_on + Days::new(100)), ..one }], vec![]),
        Debtor::LocalTax => (vec![Arrear { revenue: "지방세", ..one }], vec![]),
        Debtor::TwoUnits => {
            let half = Arrear { amount: 300_000, ..one };
            (vec![half, Arrear { unit: unit + 1, ..half }], vec![])
        }
        Debtor::DueLately => (vec![Arrear { due_on: late, ..one }], vec![]),
    };
    Some((arrears, seizures))
}

fn unit(case: u64) -> u64 {
    24 + case % 6
}

fn debtor(city: &City, index: u64) -> Option<(Debtor, u64)> {
    part_at(city, Debtor::ALL, index)
}

/// The truth about roads and arrears.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    let mut all = Vec::new();
    for index in 0..permits_told(city) {
        let (Some((part, _)), Some(permit)) = (road(city, index), permit(city, index)) else { continue };
        let (first, last) = (permit.from.year(), city.last().year());
        let (kind, story, year) = match part {
            Road::NeverLevied => (Planted, "never levied", first),
            Road::LaterYearMissing => (Planted, "a later year is missing", last),
            Road::LevyCancelled => (Planted, "the only levy was cancelled", first),
            Road::Exempt => (Decoy, "fee waived", first),
            Road::Revoked => (Decoy, "permit revoked", first),
            Road::Withdrawn => (Decoy, "permit withdrawn", first),
            Road::OnceOverTwoYears => (Decoy, "levied once for two calendar years", last),
            Road::ShortLastYear => (Decoy, "a last year of twenty days", last),
            Road::DecemberUnderNewYear => (Decoy, "December under the new year", first),
            Road::LeviedLate => (Decoy, "levied late", first),
        };
        let subject = [("permit_no", permit_no(index)), ("levy_year", year.to_string())];
        all.push(Truth::new("revenue.road-occupation-without-levy", kind, story, &subject));
    }
    let units = crate::people::units();
    for index in 0..debtors_told(city) {
        let (Some((part, _)), Some((arrears, _))) = (debtor(city, index), debts(city, index)) else { continue };
        let (kind, story) = match part {
            Debtor::OneLarge => (Planted, "one large debt"),
            Debtor::SeveralSmall => (Planted, "several small debts of one unit"),
            Debtor::Released => (Planted, "the seizure was released"),
            Debtor::AfterDeferral => (Planted, "deferral ended long ago"),
            Debtor::BelowFloor => (Decoy, "below the floor"),
            Debtor::Deferred => (Decoy, "deferred"),
            Debtor::Stayed => (Decoy, "stayed without an end"),
            Debtor::DeferralJustEnded => (Decoy, "deferral ended a month ago"),
            Debtor::SeizedForAll => (Decoy, "a seizure that names no debt"),
            Debtor::SeizedByLevy => (Decoy, "a seizure that names the levy"),
            Debtor::Cleared => (Decoy, "cleared"),
            Debtor::LocalTax => (Decoy, "local tax"),
            Debtor::TwoUnits => (Decoy, "two units, each below the floor"),
            Debtor::DueLately => (Decoy, "due lately"),
        };
        let code = arrears.first().and_then(|one| units.get(usize::try_from(one.unit).ok()?)).map(|unit| &unit.code);
        let subject = [("unit_code", code.cloned().unwrap_or_default()), ("payer_no", payer_no(index))];
        all.push(Truth::new("revenue.arrears-without-seizure", kind, story, &subject));
    }
    all
}
