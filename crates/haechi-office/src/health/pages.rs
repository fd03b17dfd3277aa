//! Whether it lives, whether it can serve, its figures, and the page of its administrator.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use haechi_core::digest::Digest;
use haechi_core::money::grouped;

use super::figures::{self, OfGovernment, OfInstallation, age, moment};
use crate::backup;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::Problem;
use crate::slices::people;
use crate::web::ui::{Column, Kind, Link, Notice, PageHead, Row, Table, Tag, Value};
use crate::web::{Gate, Html, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/healthz", Gate::Open, lives)
        .get("/readyz", Gate::Open, ready)
        .get("/metrics", Gate::Open, metrics)
        .get("/system", Gate::May(Action::ReadSystem), system);
}

/// That the process lives. It asks nobody else.
async fn lives() -> &'static str {
    "ok\n"
}

/// Whether it can serve: the database answers, its tables are those of this version, the disk is not full.
async fn ready(State(office): State<Office>) -> Response {
    let wrong = figures::unready(&office).await;
    if wrong.is_empty() {
        return "ready\n".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", wrong.join(", "))).into_response()
}

/// Whether it is the monitoring system that asks. Behind a proxy everybody comes from this machine, so there it has to show its token.
fn is_watcher(office: &Office, headers: &HeaderMap) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).map(|token| Digest::of(token.trim()));
    match office.config().metrics_token {
        Some(token) => shown == Some(token),
        None => !office.config().is_over_tls(),
    }
}

/// The figures, for who watches the machine; to everybody else there is no such thing.
async fn metrics(State(office): State<Office>, headers: HeaderMap) -> Result<Response, PageError> {
    if !is_watcher(&office, &headers) {
        return Err(Problem::hidden().into());
    }
    let governments: Vec<OfGovernment> =
        figures::governments(&office).await?.into_iter().map(|(_, figures)| figures).collect();
    let installation = figures::of_installation(&office).await?;
    let text = office.watch().metrics.text(&office, &installation, &governments);
    let text = text.map_err(|error| Problem::internal("metrics", &error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

/// Seconds by which two clocks may differ.
const DRIFT: i64 = 5;
/// Seconds that a message may be due, and an event be unsigned or unwitnessed: timed work goes round three times a minute, and a
/// checkpoint is made every five.
const WAITS: i64 = 60 * 60;
/// Seconds after which timed work should have gone round.
const ROUND: i64 = 5 * 60;

/// A line of the page: what, how it is, whether somebody has to look, and what to do then.
struct Line {
    name: &'static str,
    value: Value,
    kind: Kind,
    advice: Option<(String, Option<Link>)>,
}

impl Line {
    fn new(name: &'static str, value: impl Into<Value>) -> Self {
        Self { name, value: value.into(), kind: Kind::Good, advice: None }
    }

    /// Only to be known.
    fn plain(mut self) -> Self {
        self.kind = Kind::Plain;
        self
    }

    /// Where `holds`, somebody has to do this.
    fn look_if(mut self, page: &Page, holds: bool, kind: Kind, advice: &str) -> Self {
        if holds {
            (self.kind, self.advice) = (kind, Some((page.say(advice), None)));
        }
        self
    }

    /// There.
    fn at(mut self, link: Link) -> Self {
        if let Some(advice) = &mut self.advice {
            advice.1 = Some(link);
        }
        self
    }

    fn row(self, page: &Page) -> Row {
        let standing = match self.kind {
            Kind::Good => Value::from(Tag::new(Kind::Good, page.say("system-good"))),
            Kind::Warn | Kind::Danger => Value::from(Tag::new(self.kind, page.say("system-look"))),
            Kind::Plain | Kind::Info => Value::default(),
        };
        let advice = self.advice.map_or_else(Value::default, |(text, link)| {
            let value = Value::from(text);
            match link {
                Some(link) => value.text(" ").link(link),
                None => value,
            }
        });
        Row::new([page.say(self.name).into(), self.value, standing, advice])
    }
}

#[derive(Template)]
#[template(path = "system.html")]
struct System {
    page: Page,
    head: PageHead,
    notices: Vec<Notice>,
    table: Table,
}

async fn system(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadSystem)?;
    let tx = office.db().read(me.tenant()).await?;
    let own = people::government(&tx).await?;
    let restored = backup::restored(&tx).await?;
    drop(tx);
    let government = figures::of_government(&office, &own).await?;
    let installation = figures::of_installation(&office).await?;
    let mut lines = of_government(&office, &page, &government);
    lines.extend(of_installation(&office, &page, &installation));
    let open = lines.iter().filter(|line| matches!(line.kind, Kind::Warn | Kind::Danger)).count();
    let expected = if open == 0 { page.say("system-expected-none") } else { page.count("system-expected", open) };
    // What has to be looked at first.
    lines.sort_by_key(|line| match line.kind {
        Kind::Danger => 0,
        Kind::Warn => 1,
        _ => 2,
    });
    let columns = ["system-what", "system-how", "system-standing", "system-do"].map(|name| Column::new(page.say(name)));
    let notices = restored.first().map(|row| {
        let told = page.of("log-restored", page.moment(&row.restored_at), page.moment(&row.of_moment));
        Notice::new(Kind::Info, told).line(page.say("system-restored"))
    });
    Html::of(&System {
        head: PageHead::new(page.say("menu-system")).expected(expected).lead(page.say("system-about")),
        notices: notices.into_iter().collect(),
        table: Table::new(page.say("menu-system"), columns).rows(lines.into_iter().map(|line| line.row(&page))),
        page,
    })
}

fn of_government(office: &Office, page: &Page, of: &OfGovernment) -> Vec<Line> {
    let now = office.now();
    let hours = i64::from(office.config().backup_hours);
    let mut lines = vec![
        match &of.backup {
            None => Line::new("system-backup", page.say("system-backup-none")).look_if(
                page,
                true,
                Kind::Danger,
                "system-backup-never",
            ),
            Some(backup) => {
                let value = Value::from(page.moment(&backup.of_moment)).soft(page.of(
                    "system-backup-where",
                    bytes(page, backup.bytes),
                    &backup.place,
                ));
                let is_old = age(now, backup.of_moment) > hours * 60 * 60;
                let line = Line::new("system-backup", value).look_if(page, is_old, Kind::Danger, "system-backup-old");
                line.look_if(page, backup.missing > 0, Kind::Danger, "system-backup-missing")
            }
        },
        Line::new("system-messages", page.count("system-messages-waiting", of.messages.waiting)).look_if(
            page,
            of.messages.due_since.is_some_and(|since| age(now, since) > WAITS),
            Kind::Warn,
            "system-messages-late",
        ),
        Line::new("system-failed", page.count("system-messages-failed", of.messages.failed))
            .look_if(page, of.messages.failed > 0, Kind::Warn, "system-failed-do")
            .at(Link::to("/outbox", page.say("menu-outbox"))),
        Line::new("system-webhooks", page.count("system-webhooks-stopped", of.stopped))
            .look_if(page, of.stopped > 0, Kind::Warn, "system-webhooks-do")
            .at(Link::to("/settings/webhooks", page.say("webhooks"))),
        log(office, page, of),
    ];
    let run = of.run_at.map_or_else(|| page.say("system-run-none"), |at| page.moment(&at));
    lines.push(Line::new("system-run", run).plain());
    lines.push(
        Line::new("system-cases", page.of("system-cases-open", grouped_count(of.open), grouped_count(of.late))).plain(),
    );
    lines
}

fn log(office: &Office, page: &Page, of: &OfGovernment) -> Line {
    let since = of.log.unwitnessed_since.as_deref().and_then(moment);
    let is_late = since.is_some_and(|since| age(office.now(), since) > WAITS);
    let value = if !of.log.has_witnesses {
        page.say("system-log-alone")
    } else if let Some(since) = since {
        page.what("system-log-since", page.moment(&since))
    } else {
        page.say("system-log-witnessed")
    };
    let line = Line::new("system-log", value).look_if(page, !of.log.has_witnesses, Kind::Warn, "system-log-no-witness");
    line.look_if(page, of.log.has_witnesses && is_late, Kind::Danger, "system-log-late")
        .at(Link::to("/log", page.say("menu-log")))
}

fn of_installation(office: &Office, page: &Page, of: &OfInstallation) -> Vec<Line> {
    let drift = match of.drift {
        None => page.say("system-clock-same"),
        Some(drift) => page.count("system-clock-drift", drift.abs()),
    };
    let disk = of.disk.map_or_else(
        || page.say("system-unknown"),
        |(free, all)| page.of("system-disk-free", bytes(page, signed(free)), bytes(page, signed(all))),
    );
    let round = of.round.map_or_else(|| page.say("system-round-none"), |at| page.moment(&at));
    let is_late = of.round.is_none_or(|at| age(office.now(), at) > ROUND);
    let memory = of.memory.map_or_else(|| page.say("system-unknown"), |memory| bytes(page, signed(memory)));
    let version = Value::from(page.what("system-version-haechi", env!("CARGO_PKG_VERSION")))
        .soft(&of.database)
        .soft(page.what("system-version-tables", &of.tables.0));
    vec![
        Line::new("system-round", round).look_if(page, is_late, Kind::Danger, "system-round-do"),
        Line::new("system-clock", drift).look_if(
            page,
            of.drift.is_some_and(|drift| drift.abs() > DRIFT),
            Kind::Danger,
            "system-clock-do",
        ),
        Line::new("system-disk", disk).look_if(
            page,
            of.disk.is_some_and(|(free, _)| free < office.config().disk_free_bytes),
            Kind::Danger,
            "system-disk-do",
        ),
        Line::new("system-tables", page.count("system-tables-pending", of.tables.1)).look_if(
            page,
            of.tables.1 > 0,
            Kind::Danger,
            "system-tables-do",
        ),
        Line::new(
            "system-connections",
            page.of("system-connections-open", of.connections.0.saturating_sub(of.connections.1), of.connections.2),
        )
        .plain(),
        Line::new("system-memory", memory).plain(),
        Line::new("system-version", version).plain(),
    ]
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn grouped_count(count: u64) -> String {
    grouped(signed(count))
}

/// A size for people.
fn bytes(page: &Page, bytes: i64) -> String {
    let mib = bytes / (1024 * 1024);
    match mib {
        0 => page.what("system-kib", grouped(bytes.div_euclid(1024))),
        1..10_240 => page.what("system-mib", grouped(mib)),
        _ => page.what("system-gib", grouped(mib / 1024)),
    }
}
