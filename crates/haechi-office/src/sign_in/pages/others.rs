//! Somebody else's account, for who helps them with it.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::super::session::is_over;
use super::super::{factor, oidc, others, store};
use super::account::listed;
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, authorize};
use crate::problem::Problem;
use crate::slices::people::Grantee;
use crate::web::ui::{Button, Crumbs, Form as Sheet, Link, More, PageHead, SummaryList, Table};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let may = Gate::May(Action::ManageAccount);
    routes.get("/people/{id}/account", may, account_page).post("/people/{id}/account", may, account_form);
}

#[derive(Template)]
#[template(path = "person_account.html")]
struct Account {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    known: SummaryList,
    /// What can be done about how they sign in.
    acts: Vec<More>,
    sessions: Table,
    end_all: Option<Sheet>,
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
    let has_password = store::account_of(&tx, id).await?.is_some();
    let second = factor::since(&tx, id).await?.map(|(since, _)| page.what("second-factor-since", page.moment(&since)));
    let linked = oidc::linked_since(&tx, id).await?;
    let linked = linked.map(|since| page.what("person-account-since", page.moment(&since)));
    let open = store::sessions(&tx, id).await?;
    let to = format!("/people/{id}/account");
    let act = |words: &str, hint: &str, what: &str| {
        let button = Button::danger(page.say(words)).sends("do", what);
        More::act(page.say(words)).text(page.say(hint)).form(Sheet::post(&page, to.as_str()).button(button))
    };
    let acts = [
        second.as_ref().map(|_| act("person-account-reset", "person-account-reset-hint", "second-factor")),
        linked.as_ref().map(|_| act("person-account-unlink", "person-account-unlink-hint", "link")),
    ];
    let none = || page.say("person-account-has-not");
    let all = Button::second(page.say("sessions-end-all")).sends("do", "sessions");
    let name = page.what("person-account-of", &person.name);
    Html::of(&Account {
        crumbs: Crumbs::new(&page, [Link::to("/people", page.say("menu-people"))], &name),
        head: PageHead::new(name).caption(&person.employee_no).lead(page.say("person-account-about")),
        known: SummaryList::new(&page)
            .row(page.say("way-local"), if has_password { page.say("person-account-has") } else { none() })
            .row(page.say("second-factor"), second.unwrap_or_else(none))
            .row(page.say("account-linked"), linked.unwrap_or_else(none)),
        acts: acts.into_iter().flatten().collect(),
        end_all: open.iter().any(|row| !is_over(&office, row)).then(|| Sheet::post(&page, to.as_str()).button(all)),
        sessions: listed(&office, &page, open, None),
        page,
    })
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
