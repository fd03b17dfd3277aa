//! Retention on both databases, as stories.

mod faces;

use std::io::Cursor;

use futures::FutureExt as _;
use haechi_core::digest::Digest;
use haechi_core::records::{PersonRecord, Records};
use haechi_core::words::Words;
use serde_json::json;

use super::destroy::{Batch, batch, carry_out, take_files_away};
use super::error::RetentionError;
use super::{Class, HoldKind, NewHold, RetentionProposalId, What, decide, propose, set_hold, store, view, withdraw};
use crate::audit::verify::{Keys, verify};
use crate::audit::{self, LogKey, Via, checkpoints, export};
use crate::ids::CaseId;
use crate::policy::Denied;
use crate::slices::cases::{self, Answer, CaseError};
use crate::slices::{alerts, people};
use crate::testing::{TestFinding, TestOffice, TestRun, day};
use crate::web::tests::Program;
use crate::{outbox, sign_in};

const SAID: &str = "회식비를 나누어 결제한 사정을 설명드립니다";

/// A case about `place` of a run that found these, answered by Kim and closed.
async fn closed(office: &TestOffice, place: &str) -> CaseId {
    let id = case_of(office, place).await;
    let [kim, head, auditor] = [office.actor("Kim").await, office.actor("H").await, office.actor("A1").await];
    let answer = Answer::Explained { text: SAID.to_owned() };
    cases::answer(&office.office, &kim, id, None, &answer).await.unwrap();
    cases::approve(&office.office, &head, id, None, "").await.unwrap();
    cases::confirm(&office.office, &auditor, id, None, false, "").await.unwrap();
    id
}

async fn case_of(office: &TestOffice, place: &str) -> CaseId {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    for row in cases::store::open_cases(&tx).await.unwrap() {
        let alert = alerts::one(&tx, row.alert).await.unwrap().unwrap();
        if alert.subject.contains(place) {
            return row.id;
        }
    }
    panic!("no case about {place}")
}

async fn row(office: &TestOffice, id: CaseId) -> cases::store::Row {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    cases::store::every(&tx).await.unwrap().into_iter().find(|row| row.id == id).unwrap()
}

/// What one proposed and another approved.
async fn decided(office: &TestOffice, by: &str, other: &str, what: What) -> RetentionProposalId {
    let id = propose(&office.office, &office.actor(by).await, what, "보존기간이 끝났습니다").await.unwrap();
    decide(&office.office, &office.actor(other).await, id, true, "확인했습니다").await.unwrap();
    id
}

/// Years for which a class is kept, from today on.
async fn keep(office: &TestOffice, class: Class, years: u32) {
    let what = What::Period { class, years: Some(years), from_new_year: false, first_day: office.office.today() };
    decided(office, "S", "Io", what).await;
}

/// The destruction of all of a class that has fallen due, approved by two.
async fn condemned(office: &TestOffice, class: Class) -> RetentionProposalId {
    let until = last_due(office, class).await.0;
    decided(office, "S", "Io", What::Destruction { class, until }).await
}

/// Up to which day a class has fallen due, how much, and what of it is held.
async fn last_due(office: &TestOffice, class: Class) -> (haechi_core::time::Day, u64, u64) {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let all = view::standings(&office.office, &tx).await.unwrap();
    let (until, due) = all.into_iter().find(|one| one.class == class).unwrap().due.unwrap();
    (until, due.count, due.held)
}

async fn goes(office: &TestOffice) -> u64 {
    let gone = carry_out(&office.office, office.tenant).await.unwrap();
    take_files_away(&office.office, office.tenant).await.unwrap();
    gone
}

async fn log(office: &TestOffice, word: &str) -> Vec<serde_json::Value> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let lines = audit::lines(&tx, 0, 10_000).await.unwrap();
    let found = lines.into_iter().filter(|line| line.contains(word));
    found.map(|line| serde_json::from_str(&line).unwrap()).collect()
}

/// What is wrong with the log: nothing.
async fn verified(office: &TestOffice) {
    let tx = office.office.db().write(office.tenant).await.unwrap();
    audit::checkpoint(&tx, office.office.signer(), &office.code, office.office.clock()).await.unwrap();
    tx.commit().await.unwrap();
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let mut events = Vec::new();
    export(&tx, &mut events).await.unwrap();
    let keys = Keys { log: LogKey::parse(office.office.signer().key()).unwrap(), witnesses: Vec::new() };
    let verdict = verify(Cursor::new(events), &checkpoints(&tx).await.unwrap(), &keys).unwrap();
    assert!(verdict.faults.is_empty(), "{}: {:?}", office.kind, verdict.faults);
}

async fn attach(office: &TestOffice, who: &str, case: CaseId, bytes: &[u8]) -> u16 {
    let path = format!("/cases/{case}/attachments");
    office.browser(who).await.send_file(&path, "영수증.txt", bytes).await.status.as_u16()
}

async fn lies_there(office: &TestOffice, bytes: &[u8]) -> bool {
    office.office.files().is_there(&Digest::of(bytes)).await.unwrap()
}

fn is_forbidden(error: &RetentionError) -> bool {
    matches!(error, RetentionError::Denied(Denied::Forbidden(_)))
}

#[tokio::test]
async fn a_closed_case_goes_by_two_people_and_its_row_the_figures_and_the_log_stay() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), TestFinding::to_kim("찻집")])).await;
        let tea = case_of(&office, "찻집").await;
        let id = case_of(&office, "식당").await;
        assert_eq!(attach(&office, "Kim", id, b"one receipt").await, 303);
        for case in [id, tea] {
            assert_eq!(attach(&office, "Kim", case, b"of both").await, 303);
        }
        cases::comment(&office.office, &office.actor("Kim").await, id, SAID).await.unwrap();
        closed(&office, "식당").await;
        keep(&office, Class::Cases, 1).await;
        let admin = office.actor("S").await;
        let early = What::Destruction { class: Class::Cases, until: office.office.today() };
        let refused = propose(&office.office, &admin, early, "이릅니다").await.unwrap_err();
        assert!(matches!(refused, RetentionError::NotDue(last) if last == day("2025-11-24")), "{refused:?}");
        office.days_pass(365);
        assert_eq!(last_due(&office, Class::Cases).await, (day("2026-11-24"), 1, 0), "{}", office.kind);

        let figures = async || {
            let tx = office.office.db().read(office.tenant).await.unwrap();
            let (from, until) = (row(&office, tea).await.opened_at, office.office.now());
            let mut all = cases::all_figures(&tx, from, until).await.unwrap();
            all.iter_mut().for_each(|one| one.named = None);
            // Rows come in whatever order the database has them.
            all.sort_by(|one, other| one.state.cmp(&other.state));
            all
        };
        let (counted, before) = (figures().await, audit::digest(&row(&office, id).await));
        let destruction = What::Destruction { class: Class::Cases, until: day("2026-11-24") };
        let admin = office.actor("S").await;
        let proposal = propose(&office.office, &admin, destruction, "보존기간이 끝났습니다").await.unwrap();
        assert!(is_forbidden(&decide(&office.office, &admin, proposal, true, "네").await.unwrap_err()));
        assert_eq!(goes(&office).await, 0, "nothing goes by one alone");
        decide(&office.office, &office.actor("Io").await, proposal, true, "네").await.unwrap();
        assert_eq!((goes(&office).await, goes(&office).await), (1, 0), "once");

        // What stays.
        let after = row(&office, id).await;
        assert_eq!((after.state.as_str(), after.outcome.as_deref()), ("closed", Some("explained")));
        assert_eq!((after.amount, after.unit.as_deref()), (Some(1_200_000), Some("team")));
        assert_eq!(after.destroyed_on, Some(day("2027-11-24")));
        assert_eq!(figures().await, counted, "{}: statistics hold", office.kind);
        // What does not.
        assert_eq!((after.handler, after.named, after.said.as_str(), after.found.as_str()), (None, None, "", ""));
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert!(cases::store::entries(&tx, id).await.unwrap().is_empty());
        assert!(cases::store::attachments(&tx, id).await.unwrap().is_empty());
        let alert = alerts::one(&tx, after.alert).await.unwrap().unwrap();
        let left = format!("{} {} {} {}", alert.explanation_ko, alert.subject, alert.facts, alert.evidence);
        assert_eq!((left.as_str(), alert.employee_no), (" {} {} []", None));
        drop(tx);
        assert!(!lies_there(&office, b"one receipt").await && lies_there(&office, b"of both").await);

        // Its event has the digest of what stood before, which the log had as its last.
        let events = log(&office, "case.destroy").await;
        assert_eq!(events.len(), 1);
        assert_eq!((&events[0]["before"], &events[0]["after"]), (&json!(before), &json!(audit::digest(&after))));
        let closing = log(&office, "case.confirm").await.pop().unwrap();
        assert_eq!(closing["after"], events[0]["before"]);
        verified(&office).await;
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let certificate = view::destruction(&tx, proposal).await.unwrap().certificate.unwrap();
        assert_eq!((certificate.destroyed, certificate.held), (1, 0));
        assert_eq!(certificate.digest, Digest::of(format!("{id}\n")).to_string());
    }
}

#[tokio::test]
async fn of_a_destroyed_case_nothing_is_opened_added_taken_away_or_found() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let id = closed(&office, "식당").await;
        keep(&office, Class::Cases, 1).await;
        office.days_pass(400);
        condemned(&office, Class::Cases).await;
        assert_eq!(goes(&office).await, 1);
        let auditor = office.actor("A1").await;
        let refused = [
            cases::reopen(&office.office, &auditor, id, None, "다시 봅니다").await.unwrap_err(),
            cases::comment(&office.office, &auditor, id, "덧붙입니다").await.unwrap_err(),
        ];
        assert!(refused.iter().all(|error| matches!(error, CaseError::Destroyed)), "{refused:?}");
        assert_eq!(attach(&office, "A1", id, b"again").await, 409);
        let browser = office.browser("A1").await;
        let at = |verb: &str| format!("/cases/{id}/{verb}");
        assert_eq!(browser.post(&at("proof"), &[("reason", "업무상 확인")]).await.status, 409);
        assert_eq!(browser.post(&at("reveal"), &[("reason", "업무상 확인")]).await.status, 409);
        assert_eq!(browser.post(&at("reopening"), &[("revision", "5"), ("reason", "다시")]).await.status, 409);
        let page = browser.get(&format!("/cases/{id}")).await;
        assert!(page.status.is_success() && page.body.contains("2027.12.29.에 파기한 사안입니다"), "{}", page.body);
        assert!(
            page.body.contains("파기확인서")
                && !page.body.contains(SAID)
                && !page.body.contains("<form method=\"post\" action=\"/cases"),
            "{}",
            page.body
        );
        let list = browser.get("/cases?closed=yes").await.body;
        assert!(list.contains(&id.to_string()) && list.contains("파기됨"), "{list}");
        assert!(!browser.get("/search?q=나누어").await.body.contains(&id.to_string()), "search finds it no more");
        let api = Program::of(&office, Some("A1")).await.get(&format!("/api/v1/cases/{id}")).await.json();
        assert_eq!(api["destroyed_on"], "2027-12-29");
        assert_eq!((&api["history"], &api["files"], &api["may"]), (&json!([]), &json!([]), &json!([])));
        // Who answered it once sees it no more: their name is not in it.
        assert_eq!(office.browser("Kim").await.get(&format!("/cases/{id}")).await.status, 404);
    }
}

#[tokio::test]
async fn a_finding_that_runs_still_bring_asks_nothing_again_and_one_that_comes_back_is_a_new_case() {
    for office in TestOffice::both().await {
        let run = TestRun::of([TestFinding::to_kim("식당")]);
        office.receive(&run).await;
        let id = closed(&office, "식당").await;
        keep(&office, Class::Cases, 1).await;
        office.days_pass(366);
        condemned(&office, Class::Cases).await;
        goes(&office).await;
        let again = office.receive(&run.clone().looking_from("2027-12-01")).await;
        assert_eq!((again.new, again.seen), (0, 0), "{}", office.kind);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let alert = alerts::one(&tx, row(&office, id).await.alert).await.unwrap().unwrap();
        assert_eq!((alert.subject.as_str(), alert.times_seen), ("{}", 2), "nothing of it comes back");
        drop(tx);
        let tea = TestRun::of([TestFinding::to_kim("찻집")]);
        assert_eq!(office.receive(&tea.looking_from("2027-12-02")).await.gone, 1);
        let back = office.receive(&run.looking_from("2027-12-03")).await;
        assert_eq!(back.new, 1, "what comes back is asked anew");
        assert_ne!(case_of(&office, "식당").await, id);
        assert!(row(&office, id).await.destroyed_on.is_some());
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert!(cases::store::entries(&tx, id).await.unwrap().is_empty(), "it has no history any more");
    }
}

#[tokio::test]
async fn a_hold_is_set_by_one_stops_what_was_decided_and_takes_two_to_lift() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), TestFinding::to_kim("찻집")])).await;
        let (held, free) = (closed(&office, "식당").await, closed(&office, "찻집").await);
        keep(&office, Class::Cases, 1).await;
        office.days_pass(400);
        let first = condemned(&office, Class::Cases).await;
        let auditor = office.actor("A1").await;
        let record = held.to_string();
        let new = NewHold {
            kind: HoldKind::Case, record: &record, reason: "수사 중입니다", basis: "수사협조 2027-1"
        };
        let nobody = set_hold(&office.office, &office.actor("Kim").await, new).await.unwrap_err();
        assert!(matches!(nobody, RetentionError::Denied(_)), "{nobody:?}");
        let without = set_hold(&office.office, &auditor, NewHold { basis: " ", ..new }).await.unwrap_err();
        assert!(matches!(without, RetentionError::Basis));
        let hold = set_hold(&office.office, &auditor, new).await.unwrap();
        assert_eq!(last_due(&office, Class::Cases).await, (day("2026-12-29"), 2, 1), "{}", office.kind);
        assert_eq!(goes(&office).await, 1, "what is not held goes");
        assert!(row(&office, held).await.destroyed_on.is_none() && row(&office, free).await.destroyed_on.is_some());
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let certificate = view::destruction(&tx, first).await.unwrap().certificate.unwrap();
        assert_eq!((certificate.destroyed, certificate.held), (1, 1));
        drop(tx);
        let page = office.browser("A1").await.get(&format!("/cases/{held}")).await.body;
        assert!(page.contains("법적 보존 중인 사안") && page.contains("수사협조 2027-1"), "{page}");
        let page = office.browser("H").await.get(&format!("/cases/{held}")).await.body;
        assert!(!page.contains("법적 보존"), "who is in it is not told");

        // Two lift it, and neither of them alone.
        let lift = propose(&office.office, &auditor, What::Lift(hold), "수사가 끝났습니다").await.unwrap();
        assert!(is_forbidden(&decide(&office.office, &auditor, lift, true, "네").await.unwrap_err()));
        let admin = decide(&office.office, &office.actor("S").await, lift, true, "네").await.unwrap_err();
        assert!(matches!(admin, RetentionError::Denied(Denied::Hidden)), "who may not see the case: {admin:?}");
        condemned(&office, Class::Cases).await;
        assert_eq!(goes(&office).await, 0, "it holds until it is decided");
        decide(&office.office, &office.actor("A2").await, lift, true, "네").await.unwrap();
        assert_eq!(log(&office, &hold.to_string()).await.len(), 2, "set and lifted");
        condemned(&office, Class::Cases).await;
        assert_eq!(goes(&office).await, 1);
        verified(&office).await;
    }
}

#[tokio::test]
async fn a_hold_on_a_person_keeps_their_cases_messages_and_accesses_and_one_on_a_rule_its_cases() {
    for office in TestOffice::both().await {
        let of_park = TestFinding { scenario: "card.night", person: Some("Park"), ..TestFinding::to_kim("노래방") };
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), of_park])).await;
        let kims = closed(&office, "식당").await;
        let id = case_of(&office, "노래방").await;
        let answer = Answer::Explained { text: SAID.to_owned() };
        cases::answer(&office.office, &office.actor("Park").await, id, None, &answer).await.unwrap();
        cases::approve(&office.office, &office.actor("H").await, id, None, "").await.unwrap();
        cases::confirm(&office.office, &office.actor("A1").await, id, None, false, "").await.unwrap();
        crate::access::reveal(&office.office, &office.actor("A1").await, kims, "성과 확인").await.unwrap();
        for class in [Class::Cases, Class::Messages] {
            keep(&office, class, 1).await;
        }
        keep(&office, Class::Access, 2).await;
        office.days_pass(740);
        let held = async |class| last_due(&office, class).await;
        assert_eq!(held(Class::Cases).await.2, 0);
        let auditor = office.actor("A1").await;
        let hold = |kind, record| NewHold { kind, record, reason: "소송", basis: "법원 명령" };
        set_hold(&office.office, &auditor, hold(HoldKind::Person, "Kim")).await.unwrap();
        assert_eq!((held(Class::Cases).await.1, held(Class::Cases).await.2), (2, 1), "{}", office.kind);
        assert!(held(Class::Messages).await.2 > 0 && held(Class::Messages).await.1 > held(Class::Messages).await.2);
        assert_eq!((held(Class::Access).await.1, held(Class::Access).await.2), (1, 1));
        // Who handled a case is in it too: the head approved both.
        set_hold(&office.office, &auditor, hold(HoldKind::Person, "H")).await.unwrap();
        assert_eq!(held(Class::Cases).await.2, 2);
        set_hold(&office.office, &auditor, hold(HoldKind::Rule, "card.night")).await.unwrap();
        let wrong = set_hold(&office.office, &auditor, hold(HoldKind::Rule, "no rule")).await.unwrap_err();
        assert!(matches!(wrong, RetentionError::Record));
        let wrong = set_hold(&office.office, &auditor, hold(HoldKind::Person, "nobody")).await.unwrap_err();
        assert!(matches!(wrong, RetentionError::Record));
        condemned(&office, Class::Cases).await;
        assert_eq!(goes(&office).await, 0);
    }
}

#[tokio::test]
async fn who_keeps_away_from_a_case_does_not_decide_that_it_goes_nor_does_somebody_in_anothers_name() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("찻집")])).await;
        let id = closed(&office, "찻집").await;
        let auditor = office.actor("A1").await;
        let may = crate::policy::generally(&auditor, crate::policy::Action::Recuse).unwrap();
        people::recuse(&office.office, &may, office.person("A1").await, id.uuid(), "친척입니다").await.unwrap();
        keep(&office, Class::Cases, 1).await;
        office.days_pass(400);
        let until = last_due(&office, Class::Cases).await.0;
        let what = What::Destruction { class: Class::Cases, until };
        let id = propose(&office.office, &office.actor("S").await, what, "끝").await.unwrap();
        let recused = decide(&office.office, &office.actor("A1").await, id, true, "네").await.unwrap_err();
        assert!(matches!(recused, RetentionError::Denied(Denied::Hidden)), "{}: {recused:?}", office.kind);
        let kim = office.actor("A2").await.with_stand_in(&office.actor("Io").await);
        assert!(decide(&office.office, &kim, id, true, "네").await.is_err());
        assert!(withdraw(&office.office, &office.actor("Io").await, id).await.is_err());
        withdraw(&office.office, &office.actor("S").await, id).await.unwrap();
        let late = decide(&office.office, &office.actor("Io").await, id, true, "네").await.unwrap_err();
        assert!(matches!(late, RetentionError::Decided));
        assert_eq!(goes(&office).await, 0);
    }
}

#[tokio::test]
async fn a_destruction_that_was_killed_half_way_goes_on_where_it_was_and_does_nothing_twice() {
    for office in TestOffice::both().await {
        let places = ["식당", "찻집", "서점"];
        office.receive(&TestRun::of(places.map(TestFinding::to_kim))).await;
        for place in places {
            closed(&office, place).await;
        }
        keep(&office, Class::Cases, 1).await;
        office.days_pass(400);
        let id = condemned(&office, Class::Cases).await;
        assert_eq!(batch(&office.office, office.tenant, 1).await.unwrap(), Batch::Gone(1), "{}", office.kind);
        // Killed in the middle of a batch: nothing of that one is done.
        assert!(batch(&office.office, office.tenant, 1).now_or_never().is_none());
        let (one, other) =
            tokio::join!(batch(&office.office, office.tenant, 1), batch(&office.office, office.tenant, 1));
        assert_eq!([one.unwrap(), other.unwrap()], [Batch::Gone(1); 2], "two workers take one each");
        assert_eq!(batch(&office.office, office.tenant, 1).await.unwrap(), Batch::Ended(id));
        assert_eq!(batch(&office.office, office.tenant, 1).await.unwrap(), Batch::Nothing);
        assert_eq!(log(&office, "case.destroy").await.len(), 3);
        assert_eq!(log(&office, "retention.certify").await.len(), 1);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert_eq!(view::destruction(&tx, id).await.unwrap().certificate.unwrap().destroyed, 3);
    }
}

#[tokio::test]
async fn a_period_that_was_made_longer_meanwhile_and_an_exclusion_that_holds_keep_a_case() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let id = case_of(&office, "식당").await;
        let until = office.office.today() + haechi_core::time::Days::new(366);
        let answer = Answer::Exclude { text: SAID.to_owned(), basis: "조례".to_owned(), until };
        cases::answer(&office.office, &office.actor("Kim").await, id, None, &answer).await.unwrap();
        cases::approve(&office.office, &office.actor("H").await, id, None, "").await.unwrap();
        cases::confirm(&office.office, &office.actor("A1").await, id, None, false, "").await.unwrap();
        keep(&office, Class::Cases, 1).await;
        office.days_pass(366);
        assert_eq!(last_due(&office, Class::Cases).await.1, 0, "{}: the exclusion holds today", office.kind);
        office.days_pass(1);
        assert_eq!(last_due(&office, Class::Cases).await.1, 1);
        condemned(&office, Class::Cases).await;
        keep(&office, Class::Cases, 5).await;
        assert_eq!(goes(&office).await, 0, "no longer due");
        assert!(row(&office, id).await.destroyed_on.is_none());
        let exclusions = office.browser("A1").await.get("/exclusions").await.body;
        assert!(exclusions.contains(SAID));
    }
}

#[tokio::test]
async fn a_case_that_was_opened_again_after_the_decision_stays() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let id = closed(&office, "식당").await;
        keep(&office, Class::Cases, 1).await;
        office.days_pass(366);
        condemned(&office, Class::Cases).await;
        cases::reopen(&office.office, &office.actor("A1").await, id, None, "새 자료가 있습니다").await.unwrap();
        assert_eq!(goes(&office).await, 0, "{}", office.kind);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert!(cases::store::entries(&tx, id).await.unwrap().iter().any(|entry| entry.text == SAID));
    }
}

#[tokio::test]
async fn the_access_log_is_kept_for_two_years_at_least_and_its_rows_go_by_a_decided_destruction_alone() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let id = case_of(&office, "식당").await;
        crate::access::reveal(&office.office, &office.actor("A1").await, id, "성과 확인").await.unwrap();
        let period = |years| What::Period {
            class: Class::Access,
            years: Some(years),
            from_new_year: false,
            first_day: office.office.today(),
        };
        let admin = office.actor("S").await;
        let short = propose(&office.office, &admin, period(1), "줄입니다").await.unwrap_err();
        assert!(matches!(short, RetentionError::AccessYears(2)), "{short:?}");
        let problem = crate::problem::Problem::from(short);
        assert!(problem.happened.ko.contains("2년보다 짧게") && problem.advice.ko.contains("고유식별정보"));
        assert!(matches!(
            propose(&office.office, &admin, period(101), "길게").await,
            Err(RetentionError::Years { least: 2, most: 100 })
        ));
        keep(&office, Class::Access, 2).await;
        office.days_pass(729);
        assert_eq!(last_due(&office, Class::Access).await.1, 0);
        office.days_pass(2);
        assert_eq!(last_due(&office, Class::Access).await.1, 1, "{}", office.kind);
        let noted = log(&office, "case.reveal").await.pop().unwrap();
        condemned(&office, Class::Access).await;
        assert_eq!(goes(&office).await, 1);
        let event = log(&office, "access.destroy").await.pop().unwrap();
        assert_eq!(
            (&event["before"], &event["record"]),
            (&noted["after"], &noted["record"]),
            "its digest was in the log"
        );
        assert_eq!(last_due(&office, Class::Access).await.1, 0);
        verified(&office).await;
    }
}

#[tokio::test]
async fn messages_lose_their_words_and_that_they_were_sent_stays() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        keep(&office, Class::Messages, 1).await;
        office.days_pass(400);
        let count = last_due(&office, Class::Messages).await.1;
        assert!(count > 0, "{}", office.kind);
        condemned(&office, Class::Messages).await;
        assert_eq!(goes(&office).await, count);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let kim = office.person("Kim").await;
        assert!(outbox::store::inbox(&tx, kim, 100).await.unwrap().is_empty());
        drop(tx);
        // The same cause writes no second one.
        assert!(office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await.again);
        assert_eq!(last_due(&office, Class::Messages).await.1, 0);
    }
}

/// The small city with somebody who left years ago.
fn with_one_who_left(office: &TestOffice) -> Records {
    let mut records = office.records();
    records.persons.push(PersonRecord {
        employee_no: "Han".to_owned(),
        name: "한 님".to_owned(),
        mail: Some("han@city.example".to_owned()),
        mobile: Some("010-1111-2222".to_owned()),
        left_on: Some(day("2024-06-30")),
    });
    records
}

#[tokio::test]
async fn who_left_is_blanked_and_their_id_stays_and_no_register_brings_their_name_back() {
    for office in TestOffice::both().await {
        let records = with_one_who_left(&office);
        office.take_in(&records).await;
        let han = office.person("Han").await;
        sign_in::set_password(&office.office, office.tenant, han, "맑은 물 한 그릇 열두").await.unwrap();
        keep(&office, Class::Persons, 1).await;
        assert_eq!(last_due(&office, Class::Persons).await.1, 1);
        let auditor = office.actor("A1").await;
        let new = NewHold { kind: HoldKind::Person, record: "Han", reason: "소송", basis: "법원" };
        let hold = set_hold(&office.office, &auditor, new).await.unwrap();
        condemned(&office, Class::Persons).await;
        assert_eq!(goes(&office).await, 0, "{}: who is held stays", office.kind);
        decided(&office, "A1", "A2", What::Lift(hold)).await;
        condemned(&office, Class::Persons).await;
        assert_eq!(goes(&office).await, 1);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let directory = people::directory(&office.office, &tx).await.unwrap();
        assert!(directory.with_employee_no("Han").is_none());
        let known = directory.person(han).unwrap();
        assert_eq!(
            (known.name.as_str(), known.employee_no.as_str(), known.left_on),
            ("–", "", Some(day("2024-06-30")))
        );
        assert!(directory.persons().all(|person| person.id != han));
        let account = sign_in::store::account_of(&tx, han).await.unwrap().unwrap();
        assert!(account.ended_at.is_some() && account.password.is_empty() && !account.login.contains("Han"));
        drop(tx);
        let again = office.take_in(&records).await;
        assert!(again.is_empty(), "a register that still has them brings nothing back: {again:?}");
        let page = office.browser("S").await.get(&format!("/people/persons/{han}")).await;
        assert_eq!(page.status, 404);
        let logged = log(&office, "person.destroy").await.pop().unwrap();
        assert_eq!(logged["record"]["id"], json!(han.to_string()));
    }
}

#[tokio::test]
async fn another_government_sees_nothing_of_it_and_its_file_of_the_same_bytes_stays() {
    for office in TestOffice::both().await {
        let code = format!("8{}", office.code.get(1..).unwrap());
        let name = Words::new("다른시", "Another City");
        let tenant = people::found(&office.office, &code, &name, Via::Cli).await.unwrap();
        let other = TestOffice {
            office: office.office.clone(),
            tenant,
            code,
            clock: office.clock.clone(),
            folder: tempfile::tempdir().unwrap(),
            kind: office.kind,
            log_secret: office.log_secret.clone(),
        };
        other.take_in(&other.records()).await;
        for (who, role) in [("S", crate::policy::Role::Administrator), ("A1", crate::policy::Role::Auditor)] {
            people::grant_by_installation(&other.office, tenant, other.person(who).await, role).await.unwrap();
        }
        for city in [&office, &other] {
            city.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
            let id = case_of(city, "식당").await;
            assert_eq!(attach(city, "Kim", id, b"the same bytes").await, 303);
        }
        closed(&office, "식당").await;
        keep(&office, Class::Cases, 1).await;
        office.days_pass(400);
        let id = condemned(&office, Class::Cases).await;
        assert_eq!(carry_out(&other.office, other.tenant).await.unwrap(), 0, "{}", office.kind);
        assert_eq!(goes(&office).await, 1);
        assert!(lies_there(&office, b"the same bytes").await, "the other government's case still has it");
        let tx = other.office.db().read(other.tenant).await.unwrap();
        assert!(store::all(&tx).await.unwrap().is_empty() && store::one(&tx, id).await.unwrap().is_none());
        assert!(view::destructions(&tx).await.unwrap().is_empty());
        drop(tx);
        let theirs = other.browser("S").await.get(&format!("/settings/retention/certificates/{id}")).await;
        assert_eq!(theirs.status, 404);
    }
}

#[tokio::test]
async fn on_postgresql_the_log_in_that_serves_can_take_nothing_away_that_no_destruction_names() {
    let [_, office] = TestOffice::both().await;
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let id = case_of(&office, "식당").await;
    assert_eq!(attach(&office, "Kim", id, b"one receipt").await, 303);
    crate::access::reveal(&office.office, &office.actor("A1").await, id, "성과 확인").await.unwrap();
    let new = NewHold { kind: HoldKind::Rule, record: "card.split-payment", reason: "소송", basis: "법원" };
    set_hold(&office.office, &office.actor("A1").await, new).await.unwrap();
    keep(&office, Class::Cases, 1).await;
    let tried = async |statement: &str| {
        let tx = office.office.db().write(office.tenant).await.unwrap();
        let done = sea_orm::ConnectionTrait::execute_unprepared(tx.on(), statement).await;
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    };
    for table in ["case_entry", "attachment", "access_log"] {
        assert_eq!(tried(&format!("DELETE FROM {table}")).await, Ok(0), "{table}");
        let refused = tried(&format!("UPDATE {table} SET tenant = tenant")).await.unwrap_err();
        assert!(refused.contains("permission denied"), "{table}: {refused}");
    }
    for statement in [
        "UPDATE legal_hold SET reason = ''",
        "DELETE FROM legal_hold",
        "UPDATE retention_proposal SET until = NULL",
        "DELETE FROM retention_proposal",
        "UPDATE destroyed_record SET digest = ''",
        "DELETE FROM destroyed_record",
        "DELETE FROM destruction_certificate",
    ] {
        let refused = tried(statement).await.unwrap_err();
        assert!(refused.contains("permission denied"), "{statement}: {refused}");
    }
    let own = tried("UPDATE retention_proposal SET decided_by = proposed_by, approved = true").await.unwrap_err();
    assert!(own.contains("check constraint"), "{own}");
}
