//! Cases, their history, the steps up the report line, attachments.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "case_file",
            Rights::Keep,
            "id uuid NOT NULL, alert uuid NOT NULL, finding_key text NOT NULL, state text NOT NULL, outcome text, kept boolean NOT NULL,
             outside boolean NOT NULL, unit text, handler uuid, routed_why text NOT NULL, named uuid, answered_by uuid,
             answer_outcome text, approved_by uuid, first_confirmed_by uuid, scenario text NOT NULL, title_ko text NOT NULL,
             title_en text NOT NULL, severity text NOT NULL, amount bigint, currency text, occurred_on date,
             deadline_days integer, vendor text, opened_at timestamptz NOT NULL, clock integer NOT NULL,
             clock_at timestamptz NOT NULL, due_at timestamptz, due_how text NOT NULL, waits_for text, closed_at timestamptz,
             gone boolean NOT NULL, revision integer NOT NULL, changed_by uuid, PRIMARY KEY (tenant, id), UNIQUE (tenant, alert)",
        )
        .await?;
        index(manager, "case_file", "handler", "tenant, handler, state, due_at").await?;
        index(manager, "case_file", "unit", "tenant, unit, state, due_at").await?;
        index(manager, "case_file", "state", "tenant, state, due_at").await?;
        index(manager, "case_file", "scenario", "tenant, scenario, state").await?;
        index(manager, "case_file", "named", "tenant, named").await?;
        index(manager, "case_file", "vendor", "tenant, vendor").await?;
        table(
            manager,
            "case_entry",
            Rights::Append,
            "id uuid NOT NULL, case_id uuid NOT NULL, at timestamptz NOT NULL, actor uuid, actor_name text NOT NULL, event text NOT NULL,
             text text NOT NULL, details text NOT NULL, clock integer NOT NULL, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "case_entry", "case", "tenant, case_id").await?;
        table(
            manager,
            "case_step",
            Rights::Keep,
            "id uuid NOT NULL, case_id uuid NOT NULL, clock integer NOT NULL, level integer NOT NULL, planned_at timestamptz NOT NULL,
             status text NOT NULL, fired_at timestamptz, told uuid, message uuid, acknowledged_at timestamptz,
             cancelled_at timestamptz, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "case_step", "case", "tenant, case_id").await?;
        index(manager, "case_step", "due", "tenant, status, planned_at").await?;
        table(
            manager,
            "attachment",
            Rights::Append,
            "id uuid NOT NULL, case_id uuid NOT NULL, digest text NOT NULL, name text NOT NULL, media text NOT NULL, bytes bigint NOT NULL,
             added_by uuid NOT NULL, added_at timestamptz NOT NULL, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "attachment", "case", "tenant, case_id").await
    }
}
