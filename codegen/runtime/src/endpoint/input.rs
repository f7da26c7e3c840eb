//! Endpoint parameters that are taken from the input of a call.
//!
//! A path leads from the input to the values: the emitted form of `smithy.rules#contextParam`, and of the JMESPath
//! expressions of `smithy.rules#operationContextParams`. The generator has checked that a path fits its input.

use crate::shape::{Shape, View};

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name`: the member at this position of a structure or a union.
    Member(usize),
    /// `[*]` and `.*`: every element of a list, every value of a map.
    Each,
    /// `keys(..)`: every key of a map.
    Keys,
    /// `.[a, b]`: what each of these paths leads to.
    Select(&'static [&'static [Step]]),
}

/// The text that a path leads to, of a string or an enum; `None` where something on the way is not set.
pub fn text(input: &dyn Shape, path: &[Step]) -> Option<String> {
    let mut texts = Vec::new();
    collect(View::Structure(input), path, &mut texts)?;
    texts.pop()
}

/// The boolean that a path leads to; `None` where something on the way is not set.
pub fn flag(input: &dyn Shape, path: &[Step]) -> Option<bool> {
    let mut view = View::Structure(input);
    for step in path {
        let Step::Member(index) = step else { return None };
        view = member(view, *index)?;
    }
    match view {
        View::Boolean(value) => Some(value),
        _ => None,
    }
}

/// The texts that a path leads to. `None` where what the path begins with is not set; what is not set within the
/// elements of a list is left out.
pub fn texts(input: &dyn Shape, path: &[Step]) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    collect(View::Structure(input), path, &mut texts)?;
    Some(texts)
}

/// The member at a position of a structure, or of a union that is this variant.
fn member(view: View<'_>, index: usize) -> Option<View<'_>> {
    match view {
        View::Structure(structure) => Some(structure.member(index).view()),
        View::Union(union) => union.variant().filter(|(position, _)| *position == index).map(|(_, value)| value.view()),
        _ => None,
    }
}

/// Appends the texts that a path leads to; `None` where something on the way is not set.
fn collect(view: View<'_>, path: &[Step], texts: &mut Vec<String>) -> Option<()> {
    let Some((step, rest)) = path.split_first() else { return end(view, texts) };
    match (step, view) {
        (Step::Member(index), view) => collect(member(view, *index)?, rest, texts)?,
        (Step::Each, View::List(items)) => {
            for index in 0..items.len() {
                // Of an element only what is set counts.
                collect(items.item(index).view(), rest, texts);
            }
        }
        (Step::Each, View::Map(entries)) => {
            entries
                .each(&mut |_, value| {
                    collect(value.view(), rest, texts);
                    Ok(())
                })
                .ok()?;
        }
        (Step::Keys, View::Map(entries)) => {
            entries
                .each(&mut |key, _| {
                    texts.push(key.text().to_owned());
                    Ok(())
                })
                .ok()?;
        }
        (Step::Select(paths), View::Structure(structure)) => {
            for path in *paths {
                collect(View::Structure(structure), path, texts);
            }
        }
        _ => return None,
    }
    Some(())
}

/// What stands at the end of a path: a text, or a list of texts.
fn end(view: View<'_>, texts: &mut Vec<String>) -> Option<()> {
    match view {
        View::Text(text) => texts.push(text.to_owned()),
        View::Enum(word) => texts.push(word.text().to_owned()),
        View::List(items) => {
            for index in 0..items.len() {
                end(items.item(index).view(), texts);
            }
        }
        _ => return None,
    }
    Some(())
}
