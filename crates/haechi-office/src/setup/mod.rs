//! Setting an office up: the steps in their order, each with its state as the facts have it, and what is to be done next.
//!
//! Two steps may leave no fact of their own (that somebody looked at the deadlines and left them as they are, that backups are made by
//! other means), so an administrator says so, and who did stands there.

pub(crate) mod api;
pub(crate) mod migrations;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use crate::audit::{self, Entry, Record};
use crate::config::Config;
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Actor, Authorized, General, Role};
use crate::problem::Problem;
use crate::settings::{Setting, Settings};
use crate::slices::{people, runs};

pub(crate) use self::pages::notice;

pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// A step, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = SetupStep)]
pub(crate) enum Step {
    /// The address people use is set.
    Address,
    /// The personnel register was taken in.
    People,
    /// Who checks and who is checked are different people: the roles a first run needs are given.
    Roles,
    /// Mail is set up, or it is a trial.
    Messages,
    /// A run was received.
    Run,
    /// Somebody looked at the deadlines.
    Deadlines,
    /// Backups are made.
    Backup,
}

/// Auditors that are needed: one confirms, a second confirms what is of high severity, a third is there when one of them is not.
const AUDITORS: usize = 3;

impl Step {
    /// Every step.
    pub(crate) const ALL: [Self; 7] =
        [Self::Address, Self::People, Self::Roles, Self::Messages, Self::Run, Self::Deadlines, Self::Backup];

    /// The word in the database and of the words (`setup-address`).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::People => "people",
            Self::Roles => "roles",
            Self::Messages => "messages",
            Self::Run => "run",
            Self::Deadlines => "deadlines",
            Self::Backup => "backup",
        }
    }

    /// Whether it is done when an administrator says so.
    const fn is_said(self) -> bool {
        matches!(self, Self::Deadlines | Self::Backup)
    }
}

/// How the steps stand.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    done: Vec<Step>,
    said: Vec<store::Row>,
    /// Roles that are still to be given, and to how many people.
    missing: Vec<(Role, usize)>,
}

impl Standing {
    /// Whether a step is done.
    pub(crate) fn is_done(&self, step: Step) -> bool {
        self.done.contains(&step)
    }

    /// How many are.
    pub(crate) fn count(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing is left.
    pub(crate) fn is_whole(&self) -> bool {
        self.done.len() == Step::ALL.len()
    }
}

/// How the steps stand, by the facts.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn standing(office: &Office, tx: &Transaction, me: &Actor) -> Result<Standing, sea_orm::DbErr> {
    let (config, day) = (office.config(), me.day());
    let mut missing = Vec::new();
    for (role, wanted) in [(Role::IntegrityOfficer, 1), (Role::OutsideConfirmer, 1), (Role::Auditor, AUDITORS)] {
        let held = people::holders(tx, role, day).await?.len();
        if held < wanted {
            missing.push((role, wanted - held));
        }
    }
    let settings = Settings::read(tx).await?;
    let deadlines = [Setting::HandlerDays, Setting::ManagerDays, Setting::AuditDays, Setting::StepDays];
    let is_set = deadlines.into_iter().any(|setting| settings.get(setting, day, None).by == "government");
    let said = store::all(tx).await?;
    let is_said = |step: Step| said.iter().any(|row| row.step == step.as_str());
    let has_run = !runs::is_first(tx).await?;
    let has_backup = crate::backup::last_made(tx).await?.is_some();
    let done = Step::ALL.into_iter().filter(|step| match step {
        Step::Address => config.demo || config.public_url != Config::default().public_url,
        Step::People => me.directory().units_on(day).any(|unit| unit.code != people::OWN_UNIT),
        Step::Roles => missing.is_empty(),
        Step::Messages => config.trial || config.mail.host.is_some(),
        Step::Run => has_run,
        Step::Deadlines => is_set || is_said(*step),
        Step::Backup => has_backup || is_said(*step),
    });
    Ok(Standing { done: done.collect(), missing, said })
}

/// Why a step was not noted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetupError {
    /// There is no such step, or it is done by its facts alone.
    #[error("no such step")]
    Gone,
    /// The database said no.
    #[error("the steps could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<SetupError> for Problem {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Gone => Self::hidden(),
            SetupError::Database(error) => error.into(),
            SetupError::Log(error) => error.into(),
        }
    }
}

/// Notes that an administrator did a step that leaves no fact of its own. Done again it changes nothing.
///
/// # Errors
///
/// A step that its facts show.
pub(crate) async fn say_done(office: &Office, may: &Authorized<'_, General>, step: &str) -> Result<(), SetupError> {
    let step = Step::ALL.into_iter().find(|one| one.as_str() == step && one.is_said()).ok_or(SetupError::Gone)?;
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    if store::all(&tx).await?.iter().any(|row| row.step == step.as_str()) {
        return Ok(());
    }
    let row = store::Row {
        tenant: tx.tenant(),
        step: step.as_str().to_owned(),
        said_by: may.by().id().map(|id| id.to_string()).unwrap_or_default(),
        said_at: office.now(),
    };
    store::add(&tx, row).await?;
    let record = Record { kind: "setup".to_owned(), id: step.as_str().to_owned() };
    let entry = Entry { action: "setup.done".to_owned(), record, ..may.entry("setup", "") };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
