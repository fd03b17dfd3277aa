//! The page of tokens: which programs may come in, for what, until when.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::time::Days;

use super::super::store;
use super::super::{SignInError, make_token, revoke_token};
use crate::ids::TokenId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Choice, Choices, Column, Crumbs, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, Notice,
    PageHead, Refused, Row, Table, Tabs, Tag, Value,
};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

/// Days a token holds at most: somebody looks once a year whether it is still wanted.
const LONGEST: u64 = 366;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/settings/tokens", Gate::May(Action::ChangeSettings), tokens)
        .post("/settings/tokens", Gate::May(Action::ChangeSettings), make)
        .post("/settings/tokens/{id}/revoke", Gate::May(Action::ChangeSettings), revoke);
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    page: Page,
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    /// The secret of the one just made.
    made: Option<Notice>,
    head: PageHead,
    tabs: Tabs,
    lines: Table,
    form: Sheet,
}

async fn show(
    office: &Office,
    me: &Actor,
    page: Page,
    made: Option<String>,
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let name = |person| me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default();
    let rows = store::tokens(&tx).await?.into_iter().map(|row| {
        let revoke = Sheet::inline(&page, format!("/settings/tokens/{}/revoke", row.id))
            .button(Button::plain(page.say("token-revoke")).of(&row.name));
        let by = row.made_by.parse().map_or_else(|_| page.say("by-installation"), name);
        Row::new([
            Value::from(row.name),
            row.person.map_or_else(|| page.say("role-engine"), name).into(),
            Value::default().code(row.scopes),
            Value::from(by).soft(page.moment(&row.made_at)),
            page.moment(&row.expires_at).into(),
            if row.expires_at > office.now() {
                Value::default().form(revoke)
            } else {
                Tag::plain(page.say("token-over")).into()
            },
        ])
    });
    let columns = [
        Column::new(page.say("token-name")),
        Column::new(page.say("token-whose")),
        Column::new(page.say("token-scopes")),
        Column::new(page.say("token-made")),
        Column::day(page.say("token-until")),
        Column::new(page.say("action")).unseen(),
    ];
    let lines = Table::new(page.say("tokens"), columns).rows(rows).or(Empty::new(page.say("tokens-none")));
    let choices = ["engine", "read", "write"].map(|one| Choice::new(one, page.say(&format!("token-for-{one}"))));
    let last = me.day() + Days::new(LONGEST);
    let mut errors = None;
    let form = Sheet::post(&page, "/settings/tokens")
        .part(Field::text("name", page.say("token-name")).hint(page.say("token-name-hint")).most(100))
        .part(Choices::one("for", page.say("token-for"), choices))
        .part(DateField::new(&page, "until", page.say("token-until"), &last).hint(page.say("token-until-hint")))
        .button(Button::new(page.say("token-make")))
        .after(&page, refused, &mut errors);
    let made =
        made.map(|secret| Notice::new(Kind::Good, page.say("token-once")).line(Value::default().code(secret)).said());
    Html::of(&Tokens {
        crumbs: Crumbs::new(&page, [Link::to("/settings", page.say("menu-settings"))], page.say("tokens")),
        errors,
        made,
        head: PageHead::new(page.say("tokens")).lead(page.say("tokens-about")),
        tabs: crate::settings::pages::tabs(&page, "/settings/tokens"),
        lines,
        form,
        page,
    })
}

async fn tokens(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    show(&office, &me, page, None, None).await
}

/// Makes a token of the engine or of oneself, and shows it this once.
async fn make(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let tried: Result<String, Problem> = async {
        let (whose, scopes): (_, &[&str]) = match form.text("for") {
            "engine" => (None, &["runs"]),
            "read" => (me.id(), &["read"]),
            "write" => (me.id(), &["read", "write"]),
            _ => return Err(Problem::from(SignInError::Scope).at("for")),
        };
        let until = form.day("until")?.ok_or_else(|| Problem::from(SignInError::Scope).at("until"))?;
        let end = until.and_hms_opt(23, 59, 59).filter(|_| until <= me.day() + Days::new(LONGEST));
        let end = office.moment(end.ok_or_else(|| Problem::from(SignInError::Scope).at("until"))?);
        let (entry, name) = (may.entry("token", ""), form.need::<String>("name")?);
        Ok(make_token(&office, me.tenant(), entry, &name, whose, scopes, end).await?.1)
    }
    .await;
    match tried {
        Ok(secret) => Ok(show(&office, &me, page, Some(secret), None).await?.into_response()),
        Err(problem) => {
            let problem = shown_again(problem)?;
            let view = show(&office, &me, page.refused(), None, Some((&form, &problem))).await?;
            Ok((problem.status(), view).into_response())
        }
    }
}

async fn revoke(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<TokenId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    revoke_token(&office, &may, id).await.map_err(Problem::from)?;
    Ok(Redirect::to("/settings/tokens"))
}
