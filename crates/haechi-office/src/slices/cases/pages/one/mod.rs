//! One case: what happened in the data, who answers for it until when, its history, and the answers.

mod destroyed;
mod forms;
mod view;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::actions::{self, Answer};
use super::super::verbs::Verbs;
use super::super::{Case, CaseError};
use super::to_case;
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::Actor;
use crate::problem::Problem;
use crate::web::{Fields, Form, Html, Me, Page, PageError, Path};

/// What was sent and could not be done: by which verb, with which words, and why not.
#[derive(Default)]
struct Typed {
    verb: &'static str,
    fields: Fields,
    problem: Option<Problem>,
}

impl Typed {
    /// Turns the name of what was missing into that of the field it is asked for in.
    fn name_fields(&mut self) {
        let Some(problem) = &mut self.problem else { return };
        let field = match (self.verb, problem.field.as_deref()) {
            ("answer" | "confirm", Some("reason")) => "text",
            ("wait", Some("whom")) => "wait_for",
            ("wait", Some("until")) => "wait_until",
            ("comment", Some("text")) => "comment",
            _ => return,
        };
        problem.field = Some(field.to_owned());
    }
}

pub(super) async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    page: Page,
) -> Result<Html, PageError> {
    let html = view::show(&office, &me, id, page, Typed::default()).await?;
    // Opening the page is how one says that one was told.
    actions::acknowledge(&office, &me, id).await?;
    Ok(html)
}

/// The same page with what was typed and why it could not be done; where there is no such page any more, the refusal alone.
async fn refused(
    office: &Office,
    me: &Actor,
    id: CaseId,
    page: Page,
    typed: Typed,
    problem: Problem,
) -> Result<Response, PageError> {
    if !matches!(problem.status, 409 | 422) {
        return Err(problem.into());
    }
    let status = problem.status();
    let typed = Typed { problem: Some(problem.clone()), ..typed };
    match view::show(office, me, id, page.refused(), typed).await {
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
            .at(name)
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
            until: form.day("until")?.ok_or(CaseError::Missing("until"))?,
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
            let tried: Result<(), Problem> = async $body.await;
            match tried {
                Ok(()) => Ok(to_case($id).into_response()),
                Err(problem) => {
                    let typed = Typed { verb: stringify!($name), fields: $form, problem: None };
                    refused(&$office, &$me, $id, page, typed, problem).await
                }
            }
        }
    )* };
}

verbs! {
    answer(office, me, id, form) {
        let answer = answered(&form)?;
        Ok(actions::answer(&office, &me, id, form.read("revision")?, &answer).await?)
    }
    wait(office, me, id, form) {
        let until = form.day("wait_until")?.ok_or_else(|| Problem::from(CaseError::Missing("until")).at("wait_until"))?;
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
    actions::recuse(&office, &me, id, form.text("reason")).await?;
    Ok(Redirect::to("/cases"))
}
