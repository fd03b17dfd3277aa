//! The tables of alerts.

mod m20261124_000005_alerts_first;
mod m20261129_000010_alerts_rules;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000005_alerts_first::Migration), Box::new(m20261129_000010_alerts_rules::Migration)]
}
