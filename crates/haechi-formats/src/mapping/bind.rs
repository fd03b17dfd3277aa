//! Lays a mapping over the header of one file. A renamed or doubled column stops the file here, before any row.

use haechi_core::masking;
use haechi_core::money::Currency;
use haechi_core::period::Period;

use super::period::PeriodReading;
use super::read::{Feed, MoneyIn, RowReader, Slot, WhichPeriod};
use super::reject::Showing;
use super::rule::{Aliases, ColumnRule, Reading, Source};
use super::{LoadRule, Mapping};
use crate::cell::Cell;
use crate::dictionary::{Privacy, Table};
use crate::export::{Layout, normal_header};
use crate::fault::Fault;
use crate::keys::InstallationKey;

impl Mapping {
    /// Lays the mapping over the header of `file`, and so makes the plan by which its rows are read.
    /// `file_period` is what [`Mapping::file_period`] gave.
    ///
    /// # Errors
    ///
    /// `header-renamed` when a column that is not optional is not there, naming the closest one that is; `column-twice`
    /// when two headers of the file fit the same column; `period-missing` when the load needs a period and has none.
    pub fn bind(
        &self,
        table: &Table,
        key: &InstallationKey,
        file: &str,
        layout: &Layout,
        file_period: Option<Period>,
    ) -> Result<RowReader, Fault> {
        let normal = layout.header.iter().map(|name| normal_header(name).into_owned()).collect();
        let header = Header { file, layout, normal, place: &self.place };
        let mut slots = Vec::with_capacity(table.fields.len());
        let mut missing = Vec::new();
        for field in &table.fields {
            let rule = self.columns.iter().find(|rule| rule.name == field.name);
            let feed = match rule {
                Some(rule) => header.feed(rule, field.privacy == Privacy::Identifier, &mut missing)?,
                None => Feed::Nothing,
            };
            slots.push(Slot { field: field.clone(), feed });
        }
        if let Some(rule) = self.columns.iter().find(|rule| table.field(rule.name.as_str()).is_none()) {
            return Err(Fault::new(
                "table-mismatch",
                file,
                format!("The table `{}` has no column `{}` of the mapping.", table.name, rule.name),
                "Bind the mapping to the table it was checked against.",
            ));
        }
        let period = self.which_period(&header, file_period, &mut missing)?;
        if let Some(aliases) = missing.first() {
            return Err(header.renamed(aliases, &missing));
        }
        let money_in = self.money_in(&mut slots);
        let mut showing = Showing {
            // A file without a header has data where its names should be.
            header: layout.header.iter().map(|name| masking::unknown(name).into_owned()).collect(),
            secret: vec![false; layout.header.len()],
        };
        for slot in &slots {
            if let Feed::Identifier { at, .. } = slot.feed {
                showing.secret[at] = true;
            }
        }
        Ok(RowReader::new(
            table,
            slots,
            period,
            money_in,
            layout.money_unit.max(1),
            showing,
            key.clone(),
            &self.identity,
        ))
    }

    /// In which currency money is counted. A file without the currency's header falls back on the mapping's own.
    fn money_in(&self, slots: &mut [Slot]) -> MoneyIn {
        let at = slots.iter().position(|slot| slot.field.name.as_str() == "currency");
        let Some((at, slot)) = at.and_then(|at| slots.get_mut(at).map(|slot| (at, slot))) else {
            return MoneyIn::One(0);
        };
        if let (Feed::Nothing, Some(currency)) = (&slot.feed, self.currency) {
            slot.feed = Feed::Constant(Cell::Text(currency.code().into()));
        }
        match &slot.feed {
            Feed::Constant(Cell::Text(code)) => MoneyIn::One(Currency::from_code(code).map_or(0, Currency::decimals)),
            Feed::Text { .. } => MoneyIn::Column(at),
            _ => MoneyIn::One(0),
        }
    }

    fn which_period(
        &self,
        header: &Header<'_>,
        file_period: Option<Period>,
        missing: &mut Vec<Aliases>,
    ) -> Result<WhichPeriod, Fault> {
        let mut at = |aliases: &Aliases| -> Result<usize, Fault> {
            Ok(header.position(aliases)?.unwrap_or_else(|| {
                missing.push(aliases.clone());
                0
            }))
        };
        Ok(match (&self.load, &self.period) {
            (LoadRule::Full, _) | (_, PeriodReading::None) => WhichPeriod::Whole,
            (_, PeriodReading::Ledger { year, part }) => {
                let part = part.as_ref().map(|(names, every)| Ok::<_, Fault>((at(names)?, *every))).transpose()?;
                WhichPeriod::Ledger { year: at(year)?, part }
            }
            (_, PeriodReading::Day { date, every }) => {
                WhichPeriod::Day { at: at(date)?, order: self.date_order, every: *every }
            }
            (_, PeriodReading::File { .. } | PeriodReading::Option) => {
                WhichPeriod::One(file_period.ok_or_else(|| {
                    Fault::new(
                        "period-missing",
                        header.file,
                        "Nothing says which period the file covers.",
                        "Say it with --period: 2017, 2017-Q2 or 2017-03.",
                    )
                })?)
            }
        })
    }
}

/// The header of the file being bound.
struct Header<'a> {
    file: &'a str,
    layout: &'a Layout,
    normal: Vec<String>,
    place: &'a str,
}

impl Header<'_> {
    /// The place of the one header that bears any of these names.
    fn position(&self, aliases: &Aliases) -> Result<Option<usize>, Fault> {
        let mut found = (0..self.normal.len()).filter(|at| aliases.normal.contains(&self.normal[*at]));
        let first = found.next();
        if let (Some(first), Some(second)) = (first, found.next()) {
            let (one, other) = (&self.layout.header[first], &self.layout.header[second]);
            let what = if self.normal[first] == self.normal[second] {
                format!("The column is there twice, as columns {} and {}.", first + 1, second + 1)
            } else {
                format!("Two columns could be it: `{one}` and `{other}`.")
            };
            let help = format!("Remove one from the file, or say in {} which of the two it is.", self.place);
            return Err(Fault::new("column-twice", self.file, what, help)
                .at_line(self.layout.header_line)
                .in_column(one.clone()));
        }
        Ok(first)
    }

    /// What feeds a standard column in this file. Headers that must be there and are not are added to `missing`.
    fn feed(&self, rule: &ColumnRule, is_identifier: bool, missing: &mut Vec<Aliases>) -> Result<Feed, Fault> {
        let mut places = Vec::new();
        for aliases in rule.source.aliases() {
            match self.position(aliases)? {
                Some(at) => places.push(at),
                None if rule.optional => return Ok(Feed::Nothing),
                None => {
                    missing.push(aliases.clone());
                    return Ok(Feed::Nothing);
                }
            }
        }
        let how = Reading { from_1904: self.layout.from_1904, ..rule.how.clone() };
        Ok(match (&rule.source, places.as_slice()) {
            (Source::Constant(cell), _) => Feed::Constant(cell.clone()),
            (Source::Header(_), [at]) if is_identifier => {
                Feed::Identifier { at: *at, how, is_resident: rule.name.as_str().contains("resident") }
            }
            (Source::Header(_), [at]) => Feed::Text { at: *at, how },
            (Source::YearMonth { .. }, [year, month]) => Feed::YearMonth { year: *year, month: *month, how },
            (Source::DateAndTime { .. }, [date, time]) => Feed::DateAndTime { date: *date, time: *time, how },
            _ => Feed::Nothing,
        })
    }

    /// The fault for a header that is not there, naming the closest one that is.
    fn renamed(&self, aliases: &Aliases, missing: &[Aliases]) -> Fault {
        let likeness =
            |name: &str| aliases.normal.iter().map(|alias| strsim::jaro_winkler(alias, name)).fold(0.0, f64::max);
        let closest = (0..self.normal.len())
            .filter(|at| !self.normal[*at].is_empty())
            .map(|at| (likeness(&self.normal[at]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(likeness, _)| *likeness >= 0.7)
            .map(|(_, at)| masking::unknown(self.layout.header[at].trim()));
        let name = aliases.written.first().map_or("", String::as_str);
        let others: Vec<String> = missing
            .iter()
            .skip(1)
            .filter_map(|aliases| aliases.written.first().map(|name| format!("`{name}`")))
            .collect();
        let mut what = format!("The column `{name}` is not there.");
        if let Some(closest) = &closest {
            what.pop();
            what.push_str(&format!("; the closest is `{closest}`."));
        }
        if !others.is_empty() {
            what.push_str(&format!(" Also missing: {}.", others.join(", ")));
        }
        let help = match closest {
            Some(closest) => format!("If it was renamed, add \"{closest}\" to its `header` in {}.", self.place),
            None => {
                let there: Vec<_> =
                    self.layout.header.iter().map(|name| masking::unknown(name.trim())).take(40).collect();
                format!("Check that this is the right file for {}; it has: {}.", self.place, there.join(", "))
            }
        };
        Fault::new("header-renamed", self.file, what, help).at_line(self.layout.header_line).in_column(name)
    }
}
