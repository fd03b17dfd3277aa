//! Scenarios as runs showed them, and what was decided about them.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "scenario_known",
            Rights::Keep,
            "scenario text NOT NULL, title_ko text NOT NULL, title_en text NOT NULL, version integer NOT NULL, severity text NOT NULL,
             parameters text NOT NULL, used text NOT NULL, outcome text NOT NULL, run uuid NOT NULL, seen_at timestamptz NOT NULL,
             PRIMARY KEY (tenant, scenario)",
        )
        .await?;
        table(
            manager,
            "scenario_change",
            Rights::Keep,
            "id uuid NOT NULL, scenario text NOT NULL, parameter text NOT NULL, value bigint, first_day date, currency text NOT NULL,
             reason text NOT NULL, proposed_by uuid NOT NULL, proposed_at timestamptz NOT NULL, decided_by uuid, decided_at timestamptz,
             approved boolean, answer text, PRIMARY KEY (tenant, id)",
        )
        .await?;
        // One change of a thing waits at a time, whoever clicks at once.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX scenario_change_waiting ON scenario_change (tenant, scenario, parameter, currency)
                 WHERE decided_at IS NULL",
            )
            .await
            .map(drop)
    }
}
