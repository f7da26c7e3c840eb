//! Texts with values in them, and the paths to attributes of values.

use std::fmt;

use super::form::{Parsed, Problem, fail};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Literal(String),
    /// A value by its name, and the way to an attribute of it.
    Value(String, AttributePath),
}

/// The way to an attribute of a value: `dnsSuffix`, `resourceId[0]`, `[-1]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributePath(pub Vec<AttributeStep>);

/// A step on the way to an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeStep {
    /// The attribute; empty where the value itself has an index.
    pub key: String,
    /// The position in a list; a negative one counts from its end.
    pub index: Option<i32>,
}

impl AttributePath {
    /// Reads what `getAttr` takes.
    ///
    /// # Errors
    /// A sentence about an index that is no number.
    pub fn parse(path: &str) -> Result<Self, String> {
        path.split('.').map(AttributeStep::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl AttributeStep {
    fn parse(step: &str) -> Result<Self, String> {
        let Some((key, index)) = step.split_once('[') else {
            return Ok(Self { key: step.to_owned(), index: None });
        };
        let index = index.strip_suffix(']').and_then(|index| index.parse().ok());
        match index {
            Some(index) => Ok(Self { key: key.to_owned(), index: Some(index) }),
            None => Err(format!("`{step}` has an index that is not a number")),
        }
    }
}

/// As it stands in rules.
impl fmt::Display for AttributeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}

/// Splits a template at its braces; `{{` and `}}` stand for themselves.
pub(super) fn parse(text: &str, pointer: &str) -> Parsed<Vec<Part>> {
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
        let (name, path) = match value.split_once(['#', '.']) {
            Some((name, path)) => {
                // A second `#` separates steps as a dot does.
                let path = AttributePath::parse(&path.replace('#', "."));
                (name, path.map_err(|message| Problem::of_form(pointer, message))?)
            }
            None => (value, AttributePath::default()),
        };
        parts.push(Part::Value(name.to_owned(), path));
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() || parts.is_empty() {
        parts.push(Part::Literal(literal));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_split_at_braces() {
        let parsed = parse("https://{Region}.{Partition#dnsSuffix}/{{x}}", "").expect("well formed");
        let value = |name: &str, path: &str| {
            let path = if path.is_empty() { Ok(AttributePath::default()) } else { AttributePath::parse(path) };
            Part::Value(name.to_owned(), path.expect("well formed"))
        };
        assert_eq!(
            parsed,
            [
                Part::Literal("https://".to_owned()),
                value("Region", ""),
                Part::Literal(".".to_owned()),
                value("Partition", "dnsSuffix"),
                Part::Literal("/{x}".to_owned()),
            ]
        );
    }

    #[test]
    fn templates_with_an_open_brace_are_errors() {
        let error = parse("a{b", "/rules/0/error").expect_err("the brace is open");
        assert_eq!(error.pointer, "/rules/0/error");
    }

    #[test]
    fn an_index_is_a_number_that_may_count_from_the_end() {
        let step = |key: &str, index| AttributeStep { key: key.to_owned(), index };
        assert_eq!(AttributePath::parse("resourceId[2]"), Ok(AttributePath(vec![step("resourceId", Some(2))])));
        assert_eq!(AttributePath::parse("[-2]"), Ok(AttributePath(vec![step("", Some(-2))])));
        let problems =
            ["resourceId[x]", "[", "[1", "a.b[]"].map(|path| AttributePath::parse(path).expect_err("no path"));
        insta::assert_snapshot!(problems.join("\n"), @r"
        `resourceId[x]` has an index that is not a number
        `[` has an index that is not a number
        `[1` has an index that is not a number
        `b[]` has an index that is not a number
        ");
    }
}
