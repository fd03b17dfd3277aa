//! From `mapping.toml` as written to a [`Mapping`] that can work, or to everything that is wrong with it.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use haechi_core::ids::TableName;
use haechi_core::money::Currency;
use haechi_core::words::Words;
use regex::{Regex, RegexBuilder};
use toml::Spanned;
use unicode_normalization::UnicodeNormalization as _;

use super::file::{
    ColumnTable, Every, LoadTable, MappingFile, Midnight, Mode, Names, OnUnreadable, Other, PeriodTable,
};
use super::period::{GROUPS, PeriodReading};
use super::rule::{Aliases, ColumnRule, Reading, Source};
use super::{LoadRule, Mapping, PeriodRule, options};
use crate::cell::Cell;
use crate::dictionary::{Dictionary, Field, FieldType, Privacy, Table};
use crate::export::{ReadRule, normal_header};
use crate::fault::Fault;
use crate::folder::{Folder, line_of, toml_fault};

/// The file's name in its folder.
const FILE: &str = "mapping.toml";

/// Faults of one file, gathered.
pub(super) struct Faults<'a> {
    file: String,
    text: &'a str,
    pub(super) list: Vec<Fault>,
}

impl Faults<'_> {
    /// Adds a fault at the place of `span`.
    pub(super) fn at(
        &mut self,
        span: Range<usize>,
        code: &'static str,
        key: &str,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        let fault = Fault::new(code, &self.file, what, help).at_line(line_of(self.text, span.start));
        self.list.push(if key.is_empty() { fault } else { fault.in_column(key) });
    }
}

pub(super) fn parse(folder: &Folder, dictionary: &Dictionary) -> Result<Mapping, Vec<Fault>> {
    let place = folder.place(FILE);
    let text = folder.text(FILE).map_err(|fault| vec![fault])?;
    let written: MappingFile = toml::from_str(text).map_err(|error| vec![toml_fault(&place, text, &error)])?;
    let mut faults = Faults { file: place.clone(), text, list: Vec::new() };

    if *written.format.get_ref() != 1 {
        let what = format!("The file format is {}; this version reads 1.", written.format.get_ref());
        faults.at(written.format.span(), "format-unknown", "format", what, "Write format = 1.");
    }
    let own_name = folder.name.rsplit('/').next().unwrap_or_default();
    if written.name.get_ref().as_str() != own_name {
        let what = format!("The mapping is named `{}` but its folder `{own_name}`.", written.name.get_ref());
        faults.at(written.name.span(), "mapping-name", "name", what, "Give both the same name.");
    }
    let Some(table) = dictionary.tables.get(written.table.get_ref()) else {
        let name = written.table.get_ref().as_str();
        let help = nearest(name, dictionary.tables.keys().map(TableName::as_str), "tables");
        faults.at(written.table.span(), "table-unknown", "table", format!("There is no table `{name}`."), help);
        return Err(faults.list);
    };

    let currency = currency_of(&written, &mut faults);
    let files = written.files.iter().filter_map(|pattern| file_pattern(pattern, &mut faults)).collect();
    if written.files.is_empty() {
        faults.at(
            written.name.span(),
            "files-missing",
            "files",
            "No file name pattern is given.",
            "Write files = [\"*_expense_list.csv\"], or [\"*.csv\"].",
        );
    }
    let (load, period) = load_rule(&written.load, &mut faults);
    let mut columns = Vec::new();
    for (name, column) in &written.columns {
        if let Some(rule) = column_rule(table, name, column, &written, &mut faults) {
            columns.push(rule);
        }
    }
    columns.sort_by_key(|rule| rule.field);
    fill_currency(table, currency, &mut columns);
    required_are_there(table, currency, &columns, &written, &mut faults);
    identifiers_stay_apart(table, &columns, &period, &written, &mut faults);
    let identity = identity(table, &columns, &written, &mut faults);
    let read = read_rule(&written, &columns, &period, &mut faults);

    if !faults.list.is_empty() {
        faults.list.sort_by_key(|fault| fault.place.line);
        return Err(faults.list);
    }
    Ok(Mapping {
        name: written.name.into_inner(),
        title: written.title,
        table: table.name.clone(),
        government_name: Words::new(written.government.ko, written.government.en),
        government: written.government.code,
        country: written.government.country,
        currency,
        load,
        max_reject_per_10_000: written.max_reject_rate.0,
        identity,
        digest: folder.digest(&[FILE]),
        place,
        description: written.description,
        source_system: written.source_system,
        files,
        read,
        date_order: written.read.date_order.into(),
        period,
        columns,
    })
}

/// A sentence that names the closest of `names`, or lists them.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>, what: &str) -> String {
    let names: Vec<&str> = names.collect();
    let close = names
        .iter()
        .map(|other| (strsim::jaro_winkler(name, other), *other))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match close {
        Some((_, other)) => format!("Did you mean `{other}`?"),
        None => format!("The {what} are: {}.", names.join(", ")),
    }
}

/// The one currency of the mapping: its own, or what its money columns say.
fn currency_of(written: &MappingFile, faults: &mut Faults<'_>) -> Option<Currency> {
    let mut found: Option<Currency> = None;
    let columns = written.columns.values().filter_map(|column| column.currency.as_ref());
    for code in written.currency.iter().chain(columns) {
        match Currency::from_code(code.get_ref()) {
            None => faults.at(
                code.span(),
                "currency-unknown",
                "currency",
                format!("`{}` is no currency Haechi counts in.", code.get_ref()),
                format!("Write one of {}.", Currency::ALL.map(Currency::code).join(", ")),
            ),
            Some(currency) if found.is_some_and(|earlier| earlier != currency) => faults.at(
                code.span(),
                "currency-mixed",
                "currency",
                "The mapping names two currencies, and a row has one.",
                "Write one currency, or map the column `currency` from a header.",
            ),
            Some(currency) => found = Some(currency),
        }
    }
    found
}

/// A file name pattern of `*` and `?` as a regular expression over a whole base name.
fn file_pattern(pattern: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Regex> {
    let text: String = pattern.get_ref().nfc().collect();
    let escaped = regex::escape(&text).replace(r"\*", ".*").replace(r"\?", ".");
    let built = RegexBuilder::new(&format!("^{escaped}$")).case_insensitive(true).dot_matches_new_line(true).build();
    match built {
        Ok(regex) if !text.is_empty() && !text.contains(['/', '\\', '!']) => Some(regex),
        _ => {
            let what = format!("`{text}` is no pattern for a file's base name.");
            faults.at(pattern.span(), "file-pattern", "files", what, "Write a name with * and ?, without a folder.");
            None
        }
    }
}

fn load_rule(written: &LoadTable, faults: &mut Faults<'_>) -> (LoadRule, PeriodReading) {
    let none = (LoadRule::Full, PeriodReading::None);
    match (written.mode.get_ref(), &written.period) {
        (Mode::Full, None) => none,
        (Mode::Full, Some(period)) => {
            faults.at(
                period.span(),
                "period-not-needed",
                "load.period",
                "A full load replaces the whole table and has no period.",
                "Remove `period`, or write mode = \"period\".",
            );
            none
        }
        (Mode::Period, None) => {
            faults.at(
                written.mode.span(),
                "period-rule-missing",
                "load.period",
                "Nothing says which period a row or file belongs to.",
                "Add period = { year = …, month = … }, { date = …, every = \"month\" }, { file = … } or { option = true }.",
            );
            none
        }
        (Mode::Period, Some(period)) => match period_reading(period.get_ref()) {
            Ok(reading) => {
                let rule = match &reading {
                    PeriodReading::File { .. } => PeriodRule::FileName,
                    PeriodReading::Option => PeriodRule::Option,
                    _ => PeriodRule::Columns,
                };
                (LoadRule::Period(rule), reading)
            }
            Err((what, help)) => {
                faults.at(period.span(), "period-rule", "load.period", what, help);
                none
            }
        },
    }
}

/// The one way to find a period that the table describes.
fn period_reading(written: &PeriodTable) -> Result<PeriodReading, (String, String)> {
    let trouble = |what: &str, help: &str| Err((what.to_owned(), help.to_owned()));
    let PeriodTable { year, month, quarter, date, file, option, every } = written;
    let empty = |names: &Option<Names>| names.as_ref().is_some_and(|names| names.0.is_empty());
    if [year, month, quarter, date].into_iter().any(empty) {
        return trouble("A list of headers is empty.", "Name the header.");
    }
    match (year, date, file, option) {
        (Some(year), None, None, None) => {
            let part = match (month, quarter) {
                (Some(_), Some(_)) => {
                    return trouble("Month and quarter are both given.", "Keep the one that loads replace.");
                }
                (Some(month), None) => Some((Aliases::from(month), Every::Month)),
                (None, Some(quarter)) => Some((Aliases::from(quarter), Every::Quarter)),
                (None, None) => None,
            };
            if every.is_some() {
                return trouble("`every` does not go with a ledger's year.", "Remove `every`.");
            }
            Ok(PeriodReading::Ledger { year: Aliases::from(year), part })
        }
        (None, Some(date), None, None) if month.is_none() && quarter.is_none() => match every {
            Some(every) => Ok(PeriodReading::Day { date: Aliases::from(date), every: *every }),
            None => trouble("It is not said how long a period is.", "Add every = \"month\", \"quarter\" or \"year\"."),
        },
        (None, None, Some(pattern), None) if month.is_none() && quarter.is_none() => {
            let pattern = RegexBuilder::new(pattern).size_limit(1 << 20).build().map_err(|error| {
                let reason = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
                (format!("The pattern is no regular expression: {reason}."), "Mend the pattern.".to_owned())
            })?;
            let groups: HashSet<&str> = pattern.capture_names().flatten().collect();
            if let Some(unknown) = groups.iter().find(|name| !GROUPS.contains(name)) {
                let help = format!("The groups are {}.", GROUPS.join(", "));
                return Err((format!("The pattern has a group `{unknown}`."), help));
            }
            if !groups.contains("year") {
                return trouble("The pattern has no group `year`.", r"Add one: (?<year>\d{4}).");
            }
            if groups.contains("from_month") != groups.contains("to_month") {
                return trouble("Only one of from_month and to_month is there.", "Name both groups, or use `month`.");
            }
            Ok(PeriodReading::File { pattern, every: *every })
        }
        (None, None, None, Some(true)) if month.is_none() && quarter.is_none() && every.is_none() => {
            Ok(PeriodReading::Option)
        }
        _ => trouble(
            "The rule must be exactly one of: year (with month or quarter), date, file, option = true.",
            "Keep one of them.",
        ),
    }
}

fn column_rule(
    table: &Table,
    name: &Spanned<TableName>,
    column: &ColumnTable,
    written: &MappingFile,
    faults: &mut Faults<'_>,
) -> Option<ColumnRule> {
    let key = name.get_ref().as_str();
    let Some(at) = table.fields.iter().position(|field| field.name.as_str() == key) else {
        let help = nearest(key, table.fields.iter().map(|field| field.name.as_str()), "columns");
        let what = format!("The table `{}` has no column `{key}`.", table.name);
        faults.at(name.span(), "column-unknown", key, what, help);
        return None;
    };
    let field = &table.fields[at];
    options::check(field, name, column, faults);
    let midnight_unknown = column.midnight.as_ref().is_some_and(|midnight| *midnight.get_ref() == Midnight::Unknown);
    let order = column.date_order.as_ref().map_or(written.read.date_order, |order| *order.get_ref());
    let other = column.other.as_ref().map_or(Other::Reject, |other| *other.get_ref());
    let how = Reading {
        derivation: column.with.as_ref().map(|with| *with.get_ref()),
        missing: column.missing.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect(),
        codes: column.codes.iter().map(|(text, code)| (text.trim().to_owned(), code.clone())).collect(),
        other: if column.codes.is_empty() { Other::Keep } else { other },
        order: order.into(),
        midnight_unknown,
        pad: column.pad.as_ref().map(|width| *width.get_ref()),
        from_1904: false,
        excel_serial: column.excel_serial.as_ref().is_some_and(|yes| *yes.get_ref()),
        trim: column.trim.as_ref().is_none_or(|yes| *yes.get_ref()),
        unit: column.unit.as_ref().map(|unit| *unit.get_ref()),
        null_when_unreadable: column.on_unreadable == OnUnreadable::Null,
    };
    let source = options::source(field, name, column, &how, faults)?;
    Some(ColumnRule { name: name.get_ref().clone(), field: at, source, how, optional: column.optional })
}

/// A table with money gets its `currency` column from the mapping's currency where nothing else feeds it.
fn fill_currency(table: &Table, currency: Option<Currency>, columns: &mut Vec<ColumnRule>) {
    let Some(at) = table.fields.iter().position(|field| field.name.as_str() == "currency") else { return };
    let Some(currency) = currency else { return };
    if columns.iter().all(|rule| rule.field != at) {
        let source = Source::Constant(Cell::Text(currency.code().into()));
        let how = Reading::plain();
        let rule = ColumnRule { name: table.fields[at].name.clone(), field: at, source, how, optional: false };
        columns.push(rule);
        columns.sort_by_key(|rule| rule.field);
    }
}

fn required_are_there(
    table: &Table,
    currency: Option<Currency>,
    columns: &[ColumnRule],
    written: &MappingFile,
    faults: &mut Faults<'_>,
) {
    let fed = |name: &str| columns.iter().find(|rule| rule.name.as_str() == name);
    let is_money = |rule: &&ColumnRule| table.fields[rule.field].kind == FieldType::Money;
    if let Some(money) = columns.iter().find(is_money)
        && currency.is_none()
        && fed("currency").is_none()
    {
        let span = key_span(written, money);
        let what = format!("`{}` is money, and nothing says in which currency.", money.name);
        faults.at(span, "currency-missing", money.name.as_str(), what, "Add currency = \"KRW\" at the top.");
    }
    for field in table.fields.iter().filter(|field| field.constraints.required) {
        let name = field.name.as_str();
        match fed(name) {
            Some(rule) if rule.optional => {
                let what = format!("The column `{name}` is required by the table and cannot be optional.");
                faults.at(key_span(written, rule), "required-optional", name, what, "Remove `optional`.");
            }
            // A mapping for money without a currency is told so above.
            None if name != "currency" => {
                let what = format!("The table requires the column `{name}`, and nothing feeds it.");
                let help = format!("Add [columns.{name}].");
                faults.at(written.table.span(), "required-unmapped", name, what, help);
            }
            _ => {}
        }
    }
}

/// The place of a column's key, for faults found after the column was read.
fn key_span(written: &MappingFile, rule: &ColumnRule) -> Range<usize> {
    written.columns.keys().find(|name| *name.get_ref() == rule.name).map_or(0..0, Spanned::span)
}

/// What feeds an identifier may feed nothing that is kept in the clear.
fn identifiers_stay_apart(
    table: &Table,
    columns: &[ColumnRule],
    period: &PeriodReading,
    written: &MappingFile,
    faults: &mut Faults<'_>,
) {
    let is_identifier = |rule: &ColumnRule| table.fields[rule.field].privacy == Privacy::Identifier;
    let names = |rule: &ColumnRule| -> Vec<String> {
        rule.source.aliases().into_iter().flat_map(|aliases| aliases.normal.clone()).collect()
    };
    let mut secret: BTreeMap<String, &ColumnRule> = BTreeMap::new();
    for rule in columns.iter().filter(|rule| is_identifier(rule)) {
        secret.extend(names(rule).into_iter().map(|name| (name, rule)));
    }
    for rule in columns.iter().filter(|rule| !is_identifier(rule)) {
        if let Some((name, owner)) = names(rule).iter().find_map(|name| secret.get_key_value(name)) {
            let what = format!("`{name}` feeds the identifier `{}` and would be kept in the clear here.", owner.name);
            let help = "Remove one of the two; an identifier's plain value is never written.";
            faults.at(key_span(written, rule), "identifier-in-clear", rule.name.as_str(), what, help);
        }
    }
    if let Some(name) =
        period.aliases().iter().flat_map(|aliases| &aliases.normal).find(|name| secret.contains_key(*name))
    {
        let what = format!("The period is read from `{name}`, which is an identifier.");
        let span = written.load.mode.span();
        faults.at(span, "identifier-in-clear", "load.period", what, "Read the period from another column.");
    }
}

fn identity(table: &Table, columns: &[ColumnRule], written: &MappingFile, faults: &mut Faults<'_>) -> Vec<TableName> {
    let physical = table.columns();
    for name in &written.identity {
        let field = table.fields.iter().position(|field| field.name == *name.get_ref());
        let field = field.or_else(|| physical.iter().find(|column| column.name == *name.get_ref()).map(|c| c.field));
        let fed = field.is_some_and(|field| columns.iter().any(|rule| rule.field == field));
        if !fed {
            let what = format!("`{}` identifies rows but is not mapped.", name.get_ref());
            faults.at(name.span(), "identity-unmapped", "identity", what, "Name columns that the mapping feeds.");
        }
    }
    written.identity.iter().map(|name| name.get_ref().clone()).collect()
}

fn read_rule(
    written: &MappingFile,
    columns: &[ColumnRule],
    period: &PeriodReading,
    faults: &mut Faults<'_>,
) -> ReadRule {
    let delimiter = written.read.delimiter.as_ref().and_then(|text| {
        let byte = match text.get_ref().as_str() {
            "tab" => Some(b'\t'),
            one if one.len() == 1 => Some(one.as_bytes()[0]),
            _ => None,
        };
        if byte.is_none_or(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'"' | b'\n' | b'\r')) {
            let help = "Write one character such as \",\" or \";\", or \"tab\".";
            faults.at(text.span(), "delimiter", "read.delimiter", "That is no delimiter.", help);
            return None;
        }
        byte
    });
    for (number, key) in [
        (written.read.header_line.as_ref().map(|line| (line.span(), *line.get_ref() == 0)), "read.header_line"),
        (
            written.read.header_lines.as_ref().map(|lines| (lines.span(), !(1..=3).contains(lines.get_ref()))),
            "read.header_lines",
        ),
    ] {
        if let Some((span, true)) = number {
            faults.at(
                span,
                "header-line",
                key,
                "Lines count from 1, and a header has one to three.",
                "Mend the number.",
            );
        }
    }
    if let Some(names) = &written.read.sheet
        && (names.get_ref().0.is_empty() || names.get_ref().0.iter().any(|name| name.trim().is_empty()))
    {
        let help = "Write the sheet's name, or a list of the names it bears.";
        faults.at(names.span(), "sheet-empty", "read.sheet", "The name of the sheet is empty.", help);
    }
    let mut fill_down = HashSet::new();
    for name in &written.read.fill_down {
        match columns.iter().find(|rule| rule.name == *name.get_ref()).map(|rule| &rule.source) {
            Some(Source::Header(aliases)) => fill_down.extend(aliases.normal.iter().cloned()),
            _ => faults.at(
                name.span(),
                "fill-down-unmapped",
                "read.fill_down",
                format!("`{}` is not read from one header.", name.get_ref()),
                "Name columns that have a `header`.",
            ),
        }
    }
    let aliases = columns.iter().flat_map(|rule| rule.source.aliases()).chain(period.aliases());
    ReadRule {
        known_headers: aliases.flat_map(|aliases| aliases.normal.iter().cloned()).collect(),
        delimiter,
        header_line: written.read.header_line.as_ref().map(|line| *line.get_ref()),
        header_lines: written.read.header_lines.as_ref().map(|lines| *lines.get_ref()),
        total_words: written.read.total_words.clone(),
        sheet: written.read.sheet.as_ref().map(|names| names.get_ref().0.clone()).unwrap_or_default(),
        fill_down,
        table: written.read.table.clone(),
        key: written.read.key.clone(),
    }
}

/// Header names as compared, with faults for a list that is empty or says a name twice.
pub(super) fn aliases(names: &Spanned<Names>, key: &str, faults: &mut Faults<'_>) -> Aliases {
    let mut seen = HashSet::new();
    for name in &names.get_ref().0 {
        let normal = normal_header(name).into_owned();
        if normal.is_empty() {
            faults.at(
                names.span(),
                "header-empty",
                key,
                "A header name is empty.",
                "Write the header as the file has it.",
            );
        } else if !seen.insert(normal) {
            let what = format!("The header `{name}` is listed twice; capitals, `_` and spaces do not count.");
            faults.at(names.span(), "alias-twice", key, what, "Remove one.");
        }
    }
    if names.get_ref().0.is_empty() {
        faults.at(names.span(), "header-empty", key, "The list of headers is empty.", "Name at least one header.");
    }
    Aliases::from(names.get_ref())
}

/// Whether the field holds text that a person's identity hides in.
pub(super) fn is_identifier(field: &Field) -> bool {
    field.privacy == Privacy::Identifier
}
