//! One thing of a random model is changed: the comparison says what it was.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use smithy_client_codegen::diff::{self, Difference, Fate};

use crate::choices::Choices;
use crate::service::{Model, models};
use crate::shapes::id;
use crate::{cases, source};

/// A change of a model, and how it has to be told.
struct Edit {
    /// What was done.
    what: &'static str,
    model: Value,
    shape: String,
    /// The member or value concerned; any of these names.
    members: Vec<String>,
    fates: Vec<Fate>,
}

/// Ids of the shapes that the operations of a model reach, operations included.
fn reached(model: &Value) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut queue = vec![id("RandomService")];
    while let Some(id) = queue.pop() {
        let shape = &model["shapes"][&id];
        if !shape.is_object() || !found.insert(id) {
            continue;
        }
        let mut waiting = vec![shape];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items),
                Value::Object(fields) => {
                    queue.extend(fields.get("target").and_then(Value::as_str).map(str::to_owned));
                    waiting.extend(fields.iter().filter(|(key, _)| *key != "traits").map(|(_, value)| value));
                }
                _ => {}
            }
        }
    }
    found.into_iter().collect()
}

/// Shapes of a type, each with those of its members that nothing else of the model names.
fn owners(model: &Value, kinds: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for id in reached(model) {
        let shape = &model["shapes"][&id];
        if kinds.iter().any(|kind| shape["type"] == **kind) {
            let members = shape["members"].as_object().into_iter().flatten();
            // Names that end in 0 stand in routes, pages and host names.
            let free = members.filter(|(name, _)| !name.ends_with('0')).map(|(name, _)| (id.clone(), name.clone()));
            found.extend(free);
        }
    }
    found
}

/// Some change of a model; `None` where it has nothing to change in that way.
fn edit(model: &Value, choices: &mut Choices) -> Option<Edit> {
    let kind = choices.below(8);
    let of_structures = owners(model, &["structure"]);
    let of_enums = owners(model, &["enum", "intEnum"]);
    let (shape, member) = match kind {
        0..=4 => some(&of_structures, choices)?,
        5 | 6 => some(&of_enums, choices)?,
        _ => {
            let operations: Vec<Value> = model["shapes"][&id("RandomService")]["operations"].as_array()?.clone();
            let operation = some(&operations, choices)?;
            (operation["target"].as_str()?.to_owned(), String::new())
        }
    };
    let mut edited = model.clone();
    let members = edited["shapes"][&shape]["members"].as_object_mut();
    let (what, members, fates) = match (kind, members) {
        (0, Some(members)) => {
            let taken = members.remove(&member)?;
            members.insert("renamedMember9".to_owned(), taken);
            ("rename a member", vec![member, "renamedMember9".to_owned()], vec![Fate::Added, Fate::Removed])
        }
        (1, Some(members)) => {
            members.remove(&member)?;
            ("remove a member", vec![member], vec![Fate::Removed])
        }
        (2, Some(members)) => {
            members.insert("newMember9".to_owned(), json!({"target": "smithy.api#String"}));
            ("add a member", vec!["newMember9".to_owned()], vec![Fate::Added])
        }
        (3, Some(members)) => {
            let old = members[&member]["target"].clone();
            let new = if old == "smithy.api#Boolean" { "smithy.api#String" } else { "smithy.api#Boolean" };
            members[&member] = json!({"target": new});
            ("give a member another type", vec![member], vec![Fate::Changed])
        }
        (4, Some(members)) => {
            let is_text = members[&member]["target"] == "smithy.api#String";
            members[&member]["traits"].as_object()?.get("smithy.api#default").is_none().then_some(())?;
            members[&member]["traits"]["smithy.api#default"] = if is_text { json!("new default") } else { Value::Null };
            is_text.then_some(())?;
            ("give a member a default", vec![member], vec![Fate::Changed, Fate::Added])
        }
        (5, Some(members)) => {
            (members.len() > 1).then_some(())?;
            let gone = members.remove(&member)?;
            let value = gone["traits"]["smithy.api#enumValue"].clone();
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            ("remove a value", vec![member, text], vec![Fate::Removed])
        }
        (6, Some(members)) => {
            let is_text = members[&member]["traits"]["smithy.api#enumValue"].is_string();
            let value = if is_text { json!("NEW_VALUE_9") } else { json!(9_999) };
            let traits = json!({"smithy.api#enumValue": value});
            members.insert("NEW_VALUE_9".to_owned(), json!({"target": "smithy.api#Unit", "traits": traits}));
            ("add a value", vec!["NEW_VALUE_9".to_owned(), "9999".to_owned()], vec![Fate::Added])
        }
        _ => {
            let operations = edited["shapes"][&id("RandomService")]["operations"].as_array_mut()?;
            (operations.len() > 1).then_some(())?;
            operations.retain(|operation| operation["target"] != *shape);
            ("remove an operation", Vec::new(), vec![Fate::Removed])
        }
    };
    Some(Edit { what, model: edited, shape, members, fates })
}

fn some<T: Clone>(of: &[T], choices: &mut Choices) -> Option<T> {
    (!of.is_empty()).then(|| choices.pick(of).clone())
}

/// Whether an edit is told, by its shape and member.
fn is_told(edit: &Edit, found: &Difference) -> bool {
    found.changes.iter().any(|change| {
        let member = change.member.as_deref();
        change.shape.as_ref() == Some(&edit.shape)
            && edit.fates.contains(&change.fate)
            && (edit.members.is_empty() || edit.members.iter().any(|name| member == Some(name)))
    })
}

fn check(Model(model): &Model, seed: u64) {
    let Some(edit) = edit(model, &mut Choices::of_seed(seed)) else { return };
    // What the change makes invalid is refused.
    let Ok(found) = diff::report(&[source(model)], &[source(&edit.model)], &[]) else { return };
    let Edit { what, shape, members, .. } = &edit;
    assert!(is_told(&edit, &found), "{what}: {shape} {members:?}: {:#?}", found.changes);
    let Ok(back) = diff::report(&[source(&edit.model)], &[source(model)], &[]) else { return };
    assert!(!back.is_empty(), "{what}: {shape} {members:?} is not told the other way round");
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_change_of_a_random_model_is_named(model in models(), seed in any::<u64>()) {
        check(&model, seed);
    }
}
