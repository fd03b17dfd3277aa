//! What is planted and what only looks like it, area by area. Told from the words of the scenarios' READMEs.

/// An enum of the parts that are told, and all of them in the order in which they stand in a register.
macro_rules! parts {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($part:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($part),+ }

        impl $name {
            $vis const ALL: &'static [Self] = &[$(Self::$part),+];
        }
    };
}

pub(crate) mod access;
pub(crate) mod card;
pub(crate) mod cast;
pub(crate) mod contract;
pub(crate) mod hr;
pub(crate) mod job;
pub(crate) mod payment;
pub(crate) mod petition;
pub(crate) mod revenue;
pub(crate) mod split;
pub(crate) mod subsidy;
pub(crate) mod tax;
pub(crate) mod tax_acquisition;
pub(crate) mod tax_refund;
pub(crate) mod treasury;
pub(crate) mod vendor;
pub(crate) mod vendor_arrears;
pub(crate) mod welfare;
pub(crate) mod works;

use crate::{City, Truth, systems};

/// The part that stands at `index` where the parts follow one another, case by case, and in which case.
fn part_at<P: Copy>(city: &City, parts: &[P], index: u64) -> Option<(P, u64)> {
    let (case, at) = (index / parts.len() as u64, index % parts.len() as u64);
    let part = parts.get(usize::try_from(at).ok()?)?;
    (case < city.cases()).then_some((*part, case))
}

/// The truth about all areas.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let mut truth = hr::truth(city);
    truth.extend(access::truth(city));
    truth.extend(welfare::truth(city));
    truth.extend(petition::truth(city));
    truth.extend(revenue::truth(city));
    truth.extend(contract::truth(city));
    truth.extend(tax::truth(city));
    truth.extend(split::truth(city));
    truth.extend(works::truth(city));
    truth.extend(payment::truth(city));
    truth.extend(treasury::truth(city));
    truth.extend(card::truth(city, systems::card::places(city), systems::card::place_name));
    truth.extend(subsidy::truth(city));
    truth
}
