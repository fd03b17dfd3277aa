//! What programs can ask, said by the handlers themselves: the OpenAPI document and a page for people made from it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use askama::Template;
use axum::Json;
use axum::response::Redirect;
use haechi_core::records::Records;
use serde_json::Value;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Ref, Required, Response};
use utoipa::{Modify, OpenApi};

use super::page::{Html, Page, PageError};
use super::routes::{Gate, Routes};
use crate::problem::ProblemBody;
use crate::{access, audit, guides, health, outbox, retention, settings, setup, sign_in, slices, webhooks};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/api", Gate::Open, to_reference)
        .get("/api/v1", Gate::Open, to_reference)
        .get("/api/v1/", Gate::Open, reference)
        .api_get("/api/v1/openapi.json", Gate::Open, document);
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Haechi",
        version = env!("CARGO_PKG_VERSION"),
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
        description = "Internal control of a local government: alerts, cases and what became of them. Dates are days in the \
            office's zone, moments are UTC, money is in the smallest unit of its currency. Refusals are RFC 9457 problems; \
            `code` is stable, `title` and `detail` come in Korean where `Accept-Language` asks for it. Lists that may be long have \
            `next`: send it as `after` for the next page. What is not here is for who signs in: the sign-in itself, passwords and \
            one-time links, and tokens that do more or hold longer than the one in hand."
    ),
    paths(document),
    components(schemas(ProblemBody)),
    security(("token" = [])),
    modifiers(&Token),
)]
struct Haechi;

/// How a program says who it is.
struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "A token that an administrator made: of a person (`read`, `write`), or of the engine (`runs`).",
        ));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme.build()));
    }
}

/// Addresses whose bodies are too large to be held: the office knows them again itself, so they need no key.
const KNOWN_AGAIN: [&str; 2] = ["/api/v1/runs", "/api/v1/cases/{id}/attachments"];
/// Addresses whose answers hold a secret or are large, and are not kept for who sends a request again.
const ANSWERED_ONCE: [&str; 3] = ["/api/v1/tokens", "/api/v1/webhooks", "/api/v1/cases/{id}/proof"];

/// Beginnings of addresses behind which files are kept and given.
const WITH_FILES: [&str; 2] = ["/api/v1/cases/{id}/attachments", "/api/v1/cases/{id}/proof"];

/// What each part says of its addresses.
pub(super) fn parts() -> Vec<utoipa::openapi::OpenApi> {
    let mut parts = vec![
        super::own::document(),
        settings::api::document(),
        settings::calendar::document(),
        setup::api::document(),
        guides::api::document(),
        sign_in::api::document(),
        webhooks::api::document(),
        audit::api::document(),
        health::api::document(),
        access::api::document(),
        retention::api::document(),
    ];
    parts.extend(outbox::api::documents());
    parts.extend(slices::ALL.iter().flat_map(|slice| (slice.documents)()));
    parts
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut whole = Haechi::openapi();
    for part in parts() {
        whole.merge(part);
    }
    let revised = revised(&serde_json::to_value(&whole).unwrap_or_default());
    for (path, item) in &mut whole.paths.paths {
        // Handlers of several slices have the same name; addresses are each there once.
        let name = path.trim_start_matches("/api/v1/").replace(['/', '-', '.'], "_").replace(['{', '}'], "");
        for (method, operation) in [("get", &mut item.get), ("post", &mut item.post)] {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{name}"));
            }
        }
        // The one address that asks for nobody's token.
        let is_open = path == "/api/v1/openapi.json";
        if let Some(get) = item.get.as_mut().filter(|_| !is_open) {
            refusals(get, &[400, 401, 403, 404, 422, 429]);
        }
        if WITH_FILES.iter().any(|place| path.starts_with(place)) {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                refusals(operation, &[503]);
            }
        }
        if let Some(post) = &mut item.post {
            refusals(post, &[400, 401, 403, 404, 409, 413, 415, 422, 429]);
            if revised.contains(path) {
                refusals(post, &[428]);
                sends(post, "If-Match", "^\"[0-9]{1,9}\"$", "The ETag that was read, or else `revision` in the body.");
            }
            if ANSWERED_ONCE.contains(&path.as_str()) {
                let about = "The same request with the same key within a day is done once; again it is answered 409, since what \
                    it answered is not kept.";
                sends(post, "Idempotency-Key", KEY, about);
            } else if !KNOWN_AGAIN.contains(&path.as_str()) {
                let about =
                    "The same request with the same key within a day is answered as the first was, and done once.";
                sends(post, "Idempotency-Key", KEY, about);
            }
        }
    }
    let mut whole = serde_json::to_value(whole).unwrap_or_default();
    describe_records(&mut whole);
    whole
});

/// What a key looks like.
const KEY: &str = "^[!-~]{1,100}$";

/// The addresses whose bodies say which revision was seen.
fn revised(whole: &Value) -> BTreeSet<String> {
    let paths = whole.get("paths").and_then(Value::as_object).into_iter().flatten();
    let has_revision = |item: &Value| {
        let body = item.get("post").and_then(|operation| body(whole, operation));
        body.is_some_and(|body| body.pointer("/properties/revision").is_some())
    };
    paths.filter(|(_, item)| has_revision(item)).map(|(path, _)| path.clone()).collect()
}

/// The schema of the JSON that an operation takes.
pub(super) fn body<'a>(whole: &'a Value, operation: &Value) -> Option<&'a Value> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema")?;
    // A body that may be left out is one of `null` and the schema.
    let choices = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let named = std::iter::once(schema).chain(choices).find_map(|one| one.get("$ref").and_then(Value::as_str))?;
    whole.pointer(named.trim_start_matches('#'))
}

/// Puts the schema of a personnel system's records in: that of the file format, which is made in another way.
fn describe_records(whole: &mut Value) {
    let mut records = schemars::schema_for!(Records).to_value();
    fn refer(value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(name) = text.strip_prefix("#/$defs/") {
                    *text = format!("#/components/schemas/{name}");
                }
            }
            Value::Array(all) => all.iter_mut().for_each(refer),
            Value::Object(all) => all.values_mut().for_each(refer),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    refer(&mut records);
    let Some(object) = records.as_object_mut() else { return };
    object.remove("$schema");
    let parts = object.remove("$defs");
    if let Some(schemas) = whole.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.extend(
            parts
                .as_ref()
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, part)| (name.clone(), part.clone())),
        );
        schemas.insert("Records".to_owned(), records);
    }
    let body = "/paths/~1api~1v1~1people~1records/post/requestBody/content/application~1json/schema";
    if let Some(schema) = whole.pointer_mut(body) {
        *schema = serde_json::json!({ "$ref": "#/components/schemas/Records" });
    }
}

/// The document, as it is answered.
pub(crate) fn whole() -> &'static Value {
    &DOCUMENT
}

/// What a status says that the guard or an extractor answers with, whatever the handler.
const fn meaning(status: u16) -> &'static str {
    match status {
        400 => "It cannot be read.",
        401 => "No token, or one that does not hold.",
        403 => "Not theirs to do, or not what the token is for.",
        404 => "There is no such thing, or it is not theirs to see: nobody can tell which.",
        409 => {
            "Someone else was first, or it means nothing where the record stands; or the same key is under way, or done."
        }
        413 => "Too large.",
        415 => "What is sent has another media type.",
        422 => "A value does not fit; or the key was used with another body.",
        428 => "Which revision was seen is not said.",
        429 => "Too many requests of this token within a minute.",
        503 => "Where files lie, or who scans them for viruses, cannot be reached just now; nothing was saved.",
        _ => "It failed inside; nothing was saved.",
    }
}

fn refusals(operation: &mut Operation, statuses: &[u16]) {
    for status in statuses {
        let schema = Ref::from_schema_name("ProblemBody");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let mut refused =
            ResponseBuilder::new().description(meaning(*status)).content("application/problem+json", content);
        if *status == 429 {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer);
            let after = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait.")).build();
            refused = refused.header("Retry-After", after);
        }
        let refused: Response = refused.build();
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| refused.into());
    }
}

/// A header that may be sent.
fn sends(operation: &mut Operation, name: &str, pattern: &str, about: &str) {
    let header = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))))
        .build();
    operation.parameters.get_or_insert_default().push(header.into());
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "about", security(()), responses((status = 200, body = Object, description = "OpenAPI 3.1.")))]
async fn document() -> Json<&'static Value> {
    Json(whole())
}

async fn to_reference() -> Redirect {
    Redirect::to("/api/v1/")
}

/// A value that is sent.
struct Field {
    name: String,
    place: String,
    is_needed: bool,
    about: String,
}

/// A request.
struct Asked {
    method: String,
    path: String,
    summary: String,
    about: String,
    fields: Vec<Field>,
    /// Bodies that fit, as JSON.
    examples: Vec<String>,
    statuses: Vec<(String, String)>,
}

/// Requests about one thing.
struct Section {
    name: String,
    asked: Vec<Asked>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Reference {
    page: Page,
    version: String,
    sections: Vec<Section>,
}

/// The document for people, without scripts. It holds no data, so everybody may read it.
async fn reference(page: Page) -> Result<Html, PageError> {
    let whole = whole();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut sections: Vec<Section> = Vec::new();
    let paths = whole.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let name = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default();
            let statuses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
            let asked = Asked {
                method: method.to_uppercase(),
                path: path.clone(),
                summary: text(operation, "summary"),
                about: text(operation, "description"),
                fields: fields(whole, operation),
                examples: body(whole, operation).map(examples).unwrap_or_default(),
                statuses: statuses.map(|(status, answer)| (status.clone(), text(answer, "description"))).collect(),
            };
            match sections.iter_mut().find(|section| section.name == name) {
                Some(section) => section.asked.push(asked),
                None => sections.push(Section { name: name.to_owned(), asked: vec![asked] }),
            }
        }
    }
    let version = whole.pointer("/info/version").and_then(Value::as_str).unwrap_or_default().to_owned();
    Html::of(&Reference { page, version, sections })
}

/// The examples of a schema, as people read them.
fn examples(schema: &Value) -> Vec<String> {
    let all = schema.get("examples").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| serde_json::to_string_pretty(one).ok()).collect()
}

/// What an operation takes: parameters, then the fields of its body.
fn fields(whole: &Value, operation: &Value) -> Vec<Field> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let mut all: Vec<Field> = parameters
        .map(|one| Field {
            name: text(one, "name"),
            place: text(one, "in"),
            is_needed: one.get("required").and_then(Value::as_bool).unwrap_or_default(),
            about: text(one, "description"),
        })
        .collect();
    let Some(body) = body(whole, operation) else { return all };
    let needed: Vec<&str> =
        body.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = body.get("properties").and_then(Value::as_object);
    all.extend(properties.into_iter().flatten().map(|(name, one)| Field {
        name: name.clone(),
        place: "body".to_owned(),
        is_needed: needed.contains(&name.as_str()),
        about: text(one, "description"),
    }));
    all
}
