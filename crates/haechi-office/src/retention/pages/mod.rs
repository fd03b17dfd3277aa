//! The pages of retention: how each class stands with what waits for a second person, the forms of proposals, holds, certificates.

mod certificate;
mod holds;
mod proposals;

use askama::Template;
use axum::extract::State;
use haechi_core::time::Day;

use super::RetentionProposalId;
use super::class::{Class, Standing};
use super::period::Period;
use super::store::{Kind as What, Proposal};
use super::view::{self, Destruction, SeenHold, Waiting};
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::settings::pages::tabs;
use crate::web::ui::{
    Button, Column, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, PageHead, Refused, Row, SummaryList, Table,
    Tabs, Tag, Value,
};
use crate::web::{Gate, Html, Me, Page, PageError, Routes};

pub(crate) use self::holds::case_notice;

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/settings/retention", Gate::May(Action::ReadRetention), overview);
    proposals::routes(routes);
    holds::routes(routes);
    certificate::routes(routes);
}

/// Decided proposals that the page lists.
const MOST: usize = 100;

/// A proposal that waits, with what the reader may do about it.
struct Card {
    title: String,
    about: SummaryList,
    forms: Vec<Sheet>,
    /// Who proposed it sees why there is no form.
    is_own: bool,
}

#[derive(Template)]
#[template(path = "retention.html")]
struct Overview {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    tabs: Option<Tabs>,
    waiting: Vec<Card>,
    classes: Table,
    forever: Vec<String>,
    destructions: Table,
    past: Table,
}

/// The pages of settings beside each other, for who has those.
fn area(page: &Page, here: &str) -> Option<Tabs> {
    page.places.iter().any(|place| place.href == "/settings").then(|| tabs(page, here))
}

fn name(me: &Actor, person: PersonId) -> String {
    me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default()
}

fn class_word(page: &Page, class: &str) -> String {
    page.say(&format!("retention-{class}"))
}

/// `5년`, with how they are counted and from when.
fn period_words(page: &Page, period: &Period) -> Value {
    let Some(years) = period.years else { return Value::from(page.say("retention-kept")) };
    let counted = if period.from_new_year { "retention-from-new-year" } else { "retention-from-day" };
    Value::default().strong(page.count("retention-years", years)).soft(page.say(counted))
}

/// What a proposal would change, in words.
fn wanted(page: &Page, row: &Proposal, hold: Option<&SeenHold>) -> Value {
    match What::parse(&row.kind) {
        Some(What::Period) => {
            let years = row.years.and_then(|years| u32::try_from(years).ok());
            let first_day = row.first_day.unwrap_or(page.today);
            let value = period_words(page, &Period { years, from_new_year: row.from_new_year, first_day });
            value.soft(page.what("retention-holds-from", page.day(&first_day)))
        }
        Some(What::Destruction) => {
            let until = row.until.map(|until| page.day(&until)).unwrap_or_default();
            Value::default().strong(page.what("retention-up-to", until))
        }
        Some(What::Lift) => hold.map_or_else(Value::default, |hold| holds::on(page, hold)),
        None => Value::default(),
    }
}

/// What a proposal is: of which kind, and of what.
fn title(page: &Page, row: &Proposal) -> String {
    let kind = page.say(&format!("retention-kind-{}", row.kind));
    if row.class.is_empty() { kind } else { format!("{kind}: {}", class_word(page, &row.class)) }
}

fn card(me: &Actor, page: &Page, one: &Waiting, refused: Refused<'_>, errors: &mut Option<ErrorSummary>) -> Card {
    let (row, title) = (&one.row, title(page, &one.row));
    let is_hidden = one.hold.as_ref().is_some_and(|hold| !hold.is_seen);
    let reason = if is_hidden { page.say("hold-hidden") } else { row.reason.clone() };
    let about = SummaryList::new(page)
        .row(page.say("retention-wanted"), wanted(page, row, one.hold.as_ref()))
        .row(page.say("reason"), reason)
        .row(
            page.say("retention-proposed"),
            Value::from(name(me, row.proposed_by)).soft(page.moment(&row.proposed_at)),
        );
    let at = |verb: &str| format!("/settings/retention/proposals/{}/{verb}", row.id);
    let mut forms = Vec::new();
    if one.may_decide {
        let approve = match What::parse(&row.kind) {
            Some(What::Destruction) => Button::danger(page.say("retention-approve-destruction")),
            _ => Button::new(page.say("retention-approve")),
        };
        let form = Sheet::post(page, at("decide"))
            .part(Field::text("answer", page.say("retention-answer")).hint(page.say("retention-answer-hint")))
            .button(approve.sends("do", "approve"))
            .button(Button::second(page.say("retention-refuse")).sends("do", "refuse"))
            .prefix(&format!("proposal-{}", row.id));
        forms.push(form.after(page, refused, errors));
    }
    if one.may_withdraw {
        let withdraw = Button::second(page.say("retention-withdraw")).of(&title);
        forms.push(Sheet::post(page, at("withdraw")).button(withdraw));
    }
    Card { title, about, forms, is_own: one.may_withdraw }
}

fn class_row(me: &Actor, page: &Page, one: &Standing) -> Row {
    let class = one.class.as_str();
    let word = class_word(page, class);
    let about = page.say(&format!("retention-{class}-about"));
    let mut period = match &one.period {
        Some(period) => period_words(page, period),
        None => Value::from(page.say("retention-kept")).soft(page.say("retention-no-period")),
    };
    if let Some(next) = &one.next {
        let years = next.years.map_or_else(|| page.say("retention-kept"), |years| page.count("retention-years", years));
        period = period.line(page.of("retention-next", page.day(&next.first_day), years));
    }
    let may_propose = me.may_ever(Action::ProposeRetention);
    let to = |what: &str, text: &str| {
        Link::to(format!("/settings/retention/{what}?class={class}"), page.say(text)).of(&word)
    };
    let mut due = match &one.due {
        Some((_, due)) if due.count == 0 => Value::from(page.say("retention-nothing-due")),
        Some((until, due)) => {
            let oldest = due.oldest.map(|day| page.what("retention-oldest", page.day(&day))).unwrap_or_default();
            Value::default()
                .strong(page.count("retention-records", due.count))
                .line(page.what("retention-due-until", page.day(until)))
                .soft(oldest)
                .tag_if(due.held > 0, Kind::Warn, page.count("retention-held", due.held))
        }
        None => Value::default(),
    };
    if may_propose && one.due.as_ref().is_some_and(|(_, due)| due.count > due.held) {
        due = due.link(to("destruction", "retention-destroy"));
    }
    let act = if may_propose { to("period", "retention-set-period").into() } else { Value::default() };
    Row::new([Value::default().strong(word.as_str()).soft(about), period, due, act])
}

fn destruction_row(me: &Actor, page: &Page, one: &Destruction) -> Row {
    let row = &one.row;
    let (kind, word) = match &one.certificate {
        Some(_) => (Kind::Good, "retention-ended"),
        None => (Kind::Info, "retention-running"),
    };
    let to = Link::to(format!("/settings/retention/certificates/{}", row.id), page.say("certificate"));
    let class = class_word(page, &row.class);
    let until = row.until.map(|until| page.what("retention-up-to", page.day(&until))).unwrap_or_default();
    Row::new([
        Value::from(row.decided_at.map(|at| page.moment(&at)).unwrap_or_default()),
        Value::from(class.as_str()).soft(until),
        page.grouped(one.destroyed).into(),
        Value::from(name(me, row.proposed_by)).soft(row.decided_by.map(|by| name(me, by)).unwrap_or_default()),
        Value::default().tag(Tag::new(kind, page.say(word))).link(to.of(class)),
    ])
}

fn past_row(me: &Actor, page: &Page, row: &Proposal) -> Row {
    let approved = row.approved == Some(true);
    let (kind, word) = match (approved, row.decided_by == Some(row.proposed_by)) {
        (true, _) => (Kind::Good, "retention-was-approved"),
        (_, true) => (Kind::Plain, "retention-was-withdrawn"),
        _ => (Kind::Warn, "retention-was-refused"),
    };
    // Why a hold was to be lifted stands beside the hold, for who may know of it.
    let is_lift = What::parse(&row.kind) == Some(What::Lift);
    let shown = |text: &str| if is_lift { String::new() } else { text.to_owned() };
    Row::new([
        row.decided_at.as_ref().map(|at| page.moment(at)).unwrap_or_default().into(),
        if is_lift { Value::from(title(page, row)) } else { wanted(page, row, None).line(title(page, row)) },
        Value::from(shown(&row.reason)).soft(name(me, row.proposed_by)),
        Value::default()
            .tag(Tag::new(kind, page.say(word)))
            .line(shown(row.answer.as_deref().unwrap_or_default()))
            .soft(row.decided_by.map(|by| name(me, by)).unwrap_or_default()),
    ])
}

/// The proposal whose answer was refused.
type RefusedProposal<'a> = (Option<RetentionProposalId>, Refused<'a>);

async fn show(
    office: &Office,
    me: &Actor,
    page: Page,
    (proposal, refused): RefusedProposal<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let mut errors = None;
    let cards: Vec<Card> = view::waiting(office, &tx, me)
        .await?
        .iter()
        .map(|one| {
            let refused = refused.filter(|_| proposal == Some(one.row.id));
            card(me, &page, one, refused, &mut errors)
        })
        .collect();
    let standings = view::standings(office, &tx).await?;
    let columns = [
        Column::new(page.say("retention-class")),
        Column::new(page.say("retention-period")),
        Column::new(page.say("retention-due")),
        Column::new(page.say("action")).unseen(),
    ];
    let classes =
        Table::new(page.say("retention-classes"), columns).rows(standings.iter().map(|one| class_row(me, &page, one)));
    let all = view::destructions(&tx).await?;
    let columns = [
        Column::day(page.say("retention-decided")),
        Column::new(page.say("retention-class")),
        Column::number(page.say("retention-destroyed")),
        Column::new(page.say("retention-by")),
        Column::new(page.say("certificate")),
    ];
    let destructions = Table::new(page.say("retention-destructions"), columns)
        .rows(all.iter().map(|one| destruction_row(me, &page, one)))
        .or(Empty::new(page.say("retention-none-destroyed")));
    let rows = super::store::all(&tx).await?;
    let decided = rows.iter().filter(|row| row.decided_at.is_some()).take(MOST);
    let columns = [
        Column::day(page.say("retention-decided")),
        Column::new(page.say("retention-wanted")),
        Column::new(page.say("reason")),
        Column::new(page.say("retention-decision")),
    ];
    let past = Table::new(page.say("retention-past"), columns)
        .rows(decided.map(|row| past_row(me, &page, row)))
        .or(Empty::new(page.say("retention-never")));
    let theirs = cards.iter().filter(|card| !card.is_own && !card.forms.is_empty()).count();
    let mut head = PageHead::new(page.say("retention"))
        .lead(page.say("retention-about"))
        .link(Link::to("/settings/retention/holds", page.say("holds")));
    if theirs > 0 {
        head = head.expected(page.count("retention-expected", theirs));
    }
    let forever = ["log", "checkpoints", "sheets", "runs"].map(|what| page.say(&format!("retention-forever-{what}")));
    Html::of(&Overview {
        errors,
        head,
        tabs: area(&page, "/settings/retention"),
        waiting: cards,
        classes,
        forever: forever.to_vec(),
        destructions,
        past,
        page,
    })
}

async fn overview(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRetention)?;
    show(&office, &me, page, (None, None)).await
}

/// The last day up to which a class has fallen due.
fn last_due(standing: &Standing) -> Option<Day> {
    standing.due.as_ref().map(|(until, _)| *until)
}

/// How a class stands, by its word.
async fn standing(
    office: &Office,
    tx: &crate::db::Transaction,
    class: Class,
) -> Result<Option<Standing>, super::RetentionError> {
    Ok(view::standings(office, tx).await?.into_iter().find(|one| one.class == class))
}
