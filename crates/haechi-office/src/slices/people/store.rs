//! Rows of governments, units, persons, places, absences, roles and recusals.

use std::collections::BTreeSet;

use haechi_core::time::{Day, Moment};
use haechi_core::words::Words;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, Func};
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};

use super::directory::{Absence, Appointment, Directory, Person, Post, Unit};
use crate::db::Transaction;
use crate::ids::{AbsenceId, AppointmentId, GrantId, PersonId, RecusalId, RoleRequestId, TenantId};

pub(crate) mod government {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "government")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        pub code: String,
        pub name_ko: String,
        pub name_en: String,
        pub made_at: DateTimeUtc,
        pub people_version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod unit {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_ko: String,
        pub name_en: String,
        pub parent: Option<String>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub first_day: Date,
        pub last_day: Option<Date>,
        pub successor: Option<String>,
        pub audits: bool,
        pub by_hand: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod person {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub employee_no: String,
        pub name: String,
        pub mail: Option<String>,
        pub mobile: Option<String>,
        pub left_on: Option<Date>,
        /// In no register: an import does not say that they left.
        pub by_hand: bool,
        /// Mail or mobile were entered here: an import that names none leaves them.
        pub addresses_by_hand: bool,
        /// The day on which what names them was destroyed.
        pub destroyed_on: Option<Date>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod appointment {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AppointmentId,
        pub person: PersonId,
        pub unit: String,
        pub post: String,
        pub duties: String,
        pub first_day: Date,
        pub last_day: Option<Date>,
        pub acting: bool,
        pub by_hand: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod absence {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "absence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AbsenceId,
        pub person: PersonId,
        pub first_day: Date,
        pub last_day: Date,
        pub by_hand: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod role_grant {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrantId,
        pub person: PersonId,
        pub role: String,
        pub first_day: Date,
        pub last_day: Option<Date>,
        pub granted_by: String,
        pub granted_at: DateTimeUtc,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub ended_by: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod role_request {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RoleRequestId,
        pub person: PersonId,
        pub role: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub asked_at: DateTimeUtc,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
        pub granted: Option<bool>,
        #[sea_orm(column_type = "Text", nullable)]
        pub answer: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod recusal {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recusal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecusalId,
        pub person: PersonId,
        pub record: Uuid,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub declared_by: PersonId,
        pub declared_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A government on this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GovernmentRow {
    /// Its tenant.
    pub tenant: TenantId,
    /// Its institution code.
    pub code: String,
    /// What it is called.
    pub name: Words,
}

impl From<government::Model> for GovernmentRow {
    fn from(row: government::Model) -> Self {
        Self { tenant: row.tenant, code: row.code, name: Words::new(row.name_ko, row.name_en) }
    }
}

/// Every government, by code: the one list that is not one tenant's.
pub(crate) async fn governments(tx: &Transaction) -> Result<Vec<GovernmentRow>, DbErr> {
    let rows = government::Entity::find().order_by_asc(government::Column::Code).all(tx.on()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn add_government(tx: &Transaction, row: &GovernmentRow, now: Moment) -> Result<(), DbErr> {
    let row = government::ActiveModel {
        tenant: Set(row.tenant),
        code: Set(row.code.clone()),
        name_ko: Set(row.name.ko.clone()),
        name_en: Set(row.name.en.clone()),
        made_at: Set(now),
        people_version: Set(1),
    };
    government::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// The tenant's government, and the number of its people's last change.
pub(super) async fn own_government(tx: &Transaction) -> Result<Option<(GovernmentRow, i64)>, DbErr> {
    let row = government::Entity::find_by_id(tx.tenant()).one(tx.on()).await?;
    Ok(row.map(|row| {
        let version = row.people_version;
        (row.into(), version)
    }))
}

/// Notes that people changed, so that what was kept of them in memory is read again.
pub(super) async fn people_changed(tx: &Transaction) -> Result<(), DbErr> {
    government::Entity::update_many()
        .col_expr(government::Column::PeopleVersion, Expr::col(government::Column::PeopleVersion).add(1))
        .filter(government::Column::Tenant.eq(tx.tenant()))
        .exec(tx.on())
        .await
        .map(drop)
}

/// The duties as the row keeps them: their codes with a space between.
pub(super) fn duties_text(duties: &BTreeSet<String>) -> String {
    duties.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

pub(super) async fn units(tx: &Transaction) -> Result<Vec<Unit>, DbErr> {
    let rows = unit::Entity::find().filter(unit::Column::Tenant.eq(tx.tenant())).all(tx.on()).await?;
    Ok(rows
        .into_iter()
        .map(|row| Unit {
            code: row.code,
            name: Words::new(row.name_ko, row.name_en),
            parent: row.parent,
            from: row.first_day,
            to: row.last_day,
            successor: row.successor,
            audits: row.audits,
        })
        .collect())
}

/// The rows of persons, by number.
pub(super) async fn person_rows(tx: &Transaction) -> Result<Vec<person::Model>, DbErr> {
    person::Entity::find()
        .filter(person::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(person::Column::EmployeeNo)
        .all(tx.on())
        .await
}

/// The row of somebody; none where what names them was destroyed: nothing is written into it any more.
pub(crate) async fn person_row(tx: &Transaction, id: PersonId) -> Result<Option<person::Model>, DbErr> {
    let row = person::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await?;
    Ok(row.filter(|row| row.destroyed_on.is_none()))
}

/// The person of a number, as one or none.
pub(crate) async fn with_employee_no(tx: &Transaction, number: &str) -> Result<Vec<PersonId>, DbErr> {
    let own = person::Entity::find().filter(person::Column::Tenant.eq(tx.tenant()));
    let own = own.filter(person::Column::EmployeeNo.eq(number)).all(tx.on()).await?;
    Ok(own.into_iter().map(|row| row.id).collect())
}

/// Everybody of a mail address, large and small letters alike.
pub(crate) async fn with_mail(tx: &Transaction, mail: &str) -> Result<Vec<PersonId>, DbErr> {
    let own = person::Entity::find().filter(person::Column::Tenant.eq(tx.tenant()));
    let same = Func::lower(Expr::col(person::Column::Mail)).eq(mail.to_lowercase());
    let own = own.filter(same).all(tx.on()).await?;
    Ok(own.into_iter().map(|row| row.id).collect())
}

pub(super) async fn appointment_rows(tx: &Transaction) -> Result<Vec<appointment::Model>, DbErr> {
    appointment::Entity::find().filter(appointment::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

pub(super) async fn absence_rows(tx: &Transaction) -> Result<Vec<absence::Model>, DbErr> {
    absence::Entity::find().filter(absence::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

/// What stands for the name of somebody of whom nothing but the id is left, in either language.
const NAMELESS: &str = "–";

/// Everything the directory is made of.
pub(super) async fn directory(tx: &Transaction) -> Result<Directory, DbErr> {
    let persons = person_rows(tx).await?.into_iter().map(|row| {
        let is_there = row.destroyed_on.is_none();
        Person {
            id: row.id,
            employee_no: if is_there { row.employee_no } else { String::new() },
            name: if is_there { row.name } else { NAMELESS.to_owned() },
            left_on: row.left_on,
        }
    });
    let places = appointment_rows(tx).await?.into_iter().map(|row| Appointment {
        person: row.person,
        unit: row.unit,
        post: Post::parse(&row.post),
        duties: row.duties.split_whitespace().map(str::to_owned).collect(),
        from: row.first_day,
        to: row.last_day,
        acting: row.acting,
    });
    let absences = absence_rows(tx).await?.into_iter().map(|row| Absence {
        person: row.person,
        from: row.first_day,
        to: row.last_day,
    });
    Ok(Directory::new(units(tx).await?, persons, places, absences))
}

/// When the tenant's government was made.
pub(super) async fn founded_at(tx: &Transaction) -> Result<Option<Moment>, DbErr> {
    let row = government::Entity::find().filter(government::Column::Tenant.eq(tx.tenant())).one(tx.on()).await?;
    Ok(row.map(|row| row.made_at))
}

/// The roles granted to somebody that hold on `day`.
pub(crate) async fn roles_of(tx: &Transaction, person: PersonId, day: Day) -> Result<Vec<String>, DbErr> {
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::Role)
        .filter(holding(tx.tenant(), day))
        .filter(role_grant::Column::Person.eq(person))
        .into_tuple()
        .all(tx.on())
        .await
}

fn holding(tenant: TenantId, day: Day) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(role_grant::Column::Tenant.eq(tenant))
        .add(role_grant::Column::EndedAt.is_null())
        .add(role_grant::Column::FirstDay.lte(day))
        .add(
            sea_orm::Condition::any()
                .add(role_grant::Column::LastDay.is_null())
                .add(role_grant::Column::LastDay.gte(day)),
        )
}

/// Every grant that holds on `day`.
pub(crate) async fn grants(tx: &Transaction, day: Day) -> Result<Vec<role_grant::Model>, DbErr> {
    role_grant::Entity::find()
        .filter(holding(tx.tenant(), day))
        .order_by_asc(role_grant::Column::Role)
        .order_by_asc(role_grant::Column::GrantedAt)
        .all(tx.on())
        .await
}

pub(super) async fn add_grant(tx: &Transaction, row: role_grant::ActiveModel) -> Result<(), DbErr> {
    role_grant::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Ends a grant; `false` where there is none that holds.
pub(super) async fn end_grant(tx: &Transaction, id: GrantId, by: &str, now: Moment) -> Result<bool, DbErr> {
    let ended = role_grant::Entity::update_many()
        .set(role_grant::ActiveModel {
            ended_by: Set(Some(by.to_owned())),
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(role_grant::Column::Tenant.eq(tx.tenant()))
        .filter(role_grant::Column::Id.eq(id))
        .filter(role_grant::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(ended.rows_affected == 1)
}

pub(super) async fn grant_row(tx: &Transaction, id: GrantId) -> Result<Option<role_grant::Model>, DbErr> {
    role_grant::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

pub(super) async fn add_request(tx: &Transaction, row: role_request::ActiveModel) -> Result<(), DbErr> {
    role_request::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Requests nobody decided yet, the oldest first.
pub(crate) async fn open_requests(tx: &Transaction) -> Result<Vec<role_request::Model>, DbErr> {
    role_request::Entity::find()
        .filter(role_request::Column::Tenant.eq(tx.tenant()))
        .filter(role_request::Column::DecidedAt.is_null())
        .order_by_asc(role_request::Column::AskedAt)
        .all(tx.on())
        .await
}

/// Decides a request; `false` where it is decided already or not there.
pub(super) async fn decide_request(
    tx: &Transaction,
    id: RoleRequestId,
    by: PersonId,
    granted: bool,
    answer: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let decided = role_request::Entity::update_many()
        .set(role_request::ActiveModel {
            decided_by: Set(Some(by)),
            decided_at: Set(Some(now)),
            granted: Set(Some(granted)),
            answer: Set(Some(answer.to_owned())),
            ..Default::default()
        })
        .filter(role_request::Column::Tenant.eq(tx.tenant()))
        .filter(role_request::Column::Id.eq(id))
        .filter(role_request::Column::DecidedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(decided.rows_affected == 1)
}

/// The records from which somebody is recused.
pub(crate) async fn recused_from(tx: &Transaction, person: PersonId) -> Result<Vec<Uuid>, DbErr> {
    recusal::Entity::find()
        .select_only()
        .column(recusal::Column::Record)
        .filter(recusal::Column::Tenant.eq(tx.tenant()))
        .filter(recusal::Column::Person.eq(person))
        .filter(recusal::Column::EndedAt.is_null())
        .into_tuple()
        .all(tx.on())
        .await
}

pub(crate) async fn add_recusal(tx: &Transaction, row: recusal::ActiveModel) -> Result<(), DbErr> {
    recusal::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}
