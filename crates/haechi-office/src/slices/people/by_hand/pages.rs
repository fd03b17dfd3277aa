//! The page of a unit and that of a person, and the forms behind them.

mod person;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::time::Day;

use super::super::directory::{Directory, Unit};
use super::super::store::{appointment, person_row};
use super::{ByHandError, persons, store, units};
use crate::ids::{AbsenceId, AppointmentId, PersonId};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Choice, Choices, Column, Crumbs, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, Notice,
    PageHead, Refused, Row, Select, SummaryList, Table, Tag, Value,
};
use crate::web::{Asked, Fields, Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    let (read, change) = (Gate::May(Action::ReadPeople), Gate::May(Action::ChangePeople));
    routes
        .get("/people/unit", read, unit)
        .get("/people/unit/new", change, unit_new)
        .post("/people/unit/new", change, unit_add)
        .get("/people/unit/change", change, unit_change)
        .post("/people/unit/change", change, unit_changed)
        .get("/people/unit/end", change, unit_end)
        .post("/people/unit/end", change, unit_ended);
    person::routes(routes);
}

/// The page of a unit. Codes are those of source systems and may hold anything.
pub(in super::super) fn unit_address(code: &str) -> String {
    address("/people/unit", code)
}

fn address(path: &str, code: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("code", code).finish();
    format!("{path}?{query}")
}

fn person_address(id: PersonId) -> String {
    format!("/people/persons/{id}")
}

#[derive(Template)]
#[template(path = "people/by_hand_form.html")]
struct OneForm {
    page: Page,
    title: String,
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    head: PageHead,
    notice: Option<Notice>,
    form: Sheet,
}

/// A form on a page of its own.
struct Shown {
    title: String,
    lead: String,
    above: Vec<Link>,
    notice: Option<Notice>,
    form: Sheet,
}

impl Shown {
    fn page(self, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
        let mut errors = None;
        let form = self.form.after(&page, refused, &mut errors);
        let above = std::iter::once(Link::to("/people", page.say("menu-people"))).chain(self.above);
        Html::of(&OneForm {
            crumbs: Crumbs::new(&page, above, &self.title),
            errors,
            head: PageHead::new(&self.title).lead(self.lead),
            notice: self.notice,
            form,
            title: self.title,
            page,
        })
    }
}

/// What was done leads to `to`; what was refused is shown with the form again.
async fn answered(
    tried: Result<String, Problem>,
    page: Page,
    form: &Fields,
    again: impl AsyncFnOnce(&Page) -> Result<Shown, PageError>,
) -> Result<Response, PageError> {
    let problem = match tried {
        Ok(to) => return Ok(Redirect::to(&to).into_response()),
        Err(problem) => shown_again(problem)?,
    };
    let page = page.refused();
    let shown = again(&page).await?;
    Ok((problem.status(), shown.page(page, Some((form, &problem)))?).into_response())
}

fn day_of(form: &Fields, name: &str) -> Result<Day, Problem> {
    match form.day(name)? {
        Some(day) => Ok(day),
        None => form.need(name),
    }
}

/// By whom it is kept.
fn kept(page: &Page, by_hand: bool) -> Value {
    Value::from(page.say(if by_hand { "kept-by-hand" } else { "kept-by-register" }))
}

fn days(page: &Page, from: &Day, to: Option<&Day>) -> String {
    match to {
        Some(to) => format!("{} – {}", page.day(from), page.day(to)),
        None => page.what("grant-open", page.day(from)),
    }
}

/// The units of a day as choices, each under its name and code.
fn choices(page: &Page, directory: &Directory, day: Day, but: &str, none: &str) -> Vec<(String, String)> {
    let units = directory.units_on(day).filter(|unit| unit.code != but && unit.code != super::super::OWN_UNIT);
    let units = units.map(|unit| (unit.code.clone(), format!("{} ({})", page.words(&unit.name), unit.code)));
    std::iter::once((String::new(), page.say(none))).chain(units).collect()
}

/// The unit of today, or the last state of one that ended or is to begin.
fn known(all: &[Unit], day: Day) -> Option<&Unit> {
    let holds = |unit: &&Unit| unit.from <= day && unit.to.is_none_or(|to| day <= to);
    all.iter().find(holds).or_else(|| all.iter().max_by_key(|unit| unit.from))
}

#[derive(Template)]
#[template(path = "people/unit.html")]
struct UnitPage {
    page: Page,
    title: String,
    crumbs: Crumbs,
    head: PageHead,
    about: SummaryList,
    members: Table,
    below: Option<Table>,
    history: Table,
}

async fn unit(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    let (code, directory, day) = (asked.text("code"), me.directory(), me.day());
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::units(&tx, code).await?;
    let by_hand = rows.iter().any(|row| row.by_hand);
    let states: Vec<Unit> = super::super::store::units(&tx).await?.into_iter().filter(|one| one.code == code).collect();
    let unit = known(&states, day).ok_or(ByHandError::Gone)?;
    let is_there = unit.from <= day && unit.to.is_none_or(|to| day <= to);
    let may_change = me.may_ever(Action::ChangePeople) && code != super::super::OWN_UNIT;
    let title = page.words(&unit.name).to_owned();
    let called =
        |code: &str| directory.unit(code, day).map_or_else(|| code.to_owned(), |one| page.words(&one.name).to_owned());
    let linked = |code: &str| Value::from(Link::to(unit_address(code), called(code)));
    let mut about = SummaryList::new(&page)
        .row(page.say("unit-code"), Value::default().code(code))
        .row(page.say("unit-name-ko"), unit.name.ko.as_str())
        .row(page.say("unit-name-en"), unit.name.en.as_str())
        .row(page.say("unit-above"), unit.parent.as_deref().map_or_else(|| Value::from(page.say("unit-top")), linked))
        .row(
            page.say("unit-days"),
            days(&page, &states.iter().map(|one| one.from).min().unwrap_or(unit.from), unit.to.as_ref()),
        )
        .row(page.say("unit-kept"), kept(&page, by_hand));
    if let Some(successor) = &unit.successor {
        about = about.row(page.say("unit-successor"), linked(successor));
    }
    let head_of = directory.head(code, day).map(|head| Link::to(person_address(head.id), &head.name));
    about =
        about.row(page.say("unit-head"), head_of.map_or_else(|| Value::from(page.say("unit-no-head")), Value::from));
    let members = directory.places(code, day).filter_map(|place| {
        let person = directory.person(place.person)?;
        let post = page.say(&format!("post-{}", place.post.as_str()));
        Some(Row::new([
            Value::from(Link::to(person_address(person.id), &person.name)).tag_if(
                !directory.is_there(person.id, day),
                Kind::Warn,
                page.say("person-away"),
            ),
            person.employee_no.as_str().into(),
            Value::from(post).tag_if(place.acting, Kind::Info, page.say("person-acting")),
            place.duties.iter().map(String::as_str).collect::<Vec<_>>().join(", ").into(),
        ]))
    });
    let columns = ["person-name", "person-number", "person-post", "person-duties"];
    let members = Table::new(page.say("unit-members"), columns.map(|word| Column::new(page.say(word))))
        .rows(members)
        .or(Empty::new(page.say("people-empty")));
    let below: Vec<Row> = directory
        .units_on(day)
        .filter(|one| one.parent.as_deref() == Some(code))
        .map(|one| Row::new([linked(&one.code), Value::default().code(one.code.as_str())]))
        .collect();
    let columns = ["unit-name", "unit-code"].map(|word| Column::new(page.say(word)));
    let below = (!below.is_empty()).then(|| Table::new(page.say("unit-below"), columns).rows(below));
    let history = rows.iter().rev().map(|row| {
        let is_now = row.first_day <= day && row.last_day.is_none_or(|last| day <= last);
        let is_planned = row.first_day > day;
        Row::new([
            Value::from(days(&page, &row.first_day, row.last_day.as_ref()))
                .tag_if(is_now, Kind::Good, page.say("state-now"))
                .tag_if(is_planned, Kind::Info, page.say("state-planned")),
            page.pick(&row.name_ko, &row.name_en).into(),
            row.parent.as_deref().map(called).unwrap_or_default().into(),
        ])
    });
    let columns =
        [Column::day(page.say("unit-days")), Column::new(page.say("unit-name")), Column::new(page.say("unit-above"))];
    let history = Table::new(page.say("unit-history"), columns).rows(history);
    let mut head = PageHead::new(&title);
    if unit.audits {
        head = head.tag(Tag::new(Kind::Info, page.say("people-audits")));
    }
    if !is_there {
        head = head.tag(Tag::new(Kind::Warn, page.say(if unit.from > day { "state-planned" } else { "state-over" })));
    }
    if may_change && unit.to.is_none_or(|to| day <= to) {
        head = head
            .link(Link::to(address("/people/unit/change", code), page.say("unit-change")))
            .link(Link::to(address("/people/unit/end", code), page.say("unit-end")));
    }
    Html::of(&UnitPage {
        crumbs: Crumbs::new(&page, [Link::to("/people", page.say("menu-people"))], &title),
        head,
        about,
        members,
        below,
        history,
        title,
        page,
    })
}

/// The fields of a unit.
fn unit_fields(form: Sheet, page: &Page, me: &Actor, unit: Option<&Unit>, from: &Day) -> Sheet {
    let (ko, en) = unit.map(|unit| (unit.name.ko.as_str(), unit.name.en.as_str())).unwrap_or_default();
    let code = unit.map(|unit| unit.code.as_str()).unwrap_or_default();
    let parent = unit.and_then(|unit| unit.parent.clone()).unwrap_or_default();
    let audits = Choice::new("yes", page.say("unit-audits")).hint(page.say("unit-audits-hint"));
    form.part(Field::text("name_ko", page.say("unit-name-ko")).value(ko))
        .part(Field::text("name_en", page.say("unit-name-en")).value(en).optional(page))
        .part(
            Select::new("parent", page.say("unit-above"), choices(page, me.directory(), me.day(), code, "unit-top"))
                .chosen(parent),
        )
        .part(Choices::many("audits", page.say("unit-kind"), [audits.chosen(unit.is_some_and(|unit| unit.audits))]))
        .part(DateField::new(page, "from", page.say("by-hand-from"), &page.today).day(page, Some(from)))
}

/// What was typed of a unit.
fn unit_said(form: &Fields) -> Result<units::Said<'_>, Problem> {
    let parent = form.text("parent");
    Ok(units::Said {
        ko: form.text("name_ko"),
        en: form.text("name_en"),
        parent: (!parent.is_empty()).then_some(parent),
        audits: form.text("audits") == "yes",
        from: day_of(form, "from")?,
    })
}

fn new_unit(page: &Page, me: &Actor) -> Shown {
    let form = Sheet::post(page, "/people/unit/new")
        .part(Field::text("code", page.say("unit-code")).hint(page.say("unit-code-hint")).short().exact());
    Shown {
        title: page.say("unit-add"),
        lead: page.say("unit-add-about"),
        above: Vec::new(),
        notice: None,
        form: unit_fields(form, page, me, None, &page.today).button(Button::new(page.say("unit-add-do"))),
    }
}

async fn unit_new(Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    new_unit(&page, &me).page(page, None)
}

async fn unit_add(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = async {
        let code = form.text("code");
        units::add(&office, &may, code, unit_said(&form)?).await?;
        Ok(unit_address(code))
    };
    answered(tried.await, page, &form, async |page: &Page| Ok(new_unit(page, &me))).await
}

/// The unit that is changed or ended, which is there today or later.
fn changeable<'a>(me: &'a Actor, code: &str) -> Result<&'a Unit, Problem> {
    let (directory, day) = (me.directory(), me.day());
    let today = directory.units_on(day).find(|unit| unit.code == code);
    let unit = today.or_else(|| directory.units_after(day).find(|unit| unit.code == code));
    unit.filter(|unit| unit.code != super::super::OWN_UNIT).ok_or_else(|| ByHandError::Gone.into())
}

fn change_unit(page: &Page, me: &Actor, unit: &Unit) -> Shown {
    let form = Sheet::post(page, "/people/unit/change").hidden("code", &unit.code);
    let from = page.today.max(unit.from);
    Shown {
        title: page.say("unit-change"),
        lead: page.say("unit-change-about"),
        above: vec![Link::to(unit_address(&unit.code), page.words(&unit.name))],
        notice: None,
        form: unit_fields(form, page, me, Some(unit), &from).button(Button::new(page.say("unit-change-do"))),
    }
}

async fn unit_change(Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    let unit = changeable(&me, asked.text("code"))?;
    change_unit(&page, &me, unit).page(page, None)
}

async fn unit_changed(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let unit = changeable(&me, form.text("code"))?;
    let tried = async {
        units::change(&office, &may, &unit.code, unit_said(&form)?).await?;
        Ok(unit_address(&unit.code))
    };
    answered(tried.await, page, &form, async |page: &Page| Ok(change_unit(page, &me, unit))).await
}

/// The form that ends a unit says first who and what is in it, and what becomes of that.
fn end_unit(page: &Page, me: &Actor, unit: &Unit) -> Shown {
    let (directory, day) = (me.directory(), me.day());
    let people = directory.places(&unit.code, day).count();
    let below = directory.units_on(day).filter(|one| one.parent.as_deref() == Some(&unit.code)).count();
    let notice = Notice::new(Kind::Warn, page.say("unit-end-then"))
        .line(page.count("unit-end-people", people))
        .line(page.count("unit-end-below", below))
        .line(page.say("unit-end-cases"));
    let successors = choices(page, directory, day, &unit.code, "unit-no-successor");
    let form = Sheet::post(page, "/people/unit/end")
        .hidden("code", &unit.code)
        .part(DateField::new(page, "from", page.say("unit-end-from"), &page.today).hint(page.say("unit-end-from-hint")))
        .part(Select::new("successor", page.say("unit-successor"), successors).hint(page.say("unit-successor-hint")))
        .part(Choices::one(
            "places",
            page.say("unit-end-places"),
            [
                Choice::new("move", page.say("unit-end-move")).hint(page.say("unit-end-move-hint")).chosen(true),
                Choice::new("end", page.say("unit-end-end")).hint(page.say("unit-end-end-hint")),
            ],
        ))
        .button(Button::danger(page.say("unit-end-do")));
    Shown {
        title: page.say("unit-end"),
        lead: String::new(),
        above: vec![Link::to(unit_address(&unit.code), page.words(&unit.name))],
        notice: Some(notice),
        form,
    }
}

async fn unit_end(Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    let unit = changeable(&me, asked.text("code"))?;
    end_unit(&page, &me, unit).page(page, None)
}

async fn unit_ended(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let unit = changeable(&me, form.text("code"))?;
    let tried = async {
        let successor = form.text("successor");
        let successor = (!successor.is_empty()).then_some(successor);
        let places = if form.text("places") == "move" { units::Places::Move } else { units::Places::End };
        units::end(&office, &may, &unit.code, day_of(&form, "from")?, successor, places).await?;
        Ok(unit_address(&unit.code))
    };
    answered(tried.await, page, &form, async |page: &Page| Ok(end_unit(page, &me, unit))).await
}
