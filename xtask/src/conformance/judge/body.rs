//! Bodies, compared by what they are: one way for each media type.

mod cbor;
mod form;
mod xml;

use serde_json::Value;

use super::Difference;

/// A way to compare two bodies, of which the first was made of these `params`: where they first differ, if they do.
type Comparison = fn(expected: &str, actual: &[u8], params: &Value) -> Option<Difference>;

/// Media types that are compared by what they mean, with the way. All others are compared by their bytes. A type with a
/// suffix, such as `application/problem+json`, is compared as the suffix says.
const BY_MEANING: [(&str, &str, Comparison); 4] = [
    ("application/json", "+json", json),
    ("application/xml", "+xml", |expected, actual, _| xml::difference(expected, actual)),
    ("application/cbor", "+cbor", |expected, actual, _| cbor::difference(expected, actual)),
    ("application/x-www-form-urlencoded", "+x-www-form-urlencoded", |expected, actual, _| {
        form::difference(expected, actual)
    }),
];

/// How bodies of a media type are compared.
fn comparison(media_type: Option<&str>) -> Comparison {
    let essence = media_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = BY_MEANING.iter().find(|(name, suffix, _)| essence == *name || essence.ends_with(suffix));
    known.map_or(|expected, actual, _| bytes(expected, actual), |(_, _, comparison)| *comparison)
}

/// Where a body first differs from the expected one, which was made of these `params`. An empty one is none, whatever it
/// would be.
pub(super) fn difference(
    expected: &str,
    media_type: Option<&str>,
    actual: &[u8],
    params: &Value,
) -> Option<Difference> {
    if expected.is_empty() || actual.is_empty() {
        return bytes(expected, actual);
    }
    comparison(media_type)(expected, actual, params)
}

fn shown(body: &[u8]) -> String {
    if body.is_empty() { "nothing".to_owned() } else { String::from_utf8_lossy(body).into_owned() }
}

fn bytes(expected: &str, actual: &[u8]) -> Option<Difference> {
    (expected.as_bytes() != actual).then(|| Difference::new("body", shown(expected.as_bytes()), shown(actual)))
}

/// JSON is compared by value: order of keys, blanks and the way numbers are written do not matter. A number without bounds
/// that is a text has more digits than the `params` have, which are doubles in every model: those are compared.
fn json(expected: &str, actual: &[u8], params: &Value) -> Option<Difference> {
    let read = |body: &[u8]| serde_json::from_slice::<Value>(body).ok();
    let (Some(expected_value), Some(actual_value)) = (read(expected.as_bytes()), read(actual)) else {
        return bytes(expected, actual);
    };
    first_difference(&expected_value, &actual_value, params, &mut String::from("body "))
}

fn first_difference(expected: &Value, actual: &Value, params: &Value, place: &mut String) -> Option<Difference> {
    let here = place.len();
    let mut below = |step: &str, expected: Option<&Value>, actual: Option<&Value>, params: &Value| {
        place.truncate(here);
        place.push('/');
        place.push_str(&step.replace('~', "~0").replace('/', "~1"));
        match (expected, actual) {
            (Some(expected), Some(actual)) => first_difference(expected, actual, params, place),
            (expected, actual) => {
                let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
                Some(Difference::new(place.as_str(), shown(expected), shown(actual)))
            }
        }
    };
    match (expected, actual) {
        (Value::Object(one), Value::Object(other)) => {
            let added = other.keys().filter(|key| !one.contains_key(*key));
            one.keys().chain(added).find_map(|key| below(key, one.get(key), other.get(key), &params[key]))
        }
        (Value::Array(one), Value::Array(other)) => {
            let longest = one.len().max(other.len());
            (0..longest).find_map(|index| below(&index.to_string(), one.get(index), other.get(index), &params[index]))
        }
        (Value::Number(one), Value::Number(other)) if one == other || one.as_f64() == other.as_f64() => None,
        (Value::String(one), Value::String(other)) if params.is_f64() && is_same(one, other) => None,
        _ if expected == actual => None,
        _ => Some(Difference::new(place.trim_end(), expected.to_string(), actual.to_string())),
    }
}

/// Whether two texts are numbers, and the same one as doubles.
fn is_same(one: &str, other: &str) -> bool {
    one.parse::<f64>().is_ok_and(|one| other.parse() == Ok(one))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::{Value, json};

    fn told(expected: &str, media_type: Option<&str>, actual: &str) -> String {
        told_of(&Value::Null, expected, media_type, actual)
    }

    fn told_of(params: &Value, expected: &str, media_type: Option<&str>, actual: &str) -> String {
        let found = difference(expected, media_type, actual.as_bytes(), params);
        found.map_or_else(String::new, |found| found.to_string())
    }

    #[test]
    fn numbers_as_text_are_compared_as_far_as_the_params_have_them() {
        let (json, params) = (Some("application/json"), json!({"a": [1.5], "b": "1.5", "c": 15}));
        let told = |expected, actual| told_of(&params, expected, json, actual);
        assert_eq!(told(r#"{"a":["1.5"]}"#, r#"{"a":["1.50000000000000000000001"]}"#), "");
        assert_eq!(told(r#"{"a":["1.5"]}"#, r#"{"a":["1.51"]}"#), r#"body /a/0: expected "1.5", got "1.51""#);
        assert_eq!(told(r#"{"a":["x"]}"#, r#"{"a":["y"]}"#), r#"body /a/0: expected "x", got "y""#);
        assert_eq!(told(r#"{"b":"1.5"}"#, r#"{"b":"1.50"}"#), r#"body /b: expected "1.5", got "1.50""#);
        assert_eq!(told(r#"{"c":"15"}"#, r#"{"c":"15.0"}"#), r#"body /c: expected "15", got "15.0""#);
    }

    #[test]
    fn json_is_compared_by_value() {
        let json = Some("application/json; charset=utf-8");
        assert_eq!(told(r#"{"a": 1, "b": [true, null]}"#, json, r#"{"b":[true,null],"a":1.0}"#), "");
        assert_eq!(told(r#"{"a/b": [1, 2]}"#, json, r#"{"a/b":[1,3]}"#), "body /a~1b/1: expected 2, got 3");
        assert_eq!(told(r#"{"a": 1}"#, json, r#"{"a":1,"b":null}"#), "body /b: expected nothing, got null");
        assert_eq!(told("[1]", json, "[]"), "body /0: expected 1, got nothing");
        assert_eq!(told("\"a\"", json, "\"b\""), r#"body: expected "a", got "b""#);
        assert_eq!(told("{}", json, "{"), "body: expected {}, got {");
        assert_eq!(told("{}", Some("application/problem+json"), "{ }"), "");
    }

    #[test]
    fn an_empty_body_is_none_whatever_it_would_be() {
        assert_eq!(told("", Some("application/json"), "{}"), "body: expected nothing, got {}");
        assert_eq!(told("{}", Some("application/json"), ""), "body: expected {}, got nothing");
        assert_eq!(told("", Some("application/json"), ""), "");
    }

    #[test]
    fn what_has_no_meaning_is_compared_by_its_bytes() {
        assert_eq!(told("{}", None, "{ }"), "body: expected {}, got { }");
        assert_eq!(told("a", Some("text/plain"), "a"), "");
    }

    #[test]
    fn forms_are_compared_by_their_pairs() {
        assert_eq!(told("a=1&b=2", Some("application/x-www-form-urlencoded"), "b=2&a=1"), "");
    }
}
