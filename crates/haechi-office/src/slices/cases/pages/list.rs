//! The list of cases and its filters.

use askama::Template;
use axum::extract::State;

use super::super::state::CaseState;
use super::super::{Filter, Opened, Order, store, views};
use super::lines;
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Chips, Choice, Choices, Column, Empty, ErrorSummary, Field, Filters, Form, Link, Look, Order as Sorted,
    PageHead, Paging, Part, Select, Table,
};
use crate::web::{Asked, Fields, Fragment, Html, Me, Page, PageError};

/// Cases on a page.
const SHOWN: u64 = 50;
/// The element that the list stands in, which is all that is answered when a fragment is asked for.
const FOUND: &str = "found";

#[derive(Template)]
#[template(path = "cases/list.html", blocks = ["found"])]
struct List {
    page: Page,
    head: PageHead,
    errors: Option<ErrorSummary>,
    /// What one saved under a name, and the way to them.
    views: Vec<Link>,
    filters: Filters,
    chips: Chips,
    save: Option<Link>,
    count: String,
    files: Vec<Link>,
    cases: Form,
    paging: Paging,
}

/// The filter that an address or form names.
pub(in super::super) fn filter(office: &Office, fields: &Fields) -> Result<Filter, Problem> {
    let some = |name: &str| Some(fields.text(name).to_owned()).filter(|text| !text.is_empty());
    let order = match fields.text("order") {
        "newest" => Order::Newest,
        "amount" => Order::Amount,
        _ => Order::Due,
    };
    Ok(Filter {
        state: CaseState::parse(fields.text("state")),
        closed: fields.text("closed") == "yes",
        late: fields.text("late") == "yes",
        opened: fields.read("opened")?.map(|period| Opened::within(office, period)),
        unit: some("unit"),
        scenario: some("scenario"),
        severity: some("severity"),
        handler: fields.read("handler")?,
        text: fields.text("q").chars().take(100).collect(),
        order,
    })
}

/// The address of a filter's list.
pub(in super::super) fn query(filter: &Filter, number: u64) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.append_pair(name, &value);
        }
    };
    put("state", filter.state.map(|state| state.as_str().to_owned()));
    put("closed", filter.closed.then(|| "yes".to_owned()));
    put("late", filter.late.then(|| "yes".to_owned()));
    put("opened", filter.opened.map(|opened| opened.period.to_string()));
    put("unit", filter.unit.clone());
    put("scenario", filter.scenario.clone());
    put("severity", filter.severity.clone());
    put("handler", filter.handler.map(|handler| handler.to_string()));
    put("q", Some(filter.text.clone()));
    put(
        "order",
        match filter.order {
            Order::Due => None,
            Order::Newest => Some("newest".to_owned()),
            Order::Amount => Some("amount".to_owned()),
        },
    );
    put("page", (number > 1).then(|| number.to_string()));
    out.finish()
}

/// What a filter says, in words, each with the address of the list without it.
fn chips(me: &Actor, page: &Page, filter: &Filter) -> Chips {
    let mut chips: Vec<(String, Filter)> = Vec::new();
    if let Some(state) = filter.state {
        let name = page.say(&format!("state-{}", state.as_str().replace('_', "-")));
        chips.push((page.of("chip", page.say("case-state"), name), Filter { state: None, ..filter.clone() }));
    }
    if let Some(unit) = &filter.unit {
        let name = super::unit_name(me, page, Some(unit));
        chips.push((page.of("chip", page.say("case-unit"), name), Filter { unit: None, ..filter.clone() }));
    }
    if let Some(handler) = filter.handler {
        let name = super::name(me, Some(handler));
        chips.push((page.of("chip", page.say("case-handler"), name), Filter { handler: None, ..filter.clone() }));
    }
    if let Some(scenario) = &filter.scenario {
        chips.push((page.of("chip", page.say("scenario"), scenario), Filter { scenario: None, ..filter.clone() }));
    }
    if let Some(severity) = &filter.severity {
        let name = page.say(&format!("severity-{severity}"));
        chips.push((page.of("chip", page.say("case-severity"), name), Filter { severity: None, ..filter.clone() }));
    }
    if !filter.text.is_empty() {
        chips.push((format!("‘{}’", filter.text), Filter { text: String::new(), ..filter.clone() }));
    }
    if let Some(opened) = filter.opened {
        let name = page.what("chip-opened", opened.period);
        chips.push((name, Filter { opened: None, ..filter.clone() }));
    }
    if filter.late {
        chips.push((page.say("case-late"), Filter { late: false, ..filter.clone() }));
    }
    if filter.closed {
        chips.push((page.say("filter-closed"), Filter { closed: false, ..filter.clone() }));
    }
    let chips = chips.into_iter().map(|(text, without)| (text, format!("/cases?{}", query(&without, 1))));
    Chips::new(page, chips, "/cases", FOUND)
}

fn filters(me: &Actor, page: &Page, filter: &Filter) -> Filters {
    let mut states = vec![(String::new(), page.say("state-open"))];
    states.extend(
        CaseState::ALL
            .into_iter()
            .map(|one| (one.as_str().to_owned(), page.say(&format!("state-{}", one.as_str().replace('_', "-"))))),
    );
    let mut units = vec![(String::new(), page.say("unit-all"))];
    let scope = policy::scope(me);
    let shown = |code: &str| scope.elsewhere || scope.below.contains(code) || scope.desk.contains(code);
    units.extend(
        me.directory()
            .units_on(me.day())
            .filter(|one| shown(&one.code))
            .map(|one| (one.code.clone(), page.words(&one.name).to_owned())),
    );
    let severities = ["", "high", "medium", "low"].map(|one| {
        let word = if one.is_empty() { "severity-all".to_owned() } else { format!("severity-{one}") };
        (one.to_owned(), page.say(&word))
    });
    let orders = ["due", "newest", "amount"].map(|one| (one.to_owned(), page.say(&format!("order-{one}"))));
    let late = Choice::new("yes", page.say("case-late")).chosen(filter.late);
    let closed = Choice::new("yes", page.say("filter-closed")).chosen(filter.closed);
    Filters::new(page, "/cases")
        .into_element(FOUND)
        .part(Field::search("q", page.say("filter-text")).value(&filter.text))
        .part(Select::new("state", page.say("case-state"), states).chosen(filter.state.map_or("", CaseState::as_str)))
        .part(Select::new("unit", page.say("case-unit"), units).chosen(filter.unit.as_deref().unwrap_or_default()))
        .part(
            Select::new("severity", page.say("case-severity"), severities)
                .chosen(filter.severity.as_deref().unwrap_or_default()),
        )
        .part(Select::new("order", page.say("filter-order"), orders).chosen(order_word(filter.order)))
        .check(Choices::many("late", page.say("filter-only"), [late]).look(Look::Row))
        .check(Choices::many("closed", page.say("filter-too"), [closed]).look(Look::Row))
}

const fn order_word(order: Order) -> &'static str {
    match order {
        Order::Due => "due",
        Order::Newest => "newest",
        Order::Amount => "amount",
    }
}

/// What somebody may ever do to many cases at once, in the order of its buttons.
fn at_once(me: &Actor) -> Vec<(&'static str, &'static str)> {
    let all = [
        (Action::ApproveCase, "approve", "bulk-approve"),
        (Action::ConfirmCase, "confirm", "bulk-confirm"),
        (Action::AnswerCase, "explain", "bulk-explain"),
    ];
    all.into_iter().filter(|(action, ..)| me.may_ever(*action)).map(|(_, verb, word)| (verb, word)).collect()
}

/// The list of a filter, as one form where something can be done to many at once.
pub(super) async fn show(
    office: &Office,
    me: &Actor,
    page: Page,
    filter: &Filter,
    number: u64,
    refused: Option<(&Fields, &Problem)>,
) -> Result<ListView, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused, now) = (policy::scope(me), super::super::recused(&tx, me).await?, office.now());
    let count = store::count(&tx, &scope, &recused, filter, now).await?;
    let pages = count.div_ceil(SHOWN).max(1);
    let number = number.clamp(1, pages);
    let rows = store::list(&tx, &scope, &recused, filter, now, ((number - 1) * SHOWN, SHOWN)).await?;
    let lines = lines(office, me, &page, &rows);
    let address = |filter: &Filter, number| format!("/cases?{}", query(filter, number));
    let sorted = |order, is| {
        let href = address(&Filter { order, ..filter.clone() }, 1);
        (href, if filter.order == order { is } else { Sorted::Not })
    };
    let ((due, due_now), (amount, amount_now)) = (sorted(Order::Due, Sorted::Up), sorted(Order::Amount, Sorted::Down));
    let verbs = at_once(me);
    let mut table = Table::new(
        page.say("menu-cases"),
        [
            Column::new(page.say("case-what")),
            Column::new(page.say("case-where")),
            Column::number(page.say("case-amount")).sort(amount, amount_now),
            Column::new(page.say("case-state")),
            Column::day(page.say("case-due")).sort(due, due_now),
        ],
    )
    .into_element(FOUND)
    .or(Empty::new(page.say("cases-none"))
        .text(page.say("cases-none-about"))
        .link(Link::to("/cases", page.say("cases-all"))));
    let may_pick = !verbs.is_empty() && lines.iter().any(|line| !line.is_closed);
    if may_pick {
        table = table.picks("case", page.say("case-choose"));
    }
    table = table.rows(lines.iter().map(|line| {
        let row = line.row(&page);
        if may_pick && !line.is_closed {
            row.pick(format!("{}.{}", line.id, line.revision), page.what("case-choose-one", line.title.as_str()))
        } else {
            row
        }
    }));
    let mut cases = Form::post(&page, "/cases/bulk").wide().hidden("filter", query(filter, 1)).part(table);
    if may_pick {
        let which = Choices::one(
            "which",
            page.say("bulk-which"),
            [
                Choice::new("ticked", page.say("bulk-ticked")).chosen(true),
                Choice::new("all", page.count("bulk-all", count)),
            ],
        );
        let reason = Field::area("reason", page.say("bulk-reason"), 2).hint(page.say("bulk-reason-hint"));
        let buttons = verbs.iter().enumerate().map(|(at, (verb, word))| {
            let button = if at == 0 { Button::new(page.say(word)) } else { Button::second(page.say(word)) };
            button.sends("do", *verb)
        });
        let parts = [page.say("bulk-about").into(), which.into(), reason.into(), Part::Buttons(buttons.collect())];
        cases = cases.part(Part::more(page.say("bulk"), parts));
    }
    let mut errors = None;
    if let Some((typed, problem)) = refused {
        let (form, summary) = cases.refused(&page, typed, problem);
        (cases, errors) = (form, Some(summary));
    }
    let head = PageHead::new(page.say("menu-cases")).lead(page.say("cases-lead"));
    let may_keep = me.may_ever(Action::OwnAccount);
    let mut views: Vec<Link> = views::of(&tx, me.id().filter(|_| may_keep))
        .await?
        .into_iter()
        .map(|view| Link::to(format!("/cases?{}", view.query), view.name))
        .collect();
    if !views.is_empty() {
        views.push(Link::to("/views", page.say("views-manage")));
    }
    let conditions = query(filter, 1);
    let save = (may_keep && !conditions.is_empty())
        .then(|| Link::to(format!("/views/new?{conditions}"), page.say("view-save-these")));
    Ok(ListView(List {
        head,
        errors,
        views,
        filters: filters(me, &page, filter),
        save,
        chips: chips(me, &page, filter),
        count: page.count("cases-count", count),
        files: ["xlsx", "csv"]
            .into_iter()
            .filter(|_| count > 0)
            .map(|form| {
                let href = format!("/cases/tables/{form}?{}", query(filter, 1));
                Link::to(href, page.say(&format!("export-{form}"))).file()
            })
            .collect(),
        cases,
        paging: Paging::new(&page, number, pages, |number| address(filter, number)).into_element(FOUND),
        page,
    }))
}

/// A list that was put together.
pub(super) struct ListView(List);

impl ListView {
    /// The page, or, where a fragment is asked for, what was found alone.
    pub(super) fn html(&self, fragment: Fragment) -> Result<Html, PageError> {
        match fragment {
            Fragment::Whole => Html::of(&self.0),
            Fragment::Part => Html::of(&self.0.as_found()),
        }
    }
}

pub(super) async fn list(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    fragment: Fragment,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    let filter = filter(&office, &asked)?;
    let number = asked.read::<u64>("page")?.unwrap_or(1);
    show(&office, &me, page, &filter, number, None).await?.html(fragment)
}
