//! Local tax that vendors owe, or seem to: rows of the register of arrears, which the tax system writes.

use chrono::Days;
use haechi_core::time::Day;

use super::payment::{Part, Role, role, vendors};
use super::vendor;
use crate::City;

/// A levy a vendor owes, as the register of arrears has it.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    /// The number of the arrears, of nobody else's form.
    pub(crate) no: String,
    /// The payer's number in the tax system.
    pub(crate) payer_no: String,
    pub(crate) payer_name: String,
    /// The payer: a firm's business number, or a person's resident number.
    pub(crate) business_no: Option<String>,
    pub(crate) resident_no: Option<String>,
    /// The system's word: local tax, or non-tax revenue that came into this register.
    pub(crate) revenue: &'static str,
    pub(crate) levy: &'static str,
    pub(crate) due_on: Day,
    pub(crate) cleared_on: Option<Day>,
    pub(crate) deferred: Option<(Day, Option<Day>)>,
    pub(crate) stayed: Option<(Day, Option<Day>)>,
    pub(crate) amount: i64,
}

/// All that vendors owe.
pub(crate) fn rows(city: &City) -> Vec<Owed> {
    (0..vendors(city))
        .filter_map(|local| role(city, local))
        .filter(|role| role.slot == 0)
        .flat_map(|role| of(city, role))
        .collect()
}

fn of(city: &City, role: Role) -> Vec<Owed> {
    let day = role.day(city);
    let before = |days| day - Days::new(days);
    let index = role.vendor(city);
    let one = vendor::vendor(city, index);
    // A person owes under the resident number; what a representative owes is not the firm's.
    let person = !one.business || role.part == Part::RepresentativeOwes;
    let owed = Owed {
        no: format!("VA{index:07}-0"),
        payer_no: format!("L9{index:07}"),
        payer_name: if person { one.owner } else { one.name },
        business_no: (!person).then(|| vendor::business_no(index)),
        resident_no: person.then_some(one.resident_no),
        revenue: "지방세",
        levy: "재산세",
        due_on: before(120),
        cleared_on: None,
        deferred: None,
        stayed: None,
        amount: 1_240_000,
    };
    match role.part {
        Part::OwesTax
        | Part::PersonOwesTax
        | Part::CertificateGiven
        | Part::SetOff
        | Part::BelowTaxFloor
        | Part::RepresentativeOwes => vec![owed],
        Part::OwesTwoTaxes => {
            let second =
                Owed { no: format!("VA{index:07}-1"), levy: "지방소득세", due_on: before(45), ..owed.clone() };
            vec![owed, second]
        }
        Part::DeferralEnded => vec![Owed { deferred: Some((before(110), Some(before(20)))), ..owed }],
        Part::ClearedLater => vec![Owed { cleared_on: Some(day + Days::new(9)), ..owed }],
        Part::ClearedThatDay => vec![Owed { cleared_on: Some(day), ..owed }],
        Part::TaxDeferred => vec![Owed { deferred: Some((before(100), Some(day))), ..owed }],
        Part::TaxStayed => vec![Owed { stayed: Some((before(30), None)), ..owed }],
        Part::DueThatDay => vec![Owed { due_on: day, ..owed }],
        Part::OwesNonTax => vec![Owed { revenue: "세외수입", levy: "사용료", amount: 410_000, ..owed }],
        _ => Vec::new(),
    }
}
