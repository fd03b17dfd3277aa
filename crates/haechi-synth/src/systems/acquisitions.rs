//! What is built, registered, sold and traded, and the acquisition tax that follows: the ordinary and the told.

use chrono::TimeDelta;
use haechi_core::time::Day;

use crate::City;
use crate::random::Chance;
use crate::stories::tax::{Building, Levy, Permit, Relief, Sale, Thing};
use crate::stories::tax_acquisition::{self as told, ToldPermit, ToldSale, returned};
use crate::taxpayers::{Payer, any, building_no, old_buildings, parcel_no};

/// How many of each kind a month has.
struct Month {
    approvals: u64,
    registrations: u64,
    others: u64,
    trades: u64,
    sales: u64,
}

fn month_of(city: &City) -> Month {
    Month {
        approvals: 2 + city.residents * 12 / 100_000,
        registrations: 5 + city.residents * 35 / 10_000,
        others: 4 + city.residents / 1_000,
        trades: 6 + city.residents * 25 / 10_000,
        sales: 2 + city.residents / 25_000,
    }
}

/// What belongs to one permit.
pub(crate) struct Permitted {
    pub(crate) permit: Permit,
    pub(crate) building: Option<Building>,
    levies: Vec<Levy>,
    reliefs: Vec<Relief>,
}

impl From<ToldPermit> for Permitted {
    fn from(told: ToldPermit) -> Self {
        Self { permit: told.permit, building: told.building, levies: told.levies, reliefs: told.reliefs }
    }
}

/// Those who are told of.
fn told_permits(city: &City) -> impl Iterator<Item = Permitted> {
    (0..told::permits_told(city)).filter_map(|index| told::permit(city, index).map(Into::into))
}

/// All permits of the register, the told ones first.
pub(crate) fn permits(city: &City) -> impl Iterator<Item = Permitted> {
    told_permits(city).chain((0..city.months).flat_map(|month| permits_of(city, month)))
}

fn permits_of(city: &City, month: usize) -> impl Iterator<Item = Permitted> {
    let many = month_of(city);
    let days = city.working_days(month);
    (0..many.approvals + many.registrations + many.others).map(move |at| {
        let mut chance = Chance::of(city.seed, "permitted", month as u64 * 1_000_000 + at);
        let on = chance.pick(&days);
        let payer = any(city, &mut chance);
        let place = month as u64 * 100_000 + at;
        if at < many.approvals {
            approval(city, place, on, payer, &mut chance)
        } else if at < many.approvals + many.registrations {
            registration(place, on, payer, &mut chance)
        } else {
            other(place, on, payer, &mut chance)
        }
    })
}

fn approval(city: &City, place: u64, on: Day, payer: Payer, chance: &mut Chance) -> Permitted {
    let things = 10_000_000 + place;
    let thing = Thing { parcel: parcel_no(things), building: building_no(things), permit: String::new() };
    let area = chance.between(60, 900);
    let no = format!("UA-{place:08}");
    let permit = Permit {
        no: no.clone(),
        kind: "사용승인",
        payer: Some(payer),
        thing: thing.clone(),
        on,
        area,
        exempt: false,
        status: "유효",
    };
    let building = Some(Building { index: things, temporary: false, approved_on: on, area, owner: payer });
    let mut made = Permitted { permit, building, levies: Vec::new(), reliefs: Vec::new() };
    let days = match chance.below(100) {
        0..3 => {
            made.permit.exempt = true;
            return made;
        }
        3..6 => {
            let on = on + TimeDelta::days(chance.between(5, 50));
            let kind = chance.pick(&["면제", "비과세"]);
            made.reliefs.push(settled(format!("RE-{place:08}"), kind, payer, thing, on, area * 18_000));
            return made;
        }
        // Used before it was approved.
        6..12 => -chance.between(1, 50),
        // Late, but it came.
        12..18 if on + TimeDelta::days(112) < city.last() => chance.between(62, 110),
        _ => chance.between(1, 57),
    };
    let (payer, thing) = match chance.below(10) {
        0..5 => (payer, Thing { permit: no, ..thing }),
        5..7 => (payer, thing),
        // A trust or another of several owners.
        7 => (any(city, chance), thing),
        _ => (payer, Thing { building: String::new(), ..thing }),
    };
    made.levies.push(returned(format!("AQ-{place:08}"), payer, thing, on, on + TimeDelta::days(days), area * 61_000));
    made
}

fn registration(place: u64, on: Day, payer: Payer, chance: &mut Chance) -> Permitted {
    let no = format!("VR-{place:08}");
    let thing = Thing::default();
    let permit = Permit {
        no: no.clone(),
        kind: "등록",
        payer: Some(payer),
        thing: thing.clone(),
        on,
        area: 0,
        exempt: false,
        status: "유효",
    };
    let mut made = Permitted { permit, building: None, levies: Vec::new(), reliefs: Vec::new() };
    let price = chance.between(60, 520) * 10_000;
    let named = Thing { permit: no, ..thing.clone() };
    match chance.below(100) {
        0..5 => made.reliefs.push(settled(format!("RE-{place:08}"), "면제", payer, named, on, price)),
        drawn => {
            let thing = if drawn < 75 { named } else { thing };
            let paid = on + TimeDelta::days(chance.between(0, 20));
            made.levies.push(returned(format!("AQ-{place:08}"), payer, thing, on, paid, price));
        }
    }
    made
}

/// What no acquisition tax follows at once.
fn other(place: u64, on: Day, payer: Payer, chance: &mut Chance) -> Permitted {
    let things = 10_000_000 + place;
    let thing = Thing { parcel: parcel_no(things), ..Thing::default() };
    let kind = chance.pick(&["건축허가", "가설건축물", "영업신고", "영업신고", "영업신고", "전용"]);
    let area = chance.between(20, 400);
    let no = format!("BP-{place:08}");
    let permit = Permit { no, kind, payer: Some(payer), thing, on, area, exempt: false, status: "유효" };
    Permitted { permit, building: None, levies: Vec::new(), reliefs: Vec::new() }
}

fn settled(no: String, kind: &'static str, payer: Payer, thing: Thing, on: Day, amount: i64) -> Relief {
    Relief { no, tax: "취득세", levy: String::new(), kind, payer, thing, on, amount: amount / 1_000 * 1_000 }
}

/// What belongs to one sale.
pub(crate) struct SoldOut {
    pub(crate) parcels: Vec<Sale>,
    levies: Vec<Levy>,
    reliefs: Vec<Relief>,
}

impl From<ToldSale> for SoldOut {
    fn from(told: ToldSale) -> Self {
        Self { parcels: told.parcels, levies: told.levies, reliefs: told.reliefs }
    }
}

/// All sales of public property, the told ones first.
pub(crate) fn sales(city: &City) -> impl Iterator<Item = SoldOut> {
    let told = (0..told::sales_told(city)).filter_map(|index| told::sale(city, index).map(Into::into));
    told.chain((0..city.months).flat_map(|month| sales_of(city, month)))
}

fn sales_of(city: &City, month: usize) -> impl Iterator<Item = SoldOut> {
    let days = city.working_days(month);
    (0..month_of(city).sales).map(move |at| {
        let mut chance = Chance::of(city.seed, "sale", month as u64 * 1_000 + at);
        let place = month as u64 * 1_000 + at;
        let things = 20_000_000 + place;
        let buyer = any(city, &mut chance);
        let sold_on = chance.pick(&days);
        let instalments = chance.percent(15);
        let wait = if instalments { chance.between(90, 300) } else { chance.between(20, 70) };
        let paid = city.open(sold_on + TimeDelta::days(wait));
        let kind = chance.pick(&["토지", "토지", "토지", "토지", "건물", "입목"]);
        let building = if kind == "건물" { building_no(things) } else { String::new() };
        let thing = Thing { parcel: parcel_no(things), building, permit: String::new() };
        let amount = chance.between(70, 4_000) * 100_000;
        let from = if instalments && chance.percent(40) { sold_on } else { paid };
        let taxed = from + TimeDelta::days(chance.between(1, 57));
        let no = format!("AQ-S{place:07}");
        let levy = (kind != "입목").then(|| returned(no, buyer, thing.clone(), paid, taxed, amount * 46 / 1_000));
        let sale = Sale {
            no: format!("PS-{place:07}"),
            kind,
            thing,
            buyer,
            sold_on,
            balance_paid_on: (paid <= city.last()).then_some(paid),
            instalments,
            amount,
        };
        SoldOut { parcels: vec![sale], levies: levy.into_iter().collect(), reliefs: Vec::new() }
    })
}

/// The acquisition taxes levied in a month.
pub(crate) fn levies(city: &City, month: usize) -> Vec<Levy> {
    let (first, last) = (city.month(month), city.month_end(month));
    let mut all: Vec<Levy> = told_permits(city).flat_map(|one| one.levies).collect();
    // A return comes from two months before to four after an approval.
    for month in month.saturating_sub(4)..(month + 3).min(city.months) {
        all.extend(permits_of(city, month).flat_map(|one| one.levies));
    }
    all.extend(sales(city).flat_map(|one| one.levies));
    let days = city.working_days(month);
    for at in 0..month_of(city).trades {
        let mut chance = Chance::of(city.seed, "trade", month as u64 * 1_000_000 + at);
        let (on, payer) = (chance.pick(&days), any(city, &mut chance));
        let things = chance.below(old_buildings(city));
        let thing = Thing { parcel: parcel_no(things), building: building_no(things), permit: String::new() };
        let no = format!("AQ-T{:03}{at:06}", month);
        let acquired = on - TimeDelta::days(chance.between(0, 40));
        all.push(returned(no, payer, thing, acquired, on, chance.between(80, 2_400) * 10_000));
    }
    all.retain(|levy| levy.levied_on >= first && levy.levied_on <= last);
    all
}

/// The reliefs from acquisition tax granted in a month.
pub(crate) fn reliefs(city: &City, month: usize) -> Vec<Relief> {
    let (first, last) = (city.month(month), city.month_end(month));
    let mut all: Vec<Relief> = told_permits(city).flat_map(|one| one.reliefs).collect();
    for month in month.saturating_sub(2)..=month {
        all.extend(permits_of(city, month).flat_map(|one| one.reliefs));
    }
    all.extend(sales(city).flat_map(|one| one.reliefs));
    all.retain(|relief| relief.on >= first && relief.on <= last);
    all
}
