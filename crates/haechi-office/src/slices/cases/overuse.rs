//! Whether exclusions are used too much: many of one official, or some that were confirmed as soon as they were asked for. The office
//! then asks, as it asks about a payment.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use haechi_core::time::Moment;
use haechi_core::words::Words;
use indexmap::IndexMap;
use serde_json::json;

use super::error::CaseError;
use super::opening::{Opening, seen_again};
use super::store;
use crate::audit;
use crate::ids::{CaseId, RunId, TenantId};
use crate::office::Office;
use crate::settings::{Setting, Settings};
use crate::slices::alerts::{self, Made, Own};
use crate::slices::people::{self, Directory};

/// Days that are looked back upon.
const DAYS: i64 = 90;
const MANY: &str = "office.exclusions-many";
const RUSHED: &str = "office.exclusions-rushed";

/// Asks, once a day, about exclusions that are used too much. Returns how many cases were opened by it.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn watch_exclusions(office: &Office, tenant: TenantId) -> Result<u64, CaseError> {
    let state = office.today().to_string();
    if office.did(tenant, "exclusions", &state) {
        return Ok(0);
    }
    let tx = office.db().write(tenant).await?;
    tx.alone().await?;
    let settings = Settings::read(&tx).await?;
    let set = |setting| settings.get(setting, office.today(), None).value;
    let (most, seconds) = (set(Setting::ExclusionsMany), set(Setting::RushedSeconds));
    let made = alerts::exclusions_since(&tx, office.now() - TimeDelta::days(DAYS)).await?;
    let answered = store::answered(&tx, &made.iter().map(|one| one.case).collect::<Vec<_>>()).await?;
    let directory = people::directory(office, &tx).await?;
    let mut asked = many(&directory, &made, most);
    asked.extend(rushed(&directory, &made, &answered, seconds));
    let government = people::government(&tx).await?;
    let (taken, gone) = alerts::ask_of_ourselves(office, &tx, &government.code, &[MANY, RUSHED], &asked).await?;
    if !taken.new.is_empty() || !taken.seen.is_empty() || !gone.is_empty() {
        let mut opening = Opening::begin(office, &tx, false).await?;
        let mut log = opening.open(office, &tx, &taken.new).await?;
        let gone: Vec<_> = gone.into_iter().map(|one| (one.alert, one.why)).collect();
        log.extend(seen_again(office, &tx, &settings, &taken.seen, &gone).await?.0);
        opening.tell(office, &tx, RunId::new()).await?;
        audit::append_all(&tx, office.clock(), &log).await?;
        tx.commit().await?;
    }
    office.note_done(tenant, "exclusions", state);
    Ok(taken.new.len() as u64)
}

/// Who had more excluded than is usual.
fn many(directory: &Directory, made: &[Made], most: u32) -> Vec<Own> {
    let mut counts = BTreeMap::new();
    for one in made {
        *counts.entry(one.owner).or_insert(0u64) += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > u64::from(most))
        .filter_map(|(person, count)| {
            let official = directory.person(person)?;
            let name = &official.name;
            Some(Own {
                rule: MANY,
                title: Words::new("제외로 처리한 사안이 많음", "Many cases were excluded"),
                why: Words::new(
                    "제외한 것은 기한까지 다시 묻지 않습니다. 많아지면 점검이 있어도 살펴보지 않는 일이 됩니다.",
                    "What is excluded is not asked again before its day. Where that is much, nobody looks although there is a check.",
                ),
                question: Words::new(
                    format!("{name} 담당자가 최근 {DAYS}일 동안 {count}건을 제외로 처리했습니다. 정해 둔 기준은 {most}건입니다. 제외한 까닭이 지금도 맞습니까?"),
                    format!("In the last {DAYS} days {count} exclusions that {name} asked for were confirmed; the limit set is {most}. Do their reasons still hold?"),
                ),
                remedy: Words::new(
                    "제외 목록에서 까닭과 근거를 다시 읽고, 맞지 않는 것은 끝내 주십시오. 모두 맞다면 시나리오의 기준을 바꿀 일이 아닌지 살펴봐 주십시오.",
                    "Read the reasons again in the list of exclusions and end those that do not hold. If all hold, see whether the scenario's parameters should change.",
                ),
                subject: IndexMap::from([("employee_no", (number_words(), official.employee_no.clone()))]),
                facts: facts(count, ("limit", Words::new("기준", "Limit"), Some("count"), most)),
                employee_no: Some(official.employee_no.clone()),
                is_for_outside: false,
            })
        })
        .collect()
}

/// Who confirmed exclusions as soon as they were asked for.
fn rushed(directory: &Directory, made: &[Made], answered: &[(CaseId, Moment)], seconds: u32) -> Vec<Own> {
    let is_rushed = |one: &&Made| {
        let asked = answered.iter().filter(|(case, at)| *case == one.case && *at <= one.at).map(|(_, at)| *at).max();
        asked.is_some_and(|asked| one.at - asked < TimeDelta::seconds(i64::from(seconds)))
    };
    // A month's are one question: what was answered about the last month's says nothing of this one's.
    let mut quick = BTreeMap::new();
    for one in made.iter().filter(is_rushed) {
        *quick.entry((one.confirmed_by, one.at.format("%Y-%m").to_string())).or_insert(0u64) += 1;
    }
    quick
        .into_iter()
        .filter_map(|((person, month), count)| {
            let official = directory.person(person)?;
            let name = &official.name;
            Some(Own {
                rule: RUSHED,
                title: Words::new("요청하자마자 확인된 제외", "Exclusions confirmed as soon as they were asked for"),
                why: Words::new(
                    "제외는 담당자의 요청, 관리자의 승인, 감사부서의 확인을 거칩니다. 아주 빨리 끝났다면 내용을 읽지 않았을 수 있습니다.",
                    "An exclusion is asked for, approved and confirmed by three people. Where that took moments, it may not have been read.",
                ),
                question: Words::new(
                    format!("{name} 확인자가 {month}에 제외 {count}건을 요청한 지 {seconds}초 안에 확인했습니다. 내용을 살펴보고 확인한 것입니까?"),
                    format!("In {month} {name} confirmed {count} exclusions within {seconds} seconds of their being asked for. Were they read?"),
                ),
                remedy: Words::new(
                    "해당 제외를 다시 열어 까닭과 근거를 확인하고, 미리 검토한 것이라면 그 기록을 붙여 주십시오.",
                    "Look at these exclusions again. If they had been examined beforehand, attach the record of that.",
                ),
                subject: IndexMap::from([
                    ("employee_no", (number_words(), official.employee_no.clone())),
                    ("month", (Words::new("달", "Month"), month)),
                ]),
                facts: facts(count, ("within", Words::new("요청부터 확인까지(초)", "Seconds from asking to confirming"), None, seconds)),
                employee_no: Some(official.employee_no.clone()),
                is_for_outside: true,
            })
        })
        .collect()
}

fn number_words() -> Words {
    Words::new("직원 번호", "Employee number")
}

type Fact = (Words, Option<&'static str>, serde_json::Value);

fn facts(count: u64, limit: (&'static str, Words, Option<&'static str>, u32)) -> IndexMap<&'static str, Fact> {
    let (name, words, unit, value) = limit;
    IndexMap::from([
        ("exclusions", (Words::new("제외한 건수", "Exclusions"), Some("count"), json!(count))),
        (name, (words, unit, json!(value))),
        ("days", (Words::new("살펴본 기간", "Looked back upon"), Some("days"), json!(DAYS))),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, answer, approve, confirm};
    use super::*;
    use crate::slices::cases::store::Row;
    use crate::testing::{TestFinding, TestOffice, TestRun};

    /// Kim has `many` findings excluded; the clock stands still meanwhile, or moves a day from step to step.
    async fn excluded(office: &TestOffice, many: usize, is_slow: bool) {
        let findings = (0..many).map(|at| TestFinding::to_kim(["가", "나", "다", "라"][at]));
        office.receive(&TestRun::of(findings)).await;
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let rows = store::open_cases(&tx).await.unwrap();
        drop(tx);
        let until = (office.office.today() + TimeDelta::days(100)).to_string();
        let wait = || {
            if is_slow {
                office.days_pass(1)
            }
        };
        for row in &rows {
            let why = Answer::Exclude {
                text: "구내식당은 매일 씁니다.".to_owned(),
                basis: "내부통제 운영규칙".to_owned(),
                until: until.parse().unwrap(),
            };
            answer(&office.office, &office.actor("Kim").await, row.id, None, &why).await.unwrap();
        }
        wait();
        for row in &rows {
            approve(&office.office, &office.actor("H").await, row.id, None, "").await.unwrap();
        }
        wait();
        for row in &rows {
            confirm(&office.office, &office.actor("A1").await, row.id, None, false, "").await.unwrap();
        }
    }

    async fn asked(office: &TestOffice, rule: &str) -> Vec<Row> {
        let tx = office.office.db().read(office.tenant).await.unwrap();
        store::open_cases(&tx).await.unwrap().into_iter().filter(|row| row.scenario == rule).collect()
    }

    #[tokio::test]
    async fn many_exclusions_of_one_official_are_asked_about_by_the_audit_office_alone_and_once() {
        for office in TestOffice::both().await {
            office.set("exclusions-many", 3).await;
            excluded(&office, 4, true).await;
            assert_eq!(watch_exclusions(&office.office, office.tenant).await.unwrap(), 1, "{}", office.kind);
            let [row] = asked(&office, MANY).await.try_into().unwrap();
            assert!(row.kept && !row.outside && row.named == office.actor("Kim").await.id(), "{}", office.kind);
            assert!(asked(&office, RUSHED).await.is_empty(), "each took days");
            let page = office.browser("A1").await.get(&format!("/cases/{}", row.id)).await.body;
            assert!(page.contains("4건을 제외로 처리했습니다") && page.contains("3건"), "{page}");
            assert_eq!(office.browser("Kim").await.get(&format!("/cases/{}", row.id)).await.status.as_u16(), 404);
            assert_eq!(watch_exclusions(&office.office, office.tenant).await.unwrap(), 0, "once a day");
            office.days_pass(1);
            assert_eq!(watch_exclusions(&office.office, office.tenant).await.unwrap(), 0, "and once in all");
            office.days_pass(90);
            watch_exclusions(&office.office, office.tenant).await.unwrap();
            let [row] = asked(&office, MANY).await.try_into().unwrap();
            assert!(row.gone, "{}: it is within the limit again, and stays until somebody decides", office.kind);
        }
    }

    #[tokio::test]
    async fn exclusions_confirmed_within_a_minute_are_asked_about_outside_the_audit_office() {
        for office in TestOffice::both().await {
            excluded(&office, 2, false).await;
            assert_eq!(watch_exclusions(&office.office, office.tenant).await.unwrap(), 1, "{}", office.kind);
            let [row] = asked(&office, RUSHED).await.try_into().unwrap();
            assert!(row.kept && row.outside && row.named == office.actor("A1").await.id(), "{}", office.kind);
            for auditor in ["A1", "A2"] {
                let page = office.browser(auditor).await.get(&format!("/cases/{}", row.id)).await;
                assert_eq!(page.status.as_u16(), 404, "{}: {auditor}", office.kind);
            }
            assert_eq!(office.browser("X").await.get(&format!("/cases/{}", row.id)).await.status.as_u16(), 200);
        }
    }
}
