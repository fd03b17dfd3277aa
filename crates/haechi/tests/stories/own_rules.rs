//! A city adds a scenario and a mapping by copying a folder and editing data. Nothing is built again.

use crate::city::{City, copy, repository};
use crate::ledger::{self, HEADER, MAPPING, payment};

const SHIPPED: &str = "card.split-payment";
const OWN: &str = "card.our-split";

/// Copies the shipped scenario under the city's own id, with a limit of 300,000 won.
fn own_scenario(city: &City) {
    copy(&repository("scenarios/card/split-payment"), &city.data().join("scenarios/card/our-split"), |_, text| {
        text.replace(SHIPPED, OWN)
            .replace("한도 이상\"", "우리 한도 이상\"")
            .replace("reach the limit\"", "reach our limit\"")
            .replace("currency = \"KRW\", value = 500000", "currency = \"KRW\", value = 300000")
    });
    std::fs::remove_file(city.data().join("scenarios/card/our-split/scenario.lock")).unwrap();
}

#[test]
fn a_scenario_of_its_own_is_tested_blessed_locked_and_run() {
    let city = City::new();
    own_scenario(&city);
    let folder = "data/scenarios";
    let differs = city.haechi(&["scenario", "test", folder]).ends_with(20).text();
    assert!(differs.contains("differs  card/our-split/cases.md:"), "the shipped cases know another limit: {differs}");
    city.haechi(&["scenario", "test", "--bless", folder]).ends_with(0);
    let passes = city.haechi(&["scenario", "test", folder]).ends_with(0).text();
    assert!(passes.contains("0 differ, 0 scenarios have faults"), "{passes}");
    let unlocked = city.haechi(&["scenario", "lint", folder]).ends_with(21).text();
    assert!(unlocked.contains("scenario.lock"), "{unlocked}");
    city.haechi(&["scenario", "lock", folder]).ends_with(0);
    let linted = city.haechi(&["scenario", "lint", folder]).ends_with(0).text();
    assert!(linted.ends_with("1 scenarios: 0 errors, 0 warnings.\n"), "{linted}");

    let file = ledger::month(
        &city,
        "exports",
        2017,
        8,
        &[
            payment("2017-08-10 12:30", "총무과", "나무식당", 200_000),
            payment("2017-08-10 13:10", "총무과", "나무식당", 110_000),
        ],
    );
    city.take(MAPPING, &[file]);
    let findings = city.findings(&[OWN, SHIPPED]);
    let found: Vec<_> = findings.iter().map(|one| (one.scenario.id.as_str(), one.amount)).collect();
    assert_eq!(found, [(OWN, Some(310_000))]);
}

#[test]
fn a_mapping_of_its_own_reads_a_header_the_shipped_one_does_not_know() {
    let city = City::new();
    let header = HEADER.map(|name| if name == "dept_nm_full" { "부서명" } else { name });
    let file = city.write("201708_expense_list.csv", ledger::csv(2017, 8, &header, &ledger::august()));
    let file = file.to_str().unwrap();
    let refused = city.haechi(&["snapshot", "take", "--mapping", MAPPING, file]).ends_with(10).stderr;
    assert!(refused.contains("dept_nm_full"), "{refused}");

    copy(&repository("mappings/seoul-card-expense"), &city.data().join("mappings/our-cards"), |_, text| {
        text.replace("name = \"seoul-card-expense\"", "name = \"our-cards\"")
            .replace("header = [\"dept_nm_full\"]", "header = [\"dept_nm_full\", \"부서명\"]")
    });
    let tested = city.haechi(&["mapping", "test"]).ends_with(0).text();
    assert!(tested.contains("0 differ, 0 mappings have faults"), "{tested}");
    let listed = city.haechi(&["mapping", "list"]).ends_with(0).text();
    assert!(listed.contains("our-cards"), "{listed}");
    city.haechi(&["snapshot", "take", "--mapping", "our-cards", file]).ends_with(0);
    assert_eq!(city.findings(&[SHIPPED]).len(), 1);
}

#[test]
fn an_id_or_name_left_unchanged_is_refused() {
    let city = City::new();
    let file = ledger::month(&city, "exports", 2017, 8, &ledger::august());
    city.take(MAPPING, &[file]);

    let scenarios = city.data().join("scenarios");
    copy(&repository("scenarios/card/split-payment"), &scenarios.join("card/split-payment"), |_, text| text);
    let said = city.haechi(&["detect"]).ends_with(21).stderr;
    assert!(said.contains("card/split-payment/scenario.toml"), "{said}");
    assert!(said.contains("The id `card.split-payment` is another scenario's already."), "{said}");

    std::fs::rename(scenarios.join("card/split-payment"), scenarios.join("card/our-split")).unwrap();
    let said = city.haechi(&["scenario", "lint", "data/scenarios"]).ends_with(21).text();
    assert!(said.contains("card/our-split/scenario.toml"), "the folder's name must be the id: {said}");
    std::fs::remove_dir_all(scenarios.join("card")).unwrap();
    city.haechi(&["detect", "--scenario", SHIPPED]).ends_with(0);

    let own = city.data().join("mappings").join(MAPPING);
    copy(&repository("mappings/seoul-card-expense"), &own, |_, text| text);
    let said = city.haechi(&["snapshot", "take", "--mapping", MAPPING, "exports/201708_expense_list.csv"]);
    let said = said.ends_with(21).stderr;
    assert!(said.contains("seoul-card-expense/mapping.toml"), "{said}");
    assert!(said.contains("Give it a name of its own"), "{said}");
}
