//! The type checker of endpoint rules.
//!
//! What passes it is a rule set whose Rust compiles: names are identifiers, every reference is to something in scope,
//! functions get what they take, texts are made of texts. Everything that is wrong is told at once, each problem with
//! its place.
//!
//! In a tree a value is in scope below the condition that names it, and is there from the condition on that finds it
//! set. In a diagram every result of a condition is in scope everywhere, and may be absent everywhere: a condition about
//! a value that is absent does not hold.

use serde_json::Value;
use std::collections::BTreeMap;

use super::diagram::Diagram;
use super::expression::{Conclusion, Condition, EndpointExpr, Expr, Property};
use super::form::{Problem, token};
use super::parameter::{Parameter, ParameterType};
use super::rules::{Decision, EndpointRules};
use super::template::{AttributePath, Part};
use super::tree::{Outcome, Rule};
use super::types::{self, Function, Takes, Ty};
use crate::ast::suggest::did_you_mean;
use crate::model::binding::is_token;

/// Types of the values that rules may refer to, by name.
type Scope = BTreeMap<String, Ty>;

/// Everything that keeps rules from being followed.
pub(super) fn check(rules: &EndpointRules) -> Vec<Problem> {
    let mut checker = Checker::default();
    checker.parameters(&rules.parameters);
    let mut scope = rules.parameters.iter().map(|parameter| (parameter.name.clone(), Ty::of(parameter))).collect();
    match &rules.decision {
        Decision::Tree(rules) => checker.rules(rules, &scope, "/rules"),
        Decision::Diagram(diagram) => {
            checker.is_lenient = true;
            checker.diagram(diagram, &mut scope);
        }
    }
    checker.problems
}

/// The problems found so far.
#[derive(Default)]
struct Checker {
    problems: Vec<Problem>,
    /// Values that may be absent are taken where those that are there are wanted.
    is_lenient: bool,
}

impl Checker {
    fn problem(&mut self, pointer: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem { pointer: pointer.to_owned(), message: message.into(), hint: hint.into() });
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        let mut built_ins: BTreeMap<&str, &str> = BTreeMap::new();
        for parameter in parameters {
            let name = parameter.name.as_str();
            let pointer = format!("/parameters/{}", token(name));
            self.name(name, &pointer);
            self.default_value(parameter, &pointer);
            self.built_in(parameter, &pointer);
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
                Outcome::End(conclusion) => self.conclusion(conclusion, &inner, &pointer),
            }
        }
    }

    fn diagram(&mut self, diagram: &Diagram, scope: &mut Scope) {
        for (index, condition) in diagram.conditions.iter().enumerate() {
            let pointer = format!("/conditions/{index}");
            self.condition(condition, scope, &pointer);
            if let Some(assigned) = condition.assign.as_ref().and_then(|name| scope.get_mut(name)) {
                *assigned = assigned.clone().present().optional();
            }
        }
        for (index, result) in diagram.results.iter().enumerate() {
            self.conclusion(result, scope, &format!("/results/{index}"));
        }
    }

    fn conclusion(&mut self, conclusion: &Conclusion, scope: &Scope, pointer: &str) {
        match conclusion {
            Conclusion::Error(message) => self.text(message, scope, &format!("{pointer}/error")),
            Conclusion::Endpoint(EndpointExpr { url, properties, headers }) => {
                let pointer = format!("{pointer}/endpoint");
                self.text(url, scope, &format!("{pointer}/url"));
                for (name, value) in properties {
                    self.property(value, scope, &format!("{pointer}/properties/{}", token(name)));
                }
                for (name, values) in headers {
                    self.header(name, values, scope, &format!("{pointer}/headers/{}", token(name)));
                }
            }
        }
    }

    /// Checks a condition, and puts into the scope what it binds or finds set.
    fn condition(&mut self, condition: &Condition, scope: &mut Scope, pointer: &str) {
        let ty = self.expression(&condition.call, scope, pointer);
        if condition.assign.is_none()
            && !self.is_lenient
            && let Expr::Call(Function::IsSet, arguments) = &condition.call
            && let [Expr::Ref(value)] = arguments.as_slice()
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
            Expr::Attribute(value, path) => {
                let ty = self.expression(value, scope, &format!("{pointer}/argv/0"))?;
                self.attribute(ty, path, &format!("{pointer}/argv/1"))
            }
            Expr::Call(function, arguments) => self.call(*function, arguments, scope, pointer),
            Expr::Unknown(name) => {
                let hint =
                    did_you_mean(name, Function::names(), "the functions are in Smithy's rules engine specification");
                let message = format!("the function `{name}` is not one that the generator knows");
                self.problem(&format!("{pointer}/fn"), message, hint);
                None
            }
        }
    }

    /// Follows a path from a value of a type.
    fn attribute(&mut self, mut ty: Ty, path: &AttributePath, pointer: &str) -> Option<Ty> {
        let mut may_be_absent = false;
        for step in &path.0 {
            may_be_absent |= self.is_lenient && ty.is_optional();
            let from = if self.is_lenient { ty.present() } else { ty };
            match from.attribute(step) {
                Ok(found) => ty = found,
                Err(message) => {
                    self.problem(pointer, message, ATTRIBUTES);
                    return None;
                }
            }
        }
        Some(if may_be_absent { ty.present().optional() } else { ty })
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
            let Some(ty) = self.reference(name, scope, pointer) else { continue };
            let Some(ty) = self.attribute(ty, path, pointer) else { return };
            if ty.clone().present() != Ty::Text {
                self.problem(
                    pointer,
                    format!("a text is made of `{name}`, and that is {ty}"),
                    "take one of its attributes",
                );
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expr], scope: &Scope, pointer: &str) -> Option<Ty> {
        let takes = function.takes();
        let is_enough = match function {
            Function::Coalesce => takes.len() <= arguments.len(),
            _ => takes.len() == arguments.len(),
        };
        if !is_enough {
            let plural = match (function, takes.len()) {
                (Function::Coalesce, _) => "s or more",
                (_, 1) => "",
                _ => "s",
            };
            let (name, wanted, given) = (function.name(), takes.len(), arguments.len());
            let message = format!("the function `{name}` takes {wanted} argument{plural}, not {given}");
            self.problem(&format!("{pointer}/argv"), message, SPECIFICATION);
            return None;
        }
        let before = self.problems.len();
        let takes = takes.iter().chain(std::iter::repeat(&Takes::Any));
        let mut types = Vec::new();
        for (index, (argument, takes)) in arguments.iter().zip(takes).enumerate() {
            types.extend(self.argument(function.name(), argument, *takes, scope, &format!("{pointer}/argv/{index}")));
        }
        match function {
            // Its path is no literal, or it would have been read as one; that has been told.
            Function::GetAttr => return None,
            Function::Coalesce | Function::Ite => {}
            _ => return function.gives(&types),
        }
        if self.problems.len() > before {
            return None;
        }
        let gives = function.gives(&types);
        if gives.is_none() {
            let message = format!("the function `{}` chooses between values of different types", function.name());
            self.problem(&format!("{pointer}/argv"), message, SPECIFICATION);
        }
        gives
    }

    /// Checks what a function is given at a position, and gives its type.
    fn argument(&mut self, name: &str, argument: &Expr, takes: Takes, scope: &Scope, pointer: &str) -> Option<Ty> {
        let ty = self.expression(argument, scope, pointer)?;
        let wanted = match (takes, &ty, argument) {
            (Takes::Any, ..) => return Some(ty),
            (Takes::Text, ty, _) if ty.clone().present() == Ty::Text => return Some(ty.clone()),
            (Takes::Bool, ty, _) if ty.clone().present() == Ty::Bool => return Some(ty.clone()),
            (Takes::PlainBool, Ty::Bool, _) => return Some(ty),
            (Takes::PlainBool, ty, _) if self.is_lenient && ty.clone().present() == Ty::Bool => {
                return Some(ty.clone());
            }
            (Takes::Count, _, Expr::Integer(number)) if u32::try_from(*number).is_ok() => return Some(ty),
            (Takes::Text, ..) => "a string",
            (Takes::Bool | Takes::PlainBool, ..) => "a boolean",
            (Takes::Count, ..) => "a whole number that is not negative",
            (Takes::Path, ..) => "a literal that names an attribute",
        };
        let given = match argument {
            Expr::Integer(number) => number.to_string(),
            _ => ty.to_string(),
        };
        self.problem(pointer, format!("the function `{name}` takes {wanted} here, not {given}"), SPECIFICATION);
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
        if !is_token(name) {
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

    /// Checks the texts of a property.
    fn property(&mut self, value: &Property, scope: &Scope, pointer: &str) {
        match value {
            Property::Null | Property::Bool(_) | Property::Integer(_) => {}
            Property::Text(text) => self.text(text, scope, pointer),
            Property::Wrong(problem) => self.problems.push(problem.clone()),
            Property::List(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.property(element, scope, &format!("{pointer}/{index}"));
                }
            }
            Property::Object(entries) => {
                for (key, value) in entries {
                    self.property(value, scope, &format!("{pointer}/{}", token(key)));
                }
            }
        }
    }
}

const ATTRIBUTES: &str = "the attributes of partitions, ARNs and URLs are in Smithy's rules engine specification";

const SPECIFICATION: &str = "the functions are in Smithy's rules engine specification";
