//! Endpoint parameters that are taken from the input of a call, by `smithy.rules#contextParam` or an expression of
//! `smithy.rules#operationContextParams`. The generator has checked that an expression fits its input and its parameter.

use crate::jmespath::{Found, Path, follow};
use crate::shape::Shape;

/// The text that a path leads to, of a string or an enum; `None` where something on the way is not set.
pub fn text(input: &dyn Shape, path: Path) -> Option<String> {
    match follow(path, &Found::Structure(input))? {
        Found::Text(text) => Some(text.into_owned()),
        _ => None,
    }
}

/// The boolean that a path leads to; `None` where something on the way is not set.
pub fn flag(input: &dyn Shape, path: Path) -> Option<bool> {
    match follow(path, &Found::Structure(input))? {
        Found::Boolean(value) => Some(value),
        _ => None,
    }
}

/// The texts that a path leads to. `None` where what the path begins with is not set; what is not set within the
/// elements of a list is left out.
pub fn texts(input: &dyn Shape, path: Path) -> Option<Vec<String>> {
    let Found::List(elements) = follow(path, &Found::Structure(input))? else { return None };
    let texts = elements.into_iter().filter_map(|element| match element {
        Found::Text(text) => Some(text.into_owned()),
        _ => None,
    });
    Some(texts.collect())
}
