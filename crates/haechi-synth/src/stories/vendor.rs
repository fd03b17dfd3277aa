//! Who is paid: the register of vendors, told and ordinary. Those told of stand first, area by area.

use chrono::Days;
use haechi_core::time::Day;

use super::contract::{self, Firm};
use super::{payment, split, works};
use crate::City;
use crate::people::{self, Group, Unit, account, name, resident_no};
use crate::random::Chance;
use crate::words::{PLACES, TRADES};

/// A vendor as the register has it.
#[derive(Clone, Debug)]
pub(crate) struct Vendor {
    pub(crate) name: String,
    /// Whether it is a firm with a business number; else it is a private person.
    pub(crate) business: bool,
    pub(crate) firm: Firm,
    pub(crate) opened_on: Day,
    /// By the tax service's answer.
    pub(crate) status: &'static str,
    pub(crate) suspended_on: Option<Day>,
    pub(crate) resumed_on: Option<Day>,
    pub(crate) closed_on: Option<Day>,
    /// Who represents the firm, or the person.
    pub(crate) owner: String,
    pub(crate) resident_no: String,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) accounts: Vec<Account>,
}

/// An account somebody is paid to, and its first and last day.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) no: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

/// Where those of the stories about divided contracts begin.
pub(crate) fn split_from(city: &City) -> u64 {
    contract::told(city)
}

/// Where those of the stories about carrying out contracts begin.
pub(crate) fn works_from(city: &City) -> u64 {
    split_from(city) + split::vendors(city)
}

/// Where those of the stories about payments begin.
pub(crate) fn payment_from(city: &City) -> u64 {
    works_from(city) + works::vendors(city)
}

/// How many vendors are told of.
pub(crate) fn told(city: &City) -> u64 {
    payment_from(city) + payment::vendors(city)
}

/// Firms of whom nothing is told.
pub(crate) fn firms(city: &City) -> u64 {
    400 + city.residents / 150
}

/// Firms that had closed before the first day and are paid no more.
pub(crate) fn gone(city: &City) -> u64 {
    firms(city) / 8
}

/// Private persons of whom nothing is told.
pub(crate) fn persons(city: &City) -> u64 {
    (city.residents / 20).min(90_000)
}

/// Where private persons begin; firms that had closed stand before them.
pub(crate) fn persons_from(city: &City) -> u64 {
    told(city) + firms(city) + gone(city)
}

/// How many the register holds.
pub(crate) fn all(city: &City) -> u64 {
    persons_from(city) + persons(city)
}

/// The business number of the vendor at `index`.
pub(crate) fn business_no(index: u64) -> String {
    people::business_no(9, index)
}

/// The code of a division.
pub(crate) fn unit_code(units: &[Unit], unit: u64) -> String {
    usize::try_from(unit).ok().and_then(|at| units.get(at)).map(|unit| unit.code.clone()).unwrap_or_default()
}

/// The name on the account of the vendor at `index`.
pub(crate) fn vendor_name(city: &City, index: u64) -> String {
    let mut chance = Chance::of(city.seed, "vendor", index);
    if index >= persons_from(city) && index < all(city) {
        return name(&mut chance);
    }
    format!("{}{} {index}", chance.pick(&PLACES), chance.pick(&TRADES))
}

/// The account the vendor at `index` is paid to.
pub(crate) fn paid_to(city: &City, index: u64) -> String {
    let told = (index < told(city)).then(|| vendor(city, index).accounts.into_iter().next());
    told.flatten().map_or_else(|| account("50", index), |account| account.no)
}

/// A firm's kind. Every tenth ordinary one is a women's firm, with a certificate that holds all the time.
pub(crate) fn firm(city: &City, index: u64) -> Firm {
    let from = Some(city.first() - Days::new(30 + index % 600));
    let women = Firm { kind: "여성기업", from, to: Some(city.last() + Days::new(300 + index % 600)) };
    let general = Firm { kind: "일반", from: None, to: None };
    match contract::firm(city, index) {
        Some(told) => told,
        None if split::is_special(city, index) => women,
        None if (told(city)..persons_from(city)).contains(&index) && index.is_multiple_of(10) => women,
        None => general,
    }
}

/// The vendor at `index` of the register.
pub(crate) fn vendor(city: &City, index: u64) -> Vendor {
    let mut chance = Chance::of(city.seed, "vendor-entry", index);
    let business = index < persons_from(city);
    let group = if business { Group::Representatives } else { Group::Creditors };
    // Some firms share a building with the one before, others the number of their head office; none shares both.
    let ordinary = index > told(city);
    let place = if ordinary && index % 40 == 3 { index - 1 } else { index };
    let phone = if ordinary && index % 60 == 7 { index - 1 } else { index };
    let mut one = Vendor {
        name: vendor_name(city, index),
        business,
        firm: firm(city, index),
        opened_on: city.first() - Days::new(900 + index % 4_000),
        status: if business { "계속사업자" } else { "" },
        suspended_on: None,
        resumed_on: None,
        closed_on: None,
        owner: name(&mut chance),
        resident_no: resident_no(city, group, index),
        address: format!("해치시 {}로{}번길 {}", PLACES[(place % 12) as usize], 1 + place / 12 % 90, 1 + place / 1_080),
        phone: format!("099-{:04}-{:04}", 1_000 + phone / 10_000, phone % 10_000),
        accounts: vec![Account { no: account("50", index), from: None, to: None }],
    };
    if !business {
        one.owner.clone_from(&one.name);
    } else if (told(city) + firms(city)..persons_from(city)).contains(&index) {
        (one.status, one.closed_on) = ("폐업자", Some(city.first() - Days::new(20 + chance.below(800))));
    } else if index >= told(city) && index % 23 == 5 {
        // Opened another account long ago.
        let since = city.first() - Days::new(200 + chance.below(600));
        one.accounts[0].from = Some(since);
        let before = Account { no: account("51", index), from: None, to: Some(since - Days::new(1)) };
        one.accounts.push(before);
    }
    if let Some(local) = index.checked_sub(payment_from(city))
        && let Some(role) = payment::role(city, local)
    {
        payment::dress(city, role, &mut one);
    } else if let Some(local) = index.checked_sub(split_from(city)) {
        split::dress(city, local, &mut one);
    }
    one
}
