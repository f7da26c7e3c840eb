//! A little service, and what programs use of it.

use std::path::PathBuf;
use std::sync::LazyLock;

use cargo_smithy_client::usage::{Program, Usage};
use serde_json::{Value, json};
use smithy_client_codegen::{Source, Vocabulary};

/// A structure of members of these targets.
fn structure(members: &[(&str, &str)]) -> Value {
    let members: serde_json::Map<String, Value> =
        members.iter().map(|(name, target)| ((*name).to_owned(), json!({"target": target}))).collect();
    json!({"type": "structure", "members": members})
}

/// An operation with errors and traits; its input and output are of its name.
fn operation(name: &str, errors: &[&str], traits: &Value) -> Value {
    let errors: Vec<Value> = errors.iter().map(|name| json!({"target": format!("shop#{name}")})).collect();
    json!({
        "type": "operation",
        "input": {"target": format!("shop#{name}Input")},
        "output": {"target": format!("shop#{name}Output")},
        "errors": errors,
        "traits": traits,
    })
}

/// The model: `CountStars` cannot be emitted.
fn model() -> Value {
    let text = "smithy.api#String";
    let mut shapes = json!({
        "shop#Shop": {
            "type": "service",
            "version": "1",
            "traits": {"smithy.protocols#rpcv2Cbor": {}, "aws.auth#sigv4": {"name": "shop"}},
        },
        "shop#AttributeValue": {"type": "union", "members": {"S": {"target": text}, "L": {"target": "shop#Attributes"}}},
        "shop#Attributes": {"type": "list", "member": {"target": "shop#AttributeValue"}},
        "shop#Select": {"type": "enum", "members": {"ALL": {}, "COUNT": {}}},
        "shop#Tag": structure(&[("Key", text), ("Value", "shop#AttributeValue")]),
        "shop#HTTPHeader": structure(&[("type", text)]),
        "shop#NotFoundException": structure(&[("message", text)]),
        "shop#LimitExceeded": structure(&[("Reasons", "shop#Reasons")]),
        "shop#Reason": structure(&[("Code", text)]),
        "shop#Reasons": {"type": "list", "member": {"target": "shop#Reason"}},
    });
    for error in ["NotFoundException", "LimitExceeded"] {
        shapes[format!("shop#{error}")]["traits"] = json!({"smithy.api#error": "client"});
    }
    let paginated = json!({"smithy.api#paginated": {"inputToken": "Token", "outputToken": "Token", "items": "Tags"}});
    let waitable = json!({"smithy.waiters#waitable": {"TableExists": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}}});
    shapes["shop#Tags"] = json!({"type": "list", "member": {"target": "shop#Tag"}});
    let operations = [
        ("GetItem", vec![("Key", text)], vec![("Item", "shop#AttributeValue")], vec!["NotFoundException"], json!({})),
        ("Query", vec![("Select", "shop#Select")], vec![("Header", "shop#HTTPHeader")], vec![], json!({})),
        (
            "ListTags",
            vec![("Token", text)],
            vec![("Token", text), ("Tags", "shop#Tags")],
            vec!["LimitExceeded"],
            paginated,
        ),
        ("DescribeTable", vec![("Name", text)], vec![("Tag", "shop#Tag")], vec!["NotFoundException"], waitable),
        ("Match", vec![], vec![], vec![], json!({})),
        ("CountStars", vec![("Count", "smithy.api#Document")], vec![], vec![], json!({})),
    ];
    let mut targets = Vec::new();
    for (name, input, output, errors, traits) in operations {
        shapes[format!("shop#{name}Input")] = structure(&input);
        shapes[format!("shop#{name}Output")] = structure(&output);
        shapes[format!("shop#{name}")] = operation(name, &errors, &traits);
        targets.push(json!({"target": format!("shop#{name}")}));
    }
    shapes["shop#Shop"]["operations"] = json!(targets);
    json!({"smithy": "2.0", "shapes": shapes})
}

/// The model of the service.
pub(crate) fn source() -> Source {
    Source { name: "shop.json".to_owned(), text: model().to_string() }
}

/// What programs may say of it.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::of(&[source()]).unwrap_or_else(|report| panic!("{report}")));
    &VOCABULARY
}

/// What a program of one source uses.
pub(crate) fn usage(text: &str) -> Usage {
    Usage::of(&program(text), vocabulary())
}

/// A program of one source.
pub(crate) fn program(text: &str) -> Program {
    Program::of([(PathBuf::from("src/main.rs"), text.to_owned())])
}

/// Operations, then types, then, in parentheses, what cannot be emitted; all by their names.
pub(crate) fn used(usage: &Usage) -> String {
    let operations = usage.operations.keys().cloned();
    let shapes = usage.shapes.keys().map(|id| id.trim_start_matches("shop#").to_owned());
    let left_out = usage.left_out.keys().map(|name| format!("({name})"));
    operations.chain(shapes).chain(left_out).collect::<Vec<_>>().join(" ")
}
