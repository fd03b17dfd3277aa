//! How long the queries of scenarios take by themselves. Shown to who asks; no verdict depends on it.

use std::sync::Arc;
use std::time::Duration;

use datafusion::error::DataFusionError;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::execute_stream;
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
    /// What it gave; else why it gave nothing: it could not be judged, or it failed and how.
    pub gave: Result<Gave, String>,
}

/// What a query gave.
#[derive(Clone, Debug)]
pub struct Gave {
    /// Rows.
    pub rows: u64,
    /// Its plan as it was carried out, a line a step, with rows, seconds and memory of each: what a profile starts from.
    pub plan: String,
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
        let gave = match &seat.reasons[..] {
            [] => self.gave(seat).await.map_err(Broken::words),
            [reason, ..] => Err(format!("cannot be judged: {}", reason.words.en)),
        };
        Timed { id: seat.scenario.id.clone(), took: start.elapsed(), gave }
    }

    async fn gave(&self, seat: &Seat) -> Result<Gave, Broken> {
        let engine = |error: DataFusionError| Broken::Engine(Box::new(error));
        let start = tokio::time::Instant::now();
        let frame = self.query(&seat.scenario, seat.as_of, &mut indexmap::IndexMap::new()).await?;
        let context = Arc::new(frame.task_ctx());
        let plan = frame.create_physical_plan().await.map_err(engine)?;
        let planned = start.elapsed();
        let mut batches = execute_stream(Arc::clone(&plan), context).map_err(engine)?;
        let mut rows = 0;
        while let Some(batch) = batches.try_next().await.map_err(engine)? {
            rows += batch.num_rows() as u64;
        }
        let steps = DisplayableExecutionPlan::with_metrics(plan.as_ref());
        Ok(Gave { rows, plan: format!("planned in {:.4} s\n{}", planned.as_secs_f64(), steps.indent(false)) })
    }
}
