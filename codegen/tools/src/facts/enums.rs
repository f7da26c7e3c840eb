//! Strings with the `enum` trait of Smithy 1.0 become enums, so that one service has one text, and that documentation of
//! values finds them as members whatever upstream writes.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use smithy_client_codegen::ast::{UNIT, is_identifier};
use smithy_client_codegen::model::quirks::name_from_value;

/// The trait that makes a string an enum.
const ENUM: &str = "smithy.api#enum";

/// What ties a string to others: they are of one type, so it does not change alone.
const TIES: [&str; 2] = ["/mixins", "/traits/smithy.api#mixin"];

/// What a definition of the trait says of its value, and the trait that a member has for it.
const TOLD: [(&str, &str); 3] = [
    ("documentation", "smithy.api#documentation"),
    ("deprecated", "smithy.api#deprecated"),
    ("tags", "smithy.api#tags"),
];

/// Makes a shape an enum if it is one in the form of Smithy 1.0. One that is malformed stays, for the generator to report.
pub(super) fn modernize(shape: &mut Value) {
    let is_tied = TIES.iter().any(|tie| shape.pointer(tie).is_some());
    if shape["type"] != "string" || is_tied {
        return;
    }
    let definitions = shape.pointer(&format!("/traits/{ENUM}")).and_then(Value::as_array);
    let Some(members) = definitions.and_then(|definitions| members(definitions)) else { return };
    let Some(body) = shape.as_object_mut() else { return };
    let mut traits = body.shift_remove("traits").unwrap_or_default();
    if let Some(traits) = traits.as_object_mut() {
        traits.shift_remove(ENUM);
    }
    body.insert("type".to_owned(), json!("enum"));
    body.insert("members".to_owned(), Value::Object(members));
    body.insert("traits".to_owned(), traits);
}

/// The definitions as members, named as the generator names them; `None` if one is malformed or two have one name.
fn members(definitions: &[Value]) -> Option<Map<String, Value>> {
    let (mut taken, mut members) = (BTreeSet::new(), Map::new());
    for definition in definitions {
        let value = definition.get("value")?.as_str()?;
        let name = match definition.get("name").map(Value::as_str) {
            Some(None) => return None,
            Some(Some(name)) if is_identifier(name) => name.to_owned(),
            _ => name_from_value(value, &taken),
        };
        taken.insert(name.to_ascii_lowercase());
        let mut traits = json!({ "smithy.api#enumValue": value });
        for (key, id) in TOLD {
            match definition.get(key) {
                None | Some(Value::Bool(false)) => {}
                Some(Value::Bool(true)) => traits[id] = json!({}),
                Some(told) => traits[id] = told.clone(),
            }
        }
        let is_new = members.insert(name, json!({ "target": UNIT, "traits": traits })).is_none();
        if !is_new {
            return None;
        }
    }
    (!members.is_empty()).then_some(members)
}
