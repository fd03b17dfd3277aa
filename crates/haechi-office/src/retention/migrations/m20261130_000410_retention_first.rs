//! Periods, destructions and holds; which records were destroyed, and the day of it in the rows that stay.
//!
//! The serving log-in gets what a destruction needs and no more: of a proposal it may write the decision, of a hold that it is lifted, and
//! rows of tables to which it may otherwise only add go where an approved destruction names their record. A decision that was forged with
//! that log-in has no event in the log.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, may_change, may_remove_where, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// That an approved destruction names a record.
fn destroyed(record: &str) -> String {
    let (table, _) = record.split_once('.').unwrap_or_default();
    format!(
        "EXISTS (SELECT 1 FROM destroyed_record d JOIN retention_proposal p ON p.tenant = d.tenant AND p.id = d.proposal
         WHERE d.tenant = {table}.tenant AND d.record = {record} AND p.kind = 'destruction' AND p.approved)"
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "retention_proposal",
            Rights::Append,
            "id uuid NOT NULL, kind text NOT NULL, class text NOT NULL, years integer, from_new_year boolean NOT NULL, first_day date,
             until date, hold uuid NOT NULL, reason text NOT NULL, proposed_by uuid NOT NULL, proposed_at timestamptz NOT NULL,
             decided_by uuid, decided_at timestamptz, approved boolean, answer text, PRIMARY KEY (tenant, id),
             CHECK (approved IS NOT TRUE OR (decided_by IS NOT NULL AND decided_by <> proposed_by))",
        )
        .await?;
        may_change(manager, "retention_proposal", "decided_by, decided_at, approved, answer").await?;
        // One proposal of a thing waits at a time, whoever clicks at once.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX retention_proposal_waiting ON retention_proposal (tenant, kind, class, hold)
                 WHERE decided_at IS NULL",
            )
            .await?;
        table(
            manager,
            "legal_hold",
            Rights::Append,
            "id uuid NOT NULL, kind text NOT NULL, record text NOT NULL, reason text NOT NULL, basis text NOT NULL, set_by uuid NOT NULL,
             set_at timestamptz NOT NULL, lifted_at timestamptz, PRIMARY KEY (tenant, id)",
        )
        .await?;
        may_change(manager, "legal_hold", "lifted_at").await?;
        table(
            manager,
            "destroyed_record",
            Rights::Append,
            "record uuid NOT NULL, proposal uuid NOT NULL, digest text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (tenant, record)",
        )
        .await?;
        index(manager, "destroyed_record", "proposal", "tenant, proposal").await?;
        table(
            manager,
            "destruction_certificate",
            Rights::Append,
            "proposal uuid NOT NULL, ended_at timestamptz NOT NULL, destroyed bigint NOT NULL, held bigint NOT NULL, digest text NOT NULL,
             PRIMARY KEY (tenant, proposal)",
        )
        .await?;
        table(manager, "doomed_file", Rights::Remove, "digest text NOT NULL, PRIMARY KEY (tenant, digest)").await?;
        let day = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => "date_text",
            _ => "date",
        };
        for table in ["case_file", "alert", "message", "person"] {
            let add = format!("ALTER TABLE {table} ADD COLUMN destroyed_on {day}");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        index(manager, "case_file", "closed", "tenant, closed_at").await?;
        may_remove_where(manager, "case_entry", &destroyed("case_entry.case_id")).await?;
        may_remove_where(manager, "attachment", &destroyed("attachment.case_id")).await?;
        may_remove_where(manager, "access_log", &destroyed("access_log.id")).await
    }
}
