//! `waiters-2.json`: loops over an operation until a resource is in some state.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::input::Fields;
use super::{BotocoreFiles, Converter, Texts, object};
use smithy_client_codegen::ast::node::{At, Findings, Node, describe};
use smithy_client_codegen::ast::suggest::did_you_mean;
use smithy_client_codegen::model::jmespath::Expression;

/// Keys of a waiter.
const KEYS: [&str; 9] =
    ["operation", "delay", "maxAttempts", "acceptors", "description", "documentation", "type", "deprecated", "name"];

/// Statuses of success.
const SUCCESS: std::ops::Range<u64> = 200..300;

/// The waiters of each operation.
pub(super) struct Waiters<'a> {
    by_operation: BTreeMap<&'a str, Vec<(&'a str, Node<'a>)>>,
}

impl<'a> Waiters<'a> {
    /// Reads the file, if there is one.
    pub(super) fn read(files: &'a BotocoreFiles, texts: &'a Texts, findings: &mut Findings) -> Self {
        let mut by_operation: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let source = files.waiters.as_ref().zip(texts.waiters.as_ref());
        let root = source.map(|(source, value)| Node::new(value, At::root(&source.name)));
        let Some(root) = root else {
            return Self { by_operation };
        };
        match root.field("waiters") {
            None => findings.error(&root.at, "`waiters` is missing", "give the waiters-2.json of the service"),
            Some(waiters) => {
                for (name, node) in waiters.fields(findings, "`waiters` maps names to waiters") {
                    if let Some(operation) = node.needed_text("operation", findings) {
                        let node = Node::new(node.value, node.at.within_shape(operation));
                        by_operation.entry(operation).or_default().push((name, node));
                    }
                }
            }
        }
        Self { by_operation }
    }

    /// Warns of waiters for operations that do not exist.
    pub(super) fn check(&self, operations: &[(&String, Node<'_>)], findings: &mut Findings) {
        for (operation, waiters) in &self.by_operation {
            if operations.iter().any(|(name, _)| name.as_str() == *operation) {
                continue;
            }
            for (_, node) in waiters {
                let hint = did_you_mean(
                    operation,
                    operations.iter().map(|(name, _)| name.as_str()),
                    "is it of the same release?",
                );
                let message = format!("operation {operation} does not exist, so its waiter was left out");
                findings.warning(&node.at.child("operation"), message, hint);
            }
        }
    }

    /// The value of the trait for an operation that has waiters; `answers` are those of the operation.
    pub(super) fn of_operation(
        &self,
        operation: &str,
        answers: &Answers<'_>,
        converter: &mut Converter<'_>,
    ) -> Option<Value> {
        let waiters = self.by_operation.get(operation)?;
        let converted = waiters.iter().filter_map(|(name, node)| {
            let waiter = waiter(name, node, answers, converter.findings)?;
            Some(((*name).to_owned(), waiter))
        });
        let converted: Map<String, Value> = converted.collect();
        (!converted.is_empty()).then_some(Value::Object(converted))
    }
}

/// What answers to an operation tell of errors. Botocore's waiters may look at the status, which Smithy's do not know.
pub(super) struct Answers<'a> {
    /// The errors of the operation, each with its status.
    pub(super) errors: Vec<(&'a str, u64)>,
    /// They have no body, so that a client knows an error by its status alone.
    pub(super) is_head: bool,
}

impl Answers<'_> {
    /// The names of the errors that come with a status.
    fn with_status(&self, status: u64) -> Vec<&str> {
        let named = self.errors.iter().filter(|(_, of_error)| *of_error == status).map(|(name, _)| *name);
        let bodiless = (self.is_head && status == NOT_FOUND).then_some("NotFound");
        let mut names: Vec<&str> = named.chain(bodiless).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The status that clients call `NotFound` where nothing else tells.
const NOT_FOUND: u64 = 404;

/// What to do without a waiter.
const WITHOUT: &str = "call the operation until it is done, or take a Smithy model of the service that has the waiter";

/// One waiter; `None` if Smithy has no words for it, or for all that would be a success.
fn waiter(name: &str, node: &Node<'_>, answers: &Answers<'_>, findings: &mut Findings) -> Option<Value> {
    node.check_keys(&KEYS, findings);
    let hint = "`acceptors` lists what ends the loop";
    let acceptors = node.field("acceptors").map(|field| field.items(findings, hint)).unwrap_or_default();
    let mut converted = Vec::new();
    for acceptor in &acceptors {
        let state = acceptor.needed_text("state", findings)?;
        if let Some(status) = error_status(acceptor) {
            let names = answers.with_status(status);
            if names.is_empty() {
                let message =
                    format!("no error of the operation has the status {status}, so this acceptor was left out");
                findings.warning(&acceptor.at, message, "Smithy knows errors by their names alone");
            }
            converted.extend(names.iter().map(|name| json!({ "state": state, "matcher": { "errorType": name } })));
            continue;
        }
        let Some(matcher) = matcher(acceptor, findings) else {
            let message = format!("Smithy has no words for this acceptor, so the waiter {name} was left out");
            findings.warning(&acceptor.at, message, WITHOUT);
            return None;
        };
        converted.push(json!({ "state": state, "matcher": matcher }));
    }
    // A waiter of Smithy has one: without it the service would be refused as a whole.
    if !converted.iter().any(|acceptor| acceptor["state"] == "success") {
        let message = format!("nothing that Smithy knows is a success of the waiter {name}, so it was left out");
        findings.warning(&node.at, message, WITHOUT);
        return None;
    }
    let mut waiter = object([("acceptors", Value::Array(converted))]);
    if let Some(delay) = node.value.get("delay") {
        waiter.insert("minDelay".to_owned(), delay.clone());
    }
    Some(Value::Object(waiter))
}

/// The status of an acceptor that looks at one which is no success.
fn error_status(acceptor: &Node<'_>) -> Option<u64> {
    let status = acceptor.value.get("expected")?.as_u64()?;
    (acceptor.value["matcher"] == "status" && !SUCCESS.contains(&status)).then_some(status)
}

/// The matcher of an acceptor; `None` if Smithy has no words for it.
fn matcher(acceptor: &Node<'_>, findings: &mut Findings) -> Option<Value> {
    acceptor.check_keys(&["matcher", "argument", "expected", "state"], findings);
    let kind = acceptor.needed_text("matcher", findings)?;
    let expected = acceptor.value.get("expected")?;
    let output = |comparator: &str| {
        let path = acceptor.value.get("argument")?.as_str()?;
        Expression::parse(path).ok()?;
        let expected = match expected {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(json!({ "output": { "path": path, "expected": expected, "comparator": comparator } }))
    };
    match (kind, expected) {
        // Of what is no list nothing is like all of it: it says no more than `path`.
        ("path" | "pathAll", Value::Bool(_)) => output("booleanEquals"),
        ("path", Value::String(_)) => output("stringEquals"),
        ("pathAll", Value::String(_)) => output("allStringEquals"),
        ("pathAny", Value::String(_)) => output("anyStringEquals"),
        ("status", status) if status.as_u64().is_some_and(|status| SUCCESS.contains(&status)) => {
            Some(json!({ "success": true }))
        }
        ("error", Value::String(error)) => Some(json!({ "errorType": error })),
        ("error", Value::Bool(failed)) => Some(json!({ "success": !failed })),
        ("path" | "pathAll" | "pathAny" | "status" | "error", _) => None,
        (other, _) => {
            let message = format!("matcher {other:?} expecting {} is not known", describe(expected));
            findings.error(&acceptor.at, message, "botocore knows path, pathAll, pathAny, status and error");
            None
        }
    }
}
