//! The page of one's own views.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::ids::SavedViewId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Column, Crumbs, Empty, ErrorSummary, Field, Form as Sheet, Link, PageHead, Refused, Row, Table, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

pub(in super::super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::OwnAccount);
    routes
        .get("/views", gate, list)
        .post("/views", gate, save)
        .get("/views/new", gate, new)
        .get("/views/{id}/rename", gate, rename_page)
        .post("/views/{id}/rename", gate, rename)
        .post("/views/{id}/remove", gate, remove);
}

#[derive(Template)]
#[template(path = "cases/views.html")]
struct Views {
    page: Page,
    head: PageHead,
    crumbs: Crumbs,
    views: Table,
}

#[derive(Template)]
#[template(path = "cases/view_form.html")]
struct OneForm {
    page: Page,
    title: String,
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    head: PageHead,
    form: Sheet,
}

fn address(query: &str) -> String {
    format!("/cases?{query}")
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::OwnAccount)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = super::of(&tx, me.id()).await?.into_iter().map(|view| {
        let remove = Sheet::inline(&page, format!("/views/{}/remove", view.id))
            .button(Button::plain(page.say("view-remove")).of(&view.name));
        let rename = Link::to(format!("/views/{}/rename", view.id), page.say("view-rename")).of(&view.name);
        Row::new([
            Value::from(Link::to(address(&view.query), &view.name)),
            page.moment(&view.made_at).into(),
            Value::from(rename).form(remove),
        ])
    });
    let columns = [
        Column::new(page.say("view-name")),
        Column::day(page.say("view-made")),
        Column::new(page.say("action")).unseen(),
    ];
    let nothing = Empty::new(page.say("views-none")).text(page.say("views-none-about"));
    Html::of(&Views {
        head: PageHead::new(page.say("views")).lead(page.say("views-about")),
        crumbs: Crumbs::new(&page, [Link::to("/cases", page.say("menu-cases"))], page.say("views")),
        views: Table::new(page.say("views"), columns).rows(rows).or(nothing),
        page,
    })
}

fn form_page(page: Page, title: &str, form: Sheet, refused: Refused<'_>) -> Result<Html, PageError> {
    let title = page.say(title);
    let above = [Link::to("/cases", page.say("menu-cases")), Link::to("/views", page.say("views"))];
    let mut errors = None;
    let form = form.after(&page, refused, &mut errors);
    Html::of(&OneForm {
        crumbs: Crumbs::new(&page, above, &title),
        errors,
        head: PageHead::new(&title),
        form,
        title,
        page,
    })
}

fn save_form(page: &Page, query: &str) -> Sheet {
    Sheet::post(page, "/views")
        .hidden("query", query)
        .part(Field::text("name", page.say("view-name")).hint(page.say("view-name-hint")).most(super::LONGEST))
        .button(Button::new(page.say("view-save")))
}

async fn new(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::OwnAccount)?;
    let form = save_form(&page, &super::known(&office, &asked)?);
    form_page(page, "view-save", form, None)
}

async fn save(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let may = generally(&me, Action::OwnAccount)?;
    let query = super::known(&office, &super::read(form.text("query")))?;
    let Err(error) = super::save(&office, &may, form.text("name"), &query).await else {
        return Ok(Redirect::to(&address(&query)).into_response());
    };
    let problem = shown_again(error)?;
    let sheet = save_form(&page, &query);
    let view = form_page(page.refused(), "view-save", sheet, Some((&form, &problem)))?;
    Ok((problem.status(), view).into_response())
}

async fn rename_form(office: &Office, me: &Actor, page: &Page, id: SavedViewId) -> Result<Sheet, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let view = super::of(&tx, me.id()).await?.into_iter().find(|view| view.id == id).ok_or_else(Problem::hidden)?;
    Ok(Sheet::post(page, format!("/views/{id}/rename"))
        .part(Field::text("name", page.say("view-name")).value(view.name).most(super::LONGEST))
        .button(Button::new(page.say("view-rename"))))
}

async fn rename_page(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<SavedViewId>,
) -> Result<Html, PageError> {
    generally(&me, Action::OwnAccount)?;
    let form = rename_form(&office, &me, &page, id).await?;
    form_page(page, "view-rename", form, None)
}

async fn rename(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<SavedViewId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::OwnAccount)?;
    let Err(error) = super::rename(&office, &may, id, form.text("name")).await else {
        return Ok(Redirect::to("/views").into_response());
    };
    let problem = shown_again(error)?;
    let sheet = rename_form(&office, &me, &page, id).await?;
    let view = form_page(page.refused(), "view-rename", sheet, Some((&form, &problem)))?;
    Ok((problem.status(), view).into_response())
}

async fn remove(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<SavedViewId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::remove(&office, &generally(&me, Action::OwnAccount)?, id).await?;
    Ok(Redirect::to("/views"))
}
