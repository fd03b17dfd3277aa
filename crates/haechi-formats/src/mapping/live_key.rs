//! What may be kept of a live row's key, so that evidence leads back to the row and names nobody.

use std::borrow::Cow;

use haechi_core::masking;
use indexmap::IndexMap;

use super::RowReader;
use super::read::{Feed, Slot};
use crate::cell::Cell;
use crate::dictionary::Privacy;
use crate::export::RawRow;

/// Digits of the keyed hash that follow a masked value. Two keys of one table meet in them once in 2^64.
const TOLD_APART: usize = 16;

impl RowReader {
    /// The key of `row`, whose columns stand `at` these places: what evidence says of where the row lies.
    ///
    /// A column that the dictionary calls an identifier or personal is masked and followed by `#` and the beginning of its
    /// keyed hash; a resident or card number in any other column is replaced by its stand-in. The rest is kept as it stands.
    pub fn live_key(&self, row: &RawRow, at: &[usize]) -> IndexMap<String, String> {
        let column = |at: &usize| {
            let text = row.fields.get(*at).unwrap_or_default();
            (self.showing.header.get(*at).cloned().unwrap_or_default(), self.fit_to_keep(*at, text))
        };
        at.iter().map(column).collect()
    }

    fn fit_to_keep(&self, at: usize, text: &str) -> String {
        let mut fed = self.slots.iter().filter(|slot| slot.feed.reads(at)).peekable();
        if fed.peek().is_none() {
            // Nothing says what the column means, so a bare number that may be a person's counts as one.
            return match masking::scrub(text) {
                Cow::Borrowed(plain) => plain.to_owned(),
                Cow::Owned(shape) => self.told_apart(&shape, "live_key", text),
            };
        }
        let secret = fed.find(|slot| matches!(slot.field.privacy, Privacy::Identifier | Privacy::Personal));
        match secret {
            // The same mask as in the snapshot: two masks that hide different digits would together hide few.
            Some(Slot { field, feed: Feed::Identifier { how, is_resident, .. } }) => {
                let masked = match self.identifier(field, how, text, *is_resident) {
                    Ok([_, Cell::Text(masked)]) => masked,
                    _ => Cow::Borrowed(""),
                };
                self.told_apart(&masked, field.name.as_str(), text)
            }
            Some(Slot { field, .. }) => self.told_apart(&masking::personal(text), field.name.as_str(), text),
            None => masking::replace_written(text, |found| self.stand_in(found)).into_owned(),
        }
    }

    fn told_apart(&self, masked: &str, kind: &str, text: &str) -> String {
        let hash = self.key.hash(kind, text).unwrap_or_default();
        format!("{masked}#{}", hash.get(..TOLD_APART).unwrap_or_default())
    }
}

impl Feed {
    /// Whether it reads the column at this place.
    fn reads(&self, place: usize) -> bool {
        match self {
            Self::Nothing | Self::Constant(_) => false,
            Self::Text { at, .. } | Self::Identifier { at, .. } => *at == place,
            Self::YearMonth { year, month, .. } => *year == place || *month == place,
            Self::DateAndTime { date, time, .. } => *date == place || *time == place,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::export::{Layout, RawRow};
    use crate::folder::Folder;
    use crate::keys::InstallationKey;
    use crate::mapping::Mapping;
    use crate::mapping::tests::dictionary;

    const MAPPING: &str = r#"format = 1
name = "t"
table = "employee"
files = ["*.csv"]
title = { ko = "시험", en = "Test" }
government = { code = "6110000", ko = "서울특별시", en = "Seoul" }
load = { mode = "full" }
[read]
key = ["doc_no"]
[columns.employee_no]
header = ["no"]
[columns.name]
header = ["name"]
[columns.resident_no]
header = ["resident"]
"#;

    /// What is kept of a key over these columns.
    fn kept(columns: &[(&str, &str)]) -> Vec<String> {
        let folder = Folder { name: "t".to_owned(), files: [("mapping.toml".to_owned(), MAPPING.to_owned())].into() };
        let dictionary = dictionary();
        let mapping = Mapping::parse(&folder, &dictionary).unwrap();
        assert_eq!(mapping.read_rule().key, ["doc_no"]);
        let needed = ["no", "name", "resident"].into_iter().filter(|name| columns.iter().all(|(own, _)| own != name));
        let header = columns.iter().map(|(name, _)| *name).chain(needed).map(str::to_owned).collect();
        let layout = Layout { header, money_unit: 1, ..Layout::default() };
        let table = &dictionary.tables[&mapping.table];
        let reader = mapping.bind(table, &InstallationKey::new([7; 32]), "db:t", &layout, None).unwrap();
        let row = RawRow { fields: columns.iter().map(|(_, text)| *text).collect(), ..RawRow::default() };
        let places: Vec<usize> = (0..columns.len()).collect();
        reader.live_key(&row, &places).into_values().collect()
    }

    #[test]
    fn a_number_of_the_source_is_kept_and_a_persons_number_is_not() {
        assert_eq!(kept(&[("no", "E7"), ("doc_no", "2026-000123")]), ["E7", "2026-000123"]);
        let people = [kept(&[("resident", "850312-1234561")]), kept(&[("resident", "850312-1234579")])].concat();
        assert!(people.iter().all(|key| key.starts_with("850312-1******#")), "{people:?}");
        assert_ne!(people[0], people[1], "two people stay two");
    }

    #[test]
    fn a_persons_number_in_a_column_that_nothing_explains_is_not_kept_either() {
        for number in ["850312-1234561", "8503121234561", "1234-5678-9012-3456"] {
            let kept = kept(&[("doc_no", number)]).remove(0);
            assert!(!kept.contains("1234"), "{kept}");
        }
    }
}
