//! What runs found in the invented city's exports.

use std::collections::BTreeMap;

use haechi_core::digest::Digest;
use haechi_core::finding::{Evidence, Finding, Responsible, ScenarioRef, Severity, Value, key_of};
use haechi_core::ids::{Government, ScenarioId, SnapshotId, SourceName, TableName};
use haechi_core::money::{Currency, grouped};
use haechi_core::run_report::{
    ColumnWords, FollowUp, Notify, Outcome, ParameterWords, Reason, RunReport, ScenarioRun, SnapshotUse,
};
use haechi_core::time::Day;
use haechi_core::words::Words;

use super::Trouble;

/// A scenario: id, title, what it asks, what should be done, its table and file, severity, whom to tell first, working days.
struct Rule {
    id: &'static str,
    title: (&'static str, &'static str),
    asks: (&'static str, &'static str),
    remedy: (&'static str, &'static str),
    table: &'static str,
    file: &'static str,
    severity: Severity,
    notify: Notify,
    days: u32,
}

const RULES: [Rule; 7] = [
    Rule {
        id: "card.split-payment",
        title: (
            "한 곳에서 하루에 나누어 결제한 금액의 합이 한도 이상",
            "Several payments at one place in one day that together reach the limit",
        ),
        asks: (
            "{unit}가 {day}에 {subject}에서 {count}건, 모두 {amount}원을 결제했고 한 건씩은 모두 한도 500,000원보다 적습니다. 서로 다른 모임이었습니까?",
            "{unit} made {count} payments at {subject} on {day}, ₩{amount} in all, each below the limit of ₩500,000. Were these different occasions?",
        ),
        remedy: (
            "각 결제의 목적과 참석자를 적은 집행 문서를 붙여 주십시오. 한 모임이었다면 합한 금액에 필요한 증빙을 더해 주십시오.",
            "Attach the record of purpose and attendees of each payment. If it was one occasion, add the evidence its whole amount needs.",
        ),
        table: "card_expense",
        file: "법인카드_사용내역_202611.csv",
        severity: Severity::High,
        notify: Notify::Handler,
        days: 7,
    },
    Rule {
        id: "card.late-night",
        title: ("늦은 밤에 결제한 업무추진비", "Business expenses paid late at night"),
        asks: (
            "{unit}가 {day} 23시 이후에 {subject}에서 {amount}원을 결제했습니다. 업무와 관계있는 지출이었습니까?",
            "{unit} paid ₩{amount} at {subject} after 23:00 on {day}. Was it for work?",
        ),
        remedy: (
            "시간 외에 결제한 까닭을 적은 집행 문서를 붙여 주십시오.",
            "Attach the record of why it was paid after hours.",
        ),
        table: "card_expense",
        file: "법인카드_사용내역_202611.csv",
        severity: Severity::Medium,
        notify: Notify::Handler,
        days: 7,
    },
    Rule {
        id: "payment.duplicate",
        title: ("같은 거래처에 같은 금액을 두 번 지급", "The same amount paid twice to the same vendor"),
        asks: (
            "{unit}가 {subject}에 {amount}원을 {count}번 지급했습니다. 서로 다른 건이었습니까?",
            "{unit} paid ₩{amount} to {subject} {count} times. Were these different bills?",
        ),
        remedy: (
            "두 지급의 계약과 검수 문서를 견주어 보고, 중복이면 환수해 주십시오.",
            "Compare contracts and acceptance of both payments, and recover what was paid twice.",
        ),
        table: "payment",
        file: "지출결의_2026.xlsx",
        severity: Severity::High,
        notify: Notify::Handler,
        days: 5,
    },
    Rule {
        id: "hr.overtime-during-trip",
        title: ("출장 시간과 겹친 초과근무", "Overtime during a business trip"),
        asks: (
            "{subject}의 초과근무 {count}시간이 {day} 출장 시간과 겹칩니다. 출장지에서 일한 것입니까?",
            "{count} hours of overtime of {subject} overlap a trip on {day}. Was the work done there?",
        ),
        remedy: (
            "출장 복명서와 초과근무 확인 대장을 붙여 주십시오.",
            "Attach the trip report and the record of overtime.",
        ),
        table: "overtime",
        file: "초과근무_2026.csv",
        severity: Severity::Medium,
        notify: Notify::Handler,
        days: 7,
    },
    Rule {
        id: "tax.refund-to-staff-account",
        title: ("직원 계좌로 나간 환급", "A refund paid to an employee's account"),
        asks: (
            "{day}에 환급한 {amount}원의 계좌가 직원의 급여 계좌와 같습니다. 본인의 환급입니까?",
            "₩{amount} was refunded on {day} to an account that is an employee's salary account. Was it their own refund?",
        ),
        remedy: (
            "환급 신청서의 예금주와 납세자를 견주어 보십시오.",
            "Compare the holder of the account with the taxpayer.",
        ),
        table: "refund",
        file: "지방세_환급_2026.csv",
        severity: Severity::High,
        notify: Notify::AuditFirst,
        days: 7,
    },
    Rule {
        id: "welfare.deceased-recipient",
        title: ("사망 신고 뒤에도 나간 급여", "A benefit paid after a death was reported"),
        asks: (
            "{subject}의 급여 {amount}원이 사망 신고 뒤 {count}번 지급되었습니다. 지급을 멈추고 환수했습니까?",
            "Benefits of {subject}, ₩{amount}, were paid {count} times after the death was reported. Were they stopped and recovered?",
        ),
        remedy: (
            "지급을 멈추고, 잘못 나간 급여를 환수해 주십시오.",
            "Stop the payments and recover what was paid wrongly.",
        ),
        table: "benefit",
        file: "복지급여_지급_202611.csv",
        severity: Severity::High,
        notify: Notify::Handler,
        days: 3,
    },
    Rule {
        id: "contract.split-order",
        title: ("한도 이하로 나눈 발주", "Orders kept under the direct-award limit by splitting"),
        asks: (
            "{unit}가 한 달에 {subject}와 수의계약 {count}건, 모두 {amount}원을 맺었습니다. 나눌 까닭이 있었습니까?",
            "{unit} signed {count} direct contracts with {subject} in one month, ₩{amount} in all. Was there a reason to split them?",
        ),
        remedy: (
            "각 계약의 목적물과 시기를 견주어 통합 발주할 수 없었던 까닭을 적어 주십시오.",
            "Say why the works could not be ordered together.",
        ),
        table: "contract",
        file: "계약대장_2026.xlsx",
        severity: Severity::Medium,
        notify: Notify::Handler,
        days: 7,
    },
];

/// A finding: the rule's place in the list, unit, person, subject, amount, how many rows, the day.
pub(crate) type Found = (usize, &'static str, &'static str, &'static str, i64, u64, &'static str);

/// What the first run found.
pub(crate) const FIRST: &[Found] = &[
    (2, "9999110", "2020-0115", "태양사무", 3_200_000, 2, "2026-10-21"),
    (1, "9999110", "2019-0107", "새벽국밥", 88_000, 1, "2026-10-29"),
    (0, "9999110", "2019-0107", "해치식당", 1_240_000, 3, "2026-10-27"),
    (0, "9999110", "2019-0107", "은행나무집", 940_000, 2, "2026-10-27"),
    (0, "9999110", "2019-0107", "당직실 분식", 620_000, 2, "2026-10-28"),
    (1, "9999110", "2019-0107", "강변포차", 132_000, 1, "2026-10-28"),
    (0, "9999110", "2019-0107", "청사 앞 찻집", 560_000, 2, "2026-10-30"),
    (1, "9999110", "2019-0107", "시장골목", 210_000, 1, "2026-10-30"),
    (0, "9999110", "2019-0107", "한우마을", 980_000, 2, "2026-11-02"),
    (1, "9999110", "2019-0107", "도담치킨", 65_000, 1, "2026-11-02"),
    (0, "9999110", "2019-0107", "봄날식당", 870_000, 2, "2026-11-03"),
    (1, "9999110", "2019-0107", "별빛노래", 340_000, 1, "2026-11-03"),
    (0, "9999110", "2019-0107", "누리회관", 1_020_000, 3, "2026-11-04"),
    (0, "9999110", "2019-0107", "항구횟집", 760_000, 2, "2026-11-05"),
    (1, "9999110", "2019-0107", "늘봄호프", 118_000, 1, "2026-11-05"),
    (2, "9999110", "2020-0115", "대성인쇄", 1_850_000, 2, "2026-10-30"),
    (2, "9999110", "2020-0115", "한빛조경", 12_400_000, 2, "2026-11-02"),
    (3, "9999120", "2015-0044", "총무과 직원 1명", 0, 4, "2026-10-30"),
    (3, "9999120", "2015-0044", "총무과 직원 2명", 0, 3, "2026-11-03"),
    (3, "9999120", "2015-0044", "인사팀 직원 1명", 0, 2, "2026-11-04"),
    (4, "9999130", "2018-0083", "환급 2026-11-0412", 2_310_000, 1, "2026-11-03"),
    (5, "9999210", "2021-0126", "수급자 김○○", 690_000, 2, "2026-11-01"),
    (5, "9999210", "2021-0126", "수급자 박○○", 345_000, 1, "2026-11-01"),
    (6, "9999310", "", "동명건설", 38_000_000, 3, "2026-10-31"),
    (6, "", "", "서진토건", 27_500_000, 2, "2026-10-31"),
    (2, "D77", "", "청운상사", 940_000, 2, "2026-10-30"),
];

/// What the second run found beside.
pub(crate) const SECOND: &[Found] = &[
    (0, "9999110", "2019-0107", "산들식당", 1_480_000, 3, "2026-11-13"),
    (1, "9999110", "2019-0107", "달밤포차", 97_000, 1, "2026-11-12"),
    (0, "9999110", "2019-0107", "해오름", 640_000, 2, "2026-11-16"),
    (2, "9999110", "2020-0115", "가온전기", 5_600_000, 2, "2026-11-11"),
    (2, "9999110", "2020-0115", "미래소프트", 22_000_000, 2, "2026-11-17"),
    (3, "9999120", "2015-0044", "총무과 직원 3명", 0, 6, "2026-11-12"),
    (4, "9999130", "2018-0083", "환급 2026-11-0533", 880_000, 1, "2026-11-12"),
    (5, "9999210", "2021-0126", "수급자 이○○", 1_035_000, 3, "2026-11-01"),
    (6, "9999310", "", "가람도로", 46_200_000, 3, "2026-11-15"),
    (2, "", "", "초록문구", 310_000, 2, "2026-11-10"),
    (0, "9999210", "2021-0126", "큰나무밥상", 720_000, 2, "2026-11-18"),
    (1, "9999120", "2015-0044", "골목주점", 155_000, 1, "2026-11-18"),
];

/// Why each of them asks, in the invented city.
const WHY: (&str, &str) = (
    "나누거나 겹친 지출은 실수인 때가 많지만, 확인하지 않으면 같은 일이 되풀이되고 나중에 환수가 어려워집니다.",
    "Split or doubled spending is often a slip; unseen it happens again, and is harder to recover later.",
);

/// What the values of a finding are called.
fn columns() -> indexmap::IndexMap<String, ColumnWords> {
    let column = |name: &str, title, unit: Option<&str>| {
        (name.to_owned(), ColumnWords { title: words(title), unit: unit.map(str::to_owned) })
    };
    [
        column("unit_code", ("부서코드", "Unit code"), None),
        column("place", ("대상", "About"), None),
        column("spent_on", ("날짜", "Day"), None),
        column("payments", ("건수", "How many"), Some("count")),
        column("limit", ("한도", "Limit"), Some("money")),
    ]
    .into_iter()
    .collect()
}

fn words((ko, en): (&str, &str)) -> Words {
    Words::new(ko, en)
}

fn unit_name(code: &str) -> (&'static str, &'static str) {
    match code {
        "9999110" => ("회계과", "Accounting Division"),
        "9999120" => ("총무과", "General Affairs Division"),
        "9999130" => ("세무과", "Tax Division"),
        "9999210" => ("노인복지과", "Senior Welfare Division"),
        "9999310" => ("도로과", "Roads Division"),
        _ => ("알 수 없는 부서", "An unknown unit"),
    }
}

fn finding(government: &Government, found: &Found) -> Result<Finding, Trouble> {
    let (at, unit, person, subject, amount, count, day) = *found;
    let rule = RULES.get(at).ok_or("no such rule")?;
    let id = ScenarioId::parse(rule.id)?;
    let day: Day = day.parse()?;
    let of: indexmap::IndexMap<String, Value> = [
        ("unit_code".to_owned(), Value::Text(unit.to_owned())),
        ("place".to_owned(), Value::Text(subject.to_owned())),
        ("spent_on".to_owned(), Value::Text(day.to_string())),
    ]
    .into_iter()
    .collect();
    let fill = |text: &str, unit: &str| {
        text.replace("{unit}", unit)
            .replace("{subject}", subject)
            .replace("{count}", &count.to_string())
            .replace("{amount}", &grouped(amount))
            .replace("{day}", &day.format("%Y.%m.%d.").to_string())
    };
    let name = unit_name(unit);
    let row = |row: u64| -> Result<Evidence, Trouble> {
        Ok(Evidence {
            snapshot: SnapshotId::parse(Digest::of(rule.file).to_string())?,
            table: TableName::parse(rule.table)?,
            row: i64::try_from(row)?,
            file: rule.file.to_owned(),
            member: None,
            sheet: rule.file.ends_with(".xlsx").then(|| "11월".to_owned()),
            line: 100 + subject.len() as u64 * 7 + row * 3,
            live: None,
        })
    };
    Ok(Finding {
        format: haechi_core::finding::FORMAT,
        key: key_of(government, &id, &of),
        government: government.clone(),
        scenario: ScenarioRef { id, version: 2, digest: Digest::of(rule.id) },
        subject: of,
        responsible: Responsible {
            unit_code: (!unit.is_empty()).then(|| unit.to_owned()),
            employee_no: (!person.is_empty()).then(|| person.to_owned()),
        },
        occurred_on: Some(day),
        amount: (amount > 0).then_some(amount),
        currency: (amount > 0).then_some(Currency::Krw),
        severity: rule.severity,
        facts: [("payments".to_owned(), Value::Int(i64::try_from(count)?)), ("limit".to_owned(), Value::Int(500_000))]
            .into_iter()
            .collect(),
        evidence: (0..count.max(2)).map(row).collect::<Result<_, _>>()?,
        explanation: Words::new(fill(rule.asks.0, name.0), fill(rule.asks.1, name.1)),
    })
}

/// A run as it is handed in.
pub(crate) fn run(government: &str, as_of: &str, all: &[Found]) -> Result<String, Trouble> {
    let government = Government::parse(government)?;
    let mut findings = String::new();
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for found in all {
        findings.push_str(&serde_json::to_string(&finding(&government, found)?)?);
        findings.push('\n');
        *counts.entry(found.0).or_default() += 1;
    }
    let scenario = |(at, rule): (usize, &Rule)| -> Result<ScenarioRun, Trouble> {
        let outcome = match counts.get(&at) {
            Some(count) => Outcome::Findings { count: *count, at_risk: Vec::new(), outside_calendar: 0 },
            None => Outcome::Clean { outside_calendar: 0 },
        };
        Ok(ScenarioRun {
            scenario: ScenarioRef { id: ScenarioId::parse(rule.id)?, version: 2, digest: Digest::of(rule.id) },
            title: words(rule.title),
            severity: rule.severity,
            notify: rule.notify,
            catalogue: Vec::new(),
            parameters: parameters().into_iter().map(|(name, words)| (name, words.own)).collect(),
            follow_up: Some(FollowUp {
                deadline_working_days: rule.days,
                remedy: words(rule.remedy),
                basis: vec!["to be confirmed".to_owned()],
                why: Some(words(WHY)),
                columns: columns(),
                parameters: parameters(),
                personal: if rule.id.starts_with("welfare") { vec!["place".to_owned()] } else { Vec::new() },
            }),
            outcome,
        })
    };
    let mut scenarios = RULES.iter().enumerate().map(scenario).collect::<Result<Vec<_>, _>>()?;
    let missing = ScenarioId::parse("subsidy.ineligible")?;
    scenarios.push(ScenarioRun {
        scenario: ScenarioRef { id: missing, version: 1, digest: Digest::of("subsidy") },
        title: Words::new("지급 대상이 아닌 단체의 보조금", "A subsidy to a body that is not eligible"),
        severity: Severity::Medium,
        notify: Notify::Handler,
        catalogue: Vec::new(),
        parameters: indexmap::IndexMap::new(),
        follow_up: None,
        outcome: Outcome::CannotBeJudged {
            reasons: vec![Reason {
                code: "table_missing".to_owned(),
                table: TableName::parse("subsidy")?,
                words: Words::new("보조금 자료가 없습니다.", "There is no subsidy data."),
            }],
        },
    });
    let report = RunReport {
        format: haechi_core::run_report::FORMAT,
        government,
        as_of: as_of.parse()?,
        calendar: Digest::of("calendar"),
        snapshots: snapshots()?,
        scenarios,
        findings: all.len() as u64,
        findings_digest: Digest::of(&findings),
    };
    Ok(format!("{}\n{findings}", serde_json::to_string(&report)?))
}

/// What the rules can be told: a number, and an amount by date and currency.
fn parameters() -> indexmap::IndexMap<String, ParameterWords> {
    let number = ParameterWords {
        doc: Words::new("몇 건부터 보는가", "From how many payments on"),
        unit: "count".to_owned(),
        range: Some((2, 50)),
        dated: false,
        own: 2.into(),
    };
    let limit = ParameterWords {
        doc: Words::new(
            "이 금액 이상이면 추가 증빙이 필요한 한 건의 금액",
            "The amount of one payment from which more evidence is required",
        ),
        unit: "currency".to_owned(),
        range: None,
        dated: true,
        own: serde_json::json!([
            { "from": "1900-01-01", "currency": "KRW", "value": 500_000 },
            { "from": "1900-01-01", "currency": "GBP", "value": 50_000 },
        ]),
    };
    indexmap::IndexMap::from([("min_payments".to_owned(), number), ("limit".to_owned(), limit)])
}

/// What the run saw: a source for each month, one that is old, one that is loaded whole.
fn snapshots() -> Result<Vec<SnapshotUse>, Trouble> {
    let seen = [
        ("city-cards", "card_expense", Some("2026-10"), 12_480, 3),
        ("city-cards", "card_expense", Some("2026-11"), 7_214, 0),
        ("local-tax", "tax_refund", Some("2026-08"), 3_905, 0),
        ("staff-register", "employee", None, 1_204, 0),
    ];
    seen.into_iter()
        .map(|(source, table, period, rows, rejected)| {
            Ok(SnapshotUse {
                id: SnapshotId::from(Digest::of(format!("{source} {period:?}"))),
                table: TableName::parse(table)?,
                source: SourceName::parse(source)?,
                period: period.map(str::parse).transpose()?,
                rows,
                rejected,
            })
        })
        .collect()
}
