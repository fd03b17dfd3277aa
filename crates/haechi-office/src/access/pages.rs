//! The page of accesses, and the form that shows names.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::review::{self, Counts, Month};
use super::{AccessError, masked_number, store};
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/access", Gate::May(Action::ReviewAccess), month_page)
        .post("/access/{month}/sign", Gate::May(Action::ReviewAccess), sign_form)
        .post("/cases/{id}/reveal", Gate::May(Action::RevealPersonal), reveal_form);
}

/// Reasons that a page lists.
const MOST: u64 = 500;

/// Somebody's month.
struct Line {
    name: String,
    counts: Counts,
}

/// Something that was shown or taken away.
struct Reason {
    at: String,
    name: String,
    look: String,
    whose: String,
    case: CaseId,
    text: String,
}

/// Who signed a month.
struct Signed {
    name: String,
    at: String,
    note: String,
}

#[derive(Template)]
#[template(path = "access.html")]
struct Access {
    page: Page,
    month: Month,
    before: Month,
    next: Option<Month>,
    due: Vec<Month>,
    may_sign: bool,
    signed: Option<Signed>,
    lines: Vec<Line>,
    reasons: Vec<Reason>,
    is_cut: bool,
}

async fn month_page(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    generally(&me, Action::ReviewAccess)?;
    let this = Month::of(office.today());
    let month = match asked.text("month") {
        "" => this,
        text => Month::parse(text).filter(|month| *month <= this).ok_or(AccessError::Month)?,
    };
    let tx = office.db().read(me.tenant()).await?;
    let name = |person| me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default();
    let lines = review::counts(&office, &tx, month).await?;
    let lines = lines.into_iter().map(|(person, counts)| Line { name: name(person), counts }).collect();
    let reasons = review::with_reason(&office, &tx, month, MOST).await?;
    let is_cut = reasons.len() as u64 == MOST;
    let reasons = reasons
        .into_iter()
        .map(|row| Reason {
            at: page.moment(&row.at),
            name: name(row.person),
            look: page.say(&format!("access-{}", row.action)),
            // Whose it is stays masked here: the review is about who looked.
            whose: masked_number(&row.whose),
            case: row.case_id,
            text: row.reason,
        })
        .collect();
    let signed = store::reviews(&tx).await?.into_iter().find(|row| row.month == month.to_string());
    let signed =
        signed.map(|row| Signed { name: name(row.signed_by), at: page.moment(&row.signed_at), note: row.note });
    let due = review::due(&office, &tx).await?;
    let access = Access {
        month,
        before: month.before(),
        next: Some(month.next()).filter(|next| *next <= this),
        may_sign: month < this && signed.is_none(),
        due,
        signed,
        lines,
        reasons,
        is_cut,
        page,
    };
    Html::of(&access)
}

async fn sign_form(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<String>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ReviewAccess)?;
    let month = Month::parse(&month).ok_or(AccessError::Month)?;
    review::sign(&office, &may, month, form.text("note")).await?;
    Ok(Redirect::to(&format!("/access?month={month}")))
}

async fn reveal_form(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    super::reveal(&office, &me, id, form.text("reason")).await?;
    Ok(Redirect::to(&format!("/cases/{id}")))
}
