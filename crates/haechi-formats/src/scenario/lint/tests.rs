use super::*;
use crate::scenario::fixture::{dictionary, good, with};

fn codes(folder: &Folder) -> Vec<&'static str> {
    lint(folder, &dictionary()).into_iter().map(|lint| lint.code).collect()
}

/// The good folder with every pair replaced in `file`.
fn changed(file: &str, pairs: &[(&str, &str)]) -> Folder {
    let mut folder = good();
    let text = folder.files.get_mut(file).unwrap();
    for (from, to) in pairs {
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replace(from, to);
    }
    folder
}

/// The good folder with what stands from `from` up to `to` in `file` replaced.
fn cut(file: &str, from: &str, to: &str, replacement: &str) -> Folder {
    let mut folder = good();
    let text = folder.files.get_mut(file).unwrap();
    let start = text.find(from).unwrap();
    let end = if to.is_empty() { text.len() } else { start + text[start..].find(to).unwrap() };
    text.replace_range(start..end, replacement);
    folder
}

const TOML: &str = "scenario.toml";
const SQL: &str = "query.sql";
const FROM: &str = "FROM     card_expense";
const LIMIT: &str = "@limit(spent_on, currency)\nGROUP";
const LAW: &str = "law = \"to be confirmed\"";
const KRW_2020: &str = "from = \"2020-01-01\", currency = \"KRW\", value = 6";

/// One slip a check.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("toml-invalid", TOML, "owner     = \"haechi\"\n", ""),
    ("unknown-key", TOML, "tags ", "tgas "),
    ("format-unknown", TOML, "format    = 1", "format    = 2"),
    ("area-differs", TOML, "area      = \"card\"", "area      = \"pay\""),
    ("version-zero", TOML, "version   = 1", "version   = 0"),
    ("owner-empty", TOML, "\"haechi\"", "\" \""),
    ("catalogue-form", TOML, "CARD-05", "card-5"),
    ("deadline-odd", TOML, "days = 7", "days = 90"),
    ("basis-missing", TOML, "[[basis]]\nlaw = \"to be confirmed\"\n", ""),
    ("basis-without-article", TOML, LAW, "law = \"some act\""),
    ("basis-reversed", TOML, LAW, "law = \"to be confirmed\"\nfrom = \"2020-01-01\"\nto = \"2019-01-01\""),
    ("words-missing", TOML, "en = \"Card payments kept under the limit by splitting\"", ""),
    ("korean-without-hangul", TOML, "나누어 낸 카드 결제", "Split payments"),
    ("english-with-hangul", TOML, "Card payments kept", "카드 payments kept"),
    ("not-a-question", TOML, "Was it one occasion?", "Say so."),
    ("accusing-word", TOML, "Was it one occasion?", "Was it fraudulent?"),
    ("accusing-word", TOML, "나누어 낸 카드 결제", "카드 부정 사용"),
    ("placeholder-unknown", TOML, "{payments} times", "{paymets} times"),
    ("placeholder-broken", TOML, "{payments} times", "{payments times"),
    ("placeholder-subject", TOML, "{unit_code} paid {place} {payments} times on {spent_on}, ", "{payments} times, "),
    ("particle-unknown", TOML, "{place}에", "{place:든/이든}에"),
    ("particle-unknown", TOML, "{payments} times", "{payments:은/는} times"),
    ("subject-empty", TOML, "subject   = [\"unit_code\", \"place\", \"spent_on\"]", "subject = []"),
    ("name-twice", TOML, "subject   = [", "subject = [\"place\", "),
    ("table-unknown", TOML, "[inputs.card_expense]", "[inputs.card_expenses]"),
    ("column-unknown", TOML, "\"spent_on\", \"amount\"", "\"spent_on\", \"amont\""),
    ("column-unused", TOML, "\"holder_no\"]\nopt", "\"holder_no\", \"purpose\"]\nopt"),
    ("optional-unknown", TOML, "optional = [\"holder_no\"]", "optional = [\"purpose\"]"),
    ("rate-unreadable", TOML, "\"5%\"", "\"5\""),
    ("nothing-flagged", TOML, "max_reject_rate = \"5%\"", "flagged = false"),
    ("evidence-of-reference", TOML, "max_reject_rate = \"5%\"", "flagged = false"),
    ("unit-unknown", TOML, "unit = \"count\"\n", "unit = \"pieces\"\n"),
    ("unit-unknown", TOML, "unit  = \"count\"", "unit  = \"pieces\""),
    ("parameter-form", TOML, "default = 2\n", ""),
    ("range-reversed", TOML, "[2, 50]", "[50, 2]"),
    ("range-missing", TOML, "range = [2, 50]\n", ""),
    ("value-outside-range", TOML, "default = 2\n", "default = 1\n"),
    ("values-unsorted", TOML, KRW_2020, "from = \"2009-01-01\", currency = \"KRW\", value = 6"),
    ("values-twice", TOML, KRW_2020, "from = \"2010-01-01\", currency = \"KRW\", value = 6"),
    ("currency-missing", TOML, "currency = \"GBP\", ", ""),
    ("currency-unknown", TOML, "currency = \"GBP\"", "currency = \"JPY\""),
    ("calendar-unused", TOML, "[locality]", "[calendar]\ncard_expense = \"spent_on\"\n\n[locality]"),
    ("calendar-unknown", TOML, "[locality]", "[calendar]\ncard_expense = \"place\"\n\n[locality]"),
    ("locality-unknown", TOML, "card_expense = [\"unit_code\"", "card_expense = [\"unit_no\""),
    ("locality-incomplete", TOML, "card_expense = [\"unit_code\", \"place\", \"spent_on\"]\n", ""),
    (
        "locality-without-subject",
        TOML,
        "card_expense = [\"unit_code\", \"place\", \"spent_on\"]",
        "card_expense = [\"currency\"]",
    ),
    ("lock-stale", TOML, "\"preview\"", "\"stable\""),
    ("parameter-unknown", SQL, "$min_payments", "$min_payment"),
    ("parameter-unused", SQL, "$min_payments", "2"),
    ("parameter-without-date", SQL, LIMIT, "$limit\nGROUP"),
    ("parameter-not-dated", SQL, "$min_payments", "@min_payments(spent_on)"),
    ("parameter-without-currency", SQL, LIMIT, "@limit(spent_on)\nGROUP"),
    ("parameter-arguments", SQL, LIMIT, "@limit(spent_on, currency, place)\nGROUP"),
    ("parameter-unclosed", SQL, "max(@limit(spent_on, currency))", "max(@limit(spent_on, currency"),
    ("limit-in-query", SQL, "amount > 0", "amount > 20000"),
    ("sql-invalid", SQL, "SELECT   unit_code", "SELECT ( unit_code"),
    ("sql-one-statement", SQL, "-- Several", "SELECT 1; -- Several"),
    ("sql-not-a-query", SQL, "-- Several", "EXPLAIN -- Several"),
    ("sql-not-a-query", SQL, FROM, "INTO copied FROM card_expense"),
    ("table-function", SQL, FROM, "FROM read_csv('x.csv') AS t, card_expense"),
    ("file-as-table", SQL, FROM, "FROM 'x.parquet'"),
    ("file-as-table", SQL, FROM, "FROM \"/etc/passwd\""),
    ("table-undeclared", SQL, FROM, "FROM payment"),
    ("table-undeclared", SQL, FROM, "FROM information_schema.card_expense"),
    ("column-undeclared", SQL, "amount > 0", "purpose IS NULL"),
    ("column-undeclared", SQL, "amount > 0", "card_expense.purpose IS NULL"),
    ("not-reproducible", SQL, "amount > 0", "spent_on < now()"),
    ("not-reproducible", SQL, "amount > 0", "spent_on < current_date"),
    ("not-reproducible", SQL, "amount > 0", "random() > 0"),
    (
        "join-on-range",
        SQL,
        FROM,
        "FROM card_expense AS a JOIN card_expense AS b ON (a.spent_on BETWEEN b.spent_on AND b.spent_on)",
    ),
    ("order-by-useless", SQL, "max(@limit(spent_on, currency))", "max(@limit(spent_on, currency)) ORDER BY place"),
    ("limit-hides", SQL, "max(@limit(spent_on, currency))", "max(@limit(spent_on, currency)) LIMIT 5"),
    ("calendar-undeclared", SQL, "amount > 0", "day_off(spent_on)"),
    ("output-star", SQL, "SELECT   unit_code", "SELECT *, unit_code"),
    ("output-alias", SQL, "AS fact_payments", ""),
    ("output-twice", SQL, "AS currency", "AS amount"),
    ("output-subject", SQL, "         place,\n", ""),
    ("output-occurred-on", SQL, "AS occurred_on", "AS fact_payments"),
    ("output-evidence", SQL, "array_agg(_row ORDER BY _row)", "array_agg(amount)"),
    ("output-currency", SQL, "AS currency", "AS fact_payments"),
    ("output-responsible", SQL, "AS holder_no", "AS fact_payments"),
    ("output-fact", SQL, "AS fact_payments", "AS amount"),
    ("output-undeclared", SQL, "AS fact_payments", "AS fact_times"),
    ("output-float", SQL, "count(*)                         AS", "round(avg(amount)) AS"),
    ("output-float", SQL, "sum(amount)                      AS", "CAST(sum(amount) AS DOUBLE) AS"),
    ("tab", SQL, "amount > 0", "amount\t> 0"),
    ("trailing-blank", SQL, "amount > 0 AND", "amount > 0  \nAND"),
    ("carriage-return", SQL, "currency\nHAVING", "currency\r\nHAVING"),
    ("readme-headings", "README.md", "## Not flagged", "## Not found"),
    ("readme-empty", "README.md", "Payments on two days.\n", ""),
    (
        "readme-why-korean",
        "README.md",
        "한 번의 결제에 한도를 두는 것은 그보다 큰 금액을 한 사람이 더 살펴보게 하려는 것입니다.\n\n",
        "",
    ),
    ("readme-why-korean", "README.md", "A limit on one payment asks for a second pair of eyes above it.\n", ""),
    ("cases-invalid", "cases.md", "```csv card_expense", "```csv payment"),
    (
        "cases-no-empty-cell",
        "cases.md",
        "1,D10,,2017-01-26,300000,KRW,\n2,D10,,2017-01-26,200000,KRW,",
        "1,D10,P,2017-01-26,300000,KRW,E7",
    ),
];

/// Slips that take more than one change.
fn larger_slips() -> Vec<(&'static str, Folder)> {
    let mut missing = good();
    missing.files.remove("README.md");
    let mut unexpected = good();
    unexpected.files.insert("notes.txt".to_owned(), "x\n".to_owned());
    let mut renamed = good();
    renamed.name = "card/other".to_owned();
    let mut unended = good();
    unended.files.get_mut(SQL).unwrap().pop();
    let mut private = with(TOML, "\"holder_no\"]\nopt", "\"holder_no\", \"purpose\"]\nopt");
    let sql = private.files.get_mut(SQL).unwrap();
    *sql = sql.replace("count(*)                         AS", "min(purpose) AS");
    let no_last = || cut("cases.md", "## With min_payments", "", "");
    let no_near = changed(
        "cases.md",
        &[
            ("2,D10,한솔식당,2017-01-26,199999,KRW,E7\n", ""),
            ("1,D10,한솔식당,2017-01-26,300000,KRW,E7\n", ""),
            ("1,D10,한솔식당,2017-01-26,200000,KRW\n2,D10,한솔식당,2017-01-26,200000,KRW\n", ""),
        ],
    );
    let no_finding = changed(
        "cases.md",
        &[
            ("D10,한솔식당,2017-01-26,2017-01-26,580000,KRW,E7,2,1 2\n", ""),
            ("D10,,2017-01-26,2017-01-26,500000,KRW,,2,1 2\n", ""),
        ],
    );
    vec![
        ("file-missing", missing),
        ("file-unexpected", unexpected),
        ("folder-name", renamed),
        ("final-newline", unended),
        ("output-private", private),
        ("expected-missing", changed(TOML, &[("\"preview\"", "\"stable\""), ("expected_a_month = 12\n", "")])),
        ("input-missing", cut(TOML, "[inputs.card_expense]", "[parameters.min", "[inputs]\n\n")),
        ("values-empty", cut(TOML, "values = [", "\n[facts", "values = []\n")),
        ("cases-too-few", no_last()),
        ("cases-parameter-edge", no_last()),
        ("cases-no-near-miss", no_near),
        ("cases-no-finding", no_finding),
    ]
}

#[test]
fn a_good_scenario_has_nothing_to_say_against_it() {
    assert_eq!(lint(&good(), &dictionary()), []);
}

#[test]
fn every_check_is_seen_firing() {
    let mut slips = larger_slips();
    slips.extend(SLIPS.iter().map(|(code, file, from, to)| (*code, with(file, from, to))));
    for (code, folder) in &slips {
        assert!(codes(folder).contains(code), "{code} is not among {:?}", codes(folder));
    }
    for (code, ..) in CHECKS {
        assert!(slips.iter().any(|(seen, _)| seen == code), "{code} is never seen firing");
    }
}

#[test]
fn every_lint_is_in_the_table_with_its_level_and_no_code_is_there_twice() {
    for (code, folder) in
        larger_slips().into_iter().chain(SLIPS.iter().map(|(code, file, from, to)| (*code, with(file, from, to))))
    {
        for lint in lint(&folder, &dictionary()) {
            let known = CHECKS.iter().find(|(known, ..)| *known == lint.code);
            assert_eq!(known.map(|(_, level, _)| *level), Some(lint.level), "{code}: {lint:?}");
        }
    }
    for (at, (code, ..)) in CHECKS.iter().enumerate() {
        assert!(CHECKS[..at].iter().all(|(other, ..)| other != code), "{code} is there twice");
    }
}

#[test]
fn a_lint_names_its_line() {
    let folder = with(SQL, "amount > 0", "\n  purpose IS NULL");
    let lint = lint(&folder, &dictionary()).into_iter().find(|lint| lint.code == "column-undeclared").unwrap();
    assert_eq!((lint.place.file.as_str(), lint.place.line), ("card/split-payment/query.sql", Some(13)));
}

#[test]
fn what_a_program_can_put_right_is_put_right_at_once() {
    let mut folder = with(SQL, "amount > 0 AND", "amount\t> 0 \t\r\nAND");
    folder.files.get_mut("README.md").unwrap().pop();
    let fixed = apply_fixes(&folder, &lint(&folder, &dictionary()));
    assert_eq!(fixed.keys().collect::<Vec<_>>(), ["README.md", "query.sql"]);
    folder.files.extend(fixed);
    assert_eq!(lint(&folder, &dictionary()), []);
}

#[test]
fn ctes_aliases_sub_queries_and_unnest_are_understood() {
    let sql = "WITH small AS (SELECT c.*, c._row AS r FROM card_expense AS c WHERE c.amount < @limit(c.spent_on, c.currency)),\n\
        days AS (SELECT s.unit_code, d.day FROM small AS s, unnest(generate_series(s.spent_on, s.spent_on)) AS d(day))\n\
        SELECT s.unit_code, s.place, s.spent_on, s.spent_on AS occurred_on, sum(s.amount) AS amount, s.currency,\n\
        min(s.holder_no) AS holder_no, count(*) AS fact_payments, array_agg(s._row) AS evidence\n\
        FROM small AS s JOIN days ON days.unit_code = s.unit_code AND days.day >= s.spent_on\n\
        WHERE s.amount > (SELECT min(amount) FROM card_expense AS other WHERE other.place = s.place)\n\
        GROUP BY s.unit_code, s.place, s.spent_on, s.currency HAVING count(*) * 10000 / sum(s.amount) >= $min_payments\n";
    let mut folder = good();
    folder.files.insert(SQL.to_owned(), sql.to_owned());
    assert_eq!(codes(&folder), Vec::<&str>::new());
}

#[test]
fn a_query_is_read_without_running_out_of_stack_and_one_too_deep_is_refused() {
    for part in ["+1", " OR a", "(", " NOT", " UNION SELECT 1"] {
        let deep = |times: usize| with(SQL, "amount > 0", &format!("amount > 0{}", part.repeat(times)));
        codes(&deep(250));
        assert!(codes(&deep(9_000)).contains(&"sql-invalid"));
    }
}
