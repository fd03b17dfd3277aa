//! The tables of alerts.

mod m20261124_000005_alerts_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000005_alerts_first::Migration)]
}
