//! Whatever the text: a model or a report, never a panic.

use super::real::models;
use super::{ast, member, model, sources};
use crate::model::load::load;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Words that mean something to the generator, so that arbitrary JSON gets beyond the first check.
const WORDS: [&str; 24] = [
    "smithy",
    "2.0",
    "1.0",
    "shapes",
    "type",
    "apply",
    "structure",
    "service",
    "operation",
    "resource",
    "enum",
    "map",
    "members",
    "member",
    "target",
    "traits",
    "mixins",
    "a#S",
    "a#Op",
    "a#In",
    "a#In$b",
    "smithy.api#http",
    "smithy.api#Unit",
    "smithy.api#enum",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        word().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..6).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

/// Replaces the value that a walk along `path` ends at.
fn replace(value: &mut Value, path: &[usize], new: Value) {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return;
    };
    let child = match value {
        Value::Array(items) if !items.is_empty() => {
            let position = step % items.len();
            items.get_mut(position)
        }
        Value::Object(entries) if !entries.is_empty() => {
            let position = step % entries.len();
            entries.values_mut().nth(position)
        }
        _ => None,
    };
    match child {
        Some(child) => replace(child, rest, new),
        None => *value = new,
    }
}

/// A small model that uses much of what there is.
fn rich_model() -> Value {
    let text = model(json!({
        "a#In": {
            "type": "structure",
            "mixins": [{"target": "a#M"}],
            "members": {
                "id": {"target": "smithy.api#String", "traits": {"smithy.api#default": "x"}},
                "list": member("a#List"),
                "union": member("a#U"),
            },
        },
        "a#M": {"type": "structure", "traits": {"smithy.api#mixin": {}}, "members": {"m": member("a#E")}},
        "a#List": {"type": "list", "member": member("a#Map")},
        "a#Map": {"type": "map", "key": member("smithy.api#String"), "value": member("a#In")},
        "a#U": {"type": "union", "members": {"nothing": member("smithy.api#Unit")}},
        "a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}]}},
        "a#In$id": {"type": "apply", "traits": {"smithy.api#documentation": "Id."}},
    }));
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// Loads a text and says whether the answer is a proper one: a model, or a report with something in it.
fn answers(text: &str) -> bool {
    let named = sources(&[text.to_owned()]);
    load(&named, None).map_or_else(|report| !report.diagnostics.is_empty(), |_| true)
}

proptest! {
    #[test]
    fn arbitrary_text_is_answered(text in any::<String>()) {
        prop_assert!(answers(&text));
    }

    #[test]
    fn arbitrary_json_is_answered(shapes in arbitrary_json()) {
        prop_assert!(answers(&ast(shapes.clone())));
        prop_assert!(answers(&shapes.to_string()));
    }

    #[test]
    fn a_damaged_model_is_answered(
        path in prop::collection::vec(any::<usize>(), 1..8),
        new in arbitrary_json(),
    ) {
        let mut damaged = rich_model();
        replace(&mut damaged, &path, new);
        prop_assert!(answers(&damaged.to_string()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_damaged_real_model_is_answered(
        damages in prop::collection::vec(
            (prop::collection::vec(any::<usize>(), 2..9), arbitrary_json()),
            1..6,
        ),
    ) {
        for (_, text) in models("models/ivs-realtime").into_iter().take(1) {
            let mut damaged: Value = serde_json::from_str(&text).expect("the model is JSON");
            for (path, new) in &damages {
                replace(&mut damaged["shapes"], path, new.clone());
            }
            prop_assert!(answers(&damaged.to_string()));
        }
    }
}

#[test]
fn a_long_chain_of_mixins_and_resources_overflows_nothing() {
    let link = |kind: &str, from: &str, property: &str, number: usize| {
        let next = json!([{"target": format!("a#{from}{}", number + 1)}]);
        let mut shape = json!({"type": kind, "traits": {"smithy.api#mixin": {}}});
        shape[property] = next;
        (format!("a#{from}{number}"), shape)
    };
    let links = (0..10_000)
        .flat_map(|number| [link("structure", "M", "mixins", number), link("resource", "R", "resources", number)]);
    let mut shapes: serde_json::Map<String, Value> = links.collect();
    shapes.insert(
        "a#S".to_owned(),
        json!({
            "type": "service",
            "version": "1",
            "resources": [{"target": "a#R0"}],
            "traits": {"aws.protocols#restJson1": {}},
        }),
    );
    let said = super::say(&[ast(Value::Object(shapes))]);
    insta::assert_snapshot!(said, @r"
    error: target a#M10000 does not exist
      --> one.json: a#M9999 (/shapes/a#M9999/mixins/0/target)
      hint: did you mean a#M1000?

    error: target a#R10000 does not exist
      --> one.json: a#R9999 (/shapes/a#R9999/resources/0/target)
      hint: did you mean a#R1000?
    ");
}

#[test]
fn a_long_chain_or_circle_of_lists_is_told_once() {
    let lists = |count: usize, last: &str| {
        let target = |number: usize| match number {
            last_one if last_one == count => last.to_owned(),
            number => format!("a#L{number}"),
        };
        let list =
            |number: usize| (format!("a#L{number}"), json!({"type": "list", "member": member(&target(number + 1))}));
        let mut shapes: serde_json::Map<String, Value> = (0..count).map(list).collect();
        shapes.insert("a#In".to_owned(), json!({"type": "structure", "members": {"x": member("a#L0")}}));
        super::say_shapes(Value::Object(shapes))
    };
    insta::assert_snapshot!(lists(5_000, "smithy.api#String"), @r"
    error: more than 32 lists and maps stand within each other, from a#L4967 inwards
      --> one.json: a#L4967$member (/shapes/a#L4967/member/target)
      hint: put a structure in between, or leave some of them out
    ");
    assert_eq!(lists(5_000, "a#L0").matches("contains itself").count(), 1);
    assert_eq!(lists(32, "smithy.api#String"), "fine");
}
