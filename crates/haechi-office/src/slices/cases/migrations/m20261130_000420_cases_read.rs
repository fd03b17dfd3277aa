//! What somebody answered or approved is found as what they have to answer is: each arm of the condition of a list has its index.

use sea_orm_migration::prelude::*;

use crate::migrations::index;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "case_file", "answered", "tenant, answered_by").await?;
        index(manager, "case_file", "approved", "tenant, approved_by").await
    }
}
