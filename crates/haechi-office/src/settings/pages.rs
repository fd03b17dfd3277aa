//! The page of settings: what holds today, who says so, what was set, and a form to set something else.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::{Setting, Settings};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::Problem;
use crate::web::{Form, Gate, Html, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/settings", Gate::May(Action::ChangeSettings), list).post(
        "/settings",
        Gate::May(Action::ChangeSettings),
        set,
    );
}

/// A value that was set.
struct Past {
    scenario: String,
    from: String,
    value: String,
    by: String,
    at: String,
}

/// A setting.
struct Line {
    word: &'static str,
    name: String,
    hint: String,
    value: u32,
    by: String,
    least: u32,
    most: u32,
    past: Vec<Past>,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    today: String,
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let name = |id: &str| {
        let person = id.parse().ok().and_then(|id| me.directory().person(id));
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let line = |setting: Setting| {
        let (found, (least, most)) = (settings.get(setting, me.day(), None), setting.range());
        let past = settings.history(setting).into_iter().map(|row| Past {
            scenario: row.scope,
            from: page.day(&row.first_day),
            value: row.value,
            by: name(&row.set_by),
            at: page.moment(&row.set_at),
        });
        Line {
            word: setting.as_str(),
            name: page.say(&format!("setting-{}", setting.as_str())),
            hint: page.say(&format!("setting-{}-hint", setting.as_str())),
            value: found.value,
            by: page.say(&format!("setting-by-{}", found.by)),
            least,
            most,
            past: past.collect(),
        }
    };
    let lines = Setting::ALL.into_iter().map(line).collect();
    Html::of(&List { lines, today: me.day().to_string(), page })
}

async fn set(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let setting = Setting::parse(form.text("name")).ok_or_else(Problem::hidden)?;
    let from = form.read("from")?.unwrap_or_else(|| office.today());
    super::set(&office, &may, setting, form.text("scenario"), from, form.need("value")?).await?;
    Ok(Redirect::to("/settings"))
}
