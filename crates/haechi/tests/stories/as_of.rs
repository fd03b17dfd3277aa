//! What never came is counted up to the last day that all tables of a scenario cover, whatever else lies in the folder.

use std::path::PathBuf;

use crate::city::{City, code, wait};

const OVERDUE: &str = "revenue.road-occupation-without-levy";

/// A permit of July for which no fee was ever levied.
fn permits(city: &City) -> PathBuf {
    city.write(
        "saeol-road-occupations-2026-10-31.csv",
        "도로점용 허가 대장\n허가번호,담당부서코드,담당자번호,납부자번호,점용위치,점용목적,점용면적,허가일,점용시작일,점용종료일,점용료면제,면제사유,상태\n\
         RO-1,D10,E7,Q1,해치로 12,진출입로,24,2026.07.01.,2026.07.01.,2029.06.30.,N,,유효\n",
    )
}

/// The levies of a month, those of other permits.
fn levies(city: &City, month: u32, levied_on: &str) -> PathBuf {
    city.write(
        &format!("sewoe-levies-2026-{month:02}.csv"),
        format!(
            "세외수입 부과 내역\n부과번호,부과종류,부과연도,부과부서코드,담당자번호,허가번호,납부자번호,납부자명,부과일,납부기한,부과액,상태\n\
             R2026-{month:06},도로점용료,2026,D10,E7,RO-9,Q9,,{levied_on},,10000,부과\n"
        ),
    )
}

/// How many days late the levy of RO-1 is, and the as-of day that the run says it counted up to.
fn days_late(city: &City) -> (i64, String) {
    let findings = city.findings(&[OVERDUE]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let run = wait(city.open().last_run(&code("9999999"))).unwrap().unwrap();
    let counted_up_to = run.report.scenarios[0].parameters["as_of"].as_str().unwrap().to_owned();
    (findings[0].facts["days_late"].to_string().parse().unwrap(), counted_up_to)
}

#[test]
fn a_month_that_only_another_table_reaches_makes_nobody_later() {
    let city = City::new();
    city.take("synth-road-occupation", &[permits(&city)]);
    city.take("synth-fee-levy", &[levies(&city, 6, "20260610"), levies(&city, 9, "20260910")]);
    let (late, until) = days_late(&city);
    assert_eq!(until, "2026-09-30");

    let petitions = city.write(
        "saeol-petitions-2026-10.csv",
        "민원 처리 현황\n접수번호,민원사무코드,민원사무명,처리부서코드,담당자번호,신청인,접수일,당초처리기한,처리기한,연장횟수,정지일수,처리일,처리상태\n\
         202610000001,M201,건축신고,D10,E7,,2026.10.05.,2026.10.16.,2026.10.16.,0,0,2026.10.12.,수리\n",
    );
    city.take("synth-petition", &[petitions]);
    assert_eq!(days_late(&city), (late, until), "October is known of petitions, not of levies");

    city.take("synth-fee-levy", &[levies(&city, 10, "20261012")]);
    assert_eq!(days_late(&city), (late + 31, "2026-10-31".to_owned()));
}

#[test]
fn a_mistyped_day_far_ahead_makes_nobody_later() {
    let city = City::new();
    city.take("synth-road-occupation", &[permits(&city)]);
    city.take("synth-fee-levy", &[levies(&city, 6, "20260610"), levies(&city, 9, "20260910")]);
    let right = days_late(&city);
    city.take("synth-fee-levy", &[levies(&city, 9, "20620910")]);
    assert_eq!(days_late(&city), right);
}
