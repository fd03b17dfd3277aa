//! Every answer that a test is given is held against the document: its status, its media type, its parts.
//!
//! The document uses few words of JSON Schema (types, enums, properties, items, references, `allOf`, `oneOf`), and those are read here;
//! a validator from outside would bring other features of the crates we link into the tests.

use serde_json::Value;

use crate::web::openapi;

/// Whether the document speaks of this answer.
pub(super) fn told(method: &str, path: &str, status: u16, media: &str, text: &str) -> Result<(), String> {
    let document = openapi::whole();
    let Some(item) = address(document, path) else {
        return if matches!(status, 404) { Ok(()) } else { Err(format!("{status} of an address that is not there")) };
    };
    let method = if method == "HEAD" { "get" } else { method };
    let Some(operation) = item.get(method.to_lowercase()) else {
        return if status == 405 { Ok(()) } else { Err(format!("{status} of a method that is not there")) };
    };
    let Some(answer) = operation["responses"].get(status.to_string()) else {
        return Err(format!("the document does not speak of a {status}"));
    };
    let Some(content) = answer.get("content") else {
        return if text.is_empty() { Ok(()) } else { Err(format!("{status} has a body")) };
    };
    let Some(content) = content.get(media) else { return Err(format!("{status} as {media}: {content}")) };
    if !media.ends_with("json") {
        return Ok(());
    }
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    fits(document, &content["schema"], &value, "")
}

/// What the document says of an address: one that is written out comes before one that varies.
fn address<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    let paths = document["paths"].as_object()?;
    let fits = |template: &str| {
        let (template, path) = (template.split('/'), path.split('/'));
        template.clone().count() == path.clone().count()
            && template.zip(path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    paths.get(path).or_else(|| paths.iter().find(|(template, _)| fits(template)).map(|(_, item)| item))
}

fn fits(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let mut known = Vec::new();
    parts(document, schema, value, at, &mut known)?;
    // What nobody wrote down is no part of the answer.
    if let (Value::Object(all), false) = (value, known.is_empty())
        && let Some(name) = all.keys().find(|name| !known.contains(*name))
    {
        return Err(format!("{at}/{name} is not described"));
    }
    Ok(())
}

fn parts(document: &Value, schema: &Value, value: &Value, at: &str, known: &mut Vec<String>) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let named = document.pointer(name.trim_start_matches('#')).ok_or_else(|| format!("{at}: no {name}"))?;
        parts(document, named, value, at, known)?;
    }
    for one in schema["allOf"].as_array().into_iter().flatten() {
        parts(document, one, value, at, known)?;
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting: Vec<&Value> = choices.iter().filter(|one| fits(document, one, value, at).is_ok()).collect();
        match fitting.as_slice() {
            [one] => parts(document, one, value, at, known)?,
            all => return Err(format!("{at}: {} of {} choices fit {value}", all.len(), choices.len())),
        }
    }
    let is = |kind: &Value| match kind.as_str().unwrap_or_default() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    let is_of_type = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    };
    let is_listed = schema["enum"].as_array().is_none_or(|all| all.contains(value));
    if !is_of_type || !is_listed {
        return Err(format!("{at}: {value} is no {schema}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            return Err(format!("{at}/{name} is missing"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        known.push(name.clone());
        if let Some(value) = value.get(name) {
            fits(document, schema, value, &format!("{at}/{name}"))?;
        }
    }
    for (number, value) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            fits(document, items, value, &format!("{at}/{number}"))?;
        }
    }
    Ok(())
}
