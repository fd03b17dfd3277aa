//! What the report counts: findings by scenario, unit and month, rows by file. Money is never summed across currencies.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike as _, Months};
use haechi_core::chart::ColumnChart;
use haechi_core::finding::{Finding, Severity};
use haechi_core::ids::ScenarioId;
use haechi_core::money::{Currency, Money};
use haechi_core::run_report::{Outcome, RunReport, ScenarioRun};
use haechi_core::time::Day;

use super::ReportError;
use super::input::{LoadSummary, ReportInput};

/// How many findings, and the money in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) at_risk: BTreeMap<Currency, i64>,
}

impl Tally {
    pub(super) fn add(&mut self, finding: &Finding) {
        self.count += 1;
        if let (Some(amount), Some(currency)) = (finding.amount, finding.currency) {
            let sum = self.at_risk.entry(currency).or_default();
            *sum = sum.saturating_add(amount);
        }
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        for (currency, amount) in &other.at_risk {
            let sum = self.at_risk.entry(*currency).or_default();
            *sum = sum.saturating_add(*amount);
        }
    }

    /// The sums, a currency each.
    pub(super) fn money(&self) -> impl Iterator<Item = Money> + '_ {
        self.at_risk.iter().map(|(currency, amount)| Money { amount: *amount, currency: *currency })
    }

    /// The sum in `currency`, if any finding has one.
    pub(super) fn in_currency(&self, currency: Currency) -> Option<Money> {
        self.at_risk.get(&currency).map(|amount| Money { amount: *amount, currency })
    }

    fn rank(&self) -> (Reverse<u64>, Reverse<i64>) {
        (Reverse(self.count), Reverse(self.at_risk.values().copied().max().unwrap_or(0)))
    }
}

/// The findings of one scenario: severest first, then the largest amount, then the key.
pub(super) struct Group<'a> {
    pub(super) run: &'a ScenarioRun,
    pub(super) tally: Tally,
    pub(super) findings: Vec<&'a Finding>,
}

/// The findings of one unit; `None` is no unit.
pub(super) struct OfUnit<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) tally: Tally,
}

/// The findings of one month, named by its first day.
pub(super) struct OfMonth {
    pub(super) first: Day,
    pub(super) tally: Tally,
}

/// Rows over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) rows_in: u64,
    pub(super) rows_out: u64,
    pub(super) rejected: u64,
    pub(super) set_aside: u64,
}

/// How many scenarios ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcomes {
    pub(super) findings: u64,
    pub(super) clean: u64,
    pub(super) not_judged: u64,
    pub(super) failed: u64,
}

/// Everything counted.
pub(super) struct Figures<'a> {
    pub(super) all: Tally,
    /// Counts of high, medium and low.
    pub(super) severities: [(Severity, u64); 3],
    /// Findings only the audit office may see first.
    pub(super) audit_first: u64,
    /// The currencies in any finding.
    pub(super) currencies: Vec<Currency>,
    /// Scenarios with findings: severest first, then the most findings, then the id.
    pub(super) groups: Vec<Group<'a>>,
    /// The units asked most.
    pub(super) units: Vec<OfUnit<'a>>,
    /// How many units are not among them, and their findings.
    pub(super) other_units: Option<(u64, Tally)>,
    /// Months without a gap, at most as many as are drawn, the latest.
    pub(super) months: Vec<OfMonth>,
    /// Findings before those months.
    pub(super) earlier: u64,
    /// Findings without a date.
    pub(super) undated: u64,
    pub(super) outcomes: Outcomes,
    pub(super) rows: Rows,
}

/// So many units are named; the rest is counted together.
const UNITS_NAMED: usize = 15;

impl<'a> Figures<'a> {
    pub(super) fn of(input: &'a ReportInput) -> Result<Self, ReportError> {
        let findings = &input.findings;
        let given = findings.len() as u64;
        if input.run.findings != given {
            return Err(ReportError::Incomplete { stated: input.run.findings, given });
        }
        let mut all = Tally::default();
        for finding in findings {
            all.add(finding);
        }
        let groups = groups(&input.run, findings)?;
        let (units, other_units) = units(findings);
        let (months, earlier, undated) = months(findings);
        let severity = |wanted| findings.iter().filter(|finding| finding.severity == wanted).count() as u64;
        Ok(Self {
            severities: [Severity::High, Severity::Medium, Severity::Low].map(|wanted| (wanted, severity(wanted))),
            audit_first: groups.iter().filter(|group| group.is_audit_first()).map(|group| group.tally.count).sum(),
            currencies: all.at_risk.keys().copied().collect(),
            all,
            groups,
            units,
            other_units,
            months,
            earlier,
            undated,
            outcomes: outcomes(&input.run),
            rows: rows(&input.loads),
        })
    }
}

impl Group<'_> {
    pub(super) fn is_audit_first(&self) -> bool {
        self.run.notify == haechi_core::run_report::Notify::AuditFirst
    }
}

fn groups<'a>(run: &'a RunReport, findings: &'a [Finding]) -> Result<Vec<Group<'a>>, ReportError> {
    let mut by_id: BTreeMap<&ScenarioId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_id.entry(&finding.scenario.id).or_default().push(finding);
    }
    let mut groups = Vec::new();
    for scenario in &run.scenarios {
        let Some(mut findings) = by_id.remove(&scenario.scenario.id) else { continue };
        findings.sort_by_key(|finding| {
            (
                Reverse(finding.severity),
                finding.currency.is_none(),
                finding.currency,
                Reverse(finding.amount),
                finding.key,
            )
        });
        let mut tally = Tally::default();
        findings.iter().for_each(|finding| tally.add(finding));
        groups.push(Group { run: scenario, tally, findings });
    }
    if let Some(id) = by_id.into_keys().next() {
        return Err(ReportError::Stranger { scenario: id.clone() });
    }
    groups
        .sort_by_key(|group| (Reverse(group.run.severity), Reverse(group.tally.count), group.run.scenario.id.clone()));
    Ok(groups)
}

fn units(findings: &[Finding]) -> (Vec<OfUnit<'_>>, Option<(u64, Tally)>) {
    let mut by_code: BTreeMap<Option<&str>, Tally> = BTreeMap::new();
    for finding in findings {
        by_code.entry(finding.responsible.unit_code.as_deref()).or_default().add(finding);
    }
    let mut units: Vec<_> = by_code.into_iter().map(|(code, tally)| OfUnit { code, tally }).collect();
    units.sort_by_key(|unit| (unit.tally.rank(), unit.code));
    if units.len() <= UNITS_NAMED {
        return (units, None);
    }
    let rest = units.split_off(UNITS_NAMED);
    let mut tally = Tally::default();
    rest.iter().for_each(|unit| tally.join(&unit.tally));
    (units, Some((rest.len() as u64, tally)))
}

/// The months, how many findings lie before them, and how many have no date.
fn months(findings: &[Finding]) -> (Vec<OfMonth>, u64, u64) {
    let mut by_month: BTreeMap<Day, Tally> = BTreeMap::new();
    let mut undated = 0;
    for finding in findings {
        match finding.occurred_on.and_then(|day| day.with_day(1)) {
            Some(first) => by_month.entry(first).or_default().add(finding),
            None => undated += 1,
        }
    }
    let (Some(oldest), Some(latest)) = (by_month.keys().next().copied(), by_month.keys().next_back().copied()) else {
        return (Vec::new(), 0, undated);
    };
    let mut months = Vec::new();
    let mut first = latest;
    while months.len() < ColumnChart::MOST && first >= oldest {
        months.push(OfMonth { first, tally: by_month.remove(&first).unwrap_or_default() });
        let Some(before) = first.checked_sub_months(Months::new(1)) else { break };
        first = before;
    }
    months.reverse();
    (months, by_month.values().map(|tally| tally.count).sum(), undated)
}

fn outcomes(run: &RunReport) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for scenario in &run.scenarios {
        *match scenario.outcome {
            Outcome::Findings { .. } => &mut outcomes.findings,
            Outcome::Clean { .. } => &mut outcomes.clean,
            Outcome::CannotBeJudged { .. } => &mut outcomes.not_judged,
            Outcome::Failed { .. } => &mut outcomes.failed,
        } += 1;
    }
    outcomes
}

fn rows(loads: &[LoadSummary]) -> Rows {
    loads.iter().fold(Rows::default(), |rows, load| Rows {
        rows_in: rows.rows_in + load.rows_in,
        rows_out: rows.rows_out + load.rows_out,
        rejected: rows.rejected + load.rejected,
        set_aside: rows.set_aside + load.set_aside,
    })
}
