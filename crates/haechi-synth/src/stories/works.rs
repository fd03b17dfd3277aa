//! Contracts and what becomes of them: how one is carried out, and what is told of advances, of delays, and of payments that
//! came too early.

use chrono::{Datelike as _, Days, Weekday};
use haechi_core::time::Day;

use super::contract::{Contract, contract_no, told_purpose};
use super::payment::Payment;
use super::{part_at, vendor};
use crate::people::{UNITS, units};
use crate::random::Chance;
use crate::truth::iso;
use crate::{City, Kind, Truth};

/// A change of a contract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) kind: &'static str,
    pub(crate) on: Day,
    pub(crate) ends_on: Option<Day>,
    pub(crate) reason: &'static str,
    pub(crate) change_amount: i64,
    /// The whole amount after it.
    pub(crate) amount: i64,
}

/// An inspection of what was done or delivered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inspection {
    pub(crate) kind: &'static str,
    pub(crate) requested_on: Day,
    pub(crate) on: Day,
    pub(crate) result: &'static str,
    pub(crate) amount: i64,
}

/// A contract and what became of it until the last day exported.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) no: String,
    pub(crate) vendor: u64,
    pub(crate) purpose: String,
    pub(crate) contract: Contract,
    /// Whether the register of contracts holds it.
    pub(crate) registered: bool,
    pub(crate) ends_on: Option<Day>,
    pub(crate) completed_on: Option<Day>,
    pub(crate) changes: Vec<Change>,
    pub(crate) inspections: Vec<Inspection>,
    /// Day and amount.
    pub(crate) advance: Option<(Day, i64)>,
    /// What was set off against the advance: kind, day, amount.
    pub(crate) settlements: Vec<(&'static str, Day, i64)>,
    pub(crate) payments: Vec<Payment>,
    /// Delay damages that were collected: day and amount.
    pub(crate) collected: Option<(Day, i64)>,
}

impl Job {
    /// A contract of which nothing became anything yet.
    pub(crate) fn new(no: String, vendor: u64, purpose: String, contract: Contract, ends_on: Day) -> Self {
        Self {
            no,
            vendor,
            purpose,
            contract,
            registered: true,
            ends_on: Some(ends_on),
            completed_on: None,
            changes: Vec::new(),
            inspections: Vec::new(),
            advance: None,
            settlements: Vec::new(),
            payments: Vec::new(),
            collected: None,
        }
    }

    /// A contract and its ordinary course: in time or extended, inspected, then paid; when it is late, damages are taken off.
    pub(crate) fn course(
        city: &City,
        no: String,
        vendor: u64,
        purpose: String,
        contract: Contract,
        chance: &mut Chance,
    ) -> Self {
        let large = contract.kind != "수의";
        let days = if large { 60 + chance.below(240) } else { 10 + chance.below(50) };
        let ends_on = city.open(contract.signed_on + Days::new(days));
        let mut job = Self::new(no, vendor, purpose, contract, ends_on);
        if contract.status == "취소" {
            return job;
        }
        let mut due = ends_on;
        match chance.below(100) {
            0..7 => {
                due = city.open(ends_on + Days::new(5 + chance.below(35)));
                let reason = chance.pick(&["장마로 공정 지연", "관련 공사와 일정 조정", "자재 수급 지연"]);
                let on = city.open_before(ends_on - Days::new(3 + chance.below(4)));
                job.change("기간변경", on, Some(due), reason, 0);
            }
            7..16 if large => {
                let by = job.amount() / 100 * chance.pick(&[-6, -4, 3, 5, 8]);
                let on = city.open(contract.signed_on + Days::new(days / 2));
                job.change("설계변경", on, None, "현장 여건에 따른 물량 조정", by);
            }
            _ => {}
        }
        let advances = large && contract.category != "물품" && chance.percent(60);
        let late = chance.percent(1);
        let done = if late {
            city.due(due, 3 + chance.below(9))
        } else {
            city.open_before(due - Days::new(chance.below(8))).max(city.due(contract.signed_on, 1))
        };
        let damages = if late { job.damages((done - due).num_days()) } else { 0 };
        let simple = job.clone();
        let salt = chance.below(1 << 32);
        let finish = |mut job: Self, advances| {
            let mut chance = Chance::of(city.seed, "course", salt);
            if advances {
                job.pay_ahead(city.due(contract.signed_on, 8 + chance.below(5)), chance.pick(&[30, 40, 50]));
            }
            if large && contract.category != "물품" {
                let parts = (1..).map(|at| contract.signed_on + Days::new(95 * at));
                for on in parts.take_while(|on| *on + Days::new(30) < done) {
                    job.progress(city, city.open(on), &mut chance);
                }
            }
            job.complete(city, done, damages, &mut chance);
            job
        };
        job = finish(job, advances);
        if job.payments.iter().any(|payment| (19_000_000..20_000_000).contains(&payment.amount)) {
            // Parts that come out just below the limit of one quote would be asked about; such a contract is paid otherwise.
            job = simple;
            job.complete(city, done, damages, &mut Chance::of(city.seed, "course", salt));
        }
        job.until(city.last());
        job
    }

    /// What is to be paid in all, after changes.
    pub(crate) fn amount(&self) -> i64 {
        self.changes.last().map_or(self.contract.estimated / 10 * 11, |change| change.amount)
    }

    fn damages(&self, days: i64) -> i64 {
        let rate = match self.contract.category {
            "물품" => 8,
            "용역" => 13,
            _ => 5,
        };
        self.amount() * days * rate / 10_000 / 10 * 10
    }

    fn change(&mut self, kind: &'static str, on: Day, ends_on: Option<Day>, reason: &'static str, by: i64) {
        let amount = self.amount() + by;
        self.changes.push(Change { kind, on, ends_on, reason, change_amount: by, amount });
    }

    fn paid(&self, day: Day, amount: i64, stage: &'static str) -> Payment {
        let object = if self.contract.category == "공사" { "401-01" } else { "201-01" };
        Payment {
            object,
            purpose: format!("{} {stage}", self.purpose).into(),
            contract_no: self.no.clone(),
            stage,
            certificate: true,
            ..Payment::new(self.contract.unit, self.vendor, day, amount)
        }
    }

    /// Pays a part of the amount, in percent, before there is work.
    fn pay_ahead(&mut self, on: Day, percent: i64) {
        let amount = self.amount() / 100 * percent / 100 * 100;
        self.advance = Some((on, amount));
        self.payments.push(self.paid(on, amount, "선금"));
    }

    /// A fifth is done, inspected and paid, and a fifth of the advance set off.
    fn progress(&mut self, city: &City, on: Day, chance: &mut Chance) {
        let share = self.amount() / 500 * 100;
        let seen = city.due(on, 1 + chance.below(4));
        let paid_on = city.due(seen, 2 + chance.below(3));
        let back = self.advance.map_or(0, |advance| advance.1 / 500 * 100);
        if back > 0 {
            self.settlements.push(("기성공제", paid_on, back));
        }
        self.inspections
            .push(Inspection { kind: "기성", requested_on: on, on: seen, result: "합격", amount: share });
        let paid =
            Payment {
                ordered_on: Some(paid_on), inspected_on: Some(seen), ..self.paid(paid_on, share - back, "기성")
            };
        self.payments.push(paid);
    }

    /// The work is done; it is inspected, and the rest is paid less the damages.
    fn complete(&mut self, city: &City, on: Day, damages: i64, chance: &mut Chance) {
        self.completed_on = Some(on);
        let kind = if self.contract.category == "물품" { "납품" } else { "준공" };
        let first = city.due(on, 1 + chance.below(4));
        let mut look = Inspection { kind, requested_on: on, on: first, result: "합격", amount: self.amount() };
        if chance.percent(2) {
            self.inspections.push(Inspection { result: "불합격", ..look });
            look.on = city.due(first, 2);
        }
        self.inspections.push(look);
        let ordered = city.due(look.on, 1 + chance.below(2));
        let paid_on = city.due(ordered, chance.below(3));
        if let Some((_, advanced)) = self.advance {
            let back: i64 = self.settlements.iter().map(|settled| settled.2).sum();
            self.settlements.push(("준공공제", paid_on, advanced - back));
        }
        let before: i64 = self.payments.iter().map(|payment| payment.amount).sum();
        let stage = if self.payments.is_empty() { "일괄" } else { "준공" };
        let inspected_on = chance.percent(80).then_some(look.on);
        let rest = self.paid(paid_on, self.amount() - before - damages, stage);
        self.payments.push(Payment { ordered_on: Some(ordered), inspected_on, damages, ..rest });
    }

    /// Forgets what comes after the last day exported.
    fn until(&mut self, last: Day) {
        self.completed_on = self.completed_on.filter(|on| *on <= last);
        self.changes.retain(|change| change.on <= last);
        self.inspections.retain(|inspection| inspection.on <= last);
        self.advance = self.advance.filter(|advance| advance.0 <= last);
        self.settlements.retain(|settled| settled.1 <= last);
        self.payments.retain(|payment| payment.paid_on <= last);
        self.collected = self.collected.filter(|collected| collected.0 <= last);
    }

    /// The state as the register has it.
    pub(crate) fn status(&self) -> &'static str {
        match self.contract.status {
            "취소" | "해지" => self.contract.status,
            _ if self.completed_on.is_some() => "완료",
            _ => "이행중",
        }
    }
}

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
            (ADVANCE, _) => vec![("advance_no", advance_no(&job.no))],
            (EARLY, Some(payment)) => vec![
                ("unit_code", vendor::unit_code(&units, payment.unit)),
                ("vendor_no", super::contract::vendor_no(payment.vendor)),
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

/// The number of a contract's advance.
pub(crate) fn advance_no(contract_no: &str) -> String {
    format!("AD{}", &contract_no[2..])
}
