//! Alerts, and what is not asked again.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "alert",
            Rights::Keep,
            "id uuid NOT NULL, finding_key text NOT NULL, kind text NOT NULL, scenario text NOT NULL, scenario_version integer NOT NULL,
             scenario_digest text NOT NULL, title_ko text NOT NULL, title_en text NOT NULL, severity text NOT NULL,
             notify text NOT NULL, occurred_on date, amount bigint, currency text, unit_code text, employee_no text,
             explanation_ko text NOT NULL, explanation_en text NOT NULL, remedy_ko text NOT NULL, remedy_en text NOT NULL,
             basis text NOT NULL, personal text NOT NULL, deadline_days integer, subject text NOT NULL, facts text NOT NULL, evidence text NOT NULL,
             evidence_before text, first_run uuid NOT NULL, last_run uuid NOT NULL, first_seen_at timestamptz NOT NULL,
             last_seen_at timestamptz NOT NULL, times_seen integer NOT NULL, changed_at timestamptz, gone_at timestamptz,
             gone_why text, PRIMARY KEY (tenant, id), UNIQUE (tenant, finding_key)",
        )
        .await?;
        index(manager, "alert", "scenario", "tenant, scenario, last_run").await?;
        table(
            manager,
            "exclusion",
            Rights::Keep,
            "id uuid NOT NULL, finding_key text NOT NULL, scenario text NOT NULL, subject text NOT NULL, case_id uuid NOT NULL,
             owner uuid NOT NULL, reason text NOT NULL, basis text NOT NULL, approver uuid NOT NULL, confirmed_by uuid NOT NULL,
             made_at timestamptz NOT NULL, until date NOT NULL, review_on date NOT NULL, reviewed_at timestamptz, reviewed_by uuid,
             hidden bigint NOT NULL, last_hidden_at timestamptz, ended_at timestamptz, ended_by uuid, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "exclusion", "finding", "tenant, finding_key").await
    }
}
