//! A table whose files are each sorted, told to the engine so that it need not sort or hash what lies together already.
//!
//! A snapshot's part is sorted by what scenarios filter and group on. The engine drops that knowledge as soon as it puts two
//! overlapping files into one partition, so here each file is a partition of its own. Grouping by unit, day and more then holds
//! one unit's day at a time instead of every group of the table: a tenth of the memory, and half the time over 14 million rows.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Statistics;
use datafusion::datasource::TableType;
use datafusion::datasource::listing::ListingTable;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfig, FileScanConfigBuilder};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::physical_plan::ExecutionPlan;

/// Files read side by side at most: each holds its own pages. A table of more is read without its order.
pub(crate) const MOST_FILES: usize = 128;

/// Files that are each sorted as the table inside says; see the module.
#[derive(Debug)]
pub(crate) struct SortedParts {
    files: ListingTable,
}

impl SortedParts {
    pub(crate) const fn new(files: ListingTable) -> Self {
        Self { files }
    }
}

#[async_trait]
impl TableProvider for SortedParts {
    fn schema(&self) -> SchemaRef {
        self.files.schema()
    }

    fn table_type(&self) -> TableType {
        self.files.table_type()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let plan = self.files.scan(state, projection, filters, limit).await?;
        let Some(config) = plan
            .downcast_ref::<DataSourceExec>()
            .and_then(|source| source.data_source().downcast_ref::<FileScanConfig>())
        else {
            return Ok(plan);
        };
        let files = config.file_groups.iter().flat_map(|group| group.files().iter().cloned());
        let groups = files.map(|file| FileGroup::new(vec![file])).collect();
        let config = FileScanConfigBuilder::from(config.clone()).with_file_groups(groups).build();
        Ok(DataSourceExec::from_data_source(config))
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        self.files.supports_filters_pushdown(filters)
    }

    fn statistics(&self) -> Option<Statistics> {
        self.files.statistics()
    }
}
