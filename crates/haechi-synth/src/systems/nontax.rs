//! The system of non-tax revenue: levies, arrears and seizures.

use std::path::Path;

use chrono::Days;
use haechi_core::time::Day;

use super::permits::{permit, permits};
use super::{code, month_words, monthly, register, sheet};
use crate::export::{Form, Written};
use crate::people::{Unit, employee, name, units};
use crate::random::Chance;
use crate::stories::revenue::{self, Arrear, Names, Seizure, debtors_told, payer_no, permit_no};
use crate::{City, SynthError};

/// Other levies by the system's word, and what they come to at least and at most, in thousands of won.
const LEVIES: [(&str, i64, i64); 7] = [
    ("교통유발부담금", 100, 3_000),
    ("과태료", 32, 120),
    ("이행강제금", 500, 9_000),
    ("과징금", 300, 5_000),
    ("변상금", 50, 900),
    ("사용료", 5, 400),
    ("공유재산 대부료", 60, 2_500),
];

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    for month in 0..city.months {
        done(levies(city, out, &units, month)?);
    }
    let (arrears, seizures) = arrears(city, out, &units)?;
    done(arrears);
    done(seizures);
    Ok(())
}

/// How the system writes files.
const FORM: Form = Form::Cp949Compact;

fn levies(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "부과번호",
        "부과종류",
        "부과연도",
        "부과부서코드",
        "담당자번호",
        "허가번호",
        "납부자번호",
        "납부자명",
        "부과일",
        "납부기한",
        "부과액",
        "상태",
    ];
    let title = format!("해치시 세외수입 부과 내역 ({})", month_words(city, month));
    let mut file = sheet(FORM, out, "synth-fee-levy", &monthly(city, "sewoe-levies", month), &title, header)?;
    let (first, last) = (city.month(month), city.month_end(month));
    let officer = employee(city, 27 + crate::people::UNITS * 2).no;
    let mut total = 0;
    for index in 0..permits(city) {
        for (year, on, status) in permit(city, index).levies {
            if on < first || on > last {
                continue;
            }
            let mut chance = Chance::of(city.seed, "road-fee", index);
            let amount = chance.between(3, 180) * 10_000;
            file.texts(&[&format!("R{year}-{index:06}"), "도로점용료"]).number(i64::from(year));
            file.texts(&[code(units, 27), &officer, &permit_no(index), &format!("Q{index:07}"), &name(&mut chance)]);
            file.day(on).day(on + Days::new(30)).won(amount).text(status).end()?;
            total += amount;
        }
    }
    let days = city.working_days(month);
    for at in 0..city.residents * 4 / 100 {
        let mut chance = Chance::of(city.seed, "levy", month as u64 * 1_000_000 + at);
        let (kind, least, most) = chance.pick(&LEVIES);
        let on: Day = chance.pick(&days);
        let unit = 24 + chance.below(10);
        let amount = chance.between(least, most) * 1_000;
        let status = if chance.percent(2) { "감액" } else { "부과" };
        file.texts(&[&format!("N{}-{at:06}", first.format("%Y%m")), kind]).text(&on.format("%Y").to_string());
        let officer = employee(city, unit + crate::people::UNITS * 2).no;
        file.texts(&[code(units, unit), &officer, "", &format!("C{at:07}"), &name(&mut chance)]);
        file.day(on).day(on + Days::new(30)).won(amount).text(status).end()?;
        total += amount;
    }
    file.texts(&["총계", "", "", "", "", "", "", "", "", ""]).won(total).text("").end()?;
    file.finish()
}

/// Those who owe something or did.
fn debtors(city: &City) -> u64 {
    debtors_told(city) + city.months as u64 + city.residents * 2 / 100
}

/// What an ordinary debtor owes: most pay, what is large and stays open is secured within 55 days.
fn ordinary(city: &City, index: u64) -> (Vec<Arrear>, Vec<Seizure>) {
    let mut chance = Chance::of(city.seed, "arrears", index);
    let place = usize::try_from(index - debtors_told(city)).ok();
    let unit = 24 + chance.below(10);
    let bare = |due_on, amount| Arrear {
        revenue: "세외수입",
        unit,
        due_on,
        cleared_on: None,
        deferred: None,
        stayed: None,
        amount,
    };
    let seized = |seized_on| Seizure { names: Names::Arrear, seized_on, released_on: None };
    // One seizure late in each month, so that seizures are known from the first month to the last.
    if let Some(month) = place.filter(|month| *month < city.months) {
        let on = city.on(month, 25);
        return (vec![bare(on - Days::new(40), 900_000)], vec![seized(on)]);
    }
    let month = usize::try_from(chance.below(city.months as u64)).unwrap_or(0);
    let due_on = city.open(city.on(month, 1 + chance.below(28)));
    let amount = if chance.percent(75) { chance.between(3, 49) } else { chance.between(50, 900) } * 10_000;
    let cleared = due_on + Days::new(10 + chance.below(190));
    if chance.percent(60) && cleared <= city.last() {
        return (vec![Arrear { cleared_on: Some(cleared), ..bare(due_on, amount) }], Vec::new());
    }
    let on = due_on + Days::new(15 + chance.below(41));
    let secured = amount >= 500_000 && on <= city.last();
    (vec![bare(due_on, amount)], if secured { vec![seized(on)] } else { Vec::new() })
}

fn arrears(city: &City, out: &Path, units: &[Unit]) -> Result<(Written, Written), SynthError> {
    let mut list = sheet(
        FORM,
        out,
        "synth-arrears",
        &register(city, "sewoe-arrears"),
        "해치시 체납 현황",
        &[
            "체납번호",
            "세입구분",
            "부과번호",
            "납부자번호",
            "납부자명",
            "담당부서코드",
            "담당자번호",
            "납부기한",
            "완납일",
            "유예시작일",
            "유예종료일",
            "집행정지시작일",
            "집행정지종료일",
            "체납액",
        ],
    )?;
    let mut seized = sheet(
        FORM,
        out,
        "synth-seizure",
        &register(city, "sewoe-seizures"),
        "해치시 압류 현황",
        &[
            "압류번호",
            "세입구분",
            "체납번호",
            "부과번호",
            "납부자번호",
            "담당부서코드",
            "재산구분",
            "압류일",
            "해제일",
            "압류액",
        ],
    )?;
    for index in 0..debtors(city) {
        let (arrears, seizures) = revenue::debts(city, index).unwrap_or_else(|| ordinary(city, index));
        let mut chance = Chance::of(city.seed, "debtor", index);
        let (payer, name) = (payer_no(index), name(&mut chance));
        for (at, one) in arrears.iter().enumerate() {
            let officer = employee(city, one.unit % 34 + crate::people::UNITS * 2).no;
            list.texts(&[&format!("X{index:07}-{at}"), one.revenue, &format!("Y{index:07}-{at}"), &payer, &name]);
            list.texts(&[code(units, one.unit), &officer]).day(one.due_on).day(one.cleared_on);
            for span in [one.deferred, one.stayed] {
                list.day(span.map(|span| span.0)).day(span.and_then(|span| span.1));
            }
            list.won(one.amount).end()?;
        }
        for (at, one) in seizures.iter().enumerate() {
            let arrear = if one.names == Names::Arrear { format!("X{index:07}-0") } else { String::new() };
            let levy = if one.names == Names::Levy { format!("Y{index:07}-0") } else { String::new() };
            let (unit, amount) = arrears.first().map_or((24, 0), |one| (one.unit, one.amount));
            seized.texts(&[&format!("Z{index:07}-{at}"), "세외수입", &arrear, &levy, &payer, code(units, unit)]);
            seized.text(chance.pick(&["토지", "건물", "자동차", "예금"])).day(one.seized_on).day(one.released_on);
            seized.won(amount).end()?;
        }
    }
    Ok((list.finish()?, seized.finish()?))
}
