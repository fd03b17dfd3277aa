//! Texts for people: both languages, a question, and no accusation.

use haechi_core::ids::TableName;
use haechi_core::words::{Language, Words};

use super::Findings;
use super::settings::line_of_key;
use crate::scenario::Scenario;
use crate::scenario::explain::{Part, known_particle, parts};

const FILE: &str = "scenario.toml";

/// Words that accuse, or judge before anyone has answered.
const ACCUSING_KO: [&str; 17] = [
    "부정", "횡령", "비리", "위반", "불법", "위법", "유용", "착복", "허위", "범인", "범죄", "사기", "편취", "은닉",
    "뇌물", "혐의", "적발",
];

/// Beginnings of words that accuse.
const ACCUSING_EN: [&str; 20] = [
    "fraud",
    "embezzl",
    "corrupt",
    "illegal",
    "unlawful",
    "violat",
    "abus",
    "guilt",
    "steal",
    "stole",
    "theft",
    "thief",
    "culprit",
    "crime",
    "criminal",
    "misappropriat",
    "brib",
    "launder",
    "suspect",
    "cheat",
];

pub(super) fn look(found: &mut Findings<'_>, scenario: &Scenario) {
    let texts = [("title", &scenario.title), ("explanation", &scenario.explanation), ("remedy", &scenario.remedy)];
    for (section, words) in texts {
        text(found, section, words);
    }
    for (name, parameter) in &scenario.parameters {
        languages(found, &format!("parameters.{name}"), "doc", &parameter.doc);
    }
    for (name, fact) in &scenario.facts {
        languages(found, &format!("facts.{name}"), "title", &fact.title);
    }
    explanation(found, scenario);
}

fn line(found: &Findings<'_>, section: &str, key: &str) -> u64 {
    line_of_key(found.folder.files.get(FILE).map(String::as_str).unwrap_or_default(), section, key)
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ')
}

/// The text without its placeholders, so that particles and names in them do not count.
fn prose(template: &str) -> String {
    parts(template).into_iter().filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None }).collect()
}

fn languages(found: &mut Findings<'_>, section: &str, key: &str, words: &Words) {
    if !prose(&words.ko).chars().any(is_hangul) {
        let what = format!("The Korean text of `{section}` has no Hangul.");
        found.add("korean-without-hangul", FILE, line(found, section, key), what, "Write it in Korean.");
    }
    if prose(&words.en).chars().any(is_hangul) {
        let what = format!("The English text of `{section}` has Hangul in it.");
        found.add("english-with-hangul", FILE, line(found, section, key), what, "Write it in English.");
    }
}

fn text(found: &mut Findings<'_>, section: &str, words: &Words) {
    languages(found, section, "ko", words);
    let (korean, english) = (prose(&words.ko), prose(&words.en).to_lowercase());
    let korean = ACCUSING_KO.iter().find(|word| korean.contains(**word)).map(|word| ("ko", *word));
    let english = english
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| ACCUSING_EN.iter().any(|stem| word.starts_with(stem)))
        .map(|word| ("en", word));
    for (tag, word) in [korean, english].into_iter().flatten() {
        let what = format!("`{section}` says `{word}`.");
        let help = "Say what was seen and ask; most findings have a good explanation.";
        found.add("accusing-word", FILE, line(found, section, tag), what, help);
    }
}

fn explanation(found: &mut Findings<'_>, scenario: &Scenario) {
    let known = |name: &str| {
        let mut columns = scenario.subject.iter().chain(&scenario.responsible_unit).chain(&scenario.responsible_person);
        columns.any(|column| column.as_str() == name)
            || scenario.facts.keys().any(|fact| fact.as_str() == name)
            || ["amount", "currency", "occurred_on"].contains(&name)
    };
    for language in [Language::Korean, Language::English] {
        let template = scenario.explanation.in_language(language);
        let at = line(found, "explanation", language.tag());
        if !template.trim_end().ends_with('?') {
            let what = format!("The explanation in `{language}` does not end as a question.");
            found.add("not-a-question", FILE, at, what, "End it with what the person is asked, and a question mark.");
        }
        let mut names_subject = false;
        for part in parts(template) {
            match part {
                Part::Text(_) => {}
                Part::Broken(bracket) => {
                    let what = format!("A `{bracket}` has no partner.");
                    found.add("placeholder-broken", FILE, at, what, "Write {name}.");
                }
                Part::Field { name, particle } => {
                    names_subject |= scenario.subject.iter().map(TableName::as_str).any(|column| column == name);
                    if !known(name) {
                        let what = format!("`{{{name}}}` is neither a subject column nor a fact.");
                        let help = "Name a subject column, a fact without `fact_`, amount, currency or occurred_on.";
                        found.add("placeholder-unknown", FILE, at, what, help);
                    }
                    let fits =
                        particle.is_none_or(|pair| language == Language::Korean && known_particle(pair).is_some());
                    if !fits {
                        let what = format!("`{}` is no particle here.", particle.unwrap_or_default());
                        let help = "Particles are 은/는, 이/가, 을/를, 과/와, 으로/로, in Korean text.";
                        found.add("particle-unknown", FILE, at, what, help);
                    }
                }
            }
        }
        if !names_subject {
            let what = format!("The explanation in `{language}` does not say what it is about.");
            found.add("placeholder-subject", FILE, at, what, "Name a subject column: {unit_code}.");
        }
    }
}
