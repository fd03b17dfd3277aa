//! Private contracts that together exceed the limit: divided among contracts, or among vendors that are one.

use chrono::Days;
use haechi_core::time::Day;

use super::contract::{Contract, contract_no, told_purpose};
use super::job::Job;
use super::part_at;
use super::vendor::{self, Account, Vendor};
use crate::people::{Group, UNITS, account, resident_no, units};
use crate::random::Chance;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of up to three vendors.
    enum Part {
        OneVendor,
        OneName,
        SpecialFirm,
        OnOneDay,
        TwoQuotes,
        Urgent,
        OtherCategory,
        BelowTenth,
        Cancelled,
        ExactlyLimit,
        LongApart,
        TwoUnits,
        OtherNames,
        OneRepresentative,
        OneAccount,
        OneOffice,
        OneRepresentativeTwoQuotes,
        AddressAlone,
        PhoneAlone,
        AccountEarlier,
        CollectingAccount,
        LinkedOtherCategory,
        LinkedExactlyLimit,
        LinkedTender,
        LinkedCancelled,
    }
}

/// Vendors a case may have.
const SLOTS: u64 = 3;

/// How many vendors are told of.
pub(crate) fn vendors(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases() * SLOTS
}

/// A case: its part, which case of it, and its place among all.
#[derive(Clone, Copy)]
struct Case {
    part: Part,
    case: u64,
    place: u64,
}

fn group(city: &City, place: u64) -> Option<Case> {
    let (part, case) = part_at(city, Part::ALL, place)?;
    Some(Case { part, case, place })
}

impl Case {
    fn vendor(self, city: &City, slot: u64) -> u64 {
        vendor::split_from(city) + self.place * SLOTS + slot
    }

    fn unit(self) -> u64 {
        (self.place * 13 + 5) % UNITS
    }
}

/// Whether the vendor is a women's firm.
pub(crate) fn is_special(city: &City, index: u64) -> bool {
    let local = index.checked_sub(vendor::split_from(city));
    local.and_then(|local| group(city, local / SLOTS)).is_some_and(|group| group.part == Part::SpecialFirm)
}

/// What a part makes of a vendor's entry in the register: the second takes something from the first.
pub(crate) fn dress(city: &City, local: u64, one: &mut Vendor) {
    let Some(group) = group(city, local / SLOTS) else { return };
    let first = group.vendor(city, 0);
    let address = format!("해치시 시청로 {}", 1 + group.place);
    let phone = format!("099-9000-{:04}", group.place);
    let shared = account("52", first);
    if local % SLOTS > 1 && group.part != Part::CollectingAccount {
        return;
    }
    match group.part {
        Part::OneRepresentative
        | Part::OneRepresentativeTwoQuotes
        | Part::LinkedOtherCategory
        | Part::LinkedExactlyLimit
        | Part::LinkedTender
        | Part::LinkedCancelled => one.resident_no = resident_no(city, Group::Representatives, first),
        Part::OneAccount => one.accounts = vec![Account { no: shared, from: None, to: None }],
        Part::OneOffice => (one.address, one.phone) = (address, phone),
        Part::AddressAlone => one.address = address,
        Part::PhoneAlone => one.phone = phone,
        Part::AccountEarlier => {
            let to = Some(day(city, group.case) - Days::new(20));
            one.accounts.push(Account { no: shared, from: None, to });
        }
        // One account of a franchise for all its branches, of all cases.
        Part::CollectingAccount => one.accounts = vec![Account { no: account("53", 0), from: None, to: None }],
        _ => {}
    }
}

fn day(city: &City, case: u64) -> Day {
    city.working_day(city.case_month(case), 5)
}

/// All contracts that are told of.
pub(crate) fn jobs(city: &City) -> Vec<Job> {
    let groups = Part::ALL.len() as u64 * city.cases();
    (0..groups).filter_map(|place| group(city, place)).flat_map(|group| of(city, group)).collect()
}

/// The contracts of a case. The last is the one that carries the sum over the limit, or seems to.
fn of(city: &City, group: Case) -> Vec<Job> {
    let first = day(city, group.case);
    let small = Contract {
        unit: group.unit(),
        kind: "수의",
        ground: "소액",
        category: "공사",
        quotes: Some(1),
        signed_on: first,
        estimated: 0,
        status: "",
    };
    let later = |days| city.open(first + Days::new(days));
    let two = |estimated, days| Contract { estimated, signed_on: later(days), ..small };
    // Which of the vendors signs which contract.
    let plan: Vec<(u64, Contract)> = match group.part {
        Part::OneVendor => vec![(0, two(8_200_000, 0)), (0, two(7_600_000, 20)), (0, two(6_300_000, 45))],
        Part::SpecialFirm => [(27_300_000, 0), (28_100_000, 30)]
            .map(|(estimated, days)| (0, Contract { ground: "특례기업", ..two(estimated, days) }))
            .to_vec(),
        Part::OnOneDay => vec![(0, two(12_100_000, 0)), (0, two(11_300_000, 0))],
        Part::TwoQuotes => [(12_200_000, 0), (11_400_000, 15)]
            .map(|(estimated, days)| (0, Contract { quotes: Some(2), ..two(estimated, days) }))
            .to_vec(),
        Part::Urgent => [(12_300_000, 0), (11_500_000, 15)]
            .map(|(estimated, days)| (0, Contract { ground: "긴급", ..two(estimated, days) }))
            .to_vec(),
        Part::OtherCategory => vec![(0, two(12_400_000, 0)), (0, Contract { category: "물품", ..two(11_600_000, 15) })],
        Part::BelowTenth => vec![(0, two(1_900_000, 0)), (0, two(1_800_000, 10)), (0, two(17_000_000, 20))],
        Part::Cancelled => vec![(0, Contract { status: "취소", ..two(12_500_000, 0) }), (0, two(11_700_000, 8))],
        Part::ExactlyLimit => vec![(0, two(9_900_000, 0)), (0, two(10_100_000, 30))],
        Part::LongApart => vec![(0, two(12_600_000, 0)), (0, two(11_800_000, 95))],
        Part::TwoUnits => {
            vec![(0, two(12_700_000, 0)), (0, Contract { unit: (small.unit + 1) % UNITS, ..two(11_900_000, 15) })]
        }
        Part::OneName | Part::OtherNames => vec![(0, two(12_800_000, 0)), (1, two(12_000_000, 25))],
        Part::LinkedOtherCategory => {
            vec![(0, two(12_900_000, 0)), (1, Contract { category: "용역", ..two(11_200_000, 25) })]
        }
        Part::LinkedExactlyLimit => vec![(0, two(9_800_000, 0)), (1, two(10_200_000, 25))],
        Part::LinkedTender => {
            vec![(0, two(12_100_000, 0)), (1, Contract { kind: "일반경쟁", ground: "", ..two(46_000_000, 25) })]
        }
        Part::LinkedCancelled => vec![(0, two(12_200_000, 0)), (1, Contract { status: "취소", ..two(11_300_000, 25) })],
        Part::OneRepresentativeTwoQuotes => [(0, 12_300_000, 0), (1, 11_400_000, 25)]
            .map(|(slot, estimated, days)| (slot, Contract { quotes: Some(2), ..two(estimated, days) }))
            .to_vec(),
        _ => vec![(0, two(12_400_000, 0)), (1, two(11_600_000, 25))],
    };
    let mut counts = [0; SLOTS as usize];
    let jobs = plan.into_iter().enumerate().map(|(at, (slot, contract))| {
        let index = group.vendor(city, slot);
        let count = &mut counts[slot as usize];
        let no = contract_no(index, *count);
        *count += 1;
        let salt = if group.part == Part::OneName { group.place } else { 100_000 + group.place * 8 + at as u64 * 7 };
        let purpose = told_purpose(contract.category, salt);
        Job::course(city, no, index, purpose, contract, &mut Chance::of(city.seed, "split", index * 4 + at as u64))
    });
    jobs.collect()
}

/// The truth about divided contracts.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const SPLIT: &str = "contract.split-private-contracts";
    const LINKED: &str = "contract.linked-vendors";
    let units = units();
    let mut all = Vec::new();
    for place in 0..Part::ALL.len() as u64 * city.cases() {
        let Some(group) = group(city, place) else { continue };
        let (scenario, kind, story) = match group.part {
            Part::OneVendor => (SPLIT, Planted, "three contracts with one vendor"),
            Part::OneName => (SPLIT, Planted, "two contracts of one name"),
            Part::SpecialFirm => (SPLIT, Planted, "above the limit of special firms"),
            Part::OnOneDay => (SPLIT, Planted, "two contracts on one day"),
            Part::TwoQuotes => (SPLIT, Decoy, "two quotes"),
            Part::Urgent => (SPLIT, Decoy, "urgent"),
            Part::OtherCategory => (SPLIT, Decoy, "works and goods"),
            Part::BelowTenth => (SPLIT, Decoy, "everyday purchases beside"),
            Part::Cancelled => (SPLIT, Decoy, "the first was cancelled"),
            Part::ExactlyLimit => (SPLIT, Decoy, "exactly the limit"),
            Part::LongApart => (SPLIT, Decoy, "more than ninety days apart"),
            Part::TwoUnits => (SPLIT, Decoy, "two units"),
            Part::OtherNames => (SPLIT, Decoy, "other vendors, other names"),
            Part::OneRepresentative => (LINKED, Planted, "one representative"),
            Part::OneAccount => (LINKED, Planted, "one account"),
            Part::OneOffice => (LINKED, Planted, "one address and phone"),
            Part::OneRepresentativeTwoQuotes => (LINKED, Planted, "one representative, two quotes"),
            Part::AddressAlone => (LINKED, Decoy, "one building"),
            Part::PhoneAlone => (LINKED, Decoy, "one phone"),
            Part::AccountEarlier => (LINKED, Decoy, "one account earlier"),
            Part::CollectingAccount => (LINKED, Decoy, "a collecting account"),
            Part::LinkedOtherCategory => (LINKED, Decoy, "works and services"),
            Part::LinkedExactlyLimit => (LINKED, Decoy, "exactly the limit"),
            Part::LinkedTender => (LINKED, Decoy, "the second by tender"),
            Part::LinkedCancelled => (LINKED, Decoy, "the second was cancelled"),
        };
        let Some(last) = of(city, group).pop() else { continue };
        let unit = vendor::unit_code(&units, last.contract.unit);
        all.push(Truth::new(scenario, kind, story, &[("unit_code", unit), ("contract_no", last.no)]));
    }
    all
}
