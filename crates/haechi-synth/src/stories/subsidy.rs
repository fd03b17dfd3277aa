//! Subsidies: emptied as soon as they were granted, two for one purpose, settled late, and paid to those who were gone.

use chrono::Days;
use haechi_core::time::Day;

use super::part_at;
use crate::people::{Group, UNITS, account, resident_no};
use crate::stories::vendor::business_no;
use crate::systems::registers::Standing;
use crate::truth::iso;
use crate::{City, Kind, Truth};

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

/// A movement on a subsidy's account; balances follow from them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Movement {
    pub(crate) kind: &'static str,
    pub(crate) day: Day,
    pub(crate) minute: i64,
    pub(crate) paid: Paid,
    pub(crate) amount: i64,
    /// Which of the subsidy's accounts.
    pub(crate) account: u64,
    pub(crate) shows_balance: bool,
}

/// Who was paid, or who paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paid {
    Office,
    Bank,
    Recipient,
    /// A private person, by any number.
    Person(u64),
    /// A firm, by any number.
    Firm(u64),
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

/// The movements of a part about accounts, or none where money moves as it does elsewhere.
pub(crate) fn movements(city: &City, one: &Subsidy) -> Option<Vec<Movement>> {
    use Part::*;
    let (part, case, _) = part(city, one.index)?;
    let on = granted_on(city, part, case);
    let all = one.instalments.iter().map(|(_, amount)| amount).sum::<i64>();
    let grant = Movement {
        kind: "교부",
        day: on,
        minute: 680,
        paid: Paid::Office,
        amount: all,
        account: 0,
        shows_balance: true,
    };
    let out = |kind, days, paid, amount: i64| Movement {
        kind,
        day: on + Days::new(days),
        minute: 700,
        paid,
        amount: -amount,
        ..grant
    };
    let (one_firm, person) = (Paid::Firm(one.index), Paid::Person(one.index));
    let left = 100_000;
    Some(match part {
        Transferred => vec![
            grant,
            out("이체", 1, Paid::Recipient, 14_000_000),
            out("이체", 2, Paid::Recipient, all - 14_000_000 - left),
        ],
        PaidToPerson => vec![grant, out("집행", 3, person, all)],
        TwoFirms => vec![
            grant,
            out("집행", 2, one_firm, 15_000_000),
            out("집행", 7, Paid::Firm(one.index + 1), all - 15_000_000),
        ],
        GoneTheSameDay => vec![grant, out("기타", 0, Paid::Recipient, all - left)],
        PlannedPurchase => vec![grant, out("집행", 4, one_firm, all)],
        RunningInstalment | PaysBack => {
            vec![grant, out("집행", 1, person, 13_000_000), out("집행", 3, person, all - 13_000_000)]
        }
        ReturnedToOffice => vec![grant, out("반납", 3, Paid::Office, all)],
        OwnAccounts => {
            let moved = out("이체", 2, Paid::Recipient, all);
            vec![grant, moved, Movement { amount: all, account: 1, minute: 701, ..moved }]
        }
        EarlierThatDay => {
            let before = Movement { kind: "자부담", day: on - Days::new(9), paid: Paid::Recipient, ..grant };
            let earlier = Movement { minute: 570, ..out("집행", 0, person, all) };
            vec![before, earlier, grant]
        }
        EighthDay => vec![grant, out("집행", 5, person, 9_000_000), out("집행", 8, person, all - 9_000_000)],
        SomeLeft => {
            vec![
                grant,
                out("집행", 2, person, 11_000_000),
                out("이체", 5, Paid::Recipient, all / 100 * 98 - 11_000_000),
            ]
        }
        SmallGrant | NotDecided => vec![grant, out("이체", 2, Paid::Recipient, all)],
        NoBalance => {
            let hidden = Movement { shows_balance: false, ..grant };
            vec![hidden, Movement { shows_balance: false, ..out("이체", 2, Paid::Recipient, all) }]
        }
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
    let open = Standing { status: "계속", ..Standing::default() };
    Some(match part {
        Part::Closed | Part::OwnShopClosed => Standing { status: "폐업", closed_on: before(35), ..open },
        Part::Suspended => Standing { status: "휴업", suspended_on: before(50), ..open },
        Part::Reopened => Standing { closed_on: before(400), ..open },
        Part::SuspensionEnded => Standing { suspended_on: before(120), resumed_on: before(20), ..open },
        Part::ClosedAfter => Standing { status: "폐업", closed_on: Some(on), ..open },
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

const EMPTIED: &str = "subsidy.emptied-at-once";
const TWICE: &str = "subsidy.same-purpose-twice";
const SETTLED: &str = "subsidy.settlement-overdue";
const GONE: &str = "subsidy.recipient-deceased-or-closed";

/// Which scenario a part is told for, what is to become of it, and the story in a few words.
fn what(part: Part) -> (&'static str, Kind, &'static str) {
    use Kind::{Decoy, Planted};
    use Part::*;
    match part {
        Transferred => (EMPTIED, Planted, "transferred away in two days"),
        PaidToPerson => (EMPTIED, Planted, "all paid to a private person"),
        TwoFirms => (EMPTIED, Planted, "two firms paid within seven days"),
        GoneTheSameDay => (EMPTIED, Planted, "gone the same day"),
        PlannedPurchase => (EMPTIED, Decoy, "one planned purchase"),
        RunningInstalment => (EMPTIED, Decoy, "an instalment for running costs"),
        PaysBack => (EMPTIED, Decoy, "granted after the project ended"),
        ReturnedToOffice => (EMPTIED, Decoy, "returned to the office"),
        OwnAccounts => (EMPTIED, Decoy, "moved to the subsidy's other account"),
        EarlierThatDay => (EMPTIED, Decoy, "emptied that day before the grant came"),
        EighthDay => (EMPTIED, Decoy, "emptied on the eighth day"),
        SomeLeft => (EMPTIED, Decoy, "two per cent left"),
        NoBalance => (EMPTIED, Decoy, "the bank gives no balance"),
        SmallGrant => (EMPTIED, Decoy, "below the floor"),
        NotDecided => (EMPTIED, Decoy, "no decision in the table"),
        SameRecipient => (TWICE, Planted, "one recipient number"),
        SameBusiness => (TWICE, Planted, "one business number"),
        SamePerson => (TWICE, Planted, "one private person"),
        ThreeGrants => (TWICE, Planted, "three grants for one purpose"),
        Matched => (TWICE, Decoy, "funded together"),
        OneAfterOther => (TWICE, Decoy, "one after the other"),
        ShortOverlap => (TWICE, Decoy, "thirty common days"),
        CancelledTwin => (TWICE, Decoy, "the later decision was cancelled"),
        AbolishedTwin => (TWICE, Decoy, "the earlier project was abolished"),
        SameRepresentative => (TWICE, Decoy, "two bodies of one representative"),
        SmallTwin => (TWICE, Decoy, "below the floor"),
        NoPurposeCode => (TWICE, Decoy, "no purpose code"),
        OtherPurpose => (TWICE, Decoy, "another purpose"),
        NeverReported => (SETTLED, Planted, "never reported"),
        ReportedLate => (SETTLED, Planted, "reported on the thirty-first day"),
        LateAfterExtension => (SETTLED, Planted, "late after an extension"),
        AbolishedUnreported => (SETTLED, Planted, "abolished and not reported"),
        WithinGrace => (SETTLED, Decoy, "reported on the thirtieth day"),
        Extended => (SETTLED, Decoy, "extended"),
        CancelledUnreported => (SETTLED, Decoy, "the decision was cancelled"),
        DueLately => (SETTLED, Decoy, "due lately"),
        NoDueDay => (SETTLED, Decoy, "no due day"),
        Deceased => (GONE, Planted, "died before the payment"),
        DeceasedUnknown => (GONE, Planted, "died before, known after"),
        Closed => (GONE, Planted, "closed before the payment"),
        Suspended => (GONE, Planted, "suspended"),
        Abroad => (GONE, Planted, "abroad for ninety days"),
        DiedThatDay => (GONE, Decoy, "died on the day of payment"),
        ShortStay => (GONE, Decoy, "abroad for eighty-nine days"),
        CameBack => (GONE, Decoy, "came back that day"),
        RepresentativeDied => (GONE, Decoy, "the representative died"),
        Reopened => (GONE, Decoy, "closed once, open again"),
        SuspensionEnded => (GONE, Decoy, "the suspension had ended"),
        OwnShopClosed => (GONE, Decoy, "a private recipient's own shop closed"),
        ClosedAfter => (GONE, Decoy, "closed on the day of payment"),
    }
}
