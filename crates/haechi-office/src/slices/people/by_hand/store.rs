//! Rows of people, one at a time.

use haechi_core::time::Day;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel as _, QueryOrder as _};

use super::super::store::{absence, appointment, person, unit};
use crate::db::Transaction;
use crate::ids::{AbsenceId, AppointmentId, PersonId};

/// What a unit was, is and will be, the first day first.
pub(super) async fn units(tx: &Transaction, code: &str) -> Result<Vec<unit::Model>, DbErr> {
    unit::Entity::find()
        .filter(unit::Column::Tenant.eq(tx.tenant()))
        .filter(unit::Column::Code.eq(code))
        .order_by_asc(unit::Column::FirstDay)
        .all(tx.on())
        .await
}

pub(super) async fn add_unit(tx: &Transaction, row: unit::Model) -> Result<(), DbErr> {
    unit::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn save_unit(tx: &Transaction, row: unit::Model) -> Result<(), DbErr> {
    unit::Entity::update(row.into_active_model().reset_all()).exec(tx.on()).await.map(drop)
}

pub(super) async fn add_person(tx: &Transaction, row: person::Model) -> Result<(), DbErr> {
    person::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn save_person(tx: &Transaction, row: person::Model) -> Result<(), DbErr> {
    person::Entity::update(row.into_active_model().reset_all()).exec(tx.on()).await.map(drop)
}

pub(super) async fn place(tx: &Transaction, id: AppointmentId) -> Result<Option<appointment::Model>, DbErr> {
    appointment::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// The places of a unit that hold on `day` or begin later.
pub(super) async fn places_in(tx: &Transaction, unit: &str, day: Day) -> Result<Vec<appointment::Model>, DbErr> {
    let lasts = Condition::any().add(appointment::Column::LastDay.is_null()).add(appointment::Column::LastDay.gte(day));
    appointment::Entity::find()
        .filter(appointment::Column::Tenant.eq(tx.tenant()))
        .filter(appointment::Column::Unit.eq(unit))
        .filter(lasts)
        .all(tx.on())
        .await
}

/// Every place somebody had, has or will have, the newest first.
pub(super) async fn places_of(tx: &Transaction, person: PersonId) -> Result<Vec<appointment::Model>, DbErr> {
    appointment::Entity::find()
        .filter(appointment::Column::Tenant.eq(tx.tenant()))
        .filter(appointment::Column::Person.eq(person))
        .order_by_desc(appointment::Column::FirstDay)
        .all(tx.on())
        .await
}

pub(super) async fn add_place(tx: &Transaction, row: appointment::Model) -> Result<(), DbErr> {
    appointment::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn end_place(tx: &Transaction, id: AppointmentId, last: Day) -> Result<(), DbErr> {
    appointment::Entity::update_many()
        .set(appointment::ActiveModel { last_day: Set(Some(last)), ..Default::default() })
        .filter(appointment::Column::Tenant.eq(tx.tenant()))
        .filter(appointment::Column::Id.eq(id))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Somebody's absences, the newest first.
pub(super) async fn absences_of(tx: &Transaction, person: PersonId) -> Result<Vec<absence::Model>, DbErr> {
    absence::Entity::find()
        .filter(absence::Column::Tenant.eq(tx.tenant()))
        .filter(absence::Column::Person.eq(person))
        .order_by_desc(absence::Column::FirstDay)
        .all(tx.on())
        .await
}

pub(super) async fn absence(tx: &Transaction, id: AbsenceId) -> Result<Option<absence::Model>, DbErr> {
    absence::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

pub(super) async fn add_absence(tx: &Transaction, row: absence::Model) -> Result<(), DbErr> {
    absence::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn remove_absence(tx: &Transaction, id: AbsenceId) -> Result<(), DbErr> {
    absence::Entity::delete_by_id((tx.tenant(), id)).exec(tx.on()).await.map(drop)
}
