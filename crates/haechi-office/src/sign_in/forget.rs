//! What goes of somebody's ways to sign in when they are destroyed: all of them.

use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::store::{account, browser, link, session, token};
use super::{factor, oidc};
use crate::db::Transaction;
use crate::ids::PersonId;

/// Takes away somebody's account, sessions, known browsers, second steps, link with a provider and tokens.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn forget(tx: &Transaction, person: PersonId, now: Moment) -> Result<(), DbErr> {
    account::Entity::update_many()
        .set(account::ActiveModel {
            // No two sign in by the same name, and nobody by this one.
            login: Set(format!("gone-{person}")),
            password: Set(String::new()),
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(account::Column::Tenant.eq(tx.tenant()))
        .filter(account::Column::Person.eq(person))
        .exec(tx.on())
        .await?;
    session::Entity::delete_many()
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Person.eq(person))
        .exec(tx.on())
        .await?;
    browser::Entity::delete_many()
        .filter(browser::Column::Tenant.eq(tx.tenant()))
        .filter(browser::Column::Person.eq(person))
        .exec(tx.on())
        .await?;
    link::Entity::update_many()
        .set(link::ActiveModel { expires_at: Set(now), ..Default::default() })
        .filter(link::Column::Tenant.eq(tx.tenant()))
        .filter(link::Column::Person.eq(person))
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(tx.on())
        .await?;
    token::Entity::update_many()
        .set(token::ActiveModel { ended_at: Set(Some(now)), name: Set(String::new()), ..Default::default() })
        .filter(token::Column::Tenant.eq(tx.tenant()))
        .filter(token::Column::Person.eq(person))
        .exec(tx.on())
        .await?;
    factor::take_away(tx, person).await?;
    oidc::forget(tx, person, now).await
}
