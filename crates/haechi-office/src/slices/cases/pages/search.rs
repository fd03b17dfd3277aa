//! One field for all that somebody may find: cases, units, people.

use askama::Template;
use axum::extract::State;

use super::super::{Filter, Order, store};
use super::lines;
use crate::office::Office;
use crate::policy::{self, Action};
use crate::web::ui::{Empty, Field, Filters, Link, PageHead, TaskList};
use crate::web::{Asked, Html, Me, Page, PageError};

/// As many of each kind are shown.
const SHOWN: u64 = 10;

#[derive(Template)]
#[template(path = "cases/search.html")]
struct Search {
    page: Page,
    head: PageHead,
    form: Filters,
    cases: Option<TaskList>,
    all: Option<Link>,
    units: Vec<Link>,
    people: Vec<Link>,
    nothing: Option<Empty>,
}

pub(super) async fn search(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    let text: String = asked.text("q").chars().take(100).collect();
    let sought = text.to_lowercase();
    let is_asked = !sought.is_empty();
    let filter = Filter { text: text.clone(), closed: true, order: Order::Newest, ..Filter::default() };
    let (mut rows, mut count) = (Vec::new(), 0);
    if is_asked && me.may_ever(Action::ReadCase) {
        let tx = office.db().read(me.tenant()).await?;
        let (scope, recused, now) = (policy::scope(&me), super::super::recused(&tx, &me).await?, office.now());
        count = store::count(&tx, &scope, &recused, &filter, now).await?;
        rows = store::list(&tx, &scope, &recused, &filter, now, (0, SHOWN)).await?;
    }
    let (directory, day, most) = (me.directory(), me.day(), usize::try_from(SHOWN).unwrap_or(10));
    let fits = |name: &str| name.to_lowercase().contains(&sought);
    let units = directory
        .units_on(day)
        .filter(|unit| is_asked && (fits(&unit.name.ko) || fits(&unit.name.en) || unit.code == text))
        .take(most)
        .map(|unit| {
            let code: String = url::form_urlencoded::byte_serialize(unit.code.as_bytes()).collect();
            Link::to(format!("/cases?unit={code}"), page.words(&unit.name))
        });
    let units: Vec<Link> = units.collect();
    // Names of colleagues are no secret, but a list of them is for who looks after people.
    let people: Vec<Link> = if is_asked && me.may_ever(Action::ReadPeople) {
        let found = directory.persons().filter(|person| fits(&person.name) || person.employee_no == text).take(most);
        found
            .map(|person| {
                let name = format!("{} ({})", person.name, person.employee_no);
                Link::to(format!("/cases?handler={}&closed=yes", person.id), name)
            })
            .collect()
    } else {
        Vec::new()
    };
    let is_empty = rows.is_empty() && units.is_empty() && people.is_empty();
    let view = Search {
        head: PageHead::new(page.say("search")).lead(page.say("search-about")),
        all: (count > SHOWN)
            .then(|| Link::to(format!("/cases?{}", super::list::query(&filter, 1)), page.count("search-all", count))),
        cases: (!rows.is_empty())
            .then(|| TaskList::new(lines(&office, &me, &page, &rows).iter().map(|line| line.task(&page)))),
        units,
        people,
        nothing: (is_asked && is_empty)
            .then(|| Empty::new(page.what("search-nothing", &text)).text(page.say("search-nothing-why"))),
        form: Filters::new(&page, "/search").part(Field::search("q", page.say("search-what")).value(&text)),
        page,
    };
    Html::of(&view)
}
