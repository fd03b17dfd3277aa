//! Why a scenario matters, from its page, for who is asked by it.

use haechi_core::words::Words;

use crate::folder::Folder;

/// The first paragraph of each language below "Why it matters" of the folder's README.md; one in Hangul is Korean. Where one language is
/// not there the other stands for it; none without the section.
pub fn why_it_matters(folder: &Folder) -> Option<Words> {
    let page = folder.files.get("README.md")?;
    let section = page.split("\n## ").find_map(|section| section.strip_prefix("Why it matters\n"))?;
    let mut paragraphs = section.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let (mut ko, mut en) = (None, None);
    for text in paragraphs.by_ref().filter(|text| !text.is_empty()) {
        let is_korean = text.chars().any(|letter| ('가'..='힣').contains(&letter));
        let place = if is_korean { &mut ko } else { &mut en };
        place.get_or_insert(text);
    }
    let en = en.or_else(|| ko.clone())?;
    Some(Words::new(ko.unwrap_or_else(|| en.clone()), en))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(page: &str) -> Folder {
        Folder { name: "a/b".to_owned(), files: [("README.md".to_owned(), page.to_owned())].into() }
    }

    #[test]
    fn the_first_paragraph_of_each_language_is_taken_and_stands_for_a_missing_one() {
        let both = "# T\n\n## What it finds\n\nX.\n\n## Why it matters\n\n나누어 낸 돈은\n눈에 띄지 않습니다.\n\nParts\npass.\n\nMore.\n\n## Not flagged\n\nY.\n";
        let words = why_it_matters(&folder(both)).unwrap();
        assert_eq!((words.ko.as_str(), words.en.as_str()), ("나누어 낸 돈은 눈에 띄지 않습니다.", "Parts pass."));
        let one = why_it_matters(&folder("# T\n\n## Why it matters\n\nParts pass.\n")).unwrap();
        assert_eq!(one.ko, one.en);
        assert_eq!(why_it_matters(&folder("# T\n")), None);
    }
}
