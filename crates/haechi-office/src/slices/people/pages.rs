//! The pages of people: the tree of units, who is where, roles, and the import of an HR export.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use haechi_core::records::Records;

use super::store;
use super::{Changes, Grantee};
use crate::ids::{GrantId, PersonId, RoleRequestId};
use crate::office::Office;
use crate::policy::{Action, Role, authorize, generally};
use crate::problem::Problem;
use crate::web::{Asked, Form, Gate, Html, Me, Page, PageError, Path, Routes};

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

/// Somebody in a unit.
struct Member {
    id: PersonId,
    name: String,
    number: String,
    post: String,
    duties: String,
    is_acting: bool,
    is_there: bool,
}

/// A unit in the tree.
struct Branch {
    code: String,
    name: String,
    depth: usize,
    audits: bool,
    members: Vec<Member>,
}

#[derive(Template)]
#[template(path = "people/tree.html")]
struct Tree {
    page: Page,
    branches: Vec<Branch>,
    chosen: String,
    may_change: bool,
    may_grant: bool,
    link: Option<String>,
}

async fn tree(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    show_tree(&office, &me, page, asked.text("unit"), None).await
}

async fn show_tree(
    _: &Office,
    me: &crate::policy::Actor,
    page: Page,
    chosen: &str,
    link: Option<String>,
) -> Result<Html, PageError> {
    let (directory, day) = (me.directory(), me.day());
    let mut branches = Vec::new();
    let mut stack: Vec<(&super::Unit, usize)> =
        directory.units_on(day).filter(|unit| unit.parent.is_none()).map(|unit| (unit, 0)).collect();
    stack.reverse();
    while let Some((unit, depth)) = stack.pop() {
        let members = directory.places(&unit.code, day).filter_map(|place| {
            let person = directory.person(place.person)?;
            Some(Member {
                id: person.id,
                name: person.name.clone(),
                number: person.employee_no.clone(),
                post: page.say(&format!("post-{}", place.post.as_str())),
                duties: place.duties.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
                is_acting: place.acting,
                is_there: directory.is_there(person.id, day),
            })
        });
        let members = members.collect();
        let name = page.words(&unit.name).to_owned();
        branches.push(Branch { code: unit.code.clone(), name, depth: depth.min(6), audits: unit.audits, members });
        let mut below: Vec<_> =
            directory.units_on(day).filter(|one| one.parent.as_deref() == Some(&unit.code)).collect();
        below.reverse();
        stack.extend(below.into_iter().map(|one| (one, depth + 1)));
    }
    let (may_change, may_grant) = (me.may_ever(Action::ChangePeople), me.may_ever(Action::GrantRole));
    Html::of(&Tree { page, branches, chosen: chosen.to_owned(), may_change, may_grant, link })
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

/// A grant.
struct Given {
    id: GrantId,
    name: String,
    role: String,
    from: String,
    to: String,
    by: String,
    reason: String,
    is_own: bool,
}

/// A request.
struct Wanted {
    id: RoleRequestId,
    name: String,
    role: String,
    reason: String,
    at: String,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "people/grants.html")]
struct Grants {
    page: Page,
    given: Vec<Given>,
    wanted: Vec<Wanted>,
    roles: Vec<(&'static str, String)>,
    may_grant: bool,
}

async fn grants(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    let tx = office.db().read(me.tenant()).await?;
    let person = |id| me.directory().person(id).map(|person| format!("{} ({})", person.name, person.employee_no));
    let given = store::grants(&tx, me.day()).await?;
    let given = given
        .into_iter()
        .map(|row| Given {
            id: row.id,
            is_own: me.is(Some(row.person)),
            name: person(row.person).unwrap_or_default(),
            role: page.say(&format!("role-{}", row.role)),
            from: page.day(&row.first_day),
            to: row.last_day.map(|day| page.day(&day)).unwrap_or_default(),
            by: row.granted_by.parse().ok().and_then(person).unwrap_or_else(|| page.say("by-installation")),
            reason: row.reason,
        })
        .collect();
    let wanted = store::open_requests(&tx).await?;
    let wanted = wanted
        .into_iter()
        .map(|row| Wanted {
            id: row.id,
            is_own: me.is(Some(row.person)),
            name: person(row.person).unwrap_or_default(),
            role: page.say(&format!("role-{}", row.role)),
            at: page.moment(&row.asked_at),
            reason: row.reason,
        })
        .collect();
    let roles =
        Role::GRANTED.iter().map(|role| (role.as_str(), page.say(&format!("role-{}", role.as_str())))).collect();
    let may_grant = me.may_ever(Action::GrantRole);
    Html::of(&Grants { page, given, wanted, roles, may_grant })
}

async fn give(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let number = form.text("employee_no");
    let person = me.directory().with_employee_no(number).map(|person| person.id).ok_or(super::PeopleError::NoPerson)?;
    let may = authorize(&me, Action::GrantRole, Grantee(person))?;
    let days = (form.read("from")?.unwrap_or_else(|| me.day()), form.read("to")?);
    super::grant(&office, &may, form.text("role"), days, form.text("reason")).await?;
    Ok(Redirect::to("/people/grants"))
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
    text: String,
    changes: Option<Changes>,
    is_done: bool,
    problem: Option<String>,
}

async fn import_page(Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    Html::of(&Import { page, text: String::new(), changes: None, is_done: false, problem: None })
}

/// First what would change; the same records with `do=take` are taken in.
async fn import_form(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let text = form.text("records").to_owned();
    let records: Records = match serde_json::from_str(&text) {
        Ok(records) => records,
        Err(error) => {
            let problem = Some(page.of("import-unreadable", error.line(), error.column()));
            return Html::of(&Import { page, text, changes: None, is_done: false, problem });
        }
    };
    let is_done = form.text("do") == "take";
    let done = if is_done {
        super::take_in(&office, me.tenant(), may.entry("people", &records.government), &records).await
    } else {
        super::preview(&office, &may, &records).await
    };
    match done {
        Ok(changes) => Html::of(&Import { page, text, changes: Some(changes), is_done, problem: None }),
        Err(super::PeopleError::Records(fault)) => {
            Html::of(&Import { page, text, changes: None, is_done: false, problem: Some(fault.to_string()) })
        }
        Err(error) => Err(error.into()),
    }
}
