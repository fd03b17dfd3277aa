//! Which line is the header, what a unit line says, and which rows are totals.

use std::collections::HashSet;

use super::{Named, ReadRule, normal_header};
use crate::fault::Fault;
use crate::value::narrow;

/// Lines among which the header is looked for.
pub(super) const SEARCHED: usize = 50;

/// A line above or at the header.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The line it begins on.
    pub(super) number: u64,
    /// Its cells.
    pub(super) cells: Vec<String>,
}

/// A header that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// How many of the lines stand above it.
    pub(super) above: usize,
    /// How many lines it has.
    pub(super) height: usize,
    /// Its names.
    pub(super) names: Vec<String>,
    /// How many the mapping knows.
    pub(super) hits: usize,
}

/// The header among `lines`: where the mapping does not fix it, the line, or the two lines joined, that hold most known names.
pub(super) fn find(lines: &[Line], rule: &ReadRule) -> Option<Found> {
    let heights = match rule.header_lines {
        Some(height) => usize::from(height.max(1))..=usize::from(height.max(1)),
        None => 1..=2,
    };
    let mut best: Option<Found> = None;
    for height in heights {
        for (above, window) in lines.windows(height).enumerate() {
            if rule.header_line.is_some_and(|line| line != window[0].number) {
                continue;
            }
            let names = joined(window);
            let hits = names.iter().filter(|name| rule.known_headers.contains(normal_header(name).as_ref())).count();
            if best.as_ref().is_none_or(|best| hits > best.hits) {
                best = Some(Found { above, height, names, hits });
            }
        }
    }
    best.filter(|found| is_header(found, rule))
}

/// Two known names make a header; one does where it is half of the names. What the mapping fixes needs none.
fn is_header(found: &Found, rule: &ReadRule) -> bool {
    let named = found.names.iter().filter(|name| !name.trim().is_empty()).count();
    let fixed = rule.header_line.is_some() || rule.known_headers.is_empty();
    named > 0 && (fixed || found.hits >= 2 || (found.hits == 1 && named <= 2))
}

/// Header lines as one. A name above several columns stands in its first cell only, so it holds for the empty ones after it.
fn joined(lines: &[Line]) -> Vec<String> {
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let mut names = vec![String::new(); width];
    for (depth, line) in lines.iter().enumerate() {
        let lowest = depth + 1 == lines.len();
        let mut last = "";
        for (at, name) in names.iter_mut().enumerate() {
            let cell = line.cells.get(at).map_or("", |cell| cell.trim());
            if !cell.is_empty() {
                last = cell;
            }
            let below =
                lines[depth + 1..].iter().any(|line| line.cells.get(at).is_some_and(|cell| !cell.trim().is_empty()));
            let part = if lowest || !below { cell } else { last };
            if !part.is_empty() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(part);
            }
        }
    }
    names
}

/// That no header was found: what was seen, and which known names come nearest.
pub(super) fn missing(named: &Named, lines: &[Line], rule: &ReadRule) -> Fault {
    let widest = lines.iter().enumerate().max_by_key(|(at, line)| {
        (line.cells.iter().filter(|cell| !cell.trim().is_empty()).count(), std::cmp::Reverse(*at))
    });
    let Some((_, line)) = widest else {
        return named.fault(
            "header-missing",
            "It holds no lines of text.",
            "Export it again; even an empty period has a header.",
        );
    };
    let seen: Vec<String> =
        line.cells.iter().filter(|cell| !cell.trim().is_empty()).take(12).map(|cell| shown(cell)).collect();
    let mut near: Vec<(u64, &str)> = Vec::new();
    for known in &rule.known_headers {
        let likeness = line
            .cells
            .iter()
            .map(|cell| {
                (strsim::normalized_levenshtein(&normal_header(&cell.chars().take(100).collect::<String>()), known)
                    * 1_000.0) as u64
            })
            .max()
            .unwrap_or(0);
        near.push((likeness, known));
    }
    near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<String> = near.iter().take(5).map(|(_, known)| format!("`{known}`")).collect();
    let help = if near.is_empty() {
        "Check that this is the file you meant.".to_owned()
    } else {
        format!(
            "The mapping knows {} and others; check that this is the file you meant, or add its names to the mapping.",
            near.join(", ")
        )
    };
    named
        .fault(
            "header-missing",
            format!("No line holds the column names the mapping knows; this one holds {}.", seen.join(", ")),
            help,
        )
        .at_line(line.number)
}

/// A cell fit to be shown: a number that may be an identifier by its shape, and cut where it is long.
fn shown(cell: &str) -> String {
    let short: String = haechi_core::masking::unknown(cell.trim()).chars().take(40).collect();
    format!("`{short}`")
}

/// What money is counted in, from the lines above the header and the header's own names; 1 where nothing says.
///
/// # Errors
///
/// Two different units: nothing then says which column is in which.
pub(super) fn money_unit(named: &Named, above: &[Line], names: &[String], line: u64) -> Result<i64, Fault> {
    let lines = above.iter().flat_map(|line| &line.cells).filter_map(|cell| unit_in(cell, false));
    let mut units: Vec<i64> = lines.chain(names.iter().filter_map(|name| unit_in(name, true))).collect();
    units.sort_unstable();
    units.dedup();
    match units[..] {
        [] => Ok(1),
        [unit] => Ok(unit),
        _ => Err(named
            .fault(
                "money-unit-ambiguous",
                format!("It names different units of money: {units:?} won."),
                "Export it with one unit for all columns.",
            )
            .at_line(line)),
    }
}

/// The unit a text names: `(단위: 천원)`, `단위 : 백만원`; in a header also `금액(천원)`.
fn unit_in(text: &str, header: bool) -> Option<i64> {
    const UNITS: [(&str, i64); 5] =
        [("천원", 1_000), ("백만원", 1_000_000), ("만원", 10_000), ("억원", 100_000_000), ("원", 1)];
    if !text.contains('원') {
        return None;
    }
    let plain: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let after_word =
        plain.find("단위").map(|at| plain[at + "단위".len()..].trim_start_matches([':', '=', '-', '(', '[']));
    if let Some(rest) = after_word {
        return UNITS
            .iter()
            .find(|(word, _)| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
            .map(|(_, unit)| *unit);
    }
    let bracketed = |word: &str| plain.contains(&format!("({word})")) || plain.contains(&format!("[{word}]"));
    UNITS.iter().find(|(word, _)| header && bracketed(word)).map(|(_, unit)| *unit)
}

/// The words of total rows.
#[derive(Debug)]
pub(super) struct Totals {
    words: Vec<String>,
    longest: usize,
}

impl Totals {
    /// The usual words, or those of the mapping.
    pub(super) fn new(rule: &ReadRule) -> Self {
        const USUAL: [&str; 9] = ["합계", "소계", "총계", "계", "총합계", "total", "subtotal", "grandtotal", "sum"];
        let usual = USUAL.iter().map(|word| (*word).to_owned());
        let own = rule.total_words.iter().map(|word| letters(word).collect::<String>()).filter(|word| !word.is_empty());
        let words: HashSet<String> = if rule.total_words.is_empty() { usual.collect() } else { own.collect() };
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort();
        let longest = words.iter().map(String::len).max().unwrap_or(0);
        Self { words, longest }
    }

    /// Whether `row` is a total: one of its first three filled cells holds such a word and nothing else, and another
    /// cell a number.
    pub(super) fn is_total(&self, row: &csv::StringRecord) -> bool {
        let mut filled = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).take(3);
        filled
            .find(|(_, cell)| self.is_word(cell))
            .is_some_and(|(word, _)| row.iter().enumerate().any(|(at, cell)| at != word && is_numeric(cell)))
    }

    fn is_word(&self, cell: &str) -> bool {
        // Room for spaces between the letters, brackets around them and full-width forms; what is longer is a sentence.
        if cell.len() > self.longest * 4 + 16 {
            return false;
        }
        let first = letters(cell).next();
        self.words.iter().any(|word| word.chars().next() == first && letters(cell).eq(word.chars()))
    }
}

/// Letters and digits, narrow and in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn is_numeric(cell: &str) -> bool {
    let mut digits = false;
    cell.chars().map(narrow).all(|c| {
        digits |= c.is_ascii_digit();
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, ',' | '.' | '-' | '+' | '(' | ')' | '△' | '▲' | '₩' | '\\' | '£' | '€' | '$' | '원' | '%')
    }) && digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[&[&str]]) -> Vec<Line> {
        rows.iter()
            .enumerate()
            .map(|(at, cells)| Line {
                number: at as u64 + 1,
                cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            })
            .collect()
    }

    fn knows(names: &[&str]) -> ReadRule {
        ReadRule {
            known_headers: names.iter().map(|name| normal_header(name).into_owned()).collect(),
            ..ReadRule::default()
        }
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let lines = lines(&[
            &["2024년 업무추진비 집행내역"],
            &["", "(단위: 천원)"],
            &["부서명", "사용일자", "금액"],
            &["총무과", "2024.3.5.", "10"],
        ]);
        let found = find(&lines, &knows(&["부서명", "사용일자", "금액"])).unwrap();
        assert_eq!((found.above, found.height, found.hits), (2, 1, 3));
    }

    #[test]
    fn a_merged_header_of_two_lines_is_joined_where_that_fits_better() {
        let lines =
            lines(&[&["부서명", "집행", "", "비고"], &["", "일자", "금액", ""], &["총무과", "2024.3.5.", "10", "x"]]);
        let found = find(&lines, &knows(&["부서명", "집행 일자", "집행 금액", "비고"])).unwrap();
        assert_eq!(found.names, ["부서명", "집행 일자", "집행 금액", "비고"]);
        assert_eq!((found.above, found.height), (0, 2));
        let single = find(&lines, &knows(&["일자", "금액"])).unwrap();
        assert_eq!((single.above, single.height), (1, 1));
    }

    #[test]
    fn a_line_that_only_happens_to_hold_one_known_word_is_no_header() {
        let lines = lines(&[&["Revenue", "x", "y", "z"]]);
        assert_eq!(find(&lines, &knows(&["revenue", "amount"])), None);
    }

    #[test]
    fn units_of_money_are_understood() {
        for (text, header, unit) in [
            ("(단위: 천원)", false, Some(1_000)),
            ("(단위 : 백만원)", false, Some(1_000_000)),
            ("단위: 원", false, Some(1)),
            ("[ 단위：만원 ]", false, Some(10_000)),
            ("(단위:억원)", false, Some(100_000_000)),
            ("(단위: 원/명)", false, Some(1)),
            ("집행액(단위:천원)", true, Some(1_000)),
            ("금액(천원)", true, Some(1_000)),
            ("금액(천원)", false, None),
            ("원가", true, None),
            ("단위업무", true, None),
            ("단위: 원본", false, None),
        ] {
            assert_eq!(unit_in(text, header), unit, "{text}");
        }
    }

    #[test]
    fn totals_are_a_word_alone_beside_a_number() {
        let totals = Totals::new(&ReadRule::default());
        let row = |cells: &[&str]| csv::StringRecord::from(cells.to_vec());
        assert!(totals.is_total(&row(&["합 계", "", "1,234"])));
        assert!(totals.is_total(&row(&["", "총무과", "[소계]", "5"])));
        assert!(totals.is_total(&row(&["Grand Total:", "£5.00"])));
        assert!(totals.is_total(&row(&["ＴＯＴＡＬ", "5"])));
        assert!(!totals.is_total(&row(&["합계", "없음"])));
        assert!(!totals.is_total(&row(&["회계과", "2024.3.5.", "결제 합계", "5"])));
        assert!(!totals.is_total(&row(&["1", "2", "3", "합계", "5"])));
    }
}
