//! Follows a rule set for given parameters, to compare what two rule sets do rather than how they are written.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::functions::{self, Arn, Url};
use super::partitions::{self, Partition};
use smithy_client_codegen::endpoint::{EndpointPlan, Expr, Outcome, Part, Rule, template};

/// A value of the rules language; a parameter without value is not there.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Bool(bool),
    Integer(i64),
    Text(String),
    List(Vec<String>),
    Partition(&'static Partition),
    Url(Url),
    Arn(Arn),
}

/// Values by their name in the rules.
pub(super) type Scope = BTreeMap<String, Value>;

/// Where a rule set leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// URL, with properties and headers as text.
    Endpoint { url: String, more: String },
    /// The text of an error.
    Error(String),
}

/// Follows the rules. Parameters that are not in `given` take their default.
pub(super) fn resolve(plan: &EndpointPlan, given: &Scope) -> Resolved {
    let mut scope = Scope::new();
    for parameter in &plan.parameters {
        let default = || match parameter.default.as_ref()? {
            Json::Bool(value) => Some(Value::Bool(*value)),
            Json::String(text) => Some(Value::Text(text.clone())),
            Json::Array(elements) => {
                Some(Value::List(elements.iter().filter_map(Json::as_str).map(str::to_owned).collect()))
            }
            _ => None,
        };
        if let Some(value) = given.get(&parameter.name).cloned().or_else(default) {
            scope.insert(parameter.name.clone(), value);
        }
    }
    rules(&plan.rules, &scope).unwrap_or_else(|| Resolved::Error("no rule fits".to_owned()))
}

/// The first rule whose conditions hold decides; a tree that is entered is not left again.
fn rules(rules: &[Rule], scope: &Scope) -> Option<Resolved> {
    rules.iter().find_map(|rule| {
        let mut scope = scope.clone();
        for condition in &rule.conditions {
            match expression(&condition.call, &scope)? {
                Value::Bool(false) => return None,
                value => {
                    if let Some(name) = &condition.assign {
                        scope.insert(name.clone(), value);
                    }
                }
            }
        }
        Some(match &rule.outcome {
            Outcome::Tree(inner) => {
                self::rules(inner, &scope).unwrap_or_else(|| Resolved::Error("no rule fits".to_owned()))
            }
            Outcome::Error(message) => Resolved::Error(text(message, &scope)),
            Outcome::Endpoint { url, properties, headers } => {
                let mut more = String::new();
                for (name, value) in properties {
                    more.push_str(&format!(" {name}={}", document(value, &scope)));
                }
                for (name, values) in headers {
                    let values: Vec<String> = values.iter().map(|value| text(value, &scope)).collect();
                    more.push_str(&format!(" {name}: {}", values.join(",")));
                }
                Resolved::Endpoint { url: text(url, &scope), more }
            }
        })
    })
}

fn text(expression: &Expr, scope: &Scope) -> String {
    self::expression(expression, scope).map(|value| shown(&value)).unwrap_or_default()
}

/// A value within a text.
fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(elements) => elements.join(","),
        Value::Partition(partition) => partition.name.to_owned(),
        Value::Url(url) => url.authority.clone(),
        Value::Arn(arn) => arn.resource_id.join("/"),
    }
}

/// A property with its templates filled in.
fn document(value: &Json, scope: &Scope) -> Json {
    match value {
        Json::String(source) => match template(source, "") {
            Ok(parsed) => Json::String(text(&parsed, scope)),
            Err(_) => value.clone(),
        },
        Json::Array(elements) => elements.iter().map(|element| document(element, scope)).collect(),
        Json::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), document(value, scope))).collect(),
        other => other.clone(),
    }
}

/// The value of an expression; `None` where there is none, as of a parameter that is not set.
fn expression(expression: &Expr, scope: &Scope) -> Option<Value> {
    match expression {
        Expr::Bool(value) => Some(Value::Bool(*value)),
        Expr::Integer(value) => Some(Value::Integer(*value)),
        Expr::Ref(name) => scope.get(name).cloned(),
        Expr::Template(parts) => {
            let parts = parts.iter().map(|part| match part {
                Part::Literal(text) => text.clone(),
                Part::Value(name, path) => {
                    let start = scope.get(name).cloned();
                    let end = path.iter().fold(start, |value, step| attribute(&value?, step));
                    end.map(|value| shown(&value)).unwrap_or_default()
                }
            });
            Some(Value::Text(parts.collect()))
        }
        Expr::Call(name, arguments) => call(name, arguments, scope),
    }
}

fn call(name: &str, arguments: &[Expr], scope: &Scope) -> Option<Value> {
    let value = |index: usize| arguments.get(index).and_then(|argument| expression(argument, scope));
    let text = |index: usize| value(index).map(|value| shown(&value)).unwrap_or_default();
    let flag = |index: usize| matches!(value(index), Some(Value::Bool(true)));
    let number = |index: usize| match value(index) {
        Some(Value::Integer(number)) => number,
        _ => 0,
    };
    Some(match name {
        "isSet" => Value::Bool(value(0).is_some()),
        "not" => Value::Bool(matches!(value(0), None | Some(Value::Bool(false)))),
        "booleanEquals" => match (value(0), value(1)) {
            (Some(Value::Bool(left)), Some(Value::Bool(right))) => Value::Bool(left == right),
            _ => Value::Bool(false),
        },
        "stringEquals" => Value::Bool(text(0) == text(1)),
        "getAttr" => attribute(&value(0)?, &text(1))?,
        "coalesce" => (0..arguments.len()).find_map(value)?,
        "ite" => value(if flag(0) { 1 } else { 2 })?,
        "aws.partition" => Value::Partition(partitions::partition(&text(0))),
        "aws.parseArn" => Value::Arn(functions::parse_arn(&text(0))?),
        "parseURL" => Value::Url(functions::parse_url(&text(0))?),
        "isValidHostLabel" => Value::Bool(functions::is_host_label(&text(0), flag(1))),
        "aws.isVirtualHostableS3Bucket" => Value::Bool(functions::is_bucket_host(&text(0), flag(1))),
        "substring" => Value::Text(functions::substring(&text(0), number(1), number(2), flag(3))?),
        "uriEncode" => Value::Text(functions::uri_encode(&text(0))),
        "split" => Value::List(functions::split(&text(0), &text(1), number(2))),
        _ => return None,
    })
}

/// Follows a path such as `resourceId[0]` or `url.scheme`.
fn attribute(value: &Value, path: &str) -> Option<Value> {
    if let Some((first, rest)) = path.split_once('.') {
        return attribute(&attribute(value, first)?, rest);
    }
    let (name, index) = match path.split_once('[') {
        Some((name, index)) => (name, Some(index.trim_end_matches(']').parse::<usize>().ok()?)),
        None => (path, None),
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let found = match (value, name) {
        (value, "") => value.clone(),
        (Value::Partition(partition), "name") => text(partition.name),
        (Value::Partition(partition), "dnsSuffix") => text(partition.dns_suffix),
        (Value::Partition(partition), "dualStackDnsSuffix") => text(partition.dual_stack_dns_suffix),
        (Value::Partition(partition), "implicitGlobalRegion") => text(partition.global_region),
        (Value::Partition(partition), "supportsFIPS") => Value::Bool(partition.supports_fips),
        (Value::Partition(partition), "supportsDualStack") => Value::Bool(partition.supports_dual_stack),
        (Value::Url(url), "scheme") => text(&url.scheme),
        (Value::Url(url), "authority") => text(&url.authority),
        (Value::Url(url), "path") => text(&url.path),
        (Value::Url(url), "normalizedPath") => text(&url.normalized_path),
        (Value::Url(url), "isIp") => Value::Bool(url.is_ip),
        (Value::Arn(arn), "partition") => text(&arn.partition),
        (Value::Arn(arn), "service") => text(&arn.service),
        (Value::Arn(arn), "region") => text(&arn.region),
        (Value::Arn(arn), "accountId") => text(&arn.account_id),
        (Value::Arn(arn), "resourceId") => Value::List(arn.resource_id.clone()),
        _ => return None,
    };
    match (index, found) {
        (None, found) => Some(found),
        (Some(index), Value::List(elements)) => elements.get(index).cloned().map(Value::Text),
        (Some(_), _) => None,
    }
}
