//! The office's sentences: each slice's `words.ko.ftl` and `words.en.ftl`, joined.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use haechi_core::money::grouped;
use haechi_core::words::Language;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

use crate::slices;

/// The platform's files of words: Korean, English.
const WORDS: &[(&str, &str)] = &[
    (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    (include_str!("outbox/words.ko.ftl"), include_str!("outbox/words.en.ftl")),
    (include_str!("web/words.ko.ftl"), include_str!("web/words.en.ftl")),
    (include_str!("web/look_words.ko.ftl"), include_str!("web/look_words.en.ftl")),
    (include_str!("web/ui/words.ko.ftl"), include_str!("web/ui/words.en.ftl")),
    (include_str!("settings/words.ko.ftl"), include_str!("settings/words.en.ftl")),
    (include_str!("guides/words.ko.ftl"), include_str!("guides/words.en.ftl")),
    (include_str!("setup/words.ko.ftl"), include_str!("setup/words.en.ftl")),
    (include_str!("sign_in/words.ko.ftl"), include_str!("sign_in/words.en.ftl")),
    (include_str!("webhooks/words.ko.ftl"), include_str!("webhooks/words.en.ftl")),
    (include_str!("audit/words.ko.ftl"), include_str!("audit/words.en.ftl")),
    (include_str!("access/words.ko.ftl"), include_str!("access/words.en.ftl")),
    (include_str!("health/words.ko.ftl"), include_str!("health/words.en.ftl")),
    (include_str!("retention/words.ko.ftl"), include_str!("retention/words.en.ftl")),
];

/// Every file of words: the platform's, and those of the slices.
pub(crate) fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().copied().chain(slices::ALL.iter().map(|slice| slice.words))
}

static KOREAN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("ko", words().map(|words| words.0)));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", words().map(|words| words.1)));

fn bundle<'a>(tag: &str, sources: impl Iterator<Item = &'a str>) -> FluentBundle<FluentResource> {
    let tags: Vec<LanguageIdentifier> = tag.parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(tags);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(grouped(number.value as i64)),
        _ => None,
    }));
    for source in sources {
        // A message that does not parse is left out; a test sees to it that none is.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The message `id` in `language`, filled in. One that does not exist is its own id, so that a gap is seen.
pub fn say(language: Language, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
    let bundle = match language {
        Language::Korean => &*KOREAN,
        Language::English => &*ENGLISH,
    };
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(source: &str) -> BTreeSet<&str> {
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "does not parse");
        let named = source.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
        named.filter_map(|line| Some(line.split_once('=')?.0.trim())).collect()
    }

    #[test]
    fn both_languages_have_the_same_messages_each_once() {
        let mut seen = BTreeSet::new();
        for (korean, english) in words() {
            assert_eq!(ids(korean), ids(english));
            for id in ids(korean) {
                assert!(seen.insert(id), "`{id}` is there twice");
            }
        }
    }
}
