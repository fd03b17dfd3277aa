//! What is done to many cases at once. Each is a step of its own, and what could not be done stays as it was.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use super::super::actions::{self, Answer};
use super::super::{CaseError, store};
use super::list::{self, filter, query};
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{self, Actor};
use crate::problem::Problem;
use crate::web::ui::{Button, CheckAnswers, Crumbs, Form as Sheet, Link, PageHead, Panel, SummaryList, Value};
use crate::web::{Fields, Form, Fragment, Html, Me, Page, PageError};

/// Cases that are acted on at once.
const AT_ONCE: u64 = 1_000;

/// A case that is to be acted on.
struct Chosen {
    id: CaseId,
    /// Empty where only its id was sent.
    title: String,
    /// The revision that was seen: a case that changed since then stays as it is.
    saw: i32,
}

#[derive(Template)]
#[template(path = "cases/bulk.html")]
struct Bulk {
    page: Page,
    crumbs: Crumbs,
    panel: Panel,
    left_title: String,
    left: SummaryList,
    back: Link,
}

#[derive(Template)]
#[template(path = "cases/bulk_check.html")]
struct Check {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    check: CheckAnswers,
    back: Link,
}

/// Those that were ticked, or all of the filter.
async fn chosen(
    office: &Office,
    me: &Actor,
    page: &Page,
    form: &Fields,
    asked: &Fields,
) -> Result<Vec<Chosen>, Problem> {
    if form.text("which") != "all" {
        let read = |text: &str| {
            let (id, saw) = text.split_once('.')?;
            Some(Chosen { id: id.parse().ok()?, title: String::new(), saw: saw.parse().ok()? })
        };
        let ticked = form.all("case").take(usize::try_from(AT_ONCE).unwrap_or(1_000));
        return ticked.map(|text| read(text).ok_or_else(Problem::hidden)).collect();
    }
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused) = (policy::scope(me), super::super::recused(&tx, me).await?);
    let found = store::list(&tx, &scope, &recused, &filter(office, asked)?, office.now(), (0, AT_ONCE)).await?;
    let chosen =
        |row: store::Row| Chosen { id: row.id, title: page.pick(&row.title_ko, &row.title_en), saw: row.revision };
    Ok(found.into_iter().map(chosen).collect())
}

async fn act(office: &Office, me: &Actor, what: &str, one: &Chosen, reason: &str) -> Result<(), CaseError> {
    match what {
        "approve" => actions::approve(office, me, one.id, Some(one.saw), reason).await,
        "confirm" => actions::confirm(office, me, one.id, Some(one.saw), false, reason).await,
        "explain" => {
            let answer = Answer::Explained { text: reason.to_owned() };
            actions::answer(office, me, one.id, Some(one.saw), &answer).await
        }
        _ => Err(CaseError::Missing("outcome")),
    }
}

/// Does one thing to many cases. All of a filter are shown once more before anything is done to them: nobody has seen each of them.
pub(super) async fn bulk(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let (what, reason) = (form.text("do").to_owned(), form.text("reason").to_owned());
    let asked = Fields::of(url::form_urlencoded::parse(form.text("filter").as_bytes()).into_owned().collect());
    let list = filter(&office, &asked)?;
    let chosen = chosen(&office, &me, &page, &form, &asked).await?;
    let refused = match (chosen.is_empty(), what == "explain" && reason.is_empty()) {
        (true, _) => Some(Problem::invalid("bulk.none", ("고른 사안이 없습니다.", "No case was chosen."))),
        (false, true) => {
            let said = ("소명하려면 사유를 적어 주십시오.", "To explain, give the reason.");
            Some(Problem::invalid("bulk.reason", said).at("reason"))
        }
        (false, false) => None,
    };
    if let Some(problem) = refused {
        let view = list::show(&office, &me, page.refused(), &list, 1, Some((&form, &problem))).await?;
        return Ok((problem.status(), view.html(Fragment::Whole)?).into_response());
    }
    let back = Link::to(format!("/cases?{}", query(&list, 1)), page.say("bulk-back"));
    let crumbs = Crumbs::new(&page, [Link::to("/cases", page.say("menu-cases"))], page.say("bulk"));
    if form.text("which") == "all" && form.text("sure") != "yes" {
        return Ok(check(page, crumbs, back, &chosen, &what, &form)?.into_response());
    }
    let (mut done, mut left, mut count) = (0_u64, SummaryList::new(&page), 0_u64);
    for one in chosen {
        let Err(error) = act(&office, &me, &what, &one, &reason).await else {
            done += 1;
            continue;
        };
        let problem = Problem::from(error);
        if problem.status >= 500 {
            return Err(problem.into());
        }
        // A case that may not be seen has no title here.
        let title = if one.title.is_empty() { one.id.to_string() } else { one.title };
        let why = page.words(&problem.happened).to_owned();
        left = left.row(title, Value::from(why).link(Link::to(format!("/cases/{}", one.id), page.say("bulk-see"))));
        count += 1;
    }
    let panel = Panel::new(&page, page.count("bulk-done", done));
    let panel = if count > 0 { panel } else { panel.next(page.say("bulk-next")) };
    let left_title = page.count("bulk-left", count);
    Ok(Html::of(&Bulk { crumbs, panel, left_title, left, back, page })?.into_response())
}

/// What will be done to all that were found, before it is.
fn check(
    page: Page,
    crumbs: Crumbs,
    back: Link,
    chosen: &[Chosen],
    what: &str,
    form: &Fields,
) -> Result<Html, PageError> {
    let change = |text: &str| back.clone().called(page.say("change")).of(text);
    let verb = page.say(&format!("bulk-{what}"));
    let mut titles: Vec<&str> = chosen.iter().map(|one| one.title.as_str()).collect();
    titles.sort_unstable();
    titles.dedup();
    let some = titles.iter().take(5).fold(Value::default(), |value, title| value.line(*title));
    let answers = SummaryList::new(&page)
        .row(page.say("bulk-what"), verb.clone())
        .changeable(
            page.say("bulk-which"),
            Value::default().strong(page.count("cases-count", chosen.len())),
            change(&page.say("bulk-which")),
        )
        .row(page.say("case-what"), some)
        .changeable(page.say("bulk-reason"), form.text("reason"), change(&page.say("bulk-reason")));
    let mut send = Sheet::post(&page, "/cases/bulk").hidden("sure", "yes").hidden("do", what);
    for name in ["filter", "reason"] {
        send = send.hidden(name, form.text(name));
    }
    // Those that were seen, each as it was seen: what comes in between stays as it is.
    for one in chosen {
        send = send.hidden("case", format!("{}.{}", one.id, one.saw));
    }
    let send = send.button(Button::new(page.of("bulk-do", verb, chosen.len())));
    let check = CheckAnswers::new(answers, page.say("bulk-about"), send);
    let head = PageHead::new(page.say("bulk-check")).lead(page.say("bulk-check-lead"));
    Html::of(&Check { crumbs, head, check, back, page })
}
