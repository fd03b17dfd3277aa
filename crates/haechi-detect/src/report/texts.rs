//! The report's sentences, from `words.ko.ftl` and `words.en.ftl`.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use haechi_core::money::grouped;
use haechi_core::words::Language;
use unic_langid::LanguageIdentifier;

/// The messages in Korean.
pub(super) const KOREAN: &str = include_str!("words.ko.ftl");
/// The messages in English.
pub(super) const ENGLISH: &str = include_str!("words.en.ftl");

/// The sentences in one language.
pub(super) struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The sentences in `language`. A message that does not parse is left out; a test sees to it that none is.
    pub(super) fn of(language: Language) -> Self {
        let (source, tag) = match language {
            Language::Korean => (KOREAN, "ko"),
            Language::English => (ENGLISH, "en"),
        };
        let tags: Vec<LanguageIdentifier> = tag.parse().into_iter().collect();
        let mut bundle = FluentBundle::new(tags);
        // Marks around what is filled in would show up in searches and copies of the report.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(grouped(number.value as i64)),
            _ => None,
        }));
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// The message `id`.
    pub(super) fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The message `id` about `count` of something.
    pub(super) fn count(&self, id: &str, count: u64) -> String {
        self.with(id, &[("count", count.into())])
    }

    /// The message `id` about `what`.
    pub(super) fn what(&self, id: &str, what: &str) -> String {
        self.with(id, &[("what", what.into())])
    }

    /// The message `id`, filled in. A message that does not exist is its own id, so that a gap is seen.
    pub(super) fn with(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}
