//! The month's result sheet: closed once, sent to every unit, and never changed afterwards.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Timelike as _};
use haechi_core::calendar::WorkCalendar;
use haechi_core::period::Period;
use haechi_core::time::Day;
use haechi_core::words::Words;
use serde::{Deserialize, Serialize};

use super::measures::Measures;
use super::store;
use super::view::{Asking, Counted, moments};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::TenantId;
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::settings::Settings;
use crate::slices::cases;
use crate::slices::people;

/// The hour from which a month that nobody closed is closed by the office.
const MORNING: u32 = 9;

/// A line of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose: the unit's code, the rule's id or the government's code; empty for all.
    pub of: String,
    /// What it is called.
    pub ko: String,
    /// The same in English.
    pub en: String,
    /// Cases that were opened.
    pub opened: u64,
    /// Of them answered.
    pub answered: u64,
    /// Approved.
    pub approved: u64,
    /// Confirmed: closed.
    pub confirmed: u64,
    /// Open and past due.
    pub late: u64,
    /// Closed as excluded.
    pub excluded: u64,
    /// Answered, approved and confirmed of what was opened, in thousandths; none where nothing was.
    pub rates: [Option<u64>; 3],
    /// Hours from opening to closing that half of what was closed did not exceed.
    pub hours: Option<i64>,
    /// In won or whatever the currency is, per currency: came back, levied, not paid out.
    pub money: std::collections::BTreeMap<String, [i64; 3]>,
}

impl Line {
    pub(super) fn new(of: &str, words: &Words, measures: &Measures) -> Self {
        Self {
            of: of.to_owned(),
            ko: words.ko.clone(),
            en: words.en.clone(),
            opened: measures.opened,
            answered: measures.answered,
            approved: measures.approved,
            confirmed: measures.confirmed,
            late: measures.late,
            excluded: measures.excluded,
            rates: [measures.answered_rate(), measures.approved_rate(), measures.confirmed_rate()],
            hours: measures.hours(50),
            money: measures.money.clone(),
        }
    }
}

/// A month's sheet, as it was when the month was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    pub(super) month: String,
    pub(super) all: Line,
    pub(super) before: Line,
    pub(super) units: Vec<Line>,
    pub(super) scenarios: Vec<Line>,
}

/// A sheet, and who closed it when and what they said; none while it is still open.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) sheet: Sheet,
    pub(super) closed: Option<store::Row>,
}

/// The month an address names.
pub(super) fn month(text: &str) -> Result<Period, Problem> {
    let month: Option<Period> = text.parse().ok();
    month.filter(|month| month.to_string().len() == 7).ok_or_else(Problem::hidden)
}

/// The sheet of a month: as it was closed, else as it would be now.
pub(super) async fn sheet(office: &Office, tx: &Transaction, month: &Period) -> Result<Shown, sea_orm::DbErr> {
    if let Some(row) = store::one(tx, &month.to_string()).await? {
        let sheet = serde_json::from_str(&row.sheet).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
        return Ok(Shown { sheet, closed: Some(row) });
    }
    Ok(Shown { sheet: count(office, tx, month).await?, closed: None })
}

async fn count(office: &Office, tx: &Transaction, month: &Period) -> Result<Sheet, sea_orm::DbErr> {
    let asking = Asking { period: *month, unit: None, scenario: None };
    let (from, until) = moments(office, month);
    let rows = cases::all_figures(tx, from, until).await?;
    let before = match asking.year_before() {
        Some(before) => {
            let (from, until) = moments(office, &before);
            cases::all_figures(tx, from, until).await?
        }
        None => Vec::new(),
    };
    let counted = Counted::from_rows(office, &asking, rows, &before);
    let directory = people::directory(office, tx).await?;
    let nobody = Words::new("부서 없음", "No unit");
    let unit = |code: Option<&str>| match code {
        Some(code) => directory.unit(code, month.to()).map_or_else(|| Words::new(code, code), |unit| unit.name.clone()),
        None => nobody.clone(),
    };
    let whole = Words::new("전체", "All");
    Ok(Sheet {
        month: month.to_string(),
        all: Line::new("", &whole, &counted.all),
        before: Line::new("", &whole, &counted.before),
        units: counted
            .units
            .iter()
            .map(|(code, of)| Line::new(code.as_deref().unwrap_or_default(), &unit(code.as_deref()), of))
            .collect(),
        scenarios: counted
            .scenarios
            .iter()
            .map(|(id, of)| Line::new(id, counted.titles.get(id).unwrap_or(&Words::new(id, id)), of))
            .collect(),
    })
}

/// Why a month was not closed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CloseError {
    /// It is not over.
    #[error("the month is not over")]
    NotOver,
    /// It was closed.
    #[error("the month is closed")]
    Closed,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] crate::policy::Denied),
    /// The database said no.
    #[error("the month could not be read or closed")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<CloseError> for Problem {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::NotOver => Self::new(
                409,
                "statistics.not_over",
                ("아직 끝나지 않은 달입니다.", "The month is not over."),
                ("달이 끝난 뒤에 마감해 주십시오.", "Close it once it is over."),
            ),
            CloseError::Closed => Self::new(
                409,
                "statistics.closed",
                ("이미 마감한 달입니다.", "The month is closed already."),
                ("마감한 결과표를 열어 보십시오.", "Open its sheet."),
            ),
            CloseError::Denied(denied) => denied.into(),
            CloseError::Database(error) => error.into(),
            CloseError::Log(error) => error.into(),
        }
    }
}

/// Closes a month: its sheet stays as it is now, and the head of each unit is told.
///
/// # Errors
///
/// Not theirs; a month that is not over, or closed.
pub(super) async fn close(office: &Office, actor: &Actor, month: &Period, note: &str) -> Result<(), CloseError> {
    let may = generally(actor, Action::CloseMonth)?;
    if month.to() >= office.today() {
        return Err(CloseError::NotOver);
    }
    let tx = office.db().write(actor.tenant()).await?;
    tx.alone().await?;
    let entry = may.entry("month_sheet", month);
    keep(office, &tx, month, note.trim(), actor.id(), entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn keep(
    office: &Office,
    tx: &Transaction,
    month: &Period,
    note: &str,
    by: Option<crate::ids::PersonId>,
    entry: Entry,
) -> Result<(), CloseError> {
    if store::one(tx, &month.to_string()).await?.is_some() {
        return Err(CloseError::Closed);
    }
    let sheet = count(office, tx, month).await?;
    let text = serde_json::to_string(&sheet).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    let after = Some(haechi_core::digest::Digest::of(&text).to_string());
    store::add(tx, &month.to_string(), text, note, by, office.now()).await?;
    let directory = people::directory(office, tx).await?;
    let today = office.today();
    let heads: BTreeSet<_> =
        directory.units_on(today).filter_map(|unit| directory.head(&unit.code, today)).map(|head| head.id).collect();
    for to in heads {
        let values = vec![
            ("month", month.from().format("%Y.%m.").to_string()),
            ("opened", sheet.all.opened.to_string()),
            ("closed", sheet.all.confirmed.to_string()),
            ("late", sheet.all.late.to_string()),
            (outbox::LINK, format!("{}/statistics/sheets/{month}", office.config().public_url)),
        ];
        let letter = Letter { to, template: Template::Result, values, about: None, once: month.to_string() };
        outbox::put(office, tx, &letter).await?;
    }
    audit::append(tx, office.clock(), &Entry { after, ..entry }).await?;
    Ok(())
}

/// Closes last month on the third working day of this one, where nobody did: who looks after it has two days to say what is to be
/// said, and every unit has its result then.
///
/// # Errors
///
/// When the database does not answer, or the calendar does not list the year.
pub(crate) async fn close_by_itself(office: &Office, tenant: TenantId) -> Result<(), Problem> {
    let local = office.local_now();
    let today = local.date();
    let Some(first) = today.with_day(1) else { return Ok(()) };
    if local.time().hour() < MORNING {
        return Ok(());
    }
    let Some(last) = first.pred_opt().and_then(|day| Period::months(day.year(), day.month(), 1)) else { return Ok(()) };
    let state = last.to_string();
    if office.did(tenant, "month", &state) {
        return Ok(());
    }
    let tx = office.db().read(tenant).await?;
    let settings = Settings::read(&tx).await?;
    if closing_day(settings.calendar(office), first)? > today {
        return Ok(());
    }
    let is_closed = store::one(&tx, &state).await?.is_some();
    // A government that was founded since then has no such month.
    let is_new = office.local(people::founded_at(&tx).await?).date() > last.to();
    drop(tx);
    if !is_closed && !is_new {
        let tx = office.db().write(tenant).await?;
        tx.alone().await?;
        let entry = Entry {
            action: "month.close".to_owned(),
            actor: "office".to_owned(),
            true_actor: None,
            via: Via::Job,
            record: Record { kind: "month_sheet".to_owned(), id: state.clone() },
            before: None,
            after: None,
        };
        match keep(office, &tx, &last, "", None, entry).await {
            Ok(()) => tx.commit().await?,
            // Somebody closed it at this moment.
            Err(CloseError::Closed) => {}
            Err(error) => return Err(error.into()),
        }
    }
    office.note_done(tenant, "month", state);
    Ok(())
}

/// Working days of the next month up to that on which a month closes by itself.
const BY_ITSELF: u32 = 3;

/// The day of the month that begins with `first` on which the month before closes by itself.
fn closing_day(calendar: &WorkCalendar, first: Day) -> Result<Day, Problem> {
    let (mut day, mut worked) = (first, 0);
    loop {
        if !calendar.is_day_off(day).map_err(|error| Problem::from(cases::CaseError::from(error)))? {
            worked += 1;
        }
        if worked == BY_ITSELF {
            return Ok(day);
        }
        day = day.succ_opt().ok_or_else(Problem::hidden)?;
    }
}
