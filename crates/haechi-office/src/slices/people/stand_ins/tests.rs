use haechi_core::finding::Severity;
use haechi_core::run_report::Notify;

use super::*;
use crate::slices::cases::{self, Answer};
use crate::testing::{Browser, TestFinding, TestOffice, TestRun};

/// `who` stands in for `person` from today to 1 December.
async fn named(office: &TestOffice, person: &str, who: &str) -> StandInId {
    let actor = office.actor(person).await;
    let new = Named {
        person: office.person(person).await,
        stand_in: office.person(who).await,
        first: office.office.today(),
        last: "2026-12-01".parse().unwrap(),
        reason: "휴가",
    };
    name(&office.office, &actor, new).await.unwrap()
}

/// The browser of `who`, who stands in for `person`.
async fn standing_in(office: &TestOffice, person: &str, who: &str) -> Browser {
    let id = named(office, person, who).await;
    let browser = office.browser(who).await;
    assert_eq!(browser.post(&format!("/stand-ins/{id}/begin"), &[]).await.status.as_u16(), 303, "{}", office.kind);
    browser
}

/// `who` as they act when they stand in for `person`.
async fn in_name_of(office: &TestOffice, person: &str, who: &str) -> Actor {
    office.actor(person).await.with_stand_in(&office.actor(who).await)
}

async fn one_case(office: &TestOffice, finding: TestFinding) -> crate::ids::CaseId {
    office.receive(&TestRun::of([finding])).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    cases::store::open_cases(&tx).await.unwrap()[0].id
}

fn explained() -> Answer {
    Answer::Explained { text: "서로 다른 모임이었습니다.".to_owned() }
}

#[tokio::test]
async fn a_colleague_answers_in_the_name_of_who_is_away_and_the_record_says_whose_hand_it_was() {
    for office in TestOffice::both().await {
        let id = one_case(&office, TestFinding::to_kim("식당")).await;
        let park = standing_in(&office, "Kim", "Park").await;
        let page = park.get(&format!("/cases/{id}")).await;
        assert!(page.body.contains("Kim 님 님을 대신해 처리하고 있습니다"), "{}", page.body);
        for own in ["/inbox", "/account", "/stand-ins"] {
            assert_eq!(park.get(own).await.status.as_u16(), 403, "{}: {own} is Kim's own", office.kind);
        }
        let fields = [("revision", "1"), ("outcome", "explained"), ("text", "서로 다른 모임이었습니다.")];
        assert_eq!(park.post(&format!("/cases/{id}/answer"), &fields).await.status.as_u16(), 303, "{}", office.kind);
        let seen = office.browser("H").await.get(&format!("/cases/{id}")).await.body;
        assert!(seen.contains("Kim 님") && seen.contains("Park 님 님이 대신 처리"), "{seen}");
        let mut log = Vec::new();
        audit::export(&office.office.db().read(office.tenant).await.unwrap(), &mut log).await.unwrap();
        let log = String::from_utf8(log).unwrap();
        let answer = log.lines().find(|line| line.contains("case.answer")).unwrap();
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        let [kim, hand] = [office.person("Kim").await.to_string(), office.person("Park").await.to_string()];
        assert_eq!(
            (answer["actor"].as_str(), answer["true_actor"].as_str()),
            (Some(kim.as_str()), Some(hand.as_str()))
        );
        assert_eq!(park.post("/stand-ins/stop", &[]).await.status.as_u16(), 303);
        assert_eq!(park.get(&format!("/cases/{id}")).await.status.as_u16(), 404, "{}: Park is Park again", office.kind);
    }
}

#[tokio::test]
async fn nobody_judges_their_own_through_another() {
    for office in TestOffice::both().await {
        let id = one_case(&office, TestFinding { person: Some("H"), ..TestFinding::to_kim("식당") }).await;
        let head = office.actor("H").await;
        cases::answer(&office.office, &head, id, None, &explained()).await.unwrap();
        let as_above = in_name_of(&office, "B", "H").await;
        let own = cases::approve(&office.office, &as_above, id, None, "").await;
        assert!(own.is_err(), "{}: H approves what H answered, as B", office.kind);
        // What H typed in Kim's name is not H's to approve either.
        let office = TestOffice::sqlite().await;
        let id = one_case(&office, TestFinding::to_kim("식당")).await;
        let as_kim = in_name_of(&office, "Kim", "H").await;
        cases::answer(&office.office, &as_kim, id, None, &explained()).await.unwrap();
        assert!(cases::approve(&office.office, &office.actor("H").await, id, None, "").await.is_err());
        cases::send_back(&office.office, &office.actor("B").await, id, None, "자세히 적어 주십시오.").await.unwrap();
        cases::answer(&office.office, &as_kim, id, None, &explained()).await.unwrap();
        cases::approve(&office.office, &office.actor("B").await, id, None, "").await.unwrap();
    }
}

#[tokio::test]
async fn who_stands_in_may_no_more_than_either() {
    for office in TestOffice::both().await {
        let id = one_case(&office, TestFinding { severity: Severity::High, ..TestFinding::to_kim("식당") }).await;
        cases::answer(&office.office, &office.actor("Kim").await, id, None, &explained()).await.unwrap();
        let as_head = in_name_of(&office, "H", "Park").await;
        assert!(cases::approve(&office.office, &as_head, id, None, "").await.is_err(), "Park heads nothing");
        cases::approve(&office.office, &office.actor("H").await, id, None, "").await.unwrap();
        cases::confirm(&office.office, &office.actor("A1").await, id, None, false, "").await.unwrap();
        let again = in_name_of(&office, "A2", "A1").await;
        let second = cases::confirm(&office.office, &again, id, None, false, "").await;
        assert!(second.is_err(), "{}: two confirm, not one under two names", office.kind);
        cases::confirm(&office.office, &office.actor("A2").await, id, None, false, "").await.unwrap();
    }
}

#[tokio::test]
async fn what_is_kept_from_who_stands_in_stays_kept() {
    for office in TestOffice::both().await {
        let about = TestFinding {
            scenario: "vendor.own-account",
            notify: Notify::AuditFirst,
            person: Some("Io"),
            ..TestFinding::to_kim("거래처")
        };
        let id = one_case(&office, about).await;
        assert_eq!(office.browser("A1").await.get(&format!("/cases/{id}")).await.status.as_u16(), 200);
        // The one it names gets the audit office's role, and stands in for an auditor.
        let admin = office.actor("S").await;
        let may = crate::policy::authorize(&admin, Action::GrantRole, super::super::Grantee(office.person("Io").await))
            .unwrap();
        super::super::grant(&office.office, &may, "auditor", (office.office.today(), None), "지원").await.unwrap();
        let io = standing_in(&office, "A1", "Io").await;
        assert_eq!(io.get(&format!("/cases/{id}")).await.status.as_u16(), 404, "{}", office.kind);
        assert!(!io.get("/cases").await.body.contains(&id.to_string()), "{}", office.kind);
    }
}

#[tokio::test]
async fn it_ends_with_its_last_day_and_nobody_names_themselves() {
    for office in TestOffice::both().await {
        let id = one_case(&office, TestFinding::to_kim("식당")).await;
        let park = standing_in(&office, "Kim", "Park").await;
        assert_eq!(park.get(&format!("/cases/{id}")).await.status.as_u16(), 200);
        let integrity = office.actor("Io").await;
        let new = |person, stand_in| Named {
            person,
            stand_in,
            first: office.office.today(),
            last: "2026-12-01".parse().unwrap(),
            reason: "병가",
        };
        let [kim, io, lee] = [office.person("Kim").await, office.person("Io").await, office.person("Lee").await];
        let own = name(&office.office, &integrity, new(kim, io)).await;
        assert!(matches!(own, Err(StandInError::Who)), "{}: {own:?}", office.kind);
        let made = name(&office.office, &integrity, new(kim, lee)).await.unwrap();
        end(&office.office, &office.actor("Kim").await, made).await.unwrap();
        assert!(matches!(end(&office.office, &integrity, made).await, Err(StandInError::Gone)));
        let too_long = Named { last: "2027-12-01".parse().unwrap(), ..new(kim, lee) };
        assert!(matches!(name(&office.office, &office.actor("Kim").await, too_long).await, Err(StandInError::Days)));
        assert!(matches!(
            name(&office.office, &office.actor("Park").await, new(kim, lee)).await,
            Err(StandInError::Denied(_))
        ));
        let session = crate::sign_in::session_of(&office.office, office.tenant, office.person("Park").await).await;
        let mine = named(&office, "H", "Park").await;
        let park = office.actor("Park").await;
        begin(&office.office, &park, &session.digest(), mine).await.unwrap();
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let mut days = Vec::new();
        for day in ["2026-11-24", "2026-12-01", "2026-12-02"] {
            let who = park.id().unwrap();
            days.push(stands_in_for(&tx, &session.digest(), who, day.parse().unwrap()).await.unwrap().is_some());
        }
        assert_eq!(days, [true, true, false], "{}", office.kind);
    }
}
