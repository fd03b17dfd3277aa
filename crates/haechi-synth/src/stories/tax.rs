//! Local tax: the records that are told of, and whose they are.

use haechi_core::time::Day;

use super::{tax_acquisition, tax_refund};
use crate::taxpayers::Payer;
use crate::{City, Truth};

/// What a levy, a relief or a permit is about. What is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) parcel: String,
    pub(crate) building: String,
    pub(crate) permit: String,
}

/// A levy or a return.
#[derive(Clone, Debug)]
pub(crate) struct Levy {
    pub(crate) no: String,
    pub(crate) kind: &'static str,
    pub(crate) payer: Payer,
    pub(crate) thing: Thing,
    pub(crate) acquired_on: Option<Day>,
    /// A return, filed on the day it counts as levied.
    pub(crate) returned: bool,
    pub(crate) levied_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: i64,
    pub(crate) status: &'static str,
    pub(crate) cancelled_on: Option<Day>,
}

/// A relief.
#[derive(Clone, Debug)]
pub(crate) struct Relief {
    pub(crate) no: String,
    pub(crate) tax: &'static str,
    pub(crate) levy: String,
    pub(crate) kind: &'static str,
    pub(crate) payer: Payer,
    pub(crate) thing: Thing,
    pub(crate) on: Day,
    /// In won; a multiple of a thousand.
    pub(crate) amount: i64,
}

/// A permit, approval or registration.
#[derive(Clone, Debug)]
pub(crate) struct Permit {
    pub(crate) no: String,
    pub(crate) kind: &'static str,
    pub(crate) payer: Option<Payer>,
    pub(crate) thing: Thing,
    pub(crate) on: Day,
    pub(crate) area: i64,
    pub(crate) exempt: bool,
    pub(crate) status: &'static str,
}

/// A building.
#[derive(Clone, Debug)]
pub(crate) struct Building {
    pub(crate) index: u64,
    pub(crate) temporary: bool,
    pub(crate) approved_on: Day,
    pub(crate) area: i64,
    pub(crate) owner: Payer,
}

/// One parcel or building of a sale of public property.
#[derive(Clone, Debug)]
pub(crate) struct Sale {
    pub(crate) no: String,
    pub(crate) kind: &'static str,
    pub(crate) thing: Thing,
    pub(crate) buyer: Payer,
    pub(crate) sold_on: Day,
    pub(crate) balance_paid_on: Option<Day>,
    pub(crate) instalments: bool,
    pub(crate) amount: i64,
}

/// A refund and how its account was entered.
#[derive(Clone, Debug)]
pub(crate) struct Refund {
    pub(crate) no: String,
    pub(crate) tax: &'static str,
    pub(crate) levy: String,
    pub(crate) payer: Payer,
    pub(crate) reason: &'static str,
    pub(crate) fixed: (Day, i64),
    pub(crate) paid_on: Option<Day>,
    pub(crate) account: String,
    pub(crate) amount: i64,
    pub(crate) setoff: i64,
    pub(crate) entries: Vec<Entry>,
}

/// An account that was entered for a refund.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: (Day, i64),
    pub(crate) account: String,
    pub(crate) owner: Payer,
    pub(crate) receiver: &'static str,
}

/// A levy in arrears.
#[derive(Clone, Debug)]
pub(crate) struct Arrear {
    pub(crate) levy: String,
    pub(crate) tax: &'static str,
    pub(crate) payer: Payer,
    pub(crate) due_on: Day,
    pub(crate) cleared_on: Option<Day>,
    pub(crate) deferred: Option<(Day, Option<Day>)>,
    pub(crate) stayed: Option<(Day, Option<Day>)>,
    pub(crate) amount: i64,
}

/// A receipt against a levy.
#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    pub(crate) levy: String,
    pub(crate) tax: &'static str,
    pub(crate) payer: Payer,
    pub(crate) kind: &'static str,
    pub(crate) on: Day,
    pub(crate) amount: i64,
}

/// How many payers are told of. They stand first: refunds, then permits, then sales.
pub(crate) fn told(city: &City) -> u64 {
    tax_refund::told(city) + tax_acquisition::permits_told(city) + tax_acquisition::sales_told(city)
}

/// The truth about local tax.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    let mut all = tax_acquisition::truth(city);
    all.extend(tax_refund::truth(city));
    all
}
