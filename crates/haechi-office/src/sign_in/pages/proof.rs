//! Proving again who one is, and sending what waited meanwhile.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::oidc::{OidcError, Purpose};
use super::super::session::{Session, Way};
use super::super::{Kept, Secret, SignInError, factor, kept, local, store};
use super::{known_browser, oidc, refusal, wrong_password};
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::people;
use crate::web::first::{AGAIN, address, own_path, set_cookie};
use crate::web::ui::{Button, ErrorSummary, Field, Form as Sheet, Kind, Link, More, Notice, PageHead, Refused};
use crate::web::{Asked, Fields, Form, Gate, Html, InSession, KEPT, Marks, Page, PageError, Routes, own_cookie};

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
    errors: Option<ErrorSummary>,
    head: PageHead,
    /// What became of what was typed; that there is no way to prove it.
    notices: Vec<Notice>,
    /// To the provider that can say who it is.
    provider: Option<Link>,
    /// The office's own way, where there is no other.
    form: Option<Sheet>,
    /// The same behind a few words, where there is.
    local: Option<More>,
}

/// What the page is shown with.
struct Showing<'a> {
    next: &'a str,
    /// Whether a file has to be chosen again.
    is_file_lost: bool,
    refused: Refused<'a>,
}

async fn show(office: &Office, session: &Session, page: Page, showing: Showing<'_>) -> Result<Response, PageError> {
    let tx = office.db().read(session.actor.tenant()).await?;
    let has_password = store::account_of(&tx, session.person).await?.is_some();
    let is_code = factor::has(&tx, session.person).await?;
    let provider = match session.way {
        Way::Oidc => office.oidc().of(&people::government(&tx).await?.code),
        Way::Local => None,
    };
    let mut errors = None;
    let form = has_password.then(|| {
        let given = if is_code {
            Field::code("given", page.say("code")).hint(page.say("code-hint"))
        } else {
            Field::password("given", page.say("password"), "current-password")
        };
        Sheet::post(&page, "/proof")
            .narrow()
            .hidden("next", showing.next)
            .part(given)
            .button(Button::new(page.say("proof-send")))
            .after(&page, showing.refused, &mut errors)
    });
    if let (Some((_, problem)), None) = (showing.refused, &errors) {
        errors = Some(ErrorSummary::of(&page, problem, None));
    }
    let notices = [
        (showing.next == "/kept", Kind::Info, "proof-waits"),
        (showing.is_file_lost, Kind::Warn, "proof-file"),
        (provider.is_none() && form.is_none(), Kind::Warn, "proof-none"),
    ];
    let notices = notices.into_iter().filter(|(holds, ..)| *holds);
    let notices = notices.map(|(_, kind, words)| Notice::new(kind, "").line(page.say(words))).collect();
    let provider = provider.map(|provider| {
        let name = page.pick(&provider.config.name_ko, &provider.config.name_en);
        Link::to(address("/proof/provider", &[("next", showing.next)]), page.what("proof-by", name)).button().away()
    });
    let (form, local) = match (form, &provider) {
        (Some(form), Some(_)) => {
            (None, Some(More::act(page.say("proof-local")).form(form).open(showing.refused.is_some())))
        }
        (form, _) => (form, None),
    };
    let status = showing.refused.map(|(_, problem)| problem.status()).unwrap_or_default();
    let minutes = office.config().proof_minutes;
    let html = Html::of(&Proof {
        errors,
        head: PageHead::new(page.say("proof")).lead(page.count("proof-about", minutes)),
        notices,
        provider,
        form,
        local,
        page: if showing.refused.is_some() { page.refused() } else { page },
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
        Showing { next: own_path(asked.text("next")), is_file_lost: asked.text("why") == "file", refused: None };
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
    match local::prove(&office, &session, given, known_browser(&office, &headers)).await {
        Ok(()) => Ok(Redirect::to(next).into_response()),
        Err(error) => {
            let problem = match error {
                SignInError::Wrong => wrong_password(),
                error => error.into(),
            };
            let problem = refusal(problem, "given");
            let refused = Some((&form, &problem));
            show(&office, &session, page, Showing { next, is_file_lost: false, refused }).await
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
            let problem = refusal(error, "given");
            let (typed, is_file_lost) = (Fields::of(Vec::new()), false);
            show(&office, &session, page, Showing { next, is_file_lost, refused: Some((&typed, &problem)) }).await
        }
    }
}

#[derive(Template)]
#[template(path = "kept.html")]
struct Waiting {
    page: Page,
    head: PageHead,
    /// What was chosen, in words.
    chosen: Option<Notice>,
    /// The form that waits, and one that forgets it.
    form: Option<(Sheet, Sheet)>,
    /// Where to go, where nothing waits that can be sent.
    on: Option<Link>,
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
    "years",
    "record",
    "employee_no",
    "subject",
    "body",
    "name",
    "value",
    "from",
    "to",
    "person",
    "stand_in",
    "url",
    "records",
];

/// Fields that hold what somebody chose, and the beginning of the words of what can be chosen. The others say which record it is.
const CHOSEN: &[(&str, &str)] =
    &[("outcome", "outcome"), ("role", "role"), ("name", "setting"), ("class", "retention")];

/// Fields that take a line; the others take some.
const A_LINE: &[&str] = &[
    "recovered",
    "levied",
    "prevented",
    "until",
    "wait_for",
    "wait_until",
    "employee_no",
    "subject",
    "name",
    "value",
    "from",
    "to",
    "person",
    "stand_in",
    "url",
];

async fn kept_page(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
) -> Result<Html, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    let form = match own_cookie(&office, &headers, KEPT).map(Secret::of) {
        Some(secret) => kept::find(&office, session.actor.tenant(), session.person, &secret).await?,
        None => None,
    };
    let is_in_another_name = form.as_ref().is_some_and(|form| form.in_name_of != session.in_name_of());
    let Some(form) = form.filter(|_| !is_in_another_name) else {
        let (head, on) = if is_in_another_name {
            let head = PageHead::new(page.say("kept")).lead(page.say("kept-other-name"));
            (head, Link::to("/stand-ins", page.say("stand-ins")))
        } else {
            let head = PageHead::new(page.say("kept-none")).lead(page.say("kept-none-why"));
            (head, Link::to("/", page.say("to-home")))
        };
        return Html::of(&Waiting { page, head, chosen: None, form: None, on: Some(on) });
    };
    let (chosen, form) = waiting(&page, form);
    let head = PageHead::new(page.say("kept")).lead(page.say("kept-about"));
    Html::of(&Waiting { page, head, chosen, form: Some(form), on: None })
}

/// What was chosen, in words; the form, and the one that forgets it.
fn waiting(page: &Page, form: Kept) -> (Option<Notice>, (Sheet, Sheet)) {
    let action = format!("{}{}{AGAIN}", form.path, if form.path.contains('?') { '&' } else { '?' });
    let chosen_word = |name: &str, value: &str| {
        let (_, words) = CHOSEN.iter().find(|(field, _)| *field == name)?;
        let word = format!("{words}-{value}");
        // What has no word says itself.
        Some(page.say(&word)).filter(|said| *said != word)
    };
    let chosen: Vec<String> = form.fields.iter().filter_map(|(name, value)| chosen_word(name, value)).collect();
    let said = page.what("kept-chosen", chosen.join(", "));
    let chosen = (!chosen.is_empty()).then(|| Notice::new(Kind::Info, "").line(said));
    let back = form.page.unwrap_or_else(|| "/".to_owned());
    let mut sheet = Sheet::post(page, action);
    for (at, (name, value)) in form.fields.into_iter().enumerate() {
        // Shown to be read and changed; the others go along unseen.
        let is_shown = WRITTEN.contains(&name.as_str()) && !value.trim().is_empty();
        sheet = if is_shown && chosen_word(&name, &value).is_none() {
            let label = page.say(&format!("kept-field-{name}"));
            let is_line = A_LINE.contains(&name.as_str()) && !value.contains('\n');
            let field = if is_line { Field::text(name, label) } else { Field::area(name, label, 5) };
            // It waits in the office: the browser keeps no draft of it.
            sheet.part(field.id(format!("kept-{}", at + 1)).value(value).personal())
        } else {
            sheet.hidden(name, value)
        };
    }

    let forget = Sheet::post(page, "/kept").hidden("back", back).button(Button::second(page.say("kept-forget")));
    (chosen, (sheet.button(Button::new(page.say("kept-send"))), forget))
}

/// Forgets what waits.
async fn forget(
    State(office): State<Office>,
    InSession(session): InSession,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    if let Some(secret) = own_cookie(&office, &headers, KEPT).map(Secret::of) {
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
