//! `smithy.api#examples`: calls with their answers, made for people to read.
//!
//! Nothing of a client depends on them, so that one that is not as Smithy has
//! them is a warning, and left out. Those that show an error are left out, too.

use serde_json::{Map, Value};

use super::Example;
use super::traits::id;
use crate::ast::Traits;
use crate::ast::node::{Findings, Node, describe};

/// The examples of an operation that succeed, in the order of the model.
pub(crate) fn examples(traits: &Traits, findings: &mut Findings) -> Vec<Example> {
    let Some(found) = traits.get(id::EXAMPLES) else {
        return Vec::new();
    };
    let node = found.node();
    let Some(values) = node.value.as_array() else {
        odd(&node, "a list of examples", findings);
        return Vec::new();
    };
    let items = values.iter().enumerate().map(|(index, value)| Node::new(value, node.at.child(&index.to_string())));
    items.filter_map(|item| example(&item, findings)).collect()
}

fn example(node: &Node<'_>, findings: &mut Findings) -> Option<Example> {
    if node.value.get("error").is_some() {
        return None;
    }
    let title = node.value.get("title").and_then(Value::as_str);
    let (input, output) = (object(node, "input", findings), object(node, "output", findings));
    let Some(title) = title else {
        odd(node, "an object with a `title`", findings);
        return None;
    };
    let documentation = node.value.get("documentation").and_then(Value::as_str).map(str::to_owned);
    Some(Example { title: title.to_owned(), documentation, input: input?, output: output? })
}

/// The object under a key, empty where there is none; reports anything else and gives `None`.
fn object(node: &Node<'_>, key: &str, findings: &mut Findings) -> Option<Map<String, Value>> {
    let Some(field) = node.field(key) else {
        return Some(Map::new());
    };
    let object = field.value.as_object().cloned();
    if object.is_none() {
        odd(&field, "an object", findings);
    }
    object
}

fn odd(node: &Node<'_>, wanted: &str, findings: &mut Findings) {
    let message = format!("trait {} takes {wanted} here, not {}", id::EXAMPLES, describe(node.value));
    findings.warning(&node.at, message, "the example is left out of the documentation");
}
