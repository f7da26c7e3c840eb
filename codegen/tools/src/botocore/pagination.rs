//! `paginators-1.json`: which operations answer in pages.
//!
//! Botocore lists an operation only if its model names the list of results; a Smithy model need not. What the file
//! leaves out is kept from the known AST, and a new operation with a `nextToken` in both directions is taken for
//! paginated, as it is everywhere at AWS.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::input::Fields;
use super::shape::Context;
use super::{BotocoreFiles, Converter, Texts, object};
use smithy_client_codegen::ast::node::{At, Findings, Node};
use smithy_client_codegen::ast::suggest::did_you_mean;

/// Keys of an entry.
const KEYS: [&str; 6] =
    ["input_token", "output_token", "limit_key", "result_key", "more_results", "non_aggregate_keys"];
/// Keys of an entry and of Smithy's trait, and whether the trait needs the key.
const PATHS: [(&str, &str, bool); 4] = [
    ("input_token", "inputToken", true),
    ("output_token", "outputToken", true),
    ("limit_key", "pageSize", false),
    (RESULT, "items", false),
];
/// The key of what botocore adds up over the pages.
const RESULT: &str = "result_key";
/// The name of the token by convention.
const TOKEN: &str = "nextToken";
/// The name of the page size by convention.
const SIZE: &str = "maxResults";

/// What the file says, by operation.
pub(super) struct Paginators<'a> {
    entries: BTreeMap<&'a str, Node<'a>>,
    /// Whether there is a file.
    given: bool,
}

impl<'a> Paginators<'a> {
    /// Reads the file, if there is one.
    pub(super) fn read(files: &'a BotocoreFiles, texts: &'a Texts, findings: &mut Findings) -> Self {
        let Some((source, value)) = files.paginators.as_ref().zip(texts.paginators.as_ref()) else {
            return Self { entries: BTreeMap::new(), given: false };
        };
        let root = Node::new(value, At::root(&source.name));
        let hint = "`pagination` maps operations to paginators";
        let Some(pagination) = root.field("pagination") else {
            findings.error(&root.at, "`pagination` is missing", "give the paginators-1.json of the service");
            return Self { entries: BTreeMap::new(), given: true };
        };
        let entries = pagination.fields(findings, hint).into_iter();
        let entries = entries.map(|(name, node)| (name.as_str(), Node::new(node.value, node.at.within_shape(name))));
        Self { entries: entries.collect(), given: true }
    }

    /// Warns of entries for operations that do not exist.
    pub(super) fn check(&self, operations: &[(&String, Node<'_>)], findings: &mut Findings) {
        for (name, node) in &self.entries {
            if !operations.iter().any(|(operation, _)| operation.as_str() == *name) {
                let hint =
                    did_you_mean(name, operations.iter().map(|(name, _)| name.as_str()), "is it of the same release?");
                findings.warning(
                    &node.at,
                    format!("operation {name} does not exist, so its paginator was left out"),
                    hint,
                );
            }
        }
    }

    /// The value of the trait for an operation that answers in pages.
    pub(super) fn of_operation(
        &self,
        name: &str,
        input: Option<&str>,
        output: Option<&str>,
        context: &Context<'_, '_>,
        converter: &mut Converter<'_>,
    ) -> Option<Value> {
        if let Some(entry) = self.entries.get(name) {
            let is_collection = |member: &str| output.is_some_and(|output| context.is_collection(output, member));
            return from_entry(entry, &is_collection, converter.findings);
        }
        let has = |side: Option<&str>, path: &str| {
            let first = path.split('.').next().unwrap_or(path);
            side.is_some_and(|structure| context.has_member(structure, first))
        };
        if converter.known.shape(name).is_some() {
            let mut known = converter.known.of_shape(name, "smithy.api#paginated")?.as_object()?.clone();
            if self.given {
                known.shift_remove("items");
            }
            let holds = |(key, path): (&String, &Value)| {
                let side = if matches!(key.as_str(), "inputToken" | "pageSize") { input } else { output };
                path.as_str().is_some_and(|path| has(side, path))
            };
            if !known.iter().all(holds) {
                return None;
            }
            converter.note("botocore does not list these paginated operations; the known pagination was kept", name);
            return Some(Value::Object(known));
        }
        if !has(input, TOKEN) || !has(output, TOKEN) {
            return None;
        }
        converter.note("these operations are taken for paginated, as they have a nextToken in both directions", name);
        let mut value = object([("inputToken", json!(TOKEN)), ("outputToken", json!(TOKEN))]);
        if has(input, SIZE) {
            value.insert("pageSize".to_owned(), json!(SIZE));
        }
        Some(Value::Object(value))
    }
}

/// The value of the trait from an entry; `None` if Smithy has no words for it. `is_collection` tells members of the output
/// that are lists or maps.
fn from_entry(entry: &Node<'_>, is_collection: &dyn Fn(&str) -> bool, findings: &mut Findings) -> Option<Value> {
    entry.check_keys(&KEYS, findings);
    let mut value = Map::new();
    for (key, smithy, needed) in PATHS {
        let field = entry.field(key);
        let path = field.as_ref().and_then(|field| match key {
            RESULT => items(field.value, is_collection),
            _ => path(field.value),
        });
        match (field, path) {
            (_, Some(path)) => {
                value.insert(smithy.to_owned(), json!(path));
            }
            (None, None) if !needed => {}
            (None, None) => {
                findings.error(
                    &entry.at,
                    format!("`{key}` is missing"),
                    "botocore always states it; is the file whole?",
                );
                return None;
            }
            (Some(field), None) => {
                let message = format!("Smithy's pagination has no words for this `{key}`, so it was left out");
                findings.warning(
                    &field.at,
                    message,
                    "the paginator gives whole pages; their lists are members of each",
                );
                if needed {
                    return None;
                }
            }
        }
    }
    Some(Value::Object(value))
}

/// The path of one member: names with dots between them.
fn path(value: &Value) -> Option<&str> {
    let path = match value {
        Value::Array(items) if items.len() == 1 => items[0].as_str()?,
        other => other.as_str()?,
    };
    path.split('.').all(smithy_client_codegen::ast::is_identifier).then_some(path)
}

/// The path of the items. Of several results that botocore adds up, counts and texts among them, it is the only one that
/// is a list or map.
fn items<'v>(value: &'v Value, is_collection: &dyn Fn(&str) -> bool) -> Option<&'v str> {
    let results = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut collections = results.iter().filter_map(path).filter(|path| is_collection(path));
    collections.next().filter(|_| collections.next().is_none())
}
