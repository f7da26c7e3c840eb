//! Follows endpoint rules for given parameters, to compare what they do rather than how they are written.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::functions;
use super::partition::{self, Partition};
use smithy_client_codegen::model::endpoint::diagram::{Diagram, Target};
use smithy_client_codegen::model::endpoint::template::{AttributePath, AttributeStep, Part};
use smithy_client_codegen::model::endpoint::types::Function;
use smithy_client_codegen::model::endpoint::{
    Conclusion, Condition, Decision, EndpointExpr, EndpointRules, Expr, Outcome, Property, Rule,
};

/// What clients say where no rule fits.
const NO_RULE: &str = "no endpoint rule of the service fits these parameters";

/// A value of the rules language; a parameter without value is not there.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// What `aws.partition` gives.
    Partition(Partition),
    /// A text that `parseURL` takes apart.
    Url(String),
    /// A text that `aws.parseArn` takes apart.
    Arn(String),
}

/// Values by their name in the rules.
pub type Scope = BTreeMap<String, Value>;

/// Where rules lead.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its properties by name.
        properties: Map<String, Json>,
        /// Headers that requests to it have.
        headers: BTreeMap<String, Vec<String>>,
    },
    /// The text of an error.
    Error(String),
}

/// Follows the rules in a world of these partitions. Parameters that are not in `given` take their default.
pub fn resolve(rules: &EndpointRules, partitions: &[Partition], given: &Scope) -> Resolved {
    let mut scope = Scope::new();
    for parameter in &rules.parameters {
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
    let mut walk = Walk { partitions, scope };
    let found = match &rules.decision {
        Decision::Tree(rules) => walk.rules(rules),
        Decision::Diagram(diagram) => walk.diagram(diagram),
    };
    found.unwrap_or_else(|| Resolved::Error(NO_RULE.to_owned()))
}

/// The way through rules.
struct Walk<'a> {
    partitions: &'a [Partition],
    scope: Scope,
}

impl Walk<'_> {
    /// The first rule whose conditions hold decides; a tree that is entered is not left again.
    fn rules(&mut self, rules: &[Rule]) -> Option<Resolved> {
        for rule in rules {
            let before = self.scope.clone();
            if rule.conditions.iter().all(|condition| self.holds(condition)) {
                return match &rule.outcome {
                    Outcome::Tree(inner) => self.rules(inner),
                    Outcome::End(conclusion) => Some(self.conclusion(conclusion)),
                };
            }
            self.scope = before;
        }
        None
    }

    fn diagram(&mut self, diagram: &Diagram) -> Option<Resolved> {
        let mut target = diagram.root;
        loop {
            target = match target {
                Target::NoMatch => return None,
                Target::Result(index) => return diagram.results.get(index).map(|result| self.conclusion(result)),
                Target::Node(index) => {
                    let node = diagram.nodes.get(index)?;
                    let condition = diagram.conditions.get(node.condition)?;
                    if self.holds(condition) { node.holds } else { node.fails }
                }
            };
        }
    }

    /// Whether a condition holds; what it gives gets its name.
    fn holds(&mut self, condition: &Condition) -> bool {
        let Some(value) = self.expression(&condition.call) else { return false };
        let holds = value != Value::Bool(false);
        if let Some(name) = &condition.assign {
            self.scope.insert(name.clone(), value);
        }
        holds
    }

    fn conclusion(&self, conclusion: &Conclusion) -> Resolved {
        match conclusion {
            Conclusion::Error(message) => Resolved::Error(self.text(message)),
            Conclusion::Endpoint(EndpointExpr { url, properties, headers }) => Resolved::Endpoint {
                url: self.text(url),
                properties: properties.iter().map(|(name, value)| (name.clone(), self.property(value))).collect(),
                headers: headers
                    .iter()
                    .map(|(name, values)| (name.clone(), values.iter().map(|value| self.text(value)).collect()))
                    .collect(),
            },
        }
    }

    /// The text of an expression; empty where there is none.
    fn text(&self, expression: &Expr) -> String {
        self.expression(expression).map(|value| shown(&value)).unwrap_or_default()
    }

    /// A property with its templates filled in.
    fn property(&self, value: &Property) -> Json {
        match value {
            Property::Null | Property::Wrong(_) => Json::Null,
            Property::Bool(value) => Json::Bool(*value),
            Property::Integer(number) => Json::from(*number),
            Property::Text(text) => Json::String(self.text(text)),
            Property::List(elements) => elements.iter().map(|element| self.property(element)).collect(),
            Property::Object(entries) => {
                entries.iter().map(|(key, value)| (key.clone(), self.property(value))).collect()
            }
        }
    }

    /// The value of an expression; `None` where there is none, as of a parameter that is not set.
    fn expression(&self, expression: &Expr) -> Option<Value> {
        match expression {
            Expr::Bool(value) => Some(Value::Bool(*value)),
            Expr::Integer(value) => Some(Value::Integer(*value)),
            Expr::Ref(name) => self.scope.get(name).cloned(),
            Expr::Template(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Part::Literal(text) => text.clone(),
                    Part::Value(name, path) => {
                        let end = self.scope.get(name).cloned().and_then(|value| attribute(value, path));
                        end.map(|value| shown(&value)).unwrap_or_default()
                    }
                });
                Some(Value::Text(parts.collect()))
            }
            Expr::Attribute(value, path) => attribute(self.expression(value)?, path),
            Expr::Call(function, arguments) => self.call(*function, arguments),
            Expr::Unknown(_) => None,
        }
    }

    fn call(&self, function: Function, arguments: &[Expr]) -> Option<Value> {
        let value = |index: usize| arguments.get(index).and_then(|argument| self.expression(argument));
        let text = |index: usize| value(index).map(|value| shown(&value)).unwrap_or_default();
        let flag = |index: usize| matches!(value(index), Some(Value::Bool(true)));
        let number = |index: usize| match value(index) {
            Some(Value::Integer(number)) => usize::try_from(number).unwrap_or_default(),
            _ => 0,
        };
        Some(match function {
            Function::IsSet => Value::Bool(value(0).is_some()),
            Function::Not => Value::Bool(matches!(value(0), None | Some(Value::Bool(false)))),
            Function::BooleanEquals => match (value(0), value(1)) {
                (Some(Value::Bool(left)), Some(Value::Bool(right))) => Value::Bool(left == right),
                _ => Value::Bool(false),
            },
            Function::StringEquals => Value::Bool(text(0) == text(1)),
            Function::GetAttr => return None,
            Function::Coalesce => (0..arguments.len()).find_map(value)?,
            Function::Ite => value(if flag(0) { 1 } else { 2 })?,
            Function::Partition => Value::Partition(*partition::find(self.partitions, &text(0))?),
            Function::ParseArn => functions::parse_arn(&text(0)).map(|_| Value::Arn(text(0)))?,
            Function::ParseUrl => functions::parse_url(&text(0)).map(|_| Value::Url(text(0)))?,
            Function::IsValidHostLabel => Value::Bool(functions::is_valid_host_label(&text(0), flag(1))),
            Function::IsVirtualHostableS3Bucket => {
                Value::Bool(functions::is_virtual_hostable_s3_bucket(&text(0), flag(1)))
            }
            Function::Substring => {
                Value::Text(functions::substring(&text(0), number(1), number(2), flag(3))?.to_owned())
            }
            Function::UriEncode => Value::Text(functions::uri_encode(&text(0))),
            Function::Split => Value::List(owned(&functions::split(&text(0), &text(1), number(2)))),
        })
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A value within a text.
fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Text(text) | Value::Url(text) | Value::Arn(text) => text.clone(),
        Value::List(elements) => elements.join(","),
        Value::Partition(partition) => partition.name.to_owned(),
    }
}

/// Follows a path such as `resourceId[0]`.
fn attribute(value: Value, path: &AttributePath) -> Option<Value> {
    path.0.iter().try_fold(value, self::step)
}

fn step(value: Value, step: &AttributeStep) -> Option<Value> {
    let found = match (value, step.key.as_str()) {
        (value, "") => value,
        (Value::Partition(partition), key) => of_partition(&partition, key)?,
        (Value::Url(url), key) => of_url(&functions::parse_url(&url)?, key)?,
        (Value::Arn(arn), key) => of_arn(&functions::parse_arn(&arn)?, key)?,
        _ => return None,
    };
    match (step.index, found) {
        (None, found) => Some(found),
        (Some(index), Value::List(elements)) => {
            let position = usize::try_from(index.unsigned_abs()).ok()?;
            let position = if index < 0 { elements.len().checked_sub(position)? } else { position };
            elements.get(position).cloned().map(Value::Text)
        }
        (Some(_), _) => None,
    }
}

fn of_partition(partition: &Partition, key: &str) -> Option<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    Some(match key {
        "name" => text(partition.name),
        "dnsSuffix" => text(partition.dns_suffix),
        "dualStackDnsSuffix" => text(partition.dual_stack_dns_suffix),
        "implicitGlobalRegion" => text(partition.implicit_global_region),
        "supportsFIPS" => Value::Bool(partition.supports_fips),
        "supportsDualStack" => Value::Bool(partition.supports_dual_stack),
        _ => return None,
    })
}

fn of_url(url: &functions::Url<'_>, key: &str) -> Option<Value> {
    Some(match key {
        "scheme" => Value::Text(url.scheme.to_owned()),
        "authority" => Value::Text(url.authority.to_owned()),
        "path" => Value::Text(url.path.to_owned()),
        "normalizedPath" => Value::Text(url.normalized_path().to_owned()),
        "isIp" => Value::Bool(url.is_ip),
        _ => return None,
    })
}

fn of_arn(arn: &functions::Arn<'_>, key: &str) -> Option<Value> {
    Some(match key {
        "partition" => Value::Text(arn.partition.to_owned()),
        "service" => Value::Text(arn.service.to_owned()),
        "region" => Value::Text(arn.region.to_owned()),
        "accountId" => Value::Text(arn.account_id.to_owned()),
        "resourceId" => Value::List(owned(&arn.resource_id)),
        _ => return None,
    })
}
