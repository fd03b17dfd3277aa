//! Acquisition tax: after use approvals, registrations and sales of public property.

use chrono::TimeDelta;
use haechi_core::time::Day;

use super::tax::{Building, Levy, Permit, Relief, Sale, Thing};
use super::{part_at, tax_refund};
use crate::taxpayers::{Payer, building_no, parcel_no};
use crate::{City, Kind, Truth};

parts! {
    /// What is told of one approval or registration.
    enum Approved {
        NeverLevied,
        VehicleNeverLevied,
        LevyCancelled,
        ReducedOnly,
        OtherBuildingOfParcel,
        FirstConstruction,
        OthersOnParcel,
        PropertyTaxOnly,
        ByPermitNumber,
        ByBuildingOfTrust,
        ByParcel,
        UsedEarly,
        LeviedLate,
        Exempt,
        Revoked,
        Withdrawn,
        TemporaryBuilding,
        Waived,
        NotTaxable,
        NearEnd,
        VehicleByPayer,
        NothingToGoBy,
    }
}

parts! {
    /// What is told of one sale.
    enum Sold {
        NeverLevied,
        LastInstalment,
        LevyCancelled,
        ReducedOnly,
        OthersOnParcel,
        BeforeContract,
        Building,
        SeveralParcels,
        BalanceOpen,
        InstalmentsOpen,
        TaxedAtFirstInstalment,
        Waived,
        Cheap,
        Timber,
        LeviedLate,
        OneParcelTaxed,
        NearEnd,
        ByOtherNumber,
    }
}

/// A permit that is told of, and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct ToldPermit {
    pub(crate) permit: Permit,
    pub(crate) building: Option<Building>,
    pub(crate) levies: Vec<Levy>,
    pub(crate) reliefs: Vec<Relief>,
}

/// A sale that is told of, parcel by parcel.
#[derive(Clone, Debug)]
pub(crate) struct ToldSale {
    pub(crate) parcels: Vec<Sale>,
    pub(crate) levies: Vec<Levy>,
    pub(crate) reliefs: Vec<Relief>,
}

/// The parcels and buildings of those who are told of stand behind all others.
const THINGS: u64 = 90_000_000;

/// How many permits are told of.
pub(crate) fn permits_told(city: &City) -> u64 {
    Approved::ALL.len() as u64 * city.cases()
}

/// How many sales are told of.
pub(crate) fn sales_told(city: &City) -> u64 {
    Sold::ALL.len() as u64 * city.cases()
}

fn permit_no(index: u64) -> String {
    format!("UA-A{index:07}")
}

fn sale_no(index: u64) -> String {
    format!("PS-A{index:06}")
}

/// A return of acquisition tax, paid within sixty days of the acquisition or at once.
pub(crate) fn returned(no: String, payer: Payer, thing: Thing, acquired_on: Day, on: Day, amount: i64) -> Levy {
    let due_on = on.max(acquired_on + TimeDelta::days(60));
    Levy {
        no,
        kind: "취득세",
        payer,
        thing,
        acquired_on: Some(acquired_on),
        returned: true,
        levied_on: on,
        due_on,
        amount,
        status: "부과",
        cancelled_on: None,
    }
}

fn relief(no: String, kind: &'static str, payer: Payer, thing: Thing, on: Day) -> Relief {
    Relief { no, tax: "취득세", levy: String::new(), kind, payer, thing, on, amount: 1_240_000 }
}

/// The permit at `index`, if it is one that is told of.
pub(crate) fn permit(city: &City, index: u64) -> Option<ToldPermit> {
    let (part, case) = part_at(city, Approved::ALL, index)?;
    let place = tax_refund::told(city) + index;
    let (payer, things) = (Payer::Person(place), THINGS + place * 4);
    let vehicle = matches!(part, Approved::VehicleNeverLevied | Approved::VehicleByPayer);
    let on = match part {
        Approved::NearEnd => city.open_before(city.last() - TimeDelta::days(38)),
        _ => city.working_day(city.case_month(case), 11),
    };
    let thing = match part {
        Approved::VehicleNeverLevied | Approved::VehicleByPayer | Approved::NothingToGoBy => Thing::default(),
        _ => Thing { parcel: parcel_no(things), building: building_no(things), permit: String::new() },
    };
    let permit = Permit {
        no: permit_no(index),
        kind: if vehicle { "등록" } else { "사용승인" },
        payer: (part != Approved::NothingToGoBy).then_some(payer),
        thing: thing.clone(),
        on,
        area: if vehicle { 0 } else { 214 },
        exempt: part == Approved::Exempt,
        status: match part {
            Approved::Revoked => "취소",
            Approved::Withdrawn => "반려",
            _ => "유효",
        },
    };
    let temporary = part == Approved::TemporaryBuilding;
    let building = (!thing.building.is_empty()).then_some(Building {
        index: things,
        temporary,
        approved_on: on,
        area: permit.area,
        owner: payer,
    });
    let levy = |days: i64, payer, thing| {
        returned(format!("AQ-A{index:07}"), payer, thing, on, on + TimeDelta::days(days), 4_870_000)
    };
    let parcel = Thing { building: String::new(), ..thing.clone() };
    let levies = match part {
        Approved::LevyCancelled => {
            vec![Levy {
                status: "취소",
                cancelled_on: Some(on + TimeDelta::days(40)),
                ..levy(21, payer, thing.clone())
            }]
        }
        Approved::OtherBuildingOfParcel => {
            vec![levy(18, payer, Thing { building: building_no(things + 1), ..thing.clone() })]
        }
        Approved::FirstConstruction => vec![levy(-68, payer, thing.clone())],
        Approved::OthersOnParcel => vec![levy(25, payer.other(), parcel)],
        Approved::PropertyTaxOnly => {
            vec![Levy { kind: "재산세", returned: false, ..levy(30, payer, thing.clone()) }]
        }
        Approved::ByPermitNumber => {
            vec![levy(20, payer.other(), Thing { permit: permit_no(index), ..Thing::default() })]
        }
        Approved::ByBuildingOfTrust => vec![levy(33, payer.other(), thing.clone())],
        Approved::ByParcel => vec![levy(40, payer, parcel)],
        Approved::UsedEarly => vec![levy(-55, payer, thing.clone())],
        Approved::LeviedLate => vec![levy(95, payer, thing.clone())],
        Approved::VehicleByPayer => vec![levy(9, payer, Thing::default())],
        _ => Vec::new(),
    };
    let reliefs = match part {
        Approved::ReducedOnly => vec!["경감"],
        Approved::Waived => vec!["면제"],
        Approved::NotTaxable => vec!["비과세"],
        _ => Vec::new(),
    };
    let granted = |kind| relief(format!("RE-A{index:07}"), kind, payer, thing.clone(), on + TimeDelta::days(20));
    Some(ToldPermit { permit, building, levies, reliefs: reliefs.into_iter().map(granted).collect() })
}

/// The sale at `index`, if it is one that is told of.
pub(crate) fn sale(city: &City, index: u64) -> Option<ToldSale> {
    let (part, case) = part_at(city, Sold::ALL, index)?;
    let place = tax_refund::told(city) + permits_told(city) + index;
    let buyer = if part == Sold::ByOtherNumber { Payer::Trader(place) } else { Payer::Person(place) };
    let things = THINGS + place * 4;
    let sold_on = city.working_day(city.case_month(case), 9);
    let paid = match part {
        Sold::NearEnd => city.open_before(city.last() - TimeDelta::days(38)),
        _ => city.open(sold_on + TimeDelta::days(45)),
    };
    let parcel = |at: u64| Thing { parcel: parcel_no(things + at), ..Thing::default() };
    let first = if part == Sold::Building {
        Thing { parcel: parcel_no(things), building: building_no(things), permit: String::new() }
    } else {
        parcel(0)
    };
    let one = Sale {
        no: sale_no(index),
        kind: match part {
            Sold::Building => "건물",
            Sold::Timber => "입목",
            _ => "토지",
        },
        thing: first.clone(),
        buyer,
        sold_on,
        balance_paid_on: (!matches!(part, Sold::BalanceOpen | Sold::InstalmentsOpen)).then_some(paid),
        instalments: matches!(part, Sold::LastInstalment | Sold::InstalmentsOpen | Sold::TaxedAtFirstInstalment),
        amount: if part == Sold::Cheap { 480_000 } else { 86_000_000 },
    };
    let several = matches!(part, Sold::SeveralParcels | Sold::OneParcelTaxed);
    let parcels = if several { vec![one.clone(), Sale { thing: parcel(1), ..one }] } else { vec![one] };
    let levy = |on: Day, payer, thing| returned(format!("AQ-B{index:07}"), payer, thing, paid, on, 3_956_000);
    let after = |days: i64| paid + TimeDelta::days(days);
    let levies = match part {
        Sold::LevyCancelled => {
            vec![Levy { status: "취소", cancelled_on: Some(after(30)), ..levy(after(12), buyer, first.clone()) }]
        }
        Sold::OthersOnParcel => vec![levy(after(17), buyer.other(), first.clone())],
        Sold::BeforeContract => vec![levy(sold_on - TimeDelta::days(15), buyer, first.clone())],
        Sold::TaxedAtFirstInstalment => vec![levy(sold_on + TimeDelta::days(10), buyer, first.clone())],
        Sold::LeviedLate => vec![levy(after(80), buyer, first.clone())],
        Sold::OneParcelTaxed => vec![levy(after(22), buyer, parcel(1))],
        Sold::ByOtherNumber => vec![levy(after(24), Payer::Firm(place), first.clone())],
        _ => Vec::new(),
    };
    let reliefs = match part {
        Sold::ReducedOnly => vec!["경감"],
        Sold::Waived => vec!["면제"],
        _ => Vec::new(),
    };
    let granted = |kind| relief(format!("RE-B{index:07}"), kind, buyer, first.clone(), after(20));
    Some(ToldSale { parcels, levies, reliefs: reliefs.into_iter().map(granted).collect() })
}

/// The truth about acquisitions.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    let mut all = Vec::new();
    for index in 0..permits_told(city) {
        let Some((part, _)) = part_at(city, Approved::ALL, index) else { continue };
        let (kind, story) = match part {
            Approved::NeverLevied => (Planted, "never levied"),
            Approved::VehicleNeverLevied => (Planted, "a vehicle, never levied"),
            Approved::LevyCancelled => (Planted, "the only levy was cancelled"),
            Approved::ReducedOnly => (Planted, "reduced, and no levy for the rest"),
            Approved::OtherBuildingOfParcel => (Planted, "a levy on another building of the parcel"),
            Approved::FirstConstruction => (Planted, "a levy of the first construction"),
            Approved::OthersOnParcel => (Planted, "another's levy on the parcel"),
            Approved::PropertyTaxOnly => (Planted, "another tax only"),
            Approved::ByPermitNumber => (Decoy, "a levy that names the permit"),
            Approved::ByBuildingOfTrust => (Decoy, "levied on a trust"),
            Approved::ByParcel => (Decoy, "levied on the parcel"),
            Approved::UsedEarly => (Decoy, "used and taxed before the approval"),
            Approved::LeviedLate => (Decoy, "levied late"),
            Approved::Exempt => (Decoy, "exempt"),
            Approved::Revoked => (Decoy, "revoked"),
            Approved::Withdrawn => (Decoy, "withdrawn"),
            Approved::TemporaryBuilding => (Decoy, "a temporary building"),
            Approved::Waived => (Decoy, "waived"),
            Approved::NotTaxable => (Decoy, "not taxable"),
            Approved::NearEnd => (Decoy, "too near the end of the levies"),
            Approved::VehicleByPayer => (Decoy, "a vehicle, by its payer"),
            Approved::NothingToGoBy => (Decoy, "nothing to go by"),
        };
        all.push(Truth::new("tax.use-approval-without-levy", kind, story, &[("permit_no", permit_no(index))]));
    }
    for index in 0..sales_told(city) {
        let Some((part, _)) = part_at(city, Sold::ALL, index) else { continue };
        let (kind, story) = match part {
            Sold::NeverLevied => (Planted, "never levied"),
            Sold::LastInstalment => (Planted, "never levied, by instalments"),
            Sold::LevyCancelled => (Planted, "the only levy was cancelled"),
            Sold::ReducedOnly => (Planted, "reduced, and no levy for the rest"),
            Sold::OthersOnParcel => (Planted, "another's levy on the parcel"),
            Sold::BeforeContract => (Planted, "a levy of before the contract"),
            Sold::Building => (Planted, "a building, never levied"),
            Sold::SeveralParcels => (Planted, "several parcels, never levied"),
            Sold::BalanceOpen => (Decoy, "the balance is open"),
            Sold::InstalmentsOpen => (Decoy, "instalments go on"),
            Sold::TaxedAtFirstInstalment => (Decoy, "taxed at the first instalment"),
            Sold::Waived => (Decoy, "waived"),
            Sold::Cheap => (Decoy, "below the exempt price"),
            Sold::Timber => (Decoy, "timber"),
            Sold::LeviedLate => (Decoy, "levied late"),
            Sold::OneParcelTaxed => (Decoy, "one of several parcels was taxed"),
            Sold::NearEnd => (Decoy, "too near the end of the levies"),
            Sold::ByOtherNumber => (Decoy, "levied under the business number"),
        };
        all.push(Truth::new("tax.land-sale-without-levy", kind, story, &[("sale_no", sale_no(index))]));
    }
    all
}
