//! A list of cases, taken away as it is filtered: what a list shows of them, and no more.

use axum::extract::State;
use axum::response::Response;

use super::super::state::CaseState;
use super::super::store::{self, Row};
use super::list::filter;
use super::{name, state_words, unit_name};
use crate::audit::{self, Entry};
use crate::export::{self, Cell, Table};
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::Problem;
use crate::web::{Asked, Me, Page, PageError, Path};

/// Cases that are taken away at once.
const MOST: u64 = 50_000;

fn row(office: &Office, me: &Actor, page: &Page, row: &Row) -> Vec<Cell> {
    let day = |moment: Option<haechi_core::time::Moment>| {
        moment.map_or(Cell::Empty, |moment| Cell::Day(office.local(moment).date()))
    };
    let is_open = row.state != CaseState::Closed.as_str();
    let is_late = is_open && row.due_at.is_some_and(|due| due < office.now());
    vec![
        Cell::text(page.pick(&row.title_ko, &row.title_en)),
        Cell::text(&row.scenario),
        Cell::text(page.say(&format!("severity-{}", row.severity))),
        Cell::text(state_words(page, row)),
        Cell::text(unit_name(me, page, row.unit.as_deref())),
        Cell::text(name(me, row.handler)),
        row.amount.map_or(Cell::Empty, Cell::Number),
        Cell::text(row.currency.clone().unwrap_or_default()),
        row.occurred_on.map_or(Cell::Empty, Cell::Day),
        day(Some(row.opened_at)),
        day(row.due_at),
        Cell::text(if is_late { page.say("case-late") } else { String::new() }),
        day(row.closed_at),
        Cell::text(format!("{}/cases/{}", office.config().public_url, row.id)),
    ]
}

/// The cases of a filter as a workbook or as text. It holds nothing that is masked on their pages, so no reason is asked for; that it
/// was taken is in the log.
pub(super) async fn export(
    State(office): State<Office>,
    Me(me): Me,
    Path(form): Path<String>,
    page: Page,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let form = export::Form::parse(&form).ok_or_else(Problem::hidden)?;
    let filter = filter(&office, &asked)?;
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused) = (policy::scope(&me), super::super::recused(&tx, &me).await?);
    let rows = store::list(&tx, &scope, &recused, &filter, office.now(), (0, MOST)).await?;
    drop(tx);
    let tx = office.db().write(me.tenant()).await?;
    let whose = me.id().map(|person| person.to_string()).unwrap_or_default();
    let entry = me.entry(Action::ReadCase, "person", whose);
    let after = audit::digest(&(super::list::query(&filter, 1), rows.len()));
    let entry = Entry { action: "case.export".to_owned(), after: Some(after), ..entry };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    let columns = [
        "case-title",
        "scenario",
        "case-severity",
        "case-state",
        "case-unit",
        "case-handler",
        "case-amount",
        "case-currency",
        "case-occurred",
        "case-opened",
        "case-due",
        "case-late",
        "case-closed",
        "case-address",
    ];
    let table = Table {
        title: page.say("menu-cases"),
        about: vec![page.of("stat-as-of", page.printed.clone(), page.who.clone().unwrap_or_default())],
        columns: columns.map(|word| page.say(word)).to_vec(),
        rows: rows.iter().map(|one| row(&office, &me, &page, one)).collect(),
    };
    let file = format!("{} {}", page.say("menu-cases"), page.today);
    Ok(export::answer(&[table], form, &file)?)
}
