//! The page of a case that was destroyed when its time was up: what stays of it.

use askama::Template;

use super::super::super::{Case, store};
use super::super::{amount, state_words, unit_name};
use crate::db::Transaction;
use crate::policy::{Action, Actor};
use crate::retention;
use crate::web::ui::{Kind, Link, Notice, PageHead, SummaryList, Tag, Value};
use crate::web::{Html, Page, PageError};

#[derive(Template)]
#[template(path = "cases/destroyed.html")]
struct Destroyed {
    page: Page,
    title: String,
    head: PageHead,
    notice: Notice,
    about: SummaryList,
}

/// The page.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn show(tx: &Transaction, me: &Actor, page: Page, case: &Case) -> Result<Html, PageError> {
    let row: &store::Row = &case.row;
    let title = page.pick(&row.title_ko, &row.title_en);
    let day = row.destroyed_on.map(|day| page.day(&day)).unwrap_or_default();
    let mut notice = Notice::new(Kind::Info, page.what("destroyed-on", &day)).line(page.say("destroyed-about"));
    if me.may_ever(Action::ReadRetention)
        && let Some(id) = retention::destroyed_by(tx, case.id().uuid()).await?
    {
        notice = notice.line(Link::to(format!("/settings/retention/certificates/{id}"), page.say("certificate")));
    }
    let head = PageHead::new(&title)
        .caption(unit_name(me, &page, row.unit.as_deref()))
        .tag(Tag::plain(page.say("destroyed")))
        .tag(Tag::new(Kind::Good, state_words(&page, row)));
    let about = SummaryList::new(&page)
        .row(page.say("destroyed-number"), Value::default().code(row.id.to_string()))
        .row(page.say("scenario"), Value::from(title.as_str()).soft(row.scenario.as_str()))
        .row_if(page.say("case-amount"), amount(&page, row))
        .row_if(page.say("case-occurred"), row.occurred_on.map(|day| page.day(&day)).unwrap_or_default())
        .row(page.say("destroyed-opened"), page.moment(&row.opened_at))
        .row_if(page.say("destroyed-closed"), row.closed_at.map(|at| page.moment(&at)).unwrap_or_default())
        .row(page.say("destroyed-day"), day);
    Html::of(&Destroyed { head, notice, about, title, page })
}
