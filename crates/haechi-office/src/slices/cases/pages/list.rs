//! The list of cases, its filters, and what is done to many at once.

use askama::Template;
use axum::extract::State;

use super::super::actions::{self, Answer};
use super::super::state::CaseState;
use super::super::{CaseError, Filter, Opened, Order, store};
use super::{Line, lines};
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy;
use crate::problem::Problem;
use crate::web::{Asked, Fields, Form, Html, Me, Page, PageError};

/// Cases on a page.
const SHOWN: u64 = 50;
/// Cases that are acted on at once.
const AT_ONCE: u64 = 1_000;

/// A choice of a filter.
struct Choice {
    value: String,
    name: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    count: u64,
    states: Vec<Choice>,
    units: Vec<Choice>,
    orders: Vec<Choice>,
    filter: Filter,
    number: u64,
    pages: u64,
    before: Option<String>,
    after: Option<String>,
    query: String,
}

/// The filter that an address or form names.
pub(super) fn filter(office: &Office, fields: &Fields) -> Result<Filter, Problem> {
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
pub(super) fn query(filter: &Filter, number: u64) -> String {
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

pub(super) async fn list(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    let filter = filter(&office, &asked)?;
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused, now) = (policy::scope(&me), super::super::recused(&tx, &me).await?, office.now());
    let count = store::count(&tx, &scope, &recused, &filter, now).await?;
    let pages = count.div_ceil(SHOWN).max(1);
    let number = asked.read::<u64>("page")?.unwrap_or(1).clamp(1, pages);
    let rows = store::list(&tx, &scope, &recused, &filter, now, ((number - 1) * SHOWN, SHOWN)).await?;
    let choice =
        |value: &str, name: String, chosen: &str| Choice { is_chosen: value == chosen, value: value.to_owned(), name };
    let state = filter.state.map_or("", CaseState::as_str);
    let mut states = vec![choice("", page.say("state-open"), state)];
    states.extend(
        CaseState::ALL
            .into_iter()
            .map(|one| choice(one.as_str(), page.say(&format!("state-{}", one.as_str().replace('_', "-"))), state)),
    );
    let unit = filter.unit.as_deref().unwrap_or_default();
    let mut units = vec![choice("", page.say("unit-all"), unit)];
    let shown = |code: &str| scope.elsewhere || scope.below.contains(code) || scope.desk.contains(code);
    units.extend(
        me.directory()
            .units_on(me.day())
            .filter(|one| shown(&one.code))
            .map(|one| choice(&one.code, page.words(&one.name).to_owned(), unit)),
    );
    let order = match filter.order {
        Order::Due => "due",
        Order::Newest => "newest",
        Order::Amount => "amount",
    };
    let orders = ["due", "newest", "amount"].map(|one| choice(one, page.say(&format!("order-{one}")), order)).into();
    let lines = lines(&office, &me, &page, &rows);
    let address = |number| format!("/cases?{}", query(&filter, number));
    let (before, after) = ((number > 1).then(|| address(number - 1)), (number < pages).then(|| address(number + 1)));
    let query = query(&filter, 1);
    Html::of(&List { page, lines, count, states, units, orders, filter, number, pages, before, after, query })
}

/// A case that was left as it was, and why.
struct Left {
    id: CaseId,
    title: String,
    why: String,
}

#[derive(Template)]
#[template(path = "cases/bulk.html")]
struct Bulk {
    page: Page,
    done: u64,
    left: Vec<Left>,
    back: String,
}

/// Does one thing to many cases, those that were ticked or all of a filter; each is a step of its own.
pub(super) async fn bulk(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Html, PageError> {
    let what = form.text("do").to_owned();
    let reason = form.text("reason").to_owned();
    let asked = Fields::of(url::form_urlencoded::parse(form.text("filter").as_bytes()).into_owned().collect());
    let mut rows: Vec<(CaseId, String, Option<i32>)> = Vec::new();
    if form.text("which") == "all" {
        let filter = filter(&office, &asked)?;
        let tx = office.db().read(me.tenant()).await?;
        let (scope, recused) = (policy::scope(&me), super::super::recused(&tx, &me).await?);
        let found = store::list(&tx, &scope, &recused, &filter, office.now(), (0, AT_ONCE)).await?;
        rows.extend(found.into_iter().map(|row| (row.id, page.pick(&row.title_ko, &row.title_en), Some(row.revision))));
    } else {
        for id in form.all("case").take(usize::try_from(AT_ONCE).unwrap_or(1_000)) {
            // What was seen is what is approved: a case that changed since the list was made stays as it is.
            let read = id.split_once('.').and_then(|(id, seen)| Some((id.parse().ok()?, seen.parse().ok()?)));
            let (id, seen): (CaseId, i32) = read.ok_or_else(Problem::hidden)?;
            rows.push((id, String::new(), Some(seen)));
        }
    }
    if rows.is_empty() {
        return Err(Problem::invalid("bulk.none", ("고른 사안이 없습니다.", "No case was chosen.")).into());
    }
    let (mut done, mut left) = (0, Vec::new());
    for (id, title, saw) in rows {
        let tried = match what.as_str() {
            "approve" => actions::approve(&office, &me, id, saw, &reason).await,
            "confirm" => actions::confirm(&office, &me, id, saw, false, &reason).await,
            "explain" => {
                let answer = Answer::Explained { text: reason.clone() };
                actions::answer(&office, &me, id, saw, &answer).await
            }
            _ => Err(CaseError::Missing("outcome")),
        };
        match tried {
            Ok(()) => done += 1,
            Err(error) => {
                let problem = Problem::from(error);
                if problem.status >= 500 {
                    return Err(problem.into());
                }
                // A case that may not be seen has no title here.
                let title = if title.is_empty() { id.to_string() } else { title };
                left.push(Left { id, title, why: page.words(&problem.happened).to_owned() });
            }
        }
    }
    let back = format!("/cases?{}", query(&filter(&office, &asked)?, 1));
    Html::of(&Bulk { page, done, left, back })
}
