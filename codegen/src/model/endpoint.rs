//! Endpoint rules as types: how a service's endpoint follows from parameters.
//!
//! A model has them in one of two forms, or in both: a tree of rules (`smithy.rules#endpointRuleSet`), and a decision
//! diagram over numbered conditions (`smithy.rules#endpointBdd`). Both are read here, once, for all who follow rules or
//! write them: `read` and [`diagram`] make types of their JSON, `check` follows the types of values
//! through them, [`types`] holds what functions take and give.
//!
//! A rule set that is wrong does not keep a model from being read, as models are compared that nobody emits: it is kept
//! with its [`Problem`]s, and whoever needs the rules reports those.

mod check;
pub mod diagram;
pub(crate) mod read;
pub mod template;
#[cfg(test)]
mod tests;
pub mod types;

use serde_json::{Value, json};

use self::diagram::Diagram;
use self::template::{AttributePath, Part};
use self::types::Function;
use super::traits::id;

/// What is wrong with endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON pointer below the trait's value.
    pub pointer: String,
    /// What is wrong, a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Problem {
    /// A problem of the form of rules.
    pub(crate) fn of_form(pointer: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            message: message.into(),
            hint: "the rule set is described in Smithy's rules engine specification".to_owned(),
        }
    }
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
        let rules = checked(read::rule_set(&source));
        Self { id: id::ENDPOINT_RULE_SET, source, rules }
    }

    /// Reads `smithy.rules#endpointBdd`.
    pub fn bdd(source: Value) -> Self {
        let rules = checked(diagram::read(&source));
        Self { id: id::ENDPOINT_BDD, source, rules }
    }

    /// The rules that a service without either trait follows: its prefix, the region, the partition's suffix. One without
    /// a prefix is where its user says, and nowhere else.
    pub fn fallback(endpoint_prefix: Option<&str>) -> Self {
        Self::rule_set(fallback(endpoint_prefix))
    }
}

/// Rules whose types fit.
fn checked(read: Result<EndpointRules, Problem>) -> Result<EndpointRules, Vec<Problem>> {
    let rules = read.map_err(|problem| vec![problem])?;
    let problems = check::check(&rules);
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}

/// Parameters, and how they decide.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters in the model's order.
    pub parameters: Vec<Parameter>,
    /// How an endpoint follows from them.
    pub decision: Decision,
}

impl EndpointRules {
    /// Whether some condition asks if a parameter can be part of a host name.
    pub(crate) fn ask_for_host_label(&self, parameter: &str) -> bool {
        let asks = |condition: &Condition| {
            let Expr::Call(Function::IsValidHostLabel, arguments) = &condition.call else { return false };
            matches!(arguments.first(), Some(Expr::Ref(name)) if name == parameter)
        };
        fn any(rules: &[Rule], asks: &dyn Fn(&Condition) -> bool) -> bool {
            rules.iter().any(|rule| {
                rule.conditions.iter().any(asks) || matches!(&rule.outcome, Outcome::Tree(inner) if any(inner, asks))
            })
        }
        match &self.decision {
            Decision::Tree(rules) => any(rules, &asks),
            Decision::Diagram(diagram) => diagram.conditions.iter().any(asks),
        }
    }
}

/// The two forms of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Rules in order: the first whose conditions hold is taken, and a tree that is entered is not left again.
    Tree(Vec<Rule>),
    /// A decision diagram.
    Diagram(Diagram),
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name in the rules: `UseFIPS`.
    pub name: String,
    /// Type of its value.
    pub ty: ParameterType,
    /// The value that it has where none is given.
    pub default: Option<Value>,
    /// The setting that fills it: `AWS::Region`.
    pub built_in: Option<String>,
    /// What the model says about it.
    pub documentation: Option<String>,
}

impl Parameter {
    /// Whether it always has a value.
    pub fn is_present(&self) -> bool {
        self.default.is_some()
    }
}

/// The types of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `String`, `string` in newer models.
    Text,
    /// `Boolean`, `boolean`.
    Bool,
    /// `StringArray`, `stringArray`.
    TextList,
}

impl ParameterType {
    /// Its name with an article, for messages.
    pub fn described(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Bool => "a boolean",
            Self::TextList => "a list of strings",
        }
    }
}

/// A rule of a tree: conditions, and what follows when all hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What has to hold, in order.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What a rule of a tree leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// More rules.
    Tree(Vec<Rule>),
    /// The end.
    End(Conclusion),
}

/// Where rules end.
#[derive(Clone, Debug, PartialEq)]
pub enum Conclusion {
    /// There is no endpoint, for this reason.
    Error(Expr),
    /// An endpoint.
    Endpoint(EndpointExpr),
}

/// An endpoint to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointExpr {
    /// Its URL, a text.
    pub url: Expr,
    /// Its properties by name, such as `authSchemes`.
    pub properties: Vec<(String, Property)>,
    /// Headers that requests to it have.
    pub headers: Vec<(String, Vec<Expr>)>,
}

/// A property of an endpoint: JSON whose strings are templates.
#[derive(Clone, Debug, PartialEq)]
pub enum Property {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Expr),
    /// An array.
    List(Vec<Property>),
    /// An object.
    Object(Vec<(String, Property)>),
    /// What is none of these; none is left in rules that were checked.
    Wrong(Problem),
}

/// A function call that must hold, perhaps with a name for its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The call.
    pub call: Expr,
    /// The name under which its result is known from here on.
    pub assign: Option<String>,
}

/// An expression of the rules language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Text with `{Name}` and `{Name#attribute}` in it.
    Template(Vec<Part>),
    /// A parameter, or the result of a condition, by its name.
    Ref(String),
    /// `getAttr`: what a path leads to.
    Attribute(Box<Expr>, AttributePath),
    /// A function with its arguments.
    Call(Function, Vec<Expr>),
    /// A function that nobody knows, by its name; none is left in rules that were checked.
    Unknown(String),
}

impl Expr {
    /// The text of a literal without values in it.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Template(parts) => match parts.as_slice() {
                [Part::Literal(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
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
