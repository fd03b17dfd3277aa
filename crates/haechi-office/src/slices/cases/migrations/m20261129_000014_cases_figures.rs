//! What statistics count of a case, beside what the log proves of it: kept in its row so that a year is one scan.

use sea_orm_migration::prelude::*;

use crate::migrations::{index, of_every_tenant};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The last time `event` happened to a case since its clock began.
fn last(event: &str) -> String {
    format!(
        "(SELECT max(e.at) FROM case_entry e WHERE e.tenant = case_file.tenant AND e.case_id = case_file.id
         AND e.clock = case_file.clock AND e.event = '{event}')"
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_sqlite = manager.get_database_backend() == sea_orm::DatabaseBackend::Sqlite;
        let moment = if is_sqlite { "timestamp_text" } else { "timestamptz" };
        let columns = [
            ("answered_at", moment),
            ("approved_at", moment),
            ("recovered", "bigint"),
            ("levied", "bigint"),
            ("prevented", "bigint"),
            ("steps", "integer NOT NULL DEFAULT 0"),
        ];
        for (column, kind) in columns {
            let add = format!("ALTER TABLE case_file ADD COLUMN {column} {kind}");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        let money = |name: &str| {
            let value = if is_sqlite {
                format!("json_extract(e.details, '$.{name}')")
            } else {
                format!("(e.details::jsonb ->> '{name}')::bigint")
            };
            format!(
                "(SELECT {value} FROM case_entry e WHERE e.tenant = case_file.tenant AND e.case_id = case_file.id
                 AND e.clock = case_file.clock AND e.event = 'answered' ORDER BY e.at DESC, e.id DESC LIMIT 1)"
            )
        };
        let fill = [
            format!(
                "UPDATE case_file SET answered_at = {}, recovered = {}, levied = {}, prevented = {} WHERE answered_by IS NOT NULL",
                last("answered"),
                money("recovered"),
                money("levied"),
                money("prevented")
            ),
            format!("UPDATE case_file SET approved_at = {} WHERE approved_by IS NOT NULL", last("approved")),
            "UPDATE case_file SET steps = (SELECT count(*) FROM case_step s WHERE s.tenant = case_file.tenant
             AND s.case_id = case_file.id AND s.fired_at IS NOT NULL)"
                .to_owned(),
        ];
        of_every_tenant(manager, &["case_file", "case_entry", "case_step"], &fill).await?;
        index(manager, "case_file", "opened", "tenant, opened_at").await
    }
}
