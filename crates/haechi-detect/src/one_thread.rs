//! Plans for one thread: what the engine puts in so that several could share a query's work is taken out again.
//!
//! The engine groups each file by itself and then the groups of all files again. What is grouped by person, account or vendor
//! has nearly as many groups a month as rows, so the first grouping makes nothing smaller and costs three times what the second
//! does. And it hands rows through channels where one stream would do.

use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode as _};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode};
use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;
use datafusion::physical_plan::repartition::RepartitionExec;
use datafusion::physical_plan::sorts::sort_preserving_merge::SortPreservingMergeExec;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties as _, InputOrderMode};

/// See the module.
#[derive(Debug)]
pub(crate) struct OneThread;

impl PhysicalOptimizerRule for OneThread {
    fn optimize(&self, plan: Arc<dyn ExecutionPlan>, _config: &ConfigOptions) -> Result<Arc<dyn ExecutionPlan>> {
        let simpler = |plan: Arc<dyn ExecutionPlan>| {
            let simpler = match merged(&plan) {
                Some(merged) => Some(merged),
                None => grouped_once(&plan)?,
            };
            Ok(simpler.map_or_else(|| Transformed::no(plan), Transformed::yes))
        };
        Ok(plan.transform_down(simpler)?.data)
    }

    fn name(&self) -> &'static str {
        "one_thread"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// Rows that are handed out to one taker alone: merged in their order, or put together as they come.
fn merged(plan: &Arc<dyn ExecutionPlan>) -> Option<Arc<dyn ExecutionPlan>> {
    let split = plan.downcast_ref::<RepartitionExec>()?;
    if split.partitioning().partition_count() != 1 {
        return None;
    }
    let rows = Arc::clone(split.input());
    if rows.output_partitioning().partition_count() == 1 {
        return Some(rows);
    }
    match rows.output_ordering().filter(|_| split.preserve_order()).cloned() {
        Some(order) => Some(Arc::new(SortPreservingMergeExec::new(order, rows))),
        None => Some(Arc::new(CoalescePartitionsExec::new(rows))),
    }
}

/// `Final(Coalesce(Partial(rows)))` as `Single(Coalesce(rows))`. Not where there is nothing to group by, or the first grouping
/// gets its rows in an order it makes use of.
fn grouped_once(plan: &Arc<dyn ExecutionPlan>) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    let Some(last) = plan.downcast_ref::<AggregateExec>().filter(|last| *last.mode() == AggregateMode::Final) else {
        return Ok(None);
    };
    let Some(first) = last
        .input()
        .downcast_ref::<CoalescePartitionsExec>()
        .filter(|merged| merged.fetch().is_none())
        .and_then(|merged| merged.input().downcast_ref::<AggregateExec>())
        .filter(|first| *first.mode() == AggregateMode::Partial)
    else {
        return Ok(None);
    };
    let is_free = !first.group_expr().is_empty()
        && *first.input_order_mode() == InputOrderMode::Linear
        && first.required_input_ordering().iter().all(Option::is_none)
        && first.limit_options().is_none()
        && last.limit_options().is_none();
    if !is_free {
        return Ok(None);
    }
    let rows: Arc<dyn ExecutionPlan> = Arc::new(CoalescePartitionsExec::new(Arc::clone(first.input())));
    let once = AggregateExec::try_new(
        AggregateMode::Single,
        first.group_expr().clone(),
        first.aggr_expr().to_vec(),
        first.filter_expr().to_vec(),
        rows,
        first.input_schema(),
    )?;
    Ok(Some(Arc::new(once)))
}
