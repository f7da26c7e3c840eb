//! The request that the model demands for an input, and the response it demands for an output, worked out from traits alone.

use serde_json::{Map, Value};

use crate::model::{Binding, Model, Operation};
use crate::request::percent_encode;

/// What a request must be.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedRequest {
    /// The HTTP method.
    pub method: String,
    /// The path with its labels percent-encoded.
    pub path: String,
    /// The decoded query parameters, in the order of the input.
    pub query: Vec<(String, String)>,
    /// The JSON document; `None` where no member of the operation belongs into one: then there is no body at all.
    pub document: Option<Value>,
}

/// What a response must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptedOutput {
    /// The header-bound members.
    pub headers: Vec<(String, String)>,
    /// The JSON document.
    pub document: Value,
}

/// The request for `input`, an object keyed by member names. An absent idempotency token is filled with `token`.
///
/// Panics when `input` has a member that the model does not know.
pub fn request(model: &Model, operation: &Operation, input: &Value, token: &str) -> ExpectedRequest {
    let members = model.members(&operation.input);
    let mut path = operation.uri.clone();
    let mut query = Vec::new();
    let mut document = members.iter().any(|member| matches!(member.binding(), Binding::Document(_))).then(Map::new);
    refuse_unknown(model, &operation.input, input);
    for member in &members {
        let filled = member.find_trait("idempotencyToken").map(|_| Value::from(token));
        let Some(value) = input.get(member.name).cloned().or(filled) else { continue };
        match member.binding() {
            Binding::Label => path = path.replace(&format!("{{{}}}", member.name), &percent_encode(plain(&value))),
            Binding::Query(name) => query.extend(each(&value).map(|value| (name.to_owned(), plain(value).to_owned()))),
            Binding::Header(name) => {
                panic!("{} binds an input member to the header {name}: not foreseen", operation.name)
            }
            Binding::Document(name) => {
                let encoded = encode(model, member.target, &value);
                document.get_or_insert_default().insert(name.to_owned(), encoded);
            }
        }
    }
    ExpectedRequest { method: operation.method.clone(), path, query, document: document.map(Value::Object) }
}

/// The headers and document of a response that carries `output`, an object keyed by member names, for the structure `id`.
pub fn response(model: &Model, id: &str, output: &Value) -> ScriptedOutput {
    let mut headers = Vec::new();
    let mut document = Map::new();
    refuse_unknown(model, id, output);
    for member in model.members(id) {
        let Some(value) = output.get(member.name) else { continue };
        match member.binding() {
            Binding::Header(name) => headers.push((name.to_owned(), plain(value).to_owned())),
            Binding::Document(name) => _ = document.insert(name.to_owned(), encode(model, member.target, value)),
            other => panic!("{id} binds an output member to {other:?}: not foreseen"),
        }
    }
    ScriptedOutput { headers, document: Value::Object(document) }
}

/// The JSON of `value` for the structure `id`: every member under its name in the model, wherever it travels.
pub fn whole(model: &Model, id: &str, value: &Value) -> Value {
    refuse_unknown(model, id, value);
    let members = model.members(id).into_iter();
    members
        .filter_map(|member| Some((member.name.to_owned(), encode(model, member.target, value.get(member.name)?))))
        .collect()
}

/// What is to be shown of `value`, the JSON of the shape `id`, to those who did not ask for secrets.
pub fn redacted(model: &Model, id: &str, value: &Value) -> Value {
    match (model.type_of(id), value) {
        ("structure", Value::Object(entries)) => {
            let members = model.members(id);
            let entry = |(name, value): (&String, &Value)| {
                let value = match members.iter().find(|member| member.name == name) {
                    Some(member) if model.is_sensitive(member) => Value::from("*** Sensitive Data Redacted ***"),
                    Some(member) => redacted(model, member.target, value),
                    None => value.clone(),
                };
                (name.clone(), value)
            };
            entries.iter().map(entry).collect()
        }
        ("list", Value::Array(elements)) => {
            elements.iter().map(|element| redacted(model, model.element(id), element)).collect()
        }
        _ => value.clone(),
    }
}

/// An object without those of these members that are zero or false. The model has that as their default, so that it means
/// the same whether a client sends it, as Smithy asks, or leaves it out, as the official crate does.
pub fn without_zeros(object: &Value, members: &[&str]) -> Value {
    let Value::Object(entries) = object else { return object.clone() };
    let is_zero = |value: &Value| *value == 0 || *value == false;
    let kept = entries.iter().filter(|(name, value)| !members.contains(&name.as_str()) || !is_zero(value));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The wire form of `value` for the shape `id`: JSON names for members, timestamps as the shape's format says.
fn encode(model: &Model, id: &str, value: &Value) -> Value {
    match (model.type_of(id), value) {
        ("structure", Value::Object(_)) => response(model, id, value).document,
        ("list", Value::Array(elements)) => {
            elements.iter().map(|element| encode(model, model.element(id), element)).collect()
        }
        ("map", Value::Object(entries)) => {
            entries.iter().map(|(key, value)| (key.clone(), encode(model, model.element(id), value))).collect()
        }
        ("timestamp", Value::Number(seconds)) => {
            let format = model.shape(id)["traits"]["smithy.api#timestampFormat"].as_str();
            assert_eq!(format, Some("date-time"), "{id}: only date-time is foreseen");
            Value::from(date_time(seconds.as_i64().expect("whole seconds")))
        }
        _ => value.clone(),
    }
}

fn refuse_unknown(model: &Model, id: &str, value: &Value) {
    let members = model.members(id);
    for name in value.as_object().into_iter().flat_map(Map::keys) {
        assert!(members.iter().any(|member| member.name == name), "{id} has no member {name}");
    }
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter()
}

fn plain(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is bound to the path, query or a header but is no text"))
}

/// Seconds since the epoch as RFC 3339 text in UTC, by the civil calendar's 400-year cycle.
pub fn date_time(seconds: i64) -> String {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Years are counted from March, so that the leap day is the last of its year.
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
        "n#Op": {"type": "operation", "input": {"target": "n#In"}, "output": {"target": "n#In"},
                 "traits": {"smithy.api#http": {"method": "POST", "uri": "/things/{id}"}}},
        "n#In": {"type": "structure", "members": {
            "id": {"target": "n#S", "traits": {"smithy.api#httpLabel": {}}},
            "keys": {"target": "n#Ss", "traits": {"smithy.api#httpQuery": "key"}},
            "token": {"target": "n#S", "traits": {"smithy.api#idempotencyToken": {}}},
            "when": {"target": "n#T", "traits": {"smithy.api#jsonName": "at"}}}},
        "n#S": {"type": "string"},
        "n#Ss": {"type": "list", "member": {"target": "n#S"}},
        "n#T": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}}}}"#;

    #[test]
    fn members_go_where_their_traits_say() {
        let model = Model::parse(MODEL);
        let input = json!({"id": "a/b", "keys": ["x", "y z"], "when": 0});
        let request = request(&model, &model.operation("Op"), &input, "filled");
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/things/a%2Fb"));
        assert_eq!(request.query, [("key".to_owned(), "x".to_owned()), ("key".to_owned(), "y z".to_owned())]);
        assert_eq!(request.document, Some(json!({"token": "filled", "at": "1970-01-01T00:00:00Z"})));
    }

    #[test]
    fn only_zeros_of_the_members_that_are_named_are_left_out() {
        let object = json!({"gap": 0, "muted": false, "width": 0, "offset": 8});
        assert_eq!(without_zeros(&object, &["gap", "muted", "offset"]), json!({"width": 0, "offset": 8}));
    }

    #[test]
    fn dates_follow_the_calendar() {
        assert_eq!(date_time(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(date_time(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(date_time(1_709_251_200), "2024-03-01T00:00:00Z");
        assert_eq!(date_time(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    #[should_panic(expected = "n#In has no member other")]
    fn an_unknown_member_is_refused() {
        let model = Model::parse(MODEL);
        request(&model, &model.operation("Op"), &json!({"other": 1}), "filled");
    }
}
