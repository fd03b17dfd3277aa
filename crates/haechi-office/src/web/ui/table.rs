use askama::Template;

use super::{Empty, Value};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Words,
    Numbers,
    Days,
}

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// It could be.
    Not,
    /// The smallest first.
    Up,
    /// The largest first.
    Down,
}

/// A column: its name, what it holds, and where it is sorted.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    name: String,
    holds: Holds,
    sort: Option<(String, Order)>,
    is_unseen: bool,
}

impl Column {
    /// A column of words.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: Holds::Words, sort: None, is_unseen: false }
    }

    /// A column of numbers.
    pub(crate) fn number(name: impl Into<String>) -> Self {
        Self { holds: Holds::Numbers, ..Self::new(name) }
    }

    /// A column of days.
    pub(crate) fn day(name: impl Into<String>) -> Self {
        Self { holds: Holds::Days, ..Self::new(name) }
    }

    /// Its name is for ears: what stands there says it itself.
    pub(crate) fn unseen(mut self) -> Self {
        self.is_unseen = true;
        self
    }

    /// Sorted anew at this address; in this order now.
    pub(crate) fn sort(mut self, href: impl Into<String>, order: Order) -> Self {
        self.sort = Some((href.into(), order));
        self
    }

    const fn class(&self) -> &'static str {
        match self.holds {
            Holds::Words => "",
            Holds::Numbers => "number",
            Holds::Days => "day",
        }
    }

    fn sorted(&self) -> &'static str {
        match self.sort {
            Some((_, Order::Up)) => "ascending",
            Some((_, Order::Down)) => "descending",
            _ => "",
        }
    }
}

/// A row. Its first cell names it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    cells: Vec<Value>,
    pick: Option<(String, String)>,
}

impl Row {
    /// A row of these cells, one a column.
    pub(crate) fn new(cells: impl IntoIterator<Item = Value>) -> Self {
        Self { cells: cells.into_iter().collect(), pick: None }
    }

    /// Can be picked: the value that is sent, and what a box for it is called.
    pub(crate) fn pick(mut self, value: impl Into<String>, called: impl Into<String>) -> Self {
        self.pick = Some((value.into(), called.into()));
        self
    }
}

/// Many things of a kind. On a phone each row is a card, and still a row to ears.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/table.html")]
pub(crate) struct Table {
    caption: String,
    is_caption_seen: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: Option<Empty>,
    pick: Option<(String, String)>,
    into: String,
}

impl Table {
    /// A table of this name, which ears hear.
    pub(crate) fn new(caption: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            caption: caption.into(),
            is_caption_seen: false,
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            empty: None,
            pick: None,
            into: String::new(),
        }
    }

    /// Its name is seen too, where no heading says it.
    pub(crate) fn captioned(mut self) -> Self {
        self.is_caption_seen = true;
        self
    }

    /// With these rows.
    pub(crate) fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// What stands there where there are no rows.
    pub(crate) fn or(mut self, empty: Empty) -> Self {
        self.empty = Some(empty);
        self
    }

    /// Rows can be picked: boxes of this name, in a column that is called so.
    pub(crate) fn picks(mut self, name: impl Into<String>, column: impl Into<String>) -> Self {
        self.pick = Some((name.into(), column.into()));
        self
    }

    /// With scripts, sorting replaces the element with this id alone.
    pub(crate) fn into_element(mut self, id: &str) -> Self {
        id.clone_into(&mut self.into);
        self
    }

    fn name_of(&self, at: &usize) -> &str {
        self.columns.get(*at).map_or("", |column| column.name.as_str())
    }

    fn class_of(&self, at: &usize) -> &'static str {
        self.columns.get(*at).map_or("", Column::class)
    }
}
