//! Registers of others that systems ask: the tax service's answers about firms, and who is abroad.

use std::path::Path;

use chrono::Days;
use haechi_core::time::Day;

use super::{register, sheet, subsidy, vendors};
use crate::export::{Export, Form, Written};
use crate::people::{Group, resident_no};
use crate::random::Chance;
use crate::stories::subsidy as stories;
use crate::{City, SynthError};

/// What the tax service answers for one firm. `Standing::default()` has no word for its state.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// In the service's words.
    pub(crate) status: &'static str,
    pub(crate) opened_on: Option<Day>,
    pub(crate) suspended_on: Option<Day>,
    pub(crate) resumed_on: Option<Day>,
    pub(crate) closed_on: Option<Day>,
}

/// Writes all registers.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    done(businesses(city, out)?);
    done(stays_abroad(city, out)?);
    Ok(())
}

/// Each system that knows firms gives those it asks about. No two give the same number.
fn businesses(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &["사업자등록번호", "사업자상태", "개업일", "휴업일", "재개업일", "폐업일", "조회일"];
    let name = register(city, "nts-business-status");
    let mut file = sheet(Form::Utf8Mark, out, "synth-business-status", &name, "사업자 상태 조회 결과", header)?;
    let mut line = |business: &str, one: Standing| business_line(&mut file, city.last(), business, one);
    vendors::businesses(city, &mut line)?;
    subsidy::businesses(city, &mut line)?;
    file.finish()
}

fn business_line(file: &mut Export, checked_on: Day, business: &str, one: Standing) -> Result<(), SynthError> {
    file.texts(&[business, one.status]).day(one.opened_on).day(one.suspended_on).day(one.resumed_on);
    file.day(one.closed_on).day(checked_on).end()
}

fn stays_abroad(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &["자료번호", "주민등록번호", "출국일", "입국일"];
    let name = register(city, "haengbok-stays-abroad");
    let mut file = sheet(Form::Cp949Compact, out, "synth-stay-abroad", &name, "국외 체류자 자료 (해치시)", header)?;
    for (at, (resident, from, to)) in stories::stays_abroad(city).enumerate() {
        file.texts(&[&format!("X9{at:07}"), &resident]).day(from).day(to).end()?;
    }
    // Two of a thousand go away for long in a month.
    for index in 0..city.residents * 2 * city.months as u64 / 1_000 {
        let mut chance = Chance::of(city.seed, "abroad", index);
        let from = city.first() - Days::new(120) + Days::new(chance.below(30 * city.months as u64 + 100));
        // Most stays are holidays and business; every fifth is work or study.
        let back = from + Days::new(20 + chance.below(if index.is_multiple_of(5) { 700 } else { 60 }));
        let resident = resident_no(city, Group::Citizens, index);
        file.texts(&[&format!("X{index:08}"), &resident]).day(from);
        file.day(Some(back).filter(|back| *back <= city.last())).end()?;
    }
    file.finish()
}
