//! The question a finding asks, put together from the scenario's template.

use haechi_core::finding::Value;
use haechi_core::money::{Currency, Money, grouped};
use haechi_core::time::{Day, LocalTime};
use haechi_core::words::{Language, Words};
use indexmap::IndexMap;

use super::Scenario;

/// The particles a Korean template may leave to the last syllable before them: after a consonant, after a vowel.
pub const PARTICLES: [(&str, &str); 5] = [("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로")];

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// `{name}` or `{name:은/는}`.
    Field { name: &'a str, particle: Option<&'a str> },
    /// A bracket without its partner.
    Broken(&'a str),
}

/// Takes a template apart.
pub(super) fn parts(template: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        if open > 0 {
            found.push(Part::Text(&rest[..open]));
        }
        let inner = &rest[open + 1..];
        match inner.find(['{', '}']) {
            Some(end) if rest[open..].starts_with('{') && inner[end..].starts_with('}') => {
                let (name, particle) = match inner[..end].split_once(':') {
                    Some((name, particle)) => (name, Some(particle)),
                    None => (&inner[..end], None),
                };
                found.push(Part::Field { name, particle });
                rest = &inner[end + 1..];
            }
            _ => {
                found.push(Part::Broken(&rest[open..=open]));
                rest = inner;
            }
        }
    }
    if !rest.is_empty() {
        found.push(Part::Text(rest));
    }
    found
}

impl Scenario {
    /// The question in one language; `lookup` gives the text for each `{name}`, `None` where there is nothing.
    pub fn explain(&self, language: Language, lookup: impl Fn(&str) -> Option<String>) -> String {
        fill(self.explanation.in_language(language), language, lookup)
    }

    /// The question in both languages, for a finding of this scenario.
    ///
    /// Subject columns and facts are found under their own names, beside `amount`, `currency` and `occurred_on`. Whole
    /// numbers of a subject (a year, a code) stand as they are, those of a fact as its unit says.
    pub fn question(
        &self,
        subject: &IndexMap<String, Value>,
        facts: &IndexMap<String, Value>,
        occurred_on: Option<Day>,
        amount: Option<i64>,
        currency: Option<Currency>,
    ) -> Words {
        let lookup = |language: Language, name: &str| -> Option<String> {
            match name {
                "amount" => return Some(shown_money(amount?, currency)),
                "currency" => return Some(currency?.code().to_owned()),
                "occurred_on" => return Some(shown_day(occurred_on?, language)),
                _ => {}
            }
            if let Some(value) = subject.get(name) {
                return shown(value, None, None, language);
            }
            let unit = self.facts.iter().find(|(fact, _)| fact.as_str() == name)?.1.unit.as_deref();
            let value = facts.get(name).or_else(|| facts.get(&format!("fact_{name}")))?;
            shown(value, unit, currency, language)
        };
        Words::new(
            self.explain(Language::Korean, |name| lookup(Language::Korean, name)),
            self.explain(Language::English, |name| lookup(Language::English, name)),
        )
    }
}

/// Fills a template; see [`Scenario::explain`].
fn fill(template: &str, language: Language, lookup: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    for part in parts(template) {
        match part {
            Part::Text(text) | Part::Broken(text) => out.push_str(text),
            Part::Field { name, particle } => {
                let value = lookup(name).filter(|value| !value.is_empty());
                out.push_str(value.as_deref().unwrap_or_else(|| nothing(language)));
                if let Some(particle) = particle.and_then(known_particle) {
                    out.push_str(&chosen(&out, particle));
                }
            }
        }
    }
    out
}

/// What stands where a value is missing.
pub const fn nothing(language: Language) -> &'static str {
    match language {
        Language::Korean => "(없음)",
        Language::English => "(none)",
    }
}

/// A value for people: days and local times in the language's way; numbers by unit: none as they are, `money` with its
/// currency, every other with thousands separators. `None` for null.
pub fn shown(value: &Value, unit: Option<&str>, currency: Option<Currency>, language: Language) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(
            match (language, yes) {
                (Language::Korean, true) => "예",
                (Language::Korean, false) => "아니요",
                (Language::English, true) => "yes",
                (Language::English, false) => "no",
            }
            .to_owned(),
        ),
        Value::Int(number) => Some(match unit {
            None => number.to_string(),
            Some("money") => shown_money(*number, currency),
            Some(_) => grouped(*number),
        }),
        Value::Text(text) => Some(shown_text(text, language)),
    }
}

fn shown_money(amount: i64, currency: Option<Currency>) -> String {
    currency.map_or_else(|| grouped(amount), |currency| Money { amount, currency }.to_string())
}

/// `2026.11.22.` in Korean, `22 November 2026` in English.
pub fn shown_day(day: Day, language: Language) -> String {
    match language {
        Language::Korean => day.format("%Y.%m.%d.").to_string(),
        Language::English => day.format("%-d %B %Y").to_string(),
    }
}

fn shown_text(text: &str, language: Language) -> String {
    // Only what has exactly the wire form is a day or a local time; `2026-1` is some code.
    if text.len() == 10
        && let Ok(day) = Day::parse_from_str(text, "%Y-%m-%d")
    {
        return shown_day(day, language);
    }
    let moment = match text.len() {
        16 => LocalTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok(),
        19 => LocalTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok(),
        _ => None,
    };
    match (moment, language) {
        (Some(moment), Language::Korean) => moment.format("%Y.%m.%d. %H:%M").to_string(),
        (Some(moment), Language::English) => moment.format("%-d %B %Y, %H:%M").to_string(),
        (None, _) => text.to_owned(),
    }
}

/// The pair a template names as `은/는`.
pub(super) fn known_particle(text: &str) -> Option<(&'static str, &'static str)> {
    let (after_consonant, after_vowel) = text.split_once('/')?;
    PARTICLES.into_iter().find(|pair| *pair == (after_consonant, after_vowel))
}

/// How the last syllable before a particle ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Vowel,
    Rieul,
    Consonant,
}

fn chosen(before: &str, (after_consonant, after_vowel): (&str, &str)) -> String {
    match before.chars().rev().find(|c| c.is_alphanumeric()).and_then(ending) {
        Some(Ending::Vowel) => after_vowel.to_owned(),
        // 서울로, 1일로: this one particle takes its short form after ㄹ.
        Some(Ending::Rieul) if after_consonant == "으로" => after_vowel.to_owned(),
        Some(Ending::Rieul | Ending::Consonant) => after_consonant.to_owned(),
        None => format!("{after_consonant}({after_vowel})"),
    }
}

fn ending(c: char) -> Option<Ending> {
    Some(match c {
        '가'..='힣' => match (u32::from(c) - 0xAC00) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // Read one by one: 영 일 이 삼 사 오 육 칠 팔 구; tens, hundreds and so on end in a consonant as 영 does.
        '2' | '4' | '5' | '9' => Ending::Vowel,
        '1' | '7' | '8' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Consonant,
        // Letters by their Korean names: 엘 엠 엔 알; all others end in a vowel.
        'l' | 'L' | 'r' | 'R' => Ending::Rieul,
        'm' | 'M' | 'n' | 'N' => Ending::Consonant,
        'a'..='z' | 'A'..='Z' => Ending::Vowel,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fixture::scenario;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_question_names_the_place_the_day_and_the_money() {
        let subject = [("unit_code", text("D10")), ("place", text("한솔식당")), ("spent_on", text("2026-11-02"))];
        let subject = subject.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let facts = IndexMap::from([("payments".to_owned(), Value::Int(1200))]);
        let words = scenario().question(&subject, &facts, None, Some(580_000), Some(Currency::Krw));
        assert_eq!(
            words.ko,
            "D10에서 2026.11.02. 한솔식당에 1,200번, 모두 580,000원을 나누어 결제했습니다. 한 번의 자리였습니까?"
        );
        assert_eq!(
            words.en,
            "D10 paid 한솔식당 1,200 times on 2 November 2026, 580,000원 together. Was it one occasion?"
        );
    }

    #[test]
    fn what_is_missing_is_said_to_be_missing() {
        let words = scenario().question(&IndexMap::new(), &IndexMap::new(), None, None, None);
        assert!(words.ko.starts_with("(없음)에서 (없음) (없음)에 (없음)번"), "{}", words.ko);
        assert!(words.en.starts_with("(none) paid (none) (none) times"), "{}", words.en);
    }

    #[test]
    fn a_particle_follows_the_last_syllable() {
        let say = |value: &str, particle: &str| {
            fill(&format!("{{x:{particle}}}"), Language::Korean, |_| Some(value.to_owned()))
        };
        for (value, particle, said) in [
            ("식당", "은/는", "식당은"),
            ("카페", "은/는", "카페는"),
            ("12,000원", "을/를", "12,000원을"),
            ("3", "이/가", "3이"),
            ("2", "이/가", "2가"),
            ("서울", "으로/로", "서울로"),
            ("부산", "으로/로", "부산으로"),
            ("7", "으로/로", "7로"),
            ("KTX", "과/와", "KTX와"),
            ("동해 (무교동)", "이/가", "동해 (무교동)이"),
            ("2026.11.22.", "은/는", "2026.11.22.는"),
            ("…", "은/는", "…은(는)"),
            ("식당", "이든/든", "식당"),
        ] {
            assert_eq!(say(value, particle), said);
        }
    }

    #[test]
    fn days_times_numbers_and_answers_are_written_in_the_readers_way() {
        let both = |value: Value, unit: Option<&str>| {
            [Language::Korean, Language::English]
                .map(|language| shown(&value, unit, Some(Currency::Gbp), language).unwrap())
        };
        assert_eq!(both(text("2026-11-22T14:05"), None), ["2026.11.22. 14:05", "22 November 2026, 14:05"]);
        assert_eq!(both(text("2026-13-22"), None), ["2026-13-22"; 2]);
        assert_eq!(both(Value::Int(2026), None), ["2026"; 2]);
        assert_eq!(both(Value::Int(123_450), Some("money")), ["£1,234.50"; 2]);
        assert_eq!(both(Value::Bool(true), None), ["예", "yes"]);
        assert_eq!(shown(&Value::Null, None, None, Language::Korean), None);
    }

    #[test]
    fn a_bracket_without_its_partner_stays_as_it_is() {
        assert_eq!(fill("a { b } {x", Language::English, |_| None), "a (none) {x");
        assert_eq!(
            parts("} {a{b}"),
            [
                Part::Broken("}"),
                Part::Text(" "),
                Part::Broken("{"),
                Part::Text("a"),
                Part::Field { name: "b", particle: None },
            ]
        );
    }
}
