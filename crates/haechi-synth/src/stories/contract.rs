//! Contracts: with the debarred, on the ground of a certificate that had ended, with one vendor again and again.

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::job::Job;
use super::part_at;
use crate::people::{UNITS, units};
use crate::random::Chance;
use crate::words::{STREETS, TOLD_JOBS};
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one vendor. The first of the register have a part.
    enum Part {
        Debarred,
        FirstDayOfDebarment,
        DebarmentWithoutEnd,
        Stayed,
        DayAfterDebarment,
        SubsidyExclusion,
        CancelledWhileDebarred,
        Expired,
        GeneralFirm,
        CommonLimit,
        LastDayOfCertificate,
        Renewed,
        KindWithoutDays,
        CertificateWithoutEnd,
        CancelledExpired,
        SixSmall,
        LargeSum,
        FiveSmall,
        SumJustBelow,
        SoleSource,
    }
}

/// A contract as it was signed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contract {
    pub(crate) unit: u64,
    pub(crate) kind: &'static str,
    pub(crate) ground: &'static str,
    pub(crate) category: &'static str,
    /// How many quotes were taken, where the register says.
    pub(crate) quotes: Option<i64>,
    pub(crate) signed_on: Day,
    /// Without value-added tax.
    pub(crate) estimated: i64,
    /// Where it came to an end before it was carried out; else it follows from what became of it.
    pub(crate) status: &'static str,
}

/// A vendor's kind and its certificate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Firm {
    pub(crate) kind: &'static str,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

/// A sanction of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sanction {
    pub(crate) kind: &'static str,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) stayed: Option<(Day, Day)>,
}

/// How many vendors are told of.
pub(crate) fn told(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases()
}

/// The number of the vendor at `index`.
pub(crate) fn vendor_no(index: u64) -> String {
    format!("V{:07}", 2_000_001 + index * 3)
}

/// The number of a told vendor's contract.
pub(crate) fn contract_no(index: u64, at: usize) -> String {
    format!("CT-{index:06}-{at}")
}

/// What a contract that is told of is called: like no ordinary one, and like another only for the same `salt`.
pub(crate) fn told_purpose(category: &str, salt: u64) -> String {
    let jobs = TOLD_JOBS.iter().find(|jobs| jobs.0 == category).map_or(TOLD_JOBS[0].1, |jobs| jobs.1);
    let (street, job) = (STREETS[(salt % 11) as usize], jobs[(salt % 3) as usize]);
    format!("{street} {} {job}", 100 + salt * 37 % 900)
}

/// The contracts of this part of the register, and what became of them.
pub(crate) fn jobs(city: &City) -> Vec<Job> {
    let of = |index: u64| {
        let told = contracts(city, index).into_iter().enumerate();
        told.map(move |(at, one)| {
            let salt = index * 8 + at as u64 * 7;
            let mut chance = Chance::of(city.seed, "told-contract", salt);
            Job::course(city, contract_no(index, at), index, told_purpose(one.category, salt), one, &mut chance)
        })
    };
    (0..told(city)).flat_map(of).collect()
}

fn part(city: &City, index: u64) -> Option<(Part, u64)> {
    part_at(city, Part::ALL, index)
}

fn day(city: &City, case: u64) -> Day {
    city.working_day(city.case_month(case), 7)
}

fn unit(index: u64) -> u64 {
    index * 5 % UNITS
}

/// The contracts of a told vendor.
fn contracts(city: &City, index: u64) -> Vec<Contract> {
    let Some((part, case)) = part(city, index) else { return Vec::new() };
    let open = Contract {
        unit: unit(index),
        kind: "제한경쟁",
        ground: "",
        category: "공사",
        quotes: None,
        signed_on: day(city, case),
        estimated: 84_000_000,
        status: "",
    };
    let private = Contract { kind: "수의", quotes: Some(1), ..open };
    let special = Contract { ground: "특례기업", category: "물품", estimated: 34_000_000, ..private };
    let several = |count: usize, ground, estimated: i64| -> Vec<Contract> {
        let on = |at: usize| city.working_day(city.months - 8 + at, 3 + at);
        let one = |(at, more): (usize, i64)| {
            let estimated = estimated + more * 13_000;
            Contract { ground, category: "용역", estimated, signed_on: on(at), ..private }
        };
        (0..count).zip(0..).map(one).collect()
    };
    match part {
        Part::CancelledWhileDebarred => vec![Contract { status: "취소", ..open }],
        Part::CommonLimit => vec![Contract { estimated: 20_000_000, ..special }],
        Part::CancelledExpired => vec![Contract { status: "취소", ..special }],
        Part::Expired
        | Part::GeneralFirm
        | Part::LastDayOfCertificate
        | Part::Renewed
        | Part::KindWithoutDays
        | Part::CertificateWithoutEnd => vec![special],
        Part::SixSmall => several(6, "소액", 4_100_000),
        Part::FiveSmall => several(5, "소액", 4_100_000),
        Part::LargeSum => several(2, "긴급", 61_000_000),
        Part::SumJustBelow => several(2, "긴급", 45_440_000),
        Part::SoleSource => several(7, "독점", 8_000_000),
        _ => vec![open],
    }
}

/// The kind of a told vendor.
pub(crate) fn firm(city: &City, index: u64) -> Option<Firm> {
    let (part, case) = part(city, index)?;
    let day = day(city, case);
    let women = |from, to| Firm { kind: "여성기업", from, to };
    let since = Some(city.first() - Days::new(700));
    Some(match part {
        Part::Expired | Part::CommonLimit | Part::CancelledExpired => women(since, Some(day - Days::new(20))),
        Part::LastDayOfCertificate => women(since, Some(day)),
        Part::Renewed => women(Some(day + Days::new(15)), Some(day + Days::new(1_000))),
        Part::KindWithoutDays => women(None, None),
        Part::CertificateWithoutEnd => women(since, None),
        _ => Firm { kind: "일반", from: None, to: None },
    })
}

/// The sanction of a told vendor.
pub(crate) fn sanction(city: &City, index: u64) -> Option<Sanction> {
    let (part, case) = part(city, index)?;
    let day = day(city, case);
    let one =
        Sanction {
            kind: "입찰참가자격제한", from: day - Days::new(30), to: Some(day + Days::new(60)), stayed: None
        };
    Some(match part {
        Part::Debarred | Part::CancelledWhileDebarred => one,
        Part::FirstDayOfDebarment => Sanction { from: day, ..one },
        Part::DebarmentWithoutEnd => Sanction { to: None, ..one },
        Part::Stayed => Sanction { stayed: Some((day - Days::new(10), day + Days::new(30))), ..one },
        Part::DayAfterDebarment => Sanction { to: Some(day - Days::new(1)), ..one },
        Part::SubsidyExclusion => Sanction { kind: "보조금수행배제", ..one },
        _ => return None,
    })
}

/// The truth about contracts.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const DEBARRED: &str = "contract.sanctioned-vendor";
    const FIRM: &str = "contract.firm-certificate-expired";
    const AGAIN: &str = "contract.repeated-private-contracts";
    let units = units();
    let mut all = Vec::new();
    for index in 0..told(city) {
        let Some((part, _)) = part(city, index) else { continue };
        let (scenario, kind, story) = match part {
            Part::Debarred => (DEBARRED, Planted, "signed while debarred"),
            Part::FirstDayOfDebarment => (DEBARRED, Planted, "signed on the first day"),
            Part::DebarmentWithoutEnd => (DEBARRED, Planted, "debarred without an end"),
            Part::Stayed => (DEBARRED, Decoy, "stayed by a court"),
            Part::DayAfterDebarment => (DEBARRED, Decoy, "the day after it ended"),
            Part::SubsidyExclusion => (DEBARRED, Decoy, "excluded from subsidies"),
            Part::CancelledWhileDebarred => (DEBARRED, Decoy, "contract cancelled"),
            Part::Expired => (FIRM, Planted, "certificate had ended"),
            Part::GeneralFirm => (FIRM, Planted, "a firm of no special kind"),
            Part::CommonLimit => (FIRM, Decoy, "at the common limit"),
            Part::LastDayOfCertificate => (FIRM, Decoy, "last day of the certificate"),
            Part::Renewed => (FIRM, Decoy, "renewed since"),
            Part::KindWithoutDays => (FIRM, Decoy, "a special kind without days"),
            Part::CertificateWithoutEnd => (FIRM, Decoy, "certificate without an end"),
            Part::CancelledExpired => (FIRM, Decoy, "contract cancelled"),
            Part::SixSmall => (AGAIN, Planted, "six contracts in a year"),
            Part::LargeSum => (AGAIN, Planted, "two contracts above the sum"),
            Part::FiveSmall => (AGAIN, Decoy, "five contracts in a year"),
            Part::SumJustBelow => (AGAIN, Decoy, "just below the sum"),
            Part::SoleSource => (AGAIN, Decoy, "a sole source"),
        };
        let vendor = ("vendor_no", vendor_no(index));
        let code = usize::try_from(unit(index)).ok().and_then(|at| units.get(at)).map(|unit| unit.code.clone());
        let subject = if scenario == AGAIN {
            let year = city.last().year().to_string();
            vec![("unit_code", code.unwrap_or_default()), vendor, ("year", year), ("currency", "KRW".to_owned())]
        } else {
            vec![vendor, ("contract_no", contract_no(index, 0))]
        };
        all.push(Truth::new(scenario, kind, story, &subject));
    }
    all
}
