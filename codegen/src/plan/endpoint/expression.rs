//! Expressions of the rules language as Rust.
//!
//! Types are followed through the rules: a parameter without default is an option until a rule has found that it `isSet`.
//! What is wrong with rules was found when the model was read.

use std::collections::BTreeMap;

use super::rust::{DocumentExpr, Ending, Locals, Method, Piece, RuntimeFunction, RustExpr};
use crate::model::endpoint::template::{AttributePath, AttributeStep, Part};
use crate::model::endpoint::types::{Function, Ty};
use crate::model::endpoint::{Conclusion, EndpointExpr, EndpointRules, Expr, ParameterType, Property};
use crate::plan::names::field;

/// An expression and its type.
pub(super) type Typed = (RustExpr, Ty);

/// What rules can refer to at some place.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Values by their name in the rules.
    pub(super) values: BTreeMap<String, Typed>,
    /// The variables that they have, or get once they are known to be set.
    pub(super) locals: Locals,
    /// An absent value ends the condition, which does not hold then, by `?`. Otherwise an absent text is empty.
    pub(super) absent_ends: bool,
}

impl Scope {
    /// The parameters.
    pub(super) fn of(rules: &EndpointRules) -> Self {
        let mut scope = Self::default();
        for parameter in &rules.parameters {
            let value = RustExpr::Param(field(&parameter.name));
            let value = match (parameter.ty, parameter.is_present()) {
                (ParameterType::Text, true) => value.method(Method::AsStr),
                (ParameterType::Bool, _) => value,
                (ParameterType::TextList, true) => value.method(Method::AsSlice),
                (ParameterType::Text | ParameterType::TextList, false) => value.method(Method::AsDeref),
            };
            scope.locals.declare(&parameter.name);
            scope.values.insert(parameter.name.clone(), (value, Ty::of(parameter)));
        }
        scope
    }

    /// What a name refers to.
    pub(super) fn reference(&self, name: &str) -> Result<Typed, String> {
        self.values.get(name).cloned().ok_or_else(|| format!("`{name}` is neither a parameter nor assigned before"))
    }

    /// A value that is there, where absence ends the condition.
    fn present(&self, (code, ty): Typed) -> Typed {
        match ty {
            Ty::Option(inner) if self.absent_ends => (RustExpr::Try(Box::new(code)), *inner),
            ty => (code, ty),
        }
    }
}

/// An expression with its type.
///
/// # Errors
/// A sentence about the first expression that cannot be written in Rust.
pub(super) fn expr(expression: &Expr, scope: &Scope) -> Result<Typed, String> {
    Ok(match expression {
        Expr::Bool(value) => (RustExpr::Bool(*value), Ty::Bool),
        Expr::Integer(value) => (RustExpr::Integer(*value), Ty::Integer),
        Expr::Ref(name) => scope.reference(name)?,
        Expr::Template(_) => match text(expression, scope)? {
            made @ RustExpr::Format(_) => (made.method(Method::AsStr), Ty::Text),
            text => (text, Ty::Text),
        },
        Expr::Attribute(value, path) => attribute(expr(value, scope)?, path, scope)?,
        Expr::Call(function, arguments) => call(*function, arguments, scope)?,
        Expr::Unknown(name) => return Err(format!("the function `{name}` is not one that the generator knows")),
    })
}

fn call(function: Function, arguments: &[Expr], scope: &Scope) -> Result<Typed, String> {
    let argument = |index: usize| {
        let found = arguments.get(index);
        found.ok_or_else(|| format!("the function `{}` lacks argument {}", function.name(), index + 1))
    };
    let text = |index: usize| argument(index).and_then(|argument| as_text(argument, scope));
    let plain = |index: usize| argument(index).and_then(|argument| Ok(scope.present(expr(argument, scope)?).0));
    let runtime = |function, arguments: Vec<RustExpr>| RustExpr::Function(function, arguments);
    Ok(match function {
        Function::IsSet => match expr(argument(0)?, scope)? {
            (code, Ty::Option(_)) => (code.method(Method::IsSome), Ty::Bool),
            _ => (RustExpr::Bool(true), Ty::Bool),
        },
        Function::Not => (negated(argument(0)?, scope)?, Ty::Bool),
        Function::BooleanEquals => (equal_bools(argument(0)?, argument(1)?, scope)?, Ty::Bool),
        Function::StringEquals => (RustExpr::Equal(Box::new(text(0)?), Box::new(text(1)?)), Ty::Bool),
        Function::GetAttr => return Err("the path of `getAttr` is a literal".to_owned()),
        Function::Coalesce => coalesce(arguments, scope)?,
        Function::Ite => ite(plain(0)?, expr(argument(1)?, scope)?, expr(argument(2)?, scope)?)?,
        Function::Partition => (runtime(RuntimeFunction::Partition, vec![text(0)?]), Ty::Partition.optional()),
        Function::ParseArn => (runtime(RuntimeFunction::ParseArn, vec![text(0)?]), Ty::Arn.optional()),
        Function::ParseUrl => (runtime(RuntimeFunction::ParseUrl, vec![text(0)?]), Ty::Url.optional()),
        Function::IsValidHostLabel => (runtime(RuntimeFunction::IsValidHostLabel, vec![text(0)?, plain(1)?]), Ty::Bool),
        Function::IsVirtualHostableS3Bucket => {
            (runtime(RuntimeFunction::IsVirtualHostableS3Bucket, vec![text(0)?, plain(1)?]), Ty::Bool)
        }
        Function::Substring => {
            let arguments = vec![text(0)?, plain(1)?, plain(2)?, plain(3)?];
            (runtime(RuntimeFunction::Substring, arguments), Ty::Text.optional())
        }
        Function::UriEncode => (runtime(RuntimeFunction::UriEncode, vec![text(0)?]).method(Method::AsStr), Ty::Text),
        Function::Split => (runtime(RuntimeFunction::Split, vec![text(0)?, text(1)?, plain(2)?]), Ty::TextList),
    })
}

/// The first of the arguments that is there; one that always is ends them.
fn coalesce(arguments: &[Expr], scope: &Scope) -> Result<Typed, String> {
    let mut chosen: Option<Typed> = None;
    for argument in arguments.iter().rev() {
        let (code, ty) = expr(argument, scope)?;
        chosen = Some(match (chosen, ty) {
            (Some((other, other_ty)), Ty::Option(inner)) => {
                let (code, other) = (Box::new(code), Box::new(other));
                match other_ty {
                    Ty::Option(_) => (RustExpr::Or(code, other), inner.optional()),
                    _ => (RustExpr::UnwrapOr(code, other), *inner),
                }
            }
            (_, ty) => (code, ty),
        });
    }
    chosen.ok_or_else(|| "the function `coalesce` has no arguments".to_owned())
}

/// One of two values. A text that is made for it has to outlive its branch.
fn ite(condition: RustExpr, (value, value_ty): Typed, (other, other_ty): Typed) -> Result<Typed, String> {
    let is_optional = value_ty.is_optional() || other_ty.is_optional();
    let ty = value_ty.clone().present();
    let makes_text =
        !matches!(ty, Ty::Bool | Ty::Integer | Ty::Partition) && (value.makes_text() || other.makes_text());
    if makes_text && (is_optional || ty != Ty::Text) {
        return Err("the function `ite` chooses a value that is made of a text, other than a text itself".to_owned());
    }
    if makes_text {
        let choice = RustExpr::If(Box::new([condition, to_string(value), to_string(other)]));
        return Ok((choice.method(Method::AsStr), Ty::Text));
    }
    let wrap = |code, ty: &Ty| if is_optional && !ty.is_optional() { RustExpr::Some(Box::new(code)) } else { code };
    let choice = RustExpr::If(Box::new([condition, wrap(value, &value_ty), wrap(other, &other_ty)]));
    Ok((choice, if is_optional { ty.optional() } else { ty }))
}

/// A `String` of a text.
fn to_string(text: RustExpr) -> RustExpr {
    match text {
        RustExpr::Method(made, Method::AsStr) if made.is_made() => *made,
        text => text.method(Method::ToOwned),
    }
}

/// `not`, without a double negation where the argument is an equality.
fn negated(argument: &Expr, scope: &Scope) -> Result<RustExpr, String> {
    if let Expr::Call(function, arguments) = argument {
        match (function, arguments.as_slice()) {
            (Function::IsSet, [value]) => {
                let (code, ty) = expr(value, scope)?;
                return Ok(if ty.is_optional() { code.method(Method::IsNone) } else { RustExpr::Bool(false) });
            }
            (Function::StringEquals, [left, right]) => {
                let (left, right) = (as_text(left, scope)?, as_text(right, scope)?);
                return Ok(RustExpr::NotEqual(Box::new(left), Box::new(right)));
            }
            _ => {}
        }
    }
    let (code, ty) = expr(argument, scope)?;
    Ok(match ty {
        Ty::Option(inner) if *inner != Ty::Bool => code.method(Method::IsNone),
        Ty::Option(_) => RustExpr::NotEqual(Box::new(code), Box::new(RustExpr::Some(Box::new(RustExpr::Bool(true))))),
        _ => RustExpr::Not(Box::new(code)),
    })
}

/// A comparison with a literal is the other side, or its negation.
fn equal_bools(left: &Expr, right: &Expr, scope: &Scope) -> Result<RustExpr, String> {
    let equal = |left, right| RustExpr::Equal(Box::new(left), Box::new(right));
    let some = |value| RustExpr::Some(Box::new(value));
    let (value, literal) = match (left, right) {
        (Expr::Bool(literal), value) | (value, Expr::Bool(literal)) => (value, *literal),
        _ => {
            let ((left, left_ty), (right, right_ty)) = (expr(left, scope)?, expr(right, scope)?);
            return Ok(match (left_ty, right_ty) {
                (Ty::Option(_), Ty::Bool) => equal(left, some(right)),
                (Ty::Bool, Ty::Option(_)) => equal(some(left), right),
                _ => equal(left, right),
            });
        }
    };
    let (code, ty) = expr(value, scope)?;
    Ok(match (ty, literal) {
        (Ty::Option(_), literal) => equal(code, some(RustExpr::Bool(literal))),
        (_, true) => code,
        (_, false) => RustExpr::Not(Box::new(code)),
    })
}

fn as_text(expression: &Expr, scope: &Scope) -> Result<RustExpr, String> {
    match scope.present(expr(expression, scope)?) {
        (code, Ty::Text) => Ok(code),
        (code, Ty::Option(inner)) if *inner == Ty::Text => Ok(code.method(Method::UnwrapOrDefault)),
        _ => Err("text is wanted where the rule has another type".to_owned()),
    }
}

/// Follows a path to an attribute.
fn attribute(value: Typed, path: &AttributePath, scope: &Scope) -> Result<Typed, String> {
    path.0.iter().try_fold(value, |value, step| self::step(scope.present(value), step))
}

/// Follows one attribute, perhaps with an index: `resourceId[0]`.
fn step((value, ty): Typed, step: &AttributeStep) -> Result<Typed, String> {
    let found = ty.attribute(step)?;
    let is_list = matches!(found, Ty::TextList) || step.index.is_some();
    let member = |value| RustExpr::Member(Box::new(value), field(&step.key));
    let code = match (&ty, step.key.as_str()) {
        (Ty::TextList, _) => value,
        (Ty::Url, "normalizedPath") => value.method(Method::NormalizedPath),
        // Lent, as the ARN may be asked for it again.
        _ if is_list && step.index.is_none() => member(value).method(Method::AsSlice),
        _ => member(value),
    };
    match step.index {
        None => Ok((code, found)),
        Some(index) => Ok((RustExpr::Element(Box::new(code), index), found)),
    }
}

/// A text: a `&str`, or a [`RustExpr::Format`] where it has to be made.
fn text(expression: &Expr, scope: &Scope) -> Result<RustExpr, String> {
    let Expr::Template(parts) = expression else { return as_text(expression, scope) };
    if let Some(text) = expression.literal() {
        return Ok(RustExpr::Text(text.to_owned()));
    }
    match parts.as_slice() {
        // A text alone is that text.
        [Part::Value(name, path)] => {
            let value = scope.present(attribute(scope.reference(name)?, path, scope)?);
            match value {
                (code, Ty::Text) => Ok(code),
                value => Ok(RustExpr::Format(vec![piece(value)])),
            }
        }
        _ => Ok(RustExpr::Format(pieces(parts, scope)?)),
    }
}

/// The text of a URL as what a template is made of.
fn template(expression: &Expr, scope: &Scope) -> Result<RustExpr, String> {
    let pieces = match expression {
        Expr::Template(parts) => pieces(parts, scope)?,
        _ => vec![piece((as_text(expression, scope)?, Ty::Text))],
    };
    Ok(RustExpr::Format(pieces))
}

fn pieces(parts: &[Part], scope: &Scope) -> Result<Vec<Piece>, String> {
    let pieces = parts.iter().map(|part| match part {
        Part::Literal(text) => Ok(Piece::Literal(text.clone())),
        Part::Value(name, path) => Ok(piece(scope.present(attribute(scope.reference(name)?, path, scope)?))),
    });
    pieces.collect()
}

fn piece(value: Typed) -> Piece {
    match value {
        // A raw identifier cannot stand within a format string.
        (RustExpr::Local(name), Ty::Text) if !name.starts_with("r#") => Piece::Inline(name),
        (code, Ty::Option(_)) => Piece::Value(code.method(Method::UnwrapOrDefault)),
        (code, _) => Piece::Value(code),
    }
}

/// Where rules end.
pub(super) fn ending(conclusion: &Conclusion, scope: &Scope) -> Result<Ending, String> {
    let EndpointExpr { url, properties, headers } = match conclusion {
        Conclusion::Error(message) => return Ok(Ending::Error(text(message, scope)?)),
        Conclusion::Endpoint(endpoint) => endpoint,
    };
    let url = template(url, scope)?;
    if properties.is_empty() && headers.is_empty() {
        return Ok(Ending::Url(url));
    }
    let property = |(name, value): &(String, Property)| Ok((name.clone(), document(value, scope)?));
    let properties = properties.iter().map(property).collect::<Result<_, String>>()?;
    let headers =
        headers.iter().flat_map(|(name, values)| values.iter().map(|value| Ok((name.clone(), text(value, scope)?))));
    Ok(Ending::Endpoint { url, properties, headers: headers.collect::<Result<_, String>>()? })
}

/// A property of an endpoint.
fn document(value: &Property, scope: &Scope) -> Result<DocumentExpr, String> {
    Ok(match value {
        Property::Null => DocumentExpr::Null,
        Property::Bool(value) => DocumentExpr::Bool(*value),
        Property::Integer(number) => DocumentExpr::Integer(*number),
        Property::Text(value) => DocumentExpr::Text(text(value, scope)?),
        Property::List(elements) => {
            DocumentExpr::List(elements.iter().map(|element| document(element, scope)).collect::<Result<_, _>>()?)
        }
        Property::Object(entries) => {
            let entry = |(key, value): &(String, Property)| Ok((key.clone(), document(value, scope)?));
            DocumentExpr::Object(entries.iter().map(entry).collect::<Result<_, String>>()?)
        }
        Property::Wrong(problem) => return Err(problem.message.clone()),
    })
}
