//! The log of the process: a line of JSON for each request and each failure, on what the caller names.
//!
//! A line says which request, by which pattern of address, how it ended and how long it took, for which government and by whom (an id).
//! Never an address with its values, a body, a name, or a text that somebody typed. What others' errors say is put in bare words:
//! whatever could be of a person is left out. Lines of libraries are not written, since nobody here can vouch for them.

use tracing::Subscriber;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry};

/// What writes the log as lines of JSON to `to`. The program sets it once, before it serves.
pub fn subscriber<W>(to: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(to);
    Registry::default().with(lines.with_filter(filter_fn(|of| of.target().starts_with("haechi"))))
}

/// The longest run of digits that says nothing of a person: the code of an error, a port.
const DIGITS: usize = 5;

/// An error's text without what could be of a person: no quoted text, no letters but those of English, no mail address, no long
/// number.
pub(crate) fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '`', '\'']) {
        let (before, from) = rest.split_at(at);
        let mark = from.chars().next().unwrap_or('"');
        out.push_str(before);
        rest = from.get(mark.len_utf8()..).unwrap_or_default();
        // An apostrophe within a word opens nothing.
        if mark == '\'' && before.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let Some(end) = rest.find(mark) else { break };
        let (quoted, after) = rest.split_at(end);
        out.push_str(if is_word_of_ours(quoted) { quoted } else { "…" });
        rest = after.get(mark.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
    let words: Vec<String> = out.split_whitespace().map(bare_word).collect();
    words.join(" ")
}

/// Whether a quoted text can only be a name of a program's: a table, a column, a setting.
fn is_word_of_ours(text: &str) -> bool {
    text.contains(['_', '.'])
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.')
        && text.len() <= 60
}

fn bare_word(word: &str) -> String {
    if word.contains('@') {
        return "…@…".to_owned();
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let mut out = String::new();
    for letter in word.chars() {
        let shown = if letter == '…' || (letter.is_ascii() && !letter.is_ascii_control()) { letter } else { '·' };
        let shown = if digits > DIGITS && shown.is_ascii_digit() { '#' } else { shown };
        let is_again = matches!(shown, '#' | '·') && out.ends_with(shown);
        if !is_again {
            out.push(shown);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_could_be_of_a_person_is_left_out_of_an_errors_text() {
        for (said, written) in [
            ("UNIQUE constraint failed: account.tenant", "UNIQUE constraint failed: account.tenant"),
            ("invalid type: string \"홍길동\", expected u32", "invalid type: string …, expected u32"),
            ("relation \"case_file\" does not exist", "relation case_file does not exist"),
            ("550 5.1.1 <kim@city.example>: unknown", "550 5.1.1 …@… unknown"),
            ("값 900101-1234567 이 틀립니다", "· #-# · ·"),
            ("call 010-9876-5432 now", "call #-#-# now"),
            ("it can't be, and won't", "it can't be, and won't"),
            ("an open \"quote of Hong", "an open quote of Hong"),
            ("error 42501 at port 8480", "error 42501 at port 8480"),
        ] {
            assert_eq!(bare(said), written);
        }
    }
}
