//! The same figures of every government of an installation, for whoever keeps it: sums that each government publishes of itself.

use futures::{StreamExt as _, TryStreamExt as _};
use haechi_core::period::Period;
use haechi_core::words::Words;
use serde::Serialize;

use super::measures::Measures;
use super::sheets::Line;
use super::view::{Asking, moments};
use crate::db::Transaction;
use crate::office::Office;
use crate::slices::{cases, people};

/// Governments that are counted at a time: as many as there are cores on a small machine, and one that waits for the disk.
const AT_ONCE: usize = 3;

/// What was counted of the governments of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfGovernments {
    /// The period, as it was asked for.
    pub period: String,
    /// Each government, by code.
    pub governments: Vec<OfGovernment>,
    /// All of them; hours are those of all cases and not a mean of means.
    pub all: OfGovernment,
}

/// A government's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfGovernment {
    /// Cases opened in the period.
    pub now: Line,
    /// Cases opened in the same period a year before.
    pub before: Line,
}

async fn counted(office: &Office, tx: &Transaction, period: &Period) -> Result<Measures, sea_orm::DbErr> {
    let (from, until) = moments(office, period);
    Ok(Measures::of_sums(&cases::all_sums(tx, from, until, office.now()).await?))
}

/// Counts the cases opened in `period`, of every government, and those of the same period a year before. What is kept is in no figure.
///
/// # Errors
///
/// When the database does not answer.
pub async fn of_governments(office: &Office, period: &Period) -> Result<OfGovernments, sea_orm::DbErr> {
    let before = Asking { period: *period, unit: None, scenario: None }.year_before();
    let one = |tenant| async move {
        let tx = office.db().read(tenant).await?;
        let now = counted(office, &tx, period).await?;
        let before = match before {
            Some(before) => counted(office, &tx, &before).await?,
            None => Measures::default(),
        };
        Ok::<_, sea_orm::DbErr>((now, before))
    };
    let there = people::governments(office).await?;
    let counted: Vec<(Measures, Measures)> =
        futures::stream::iter(there.iter().map(|row| one(row.tenant))).buffered(AT_ONCE).try_collect().await?;
    let line = |of: &str, words: &Words, (now, before): &(Measures, Measures)| OfGovernment {
        now: Line::new(of, words, now),
        before: Line::new(of, words, before),
    };
    let mut all = (Measures::default(), Measures::default());
    for (now, before) in &counted {
        all.0.add(now);
        all.1.add(before);
    }
    Ok(OfGovernments {
        period: period.to_string(),
        governments: there.iter().zip(&counted).map(|(row, of)| line(&row.code, &row.name, of)).collect(),
        all: line("", &Words::new("전체", "All"), &all),
    })
}
