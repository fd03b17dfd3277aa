//! `text_similarity(text, text) -> bigint`

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::DataType;
use datafusion::logical_expr::ScalarUDF;
use unicode_normalization::UnicodeNormalization as _;

use super::function::{Argument, Function};

/// How alike two texts are, 0 to 100 percent. 100 means the same but for case, width and white space.
pub(super) fn function() -> ScalarUDF {
    Function::udf("text_similarity", &[Argument::Text, Argument::Text], DataType::Int64, |arguments| {
        let (left, right) = (arguments[0].as_string_view(), arguments[1].as_string_view());
        let percents: Int64Array = left.iter().zip(right).map(|(left, right)| Some(percent(left?, right?))).collect();
        Ok(Arc::new(percents))
    })
}

/// Sørensen–Dice over pairs of neighbouring letters: it bears a name's words in another order (`해치건설 주식회사`,
/// `주식회사 해치건설`), where measures that weigh the beginning most do not. Not `strsim::sorensen_dice`: that divides by
/// lengths in bytes, so it calls Korean texts three times less alike than they are.
fn percent(left: &str, right: &str) -> i64 {
    let (left, right) = (squeezed(left), squeezed(right));
    if left == right {
        return 100;
    }
    let (left, right) = (sorted_pairs(&left), sorted_pairs(&right));
    let (mut in_left, mut in_right) = (left.iter().peekable(), right.iter().peekable());
    let mut shared = 0_usize;
    while let (Some(one), Some(other)) = (in_left.peek(), in_right.peek()) {
        match one.cmp(other) {
            Ordering::Less => _ = in_left.next(),
            Ordering::Greater => _ = in_right.next(),
            Ordering::Equal => {
                shared += 1;
                _ = (in_left.next(), in_right.next());
            }
        }
    }
    let percent = (200 * shared).checked_div(left.len() + right.len()).unwrap_or_default();
    // What differs never counts as the same, even where all its pairs do.
    i64::try_from(percent.min(99)).unwrap_or_default()
}

fn sorted_pairs(text: &[char]) -> Vec<(char, char)> {
    let mut pairs: Vec<_> = text.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

fn squeezed(text: &str) -> Vec<char> {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn case_width_and_white_space_do_not_count() {
        assert_eq!(percent("ＡＢＣ Trading  Ltd", "abc trading ltd"), 100);
        assert_eq!(percent("", " "), 100);
    }

    #[test]
    fn the_same_words_in_another_order_are_much_alike() {
        assert_eq!(percent("해치건설 주식회사", "주식회사 해치건설"), 85);
        assert!(percent("해치건설", "한강식당") < 20);
    }

    #[test]
    fn one_letter_more_is_alike_but_never_the_same() {
        let long = "가".repeat(5_000);
        assert_eq!(percent(&long, &format!("{long}가")), 99);
        assert_eq!(percent("a", "b"), 0);
    }
}
