//! Rows on their way from the connection's task to the thread that maps them, never many at once.

use std::sync::Arc;

use csv::StringRecord;
use futures::StreamExt as _;
use haechi_formats::export::live::{LivePlace, LiveTable};
use haechi_formats::export::{Layout, RawRow, RowSource};
use haechi_formats::fault::Fault;
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, Executor, IntoArguments, Row as _};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::addresses::Address;
use crate::connection::{Connection, OpenDatabase};
use crate::faults::{self, While};

/// Rows, and bytes of them, that travel together.
const ROWS_TOGETHER: usize = 256;
const BYTES_TOGETHER: usize = 256 * 1024;

/// Loads that wait to be mapped; past them the server is not listened to.
const WAITING: usize = 4;

/// How a table is read.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) place: LivePlace,
    pub(crate) sql: String,
    /// All columns of the table.
    pub(crate) header: Vec<String>,
    /// The places of those that are read.
    pub(crate) read: Vec<usize>,
}

impl Plan {
    /// Which table it reads.
    pub const fn place(&self) -> &LivePlace {
        &self.place
    }
}

/// What the task sends.
enum Sent {
    /// Rows, each with a text a column that is read.
    Rows(Vec<StringRecord>),
    /// The table is read to its end. A channel that closes without it was cut.
    End,
    /// It cannot be read further.
    Fault(Box<Fault>),
}

/// Reads `plans` one after another in a task.
pub(crate) fn read(open: OpenDatabase, plans: Vec<Plan>) -> Vec<LiveTable> {
    let mut tables = Vec::with_capacity(plans.len());
    let mut senders = Vec::with_capacity(plans.len());
    for plan in &plans {
        let (sender, receiver) = channel(WAITING);
        senders.push(sender);
        let rows = LiveRows {
            place: plan.place.clone(),
            name: plan.place.to_string(),
            layout: Layout { header: plan.header.clone(), money_unit: 1, ..Layout::default() },
            read: plan.read.clone(),
            receiver,
            waiting: Vec::new().into_iter(),
            line: 0,
            key: Vec::new(),
            ended: false,
        };
        tables.push(LiveTable { place: plan.place.clone(), rows: Box::new(rows) });
    }
    tokio::spawn(async move {
        let OpenDatabase { address, mut connection } = open;
        let address = Arc::new(address);
        for (plan, sender) in plans.into_iter().zip(senders) {
            let place = plan.place.to_string();
            let width = plan.read.len();
            let sent = match &mut connection {
                Connection::Postgres(connection) => send(connection, plan.sql, width, &address, &place, &sender).await,
                Connection::MySql(connection) => send(connection, plan.sql, width, &address, &place, &sender).await,
                Connection::Sqlite(connection) => send(connection, plan.sql, width, &address, &place, &sender).await,
            };
            let last = match sent {
                Ok(()) => Sent::End,
                Err(Stopped::Fault(fault)) => Sent::Fault(fault),
                // Nobody listens any longer, so nothing more is read.
                Err(Stopped::Deaf) => return,
            };
            let failed = matches!(last, Sent::Fault(_));
            if sender.send(last).await.is_err() || failed {
                return;
            }
        }
        connection.end().await;
    });
    tables
}

/// Why a table was not read to its end.
enum Stopped {
    Fault(Box<Fault>),
    Deaf,
}

async fn send<'c, C, DB>(
    connection: &'c mut C,
    sql: String,
    width: usize,
    address: &Address,
    place: &str,
    sender: &Sender<Sent>,
) -> Result<(), Stopped>
where
    DB: Database,
    &'c mut C: Executor<'c, Database = DB>,
    DB::Arguments: IntoArguments<DB>,
    for<'r> &'r str: Decode<'r, DB>,
    usize: ColumnIndex<DB::Row>,
{
    let failed = |error: sqlx::Error| Stopped::Fault(Box::new(faults::of(address, place, &error, While::Reading)));
    let mut stream = sqlx::query(AssertSqlSafe(sql)).fetch(connection);
    let mut rows = Vec::with_capacity(ROWS_TOGETHER);
    let mut bytes = 0;
    loop {
        let next = tokio::time::timeout(address.read_within, stream.next()).await;
        let next = next.map_err(|_| Stopped::Fault(Box::new(faults::late(address, place, While::Reading))))?;
        let Some(row) = next else { break };
        let row = row.map_err(failed)?;
        let mut record = StringRecord::with_capacity(128, width);
        // One more than asked for where the database says which value holds bytes.
        for at in 0..row.len() {
            let text: Option<&str> = row.try_get_unchecked(at).map_err(failed)?;
            record.push_field(text.unwrap_or_default());
        }
        bytes += record.as_slice().len();
        rows.push(record);
        if rows.len() >= ROWS_TOGETHER || bytes >= BYTES_TOGETHER {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(ROWS_TOGETHER));
            sender.send(Sent::Rows(full)).await.map_err(|_| Stopped::Deaf)?;
            bytes = 0;
        }
    }
    if !rows.is_empty() {
        sender.send(Sent::Rows(rows)).await.map_err(|_| Stopped::Deaf)?;
    }
    Ok(())
}

/// The receiving end: rows as a mapping reads them.
struct LiveRows {
    place: LivePlace,
    name: String,
    layout: Layout,
    read: Vec<usize>,
    receiver: Receiver<Sent>,
    waiting: std::vec::IntoIter<StringRecord>,
    line: u64,
    /// The key of the row before.
    key: Vec<String>,
    ended: bool,
}

impl LiveRows {
    fn fault(&self, code: &'static str, what: &str, help: &str) -> Fault {
        Fault::new(code, &self.name, what, help)
    }

    /// The next row as it came.
    fn receive(&mut self) -> Result<Option<StringRecord>, Fault> {
        loop {
            if let Some(record) = self.waiting.next() {
                return Ok(Some(record));
            }
            if self.ended {
                return Ok(None);
            }
            match self.receiver.blocking_recv() {
                Some(Sent::Rows(rows)) => self.waiting = rows.into_iter(),
                Some(Sent::End) => self.ended = true,
                Some(Sent::Fault(fault)) => return Err(*fault),
                None => {
                    let help = "Run the same command again when the database is there; nothing was replaced.";
                    return Err(self.fault("database-cut", "It was not read to its end.", help));
                }
            }
        }
    }

    /// Equal keys lie side by side, so each is compared with the one before.
    fn check_key(&mut self, row: &RawRow) -> Result<(), Fault> {
        let key = || self.place.key.iter().map(|at| row.fields.get(*at).unwrap_or_default());
        if self.line > 1 && self.key.iter().map(String::as_str).eq(key()) {
            let names: Vec<&str> =
                self.place.key.iter().filter_map(|at| self.layout.header.get(*at)).map(String::as_str).collect();
            let what = format!("Two rows have the same key ({}).", names.join(", "));
            let help = "Name columns in the mapping's [read] key that tell every row apart; nothing was replaced.";
            return Err(self.fault("key-twice", &what, help).at_line(self.line));
        }
        let next: Vec<String> = key().map(str::to_owned).collect();
        self.key = next;
        Ok(())
    }
}

impl RowSource for LiveRows {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        let Some(record) = self.receive()? else { return Ok(false) };
        if let Some(at) = record.get(self.read.len()).and_then(|place| place.parse::<usize>().ok()) {
            let name = self.read.get(at).and_then(|at| self.layout.header.get(*at)).cloned().unwrap_or_default();
            let what = "A value holds bytes that are no text.";
            let help = "Leave the column out of the mapping, or have a view give it as text.";
            return Err(self.fault("column-binary", what, help).at_line(self.line + 1).in_column(name));
        }
        row.fields.clear();
        let mut given = self.read.iter().zip(&record).peekable();
        for at in 0..self.layout.header.len() {
            let text = given.next_if(|(place, _)| **place == at).map_or("", |(_, text)| text);
            row.fields.push_field(text);
        }
        self.line += 1;
        row.line = self.line;
        row.trouble = None;
        self.check_key(row)?;
        Ok(true)
    }
}
