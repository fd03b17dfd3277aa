//! The reference page of settings and environment, made from the types and the list here: `docs/generated/config.md`.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::Value;

use super::{Clamd, Config, FileStore, Gateway, Mail, Watched, Watcher};

/// A variable of the environment that the program reads: its name, whether it is a secret, what it is for.
pub const ENVIRONMENT: &[(&str, bool, &str)] = &[
    ("HAECHI_OFFICE", false, "The office's folder, as `--office`; `haechi-office` here without it."),
    ("HAECHI_DATA", false, "The engine's data folder, as `--data` of `worker`, `records` and the engine's commands."),
    ("HAECHI_TOKEN", true, "The token with which `haechi worker` hands runs in."),
    ("HAECHI_MAIL_PASSWORD", true, "The password of `[mail] user`."),
    ("HAECHI_GATEWAY_TOKEN", true, "The token that the gateway for text messages wants."),
    ("HAECHI_METRICS_TOKEN", true, "The token with which a monitoring system reads `/metrics`."),
    ("DATABASE_OWNER_URL", true, "PostgreSQL: the log-in that owns the tables. Both or neither of the two."),
    ("DATABASE_URL", true, "PostgreSQL: the log-in that serves."),
    ("AWS_ACCESS_KEY_ID", true, "The access key of a bucket, where no file is named as `credentials`."),
    ("AWS_SECRET_ACCESS_KEY", true, "Its secret."),
    ("AWS_SESSION_TOKEN", true, "Its session, with a temporary key alone."),
];

const HEAD: &str = "# Settings

Everything in `office.toml` has a default, an unknown name is refused, and a change holds from the next start. What each means for the one who
runs the office is in [office.md](../office.md). This page is made by `cargo x docs` from the types themselves.
";

/// The page.
pub fn reference() -> String {
    let mut page = HEAD.to_owned();
    section::<Config>(&mut page, "office.toml", Some(&Config::default()));
    section::<FileStore>(&mut page, "[files]", Some(&FileStore::default()));
    section::<Clamd>(&mut page, "[clamd]", Some(&Clamd::default()));
    section::<Mail>(&mut page, "[mail]", Some(&Mail::default()));
    section::<Gateway>(&mut page, "[gateway]", Some(&Gateway::default()));
    section::<Watched>(&mut page, "[[witness]]", None);
    section::<Watcher>(&mut page, "[[witnesses]]", None);
    page.push_str("\n## Environment\n\nSecrets come from here and stand in no file of the office, on no command line and in no error.\n\n");
    page.push_str("| variable | secret | what it is |\n|---|---|---|\n");
    for (name, is_secret, what) in ENVIRONMENT {
        page.push_str(&format!("| `{name}` | {} | {what} |\n", if *is_secret { "yes" } else { "no" }));
    }
    page
}

/// The settings of `T` as a table; those that are sections of their own are left to them.
fn section<T: JsonSchema + Serialize>(page: &mut String, title: &str, defaults: Option<&T>) {
    let schema = schema_for!(T).to_value();
    let defaults = defaults.and_then(|defaults| serde_json::to_value(defaults).ok()).unwrap_or_default();
    let about = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    page.push_str(&format!(
        "\n## `{title}`\n\n{}\n\n| name | type | default | what it does |\n|---|---|---|---|\n",
        line(about)
    ));
    for (name, of) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if of.get("$ref").is_some() || of.get("items").is_some_and(|item| item.get("$ref").is_some()) {
            continue;
        }
        let what = line(of.get("description").and_then(Value::as_str).unwrap_or_default());
        let default = match defaults.get(name) {
            None => "must be given".to_owned(),
            Some(Value::Null) => "none".to_owned(),
            Some(Value::String(text)) if text.is_empty() => "empty".to_owned(),
            Some(Value::Object(map)) if map.is_empty() => "empty".to_owned(),
            Some(value) => format!("`{value}`"),
        };
        page.push_str(&format!("| `{name}` | {} | {default} | {what} |\n", kind(of)));
    }
}

/// A text as one line of a table.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The type of a setting, in words.
fn kind(of: &Value) -> &'static str {
    let kind = of.get("type");
    let is = |name: &str| match kind {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    };
    if is("boolean") {
        "true or false"
    } else if is("integer") {
        "whole number"
    } else if is("object") {
        "texts by name"
    } else {
        "text"
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{ENVIRONMENT, reference};

    #[test]
    fn the_page_is_what_the_types_say() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/config.md");
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written == reference(), "docs/generated/config.md is out of date; run `cargo x docs`\n{}", reference());
    }

    /// The names of variables that stand quoted in the sources below `folder`.
    fn named(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("config/reference.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let quoted = text.split('"').filter(|part| {
                    ["HAECHI_", "DATABASE_", "AWS_"].iter().any(|start| part.starts_with(start))
                        && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
                });
                found.extend(quoted.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_variable_that_is_read_is_on_the_page_and_no_other() {
        let mut read = BTreeSet::new();
        for folder in ["src", "../haechi/src"] {
            named(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut read);
        }
        let listed: BTreeSet<String> = ENVIRONMENT.iter().map(|one| one.0.to_owned()).collect();
        assert_eq!(read, listed);
    }
}
