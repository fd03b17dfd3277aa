//! The table of webhooks.

mod m20261124_000031_webhooks_first;
mod m20261130_000303_webhooks_trial;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000031_webhooks_first::Migration), Box::new(m20261130_000303_webhooks_trial::Migration)]
}
