//! The pages of people: the tree of units, who is where, roles, and the import of an HR export.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::records::Records;
use haechi_core::words::Language;

use super::{Changes, Grantee, by_hand, store};
use crate::ids::{GrantId, PersonId, RoleRequestId};
use crate::office::Office;
use crate::policy::{Action, Actor, Role, authorize, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, CheckAnswers, Column, DateField, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, Notice, PageHead,
    Panel, Refused, Row, Select, SummaryList, Table, Tabs, Value,
};
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/people", Gate::May(Action::ReadPeople), tree)
        .get("/people/grants", Gate::May(Action::ReadPeople), grants)
        .post("/people/grants", Gate::May(Action::GrantRole), give)
        .post("/people/grants/{id}/end", Gate::May(Action::GrantRole), end)
        .post("/people/requests/{id}", Gate::May(Action::GrantRole), decide)
        .get("/people/import", Gate::May(Action::ChangePeople), import_page)
        .post("/people/import", Gate::May(Action::ChangePeople), import_form)
        .post("/people/{id}/link", Gate::May(Action::GrantRole), link);
}

/// A unit in the tree.
struct Branch {
    name: String,
    about: String,
    depth: usize,
    is_open: bool,
    is_empty: bool,
    /// To the page of the unit.
    link: Link,
    members: Table,
}

#[derive(Template)]
#[template(path = "people/tree.html")]
struct Tree {
    page: Page,
    head: PageHead,
    tabs: Tabs,
    link: Option<Notice>,
    branches: Vec<Branch>,
    nothing: Empty,
    /// Those who have no place in any unit of today.
    elsewhere: Option<Table>,
}

/// The pages of the area, beside each other.
pub(super) fn tabs(me: &Actor, page: &Page, here: &str) -> Tabs {
    let mut tabs = vec![("/people", "menu-people"), ("/people/grants", "people-grants")];
    if me.may_ever(Action::ChangePeople) {
        tabs.push(("/people/import", "people-import"));
    }
    if me.may_ever(Action::StandIn) {
        tabs.push(("/stand-ins", "stand-ins"));
    }
    tabs.into_iter()
        .fold(Tabs::new(page.say("menu-people")), |all, (href, word)| all.tab(href, page.say(word), href == here))
}

async fn tree(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    show_tree(&office, &me, page, asked.text("unit"), None).await
}

async fn show_tree(_: &Office, me: &Actor, page: Page, chosen: &str, link: Option<String>) -> Result<Html, PageError> {
    let (directory, day) = (me.directory(), me.day());
    let (may_grant, may_change) = (me.may_ever(Action::GrantRole), me.may_ever(Action::ChangePeople));
    // One whose unit above has ended stands under the unit that took over, or at the top.
    let above = |unit: &super::Unit| {
        let parent = unit.parent.as_deref().and_then(|parent| directory.unit(parent, day));
        parent.filter(|parent| parent.code != unit.code).map(|parent| parent.code.clone())
    };
    let one_time = |person: &super::Person| {
        let link = Sheet::inline(&page, format!("/people/{}/link", person.id))
            .button(Button::plain(page.say("people-link")).of(&person.name));
        let account = Link::to(format!("/people/{}/account", person.id), page.say("person-account")).of(&person.name);
        if may_grant { Value::default().form(link).link(account) } else { Value::default() }
    };
    let named = |person: &super::Person| Link::to(format!("/people/persons/{}", person.id), &person.name);
    let mut branches = Vec::new();
    let mut empty = 0_usize;
    let mut stack: Vec<(&super::Unit, usize)> =
        directory.units_on(day).filter(|unit| above(unit).is_none()).map(|unit| (unit, 0)).collect();
    stack.reverse();
    while let Some((unit, depth)) = stack.pop() {
        let members: Vec<Row> = directory
            .places(&unit.code, day)
            .filter_map(|place| {
                let person = directory.person(place.person)?;
                let post = page.say(&format!("post-{}", place.post.as_str()));
                let away = !directory.is_there(person.id, day);
                Some(Row::new([
                    Value::from(named(person)).tag_if(away, Kind::Warn, page.say("person-away")),
                    person.employee_no.as_str().into(),
                    Value::from(post).tag_if(place.acting, Kind::Info, page.say("person-acting")),
                    place.duties.iter().map(String::as_str).collect::<Vec<_>>().join(", ").into(),
                    one_time(person),
                ]))
            })
            .collect();
        let mut columns = ["person-name", "person-number", "person-post", "person-duties"]
            .map(|word| Column::new(page.say(word)))
            .to_vec();
        columns.push(Column::new(page.say("action")).unseen());
        let mut about = format!("{} · {}", unit.code, page.count("people-members", members.len()));
        if unit.audits {
            about = format!("{about} · {}", page.say("people-audits"));
        }
        empty += usize::from(members.is_empty());
        let name = page.words(&unit.name).to_owned();
        branches.push(Branch {
            about,
            depth: depth.min(6),
            is_open: unit.code == chosen,
            is_empty: members.is_empty(),
            link: Link::to(by_hand::unit_address(&unit.code), page.say("unit-open")).of(&name),
            members: Table::new(&name, columns).rows(members),
            name,
        });
        let mut below: Vec<_> =
            directory.units_on(day).filter(|one| above(one).as_deref() == Some(&unit.code)).collect();
        below.reverse();
        stack.extend(below.into_iter().map(|one| (one, depth + 1)));
    }
    let without = directory.persons().filter(|person| {
        person.left_on.is_none_or(|last| day <= last) && directory.places_of(person.id, day).is_empty()
    });
    let without: Vec<Row> = without
        .map(|person| Row::new([named(person).into(), person.employee_no.as_str().into(), one_time(person)]))
        .collect();
    let columns = ["person-name", "person-number"].map(|word| Column::new(page.say(word)));
    let columns = columns.into_iter().chain([Column::new(page.say("action")).unseen()]);
    let elsewhere = (!without.is_empty()).then(|| Table::new(page.say("people-elsewhere"), columns).rows(without));
    let mut head = PageHead::new(page.say("menu-people")).lead(page.say("people-lead"));
    if may_change {
        head = head
            .link(Link::to("/people/unit/new", page.say("unit-add")))
            .link(Link::to("/people/person/new", page.say("person-add")));
    }
    if may_change && empty > 0 {
        head = head.expected(page.count("people-expected", empty));
    }
    let nothing = Empty::new(page.say("people-none"));
    let nothing =
        if may_change { nothing.link(Link::to("/people/import", page.say("people-import"))) } else { nothing };
    let link = link
        .map(|link| Notice::new(Kind::Good, page.say("people-link-shown")).line(Value::default().code(link)).said());
    Html::of(&Tree { head, tabs: tabs(me, &page, "/people"), link, branches, nothing, elsewhere, page })
}

/// A one-time link for somebody, shown once.
async fn link(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    page: Page,
    Form(_): Form,
) -> Result<Html, PageError> {
    authorize(&me, Action::GrantRole, Grantee(id))?;
    let by = me.id().ok_or_else(Problem::hidden)?.to_string();
    let link = crate::sign_in::link(&office, me.tenant(), id, &by, me.via()).await?;
    let link = format!("{}/start?link={link}", office.config().public_url);
    show_tree(&office, &me, page, "", Some(link)).await
}

/// Somebody who asks for a role.
struct Wanted {
    name: String,
    about: SummaryList,
    /// None for who may not decide, or asks for themselves.
    decide: Option<Sheet>,
}

#[derive(Template)]
#[template(path = "people/grants.html")]
struct Grants {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    tabs: Tabs,
    wanted: Vec<Wanted>,
    given: Table,
    give: Option<Sheet>,
}

async fn show_grants(office: &Office, me: &Actor, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let may_grant = me.may_ever(Action::GrantRole);
    let person = |id| me.directory().person(id).map(|person| format!("{} ({})", person.name, person.employee_no));
    let role = |role: &str| page.say(&format!("role-{role}"));
    let rows = store::grants(&tx, me.day()).await?.into_iter().map(|row| {
        let name = person(row.person).unwrap_or_default();
        let end = Sheet::inline(&page, format!("/people/grants/{}/end", row.id))
            .button(Button::plain(page.say("grant-end")).of(format!("{name}: {}", role(&row.role))));
        let from = page.day(&row.first_day);
        let days = match row.last_day {
            Some(day) => format!("{from} – {}", page.day(&day)),
            None => page.what("grant-open", from),
        };
        Row::new([
            Value::from(name),
            role(&row.role).into(),
            days.into(),
            row.granted_by.parse().ok().and_then(person).unwrap_or_else(|| page.say("by-installation")).into(),
            row.reason.into(),
            if may_grant && !me.is(Some(row.person)) { Value::default().form(end) } else { Value::default() },
        ])
    });
    let columns = [
        Column::new(page.say("person-name")),
        Column::new(page.say("role")),
        Column::day(page.say("grant-days")),
        Column::new(page.say("grant-by")),
        Column::new(page.say("reason")),
        Column::new(page.say("action")).unseen(),
    ];
    let given = Table::new(page.say("grants-given"), columns).rows(rows).or(Empty::new(page.say("grants-none")));
    let wanted: Vec<Wanted> = store::open_requests(&tx)
        .await?
        .into_iter()
        .map(|row| Wanted {
            name: person(row.person).unwrap_or_default(),
            about: SummaryList::new(&page)
                .row(page.say("role"), role(&row.role))
                .row(page.say("reason"), row.reason)
                .row(page.say("request-at"), page.moment(&row.asked_at)),
            decide: (may_grant && !me.is(Some(row.person))).then(|| {
                Sheet::post(&page, format!("/people/requests/{}", row.id))
                    .part(Field::text("answer", page.say("request-answer")).hint(page.say("request-answer-hint")))
                    .button(Button::new(page.say("request-grant")).sends("do", "grant"))
                    .button(Button::second(page.say("request-refuse")).sends("do", "refuse"))
                    .prefix(&format!("request-{}", row.id))
            }),
        })
        .collect();
    let roles = Role::GRANTED.iter().map(|one| (one.as_str().to_owned(), role(one.as_str())));
    let mut errors = None;
    let give = may_grant.then(|| {
        Sheet::post(&page, "/people/grants")
            .part(Field::text("employee_no", page.say("person-number")).short().exact())
            .part(Select::new("role", page.say("role"), roles))
            .part(
                DateField::new(&page, "to", page.say("grant-until"), &page.today)
                    .hint(page.say("grant-until-hint"))
                    .optional(&page),
            )
            .part(Field::text("reason", page.say("reason")))
            .button(Button::new(page.say("grant-give")))
            .after(&page, refused, &mut errors)
    });
    let expected =
        if wanted.is_empty() { page.say("requests-none") } else { page.count("requests-expected", wanted.len()) };
    let head = PageHead::new(page.say("people-grants")).lead(page.say("grants-lead"));
    let head = if may_grant { head.expected(expected) } else { head };
    Html::of(&Grants { errors, head, tabs: tabs(me, &page, "/people/grants"), wanted, given, give, page })
}

async fn grants(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    show_grants(&office, &me, page, None).await
}

async fn give(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let tried: Result<(), Problem> = async {
        let number = form.need::<String>("employee_no")?;
        let person = me.directory().with_employee_no(&number).map(|person| person.id);
        let person = person.ok_or_else(|| {
            let said = ("그 직원번호를 가진 사람이 없습니다.", "Nobody has that staff number.");
            Problem::invalid("people.number", said).at("employee_no")
        })?;
        let may = authorize(&me, Action::GrantRole, Grantee(person))?;
        let days = (form.day("from")?.unwrap_or_else(|| me.day()), form.day("to")?);
        super::grant(&office, &may, form.text("role"), days, form.text("reason")).await?;
        Ok(())
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to("/people/grants").into_response()) };
    let problem = shown_again(problem)?;
    let view = show_grants(&office, &me, page.refused(), Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<GrantId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::end_grant(&office, &me, id).await?;
    Ok(Redirect::to("/people/grants"))
}

async fn decide(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RoleRequestId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    super::decide(&office, &me, id, form.text("do") == "grant", form.text("answer")).await?;
    Ok(Redirect::to("/people/grants"))
}

#[derive(Template)]
#[template(path = "people/import.html")]
struct Import {
    page: Page,
    errors: Option<ErrorSummary>,
    done: Option<Panel>,
    head: PageHead,
    tabs: Tabs,
    /// What would change, or did.
    changes: Option<SummaryList>,
    check: Option<CheckAnswers>,
    form: Sheet,
}

/// What would change, or changed, row by row.
fn listed(page: &Page, changes: &Changes) -> SummaryList {
    let count = |count: usize| Value::default().strong(page.grouped(count as u64));
    let lines = |lines: &[String]| lines.iter().fold(count(lines.len()), |value, line| value.line(line));
    SummaryList::new(page)
        .row(page.say("import-units-new"), lines(&changes.new_units))
        .row(page.say("import-units-changed"), lines(&changes.changed_units))
        .row(page.say("import-units-ended"), lines(&changes.ended_units))
        .row(page.say("import-persons-new"), count(changes.new_persons.len()))
        .row(page.say("import-persons-changed"), lines(&changes.changed_persons))
        .row(page.say("import-left"), lines(&changes.left))
        .row(page.say("import-places-new"), count(changes.new_places.len()))
        .row(page.say("import-places-ended"), lines(&changes.ended_places))
        .row(page.say("import-taken-over"), lines(&changes.taken_over))
        .row(page.say("import-kept-by-hand"), lines(&changes.kept_by_hand))
        .row(page.say("import-absences"), count(changes.absences))
}

/// The page of an import: the form, or what it would change, or what it changed.
struct Importing {
    text: String,
    changes: Option<Changes>,
    is_done: bool,
    problem: Option<Problem>,
}

impl Importing {
    fn view(self, me: &Actor, page: Page) -> Result<Html, PageError> {
        let records = |page: &Page| {
            Field::area("records", page.say("import-records"), 12)
                .hint(page.say("import-hint"))
                .exact()
                .personal()
                .value(&self.text)
        };
        let errors = self.problem.as_ref();
        let errors = errors.map(|problem| ErrorSummary::of(&page, problem, Some("#records".to_owned())));
        let error = self.problem.as_ref().map(|problem| page.words(&problem.happened).to_owned()).unwrap_or_default();
        let form = Sheet::post(&page, "/people/import")
            .part(records(&page).error(error))
            .button(Button::second(page.say("import-preview")).sends("do", "preview"));
        let list = self.changes.as_ref().map(|changes| listed(&page, changes));
        let is_nothing = self.changes.as_ref().is_some_and(Changes::is_empty);
        let about = page.say(if is_nothing { "import-nothing" } else { "import-would" });
        let check = list.clone().filter(|_| !self.is_done).map(|list| {
            let take = Sheet::post(&page, "/people/import").hidden("records", &self.text);
            let take =
                if is_nothing { take } else { take.button(Button::new(page.say("import-take")).sends("do", "take")) };
            CheckAnswers::new(list, about, take)
        });
        Html::of(&Import {
            errors,
            done: self.is_done.then(|| Panel::new(&page, page.say("import-done"))),
            head: PageHead::new(page.say("people-import")).lead(page.say("import-about")),
            tabs: tabs(me, &page, "/people/import"),
            changes: list.filter(|_| self.is_done),
            check,
            form,
            page,
        })
    }
}

async fn import_page(Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    Importing { text: String::new(), changes: None, is_done: false, problem: None }.view(&me, page)
}

/// First what would change; the same records with `do=take` are taken in.
async fn import_form(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let text = form.text("records").to_owned();
    let refused = |ko: &str, en: &str| Problem::invalid("people.records", (ko, en)).at("records");
    let (changes, is_done, problem) = match serde_json::from_str::<Records>(&text) {
        Err(error) => {
            let said = |language| {
                let (line, column) = (error.line().to_string(), error.column().to_string());
                crate::say::say(language, "import-unreadable", &[("what", line.into()), ("of", column.into())])
            };
            let problem = refused(&said(Language::Korean), &said(Language::English));
            (None, false, Some(problem))
        }
        Ok(records) => {
            let is_done = form.text("do") == "take";
            let done = if is_done {
                super::take_in(&office, me.tenant(), may.entry("people", &records.government), &records).await
            } else {
                super::preview(&office, &may, &records).await
            };
            match done {
                Ok(changes) => (Some(changes), is_done, None),
                Err(super::PeopleError::Records(fault)) => {
                    (None, false, Some(refused(&fault.to_string(), &fault.to_string())))
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let page = if problem.is_some() { page.refused() } else { page };
    Ok((status, Importing { text, changes, is_done, problem }.view(&me, page)?).into_response())
}
