//! Tables as a workbook, a sheet each.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::{Cell, ExportError, Table};

/// Letters that a sheet's name has at most.
const NAME: usize = 31;
/// Letters that a cell has at most.
const LONGEST: usize = 32_000;

pub(super) fn workbook(tables: &[Table]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let (bold, share) = (Format::new().set_bold().set_text_wrap(), Format::new().set_num_format("0.0%"));
    let (day, number) = (Format::new().set_num_format("yyyy.mm.dd"), Format::new().set_num_format("#,##0"));
    for (at, table) in tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(name(&table.title, at))?;
        let mut line = 0;
        for about in &table.about {
            sheet.write_string(line, 0, shortened(about))?;
            line += 1;
        }
        line += u32::from(!table.about.is_empty());
        for (column, heading) in (0..).zip(&table.columns) {
            let widest = table.rows.iter().take(200).filter_map(|row| row.get(usize::from(column))).map(width).max();
            let wide = widest.unwrap_or(0).max(heading.chars().count() * 2).clamp(8, 60);
            sheet.set_column_width(column, wide as f64)?;
            sheet.write_string_with_format(line, column, heading, &bold)?;
        }
        sheet.set_freeze_panes(line + 1, 0)?;
        for row in &table.rows {
            line += 1;
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Empty => {}
                    // A string, whatever it begins with: typed cells are no formulas.
                    Cell::Text(text) => {
                        sheet.write_string(line, column, shortened(text))?;
                    }
                    Cell::Number(value) => {
                        sheet.write_number_with_format(line, column, *value as f64, &number)?;
                    }
                    Cell::Share(value) => {
                        sheet.write_number_with_format(line, column, *value as f64 / 1_000.0, &share)?;
                    }
                    Cell::Day(value) => {
                        let date = ExcelDateTime::parse_from_str(&value.to_string())?;
                        sheet.write_datetime_with_format(line, column, &date, &day)?;
                    }
                }
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

/// A sheet's name holds none of these signs, is short and not empty.
fn name(title: &str, at: usize) -> String {
    let name: String = title.chars().filter(|one| !"[]:*?/\\'".contains(*one)).take(NAME).collect();
    if name.trim().is_empty() { format!("{}", at + 1) } else { name }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Half-widths: a Korean letter takes two.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum::<usize>() + 1,
        Cell::Number(number) => number.to_string().len() * 4 / 3 + 2,
        Cell::Empty | Cell::Share(_) | Cell::Day(_) => 11,
    }
}
