//! Endpoint rules as Rust: nested `if`s over the parameters.
//!
//! Types are followed through the rules: a parameter without default is an
//! option until a rule has found that it `isSet`. What is wrong with a rule set
//! has been found by [`endpoint_check`](super::endpoint_check) before.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;
use std::collections::BTreeMap;

use super::endpoint::{Condition, EndpointPlan, Expr, Outcome, ParameterType, Part, Rule, template};
use super::endpoint_types::{Ty, split_index};
use super::names::{field, ident, local};

/// An expression and its type.
type Typed = (TokenStream, Ty);

/// What rules can refer to at some place.
#[derive(Clone, Default)]
struct Scope {
    /// Values by their name in the rules.
    values: BTreeMap<String, Typed>,
    /// The variables that they have, or get once they are known to be set.
    locals: BTreeMap<String, String>,
}

impl Scope {
    /// Adds a name with a variable of its own: names that differ in case alone would have the same one.
    fn declare(&mut self, name: &str) -> Ident {
        let mut variable = local(name);
        while self.locals.values().any(|taken| *taken == variable) {
            variable.push_str("_value");
        }
        self.locals.insert(name.to_owned(), variable.clone());
        ident(&variable)
    }

    /// The variable of a name that was declared.
    fn local(&self, name: &str) -> Ident {
        ident(&self.locals.get(name).cloned().unwrap_or_else(|| local(name)))
    }
}

/// The body of `fn resolve(params: &Params) -> Result<Endpoint, BoxError>`.
///
/// # Errors
/// A sentence about the first expression that the rules language does not have.
pub(crate) fn body(plan: &EndpointPlan) -> Result<TokenStream, String> {
    let mut scope = Scope::default();
    for parameter in &plan.parameters {
        let name = ident(&field(&parameter.name));
        let code = match (parameter.ty, parameter.is_present()) {
            (ParameterType::Text, true) => quote!(params.#name.as_str()),
            (ParameterType::Bool, _) => quote!(params.#name),
            (ParameterType::TextList, true) => quote!(params.#name.as_slice()),
            (ParameterType::Text | ParameterType::TextList, false) => quote!(params.#name.as_deref()),
        };
        scope.declare(&parameter.name);
        scope.values.insert(parameter.name.clone(), (code, Ty::of(parameter)));
    }
    rules(&plan.rules, &scope, true)
}

/// Rules in order, up to the first that has no condition; after the last one nothing is left to try.
fn rules(rules: &[Rule], scope: &Scope, at_end: bool) -> Result<TokenStream, String> {
    let mut code = TokenStream::new();
    for rule in rules {
        let mut inner = scope.clone();
        let operands = rule.conditions.iter().map(|condition| self::condition(condition, &mut inner));
        let operands: Vec<Operand> = operands.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        if operands.is_empty() {
            code.extend(outcome(&rule.outcome, &inner, at_end)?);
            return Ok(code);
        }
        let outcome = outcome(&rule.outcome, &inner, false)?;
        let conditions = conditions(operands, &outcome);
        code.extend(quote!(if #(#conditions)&&* { #outcome }));
    }
    code.extend(result(quote!(Err(NO_RULE.into())), at_end));
    Ok(code)
}

/// The last expression of the function, or a return from within it.
fn result(value: TokenStream, at_end: bool) -> TokenStream {
    if at_end { value } else { quote!(return #value;) }
}

fn outcome(outcome: &Outcome, scope: &Scope, at_end: bool) -> Result<TokenStream, String> {
    match outcome {
        Outcome::Tree(inner) => rules(inner, scope, at_end),
        Outcome::Error(message) => {
            let message = owned_text(message, scope)?;
            Ok(result(quote!(Err(#message.into())), at_end))
        }
        Outcome::Endpoint { url, properties, headers } => {
            let literal = matches!(url, Expr::Template(parts) if matches!(parts.as_slice(), [Part::Literal(_)]));
            let url = owned_text(url, scope)?;
            if properties.is_empty() && headers.is_empty() {
                // A literal is the one text that is not owned yet.
                let url = if literal { quote!(#url.to_owned()) } else { url };
                return Ok(result(quote!(Ok(at(#url))), at_end));
            }
            let mut builder = quote!(Endpoint::builder().url(#url));
            for (name, value) in properties {
                let value = document(value, scope)?;
                builder.extend(quote!(.property(#name, #value)));
            }
            for (name, values) in headers {
                for value in values {
                    let value = owned_text(value, scope)?;
                    builder.extend(quote!(.header(#name, #value)));
                }
            }
            Ok(result(quote!(Ok(#builder.build())), at_end))
        }
    }
}

/// A condition as an operand of `&&`.
enum Operand {
    /// It holds or not.
    Holds(TokenStream),
    /// It holds where there is a value, which gets a name.
    Binds { name: Ident, value: TokenStream },
}

/// Operands in their order; a name that neither a later one nor the outcome mentions is left out.
fn conditions(operands: Vec<Operand>, outcome: &TokenStream) -> Vec<TokenStream> {
    let mut conditions = Vec::new();
    for (index, operand) in operands.iter().enumerate() {
        conditions.push(match operand {
            Operand::Holds(code) => code.clone(),
            Operand::Binds { name, value } => {
                let later = operands[index + 1..].iter().map(|operand| match operand {
                    Operand::Holds(code) | Operand::Binds { value: code, .. } => code,
                });
                let is_used = later.chain([outcome]).any(|code| mentions(code, name));
                if is_used { quote!(let Some(#name) = #value) } else { quote!(#value.is_some()) }
            }
        });
    }
    conditions
}

/// Whether code uses a variable, by itself or within a format string.
fn mentions(code: &TokenStream, name: &Ident) -> bool {
    let in_format = format!("{{{name}}}");
    let mut within_path = false;
    code.clone().into_iter().any(|token| {
        let is_of_path = std::mem::take(&mut within_path);
        match token {
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Ident(ident) => !is_of_path && ident == *name,
            TokenTree::Literal(literal) => literal.to_string().contains(&in_format),
            TokenTree::Punct(punct) => {
                within_path = matches!(punct.as_char(), '.' | ':');
                false
            }
        }
    })
}

/// What has to hold for a condition; `None` when it always does. Names that it
/// binds, and options that it finds set, are put into the scope.
fn condition(condition: &Condition, scope: &mut Scope) -> Result<Option<Operand>, String> {
    let Some(assign) = &condition.assign else { return unnamed(&condition.call, scope) };
    let (code, ty) = expr(&condition.call, scope)?;
    // A boolean has to be true, and then it is.
    if ty.clone().present() == Ty::Bool {
        scope.values.insert(assign.clone(), (quote!(true), Ty::Bool));
        return Ok(Some(Operand::Holds(holds(code, ty))));
    }
    let name = scope.declare(assign);
    let value = if matches!(ty, Ty::Option(_)) { code } else { quote!(Some(#code)) };
    scope.values.insert(assign.clone(), (quote!(#name), ty.present()));
    Ok(Some(Operand::Binds { name, value }))
}

/// As [`condition`], of one whose result has no name.
fn unnamed(call: &Expr, scope: &mut Scope) -> Result<Option<Operand>, String> {
    if let Expr::Call(name, arguments) = call
        && let ("isSet", [Expr::Ref(value)]) = (name.as_str(), arguments.as_slice())
    {
        let (code, ty) = reference(value, scope)?;
        let Ty::Option(inner) = ty else { return Ok(None) };
        let name = scope.local(value);
        scope.values.insert(value.to_owned(), (quote!(#name), *inner));
        return Ok(Some(Operand::Binds { name, value: code }));
    }
    match expr(call, scope)? {
        (code, ty @ (Ty::Bool | Ty::Option(_))) => Ok(Some(Operand::Holds(holds(code, ty)))),
        _ => Err("a condition is neither true nor false, and its result has no name".to_owned()),
    }
}

/// Whether a value is there, and true if it is a boolean.
fn holds(code: TokenStream, ty: Ty) -> TokenStream {
    match ty {
        Ty::Option(inner) if *inner == Ty::Bool => quote!(#code == Some(true)),
        Ty::Option(_) => quote!(#code.is_some()),
        _ => code,
    }
}

fn reference(name: &str, scope: &Scope) -> Result<Typed, String> {
    scope.values.get(name).cloned().ok_or_else(|| format!("`{name}` is neither a parameter nor assigned before"))
}

fn expr(expression: &Expr, scope: &Scope) -> Result<Typed, String> {
    Ok(match expression {
        Expr::Bool(value) => (quote!(#value), Ty::Bool),
        Expr::Integer(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            (quote!(#value), Ty::Integer)
        }
        Expr::Ref(name) => reference(name, scope)?,
        Expr::Template(parts) => match parts.as_slice() {
            [Part::Literal(text)] => (quote!(#text), Ty::Text),
            _ => {
                let text = owned_text(expression, scope)?;
                (quote!(#text.as_str()), Ty::Text)
            }
        },
        Expr::Call(name, arguments) => call(name, arguments, scope)?,
    })
}

fn call(name: &str, arguments: &[Expr], scope: &Scope) -> Result<Typed, String> {
    let text = |index: usize| argument(arguments, index, name).and_then(|argument| as_text(argument, scope));
    let plain = |index: usize| argument(arguments, index, name).and_then(|argument| Ok(expr(argument, scope)?.0));
    Ok(match name {
        "isSet" => {
            let (code, ty) = expr(argument(arguments, 0, name)?, scope)?;
            if matches!(ty, Ty::Option(_)) { (quote!(#code.is_some()), Ty::Bool) } else { (quote!(true), Ty::Bool) }
        }
        "not" => (negated(argument(arguments, 0, name)?, scope)?, Ty::Bool),
        "booleanEquals" => {
            (equal_bools(argument(arguments, 0, name)?, argument(arguments, 1, name)?, scope)?, Ty::Bool)
        }
        "stringEquals" => {
            let (left, right) = (text(0)?, text(1)?);
            (quote!(#left == #right), Ty::Bool)
        }
        "getAttr" => return attribute(argument(arguments, 0, name)?, argument(arguments, 1, name)?, scope),
        "aws.partition" => {
            let region = text(0)?;
            (quote!(partition(#region)), Ty::Partition.optional())
        }
        "aws.parseArn" => {
            let arn = text(0)?;
            (quote!(functions::parse_arn(#arn)), Ty::Arn.optional())
        }
        "parseURL" => {
            let url = text(0)?;
            (quote!(functions::parse_url(#url)), Ty::Url.optional())
        }
        "isValidHostLabel" => {
            let (label, dots) = (text(0)?, plain(1)?);
            (quote!(functions::is_valid_host_label(#label, #dots)), Ty::Bool)
        }
        "aws.isVirtualHostableS3Bucket" => {
            let (bucket, dots) = (text(0)?, plain(1)?);
            (quote!(functions::is_virtual_hostable_s3_bucket(#bucket, #dots)), Ty::Bool)
        }
        "substring" => {
            let (value, start, stop, reverse) = (text(0)?, plain(1)?, plain(2)?, plain(3)?);
            (quote!(functions::substring(#value, #start, #stop, #reverse)), Ty::Text.optional())
        }
        "uriEncode" => {
            let value = text(0)?;
            (quote!(functions::uri_encode(#value).as_str()), Ty::Text)
        }
        "split" => {
            let (value, delimiter, limit) = (text(0)?, text(1)?, plain(2)?);
            (quote!(functions::split(#value, #delimiter, #limit)), Ty::TextList)
        }
        other => return Err(format!("the function `{other}` is not one that the generator knows")),
    })
}

fn argument<'a>(arguments: &'a [Expr], index: usize, function: &str) -> Result<&'a Expr, String> {
    arguments.get(index).ok_or_else(|| format!("the function `{function}` lacks argument {}", index + 1))
}

/// `not`, without a double negation where the argument is an equality.
fn negated(argument: &Expr, scope: &Scope) -> Result<TokenStream, String> {
    if let Expr::Call(name, arguments) = argument {
        match (name.as_str(), arguments.as_slice()) {
            ("isSet", [value]) => {
                let (code, ty) = expr(value, scope)?;
                return Ok(if matches!(ty, Ty::Option(_)) { quote!(#code.is_none()) } else { quote!(false) });
            }
            ("stringEquals", [left, right]) => {
                let (left, right) = (as_text(left, scope)?, as_text(right, scope)?);
                return Ok(quote!(#left != #right));
            }
            _ => {}
        }
    }
    let (code, ty) = expr(argument, scope)?;
    Ok(match ty {
        Ty::Option(inner) if *inner != Ty::Bool => quote!(#code.is_none()),
        Ty::Option(_) => quote!(#code != Some(true)),
        _ => quote!(!#code),
    })
}

/// A comparison with a literal is the other side, or its negation.
fn equal_bools(left: &Expr, right: &Expr, scope: &Scope) -> Result<TokenStream, String> {
    let (value, literal) = match (left, right) {
        (Expr::Bool(literal), value) | (value, Expr::Bool(literal)) => (value, *literal),
        _ => {
            let ((left, left_ty), (right, right_ty)) = (expr(left, scope)?, expr(right, scope)?);
            return Ok(match (left_ty, right_ty) {
                (Ty::Option(_), Ty::Bool) => quote!(#left == Some(#right)),
                (Ty::Bool, Ty::Option(_)) => quote!(Some(#left) == #right),
                _ => quote!(#left == #right),
            });
        }
    };
    let (code, ty) = expr(value, scope)?;
    Ok(match (ty, literal) {
        (Ty::Option(_), literal) => quote!(#code == Some(#literal)),
        (_, true) => code,
        (_, false) => quote!(!#code),
    })
}

fn as_text(expression: &Expr, scope: &Scope) -> Result<TokenStream, String> {
    match expr(expression, scope)? {
        (code, Ty::Text) => Ok(code),
        (code, Ty::Option(inner)) if *inner == Ty::Text => Ok(quote!(#code.unwrap_or_default())),
        _ => Err("text is wanted where the rule has another type".to_owned()),
    }
}

fn attribute(value: &Expr, path: &Expr, scope: &Scope) -> Result<Typed, String> {
    let Expr::Template(parts) = path else { return Err("the path of `getAttr` is a literal".to_owned()) };
    let [Part::Literal(path)] = parts.as_slice() else { return Err("the path of `getAttr` is a literal".to_owned()) };
    step(expr(value, scope)?, path)
}

/// Follows one attribute, perhaps with an index: `resourceId[0]`.
fn step((value, ty): Typed, path: &str) -> Result<Typed, String> {
    let (name, index) = split_index(path)?;
    let found = ty.attribute(path)?;
    let member = ident(&field(name));
    let code = match (&ty, &found) {
        (Ty::TextList, _) => value,
        (Ty::Url, _) if name == "normalizedPath" => quote!(#value.#member()),
        // Lent, as the ARN may be asked for it again.
        (_, Ty::TextList) => quote!(#value.#member.as_slice()),
        _ => quote!(#value.#member),
    };
    let Some(index) = index else { return Ok((code, found)) };
    let index = proc_macro2::Literal::usize_unsuffixed(index);
    Ok((quote!(#code.get(#index).map(|text| &**text)), found))
}

/// A template as an expression that `Into<String>` takes.
fn owned_text(expression: &Expr, scope: &Scope) -> Result<TokenStream, String> {
    let Expr::Template(parts) = expression else {
        let text = as_text(expression, scope)?;
        return Ok(quote!(#text.to_owned()));
    };
    if let [Part::Literal(text)] = parts.as_slice() {
        return Ok(quote!(#text));
    }
    let mut format = String::new();
    let mut values = Vec::new();
    for part in parts {
        match part {
            Part::Literal(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Part::Value(name, path) => {
                let mut value = reference(name, scope)?;
                for attribute in path {
                    value = step(value, attribute)?;
                }
                let (code, ty) = value;
                // A raw identifier cannot stand within a format string.
                if let (true, Ok(name)) = (ty == Ty::Text, syn::parse2::<Ident>(code.clone()))
                    && !name.to_string().starts_with("r#")
                {
                    format.push_str(&format!("{{{name}}}"));
                    continue;
                }
                format.push_str("{}");
                values.push(if matches!(ty, Ty::Option(_)) { quote!(#code.unwrap_or_default()) } else { code });
            }
        }
    }
    Ok(quote!(format!(#format #(, #values)*)))
}

/// A property of an endpoint.
fn document(value: &Value, scope: &Scope) -> Result<TokenStream, String> {
    Ok(match value {
        Value::Null => quote!(Document::Null),
        Value::Bool(value) => quote!(Document::from(#value)),
        Value::Number(number) => {
            let number = number.as_i64().ok_or("a number of an endpoint property is an integer")?;
            quote!(Document::from(#number))
        }
        Value::String(text) => {
            let text = template(text, "").map_err(|error| error.message)?;
            let text = owned_text(&text, scope)?;
            quote!(Document::from(String::from(#text)))
        }
        Value::Array(elements) => {
            let elements = elements.iter().map(|element| document(element, scope)).collect::<Result<Vec<_>, _>>()?;
            quote!(Document::from(vec![#(#elements),*]))
        }
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| document(value, scope).map(|value| quote!((#key.to_owned(), #value))))
                .collect::<Result<Vec<_>, _>>()?;
            quote!(Document::from(HashMap::from([#(#entries),*])))
        }
    })
}
