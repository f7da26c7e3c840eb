//! The endpoint rule set (`smithy.rules#endpointRuleSet`) as a typed tree.
//!
//! Rules are decided in order: the first whose conditions hold is taken, and a
//! tree that is entered is not left again. The tree here is still Smithy's; the
//! emitter writes it as nested `if`s.

use serde_json::{Map, Value, json};

use super::docs::{self, Docs, Lines};

/// What can be wrong with a rule set: a JSON pointer into it, a sentence, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct RuleSetError {
    /// JSON pointer into the rule set.
    pub pointer: String,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl RuleSetError {
    /// A problem of the form of a rule set.
    pub(crate) fn new(pointer: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            message: message.into(),
            hint: "the rule set is described in Smithy's rules engine specification".to_owned(),
        }
    }
}

/// What was read, or why it could not be.
pub type Parsed<T> = Result<T, RuleSetError>;

/// A rule set with its parameters.
#[derive(Debug, Default)]
pub struct EndpointPlan {
    /// What the rules ask about, in the order of the rule set.
    pub parameters: Vec<Parameter>,
    /// The rules, of which the first that applies is taken.
    pub rules: Vec<Rule>,
    /// Parameters that operations fill, ordered by operation.
    pub(crate) operation_params: Vec<OperationParam>,
    /// The rules as Rust statements; see [`endpoint_code`](super::endpoint_code). Tokens are text here,
    /// as they cannot be shared by the threads that emit files.
    pub(crate) body: String,
}

/// A parameter that an operation fills.
#[derive(Debug)]
pub(crate) struct OperationParam {
    /// Name of the operation in the model.
    pub(crate) operation: String,
    /// Name of the parameter in the rule set.
    pub(crate) parameter: String,
    pub(crate) source: ParamSource,
}

impl OperationParam {
    /// The type of the value that the input gives; `None` for a constant.
    pub(crate) fn reads(&self) -> Option<ParameterType> {
        match self.source {
            ParamSource::Input(ty, _) => Some(ty),
            _ => None,
        }
    }
}

/// Where an operation takes the value of a parameter from.
#[derive(Debug)]
pub(crate) enum ParamSource {
    /// A constant (`smithy.rules#staticContextParams`).
    Text(String),
    /// A constant (`smithy.rules#staticContextParams`).
    Bool(bool),
    /// A constant (`smithy.rules#staticContextParams`).
    TextList(Vec<String>),
    /// What a path into the input leads to (`smithy.rules#contextParam`, `smithy.rules#operationContextParams`).
    Input(ParameterType, Vec<InputStep>),
}

/// A step of a path into an input, as the runtime takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InputStep {
    /// The member at a position.
    Member(usize),
    /// The element of a list at a position.
    At(usize),
    /// Every element of a list, every value of a map.
    Each,
    /// Every key of a map.
    Keys,
    /// What each of these paths leads to.
    Select(Vec<Vec<InputStep>>),
}

/// A parameter of the rule set.
#[derive(Debug)]
pub struct Parameter {
    /// Name in the rule set: `UseFIPS`.
    pub name: String,
    /// Its type.
    pub ty: ParameterType,
    /// Its value where nobody gives one.
    pub default: Option<Value>,
    /// The value of the client's configuration that fills it: `AWS::UseFIPS`.
    pub built_in: Option<String>,
    pub(crate) docs: Lines,
}

/// The types of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `String`.
    Text,
    /// `Boolean`.
    Bool,
    /// `StringArray`.
    TextList,
}

impl ParameterType {
    /// Its name with an article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Bool => "a boolean",
            Self::TextList => "a list of strings",
        }
    }
}

impl Parameter {
    /// Whether it always has a value.
    pub(crate) fn is_present(&self) -> bool {
        self.default.is_some()
    }
}

/// A rule: conditions, and what follows when all hold.
#[derive(Debug)]
pub struct Rule {
    /// What has to hold, decided in order.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What a rule leads to.
#[derive(Debug)]
pub enum Outcome {
    /// Other rules, of which one has to apply.
    Tree(Vec<Rule>),
    /// An error with this message.
    Error(Expr),
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: Expr,
        /// Its properties, `authSchemes` among them, as the rule set has them.
        properties: Map<String, Value>,
        /// Headers of requests to it, and their values.
        headers: Vec<(String, Vec<Expr>)>,
    },
}

/// A function call that must hold, perhaps with a name for its result.
#[derive(Debug)]
pub struct Condition {
    /// The call.
    pub call: Expr,
    /// The name that the result has in the rest of the rule.
    pub assign: Option<String>,
}

/// An expression of the rules language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A boolean literal.
    Bool(bool),
    /// An integer literal.
    Integer(i64),
    /// Text with `{Name}` and `{Name#attribute}` in it.
    Template(Vec<Part>),
    /// The value of a parameter, or of an earlier condition.
    Ref(String),
    /// A call of a function, and its arguments.
    Call(String, Vec<Expr>),
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// A value, and the attributes of it to follow.
    Value(String, Vec<String>),
}

impl EndpointPlan {
    /// Whether a parameter takes this built-in value.
    pub(crate) fn has_built_in(&self, built_in: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.built_in.as_deref() == Some(built_in))
    }

    /// Whether endpoints can be those of the account whose credentials sign a call.
    pub(crate) fn has_account_id_mode(&self) -> bool {
        self.has_built_in("AWS::Auth::AccountIdEndpointMode")
    }

    /// Reads a rule set.
    ///
    /// # Errors
    /// When it is not of the form that the rules engine specification gives.
    pub fn parse(rule_set: &Value) -> Parsed<Self> {
        let parameters = object(rule_set.get("parameters"), "/parameters")?;
        let parameters = parameters.iter().map(|(name, value)| parameter(name, value)).collect::<Parsed<_>>()?;
        let rules = rules(rule_set.get("rules"), "/rules")?;
        Ok(Self { parameters, rules, operation_params: Vec::new(), body: String::new() })
    }

    /// Whether all that the rules call is known, and is called as it has to be.
    pub fn is_understood(&self) -> bool {
        super::endpoint_check::check(self).is_empty()
    }

    /// The rules that a service without a rule set follows: its prefix, the region, the partition's suffix. One without
    /// a prefix is where its user says, and nowhere else.
    pub fn fallback(endpoint_prefix: Option<&str>) -> Value {
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
}

fn fail<T>(pointer: &str, message: impl Into<String>) -> Parsed<T> {
    Err(RuleSetError::new(pointer, message))
}

fn object<'a>(value: Option<&'a Value>, pointer: &str) -> Parsed<&'a Map<String, Value>> {
    match value {
        Some(Value::Object(map)) => Ok(map),
        _ => fail(pointer, "an object is wanted here"),
    }
}

fn array<'a>(value: Option<&'a Value>, pointer: &str) -> Parsed<&'a [Value]> {
    match value {
        Some(Value::Array(elements)) => Ok(elements),
        _ => fail(pointer, "an array is wanted here"),
    }
}

fn parameter(name: &str, value: &Value) -> Parsed<Parameter> {
    let pointer = format!("/parameters/{}", name.replace('~', "~0").replace('/', "~1"));
    let map = object(Some(value), &pointer)?;
    let text = |key: &str| text_at(map, key, &pointer);
    let ty = match text("type")?.unwrap_or_default().to_ascii_lowercase().as_str() {
        "string" => ParameterType::Text,
        "boolean" => ParameterType::Bool,
        "stringarray" => ParameterType::TextList,
        other => return fail(&pointer, format!("parameter type `{other}` is none of String, Boolean and StringArray")),
    };
    Ok(Parameter {
        name: name.to_owned(),
        ty,
        default: map.get("default").cloned(),
        built_in: text("builtIn")?.map(str::to_owned),
        docs: parameter_docs(name, text("documentation")?.unwrap_or_default()),
    })
}

/// What the rule set says about a parameter, or a sentence that claims nothing.
fn parameter_docs(name: &str, text: &str) -> Lines {
    let docs = docs::render(text, &|_| None);
    if docs.lines.is_empty() {
        return Docs::plain(&format!("The parameter {} of the rules.", docs::code(name))).lines;
    }
    docs.lines
}

/// The text under a key, if it is there.
fn text_at<'a>(map: &'a Map<String, Value>, key: &str, pointer: &str) -> Parsed<Option<&'a str>> {
    match map.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => fail(&format!("{pointer}/{key}"), "a string is wanted here"),
    }
}

fn rules(value: Option<&Value>, pointer: &str) -> Parsed<Vec<Rule>> {
    let rules = array(value, pointer)?.iter().enumerate();
    rules.map(|(index, rule)| self::rule(rule, &format!("{pointer}/{index}"))).collect()
}

fn rule(value: &Value, pointer: &str) -> Parsed<Rule> {
    let map = object(Some(value), pointer)?;
    let conditions = match map.get("conditions") {
        None => &[],
        conditions => array(conditions, &format!("{pointer}/conditions"))?,
    };
    let conditions = conditions.iter().enumerate().map(|(index, condition)| {
        let pointer = format!("{pointer}/conditions/{index}");
        let map = object(Some(condition), &pointer)?;
        let assign = text_at(map, "assign", &pointer)?.map(str::to_owned);
        match expr(condition, &pointer)? {
            call @ Expr::Call(..) => Ok(Condition { call, assign }),
            _ => fail(&pointer, "a condition calls a function"),
        }
    });
    let conditions = conditions.collect::<Parsed<_>>()?;
    let outcome = match map.get("type").and_then(Value::as_str) {
        Some("tree") => Outcome::Tree(rules(map.get("rules"), &format!("{pointer}/rules"))?),
        Some("error") => Outcome::Error(expr(map.get("error").unwrap_or(&Value::Null), &format!("{pointer}/error"))?),
        Some("endpoint") => endpoint(map.get("endpoint"), &format!("{pointer}/endpoint"))?,
        _ => return fail(pointer, "the type of a rule is tree, error or endpoint"),
    };
    Ok(Rule { conditions, outcome })
}

fn endpoint(value: Option<&Value>, pointer: &str) -> Parsed<Outcome> {
    let map = object(value, pointer)?;
    let url = expr(map.get("url").unwrap_or(&Value::Null), &format!("{pointer}/url"))?;
    let entries = |key: &str| match map.get(key) {
        None => Ok(Map::new()),
        value => object(value, &format!("{pointer}/{key}")).cloned(),
    };
    let properties = entries("properties")?;
    let mut headers = Vec::new();
    for (name, values) in entries("headers")? {
        let pointer = format!("{pointer}/headers/{name}");
        let values = array(Some(&values), &pointer)?.iter().map(|value| expr(value, &pointer));
        headers.push((name, values.collect::<Parsed<_>>()?));
    }
    Ok(Outcome::Endpoint { url, properties, headers })
}

fn expr(value: &Value, pointer: &str) -> Parsed<Expr> {
    Ok(match value {
        Value::Bool(value) => Expr::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Expr::Integer(number),
            None => return fail(pointer, "a number of the rules language is an integer"),
        },
        Value::String(text) => template(text, pointer)?,
        Value::Object(map) => {
            if let Some(name) = map.get("ref").and_then(Value::as_str) {
                return Ok(Expr::Ref(name.to_owned()));
            }
            let Some(name) = map.get("fn").and_then(Value::as_str) else {
                return fail(pointer, "an expression is a literal, a `ref` or a `fn` with `argv`");
            };
            let arguments = array(map.get("argv"), &format!("{pointer}/argv"))?.iter().enumerate();
            let arguments = arguments.map(|(index, value)| expr(value, &format!("{pointer}/argv/{index}")));
            Expr::Call(name.to_owned(), arguments.collect::<Parsed<_>>()?)
        }
        _ => return fail(pointer, "an expression is a literal, a `ref` or a `fn` with `argv`"),
    })
}

/// Splits a template at its braces; `{{` and `}}` stand for themselves. The pointer is where it stands in the rule set.
///
/// # Errors
/// When the braces do not match.
pub fn template(text: &str, pointer: &str) -> Parsed<Expr> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(index) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(index);
        literal.push_str(before);
        if brace.starts_with("{{") || brace.starts_with("}}") {
            literal.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let Some((value, after)) = brace.strip_prefix('{').and_then(|value| value.split_once('}')) else {
            return fail(pointer, format!("the braces of `{text}` do not match"));
        };
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal)));
        }
        let mut path = value.split(['#', '.']).map(str::to_owned);
        parts.push(Part::Value(path.next().unwrap_or_default(), path.collect()));
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() || parts.is_empty() {
        parts.push(Part::Literal(literal));
    }
    Ok(Expr::Template(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_split_at_braces() {
        let parsed = template("https://{Region}.{Partition#dnsSuffix}/{{x}}", "").expect("well formed");
        let value = |name: &str, path: &[&str]| {
            Part::Value(name.to_owned(), path.iter().map(|&step| step.to_owned()).collect())
        };
        assert_eq!(
            parsed,
            Expr::Template(vec![
                Part::Literal("https://".to_owned()),
                value("Region", &[]),
                Part::Literal(".".to_owned()),
                value("Partition", &["dnsSuffix"]),
                Part::Literal("/{x}".to_owned()),
            ])
        );
    }

    #[test]
    fn templates_with_an_open_brace_are_errors() {
        let error = template("a{b", "/rules/0/error").expect_err("the brace is open");
        assert_eq!(error.pointer, "/rules/0/error");
    }

    #[test]
    fn a_rule_without_a_type_is_an_error_with_its_pointer() {
        let error =
            EndpointPlan::parse(&json!({"parameters": {}, "rules": [{"conditions": []}]})).expect_err("no type");
        assert_eq!(error.pointer, "/rules/0");
    }

    #[test]
    fn parameter_types_are_read_in_either_case() {
        for ty in ["string", "String"] {
            let rules = json!({"parameters": {"Region": {"type": ty}}, "rules": []});
            let plan = EndpointPlan::parse(&rules).expect("well formed");
            assert_eq!(plan.parameters[0].ty, ParameterType::Text);
        }
    }

    #[test]
    fn the_fallback_is_a_rule_set() {
        for (prefix, rules) in [(Some("x"), 3), (None, 2)] {
            assert_eq!(EndpointPlan::parse(&EndpointPlan::fallback(prefix)).expect("well formed").rules.len(), rules);
        }
    }
}
