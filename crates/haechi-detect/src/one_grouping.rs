//! Groups once what comes from many files.
//!
//! The engine groups each file by itself and then the groups of all files again, so that threads can share the work. A query
//! here runs on one thread, and what is grouped by person, account or vendor has nearly as many groups a month as rows: the
//! first grouping makes nothing smaller and costs three times what the second does.

use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode as _};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::InputOrderMode;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode};
use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;

/// See the module.
#[derive(Debug)]
pub(crate) struct OneGrouping;

impl PhysicalOptimizerRule for OneGrouping {
    fn optimize(&self, plan: Arc<dyn ExecutionPlan>, _config: &ConfigOptions) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(plan
            .transform_down(|plan| {
                Ok(match once(&plan)? {
                    Some(once) => Transformed::yes(once),
                    None => Transformed::no(plan),
                })
            })?
            .data)
    }

    fn name(&self) -> &'static str {
        "one_grouping"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// `Final(Coalesce(Partial(rows)))` as `Single(Coalesce(rows))`. Not where there is nothing to group by, or the first grouping
/// gets its rows in an order it makes use of.
fn once(plan: &Arc<dyn ExecutionPlan>) -> Result<Option<Arc<dyn ExecutionPlan>>> {
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
