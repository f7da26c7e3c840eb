//! What a repository keeps of an upstream model: its facts, in one form whatever they came in.
//!
//! [`of`] merges sources into one Smithy JSON AST without a sentence of anybody's: documentation, examples, endpoint
//! tests and the texts of deprecations stay out, as do traits that speak to servers, consoles and other tools. Resources
//! become the operations that they bind, and strings with the `enum` trait of Smithy 1.0 enums. Shapes stand in the order of their ids, traits too, members in their own order,
//! so that the same service gives the same text, be it from Smithy or through [`botocore`](crate::botocore).
//!
//! [`pruned`] is the other half: the repository's own documentation without what no longer has a place.

mod enums;
mod resources;
mod strip;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use smithy_client_codegen::Source;
use smithy_client_codegen::ast::json;
use smithy_client_codegen::ast::node::{At, Findings};
use smithy_client_codegen::report::Report;

/// Parts of a shape that have traits of their own, beside its members.
const PARTS: [&str; 3] = ["member", "key", "value"];

/// The facts of a model, and what was left out to get them.
#[derive(Clone, Debug)]
pub struct Facts {
    /// A Smithy JSON AST.
    pub ast: Value,
    /// How often each trait was left out, by its id.
    pub left_out: BTreeMap<String, usize>,
}

/// The facts of the model that these sources make up.
///
/// The result is not checked as a model: give it to [`generate`](smithy_client_codegen::generate) for that.
///
/// # Errors
///
/// Every source that is no JSON or no Smithy AST, and every shape that two sources define differently.
pub fn of(sources: &[Source]) -> Result<Facts, Report> {
    let mut findings = Findings::default();
    let mut gathered = Gathered::default();
    for source in sources {
        if let Some(value) = parse(source, &mut findings) {
            gathered.add(value, &At::root(&source.name), &mut findings);
        }
    }
    findings.into_result()?;
    let Gathered { version, mut shapes, applied } = gathered;
    // Statements on values of an old enum find them as members, so it has to be complete before.
    let (to_members, to_shapes): (Vec<_>, Vec<_>) = applied.into_iter().partition(|(id, _)| id.contains('$'));
    for (id, traits) in to_shapes {
        apply(&mut shapes, &id, traits);
    }
    shapes.values_mut().for_each(enums::modernize);
    for (id, traits) in to_members {
        apply(&mut shapes, &id, traits);
    }
    resources::flatten(&mut shapes);
    let mut left_out = BTreeMap::new();
    let shapes: Map<String, Value> =
        shapes.into_iter().map(|(id, shape)| (id, strip::shape(shape, &mut left_out))).collect();
    Ok(Facts { ast: json!({ "smithy": version, "shapes": shapes }), left_out })
}

/// Text to JSON; reports what is none.
pub(crate) fn parse(source: &Source, findings: &mut Findings) -> Option<Value> {
    json::read(&At::root(&source.name), &source.text, findings)
}

/// What the sources hold together.
struct Gathered {
    /// The version of Smithy that the source with the service is written in.
    version: Value,
    shapes: BTreeMap<String, Value>,
    /// Traits that `apply` statements add, by shape or member id, in the order of the sources.
    applied: Vec<(String, Map<String, Value>)>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self { version: json!("2.0"), shapes: BTreeMap::new(), applied: Vec::new() }
    }
}

impl Gathered {
    /// Adds a source; reports what is no Smithy AST, and shapes that are there already and differ.
    fn add(&mut self, mut source: Value, at: &At, findings: &mut Findings) {
        let shapes = source.get_mut("shapes").map(Value::take);
        let (Some(version), Some(Value::Object(shapes))) = (source.get("smithy"), shapes) else {
            let hint = "give a Smithy JSON AST: an object with `smithy` and `shapes`";
            findings.error(at, "this is no Smithy model: `smithy` or `shapes` is missing", hint);
            return;
        };
        for (id, mut shape) in shapes {
            match shape.get("type").and_then(Value::as_str) {
                Some("apply") => {
                    let traits = match shape.get_mut("traits").map(Value::take) {
                        Some(Value::Object(traits)) => traits,
                        _ => Map::new(),
                    };
                    self.applied.push((id, traits));
                    continue;
                }
                Some("service") => self.version = version.clone(),
                _ => {}
            }
            if self.shapes.get(&id).is_some_and(|present| *present != shape) {
                let place = at.child("shapes").child(&id).within_shape(&id);
                let hint = "keep one definition and add to it with `apply`";
                findings.error(&place, format!("{id} is defined differently in another source"), hint);
            }
            self.shapes.insert(id, shape);
        }
    }
}

/// Gives the shape or member its applied traits; arrays are joined, and what has no place is left for the generator to
/// report.
fn apply(shapes: &mut BTreeMap<String, Value>, id: &str, traits: Map<String, Value>) {
    let (shape, member) = id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)));
    let place = shapes.get_mut(shape).and_then(|shape| match member {
        None => Some(shape),
        Some(member) if shape.get("members").and_then(|members| members.get(member)).is_some() => {
            shape.get_mut("members")?.get_mut(member)
        }
        Some(member) => shape.get_mut(member).filter(|part| PARTS.contains(&member) && part.is_object()),
    });
    let Some(place) = place.and_then(Value::as_object_mut) else {
        shapes.insert(id.to_owned(), json!({ "type": "apply", "traits": traits }));
        return;
    };
    let present = place.entry("traits").or_insert_with(|| json!({}));
    for (key, value) in traits {
        match (present.get_mut(&key), value) {
            (Some(Value::Array(items)), Value::Array(more)) => items.extend(more),
            (_, value) => present[key] = value,
        }
    }
}

/// Documentation, a JSON AST of `apply` statements, without those on shapes and members that the facts do not have; and
/// the ids of these, in their order.
///
/// Members that a shape has from mixins, and the values of enums in the form of Smithy 1.0, count as there.
pub fn pruned(documentation: &Value, facts: &Value) -> (Value, Vec<String>) {
    let mut pruned = documentation.clone();
    let mut gone = Vec::new();
    let empty = Map::new();
    let shapes = facts.get("shapes").and_then(Value::as_object).unwrap_or(&empty);
    if let Some(statements) = pruned.get_mut("shapes").and_then(Value::as_object_mut) {
        statements.retain(|id, statement| {
            let stays = statement["type"] != "apply" || has(shapes, id);
            if !stays {
                gone.push(id.clone());
            }
            stays
        });
    }
    (pruned, gone)
}

/// Whether there is such a shape or member.
fn has(shapes: &Map<String, Value>, id: &str) -> bool {
    let (shape, member) = id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)));
    let Some(found) = shapes.get(shape) else { return false };
    let Some(member) = member else { return true };
    let own = found.get("members").is_some_and(|members| members.get(member).is_some());
    own || (PARTS.contains(&member) && found.get(member).is_some())
        || found.get("mixins").is_some()
        || found.pointer("/traits/smithy.api#enum").is_some()
}
