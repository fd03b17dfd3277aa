//! What is planted and what only looks like it, area by area. Told from the words of the scenarios' READMEs.

pub(crate) mod access;
pub(crate) mod cast;
pub(crate) mod contract;
pub(crate) mod hr;
pub(crate) mod petition;
pub(crate) mod revenue;
pub(crate) mod welfare;

use crate::{City, Truth};

/// The truth about all areas.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let mut truth = hr::truth(city);
    truth.extend(access::truth(city));
    truth.extend(welfare::truth(city));
    truth.extend(petition::truth(city));
    truth.extend(revenue::truth(city));
    truth.extend(contract::truth(city));
    truth
}
