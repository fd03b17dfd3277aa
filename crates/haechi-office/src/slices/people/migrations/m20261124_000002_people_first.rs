//! Governments, units, persons, places, absences, roles and recusals.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "government",
            Rights::Keep,
            "code text NOT NULL UNIQUE, name_ko text NOT NULL, name_en text NOT NULL, made_at timestamptz NOT NULL,
             people_version bigint NOT NULL, PRIMARY KEY (tenant)",
        )
        .await?;
        if manager.get_database_backend() == sea_orm::DatabaseBackend::Postgres {
            // Who signs in has to say to which government before any is theirs; names and codes are public.
            let seen = "CREATE POLICY seen_by_all ON government FOR SELECT USING (true)";
            manager.get_connection().execute_unprepared(seen).await?;
        }
        table(
            manager,
            "unit",
            Rights::Keep,
            "code text NOT NULL, name_ko text NOT NULL, name_en text NOT NULL, parent text, first_day date NOT NULL, last_day date,
             successor text, audits boolean NOT NULL, PRIMARY KEY (tenant, code, first_day)",
        )
        .await?;
        table(
            manager,
            "person",
            Rights::Keep,
            "id uuid NOT NULL, employee_no text NOT NULL, name text NOT NULL, mail text, mobile text, left_on date,
             PRIMARY KEY (tenant, id), UNIQUE (tenant, employee_no)",
        )
        .await?;
        table(
            manager,
            "appointment",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, unit text NOT NULL, post text NOT NULL, duties text NOT NULL,
             first_day date NOT NULL, last_day date, acting boolean NOT NULL, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "appointment", "person", "tenant, person").await?;
        table(
            manager,
            "absence",
            Rights::Remove,
            "id uuid NOT NULL, person uuid NOT NULL, first_day date NOT NULL, last_day date NOT NULL, PRIMARY KEY (tenant, id)",
        )
        .await?;
        table(
            manager,
            "role_grant",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, role text NOT NULL, first_day date NOT NULL, last_day date,
             granted_by text NOT NULL, granted_at timestamptz NOT NULL, reason text NOT NULL, ended_by text, ended_at timestamptz,
             PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "role_grant", "person", "tenant, person").await?;
        table(
            manager,
            "role_request",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, role text NOT NULL, reason text NOT NULL, asked_at timestamptz NOT NULL,
             decided_by uuid, decided_at timestamptz, granted boolean, answer text, PRIMARY KEY (tenant, id)",
        )
        .await?;
        table(
            manager,
            "recusal",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, record uuid NOT NULL, reason text NOT NULL, declared_by uuid NOT NULL,
             declared_at timestamptz NOT NULL, ended_at timestamptz, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "recusal", "record", "tenant, record").await
    }
}
