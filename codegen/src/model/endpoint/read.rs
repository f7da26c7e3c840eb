//! Reads what both forms of rules are made of: parameters, conditions, ends, expressions.

use serde_json::{Map, Value};

use super::expression::{Conclusion, Condition, EndpointExpr, Expr, Property};
use super::form::{Parsed, Problem, array, fail, object, text_at, token};
use super::parameter::{Parameter, ParameterType};
use super::template::{self, AttributePath};
use super::types::Function;

/// The parameters of either form.
pub(super) fn parameters(rules: &Value) -> Parsed<Vec<Parameter>> {
    let parameters = object(rules.get("parameters"), "/parameters")?;
    parameters.iter().map(|(name, value)| parameter(name, value)).collect()
}

/// The parameters of the rules that a client has settings for, as `smithy.rules#clientContextParams` lists them.
pub(super) fn client_params(params: &Value) -> Parsed<Vec<Parameter>> {
    object(Some(params), "")?.iter().map(|(name, value)| parameter(name, value)).collect()
}

fn parameter(name: &str, value: &Value) -> Parsed<Parameter> {
    let pointer = format!("/parameters/{}", token(name));
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
        documentation: text("documentation")?.map(str::to_owned),
    })
}

/// Conditions in an array.
pub(super) fn conditions(value: Option<&Value>, pointer: &str) -> Parsed<Vec<Condition>> {
    let conditions = array(value, pointer)?.iter().enumerate().map(|(index, condition)| {
        let pointer = format!("{pointer}/{index}");
        let map = object(Some(condition), &pointer)?;
        let assign = text_at(map, "assign", &pointer)?.map(str::to_owned);
        match expr(condition, &pointer)? {
            call @ (Expr::Call(..) | Expr::Attribute(..) | Expr::Unknown(_)) => Ok(Condition { call, assign }),
            _ => fail(&pointer, "a condition calls a function"),
        }
    });
    conditions.collect()
}

/// The end of a rule that is no tree.
pub(super) fn conclusion(rule: &Map<String, Value>, pointer: &str) -> Parsed<Conclusion> {
    match rule.get("type").and_then(Value::as_str) {
        Some("error") => {
            let message = expr(rule.get("error").unwrap_or(&Value::Null), &format!("{pointer}/error"))?;
            Ok(Conclusion::Error(message))
        }
        Some("endpoint") => endpoint(rule.get("endpoint"), &format!("{pointer}/endpoint")).map(Conclusion::Endpoint),
        _ => fail(pointer, "the type of a result is error or endpoint"),
    }
}

fn endpoint(value: Option<&Value>, pointer: &str) -> Parsed<EndpointExpr> {
    let map = object(value, pointer)?;
    let url = expr(map.get("url").unwrap_or(&Value::Null), &format!("{pointer}/url"))?;
    let entries = |key: &str| match map.get(key) {
        None => Ok(Map::new()),
        value => object(value, &format!("{pointer}/{key}")).cloned(),
    };
    let properties = entries("properties")?;
    let properties = properties.iter().map(|(name, value)| {
        let pointer = format!("{pointer}/properties/{}", token(name));
        (name.clone(), property(value, &pointer))
    });
    let properties = properties.collect();
    let mut headers = Vec::new();
    for (name, values) in entries("headers")? {
        let pointer = format!("{pointer}/headers/{}", token(&name));
        let values = array(Some(&values), &pointer)?.iter().enumerate();
        let values = values.map(|(index, value)| expr(value, &format!("{pointer}/{index}")));
        headers.push((name, values.collect::<Parsed<_>>()?));
    }
    Ok(EndpointExpr { url, properties, headers })
}

fn property(value: &Value, pointer: &str) -> Property {
    match value {
        Value::Null => Property::Null,
        Value::Bool(value) => Property::Bool(*value),
        Value::Number(number) => number.as_i64().map_or_else(|| no_integer(pointer), Property::Integer),
        Value::String(text) => text_expr(text, pointer).map_or_else(Property::Wrong, Property::Text),
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            Property::List(elements.map(|(index, one)| property(one, &format!("{pointer}/{index}"))).collect())
        }
        Value::Object(entries) => {
            let entry = |key: &String, value| (key.clone(), property(value, &format!("{pointer}/{}", token(key))));
            Property::Object(entries.iter().map(|(key, value)| entry(key, value)).collect())
        }
    }
}

fn no_integer(pointer: &str) -> Property {
    let problem = Problem::of_form(pointer, "a number of an endpoint property is an integer");
    Property::Wrong(Problem { hint: "write an integer".to_owned(), ..problem })
}

fn text_expr(text: &str, pointer: &str) -> Parsed<Expr> {
    template::parse(text, pointer).map(Expr::Template)
}

fn expr(value: &Value, pointer: &str) -> Parsed<Expr> {
    Ok(match value {
        Value::Bool(value) => Expr::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Expr::Integer(number),
            None => return fail(pointer, "a number of the rules language is an integer"),
        },
        Value::String(text) => text_expr(text, pointer)?,
        Value::Object(map) => {
            if let Some(name) = map.get("ref").and_then(Value::as_str) {
                return Ok(Expr::Ref(name.to_owned()));
            }
            let Some(name) = map.get("fn").and_then(Value::as_str) else {
                return fail(pointer, "an expression is a literal, a `ref` or a `fn` with `argv`");
            };
            let arguments = array(map.get("argv"), &format!("{pointer}/argv"))?.iter().enumerate();
            let arguments = arguments.map(|(index, value)| expr(value, &format!("{pointer}/argv/{index}")));
            call(name, arguments.collect::<Parsed<_>>()?, pointer)?
        }
        _ => return fail(pointer, "an expression is a literal, a `ref` or a `fn` with `argv`"),
    })
}

/// A call. What is wrong with its arguments is found when types are checked.
fn call(name: &str, mut arguments: Vec<Expr>, pointer: &str) -> Parsed<Expr> {
    let Some(function) = Function::of(name) else { return Ok(Expr::Unknown(name.to_owned())) };
    if let (Function::GetAttr, [_, path]) = (function, arguments.as_slice())
        && let Some(path) = path.literal()
    {
        let path =
            AttributePath::parse(path).map_err(|message| Problem::of_form(&format!("{pointer}/argv/1"), message))?;
        return Ok(Expr::Attribute(Box::new(arguments.swap_remove(0)), path));
    }
    Ok(Expr::Call(function, arguments))
}
