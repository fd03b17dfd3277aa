//! Charts as text: SVG that the report and the office put over the table it pictures.
//!
//! A chart here is bars with links and titles, readable by a screen reader, in print and in the dark, at any width
//! without a script. The general plotting crates draw pixels or fixed pictures: their bars carry no links and no
//! titles, and their text shrinks with the page. So these two charts are written by hand.
//!
//! Widths are percentages and heights pixels, so text keeps its size from a phone to a poster. Colours are
//! `currentColor` and four custom properties the page may set: `--chart-bar`, `--chart-track`, `--chart-muted`,
//! `--chart-link`. The same input gives the same bytes.

use std::fmt::Write as _;

/// Horizontal bars, one below the other: the label above its bar, the number at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarChart {
    /// The chart's id in the page; the ids of its title and description are made from it.
    pub id: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader who cannot see it should know.
    pub description: String,
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar or column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// What it is about.
    pub label: String,
    /// How long it is; below zero counts as zero.
    pub value: i64,
    /// The number as people read it: `12건`.
    pub display: String,
    /// What stands beside the number in a quieter voice: `3,450,000원`.
    pub secondary: Option<String>,
    /// Where it leads: `#place` on this page or `/path` on this site. Anything else is left out.
    pub href: Option<String>,
}

/// Columns side by side, for months: at most [`ColumnChart::MOST`] are drawn, the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnChart {
    /// The chart's id in the page; the ids of its title and description are made from it.
    pub id: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader who cannot see it should know.
    pub description: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The group it begins or continues: the year. Drawn where it changes.
    pub group: String,
    /// What stands under the column, and how high it is.
    pub bar: Bar,
}

/// The longest part of the width a bar takes, in hundredths of a percent; the number stands in the rest.
const LONGEST: i64 = 5_000;
/// Pixels a bar and its label take.
const ROW: usize = 46;
/// Half-widths of a letter after which a label is cut; the whole of it stays in the title.
const LABEL_WIDTH: usize = 44;
/// Pixels from the top of a column chart to its base line.
const BASE: i64 = 168;
/// Pixels the tallest column takes.
const TALLEST: i64 = 132;
/// As many columns have their number above and their label below; of more, only some.
const ROOMY: usize = 14;

impl BarChart {
    /// The chart as an SVG element.
    pub fn svg(&self) -> String {
        let longest = self.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
        let linked = self.bars.iter().any(|bar| bar.link().is_some());
        let mut out = open(&self.id, &self.title, &self.description, linked, self.bars.len().max(1) * ROW);
        for (at, bar) in self.bars.iter().enumerate() {
            let top = at * ROW;
            let width = hundredths(bar.value.max(0), longest, LONGEST);
            bar.open(&mut out);
            put(
                &mut out,
                format_args!(r#"<rect x="0" y="{top}" width="100%" height="{ROW}" fill="none" pointer-events="all"/>"#),
            );
            let label = escape(&cut(&bar.label));
            let ink = if bar.link().is_some() { "var(--chart-link,currentColor)" } else { "currentColor" };
            put(&mut out, format_args!(r#"<text x="0" y="{}" fill="{ink}">{label}</text>"#, top + 16));
            put(
                &mut out,
                format_args!(
                    r#"<rect x="0" y="{y}" width="{}" height="12" rx="2" fill="var(--chart-track,none)"/><rect x="0" y="{y}" width="{}" height="12" rx="2" fill="var(--chart-bar,currentColor)"/>"#,
                    percent(LONGEST),
                    percent(width),
                    y = top + 24,
                ),
            );
            let display = escape(&bar.display);
            put(
                &mut out,
                format_args!(
                    r#"<text x="{}" dx="10" y="{}"><tspan font-weight="700">{display}</tspan>"#,
                    percent(LONGEST),
                    top + 35
                ),
            );
            if let Some(secondary) = &bar.secondary {
                let secondary = escape(secondary);
                put(
                    &mut out,
                    format_args!(r#"<tspan dx="8" fill="var(--chart-muted,currentColor)">{secondary}</tspan>"#),
                );
            }
            out.push_str("</text>");
            bar.close(&mut out);
        }
        out.push_str("</svg>");
        out
    }
}

impl ColumnChart {
    /// The most columns that are drawn.
    pub const MOST: usize = 36;

    /// The chart as an SVG element.
    pub fn svg(&self) -> String {
        let columns = &self.columns[self.columns.len().saturating_sub(Self::MOST)..];
        let tallest = columns.iter().map(|column| column.bar.value).max().unwrap_or(0).max(1);
        let linked = columns.iter().any(|column| column.bar.link().is_some());
        let mut out = open(&self.id, &self.title, &self.description, linked, 212);
        put(
            &mut out,
            format_args!(
                r#"<line x1="0" x2="100%" y1="{BASE}" y2="{BASE}" stroke="var(--chart-muted,currentColor)"/>"#
            ),
        );
        let slot = 10_000 / i64::try_from(columns.len().max(1)).unwrap_or(i64::MAX);
        let every = columns.len().div_ceil(ROOMY).max(1);
        let mut group = "";
        for (at, column) in columns.iter().enumerate() {
            let left = slot * i64::try_from(at).unwrap_or(0);
            let (middle, bar) = (left + slot / 2, &column.bar);
            let height = scaled(bar.value.max(0), tallest, TALLEST).max(i64::from(bar.value > 0) * 2);
            bar.open(&mut out);
            put(
                &mut out,
                format_args!(
                    r#"<rect x="{}" y="0" width="{}" height="{}" fill="none" pointer-events="all"/><rect x="{}" y="{}" width="{}" height="{height}" rx="2" fill="var(--chart-bar,currentColor)"/>"#,
                    percent(left),
                    percent(slot),
                    BASE + 20,
                    percent(left + slot / 6),
                    BASE - height,
                    percent(slot - slot / 3),
                ),
            );
            let x = percent(middle);
            if columns.len() <= ROOMY && bar.value > 0 {
                let (y, display) = (BASE - height - 7, escape(&bar.display));
                put(
                    &mut out,
                    format_args!(r#"<text x="{x}" y="{y}" text-anchor="middle" font-weight="700">{display}</text>"#),
                );
            }
            if at % every == 0 {
                let (y, label) = (BASE + 18, escape(&bar.label));
                put(
                    &mut out,
                    format_args!(
                        r#"<text x="{x}" y="{y}" text-anchor="middle" font-size="12" fill="var(--chart-muted,currentColor)">{label}</text>"#
                    ),
                );
            }
            bar.close(&mut out);
            if column.group != group {
                group = &column.group;
                let (x, y, name) = (percent(left), BASE + 38, escape(group));
                put(
                    &mut out,
                    format_args!(r#"<text x="{x}" dx="2" y="{y}" font-size="12" font-weight="700">{name}</text>"#),
                );
            }
        }
        out.push_str("</svg>");
        out
    }
}

impl Bar {
    fn link(&self) -> Option<&str> {
        let href = self.href.as_deref()?;
        (href.starts_with('#') || href.starts_with('/') && !href.starts_with("//")).then_some(href)
    }

    fn open(&self, out: &mut String) {
        let mut title = format!("{}: {}", escape(&self.label), escape(&self.display));
        if let Some(secondary) = &self.secondary {
            put(&mut title, format_args!(", {}", escape(secondary)));
        }
        match self.link() {
            Some(href) => put(out, format_args!(r#"<a href="{}"><title>{title}</title>"#, escape(href))),
            None => put(out, format_args!("<g><title>{title}</title>")),
        }
    }

    fn close(&self, out: &mut String) {
        out.push_str(if self.link().is_some() { "</a>" } else { "</g>" });
    }
}

/// A picture is `role="img"`; a picture with links in it is a `group`, because what lies inside an `img` is hidden from
/// assistive technology.
fn open(id: &str, title: &str, description: &str, linked: bool, height: usize) -> String {
    let (id, role) = (escape(id), if linked { "group" } else { "img" });
    let (title, description) = (escape(title), escape(description));
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{id}-t" aria-describedby="{id}-d" width="100%" height="{height}" font-size="14" fill="currentColor"><title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>"#
    )
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A String takes everything.
    let _ = out.write_fmt(text);
}

/// `part` of `whole` as a share of `of`, without overflow.
fn scaled(part: i64, whole: i64, of: i64) -> i64 {
    let share = i128::from(part) * i128::from(of) / i128::from(whole.max(1));
    i64::try_from(share).unwrap_or(of)
}

/// Like [`scaled`], but what is there at all can be seen.
fn hundredths(part: i64, whole: i64, of: i64) -> i64 {
    scaled(part, whole, of).max(i64::from(part > 0) * 50)
}

/// `5000` as `50.00%`.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// `label`, cut where it would run out of a narrow page. A Hangul letter is two half-widths wide.
fn cut(label: &str) -> String {
    let mut width = 0;
    let mut out = String::with_capacity(label.len());
    for letter in label.chars() {
        width += if letter.is_ascii() { 1 } else { 2 };
        if width > LABEL_WIDTH {
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        out.push(letter);
    }
    out
}

/// `text` as it may stand in XML, in an element or an attribute; what XML cannot hold becomes `�`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}')
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bar(label: &str, value: i64) -> Bar {
        Bar { label: label.to_owned(), value, display: format!("{value}건"), ..Bar::default() }
    }

    fn one_tag_a_line(svg: &str) -> String {
        svg.replace("><", ">\n<")
    }

    #[test]
    fn a_bar_chart_is_a_picture_with_a_title_and_text_that_keeps_its_size() {
        let chart = BarChart {
            id: "c".to_owned(),
            title: "시나리오별".to_owned(),
            description: "두 막대".to_owned(),
            bars: vec![bar("쪼개기", 4), Bar { secondary: Some("9원".to_owned()), ..bar("심야", 1) }],
        };
        insta::assert_snapshot!(one_tag_a_line(&chart.svg()));
    }

    #[test]
    fn bars_with_links_are_a_group_of_links_and_no_picture() {
        let linked = |href: &str| {
            BarChart { bars: vec![Bar { href: Some(href.to_owned()), ..bar("a", 1) }], ..BarChart::default() }.svg()
        };
        assert!(linked("#s-1").contains(r##"role="group""##));
        assert!(linked("/cases?unit=1&open").contains(r#"<a href="/cases?unit=1&amp;open">"#));
        for elsewhere in ["javascript:alert(1)", "//evil.example", "https://evil.example"] {
            assert!(!linked(elsewhere).contains("<a "), "{elsewhere} was linked");
        }
    }

    #[test]
    fn a_column_chart_names_each_year_once() {
        let columns = [("2026", 12, 3), ("2027", 1, 0)]
            .map(|(year, month, count)| Column { group: year.to_owned(), bar: bar(&format!("{month}월"), count) });
        let chart = ColumnChart { id: "m".to_owned(), columns: columns.into(), ..ColumnChart::default() };
        insta::assert_snapshot!(one_tag_a_line(&chart.svg()));
    }

    #[test]
    fn of_many_columns_the_latest_are_drawn() {
        let columns = (0..50).map(|at| Column { group: String::new(), bar: bar(&format!("n{at}"), at) }).collect();
        let svg = ColumnChart { columns, ..ColumnChart::default() }.svg();
        assert_eq!(svg.matches("<title>").count(), ColumnChart::MOST);
        assert!(svg.contains("<title>n49:") && !svg.contains("<title>n13:"));
    }

    #[test]
    fn no_bars_and_extreme_values_still_make_a_chart() {
        assert!(BarChart::default().svg().ends_with("</svg>"));
        assert!(ColumnChart::default().svg().ends_with("</svg>"));
        let svg = BarChart { bars: vec![bar("a", i64::MAX), bar("b", i64::MIN)], ..BarChart::default() }.svg();
        assert!(svg.contains(r#"width="50.00%""#) && svg.contains(r#"width="0.00%""#));
    }

    #[test]
    fn a_long_label_is_cut_and_kept_whole_in_its_title() {
        let long = "같은 날 같은 곳에서 여러 번 나누어 결제한 업무추진비 사용";
        let svg = BarChart { bars: vec![bar(long, 1)], ..BarChart::default() }.svg();
        assert!(svg.contains(&format!("<title>{long}: 1건</title>")));
        assert!(svg.contains("…</text>"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_text_leaves_its_place(text in r#"[<>&"'a가\x00-\x1f]{0,20}"#, value in any::<i64>()) {
            let bar = Bar {
                label: text.clone(),
                value,
                display: text.clone(),
                secondary: Some(text.clone()),
                href: Some(format!("#{text}")),
            };
            let plain = Bar { href: Some("#a".to_owned()), secondary: Some("a".to_owned()), label: "a".to_owned(), display: "a".to_owned(), value };
            let bars = |bar: Bar| BarChart { id: bar.label.clone(), title: bar.label.clone(), description: bar.label.clone(), bars: vec![bar] }.svg();
            let columns = |bar: Bar| ColumnChart { columns: vec![Column { group: bar.label.clone(), bar }], ..ColumnChart::default() }.svg();
            for (wild, tame) in [(bars(bar.clone()), bars(plain.clone())), (columns(bar), columns(plain))] {
                // An empty group is not drawn: one text more or less is all that may differ.
                prop_assert!(wild.matches('<').count().abs_diff(tame.matches('<').count()) <= 2);
                prop_assert_eq!(wild.matches('<').count(), wild.matches('>').count());
                for after in wild.split('&').skip(1) {
                    prop_assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|entity| after.starts_with(entity)));
                }
            }
        }
    }
}
