//! The first page: one sentence that says what is expected of this person today, and their cases.

use askama::Template;
use axum::extract::State;

use super::super::expected;
use super::lines;
use crate::guides::Guide;
use crate::office::Office;
use crate::settings::{Setting, Settings};
use crate::web::ui::{Empty, Kind, Link, Notice, PageHead, TaskList};
use crate::web::{Html, Me, Page, PageError};

/// A list on the page.
struct Part {
    heading: String,
    about: String,
    tasks: TaskList,
    more: Option<Link>,
}

#[derive(Template)]
#[template(path = "cases/today.html")]
struct Today {
    page: Page,
    head: PageHead,
    monitoring: Option<Notice>,
    setup: Option<Notice>,
    guide: Option<Guide>,
    parts: Vec<Part>,
    nothing: Empty,
}

pub(super) async fn today(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let waits = expected::parts(&office, &tx, &me).await?;
    let expected = waits.first().map(|part| page.count(&format!("today-expected-{}", part.why.as_str()), part.all));
    let parts = waits.into_iter().map(|part| {
        let (word, shown) = (part.why.as_str(), part.rows.len() as u64);
        Part {
            heading: page.count(&format!("today-{word}"), part.all),
            about: page.say(&format!("today-{word}-about")),
            more: (part.all > shown).then(|| {
                let href = format!("/cases?{}", super::list::query(&part.filter, 1));
                Link::to(href, page.count("today-more", part.all - shown))
            }),
            tasks: TaskList::new(lines(&office, &me, &page, &part.rows).iter().map(|line| line.task(&page))),
        }
    });
    let parts = parts.collect();
    let settings = Settings::read(&tx).await?;
    let monitoring = settings.get(Setting::MonitoringDay, me.day(), None).value;
    let is_monitoring_day = chrono::Datelike::weekday(&me.day()).number_from_monday() == monitoring;
    let setup = crate::setup::notice(&office, &tx, &me, &page).await?;
    let expected = expected.unwrap_or_else(|| {
        let has_role = me.roles().next().is_some();
        page.say(match (has_role, setup.is_some()) {
            (true, true) => "today-expected-setup",
            (true, false) => "today-expected-nothing",
            (false, _) => "roles-none",
        })
    });
    let monitoring = is_monitoring_day.then(|| {
        Notice::new(Kind::Info, page.say("today-is-monitoring"))
            .line(Link::to("/monitoring", page.say("today-to-monitoring")))
    });
    let guide = crate::guides::first(&tx, &me, &page).await?;
    let nothing = Empty::new(page.say("today-nothing")).text(page.say("today-nothing-about"));
    let head = PageHead::new(page.say("menu-home"))
        .caption(page.day(&page.today))
        .expected(expected)
        .help(&page, "today-help");
    Html::of(&Today { head, monitoring, setup, guide, parts, nothing, page })
}
