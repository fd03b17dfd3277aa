//! The pages of messages: one's own, those that leave, the words of both.

use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Redirect, Response};
use haechi_core::words::Language;

use super::deliver::decide;
use super::error::OutboxError;
use super::fault::Fault;
use super::senders::Channel;
use super::state::State;
use super::store::{self, message};
use super::template::Template;
use super::versions::{self, Preview, Wording};
use super::ways;
use crate::ids::MessageId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::Problem;
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
    letters: Vec<Letter>,
    has_new: bool,
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
    Html::of(&Inbox { has_new: letters.iter().any(|letter| letter.is_new), page, letters })
}

async fn inbox_form(Of(office): Of<Office>, Me(me): Me, Form(_): Form) -> Result<Redirect, PageError> {
    super::mark_read(&office, &generally(&me, Action::ReadInbox)?).await?;
    Ok(Redirect::to("/inbox"))
}

/// A way out, as the page shows it.
struct Way {
    name: String,
    counts: Vec<(String, i64)>,
    state: String,
    /// Why it is closed, where it is.
    why: Option<String>,
}

/// A message that leaves. What it says is between its writer and its reader: who runs the installation sees no case.
struct Leaving {
    id: MessageId,
    who: String,
    channel: String,
    kind: String,
    state: String,
    made: String,
    next: String,
    attempts: i32,
    fault: String,
    is_failed: bool,
    may_turn: bool,
}

#[derive(askama::Template)]
#[template(path = "outbox.html")]
struct Outbox {
    page: Page,
    ways: Vec<Way>,
    failed: Vec<Leaving>,
    waiting: Vec<Leaving>,
    may_write: bool,
}

fn fault_words(fault: Option<&str>, language: Language) -> String {
    fault.and_then(Fault::parse).map(|fault| fault.words(language)).unwrap_or_default()
}

async fn outbox(Of(office): Of<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadOutbox)?;
    let tx = office.db().read(me.tenant()).await?;
    let counts = store::counts(&tx).await?;
    let mut ways = Vec::new();
    for channel in Channel::ALL {
        let count = |state: State| {
            let of = counts.iter().find(|row| row.channel == channel.as_str() && row.state == state.as_str());
            of.map(|row| (page.say(&format!("message-{}", state.as_str())), row.count))
        };
        let (state, why) = match ways::way(&office, channel).await? {
            _ if !office.senders().has(channel) => (page.say("outbox-not-set"), None),
            ways::Way::Open { since: None } => (page.say("outbox-open"), None),
            ways::Way::Open { since: Some(since) } => (page.what("outbox-open-since", page.moment(&since)), None),
            ways::Way::Closed(down) => {
                let (since, until) = (page.moment(&down.since), page.moment(&down.until));
                (page.of("outbox-down", since, until), Some(down.fault.words(page.language)))
            }
        };
        ways.push(Way {
            name: page.say(&format!("channel-{}", channel.as_str())),
            counts: State::ALL.into_iter().filter_map(count).collect(),
            state,
            why,
        });
    }
    let leaving = |row: message::Model| Leaving {
        who: me.directory().person(row.person).map(|person| person.name.clone()).unwrap_or_default(),
        channel: page.say(&format!("channel-{}", row.channel)),
        kind: page.say(&format!("template-{}", row.template)),
        state: page.say(&format!("message-{}", row.state)),
        made: page.moment(&row.made_at),
        next: page.moment(&row.next_at),
        attempts: row.attempts,
        fault: fault_words(row.fault.as_deref(), page.language),
        is_failed: row.state == State::Failed.as_str(),
        // One that was joined into another goes where that one goes.
        may_turn: row.joined.is_none() && row.state != State::Sending.as_str(),
        id: row.id,
    };
    let failed = store::in_states(&tx, &[State::Failed], MOST).await?.into_iter().map(leaving).collect();
    let waiting = store::in_states(&tx, &[State::Queued, State::Sending], MOST).await?;
    let waiting = waiting.into_iter().map(leaving).collect();
    Html::of(&Outbox { ways, failed, waiting, may_write: me.may_ever(Action::ChangeSettings), page })
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

/// A kind of message in the list.
struct Listed {
    name: &'static str,
    title: String,
    version: i32,
    subject: String,
}

#[derive(askama::Template)]
#[template(path = "templates.html")]
struct Templates {
    page: Page,
    all: Vec<Listed>,
}

async fn templates(Of(office): Of<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let mut all = Vec::new();
    for template in Template::ALL {
        let wording = versions::holding(&office, &may, *template).await?;
        let title = page.say(&format!("template-{}", template.as_str()));
        all.push(Listed { name: template.as_str(), title, version: wording.seen, subject: wording.subject });
    }
    Html::of(&Templates { page, all })
}

#[derive(askama::Template)]
#[template(path = "template.html")]
struct One {
    page: Page,
    name: &'static str,
    title: String,
    places: Vec<(&'static str, String)>,
    own: (String, String),
    version: i32,
    subject: String,
    body: String,
    preview: Option<Preview>,
    problem: Option<String>,
    done: Option<String>,
}

impl One {
    fn of(page: Page, wording: Wording) -> Self {
        let Wording { template, seen, subject, body } = wording;
        let places = template.places().iter().chain(&["link"]);
        Self {
            name: template.as_str(),
            title: page.say(&format!("template-{}", template.as_str())),
            places: places.map(|place| (*place, page.say(&format!("place-{place}")))).collect(),
            own: template.own(Language::Korean),
            version: seen,
            subject,
            body,
            preview: None,
            problem: None,
            done: None,
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
            let done = Some(page.say("template-not-saved"));
            return Ok(Html::of(&One { preview, done, ..One::of(page, wording) })?.into_response());
        }
        Ok(wording) => match versions::save(&office, &may, wording).await {
            Ok(version) => {
                let wording = versions::holding(&office, &may, template).await?;
                let (preview, done) = (Some(wording.preview(&office)), Some(page.what("template-saved", version)));
                return Ok(Html::of(&One { preview, done, ..One::of(page, wording) })?.into_response());
            }
            Err(refused) => Problem::from(refused),
        },
        Err(refused) => Problem::from(refused),
    };
    // What was typed stays on the page.
    told.tell_log();
    let words = format!("{} {}", page.words(&told.happened), page.words(&told.advice));
    let view = Html::of(&One { problem: Some(words), ..One::of(page, written) })?;
    Ok((told.status(), view).into_response())
}
