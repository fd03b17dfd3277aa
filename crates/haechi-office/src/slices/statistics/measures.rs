//! What is counted, from rows alone.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::time::Moment;

use crate::slices::cases::{CaseFigures, CaseSums};

/// The measures of some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measures {
    /// Cases that were opened.
    pub(crate) opened: u64,
    /// Of them answered (조치·소명): an answer stands, or stood when it was closed.
    pub(crate) answered: u64,
    /// Approved (승인).
    pub(crate) approved: u64,
    /// Confirmed (확인): closed.
    pub(crate) confirmed: u64,
    /// Open and past due.
    pub(crate) late: u64,
    /// Closed as corrected.
    pub(crate) corrected: u64,
    /// Closed as explained.
    pub(crate) explained: u64,
    /// Closed as excluded.
    pub(crate) excluded: u64,
    /// Closed as referred elsewhere.
    pub(crate) referred: u64,
    /// Steps up the report line that were taken.
    pub(crate) steps: u64,
    /// Cases of somebody of whom the same rule had asked before in the period.
    pub(crate) repeats: u64,
    /// Cases whose account, card or unit belongs to nobody.
    pub(crate) unmapped: u64,
    /// Money per currency: came back, levied in addition, not paid out.
    pub(crate) money: BTreeMap<String, [i64; 3]>,
    /// How many of those that were closed took so many hours from opening to closing, begun ones whole: hours and cases, in order of hours.
    hours: Vec<(i64, u64)>,
}

/// A share in thousandths, with the ends of its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// In thousandths.
    pub(crate) share: u64,
    /// The least it is likely to be.
    pub(crate) least: u64,
    /// The most.
    pub(crate) most: u64,
}

impl Measures {
    /// Counts `rows` as they stand at `now`.
    pub(crate) fn of<'a>(rows: impl IntoIterator<Item = &'a CaseFigures>, now: Moment) -> Self {
        let mut this = Self::default();
        let (mut asked, mut hours) = (BTreeSet::new(), BTreeMap::<i64, u64>::new());
        let mut rows: Vec<&CaseFigures> = rows.into_iter().collect();
        rows.sort_by_key(|row| row.opened_at);
        for row in rows {
            this.opened += 1;
            let is_closed = row.state == "closed";
            this.answered += u64::from(row.answered_at.is_some() || is_closed);
            this.approved += u64::from(row.approved_at.is_some() || is_closed);
            this.confirmed += u64::from(is_closed);
            this.late += u64::from(!is_closed && row.due_at.is_some_and(|due| due < now));
            match row.outcome.as_deref().filter(|_| is_closed) {
                Some("corrected") => this.corrected += 1,
                Some("explained") => this.explained += 1,
                Some("excluded") => this.excluded += 1,
                Some("referred") => this.referred += 1,
                _ => {}
            }
            this.steps += u64::try_from(row.steps).unwrap_or(0);
            if let Some(person) = row.named {
                this.repeats += u64::from(!asked.insert((person, row.scenario.as_str())));
            }
            this.unmapped += u64::from(matches!(row.routed_why.as_str(), "unmapped" | "unknown-unit"));
            let money = [row.recovered, row.levied, row.prevented];
            if money.iter().any(Option::is_some) {
                let sums = this.money.entry(row.currency.clone().unwrap_or_else(|| "KRW".to_owned())).or_default();
                for (sum, amount) in sums.iter_mut().zip(money) {
                    *sum = sum.saturating_add(amount.unwrap_or(0));
                }
            }
            if let Some(at) = row.closed_at.filter(|_| is_closed) {
                *hours.entry(((at - row.opened_at).num_minutes() + 59) / 60).or_default() += 1;
            }
        }
        this.hours = hours.into_iter().collect();
        this
    }

    /// What the database counted already, of one government.
    pub(crate) fn of_sums(sums: &CaseSums) -> Self {
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        let mut this = Self::default();
        for rule in &sums.rules {
            this.opened += count(rule.opened);
            this.answered += count(rule.answered);
            this.approved += count(rule.approved);
            this.confirmed += count(rule.confirmed);
            this.late += count(rule.late);
            this.corrected += count(rule.corrected);
            this.explained += count(rule.explained);
            this.excluded += count(rule.excluded);
            this.referred += count(rule.referred);
            this.steps += count(rule.steps);
            this.repeats += count(rule.naming - rule.persons);
            this.unmapped += count(rule.unmapped);
        }
        for money in &sums.money {
            this.money.insert(money.currency.clone(), [money.recovered, money.levied, money.prevented]);
        }
        this.hours = sums.hours.iter().map(|row| (row.hours, count(row.closed))).collect();
        this.hours.sort_unstable();
        this
    }

    /// Takes what was counted of others' cases in.
    pub(crate) fn add(&mut self, other: &Self) {
        self.opened += other.opened;
        self.answered += other.answered;
        self.approved += other.approved;
        self.confirmed += other.confirmed;
        self.late += other.late;
        self.corrected += other.corrected;
        self.explained += other.explained;
        self.excluded += other.excluded;
        self.referred += other.referred;
        self.steps += other.steps;
        self.repeats += other.repeats;
        self.unmapped += other.unmapped;
        for (currency, amounts) in &other.money {
            let sums = self.money.entry(currency.clone()).or_default();
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(*amount);
            }
        }
        let mut hours: BTreeMap<i64, u64> = std::mem::take(&mut self.hours).into_iter().collect();
        for (hour, closed) in &other.hours {
            *hours.entry(*hour).or_default() += closed;
        }
        self.hours = hours.into_iter().collect();
    }

    /// Answered of what was opened, in thousandths; none where nothing was.
    pub(crate) fn answered_rate(&self) -> Option<u64> {
        rate(self.answered, self.opened)
    }

    /// Approved of what was opened.
    pub(crate) fn approved_rate(&self) -> Option<u64> {
        rate(self.approved, self.opened)
    }

    /// Confirmed of what was opened.
    pub(crate) fn confirmed_rate(&self) -> Option<u64> {
        rate(self.confirmed, self.opened)
    }

    /// Excluded of what was closed.
    pub(crate) fn exclusion_rate(&self) -> Option<u64> {
        rate(self.excluded, self.confirmed)
    }

    /// Corrected or referred of what was closed, with the 95 % interval of Wilson: how often the rule asked rightly.
    pub(crate) fn precision(&self) -> Option<Share> {
        let (right, all) = (self.corrected + self.referred, self.confirmed);
        let share = rate(right, all)?;
        let (n, p) = (all as f64, right as f64 / all as f64);
        let z = 1.959_964_f64;
        let middle = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + z * z / n;
        let end = |value: f64| (value / whole * 1_000.0).round().clamp(0.0, 1_000.0) as u64;
        Some(Share { share, least: end(middle - half), most: end(middle + half) })
    }

    /// Hours from opening to closing that half of what was closed, or nine in ten, did not exceed (nearest rank).
    pub(crate) fn hours(&self, percent: u64) -> Option<i64> {
        let rank = (self.hours.iter().map(|(_, closed)| closed).sum::<u64>() * percent).div_ceil(100);
        let mut so_far = 0;
        self.hours.iter().find_map(|(hours, closed)| {
            so_far += closed;
            (so_far >= rank).then_some(*hours)
        })
    }
}

fn rate(part: u64, whole: u64) -> Option<u64> {
    (part * 1_000 + whole / 2).checked_div(whole)
}

/// Rows by what `key` says of them, those with the most rows first.
pub(crate) fn grouped<K: Ord + Clone>(
    rows: &[CaseFigures],
    now: Moment,
    key: impl Fn(&CaseFigures) -> K,
) -> Vec<(K, Measures)> {
    let mut groups: BTreeMap<K, Vec<&CaseFigures>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|(key, rows)| (key, Measures::of(rows, now))).collect();
    groups.sort_by_key(|(_, measures)| std::cmp::Reverse(measures.opened));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32) -> Moment {
        chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, 0, 0).unwrap().and_utc()
    }

    fn row() -> CaseFigures {
        CaseFigures {
            scenario: "card.split-payment".to_owned(),
            title_ko: String::new(),
            title_en: String::new(),
            unit: None,
            state: "with_handler".to_owned(),
            outcome: None,
            severity: "low".to_owned(),
            opened_at: at(2, 0),
            answered_at: None,
            approved_at: None,
            closed_at: None,
            due_at: Some(at(11, 9)),
            named: None,
            routed_why: "duty".to_owned(),
            currency: Some("KRW".to_owned()),
            recovered: None,
            levied: None,
            prevented: None,
            steps: 0,
            waits_for: None,
        }
    }

    fn closed(outcome: &str, hours: i64) -> CaseFigures {
        let closed_at = Some(at(2, 0) + chrono::TimeDelta::hours(hours));
        CaseFigures {
            state: "closed".to_owned(),
            outcome: Some(outcome.to_owned()),
            closed_at,
            answered_at: closed_at,
            approved_at: closed_at,
            due_at: None,
            ..row()
        }
    }

    #[test]
    fn the_three_rates_are_of_what_was_opened_and_exclusion_and_precision_of_what_was_closed() {
        let answered = CaseFigures { answered_at: Some(at(3, 0)), state: "with_manager".to_owned(), ..row() };
        let rows = [row(), answered, closed("corrected", 24), closed("excluded", 48)];
        let measures = Measures::of(&rows, at(12, 0));
        assert_eq!((measures.opened, measures.answered, measures.approved, measures.confirmed), (4, 3, 2, 2));
        assert_eq!((measures.answered_rate(), measures.approved_rate()), (Some(750), Some(500)));
        assert_eq!((measures.exclusion_rate(), measures.late), (Some(500), 2));
        // Of two closed one was right: 9.5 to 90.5 % (Wilson), as any calculator of proportions says.
        assert_eq!(measures.precision(), Some(Share { share: 500, least: 95, most: 905 }));
        let nothing = Measures::of(&[], at(12, 0));
        assert_eq!((nothing.answered_rate(), nothing.precision(), nothing.hours(50)), (None, None, None));
    }

    #[test]
    fn half_and_nine_in_ten_are_the_nearest_rank_and_money_is_summed_per_currency() {
        let mut rows: Vec<CaseFigures> = (1..=10).map(|hours| closed("corrected", hours)).collect();
        rows[0].recovered = Some(50_000);
        rows[1].recovered = Some(20_000);
        rows[1].prevented = Some(5);
        rows[2].currency = Some("GBP".to_owned());
        rows[2].levied = Some(7);
        let measures = Measures::of(&rows, at(12, 0));
        assert_eq!((measures.hours(50), measures.hours(90)), (Some(5), Some(9)));
        let money = [("GBP".to_owned(), [0, 7, 0]), ("KRW".to_owned(), [70_000, 0, 5])];
        assert_eq!(measures.money, money.into());
    }

    #[test]
    fn the_same_rule_asking_the_same_person_again_is_a_repetition() {
        let person = crate::ids::PersonId::new();
        let of = |scenario: &str| CaseFigures { named: Some(person), scenario: scenario.to_owned(), ..row() };
        let rows = [of("card.duplicate"), of("card.duplicate"), of("card.holiday"), of("card.duplicate"), row(), row()];
        assert_eq!(Measures::of(&rows, at(3, 0)).repeats, 2);
        let groups = grouped(&rows, at(3, 0), |row| row.scenario.clone());
        assert_eq!(
            groups.iter().map(|(key, of)| (key.as_str(), of.opened)).collect::<Vec<_>>(),
            [("card.duplicate", 3), ("card.split-payment", 2), ("card.holiday", 1)]
        );
    }
}
