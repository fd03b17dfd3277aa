//! Drafts a mapping for an export nobody has mapped yet: which table it looks like, which header feeds which column.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use haechi_core::ids::TableName;

use crate::dictionary::{Dictionary, Field, FieldType, Privacy, Table};
use crate::export::{Layout, RawRow, normal_header};
use crate::value::date::DateOrder;
use crate::value::{business_number, date, number};

/// A draft of a mapping. A person reads it, mends it and gives it a name.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The table it looks like; `None` where nothing fits.
    pub table: Option<TableName>,
    /// The columns proposed, in the table's order.
    pub columns: Vec<GuessedColumn>,
    /// Headers that no column is proposed for.
    pub unmapped: Vec<String>,
    /// The file's base name.
    pub file: String,
    /// The sheet it was made from, where a workbook has several.
    pub sheet: Option<String>,
    /// The order the numbers of its dates stand in.
    pub date_order: DateOrder,
    has_money: bool,
    not_found: Vec<String>,
}

/// A header and the column it is proposed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuessedColumn {
    /// The standard column.
    pub column: TableName,
    /// The header as it stands in the file.
    pub header: String,
    /// How sure, from 0 to 100.
    pub sure: u8,
    /// Why, in a few words.
    pub why: String,
}

/// Words that exports use for what the dictionary calls otherwise: the end of a field's name, then the words.
const SYNONYMS: [(&str, &[&str]); 16] = [
    ("amount", &["금액", "지급액", "집행금액", "집행액", "사용금액", "승인금액", "value", "exec amount", "total"]),
    ("paid_on", &["지급일자", "지출일자", "지급일", "payment date", "paid date", "date"]),
    (
        "spent_on",
        &["사용일자", "승인일자", "집행일시", "집행일자", "거래일자", "일자", "date", "transaction date", "exec dt"],
    ),
    ("spent_at", &["승인일시", "사용일시", "거래일시"]),
    ("place", &["가맹점", "가맹점명", "사용처", "집행장소", "장소", "merchant", "merchant name", "exec loc"]),
    (
        "unit_name",
        &["부서", "집행부서", "사용부서", "department", "service area", "organisational unit", "dept nm full"],
    ),
    ("unit_code", &["부서 코드", "부서코드", "department code"]),
    ("purpose", &["집행목적", "사용내역", "적요", "내역", "목적", "description", "exec purpose", "category"]),
    ("attendees", &["집행대상", "대상", "참석자", "target nm"]),
    ("head_count", &["인원", "인원수", "대상인원"]),
    ("payment_method", &["결제수단", "결제방법", "지급방법", "사용방법", "method"]),
    ("vendor_name", &["거래처", "거래처명", "채주", "상호", "업체명", "supplier name", "supplier", "payee"]),
    ("vendor_no", &["거래처코드", "거래처번호", "supplier id"]),
    ("payment_no", &["지급번호", "지출번호", "trans no", "transaction number"]),
    ("account_no", &["계좌", "계좌번호", "예금계좌", "입금계좌", "account number"]),
    ("card_no", &["카드번호", "법인카드번호", "card number"]),
];

/// Every header name that could mean a field of the dictionary: its name, its labels and what exports call it otherwise.
pub(super) fn known_names(dictionary: &Dictionary) -> std::collections::HashSet<String> {
    let fields = dictionary.tables.values().flat_map(|table| &table.fields);
    let own = fields.flat_map(|field| [field.name.as_str(), field.title.ko.as_str(), field.title.en.as_str()]);
    let others = SYNONYMS.iter().flat_map(|(_, words)| words.iter().copied());
    own.chain(others).map(|name| normal_header(name).into_owned()).collect()
}

/// Least sureness that is proposed at all.
const LEAST: u32 = 45;

/// Proposes a table and its columns for a file, by its header and some of its rows.
///
/// A header whose values look like resident, account or card numbers is proposed for identifiers alone, so that no draft
/// ever keeps them in the clear.
pub fn guess(dictionary: &Dictionary, file: &str, layout: &Layout, sample: &[RawRow]) -> Guess {
    let headers: Vec<Seen<'_>> =
        layout.header.iter().enumerate().map(|(at, name)| Seen::new(at, name, sample)).collect();
    let order = date_order(&headers);
    let mut best: Option<(u32, &Table, Vec<GuessedColumn>)> = None;
    for table in dictionary.tables.values() {
        let columns = columns(table, &headers, order);
        let names: BTreeSet<&TableName> = columns.iter().map(|column| &column.column).collect();
        let lacking =
            table.fields.iter().filter(|field| field.constraints.required && field.name.as_str() != "currency");
        let lacking = lacking.filter(|field| !names.contains(&field.name)).count();
        let sum: u32 = columns.iter().map(|column| u32::from(column.sure)).sum();
        let score = sum.saturating_sub(100 * u32::try_from(lacking).unwrap_or(u32::MAX / 100));
        if best.as_ref().is_none_or(|(other, ..)| score > *other) {
            best = Some((score, table, columns));
        }
    }
    let (table, columns) = match best {
        Some((score, table, columns)) if score > 0 => (Some(table), columns),
        _ => (None, Vec::new()),
    };
    let used = |name: &str| columns.iter().any(|column| column.header == name);
    let unmapped = layout.header.iter().filter(|name| !name.trim().is_empty() && !used(name)).cloned().collect();
    let has_money = table.is_some_and(|table| table.fields.iter().any(|field| field.kind == FieldType::Money));
    let not_found = table.map_or_else(Vec::new, |table| {
        let required =
            table.fields.iter().filter(|field| field.constraints.required && field.name.as_str() != "currency");
        required
            .filter(|field| !columns.iter().any(|column| column.column == field.name))
            .map(|field| field.name.to_string())
            .collect()
    });
    Guess {
        table: table.map(|table| table.name.clone()),
        columns,
        unmapped,
        file: file.rsplit(['/', '\\', '!']).next().unwrap_or(file).to_owned(),
        sheet: None,
        date_order: order,
        has_money,
        not_found,
    }
}

/// A header with some of its values.
struct Seen<'a> {
    name: &'a str,
    normal: String,
    values: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn new(at: usize, name: &'a str, sample: &'a [RawRow]) -> Self {
        let rows = sample.iter().filter(|row| row.trouble.is_none()).take(500);
        let values = rows.filter_map(|row| row.fields.get(at)).map(str::trim).filter(|value| !value.is_empty());
        Self { name, normal: normal_header(name).into_owned(), values: values.collect() }
    }

    /// The share of values, from 0 to 100, for which `fits` holds; `None` without values.
    fn share(&self, fits: impl Fn(&str) -> bool) -> Option<u32> {
        let all = u32::try_from(self.values.len()).ok().filter(|count| *count > 0)?;
        let fitting = self.values.iter().filter(|value| fits(value)).count();
        Some(u32::try_from(fitting).unwrap_or(0) * 100 / all)
    }

    /// Whether the values, or the name, look like a resident, account or card number.
    fn looks_secret(&self) -> bool {
        const NAMES: [&str; 6] = ["주민", "계좌", "카드번호", "카드 번호", "account n", "card n"];
        NAMES.iter().any(|word| self.normal.contains(word))
            || self.share(is_identifier).is_some_and(|share| share >= 30)
    }
}

/// A resident or card number, or digits in groups that are neither a day nor a business number.
fn is_identifier(value: &str) -> bool {
    if haechi_core::masking::scrub(value) != value {
        return true;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let groups = value.split('-').count();
    let plain = value.bytes().all(|c| c.is_ascii_digit() || c == b'-');
    plain && groups >= 3 && (10..=16).contains(&digits) && business_number::business_number(value).is_err()
}

/// The order in which most dates of the file read.
fn date_order(headers: &[Seen<'_>]) -> DateOrder {
    let mut best = (0, DateOrder::YearFirst);
    for order in [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst] {
        let fits = |value: &&&str| date::day(value, order).is_ok() || date::moment(value, order).is_ok();
        let count = headers.iter().flat_map(|seen| &seen.values).filter(fits).count();
        if count > best.0 {
            best = (count, order);
        }
    }
    best.1
}

/// The best header for each field, each header used once.
fn columns(table: &Table, headers: &[Seen<'_>], order: DateOrder) -> Vec<GuessedColumn> {
    let mut pairs = Vec::new();
    for (field_at, field) in table.fields.iter().enumerate() {
        for (header_at, seen) in headers.iter().enumerate().filter(|(_, seen)| !seen.normal.is_empty()) {
            if seen.looks_secret() != (field.privacy == Privacy::Identifier) {
                continue;
            }
            let (sure, why) = fit(field, seen, order);
            if sure >= LEAST {
                pairs.push((sure, field_at, header_at, why));
            }
        }
    }
    pairs.sort_by_key(|(sure, field, header, _)| (std::cmp::Reverse(*sure), *field, *header));
    let (mut fields, mut taken, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (sure, field, header, why) in pairs {
        if !fields.contains(&field) && !taken.contains(&headers[header].normal) {
            fields.insert(field);
            taken.insert(headers[header].normal.clone());
            let column = table.fields[field].name.clone();
            let sure = u8::try_from(sure).unwrap_or(100);
            out.push((field, GuessedColumn { column, header: headers[header].name.to_owned(), sure, why }));
        }
    }
    out.sort_by_key(|(field, _)| *field);
    out.into_iter().map(|(_, column)| column).collect()
}

/// How well a header's name and values fit a field, from 0 to 100, and why.
fn fit(field: &Field, seen: &Seen<'_>, order: DateOrder) -> (u32, String) {
    let own = [field.name.as_str(), field.title.ko.as_str(), field.title.en.as_str()];
    let synonyms = SYNONYMS.iter().find(|(name, _)| *name == field.name.as_str()).map_or(&[][..], |(_, words)| words);
    let likeness = |word: &&str| (strsim::jaro_winkler(&normal_header(word), &seen.normal), (*word).to_owned());
    let closest = own.iter().chain(synonyms).map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((likeness, word)) = closest.filter(|(likeness, _)| *likeness >= 0.7) else { return (0, String::new()) };
    // A likeness is a share between 0 and 1; below 0.7 names have little in common.
    let name = if likeness >= 0.999 {
        100
    } else {
        (0..=100_u32).rev().find(|n| f64::from(*n) <= likeness * 90.0).unwrap_or(0)
    };
    let reads = |value: &str| match field.kind {
        FieldType::Money => number::money(value, 2, 1).is_ok(),
        FieldType::Integer => number::integer(value).is_ok(),
        FieldType::Date => date::day(value, order).is_ok() || date::moment(value, order).is_ok(),
        FieldType::Datetime => date::moment(value, order).is_ok(),
        FieldType::BusinessNumber => business_number::business_number(value).is_ok(),
        FieldType::Boolean => value.chars().count() <= 5,
        FieldType::String | FieldType::Code => true,
    };
    let typed = !matches!(field.kind, FieldType::String | FieldType::Code);
    match seen.share(reads) {
        Some(share) if typed => {
            (name * share / 100, format!("named like `{word}`; {share}% of the values read as its type"))
        }
        _ => (name * 9 / 10, format!("named like `{word}`")),
    }
}

impl Guess {
    /// The draft as a whole `mapping.toml`, each column with how sure it is. What a person must decide is marked `to be named`.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let table = self.table.as_ref().map_or("to-be-named", TableName::as_str);
        let order = match self.date_order {
            DateOrder::DayFirst => "day-first",
            DateOrder::MonthFirst => "month-first",
            _ => "year-first",
        };
        let sheet = self.sheet.as_ref().map_or_else(String::new, |sheet| format!("sheet = {}\n", quoted(sheet)));
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "# A draft made from {}. Read every line before you load with it.\nformat = 1\nname = \"my-export\"\ntable = \"{table}\"\n",
            one_line(&self.file)
        );
        if self.has_money {
            out.push_str("currency = \"KRW\"\n");
        }
        let _ = write!(
            out,
            "files = [{}]\nmax_reject_rate = \"1%\"\n\n[title]\nko = \"\"\nen = \"\"\n\n\
             # The institution code of your government.\n[government]\ncode = \"0000000\"\nko = \"\"\nen = \"\"\n\n\
             [read]\ndate_order = \"{order}\"\n{sheet}\n\
             # full replaces the table; see CONTRIBUTING.md for loads by period.\n[load]\nmode = \"full\"\n",
            quoted(&self.file)
        );
        for column in &self.columns {
            let _ = write!(
                out,
                "\n# sure: {} of 100 — {}\n[columns.{}]\n",
                column.sure,
                one_line(&column.why),
                column.column
            );
            let _ = writeln!(out, "header = [{}]", quoted(&column.header));
        }
        for name in &self.not_found {
            let _ = write!(
                out,
                "\n# To be named: the table requires `{name}`, and no header looks like it.\n# [columns.{name}]\n"
            );
        }
        if !self.unmapped.is_empty() {
            out.push_str("\n# Headers that nothing is read from:\n");
            for name in &self.unmapped {
                let _ = writeln!(out, "# {}", one_line(name));
            }
        }
        out
    }
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text that cannot end a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
