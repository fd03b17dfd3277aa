//! A small city that was at work for a while: something in every table, and texts that people typed in. Backups, upgrades, the
//! destruction of what is old and the log of the process are held against it.

use std::collections::BTreeMap;

use haechi_core::finding::Severity;
use haechi_core::run_report::Notify;

use super::{Browser, TestFinding, TestOffice, TestRun};
use crate::ids::CaseId;
use crate::retention::{self, Class, HoldKind, What};
use crate::slices::people::stand_ins;
use crate::slices::{alerts, cases};
use crate::timed;

/// What people typed, and what may stand nowhere but in the rows: a resident number, a telephone, a mail address, a sentence.
pub(crate) const TYPED: [&str; 4] =
    ["900101-1234567", "010-9876-5432", "hong.gildong@mail.example", "회식비를 나누어 결제한 사정을 설명드립니다"];

/// The cases of the city, by the place where the money was spent.
pub(crate) struct Lived(BTreeMap<String, CaseId>);

impl Lived {
    /// The case about a place.
    pub(crate) fn case(&self, place: &str) -> CaseId {
        self.0[place]
    }
}

/// Lets a fortnight pass in `office`, which was founded a moment ago.
pub(crate) async fn live(office: &TestOffice) -> Lived {
    let kept =
        TestFinding { scenario: "vendor.own-account", notify: Notify::AuditFirst, ..TestFinding::to_kim("거래처") };
    let first = TestRun::of([
        TestFinding::to_kim("식당"),
        TestFinding::to_kim("찻집"),
        TestFinding::to_kim("서점"),
        TestFinding { severity: Severity::High, ..TestFinding::to_kim("호텔") },
        TestFinding { person: Some("H"), ..TestFinding::to_kim("꽃집") },
        TestFinding { person: None, unit: None, ..TestFinding::to_kim("문구점") },
        kept,
    ]);
    office.receive(&first).await;
    let lived = Lived(by_place(office).await);
    let [kim, head, auditor, admin, park] = [
        office.browser("Kim").await,
        office.browser("H").await,
        office.browser("A1").await,
        office.browser("S").await,
        office.browser("Park").await,
    ];
    let at = |place: &str, verb: &str| format!("/cases/{}/{verb}", lived.case(place));
    let text = TYPED.join(" ");
    done(&admin, "/settings", &[("name", "step-days"), ("value", "4")]).await;
    done(&admin, "/settings/webhooks", &[("url", "https://hooks.example/haechi"), ("events", "never")]).await;
    done(&admin, "/settings/tokens", &[("name", "읽기"), ("for", "read"), ("until", "2027-01-31")]).await;
    done(&admin, "/settings/calendar", &[("day", "2026-12-30"), ("kind", "off"), ("reason", "시민의 날")]).await;
    done(&admin, "/scenarios/card.split-payment", &[("on", "no"), ("reason", TYPED[3])]).await;
    done(&admin, "/runs/sources/now", &[]).await;
    done(&admin, "/settings/setup", &[("step", "backup")]).await;
    done(&kim, "/guides/official/seen", &[]).await;
    done(&kim, "/views", &[("name", "늦은 것"), ("query", "late=yes")]).await;
    done(&park, "/roles", &[("role", "inspector"), ("reason", TYPED[3])]).await;
    let attached = kim.send_file(&at("식당", "attachments"), "영수증.pdf", b"%PDF-1.7 one receipt").await;
    assert_eq!(attached.status.as_u16(), 303, "{}", attached.body);
    done(&kim, &at("식당", "comments"), &[("comment", &text)]).await;
    done(&kim, &at("식당", "answer"), &[("revision", "1"), ("outcome", "corrected"), ("text", &text)]).await;
    done(&head, &at("식당", "approval"), &[("revision", "2"), ("text", "확인함")]).await;
    done(&auditor, &at("식당", "confirmation"), &[("revision", "3")]).await;
    done(&kim, &at("찻집", "answer"), &[("revision", "1"), ("outcome", "explained"), ("text", &text)]).await;
    done(&head, &at("찻집", "return"), &[("revision", "2"), ("reason", "영수증을 붙여 주십시오.")]).await;
    let excluded = [
        ("revision", "1"),
        ("outcome", "excluded"),
        ("text", text.as_str()),
        ("basis", "조례"),
        ("until", "2027-03-01"),
    ];
    done(&kim, &at("서점", "answer"), &excluded).await;
    done(&head, &at("서점", "approval"), &[("revision", "2")]).await;
    done(&auditor, &at("서점", "confirmation"), &[("revision", "3")]).await;
    done(&auditor, &at("호텔", "reveal"), &[("reason", "성과급 확인을 위해 봅니다")]).await;
    done(&auditor, &at("호텔", "recusal"), &[("reason", TYPED[3])]).await;
    // Somebody signs in with a password, after a wrong one.
    crate::sign_in::set_password(&office.office, office.tenant, office.person("Lee").await, "맑은 물 한 그릇 열두")
        .await
        .unwrap();
    let stranger = office.stranger();
    let code = office.code.clone();
    for password in ["틀린 비밀번호입니다", "맑은 물 한 그릇 열두"] {
        stranger.post("/sign-in", &[("government", &code), ("login", "Lee"), ("password", password)]).await;
    }
    done(&admin, &format!("/people/{}/link", office.person("Park").await), &[]).await;
    let standing = stand_ins::Named {
        person: office.person("Kim").await,
        stand_in: office.person("Lee").await,
        first: office.office.today(),
        last: super::day("2026-12-31"),
        reason: "출장",
    };
    let standing = stand_ins::name(&office.office, &office.actor("Kim").await, standing).await.unwrap();
    done(&office.browser("Lee").await, &format!("/stand-ins/{standing}/begin"), &[]).await;
    retained(office).await;
    for _ in 0..14 {
        office.days_pass(1);
        timed::tick_of(&office.office, office.tenant).await;
    }
    // What the next run does not bring is gone; what it brings again was seen twice.
    office
        .receive(&TestRun::of([TestFinding::to_kim("식당"), TestFinding::to_kim("찻집")]).looking_from("2026-12-04"))
        .await;
    timed::tick_of(&office.office, office.tenant).await;
    lived
}

/// Somebody who left years ago is destroyed by two people, and a rule is held.
async fn retained(office: &TestOffice) {
    let mut records = office.records();
    records.persons.push(haechi_core::records::PersonRecord {
        employee_no: "Han".to_owned(),
        name: "한 님".to_owned(),
        mail: None,
        mobile: None,
        left_on: Some(super::day("2024-06-30")),
    });
    office.take_in(&records).await;
    let [admin, officer] = [office.actor("S").await, office.actor("Io").await];
    let (class, first_day) = (Class::Persons, office.office.today());
    let period = What::Period { class, years: Some(1), from_new_year: false, first_day };
    let destruction = What::Destruction { class, until: super::day("2025-06-30") };
    for what in [period, destruction] {
        let id = retention::propose(&office.office, &admin, what, TYPED[3]).await.unwrap();
        retention::decide(&office.office, &officer, id, true, "확인했습니다").await.unwrap();
    }
    let hold = retention::NewHold {
        kind: HoldKind::Rule,
        record: "vendor.own-account",
        reason: TYPED[3],
        basis: "감사담당관-1234",
    };
    retention::set_hold(&office.office, &officer, hold).await.unwrap();
}

/// Sends a form that has to succeed.
async fn done(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let answered = browser.post(path, fields).await;
    assert!(answered.status.as_u16() < 400, "{path}: {} {}", answered.status, answered.body);
}

async fn by_place(office: &TestOffice) -> BTreeMap<String, CaseId> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let mut all = BTreeMap::new();
    for row in cases::store::open_cases(&tx).await.unwrap() {
        let subject = alerts::one(&tx, row.alert).await.unwrap().unwrap().subject;
        let subject: BTreeMap<String, String> = serde_json::from_str(&subject).unwrap();
        all.insert(subject["place"].clone(), row.id);
    }
    all
}

/// Whether a table may be empty though a city lived: nobody asked for what it holds.
pub(crate) fn may_be_empty(table: &str) -> bool {
    [
        "absence",
        "access_review",
        "audit_cosignature",
        "doomed_file",
        "idempotency",
        "kept_form",
        "message_template",
        "oidc_link",
        "oidc_used",
        "recovery_code",
        "second_factor",
        "sign_in_failure",
        "way_out",
        "witness_answer",
        "witness_seen",
    ]
    .contains(&table)
}
