//! Where a query's own text uses parameters: outside quotes and comments, before any SQL parser sees it.

use std::ops::Range;

/// One use of a parameter in the text of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// The name after `$` or `@`.
    pub(super) name: String,
    /// How it is used.
    pub(super) form: Form,
    /// The bytes of the whole use.
    pub(super) span: Range<usize>,
}

/// How a parameter is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `$name`
    Scalar,
    /// `@name(date)` or `@name(date, currency)`: the bytes of each argument; none where no bracket follows.
    Dated(Vec<Range<usize>>),
    /// `@name(` whose bracket never closes.
    Unclosed,
}

/// The text byte for byte, with quoted text and comments blanked out, so that a search cannot be misled by them.
/// Quoted bytes become `'`; comment bytes become blanks, their line ends stay.
pub(super) fn mask(sql: &str) -> Vec<u8> {
    let bytes = sql.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (end, blank) = match rest {
            [quote @ (b'\'' | b'"'), ..] => (at + quoted(rest, *quote), b'\''),
            [b'-', b'-', ..] => (at + rest.iter().position(|c| *c == b'\n').unwrap_or(rest.len()), b' '),
            [b'/', b'*', ..] => (at + block_comment(rest), b' '),
            _ => {
                at += 1;
                continue;
            }
        };
        for byte in &mut out[at..end] {
            if *byte != b'\n' || blank == b'\'' {
                *byte = blank;
            }
        }
        at = end;
    }
    out
}

/// How long the quoted text at the start of `bytes` is; a doubled quote stays inside.
fn quoted(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] == quote {
            if bytes.get(at + 1) != Some(&quote) {
                return at + 1;
            }
            at += 1;
        }
        at += 1;
    }
    bytes.len()
}

/// How long the comment at the start of `bytes` is; comments nest.
fn block_comment(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (2, 1);
    while at < bytes.len() && depth > 0 {
        match &bytes[at..] {
            [b'/', b'*', ..] => (at, depth) = (at + 2, depth + 1),
            [b'*', b'/', ..] => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}

/// The outermost uses within `range` of a masked text, in order. Uses inside arguments are found by asking again.
pub(super) fn uses_in(mask: &[u8], range: Range<usize>) -> Vec<Use> {
    let name_byte = |c: &u8| c.is_ascii_alphanumeric() || *c == b'_';
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let sign = mask[at];
        let length = mask[at + 1..range.end].iter().take_while(|c| name_byte(c)).count();
        let glued = at > range.start && (name_byte(&mask[at - 1]) || mask[at - 1] == b'$');
        if !matches!(sign, b'$' | b'@') || length == 0 || glued {
            at += 1;
            continue;
        }
        let name_end = at + 1 + length;
        let name = String::from_utf8_lossy(&mask[at + 1..name_end]).into_owned();
        let (form, end) = if sign == b'$' { (Form::Scalar, name_end) } else { dated(mask, name_end, range.end) };
        found.push(Use { name, form, span: at..end });
        at = end;
    }
    found
}

/// Every use within `range`, those inside arguments after the use that holds them.
pub(super) fn all_uses(mask: &[u8], range: Range<usize>) -> Vec<Use> {
    let mut found = Vec::new();
    for outer in uses_in(mask, range) {
        let arguments = match &outer.form {
            Form::Dated(arguments) => arguments.clone(),
            Form::Scalar | Form::Unclosed => Vec::new(),
        };
        found.push(outer);
        for argument in arguments {
            found.extend(all_uses(mask, argument));
        }
    }
    found
}

fn dated(mask: &[u8], name_end: usize, end: usize) -> (Form, usize) {
    let blanks = mask[name_end..end].iter().take_while(|c| c.is_ascii_whitespace()).count();
    let open = name_end + blanks;
    if open >= end || mask[open] != b'(' {
        return (Form::Dated(Vec::new()), name_end);
    }
    let (mut depth, mut start, mut arguments) = (0_u32, open + 1, Vec::new());
    for at in open..end {
        match mask[at] {
            b'(' => depth += 1,
            b')' if depth == 1 => {
                arguments.push(start..at);
                arguments.retain(|argument| !mask[argument.clone()].iter().all(u8::is_ascii_whitespace));
                return (Form::Dated(arguments), at + 1);
            }
            b')' => depth -= 1,
            b',' if depth == 1 => {
                arguments.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    (Form::Unclosed, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sql: &str) -> Vec<String> {
        let mask = mask(sql);
        all_uses(&mask, 0..mask.len()).into_iter().map(|found| found.name).collect()
    }

    #[test]
    fn quotes_and_comments_hide_what_looks_like_a_parameter() {
        assert_eq!(names("SELECT '$a ''$b', \"$c\", $d -- $e\n, /* $f /* */ @g(x) */ @h(i)"), ["d", "h"]);
    }

    #[test]
    fn a_use_inside_an_argument_is_found_after_the_one_that_holds_it() {
        assert_eq!(names("@a(date_add(@b(x), $c), cur) + $d"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn an_unclosed_quote_or_bracket_ends_with_the_text() {
        assert_eq!(names("$a 'unclosed $b"), ["a"]);
        let mask = mask("@a(x, (y)");
        assert_eq!(uses_in(&mask, 0..mask.len())[0].form, Form::Unclosed);
    }
}
