//! `text_similarity(text, text) -> bigint`

use std::cmp::Ordering;
use std::collections::HashMap;
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
        Ok(Arc::new(percents(left.iter().zip(right))))
    })
}

/// How alike the texts of each pair are. A join asks of each text many times how like others it is, so each is prepared once.
fn percents<'a>(pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Int64Array {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut texts: Vec<Prepared> = Vec::new();
    let mut place = |text: &'a str| {
        *known.entry(text).or_insert_with(|| {
            texts.push(Prepared::of(text));
            texts.len() - 1
        })
    };
    let pairs: Vec<Option<(usize, usize)>> = pairs.map(|(left, right)| Some((place(left?), place(right?)))).collect();
    pairs.into_iter().map(|pair| pair.map(|(left, right)| percent(&texts[left], &texts[right]))).collect()
}

/// A text as it is compared.
struct Prepared {
    letters: Vec<char>,
    /// Neighbouring letters, two in a number, in order.
    pairs: Vec<u64>,
}

impl Prepared {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
        let mut pairs: Vec<u64> = letters
            .windows(2)
            .map(|pair| u64::from(u32::from(pair[0])) << 32 | u64::from(u32::from(pair[1])))
            .collect();
        pairs.sort_unstable();
        Self { letters, pairs }
    }
}

/// Sørensen–Dice over pairs of neighbouring letters: it bears a name's words in another order (`해치건설 주식회사`,
/// `주식회사 해치건설`), where measures that weigh the beginning most do not. Not `strsim::sorensen_dice`: that divides by
/// lengths in bytes, so it calls Korean texts three times less alike than they are.
fn percent(left: &Prepared, right: &Prepared) -> i64 {
    if left.letters == right.letters {
        return 100;
    }
    let (mut in_left, mut in_right) = (left.pairs.iter().peekable(), right.pairs.iter().peekable());
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
    let percent = (200 * shared).checked_div(left.pairs.len() + right.pairs.len()).unwrap_or_default();
    // What differs never counts as the same, even where all its pairs do.
    i64::try_from(percent.min(99)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Prepared, percents};

    fn percent(left: &str, right: &str) -> i64 {
        super::percent(&Prepared::of(left), &Prepared::of(right))
    }

    #[test]
    fn a_text_that_comes_again_is_compared_as_the_first_time_and_nothing_is_like_nothing() {
        let pairs = [(Some("해치"), Some("해치 ")), (Some("해치"), None), (None, None), (Some("해치"), Some("한강"))];
        let percents: Vec<_> = percents(pairs.into_iter()).iter().collect();
        assert_eq!(percents, [Some(100), None, None, Some(0)]);
    }

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
