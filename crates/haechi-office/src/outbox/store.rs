//! Rows of messages and templates.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, FromQueryResult, QueryOrder as _, QuerySelect as _, Select};

use super::state::State;
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
        /// The mail that many were joined into.
        pub joined: Option<MessageId>,
        /// The day on which its words were destroyed.
        pub destroyed_on: Option<Date>,
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
    /// Written in trial mode: it never leaves.
    pub(super) is_held: bool,
}

/// Adds a message; `false` where its cause has written one.
pub(super) async fn add(tx: &Transaction, new: NewMessage, now: Moment) -> Result<bool, DbErr> {
    let is_inbox = new.channel == "inbox";
    let state = match (is_inbox, new.is_held) {
        (true, _) => State::Delivered,
        (false, true) => State::Held,
        (false, false) => State::Queued,
    };
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
        state: Set(state.as_str().to_owned()),
        attempts: Set(0),
        next_at: Set(now),
        made_at: Set(now),
        sent_at: Set(is_inbox.then_some(now)),
        read_at: Set(None),
        fault: Set(None),
        joined: Set(None),
        destroyed_on: Set(None),
    };
    let added = message::Entity::insert(row)
        .on_conflict(OnConflict::columns([message::Column::Tenant, message::Column::Once]).do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await?;
    Ok(added == 1)
}

/// What waits to leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Queue {
    /// Messages that wait, or are on their way.
    pub(crate) waiting: u64,
    /// Since when the oldest of them is due.
    pub(crate) due_since: Option<Moment>,
    /// Messages that will not be tried again by themselves, and of which nobody has decided.
    pub(crate) failed: u64,
}

/// What waits to leave, and what failed.
pub(crate) async fn queue(tx: &Transaction) -> Result<Queue, DbErr> {
    use sea_orm::PaginatorTrait as _;
    let of = |states: &[State]| {
        message::Entity::find()
            .filter(message::Column::Tenant.eq(tx.tenant()))
            .filter(message::Column::State.is_in(states.iter().map(|state| state.as_str())))
    };
    let waiting = of(&[State::Queued, State::Sending]);
    let oldest: Option<Moment> = waiting
        .clone()
        .select_only()
        .column(message::Column::NextAt)
        .order_by_asc(message::Column::NextAt)
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await?;
    Ok(Queue {
        waiting: waiting.count(tx.on()).await?,
        due_since: oldest,
        failed: of(&[State::Failed]).count(tx.on()).await?,
    })
}

/// Somebody's messages in the office, the newest first.
pub(crate) async fn inbox(tx: &Transaction, person: PersonId, most: u64) -> Result<Vec<message::Model>, DbErr> {
    message::Entity::find()
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Person.eq(person))
        .filter(message::Column::Channel.eq("inbox"))
        .filter(message::Column::DestroyedOn.is_null())
        .order_by_desc(message::Column::MadeAt)
        .order_by_desc(message::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Somebody's messages in the office that were made before `after`, the newest first.
pub(super) async fn inbox_page(
    tx: &Transaction,
    person: PersonId,
    after: Option<MessageId>,
    most: u64,
) -> Result<Vec<message::Model>, DbErr> {
    let mut mine = of_tenant(tx)
        .filter(message::Column::Person.eq(person))
        .filter(message::Column::Channel.eq("inbox"))
        .filter(message::Column::DestroyedOn.is_null())
        .order_by_desc(message::Column::Id)
        .limit(most);
    if let Some(after) = after {
        mine = mine.filter(message::Column::Id.lt(after));
    }
    mine.all(tx.on()).await
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

/// A version of a template.
pub(super) struct NewVersion {
    pub(super) name: &'static str,
    pub(super) version: i32,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) by: String,
}

/// Adds a version of a template. Those before it stay: messages name the one they were written from.
pub(super) async fn add_template(tx: &Transaction, new: NewVersion, now: Moment) -> Result<(), DbErr> {
    let row = template::ActiveModel {
        tenant: Set(tx.tenant()),
        name: Set(new.name.to_owned()),
        version: Set(new.version),
        subject: Set(new.subject),
        body: Set(new.body),
        made_by: Set(new.by),
        made_at: Set(now),
    };
    template::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

fn of_tenant(tx: &Transaction) -> Select<message::Entity> {
    message::Entity::find().filter(message::Column::Tenant.eq(tx.tenant()))
}

/// A message that left or is to leave.
pub(super) async fn one(tx: &Transaction, id: MessageId) -> Result<Option<message::Model>, DbErr> {
    message::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Messages whose time has come, and those that somebody took and did not give back in time.
pub(super) async fn due(tx: &Transaction, channel: &str, now: Moment, most: u64) -> Result<Vec<message::Model>, DbErr> {
    of_tenant(tx)
        .filter(message::Column::Channel.eq(channel))
        .filter(message::Column::State.is_in([State::Queued.as_str(), State::Sending.as_str()]))
        .filter(message::Column::NextAt.lte(now))
        .order_by_asc(message::Column::NextAt)
        .order_by_asc(message::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Takes messages until a moment.
pub(super) async fn take(tx: &Transaction, ids: &[MessageId], until: Moment) -> Result<(), DbErr> {
    message::Entity::update_many()
        .set(message::ActiveModel {
            state: Set(State::Sending.as_str().to_owned()),
            next_at: Set(until),
            ..Default::default()
        })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await
        .map(drop)
}

/// What became of a message.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) state: State,
    pub(super) attempts: i32,
    pub(super) next_at: Moment,
    pub(super) sent_at: Option<Moment>,
    pub(super) fault: Option<String>,
}

/// Notes what became of a message that was taken until `taken`; `false` where it was taken by somebody else since.
pub(super) async fn settle(tx: &Transaction, id: MessageId, taken: Moment, note: Note) -> Result<bool, DbErr> {
    let (state, sent_at, fault) = (note.state, note.sent_at, note.fault.clone());
    let settled = message::Entity::update_many()
        .set(message::ActiveModel {
            state: Set(note.state.as_str().to_owned()),
            attempts: Set(note.attempts),
            next_at: Set(note.next_at),
            sent_at: Set(note.sent_at),
            fault: Set(note.fault),
            ..Default::default()
        })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::State.eq(State::Sending.as_str()))
        .filter(message::Column::NextAt.eq(taken))
        .exec(tx.on())
        .await?;
    if settled.rows_affected == 1 && state.is_end() {
        joined_are(tx, id, state, sent_at, fault).await?;
    }
    Ok(settled.rows_affected == 1)
}

/// What were joined into a mail become what it became.
async fn joined_are(
    tx: &Transaction,
    into: MessageId,
    state: State,
    sent_at: Option<Moment>,
    fault: Option<String>,
) -> Result<(), DbErr> {
    message::Entity::update_many()
        .set(message::ActiveModel {
            state: Set(state.as_str().to_owned()),
            sent_at: Set(sent_at),
            fault: Set(fault),
            ..Default::default()
        })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Joined.eq(into))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Tries a message again from the beginning, or gives it up, on somebody's word; `false` where it left, is leaving, or goes where the
/// one goes that it was joined into.
pub(super) async fn decide(tx: &Transaction, id: MessageId, again: bool, now: Moment) -> Result<bool, DbErr> {
    let (from, to, with_it) = if again {
        ([State::Queued, State::Failed, State::GivenUp].as_slice(), State::Queued, State::Joined)
    } else {
        ([State::Queued, State::Failed].as_slice(), State::GivenUp, State::GivenUp)
    };
    let mut change = message::ActiveModel { state: Set(to.as_str().to_owned()), ..Default::default() };
    if again {
        (change.attempts, change.next_at, change.fault) = (Set(0), Set(now), Set(None));
    }
    let decided = message::Entity::update_many()
        .set(change)
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::Channel.ne("inbox"))
        .filter(message::Column::Joined.is_null())
        .filter(message::Column::DestroyedOn.is_null())
        .filter(message::Column::State.is_in(from.iter().map(|state| state.as_str())))
        .exec(tx.on())
        .await?;
    if decided.rows_affected == 1 {
        joined_are(tx, id, with_it, None, None).await?;
    }
    Ok(decided.rows_affected == 1)
}

/// Holds for good what is to leave; gives how much it was.
pub(super) async fn hold(tx: &Transaction) -> Result<u64, DbErr> {
    let held = message::Entity::update_many()
        .set(message::ActiveModel { state: Set(State::Held.as_str().to_owned()), ..Default::default() })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Channel.ne("inbox"))
        .filter(message::Column::State.is_in([
            State::Queued.as_str(),
            State::Sending.as_str(),
            State::Joined.as_str(),
            State::Failed.as_str(),
        ]))
        .exec(tx.on())
        .await?;
    Ok(held.rows_affected)
}

/// Keeps what waits on a way out until a moment.
pub(super) async fn postpone(tx: &Transaction, channel: &str, now: Moment, until: Moment) -> Result<u64, DbErr> {
    let postponed = message::Entity::update_many()
        .set(message::ActiveModel { next_at: Set(until), ..Default::default() })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Channel.eq(channel))
        .filter(message::Column::State.eq(State::Queued.as_str()))
        .filter(message::Column::NextAt.lte(now))
        .exec(tx.on())
        .await?;
    Ok(postponed.rows_affected)
}

fn may_be_joined(tx: &Transaction, now: Moment, apart: &[&str]) -> Select<message::Entity> {
    of_tenant(tx)
        .filter(message::Column::Channel.eq("mail"))
        .filter(message::Column::State.eq(State::Queued.as_str()))
        .filter(message::Column::NextAt.lte(now))
        .filter(message::Column::Template.is_not_in(apart.iter().copied()))
}

/// People for whom more than so many mails wait that may be joined: those of templates that are not kept `apart`.
pub(super) async fn crowded(
    tx: &Transaction,
    now: Moment,
    apart: &[&str],
    more_than: i64,
) -> Result<Vec<PersonId>, DbErr> {
    may_be_joined(tx, now, apart)
        .select_only()
        .column(message::Column::Person)
        .group_by(message::Column::Person)
        .having(message::Column::Id.count().gt(more_than))
        .into_tuple()
        .all(tx.on())
        .await
}

/// A person's mails that may be joined, the oldest first.
pub(super) async fn crowd(
    tx: &Transaction,
    person: PersonId,
    now: Moment,
    apart: &[&str],
    most: u64,
) -> Result<Vec<message::Model>, DbErr> {
    may_be_joined(tx, now, apart)
        .filter(message::Column::Person.eq(person))
        .order_by_asc(message::Column::MadeAt)
        .order_by_asc(message::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Notes that mails leave in another.
pub(super) async fn join(tx: &Transaction, ids: &[MessageId], into: MessageId) -> Result<(), DbErr> {
    message::Entity::update_many()
        .set(message::ActiveModel {
            state: Set(State::Joined.as_str().to_owned()),
            joined: Set(Some(into)),
            ..Default::default()
        })
        .filter(message::Column::Tenant.eq(tx.tenant()))
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await
        .map(drop)
}

/// How many messages of a way out are in a state.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Count {
    pub(super) channel: String,
    pub(super) state: String,
    pub(super) count: i64,
}

/// Messages by way out and state, those of the office's inbox left out.
pub(super) async fn counts(tx: &Transaction) -> Result<Vec<Count>, DbErr> {
    of_tenant(tx)
        .filter(message::Column::Channel.ne("inbox"))
        .select_only()
        .column(message::Column::Channel)
        .column(message::Column::State)
        .column_as(message::Column::Id.count(), "count")
        .group_by(message::Column::Channel)
        .group_by(message::Column::State)
        .into_model()
        .all(tx.on())
        .await
}

/// Messages in one of these states, the oldest first.
pub(super) async fn in_states(tx: &Transaction, states: &[State], most: u64) -> Result<Vec<message::Model>, DbErr> {
    of_tenant(tx)
        .filter(message::Column::Channel.ne("inbox"))
        .filter(message::Column::State.is_in(states.iter().map(|state| state.as_str())))
        .filter(message::Column::DestroyedOn.is_null())
        .order_by_asc(message::Column::MadeAt)
        .order_by_asc(message::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Messages in one of these states that were made after `after`, the oldest first.
pub(super) async fn leaving_page(
    tx: &Transaction,
    states: &[State],
    after: Option<MessageId>,
    most: u64,
) -> Result<Vec<message::Model>, DbErr> {
    let mut leaving = of_tenant(tx)
        .filter(message::Column::Channel.ne("inbox"))
        .filter(message::Column::State.is_in(states.iter().map(|state| state.as_str())))
        .filter(message::Column::DestroyedOn.is_null())
        .order_by_asc(message::Column::Id)
        .limit(most);
    if let Some(after) = after {
        leaving = leaving.filter(message::Column::Id.gt(after));
    }
    leaving.all(tx.on()).await
}
