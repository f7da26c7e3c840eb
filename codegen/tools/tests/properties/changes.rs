//! One thing of a random model is changed: the comparison says what it was.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use smithy_client_tools::diff::{self, Difference, Fate};

use crate::choices::Choices;
use crate::service::{model, models};
use crate::shapes::id;
use crate::{cases, source};

/// How a change has to be told.
struct Told {
    /// What was done.
    what: &'static str,
    /// The member or value concerned, by any of these names; none for the shape as a whole.
    members: Vec<String>,
    /// Any of these.
    fates: Vec<Fate>,
}

/// A change of a model.
struct Edit {
    model: Value,
    shape: String,
    told: Told,
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
    let mut edited = model.clone();
    let kind = choices.below(8);
    if kind == 7 {
        let operations = edited["shapes"][&id("RandomService")]["operations"].as_array_mut()?;
        (operations.len() > 1).then_some(())?;
        let gone = operations.remove(choices.below(operations.len()));
        let told = Told { what: "remove an operation", members: Vec::new(), fates: vec![Fate::Removed] };
        return Some(Edit { model: edited, shape: gone["target"].as_str()?.to_owned(), told });
    }
    let kinds: &[&str] = if kind < 5 { &["structure"] } else { &["enum", "intEnum"] };
    let (shape, member) = some(&owners(model, kinds), choices)?;
    let members = edited["shapes"][&shape]["members"].as_object_mut()?;
    let told = match kind {
        0..=4 => edit_structure(kind, members, member),
        _ => edit_enum(kind, members, member),
    };
    Some(Edit { told: told?, model: edited, shape })
}

/// Changes a member of a structure, or adds one.
fn edit_structure(kind: usize, members: &mut Map<String, Value>, member: String) -> Option<Told> {
    let new = "newMember9".to_owned();
    let (what, members, fates) = match kind {
        0 => {
            let taken = members.remove(&member)?;
            members.insert(new.clone(), taken);
            ("rename a member", vec![member, new], vec![Fate::Added, Fate::Removed])
        }
        1 => {
            members.remove(&member)?;
            ("remove a member", vec![member], vec![Fate::Removed])
        }
        2 => {
            members.insert(new.clone(), json!({"target": "smithy.api#String"}));
            ("add a member", vec![new], vec![Fate::Added])
        }
        3 => {
            let is_flag = members[&member]["target"] == "smithy.api#Boolean";
            members[&member] = json!({"target": if is_flag { "smithy.api#String" } else { "smithy.api#Boolean" }});
            ("give a member another type", vec![member], vec![Fate::Changed])
        }
        _ => {
            let is_text = members[&member]["target"] == "smithy.api#String";
            let has_default = members[&member]["traits"].get("smithy.api#default").is_some();
            (is_text && !has_default).then_some(())?;
            members[&member]["traits"]["smithy.api#default"] = json!("new default");
            ("give a member a default", vec![member], vec![Fate::Changed, Fate::Added])
        }
    };
    Some(Told { what, members, fates })
}

/// Takes a value out of an enum, or adds one.
fn edit_enum(kind: usize, members: &mut Map<String, Value>, member: String) -> Option<Told> {
    if kind == 5 {
        (members.len() > 1).then_some(())?;
        let value = members.remove(&member)?["traits"]["smithy.api#enumValue"].take();
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return Some(Told { what: "remove a value", members: vec![member, text], fates: vec![Fate::Removed] });
    }
    let is_text = members[&member]["traits"]["smithy.api#enumValue"].is_string();
    let new = "NEW_VALUE_9".to_owned();
    let value = if is_text { json!(new) } else { json!(9_999) };
    let traits = json!({"smithy.api#enumValue": value});
    members.insert(new.clone(), json!({"target": "smithy.api#Unit", "traits": traits}));
    Some(Told { what: "add a value", members: vec![new, "9999".to_owned()], fates: vec![Fate::Added] })
}

fn some<T: Clone>(of: &[T], choices: &mut Choices) -> Option<T> {
    (!of.is_empty()).then(|| choices.pick(of).clone())
}

/// Whether an edit is told, by its shape and member.
fn is_told(edit: &Edit, found: &Difference) -> bool {
    let Told { members, fates, .. } = &edit.told;
    found.changes.iter().any(|change| {
        let names_member = || members.iter().any(|name| change.member.as_ref() == Some(name));
        let is_of_shape = change.shape.as_ref() == Some(&edit.shape);
        is_of_shape && fates.contains(&change.fate) && (members.is_empty() || names_member())
    })
}

/// Asserts that some change of a model is told; false where there is none to try.
fn check(model: &Value, seed: u64) -> bool {
    let Some(edit) = edit(model, &mut Choices::of_seed(seed)) else { return false };
    // What the change makes invalid is refused.
    let Ok(found) = diff::report(&[source(model)], &[source(&edit.model)], &[]) else { return false };
    let (what, shape, members) = (edit.told.what, &edit.shape, &edit.told.members);
    assert!(is_told(&edit, &found), "{what}: {shape} {members:?}: {:#?}", found.changes);
    let back = diff::report(&[source(&edit.model)], &[source(model)], &[]);
    assert!(back.is_ok_and(|back| !back.is_empty()), "{what}: {shape} {members:?} is not told the other way round");
    true
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_change_of_a_random_model_is_named(model in models(), seed in any::<u64>()) {
        check(&model.0, seed);
    }
}

#[test]
fn most_random_models_have_something_to_change() {
    let tried = (0..40).filter(|seed| check(&model(&mut Choices::of_seed(*seed)), *seed)).count();
    assert!(tried > 20, "{tried}");
}
