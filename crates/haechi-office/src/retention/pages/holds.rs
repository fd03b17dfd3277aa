//! The page of holds, the form that sets one, and what a case's page says of those that keep it.

use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::store;
use super::super::{HoldId, HoldKind, NewHold, RetentionError, What as Wanted, on_case, propose, set_hold};
use super::*;
use crate::db::Transaction;
use crate::problem::Problem;
use crate::slices::cases::Case;
use crate::web::ui::{Choice, Choices, Crumbs, More, Notice};
use crate::web::{Asked, Fields, Form, Path, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/settings/retention/holds", Gate::May(Action::ReadRetention), list)
        .post("/settings/retention/holds", Gate::May(Action::SetHold), set)
        .post("/settings/retention/holds/{id}/lift", Gate::May(Action::LiftHold), lift);
}

#[derive(Template)]
#[template(path = "holds.html")]
struct Holds {
    page: Page,
    errors: Option<ErrorSummary>,
    crumbs: Crumbs,
    head: PageHead,
    holds: Table,
    lifts: Vec<More>,
    form: Option<Sheet>,
}

/// What a hold is on, as far as the reader may know.
pub(super) fn on(page: &Page, hold: &SeenHold) -> Value {
    if !hold.is_seen {
        return Value::from(page.say("hold-hidden"));
    }
    let kind = page.say(&format!("hold-{}", hold.row.kind));
    match &hold.case {
        Some((id, title)) => {
            Value::from(Link::to(format!("/cases/{id}"), page.words(title))).soft(format!("{kind} · {id}"))
        }
        None => Value::from(hold.row.record.as_str()).soft(kind),
    }
}

/// The same, with a person by their name.
fn named(me: &Actor, page: &Page, hold: &SeenHold) -> Value {
    let person = (HoldKind::parse(&hold.row.kind) == Some(HoldKind::Person) && hold.is_seen)
        .then(|| hold.row.record.parse().ok().and_then(|id| me.directory().person(id)))
        .flatten();
    match person {
        Some(person) => Value::from(format!("{} ({})", person.name, person.employee_no)).soft(page.say("hold-person")),
        None => on(page, hold),
    }
}

/// The form or hold that was refused.
#[derive(Clone, Copy)]
struct Tried<'a> {
    hold: Option<HoldId>,
    refused: Refused<'a>,
}

async fn show_holds(office: &Office, me: &Actor, page: Page, case: &str, tried: Tried<'_>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let all = view::holds(&tx, me).await?;
    let proposals = store::all(&tx).await?;
    let (may_set, may_lift) = (me.may_ever(Action::SetHold), me.may_ever(Action::LiftHold));
    let mut errors = None;
    let mut lifts = Vec::new();
    let mut rows = Vec::new();
    for hold in &all {
        let row = &hold.row;
        let waits = proposals.iter().any(|one| one.hold == row.id && one.decided_at.is_none());
        let (kind, word) = match (row.lifted_at, waits) {
            (Some(_), _) => (Kind::Plain, "hold-lifted"),
            (None, true) => (Kind::Warn, "hold-lift-waits"),
            (None, false) => (Kind::Info, "hold-holds"),
        };
        let lifted = row.lifted_at.map(|at| page.moment(&at)).unwrap_or_default();
        let why =
            if hold.is_seen { Value::from(row.reason.as_str()).soft(row.basis.as_str()) } else { Value::default() };
        rows.push(Row::new([
            named(me, &page, hold),
            why,
            Value::from(name(me, row.set_by)).soft(page.moment(&row.set_at)),
            Value::default().tag(Tag::new(kind, page.say(word))).soft(lifted),
        ]));
        if may_lift && hold.is_seen && row.lifted_at.is_none() && !waits {
            let refused = tried.refused.filter(|_| tried.hold == Some(row.id));
            let form = Sheet::post(&page, format!("/settings/retention/holds/{}/lift", row.id))
                .part(Field::area("reason", page.say("reason"), 2).hint(page.say("retention-reason-hint")))
                .button(Button::second(page.say("hold-lift-propose")))
                .prefix(&format!("lift-{}", row.id))
                .after(&page, refused, &mut errors);
            let what = match (&hold.case, HoldKind::parse(&row.kind)) {
                (Some((_, title)), _) => page.words(title).to_owned(),
                (None, Some(HoldKind::Person)) => row.record.parse().map(|id| name(me, id)).unwrap_or_default(),
                _ => row.record.clone(),
            };
            lifts.push(More::act(page.what("hold-lift", what)).open(refused.is_some()).form(form));
        }
    }
    let columns = [
        Column::new(page.say("hold-on")),
        Column::new(page.say("hold-why")),
        Column::new(page.say("hold-by")),
        Column::new(page.say("hold-state")),
    ];
    let holds = Table::new(page.say("holds"), columns)
        .rows(rows)
        .or(Empty::new(page.say("holds-none")).text(page.say("holds-none-about")));
    let form = may_set.then(|| {
        let chosen = |kind: HoldKind| if case.is_empty() { kind == HoldKind::Person } else { kind == HoldKind::Case };
        let kinds = HoldKind::ALL.map(|kind| {
            let word = format!("hold-{kind}");
            Choice::new(kind.as_str(), page.say(&word)).hint(page.say(&format!("{word}-hint"))).chosen(chosen(kind))
        });
        Sheet::post(&page, "/settings/retention/holds")
            .part(Choices::one("kind", page.say("hold-kind"), kinds))
            .part(Field::text("record", page.say("hold-record")).hint(page.say("hold-record-hint")).exact().value(case))
            .part(Field::area("reason", page.say("reason"), 3))
            .part(Field::text("basis", page.say("hold-basis")).hint(page.say("hold-basis-hint")))
            .button(Button::new(page.say("hold-set")))
            .after(&page, tried.refused.filter(|_| tried.hold.is_none()), &mut errors)
    });
    let title = page.say("holds");
    Html::of(&Holds {
        errors,
        crumbs: Crumbs::new(&page, [Link::to("/settings/retention", page.say("retention"))], &title),
        head: PageHead::new(&title).lead(page.say("holds-about")),
        holds,
        lifts,
        form,
        page,
    })
}

const NOTHING: Tried<'_> = Tried { hold: None, refused: None };

async fn list(State(office): State<Office>, Me(me): Me, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    generally(&me, Action::ReadRetention)?;
    show_holds(&office, &me, page, asked.text("case"), NOTHING).await
}

async fn refused(
    office: &Office,
    me: &Actor,
    page: Page,
    (hold, form): (Option<HoldId>, &Fields),
    problem: Problem,
) -> Result<Response, PageError> {
    let tried = Tried { hold, refused: Some((form, &problem)) };
    let view = show_holds(office, me, page.refused(), "", tried).await?;
    Ok((problem.status(), view).into_response())
}

async fn set(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    generally(&me, Action::SetHold)?;
    let tried = match HoldKind::parse(form.text("kind")) {
        Some(kind) => {
            let (record, reason) = (form.text("record"), form.text("reason"));
            set_hold(&office, &me, NewHold { kind, record, reason, basis: form.text("basis") }).await
        }
        None => Err(RetentionError::Record),
    };
    let Err(error) = tried else { return Ok(Redirect::to("/settings/retention/holds").into_response()) };
    refused(&office, &me, page, (None, &form), shown_again(error)?).await
}

async fn lift(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<HoldId>,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let tried = propose(&office, &me, Wanted::Lift(id), form.text("reason")).await;
    let Err(error) = tried else { return Ok(Redirect::to("/settings/retention").into_response()) };
    refused(&office, &me, page, (Some(id), &form), shown_again(error)?).await
}

/// What a case's page says of the holds that keep it, to who may know of holds; none to all others: a hold may be about the reader.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn case_notice(
    tx: &Transaction,
    me: &Actor,
    page: &Page,
    case: &Case,
) -> Result<Option<Notice>, sea_orm::DbErr> {
    if !me.may_ever(Action::ReadRetention) {
        return Ok(None);
    }
    let holds = on_case(tx, case).await?;
    let holds = holds.iter().filter(|hold| hold.kind != "person" || !me.is(hold.record.parse().ok()));
    let lines: Vec<String> = holds
        .map(|hold| {
            let kind = page.say(&format!("hold-{}", hold.kind));
            let since = format!("{}, {}", name(me, hold.set_by), page.moment(&hold.set_at));
            format!("{kind}: {} ({}) · {since}", hold.reason, hold.basis)
        })
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let notice = Notice::new(Kind::Warn, page.say("hold-on-case"));
    let notice = lines.into_iter().fold(notice, Notice::line);
    Ok(Some(notice.line(Link::to("/settings/retention/holds", page.say("holds")))))
}
