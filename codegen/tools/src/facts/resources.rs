//! Resources become the operations that they bind: a client calls operations and has no resources.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// Keys of a resource that bind one operation each.
const LIFECYCLE: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];

/// Keys that bind a list of operations.
const LISTS: [&str; 2] = ["operations", "collectionOperations"];

/// Binds the operations of every resource to the services that have it, and removes the resources.
pub(super) fn flatten(shapes: &mut BTreeMap<String, Value>) {
    let services: Vec<String> =
        shapes.iter().filter(|(_, shape)| shape["type"] == "service").map(|(id, _)| id.clone()).collect();
    for id in services {
        let mut found = BTreeSet::new();
        collect(&id, shapes, &mut found, &mut BTreeSet::new());
        if let Some(service) = shapes.get_mut(&id).and_then(Value::as_object_mut) {
            service.shift_remove("resources");
            // Upstream lists operations without regard to case, so that ListStages is before ListStageSessions.
            let mut found: Vec<String> = found.into_iter().collect();
            found.sort_by_key(|target| target.to_lowercase());
            let operations = found.into_iter().map(|target| json!({ "target": target })).collect();
            service.insert("operations".to_owned(), Value::Array(operations));
        }
    }
    shapes.retain(|_, shape| shape["type"] != "resource");
}

/// Adds the operations that a service or resource binds, by itself or through resources.
fn collect(id: &str, shapes: &BTreeMap<String, Value>, found: &mut BTreeSet<String>, seen: &mut BTreeSet<String>) {
    let Some(shape) = shapes.get(id).filter(|_| seen.insert(id.to_owned())) else { return };
    let target = |reference: &Value| reference.get("target")?.as_str().map(str::to_owned);
    found.extend(LIFECYCLE.iter().filter_map(|key| target(shape.get(key)?)));
    let listed = |key: &str| shape.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(target);
    found.extend(LISTS.iter().flat_map(|key| listed(key)));
    for resource in listed("resources").collect::<Vec<_>>() {
        collect(&resource, shapes, found, seen);
    }
}
