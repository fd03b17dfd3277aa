//! The first page: one sentence that says what is expected of this person today, and their cases.

use askama::Template;
use axum::extract::State;

use super::super::state::CaseState;
use super::super::{Filter, actions, store};
use super::lines;
use crate::office::Office;
use crate::policy::{self, Action, Actor, Standing};
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
    parts: Vec<Part>,
    nothing: Empty,
}

/// Lines that a list on the first page shows.
const SHOWN: u64 = 10;
/// Cases that are looked through for those that are somebody's to judge.
const LOOKED_THROUGH: u64 = 5_000;

pub(super) async fn today(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused, now) = (policy::scope(&me), super::super::recused(&tx, &me).await?, office.now());
    let mut parts = Vec::new();
    let mut expected = None;
    for (word, filter) in wanted(&me) {
        let (mut rows, all) = if matches!(word, "approve" | "confirm") {
            // Whose it is to judge follows from the report line, which no query knows: what is seen is looked through.
            let seen = store::list(&tx, &scope, &recused, &filter, now, (0, LOOKED_THROUGH)).await?;
            let theirs: Vec<_> = seen.into_iter().filter(|row| is_theirs(&me, word, row)).collect();
            let all = theirs.len() as u64;
            (theirs, all)
        } else {
            let rows = store::list(&tx, &scope, &recused, &filter, now, (0, SHOWN)).await?;
            let is_all = (rows.len() as u64) < SHOWN;
            let all =
                if is_all { rows.len() as u64 } else { store::count(&tx, &scope, &recused, &filter, now).await? };
            (rows, all)
        };
        rows.truncate(usize::try_from(SHOWN).unwrap_or(10));
        if all == 0 {
            continue;
        }
        expected.get_or_insert_with(|| page.count(&format!("today-expected-{word}"), all));
        parts.push(Part {
            heading: page.count(&format!("today-{word}"), all),
            about: page.say(&format!("today-{word}-about")),
            more: (all > rows.len() as u64).then(|| {
                let href = format!("/cases?{}", super::list::query(&filter, 1));
                Link::to(href, page.count("today-more", all - rows.len() as u64))
            }),
            tasks: TaskList::new(lines(&office, &me, &page, &rows).iter().map(|line| line.task(&page))),
        });
    }
    let settings = Settings::read(&tx).await?;
    let monitoring = settings.get(Setting::MonitoringDay, me.day(), None).value;
    let is_monitoring_day = chrono::Datelike::weekday(&me.day()).number_from_monday() == monitoring;
    let expected = expected.unwrap_or_else(|| {
        let has_role = me.roles().next().is_some();
        page.say(if has_role { "today-expected-nothing" } else { "roles-none" })
    });
    let monitoring = is_monitoring_day.then(|| {
        Notice::new(Kind::Info, page.say("today-is-monitoring"))
            .line(Link::to("/monitoring", page.say("today-to-monitoring")))
    });
    let nothing = Empty::new(page.say("today-nothing")).text(page.say("today-nothing-about"));
    let head = PageHead::new(page.say("menu-home"))
        .caption(page.day(&page.today))
        .expected(expected)
        .help(&page, "today-help");
    Html::of(&Today { head, monitoring, parts, nothing, page })
}

/// The lists somebody gets, the most pressing first.
fn wanted(me: &Actor) -> Vec<(&'static str, Filter)> {
    let state = |state| Filter { state: Some(state), ..Filter::default() };
    let mut wanted = vec![
        ("mine", Filter { handler: me.id(), ..state(CaseState::WithHandler) }),
        ("approve", state(CaseState::WithManager)),
    ];
    let confirms = [Standing::Elsewhere, Standing::ElsewhereOutside, Standing::Kept, Standing::KeptOutside];
    if confirms.into_iter().any(|standing| me.may(Action::ConfirmCase, standing)) {
        wanted.push(("confirm", state(CaseState::WithAudit)));
    }
    wanted.push(("unowned", state(CaseState::Unowned)));
    wanted.push(("waiting", Filter { handler: me.id(), ..state(CaseState::Waiting) }));
    if me.may(Action::ReadCase, Standing::Elsewhere) || me.may(Action::ReadCase, Standing::ElsewhereOutside) {
        wanted.push(("late", Filter { late: true, ..Filter::default() }));
    }
    wanted
}

/// Whether a case is in the list because this person has to do something.
fn is_theirs(me: &Actor, word: &str, row: &store::Row) -> bool {
    match word {
        "approve" => me.is(actions::manager(me, row)),
        "confirm" => !me.is(row.answered_by) && !me.is(row.approved_by) && !me.is(row.first_confirmed_by),
        _ => true,
    }
}
