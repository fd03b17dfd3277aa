//! What is told of how contracts are carried out: of advances, of delays, and of payments that came too early.

use chrono::{Datelike as _, Days, Weekday};
use haechi_core::time::Day;

use super::contract::{Contract, contract_no, told_purpose, vendor_no};
use super::job::{Inspection, Job};
use super::payment::Payment;
use super::{part_at, vendor};
use crate::people::{UNITS, units};
use crate::random::Chance;
use crate::truth::iso;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one vendor's contract.
    enum Part {
        CompletedUnsettled,
        PastItsDay,
        RunsUnsettled,
        ExtendedSince,
        WorkSuspended,
        GoodsAtTheEnd,
        NotInRegister,
        NineWonLeft,
        CompletedLately,
        LateWorks,
        LateGoods,
        LateServices,
        LateAfterExtension,
        LateButExtended,
        DueOnSaturday,
        DaySuspended,
        DamagesTakenOff,
        DamagesCollected,
        TerminatedLate,
        WithoutDueDay,
        LateLately,
        BeforeContract,
        BeforeOrder,
        BeforePapers,
        BeforeRegister,
        ProgressBefore,
        AdvanceBefore,
        TemporaryBefore,
        WithoutStage,
        OnTheSameDay,
        NothingRegistered,
        DefectsOnly,
        CreditNote,
    }
}

/// How many vendors are told of.
pub(crate) fn vendors(city: &City) -> u64 {
    Part::ALL.len() as u64 * city.cases()
}

/// All contracts that are told of.
pub(crate) fn jobs(city: &City) -> Vec<Job> {
    (0..vendors(city)).filter_map(|local| Some(told(city, local)?.1)).collect()
}

fn told(city: &City, local: u64) -> Option<(Part, Job)> {
    let (part, case) = part_at(city, Part::ALL, local)?;
    let vendor = vendor::works_from(city) + local;
    // Early enough for half a year to pass after it, whatever the number of months.
    let signed_on = city.open_before(city.last() - Days::new(255 + 4 * case));
    let after = |days: u64| city.open(signed_on + Days::new(days));
    let category = match part {
        Part::GoodsAtTheEnd | Part::LateGoods => "물품",
        Part::LateServices => "용역",
        _ => "공사",
    };
    let unit = local * 11 % UNITS;
    let contract = Contract {
        unit,
        kind: "제한경쟁",
        ground: "",
        category,
        quotes: None,
        signed_on,
        estimated: 64_000_000 + i64::try_from(local % 89).unwrap_or(0) * 210_000,
        status: "",
    };
    let mut job = Job::new(contract_no(vendor, 0), vendor, told_purpose(category, vendor), contract, after(120));
    let mut chance = Chance::of(city.seed, "told-course", local);
    let late = city.due(after(120), 6);
    match part {
        Part::CompletedUnsettled => {
            job.pay_ahead(after(15), 40);
            job.complete(city, after(118), 0, &mut chance);
            for settled in &mut job.settlements {
                settled.2 = settled.2 * 6 / 10;
            }
        }
        Part::PastItsDay => job.pay_ahead(after(15), 50),
        Part::RunsUnsettled | Part::GoodsAtTheEnd => {
            job.ends_on = Some(city.open(city.last() + Days::new(90)));
            job.pay_ahead(after(12), 30);
        }
        Part::ExtendedSince => {
            job.pay_ahead(after(12), 30);
            let until = city.open(city.last() + Days::new(45));
            job.change("기간변경", after(110), Some(until), "자재 수급 지연", 0);
        }
        Part::WorkSuspended => {
            job.pay_ahead(after(12), 30);
            job.change("공사중지", after(60), None, "문화재 조사", 0);
        }
        Part::NotInRegister => {
            job.registered = false;
            job.pay_ahead(after(15), 40);
        }
        Part::NineWonLeft => {
            job.pay_ahead(after(15), 40);
            job.complete(city, after(118), 0, &mut chance);
            if let Some(settled) = job.settlements.last_mut() {
                settled.2 -= 9;
            }
        }
        Part::CompletedLately => {
            let done = city.open_before(city.last() - Days::new(18));
            job.ends_on = Some(city.open(done + Days::new(1)));
            job.pay_ahead(after(12), 30);
            job.progress(city, after(95), &mut chance);
            job.completed_on = Some(done);
        }
        Part::LateWorks | Part::LateGoods | Part::LateServices => job.complete(city, late, 0, &mut chance),
        Part::LateAfterExtension => {
            job.change("기간변경", after(113), Some(after(130)), "장마로 공정 지연", 0);
            job.complete(city, city.due(after(130), 8), 0, &mut chance);
        }
        Part::LateButExtended => {
            job.complete(city, late, 0, &mut chance);
            job.change("기간변경", after(116), Some(late), "장마로 공정 지연", 0);
        }
        Part::DueOnSaturday => {
            let mut day = after(120);
            while day.weekday() != Weekday::Sat || city.is_off(day + Days::new(2)) {
                day = day + Days::new(1);
            }
            job.ends_on = Some(day);
            job.complete(city, day + Days::new(2), 0, &mut chance);
        }
        Part::DaySuspended => {
            job.change("공사중지", after(90), None, "동절기 공사 중지", 0);
            job.complete(city, late, 0, &mut chance);
        }
        Part::DamagesTakenOff => job.complete(city, late, job.damages(8), &mut chance),
        Part::DamagesCollected => {
            job.complete(city, late, 0, &mut chance);
            job.collected = Some((city.due(late, 14), job.damages(8)));
        }
        Part::TerminatedLate => {
            job.contract.status = "해지";
            job.complete(city, late, 0, &mut chance);
        }
        Part::WithoutDueDay => {
            job.ends_on = None;
            job.complete(city, late, 0, &mut chance);
        }
        Part::LateLately => {
            let done = city.open_before(city.last() - Days::new(13));
            job.ends_on = Some(city.open_before(done - Days::new(9)));
            job.complete(city, done, 0, &mut chance);
        }
        Part::BeforeContract
        | Part::BeforeOrder
        | Part::BeforePapers
        | Part::BeforeRegister
        | Part::ProgressBefore
        | Part::AdvanceBefore
        | Part::TemporaryBefore
        | Part::WithoutStage
        | Part::OnTheSameDay
        | Part::NothingRegistered
        | Part::DefectsOnly
        | Part::CreditNote => paid_early(city, part, &mut job, after(80)),
    }
    job.until(city.last());
    Some((part, job))
}

/// A contract completed on `done`, and one payment that came, or seems to have come, before a day that has to be first.
fn paid_early(city: &City, part: Part, job: &mut Job, done: Day) {
    let seen = city.due(done, 3);
    let early = city.due(done, 1);
    job.completed_on = Some(done);
    job.inspections =
        vec![Inspection { kind: "준공", requested_on: done, on: seen, result: "합격", amount: job.amount() }];
    let right = Payment { ordered_on: Some(seen), inspected_on: Some(seen), ..job.paid(seen, job.amount(), "일괄") };
    let payment = match part {
        Part::BeforeContract | Part::TemporaryBefore => {
            let on = city.open_before(job.contract.signed_on - Days::new(6));
            let stage = if part == Part::BeforeContract { "선금" } else { "가지급" };
            job.paid(on, job.amount() / 1_000 * 300, stage)
        }
        Part::BeforeOrder => Payment { ordered_on: Some(city.due(seen, 2)), ..right },
        Part::BeforePapers => Payment { paid_on: early, ordered_on: Some(early), ..right },
        Part::BeforeRegister => {
            Payment { paid_on: early, ordered_on: None, inspected_on: None, stage: "준공", ..right }
        }
        Part::ProgressBefore => {
            let share = job.amount() / 1_000 * 450;
            Payment { ordered_on: Some(early), ..job.paid(early, share, "기성") }
        }
        Part::AdvanceBefore => {
            let on = city.due(job.contract.signed_on, 10);
            Payment { ordered_on: Some(on), ..job.paid(on, job.amount() / 1_000 * 350, "선금") }
        }
        Part::WithoutStage => Payment { paid_on: early, ordered_on: None, inspected_on: None, stage: "", ..right },
        Part::NothingRegistered => {
            job.registered = false;
            job.inspections.clear();
            Payment { paid_on: early, ordered_on: None, inspected_on: None, ..right }
        }
        Part::DefectsOnly => {
            let defect = Inspection { kind: "하자", on: city.due(done, 60), ..job.inspections[0] };
            job.inspections = vec![defect, Inspection { result: "불합격", ..job.inspections[0] }];
            Payment { paid_on: early, ordered_on: None, inspected_on: None, ..right }
        }
        Part::CreditNote => Payment { paid_on: early, ordered_on: Some(early), amount: -right.amount, ..right },
        _ => right,
    };
    job.payments.push(payment);
}

/// The truth about how contracts were carried out.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const ADVANCE: &str = "payment.advance-not-settled";
    const LATE: &str = "contract.late-completion-without-damages";
    const EARLY: &str = "payment.before-inspection";
    let units = units();
    let mut all = Vec::new();
    for local in 0..vendors(city) {
        let Some((part, job)) = told(city, local) else { continue };
        let (scenario, kind, story) = match part {
            Part::CompletedUnsettled => (ADVANCE, Planted, "completed, a part not settled"),
            Part::PastItsDay => (ADVANCE, Planted, "past its last day"),
            Part::RunsUnsettled => (ADVANCE, Planted, "half a year without a set-off"),
            Part::ExtendedSince => (ADVANCE, Decoy, "extended since"),
            Part::WorkSuspended => (ADVANCE, Decoy, "work suspended"),
            Part::GoodsAtTheEnd => (ADVANCE, Decoy, "goods that come at the end"),
            Part::NotInRegister => (ADVANCE, Decoy, "contract not in the register"),
            Part::NineWonLeft => (ADVANCE, Decoy, "nine won left"),
            Part::CompletedLately => (ADVANCE, Decoy, "completed lately"),
            Part::LateWorks => (LATE, Planted, "works late"),
            Part::LateGoods => (LATE, Planted, "goods late"),
            Part::LateServices => (LATE, Planted, "services late"),
            Part::LateAfterExtension => (LATE, Planted, "late even after an extension"),
            Part::LateButExtended => (LATE, Decoy, "extended"),
            Part::DueOnSaturday => (LATE, Decoy, "due on a Saturday, completed on Monday"),
            Part::DaySuspended => (LATE, Decoy, "suspended without a new day"),
            Part::DamagesTakenOff => (LATE, Decoy, "damages taken off"),
            Part::DamagesCollected => (LATE, Decoy, "damages booked as revenue"),
            Part::TerminatedLate => (LATE, Decoy, "terminated"),
            Part::WithoutDueDay => (LATE, Decoy, "without a due day"),
            Part::LateLately => (LATE, Decoy, "completed lately"),
            Part::BeforeContract => (EARLY, Planted, "before the contract"),
            Part::BeforeOrder => (EARLY, Planted, "before the payment order"),
            Part::BeforePapers => (EARLY, Planted, "before the inspection of the papers"),
            Part::BeforeRegister => (EARLY, Planted, "before the inspection of the register"),
            Part::ProgressBefore => (EARLY, Planted, "progress before any inspection"),
            Part::AdvanceBefore => (EARLY, Decoy, "an advance"),
            Part::TemporaryBefore => (EARLY, Decoy, "a temporary payment before the contract"),
            Part::WithoutStage => (EARLY, Decoy, "without a stage"),
            Part::OnTheSameDay => (EARLY, Decoy, "all on one day"),
            Part::NothingRegistered => (EARLY, Decoy, "neither contract nor inspection in the registers"),
            Part::DefectsOnly => (EARLY, Decoy, "an inspection for defects and one not passed"),
            Part::CreditNote => (EARLY, Decoy, "a credit note"),
        };
        let subject = match (scenario, job.payments.first()) {
            (ADVANCE, _) => vec![("advance_no", job.advance_no())],
            (EARLY, Some(payment)) => vec![
                ("unit_code", vendor::unit_code(&units, payment.unit)),
                ("vendor_no", vendor_no(payment.vendor)),
                ("contract_no", job.no.clone()),
                ("paid_on", iso(payment.paid_on)),
                ("currency", "KRW".to_owned()),
            ],
            _ => vec![("contract_no", job.no.clone())],
        };
        all.push(Truth::new(scenario, kind, story, &subject));
    }
    all
}
