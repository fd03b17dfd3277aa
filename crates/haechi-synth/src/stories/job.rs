//! A contract and what becomes of it: how one is carried out, changed, inspected, paid, and settled.

use chrono::Days;
use haechi_core::time::Day;

use super::contract::Contract;
use super::payment::Payment;
use crate::City;
use crate::random::Chance;

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
        let mut straight = job.clone();
        let mut twin = chance.clone();
        if advances {
            job.pay_ahead(city.due(contract.signed_on, 8 + chance.below(5)), chance.pick(&[30, 40, 50]));
        }
        if large && contract.category != "물품" {
            let parts = (1..).map(|at| contract.signed_on + Days::new(95 * at));
            for on in parts.take_while(|on| *on + Days::new(30) < done) {
                job.progress(city, city.open(on), chance);
            }
        }
        job.complete(city, done, damages, chance);
        if job.payments.iter().any(|payment| (19_000_000..20_000_000).contains(&payment.amount)) {
            // Parts that come out just below the limit of one quote would be asked about; such a contract is paid at once.
            straight.complete(city, done, damages, &mut twin);
            job = straight;
        }
        job.until(city.last());
        job
    }

    /// The number of the contract's advance.
    pub(crate) fn advance_no(&self) -> String {
        format!("AD{}", &self.no[2..])
    }

    /// What is to be paid in all, after changes.
    pub(crate) fn amount(&self) -> i64 {
        self.changes.last().map_or(self.contract.estimated / 10 * 11, |change| change.amount)
    }

    pub(super) fn damages(&self, days: i64) -> i64 {
        let rate = match self.contract.category {
            "물품" => 8,
            "용역" => 13,
            _ => 5,
        };
        self.amount() * days * rate / 10_000 / 10 * 10
    }

    pub(super) fn change(&mut self, kind: &'static str, on: Day, ends_on: Option<Day>, reason: &'static str, by: i64) {
        let amount = self.amount() + by;
        self.changes.push(Change { kind, on, ends_on, reason, change_amount: by, amount });
    }

    pub(super) fn paid(&self, day: Day, amount: i64, stage: &'static str) -> Payment {
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
    pub(super) fn pay_ahead(&mut self, on: Day, percent: i64) {
        let amount = self.amount() / 100 * percent / 100 * 100;
        self.advance = Some((on, amount));
        self.payments.push(self.paid(on, amount, "선금"));
    }

    /// A fifth is done, inspected and paid, and a fifth of the advance set off.
    pub(super) fn progress(&mut self, city: &City, on: Day, chance: &mut Chance) {
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
    pub(super) fn complete(&mut self, city: &City, on: Day, damages: i64, chance: &mut Chance) {
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
    pub(super) fn until(&mut self, last: Day) {
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
