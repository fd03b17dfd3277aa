//! The pages of statistics and of the months' sheets, and the tables that are taken away.

use askama::Template;
use axum::extract::State;
use axum::response::{Redirect, Response};
use chrono::{Datelike as _, Months};
use haechi_core::chart::{Bar, BarChart, Column, ColumnChart};
use haechi_core::period::Period;
use haechi_core::time::Day;

use super::measures::Measures;
use super::sheets::{self, Line};
use super::store;
use super::tables;
use super::view::{Asking, Counted};
use crate::export::{self, Cell};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::slices::people;
use crate::web::ui::{Button, Form as PageForm, Kind};
use crate::web::ui::{
    Column as Heading, Crumbs, Empty, Field, Filters, Link, More, Notice, PageHead, Row, Select, Stat, Stats, Table,
    Trend, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/statistics", Gate::May(Action::ReadStatistics), overview)
        .get("/statistics/tables/{form}", Gate::May(Action::ReadStatistics), whole)
        .get("/statistics/unhandled/{form}", Gate::May(Action::ReadStatistics), unhandled)
        .get("/statistics/sheets", Gate::May(Action::ReadStatistics), sheet_list)
        .get("/statistics/sheets/{month}", Gate::May(Action::ReadStatistics), sheet)
        .get("/statistics/sheets/{month}/{form}", Gate::May(Action::ReadStatistics), sheet_file)
        .post("/statistics/sheets/{month}/close", Gate::May(Action::CloseMonth), close);
}

/// Rows that a table on the page shows; the table taken away has all.
const SHOWN: usize = 30;
/// Bars of a chart.
const BARS: usize = 12;

/// A chart with its table.
struct Part {
    id: &'static str,
    title: String,
    about: String,
    chart: String,
    table: Table,
    more: String,
}

#[derive(Template)]
#[template(path = "statistics/overview.html")]
struct Overview {
    page: Page,
    head: PageHead,
    filters: Filters,
    periods: Vec<(String, String, bool)>,
    stats: Stats,
    parts: Vec<Part>,
    counted: More,
    files: Vec<Link>,
}

fn unit_words(me: &Actor, page: &Page, day: Day, code: Option<&str>) -> String {
    let Some(code) = code else { return page.say("unit-none") };
    let unit = me.directory().unit(code, day);
    unit.map_or_else(|| code.to_owned(), |unit| page.words(&unit.name).to_owned())
}

/// The list of the cases that a figure counts.
fn cases_href(period: &Period, fields: &[(&str, &str)]) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    out.append_pair("opened", &period.to_string()).append_pair("closed", "yes");
    out.extend_pairs(fields);
    format!("/cases?{}", out.finish())
}

/// Hours as people say them: days from two on.
fn time(page: &Page, hours: Option<i64>) -> String {
    match hours {
        None => "–".to_owned(),
        Some(hours) if hours < 48 => page.count("stat-hours", hours),
        Some(hours) => page.count("stat-days", (hours + 12) / 24),
    }
}

fn money(page: &Page, of: &Measures, at: usize) -> String {
    let sums = of.money.iter().filter_map(|(currency, sums)| sums.get(at).map(|sum| page.money(sum, currency)));
    let sums: Vec<String> = sums.collect();
    if sums.is_empty() { "–".to_owned() } else { sums.join(" · ") }
}

/// Where a number went since a year before, in words.
fn trend(page: &Page, now: u64, before: u64, more_is_good: Option<bool>) -> Trend {
    let words = match now.cmp(&before) {
        std::cmp::Ordering::Less => page.count("stat-less", before - now),
        std::cmp::Ordering::Equal => page.say("stat-same"),
        std::cmp::Ordering::Greater => page.count("stat-more", now - before),
    };
    Trend::new(words, more_is_good.filter(|_| now != before).map(|good| good == (now > before)))
}

/// Where a share went, in points of a hundred.
fn points(page: &Page, now: Option<u64>, before: Option<u64>) -> Option<Trend> {
    let (now, before) = (i64::try_from(now?).ok()?, i64::try_from(before?).ok()?);
    let gap = (now - before).unsigned_abs();
    let gap = format!("{}.{}", gap / 10, gap % 10);
    let (words, good) = match now.cmp(&before) {
        std::cmp::Ordering::Less => (page.what("stat-points-less", gap), Some(false)),
        std::cmp::Ordering::Equal => (page.say("stat-same"), None),
        std::cmp::Ordering::Greater => (page.what("stat-points-more", gap), Some(true)),
    };
    Some(Trend::new(words, good))
}

fn stats(page: &Page, asking: &Asking, counted: &Counted) -> Stats {
    let (all, before) = (&counted.all, &counted.before);
    let has_before = before.opened > 0;
    let rate = |word: &str, now: Option<u64>, then: Option<u64>| {
        let stat = Stat::new(page.say(word), page.share(now));
        match points(page, now, then).filter(|_| has_before) {
            Some(trend) => stat.trend(trend),
            None => stat,
        }
    };
    let mut opened = Stat::new(page.say("stat-opened"), all.opened).link(cases_href(&asking.period, &fields(asking)));
    if has_before {
        opened = opened.trend(trend(page, all.opened, before.opened, None));
    }
    let mut late_fields = fields(asking);
    late_fields.push(("late", "yes"));
    Stats::new([
        opened,
        rate("stat-answered-rate", all.answered_rate(), before.answered_rate()),
        rate("stat-approved-rate", all.approved_rate(), before.approved_rate()),
        rate("stat-confirmed-rate", all.confirmed_rate(), before.confirmed_rate()),
        Stat::new(page.say("stat-late"), all.late)
            .warn_if(all.late > 0)
            .link(cases_href(&asking.period, &late_fields).replace("&closed=yes", "")),
        Stat::new(page.say("stat-time-half"), time(page, all.hours(50))),
        Stat::new(page.say("stat-time-most"), time(page, all.hours(90))),
        rate("stat-exclusion-rate", all.exclusion_rate(), None),
        Stat::new(page.say("stat-recovered"), money(page, all, 0)),
        Stat::new(page.say("stat-levied"), money(page, all, 1)),
        Stat::new(page.say("stat-prevented"), money(page, all, 2)),
        Stat::new(page.say("stat-steps"), all.steps),
        Stat::new(page.say("stat-repeats"), all.repeats),
        Stat::new(page.say("stat-unmapped"), all.unmapped).link("/unmapped"),
    ])
}

fn fields(asking: &Asking) -> Vec<(&'static str, &str)> {
    let unit = asking.unit.as_deref().map(|unit| ("unit", unit));
    unit.into_iter().chain(asking.scenario.as_deref().map(|scenario| ("scenario", scenario))).collect()
}

/// The columns every table of measures has after its name.
fn headings(page: &Page, name: String) -> Vec<Heading> {
    let numbers = [
        "stat-opened",
        "stat-answered-rate",
        "stat-approved-rate",
        "stat-confirmed-rate",
        "stat-late",
        "stat-time-half",
    ];
    std::iter::once(Heading::new(name)).chain(numbers.map(|word| Heading::number(page.say(word)))).collect()
}

fn cells(page: &Page, name: impl Into<Value>, of: &Measures) -> Vec<Value> {
    let late = Value::default();
    let late = if of.late > 0 { late.late(of.late.to_string()) } else { late.text("0") };
    vec![
        name.into(),
        of.opened.to_string().into(),
        page.share(of.answered_rate()).into(),
        page.share(of.approved_rate()).into(),
        page.share(of.confirmed_rate()).into(),
        late,
        time(page, of.hours(50)).into(),
    ]
}

fn bar(page: &Page, label: String, href: String, of: &Measures) -> Bar {
    Bar {
        label,
        value: i64::try_from(of.opened).unwrap_or(i64::MAX),
        display: page.count("stat-cases", of.opened),
        secondary: (of.late > 0).then(|| page.count("stat-of-them-late", of.late)),
        href: Some(href),
    }
}

fn bars(page: &Page, id: &str, title: &str, bars: Vec<Bar>) -> String {
    if bars.len() < 2 {
        return String::new();
    }
    let (title, description) = (page.say(title), page.say("stat-chart-about"));
    BarChart { id: id.to_owned(), title, description, bars: bars.into_iter().take(BARS).collect() }.svg()
}

fn more(page: &Page, count: usize) -> String {
    if count > SHOWN { page.count("stat-more-rows", count - SHOWN) } else { String::new() }
}

fn by_month(page: &Page, asking: &Asking, counted: &Counted) -> Part {
    let label = |month: &Period| page.what("stat-month-of", month.from().month());
    let columns = counted.months.iter().map(|(month, of)| {
        let href = cases_href(month, &fields(asking));
        Column {
            group: month.from().year().to_string(),
            bar: Bar { label: label(month), ..bar(page, String::new(), href, of) },
        }
    });
    let chart = ColumnChart {
        id: "chart-month".to_owned(),
        title: page.say("stat-by-month"),
        description: page.say("stat-chart-about"),
        columns: columns.collect(),
    };
    let rows = counted.months.iter().map(|(month, of)| {
        let name = Link::to(cases_href(month, &fields(asking)), month.from().format("%Y.%m.").to_string());
        Row::new(cells(page, name, of))
    });
    Part {
        id: "months",
        title: page.say("stat-by-month"),
        about: page.say("stat-by-month-about"),
        chart: if counted.months.len() > 1 { chart.svg() } else { String::new() },
        table: Table::new(page.say("stat-by-month"), headings(page, page.say("stat-month"))).rows(rows),
        more: String::new(),
    }
}

fn by_unit(me: &Actor, page: &Page, asking: &Asking, counted: &Counted) -> Part {
    let name = |code: Option<&str>| unit_words(me, page, asking.period.to().min(me.day()), code);
    let href = |code: Option<&str>| {
        let mut fields = fields(asking);
        fields.retain(|field| field.0 != "unit");
        fields.extend(code.map(|code| ("unit", code)));
        cases_href(&asking.period, &fields)
    };
    let units = || counted.units.iter().map(|(code, of)| (code.as_deref(), of));
    let rows = units().take(SHOWN).map(|(code, of)| Row::new(cells(page, Link::to(href(code), name(code)), of)));
    let all = units().map(|(code, of)| bar(page, name(code), href(code), of)).collect();
    Part {
        id: "units",
        title: page.say("stat-by-unit"),
        about: page.say("stat-by-unit-about"),
        chart: bars(page, "chart-unit", "stat-by-unit", all),
        table: Table::new(page.say("stat-by-unit"), headings(page, page.say("stat-unit"))).rows(rows),
        more: more(page, counted.units.len()),
    }
}

fn by_scenario(page: &Page, asking: &Asking, counted: &Counted) -> Part {
    let name = |id: &str| counted.titles.get(id).map_or_else(|| id.to_owned(), |title| page.words(title).to_owned());
    let href = |id: &str| {
        let mut fields = fields(asking);
        fields.retain(|field| field.0 != "scenario");
        fields.push(("scenario", id));
        cases_href(&asking.period, &fields)
    };
    let mut columns = headings(page, page.say("scenario"));
    columns.extend(["stat-exclusion-rate", "stat-precision"].map(|word| Heading::number(page.say(word))));
    let rows = counted.scenarios.iter().take(SHOWN).map(|(id, of)| {
        let mut row = cells(page, Value::from(Link::to(href(id), name(id))), of);
        row.push(page.share(of.exclusion_rate()).into());
        row.push(match of.precision() {
            Some(precision) => Value::from(page.share(Some(precision.share))).soft(page.of(
                "stat-interval",
                page.share(Some(precision.least)),
                page.share(Some(precision.most)),
            )),
            None => "–".into(),
        });
        Row::new(row)
    });
    let all = counted.scenarios.iter().map(|(id, of)| bar(page, name(id), href(id), of)).collect();
    Part {
        id: "scenarios",
        title: page.say("stat-by-scenario"),
        about: page.say("stat-by-scenario-about"),
        chart: bars(page, "chart-scenario", "stat-by-scenario", all),
        table: Table::new(page.say("stat-by-scenario"), columns).rows(rows),
        more: more(page, counted.scenarios.len()),
    }
}

fn by_area(page: &Page, asking: &Asking, counted: &Counted) -> Part {
    let rows = counted.areas.iter().map(|(area, of)| {
        let prefix = format!("{area}.");
        let mut fields = fields(asking);
        fields.push(("q", &prefix));
        Row::new(cells(page, Link::to(cases_href(&asking.period, &fields), page.area(area)), of))
    });
    Part {
        id: "areas",
        title: page.say("stat-by-area"),
        about: page.say("stat-by-area-about"),
        chart: String::new(),
        table: Table::new(page.say("stat-by-area"), headings(page, page.say("stat-area"))).rows(rows),
        more: String::new(),
    }
}

/// Periods one may jump to: name, address, whether it is the one shown.
fn periods(page: &Page, asking: &Asking, today: Day) -> Vec<(String, String, bool)> {
    let month = |back: u32| {
        let day = today.checked_sub_months(Months::new(back))?;
        Period::months(day.year(), day.month(), 1)
    };
    let named = [
        ("stat-this-month", month(0)),
        ("stat-last-month", month(1)),
        ("stat-this-quarter", Period::months(today.year(), (today.month0() / 3) * 3 + 1, 3)),
        ("stat-this-year", Period::months(today.year(), 1, 12)),
        ("stat-last-year", Period::months(today.year() - 1, 1, 12)),
    ];
    let jump = |(word, period): (&str, Option<Period>)| {
        let period = period?;
        Some((page.say(word), asking.href("/statistics", &period), period == asking.period))
    };
    named.into_iter().filter_map(jump).collect()
}

fn filters(me: &Actor, page: &Page, asking: &Asking, counted: &Counted) -> Filters {
    let day = asking.period.to().min(me.day());
    let mut units = vec![(String::new(), page.say("unit-all"))];
    let mut codes: Vec<&str> = counted.units.iter().filter_map(|(code, _)| code.as_deref()).collect();
    codes.extend(asking.unit.as_deref().filter(|code| !codes.contains(code)));
    units.extend(codes.into_iter().map(|code| (code.to_owned(), unit_words(me, page, day, Some(code)))));
    let mut scenarios = vec![(String::new(), page.say("stat-all-scenarios"))];
    let mut ids: Vec<&str> = counted.scenarios.iter().map(|(id, _)| id.as_str()).collect();
    ids.extend(asking.scenario.as_deref().filter(|id| !ids.contains(id)));
    scenarios.extend(ids.into_iter().map(|id| {
        let title = counted.titles.get(id).map_or_else(|| id.to_owned(), |title| page.words(title).to_owned());
        (id.to_owned(), title)
    }));
    Filters::new(page, "/statistics")
        .part(
            Field::text("period", page.say("stat-period"))
                .hint(page.say("stat-period-hint"))
                .value(asking.period.to_string())
                .short(),
        )
        .part(Select::new("unit", page.say("stat-unit"), units).chosen(asking.unit.clone().unwrap_or_default()))
        .part(
            Select::new("scenario", page.say("scenario"), scenarios)
                .chosen(asking.scenario.clone().unwrap_or_default()),
        )
}

async fn overview(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let asking = Asking::read(&asked, office.today())?;
    let tx = office.db().read(me.tenant()).await?;
    let counted = Counted::of(&office, &tx, &me, &asking).await?;
    drop(tx);
    let expected = match (counted.all.opened, counted.all.late) {
        (0, _) => page.say("stat-expected-none"),
        (_, 0) => page.count("stat-expected-well", counted.all.opened),
        (_, late) => page.count("stat-expected-late", late),
    };
    let parts = if counted.all.opened == 0 {
        Vec::new()
    } else {
        vec![
            by_month(&page, &asking, &counted),
            by_unit(&me, &page, &asking, &counted),
            by_scenario(&page, &asking, &counted),
            by_area(&page, &asking, &counted),
        ]
    };
    let files = ["xlsx", "csv"].into_iter().flat_map(|form| {
        [("tables", format!("stat-file-{form}")), ("unhandled", format!("stat-unhandled-{form}"))].map(
            |(what, word)| {
                Link::to(asking.href(&format!("/statistics/{what}/{form}"), &asking.period), page.say(&word)).file()
            },
        )
    });
    let view = Overview {
        head: PageHead::new(page.say("menu-statistics"))
            .expected(expected)
            .lead(page.say("stat-scope"))
            .link(Link::to("/statistics/sheets", page.say("sheets"))),
        filters: filters(&me, &page, &asking, &counted),
        periods: periods(&page, &asking, office.today()),
        stats: stats(&page, &asking, &counted),
        parts,
        counted: More::new(page.say("stat-how")).text(page.say("stat-how-text")),
        files: files.collect(),
        page,
    };
    Html::of(&view)
}

async fn whole(
    State(office): State<Office>,
    Me(me): Me,
    Path(form): Path<String>,
    page: Page,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let form = export::Form::parse(&form).ok_or_else(crate::problem::Problem::hidden)?;
    let asking = Asking::read(&asked, office.today())?;
    let tx = office.db().read(me.tenant()).await?;
    let counted = Counted::of(&office, &tx, &me, &asking).await?;
    let tables =
        tables::all(&page, &asking, &counted, |code| unit_words(&me, &page, asking.period.to().min(me.day()), code));
    Ok(export::answer(&tables, form, &format!("{} {}", page.say("menu-statistics"), asking.period))?)
}

async fn unhandled(
    State(office): State<Office>,
    Me(me): Me,
    Path(form): Path<String>,
    page: Page,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let form = export::Form::parse(&form).ok_or_else(crate::problem::Problem::hidden)?;
    let asking = Asking::read(&asked, office.today())?;
    let tx = office.db().read(me.tenant()).await?;
    let counted = Counted::of(&office, &tx, &me, &asking).await?;
    let cases = super::view::unhandled(&office, &tx, &me, &asking).await?;
    let unit = |code: Option<&str>| unit_words(&me, &page, asking.period.to().min(me.day()), code);
    let table = tables::unhandled(&page, &asking, &counted, cases, unit);
    Ok(export::answer(&[table], form, &format!("{} {}", page.say("stat-unhandled"), asking.period))?)
}

#[derive(Template)]
#[template(path = "statistics/sheets.html")]
struct SheetList {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    table: Table,
}

async fn sheet_list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::all(&tx).await?;
    let last = office.today().with_day(1).and_then(|first| first.pred_opt());
    let last = last.and_then(|day| Period::months(day.year(), day.month(), 1));
    let founded = office.local(people::founded_at(&tx).await?).date();
    let last = last.filter(|month| month.to() >= founded);
    let open = last.filter(|month| rows.iter().all(|row| row.month != month.to_string()));
    let may_close = me.may_ever(Action::CloseMonth);
    let expected = match open {
        Some(month) if may_close => page.what("sheet-expected-close", month),
        _ => page.say("sheet-expected-none"),
    };
    let link = |month: &str| Link::to(format!("/statistics/sheets/{month}"), month.to_owned());
    let mut lines: Vec<Row> = Vec::new();
    if let Some(month) = open {
        lines.push(Row::new([link(&month.to_string()).into(), page.say("sheet-open").into(), "".into()]));
    }
    lines.extend(rows.iter().map(|row| {
        let by = row.closed_by.and_then(|person| me.directory().person(person)).map(|person| person.name.clone());
        let by = by.unwrap_or_else(|| page.say("sheet-by-itself"));
        Row::new([link(&row.month).into(), page.moment(&row.closed_at).into(), by.into()])
    }));
    let columns = [
        Heading::new(page.say("stat-month")),
        Heading::day(page.say("sheet-closed-at")),
        Heading::new(page.say("sheet-closed-by")),
    ];
    let view = SheetList {
        crumbs: Crumbs::new(&page, [Link::to("/statistics", page.say("menu-statistics"))], page.say("sheets")),
        head: PageHead::new(page.say("sheets")).expected(expected).lead(page.say("sheet-about")),
        table: Table::new(page.say("sheets"), columns).rows(lines).or(Empty::new(page.say("sheet-none"))),
        page,
    };
    Html::of(&view)
}

#[derive(Template)]
#[template(path = "statistics/sheet.html")]
struct SheetPage {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    closed: Option<Notice>,
    stats: Stats,
    units: Table,
    scenarios: Table,
    close: Option<PageForm>,
    files: Vec<Link>,
    counted: More,
}

fn line_money(page: &Page, line: &Line, at: usize) -> String {
    let sums: Vec<String> =
        line.money.iter().filter_map(|(currency, sums)| Some(page.money(sums.get(at)?, currency))).collect();
    if sums.is_empty() { "–".to_owned() } else { sums.join(" · ") }
}

fn line_table(page: &Page, caption: &str, name: &str, lines: &[Line]) -> Table {
    let rows = lines.iter().map(|line| {
        let late = if line.late > 0 { Value::default().late(line.late.to_string()) } else { "0".into() };
        Row::new([
            page.pick(&line.ko, &line.en).into(),
            line.opened.to_string().into(),
            page.share(line.rates[0]).into(),
            page.share(line.rates[1]).into(),
            page.share(line.rates[2]).into(),
            late,
            time(page, line.hours).into(),
        ])
    });
    Table::new(page.say(caption), headings(page, page.say(name))).rows(rows).or(Empty::new(page.say("sheet-nothing")))
}

async fn sheet(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<String>,
    page: Page,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let month = sheets::month(&month)?;
    let tx = office.db().read(me.tenant()).await?;
    let sheets::Shown { sheet, closed } = sheets::sheet(&office, &tx, &month).await?;
    drop(tx);
    let may_close = closed.is_none() && me.may_ever(Action::CloseMonth);
    // Until it is closed it is a draft of who closes it; afterwards everybody's.
    if closed.is_none() && !may_close {
        return Err(crate::problem::Problem::hidden().into());
    }
    let (all, before) = (&sheet.all, &sheet.before);
    let rate = |word: &str, at: usize| {
        let (now, then) = (all.rates.get(at).copied().flatten(), before.rates.get(at).copied().flatten());
        let stat = Stat::new(page.say(word), page.share(now));
        match points(&page, now, then) {
            Some(trend) => stat.trend(trend),
            None => stat,
        }
    };
    let mut opened = Stat::new(page.say("stat-opened"), all.opened);
    if before.opened > 0 {
        opened = opened.trend(trend(&page, all.opened, before.opened, None));
    }
    let stats = Stats::new([
        opened,
        rate("stat-answered-rate", 0),
        rate("stat-approved-rate", 1),
        rate("stat-confirmed-rate", 2),
        Stat::new(page.say("stat-late"), all.late).warn_if(all.late > 0),
        Stat::new(page.say("stat-time-half"), time(&page, all.hours)),
        Stat::new(page.say("stat-recovered"), line_money(&page, all, 0)),
        Stat::new(page.say("stat-levied"), line_money(&page, all, 1)),
        Stat::new(page.say("stat-prevented"), line_money(&page, all, 2)),
    ]);
    let name = month.from().format("%Y.%m.").to_string();
    let is_over = month.to() < office.today();
    let expected = match (&closed, may_close && is_over) {
        (Some(_), _) => page.say("sheet-expected-closed"),
        (None, true) => page.say("sheet-expected-check"),
        (None, false) => page.say("sheet-expected-wait"),
    };
    let view = SheetPage {
        crumbs: Crumbs::new(
            &page,
            [Link::to("/statistics", page.say("menu-statistics")), Link::to("/statistics/sheets", page.say("sheets"))],
            name.clone(),
        ),
        head: PageHead::new(page.what("sheet-title", &name)).caption(page.government.clone()).expected(expected),
        closed: closed.as_ref().map(|row| {
            let by = row.closed_by.and_then(|person| me.directory().person(person)).map(|person| person.name.clone());
            let by = by.unwrap_or_else(|| page.say("sheet-by-itself"));
            let notice = Notice::new(Kind::Info, page.of("sheet-closed", page.moment(&row.closed_at), by));
            if row.note.is_empty() { notice } else { notice.line(row.note.clone()) }
        }),
        stats,
        units: line_table(&page, "stat-by-unit", "stat-unit", &sheet.units),
        scenarios: line_table(&page, "stat-by-scenario", "scenario", &sheet.scenarios),
        close: (may_close && is_over).then(|| {
            PageForm::post(&page, format!("/statistics/sheets/{month}/close"))
                .part(Field::area("note", page.say("sheet-note"), 2).hint(page.say("sheet-note-hint")).optional(&page))
                .button(Button::new(page.say("sheet-close")))
        }),
        files: ["xlsx", "csv"]
            .map(|form| {
                Link::to(format!("/statistics/sheets/{month}/{form}"), page.say(&format!("stat-file-{form}"))).file()
            })
            .to_vec(),
        counted: More::new(page.say("stat-how")).text(page.say("stat-how-text")),
        page,
    };
    Html::of(&view)
}

async fn sheet_file(
    State(office): State<Office>,
    Me(me): Me,
    Path((month, form)): Path<(String, String)>,
    page: Page,
) -> Result<Response, PageError> {
    generally(&me, Action::ReadStatistics)?;
    let (month, form) =
        (sheets::month(&month)?, export::Form::parse(&form).ok_or_else(crate::problem::Problem::hidden)?);
    let tx = office.db().read(me.tenant()).await?;
    let sheets::Shown { sheet, closed } = sheets::sheet(&office, &tx, &month).await?;
    if closed.is_none() && !me.may_ever(Action::CloseMonth) {
        return Err(crate::problem::Problem::hidden().into());
    }
    let title = page.what("sheet-title", month.from().format("%Y.%m."));
    let mut words = vec![page.say("stat-of")];
    words.extend(
        [
            "stat-opened",
            "stat-answered-rate",
            "stat-approved-rate",
            "stat-confirmed-rate",
            "stat-late",
            "stat-hours-half",
            "stat-excluded",
            "stat-recovered",
            "stat-levied",
            "stat-prevented",
        ]
        .map(|word| page.say(word)),
    );
    let row = |line: &Line| {
        let money = |at| match line.money.len() {
            0 => Cell::Empty,
            1 => line.money.values().next().and_then(|sums| sums.get(at)).map_or(Cell::Empty, |sum| Cell::Number(*sum)),
            _ => Cell::text(line_money(&page, line, at)),
        };
        vec![
            Cell::text(page.pick(&line.ko, &line.en)),
            Cell::count(line.opened),
            Cell::share(line.rates[0]),
            Cell::share(line.rates[1]),
            Cell::share(line.rates[2]),
            Cell::count(line.late),
            line.hours.map_or(Cell::Empty, Cell::Number),
            Cell::count(line.excluded),
            money(0),
            money(1),
            money(2),
        ]
    };
    let table = |name: &str, lines: &mut dyn Iterator<Item = &Line>| export::Table {
        title: page.say(name),
        about: vec![format!("{} · {title}", page.government)],
        columns: words.clone(),
        rows: lines.map(row).collect(),
    };
    let tables = [
        table("stat-by-unit", &mut std::iter::once(&sheet.all).chain(&sheet.units)),
        table("stat-by-scenario", &mut sheet.scenarios.iter()),
    ];
    Ok(export::answer(&tables, form, &title)?)
}

async fn close(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<String>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let month = sheets::month(&month)?;
    sheets::close(&office, &me, &month, form.text("note")).await?;
    Ok(Redirect::to(&format!("/statistics/sheets/{month}")))
}
