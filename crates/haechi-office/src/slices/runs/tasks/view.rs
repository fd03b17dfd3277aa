//! What an engine does, as a page shows it. With scripts the page asks again by itself; without, a link does.

use askama::Template;

use super::store::Row;
use crate::policy::{Action, Actor};
use crate::web::Page;
use crate::web::ui::{Button, Form as Sheet, Kind, Link, Notice, Progress, Value};

/// What an engine does, and the button that asks it.
#[derive(Template)]
#[template(path = "runs/task.html")]
pub(crate) struct Shown {
    /// It is asked again by itself while this holds.
    is_open: bool,
    /// How far it is, while it runs.
    progress: Option<Progress>,
    /// How it ended, or that it waits.
    notice: Option<Notice>,
    /// Asks for one.
    form: Option<Sheet>,
    /// For who has no scripts.
    again: Option<Link>,
}

impl askama::filters::HtmlSafe for Shown {}

/// What is shown of `row`, the newest, to `me`.
pub(crate) fn shown(me: &Actor, page: &Page, row: Option<&Row>) -> Shown {
    let is_open = row.is_some_and(|row| row.ended_at.is_none());
    let may_ask = me.may_ever(Action::StartRun);
    let progress = row.filter(|row| row.state == "running").map(|row| {
        let total = u64::try_from(row.total).ok().filter(|total| *total > 0);
        let done = u64::try_from(row.done).unwrap_or(0);
        let words = match (row.stage.as_str(), total) {
            ("import", Some(total)) => page.of("task-import-of", &row.about, format!("{}%", done * 100 / total.max(1))),
            ("import", None) => page.what("task-import", &row.about),
            ("detect", Some(total)) => page.of("task-detect-of", page.grouped(done), page.grouped(total)),
            ("detect", None) => page.say("task-detect"),
            ("hand_in", _) => page.say("task-hand-in"),
            _ => page.say("task-begun"),
        };
        Progress::new("engine", page.say("task-running"), words, done.min(total.unwrap_or(done)), total)
    });
    let by = row.and_then(|row| row.asked_by).and_then(|by| me.directory().person(by));
    let by = by.map_or_else(|| page.say("task-by-clock"), |person| person.name.clone());
    let notice = row.and_then(|row| {
        let at = row.ended_at.as_ref().map(|at| page.moment(at)).unwrap_or_default();
        let said = |notice: Notice| {
            if row.message.is_empty() { notice } else { notice.line(Value::from(row.message.as_str())) }
        };
        let link = row.run.map(|run| Link::to(format!("/runs/{run}"), page.say("task-run")));
        Some(match row.state.as_str() {
            "waiting" => Notice::new(Kind::Info, page.say("task-waiting")).line(page.of(
                "task-asked",
                by,
                page.moment(&row.asked_at),
            )),
            "done" => {
                let kind = if row.message.is_empty() { Kind::Good } else { Kind::Warn };
                let notice = said(Notice::new(kind, page.of("task-done", by, at)));
                match link {
                    Some(link) => notice.line(link),
                    None => notice,
                }
            }
            "failed" => said(Notice::new(Kind::Danger, page.of("task-failed", by, at))),
            "interrupted" => {
                Notice::new(Kind::Warn, page.of("task-interrupted", by, at)).line(page.say("task-interrupted-about"))
            }
            _ => return None,
        })
    });
    let form =
        (may_ask && !is_open).then(|| Sheet::post(page, "/runs/sources/now").button(Button::new(page.say("task-ask"))));
    Shown { is_open, progress, notice, form, again: is_open.then(|| Link::to("/runs/sources", page.say("task-again"))) }
}
