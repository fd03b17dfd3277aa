//! The log of the process: a line of JSON for each request and each failure, on what the caller names.
//!
//! A line says which request, by which pattern of address, how it ended and how long it took, for which government and by whom (an id).
//! Never an address with its values, a body, a name, or a text that somebody typed. What others' errors say is put in bare words:
//! whatever could be of a person is left out. Lines of libraries are not written, since nobody here can vouch for them.

use std::io::IsTerminal as _;

pub use tracing::Level;
use tracing::Subscriber;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry};

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line of JSON each, for what gathers logs.
    Json,
    /// For who looks at a terminal.
    Text,
}

/// What writes the log to `to`, from `least` on. The program sets it once, before it serves.
pub fn subscriber<W>(to: W, form: Form, least: Level) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(to);
    let lines = match form {
        Form::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
        Form::Text => lines.with_target(false).boxed(),
    };
    let ours = filter_fn(move |of| of.target().starts_with("haechi") && (of.is_span() || *of.level() <= least));
    Registry::default().with(lines).with(ours)
}

/// Writes the log of this process to standard error from here on: as text where somebody looks at it, else as JSON. A second call
/// changes nothing.
pub fn begin(least: Level) {
    let form = if std::io::stderr().is_terminal() { Form::Text } else { Form::Json };
    tracing::subscriber::set_global_default(subscriber(std::io::stderr, form, least)).ok();
}

/// The longest run of digits that says nothing of a person: the code of an error, a port.
const DIGITS: usize = 5;

/// An error's text without what could be of a person: no quoted text, no letters but those of English, no mail address, no long
/// number.
pub fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '`', '\'']) {
        let (before, from) = rest.split_at(at);
        let mark = from.chars().next().unwrap_or('"');
        out.push_str(before);
        rest = from.get(mark.len_utf8()..).unwrap_or_default();
        // An apostrophe within a word opens nothing.
        if mark == '\'' && before.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
            out.push(mark);
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
        return "…".to_owned();
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
            ("550 5.1.1 <kim@city.example>: unknown", "550 5.1.1 … unknown"),
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
