//! Cells that are merged over several rows: the value stands in the first.

use calamine::{Dimensions, Sheets};

use super::super::{Layout, Named, RawRow, ReadRule, Spoiled, normal_header};
use super::{Opened, ask};
use crate::fault::Fault;

/// The merged regions of a sheet.
///
/// # Errors
///
/// `merged-unknown` for ODS, of which the library tells none.
pub(super) fn regions(named: &Named, opened: &mut Opened<'_>, sheet: &str) -> Result<Vec<Dimensions>, Fault> {
    match opened {
        Sheets::Xlsx(book) => ask(named, || Ok(book.merge_cells_by_sheet_name(sheet)?)),
        Sheets::Xls(book) => ask(named, || Ok(book.merge_cells_by_sheet_name(sheet)?)),
        _ => Err(named.fault(
            "merged-unknown",
            "The mapping fills merged cells, which cannot be told apart in an OpenDocument workbook.",
            "Save it as .xlsx and take that.",
        )),
    }
}

/// Gives empty cells of named columns the value of the merged region they lie in.
pub(super) struct FillDown(Vec<Column>);

struct Column {
    at: usize,
    /// Its regions' first and last lines, in order.
    regions: Vec<(u64, u64)>,
    /// The last line of the region at hand, its text, and what is wrong with it.
    held: Option<(u64, String, Option<Spoiled>)>,
}

impl FillDown {
    pub(super) fn new(layout: &Layout, regions: Vec<Dimensions>, rule: &ReadRule) -> Self {
        let named = |at: &usize| rule.fill_down.contains(normal_header(&layout.header[*at]).as_ref());
        let columns = (0..layout.header.len()).filter(named).map(|at| {
            // A region over several columns has its value in the first of them, and is none of the others'.
            let here = regions.iter().filter(|region| region.start.1 as usize == at && region.end.0 > region.start.0);
            let mut regions: Vec<_> =
                here.map(|region| (u64::from(region.start.0) + 1, u64::from(region.end.0) + 1)).collect();
            regions.sort_unstable();
            Column { at, regions, held: None }
        });
        Self(columns.collect())
    }

    pub(super) fn fill(&mut self, row: &mut RawRow) {
        for Column { at, regions, held } in &mut self.0 {
            let Some(text) = row.fields.get(*at) else { continue };
            let spoiled = row.spoiled.iter().find(|(place, _)| place == at).map(|(_, spoiled)| *spoiled);
            let region = regions.binary_search_by_key(&row.line, |region| region.0);
            if let Ok(found) = region {
                *held = Some((regions[found].1, text.to_owned(), spoiled));
            } else if let Some((last, text, spoiled)) = held
                && *last >= row.line
                && row.fields.get(*at).is_some_and(|text| text.trim().is_empty())
            {
                let filled = |(place, old)| if place == *at { text.as_str() } else { old };
                row.fields = row.fields.iter().enumerate().map(filled).collect();
                row.spoiled.extend(spoiled.map(|spoiled| (*at, spoiled)));
            }
        }
    }
}
