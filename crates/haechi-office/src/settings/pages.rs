//! The page of settings: what holds today, who says so, what was set; and the form that sets something else, a page of its own.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Setting, Settings};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Column, Crumbs, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, PageHead, Refused, Row,
    SummaryList, Table, Tabs, Tag, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/settings", Gate::May(Action::ChangeSettings), list).post(
        "/settings",
        Gate::May(Action::ChangeSettings),
        set,
    );
}

/// The pages of the area, beside each other.
pub(crate) fn tabs(page: &Page, here: &str) -> Tabs {
    let tabs = [
        ("/settings", "settings-values"),
        ("/settings/setup", "setup"),
        ("/settings/calendar", "calendar"),
        ("/settings/tokens", "tokens"),
        ("/settings/webhooks", "webhooks"),
        ("/settings/retention", "retention"),
        ("/templates", "templates"),
        ("/api/v1/", "api"),
    ];
    tabs.into_iter()
        .fold(Tabs::new(page.say("menu-settings")), |all, (href, word)| all.tab(href, page.say(word), href == here))
}

#[derive(Template)]
#[template(path = "settings.html")]
struct List {
    page: Page,
    head: PageHead,
    tabs: Tabs,
    values: SummaryList,
}

#[derive(Template)]
#[template(path = "setting.html")]
struct One {
    page: Page,
    name: String,
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    head: PageHead,
    now: SummaryList,
    form: Sheet,
    past: Table,
}

fn hint(page: &Page, setting: Setting) -> String {
    let word = format!("setting-{}-hint", setting.as_str());
    let hint = page.say(&word);
    // One whose name says it all has none.
    if hint == word { String::new() } else { hint }
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    if !asked.text("change").is_empty() {
        let setting = Setting::parse(asked.text("change")).ok_or_else(Problem::hidden)?;
        return change(&office, &me, page, setting, None).await;
    }
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let values = Setting::ALL.into_iter().fold(SummaryList::new(&page), |list, setting| {
        let found = settings.get(setting, me.day(), None);
        let name = page.say(&format!("setting-{}", setting.as_str()));
        let value =
            Value::default().strong(found.value.to_string()).tag(by(&page, found.by)).soft(hint(&page, setting));
        let to = format!("/settings?change={}", setting.as_str());
        list.changeable(&name, value, Link::to(to, page.say("setting-set")).of(&name))
    });
    let head = PageHead::new(page.say("menu-settings")).lead(page.say("settings-about"));
    Html::of(&List { head, tabs: tabs(&page, "/settings"), values, page })
}

fn by(page: &Page, by: &str) -> Tag {
    let kind = if by == "government" { Kind::Info } else { Kind::Plain };
    Tag::new(kind, page.say(&format!("setting-by-{by}")))
}

/// The form of one setting, with what was set before.
async fn change(
    office: &Office,
    me: &Actor,
    page: Page,
    setting: Setting,
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let person = |id: &str| {
        let person = id.parse().ok().and_then(|id| me.directory().person(id));
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let (found, (least, most)) = (settings.get(setting, me.day(), None), setting.range());
    let past = settings.history(setting).into_iter().map(|row| {
        let of =
            if row.scope.is_empty() { Value::from(page.say("setting-all")) } else { Value::default().code(row.scope) };
        let set_by = Value::from(person(&row.set_by)).soft(page.moment(&row.set_at));
        Row::new([Value::from(page.day(&row.first_day)), of, row.value.into(), set_by])
    });
    let columns = [
        Column::day(page.say("setting-from")),
        Column::new(page.say("setting-holds-for")),
        Column::number(page.say("setting-was")),
        Column::new(page.say("setting-set-by")),
    ];
    let past = Table::new(page.say("setting-history"), columns).rows(past).or(Empty::new(page.say("setting-never")));
    let name = page.say(&format!("setting-{}", setting.as_str()));
    let mut errors = None;
    let form = Sheet::post(&page, "/settings")
        .hidden("name", setting.as_str())
        .part(Field::number("value", page.of("setting-value", least, most)))
        .part(DateField::new(&page, "from", page.say("setting-from"), &page.today).day(&page, Some(&page.today)))
        .part(
            Field::text("scenario", page.say("setting-scenario"))
                .hint(page.say("setting-scenario-hint"))
                .exact()
                .optional(&page),
        )
        .button(Button::new(page.say("setting-set")))
        .after(&page, refused, &mut errors);
    Html::of(&One {
        crumbs: Crumbs::new(&page, [Link::to("/settings", page.say("menu-settings"))], &name),
        errors,
        head: PageHead::new(&name).lead(hint(&page, setting)),
        now: SummaryList::new(&page)
            .row(page.say("setting-now"), Value::default().strong(found.value.to_string()).tag(by(&page, found.by))),
        form,
        past,
        name,
        page,
    })
}

async fn set(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let setting = Setting::parse(form.text("name")).ok_or_else(Problem::hidden)?;
    let tried: Result<(), Problem> = async {
        let from = form.day("from")?.unwrap_or_else(|| office.today());
        Ok(super::set(&office, &may, setting, form.text("scenario"), from, form.need("value")?).await?)
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to("/settings").into_response()) };
    let problem = shown_again(problem)?;
    let view = change(&office, &me, page.refused(), setting, Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}
