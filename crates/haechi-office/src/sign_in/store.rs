//! Rows of accounts, sessions, links, tokens and failures.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{PersonId, TenantId, TokenId};

pub(crate) mod account {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: PersonId,
        pub login: String,
        pub password: String,
        pub changed_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod session {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub person: PersonId,
        pub made_at: DateTimeUtc,
        pub seen_at: DateTimeUtc,
        pub browser: String,
        pub ended_at: Option<DateTimeUtc>,
        pub way: String,
        /// When who holds it proved last who they are.
        pub proved_at: Option<DateTimeUtc>,
        /// When a second factor was shown.
        pub second_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod failure {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_failure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub guard: String,
        pub failures: i32,
        pub last_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod browser {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "known_browser")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub person: PersonId,
        pub made_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod link {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "one_time_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub person: PersonId,
        pub made_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod token {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub digest: String,
        pub name: String,
        pub person: Option<PersonId>,
        pub scopes: String,
        pub made_by: String,
        pub made_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        /// The token with which it was made.
        pub made_with: Option<TokenId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) async fn account_of_login(tx: &Transaction, login: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find()
        .filter(account::Column::Tenant.eq(tx.tenant()))
        .filter(account::Column::Login.eq(login))
        .filter(account::Column::EndedAt.is_null())
        .one(tx.on())
        .await
}

pub(crate) async fn account_of(tx: &Transaction, person: PersonId) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id((tx.tenant(), person)).one(tx.on()).await
}

/// Makes an account, or gives the one there a new password.
pub(super) async fn keep_account(
    tx: &Transaction,
    person: PersonId,
    login: &str,
    password: String,
    now: Moment,
) -> Result<(), DbErr> {
    let row = account::ActiveModel {
        tenant: Set(tx.tenant()),
        person: Set(person),
        login: Set(login.to_owned()),
        password: Set(password),
        changed_at: Set(now),
        ended_at: Set(None),
    };
    account::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([account::Column::Tenant, account::Column::Person])
                .update_columns([account::Column::Password, account::Column::ChangedAt, account::Column::EndedAt])
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

pub(super) async fn add_session(tx: &Transaction, row: session::ActiveModel) -> Result<(), DbErr> {
    session::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn session(tx: &Transaction, digest: &str) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id((tx.tenant(), digest.to_owned())).one(tx.on()).await
}

/// Sessions of somebody that have not ended, the newest first.
pub(crate) async fn sessions(tx: &Transaction, person: PersonId) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null())
        .order_by_desc(session::Column::SeenAt)
        .all(tx.on())
        .await
}

pub(super) async fn session_seen(tx: &Transaction, digest: &str, now: Moment) -> Result<(), DbErr> {
    session::Entity::update_many()
        .set(session::ActiveModel { seen_at: Set(now), ..Default::default() })
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Digest.eq(digest))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Notes that who holds the session proved who they are; `false` where there is no such session of theirs.
pub(super) async fn session_proved(
    tx: &Transaction,
    person: PersonId,
    digest: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let row = session::ActiveModel { proved_at: Set(Some(now)), ..Default::default() };
    change_session(tx, person, digest, row).await
}

/// Notes that a second factor was shown in the session.
pub(super) async fn session_second(tx: &Transaction, person: PersonId, digest: &str, now: Moment) -> Result<(), DbErr> {
    let row = session::ActiveModel { second_at: Set(Some(now)), ..Default::default() };
    change_session(tx, person, digest, row).await.map(drop)
}

async fn change_session(
    tx: &Transaction,
    person: PersonId,
    digest: &str,
    row: session::ActiveModel,
) -> Result<bool, DbErr> {
    let changed = session::Entity::update_many()
        .set(row)
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Digest.eq(digest))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Ends every session of somebody but that of `digest`.
pub(super) async fn end_other_sessions(
    tx: &Transaction,
    person: PersonId,
    digest: &str,
    now: Moment,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::Digest.ne(digest))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.on())
        .await
        .map(drop)
}

/// Ends sessions of somebody: the one of `digest`, or all.
pub(super) async fn end_sessions(
    tx: &Transaction,
    person: PersonId,
    digest: Option<&str>,
    now: Moment,
) -> Result<u64, DbErr> {
    let mut ended = session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null());
    if let Some(digest) = digest {
        ended = ended.filter(session::Column::Digest.eq(digest));
    }
    Ok(ended.exec(tx.on()).await?.rows_affected)
}

/// Ends every session and every one-time link, and returns how many.
pub(crate) async fn end_all(tx: &Transaction, now: Moment) -> Result<u64, DbErr> {
    let sessions = session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(session::Column::Tenant.eq(tx.tenant()))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    let links = link::Entity::update_many()
        .set(link::ActiveModel { expires_at: Set(now), ..Default::default() })
        .filter(link::Column::Tenant.eq(tx.tenant()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(tx.on())
        .await?;
    Ok(sessions.rows_affected + links.rows_affected)
}

pub(super) async fn failures(tx: &Transaction, guard: &str) -> Result<Option<(i32, Moment)>, DbErr> {
    let row = failure::Entity::find_by_id((tx.tenant(), guard.to_owned())).one(tx.on()).await?;
    Ok(row.map(|row| (row.failures, row.last_at)))
}

pub(super) async fn failed(tx: &Transaction, guard: &str, now: Moment) -> Result<(), DbErr> {
    let row = failure::ActiveModel {
        tenant: Set(tx.tenant()),
        guard: Set(guard.to_owned()),
        failures: Set(1),
        last_at: Set(now),
    };
    failure::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([failure::Column::Tenant, failure::Column::Guard])
                .update_column(failure::Column::LastAt)
                .value(failure::Column::Failures, Expr::col((failure::Entity, failure::Column::Failures)).add(1))
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

pub(super) async fn forget_failures(tx: &Transaction, guard: &str) -> Result<(), DbErr> {
    failure::Entity::delete_by_id((tx.tenant(), guard.to_owned())).exec(tx.on()).await.map(drop)
}

pub(super) async fn knows_browser(tx: &Transaction, digest: &str, person: PersonId) -> Result<bool, DbErr> {
    let row = browser::Entity::find_by_id((tx.tenant(), digest.to_owned())).one(tx.on()).await?;
    Ok(row.is_some_and(|row| row.person == person))
}

pub(super) async fn keep_browser(tx: &Transaction, digest: String, person: PersonId, now: Moment) -> Result<(), DbErr> {
    let row =
        browser::ActiveModel { tenant: Set(tx.tenant()), digest: Set(digest), person: Set(person), made_at: Set(now) };
    browser::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn add_link(tx: &Transaction, row: link::ActiveModel) -> Result<(), DbErr> {
    link::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Uses a link up and says whose it is; none where it is unknown, used or too old.
pub(super) async fn use_link(tx: &Transaction, digest: &str, now: Moment) -> Result<Option<PersonId>, DbErr> {
    let used = link::Entity::update_many()
        .set(link::ActiveModel { used_at: Set(Some(now)), ..Default::default() })
        .filter(link::Column::Tenant.eq(tx.tenant()))
        .filter(link::Column::Digest.eq(digest))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(tx.on())
        .await?;
    if used.rows_affected != 1 {
        return Ok(None);
    }
    let row = link::Entity::find_by_id((tx.tenant(), digest.to_owned())).one(tx.on()).await?;
    Ok(row.map(|row| row.person))
}

/// Whose a link is, while it can be used.
pub(crate) async fn link_of(tx: &Transaction, digest: &str, now: Moment) -> Result<Option<PersonId>, DbErr> {
    let row = link::Entity::find_by_id((tx.tenant(), digest.to_owned())).one(tx.on()).await?;
    Ok(row.filter(|row| row.used_at.is_none() && row.expires_at > now).map(|row| row.person))
}

pub(super) async fn add_token(tx: &Transaction, row: token::ActiveModel) -> Result<(), DbErr> {
    token::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn token_of(tx: &Transaction, digest: &str, now: Moment) -> Result<Option<token::Model>, DbErr> {
    token::Entity::find()
        .filter(token::Column::Tenant.eq(tx.tenant()))
        .filter(token::Column::Digest.eq(digest))
        .filter(token::Column::EndedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(now))
        .one(tx.on())
        .await
}

/// Tokens that have not ended, the newest first.
pub(crate) async fn tokens(tx: &Transaction) -> Result<Vec<token::Model>, DbErr> {
    token::Entity::find()
        .filter(token::Column::Tenant.eq(tx.tenant()))
        .filter(token::Column::EndedAt.is_null())
        .order_by_desc(token::Column::MadeAt)
        .all(tx.on())
        .await
}

/// Ends a token and those that were made with it, and says which; none where it has ended.
pub(super) async fn end_token(tx: &Transaction, id: TokenId, now: Moment) -> Result<Vec<TokenId>, DbErr> {
    let holding = || {
        token::Entity::find()
            .select_only()
            .column(token::Column::Id)
            .filter(token::Column::Tenant.eq(tx.tenant()))
            .filter(token::Column::EndedAt.is_null())
    };
    let mut ended = Vec::new();
    let mut these: Vec<TokenId> = holding().filter(token::Column::Id.eq(id)).into_tuple().all(tx.on()).await?;
    while !these.is_empty() {
        token::Entity::update_many()
            .set(token::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
            .filter(token::Column::Tenant.eq(tx.tenant()))
            .filter(token::Column::Id.is_in(these.iter().copied()))
            .exec(tx.on())
            .await?;
        let made = holding().filter(token::Column::MadeWith.is_in(these.iter().copied()));
        ended.append(&mut these);
        these = made.into_tuple().all(tx.on()).await?;
    }
    Ok(ended)
}
