//! Proving again who one is, and sending what waited meanwhile.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::oidc::{OidcError, Purpose};
use super::super::session::{Session, Way};
use super::super::{Kept, Secret, factor, kept, local, store};
use super::{Trouble, known_browser, oidc};
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::people;
use crate::web::first::{AGAIN, address, own_path, set_cookie};
use crate::web::{Asked, Form, Gate, Html, InSession, KEPT, Marks, Page, PageError, Routes, cookie};

pub(super) fn routes(routes: &mut Routes) {
    // Also open to who stands in for somebody: what is proved is who holds the session.
    routes
        .marked(Marks::EARLY)
        .get("/proof", Gate::Signed, proof_page)
        .marked(Marks::EARLY.and(Marks::SECRET))
        .post("/proof", Gate::Signed, proof_form)
        .marked(Marks::EARLY)
        .get("/proof/provider", Gate::Signed, by_provider)
        .get("/kept", Gate::Signed, kept_page)
        .post("/kept", Gate::Signed, forget);
}

#[derive(Template)]
#[template(path = "proof.html")]
struct Proof {
    page: Page,
    trouble: Option<Trouble>,
    /// Whether something typed waits.
    waits: bool,
    /// Whether a file has to be chosen again.
    is_file_lost: bool,
    /// The provider that can say who it is, and where.
    provider: Option<(String, String)>,
    /// Whether there is a password of the office's own, and whether a code is asked for in its place.
    local: Option<bool>,
    minutes: i64,
    next: String,
}

/// What the page is shown with.
struct Showing<'a> {
    next: &'a str,
    is_file_lost: bool,
    trouble: Option<Trouble>,
}

async fn show(office: &Office, session: &Session, page: Page, showing: Showing<'_>) -> Result<Response, PageError> {
    let tx = office.db().read(session.actor.tenant()).await?;
    let local = match store::account_of(&tx, session.person).await? {
        Some(_) => Some(factor::has(&tx, session.person).await?),
        None => None,
    };
    let provider = match session.way {
        Way::Oidc => office.oidc().of(&people::government(&tx).await?.code),
        Way::Local => None,
    };
    let provider = provider.map(|provider| {
        let name = page.pick(&provider.config.name_ko, &provider.config.name_en);
        (name, address("/proof/provider", &[("next", showing.next)]))
    });
    let status = showing.trouble.as_ref().map(|trouble| trouble.status).unwrap_or_default();
    let html = Html::of(&Proof {
        waits: showing.next == "/kept",
        is_file_lost: showing.is_file_lost,
        trouble: showing.trouble,
        provider,
        local,
        minutes: office.config().proof_minutes,
        next: showing.next.to_owned(),
        page,
    })?;
    Ok((status, html).into_response())
}

async fn proof_page(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    let showing =
        Showing { next: own_path(asked.text("next")), is_file_lost: asked.text("why") == "file", trouble: None };
    show(&office, &session, page, showing).await
}

async fn proof_form(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    let next = own_path(form.text("next"));
    // Passwords may begin and end with white space.
    let given = form.all("given").next().unwrap_or_default();
    match local::prove(&office, &session, given, known_browser(&headers)).await {
        Ok(()) => Ok(Redirect::to(next).into_response()),
        Err(error) => {
            let trouble = Some(Trouble::of(&page, error));
            show(&office, &session, page, Showing { next, is_file_lost: false, trouble }).await
        }
    }
}

/// To the provider, which asks anew who it is.
async fn by_provider(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let session = session.filter(|session| session.way == Way::Oidc).ok_or_else(Problem::hidden)?;
    let next = own_path(asked.text("next"));
    let tx = office.db().read(session.actor.tenant()).await?;
    let own = people::government(&tx).await?;
    drop(tx);
    let purpose = Purpose::Prove(session.secret.digest());
    match oidc::to_provider(&office, &own, purpose, next, &page, &headers).await {
        Ok(response) => Ok(response),
        Err(OidcError::NotSetUp) => Err(OidcError::NotSetUp.into()),
        Err(error) => {
            let trouble = Some(Trouble::of(&page, error));
            show(&office, &session, page, Showing { next, is_file_lost: false, trouble }).await
        }
    }
}

/// A value that was typed.
struct Typed {
    name: String,
    label: String,
    value: String,
    /// Shown to be read and changed; the others go along unseen.
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "kept.html")]
struct Waiting {
    page: Page,
    /// Whether it was typed in another name than the one its writer acts in now.
    is_in_another_name: bool,
    form: Option<WaitingForm>,
}

/// A form that waits.
struct WaitingForm {
    action: String,
    back: String,
    /// What was chosen, in words.
    chosen: String,
    fields: Vec<Typed>,
}

/// Fields of forms that hold what somebody wrote; each has a word (`kept-field-…`).
const WRITTEN: &[&str] = &[
    "text",
    "comment",
    "reason",
    "note",
    "answer",
    "basis",
    "recovered",
    "levied",
    "prevented",
    "until",
    "wait_for",
    "wait_until",
    "employee_no",
    "subject",
    "body",
    "name",
    "value",
    "from",
    "url",
    "records",
];

/// Fields that hold what somebody chose, and the beginning of the words of what can be chosen. The others say which record it is.
const CHOSEN: &[(&str, &str)] = &[("outcome", "outcome"), ("role", "role")];

async fn kept_page(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
) -> Result<Html, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    let form = match cookie(&headers, KEPT).map(Secret::of) {
        Some(secret) => kept::find(&office, session.actor.tenant(), session.person, &secret).await?,
        None => None,
    };
    let is_in_another_name = form.as_ref().is_some_and(|form| form.in_name_of != session.in_name_of());
    let form = form.filter(|_| !is_in_another_name).map(|form| waiting(&page, form));
    Html::of(&Waiting { page, is_in_another_name, form })
}

fn waiting(page: &Page, form: Kept) -> WaitingForm {
    let action = format!("{}{}{AGAIN}", form.path, if form.path.contains('?') { '&' } else { '?' });
    let chosen = form.fields.iter().filter_map(|(name, value)| {
        let (_, words) = CHOSEN.iter().find(|(field, _)| field == name)?;
        let word = format!("{words}-{value}");
        // What has no word says itself.
        Some(page.say(&word)).filter(|said| *said != word)
    });
    let chosen: Vec<String> = chosen.collect();
    let fields = form.fields.into_iter().map(|(name, value)| {
        let is_shown = WRITTEN.contains(&name.as_str()) && !value.trim().is_empty();
        let label = if is_shown { page.say(&format!("kept-field-{name}")) } else { String::new() };
        Typed { name, label, value, is_shown }
    });
    WaitingForm {
        action,
        back: form.page.unwrap_or_else(|| "/".to_owned()),
        chosen: chosen.join(", "),
        fields: fields.collect(),
    }
}

/// Forgets what waits.
async fn forget(
    State(office): State<Office>,
    InSession(session): InSession,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    if let Some(secret) = cookie(&headers, KEPT).map(Secret::of) {
        kept::forget(&office, session.actor.tenant(), session.person, &secret).await?;
    }
    let mut response = Redirect::to(own_path(form.text("back"))).into_response();
    set_cookie(&office, &mut response, KEPT, "", Some(0));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use haechi_core::words::Language;

    use super::WRITTEN;
    use crate::say::say;

    #[test]
    fn every_field_that_is_shown_again_has_a_word() {
        for name in WRITTEN {
            let word = format!("kept-field-{name}");
            for language in [Language::Korean, Language::English] {
                assert_ne!(say(language, &word, &[]), word, "{name}");
            }
        }
    }
}
