//! The pages of messages: one's own, those that leave, the words of both.

use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::words::Language;

use super::deliver::decide;
use super::error::OutboxError;
use super::fault::Fault;
use super::state::State;
use super::store::{self, message};
use super::template::Template;
use super::versions::{self, Preview, Wording};
use super::ways;
use crate::ids::MessageId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Column, Crumbs, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, Notice, PageHead, Row, Stat, Stats,
    SummaryList, Table, Value,
};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/inbox", Gate::May(Action::ReadInbox), inbox)
        .post("/inbox", Gate::May(Action::ReadInbox), inbox_form)
        .get("/outbox", Gate::May(Action::ReadOutbox), outbox)
        .post("/outbox/{id}", Gate::May(Action::ReadOutbox), outbox_form)
        .get("/templates", Gate::May(Action::ChangeSettings), templates)
        .get("/templates/{name}", Gate::May(Action::ChangeSettings), template)
        .post("/templates/{name}", Gate::May(Action::ChangeSettings), template_form);
}

/// Messages that a page lists.
const MOST: u64 = 100;

/// A message in somebody's inbox.
struct Letter {
    subject: String,
    body: String,
    when: String,
    case: Option<String>,
    is_new: bool,
}

#[derive(askama::Template)]
#[template(path = "inbox.html")]
struct Inbox {
    page: Page,
    head: PageHead,
    letters: Vec<Letter>,
    read: Option<Sheet>,
    nothing: Empty,
}

async fn inbox(Of(office): Of<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadInbox)?;
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::inbox(&tx, person, MOST).await?;
    let letters: Vec<Letter> = rows
        .into_iter()
        .map(|row| Letter {
            when: page.moment(&row.made_at),
            case: row.about.map(|case| format!("/cases/{case}")),
            is_new: row.read_at.is_none(),
            subject: row.subject,
            body: row.body,
        })
        .collect();
    let new = letters.iter().filter(|letter| letter.is_new).count();
    let mut head = PageHead::new(page.say("menu-inbox"));
    if !letters.is_empty() {
        head = head.expected(if new > 0 { page.count("inbox-expected", new) } else { page.say("inbox-all-read") });
    }
    let read = (new > 0).then(|| Sheet::inline(&page, "/inbox").button(Button::second(page.say("inbox-read"))));
    let nothing = Empty::new(page.say("inbox-none")).text(page.say("inbox-none-about"));
    Html::of(&Inbox { head, letters, read, nothing, page })
}

async fn inbox_form(Of(office): Of<Office>, Me(me): Me, Form(_): Form) -> Result<Redirect, PageError> {
    super::mark_read(&office, &generally(&me, Action::ReadInbox)?).await?;
    Ok(Redirect::to("/inbox"))
}

/// A way out, as the page shows it.
struct Way {
    name: String,
    counts: Stats,
    has_counts: bool,
    down: Option<Notice>,
    said: String,
}

#[derive(askama::Template)]
#[template(path = "outbox.html")]
struct Outbox {
    page: Page,
    head: PageHead,
    ways: Vec<Way>,
    failed: Table,
    waiting: Table,
    /// What a trial held.
    held: Option<Table>,
}

fn fault_words(fault: Option<&str>, language: Language) -> String {
    fault.and_then(Fault::parse).map(|fault| fault.words(language)).unwrap_or_default()
}

async fn outbox(Of(office): Of<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadOutbox)?;
    let all = ways::all(&office).await?;
    let tx = office.db().read(me.tenant()).await?;
    let counts = store::counts(&tx).await?;
    let mut is_down = false;
    let mut ways = Vec::new();
    for (channel, way) in all {
        let count = |state: State| {
            let of = counts.iter().find(|row| row.channel == channel.as_str() && row.state == state.as_str())?;
            let count = page.grouped(u64::try_from(of.count).unwrap_or(0));
            Some(Stat::new(page.say(&format!("message-{}", state.as_str())), count).warn_if(state == State::Failed))
        };
        let stats: Vec<Stat> = State::ALL.into_iter().filter_map(count).collect();
        let has = office.senders().has(channel);
        let (down, since) = match way {
            ways::Way::Closed(down) if has => (Some(down), None),
            ways::Way::Open { since } => (None, since),
            ways::Way::Closed(_) => (None, None),
        };
        is_down |= down.is_some();
        ways.push(Way {
            name: page.say(&format!("channel-{}", channel.as_str())),
            has_counts: !stats.is_empty(),
            counts: Stats::new(stats),
            down: down.map(|down| {
                let (since, until) = (page.moment(&down.since), page.moment(&down.until));
                Notice::new(Kind::Danger, page.of("outbox-down", since, until)).line(down.fault.words(page.language))
            }),
            said: match (has, since) {
                _ if office.config().trial => page.say("outbox-trial"),
                (false, _) => page.say("outbox-not-set"),
                (true, None) => page.say("outbox-open"),
                (true, Some(since)) => page.what("outbox-open-since", page.moment(&since)),
            },
        });
    }
    let failed = store::in_states(&tx, &[State::Failed], MOST).await?;
    let waiting = store::in_states(&tx, &[State::Queued, State::Sending], MOST).await?;
    let held = store::in_states(&tx, &[State::Held], MOST).await?;
    let expected = match (failed.len(), is_down) {
        _ if office.config().trial => page.say("outbox-expected-trial"),
        (0, false) => page.say("outbox-expected-nothing"),
        (0, true) => page.say("outbox-expected-down"),
        (count, _) => page.count("outbox-expected", count),
    };
    let mut head = PageHead::new(page.say("menu-outbox")).expected(expected).lead(page.say("outbox-about"));
    if me.may_ever(Action::ChangeSettings) {
        head = head.link(Link::to("/templates", page.say("templates")));
    }
    let list = |rows: &[message::Model], word: &str| leaving(&me, &page, rows, word);
    let (failed, waiting) = (list(&failed, "outbox-failed"), list(&waiting, "outbox-waiting"));
    let held = (!held.is_empty()).then(|| list(&held, "outbox-held"));
    Html::of(&Outbox { head, ways, failed, waiting, held, page })
}

/// Messages that leave. What they say is between writer and reader: who runs the installation sees no case.
fn leaving(me: &Actor, page: &Page, rows: &[message::Model], caption: &str) -> Table {
    let row = |row: &message::Model| {
        let who = me.directory().person(row.person).map(|person| person.name.clone()).unwrap_or_default();
        // One that was joined into another goes where that one goes.
        let stays = [State::Sending, State::Held].iter().any(|state| state.as_str() == row.state);
        let may_turn = row.joined.is_none() && !stays;
        let turn = Sheet::inline(page, format!("/outbox/{}", row.id))
            .button(Button::plain(page.say("outbox-again")).sends("do", "again").of(&who))
            .button(Button::plain(page.say("outbox-give-up")).sends("do", "giveup").of(&who));
        let is_still = [State::Failed, State::Held].iter().any(|state| state.as_str() == row.state);
        let next = if is_still { "–".to_owned() } else { page.moment(&row.next_at) };
        let kind = page.say(&format!("template-{}", row.template));
        let channel = page.say(&format!("channel-{}", row.channel));
        let state = Value::from(page.say(&format!("message-{}", row.state)));
        Row::new([
            Value::from(who),
            Value::from(kind).soft(channel),
            page.moment(&row.made_at).into(),
            state.soft(fault_words(row.fault.as_deref(), page.language)),
            row.attempts.to_string().into(),
            next.into(),
            if may_turn { Value::default().form(turn) } else { Value::default() },
        ])
    };
    let columns = [
        Column::new(page.say("outbox-who")),
        Column::new(page.say("template-kind")),
        Column::day(page.say("outbox-made")),
        Column::new(page.say("outbox-state")),
        Column::number(page.say("outbox-attempts")),
        Column::day(page.say("outbox-next")),
        Column::new(page.say("action")).unseen(),
    ];
    let nothing = Empty::new(page.say("outbox-none"));
    Table::new(page.say(caption), columns).rows(rows.iter().map(row)).or(nothing)
}

async fn outbox_form(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(id): Path<MessageId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ReadOutbox)?;
    match form.text("do") {
        "again" => decide(&office, &may, id, true).await?,
        "giveup" => decide(&office, &may, id, false).await?,
        _ => return Err(unknown_deed().into()),
    }
    Ok(Redirect::to("/outbox"))
}

fn unknown_deed() -> Problem {
    Problem::invalid("form.do", ("무엇을 할지 알 수 없는 요청입니다.", "It does not say what is to be done."))
}

#[derive(askama::Template)]
#[template(path = "templates.html")]
struct Templates {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    all: Table,
}

async fn templates(Of(office): Of<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let mut rows = Vec::new();
    for template in Template::ALL {
        let wording = versions::holding(&office, &may, *template).await?;
        let title = page.say(&format!("template-{}", template.as_str()));
        rows.push(Row::new([
            Link::to(format!("/templates/{}", template.as_str()), title).into(),
            wording.subject.into(),
            wording.seen.to_string().into(),
        ]));
    }
    let columns = [
        Column::new(page.say("template-kind")),
        Column::new(page.say("template-subject")),
        Column::number(page.say("template-version")),
    ];
    let crumbs = Crumbs::new(&page, [Link::to("/outbox", page.say("menu-outbox"))], page.say("templates"));
    let head = PageHead::new(page.say("templates")).lead(page.say("templates-about"));
    Html::of(&Templates { crumbs, head, all: Table::new(page.say("templates"), columns).rows(rows), page })
}

#[derive(askama::Template)]
#[template(path = "template.html")]
struct One {
    page: Page,
    title: String,
    crumbs: Crumbs,
    head: PageHead,
    errors: Option<ErrorSummary>,
    done: Option<Notice>,
    preview: Option<Preview>,
    write: Sheet,
    test: Sheet,
    places: SummaryList,
    own: (String, String),
}

impl One {
    fn of(page: Page, wording: Wording) -> Self {
        let Wording { template, seen, subject, body } = wording;
        let title = page.say(&format!("template-{}", template.as_str()));
        let places = template.places().iter().chain(&["link"]).fold(SummaryList::new(&page), |list, place| {
            list.row(format!("[{place}]"), page.say(&format!("place-{place}")))
        });
        let action = format!("/templates/{}", template.as_str());
        let above = [Link::to("/outbox", page.say("menu-outbox")), Link::to("/templates", page.say("templates"))];
        Self {
            crumbs: Crumbs::new(&page, above, &title),
            head: PageHead::new(&title).lead(page.say("template-lead")),
            errors: None,
            done: None,
            preview: None,
            write: Sheet::post(&page, &action)
                .hidden("version", seen)
                .part(Field::text("subject", page.say("template-subject")).value(subject).most(150))
                .part(Field::area("body", page.say("template-body"), 8).value(body).most(2_000))
                .button(Button::new(page.say("template-save")).sends("do", "save"))
                .button(Button::second(page.say("template-preview-do")).sends("do", "preview")),
            test: Sheet::post(&page, action).button(Button::plain(page.say("template-test")).sends("do", "test")),
            places,
            own: template.own(Language::Korean),
            title,
            page,
        }
    }
}

fn kind(name: &str) -> Result<Template, OutboxError> {
    Template::parse(name).ok_or(OutboxError::Unknown)
}

async fn template(Of(office): Of<Office>, Me(me): Me, Path(name): Path<String>, page: Page) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let wording = versions::holding(&office, &may, kind(&name)?).await?;
    let preview = Some(wording.preview(&office));
    Html::of(&One { preview, ..One::of(page, wording) })
}

async fn template_form(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(name): Path<String>,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let template = kind(&name)?;
    let what = form.text("do");
    if what == "test" {
        versions::try_out(&office, &may, template).await?;
        return Ok(Redirect::to("/inbox").into_response());
    }
    if what != "save" && what != "preview" {
        return Err(unknown_deed().into());
    }
    let written = Wording {
        template,
        seen: form.need("version")?,
        subject: form.text("subject").to_owned(),
        body: form.text("body").to_owned(),
    };
    let told = match written.clone().checked() {
        Ok(wording) if what == "preview" => {
            let preview = Some(wording.preview(&office));
            let done = Some(Notice::new(Kind::Info, page.say("template-not-saved")).said());
            return Ok(Html::of(&One { preview, done, ..One::of(page, wording) })?.into_response());
        }
        Ok(wording) => match versions::save(&office, &may, wording).await {
            Ok(version) => {
                let wording = versions::holding(&office, &may, template).await?;
                let done = Notice::new(Kind::Good, page.what("template-saved", version)).said();
                let (preview, done) = (Some(wording.preview(&office)), Some(done));
                return Ok(Html::of(&One { preview, done, ..One::of(page, wording) })?.into_response());
            }
            Err(refused) => Problem::from(refused),
        },
        Err(refused) => Problem::from(refused),
    };
    // What was typed stays on the page.
    told.tell_log();
    let errors = Some(ErrorSummary::of(&page, &told, Some("#subject".to_owned())));
    let view = Html::of(&One { errors, ..One::of(page.refused(), written) })?;
    Ok((told.status(), view).into_response())
}
