//! Cases on both databases, as stories.

use haechi_core::finding::Severity;
use haechi_core::run_report::{Notify, Outcome as RunOutcome, Reason};
use haechi_core::words::Words;

use super::state::CaseState;
use super::{Answer, Case, CaseError, Filter, store};
use crate::ids::CaseId;
use crate::policy::{self, Actor};
use crate::testing::{TestFinding, TestOffice, TestRun};

/// The cases somebody sees in their list.
async fn seen_by(office: &TestOffice, actor: &Actor) -> Vec<store::Row> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let recused = super::recused(&tx, actor).await.unwrap();
    let filter = Filter { closed: true, ..Filter::default() };
    store::list(&tx, &policy::scope(actor), &recused, &filter, office.office.now(), (0, 1_000)).await.unwrap()
}

async fn case(office: &TestOffice, actor: &Actor, id: CaseId) -> Case {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    super::load(&tx, actor, id).await.unwrap()
}

fn explained() -> Answer {
    Answer::Explained { text: "서로 다른 모임이었습니다.".to_owned() }
}

#[tokio::test]
async fn a_finding_goes_from_handler_to_manager_to_auditor_and_is_closed() {
    for office in TestOffice::both().await {
        let received = office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        assert_eq!((received.new, received.again), (1, false), "{}", office.kind);
        let [kim, head, auditor] = [office.actor("Kim").await, office.actor("H").await, office.actor("A1").await];
        let [row] = seen_by(&office, &kim).await.try_into().unwrap();
        assert_eq!((row.state.as_str(), row.handler), ("with_handler", kim.id()));

        super::answer(&office.office, &kim, row.id, Some(1), &explained()).await.unwrap();
        super::approve(&office.office, &head, row.id, Some(2), "").await.unwrap();
        super::confirm(&office.office, &auditor, row.id, Some(3), false, "").await.unwrap();

        let closed = case(&office, &auditor, row.id).await;
        assert_eq!((closed.state(), closed.row.outcome.as_deref()), (CaseState::Closed, Some("explained")));
        assert_eq!(closed.row.due_at, None, "nothing is due any more");
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let steps = store::steps(&tx, row.id).await.unwrap();
        assert!(steps.iter().all(|step| step.status == "cancelled"), "{steps:?}");
    }
}

#[tokio::test]
async fn nobody_approves_or_confirms_their_own() {
    for office in TestOffice::both().await {
        // The head of the team is the one who paid.
        let of_head = TestFinding { person: Some("H"), ..TestFinding::to_kim("식당") };
        office.receive(&TestRun::of([of_head])).await;
        let [head, above] = [office.actor("H").await, office.actor("B").await];
        let [row] = seen_by(&office, &head).await.try_into().unwrap();
        super::answer(&office.office, &head, row.id, None, &explained()).await.unwrap();
        let own = super::approve(&office.office, &head, row.id, None, "").await;
        assert!(matches!(own, Err(CaseError::Denied(_))), "{own:?}");
        super::approve(&office.office, &above, row.id, None, "").await.unwrap();
    }
}

#[tokio::test]
async fn of_two_who_act_at_once_exactly_one_succeeds_and_the_other_is_told_who_was_first() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [kim, head, above] = [office.actor("Kim").await, office.actor("H").await, office.actor("B").await];
        let [row] = seen_by(&office, &kim).await.try_into().unwrap();
        super::answer(&office.office, &kim, row.id, Some(1), &explained()).await.unwrap();
        let (one, other) = tokio::join!(
            super::approve(&office.office, &head, row.id, Some(2), ""),
            super::send_back(&office.office, &above, row.id, Some(2), "영수증을 붙여 주십시오."),
        );
        let beaten = match (one, other) {
            (Ok(()), Err(CaseError::Beaten { who, .. })) => (who, "H 님"),
            (Err(CaseError::Beaten { who, .. }), Ok(())) => (who, "B 님"),
            other => panic!("{}: {other:?}", office.kind),
        };
        assert_eq!(beaten.0, beaten.1, "{}", office.kind);
    }
}

#[tokio::test]
async fn what_is_kept_for_the_audit_office_is_nowhere_to_be_seen_for_its_handler_until_released() {
    for office in TestOffice::both().await {
        let kept =
            TestFinding {
                scenario: "vendor.own-account", notify: Notify::AuditFirst, ..TestFinding::to_kim("거래처")
            };
        office.receive(&TestRun::of([kept])).await;
        let [kim, head, auditor] = [office.actor("Kim").await, office.actor("H").await, office.actor("A1").await];
        assert!(seen_by(&office, &kim).await.is_empty(), "{}", office.kind);
        assert!(seen_by(&office, &head).await.is_empty());
        let [row] = seen_by(&office, &auditor).await.try_into().unwrap();
        let tried = super::answer(&office.office, &kim, row.id, None, &explained()).await;
        assert!(matches!(tried, Err(CaseError::Denied(policy::Denied::Hidden))), "{tried:?}");
        // The mayor stands above the audit office, and is not told either.
        assert!(seen_by(&office, &office.actor("M").await).await.is_empty());

        super::release(&office.office, &auditor, row.id, None, "확인했습니다.").await.unwrap();
        let [released] = seen_by(&office, &kim).await.try_into().unwrap();
        assert_eq!((released.id, released.state.as_str()), (row.id, "with_handler"));
    }
}

#[tokio::test]
async fn what_is_about_the_audit_office_or_the_mayor_is_confirmed_outside() {
    for office in TestOffice::both().await {
        let of_auditor = TestFinding { unit: Some("audit"), person: Some("A1"), ..TestFinding::to_kim("식당") };
        let of_mayor = TestFinding { unit: Some("hall"), person: Some("M"), ..TestFinding::to_kim("호텔") };
        let kept = TestFinding {
            scenario: "vendor.own-account",
            notify: Notify::AuditFirst,
            unit: Some("audit"),
            person: Some("A2"),
            ..TestFinding::to_kim("거래처")
        };
        office.receive(&TestRun::of([of_auditor, of_mayor, kept])).await;
        let [a1, a2, outside] = [office.actor("A1").await, office.actor("A2").await, office.actor("X").await];
        assert_eq!(seen_by(&office, &outside).await.len(), 3, "{}", office.kind);
        assert!(seen_by(&office, &a2).await.is_empty(), "an auditor sees nothing of it");
        let [own] = seen_by(&office, &a1).await.try_into().unwrap();
        let head = office.actor("AH").await;
        super::answer(&office.office, &a1, own.id, None, &explained()).await.unwrap();
        super::approve(&office.office, &head, own.id, None, "").await.unwrap();
        let by_auditor = super::confirm(&office.office, &a2, own.id, None, false, "").await;
        assert!(matches!(by_auditor, Err(CaseError::Denied(policy::Denied::Hidden))), "{by_auditor:?}");
        super::confirm(&office.office, &outside, own.id, None, false, "").await.unwrap();
    }
}

#[tokio::test]
async fn who_confirms_from_outside_gives_what_is_kept_to_another_who_does_and_to_nobody_else() {
    for office in TestOffice::both().await {
        let lee = office.person("Lee").await;
        let role = policy::Role::OutsideConfirmer;
        crate::slices::people::grant_by_installation(&office.office, office.tenant, lee, role).await.unwrap();
        let kept = TestFinding {
            scenario: "vendor.own-account",
            notify: Notify::AuditFirst,
            unit: Some("audit"),
            person: Some("A2"),
            ..TestFinding::to_kim("거래처")
        };
        office.receive(&TestRun::of([kept])).await;
        let outside = office.actor("X").await;
        let [row] = seen_by(&office, &outside).await.try_into().unwrap();
        // Both are named at the same moment, so either may have got it.
        let [kim, x] = [office.person("Kim").await, office.person("X").await];
        let (one, other) = if row.handler == Some(x) { ("X", lee) } else { ("Lee", x) };
        let one = office.actor(one).await;
        let elsewhere = super::hand_over(&office.office, &one, row.id, None, kim, "자리를 비웁니다.").await;
        assert!(matches!(elsewhere, Err(CaseError::CannotTake)), "{}: {elsewhere:?}", office.kind);
        super::hand_over(&office.office, &one, row.id, None, other, "자리를 비웁니다.").await.unwrap();
        assert_eq!(case(&office, &outside, row.id).await.handler(), Some(other), "{}", office.kind);
        let second = if other == x { outside } else { office.actor("Lee").await };
        super::hand_over(&office.office, &second, row.id, None, one.id().unwrap(), "돌려드립니다.").await.unwrap();
    }
}

#[tokio::test]
async fn what_matters_much_and_was_not_corrected_takes_two_to_close() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding { severity: Severity::High, ..TestFinding::to_kim("식당") }])).await;
        let [kim, head] = [office.actor("Kim").await, office.actor("H").await];
        let [a1, a2] = [office.actor("A1").await, office.actor("A2").await];
        let [row] = seen_by(&office, &kim).await.try_into().unwrap();
        super::answer(&office.office, &kim, row.id, None, &explained()).await.unwrap();
        super::approve(&office.office, &head, row.id, None, "").await.unwrap();
        super::confirm(&office.office, &a1, row.id, None, false, "").await.unwrap();
        assert_eq!(case(&office, &a1, row.id).await.state(), CaseState::WithAudit, "one is not enough");
        let again = super::confirm(&office.office, &a1, row.id, None, false, "").await;
        assert!(matches!(again, Err(CaseError::Denied(policy::Denied::Forbidden(_)))), "{again:?}");
        super::confirm(&office.office, &a2, row.id, None, false, "").await.unwrap();
        assert_eq!(case(&office, &a1, row.id).await.state(), CaseState::Closed);
    }
}

#[tokio::test]
async fn the_same_run_again_changes_nothing_and_a_finding_that_is_gone_says_so() {
    for office in TestOffice::both().await {
        let run = TestRun::of([TestFinding::to_kim("식당"), TestFinding::to_kim("카페")]);
        office.receive(&run).await;
        assert!(office.receive(&run).await.again);
        let next = TestRun::of([TestFinding { rows: 3, ..TestFinding::to_kim("식당") }]).looking_from("2026-11-21");
        let received = office.receive(&next).await;
        assert_eq!((received.new, received.seen, received.gone), (0, 1, 1), "{}", office.kind);
        let kim = office.actor("Kim").await;
        let rows = seen_by(&office, &kim).await;
        assert_eq!(rows.len(), 2, "what is gone stays until somebody decides");
        assert_eq!(rows.iter().filter(|row| row.gone).count(), 1);
        // A scenario that could not be judged says nothing of what it found before, and is an alert of its own.
        let reason = Reason {
            code: "table_missing".to_owned(),
            table: haechi_core::ids::TableName::parse("card_expense").unwrap(),
            words: Words::new("자료가 없습니다.", "The table is missing."),
        };
        let silent = TestRun::of([]).with("card.split-payment", RunOutcome::CannotBeJudged { reasons: vec![reason] });
        let received = office.receive(&silent.looking_from("2026-11-22")).await;
        assert_eq!((received.new, received.gone), (1, 0));
        let io = office.actor("Io").await;
        assert_eq!(seen_by(&office, &io).await.iter().filter(|row| row.handler == io.id()).count(), 1);
    }
}

#[tokio::test]
async fn an_exclusion_hides_until_its_day_and_counts_what_it_hid() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [kim, head, a1] = [office.actor("Kim").await, office.actor("H").await, office.actor("A1").await];
        let [row] = seen_by(&office, &kim).await.try_into().unwrap();
        let exclude = |until: &str| Answer::Exclude {
            text: "구내식당은 매일 씁니다.".to_owned(),
            basis: "내부통제 운영규칙 제5조".to_owned(),
            until: until.parse().unwrap(),
        };
        let beyond = super::answer(&office.office, &kim, row.id, None, &exclude("2028-01-01")).await;
        assert!(matches!(beyond, Err(CaseError::Day)));
        super::answer(&office.office, &kim, row.id, None, &exclude("2026-12-10")).await.unwrap();
        super::approve(&office.office, &head, row.id, None, "").await.unwrap();
        super::confirm(&office.office, &a1, row.id, None, false, "").await.unwrap();
        let hidden = office.receive(&TestRun::of([TestFinding::to_kim("식당")]).looking_from("2026-11-30")).await;
        assert_eq!((hidden.new, hidden.hidden), (0, 1), "{}", office.kind);
        assert_eq!(case(&office, &a1, row.id).await.state(), CaseState::Closed);
        office.days_pass(17);
        let kim = office.actor("Kim").await;
        let over = office.receive(&TestRun::of([TestFinding::to_kim("식당")]).looking_from("2026-12-11")).await;
        assert_eq!(over.hidden, 0);
        assert_eq!(case(&office, &kim, row.id).await.state(), CaseState::WithHandler, "it is asked again");
    }
}

#[tokio::test]
async fn an_unanswered_case_climbs_on_working_days_and_no_further_once_it_is_answered() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let kim = office.actor("Kim").await;
        let [row] = seen_by(&office, &kim).await.try_into().unwrap();
        let mut told = Vec::new();
        for _ in 0..20 {
            office.days_pass(1);
            super::fire_steps(&office.office, office.tenant).await.unwrap();
            // A worker that was killed and began again takes no step twice.
            assert_eq!(super::fire_steps(&office.office, office.tenant).await.unwrap(), 0);
            let tx = office.office.db().read(office.tenant).await.unwrap();
            let steps = store::steps(&tx, row.id).await.unwrap();
            let fired = steps.iter().filter(|step| step.status == "fired").count();
            if fired > told.len() {
                let step = steps.iter().rfind(|step| step.status == "fired").unwrap();
                let name = kim.directory().person(step.told.unwrap()).unwrap().employee_no.clone();
                told.push(format!("{} {name}", office.office.today()));
            }
        }
        // Due on 3 December at 18:00, seen the next morning; three working days from one to the next.
        assert_eq!(told, ["2026-12-04 H", "2026-12-10 B"], "{}", office.kind);
        let kim = office.actor("Kim").await;
        super::answer(&office.office, &kim, row.id, None, &explained()).await.unwrap();
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let planned: Vec<_> =
            store::steps(&tx, row.id).await.unwrap().into_iter().filter(|step| step.status == "planned").collect();
        assert_eq!(planned.len(), 1, "the manager's own deadline");
    }
}

#[tokio::test]
async fn a_handler_who_leaves_or_moves_hands_over_by_the_place_they_leave() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let auditor = office.actor("A1").await;
        let [row] = seen_by(&office, &auditor).await.try_into().unwrap();
        let mut records = office.records();
        records.as_of = "2026-11-25".parse().unwrap();
        // Kim moves to the bureau; Park takes over the duty.
        for place in &mut records.places {
            match place.employee_no.as_str() {
                "Kim" => (place.unit, place.duties) = ("bureau".to_owned(), Vec::new()),
                "Park" => place.duties = vec!["card".to_owned()],
                _ => {}
            }
        }
        let changes = office.take_in(&records).await;
        assert_eq!((changes.new_places.len(), changes.ended_places.len()), (2, 2), "{changes:?}");
        office.days_pass(1);
        assert_eq!(super::look_after(&office.office, office.tenant).await.unwrap().given, 1, "{}", office.kind);
        assert_eq!(super::look_after(&office.office, office.tenant).await.unwrap().given, 0);
        let auditor = office.actor("A1").await;
        assert_eq!(case(&office, &auditor, row.id).await.handler(), Some(office.person("Park").await));
        // Everybody leaves the team: the case waits in the queue of what nobody answers for.
        records.as_of = "2026-11-26".parse().unwrap();
        records.places.retain(|place| place.unit != "team");
        office.take_in(&records).await;
        office.days_pass(1);
        super::look_after(&office.office, office.tenant).await.unwrap();
        let auditor = office.actor("A1").await;
        assert_eq!(case(&office, &auditor, row.id).await.state(), CaseState::Unowned);
        // A vacant post is filled: what waited there is theirs, and due when it was.
        let mut filled = office.records();
        filled.as_of = "2026-11-27".parse().unwrap();
        filled.places.retain(|place| place.employee_no != "Kim" && place.employee_no != "Park");
        office.take_in(&filled).await;
        office.days_pass(1);
        super::look_after(&office.office, office.tenant).await.unwrap();
        let auditor = office.actor("A1").await;
        let taken = case(&office, &auditor, row.id).await;
        assert_eq!((taken.state(), taken.row.due_at), (CaseState::WithHandler, row.due_at), "{}", office.kind);
        assert_eq!(taken.handler(), Some(office.person("Lee").await), "the coordinator");
    }
}

#[tokio::test]
async fn an_alert_of_no_known_unit_waits_in_the_queue_and_is_claimed() {
    for office in TestOffice::both().await {
        let unmapped = TestFinding { unit: None, person: None, ..TestFinding::to_kim("계좌 1") };
        office.receive(&TestRun::of([unmapped])).await;
        let [kim, lee] = [office.actor("Kim").await, office.actor("Lee").await];
        assert!(seen_by(&office, &kim).await.is_empty(), "{}", office.kind);
        let [row] = seen_by(&office, &lee).await.try_into().unwrap();
        let page = office.browser("Lee").await.get("/unmapped").await.body;
        assert!(page.contains("card.split-payment"), "{page}");
        assert!(!office.browser("Kim").await.get("/unmapped").await.body.contains("card.split-payment"));
        super::claim(&office.office, &lee, row.id, Some(1)).await.unwrap();
        let taken = case(&office, &lee, row.id).await;
        assert_eq!((taken.state(), taken.row.unit.as_deref()), (CaseState::WithHandler, Some("team")));
    }
}

#[tokio::test]
async fn a_first_run_over_old_data_does_not_fall_due_at_once() {
    for office in TestOffice::both().await {
        let many: Vec<TestFinding> = (0..50).map(|n| TestFinding::to_kim(&format!("식당 {n}"))).collect();
        office.receive(&TestRun::of(many)).await;
        let rows = seen_by(&office, &office.actor("Kim").await).await;
        let mut due: Vec<_> =
            rows.iter().filter_map(|row| row.due_at).map(|due| office.office.local(due).date()).collect();
        due.sort();
        due.dedup();
        let due: Vec<String> = due.iter().map(ToString::to_string).collect();
        assert_eq!(due, ["2026-12-03", "2026-12-10", "2026-12-17"], "twenty a week, {}", office.kind);
    }
}

#[tokio::test]
async fn a_backlog_of_a_thousand_weeks_is_spread_over_half_a_year() {
    let office = TestOffice::sqlite().await;
    let many: Vec<TestFinding> = (0..600).map(|n| TestFinding::to_kim(&format!("식당 {n}"))).collect();
    office.receive(&TestRun::of(many)).await;
    let rows = seen_by(&office, &office.actor("Kim").await).await;
    let mut starts: Vec<_> = rows.iter().map(|row| row.clock_at).collect();
    starts.sort();
    starts.dedup();
    assert_eq!((rows.len(), starts.len()), (600, 26));
}

/// A page without what differs from one session and one office to the next: ids, and the form's token.
fn plain(page: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for one in page.chars().chain([' ']) {
        if one.is_ascii_hexdigit() || one == '-' {
            run.push(one);
            continue;
        }
        out.push_str(if run.len() >= 32 { "#" } else { &run });
        run.clear();
        out.push(one);
    }
    out
}

#[tokio::test]
async fn what_is_kept_leaves_no_trace_in_any_page_search_count_or_message_of_those_it_is_kept_from() {
    let kept =
        TestFinding { scenario: "vendor.own-account", notify: Notify::AuditFirst, ..TestFinding::to_kim("거래처") };
    for (with, without) in TestOffice::both().await.into_iter().zip(TestOffice::both().await) {
        with.receive(&TestRun::of([TestFinding::to_kim("식당"), kept.clone()])).await;
        without.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        for who in ["Kim", "Lee", "H", "B", "M", "Io"] {
            let (one, other) = (with.browser(who).await, without.browser(who).await);
            let paths = [
                "/",
                "/cases?closed=yes",
                "/cases?q=vendor",
                "/cases?unit=audit",
                "/cases?late=yes",
                "/monitoring",
                "/inbox",
            ];
            for path in paths {
                let (seen, expected) = (one.get(path).await, other.get(path).await);
                assert_eq!(seen.status, expected.status, "{who} {path} on {}", with.kind);
                assert_eq!(plain(&seen.body), plain(&expected.body), "{who} {path} on {}", with.kind);
            }
        }
        let auditor = with.browser("A1").await.get("/cases?q=vendor").await;
        assert!(auditor.body.contains("vendor.own-account"), "the audit office sees it");
    }
}

#[tokio::test]
async fn who_hands_a_case_on_or_waits_again_and_again_wins_no_time() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [row] = seen_by(&office, &office.actor("Kim").await).await.try_into().unwrap();
        office.days_pass(10);
        assert_eq!(super::fire_steps(&office.office, office.tenant).await.unwrap(), 1, "{}", office.kind);
        let planned = async || {
            let tx = office.office.db().read(office.tenant).await.unwrap();
            let steps = store::steps(&tx, row.id).await.unwrap().into_iter().filter(|step| step.status == "planned");
            steps.map(|step| (step.level, step.planned_at)).collect::<Vec<_>>()
        };
        let before = planned().await;
        let [kim, park] = [office.actor("Kim").await, office.actor("Park").await];
        super::hand_over(&office.office, &kim, row.id, None, park.id().unwrap(), "업무 분장").await.unwrap();
        super::hand_over(&office.office, &park, row.id, None, kim.id().unwrap(), "제 일이 아닙니다").await.unwrap();
        let back = case(&office, &kim, row.id).await;
        assert_eq!((back.row.due_at, planned().await), (row.due_at, before), "{}", office.kind);

        // The clock began on 24 November: 60 days later is the last day that may be waited for.
        super::wait(&office.office, &kim, row.id, None, "은행", "2027-01-20".parse().unwrap()).await.unwrap();
        super::resume(&office.office, &kim, row.id, None).await.unwrap();
        let beyond = super::wait(&office.office, &kim, row.id, None, "은행", "2027-01-24".parse().unwrap()).await;
        assert!(matches!(beyond, Err(CaseError::Wait { .. })), "{beyond:?}");
    }
}

#[tokio::test]
async fn the_mayor_sees_what_is_theirs_to_approve_among_all_that_is_not() {
    let office = TestOffice::sqlite().await;
    // Twelve answers wait for the head of the team; one, later due, for the mayor alone.
    let teams: Vec<TestFinding> = (0..12).map(|n| TestFinding::to_kim(&format!("식당 {n}"))).collect();
    office.receive(&TestRun::of(teams)).await;
    let kim = office.actor("Kim").await;
    for row in seen_by(&office, &kim).await {
        super::answer(&office.office, &kim, row.id, None, &explained()).await.unwrap();
    }
    let of_bureau = TestFinding { unit: Some("bureau"), person: Some("B"), ..TestFinding::to_kim("호텔") };
    office.receive(&TestRun::of([of_bureau]).looking_from("2026-11-21")).await;
    office.days_pass(1);
    let bureau = office.actor("B").await;
    let own = seen_by(&office, &bureau).await.into_iter().find(|row| row.handler == bureau.id()).unwrap();
    super::answer(&office.office, &bureau, own.id, None, &explained()).await.unwrap();
    let page = office.browser("M").await.get("/").await.body;
    assert!(page.contains("승인할 것 1건") && page.contains(&own.id.to_string()), "{page}");
}

#[tokio::test]
async fn a_run_whose_findings_are_there_twice_or_bear_another_ones_key_is_refused_whole_by_its_line() {
    let office = TestOffice::sqlite().await;
    let refused = async |lines: String| {
        let file = office.folder.path().join("refused.jsonl");
        // The digest is made to fit, so that only what is wrong is told.
        let (report, findings) = lines.split_once('\n').unwrap();
        let mut report: serde_json::Value = serde_json::from_str(report).unwrap();
        report["findings"] = findings.lines().count().into();
        report["findings_digest"] = haechi_core::digest::Digest::of(findings).to_string().into();
        std::fs::write(&file, format!("{report}\n{findings}")).unwrap();
        crate::ingest::receive(&office.office, &office.engine().await, &file).await.unwrap_err().to_string()
    };
    let lines = TestRun::of([TestFinding::to_kim("식당")]).lines(&office.code);
    let (report, finding) = lines.split_once('\n').unwrap();
    let twice = refused(format!("{report}\n{finding}{finding}")).await;
    assert_eq!(twice, "line 3 cannot be read: the finding is there twice");
    let other = finding.replacen("식당", "카페", 1);
    let not_its_own = refused(format!("{report}\n{other}")).await;
    assert_eq!(
        not_its_own,
        "line 2 cannot be read: the finding's key is not that of its government, scenario and subject"
    );
    assert!(seen_by(&office, &office.actor("Kim").await).await.is_empty(), "nothing was taken in");
}

#[tokio::test]
async fn a_list_is_taken_away_as_it_is_filtered_and_seen_and_the_log_says_so() {
    for office in TestOffice::both().await {
        let hostile = TestFinding { scenario: "card.duplicate", ..TestFinding::to_kim("=1+1") };
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), hostile])).await;
        let kim = office.browser("Kim").await;
        let all = kim.get("/cases/tables/csv").await.body;
        assert_eq!(all.lines().count(), 3, "{}: {all}", office.kind);
        assert!(
            all.contains("Kim 님") && all.contains("회계과") && !all.contains("식당"),
            "what is masked stays here: {all}"
        );
        let one = kim.get("/cases/tables/csv?scenario=card.duplicate").await.body;
        assert_eq!(one.lines().count(), 2, "{one}");
        // Who sees no case takes none away.
        let other = office.browser("Park").await.get("/cases/tables/csv").await.body;
        assert_eq!(other.lines().count(), 1, "{}: {other}", office.kind);
        let book = kim.get("/cases/tables/xlsx").await;
        assert_eq!(book.status.as_u16(), 200);
        assert_eq!(kim.get("/cases/tables/exe").await.status.as_u16(), 404);
        let mut log = Vec::new();
        crate::audit::export(&office.office.db().read(office.tenant).await.unwrap(), &mut log).await.unwrap();
        assert_eq!(String::from_utf8(log).unwrap().matches("case.export").count(), 4, "{}", office.kind);
    }
}

#[tokio::test]
async fn one_field_finds_cases_units_and_people_each_as_far_as_somebody_may() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let kim = office.browser("Kim").await.get("/search?q=나누어").await.body;
        assert!(kim.contains("한 곳에서 나누어 결제"), "{}: {kim}", office.kind);
        let park = office.browser("Park").await.get("/search?q=나누어").await.body;
        assert!(
            !park.contains("한 곳에서 나누어 결제") && park.contains("맞는 것이 없습니다"),
            "{}: {park}",
            office.kind
        );
        let audit = office.browser("A1").await.get("/search?q=회계").await.body;
        assert!(audit.contains("/cases?unit=team"), "{audit}");
        assert!(office.browser("S").await.get("/search?q=kim").await.body.contains("Kim 님 (Kim)"));
        assert!(!office.browser("Lee").await.get("/search?q=park").await.body.contains("Park 님 (Park)"));
        assert_eq!(office.browser("Kim").await.get("/search?q=%25%27%3B--").await.status.as_u16(), 200);
    }
}
