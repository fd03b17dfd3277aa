//! Rows that do not fit, said in plain words and without anybody's numbers.

use std::borrow::Cow;

use haechi_core::masking;
use haechi_core::words::Words;

use super::Reject;
use crate::export::{RowTrouble, Spoiled};

/// Longest value a reject shows, in characters.
const LONGEST: usize = 200;

/// What may be shown of a file's values in rejects.
#[derive(Clone, Debug, Default)]
pub(super) struct Showing {
    /// The file's headers as they stand.
    pub(super) header: Vec<String>,
    /// Whether the header at the same place feeds an identifier.
    pub(super) secret: Vec<bool>,
}

impl Showing {
    /// A reject for the value at header `at`.
    pub(super) fn value(&self, code: &str, at: usize, text: &str, reason: Words) -> Reject {
        let value = (!text.trim().is_empty()).then(|| self.shown(at, text));
        let column = self.header.get(at).filter(|name| !name.is_empty()).cloned();
        Reject { code: code.to_owned(), column, value, reason, counts: true }
    }

    /// A reject for a cell of a workbook whose text is not what it stands for.
    pub(super) fn spoiled(&self, at: usize, text: &str, spoiled: Spoiled) -> Reject {
        let (code, ko, en) = match spoiled {
            Spoiled::Error => (
                "cell-error",
                "셀이 오류 값입니다. 원본에서 수식을 고친 뒤 다시 저장하세요.",
                "The cell is an error. Mend its formula in the workbook, and save it again.",
            ),
            Spoiled::Uncalculated => (
                "formula-uncalculated",
                "수식이 계산되지 않은 채 저장되었습니다. 엑셀에서 열어 다시 저장하세요.",
                "The cell is a formula that was never calculated. Open the workbook in the spreadsheet program, and save it.",
            ),
            Spoiled::DigitsLost => (
                "digits-lost",
                "15자리를 넘는 숫자여서 뒷자리가 사라졌습니다. 원본 시스템에서 텍스트로 내보내세요.",
                "The number has more than 15 digits, of which a spreadsheet keeps 15. Export it as text from the source system.",
            ),
        };
        self.value(code, at, text, Words::new(ko, en))
    }

    /// What may be shown of `text`. In a file with identifiers a value that slipped into a neighbouring column may be
    /// one, so there long runs of digits show only their shape, whatever their column.
    fn shown(&self, at: usize, text: &str) -> String {
        let digits = text.chars().filter(|c| c.is_numeric()).count();
        let has_secrets = self.secret.contains(&true);
        let wide = text.chars().any(|c| c.is_numeric() && !c.is_ascii());
        let shown = if self.secret.get(at) == Some(&true) || (digits >= 8 && (has_secrets || wide)) {
            Cow::Owned(masking::shape(text))
        } else {
            masking::scrub(text)
        };
        match shown.char_indices().nth(LONGEST) {
            Some(_) => shown.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect(),
            None => shown.into_owned(),
        }
    }

    /// A reject for what the reader already knows of a row.
    pub(super) fn row(&self, trouble: &RowTrouble, field: impl Fn(usize) -> Option<String>) -> Reject {
        let whole = |code: &str, ko: String, en: String, counts: bool| Reject {
            code: code.to_owned(),
            column: None,
            value: None,
            reason: Words::new(ko, en),
            counts,
        };
        match trouble {
            RowTrouble::Blank => whole("blank-row", "빈 행입니다.".into(), "The row is empty.".into(), false),
            RowTrouble::Total => {
                whole("total-row", "합계·소계 행입니다.".into(), "The row is a total or subtotal.".into(), false)
            }
            RowTrouble::FieldCount { found, expected } => whole(
                "field-count",
                format!("값이 {found}개로, 머리글의 {expected}개와 다릅니다."),
                format!("The row has {found} values where the header has {expected}."),
                true,
            ),
            RowTrouble::Undecodable(at) => {
                let words = Words::new(
                    "파일의 문자 인코딩으로 읽을 수 없는 글자가 있습니다.",
                    "The value holds bytes that the file's encoding does not know.",
                );
                self.value("undecodable", *at, &field(*at).unwrap_or_default(), words)
            }
            // The line may hold anything, also identifiers: not even its shape says enough to be worth showing.
            RowTrouble::NotJson(_) => {
                whole("not-json", "JSON 객체 한 줄이 아닙니다.".into(), "The line is not one JSON object.".into(), true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_cut_scrubbed_and_shown_by_shape_where_it_is_or_may_be_an_identifier() {
        let plain = Showing { header: vec!["메모".into()], secret: vec![false] };
        let shown = |showing: &Showing, at, text: &str| showing.value("x", at, text, Words::default()).value;
        assert_eq!(shown(&plain, 0, "홍길동 800101-1234567").as_deref(), Some("홍길동 999999-9999999"));
        assert_eq!(shown(&plain, 0, "２０１７１３０１").as_deref(), Some("99999999"));
        assert_eq!(shown(&plain, 0, &"가".repeat(300)).map(|text| text.chars().count()), Some(200));
        let guarded = Showing { header: vec!["일자".into(), "계좌".into()], secret: vec![false, true] };
        assert_eq!(shown(&guarded, 1, "12-3").as_deref(), Some("99-9"));
        assert_eq!(shown(&guarded, 0, "110-234-567890").as_deref(), Some("999-999-999999"), "it slipped a column");
        assert_eq!(shown(&guarded, 0, "2017/13").as_deref(), Some("2017/13"));
    }
}
