//! The page of days off: what the program's calendar says of this year and the next, and the government's own days.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use chrono::Datelike as _;
use haechi_core::time::Day;

use super::super::{Settings, pages::tabs};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Choice, Choices, Column, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Notice, PageHead,
    Refused, Row, Table, Tabs, Value,
};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::ChangeSettings);
    routes.get("/settings/calendar", gate, show).post("/settings/calendar", gate, add).post(
        "/settings/calendar/remove",
        gate,
        remove,
    );
}

#[derive(Template)]
#[template(path = "calendar.html")]
struct Calendar {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    tabs: Tabs,
    missing: Option<Notice>,
    own: Table,
    form: Sheet,
    /// A year, its working days, and its months.
    years: Vec<(String, Table)>,
}

async fn view(office: &Office, me: &Actor, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let (calendar, own, today) = (settings.calendar(office), settings.own_days(), me.day());
    let person = |id: &str| {
        let person = id.parse().ok().and_then(|id| me.directory().person(id));
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let rows = own.iter().rev().map(|own| {
        let kind = if own.off { "calendar-off" } else { "calendar-worked" };
        let day = dated(&page, &own.day);
        let remove = Sheet::inline(&page, "/settings/calendar/remove")
            .hidden("day", own.day)
            .button(Button::plain(page.say("calendar-remove")).of(&day));
        Row::new([
            Value::from(day),
            page.say(kind).into(),
            own.reason.as_str().into(),
            Value::from(person(&own.set_by)).soft(page.moment(&own.set_at)),
            if own.day < today { Value::default() } else { Value::default().form(remove) },
        ])
    });
    let columns = [
        Column::day(page.say("calendar-day")),
        Column::new(page.say("calendar-kind")),
        Column::new(page.say("reason")),
        Column::new(page.say("setting-set-by")),
        Column::new(page.say("action")).unseen(),
    ];
    let own_table = Table::new(page.say("calendar-own"), columns).rows(rows).or(Empty::new(page.say("calendar-none")));
    let years = [today.year(), today.year() + 1].into_iter().filter_map(|year| {
        let months = super::months(calendar, own, year)?;
        let working: u32 = months.iter().map(|month| month.working).sum();
        let rows = months.into_iter().map(|month| {
            let special = month.special.into_iter().fold(Value::default(), |value, (day, name, is_own)| {
                let is_off = calendar.is_day_off(day).unwrap_or(true);
                let kind = if is_off { "calendar-own-off" } else { "calendar-own-worked" };
                let value = value.line(format!("{} {name}", dated(&page, &day)));
                value.tag_if(is_own, Kind::Info, page.say(kind))
            });
            let name = page.count("calendar-month", month.first.month());
            Row::new([name.into(), page.grouped(month.working.into()).into(), special])
        });
        let columns = [
            Column::new(page.say("calendar-month-name")),
            Column::number(page.say("calendar-working")),
            Column::new(page.say("calendar-special")),
        ];
        let name = page.of("calendar-year", year, page.grouped(working.into()));
        Some((name.clone(), Table::new(name, columns).rows(rows)))
    });
    let years = years.collect();
    let missing = super::missing(office.calendar(), today).map(|year| {
        Notice::new(Kind::Warn, page.what("calendar-missing", year)).line(page.say("calendar-missing-about"))
    });
    let mut errors = None;
    let form = Sheet::post(&page, "/settings/calendar")
        .part(DateField::new(&page, "day", page.say("calendar-day"), &page.today))
        .part(Choices::one(
            "kind",
            page.say("calendar-kind"),
            [
                Choice::new("off", page.say("calendar-off")).hint(page.say("calendar-off-hint")).chosen(true),
                Choice::new("worked", page.say("calendar-worked")).hint(page.say("calendar-worked-hint")),
            ],
        ))
        .part(Field::text("reason", page.say("reason")).hint(page.say("calendar-reason-hint")).most(super::LONGEST))
        .button(Button::new(page.say("calendar-add")))
        .after(&page, refused, &mut errors);
    Html::of(&Calendar {
        errors,
        head: PageHead::new(page.say("calendar")).lead(page.say("calendar-about")),
        tabs: tabs(&page, "/settings/calendar"),
        missing,
        own: own_table,
        form,
        years,
        page,
    })
}

/// `2026.12.25. 금요일`
fn dated(page: &Page, day: &Day) -> String {
    let weekday = page.say(&format!("weekday-{}", day.weekday().number_from_monday()));
    format!("{} {weekday}", page.day(day))
}

async fn show(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    view(&office, &me, page, None).await
}

async fn add(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let tried: Result<(), Problem> = async {
        let day = match form.day("day")? {
            Some(day) => day,
            None => form.need("day")?,
        };
        Ok(super::add(&office, &may, day, form.text("kind") != "worked", form.text("reason")).await?)
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to("/settings/calendar").into_response()) };
    let problem = shown_again(problem)?;
    let view = view(&office, &me, page.refused(), Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

async fn remove(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    super::remove(&office, &may, form.need("day")?).await?;
    Ok(Redirect::to("/settings/calendar"))
}
