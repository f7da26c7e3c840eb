//! Waiters: `smithy.waiters#waitable`, calls that are repeated until something has come about.

use super::jmespath::Expression;
use super::traits::{self, id};
use super::{Acceptor, Expectation, Matcher, State, Waiter};
use crate::ast::Traits;
use crate::ast::node::{Findings, Node};

/// Least and most seconds between calls where the model does not say.
const DELAYS: (u16, u16) = (2, 120);

/// The waiters of an operation, in the order of the model.
pub(crate) fn waiters(of_operation: &Traits, findings: &mut Findings) -> Vec<Waiter> {
    let Some(found) = of_operation.get(id::WAITABLE) else { return Vec::new() };
    let waiters = found.node().fields(findings, "write {\"ThingExists\": {\"acceptors\": [..]}}");
    waiters.into_iter().filter_map(|(name, node)| waiter(name, &node, findings)).collect()
}

fn waiter(name: &str, node: &Node<'_>, findings: &mut Findings) -> Option<Waiter> {
    if !crate::ast::is_identifier(name) {
        findings.error(&node.at, format!("{name:?} cannot be the name of a waiter"), "use letters and digits");
        return None;
    }
    let hint =
        "`acceptors` lists what ends the waiting, such as {\"state\": \"success\", \"matcher\": {\"success\": true}}";
    let Some(field) = node.field("acceptors") else {
        findings.error(&node.at, format!("the waiter {name} has no `acceptors`"), hint);
        return None;
    };
    let items = field.items(findings, hint);
    let acceptors: Vec<_> = items.iter().filter_map(|item| acceptor(item, findings)).collect();
    if items.len() == acceptors.len() && !acceptors.iter().any(|acceptor| acceptor.state == State::Success) {
        findings.error(&field.at, format!("the waiter {name} can never succeed"), hint);
    }
    let mut delay = |key: &str, default: u16| {
        let delay = node.field(key).and_then(|delay| traits::bounded(&delay, id::WAITABLE, 1..=u16::MAX, findings));
        delay.unwrap_or(default)
    };
    let (min_delay, max_delay) = (delay("minDelay", DELAYS.0), delay("maxDelay", DELAYS.1));
    let documentation = traits::text_field(node, "documentation", findings);
    // Of a service whose shortest delay is longer than the usual longest, all delays are that.
    Some(Waiter { name: name.to_owned(), documentation, min_delay, max_delay: max_delay.max(min_delay), acceptors })
}

fn acceptor(node: &Node<'_>, findings: &mut Findings) -> Option<Acceptor> {
    let state = traits::needed_text(node, id::WAITABLE, "state", findings)?;
    let state = match state.as_str() {
        "success" => State::Success,
        "failure" => State::Failure,
        "retry" => State::Retry,
        _ => {
            let at = node.at.child("state");
            findings.error(&at, format!("{state:?} is no state of a waiter"), "write success, failure or retry");
            return None;
        }
    };
    let hint = "a matcher is one of `success`, `errorType`, `output` and `inputOutput`";
    let Some(matcher) = node.field("matcher") else {
        findings.error(&node.at, "the acceptor has no `matcher`", hint);
        return None;
    };
    let members = matcher.fields(findings, hint);
    let [(kind, value)] = members.as_slice() else {
        if matcher.value.is_object() {
            findings.error(&matcher.at, format!("the matcher has {} members", members.len()), hint);
        }
        return None;
    };
    let matcher = match kind.as_str() {
        "success" => match value.value.as_bool() {
            Some(success) => Matcher::Success(success),
            None => {
                traits::wrong(value, id::WAITABLE, "true or false", findings);
                return None;
            }
        },
        "errorType" => {
            let name = value.text(findings, "`errorType` is the name of an error")?;
            // It may be the id of the shape; responses have its name.
            Matcher::ErrorType(name.rsplit('#').next().unwrap_or(name).to_owned())
        }
        "output" => path(value, findings).map(|(path, expected)| Matcher::Output(path, expected))?,
        "inputOutput" => path(value, findings).map(|(path, expected)| Matcher::InputOutput(path, expected))?,
        _ => {
            findings.error(&value.at, format!("{kind:?} is no matcher that is known here"), hint);
            return None;
        }
    };
    Some(Acceptor { state, matcher })
}

/// The expression of a matcher, and what it is compared with.
fn path(node: &Node<'_>, findings: &mut Findings) -> Option<(Expression, Expectation)> {
    let mut text = |key: &str| traits::needed_text(node, id::WAITABLE, key, findings);
    let (path, expected, comparator) = (text("path"), text("expected"), text("comparator"));
    path?;
    let expression = traits::expression(&node.field("path")?, findings);
    let expected = expected?;
    let expectation = match (comparator?.as_str(), expected.as_str()) {
        ("stringEquals", _) => Expectation::Text(expected),
        ("allStringEquals", _) => Expectation::AllTexts(expected),
        ("anyStringEquals", _) => Expectation::AnyText(expected),
        ("booleanEquals", "true") => Expectation::Boolean(true),
        ("booleanEquals", "false") => Expectation::Boolean(false),
        ("booleanEquals", _) => {
            let message = format!("a boolean is compared with {expected:?}");
            findings.error(&node.at.child("expected"), message, "write \"true\" or \"false\"");
            return None;
        }
        (other, _) => {
            let hint = "stringEquals, booleanEquals, allStringEquals and anyStringEquals are";
            findings.error(&node.at.child("comparator"), format!("{other:?} is no comparator"), hint);
            return None;
        }
    };
    Some((expression?, expectation))
}
