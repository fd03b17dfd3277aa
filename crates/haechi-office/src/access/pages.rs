//! The page of accesses, and the form that shows names.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::review::{self, Month};
use super::{AccessError, masked_number, store};
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::ui::{
    Button, Column, Empty, Field, Filters, Form as Sheet, Kind, Link, Notice, PageHead, Row, Table, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/access", Gate::May(Action::ReviewAccess), month_page)
        .post("/access/{month}/sign", Gate::May(Action::ReviewAccess), sign_form)
        .post("/cases/{id}/reveal", Gate::May(Action::RevealPersonal), reveal_form);
}

/// Reasons that a page lists.
const MOST: u64 = 500;

/// How a month was signed, or the form that signs it.
enum Review {
    Signed(Notice),
    Form(Sheet),
    NotOver(String),
}

#[derive(Template)]
#[template(path = "access.html")]
struct Access {
    page: Page,
    title: String,
    head: PageHead,
    due: Option<Notice>,
    filters: Filters,
    before: Link,
    next: Option<Link>,
    people: Table,
    reasons: Table,
    is_cut: bool,
    review: Review,
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
    let counts = review::counts(&office, &tx, month).await?;
    let unusual = counts.iter().filter(|(_, counts)| counts.is_unusual()).count();
    let rows = counts.into_iter().map(|(person, counts)| {
        let views = Value::from(counts.views.to_string());
        let views = if counts.is_many { views.late(page.say("access-many")) } else { views };
        Row::new([
            Value::from(name(person)).tag_if(counts.is_unusual(), Kind::Warn, page.say("access-unusual")),
            views,
            counts.reveals.to_string().into(),
            counts.downloads.to_string().into(),
            counts.at_night.to_string().into(),
            counts.days_off.to_string().into(),
        ])
    });
    let numbers = ["access-view", "access-reveal", "access-download", "access-night", "access-off"];
    let columns = std::iter::once(Column::new(page.say("access-who")));
    let columns = columns.chain(numbers.map(|word| Column::number(page.say(word))));
    let people = Table::new(page.say("access-people"), columns).rows(rows).or(Empty::new(page.say("access-none")));
    let reasons = review::with_reason(&office, &tx, month, MOST).await?;
    let is_cut = reasons.len() as u64 == MOST;
    let rows = reasons.into_iter().map(|row| {
        let look = Link::to(format!("/cases/{}", row.case_id), page.say(&format!("access-{}", row.action)));
        Row::new([
            Value::from(page.moment(&row.at)),
            name(row.person).into(),
            look.into(),
            // Whose it is stays masked here: the review is about who looked.
            masked_number(&row.whose).into(),
            row.reason.into(),
        ])
    });
    let columns = [
        Column::day(page.say("access-when")),
        Column::new(page.say("access-who")),
        Column::new(page.say("access-what")),
        Column::new(page.say("access-whose")),
        Column::new(page.say("reason")),
    ];
    let reasons =
        Table::new(page.say("access-reasons"), columns).rows(rows).or(Empty::new(page.say("access-reasons-none")));
    let signed = store::reviews(&tx).await?.into_iter().find(|row| row.month == month.to_string());
    let review = match signed {
        Some(row) => Review::Signed(
            Notice::new(Kind::Good, page.of("access-signed", name(row.signed_by), page.moment(&row.signed_at)))
                .line(row.note),
        ),
        None if month < this => Review::Form(
            Sheet::post(&page, format!("/access/{month}/sign"))
                .part(Field::area("note", page.say("access-note"), 3).optional(&page))
                .button(Button::new(page.say("access-sign"))),
        ),
        None => Review::NotOver(page.say("access-not-over")),
    };
    let due = review::due(&office, &tx).await?;
    let expected = match (due.is_empty(), unusual) {
        (false, _) => page.count("access-expected-due", due.len()),
        (true, 0) => page.say("access-expected-nothing"),
        (true, count) => page.count("access-expected-unusual", count),
    };
    let to = |month: &Month| Link::to(format!("/access?month={month}"), month.to_string());
    let due = (!due.is_empty()).then(|| {
        let months = due.iter().fold(Value::default(), |value, month| value.link(to(month)));
        Notice::new(Kind::Warn, page.say("access-due")).line(months)
    });
    let title = page.what("access-month", month);
    let access = Access {
        head: PageHead::new(&title).expected(expected).lead(page.say("access-about")).printable(&page),
        due,
        filters: Filters::new(&page, "/access").part(Field::month("month", page.say("month")).value(month.to_string())),
        before: to(&month.before()),
        next: Some(month.next()).filter(|next| *next <= this).map(|next| to(&next)),
        people,
        reasons,
        is_cut,
        review,
        title,
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
