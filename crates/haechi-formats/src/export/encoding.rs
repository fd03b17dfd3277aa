//! Which encoding a text has, and CP949 as text.

use encoding_rs::{DecoderResult, EUC_KR};

use super::{Encoding, Format};

/// The mark UTF-8 files may begin with.
pub const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// How much of a member's beginning is kept to look at.
const HEAD: usize = 4 * 1024;

/// Finds out format and encoding of a member from its bytes, chunk by chunk, in constant memory.
///
/// One pass of strict UTF-8 over the whole. A text that is damaged UTF-8 (a character cut in half by a fixed-width column,
/// say) after dozens of whole Hangul characters stays UTF-8, so that only its damaged rows are set aside; CP949 text never
/// looks like that, because its first bytes (B0 to C8) begin no UTF-8 character of three bytes.
#[derive(Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    /// The first bytes of a character that the last chunk cut in two.
    cut: Vec<u8>,
    /// Whole characters of three bytes seen, counted only as far as [`Sniffer::ENOUGH`].
    long: usize,
    damaged: bool,
}

/// A text that begins with the mark of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("It is encoded in UTF-16, as spreadsheets save \"Unicode text\".")]
pub struct Utf16;

impl Sniffer {
    /// Whole characters of three bytes before the first damage that settle it.
    const ENOUGH: usize = 32;

    /// Looks at the next bytes.
    pub fn feed(&mut self, mut chunk: &[u8]) {
        if self.head.len() < HEAD {
            let more = chunk.len().min(HEAD - self.head.len());
            self.head.extend_from_slice(&chunk[..more]);
        }
        if self.damaged {
            return;
        }
        if !self.cut.is_empty() {
            // A character needs four bytes at most, so a few more settle the one that was cut.
            let before = self.cut.len();
            let more = chunk.len().min(4 - before);
            self.cut.extend_from_slice(&chunk[..more]);
            let joined = std::mem::take(&mut self.cut);
            let used = match std::str::from_utf8(&joined) {
                Ok(_) => joined.len(),
                Err(error) if error.valid_up_to() >= before => error.valid_up_to(),
                Err(error) if error.error_len().is_none() && more == chunk.len() => {
                    self.cut = joined;
                    return;
                }
                Err(_) => {
                    self.damaged = true;
                    return;
                }
            };
            self.count(&joined[..used]);
            chunk = &chunk[used - before..];
        }
        match simdutf8::compat::from_utf8(chunk) {
            Ok(_) => self.count(chunk),
            Err(error) => {
                let (valid, rest) = chunk.split_at(error.valid_up_to());
                self.count(valid);
                if error.error_len().is_some() {
                    self.damaged = true;
                } else {
                    self.cut = rest.to_vec();
                }
            }
        }
    }

    fn count(&mut self, valid: &[u8]) {
        if self.long < Self::ENOUGH {
            let wanted = Self::ENOUGH - self.long;
            self.long += valid.iter().filter(|byte| matches!(byte, 0xe0..=0xef)).take(wanted).count();
        }
    }

    /// What the member is.
    ///
    /// # Errors
    ///
    /// [`Utf16`]
    pub fn finish(self) -> Result<(Format, Encoding), Utf16> {
        let head = self.head.as_slice();
        if head.starts_with(b"PAR1") {
            return Ok((Format::Parquet, Encoding::Utf8));
        }
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            return Err(Utf16);
        }
        let encoding = if head.starts_with(UTF8_MARK) {
            Encoding::Utf8Bom
        } else if (!self.damaged && self.cut.is_empty()) || self.long >= Self::ENOUGH {
            Encoding::Utf8
        } else {
            Encoding::Cp949
        };
        let text = head.strip_prefix(UTF8_MARK).unwrap_or(head);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        let format = if first == Some(&b'{') { Format::JsonLines } else { Format::Delimited };
        Ok((format, encoding))
    }
}

/// Appends `bytes` as text to `out`; `false` where CP949 (`domain.md` 7.4: `encoding_rs::EUC_KR` is windows-949) does not
/// know them, and then what it does not know is `U+FFFD`.
///
/// Fields may be decoded one by one: no second byte of a character is a delimiter, a quotation mark or a line break
/// (they are 0x41 to 0x5A, 0x61 to 0x7A and 0x81 to 0xFE).
pub fn decode_cp949(bytes: &[u8], out: &mut String) -> bool {
    let start = out.len();
    let mut decoder = EUC_KR.new_decoder_without_bom_handling();
    if let Some(longest) = decoder.max_utf8_buffer_length_without_replacement(bytes.len()) {
        out.reserve(longest);
        if matches!(decoder.decode_to_string_without_replacement(bytes, out, true), (DecoderResult::InputEmpty, _)) {
            return true;
        }
    }
    out.truncate(start);
    out.push_str(&EUC_KR.decode_without_bom_handling(bytes).0);
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sniff(bytes: &[u8], chunk: usize) -> Result<(Format, Encoding), Utf16> {
        let mut sniffer = Sniffer::default();
        bytes.chunks(chunk).for_each(|chunk| sniffer.feed(chunk));
        sniffer.finish()
    }

    #[test]
    fn a_mark_goes_first_then_strict_utf8_then_cp949() {
        let cp949 = EUC_KR.encode("부서명,사용일자,금액\n").0;
        for chunk in [1, 2, 3, 5, 4096] {
            assert_eq!(sniff(b"a,b\n1,2\n", chunk), Ok((Format::Delimited, Encoding::Utf8)));
            assert_eq!(sniff("부서명,금액".as_bytes(), chunk), Ok((Format::Delimited, Encoding::Utf8)));
            assert_eq!(sniff("\u{feff}부서명".as_bytes(), chunk), Ok((Format::Delimited, Encoding::Utf8Bom)));
            assert_eq!(sniff(&cp949, chunk), Ok((Format::Delimited, Encoding::Cp949)));
            assert_eq!(sniff(b"\xff\xfea\0", chunk), Err(Utf16));
            assert_eq!(sniff(b"PAR1....", chunk), Ok((Format::Parquet, Encoding::Utf8)));
            assert_eq!(sniff("\u{feff} \n {\"a\":1}".as_bytes(), chunk), Ok((Format::JsonLines, Encoding::Utf8Bom)));
        }
    }

    #[test]
    fn korean_utf8_with_one_character_cut_in_half_stays_utf8() {
        let mut bytes = "재무국장 외 다섯명,간담회\n".repeat(10).into_bytes();
        bytes.extend(b"\xec\x9e,1\n");
        assert_eq!(sniff(&bytes, 7), Ok((Format::Delimited, Encoding::Utf8)));
        assert_eq!(sniff(b"caf\xe9,1\n", 7), Ok((Format::Delimited, Encoding::Cp949)));
    }

    #[test]
    fn cp949_text_comes_out_and_what_it_does_not_know_is_said() {
        let mut out = String::from(">");
        assert!(decode_cp949(&EUC_KR.encode("똠방각하 펲시콜라 | abc").0, &mut out));
        assert_eq!(out, ">똠방각하 펲시콜라 | abc");
        assert!(!decode_cp949(b"a\xff", &mut out));
        assert_eq!(out, ">똠방각하 펲시콜라 | abca\u{fffd}");
    }

    proptest! {
        #[test]
        fn chunks_do_not_change_the_verdict(text in "[a가é😀]{0,40}", chunk in 1..9_usize) {
            prop_assert_eq!(sniff(text.as_bytes(), chunk), Ok((Format::Delimited, Encoding::Utf8)));
        }

        #[test]
        fn no_bytes_make_it_panic_and_chunks_never_matter(bytes: Vec<u8>, chunk in 1..9_usize) {
            prop_assert_eq!(sniff(&bytes, chunk), sniff(&bytes, usize::MAX));
        }
    }
}
