//! Ten months of card expenses, one file a month.

use std::collections::{BTreeMap, HashSet};

use chrono::Datelike as _;
use haechi_core::time::Day;

use super::SampleFile;
use super::chance::Chance;
use super::days::{days, dotted};
use super::sheet::{Sheet, won};
use super::town::Town;
use super::words::{DISHES, PLACES, PURPOSES, UNCOUNTED};

/// Months with a ledger, January to October.
pub(super) const MONTHS: usize = 10;

/// One card expense before it is written.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) no: String,
    pub(super) day: Day,
    /// Minutes since midnight, where the time is known.
    pub(super) minute: Option<u32>,
    pub(super) unit: usize,
    pub(super) place: usize,
    pub(super) purpose: &'static str,
    pub(super) attendees: String,
    pub(super) amount: i64,
    /// Which of the unit's two cards; none is cash.
    pub(super) card: Option<usize>,
    /// Stands in the file instead of the day or of the amount, and cannot be read.
    pub(super) broken: Option<Broken>,
    /// One of the three payments that the correction makes one.
    pub(super) first_split: bool,
}

/// What cannot be read of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Broken {
    Day,
    Amount,
}

/// All card expenses, and what was told in them.
#[derive(Debug)]
pub(super) struct CardLedger {
    pub(super) months: [Vec<Use>; MONTHS],
    /// Findings by scenario.
    pub(super) told: BTreeMap<&'static str, u32>,
    pub(super) chance: Chance,
    pub(super) workdays: Vec<Day>,
    pub(super) days_off: Vec<Day>,
    pub(super) units: usize,
    /// Readable rows still to be written.
    pub(super) left: u32,
    taken: HashSet<(usize, usize, Day)>,
}

impl CardLedger {
    /// The ledger of `rows` readable rows.
    pub(super) fn new(town: &Town, seed: u64, rows: u32) -> Self {
        let mut ledger = Self {
            months: Default::default(),
            told: BTreeMap::new(),
            chance: Chance::new(seed, 2),
            workdays: days(false),
            days_off: days(true),
            units: town.units.len(),
            left: rows,
            taken: HashSet::new(),
        };
        ledger.stories(town, rows);
        while ledger.left > 0 {
            ledger.ordinary(town);
        }
        ledger.unreadable(town);
        for (month, uses) in (1..).zip(&mut ledger.months) {
            uses.sort_by_key(|one| (one.day, one.minute, one.unit));
            for (no, one) in (1..).zip(uses) {
                one.no = format!("2026-{month:02}-{no:05}");
            }
        }
        ledger
    }

    /// A unit, place and day of `among` where nothing happened yet; then it counts as taken.
    pub(super) fn fresh(&mut self, among: &[Day]) -> (usize, usize, Day) {
        let mut found = (0, 0, among[0]);
        for _ in 0..64 {
            // Some places are liked better than others.
            let places = PLACES.len() * DISHES.len();
            let place = self.chance.below(places).min(self.chance.below(places));
            found = (self.chance.below(self.units), place, self.chance.pick(among));
            if self.taken.insert(found) {
                break;
            }
        }
        found
    }

    /// Takes this place and day for the unit.
    pub(super) fn take(&mut self, unit: usize, place: usize, day: Day) -> bool {
        self.taken.insert((unit, place, day))
    }

    /// Books `one` in the ledger of `month`, where a row is left.
    pub(super) fn book(&mut self, month: u32, one: Use) {
        if let Some(uses) = self.months.get_mut(month as usize - 1) {
            uses.push(one);
            self.left = self.left.saturating_sub(1);
        }
    }

    /// An expense at noon or in the evening with so many people that nobody asks.
    pub(super) fn usual(&mut self, town: &Town, at: (usize, usize, Day), amount: i64) -> Use {
        let (unit, place, day) = at;
        let people = amount / 30_000 + 2 + self.chance.amount(0, 3, 1);
        let minute = match self.chance.below(10) {
            0..=4 => self.chance.amount(11 * 60 + 30, 13 * 60, 1),
            5..=7 => self.chance.amount(18 * 60, 20 * 60 + 50, 1),
            _ => self.chance.amount(9 * 60, 17 * 60, 1),
        };
        Use {
            no: String::new(),
            day,
            minute: u32::try_from(minute).ok(),
            unit,
            place,
            purpose: self.chance.pick(&PURPOSES),
            attendees: self.attendees(town, unit, people),
            amount,
            card: Some(self.chance.below(2)),
            broken: None,
            first_split: false,
        }
    }

    /// A text that says how many people there were.
    pub(super) fn attendees(&mut self, town: &Town, unit: usize, people: i64) -> String {
        let name = town.units[unit].name;
        match self.chance.below(4) {
            0 => format!("직원 {people}명"),
            1 => format!("{name} 직원 등 {people}명"),
            2 => format!("{name} 팀장외 {}인", people - 1),
            _ if name.ends_with('과') => format!("{name}장 외 {}명", people - 1),
            _ => format!("{name} 외 {}명", people - 1),
        }
    }

    fn ordinary(&mut self, town: &Town) {
        let workdays = std::mem::take(&mut self.workdays);
        let at = self.fresh(&workdays);
        self.workdays = workdays;
        let kind = self.chance.below(100);
        let one = match kind {
            0 => {
                // A large meeting, its people named: at or above the limit, and nothing to ask.
                let people = self.chance.amount(26, 45, 1);
                let amount = people * self.chance.amount(20_000, 35_000, 500);
                let attendees = self.attendees(town, at.0, people);
                Use { attendees, ..self.usual(town, at, amount) }
            }
            1..=12 => {
                let amount = self.chance.amount(5_000, 150_000, 500);
                let attendees = self.chance.pick(&UNCOUNTED).to_owned();
                Use { attendees, ..self.usual(town, at, amount) }
            }
            _ => {
                let people = self.chance.amount(2, 13, 1);
                let amount = people * self.chance.amount(8_000, 36_000, 500);
                let attendees = self.attendees(town, at.0, people);
                Use { attendees, ..self.usual(town, at, amount) }
            }
        };
        let minute = if self.chance.percent(3) { None } else { one.minute };
        let card = if self.chance.percent(3) { None } else { one.card };
        self.book(at.2.month(), Use { minute, card, ..one });
    }

    /// Rows nobody can read, a few in a month that has some hundreds: they come on top of the readable ones.
    fn unreadable(&mut self, town: &Town) {
        for month in 0..MONTHS {
            let many = (self.months[month].len() / 400).min(3);
            for at in 0..many {
                let one = self.months[month][at * 7].clone();
                let usual = self.usual(town, (one.unit, one.place, one.day), 84_000);
                let broken = Some(if at == 1 { Broken::Amount } else { Broken::Day });
                self.months[month].push(Use { broken, ..usual });
            }
        }
    }

    /// Makes one payment of the first split one.
    pub(super) fn correct(&mut self) {
        let uses = &mut self.months[2];
        let amount: i64 = uses.iter().filter(|one| one.first_split).map(|one| one.amount).sum();
        let mut first = true;
        uses.retain_mut(|one| {
            if !one.first_split {
                return true;
            }
            one.amount = amount;
            "총무과장 외 17명".clone_into(&mut one.attendees);
            std::mem::take(&mut first)
        });
    }

    /// The ten files.
    pub(super) fn files(&self, town: &Town) -> Vec<SampleFile> {
        (1..).take(MONTHS).map(|month| self.month(town, month)).collect()
    }

    /// The file of one month, counted from 1.
    pub(super) fn month(&self, town: &Town, month: usize) -> SampleFile {
        let uses = self.months.get(month - 1).map_or(&[][..], Vec::as_slice);
        let mut sheet = Sheet::titled(&format!("해치시 업무추진비 집행내역 (2026년 {month}월)"));
        let mut line = [""; 14];
        line[13] = "(단위: 원)";
        sheet.line(&line);
        sheet.line(&[
            "사용번호",
            "집행연도",
            "집행월",
            "부서코드",
            "부서명",
            "사용자번호",
            "카드번호",
            "사용일자",
            "사용시각",
            "사용장소",
            "집행목적",
            "집행대상",
            "결제방법",
            "집행금액",
        ]);
        for (at, one) in uses.iter().enumerate() {
            if at == uses.len() / 2 {
                sheet.line(&[""; 14]);
            }
            sheet.line(&cells(town, month, one));
        }
        let total = won(uses.iter().filter(|one| one.broken.is_none()).map(|one| one.amount).sum());
        let mut line = [""; 14];
        (line[0], line[13]) = ("합계", &total);
        sheet.line(&line);
        SampleFile { mapping: "sample-card-expense", name: format!("card-2026-{month:02}.csv"), bytes: sheet.cp949() }
    }
}

fn cells(town: &Town, month: usize, one: &Use) -> [String; 14] {
    let unit = &town.units[one.unit];
    let card = one.card.and_then(|nth| town.cards.get(one.unit + nth * town.units.len()));
    let holder = card.map_or_else(|| town.person_of(one.unit, 1), |card| &town.people[card.holder]);
    // The two card companies write times in two ways.
    let time = one.minute.map_or_else(String::new, |minute| match (minute / 60, minute % 60, one.card) {
        (hour, minute, Some(1)) => {
            let half = if hour < 12 { "오전" } else { "오후" };
            format!("{half} {}:{minute:02}", (hour + 11) % 12 + 1)
        }
        (hour, minute, _) => format!("{hour:02}시 {minute:02}분"),
    });
    let method = match (one.card, one.amount % 2_000) {
        (Some(0), _) => "카드",
        (Some(_), _) => "법인카드",
        (None, 0) => "현금",
        (None, _) => "계좌이체",
    };
    let (mut day, mut amount) = (dotted(one.day), won(one.amount));
    match one.broken {
        Some(Broken::Day) => day = format!("2026.{month:02}.32."),
        Some(Broken::Amount) => "확인중".clone_into(&mut amount),
        None => {}
    }
    [
        one.no.clone(),
        "2026".to_owned(),
        month.to_string(),
        unit.code.clone(),
        unit.name.to_owned(),
        holder.no.clone(),
        card.map(|card| card.no.clone()).unwrap_or_default(),
        day,
        time,
        format!("{}{}", PLACES[one.place % PLACES.len()], DISHES[one.place / PLACES.len() % DISHES.len()]),
        one.purpose.to_owned(),
        one.attendees.clone(),
        method.to_owned(),
        amount,
    ]
}
