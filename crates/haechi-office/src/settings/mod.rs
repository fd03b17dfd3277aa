//! What a government sets for itself, each value from a day on: deadlines, the monitoring day, how a backlog is taken.

pub(crate) mod api;
pub(crate) mod calendar;
pub(crate) mod migrations;
pub(crate) mod pages;
mod store;

use std::sync::OnceLock;

use haechi_core::calendar::WorkCalendar;
use haechi_core::time::Day;

use crate::audit::{self, Record};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::problem::Problem;

/// A setting of a government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Working days the handler has.
    HandlerDays,
    /// Working days the manager has.
    ManagerDays,
    /// Working days the audit office has.
    AuditDays,
    /// Working days from one step up the report line to the next.
    StepDays,
    /// The monitoring day: 1 is Monday, 5 Friday.
    MonitoringDay,
    /// Alerts a person gets a week from the first run on old data.
    BacklogBatch,
    /// Exclusions of one official in 90 days from which the audit office is asked whether they still hold.
    ExclusionsMany,
    /// Seconds from asking for an exclusion to its confirmation under which it is asked whether it was read.
    RushedSeconds,
    /// Who shows a second factor when they sign in with a password of the office's own: 0 nobody has to, 1 administrators, 2 also those
    /// who see others' cases, 3 everybody.
    SecondFactor,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 9] = [
        Self::HandlerDays,
        Self::ManagerDays,
        Self::AuditDays,
        Self::StepDays,
        Self::MonitoringDay,
        Self::BacklogBatch,
        Self::ExclusionsMany,
        Self::RushedSeconds,
        Self::SecondFactor,
    ];

    /// The word in the database and the messages (`setting-handler-days`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HandlerDays => "handler-days",
            Self::ManagerDays => "manager-days",
            Self::AuditDays => "audit-days",
            Self::StepDays => "step-days",
            Self::MonitoringDay => "monitoring-day",
            Self::BacklogBatch => "backlog-batch",
            Self::ExclusionsMany => "exclusions-many",
            Self::RushedSeconds => "rushed-seconds",
            Self::SecondFactor => "second-factor",
        }
    }

    /// The setting whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.as_str() == text)
    }

    /// Where neither the government nor the scenario says anything. No national number is known (`domain.md` 1.3).
    pub const fn default(self) -> u32 {
        match self {
            Self::HandlerDays => 7,
            Self::ManagerDays | Self::StepDays => 3,
            Self::AuditDays | Self::MonitoringDay => 5,
            Self::BacklogBatch => 20,
            Self::ExclusionsMany => 10,
            Self::RushedSeconds => 60,
            Self::SecondFactor => 0,
        }
    }

    /// The least and the most it may be.
    pub const fn range(self) -> (u32, u32) {
        match self {
            Self::HandlerDays | Self::ManagerDays | Self::AuditDays => (1, 60),
            Self::StepDays => (1, 20),
            Self::MonitoringDay => (1, 7),
            Self::BacklogBatch => (1, 10_000),
            Self::ExclusionsMany => (1, 1_000),
            Self::RushedSeconds => (1, 3_600),
            Self::SecondFactor => (0, 3),
        }
    }
}

/// A value, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value.
    pub value: u32,
    /// Who says so: `government`, `scenario`, `default`.
    pub by: &'static str,
}

/// Why a setting was not changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Outside its range.
    #[error("`{setting}` is {least} to {most}")]
    Range {
        /// Which.
        setting: &'static str,
        /// From.
        least: u32,
        /// To.
        most: u32,
    },
    /// A scenario of a name that none has.
    #[error("`{0}` is no scenario's name")]
    Scenario(String),
    /// A day that has passed: what was counted then stays as it was.
    #[error("a setting holds from a day on that has not passed")]
    Past,
    /// The database said no.
    #[error("settings could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<SettingError> for Problem {
    fn from(error: SettingError) -> Self {
        match error {
            SettingError::Range { least, most, .. } => {
                let mut problem =
                    Self::invalid("setting.range", ("값이 범위를 벗어났습니다.", "The value is out of range."));
                problem.advice = haechi_core::words::Words::new(
                    format!("{least}에서 {most} 사이로 정하십시오."),
                    format!("Use {least} to {most}."),
                );
                problem.at("value")
            }
            SettingError::Scenario(_) => Self::invalid(
                "setting.scenario",
                ("시나리오 이름의 형식이 아닙니다.", "That is not a scenario's name."),
            )
            .at("scenario"),
            SettingError::Past => Self::invalid(
                "setting.past",
                ("지난 날짜부터는 바꿀 수 없습니다.", "It cannot be changed from a day that has passed."),
            )
            .at("from"),
            SettingError::Database(error) => error.into(),
            SettingError::Log(error) => error.into(),
        }
    }
}

/// Every setting of a government, read once for many questions.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    rows: Vec<store::Row>,
    own_days: Vec<calendar::OwnDay>,
    calendar: OnceLock<WorkCalendar>,
}

impl Settings {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn read(tx: &Transaction) -> Result<Self, sea_orm::DbErr> {
        let (rows, own_days) = (store::all(tx).await?, calendar::own_days(tx).await?);
        Ok(Self { rows, own_days, calendar: OnceLock::new() })
    }

    /// The working days by which this government counts: the calendar of the program, and its own days.
    pub fn calendar<'a>(&'a self, office: &'a Office) -> &'a WorkCalendar {
        if self.own_days.is_empty() {
            return office.calendar();
        }
        self.calendar.get_or_init(|| calendar::with_own(office.calendar(), &self.own_days))
    }

    /// The government's own days, the earliest first.
    pub(crate) fn own_days(&self) -> &[calendar::OwnDay] {
        &self.own_days
    }

    /// What was set of `setting`, for all scenarios and for single ones: the newest day first.
    fn history(&self, setting: Setting) -> Vec<store::Row> {
        let mut rows: Vec<store::Row> = self.rows.iter().filter(|row| row.name == setting.as_str()).cloned().collect();
        rows.sort_by(|a, b| (b.first_day, &a.scope).cmp(&(a.first_day, &b.scope)));
        rows
    }

    /// What holds on `day`: what the government set for this scenario, or for all; else what the scenario says; else the default.
    pub fn get(&self, setting: Setting, day: Day, scenario: Option<(&str, Option<u32>)>) -> Found {
        let set = |scope: &str| {
            let holds = self
                .rows
                .iter()
                .filter(|row| row.name == setting.as_str() && row.scope == scope && row.first_day <= day);
            holds.max_by_key(|row| row.first_day).and_then(|row| row.value.parse().ok())
        };
        let own = scenario.and_then(|(id, _)| set(id)).or_else(|| set(""));
        match (own, scenario.and_then(|(_, says)| says)) {
            (Some(value), _) => Found { value, by: "government" },
            (None, Some(value)) => Found { value, by: "scenario" },
            (None, None) => Found { value: setting.default(), by: "default" },
        }
    }
}

/// Sets a value from `from` on, for all scenarios or for one.
///
/// # Errors
///
/// A value out of range; a day that has passed.
pub async fn set(
    office: &Office,
    may: &Authorized<'_, General>,
    setting: Setting,
    scenario: &str,
    from: Day,
    value: u32,
) -> Result<(), SettingError> {
    let (least, most) = setting.range();
    if !(least..=most).contains(&value) {
        return Err(SettingError::Range { setting: setting.as_str(), least, most });
    }
    // One that is not there yet may be set beforehand; a name that none can have is a mistake.
    if !scenario.is_empty() && haechi_core::ids::ScenarioId::parse(scenario).is_err() {
        return Err(SettingError::Scenario(scenario.to_owned()));
    }
    if from < office.today() {
        return Err(SettingError::Past);
    }
    let tx = office.db().write(may.by().tenant()).await?;
    let by = may.by().id().map(|id| id.to_string()).unwrap_or_default();
    store::set(&tx, setting.as_str(), scenario, from, &value.to_string(), &by, office.now()).await?;
    let mut entry = may.entry("setting", setting.as_str());
    entry.record =
        Record { kind: "setting".to_owned(), id: format!("{} {scenario}", setting.as_str()).trim().to_owned() };
    entry.after = Some(audit::digest(&(setting.as_str(), scenario, from, value)));
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The addresses of settings.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
    calendar::routes(routes);
}
