//! One case: what happened in the data, who answers for it until when, its history, and the answers.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::finding::Evidence;

use super::super::actions::{self, Answer, Details};
use super::super::state::CaseState;
use super::super::{Case, CaseError, due, load, may_take_proof, store};
use super::{Line, lines, name, state_words, to_case, unit_name};
use crate::access;
use crate::ids::{AttachmentId, CaseId, PersonId};
use crate::office::Office;
use crate::policy::{self, Action, Actor, Subject as _};
use crate::problem::Problem;
use crate::slices::{alerts, people};
use crate::web::{Fields, Form, Html, Me, Page, PageError, Path};

/// A line of the history.
struct Happened {
    at: String,
    who: String,
    what: String,
    text: String,
    details: Vec<String>,
}

/// A step up the report line.
struct Climbed {
    at: String,
    status: String,
    told: String,
}

/// A row that speaks for the finding.
struct Place {
    table: String,
    place: String,
}

/// A file.
struct Kept {
    id: AttachmentId,
    name: String,
    size: String,
}

/// Somebody who could take the case.
struct Colleague {
    id: PersonId,
    name: String,
}

/// What this person may do now.
#[derive(Default)]
struct Verbs {
    answer: bool,
    wait: bool,
    resume: bool,
    claim: bool,
    hand_over: bool,
    approve: bool,
    send_back: bool,
    confirm: bool,
    reopen: bool,
    release: bool,
    comment: bool,
    recuse: bool,
}

impl Verbs {
    fn of(me: &Actor, case: &Case) -> Self {
        use CaseState::{Closed, Unowned, Waiting, WithAudit, WithHandler, WithManager};
        let state = case.state();
        let standing = case.standing(me);
        let may = |action, states: &[CaseState]| states.contains(&state) && me.may(action, standing);
        let is_second = !me.is(case.row.first_confirmed_by);
        Self {
            answer: may(Action::AnswerCase, &[WithHandler]),
            wait: may(Action::WaitCase, &[WithHandler]),
            resume: may(Action::WaitCase, &[Waiting]),
            claim: may(Action::ClaimCase, &[Unowned]),
            hand_over: may(Action::HandOverCase, &[Unowned, WithHandler, Waiting]),
            approve: may(Action::ApproveCase, &[WithManager]),
            send_back: may(Action::ReturnCase, &[WithManager]) || may(Action::RejectCase, &[WithAudit]),
            confirm: may(Action::ConfirmCase, &[WithAudit]) && is_second,
            reopen: may(Action::ReopenCase, &[Closed]),
            release: case.row.kept && may(Action::ReleaseCase, &[Unowned, WithHandler, Waiting]),
            comment: may(Action::CommentCase, &CaseState::ALL),
            recuse: may(Action::Recuse, &CaseState::ALL),
        }
    }
}

#[derive(Template)]
#[template(path = "cases/one.html")]
struct One {
    page: Page,
    id: CaseId,
    revision: i32,
    title: String,
    question: String,
    remedy: String,
    basis: String,
    scenario: String,
    severity: String,
    severity_word: String,
    amount: String,
    occurred: String,
    unit: String,
    handler: String,
    why: String,
    state: String,
    due: String,
    is_late: bool,
    due_how: String,
    due_left_out: Vec<String>,
    waits_for: String,
    is_kept: bool,
    is_outside: bool,
    is_gone: bool,
    gone_why: String,
    is_changed: bool,
    /// Why the rule asks.
    matters: String,
    /// What it is about, each value with what it is called.
    subject: Vec<(String, String)>,
    may_reveal: bool,
    may_prove: bool,
    facts: Vec<(String, String)>,
    evidence: Vec<Place>,
    evidence_more: usize,
    evidence_before: Vec<Place>,
    history: Vec<Happened>,
    steps: Vec<Climbed>,
    linked: Vec<Line>,
    files: Vec<Kept>,
    colleagues: Vec<Colleague>,
    asked: Vec<String>,
    verbs: Verbs,
    /// What was typed and could not be saved.
    typed: Fields,
    problem: Option<(String, String)>,
}

impl One {
    fn typed(&self, name: &str) -> &str {
        self.typed.text(name)
    }

    /// What was typed and no form of the page has a place for any more, since the case moved on.
    fn left(&self) -> Vec<&str> {
        let places: [(&str, bool); 4] = [
            ("text", self.verbs.answer || self.verbs.approve || self.verbs.confirm),
            ("reason", self.verbs.send_back || self.verbs.release || self.verbs.reopen || self.verbs.hand_over),
            ("basis", self.verbs.answer),
            ("wait_for", self.verbs.wait),
        ];
        let left = places.into_iter().filter(|(_, has_place)| !has_place).map(|(name, _)| self.typed(name));
        left.filter(|text| !text.is_empty()).collect()
    }

    fn is_typed(&self, name: &str, value: &str) -> bool {
        self.typed.text(name) == value
    }
}

/// Rows that the page shows; the proof bundle has all.
const ROWS: usize = 100;

pub(super) async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    page: Page,
) -> Result<Html, PageError> {
    let html = show(&office, &me, id, page, Fields::default(), None).await?;
    // Opening the page is how one says that one was told.
    actions::acknowledge(&office, &me, id).await?;
    Ok(html)
}

fn places(json: Option<&str>) -> (Vec<Place>, usize) {
    let rows: Vec<Evidence> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let more = rows.len().saturating_sub(ROWS);
    let place = |row: Evidence| Place { table: row.table.to_string(), place: row.place() };
    (rows.into_iter().take(ROWS).map(place).collect(), more)
}

async fn show(
    office: &Office,
    me: &Actor,
    id: CaseId,
    page: Page,
    typed: Fields,
    problem: Option<(String, String)>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let case = load(&tx, me, id).await?;
    let may = policy::authorize(me, Action::ReadCase, case)?;
    // Noted before it is shown: what cannot be noted is not shown.
    access::seen(office, me, &may).await?;
    let sight = access::sight(office, &tx, me, &may).await?;
    let row = &may.row;
    let alert = alerts::one(&tx, row.alert).await?.ok_or_else(Problem::hidden)?;
    let pick = |ko: &str, en: &str| page.pick(ko, en);
    let (evidence, evidence_more) = places(Some(&alert.evidence));
    let (evidence_before, _) = places(alert.evidence_before.as_deref());
    let rule = alerts::rule_words(&tx, &alert.scenario, &alert.scenario_digest).await?;
    let named = |values: &str| -> Vec<(String, String)> {
        let values = sight.values(values, &alert.personal);
        let there = values.into_iter().filter(|(_, value)| !value.is_null());
        there
            .map(|(name, value)| {
                let words = rule.columns.get(&name);
                let unit = words.and_then(|words| words.unit.as_deref());
                let value = page.value(&value, unit, alert.currency.as_deref());
                (words.map_or(name, |words| page.words(&words.title).to_owned()), value)
            })
            .collect()
    };
    let (subject, facts) = (named(&alert.subject), named(&alert.facts));
    let entries = store::entries(&tx, id).await?;
    let verbs = Verbs::of(me, &may);
    let how = due::how(row);
    let (scope, recused) = (policy::scope(me), super::super::recused(&tx, me).await?);
    let linked = store::linked(&tx, &scope, &recused, row, 10).await?;
    let asked =
        entries.iter().rev().find(|entry| entry.event == "answered").map(|entry| details(&page, row, &entry.details));
    let view = One {
        id,
        revision: row.revision,
        title: pick(&row.title_ko, &row.title_en),
        question: sight.question(&alert, &pick(&alert.explanation_ko, &alert.explanation_en)),
        remedy: pick(&alert.remedy_ko, &alert.remedy_en),
        basis: if alert.basis == "to be confirmed" { page.say("basis-unconfirmed") } else { alert.basis.clone() },
        scenario: format!("{} · {}", row.scenario, alert.scenario_version),
        severity: row.severity.clone(),
        severity_word: page.say(&format!("severity-{}", row.severity)),
        amount: super::amount(&page, row),
        occurred: row.occurred_on.map(|day| page.day(&day)).unwrap_or_default(),
        unit: unit_name(me, &page, row.unit.as_deref()),
        handler: name(me, row.handler),
        why: page.say(&format!("why-{}", row.routed_why)),
        state: state_words(&page, row),
        due: row.due_at.map(|due| page.moment(&due)).unwrap_or_default(),
        is_late: row.due_at.is_some_and(|due| due < office.now()),
        due_how: match (&how.from, how.by.as_str()) {
            (Some(from), by) => {
                format!("{} {}", page.of("due-how", page.time(from), how.days), page.say(&format!("due-by-{by}")))
            }
            (None, "waiting") => page.say("due-by-waiting"),
            (None, _) => String::new(),
        },
        due_left_out: how
            .left_out
            .iter()
            .filter_map(|(day, holiday)| Some(format!("{} {}", page.day(day), holiday.as_ref()?)))
            .collect(),
        waits_for: row.waits_for.clone().unwrap_or_default(),
        is_kept: row.kept,
        is_outside: row.outside,
        is_gone: row.gone,
        gone_why: alert.gone_why.as_deref().map(|why| page.say(&format!("gone-{why}"))).unwrap_or_default(),
        is_changed: alert.changed_at.is_some(),
        matters: rule.why.as_ref().map(|why| page.words(why).to_owned()).unwrap_or_default(),
        subject,
        may_reveal: sight.may_reveal(),
        may_prove: may_take_proof(me, &may),
        facts,
        evidence,
        evidence_more,
        evidence_before,
        history: entries.iter().map(|entry| happened(&page, row, entry)).collect(),
        steps: store::steps(&tx, id)
            .await?
            .iter()
            .filter(|step| step.status != "cancelled")
            .map(|step| Climbed {
                at: page.moment(&step.fired_at.unwrap_or(step.planned_at)),
                status: page.say(&format!("step-{}", step.status)),
                told: match (&step.status[..], step.told) {
                    ("planned", _) => String::new(),
                    (_, Some(person)) => name(me, Some(person)),
                    (_, None) => page.say("step-audit-office"),
                },
            })
            .collect(),
        linked: lines(office, me, &page, &linked),
        files: store::attachments(&tx, id)
            .await?
            .into_iter()
            .map(|file| Kept {
                id: file.id,
                name: file.name,
                size: page.count("file-size", (file.bytes + 1023) / 1024),
            })
            .collect(),
        colleagues: if verbs.hand_over { colleagues(me, &may) } else { Vec::new() },
        asked: asked.unwrap_or_default(),
        verbs,
        typed,
        problem,
        page,
    };
    Html::of(&view)
}

/// Who could take the case: those of its unit, or, for who may give it anywhere, of the whole government's desks.
fn colleagues(me: &Actor, case: &Case) -> Vec<Colleague> {
    let (directory, day) = (me.directory(), me.day());
    let units: Vec<String> = match &case.row.unit {
        Some(unit) => vec![unit.clone()],
        None => directory.units_on(day).map(|unit| unit.code.clone()).collect(),
    };
    let mut found: Vec<Colleague> = units
        .iter()
        .flat_map(|unit| directory.places(unit, day))
        .filter(|place| Some(place.person) != case.row.handler && directory.is_there(place.person, day))
        .filter_map(|place| directory.person(place.person))
        .map(|person| Colleague { id: person.id, name: format!("{} ({})", person.name, person.employee_no) })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

fn details(page: &Page, row: &store::Row, json: &str) -> Vec<String> {
    let details: Details = serde_json::from_str(json).unwrap_or_default();
    let currency = row.currency.as_deref().unwrap_or("KRW");
    let mut said = Vec::new();
    if let Some(outcome) = details.outcome {
        said.push(page.say(&format!("outcome-{outcome}")));
    }
    let money = [
        ("money-recovered", details.recovered),
        ("money-levied", details.levied),
        ("money-prevented", details.prevented),
    ];
    said.extend(money.into_iter().filter_map(|(word, amount)| Some(page.what(word, page.money(&amount?, currency)))));
    said.extend(details.basis.map(|basis| page.what("detail-basis", basis)));
    said.extend(details.until.map(|until| page.what("detail-until", page.day(&until))));
    said.extend(details.to.map(|to| page.what("detail-to", to)));
    said.extend(details.stand_in.map(|name| page.what("detail-stand-in", name)));
    said
}

fn happened(page: &Page, row: &store::Row, entry: &store::EntryRow) -> Happened {
    // Where nobody did it, the text is a word of ours.
    let text = match entry.event.as_str() {
        "opened" => page.say(&format!("why-{}", entry.text)),
        "gone" => page.say(&format!("gone-{}", entry.text)),
        "reopened" if entry.actor.is_none() => page.say(&format!("reopened-{}", entry.text)),
        "step" if entry.text.is_empty() => page.say("step-audit-office"),
        _ => entry.text.clone(),
    };
    Happened {
        at: page.moment(&entry.at),
        who: if entry.actor.is_none() { page.say("haechi") } else { entry.actor_name.clone() },
        what: page.say(&format!("event-{}", entry.event)),
        text,
        details: details(page, row, &entry.details),
    }
}

/// Back to the case; or, where it could not be done, the same page with what was typed and why.
async fn done(
    office: &Office,
    me: &Actor,
    id: CaseId,
    page: Page,
    form: Fields,
    tried: Result<(), CaseError>,
) -> Result<Response, PageError> {
    let problem = match tried {
        Ok(()) => return Ok(to_case(id).into_response()),
        Err(error) => Problem::from(error),
    };
    if !matches!(problem.status, 409 | 422) {
        return Err(problem.into());
    }
    let told = (page.words(&problem.happened).to_owned(), page.words(&problem.advice).to_owned());
    let status = problem.status();
    match show(office, me, id, page, form, Some(told)).await {
        Ok(html) => Ok((status, html).into_response()),
        // It went out of their sight meanwhile.
        Err(PageError(hidden)) if hidden.status() == StatusCode::NOT_FOUND => Err(problem.into()),
        Err(error) => Err(error),
    }
}

/// An amount as people type it: `1,200,000`.
fn amount(form: &Fields, name: &str) -> Result<Option<i64>, Problem> {
    let typed: String = form.text(name).chars().filter(|one| !matches!(one, ',' | ' ' | '원')).collect();
    if typed.is_empty() {
        return Ok(None);
    }
    let amount = typed.parse::<i64>().ok().filter(|amount| *amount >= 0);
    amount.map(Some).ok_or_else(|| {
        Problem::invalid("case.amount", ("금액은 원 단위 숫자로 적어 주십시오.", "Write an amount as a whole number."))
    })
}

fn answered(form: &Fields) -> Result<Answer, Problem> {
    let text = form.text("text").to_owned();
    match form.text("outcome") {
        "corrected" => Ok(Answer::Corrected {
            text,
            recovered: amount(form, "recovered")?,
            levied: amount(form, "levied")?,
            prevented: amount(form, "prevented")?,
        }),
        "explained" => Ok(Answer::Explained { text }),
        "excluded" => Ok(Answer::Exclude {
            text,
            basis: form.text("basis").to_owned(),
            until: form.read("until")?.ok_or(CaseError::Missing("until"))?,
        }),
        _ => Err(CaseError::Missing("outcome").into()),
    }
}

/// Does one thing to one case with what a form says.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident($office:ident, $me:ident, $id:ident, $form:ident) $body:block)*) => { $(
        $(#[$doc])*
        pub(super) async fn $name(
            State($office): State<Office>,
            Me($me): Me,
            Path($id): Path<CaseId>,
            page: Page,
            Form($form): Form,
        ) -> Result<Response, PageError> {
            let tried: Result<(), Tried> = async $body.await;
            match tried {
                Ok(()) => Ok(to_case($id).into_response()),
                Err(Tried::Case(error)) => done(&$office, &$me, $id, page, $form, Err(error)).await,
                Err(Tried::Form(problem)) => {
                    let told = (page.words(&problem.happened).to_owned(), page.words(&problem.advice).to_owned());
                    let html = show(&$office, &$me, $id, page, $form, Some(told)).await?;
                    Ok((problem.status(), html).into_response())
                }
            }
        }
    )* };
}

/// What kept a form from being done.
enum Tried {
    Case(CaseError),
    Form(Problem),
}

impl From<CaseError> for Tried {
    fn from(error: CaseError) -> Self {
        Self::Case(error)
    }
}

impl From<Problem> for Tried {
    fn from(problem: Problem) -> Self {
        Self::Form(problem)
    }
}

verbs! {
    answer(office, me, id, form) {
        let answer = answered(&form)?;
        Ok(actions::answer(&office, &me, id, form.read("revision")?, &answer).await?)
    }
    wait(office, me, id, form) {
        let until = form.read("wait_until")?.ok_or(CaseError::Missing("until"))?;
        Ok(actions::wait(&office, &me, id, form.read("revision")?, form.text("wait_for"), until).await?)
    }
    resume(office, me, id, form) {
        Ok(actions::resume(&office, &me, id, form.read("revision")?).await?)
    }
    approve(office, me, id, form) {
        Ok(actions::approve(&office, &me, id, form.read("revision")?, form.text("text")).await?)
    }
    send_back(office, me, id, form) {
        Ok(actions::send_back(&office, &me, id, form.read("revision")?, form.text("reason")).await?)
    }
    confirm(office, me, id, form) {
        let refer = form.text("outcome") == "referred";
        Ok(actions::confirm(&office, &me, id, form.read("revision")?, refer, form.text("text")).await?)
    }
    reopen(office, me, id, form) {
        Ok(actions::reopen(&office, &me, id, form.read("revision")?, form.text("reason")).await?)
    }
    claim(office, me, id, form) {
        Ok(actions::claim(&office, &me, id, form.read("revision")?).await?)
    }
    hand_over(office, me, id, form) {
        // By choice, or by number to somebody of another unit.
        let number = form.text("employee_no");
        let to = match number {
            "" => form.read("to")?.ok_or(CaseError::Missing("to"))?,
            number => me.directory().with_employee_no(number).map(|person| person.id).ok_or(CaseError::CannotTake)?,
        };
        Ok(actions::hand_over(&office, &me, id, form.read("revision")?, to, form.text("reason")).await?)
    }
    release(office, me, id, form) {
        Ok(actions::release(&office, &me, id, form.read("revision")?, form.text("reason")).await?)
    }
    comment(office, me, id, form) {
        Ok(actions::comment(&office, &me, id, form.text("comment")).await?)
    }
}

/// Declares that oneself keeps away from a case: it is then out of one's sight.
pub(super) async fn recuse(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let case = load(&tx, &me, id).await?;
    drop(tx);
    let may = policy::authorize(&me, Action::Recuse, case)?;
    people::recuse(&office, &may, person, id.uuid(), form.text("reason")).await?;
    Ok(Redirect::to("/cases"))
}
