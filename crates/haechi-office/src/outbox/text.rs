//! What a message says on a telephone: how many bytes it takes, and as which kind it leaves.

use encoding_rs::EUC_KR;

/// The most bytes of an SMS.
const SMS: usize = 90;
/// The most bytes of an LMS.
const LMS: usize = 2_000;
/// The most bytes of an LMS's subject.
const SUBJECT: usize = 40;
/// What every text begins with: who asks.
const PREFIX: &str = "[해치] ";
/// What a text ends with that was too long.
const ELLIPSIS: char = '…';

/// As what a text leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Up to 90 bytes.
    Sms,
    /// Up to 2,000 bytes, with a subject.
    Lms,
    /// A template that was approved before.
    Alimtalk,
}

impl Kind {
    /// How people call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Lms => "LMS",
            Self::Alimtalk => "알림톡",
        }
    }
}

/// A text as it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) kind: Kind,
    pub(super) subject: Option<String>,
    pub(super) text: String,
}

impl Text {
    /// The text of a message; as 알림톡 where its template was approved.
    pub(super) fn of(subject: &str, body: &str, is_approved: bool) -> Self {
        let whole = carried(&format!("{PREFIX}{}", body.trim()));
        let kind = match bytes(&whole) {
            _ if is_approved => Kind::Alimtalk,
            0..=SMS => Kind::Sms,
            _ => Kind::Lms,
        };
        let subject = (kind == Kind::Lms).then(|| cut(&carried(subject.trim()), SUBJECT));
        Self { kind, subject, text: cut(&whole, LMS) }
    }

    /// How many bytes its text takes.
    pub(super) fn bytes(&self) -> usize {
        bytes(&self.text)
    }
}

/// How many bytes a character takes in EUC-KR; none where it has no place there.
fn size(one: char) -> Option<usize> {
    if one.is_ascii() {
        return Some(1);
    }
    let mut buffer = [0; 4];
    let (encoded, _, is_lost) = EUC_KR.encode(one.encode_utf8(&mut buffer));
    (!is_lost).then_some(encoded.len())
}

fn bytes(text: &str) -> usize {
    text.chars().filter_map(size).sum()
}

/// `text` as telephones show it: a `?` for what EUC-KR has no place for, no control characters but line breaks.
fn carried(text: &str) -> String {
    let shown = text.chars().filter(|one| *one == '\n' || !one.is_control());
    shown.map(|one| if size(one).is_some() { one } else { '?' }).collect()
}

/// `text` in so many bytes, cut between two characters.
fn cut(text: &str, most: usize) -> String {
    if bytes(text) <= most {
        return text.to_owned();
    }
    let mut left = most - size(ELLIPSIS).unwrap_or(0);
    let mut out = String::new();
    for one in text.chars() {
        let Some(rest) = left.checked_sub(size(one).unwrap_or(0)) else { break };
        left = rest;
        out.push(one);
    }
    out.push(ELLIPSIS);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hangul_syllable_is_two_bytes_and_ninety_bytes_are_one_sms() {
        // 7 bytes of prefix, 41 syllables, one digit: 90.
        let fits = format!("{}1", "가".repeat(41));
        let text = Text::of("제목", &fits, false);
        assert_eq!((text.kind, text.bytes(), text.subject.clone()), (Kind::Sms, 90, None));
        let over = Text::of("제목", &format!("{fits}2"), false);
        assert_eq!((over.kind, over.bytes(), over.subject.as_deref()), (Kind::Lms, 91, Some("제목")));
    }

    #[test]
    fn what_is_too_long_is_cut_between_two_characters() {
        let text = Text::of(&"제".repeat(30), &"나".repeat(2_000), false);
        assert_eq!((text.kind, text.bytes()), (Kind::Lms, 1_999), "2,000 would cut a syllable in two");
        assert!(text.text.ends_with("나…"), "{}", text.text);
        assert_eq!(text.subject.map(|subject| bytes(&subject)), Some(40));
    }

    #[test]
    fn what_telephones_cannot_show_is_a_question_mark() {
        let text = Text::of("", "점검\u{1f600}\r\n다음\u{202e}", false);
        assert_eq!(text.text, "[해치] 점검?\n다음?");
    }

    #[test]
    fn an_approved_template_leaves_as_such() {
        let text = Text::of("제목", "짧은 글", true);
        assert_eq!((text.kind, text.subject), (Kind::Alimtalk, None));
    }
}
