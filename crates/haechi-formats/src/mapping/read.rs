//! Rows of texts become rows of typed cells, by the plan that [`super::Mapping::bind`] made for one file.

use std::borrow::Cow;

use chrono::{Datelike as _, Timelike as _};
use haechi_core::ids::TableName;
use haechi_core::masking;
use haechi_core::money::Currency;
use haechi_core::period::Period;
use haechi_core::words::Words;
use sha2::{Digest as _, Sha256};

use super::convert::{self, Trouble};
use super::file::Every;
use super::period;
use super::reject::Showing;
use super::rule::Reading;
use super::{Reject, RowPeriod};
use crate::cell::Cell;
use crate::dictionary::{Field, FieldType, Privacy, Table};
use crate::export::RawRow;
use crate::keys::InstallationKey;
use crate::value::date::{self, DateOrder};
use crate::value::resident_number::{self, Identified};

/// The length of a resident number with its hyphen, the shortest text that [`masking::replace_written`] looks for.
const SHORTEST_WRITTEN: usize = 14;

/// Reads the rows of one file. Made by [`super::Mapping::bind`].
#[derive(Clone, Debug)]
pub struct RowReader {
    slots: Vec<Slot>,
    period: WhichPeriod,
    money_in: MoneyIn,
    money_unit: i64,
    showing: Showing,
    key: InstallationKey,
    supplied: Vec<TableName>,
    /// The places of the cells that identify a row; empty means all.
    hashed: Vec<usize>,
    width: usize,
}

/// One field of the table and what fills it in this file.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) field: Field,
    pub(super) feed: Feed,
}

/// What fills a field. Places are those of the file's headers.
#[derive(Clone, Debug)]
pub(super) enum Feed {
    Nothing,
    Constant(Cell<'static>),
    Text { at: usize, how: Reading },
    Identifier { at: usize, how: Reading, is_resident: bool },
    YearMonth { year: usize, month: usize, how: Reading },
    DateAndTime { date: usize, time: usize, how: Reading },
}

/// Where a row's period comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum WhichPeriod {
    Whole,
    One(Period),
    Ledger { year: usize, part: Option<(usize, Every)> },
    Day { at: usize, order: DateOrder, every: Every },
}

/// How many decimals money has.
#[derive(Clone, Copy, Debug)]
pub(super) enum MoneyIn {
    /// The same in every row.
    One(u32),
    /// Those of the currency in this slot.
    Column(usize),
}

impl RowReader {
    #[expect(clippy::too_many_arguments, reason = "the parts of one plan, put together in one place")]
    pub(super) fn new(
        table: &Table,
        slots: Vec<Slot>,
        period: WhichPeriod,
        money_in: MoneyIn,
        money_unit: i64,
        showing: Showing,
        key: InstallationKey,
        identity: &[TableName],
    ) -> Self {
        let columns = table.columns();
        let is_fed = |field: usize| slots.get(field).is_some_and(|slot: &Slot| !matches!(slot.feed, Feed::Nothing));
        let supplied = columns.iter().filter(|column| is_fed(column.field)).map(|column| column.name.clone()).collect();
        let hashed = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| {
                identity.contains(&column.name)
                    || table.fields.get(column.field).is_some_and(|field| identity.contains(&field.name))
            })
            .map(|(at, _)| at)
            .collect();
        Self { slots, period, money_in, money_unit, showing, key, supplied, hashed, width: columns.len() }
    }

    /// The columns of the snapshot that this file fills, in order: those with a constant or a header that is there.
    pub fn supplied(&self) -> &[TableName] {
        &self.supplied
    }

    /// Reads `row` into `cells`, one cell a column of [`Table::columns`], in their order, and says which period the row
    /// belongs to. What `cells` held before is dropped.
    ///
    /// # Errors
    ///
    /// Why the row does not fit; `cells` is then of no use.
    pub fn read<'r>(&'r self, row: &'r RawRow, cells: &mut Vec<Cell<'r>>) -> Result<RowPeriod, Reject> {
        cells.clear();
        if let Some(trouble) = &row.trouble {
            return Err(self.showing.row(trouble, |at| row.fields.get(at).map(str::to_owned)));
        }
        cells.reserve(self.width);
        let text = |at: usize| row.fields.get(at).unwrap_or_default();
        let decimals = match self.money_in {
            MoneyIn::One(decimals) => decimals,
            MoneyIn::Column(slot) => self.decimals(slot, row)?,
        };
        for Slot { field, feed } in &self.slots {
            let (at, read) = match feed {
                Feed::Nothing => {
                    cells.push(Cell::Null);
                    if field.privacy == Privacy::Identifier {
                        cells.push(Cell::Null);
                    }
                    continue;
                }
                Feed::Constant(cell) => {
                    cells.push(convert::borrowed(cell));
                    continue;
                }
                Feed::Identifier { at, how, is_resident } => {
                    let read = self.identifier(field, how, text(*at), *is_resident);
                    let read = read.and_then(|pair| convert::check(field, &pair[0]).map(|()| pair));
                    cells.extend(read.map_err(|trouble| self.reject(*at, row, trouble))?);
                    continue;
                }
                Feed::Text { at, how } => {
                    let read = convert::cell(field, how, text(*at), decimals, self.money_unit);
                    (*at, read.map(|cell| self.without_identifiers(field, cell)))
                }
                Feed::YearMonth { year, month, how } => {
                    (*month, convert::first_of_month(how, text(*year), text(*month)))
                }
                Feed::DateAndTime { date, time, how } => (*time, convert::date_and_time(how, text(*date), text(*time))),
            };
            match read.and_then(|cell| convert::check(field, &cell).map(|()| cell)) {
                Ok(cell) => cells.push(cell),
                Err(trouble) => return Err(self.reject(at, row, trouble)),
            }
        }
        self.row_period(row)
    }

    /// The first 16 bytes of the SHA-256 of the cells that identify a row: the mapping's identity, else all of them.
    /// Each cell is written as a tag, and a text after its length, so that no two rows read alike.
    pub fn content_hash(&self, cells: &[Cell<'_>]) -> [u8; 16] {
        let mut hasher = Sha256::new();
        if self.hashed.is_empty() {
            cells.iter().for_each(|cell| hash_cell(&mut hasher, cell));
        } else {
            self.hashed.iter().filter_map(|at| cells.get(*at)).for_each(|cell| hash_cell(&mut hasher, cell));
        }
        let digest: [u8; 32] = hasher.finalize().into();
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        first
    }

    /// A code in which a resident or card number stands for somebody, as it does for private payees in many systems, gets a
    /// keyed stand-in for that number: nobody can read it, and two people stay two and one person one. Blanked out, all of
    /// them would become the same code; rejected, their rows would not be looked at.
    fn without_identifiers<'r>(&self, field: &Field, cell: Cell<'r>) -> Cell<'r> {
        let Cell::Text(text) = cell else { return cell };
        if field.kind != FieldType::Code || text.len() < SHORTEST_WRITTEN {
            return Cell::Text(text);
        }
        let stand_in = |found: &str| {
            let hash = self.key.hash("written_in_a_code", found).unwrap_or_default();
            format!("id-{}", hash.get(..16).unwrap_or_default())
        };
        match masking::replace_written(&text, stand_in) {
            Cow::Owned(replaced) => Cell::Text(Cow::Owned(replaced)),
            Cow::Borrowed(_) => Cell::Text(text),
        }
    }

    fn reject(&self, at: usize, row: &RawRow, trouble: Trouble) -> Reject {
        self.showing.value(trouble.code, at, row.fields.get(at).unwrap_or_default(), trouble.words)
    }

    /// An identifier's two cells: its keyed hash, and what people may see of it. In a resident-number column a corporation's
    /// number is hashed as one, so that no person joins with it.
    fn identifier(
        &self,
        field: &Field,
        how: &Reading,
        text: &str,
        is_resident: bool,
    ) -> Result<[Cell<'static>; 2], Trouble> {
        let Some(text) = convert::identifier_text(how, text) else { return Ok([Cell::Null, Cell::Null]) };
        let (hash, masked) = if is_resident {
            match resident_number::identified(&text) {
                Ok(Identified::Person(person)) => {
                    (self.key.hash(field.name.as_str(), &person.digits()), person.masked())
                }
                Ok(Identified::Corporation(number)) => {
                    (self.key.hash("corporate_no", &number.to_string()), masking::identifier(&text, 0))
                }
                Ok(Identified::Otherwise) => (self.key.hash(field.name.as_str(), &text), masking::identifier(&text, 0)),
                Err(_) if how.null_when_unreadable => (None, String::new()),
                Err(error) => return Err(Trouble::new(error.code(), error.words())),
            }
        } else {
            (self.key.hash(field.name.as_str(), &text), masking::identifier(&text, 4))
        };
        Ok(match hash {
            Some(hash) => [hash, masked].map(|text| Cell::Text(Cow::Owned(text))),
            None => [Cell::Null, Cell::Null],
        })
    }

    /// The decimals of the currency that stands in the row.
    fn decimals(&self, slot: usize, row: &RawRow) -> Result<u32, Reject> {
        let Some(Slot { field, feed: Feed::Text { at, how } }) = self.slots.get(slot) else { return Ok(0) };
        let text = row.fields.get(*at).unwrap_or_default();
        let cell = convert::cell(field, how, text, 0, 1).and_then(|cell| convert::check(field, &cell).map(|()| cell));
        let code = match cell.map_err(|trouble| self.reject(*at, row, trouble))? {
            Cell::Text(code) => code,
            _ => return Ok(0),
        };
        Currency::from_code(&code).map(Currency::decimals).ok_or_else(|| {
            let words = Words::new("통화 코드를 알 수 없습니다.", "It is no currency Haechi counts in.");
            self.showing.value("currency-unknown", *at, text, words)
        })
    }

    fn row_period(&self, row: &RawRow) -> Result<RowPeriod, Reject> {
        let text = |at: usize| row.fields.get(at).unwrap_or_default();
        let (at, found) = match self.period {
            WhichPeriod::Whole => return Ok(RowPeriod::Whole),
            WhichPeriod::One(period) => return Ok(RowPeriod::Of(period)),
            WhichPeriod::Ledger { year, part } => match period::year(text(year)) {
                None => (year, None),
                Some(number) => match part {
                    None => (year, Period::months(number, 1, 12)),
                    Some((at, Every::Quarter)) => (at, period::quarter_of(number, text(at))),
                    Some((at, _)) => (at, period::month(text(at)).and_then(|month| Period::months(number, month, 1))),
                },
            },
            WhichPeriod::Day { at, order, every } => {
                let text = text(at);
                let day = date::day(text, order).or_else(|_| date::moment(text, order).map(|moment| moment.date()));
                (at, day.ok().and_then(|day| period::around(day, every)))
            }
        };
        found.map(RowPeriod::Of).ok_or_else(|| {
            let words = Words::new("기간(연·월)을 읽을 수 없습니다.", "The period it belongs to cannot be read.");
            self.showing.value("period-unreadable", at, text(at), words)
        })
    }
}

fn hash_cell(hasher: &mut Sha256, cell: &Cell<'_>) {
    match cell {
        Cell::Null => hasher.update([0]),
        Cell::Text(text) => {
            hasher.update([1]);
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        Cell::Int(number) => {
            hasher.update([2]);
            hasher.update(number.to_le_bytes());
        }
        Cell::Day(day) => {
            hasher.update([3]);
            hasher.update(day.num_days_from_ce().to_le_bytes());
        }
        Cell::Moment(moment) => {
            hasher.update([4]);
            hasher.update(moment.date().num_days_from_ce().to_le_bytes());
            hasher.update(moment.num_seconds_from_midnight().to_le_bytes());
            hasher.update(moment.nanosecond().to_le_bytes());
        }
        Cell::Flag(flag) => hasher.update([5, u8::from(*flag)]),
    }
}
