//! Endpoint rules as types: how a service's endpoint follows from parameters.
//!
//! A model has them in one of two forms, or in both: a tree of rules (`smithy.rules#endpointRuleSet`), and a decision
//! diagram over numbered conditions (`smithy.rules#endpointBdd`). Both are read here, once, for all who follow rules or
//! write them: `tree` and [`diagram`] make types of their JSON, and `read` of what they have in common (`parameter`,
//! `expression`); `check` follows the types of values through them, [`types`] holds what functions take and give.
//!
//! A rule set that is wrong does not keep a model from being read, as models are compared that nobody emits: it is kept
//! with its [`Problem`]s, and whoever needs the rules reports those.

mod check;
pub mod diagram;
mod expression;
pub(crate) mod form;
mod parameter;
mod read;
mod rules;
pub mod template;
#[cfg(test)]
mod tests;
mod tree;
pub mod types;

use serde_json::{Value, json};

pub use self::expression::{Conclusion, Condition, EndpointExpr, Expr, Property};
use self::form::Parsed;
pub use self::form::Problem;
pub use self::parameter::{Parameter, ParameterType};
pub use self::rules::{Decision, EndpointRules};
pub use self::tree::{Outcome, Rule};
use super::traits::id;

/// Reads `smithy.rules#clientContextParams`: parameters of the rules that are settings of the client.
///
/// # Errors
/// What is no parameter.
pub(crate) fn client_params(params: &Value) -> Result<Vec<Parameter>, Problem> {
    read::client_params(params)
}

/// The endpoint rules of one trait: their text, and what was made of it.
#[derive(Clone, Debug)]
pub struct EndpointTrait {
    /// Id of the trait.
    pub id: &'static str,
    /// The value of the trait, to tell apart what cannot be followed.
    pub source: Value,
    /// The rules, or everything that is wrong with them.
    pub rules: Result<EndpointRules, Vec<Problem>>,
}

impl EndpointTrait {
    /// Reads `smithy.rules#endpointRuleSet`.
    pub fn rule_set(source: Value) -> Self {
        let rules = checked(rule_tree(&source));
        Self { id: id::ENDPOINT_RULE_SET, source, rules }
    }

    /// Reads `smithy.rules#endpointBdd`.
    pub fn bdd(source: Value) -> Self {
        let rules = checked(decision_diagram(&source));
        Self { id: id::ENDPOINT_BDD, source, rules }
    }

    /// The rules that a service without either trait follows: its prefix, the region, the partition's suffix. One without
    /// a prefix is where its user says, and nowhere else.
    pub fn fallback(endpoint_prefix: Option<&str>) -> Self {
        Self::rule_set(fallback(endpoint_prefix))
    }
}

/// The rules of a rule set.
fn rule_tree(rule_set: &Value) -> Parsed<EndpointRules> {
    Ok(EndpointRules { parameters: read::parameters(rule_set)?, decision: Decision::Tree(tree::read(rule_set)?) })
}

/// The rules of a decision diagram.
fn decision_diagram(bdd: &Value) -> Parsed<EndpointRules> {
    Ok(EndpointRules { parameters: read::parameters(bdd)?, decision: Decision::Diagram(diagram::read(bdd)?) })
}

/// Rules whose types fit.
fn checked(read: Parsed<EndpointRules>) -> Result<EndpointRules, Vec<Problem>> {
    let rules = read.map_err(|problem| vec![problem])?;
    let problems = check::check(&rules);
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}

/// The rule set of services without one, as JSON.
fn fallback(endpoint_prefix: Option<&str>) -> Value {
    let endpoint = |url: Value| json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"});
    let is_set = |name: &str| json!([{"fn": "isSet", "argv": [{"ref": name}]}]);
    let own =
        json!({"conditions": is_set("Endpoint"), "rules": [endpoint(json!({"ref": "Endpoint"}))], "type": "tree"});
    let setting = json!({"builtIn": "SDK::Endpoint", "required": false, "type": "String"});
    let Some(prefix) = endpoint_prefix else {
        let missing = "the model knows no endpoint of this service: set `endpoint_url` in the configuration";
        return json!({
            "version": "1.0",
            "parameters": {"Endpoint": setting},
            "rules": [own, {"conditions": [], "error": missing, "type": "error"}],
        });
    };
    let partition = json!([{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "PartitionResult"}]);
    let url = format!("https://{prefix}.{{Region}}.{{PartitionResult#dnsSuffix}}");
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "required": false, "type": "String"},
            "UseDualStack": {"builtIn": "AWS::UseDualStack", "required": true, "default": false, "type": "Boolean"},
            "UseFIPS": {"builtIn": "AWS::UseFIPS", "required": true, "default": false, "type": "Boolean"},
            "Endpoint": setting,
        },
        "rules": [
            own,
            {"conditions": is_set("Region"), "rules": [
                {"conditions": partition, "rules": [endpoint(json!(url))], "type": "tree"},
            ], "type": "tree"},
            {"conditions": [], "error": "Invalid Configuration: Missing Region", "type": "error"},
        ],
    })
}
