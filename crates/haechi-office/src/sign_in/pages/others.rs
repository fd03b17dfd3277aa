//! Somebody else's account, for who helps them with it.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::super::{factor, oidc, others, store};
use super::account::{OpenSession, listed};
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, authorize};
use crate::problem::Problem;
use crate::slices::people::Grantee;
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let may = Gate::May(Action::ManageAccount);
    routes.get("/people/{id}/account", may, account_page).post("/people/{id}/account", may, account_form);
}

#[derive(Template)]
#[template(path = "person_account.html")]
struct Account {
    page: Page,
    id: PersonId,
    name: String,
    number: String,
    has_password: bool,
    second: Option<String>,
    linked: Option<String>,
    sessions: Vec<OpenSession>,
}

async fn account_page(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    page: Page,
) -> Result<Html, PageError> {
    let person = me.directory().person(id).ok_or_else(Problem::hidden)?;
    authorize(&me, Action::ManageAccount, Grantee(id))?;
    let tx = office.db().read(me.tenant()).await?;
    let account = Account {
        id,
        name: person.name.clone(),
        number: person.employee_no.clone(),
        has_password: store::account_of(&tx, id).await?.is_some(),
        second: factor::since(&tx, id).await?.map(|(since, _)| page.moment(&since)),
        linked: oidc::linked_since(&tx, id).await?.map(|since| page.moment(&since)),
        sessions: listed(&office, &page, store::sessions(&tx, id).await?, ""),
        page,
    };
    Html::of(&account)
}

async fn account_form(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    me.directory().person(id).ok_or_else(Problem::hidden)?;
    let may = authorize(&me, Action::ManageAccount, Grantee(id))?;
    match form.text("do") {
        "second-factor" => others::reset_factor(&office, &may).await?,
        "link" => others::unlink(&office, &may).await?,
        "sessions" => others::sign_out(&office, &may).await?,
        _ => return Err(Problem::hidden().into()),
    }
    Ok(Redirect::to(&format!("/people/{id}/account")))
}
