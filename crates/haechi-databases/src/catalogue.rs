//! What a database says of its tables: columns, types, and what keeps rows apart.

use haechi_formats::export::live::LivePlace;
use haechi_formats::export::{ReadRule, normal_header};
use haechi_formats::fault::Fault;

use crate::addresses::Engine;
use crate::connection::{OpenDatabase, Texts};
use crate::rows::Plan;
use crate::select::{self, Column, Key, quoted};

/// A table that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTable {
    /// Its name, as `--from DATABASE:TABLE` takes it.
    pub name: String,
    /// About how many rows it has, where the database keeps count.
    pub rows: Option<u64>,
}

/// The tables and views, by name.
pub(crate) async fn tables(open: &mut OpenDatabase) -> Result<Vec<ListedTable>, Fault> {
    let sql = match open.address.engine {
        Engine::Postgres(_) => {
            "SELECT n.nspname::text || '.' || c.relname::text, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint::text END \
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
             AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"
        }
        Engine::MySql(_) => {
            "SELECT CAST(table_name AS CHAR), CAST(table_rows AS CHAR) FROM information_schema.tables \
             WHERE table_schema = DATABASE() ORDER BY 1"
        }
        Engine::Sqlite(_) => {
            "SELECT name, NULL FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             ORDER BY 1"
        }
    };
    let place = open.address.name.clone();
    let rows = open.ask(&place, sql.to_owned(), &[]).await?;
    let listed = |row: Texts| {
        let mut cells = row.into_iter();
        let name = cells.next().flatten().unwrap_or_default();
        ListedTable { name, rows: cells.next().flatten().and_then(|count| count.parse().ok()) }
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// How to read `table` by `rule`.
pub(crate) async fn plan(open: &mut OpenDatabase, table: &str, rule: &ReadRule) -> Result<Plan, Fault> {
    let engine = open.address.engine.clone();
    let asked = format!("{}:{table}", open.address.name);
    let (schema, bare) = match table.split_once('.') {
        Some((schema, bare)) => (schema.to_owned(), bare.to_owned()),
        None => (default_schema(open, &asked).await?, table.to_owned()),
    };
    let columns = columns(open, &asked, &schema, &bare).await?;
    if columns.is_empty() {
        return Err(unknown(open, &asked, &bare).await?);
    }
    let name = if schema.is_empty() { bare.clone() } else { format!("{schema}.{bare}") };
    // Each under the name that the catalogue gave back.
    let place = format!("{}:{name}", open.address.name);
    let fault = |code, what: String, help: String| Fault::new(code, &place, what, help);
    if let Some(kind) = without_moments(open, &place, &schema, &bare).await? {
        return Err(fault(
            "table-without-moments",
            format!("It is kept by {kind}, which knows no transactions: what is read would be of no one moment."),
            "Have it altered to InnoDB, or take an export of it as a file.".to_owned(),
        ));
    }
    let keys = keys(open, &place, &schema, &bare, &columns).await?;
    let key = match (keys.into_iter().next(), rule.key.as_slice()) {
        (_, named @ [_, ..]) => {
            let mut places = Vec::new();
            for name in named {
                let at = columns.iter().position(|column| column.name == *name);
                let there = || columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
                let at = at.ok_or_else(|| {
                    let what = format!("The column `{name}` of the mapping's [read] key is not there.");
                    fault("key-column-unknown", what, format!("The table has: {}.", there()))
                })?;
                places.push(at);
            }
            Key { columns: places, is_kept: false }
        }
        (Some(columns), []) => Key { columns, is_kept: true },
        (None, []) => {
            return Err(fault(
                "table-without-key",
                "It has no primary key, and no unique index over columns that are never NULL.".to_owned(),
                "Name the columns that tell its rows apart in the mapping: [read] key = [\"…\"]. They must be unique."
                    .to_owned(),
            ));
        }
    };
    let known = |at: &usize| {
        key.columns.contains(at)
            || columns.get(*at).is_some_and(|column| rule.known_headers.contains(normal_header(&column.name).as_ref()))
    };
    let read: Vec<usize> = (0..columns.len()).filter(known).collect();
    if let Some(column) = read.iter().filter_map(|at| columns.get(*at)).find(|c| select::is_binary(&engine, c)) {
        let what = format!("The column is of type {}, bytes that are no text.", column.kind);
        let help = "Leave it out of the mapping, or have a view give it as text.".to_owned();
        return Err(fault("column-binary", what, help).in_column(&column.name));
    }
    let from = match schema.as_str() {
        "" => quoted(&engine, &bare),
        schema => format!("{}.{}", quoted(&engine, schema), quoted(&engine, &bare)),
    };
    Ok(Plan {
        sql: select::sql(&open.address, &from, &columns, &read, &key),
        place: LivePlace { database: open.address.name.clone(), table: name, key: key.columns.clone() },
        header: columns.into_iter().map(|column| column.name).collect(),
        read,
    })
}

/// The schema of a table named without one.
async fn default_schema(open: &mut OpenDatabase, place: &str) -> Result<String, Fault> {
    let sql = match open.address.engine {
        Engine::Postgres(_) => "SELECT current_schema()::text",
        Engine::MySql(_) => return Ok(open.address.database.clone()),
        Engine::Sqlite(_) => return Ok(String::new()),
    };
    let rows = open.ask(place, sql.to_owned(), &[]).await?;
    Ok(rows.into_iter().flatten().flatten().next().unwrap_or_default())
}

/// The storage engine of a table that a transaction does not hold still. A view has none.
async fn without_moments(
    open: &mut OpenDatabase,
    place: &str,
    schema: &str,
    table: &str,
) -> Result<Option<String>, Fault> {
    if !matches!(open.address.engine, Engine::MySql(_)) {
        return Ok(None);
    }
    let sql = "SELECT CAST(engine AS CHAR) FROM information_schema.tables \
               WHERE BINARY table_schema = ? AND BINARY table_name = ? AND engine NOT IN ('InnoDB', 'ROCKSDB', 'ndbcluster')";
    let rows = open.ask(place, sql.to_owned(), &[schema, table]).await?;
    Ok(rows.into_iter().flatten().flatten().next())
}

async fn columns(open: &mut OpenDatabase, place: &str, schema: &str, table: &str) -> Result<Vec<Column>, Fault> {
    let rows = match open.address.engine {
        Engine::Postgres(_) => {
            let sql = "SELECT a.attname::text, pg_catalog.format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), NULL) \
                       FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
                       JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
                       WHERE n.nspname::text = $1 AND c.relname::text = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
                       AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
            open.ask(place, sql.to_owned(), &[schema, table]).await?
        }
        Engine::MySql(_) => {
            let sql = "SELECT CAST(column_name AS CHAR), CAST(data_type AS CHAR) FROM information_schema.columns \
                       WHERE BINARY table_schema = ? AND BINARY table_name = ? ORDER BY ordinal_position";
            open.ask(place, sql.to_owned(), &[schema, table]).await?
        }
        Engine::Sqlite(_) => {
            let sql = "SELECT name, lower(type) FROM pragma_table_xinfo(?) WHERE hidden <> 1 \
                       AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')) ORDER BY cid";
            open.ask(place, sql.to_owned(), &[table, table]).await?
        }
    };
    let column = |row: Texts| {
        let mut cells = row.into_iter();
        Some(Column { name: cells.next()??, kind: cells.next().flatten().unwrap_or_default().to_lowercase() })
    };
    Ok(rows.into_iter().filter_map(column).collect())
}

/// What the database itself keeps unique and never NULL, the primary key first, then the shortest.
async fn keys(
    open: &mut OpenDatabase,
    place: &str,
    schema: &str,
    table: &str,
    columns: &[Column],
) -> Result<Vec<Vec<usize>>, Fault> {
    // Each row: the index, a rank that is 0 for the primary key, a column, whether that may be NULL; by index and place.
    let rows = match open.address.engine {
        Engine::Postgres(_) => {
            let sql = "SELECT x.relname::text, CASE WHEN i.indisprimary THEN '0' ELSE '1' END, a.attname::text, \
                       CASE WHEN a.attnotnull THEN '0' ELSE '1' END \
                       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid \
                       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid \
                       CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place) \
                       JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
                       WHERE n.nspname::text = $1 AND c.relname::text = $2 AND i.indisunique AND i.indisvalid \
                       AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts ORDER BY 1, k.place";
            open.ask(place, sql.to_owned(), &[schema, table]).await?
        }
        Engine::MySql(_) => {
            let sql = "SELECT CAST(index_name AS CHAR), CASE WHEN index_name = 'PRIMARY' THEN '0' ELSE '1' END, \
                       CAST(column_name AS CHAR), CASE WHEN nullable = 'YES' OR sub_part IS NOT NULL THEN '1' ELSE '0' END \
                       FROM information_schema.statistics WHERE BINARY table_schema = ? AND BINARY table_name = ? \
                       AND non_unique = 0 ORDER BY 1, seq_in_index";
            open.ask(place, sql.to_owned(), &[schema, table]).await?
        }
        Engine::Sqlite(_) => {
            // SQLite lets NULL into a primary key that does not forbid it; two such rows are then found to have the same key.
            let sql = "SELECT '', '0', name, '0', pk \
                       FROM pragma_table_xinfo(?) WHERE pk > 0 UNION ALL \
                       SELECT l.name, '1', i.name, CASE WHEN c.\"notnull\" THEN '0' ELSE '1' END, i.seqno \
                       FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i JOIN pragma_table_xinfo(?) c \
                       ON c.name = i.name WHERE l.\"unique\" AND NOT l.partial ORDER BY 1, 5";
            open.ask(place, sql.to_owned(), &[table, table, table]).await?
        }
    };
    let mut found: Vec<(String, String, Option<Vec<usize>>)> = Vec::new();
    for row in rows {
        let [index, rank, column, nullable] = [0, 1, 2, 3].map(|at| row.get(at).cloned().flatten());
        let (Some(index), Some(rank)) = (index, rank) else { continue };
        let at = columns.iter().position(|there| Some(&there.name) == column.as_ref());
        let at = at.filter(|_| nullable.as_deref() == Some("0"));
        match found.last_mut().filter(|(name, _, _)| *name == index) {
            Some((_, _, places)) => {
                *places = places.take().zip(at).map(|(mut places, at)| {
                    places.push(at);
                    places
                });
            }
            None => found.push((index, rank, at.map(|at| vec![at]))),
        }
    }
    let mut keys: Vec<_> = found.into_iter().filter_map(|(name, rank, places)| Some((rank, places?, name))).collect();
    keys.sort_by(|a, b| (&a.0, a.1.len(), &a.2).cmp(&(&b.0, b.1.len(), &b.2)));
    Ok(keys.into_iter().map(|(_, places, _)| places).collect())
}

/// That the table is not there, naming those that are.
async fn unknown(open: &mut OpenDatabase, place: &str, table: &str) -> Result<Fault, Fault> {
    let tables = tables(open).await?;
    let alike = |listed: &&ListedTable| listed.name.rsplit('.').next().is_some_and(|n| n.eq_ignore_ascii_case(table));
    let mut shown: Vec<&str> = tables.iter().filter(alike).map(|listed| listed.name.as_str()).collect();
    if shown.is_empty() {
        shown = tables.iter().take(20).map(|listed| listed.name.as_str()).collect();
    }
    let help = match shown.as_slice() {
        [] => "This user may read no table; have its owner GRANT SELECT on it.".to_owned(),
        shown => format!("Capitals count. This user may read: {}.", shown.join(", ")),
    };
    Ok(Fault::new("table-unknown", place, "There is no such table.", help))
}
