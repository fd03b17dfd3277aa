//! The page of the log: how far it is signed and by whom, what was done last, and the files for who verifies it elsewhere.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use futures::stream;
use haechi_core::time::Moment;

use super::event::{Entry, Event};
use super::log::LogError;
use super::witness::AnewRow;
use super::{append, export, log, overview, store};
use crate::backup::RestoredRow;
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::web::{Asked, Gate, Html, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/log", Gate::May(Action::ReadLog), log_page)
        .get("/log/events.jsonl", Gate::May(Action::ReadLog), events)
        .get("/log/checkpoints.txt", Gate::May(Action::ReadLog), checkpoints);
}

/// Events that a page lists.
const MOST: u64 = 50;

/// An event, for people.
struct Line {
    position: u64,
    at: String,
    action: String,
    actor: String,
    kind: String,
    id: String,
}

/// A witness of this log.
struct Witnessing {
    name: String,
    url: String,
    size: u64,
    signed: Option<String>,
    failed: Option<String>,
    /// Whether it failed after it signed last.
    is_failing: bool,
    /// What is to be said of it before all else: it says that the log was rewritten.
    alarm: Option<String>,
    problem: String,
}

impl Witnessing {
    fn of(page: &Page, one: overview::Witnessing) -> Self {
        Self {
            url: one.url,
            size: one.size,
            signed: one.signed_at.map(|at| page.moment(&at)),
            failed: one.failed_at.map(|at| page.moment(&at)),
            is_failing: one.is_failing,
            // It is the same alarm, whether or not the office was restored: only the witness can tell what was there.
            alarm: one
                .is_alarm
                .then(|| page.what(if one.is_after_restore { "log-alarm-restored" } else { "log-alarm" }, &one.name)),
            problem: one.problem.map(|(word, about)| page.what(&word, about)).unwrap_or_default(),
            name: one.name,
        }
    }
}

/// A log that this installation watches.
struct Watching {
    origin: String,
    size: Option<u64>,
    at: String,
    /// That it was begun anew with, and why.
    anew: Vec<String>,
}

#[derive(Template)]
#[template(path = "log.html")]
struct Log {
    page: Page,
    size_said: String,
    signed: Option<String>,
    witnessed: Option<String>,
    /// That the office was restored from a backup, each time.
    restored: Vec<String>,
    witnesses: Vec<Witnessing>,
    watching: Vec<Watching>,
    own_witness: String,
    key: String,
    command: String,
    lines: Vec<Line>,
    older: Option<u64>,
}

async fn log_page(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadLog)?;
    let before: Option<u64> = asked.read("before")?;
    let tx = office.db().read(me.tenant()).await?;
    let found = overview::overview(&office, &tx).await?;
    let (size, witnessed) = (found.size, found.witnessed());
    let signed = found.signed.map(|(size, at)| format!("{} · {}", page.count("log-events", size), stamp(&page, &at)));
    let witnesses = found.witnesses.into_iter().map(|one| Witnessing::of(&page, one)).collect();
    let restored = found.restored.iter().map(|row| was_restored(&page, row)).collect();
    let witnessed = (witnessed > 0).then(|| {
        let till = page.count("log-events", witnessed);
        let rest = size.saturating_sub(witnessed);
        if rest > 0 { format!("{till}. {}", page.of("log-from-on", witnessed, rest)) } else { till }
    });
    let lines = store::newest_lines(&tx, before.unwrap_or(size).min(size), MOST).await?;
    let lines: Vec<Line> = lines
        .iter()
        .filter_map(|line| serde_json::from_str::<Event>(line).ok())
        .map(|event| shown(&page, &me, event))
        .collect();
    drop(tx);
    let key = office.signer().key().to_owned();
    let command = command(&key, office.config().witnesses.iter().map(|one| one.key.as_str()));
    Html::of(&Log {
        size_said: page.count("log-events", size),
        signed,
        witnessed,
        restored,
        witnesses,
        watching: watching(&office, &page).await?,
        own_witness: office.witness().key().to_string(),
        key,
        command,
        older: lines.last().map(|line| line.position).filter(|last| *last > 0),
        lines,
        page,
    })
}

/// What to type to verify the files elsewhere. Keys hold no quote.
fn command<'a>(key: &str, witnesses: impl Iterator<Item = &'a str>) -> String {
    let witnesses: String = witnesses.map(|key| format!(" \\\n    --witness '{key}'")).collect();
    format!("haechi verify log events.jsonl checkpoints.txt \\\n    --key '{key}'{witnesses}")
}

/// `2026-11-24T05:03:54Z` on the wall's clock.
fn stamp(page: &Page, at: &str) -> String {
    let moment: Option<Moment> = DateTime::parse_from_rfc3339(at).ok().map(|at| at.with_timezone(&Utc));
    moment.map_or_else(|| at.to_owned(), |moment| page.moment(&moment))
}

fn shown(page: &Page, me: &Actor, event: Event) -> Line {
    let message = format!("did-{}", event.action.replace(['.', '_'], "-"));
    let said = page.say(&message);
    let name = |person: PersonId| me.directory().person(person).map(|person| person.name.clone());
    Line {
        position: event.position,
        at: stamp(page, &event.at),
        // An action that has no words is shown as the log has it.
        action: if said == message { event.action } else { said },
        actor: match event.actor.as_str() {
            "office" | "installation" => page.say("log-by-haechi"),
            actor => actor.parse().ok().and_then(name).unwrap_or_else(|| actor.to_owned()),
        },
        kind: event.record.kind,
        id: event.record.id,
    }
}

/// When the office was restored, from a backup of when, and with how many events.
fn was_restored(page: &Page, row: &RestoredRow) -> String {
    let mut text = page.of("log-restored", page.moment(&row.restored_at), page.moment(&row.of_moment));
    text = format!("{text} {}", page.count("log-restored-events", row.events));
    if let Some(key) = &row.earlier_key {
        text = format!("{text} {}", page.what("log-restored-key", key));
    }
    text
}

/// That a watched log was begun anew with, from how many events to how many, and why.
fn was_begun_anew(page: &Page, row: &AnewRow) -> String {
    let sizes = page.of("log-anew-sizes", row.size_before, row.size_after);
    format!("{} {sizes}", page.of("log-anew", page.moment(&row.begun_at), &row.reason))
}

/// The logs that this installation watches.
async fn watching(office: &Office, page: &Page) -> Result<Vec<Watching>, PageError> {
    let watched = overview::watching(office).await?.into_iter().map(|one| Watching {
        origin: one.origin,
        size: one.seen.map(|seen| seen.0),
        at: one.seen.map(|seen| page.moment(&seen.1)).unwrap_or_default(),
        anew: one.anew.iter().map(|row| was_begun_anew(page, row)).collect(),
    });
    Ok(watched.collect())
}

/// Notes that the log was taken away, and says how long it then is.
async fn taken(office: &Office, me: &Actor, what: &str) -> Result<u64, PageError> {
    let may = generally(me, Action::ReadLog)?;
    let tx = office.db().write(me.tenant()).await?;
    let entry = Entry { action: "log.export".to_owned(), ..may.entry("log", what) };
    append(&tx, office.clock(), &entry).await?;
    let size = log::size(&tx).await?;
    tx.commit().await?;
    Ok(size)
}

/// A file that is sent as it is read. Each piece is read in a transaction of its own, so that who reads slowly holds none open;
/// what was written of the log does not change between them.
fn streamed(name: &str, kind: &'static str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

pub(super) async fn events(State(office): State<Office>, Me(me): Me) -> Result<Response, PageError> {
    let end = taken(&office, &me, "events").await?;
    let tenant = me.tenant();
    let pieces = stream::try_unfold(0, move |from| {
        let office = office.clone();
        async move {
            let tx = office.db().read(tenant).await.map_err(LogError::from)?;
            export::lines_from(&tx, from, end).await
        }
    });
    Ok(streamed("events.jsonl", "application/jsonl", Body::from_stream(pieces)))
}

pub(super) async fn checkpoints(State(office): State<Office>, Me(me): Me) -> Result<Response, PageError> {
    taken(&office, &me, "checkpoints").await?;
    let tenant = me.tenant();
    let pieces = stream::try_unfold(0, move |after| {
        let office = office.clone();
        async move {
            let tx = office.db().read(tenant).await.map_err(LogError::from)?;
            export::checkpoints_after(&tx, after).await
        }
    });
    Ok(streamed("checkpoints.txt", "text/plain; charset=utf-8", Body::from_stream(pieces)))
}
