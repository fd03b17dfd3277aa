//! Stories about mappings: what is refused before any row, and what becomes of rows.

use haechi_core::ids::TableName;
use haechi_core::period::Period;

use super::*;
use crate::cell::Cell;
use crate::dictionary::Table;
use crate::export::{Layout, RawRow, RowTrouble};
use crate::keys::InstallationKey;

pub(super) fn dictionary() -> Dictionary {
    let mut dictionary = Dictionary::default();
    for file in crate::shipped::DICTIONARY.files() {
        let table = Table::parse(&file.path().to_string_lossy(), file.contents_utf8().unwrap()).unwrap();
        dictionary.tables.insert(table.name.clone(), table);
    }
    dictionary
}

fn folder(text: &str) -> Folder {
    Folder { name: "t".to_owned(), files: [("mapping.toml".to_owned(), text.to_owned())].into() }
}

fn parse(text: &str) -> Result<Mapping, Vec<Fault>> {
    Mapping::parse(&folder(text), &dictionary())
}

const TOP: &str = r#"format = 1
name = "t"
table = "card_expense"
currency = "KRW"
files = ["*.csv"]
title = { ko = "시험", en = "Test" }
government = { code = "6110000", ko = "서울특별시", en = "Seoul" }
load = { mode = "full" }
"#;

/// A mapping for card expenses with an amount, and these lines after it.
fn cards(lines: &str) -> Result<Mapping, Vec<Fault>> {
    parse(&format!("{TOP}[columns.amount]\nheader = [\"금액\"]\n{lines}"))
}

/// The codes of the faults in a mapping, with their lines.
fn faults(result: Result<Mapping, Vec<Fault>>) -> Vec<String> {
    let faults = result.err().unwrap_or_default();
    faults.iter().map(|fault| format!("{}:{}", fault.code, fault.place.line.unwrap_or_default())).collect()
}

fn layout(header: &[&str]) -> Layout {
    Layout {
        header: header.iter().map(|name| (*name).to_owned()).collect(),
        header_line: 1,
        delimiter: b',',
        money_unit: 1,
    }
}

fn row(fields: &[&str]) -> RawRow {
    RawRow { line: 2, fields: fields.iter().copied().collect(), trouble: None }
}

fn bind(mapping: &Mapping, header: &[&str]) -> Result<RowReader, Fault> {
    let dictionary = dictionary();
    let table = &dictionary.tables[&mapping.table];
    mapping.bind(table, &InstallationKey::new([7; 32]), "x.csv", &layout(header), None)
}

/// The cell of `column` in a row read through the mapping, or the reject.
fn cell(mapping: &Mapping, header: &[&str], fields: &[&str], column: &str) -> Result<Cell<'static>, Reject> {
    let reader = bind(mapping, header).unwrap();
    let row = row(fields);
    let mut cells = Vec::new();
    reader.read(&row, &mut cells)?;
    let columns = dictionary().tables[&mapping.table].columns();
    assert_eq!(cells.len(), columns.len());
    let at = columns.iter().position(|found| found.name.as_str() == column).unwrap();
    Ok(convert::owned(cells.remove(at)))
}

#[test]
fn every_shipped_mapping_is_read() {
    let names: Vec<_> = shipped(&dictionary()).unwrap().iter().map(|mapping| mapping.name.to_string()).collect();
    for name in ["oxford-cards", "oxford-spending", "sample-card-expense", "sample-employee", "seoul-card-expense"] {
        assert!(names.iter().any(|there| there == name), "{name} is missing from {names:?}");
    }
}

#[test]
fn a_typing_error_in_a_key_is_named_with_its_line() {
    let found = cards("[columns.place]\nheadr = [\"장소\"]\n").unwrap_err();
    assert_eq!(found[0].code, "toml-invalid");
    assert_eq!(found[0].place.line, Some(12));
    assert!(found[0].what.contains("headr"), "{}", found[0].what);
}

#[test]
fn all_faults_are_told_at_once() {
    let text = r#"
[columns.plase]
header = ["장소"]
[columns.head_count]
header = ["인원", " 인원 "]
pad = 3
[columns.spent_on]
header = ["일자"]
midnight = "unknown"
[columns.purpose]
with = "squeeze"
"#;
    assert_eq!(
        faults(cards(text)),
        ["column-unknown:12", "alias-twice:15", "option-misplaced:16", "option-misplaced:19", "column-source:20"]
    );
}

#[test]
fn an_unknown_column_is_told_the_closest() {
    let found = cards("[columns.plase]\nheader = [\"장소\"]\n").unwrap_err();
    assert_eq!(found[0].help, "Did you mean `place`?");
}

#[test]
fn money_needs_a_currency_and_the_table_its_required_columns() {
    let without = TOP.replace("currency = \"KRW\"\n", "");
    assert_eq!(faults(parse(&format!("{without}[columns.amount]\nheader = [\"금액\"]\n"))), ["currency-missing:8"]);
    assert_eq!(faults(parse(&format!("{TOP}[columns.place]\nheader = [\"장소\"]\n"))), ["required-unmapped:3"]);
    assert_eq!(faults(cards("optional = true\n")), ["required-optional:9"]);
}

#[test]
fn a_period_rule_is_exactly_one_of_its_forms() {
    let with = |rule: &str| {
        faults(parse(&format!(
            "{}[columns.amount]\nheader = [\"금액\"]\n",
            TOP.replace("{ mode = \"full\" }", &format!("{{ mode = \"period\", {rule} }}"))
        )))
    };
    let good = [
        "period = { year = 'y', month = 'm' }",
        "period = { year = 'y' }",
        "period = { date = 'd', every = 'month' }",
        r"period = { file = '(?<year>\d{4})' }",
        "period = { option = true }",
    ];
    for rule in good {
        assert_eq!(with(rule), Vec::<String>::new(), "{rule}");
    }
    let bad = [
        "period = { }",
        "period = { option = false }",
        "period = { year = 'y', month = 'm', quarter = 'q' }",
        "period = { date = 'd' }",
        "period = { month = 'm' }",
        "period = { file = '(' }",
        r"period = { file = '\d{4}' }",
        r"period = { file = '(?<year>\d{4})(?<day>\d)' }",
        r"period = { file = '(?<year>\d{4})(?<from_month>\d)' }",
        "period = { year = 'y', option = true }",
    ];
    for rule in bad {
        assert_eq!(with(rule), ["period-rule:8"], "{rule}");
    }
}

#[test]
fn an_identifier_is_never_also_kept_in_the_clear() {
    let twice = "[columns.card_no]\nheader = [\"카드번호\"]\n[columns.document_no]\nheader = [\"문서번호\", \"카드 번호\", \"카드번호\"]\n";
    assert_eq!(faults(cards(twice)), ["identifier-in-clear:13"]);
    assert_eq!(faults(cards("[columns.card_no]\nconstant = \"1234\"\n")), ["identifier-in-clear:12"]);
}

#[test]
fn an_identifier_becomes_a_key_and_a_mask_and_its_rejects_show_its_shape() {
    let text = TOP.replace("card_expense", "vendor_account").replace("currency = \"KRW\"\n", "");
    let mapping =
        parse(&format!("{text}[columns.account_no]\nheader = [\"계좌\"]\n[columns.vendor_no]\nheader=[\"거래처\"]\n"));
    let mapping = mapping.unwrap();
    let header = ["거래처", "계좌"];
    let masked = cell(&mapping, &header, &["V1", "110-234-567890"], "account_no_masked").unwrap();
    assert_eq!(masked, Cell::Text("***-***-**7890".into()));
    let key = InstallationKey::new([7; 32]).hash("account_no", "110234567890").unwrap();
    let hashed = cell(&mapping, &header, &["V1", "110-234-567890"], "account_no_key").unwrap();
    assert_eq!(hashed, Cell::Text(key.into()));

    let reader = bind(&mapping, &header).unwrap();
    let mut broken = row(&["V1", "110-234-56\u{fffd}890"]);
    broken.trouble = Some(RowTrouble::Undecodable(1));
    let reject = reader.read(&broken, &mut Vec::new()).unwrap_err();
    assert_eq!(reject.value.as_deref(), Some("999-999-99\u{fffd}999"));
}

/// What a resident-number column makes of a number: its keyed hash or its masked form.
fn resident(number: &str, column: &str, option: &str) -> Result<Cell<'static>, Reject> {
    let text = TOP.replace("card_expense", "employee").replace("currency = \"KRW\"\n", "");
    let columns = format!(
        "[columns.resident_no]\nheader = [\"주민등록번호\"]\n{option}[columns.employee_no]\nheader = [\"직원번호\"]\n\
         [columns.name]\nheader = [\"성명\"]\n[columns.unit_code]\nheader = [\"부서\"]\n"
    );
    let mapping = parse(&format!("{text}{columns}")).unwrap();
    let header = ["직원번호", "성명", "부서", "주민등록번호"];
    cell(&mapping, &header, &["1", "홍길동", "A", number], column)
}

#[test]
fn a_resident_number_shows_its_birth_date_and_no_more() {
    let masked = |number: &str| resident(number, "resident_no_masked", "").unwrap();
    assert_eq!(masked("8001011234567"), Cell::Text("800101-1******".into()));
    assert_eq!(masked("050630-3234567"), Cell::Text("050630-3******".into()));
    assert_eq!(masked("506303234567"), masked("050630-3234567"), "a spreadsheet dropped the zero");
    assert_eq!(masked("800101-12345"), Cell::Text("******-*****".into()));
    assert_eq!(masked("M12345678"), Cell::Text("*********".into()));
}

#[test]
fn a_corporation_in_a_resident_number_column_is_neither_masked_nor_joined_as_a_person() {
    let key = InstallationKey::new([7; 32]);
    let hashed = |number: &str| resident(number, "resident_no_key", "").unwrap();
    assert_eq!(resident("110111-0062432", "resident_no_masked", "").unwrap(), Cell::Text("******-*******".into()));
    assert_eq!(hashed("1101110062432"), Cell::Text(key.hash("corporate_no", "110111-0062432").unwrap().into()));
    assert_eq!(hashed("800101-1234567"), Cell::Text(key.hash("resident_no", "8001011234567").unwrap().into()));
}

#[test]
fn a_resident_number_that_many_people_would_share_is_refused_or_left_empty_as_the_mapping_says() {
    for (number, code) in [
        ("800101-1******", "resident-number-masked"),
        ("800101-1", "resident-number-incomplete"),
        ("801301-1234566", "resident-number-impossible"),
    ] {
        let reject = resident(number, "resident_no_key", "").unwrap_err();
        assert_eq!(reject.code, code);
        assert!(!reject.value.unwrap_or_default().contains("80"), "the value shows more than its shape");
        for column in ["resident_no_key", "resident_no_masked"] {
            assert_eq!(resident(number, column, "on_unreadable = \"null\"\n").unwrap(), Cell::Null, "{number}");
        }
    }
}

#[test]
fn a_renamed_column_stops_the_file_and_names_the_closest() {
    let mapping = cards("[columns.place]\nheader = [\"exec_loc\"]\n").unwrap();
    let fault = bind(&mapping, &["금액", "exec_locs", "x"]).unwrap_err();
    assert_eq!(fault.code, "header-renamed");
    assert_eq!(fault.what, "The column `exec_loc` is not there; the closest is `exec_locs`.");
    assert_eq!(fault.help, "If it was renamed, add \"exec_locs\" to its `header` in t/mapping.toml.");
}

#[test]
fn a_column_twice_stops_the_file() {
    let mapping = cards("").unwrap();
    assert_eq!(bind(&mapping, &["금액", "x", "금액 "]).unwrap_err().code, "column-twice");
    assert!(bind(&mapping, &["금액", "x", "x"]).is_ok(), "what nobody reads may be there twice");
}

#[test]
fn an_optional_header_that_is_missing_leaves_its_column_unsupplied() {
    let mapping = cards("[columns.place]\nheader = [\"장소\"]\noptional = true\n").unwrap();
    let supplied = |header: &[&str]| -> Vec<String> {
        bind(&mapping, header).unwrap().supplied().iter().map(TableName::to_string).collect()
    };
    assert_eq!(supplied(&["금액"]), ["amount", "currency"]);
    assert_eq!(supplied(&["금액", "장소"]), ["place", "amount", "currency"]);
}

#[test]
fn values_are_read_by_their_columns_rules() {
    let columns = r#"
[columns.document_no]
header = ["문서"]
pad = 6
[columns.unit_code]
header = ["부서"]
trim = false
[columns.place]
header = ["장소"]
with = "squeeze"
missing = ["-"]
[columns.purpose]
header = ["목적"]
[columns.spent_on]
header = ["일시"]
with = "date_part"
[columns.spent_at]
header = ["일시"]
midnight = "unknown"
[columns.head_count]
header = ["대상"]
with = "head_count"
[columns.payment_method]
header = ["결제"]
codes = { "카드" = "card" }
"#;
    let mapping = cards(columns).unwrap();
    let header = ["금액", "문서", "부서", "장소", "목적", "일시", "대상", "결제"];
    let fields =
        ["1,000", "12", " 복지과 ", "김밥  천국", "홍길동 800101-1234567", "2017-01-26 00:00", "과장 외 2명", "카드"];
    let read = |column| cell(&mapping, &header, &fields, column).unwrap();
    assert_eq!(read("document_no"), Cell::Text("000012".into()));
    assert_eq!(read("unit_code"), Cell::Text(" 복지과 ".into()));
    assert_eq!(read("place"), Cell::Text("김밥 천국".into()));
    assert_eq!(read("purpose"), Cell::Text("홍길동 999999-9999999".into()));
    assert_eq!(read("spent_on"), Cell::Day("2017-01-26".parse().unwrap()));
    assert_eq!(read("spent_at"), Cell::Null);
    assert_eq!(read("head_count"), Cell::Int(3));
    assert_eq!(read("payment_method"), Cell::Text("card".into()));
    assert_eq!(read("amount"), Cell::Int(1000));
    assert_eq!(read("currency"), Cell::Text("KRW".into()));
}

#[test]
fn a_row_that_does_not_fit_is_rejected_with_its_reason() {
    let mapping = cards("[columns.payment_method]\nheader = [\"결제\"]\ncodes = { \"카드\" = \"card\" }\n").unwrap();
    let code = |fields: &[&str]| cell(&mapping, &["금액", "결제"], fields, "amount").unwrap_err().code;
    assert_eq!(code(&["", "카드"]), "required-missing");
    assert_eq!(code(&["천원", "카드"]), "amount-unreadable");
    assert_eq!(code(&["1", "수표"]), "code-unknown");
    let reader = bind(&mapping, &["금액", "결제"]).unwrap();
    let total = RawRow { trouble: Some(RowTrouble::Total), ..RawRow::default() };
    let reject = reader.read(&total, &mut Vec::new()).unwrap_err();
    assert_eq!((reject.code.as_str(), reject.counts), ("total-row", false));
}

#[test]
fn a_rows_currency_decides_how_its_money_is_counted() {
    let mapping = cards("[columns.currency]\nheader = [\"통화\"]\n").unwrap();
    let amount = |money, code| cell(&mapping, &["금액", "통화"], &[money, code], "amount");
    assert_eq!(amount("12.50", "GBP"), Ok(Cell::Int(1250)));
    assert_eq!(amount("1250", "KRW"), Ok(Cell::Int(1250)));
    assert_eq!(amount("12.50", "JPY").unwrap_err().code, "currency-unknown");
    assert_eq!(amount("12.50", "").unwrap_err().code, "required-missing");
}

#[test]
fn a_ledgers_columns_say_which_period_a_row_belongs_to() {
    let text = TOP.replace("{ mode = \"full\" }", "{ mode = \"period\", period = { year = '연도', month = '월' } }");
    let mapping = parse(&format!("{text}[columns.amount]\nheader = [\"금액\"]\n")).unwrap();
    let reader = bind(&mapping, &["금액", "연도", "월"]).unwrap();
    let period = |year, month| reader.read(&row(&["1", year, month]), &mut Vec::new());
    assert_eq!(period("2017", "8"), Ok(RowPeriod::Of("2017-08".parse::<Period>().unwrap())));
    assert_eq!(period("2017", "13").unwrap_err().code, "period-unreadable");
    assert_eq!(bind(&mapping, &["금액", "연도"]).unwrap_err().code, "header-renamed");
    assert_eq!(mapping.file_period("a.csv", Some("2017".parse().unwrap())), Ok(None), "rows say it themselves");
}

#[test]
fn a_files_name_says_its_period_unless_the_option_does() {
    let mapping = shipped(&dictionary()).unwrap().into_iter().find(|m| m.name.as_str() == "oxford-spending").unwrap();
    let period = |name: &str, option| mapping.file_period(name, option).map(|period| period.unwrap().to_string());
    assert_eq!(period("in/spending-apr-jun-2014.csv", None).unwrap(), "2014-Q2");
    assert_eq!(period("spending-x.csv", Some("2014-Q3".parse().unwrap())).unwrap(), "2014-Q3");
    assert_eq!(period("spending-x.csv", None).unwrap_err().code, "period-missing");
    assert_eq!(period("spending-apr-may-2014.csv", None).unwrap_err().code, "period-unreadable");
}

#[test]
fn files_are_known_by_their_base_name() {
    let mapping = shipped(&dictionary()).unwrap().into_iter().find(|m| m.table.as_str() == "payment").unwrap();
    for name in ["spending-apr-jun-2014.csv", "a/b/Spending-Apr-Jun-2014.CSV", "2014.zip!spending-apr-jun-2014.csv"] {
        assert!(mapping.matches_file(name), "{name}");
    }
    assert!(!mapping.matches_file("cards-july-2017.csv"));
}

#[test]
fn the_content_hash_tells_neighbouring_texts_apart_and_may_rest_on_the_identity_alone() {
    let columns = "[columns.place]\nheader = [\"장소\"]\n[columns.purpose]\nheader = [\"목적\"]\n";
    let hash = |mapping: &Mapping, fields: &[&str]| {
        let reader = bind(mapping, &["금액", "장소", "목적"]).unwrap();
        let row = row(fields);
        let mut cells = Vec::new();
        reader.read(&row, &mut cells).unwrap();
        reader.content_hash(&cells)
    };
    let whole = cards(columns).unwrap();
    assert_ne!(hash(&whole, &["1", "ab", "c"]), hash(&whole, &["1", "a", "bc"]));
    assert_eq!(hash(&whole, &["1", "ab", "c"]), hash(&whole, &["1.0", "ab ", "c"]));
    let text = TOP.replace("load =", "identity = [\"place\"]\nload =");
    let by_place = parse(&format!("{text}[columns.amount]\nheader = [\"금액\"]\n{columns}")).unwrap();
    assert_eq!(hash(&by_place, &["1", "a", "b"]), hash(&by_place, &["2", "a", "c"]));
}

/// With `HAECHI_BLESS` set the expected blocks are rewritten instead; read the difference before you commit it.
#[test]
fn every_case_of_the_shipped_mappings_holds() {
    let dictionary = dictionary();
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../mappings"));
    for mapping in in_folder(root, &dictionary).unwrap() {
        let name = mapping.name.as_str();
        let folder = Folder::read(name, &root.join(name)).unwrap();
        let text = folder.text("cases.md").unwrap();
        let cases = crate::tables::CasesFile::parse(&folder.place("cases.md"), text).unwrap();
        let table = &dictionary.tables[&mapping.table];
        if std::env::var_os("HAECHI_BLESS").is_some() {
            std::fs::write(root.join(name).join("cases.md"), bless(&mapping, table, &cases, text)).unwrap();
            continue;
        }
        let results = check_cases(&mapping, table, &cases);
        assert!(results.len() >= 3, "{name} has few cases");
        for result in results {
            let failure = result.failure.unwrap_or_default();
            assert!(failure.is_empty(), "{name}, line {}: {}\n{failure}", result.line, result.title);
        }
    }
}

#[test]
fn a_draft_for_an_unknown_export_names_its_columns_and_parses() {
    let header = ["번호", "부서명", "사용일시", "가맹점명", "집행금액", "카드번호"];
    let rows = [
        row(&["1", "복지과", "2017-01-26 13:10", "나무식당", "76,000", "1234-5678-9012-3456"]),
        row(&["2", "세무과", "2017-01-27 12:00", "바다식당", "12,000", "1234-5678-9012-3457"]),
    ];
    let draft = guess(&dictionary(), "카드.csv", &layout(&header), &rows);
    assert_eq!(draft.table.as_ref().map(TableName::as_str), Some("card_expense"));
    let of = |name: &str| draft.columns.iter().find(|c| c.column.as_str() == name).map(|c| c.header.as_str());
    assert_eq!((of("amount"), of("place"), of("card_no")), (Some("집행금액"), Some("가맹점명"), Some("카드번호")));
    let text = draft.to_toml().replace("my-export", "t");
    assert_eq!(faults(parse(&text)), Vec::<String>::new(), "{text}");
}

#[test]
fn a_column_of_card_numbers_is_never_proposed_for_anything_else() {
    let rows = [row(&["1234-5678-9012-3456", "1"])];
    let draft = guess(&dictionary(), "x.csv", &layout(&["문서번호", "금액"]), &rows);
    assert!(draft.columns.iter().all(|column| column.header != "문서번호" || column.column.as_str() == "card_no"));
}
