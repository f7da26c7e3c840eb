//! The type checker of endpoint rules, between their reading and their emission.
//!
//! What passes it is a rule set whose Rust compiles: names are identifiers that Rust can tell apart, every reference
//! is to something in scope, functions get what they take, texts are made of texts. Everything that is wrong is told
//! at once, each problem with its place.

use serde_json::Value;
use std::collections::BTreeMap;

use super::endpoint::{
    Condition, EndpointPlan, Expr, Outcome, Parameter, ParameterType, Part, Rule, RuleSetError, template,
};
use super::endpoint_types::{self as types, FUNCTIONS, Takes, Ty};
use super::names::{field, prefixed};
use crate::ast::suggest::did_you_mean;

/// Types of the values that rules may refer to, by name.
type Scope = BTreeMap<String, Ty>;

/// Everything that keeps a rule set from being emitted.
pub(crate) fn check(plan: &EndpointPlan) -> Vec<RuleSetError> {
    let mut checker = Checker::default();
    checker.parameters(&plan.parameters);
    let scope = plan.parameters.iter().map(|parameter| (parameter.name.clone(), Ty::of(parameter))).collect();
    checker.rules(&plan.rules, &scope, "/rules");
    checker.problems
}

/// The problems found so far.
#[derive(Default)]
struct Checker {
    problems: Vec<RuleSetError>,
}

impl Checker {
    fn problem(&mut self, pointer: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(RuleSetError { pointer: pointer.to_owned(), message: message.into(), hint: hint.into() });
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        let mut methods: BTreeMap<String, &str> = BTreeMap::new();
        let mut built_ins: BTreeMap<&str, &str> = BTreeMap::new();
        for parameter in parameters {
            let name = parameter.name.as_str();
            let pointer = format!("/parameters/{}", token(name));
            self.name(name, &pointer);
            self.default_value(parameter, &pointer);
            self.built_in(parameter, &pointer);
            let rust = field(name);
            for method in [prefixed("set", &rust), rust] {
                if let Some(other) = methods.insert(method.clone(), name) {
                    let message = format!("the parameters {other} and {name} would both have the method `{method}`");
                    self.problem(&pointer, message, "rename one of them");
                }
            }
            if let Some(built_in) = &parameter.built_in
                && let Some(other) = built_ins.insert(built_in, name)
            {
                let message = format!("the parameters {other} and {name} both take the built-in {built_in}");
                self.problem(&format!("{pointer}/builtIn"), message, "one parameter for each built-in is enough");
            }
        }
    }

    /// Reports a name that cannot become one of Rust.
    fn name(&mut self, name: &str, pointer: &str) {
        let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let begins = name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_alphabetic());
        if !is_word || !begins {
            let shown: String = name.escape_debug().take(80).collect();
            self.problem(
                pointer,
                format!("`{shown}` is not a name of the rules language"),
                "a name has letters of ASCII, digits and underscores, and begins with a letter",
            );
        }
    }

    fn default_value(&mut self, parameter: &Parameter, pointer: &str) {
        let is_right = match (&parameter.default, parameter.ty) {
            (None, _) | (Some(Value::String(_)), ParameterType::Text) | (Some(Value::Bool(_)), ParameterType::Bool) => {
                true
            }
            (Some(Value::Array(elements)), ParameterType::TextList) => elements.iter().all(Value::is_string),
            _ => false,
        };
        if !is_right {
            let message = format!("the default of {} is not {}", parameter.name, parameter.ty.described());
            self.problem(&format!("{pointer}/default"), message, "write a default of the parameter's type");
        }
    }

    fn built_in(&mut self, parameter: &Parameter, pointer: &str) {
        let Some(built_in) = &parameter.built_in else { return };
        if let Some((ty, _)) = types::built_in(built_in)
            && ty != parameter.ty
        {
            let (is, wanted) = (parameter.ty.described(), ty.described());
            let message = format!("{} is {is}, and its built-in {built_in} is {wanted}", parameter.name);
            self.problem(&format!("{pointer}/type"), message, "give the parameter the type of its built-in");
        }
    }

    fn rules(&mut self, rules: &[Rule], scope: &Scope, pointer: &str) {
        for (index, rule) in rules.iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            let mut inner = scope.clone();
            for (index, condition) in rule.conditions.iter().enumerate() {
                self.condition(condition, &mut inner, &format!("{pointer}/conditions/{index}"));
            }
            match &rule.outcome {
                Outcome::Tree(rules) => self.rules(rules, &inner, &format!("{pointer}/rules")),
                Outcome::Error(message) => self.text(message, &inner, &format!("{pointer}/error")),
                Outcome::Endpoint { url, properties, headers } => {
                    let pointer = format!("{pointer}/endpoint");
                    self.text(url, &inner, &format!("{pointer}/url"));
                    for (name, value) in properties {
                        self.property(value, &inner, &format!("{pointer}/properties/{}", token(name)));
                    }
                    for (name, values) in headers {
                        self.header(name, values, &inner, &format!("{pointer}/headers/{}", token(name)));
                    }
                }
            }
        }
    }

    /// Checks a condition, and puts into the scope what it binds or finds set.
    fn condition(&mut self, condition: &Condition, scope: &mut Scope, pointer: &str) {
        let ty = self.expression(&condition.call, scope, pointer);
        if condition.assign.is_none()
            && let Expr::Call(name, arguments) = &condition.call
            && let ("isSet", [Expr::Ref(value)]) = (name.as_str(), arguments.as_slice())
            && let Some(found) = scope.get_mut(value)
        {
            *found = found.clone().present();
        }
        let Some(assign) = &condition.assign else {
            if let Some(ty @ (Ty::Text | Ty::Integer | Ty::TextList | Ty::Partition | Ty::Url | Ty::Arn)) = ty {
                let message =
                    format!("a condition is neither true nor false: it gives {ty}, and its result has no name");
                self.problem(pointer, message, "name the result by `assign`, or compare it");
            }
            return;
        };
        let at = format!("{pointer}/assign");
        self.name(assign, &at);
        if scope.contains_key(assign) {
            let message = format!("`{assign}` is assigned where something has that name already");
            self.problem(&at, message, "a name of the rules language has one meaning: choose another");
        }
        scope.insert(assign.clone(), ty.unwrap_or(Ty::Text).present());
    }

    /// Checks an expression and gives its type; `None` where it is not known, which is told.
    fn expression(&mut self, expression: &Expr, scope: &Scope, pointer: &str) -> Option<Ty> {
        match expression {
            Expr::Bool(_) => Some(Ty::Bool),
            Expr::Integer(_) => Some(Ty::Integer),
            Expr::Ref(name) => self.reference(name, scope, pointer),
            Expr::Template(parts) => {
                self.template(parts, scope, pointer);
                Some(Ty::Text)
            }
            Expr::Call(name, arguments) => self.call(name, arguments, scope, pointer),
        }
    }

    fn reference(&mut self, name: &str, scope: &Scope, pointer: &str) -> Option<Ty> {
        let found = scope.get(name).cloned();
        if found.is_none() {
            let hint = did_you_mean(name, scope.keys().map(String::as_str), "declare it under `parameters`");
            self.problem(pointer, format!("`{name}` is neither a parameter nor assigned before"), hint);
        }
        found
    }

    fn template(&mut self, parts: &[Part], scope: &Scope, pointer: &str) {
        for part in parts {
            let Part::Value(name, path) = part else { continue };
            let Some(mut ty) = self.reference(name, scope, pointer) else { continue };
            for attribute in path {
                match ty.attribute(attribute) {
                    Ok(found) => ty = found,
                    Err(message) => return self.problem(pointer, message, ATTRIBUTES),
                }
            }
            if ty.clone().present() != Ty::Text {
                self.problem(
                    pointer,
                    format!("a text is made of `{name}`, and that is {ty}"),
                    "take one of its attributes",
                );
            }
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expr], scope: &Scope, pointer: &str) -> Option<Ty> {
        let Some((takes, gives)) = types::function(name) else {
            let hint = did_you_mean(name, FUNCTIONS, "the functions are in Smithy's rules engine specification");
            self.problem(
                &format!("{pointer}/fn"),
                format!("the function `{name}` is not one that the generator knows"),
                hint,
            );
            return None;
        };
        if takes.len() != arguments.len() {
            let plural = if takes.len() == 1 { "" } else { "s" };
            let message =
                format!("the function `{name}` takes {} argument{plural}, not {}", takes.len(), arguments.len());
            self.problem(
                &format!("{pointer}/argv"),
                message,
                "the functions are in Smithy's rules engine specification",
            );
            return None;
        }
        let before = self.problems.len();
        let mut first = None;
        for (index, (argument, takes)) in arguments.iter().zip(takes).enumerate() {
            let ty = self.argument(name, argument, *takes, scope, &format!("{pointer}/argv/{index}"));
            first = first.or(ty);
        }
        if name != "getAttr" {
            return Some(gives);
        }
        if self.problems.len() > before {
            return None;
        }
        let path = arguments.get(1).and_then(literal).unwrap_or_default();
        let found = first?.attribute(path);
        found.map_err(|message| self.problem(&format!("{pointer}/argv/1"), message, ATTRIBUTES)).ok()
    }

    /// Checks what a function is given at a position, and gives its type.
    fn argument(&mut self, name: &str, argument: &Expr, takes: Takes, scope: &Scope, pointer: &str) -> Option<Ty> {
        let ty = self.expression(argument, scope, pointer)?;
        let wanted = match (takes, &ty, argument) {
            (Takes::Any, ..) => return Some(ty),
            (Takes::Text, ty, _) if ty.clone().present() == Ty::Text => return Some(ty.clone()),
            (Takes::Bool, ty, _) if ty.clone().present() == Ty::Bool => return Some(ty.clone()),
            (Takes::PlainBool, Ty::Bool, _) => return Some(ty),
            (Takes::Count, _, Expr::Integer(number)) if u32::try_from(*number).is_ok() => return Some(ty),
            (Takes::Path, ..) if literal(argument).is_some() => return Some(ty),
            (Takes::Text, ..) => "a string",
            (Takes::Bool | Takes::PlainBool, ..) => "a boolean",
            (Takes::Count, ..) => "a whole number that is not negative",
            (Takes::Path, ..) => "a literal that names an attribute",
        };
        let given = match argument {
            Expr::Integer(number) => number.to_string(),
            _ => ty.to_string(),
        };
        let hint = "the functions are in Smithy's rules engine specification";
        self.problem(pointer, format!("the function `{name}` takes {wanted} here, not {given}"), hint);
        None
    }

    /// Checks a value that has to be text.
    fn text(&mut self, expression: &Expr, scope: &Scope, pointer: &str) {
        let Some(ty) = self.expression(expression, scope, pointer) else { return };
        if ty.clone().present() != Ty::Text {
            self.problem(pointer, format!("a string is wanted here, and this is {ty}"), "write a string or a template");
        }
    }

    fn header(&mut self, name: &str, values: &[Expr], scope: &Scope, pointer: &str) {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_token) {
            self.problem(
                pointer,
                "this is not the name of a header",
                "a header has letters of ASCII, digits and hyphens",
            );
        }
        for (index, value) in values.iter().enumerate() {
            self.text(value, scope, &format!("{pointer}/{index}"));
        }
    }

    /// Checks a property of an endpoint: JSON whose strings are templates.
    fn property(&mut self, value: &Value, scope: &Scope, pointer: &str) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) if number.as_i64().is_some() => {}
            Value::Number(_) => {
                self.problem(pointer, "a number of an endpoint property is an integer", "write an integer")
            }
            Value::String(source) => match template(source, pointer) {
                Ok(text) => self.text(&text, scope, pointer),
                Err(problem) => self.problems.push(problem),
            },
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.property(element, scope, &format!("{pointer}/{index}"));
                }
            }
            Value::Object(entries) => {
                for (key, value) in entries {
                    self.property(value, scope, &format!("{pointer}/{}", token(key)));
                }
            }
        }
    }
}

const ATTRIBUTES: &str = "the attributes of partitions, ARNs and URLs are in Smithy's rules engine specification";

/// The text of a literal without values in it.
fn literal(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Template(parts) => match parts.as_slice() {
            [Part::Literal(text)] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// A key as a token of a JSON pointer.
fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
