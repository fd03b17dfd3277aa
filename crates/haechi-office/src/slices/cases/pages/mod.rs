//! The pages of cases: what is to be done today, lists, one case with its answers, the monitoring day.

mod bulk;
mod export;
mod files;
mod list;
mod monitoring;
mod one;
mod search;
mod today;
mod unmapped;

pub(super) use self::list::{filter, query};

use axum::response::Redirect;

use super::store::Row;
use crate::ids::{CaseId, PersonId};
use crate::office::Office;
use crate::policy::{Action, Actor};
use crate::web::ui::{Kind, Link, Row as TableRow, Task, Value};
use crate::web::{Gate, Page, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let read = Gate::May(Action::ReadCase);
    routes
        .get("/", Gate::Signed, today::today)
        .get("/cases", read, list::list)
        .get("/cases/tables/{form}", read, export::export)
        .get("/search", Gate::Signed, search::search)
        .post("/cases/bulk", read, bulk::bulk)
        .get("/cases/{id}", read, one::one)
        .post("/cases/{id}/answer", Gate::May(Action::AnswerCase), one::answer)
        .post("/cases/{id}/wait", Gate::May(Action::WaitCase), one::wait)
        .post("/cases/{id}/resume", Gate::May(Action::WaitCase), one::resume)
        .post("/cases/{id}/approval", Gate::May(Action::ApproveCase), one::approve)
        .post("/cases/{id}/return", read, one::send_back)
        .post("/cases/{id}/confirmation", Gate::May(Action::ConfirmCase), one::confirm)
        .post("/cases/{id}/reopening", Gate::May(Action::ReopenCase), one::reopen)
        .post("/cases/{id}/claim", Gate::May(Action::ClaimCase), one::claim)
        .post("/cases/{id}/handler", Gate::May(Action::HandOverCase), one::hand_over)
        .post("/cases/{id}/release", Gate::May(Action::ReleaseCase), one::release)
        .post("/cases/{id}/comments", Gate::May(Action::CommentCase), one::comment)
        .post("/cases/{id}/recusal", Gate::May(Action::Recuse), one::recuse)
        .post("/cases/{id}/attachments", Gate::May(Action::CommentCase), files::add)
        .get("/cases/{id}/attachments/{attachment}", read, files::get)
        .get("/unmapped", read, unmapped::page)
        .get("/monitoring", Gate::May(Action::ReadMonitoring), monitoring::page);
}

/// A case as a line of a list.
pub(super) struct Line {
    pub(super) id: CaseId,
    pub(super) revision: i32,
    pub(super) title: String,
    pub(super) scenario: String,
    pub(super) severity: String,
    pub(super) severity_word: String,
    pub(super) state: String,
    pub(super) unit: String,
    pub(super) handler: String,
    pub(super) amount: String,
    pub(super) occurred: String,
    pub(super) due: String,
    pub(super) is_late: bool,
    pub(super) is_due_today: bool,
    pub(super) is_closed: bool,
    pub(super) is_kept: bool,
    pub(super) is_gone: bool,
    pub(super) is_destroyed: bool,
}

impl Line {
    /// Something to be done.
    pub(super) fn task(&self, page: &Page) -> Task {
        let (kind, standing) = match (self.is_late, self.is_due_today) {
            (true, _) => (Kind::Danger, page.say("case-late")),
            (false, true) => (Kind::Warn, page.say("case-due-today")),
            (false, false) => (Kind::Plain, self.state.clone()),
        };
        Task::new(&self.title, format!("/cases/{}", self.id))
            .tag_if(self.severity == "high", Kind::Danger, &self.severity_word)
            .tag_if(self.is_kept, Kind::Info, page.say("case-kept"))
            .tag_if(self.is_gone, Kind::Plain, page.say("case-gone"))
            .tag_if(self.is_destroyed, Kind::Plain, page.say("destroyed"))
            .about(&self.unit)
            .about(&self.handler)
            .about(&self.amount)
            .about(&self.occurred)
            .standing(kind, standing)
            .when(&self.due)
    }

    /// A row of the list of cases.
    pub(super) fn row(&self, page: &Page) -> TableRow {
        let what = Value::from(Link::to(format!("/cases/{}", self.id), &self.title))
            .tag_if(self.severity == "high", Kind::Danger, &self.severity_word)
            .tag_if(self.is_kept, Kind::Info, page.say("case-kept"))
            .tag_if(self.is_gone, Kind::Plain, page.say("case-gone"))
            .tag_if(self.is_destroyed, Kind::Plain, page.say("destroyed"));
        let scenario = [self.occurred.as_str(), self.scenario.as_str()].into_iter().filter(|text| !text.is_empty());
        let due = match (self.is_late, self.is_due_today) {
            (true, _) => Value::default().late(page.say("case-late")).line(&self.due),
            (false, true) => Value::default().strong(page.say("case-due-today")).line(&self.due),
            (false, false) => Value::from(self.due.as_str()),
        };
        TableRow::new([
            what.soft(scenario.collect::<Vec<_>>().join(" · ")),
            Value::from(self.unit.as_str()).soft(&self.handler),
            self.amount.as_str().into(),
            self.state.as_str().into(),
            due,
        ])
    }
}

/// The rows as lines, in their order.
pub(super) fn lines(office: &Office, actor: &Actor, page: &Page, rows: &[Row]) -> Vec<Line> {
    let now = office.now();
    rows.iter()
        .map(|row| Line {
            id: row.id,
            revision: row.revision,
            title: page.pick(&row.title_ko, &row.title_en),
            scenario: row.scenario.clone(),
            severity: row.severity.clone(),
            severity_word: page.say(&format!("severity-{}", row.severity)),
            state: state_words(page, row),
            unit: unit_name(actor, page, row.unit.as_deref()),
            handler: name(actor, row.handler),
            amount: amount(page, row),
            occurred: row.occurred_on.map(|day| page.day(&day)).unwrap_or_default(),
            due: row.due_at.map(|due| page.moment(&due)).unwrap_or_default(),
            is_late: is_late(row, now),
            is_due_today: row.due_at.is_some_and(|due| due >= now && office.local(due).date() == office.today()),
            is_closed: row.state == "closed",
            is_kept: row.kept,
            is_gone: row.gone,
            is_destroyed: row.destroyed_on.is_some(),
        })
        .collect()
}

/// Whether what is due has passed; what is closed is late no more.
fn is_late(row: &Row, now: haechi_core::time::Moment) -> bool {
    row.state != "closed" && row.due_at.is_some_and(|due| due < now)
}

fn amount(page: &Page, row: &Row) -> String {
    match (row.amount, &row.currency) {
        (Some(amount), Some(currency)) => page.money(&amount, currency),
        _ => String::new(),
    }
}

/// Where a case stands, in words: `조치 완료`, where it is closed how it ended.
fn state_words(page: &Page, row: &Row) -> String {
    match (&row.outcome, row.first_confirmed_by) {
        (Some(outcome), _) => page.say(&format!("outcome-{outcome}")),
        (None, Some(_)) => page.say("state-confirmed-first"),
        (None, None) => page.say(&format!("state-{}", row.state.replace('_', "-"))),
    }
}

fn name(actor: &Actor, person: Option<PersonId>) -> String {
    person.and_then(|person| actor.directory().person(person)).map(|person| person.name.clone()).unwrap_or_default()
}

fn unit_name(actor: &Actor, page: &Page, unit: Option<&str>) -> String {
    let Some(code) = unit else { return page.say("unit-none") };
    let unit = actor.directory().unit(code, actor.day());
    unit.map_or_else(|| code.to_owned(), |unit| page.words(&unit.name).to_owned())
}

fn to_case(id: CaseId) -> Redirect {
    Redirect::to(&format!("/cases/{id}"))
}
