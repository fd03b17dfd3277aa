//! Who pays local tax, and what they own.

use chrono::Days;
use haechi_core::time::Day;

use crate::City;
use crate::people::{Group, business_no, name, resident_no};
use crate::random::Chance;
use crate::words::{PLACES, TRADES};

/// The tax office of all firms that pay here; it does not exist.
const OFFICE: u64 = 8;

/// Somebody who pays local tax. Each kind is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payer {
    Person(u64),
    Firm(u64),
    /// A person who trades under a business number: known by both numbers.
    Trader(u64),
}

impl Payer {
    /// The number the tax system gives.
    pub(crate) fn no(self) -> String {
        match self {
            Self::Person(index) | Self::Trader(index) => format!("L1{index:08}"),
            Self::Firm(index) => format!("L2{index:08}"),
        }
    }

    pub(crate) fn name(self, city: &City) -> String {
        match self {
            Self::Person(index) | Self::Trader(index) => name(&mut Chance::of(city.seed, "taxpayer", index)),
            Self::Firm(index) => {
                let mut chance = Chance::of(city.seed, "tax-firm", index);
                format!("{}{} {index}", chance.pick(&PLACES), chance.pick(&TRADES))
            }
        }
    }

    /// The resident number, or nothing.
    pub(crate) fn resident_no(self, city: &City) -> String {
        match self {
            Self::Person(index) | Self::Trader(index) => resident_no(city, Group::Taxpayers, index),
            Self::Firm(_) => String::new(),
        }
    }

    /// The business number, or nothing.
    pub(crate) fn business_no(self) -> String {
        match self {
            Self::Person(_) => String::new(),
            Self::Firm(index) | Self::Trader(index) => business_no(OFFICE, index),
        }
    }

    /// The account refunds go to.
    pub(crate) fn account(self) -> String {
        match self {
            Self::Person(index) | Self::Trader(index) => crate::people::account("41", index),
            Self::Firm(index) => crate::people::account("42", index),
        }
    }

    /// Somebody else who pays nothing here.
    pub(crate) fn other(self) -> Self {
        const OTHERS: u64 = 1_000_000;
        match self {
            Self::Person(index) | Self::Trader(index) => Self::Person(OTHERS + index),
            Self::Firm(index) => Self::Firm(OTHERS / 2 + index),
        }
    }
}

/// How many persons of whom nothing is told pay: the heads of households.
pub(crate) fn persons(city: &City) -> u64 {
    city.residents * 45 / 100
}

/// How many firms of which nothing is told pay.
pub(crate) fn firms(city: &City) -> u64 {
    city.residents * 6 / 100
}

/// Those who pay and of whom nothing is told; the told ones stand before them.
pub(crate) fn ordinary(city: &City) -> impl Iterator<Item = Payer> {
    let told = crate::stories::tax::told(city);
    let persons = (told..told + persons(city)).map(Payer::Person);
    persons.chain((told..told + firms(city)).map(Payer::Firm))
}

/// One of them; of ten, nine are persons.
pub(crate) fn any(city: &City, chance: &mut Chance) -> Payer {
    let told = crate::stories::tax::told(city);
    if chance.percent(90) {
        Payer::Person(told + chance.below(persons(city)))
    } else {
        Payer::Firm(told + chance.below(firms(city)))
    }
}

/// The day on which an ordinary payer died, and the day the register knew: seven of ten thousand in a month.
pub(crate) fn death(city: &City, payer: Payer) -> Option<(Day, Day)> {
    let Payer::Person(index) = payer else { return None };
    let mut chance = Chance::of(city.seed, "taxpayer-death", index);
    let month = usize::try_from(chance.below(10_000) / 7).ok().filter(|month| *month < city.months)?;
    let died = city.on(month, 1 + chance.below(31));
    Some((died, died + Days::new(3 + chance.below(22))))
}

/// How many buildings stood before the first month.
pub(crate) fn old_buildings(city: &City) -> u64 {
    city.residents * 16 / 100
}

/// The nineteen digits of a parcel: an area that is nowhere, ordinary land, main and sub number.
pub(crate) fn parcel_no(index: u64) -> String {
    format!("{}1{:04}{:04}", area_code(index), 1 + index / 20 % 9_000, index / 180_000)
}

/// The ten digits of the area a parcel lies in.
pub(crate) fn area_code(index: u64) -> String {
    format!("99990{}00", 101 + index % 20)
}

/// The number of a building.
pub(crate) fn building_no(index: u64) -> String {
    format!("99990-{index:09}")
}
