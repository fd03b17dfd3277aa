//! Rows of messages and templates.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{MessageId, PersonId, TenantId};

pub(crate) mod message {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub person: PersonId,
        pub channel: String,
        pub template: String,
        pub template_version: i32,
        #[sea_orm(column_type = "Text")]
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub about: Option<Uuid>,
        pub once: String,
        pub state: String,
        pub attempts: i32,
        pub next_at: DateTimeUtc,
        pub made_at: DateTimeUtc,
        pub sent_at: Option<DateTimeUtc>,
        pub read_at: Option<DateTimeUtc>,
        #[sea_orm(column_type = "Text", nullable)]
        pub fault: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod template {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_template")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub made_by: String,
        pub made_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A message that is not yet there.
pub(super) struct NewMessage {
    pub(super) id: MessageId,
    pub(super) person: PersonId,
    pub(super) channel: &'static str,
    pub(super) template: &'static str,
    pub(super) template_version: i32,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) about: Option<Uuid>,
    pub(super) once: String,
}

/// Adds a message; `false` where its cause has written one.
pub(super) async fn add(tx: &Transaction, new: NewMessage, now: Moment) -> Result<bool, DbErr> {
    let is_inbox = new.channel == "inbox";
    let row = message::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(new.id),
        person: Set(new.person),
        channel: Set(new.channel.to_owned()),
        template: Set(new.template.to_owned()),
        template_version: Set(new.template_version),
        subject: Set(new.subject),
        body: Set(new.body),
        about: Set(new.about),
        once: Set(new.once),
        state: Set(if is_inbox { "delivered" } else { "queued" }.to_owned()),
        attempts: Set(0),
        next_at: Set(now),
        made_at: Set(now),
        sent_at: Set(is_inbox.then_some(now)),
        read_at: Set(None),
        fault: Set(None),
    };
    let added = message::Entity::insert(row)
        .on_conflict(OnConflict::columns([message::Column::Tenant, message::Column::Once]).do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await?;
    Ok(added == 1)
}

/// Somebody's messages in the office, the newest first.
pub(crate) async fn inbox(tx: &Transaction, person: PersonId, most: u64) -> Result<Vec<message::Model>, DbErr> {
    message::Entity::find()
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Person.eq(person))
        .filter(message::Column::Channel.eq("inbox"))
        .order_by_desc(message::Column::MadeAt)
        .order_by_desc(message::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Notes that somebody has seen their messages.
pub(crate) async fn inbox_read(tx: &Transaction, person: PersonId, now: Moment) -> Result<u64, DbErr> {
    let read = message::Entity::update_many()
        .set(message::ActiveModel { read_at: Set(Some(now)), ..Default::default() })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Person.eq(person))
        .filter(message::Column::Channel.eq("inbox"))
        .filter(message::Column::ReadAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(read.rows_affected)
}

/// The newest version a government wrote of a template.
pub(super) async fn newest_template(tx: &Transaction, name: &str) -> Result<Option<(i32, String, String)>, DbErr> {
    let row = template::Entity::find()
        .filter(template::Column::Tenant.eq(tx.tenant()))
        .filter(template::Column::Name.eq(name))
        .order_by_desc(template::Column::Version)
        .limit(1)
        .one(tx.on())
        .await?;
    Ok(row.map(|row| (row.version, row.subject, row.body)))
}
