//! Queries that break, or give what findings cannot hold: the scenario has failed, and every other one still ran.

use crate::place::Place;

/// An own scenario over payments; `ID` is replaced by its name.
pub const SCENARIO: &str = r#"format = 1
id = "ID"
status = "preview"
version = 1
area = "payment"
owner = "audit office"
notify = "handler"
severity = "low"
subject = ["vendor_no"]
deadline_working_days = 7
title = { ko = "시험", en = "A trial" }
explanation = { ko = "{vendor_no}에 지급한 까닭이 무엇입니까?", en = "What was paid to {vendor_no}?" }
remedy = { ko = "근거를 보여 주십시오.", en = "Show what it was based on." }
basis = [{ law = "to be confirmed" }]
[inputs.payment]
columns = ["vendor_no", "paid_on", "amount", "currency"]
"#;

/// Its query, which gives a finding a vendor.
pub const GOOD_SQL: &str = "\
SELECT vendor_no, max(paid_on) AS occurred_on, sum(amount) AS amount, max(currency) AS currency,
       array_agg(_row ORDER BY _row) AS evidence
FROM payment
GROUP BY vendor_no
";

/// Runs an own scenario with this query and gives its outcome's code and message.
/// Whatever it does, the run ends with 0, another scenario beside it is judged, and the store holds what it held.
fn failing(sql: &str, more: &[&str]) -> (String, String) {
    let place = Place::with_payments();
    place.scenario("payment.own-question", SCENARIO, sql);
    place.scenario("payment.sound-question", SCENARIO, GOOD_SQL);
    let view = place.view();
    let said = place.haechi(&[&["detect"], more].concat()).with(0);
    assert_eq!(place.view(), view);
    let row = |id: &str| said.out.lines().find(|line| line.trim_start().starts_with(id)).unwrap_or_default();
    assert!(row("payment.duplicate ").contains("clean"), "a shipped scenario did not run: {}", said.out);
    assert!(row("payment.sound-question ").contains("findings"), "another own scenario did not run: {}", said.out);
    assert!(row("payment.own-question ").contains("failed"), "{}", said.out);
    let why = said.out.lines().find_map(|line| line.strip_prefix("payment.own-question failed [")).unwrap();
    let (code, message) = why.split_once("]: ").unwrap();
    (code.to_owned(), message.to_owned())
}

#[test]
fn a_sound_own_scenario_gives_its_findings() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", SCENARIO, GOOD_SQL);
    let said = place.haechi(&["detect", "--scenario", "payment.own-question"]).with(0);
    said.saying(&["2 findings as of 2017-02-28"]);
}

#[test]
fn a_syntax_error_fails_its_scenario_alone_and_says_where() {
    let (code, message) = failing(&GOOD_SQL.replace("FROM payment", "FORM payment"), &[]);
    assert_eq!(code, "plan");
    assert!(message.contains("Line: 3"), "{message}");
}

#[test]
fn a_table_that_is_not_there_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("FROM payment", "FROM payments"), &[]);
    assert_eq!(code, "plan");
    assert!(message.contains("payments"), "{message}");
}

#[test]
fn a_column_that_is_not_there_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("sum(amount)", "sum(amout)"), &[]);
    assert_eq!(code, "plan");
    assert!(message.contains("amout"), "{message}");
}

#[test]
fn an_output_without_a_column_of_the_contract_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("AS occurred_on", "AS day"), &[]);
    assert_eq!(code, "contract");
    assert!(message.contains("no column `occurred_on`") && message.contains("scenario.toml"), "{message}");
}

#[test]
fn a_float_in_the_output_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("sum(amount)", "avg(amount)"), &[]);
    assert_eq!(code, "contract");
    assert!(message.contains("`amount` is of type Float64") && message.contains("smallest unit"), "{message}");
}

#[test]
fn a_subject_that_comes_twice_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("GROUP BY vendor_no", "GROUP BY vendor_no, _row"), &[]);
    assert_eq!(code, "contract");
    assert!(message.contains("same subject") && message.contains("group by"), "{message}");
}

#[test]
fn findings_without_evidence_fail_their_scenario_alone() {
    let sql = GOOD_SQL.replace("array_agg(_row ORDER BY _row)", "array_remove_all(array_agg(_row - _row), 0)");
    let (code, message) = failing(&sql, &[]);
    assert_eq!(code, "contract", "{message}");
    assert!(message.contains("`evidence` is empty"), "{message}");
}

#[test]
fn evidence_that_names_no_row_fails_its_scenario_alone() {
    let (code, message) =
        failing(&GOOD_SQL.replace("array_agg(_row ORDER BY _row)", "array_agg(_row + 4294967296)"), &[]);
    assert_eq!(code, "contract");
    assert!(message.contains("no table of the scenario holds"), "{message}");
}

#[test]
fn a_currency_nobody_counts_in_fails_its_scenario_alone() {
    let (code, message) = failing(&GOOD_SQL.replace("max(currency)", "'XYZ'"), &[]);
    assert_eq!(code, "contract");
    assert!(message.contains("`XYZ`"), "{message}");
}

#[test]
fn a_scenario_may_only_read() {
    let place = Place::with_payments();
    let secret = place.write("secret.csv", "vendor_no\nV1\n");
    let out = place.path("stolen.csv");
    let statements = [
        "DELETE FROM payment".to_owned(),
        "INSERT INTO payment SELECT * FROM payment".to_owned(),
        "DROP TABLE payment".to_owned(),
        "CREATE TABLE mine AS SELECT 1 AS one".to_owned(),
        format!("CREATE EXTERNAL TABLE mine STORED AS CSV LOCATION '{}'", secret.display()),
        format!("COPY payment TO '{}'", out.display()),
        "SET datafusion.execution.batch_size = 1".to_owned(),
        format!("{GOOD_SQL}; DROP TABLE payment"),
        format!("{GOOD_SQL}; {GOOD_SQL}"),
        GOOD_SQL.replace("FROM payment", &format!("FROM '{}'", secret.display())),
        GOOD_SQL.replace("FROM payment", "FROM information_schema.tables"),
        GOOD_SQL.replace("max(paid_on)", "current_date()"),
        format!("EXPLAIN ANALYZE {GOOD_SQL}"),
    ];
    for sql in statements {
        let (code, message) = failing(&sql, &[]);
        assert!(code == "plan" || code == "contract", "{sql}: {code}: {message}");
        assert!(!message.is_empty());
    }
    assert!(!out.exists(), "a scenario wrote a file");
}

#[test]
fn a_scenario_over_its_time_is_ended_and_the_others_are_judged() {
    let place = Place::with_payments();
    let mut rows = "지급번호,부서,거래처,적요,지급일,금액\n".to_owned();
    for number in 0..3000 {
        rows.push_str(&format!("{number},D1,V{number},가,2017-05-05,{number}\n"));
    }
    let file = place.write("may.csv", rows);
    place.take("own-payments", &[&file]).with(0);
    let cross = GOOD_SQL.replace(
        "FROM payment",
        "FROM (SELECT a.* FROM payment a, payment b, payment c WHERE a.amount + b.amount < c.amount + 5000)",
    );
    place.scenario("payment.own-question", SCENARIO, &cross);
    place.scenario("payment.sound-question", SCENARIO, GOOD_SQL);
    let own = ["--scenario", "payment.own-question", "--scenario", "payment.sound-question"];
    let said = place.haechi(&[&["detect", "--time-limit", "4"], own.as_slice()].concat()).with(0);
    said.saying(&["payment.own-question failed [timeout]: it took longer than 4 seconds", "3,000 findings as of"]);
}

#[test]
fn a_scenario_over_its_memory_spills_or_is_ended_and_leaves_nothing() {
    let place = Place::with_payments();
    let mut rows = "지급번호,부서,거래처,적요,지급일,금액\n".to_owned();
    for number in 0..800 {
        rows.push_str(&format!("{number},D1,V{number},가,2017-05-05,{number}\n"));
    }
    let file = place.write("may.csv", rows);
    place.take("own-payments", &[&file]).with(0);
    let greedy = "\
SELECT vendor_no, max(paid_on) AS occurred_on, max(amount) AS amount, max(currency) AS currency,
       array_agg(DISTINCT _row) AS evidence
FROM (SELECT a.vendor_no, a.paid_on, a.amount, a.currency, a._row, concat(a.payment_no, '/', b.payment_no) AS pair
      FROM payment a JOIN payment b ON a.unit_code = b.unit_code)
GROUP BY vendor_no
HAVING count(DISTINCT pair) > 700
";
    place.scenario("payment.own-question", SCENARIO, greedy);
    let said = place.haechi(&["detect", "--memory", "16", "--scenario", "payment.own-question"]).with(0);
    assert!(
        said.out.contains("failed [memory]") || said.out.contains("800 findings as of"),
        "{}{}",
        said.out,
        said.err
    );
    let left: Vec<String> = place.kept().into_keys().filter(|file| file.starts_with("tmp/")).collect();
    assert_eq!(left, Vec::<String>::new(), "spill files are left over");
}
