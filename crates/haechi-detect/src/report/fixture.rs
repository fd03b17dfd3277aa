//! A government that does not exist, with a year of findings, for the report's tests and its pictures.

use std::collections::BTreeMap;

use chrono::Days;
use haechi_core::digest::Digest;
use haechi_core::finding::{self, Evidence, Finding, Responsible, ScenarioRef, Severity, Value};
use haechi_core::ids::{Government, ScenarioId, SnapshotId, SourceName, TableName};
use haechi_core::money::{Currency, Money};
use haechi_core::run_report::{self, Notify, Outcome, Reason, RunReport, ScenarioRun, SnapshotUse};
use haechi_core::time::Day;
use haechi_core::words::{Language, Words};
use indexmap::IndexMap;

use crate::report::{EvidenceCell, EvidenceRow, Label, LoadSummary, ReportInput, ReportLimits, ScenarioText};

const UNITS: [(&str, &str); 18] = [
    ("3100001", "기획예산과"),
    ("3100002", "총무과"),
    ("3100003", "재무과"),
    ("3100004", "문화관광과"),
    ("3100005", "복지정책과"),
    ("3100006", "도시재생과"),
    ("3100007", "건설과"),
    ("3100008", "환경위생과"),
    ("3100009", "교통행정과"),
    ("3100010", "홍보담당관"),
    ("3100011", "보건소 보건행정과"),
    ("3100012", "의회사무국"),
    ("3100013", "농업기술센터"),
    ("3100014", "상하수도사업소"),
    ("3100015", "평생학습관"),
    ("3100016", "시립도서관"),
    ("3100017", "중앙동 행정복지센터"),
    ("3100018", "솔빛동 행정복지센터"),
];

const PLACES: [&str; 8] =
    ["가온한정식", "솔빛식당", "느티나무집", "물빛횟집", "다온카페", "한들갈비", "새벽국밥", "나루정"];

/// A scenario of the fixture, short enough to read.
struct Told {
    id: &'static str,
    catalogue: &'static str,
    title: (&'static str, &'static str),
    remedy: (&'static str, &'static str),
    severity: Severity,
    notify: Notify,
    ends: Ends,
}

enum Ends {
    Found(usize),
    Clean,
    Unjudged(&'static str, &'static str, &'static str),
    Failed,
}

use Ends::{Clean, Failed, Found, Unjudged};

const TOLD: [Told; 12] = [
    Told {
        id: "card.split-payment",
        catalogue: "CARD-05",
        title: ("같은 날 같은 곳에서 나누어 결제", "Payments split at one place on one day"),
        remedy: (
            "같은 자리에서 나누어 결제한 까닭을 적고, 하나의 행사였다면 집행 품의와 참석자 명단을 함께 붙입니다.",
            "Say why the payment was split and, if it was one occasion, attach the approval and the list of those present.",
        ),
        severity: Severity::High,
        notify: Notify::Handler,
        ends: Found(18),
    },
    Told {
        id: "vendor.employee-account",
        catalogue: "PAY-11",
        title: ("거래처 계좌가 직원 계좌와 같음", "A vendor is paid into an employee's account"),
        remedy: (
            "감사부서가 거래처 등록 서류와 계좌 변경 이력을 먼저 확인합니다.",
            "The audit office first checks the vendor's registration and the history of the account.",
        ),
        severity: Severity::High,
        notify: Notify::AuditFirst,
        ends: Found(3),
    },
    Told {
        id: "payment.duplicate",
        catalogue: "PAY-02",
        title: ("같은 거래처에 같은 금액을 두 번 지급", "The same amount paid twice to one vendor"),
        remedy: (
            "두 지급의 계약과 세금계산서를 맞추어 보고, 겹친 지급이면 돌려받을 절차를 밟습니다.",
            "Compare contract and invoice of the two payments; if one is a repeat, ask for it back.",
        ),
        severity: Severity::High,
        notify: Notify::Handler,
        ends: Found(9),
    },
    Told {
        id: "card.late-night",
        catalogue: "CARD-02",
        title: ("휴일이나 심야에 쓴 업무추진비", "Promotion budget spent on a holiday or late at night"),
        remedy: (
            "업무와 관련 있는 자리였음을 보이는 출장명령, 행사계획, 품의 가운데 하나를 붙입니다.",
            "Attach the travel order, the plan of the event or the approval that shows it was official business.",
        ),
        severity: Severity::Medium,
        notify: Notify::Handler,
        ends: Found(16),
    },
    Told {
        id: "card.near-limit",
        catalogue: "CARD-07",
        title: ("한도 바로 아래 금액이 되풀이됨", "Amounts just under the limit, again and again"),
        remedy: (
            "한도를 넘지 않으려고 인원이나 금액을 맞춘 것이 아닌지 영수증 원본으로 확인합니다.",
            "Check with the original receipts that neither people nor amounts were fitted to the limit.",
        ),
        severity: Severity::Medium,
        notify: Notify::Handler,
        ends: Found(8),
    },
    Told {
        id: "card.party-size",
        catalogue: "CARD-09",
        title: ("한 사람 몫이 정한 금액을 넘음", "More per person than is set"),
        remedy: (
            "참석 인원이 맞게 적혔는지 확인하고, 틀렸으면 고쳐 적습니다.",
            "Check that the number of people is right and correct it if it is not.",
        ),
        severity: Severity::Low,
        notify: Notify::Handler,
        ends: Found(6),
    },
    Told {
        id: "vendor.closed",
        catalogue: "PAY-07",
        title: ("휴업하거나 폐업한 거래처에 지급", "A vendor that has closed was paid"),
        remedy: ("", ""),
        severity: Severity::Medium,
        notify: Notify::Handler,
        ends: Unjudged(
            "table_missing",
            "사업자 상태 자료를 읽지 않았습니다.",
            "The register of business status was not read.",
        ),
    },
    Told {
        id: "payroll.overtime-abroad",
        catalogue: "HR-04",
        title: ("출장 중에 초과근무를 신청", "Overtime claimed while travelling"),
        remedy: ("", ""),
        severity: Severity::Medium,
        notify: Notify::Handler,
        ends: Unjudged(
            "stale",
            "근태 자료가 기준일보다 45일 앞에서 끝납니다. 7일 안의 자료가 필요합니다.",
            "The attendance records end 45 days before the as-of day; 7 days at most are allowed.",
        ),
    },
    Told {
        id: "contract.split-order",
        catalogue: "CON-01",
        title: ("수의계약을 하려고 나눈 발주", "Orders split to avoid a tender"),
        remedy: ("", ""),
        severity: Severity::High,
        notify: Notify::Handler,
        ends: Failed,
    },
    Told {
        id: "payment.weekend",
        catalogue: "PAY-05",
        title: ("쉬는 날에 결재된 지급", "Payments approved on a day off"),
        remedy: ("", ""),
        severity: Severity::Low,
        notify: Notify::Handler,
        ends: Clean,
    },
    Told {
        id: "vendor.duplicate",
        catalogue: "PAY-14",
        title: ("이름만 다른 같은 거래처", "One vendor under two names"),
        remedy: ("", ""),
        severity: Severity::Low,
        notify: Notify::Handler,
        ends: Clean,
    },
    Told {
        id: "card.refund-kept",
        catalogue: "CARD-12",
        title: ("취소한 카드 결제의 지출이 남음", "A cancelled card payment still booked"),
        remedy: ("", ""),
        severity: Severity::Medium,
        notify: Notify::Handler,
        ends: Clean,
    },
];

/// Numbers that look random and are the same on every machine (Knuth's multiplier for a 64-bit congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }
}

fn words(pair: (&str, &str)) -> Words {
    Words::new(pair.0, pair.1)
}

fn digest(of: &str) -> Digest {
    Digest::of_parts([of.as_bytes()])
}

fn table(name: &str) -> TableName {
    TableName::parse(name).unwrap()
}

/// Sixty findings over twelve months by twelve scenarios.
pub(crate) fn a_year(language: Language) -> ReportInput {
    a_year_of(language, |ends| match ends {
        Found(count) => *count,
        Clean | Unjudged(..) | Failed => 0,
    })
}

/// Twelve scenarios with `each` findings.
pub(crate) fn a_year_with(language: Language, each: usize) -> ReportInput {
    a_year_of(language, |_| each)
}

fn a_year_of(language: Language, count: impl Fn(&Ends) -> usize) -> ReportInput {
    let mut dice = Dice(2026);
    let mut findings = Vec::new();
    let mut evidence = BTreeMap::new();
    let mut scenarios = Vec::new();
    for told in &TOLD {
        let first = findings.len();
        for nth in 0..count(&told.ends) {
            findings.push(a_finding(told, nth, &mut dice, &mut evidence));
        }
        scenarios.push(a_run(told, &findings[first..]));
    }
    let run = RunReport {
        format: run_report::FORMAT,
        government: Government::parse("KR-4799000").unwrap(),
        as_of: Day::from_ymd_opt(2026, 10, 31).unwrap(),
        calendar: digest("calendar"),
        snapshots: snapshots(),
        scenarios,
        findings: findings.len() as u64,
        findings_digest: digest("findings"),
    };
    ReportInput {
        language,
        made_at: Some("2026-11-22T05:03:54Z".to_owned()),
        government: Words::new("한빛시", "Hanbit City"),
        run,
        findings,
        loads: loads(),
        evidence,
        scenarios: TOLD.iter().map(scenario_text).collect(),
        units: UNITS.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
        limits: ReportLimits::default(),
    }
}

fn a_finding(told: &Told, nth: usize, dice: &mut Dice, evidence: &mut BTreeMap<(String, i64), EvidenceRow>) -> Finding {
    // A busy end of the year, and units that are asked more often than others.
    let back = if dice.below(3) == 0 { dice.below(70) } else { dice.below(360) };
    let day = Day::from_ymd_opt(2026, 10, 30).unwrap() - Days::new(back);
    let unit = usize::try_from(dice.below(18).min(dice.below(18))).unwrap();
    let place = *dice.of(&PLACES);
    let payments = 2 + dice.below(2);
    let each = i64::try_from(96 + dice.below(390)).unwrap() * 1_000;
    let pounds = told.id == "payment.duplicate" && nth == 0;
    let currency = if pounds { Currency::Gbp } else { Currency::Krw };
    let scale = if told.id.starts_with("card") { 1 } else { 17 };
    let amount = if pounds { 128_450 } else { each * i64::try_from(payments).unwrap() * scale };
    let scenario = ScenarioId::parse(told.id).unwrap();
    let government = Government::parse("KR-4799000").unwrap();
    let subject = IndexMap::from([
        ("unit_code".to_owned(), Value::Text(UNITS[unit].0.to_owned())),
        ("place".to_owned(), Value::Text(place.to_owned())),
        ("spent_on".to_owned(), Value::Text(day.to_string())),
        ("nth".to_owned(), Value::Int(i64::try_from(nth).unwrap())),
    ]);
    let key = finding::key_of(&government, &scenario, &subject);
    let subject = subject.into_iter().filter(|(name, _)| name != "nth").collect();
    let snapshot = SnapshotId::from(digest("card_expense"));
    let flagged = (0..payments).map(|row| {
        let number = i64::try_from(evidence.len()).unwrap() + 1;
        let minute = 11 + row * 4;
        let cells = [
            ("사용일시", "Spent at", format!("{day} 19:{minute:02}"), false),
            ("사용처", "Place", place.to_owned(), false),
            ("금액", "Amount", haechi_core::money::grouped(each * scale), false),
            ("인원", "People", (3 + row).to_string(), false),
            ("사용자", "Used by", "김**".to_owned(), true),
            ("카드번호", "Card", "****-****-****-4821".to_owned(), true),
        ];
        let cells =
            cells.into_iter().map(|(ko, en, value, masked)| EvidenceCell { label: Words::new(ko, en), value, masked });
        evidence.insert((snapshot.to_string(), number), EvidenceRow { cells: cells.collect() });
        Evidence {
            snapshot: snapshot.clone(),
            table: table("card_expense"),
            row: number,
            file: format!("업무추진비_{}.csv", day.format("%Y%m")),
            member: None,
            sheet: None,
            line: 2 + u64::try_from(number).unwrap() * 7,
            live: None,
        }
    });
    let flagged = flagged.collect();
    let explanation = Words::new(
        format!("{}에서 {payments}번 나누어 결제한 까닭이 있습니까?", place),
        format!("Is there a reason why {place} was paid in {payments} parts?"),
    );
    Finding {
        format: finding::FORMAT,
        key,
        government,
        scenario: ScenarioRef { id: scenario, version: 2, digest: digest(told.id) },
        subject,
        responsible: Responsible {
            unit_code: Some(UNITS[unit].0.to_owned()),
            employee_no: nth.is_multiple_of(2).then(|| format!("19{:05}", 1_200 + nth * 37)),
        },
        occurred_on: (nth % 17 != 16).then_some(day),
        amount: Some(amount),
        currency: Some(currency),
        severity: told.severity,
        facts: IndexMap::from([
            ("payments".to_owned(), Value::Int(i64::try_from(payments).unwrap())),
            ("largest".to_owned(), Value::Int(each * scale)),
            ("minutes_apart".to_owned(), Value::Int(4)),
        ]),
        evidence: flagged,
        explanation,
    }
}

fn a_run(told: &Told, findings: &[Finding]) -> ScenarioRun {
    let mut at_risk: BTreeMap<Currency, i64> = BTreeMap::new();
    for finding in findings {
        *at_risk.entry(finding.currency.unwrap()).or_default() += finding.amount.unwrap();
    }
    let outcome = match &told.ends {
        _ if !findings.is_empty() => Outcome::Findings {
            count: findings.len() as u64,
            at_risk: at_risk.into_iter().map(|(currency, amount)| Money { amount, currency }).collect(),
            outside_calendar: if told.id == "card.late-night" { 4 } else { 0 },
        },
        Found(_) | Clean => Outcome::Clean { outside_calendar: 0 },
        Unjudged(code, ko, en) => Outcome::CannotBeJudged {
            reasons: vec![Reason { code: (*code).to_owned(), table: table("vendor"), words: Words::new(*ko, *en) }],
        },
        Failed => Outcome::Failed {
            code: "memory".to_owned(),
            message: "GroupedHashAggregate: 512 MiB were not enough".to_owned(),
        },
    };
    let parameters = match told.id {
        "card.split-payment" => IndexMap::from([
            ("payments".to_owned(), 2.into()),
            ("within_minutes".to_owned(), 120.into()),
            (
                "floor".to_owned(),
                serde_json::json!([{ "from": "2024-01-01", "value": 300_000 }, { "from": "2026-01-01", "value": 500_000 }]),
            ),
        ]),
        "payment.duplicate" => IndexMap::from([("within_days".to_owned(), 30.into())]),
        _ => IndexMap::new(),
    };
    ScenarioRun {
        scenario: ScenarioRef { id: ScenarioId::parse(told.id).unwrap(), version: 2, digest: digest(told.id) },
        title: words(told.title),
        severity: told.severity,
        notify: told.notify,
        catalogue: vec![told.catalogue.to_owned()],
        parameters,
        follow_up: None,
        outcome,
    }
}

fn scenario_text(told: &Told) -> ScenarioText {
    let label = |ko: &str, en: &str, unit: &str| Label { title: Words::new(ko, en), unit: Some(unit.to_owned()) };
    ScenarioText {
        id: ScenarioId::parse(told.id).unwrap(),
        title: words(told.title),
        remedy: words(told.remedy),
        facts: BTreeMap::from([
            ("payments".to_owned(), label("결제 횟수", "Payments", "count")),
            ("largest".to_owned(), label("가장 큰 금액", "Largest", "money")),
            ("minutes_apart".to_owned(), label("결제 사이", "Apart", "minutes")),
        ]),
        subject: BTreeMap::from([
            ("unit_code".to_owned(), Words::new("부서", "Unit")),
            ("place".to_owned(), Words::new("사용처", "Place")),
            ("spent_on".to_owned(), Words::new("사용일", "Spent on")),
        ]),
        parameters: BTreeMap::from([
            ("payments".to_owned(), label("나눈 횟수", "Parts", "count")),
            ("within_minutes".to_owned(), label("결제 사이", "Within", "minutes")),
            ("within_days".to_owned(), label("지급 사이", "Within", "days")),
            ("floor".to_owned(), label("합계 하한", "Total at least", "KRW")),
        ]),
        notify: told.notify,
        deadline_working_days: 7,
    }
}

fn snapshots() -> Vec<SnapshotUse> {
    [
        ("card_expense", "hanbit-card", 41_212, 31),
        ("payment", "hanbit-ehojo", 18_904, 4),
        ("vendor", "hanbit-ehojo", 3_120, 0),
    ]
    .map(|(name, source, rows, rejected)| SnapshotUse {
        id: SnapshotId::from(digest(name)),
        table: table(name),
        source: SourceName::parse(source).unwrap(),
        period: (name != "vendor").then(|| "2025-11-01..2026-10-31".parse().unwrap()),
        rows,
        rejected,
    })
    .into()
}

fn loads() -> Vec<LoadSummary> {
    let load =
        |source: (&str, &str), table: (&str, &str), file: &str, period: Option<&str>, rows: [u64; 4]| LoadSummary {
            source: words(source),
            table: words(table),
            file: file.to_owned(),
            member: None,
            period: period.map(str::to_owned),
            rows_in: rows[0],
            rows_out: rows[1],
            rejected: rows[2],
            set_aside: rows[3],
            reject_reasons: Vec::new(),
            encoding: "CP949".to_owned(),
        };
    let (card, ledger) = (("업무추진비 집행내역", "Promotion budget"), ("지방재정 지급내역", "Local finance ledger"));
    let mut loads = vec![
        load(
            card,
            ("카드 사용", "Card expenses"),
            "업무추진비_2025.csv",
            Some("2025-11-01..2025-12-31"),
            [7_408, 7_390, 6, 12],
        ),
        load(
            card,
            ("카드 사용", "Card expenses"),
            "업무추진비_2026_상반기.xlsx",
            Some("2026-01-01..2026-06-30"),
            [20_466, 20_441, 19, 6],
        ),
        load(
            card,
            ("카드 사용", "Card expenses"),
            "업무추진비_2026_하반기.xlsx",
            Some("2026-07-01..2026-10-31"),
            [13_391, 13_381, 6, 4],
        ),
        load(ledger, ("지급", "Payments"), "지급내역.zip", Some("2025-11-01..2026-10-31"), [18_910, 18_904, 4, 2]),
        load(ledger, ("거래처", "Vendors"), "거래처.csv", None, [3_120, 3_120, 0, 0]),
    ];
    loads[3].member = Some("지급내역/2026.csv".to_owned());
    loads[1].reject_reasons = vec![
        (Words::new("날짜로 읽을 수 없음", "Not a date"), 14),
        (Words::new("금액이 비어 있음", "The amount is empty"), 5),
    ];
    loads[0].reject_reasons = vec![(Words::new("날짜로 읽을 수 없음", "Not a date"), 6)];
    loads[2].reject_reasons = vec![(Words::new("열의 수가 머리글과 다름", "More or fewer fields than the header"), 6)];
    loads[3].reject_reasons = vec![(Words::new("금액이 비어 있음", "The amount is empty"), 4)];
    loads
}
