//! The pages of scenarios: all of them with what waits for a second person; one with its parameters; the form of a change.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::money::Currency;
use haechi_core::run_report::ParameterWords;
use haechi_core::time::Day;

use super::{Change, InForce, Known, SWITCH, ScenarioChangeId, What, store};
use crate::office::Office;
use crate::policy::{Action, Actor, authorize, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Column, Crumbs, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, PageHead, Refused, Row,
    Select, SummaryList, Table, Tag, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/scenarios", Gate::May(Action::ReadScenarios), list)
        .get("/scenarios/{scenario}", Gate::May(Action::ReadScenarios), one)
        .post("/scenarios/{scenario}", Gate::May(Action::ProposeScenario), propose)
        .post("/scenario-changes/{id}/decide", Gate::May(Action::DecideScenario), decide)
        .post("/scenario-changes/{id}/withdraw", Gate::May(Action::WithdrawScenario), withdraw);
}

/// Changes that a page lists.
const MOST: u64 = 100;

/// A change that waits, with what the reader may do about it.
struct Waiting {
    title: String,
    about: SummaryList,
    forms: Vec<Sheet>,
    /// Who proposed it sees why there is no form.
    is_own: bool,
}

#[derive(Template)]
#[template(path = "scenarios/list.html")]
struct List {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    waiting: Vec<Waiting>,
    table: Table,
}

#[derive(Template)]
#[template(path = "scenarios/one.html")]
struct One {
    page: Page,
    title: String,
    errors: Option<ErrorSummary>,
    crumbs: Crumbs,
    head: PageHead,
    about: SummaryList,
    waiting: Vec<Waiting>,
    parameters: Table,
    switch: Option<(String, Sheet)>,
    past: Table,
}

#[derive(Template)]
#[template(path = "scenarios/change.html")]
struct Changing {
    page: Page,
    title: String,
    errors: Option<ErrorSummary>,
    crumbs: Crumbs,
    head: PageHead,
    now: SummaryList,
    form: Sheet,
}

/// A number of a parameter with what it is counted in.
fn amount(page: &Page, words: &ParameterWords, value: &serde_json::Value, currency: Option<&str>) -> String {
    let unit = if words.unit == "currency" { "money" } else { words.unit.as_str() };
    page.value(value, Some(unit), currency)
}

/// A value as runs and scenarios tell it: a number, or values by date.
fn shown(page: &Page, words: &ParameterWords, value: &serde_json::Value) -> Value {
    let serde_json::Value::Array(values) = value else { return amount(page, words, value, None).into() };
    values.iter().fold(Value::default(), |shown, one| {
        let text = |field: &str| one.get(field).and_then(serde_json::Value::as_str);
        let number = one.get("value").cloned().unwrap_or_default();
        let from = text("from").and_then(|from| from.parse::<Day>().ok());
        shown.line(dated(page, amount(page, words, &number, text("currency")), from.as_ref()))
    })
}

/// An amount with the day from which it holds. What held ever since has none.
fn dated(page: &Page, amount: String, from: Option<&Day>) -> String {
    let ever = Day::from_ymd_opt(1950, 1, 1);
    match from.filter(|from| ever.is_none_or(|ever| **from > ever)) {
        Some(from) => page.of("scenario-from-day", amount, page.day(from)),
        None => amount,
    }
}

/// The value of a change in words.
fn wanted(page: &Page, known: Option<&Known>, row: &store::Row) -> String {
    let words = known.and_then(|known| known.parameters.get(&row.parameter));
    match (row.parameter.as_str(), row.value, words) {
        (SWITCH, Some(0), _) => page.say("scenario-off"),
        (SWITCH, ..) => page.say("scenario-on"),
        (_, None, _) => dated(page, page.say("scenario-own-again"), row.first_day.as_ref()),
        (_, Some(value), Some(words)) => {
            let currency = Some(row.currency.as_str()).filter(|code| !code.is_empty());
            dated(page, amount(page, words, &value.into(), currency), row.first_day.as_ref())
        }
        (_, Some(value), None) => value.to_string(),
    }
}

fn what(page: &Page, known: Option<&Known>, row: &store::Row) -> String {
    if row.parameter == SWITCH {
        return page.say("scenario-switch");
    }
    let words = known.and_then(|known| known.parameters.get(&row.parameter));
    words.map_or_else(|| row.parameter.clone(), |words| page.words(&words.doc).to_owned())
}

/// Whether it runs, in a word.
fn runs(page: &Page, is_on: bool) -> Tag {
    if is_on { Tag::new(Kind::Good, page.say("scenario-on")) } else { Tag::new(Kind::Warn, page.say("scenario-off")) }
}

fn name(me: &Actor, id: crate::ids::PersonId) -> String {
    me.directory().person(id).map(|person| person.name.clone()).unwrap_or_default()
}

fn waiting(
    me: &Actor,
    page: &Page,
    known: Option<&Known>,
    row: &store::Row,
    refused: Refused<'_>,
    errors: &mut Option<ErrorSummary>,
) -> Waiting {
    let title = known.map_or_else(|| row.scenario.clone(), |known| page.words(&known.title).to_owned());
    let about = SummaryList::new(page)
        .row(page.say("scenario-what"), what(page, known, row))
        .row(page.say("scenario-wanted"), Value::default().strong(wanted(page, known, row)))
        .row(page.say("reason"), row.reason.as_str())
        .row(page.say("scenario-proposed"), Value::from(name(me, row.proposed_by)).soft(page.moment(&row.proposed_at)));
    let at = |verb: &str| format!("/scenario-changes/{}/{verb}", row.id);
    let by = super::ProposedBy(row.proposed_by);
    let mut forms = Vec::new();
    if authorize(me, Action::DecideScenario, by).is_ok() {
        let form = Sheet::post(page, at("decide"))
            .part(Field::text("answer", page.say("scenario-answer")).hint(page.say("scenario-answer-hint")))
            .button(Button::new(page.say("scenario-approve")).sends("do", "approve"))
            .button(Button::second(page.say("scenario-refuse")).sends("do", "refuse"))
            .prefix(&format!("change-{}", row.id));
        forms.push(form.after(page, refused, errors));
    }
    let is_own = authorize(me, Action::WithdrawScenario, by).is_ok();
    if is_own {
        forms.push(Sheet::post(page, at("withdraw")).button(Button::second(page.say("scenario-withdraw")).of(&title)));
    }
    Waiting { title, about, forms, is_own }
}

/// The change whose answer was refused.
type RefusedChange<'a> = (Option<ScenarioChangeId>, Refused<'a>);

async fn show_list(
    office: &Office,
    me: &Actor,
    page: Page,
    (change, refused): RefusedChange<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let all: Vec<Known> = store::all(&tx).await?.into_iter().map(Known::from).collect();
    let in_force = InForce::read(&tx).await?;
    let mut errors = None;
    let cards: Vec<Waiting> = store::waiting(&tx)
        .await?
        .iter()
        .map(|row| {
            let refused = refused.filter(|_| change == Some(row.id));
            waiting(me, &page, all.iter().find(|known| known.id == row.scenario), row, refused, &mut errors)
        })
        .collect();
    let rows = all.iter().map(|known| {
        let is_on = in_force.is_on(&known.id);
        let own = known.parameters.keys().filter(|name| !in_force.of(&known.id, name).is_empty()).count();
        let all = match known.parameters.len() {
            0 => page.say("scenario-parameters-none"),
            all => page.count("scenario-parameters", all),
        };
        let own = Value::from(all).tag_if(own > 0, Kind::Info, page.count("scenario-changed", own));
        Row::new([
            Value::from(Link::to(format!("/scenarios/{}", known.id), page.words(&known.title))).soft(known.id.as_str()),
            page.say(&format!("severity-{}", known.severity)).into(),
            Value::default().tag(runs(&page, is_on)),
            own,
            outcome(&page, known),
        ])
    });
    let columns = [
        Column::new(page.say("scenario")),
        Column::new(page.say("scenario-severity")),
        Column::new(page.say("scenario-runs")),
        Column::new(page.say("scenario-parameters-head")),
        Column::new(page.say("run-outcome")),
    ];
    let nothing = Empty::new(page.say("scenarios-none")).text(page.say("scenarios-none-about"));
    let table = Table::new(page.say("menu-scenarios"), columns).rows(rows).or(nothing);
    let theirs = cards.iter().filter(|card| !card.is_own && !card.forms.is_empty()).count();
    let mut head = PageHead::new(page.say("menu-scenarios")).lead(page.say("scenarios-about"));
    if theirs > 0 {
        head = head.expected(page.count("scenarios-expected", theirs));
    }
    Html::of(&List { errors, head, waiting: cards, table, page })
}

fn outcome(page: &Page, known: &Known) -> Value {
    let word = known.outcome.replace(' ', "-");
    let text = page.say(&format!("scenario-outcome-{word}"));
    let link = Link::to(format!("/runs/{}", known.run), text).of(page.words(&known.title));
    Value::from(link).soft(page.moment(&known.seen_at))
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadScenarios)?;
    show_list(&office, &me, page, (None, None)).await
}

async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(scenario): Path<String>,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadScenarios)?;
    show_one(&office, &me, &scenario, page, asked.text("change"), None).await
}

async fn show_one(
    office: &Office,
    me: &Actor,
    scenario: &str,
    page: Page,
    change: &str,
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let known: Known = store::one(&tx, scenario).await?.ok_or_else(Problem::hidden)?.into();
    let in_force = InForce::read(&tx).await?;
    if !change.is_empty() {
        generally(me, Action::ProposeScenario)?;
        let words = known.parameters.get(change).ok_or_else(Problem::hidden)?;
        return changing(&known, change, words, &in_force, page, refused);
    }
    let may_propose = me.may_ever(Action::ProposeScenario);
    let mut errors = None;
    let changes = store::of_scenario(&tx, scenario, MOST).await?;
    let cards: Vec<Waiting> = changes
        .iter()
        .filter(|row| row.decided_at.is_none())
        .map(|row| waiting(me, &page, Some(&known), row, None, &mut errors))
        .collect();
    let is_on = in_force.is_on(scenario);
    let rows = known.parameters.iter().map(|(name, words)| {
        let decided = held(&page, words, &in_force.of(scenario, name));
        let used = known.used.get(name).map_or_else(Value::default, |used| shown(&page, words, used));
        let to = format!("/scenarios/{scenario}?change={name}");
        let link = Link::to(to, page.say("scenario-change")).of(page.words(&words.doc));
        Row::new([
            Value::from(page.words(&words.doc)).soft(name.as_str()),
            shown(&page, words, &words.own),
            decided,
            used,
            if may_propose { link.into() } else { Value::default() },
        ])
    });
    let columns = [
        Column::new(page.say("scenario-parameter")),
        Column::new(page.say("scenario-own")),
        Column::new(page.say("scenario-decided")),
        Column::new(page.say("scenario-used")),
        Column::new(page.say("action")).unseen(),
    ];
    let parameters =
        Table::new(page.say("scenario-parameters-head"), columns).rows(rows).or(Empty::new(page.say("scenario-fixed")));
    let switch = may_propose.then(|| {
        let verb = if is_on { "scenario-turn-off" } else { "scenario-turn-on" };
        let form = Sheet::post(&page, format!("/scenarios/{scenario}"))
            .hidden("on", if is_on { "no" } else { "yes" })
            .part(Field::area("reason", page.say("reason"), 3))
            .button(if is_on { Button::danger(page.say(verb)) } else { Button::new(page.say(verb)) })
            .after(&page, refused, &mut errors);
        (page.say(verb), form)
    });
    let past = changes.iter().filter(|row| row.decided_at.is_some()).map(|row| {
        let approved = row.approved == Some(true);
        let withdrawn = !approved && row.decided_by == Some(row.proposed_by);
        let (kind, word) = match (approved, withdrawn) {
            (true, _) => (Kind::Good, "scenario-was-approved"),
            (_, true) => (Kind::Plain, "scenario-was-withdrawn"),
            _ => (Kind::Warn, "scenario-was-refused"),
        };
        Row::new([
            row.decided_at.as_ref().map(|at| page.moment(at)).unwrap_or_default().into(),
            Value::from(what(&page, Some(&known), row)).line(wanted(&page, Some(&known), row)),
            Value::from(row.reason.as_str()).soft(name(me, row.proposed_by)),
            Value::default()
                .tag(Tag::new(kind, page.say(word)))
                .line(row.answer.clone().unwrap_or_default())
                .soft(row.decided_by.map(|by| name(me, by)).unwrap_or_default()),
        ])
    });
    let columns = [
        Column::day(page.say("scenario-when")),
        Column::new(page.say("scenario-what")),
        Column::new(page.say("reason")),
        Column::new(page.say("scenario-decision")),
    ];
    let past = Table::new(page.say("scenario-history"), columns).rows(past).or(Empty::new(page.say("scenario-never")));
    let title = page.words(&known.title).to_owned();
    let mut head = PageHead::new(&title).caption(&known.id).tag(runs(&page, is_on));
    if !cards.is_empty() {
        head = head.expected(page.count("scenario-expected", cards.len()));
    }
    let cases = Link::to(format!("/cases?scenario={scenario}&closed=yes"), page.say("scenario-cases"));
    let about = SummaryList::new(&page)
        .row(page.say("scenario-severity"), page.say(&format!("severity-{}", known.severity)))
        .row(page.say("scenario-of-version"), known.version.to_string())
        .row(page.say("run-outcome"), outcome(&page, &known))
        .row(page.say("menu-cases"), cases);
    Html::of(&One {
        crumbs: Crumbs::new(&page, [Link::to("/scenarios", page.say("menu-scenarios"))], &title),
        title,
        errors,
        head,
        about,
        waiting: cards,
        parameters,
        switch,
        past,
        page,
    })
}

/// What was decided and holds.
fn held(page: &Page, words: &ParameterWords, rows: &[&store::Row]) -> Value {
    if rows.is_empty() {
        return Value::default().soft(page.say("scenario-undecided"));
    }
    rows.iter().fold(Value::default(), |shown, row| {
        let value = row.value.map_or(serde_json::Value::Null, Into::into);
        let currency = Some(row.currency.as_str()).filter(|code| !code.is_empty());
        shown.strong(dated(page, amount(page, words, &value, currency), row.first_day.as_ref()))
    })
}

fn changing(
    known: &Known,
    parameter: &str,
    words: &ParameterWords,
    in_force: &InForce,
    page: Page,
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let title = page.words(&words.doc).to_owned();
    let scenario = page.words(&known.title).to_owned();
    let hint = match words.range {
        Some((least, most)) => page.of("scenario-range", grouped(&page, least), grouped(&page, most)),
        None => page.say("scenario-no-range"),
    };
    let is_money = words.unit == "currency";
    let money_hint = page.say("scenario-smallest-unit");
    let is_amount = is_money || Currency::from_code(&words.unit).is_some();
    let hint = if is_amount { format!("{hint} {money_hint}") } else { hint };
    let at = format!("/scenarios/{}", known.id);
    let used: Vec<String> = currencies(words);
    let mut errors = None;
    let form = Sheet::post(&page, &at)
        .hidden("parameter", parameter)
        .part(Field::number("value", page.say("scenario-new-value")).hint(hint).optional(&page))
        .part_if(is_money, || {
            let choices = used.iter().map(|code| (code.clone(), code.clone()));
            Select::new("currency", page.say("scenario-currency"), choices).into()
        })
        .part_if(words.dated, || {
            DateField::new(&page, "from", page.say("scenario-from"), &page.today).day(&page, Some(&page.today)).into()
        })
        .part(Field::area("reason", page.say("reason"), 3).hint(page.say("scenario-reason-hint")))
        .button(Button::new(page.say("scenario-propose")))
        .after(&page, refused, &mut errors);
    let now = SummaryList::new(&page)
        .row(page.say("scenario-own"), shown(&page, words, &words.own))
        .row(page.say("scenario-decided"), held(&page, words, &in_force.of(&known.id, parameter)));
    Html::of(&Changing {
        crumbs: Crumbs::new(
            &page,
            [Link::to("/scenarios", page.say("menu-scenarios")), Link::to(at, &scenario)],
            &title,
        ),
        errors,
        head: PageHead::new(&title).caption(&scenario).lead(page.say("scenario-propose-about")),
        now,
        form,
        title,
        page,
    })
}

fn grouped(page: &Page, number: i64) -> String {
    page.value(&number.into(), None, None)
}

/// The currencies in which the scenario's own values stand.
fn currencies(words: &ParameterWords) -> Vec<String> {
    let values = words.own.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut all: Vec<String> =
        values.iter().filter_map(|one| Some(one.get("currency")?.as_str()?.to_owned())).collect();
    all.sort();
    all.dedup();
    // The won first: it is what almost all mean.
    all.sort_by_key(|code| code != "KRW");
    all
}

async fn propose(
    State(office): State<Office>,
    Me(me): Me,
    Path(scenario): Path<String>,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    generally(&me, Action::ProposeScenario)?;
    let some = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let parameter = some("parameter");
    let tried: Result<(), Problem> = async {
        let what = match &parameter {
            None => What::Switch(form.text("on") == "yes"),
            Some(parameter) => What::Value {
                parameter: parameter.clone(),
                value: form.read("value")?,
                from: form.day("from")?,
                currency: some("currency"),
            },
        };
        let change = Change { scenario: &scenario, what, reason: form.text("reason") };
        super::propose(&office, &me, change).await?;
        Ok(())
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to(&format!("/scenarios/{scenario}")).into_response()) };
    let problem = shown_again(problem)?;
    let parameter = parameter.unwrap_or_default();
    let view = show_one(&office, &me, &scenario, page.refused(), &parameter, Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

async fn decide(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ScenarioChangeId>,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let tried = super::decide(&office, &me, id, form.text("do") == "approve", form.text("answer")).await;
    let Err(error) = tried else { return Ok(Redirect::to("/scenarios").into_response()) };
    let problem = shown_again(error)?;
    let view = show_list(&office, &me, page.refused(), (Some(id), Some((&form, &problem)))).await?;
    Ok((problem.status(), view).into_response())
}

async fn withdraw(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ScenarioChangeId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::withdraw(&office, &me, id).await?;
    Ok(Redirect::to("/scenarios"))
}
