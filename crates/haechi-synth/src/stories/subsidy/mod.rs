//! Subsidies: emptied as soon as they were granted, two for one purpose, settled late, and paid to those who were gone.

mod accounts;
mod told;

pub(crate) use accounts::{Movement, Paid, movements};
use chrono::Days;
use haechi_core::time::Day;
use told::{EMPTIED, SETTLED, TWICE, what};

use super::part_at;
use crate::people::{Group, UNITS, account, resident_no};
use crate::stories::vendor::business_no;
use crate::systems::registers::Standing;
use crate::truth::iso;
use crate::{City, Truth};

parts! {
    /// What is told of one subsidy, or of up to three that belong together.
    pub(crate) enum Part {
        Transferred,
        PaidToPerson,
        TwoFirms,
        GoneTheSameDay,
        PlannedPurchase,
        RunningInstalment,
        PaysBack,
        ReturnedToOffice,
        OwnAccounts,
        EarlierThatDay,
        EighthDay,
        SomeLeft,
        NoBalance,
        SmallGrant,
        NotDecided,
        SameRecipient,
        SameBusiness,
        SamePerson,
        ThreeGrants,
        Matched,
        OneAfterOther,
        ShortOverlap,
        CancelledTwin,
        AbolishedTwin,
        SameRepresentative,
        SmallTwin,
        NoPurposeCode,
        OtherPurpose,
        NeverReported,
        ReportedLate,
        LateAfterExtension,
        AbolishedUnreported,
        WithinGrace,
        Extended,
        CancelledUnreported,
        DueLately,
        NoDueDay,
        Deceased,
        DeceasedUnknown,
        Closed,
        Suspended,
        Abroad,
        DiedThatDay,
        ShortStay,
        CameBack,
        RepresentativeDied,
        Reopened,
        SuspensionEnded,
        OwnShopClosed,
        ClosedAfter,
    }
}

/// Subsidies a case may have.
const SLOTS: u64 = 3;

/// What kind of recipient, in the system's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Person,
    Business,
    Association,
}

/// One grant decision and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Subsidy {
    /// Where it stands among all.
    pub(crate) index: u64,
    pub(crate) unit: u64,
    pub(crate) purpose_code: Option<String>,
    pub(crate) matching: Option<String>,
    /// The recipient by number.
    pub(crate) recipient: u64,
    pub(crate) body: Body,
    /// Whose resident number is given: a private recipient's or a representative's, by recipient.
    pub(crate) resident: u64,
    /// Whose business number is given, by recipient.
    pub(crate) business: Option<u64>,
    pub(crate) decided_on: Day,
    pub(crate) starts_on: Day,
    pub(crate) ends_on: Day,
    pub(crate) amount: i64,
    pub(crate) own_share: i64,
    pub(crate) status: &'static str,
    pub(crate) instalments: Vec<(Day, i64)>,
    pub(crate) settlement: Settlement,
}

/// The settlement that is owed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settlement {
    pub(crate) due_on: Option<Day>,
    pub(crate) extended_to: Option<Day>,
    pub(crate) reported_on: Option<Day>,
}

/// How many subsidies may be told of; they stand first.
pub(crate) fn told(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases() * SLOTS
}

/// The number of the subsidy at `index`.
pub(crate) fn subsidy_no(index: u64) -> String {
    format!("SB{:08}", 10_000_001 + index * 3)
}

/// The number a recipient has.
pub(crate) fn recipient_no(recipient: u64) -> String {
    format!("R{:07}", 4_000_001 + recipient * 3)
}

/// The resident number of a recipient, or of who represents it.
pub(crate) fn resident(city: &City, recipient: u64) -> String {
    resident_no(city, Group::Recipients, recipient)
}

/// A recipient's business number: another's than any vendor's.
pub(crate) fn business(recipient: u64) -> String {
    business_no(500_000 + recipient)
}

/// The accounts of a subsidy.
pub(crate) fn account_no(index: u64, account_at: u64) -> String {
    account("35", index * 2 + account_at)
}

/// How many accounts a subsidy has.
pub(crate) fn accounts(city: &City, index: u64) -> u64 {
    if matches!(part(city, index), Some((Part::OwnAccounts, ..))) { 2 } else { 1 }
}

/// Whether the decision on the subsidy at `index` is entered.
pub(crate) fn is_decided(city: &City, index: u64) -> bool {
    !matches!(part(city, index), Some((Part::NotDecided, ..)))
}

/// The part of the subsidy at `index`, in which case, as which of the case's subsidies.
fn part(city: &City, index: u64) -> Option<(Part, u64, u64)> {
    part_at(city, Part::ALL, index / SLOTS).map(|(part, case)| (part, case, index % SLOTS))
}

fn index(part: Part, case: u64, slot: u64) -> u64 {
    (case * Part::ALL.len() as u64 + part as u64) * SLOTS + slot
}

/// How many of a case's subsidies a part has.
fn slots(part: Part) -> u64 {
    use Part::*;
    match part {
        ThreeGrants => 3,
        SameRecipient | SameBusiness | SamePerson | Matched | OneAfterOther | ShortOverlap | CancelledTwin
        | AbolishedTwin | SameRepresentative | SmallTwin | NoPurposeCode | OtherPurpose => 2,
        _ => 1,
    }
}

/// The day on which a case's first grant is paid.
fn granted_on(city: &City, part: Part, case: u64) -> Day {
    city.working_day(city.case_month(case), usize::try_from(3 + part as u64 % 9).unwrap_or(3))
}

/// The subsidy at `index`, if it is told of.
pub(crate) fn subsidy(city: &City, index: u64) -> Option<Subsidy> {
    use Part::*;
    let (part, case, slot) = part(city, index).filter(|(part, _, slot)| *slot < slots(*part))?;
    let on = granted_on(city, part, case);
    let amount = 24_000_000 + (part as i64 * 7 + case.cast_signed() * 11) % 29 * 250_000;
    let after = |days| on + Days::new(days);
    let first = index - slot;
    let mut one = Subsidy {
        index,
        unit: (part as u64 * 5 + case + slot * 3) % UNITS,
        purpose_code: Some(format!("P{:03}", 100 + part as u64)),
        matching: None,
        recipient: index,
        body: Body::Association,
        resident: index,
        business: Some(index),
        decided_on: on - Days::new(20 - slot),
        starts_on: on - Days::new(12),
        ends_on: after(150 + slot * 20),
        amount,
        own_share: 0,
        status: "교부",
        instalments: vec![(on, amount)],
        settlement: Settlement { due_on: None, extended_to: None, reported_on: None },
    };
    match part {
        RunningInstalment => one.amount = amount * 10,
        SmallGrant => (one.amount, one.instalments) = (980_000, vec![(on, 980_000)]),
        PaysBack => (one.starts_on, one.ends_on) = (on - Days::new(90), on - Days::new(15)),
        SameRecipient | ThreeGrants | OtherPurpose | NoPurposeCode => {
            one.recipient = first;
            match part {
                NoPurposeCode => one.purpose_code = None,
                OtherPurpose if slot == 1 => one.purpose_code = Some("P100".to_owned()),
                _ => {}
            }
        }
        SameBusiness => (one.business, one.body) = (Some(first), Body::Business),
        SamePerson => (one.resident, one.body, one.business) = (first, Body::Person, None),
        SameRepresentative => one.resident = first,
        Matched => (one.recipient, one.matching) = (first, Some(format!("MT-{first:06}"))),
        OneAfterOther | ShortOverlap => {
            one.recipient = first;
            let common = if part == ShortOverlap { 30 } else { 0 };
            if slot == 0 {
                (one.starts_on, one.ends_on) = (on - Days::new(60), on + Days::new(40));
            } else {
                one.starts_on = on + Days::new(41 - common);
                one.instalments = vec![(city.open(on + Days::new(50)), amount)];
            }
        }
        CancelledTwin if slot == 1 => (one.recipient, one.status, one.instalments) = (first, "취소", vec![]),
        AbolishedTwin => {
            one.recipient = first;
            if slot == 0 {
                (one.status, one.instalments) = ("중단", vec![]);
            }
        }
        SmallTwin => {
            one.recipient = first;
            if slot == 1 {
                (one.amount, one.instalments) = (900_000, vec![(on, 900_000)]);
            }
        }
        Deceased | DeceasedUnknown | DiedThatDay | Abroad | ShortStay | CameBack | OwnShopClosed => {
            one.body = Body::Person;
            one.business = one.business.filter(|_| part == OwnShopClosed);
        }
        Closed | Suspended | Reopened | SuspensionEnded | ClosedAfter => one.body = Body::Business,
        _ => {}
    }
    let due_on = one.ends_on + Days::new(60);
    one.settlement.due_on = Some(due_on);
    one.settlement.reported_on = Some(due_on - Days::new(10));
    if let Some((settlement, status)) = settlement(city, part, on) {
        // The project was carried out before the months exported.
        one.ends_on = on - Days::new(60);
        one.starts_on = one.ends_on - Days::new(200);
        one.decided_on = one.starts_on - Days::new(10);
        one.instalments = vec![(city.open(one.starts_on + Days::new(5)), amount)];
        (one.settlement, one.status) = (settlement, status);
    }
    Some(one)
}

/// The settlement of a part about settlements, and the status of its subsidy. It is due on `on`.
fn settlement(city: &City, part: Part, on: Day) -> Option<(Settlement, &'static str)> {
    let after = |days| Some(on + Days::new(days));
    let open = Settlement { due_on: Some(on), extended_to: None, reported_on: None };
    Some(match part {
        Part::NeverReported => (open, "교부"),
        Part::ReportedLate => (Settlement { reported_on: after(31), ..open }, "완료"),
        Part::LateAfterExtension => (Settlement { extended_to: after(30), reported_on: after(75), ..open }, "완료"),
        Part::AbolishedUnreported => (open, "중단"),
        Part::WithinGrace => (Settlement { reported_on: after(30), ..open }, "완료"),
        Part::Extended => (Settlement { extended_to: after(45), reported_on: after(70), ..open }, "완료"),
        Part::CancelledUnreported => (open, "취소"),
        Part::DueLately => (Settlement { due_on: Some(city.last() - Days::new(25)), ..open }, "교부"),
        Part::NoDueDay => (Settlement { due_on: None, ..open }, "교부"),
        _ => return None,
    })
}

/// How a told recipient died: whose number, the day, and the day on which the register knew.
pub(crate) fn deaths(city: &City) -> impl Iterator<Item = (String, Day, Day)> + '_ {
    cases(city).filter_map(|(part, case)| {
        let on = granted_on(city, part, case);
        let (died, known) = match part {
            Part::Deceased => (on - Days::new(40), on - Days::new(28)),
            Part::DeceasedUnknown => (on - Days::new(3), on + Days::new(6)),
            Part::DiedThatDay => (on, on + Days::new(9)),
            Part::RepresentativeDied => (on - Days::new(30), on - Days::new(20)),
            _ => return None,
        };
        Some((resident(city, index(part, case, 0)), died, known))
    })
}

/// The long stays abroad of told recipients: whose number, since when, until when.
pub(crate) fn stays_abroad(city: &City) -> impl Iterator<Item = (String, Day, Option<Day>)> + '_ {
    cases(city).filter_map(|(part, case)| {
        let on = granted_on(city, part, case);
        let (from, to) = match part {
            Part::Abroad => (on - Days::new(90), Some(on + Days::new(60)).filter(|_| case % 2 == 0)),
            Part::ShortStay => (on - Days::new(89), None),
            Part::CameBack => (on - Days::new(150), Some(on)),
            _ => return None,
        };
        Some((resident(city, index(part, case, 0)), from, to))
    })
}

/// What the tax service answers for a told recipient that is not simply open.
pub(crate) fn standing(city: &City, recipient: u64) -> Option<Standing> {
    let (part, case, _) = part(city, recipient)?;
    let on = granted_on(city, part, case);
    let before = |days| Some(on - Days::new(days));
    let open = Standing { status: "계속사업자", ..Standing::default() };
    Some(match part {
        Part::Closed | Part::OwnShopClosed => Standing { status: "폐업자", closed_on: before(35), ..open },
        Part::Suspended => Standing { status: "휴업자", suspended_on: before(50), ..open },
        Part::Reopened => Standing { closed_on: before(400), ..open },
        Part::SuspensionEnded => Standing { suspended_on: before(120), resumed_on: before(20), ..open },
        Part::ClosedAfter => Standing { status: "폐업자", closed_on: Some(on), ..open },
        _ => return None,
    })
}

fn cases(city: &City) -> impl Iterator<Item = (Part, u64)> + '_ {
    (0..).map_while(|at| part_at(city, Part::ALL, at))
}

/// The truth about subsidies.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let mut truth = Vec::new();
    for (part, case) in cases(city) {
        let (scenario, kind, story) = what(part);
        let on = granted_on(city, part, case);
        // Of several grants for one purpose the later ones are asked about.
        let asked = if scenario == TWICE { 1..slots(part) } else { 0..1 };
        for one in asked.filter_map(|slot| subsidy(city, index(part, case, slot))) {
            let about = match scenario {
                EMPTIED => ("granted_on", iso(on)),
                TWICE => ("purpose_code", one.purpose_code.unwrap_or_default()),
                SETTLED => ("due_on", one.settlement.due_on.map(iso).unwrap_or_default()),
                _ => ("paid_on", iso(on)),
            };
            truth.push(Truth::new(scenario, kind, story, &[("subsidy_no", subsidy_no(one.index)), about]));
        }
    }
    truth
}
