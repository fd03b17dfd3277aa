//! Names and numbers with their middles taken out.

/// A name: `김*수`, `김*`, `남**수`, `L** M**`.
pub(crate) fn masked_name(name: &str) -> String {
    name.split_whitespace().map(masked_word).collect::<Vec<_>>().join(" ")
}

fn masked_word(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    // Hangul syllables keep the last one, as is the custom; a word in letters only its first.
    let is_syllables = letters.iter().all(|letter| ('가'..='힣').contains(letter));
    match letters.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, middle @ .., last] if is_syllables && !middle.is_empty() => {
            format!("{first}{}{last}", "*".repeat(middle.len()))
        }
        [first, rest @ ..] => format!("{first}{}", "*".repeat(rest.len())),
    }
}

/// An employee's number: its first two characters, of a short one none.
pub(crate) fn masked_number(number: &str) -> String {
    let shown = if number.chars().count() > 4 { 2 } else { 0 };
    number.chars().enumerate().map(|(at, letter)| if at < shown { letter } else { '*' }).collect()
}

/// A value: as a number where it holds three digits or more, else as a name.
pub(crate) fn masked_value(value: &str) -> String {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if digits >= 3 { masked_number(value) } else { masked_name(value) }
}

/// Values by their names (a JSON object) with those masked that are personal: the names in `personal`, or all where it is `*`.
pub(crate) fn masked(values: &str, personal: &str) -> indexmap::IndexMap<String, serde_json::Value> {
    let mut values: indexmap::IndexMap<String, serde_json::Value> = serde_json::from_str(values).unwrap_or_default();
    for (name, value) in &mut values {
        if is_personal(name, personal) && !value.is_null() {
            *value = masked_value(&text(value)).into();
        }
    }
    values
}

/// A sentence in which the personal ones of `values` are masked.
pub(crate) fn masked_sentence(sentence: &str, values: &[&str], personal: &str) -> String {
    let mut sentence = sentence.to_owned();
    for values in values {
        let values: indexmap::IndexMap<String, serde_json::Value> = serde_json::from_str(values).unwrap_or_default();
        for (name, value) in values {
            let value = text(&value);
            // A single letter stands in every sentence.
            if is_personal(&name, personal) && value.chars().count() > 1 && value != "null" {
                sentence = sentence.replace(&value, &masked_value(&value));
            }
        }
    }
    sentence
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn is_personal(name: &str, personal: &str) -> bool {
    personal == "*" || personal.split_whitespace().any(|one| one == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_or_number_keeps_its_length_and_not_its_middle() {
        let names = ["김철수", "김수", "남궁철수", "Kim Cheolsu", "김", "", "이 영희"].map(masked_name);
        assert_eq!(names, ["김*수", "김*", "남**수", "K** C******", "*", "", "* 영*"]);
        assert_eq!(["20260012", "1234", "A-1", ""].map(masked_number), ["20******", "****", "***", ""]);
        let subject = r#"{"person": "홍길동", "account": "110-222-333", "nothing": null}"#;
        assert_eq!(crate::slices::values_text(&masked(subject, "*")), "홍*동 · 11*********");
    }
}
