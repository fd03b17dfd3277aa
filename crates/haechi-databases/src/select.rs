//! The SELECT that gives a table's columns as texts in the order of its key.

use crate::addresses::{Address, Engine};

/// A column as the catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The type's name in lower case, without its length.
    pub(crate) kind: String,
}

/// What tells the rows of a table apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The places of its columns.
    pub(crate) columns: Vec<usize>,
    /// Whether the database itself keeps it unique; else the mapping says it, and the reader checks.
    pub(crate) is_kept: bool,
}

/// A name of the catalogue as SQL has it. Nothing but names of the catalogue gets into SQL.
pub(crate) fn quoted(engine: &Engine, name: &str) -> String {
    match engine {
        Engine::MySql(_) => format!("`{}`", name.replace('`', "``")),
        Engine::Postgres(_) | Engine::Sqlite(_) => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// Whether a column holds bytes that are no text.
pub(crate) fn is_binary(engine: &Engine, column: &Column) -> bool {
    let kind = column.kind.as_str();
    match engine {
        Engine::Postgres(_) => kind == "bytea",
        Engine::MySql(_) => kind.ends_with("blob") || kind.ends_with("binary") || kind == "geometry" || kind == "bit",
        Engine::Sqlite(_) => kind.starts_with("blob"),
    }
}

/// The query: the columns at `read` as texts, in the order of `key`. In SQLite a last column says which of them holds bytes in
/// this row, because there a value has its own type.
pub(crate) fn sql(address: &Address, table: &str, columns: &[Column], read: &[usize], key: &Key) -> String {
    let engine = &address.engine;
    let name = |at: &usize| columns.get(*at).map(|column| quoted(engine, &column.name)).unwrap_or_default();
    let text = |at: &usize| columns.get(*at).map(|column| as_text(address, column)).unwrap_or_default();
    let mut given: Vec<String> = read.iter().map(text).collect();
    if matches!(engine, Engine::Sqlite(_)) {
        let which = read.iter().enumerate();
        let cases: Vec<String> =
            which.map(|(place, at)| format!("WHEN typeof({}) = 'blob' THEN '{place}'", name(at))).collect();
        given.push(format!("CASE {} END", cases.join(" ")));
    }
    let order: Vec<String> = key
        .columns
        .iter()
        .map(|at| match (key.is_kept, engine) {
            (true, _) => name(at),
            // By its bytes, so that what is the same text lies together whatever the collation thinks.
            (false, Engine::Postgres(_)) => format!("({}) COLLATE \"C\"", text(at)),
            (false, Engine::MySql(_)) => format!("({}) COLLATE utf8mb4_bin", text(at)),
            (false, Engine::Sqlite(_)) => format!("({}) COLLATE BINARY", text(at)),
        })
        .collect();
    format!("SELECT {} FROM {table} ORDER BY {}", given.join(", "), order.join(", "))
}

/// A column as text: decimals exact, days and times as ISO 8601 writes them with a space, yes and no as the database's text.
fn as_text(address: &Address, column: &Column) -> String {
    let name = quoted(&address.engine, &column.name);
    match (&address.engine, column.kind.as_str()) {
        // Money is else written in the server's language.
        (Engine::Postgres(_), "money") => format!("({name})::numeric::text"),
        (Engine::Postgres(_), "timestamp with time zone") => {
            let zone = &address.time_zone;
            let is_offset = zone.starts_with(['+', '-']);
            // A bare offset in a zone's name would be read with its sign turned round.
            let zone = if is_offset { format!("INTERVAL '{zone}'") } else { format!("'{zone}'") };
            format!("(({name}) AT TIME ZONE {zone})::text")
        }
        (Engine::Postgres(_), _) => format!("({name})::text"),
        (Engine::MySql(_), _) => format!("CONVERT(CAST({name} AS CHAR) USING utf8mb4)"),
        (Engine::Sqlite(_), _) => format!("CASE WHEN typeof({name}) <> 'blob' THEN CAST({name} AS TEXT) END"),
    }
}
