//! How long the queries of scenarios take by themselves. Shown to who asks; no verdict depends on it.

use std::time::Duration;

use futures::TryStreamExt as _;
use haechi_core::ids::{Government, ScenarioId};

use super::{Bench, Broken, Catalogue, RunOptions, Scene, Seat, Seated, choose};
use crate::error::EngineError;
use crate::store::DataFolder;

/// How a scenario's query did by itself.
#[derive(Clone, Debug)]
pub struct Timed {
    /// The scenario.
    pub id: ScenarioId,
    /// How long its query took.
    pub took: Duration,
    /// Rows it gave; else why it gave none: it could not be judged, or it failed and how.
    pub rows: Result<u64, String>,
}

/// Runs the queries of scenarios as [`super::detect`] does, makes no findings of what they give, and keeps nothing: what is left is
/// the time of the queries.
///
/// # Errors
///
/// As [`super::detect`].
pub async fn time(
    folder: &DataFolder,
    government: &Government,
    catalogue: &Catalogue,
    options: &RunOptions,
) -> Result<Vec<Timed>, EngineError> {
    let scene = Scene::now(folder, government, options.as_of).await?;
    let chosen = choose(catalogue, &options.only)?;
    let seated = Seated::all(folder, &scene, &chosen, options).await?;
    seated.each(|bench, seat| async move { bench.time(&seat).await }).await
}

impl Bench {
    async fn time(&self, seat: &Seat) -> Timed {
        let start = tokio::time::Instant::now();
        let rows = match &seat.reasons[..] {
            [] => self.rows(seat).await.map_err(Broken::words),
            [reason, ..] => Err(format!("cannot be judged: {}", reason.words.en)),
        };
        Timed { id: seat.scenario.id.clone(), took: start.elapsed(), rows }
    }

    /// How many rows a scenario's query gives.
    async fn rows(&self, seat: &Seat) -> Result<u64, Broken> {
        let mut batches = self.query(&seat.scenario, seat.as_of, &mut indexmap::IndexMap::new()).await?;
        let mut rows = 0;
        while let Some(batch) = batches.try_next().await.map_err(|error| Broken::Engine(Box::new(error)))? {
            rows += batch.num_rows() as u64;
        }
        Ok(rows)
    }
}
