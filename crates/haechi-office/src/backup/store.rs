//! Rows of all tables as lines of JSON, out of a database and into one; and the rows about backups themselves.
//!
//! A line is an array in the order of the table's columns: texts, days and moments as strings, ids and bytes in hexadecimal digits,
//! numbers, true and false. Both databases write the same, and each reads what the other wrote.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate};
use futures::TryStreamExt as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _, Statement, StreamTrait as _, Value};

use super::error::BackupError;
use crate::db::Transaction;
use crate::ids::TenantId;

mod made {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "backup_made")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub of_moment: DateTimeUtc,
        pub ended_at: DateTimeUtc,
        pub bytes: i64,
        #[sea_orm(column_type = "Text")]
        pub place: String,
        pub keys_inside: bool,
        pub missing: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod restored {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "backup_restored")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub of_moment: DateTimeUtc,
        #[sea_orm(primary_key, auto_increment = false)]
        pub restored_at: DateTimeUtc,
        pub events: i64,
        #[sea_orm(column_type = "Text", nullable)]
        pub earlier_key: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use made::Model as MadeRow;
pub(crate) use restored::Model as RestoredRow;

/// Notes that a backup was made.
pub(super) async fn note_made(tx: &Transaction, row: MadeRow) -> Result<(), DbErr> {
    made::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

/// The tenant's newest backup.
pub(crate) async fn last_made(tx: &Transaction) -> Result<Option<MadeRow>, DbErr> {
    made::Entity::find()
        .filter(made::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(made::Column::OfMoment)
        .limit(1)
        .one(tx.on())
        .await
}

/// Notes that the rows were restored.
pub(super) async fn note_restored(tx: &Transaction, row: RestoredRow) -> Result<(), DbErr> {
    restored::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

/// Each time the tenant's rows were restored, the newest first.
pub(crate) async fn restored(tx: &Transaction) -> Result<Vec<RestoredRow>, DbErr> {
    restored::Entity::find()
        .filter(restored::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(restored::Column::RestoredAt)
        .all(tx.on())
        .await
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Small,
    Int,
    Big,
    Real,
    Bool,
    Id,
    Bytes,
    Moment,
    Day,
}

impl Holds {
    /// What a column of this kind holds, as PostgreSQL or SQLite call it.
    fn of(kind: &str) -> Option<Self> {
        let kind = kind.to_ascii_lowercase();
        Some(match kind.split('(').next().unwrap_or_default() {
            "text" | "character varying" | "varchar" => Self::Text,
            "smallint" => Self::Small,
            "integer" => Self::Int,
            "bigint" => Self::Big,
            "double precision" | "real" | "double" => Self::Real,
            "boolean" => Self::Bool,
            "uuid" => Self::Id,
            "bytea" | "blob" | "uuid_text" => Self::Bytes,
            "timestamp with time zone" | "timestamp_text" => Self::Moment,
            "date" | "date_text" => Self::Day,
            _ => return None,
        })
    }

    /// How PostgreSQL writes a value of it.
    fn postgres(self, column: &str) -> String {
        match self {
            Self::Id => format!("replace(\"{column}\"::text, '-', '')"),
            Self::Bytes => format!("encode(\"{column}\", 'hex')"),
            Self::Moment => {
                format!("to_char(\"{column}\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')")
            }
            Self::Day => format!("to_char(\"{column}\", 'YYYY-MM-DD')"),
            _ => format!("\"{column}\""),
        }
    }

    /// How SQLite does.
    fn sqlite(self, column: &str) -> String {
        match self {
            Self::Id | Self::Bytes => {
                format!("CASE WHEN \"{column}\" IS NULL THEN NULL ELSE lower(hex(\"{column}\")) END")
            }
            Self::Bool => format!(
                "CASE WHEN \"{column}\" IS NULL THEN NULL WHEN \"{column}\" THEN json('true') ELSE json('false') END"
            ),
            _ => format!("\"{column}\""),
        }
    }

    /// A value of a line, for the database; none where it does not fit.
    fn value(self, said: &serde_json::Value) -> Option<Value> {
        use serde_json::Value as Json;
        let is_null = said.is_null();
        let text = || said.as_str();
        let number = || if is_null { Some(None) } else { said.as_i64().map(Some) };
        Some(match self {
            Self::Text if is_null => Value::String(None),
            Self::Text => Value::String(Some(text()?.to_owned())),
            Self::Small => Value::SmallInt(number()?.map(i16::try_from).transpose().ok()?),
            // SQLite takes every whole number as it comes.
            Self::Int => Value::BigInt(number()?),
            Self::Big => Value::BigInt(number()?),
            Self::Real if is_null => Value::Double(None),
            Self::Real => Value::Double(Some(said.as_f64()?)),
            Self::Bool => match said {
                Json::Null => Value::Bool(None),
                Json::Bool(yes) => Value::Bool(Some(*yes)),
                _ => return None,
            },
            Self::Id if is_null => Value::Uuid(None),
            Self::Id => Value::Uuid(Some(Uuid::from_slice(&from_hex(text()?)?).ok()?)),
            Self::Bytes if is_null => Value::Bytes(None),
            Self::Bytes => Value::Bytes(Some(from_hex(text()?)?)),
            Self::Moment if is_null => Value::ChronoDateTimeUtc(None),
            Self::Moment => Value::ChronoDateTimeUtc(Some(DateTime::parse_from_rfc3339(text()?).ok()?.to_utc())),
            Self::Day if is_null => Value::ChronoDate(None),
            Self::Day => Value::ChronoDate(Some(text()?.parse::<NaiveDate>().ok()?)),
        })
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

/// A table as it is in the database.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Holds)>,
}

impl Shape {
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.0.clone()).collect()
    }

    /// Whether its rows belong to tenants, each seen by its own on PostgreSQL.
    fn is_split(&self) -> bool {
        self.columns.iter().any(|column| column.0 == "tenant")
    }
}

fn statement(tx: &Transaction, ask: impl Into<String>) -> Statement {
    Statement::from_string(ConnectionTrait::get_database_backend(tx.on()), ask)
}

/// Every table but that of the migrations, in the order of their names.
pub(super) async fn shapes(tx: &Transaction) -> Result<Vec<Shape>, BackupError> {
    let ask = if tx.is_postgres() {
        "SELECT c.table_name::text AS t, c.column_name::text AS c, c.data_type::text AS k FROM information_schema.columns c
         WHERE c.table_schema = 'public' ORDER BY c.table_name, c.ordinal_position"
    } else {
        "SELECT m.name AS t, c.name AS c, c.type AS k FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid"
    };
    let rows = tx.on().query_all_raw(statement(tx, ask)).await?;
    let mut all: Vec<Shape> = Vec::new();
    for row in rows {
        let [table, column, kind]: [String; 3] = [row.try_get("", "t")?, row.try_get("", "c")?, row.try_get("", "k")?];
        if table == "seaql_migrations" {
            continue;
        }
        let Some(holds) = Holds::of(&kind) else { return Err(BackupError::Column { table, column, kind }) };
        match all.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push((column, holds)),
            None => all.push(Shape { name: table, columns: vec![(column, holds)] }),
        }
    }
    // As bytes: the two databases sort names each in their own way.
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// How often a table is asked: on PostgreSQL once for each tenant, whose rows alone are seen.
fn turns<'a>(tx: &Transaction, shape: &Shape, tenants: &'a [TenantId]) -> &'a [TenantId] {
    if tx.is_postgres() && shape.is_split() { tenants } else { tenants.get(..1).unwrap_or_default() }
}

/// How many rows a table has.
pub(super) async fn count(tx: &mut Transaction, shape: &Shape, tenants: &[TenantId]) -> Result<u64, BackupError> {
    let mut all = 0;
    for tenant in turns(tx, shape, tenants) {
        tx.turn_to(*tenant).await?;
        // What everybody may read of a table is counted for whose it is.
        let own =
            if tx.is_postgres() && shape.is_split() { format!(" WHERE tenant = '{tenant}'") } else { String::new() };
        let ask = format!("SELECT count(*) AS n FROM \"{}\"{own}", shape.name);
        let row = tx.on().query_one_raw(statement(tx, ask)).await?;
        let rows: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        all += u64::try_from(rows).unwrap_or(0);
    }
    Ok(all)
}

/// Hands every row of a table over as its line, and returns how many there were.
pub(super) async fn lines(
    tx: &mut Transaction,
    shape: &Shape,
    tenants: &[TenantId],
    mut to: impl FnMut(&str) -> Result<(), BackupError>,
) -> Result<u64, BackupError> {
    let mut all = 0;
    for tenant in turns(tx, shape, tenants) {
        tx.turn_to(*tenant).await?;
        let mut ask = String::from("SELECT ");
        ask.push_str(if tx.is_postgres() { "json_build_array(" } else { "json_array(" });
        for (at, (column, holds)) in shape.columns.iter().enumerate() {
            let value = if tx.is_postgres() { holds.postgres(column) } else { holds.sqlite(column) };
            let _ = write!(ask, "{}{value}", if at > 0 { ", " } else { "" });
        }
        ask.push_str(if tx.is_postgres() { ")::text" } else { ")" });
        let _ = write!(ask, " AS line FROM \"{}\"", shape.name);
        if tx.is_postgres() && shape.is_split() {
            let _ = write!(ask, " WHERE tenant = '{tenant}'");
        }
        let mut rows = tx.on().stream_raw(statement(tx, ask)).await?;
        while let Some(row) = rows.try_next().await? {
            let line: String = row.try_get("", "line")?;
            to(&line)?;
            all += 1;
        }
    }
    Ok(all)
}

/// Rows that a statement writes at most.
const ROWS: usize = 400;
/// Values that a statement may bind at most: SQLite takes 32,766.
const VALUES: usize = 30_000;

/// Lines of a table on their way into it.
pub(super) struct Loading<'a> {
    shape: &'a Shape,
    /// For each column of a line what it holds.
    holds: Vec<Holds>,
    columns: &'a [String],
    /// Which column of a line is the tenant.
    tenant_at: Option<usize>,
    tenant: TenantId,
    waiting: Vec<Vec<Value>>,
    file: String,
    line: u64,
    pub(super) rows: u64,
}

impl<'a> Loading<'a> {
    /// Begins to load lines with these columns.
    pub(super) fn begin(shape: &'a Shape, columns: &'a [String], file: String) -> Result<Self, BackupError> {
        let holds = |name: &String| shape.columns.iter().find(|column| column.0 == *name).map(|column| column.1);
        let strange = |name: &String| BackupError::Row {
            file: file.clone(),
            line: 0,
            why: format!("the table {} has no column {name}", shape.name),
        };
        let holds = columns.iter().map(|name| holds(name).ok_or_else(|| strange(name))).collect::<Result<_, _>>()?;
        let tenant_at = columns.iter().position(|name| name == "tenant");
        let waiting = Vec::with_capacity(ROWS);
        Ok(Self { shape, holds, columns, tenant_at, tenant: TenantId::nobody(), waiting, file, line: 0, rows: 0 })
    }

    /// Takes a line.
    pub(super) async fn take(&mut self, tx: &mut Transaction, line: &[u8]) -> Result<(), BackupError> {
        self.line += 1;
        let row = |why: String| BackupError::Row { file: self.file.clone(), line: self.line, why };
        let said: Vec<serde_json::Value> = serde_json::from_slice(line).map_err(|error| row(error.to_string()))?;
        if said.len() != self.holds.len() {
            return Err(row(format!("{} values for {} columns", said.len(), self.holds.len())));
        }
        if let Some(tenant) = self.tenant_at.and_then(|at| said.get(at)).and_then(serde_json::Value::as_str) {
            let tenant = Uuid::try_parse(tenant).ok().and_then(|id| id.to_string().parse::<TenantId>().ok());
            let tenant = tenant.ok_or_else(|| row("the tenant is no id".to_owned()))?;
            if tenant != self.tenant {
                self.write(tx).await?;
                self.tenant = tenant;
            }
        }
        let row = |why: String| BackupError::Row { file: self.file.clone(), line: self.line, why };
        let mut values = Vec::with_capacity(said.len());
        for ((holds, said), name) in self.holds.iter().zip(&said).zip(self.columns) {
            values.push(holds.value(said).ok_or_else(|| row(format!("the value of {name} is no {holds:?}")))?);
        }
        self.waiting.push(values);
        if self.waiting.len() >= ROWS.min(VALUES / self.columns.len().max(1)) { self.write(tx).await } else { Ok(()) }
    }

    /// Writes what waits.
    pub(super) async fn write(&mut self, tx: &mut Transaction) -> Result<(), BackupError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if tx.tenant() != self.tenant {
            tx.turn_to(self.tenant).await?;
        }
        let mut insert = Query::insert();
        insert.into_table(Alias::new(&self.shape.name)).columns(self.columns.iter().map(Alias::new));
        let written = self.waiting.len() as u64;
        for row in self.waiting.drain(..) {
            let added = insert.values(row.into_iter().map(sea_orm::sea_query::Expr::value)).map(drop);
            added.map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        tx.on().execute(&insert).await?;
        self.rows += written;
        Ok(())
    }
}
