//! The page of the steps, and the notice on the first page as long as one is left.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::{Standing, Step};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::settings::pages::tabs;
use crate::web::ui::{Button, Form as Sheet, Kind, Link, Notice, PageHead, Progress, SummaryList, Tabs, Tag, Value};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::ChangeSettings);
    routes.get("/settings/setup", gate, show).post("/settings/setup", gate, done);
}

#[derive(Template)]
#[template(path = "setup.html")]
struct Setup {
    page: Page,
    head: PageHead,
    tabs: Tabs,
    progress: Progress,
    steps: SummaryList,
}

/// What one does about a step: where, or by which command.
fn next(page: &Page, step: Step, value: Value) -> Value {
    let said = |value: Value, word: &str| {
        let form = Sheet::inline(page, "/settings/setup")
            .hidden("step", step.as_str())
            .button(Button::second(page.say(&format!("setup-{}-said", step.as_str()))));
        value.line(page.say(word)).form(form)
    };
    match step {
        Step::Address => value.line(page.say("setup-in-file")).code("public_url = \"https://haechi.city.example\""),
        Step::People => value
            .link(Link::to("/people/import", page.say("people-import")))
            .line(page.say("setup-or-command"))
            .code("haechi records --data DATA --out people.json"),
        Step::Roles => value.link(Link::to("/people/grants", page.say("people-grants"))),
        Step::Messages => {
            value.line(page.say("setup-in-file")).code("[mail]").line(page.say("setup-or")).code("trial = true")
        }
        Step::Run => value.line(page.say("setup-command")).code("haechi serve --data DATA"),
        Step::Deadlines => said(value.link(Link::to("/settings", page.say("settings-values"))), "setup-deadlines-then"),
        Step::Backup => said(value.code("haechi backup FOLDER"), "setup-backup-then"),
    }
}

fn row(page: &Page, me: &Actor, standing: &Standing, step: Step) -> Value {
    let is_done = standing.is_done(step);
    let (kind, word) = if is_done { (Kind::Good, "setup-done") } else { (Kind::Warn, "setup-open") };
    let mut value =
        Value::from(Tag::new(kind, page.say(word))).line(page.say(&format!("setup-{}-about", step.as_str())));
    if let Some(said) = standing.said.iter().find(|row| row.step == step.as_str()) {
        let who = said.said_by.parse().ok().and_then(|id| me.directory().person(id));
        let who = who.map(|person| person.name.clone()).unwrap_or_default();
        value = value.soft(page.of("setup-said-by", who, page.moment(&said.said_at)));
    }
    if step == Step::Roles {
        for (role, count) in &standing.missing {
            let role = page.say(&format!("role-{}", role.as_str()));
            value = value.line(page.of("setup-missing", role, count));
        }
    }
    if is_done { value } else { next(page, step, value) }
}

async fn show(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let standing = super::standing(&office, &tx, &me).await?;
    let (done, all) = (standing.count() as u64, Step::ALL.len() as u64);
    let steps = Step::ALL.into_iter().enumerate().fold(SummaryList::new(&page), |list, (at, step)| {
        let name = format!("{}. {}", at + 1, page.say(&format!("setup-{}", step.as_str())));
        list.row(name, row(&page, &me, &standing, step))
    });
    let words = page.of("setup-progress", done, all);
    let head = PageHead::new(page.say("setup")).lead(page.say("setup-lead"));
    let head = if standing.is_whole() { head.expected(page.say("setup-whole")) } else { head };
    Html::of(&Setup {
        head,
        tabs: tabs(&page, "/settings/setup"),
        progress: Progress::new("setup-progress", page.say("setup"), words, done, Some(all)),
        steps,
        page,
    })
}

async fn done(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    super::say_done(&office, &generally(&me, Action::ChangeSettings)?, form.text("step")).await?;
    Ok(Redirect::to("/settings/setup"))
}

/// What the first page says to an administrator as long as a step is left.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn notice(
    office: &Office,
    tx: &crate::db::Transaction,
    me: &Actor,
    page: &Page,
) -> Result<Option<Notice>, sea_orm::DbErr> {
    if !me.may_ever(Action::ChangeSettings) {
        return Ok(None);
    }
    let standing = super::standing(office, tx, me).await?;
    let words = page.of("setup-progress", standing.count(), Step::ALL.len());
    let notice = || {
        let next = Step::ALL.into_iter().find(|step| !standing.is_done(*step))?;
        let next = page.what("setup-next", page.say(&format!("setup-{}", next.as_str())));
        Some(
            Notice::new(Kind::Info, format!("{}: {words}", page.say("setup")))
                .line(next)
                .line(Link::to("/settings/setup", page.say("setup-go"))),
        )
    };
    Ok(notice())
}
