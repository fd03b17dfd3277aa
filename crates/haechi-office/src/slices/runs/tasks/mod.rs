//! What an engine does, and how far it is: import what lies ready, detect, hand in. It begins by the clock or because somebody asks,
//! one at a time for each government, and says how far it is until it ends; who asked may leave the page meanwhile.
//!
//! ```text
//! asked ──► waiting ──engine begins──► running ──► done
//!                     by the clock ──►    │  ├───► failed
//!                                         │  └───► interrupted (nothing was heard of it for two minutes)
//! ```

pub(super) mod api;
pub(super) mod store;
#[cfg(test)]
mod tests;
mod view;

pub(super) use self::view::{Shown, shown};

use chrono::TimeDelta;

use crate::audit::{self, Entry, LogError};
use crate::ids::RunId;
use crate::office::Office;
use crate::policy::{Action, Actor, Denied, generally};
use crate::problem::Problem;

ids! {
    /// Something an engine does or is asked to do.
    TaskId,
}

/// Silence after which an engine counts as gone.
const SILENCE: TimeDelta = TimeDelta::minutes(2);
/// Characters of what an engine says that are kept.
const SAID: usize = 1_000;

/// Why an engine was not asked or not heard.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// One waits or runs.
    #[error("an engine is at work already")]
    Busy,
    /// It has ended, or there is none.
    #[error("there is no such task at work")]
    Gone,
    /// Not theirs to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The database said no.
    #[error("the task could not be read or written")]
    Store(#[from] sea_orm::DbErr),
}

impl From<TaskError> for Problem {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Busy => Self::new(
                409,
                "task.busy",
                ("이미 점검하고 있습니다.", "A run is under way already."),
                ("끝난 뒤에 다시 해 주십시오.", "Try again when it has ended."),
            ),
            TaskError::Gone => Self::hidden(),
            TaskError::Denied(denied) => denied.into(),
            TaskError::Log(error) => error.into(),
            TaskError::Store(error) => error.into(),
        }
    }
}

/// How far an engine is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "stage": "detect", "done": 12, "total": 44 })))]
pub struct Step {
    /// What it does.
    pub stage: Stage,
    /// What it does it with: the mapping whose files are imported; empty else.
    #[serde(default)]
    pub about: String,
    /// How much of it is done: bytes read, or scenarios judged.
    #[schema(minimum = 0)]
    pub done: i64,
    /// How much there is; 0 where it is not known.
    #[schema(minimum = 0)]
    pub total: i64,
}

/// What an engine does, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Exports that lie ready are imported.
    Import,
    /// Scenarios are judged.
    Detect,
    /// The run is handed in.
    HandIn,
}

impl Stage {
    /// The word in the database and the messages (`task-stage-import`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Detect => "detect",
            Self::HandIn => "hand_in",
        }
    }
}

/// Asks an engine to import what lies ready and to detect now.
///
/// # Errors
///
/// Not theirs; one waits or runs already.
pub async fn ask(office: &Office, actor: &Actor) -> Result<TaskId, TaskError> {
    let may = generally(actor, Action::StartRun)?;
    let by = actor.id().ok_or(Denied::Forbidden(Action::StartRun))?;
    let tx = office.db().write(actor.tenant()).await?;
    store::interrupt(&tx, office.now() - SILENCE, office.now()).await?;
    let id = TaskId::new();
    if !store::add(&tx, id, Some(by), "waiting", office.now()).await? {
        return Err(TaskError::Busy);
    }
    audit::append(&tx, office.clock(), &may.entry("engine_task", id)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Begins what somebody asked for; where nobody did and it is `due` by the clock, begins of its own.
///
/// # Errors
///
/// Not theirs. None where there is nothing to do, or another engine is at work.
pub async fn begin(office: &Office, engine: &Actor, due: bool) -> Result<Option<TaskId>, TaskError> {
    let may = generally(engine, Action::SubmitRun)?;
    let now = office.now();
    // An engine asks every few seconds, and almost always there is nothing to do.
    let tx = office.db().read(engine.tenant()).await?;
    let is_asked = store::open(&tx).await?.is_some_and(|row| row.state == "waiting");
    drop(tx);
    if !is_asked && !due {
        return Ok(None);
    }
    let tx = office.db().write(engine.tenant()).await?;
    store::interrupt(&tx, now - SILENCE, now).await?;
    let begun = match store::open(&tx).await? {
        Some(row) if row.state == "waiting" => store::run(&tx, row.id, now).await?.then_some(row.id),
        Some(_) => None,
        None if due => {
            let id = TaskId::new();
            store::add(&tx, id, None, "running", now).await?.then_some(id)
        }
        None => None,
    };
    if let Some(id) = begun {
        let entry = Entry { action: "engine.begin".to_owned(), ..may.entry("engine_task", id) };
        audit::append(&tx, office.clock(), &entry).await?;
    }
    tx.commit().await?;
    Ok(begun)
}

/// Says how far it is.
///
/// # Errors
///
/// Not theirs; it has ended.
pub async fn progress(office: &Office, engine: &Actor, id: TaskId, step: &Step) -> Result<(), TaskError> {
    generally(engine, Action::SubmitRun)?;
    let tx = office.db().write(engine.tenant()).await?;
    if !store::progress(&tx, id, step, office.now()).await? {
        return Err(TaskError::Gone);
    }
    tx.commit().await?;
    Ok(())
}

/// How something ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Well; with what was to be said of imports that were not taken.
    Done {
        /// The run that was taken in.
        run: Option<RunId>,
        /// What is to be looked at.
        message: String,
    },
    /// Not; with why.
    Failed {
        /// Why.
        message: String,
    },
}

/// Says that it ended.
///
/// # Errors
///
/// Not theirs; it has ended before.
pub async fn end(office: &Office, engine: &Actor, id: TaskId, ended: Ended) -> Result<(), TaskError> {
    let may = generally(engine, Action::SubmitRun)?;
    let (state, run, message) = match ended {
        Ended::Done { run, message } => ("done", run, message),
        Ended::Failed { message } => ("failed", None, message),
    };
    let message: String = message.chars().take(SAID).collect();
    let tx = office.db().write(engine.tenant()).await?;
    if !store::end(&tx, id, state, run, &message, office.now()).await? {
        return Err(TaskError::Gone);
    }
    let entry = Entry { action: format!("engine.{state}"), ..may.entry("engine_task", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
