//! The guide on the first page, and the page of all of one's own.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Action, Actor, Role, generally};
use crate::web::ui::{Button, Crumbs, Form as Sheet, Link, PageHead};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::OwnAccount);
    routes.get("/guides", gate, list).post("/guides/{role}/seen", gate, seen);
}

/// What the day of a role is like.
pub(crate) struct Guide {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    /// Puts it away.
    pub(crate) away: Sheet,
}

impl Guide {
    fn of(page: &Page, role: Role) -> Self {
        let word = role.as_str();
        Self {
            title: page.what("guide-title", page.say(&format!("role-{word}"))),
            lines: page.say(&format!("guide-{word}")).lines().map(str::to_owned).collect(),
            away: Sheet::inline(page, format!("/guides/{word}/seen")).button(Button::second(page.say("guide-away"))),
        }
    }
}

/// The guide that the first page shows: of the role that asks for the most of those not put away yet.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn first(tx: &Transaction, me: &Actor, page: &Page) -> Result<Option<Guide>, sea_orm::DbErr> {
    let own = super::of(tx, me).await?;
    Ok(own.into_iter().find(|(_, is_seen)| !is_seen).map(|(role, _)| Guide::of(page, role)))
}

#[derive(Template)]
#[template(path = "guides.html")]
struct Guides {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    guides: Vec<Guide>,
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::OwnAccount)?;
    let tx = office.db().read(me.tenant()).await?;
    let guides = super::of(&tx, &me).await?.into_iter().map(|(role, _)| Guide::of(&page, role)).collect();
    Html::of(&Guides {
        crumbs: Crumbs::new(&page, [Link::to("/help", page.say("help"))], page.say("guides")),
        head: PageHead::new(page.say("guides")).lead(page.say("guides-about")),
        guides,
        page,
    })
}

async fn seen(
    State(office): State<Office>,
    Me(me): Me,
    Path(role): Path<String>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::put_away(&office, &generally(&me, Action::OwnAccount)?, &role).await?;
    Ok(Redirect::to("/"))
}
