//! JSON text to a value, without losing anything: a key written twice is an error.
//!
//! `serde_json` alone keeps the last of two equal keys, so a shape defined twice in one file
//! would vanish without a word. It also knows line and column of what it cannot read, but not
//! within what that stands: here both are told, so that a person finds the shape.

use super::node::{At, Findings};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;

/// What `serde_json` says of text that is nested beyond its limit, which the crate does not tell otherwise.
const TOO_DEEP: &str = "recursion limit exceeded";
/// How many levels `serde_json` takes.
const LEVELS: usize = 127;
/// The start of the message on a key that stands twice.
const TWICE: &str = "the key ";
/// How many steps of the way to a mistake a message tells: enough for whatever stands in a trait.
const STEPS: usize = 12;
/// How much of a text that is no JSON a message shows.
const SHOWN: usize = 30;

/// Reads the text of a source, keeping the order of keys.
///
/// `root` is the whole of the source. Text that is not JSON, is nested too deeply, or has a key twice in one object is
/// reported, with line and column, and with the shape and the member where that can be known; then there is no value.
pub fn read(root: &At, text: &str, findings: &mut Findings) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    let (error, path) = match parse(text) {
        Ok(value) => return Some(value),
        Err(failure) => failure,
    };
    let at = place(root, &path);
    let (message, hint) = describe(&error, text.trim_start());
    findings.error(&at, message, hint);
    None
}

/// The value of a text that may be JSON; `None` where it is not, for whatever reason.
pub fn value(text: &str) -> Option<Value> {
    parse(text.trim_start_matches('\u{feff}')).ok()
}

/// What is wrong with a text, and what to do about it.
fn describe(error: &serde_json::Error, text: &str) -> (String, &'static str) {
    let said = error.to_string();
    let place = format!("line {} column {}", error.line(), error.column());
    if text.is_empty() {
        ("this is not valid JSON: it is empty".to_owned(), "give the file that was meant")
    } else if !text.starts_with(['{', '[']) {
        let start: String = text.chars().take(SHOWN).take_while(|c| *c != '\n').collect();
        (
            format!("this is not valid JSON: it begins with {start:?}"),
            "give a file that begins with {, as models in JSON do",
        )
    } else if error.classify() == Category::Eof {
        let message = format!("this is not valid JSON: it ends too early, at {place}");
        (message, "the file was probably cut off; get it again, or close what is still open")
    } else if said.starts_with(TOO_DEEP) {
        let message = format!("this JSON is nested more than {LEVELS} levels deep, at {place}");
        (message, "no model needs that; look for brackets that are not closed where they should be")
    } else if said.starts_with(TWICE) {
        (said, "remove one of the two, or give one another name")
    } else {
        (
            format!("this is not valid JSON: {said}"),
            "mend the text there or just before; often a comma or a quote is missing",
        )
    }
}

/// Where a path of keys and positions leads: within which shape and member.
fn place(root: &At, path: &[String]) -> At {
    let steps = path.iter().take(STEPS);
    let mut at = steps.fold(root.clone(), |at, step| at.child(step));
    let [shapes, id, rest @ ..] = path else {
        return at;
    };
    if shapes != "shapes" {
        return at;
    }
    at = at.within_shape(id);
    match rest {
        [members, name, ..] if members == "members" => at.within_member(name),
        [part, ..] if ["member", "key", "value"].contains(&part.as_str()) => at.within_member(part),
        _ => at,
    }
}

/// Parses JSON text; an error comes with the keys and positions on the way to where it was met, outermost first.
fn parse(text: &str) -> Result<Value, (serde_json::Error, Vec<String>)> {
    let path = RefCell::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict(&path).deserialize(&mut deserializer);
    let whole = value.and_then(|value| deserializer.end().map(|()| value));
    whole.map_err(|error| {
        let mut path = path.take();
        path.reverse();
        (error, path)
    })
}

/// Reads a value whose objects have no key twice. What is left after an error is the way to it, innermost first.
#[derive(Clone, Copy)]
struct Strict<'p>(&'p RefCell<Vec<String>>);

impl Strict<'_> {
    /// Notes a step of the way to an error.
    fn note<E>(self, step: impl ToString, error: E) -> E {
        self.0.borrow_mut().push(step.to_string());
        error
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Value, E> {
        Ok(Value::Bool(boolean))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self).map_err(|error| self.note(array.len(), error))? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                let error = A::Error::custom(format!("{TWICE}{key:?} stands twice in one object"));
                return Err(self.note(key, error));
            }
            let value = entries.next_value_seed(self).map_err(|error| self.note(&key, error))?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{LEVELS, parse};
    use serde_json::json;

    /// What is said of a text, and the way to where it is wrong.
    fn failure(text: &str) -> (String, String) {
        let (error, path) = parse(text).expect_err("the text is wrong");
        (error.to_string(), path.join("/"))
    }

    #[test]
    fn every_kind_of_value_survives_in_order() {
        let value = parse(r#"{"z": [null, true, -1, 18446744073709551615, 1.5, "é"], "a": {}}"#);
        let value = value.expect("the text is JSON");
        let keys: Vec<_> = value.as_object().into_iter().flat_map(|o| o.keys()).collect();
        assert_eq!(keys, ["z", "a"]);
        assert_eq!(value["z"], json!([null, true, -1, u64::MAX, 1.5, "é"]));
    }

    #[test]
    fn a_key_written_twice_is_an_error_with_its_place() {
        let (message, path) = failure("{\"a\": [0, {\"b\": 1,\n \"b\": 2}]}");
        assert_eq!(message, r#"the key "b" stands twice in one object at line 2 column 4"#);
        assert_eq!(path, "a/1/b");
    }

    #[test]
    fn text_behind_the_value_is_an_error() {
        assert_eq!(failure("{} {}"), ("trailing characters at line 1 column 4".to_owned(), String::new()));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let (message, path) = failure(&"[".repeat(100_000));
        assert_eq!(message, "recursion limit exceeded at line 1 column 128");
        assert_eq!(path.split('/').count(), LEVELS);
        let deepest = "[".repeat(LEVELS) + &"]".repeat(LEVELS);
        parse(&deepest).expect("that deep is well");
    }
}
