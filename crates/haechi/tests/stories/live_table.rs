//! Exports of the invented government, put into tables of a live database as its systems would have them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::EUC_KR;
use haechi_testkit::database_servers::{MariaDb, Postgres};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, PgConnection, SqliteConnection};

use crate::city::{City, wait};

/// The files of one mapping as one table: names of the columns, and each row with its file and line.
pub struct Export {
    pub header: Vec<String>,
    pub rows: Vec<((String, u64), Vec<String>)>,
}

impl Export {
    /// Reads files that have a title, a header and rows.
    pub fn read(files: &[PathBuf]) -> Self {
        let mut export = Self { header: Vec::new(), rows: Vec::new() };
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            let text = match std::str::from_utf8(&bytes) {
                Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
                Err(_) => EUC_KR.decode(&bytes).0.into_owned(),
            };
            let mut lines = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            for (record, line) in lines.records().zip(1..).skip(1) {
                let cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
                match line {
                    2 => export.header = cells,
                    // A total stands in files alone.
                    _ if ["총계", "합계", "소계"].contains(&cells[0].as_str()) => {}
                    line => export.rows.push(((name.clone(), line), cells)),
                }
            }
        }
        export
    }

    /// The value of the key, which is the first column, by file and line.
    pub fn keys(&self) -> BTreeMap<(String, u64), String> {
        self.rows.iter().map(|(place, cells)| (place.clone(), cells[0].clone())).collect()
    }

    /// `CREATE TABLE` and `INSERT`: days and amounts as the database's own types, the first column as the key.
    fn statements(&self, table: &str, quote: char) -> Vec<String> {
        let kinds: Vec<Kind> = (0..self.header.len()).map(|at| self.kind(at)).collect();
        let name = |name: &str| format!("{quote}{name}{quote}");
        let columns: Vec<String> =
            self.header.iter().zip(&kinds).map(|(column, kind)| format!("{} {}", name(column), kind.sql())).collect();
        let key = name(&self.header[0]);
        let mut statements =
            vec![format!("CREATE TABLE {} ({}, PRIMARY KEY ({key}))", name(table), columns.join(", "))];
        for rows in self.rows.chunks(500) {
            let row = |cells: &[String]| {
                let cells: Vec<String> = cells.iter().zip(&kinds).map(|(cell, kind)| kind.literal(cell)).collect();
                format!("({})", cells.join(", "))
            };
            let rows: Vec<String> = rows.iter().map(|(_, cells)| row(cells)).collect();
            statements.push(format!("INSERT INTO {} VALUES {}", name(table), rows.join(", ")));
        }
        statements
    }

    fn kind(&self, at: usize) -> Kind {
        let mut cells =
            self.rows.iter().map(|(_, cells)| cells[at].as_str()).filter(|cell| !cell.is_empty()).peekable();
        if at == 0 || cells.peek().is_none() {
            Kind::Text
        } else if cells.clone().all(|cell| Kind::iso(cell).is_some()) && self.header[at].ends_with(['일', '한']) {
            Kind::Day
        } else if self.header[at].ends_with('액') && cells.all(|cell| Kind::plain(cell).parse::<i64>().is_ok()) {
            Kind::Amount
        } else {
            Kind::Text
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Day,
    Amount,
}

impl Kind {
    const fn sql(self) -> &'static str {
        match self {
            Self::Text => "varchar(200)",
            Self::Day => "date",
            Self::Amount => "decimal(20, 0)",
        }
    }

    /// A day as ISO 8601 has it, from `2026-03-05`, `2026.03.05.` or `20260305`.
    fn iso(cell: &str) -> Option<String> {
        let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
        (digits.len() == 8).then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
    }

    /// An amount without groups; a triangle is a minus.
    fn plain(cell: &str) -> String {
        cell.replace(',', "").replace('△', "-")
    }

    fn literal(self, cell: &str) -> String {
        match self {
            _ if cell.is_empty() => "NULL".to_owned(),
            Self::Text => format!("'{}'", cell.replace('\'', "''")),
            Self::Day => format!("'{}'", Self::iso(cell).unwrap()),
            Self::Amount => Self::plain(cell),
        }
    }
}

/// A database whose tables are taken.
pub enum Live {
    Postgres(Postgres),
    MariaDb(MariaDb),
    Sqlite(PathBuf),
}

impl Live {
    /// Runs statements as the database's administrator.
    pub fn write(&self, statements: impl IntoIterator<Item = String>) {
        wait(async {
            match self {
                Self::Postgres(server) => {
                    let mut pen = PgConnection::connect(&server.admin_url()).await.unwrap();
                    for statement in statements {
                        pen.execute(AssertSqlSafe(statement)).await.unwrap();
                    }
                }
                Self::MariaDb(server) => {
                    let mut pen = MySqlConnection::connect(&server.admin_url()).await.unwrap();
                    for statement in statements {
                        pen.execute(AssertSqlSafe(statement)).await.unwrap();
                    }
                }
                Self::Sqlite(path) => {
                    let url = format!("sqlite://{}?mode=rwc", path.display());
                    let mut pen = SqliteConnection::connect(&url).await.unwrap();
                    for statement in statements {
                        pen.execute(AssertSqlSafe(statement)).await.unwrap();
                    }
                }
            }
        });
    }

    pub fn fill(&self, table: &str, export: &Export) {
        let quote = if matches!(self, Self::MariaDb(_)) { '`' } else { '"' };
        self.write(export.statements(table, quote));
    }

    /// Names it `efinance` in the city's `databases.toml`, with a password file.
    pub fn name_in(&self, city: &City) {
        let url = match self {
            Self::Postgres(server) => server.url("admin"),
            Self::MariaDb(server) => server.url("admin"),
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
        };
        let password = city.write("password", haechi_testkit::database_servers::ADMIN_PASSWORD);
        restrict(&password);
        let text = format!("[database.efinance]\nurl = \"{url}\"\npassword_file = \"{}\"\n", password.display());
        std::fs::write(city.data().join("databases.toml"), text).unwrap();
    }
}

#[cfg(unix)]
fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn restrict(_path: &Path) {}
