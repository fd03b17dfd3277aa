//! What may stand in a page: no script and no style but the office's own files, and nothing htmx would have to evaluate.
//!
//! The content security policy allows neither, so a page that holds one is broken in silence.

use super::Report;

/// Text, and why it may not stand there.
const REFUSED: [(&str, &str); 6] = [
    ("hx-on", "htmx would evaluate it, which the policy forbids; write a few lines in web/office/script"),
    ("js:", "htmx would evaluate it, which the policy forbids"),
    ("javascript:", "the policy forbids it"),
    (" style=\"", "styles stand in web/office/style; the policy forbids them here"),
    ("<style", "styles stand in web/office/style; the policy forbids them here"),
    ("<script", "scripts are named by the layout alone"),
];

pub(super) fn check(file: &str, text: &str, report: &mut Report) {
    // The engine's reports are documents of their own, with a policy of their own.
    if !file.starts_with("crates/haechi-office/") {
        return;
    }
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", number + 1);
        for (needle, why) in REFUSED.iter().filter(|(needle, _)| line.contains(needle)) {
            report.error(&place, format!("`{}`: {why}", needle.trim()));
        }
        if attributes(line, "hx-trigger").any(|value| value.contains('[')) {
            report.error(&place, "a filter in `hx-trigger` would be evaluated, which the policy forbids");
        }
        if attributes(line, "hx-vals").any(|value| !value.trim_start().starts_with(['{', '\''])) {
            report.error(&place, "`hx-vals` holds JSON alone");
        }
        // `onclick="…"`: an attribute of that name, not a word that ends so.
        let handler = line.match_indices(" on").any(|(at, _)| {
            let name = &line[at + 1..];
            let end = name.find(|one: char| !one.is_ascii_lowercase()).unwrap_or(name.len());
            end > 4 && name[end..].starts_with("=\"")
        });
        if handler {
            report.error(&place, "a handler in an attribute is a script, which the policy forbids");
        }
    }
}

/// The values of an attribute on a line.
fn attributes<'a>(line: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(name).filter_map(move |(at, _)| {
        let rest = line[at + name.len()..].trim_start_matches(|one: char| one != '=' && one != '"' && one != ' ');
        let value = rest.strip_prefix("=\"")?;
        Some(value.split('"').next().unwrap_or(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> usize {
        let mut report = Report::default();
        check("crates/haechi-office/templates/a.html", text, &mut report);
        report.errors.len()
    }

    #[test]
    fn what_the_policy_forbids_is_found() {
        for text in [
            "<a hx-on:click=\"x()\">",
            "<a hx-vals=\"js:{a: 1}\">",
            "<a href=\"javascript:x()\">",
            "<p style=\"color: red\">",
            "<style>p {}</style>",
            "<script src=\"/a.js\"></script>",
            "<a hx-trigger=\"click[ctrlKey]\">",
            "<a onclick=\"x()\">",
        ] {
            assert!(errors(text) > 0, "{text}");
        }
    }

    #[test]
    fn what_it_allows_is_let_through() {
        for text in [
            "<form hx-get=\"/cases\" hx-trigger=\"load delay:200ms\" hx-target=\"#found\">",
            "<p class=\"note\">{{ page.say(\"stand-in-on\") }}</p>",
            "<div hx-boost:inherited=\"target:#found\">",
            "<p>once = \"x\"</p>",
        ] {
            assert_eq!(errors(text), 0, "{text}");
        }
    }
}
