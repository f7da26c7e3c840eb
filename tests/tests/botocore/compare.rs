//! What makes two calls the same: two things are, by design, not said alike.

use serde_json::{Map, Value};
use tests::model::{Model, Operation};

/// What a call of ours is, its body as JSON.
pub(crate) fn seen(ours: &Value) -> Value {
    let mut seen = ours.clone();
    seen["body"] = document(&seen["body"]);
    seen
}

/// What a call of ours has to be, by one of botocore: structures have their defaults, in requests and in answers, but for
/// the input itself, whose caller alone says what is in it.
pub(crate) fn expected(model: &Model, operation: &Operation, theirs: &Value) -> Value {
    let mut expected = theirs.clone();
    expected["body"] = document(&expected["body"]);
    fill_zero_defaults(model, &operation.input, &mut expected["body"]);
    if let Some(output) = expected.get_mut("output") {
        fill_zero_defaults(model, &operation.output, output);
    }
    expected
}

fn document(body: &Value) -> Value {
    let text = body.as_str().unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|_| body.clone())
}

fn fill_zero_defaults(model: &Model, id: &str, value: &mut Value) {
    match value {
        Value::Object(members) if model.type_of(id) == "structure" => fill_members(model, id, members),
        Value::Array(elements) => {
            elements.iter_mut().for_each(|element| fill_zero_defaults(model, model.element(id), element));
        }
        _ => {}
    }
}

fn fill_members(model: &Model, id: &str, members: &mut Map<String, Value>) {
    for member in model.members(id) {
        match (members.get_mut(member.name), member.find_trait("default")) {
            (Some(value), _) => fill_zero_defaults(model, member.target, value),
            (None, Some(default)) if !model.is_input(id) => _ = members.insert(member.name.to_owned(), default.clone()),
            (None, _) => {}
        }
    }
}
