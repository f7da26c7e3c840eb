//! JSON values that know where they stand, and the collector of what is wrong with them.

use crate::report::{Diagnostic, LEAVE_OUT, Report};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A place in a model: source, shape, member and JSON pointer.
#[derive(Clone, Debug)]
pub struct At {
    source: Rc<str>,
    shape: Option<Rc<str>>,
    member: Option<Rc<str>>,
    pointer: String,
}

impl At {
    /// The whole of a source.
    pub fn root(source: &str) -> Self {
        Self { source: source.into(), shape: None, member: None, pointer: String::new() }
    }

    /// The value under a key of the object that stands here.
    pub fn child(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.pointer.push('/');
        child.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        child
    }

    /// The same place, said to lie within a shape.
    pub fn within_shape(mut self, id: &str) -> Self {
        self.shape = Some(id.into());
        self
    }

    /// The same place, said to lie within a member of its shape.
    pub fn within_member(mut self, name: &str) -> Self {
        self.member = Some(name.into());
        self
    }

    /// Name of the source.
    pub fn source(&self) -> &str {
        &self.source
    }

    fn diagnostic(&self, message: String, hint: String) -> Diagnostic {
        Diagnostic {
            source: self.source.to_string(),
            shape: self.shape.as_deref().map(str::to_owned),
            member: self.member.as_deref().map(str::to_owned),
            pointer: self.pointer.clone(),
            message,
            hint,
            unsupported: false,
        }
    }
}

/// Collects what is wrong (errors) and what is odd (warnings) with a model.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Findings {
    /// Notes a problem that keeps the model from being used.
    pub fn error(&mut self, at: &At, message: impl Into<String>, hint: impl Into<String>) {
        self.errors.push(at.diagnostic(message.into(), hint.into()));
    }

    /// Notes something of a right model that the generator cannot emit.
    pub fn unsupported(&mut self, at: &At, message: impl Into<String>) {
        self.errors.push(Diagnostic { unsupported: true, ..at.diagnostic(message.into(), LEAVE_OUT.to_owned()) });
    }

    /// Notes something that the person should know but that stops nothing.
    pub fn warning(&mut self, at: &At, message: impl Into<String>, hint: impl Into<String>) {
        self.warnings.push(at.diagnostic(message.into(), hint.into()));
    }

    /// How many problems there are so far.
    pub fn errors(&self) -> usize {
        self.errors.len()
    }

    /// The warnings if there is no error, else the errors as a report; what was found twice is told once.
    pub fn into_result(mut self) -> Result<Vec<Diagnostic>, Report> {
        let mut told = BTreeSet::new();
        self.errors.retain(|error| told.insert(error.to_string()));
        if self.errors.is_empty() { Ok(self.warnings) } else { Err(Report { diagnostics: self.errors }) }
    }
}

/// A JSON value with its place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What stands there.
    pub value: &'a Value,
    /// Where it stands.
    pub at: At,
}

impl<'a> Node<'a> {
    /// A value and where it was found.
    pub fn new(value: &'a Value, at: At) -> Self {
        Self { value, at }
    }

    /// The value under `key`; `None` where there is none or this is no object.
    pub fn field(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get(key)?;
        Some(Node::new(value, self.at.child(key)))
    }

    /// The members of an object; reports anything else and gives `None`.
    pub fn object(&self, findings: &mut Findings, hint: &str) -> Option<&'a Map<String, Value>> {
        let object = self.value.as_object();
        self.expect(object, "an object", findings, hint)
    }

    /// The members of an object with their places, in order; reports anything else and gives none.
    pub fn fields(&self, findings: &mut Findings, hint: &str) -> Vec<(&'a String, Node<'a>)> {
        let object = self.object(findings, hint).into_iter().flatten();
        object.map(|(key, value)| (key, Node::new(value, self.at.child(key)))).collect()
    }

    /// The items of an array with their places; reports anything else and gives none.
    pub fn items(&self, findings: &mut Findings, hint: &str) -> Vec<Node<'a>> {
        let array = self.expect(self.value.as_array(), "an array", findings, hint);
        let items = array.into_iter().flatten().enumerate();
        items.map(|(index, value)| Node::new(value, self.at.child(&index.to_string()))).collect()
    }

    /// A string; reports anything else and gives `None`.
    pub fn text(&self, findings: &mut Findings, hint: &str) -> Option<&'a str> {
        self.expect(self.value.as_str(), "a string", findings, hint)
    }

    /// Passes on what was read, or reports that the value is of another kind.
    fn expect<T>(&self, read: Option<T>, wanted: &str, findings: &mut Findings, hint: &str) -> Option<T> {
        if read.is_none() {
            let found = describe(self.value);
            findings.error(&self.at, format!("expected {wanted}, found {found}"), hint);
        }
        read
    }
}

/// Says what a JSON value is, in words for a message.
pub fn describe(value: &Value) -> String {
    const LONGEST: usize = 40;
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(boolean) => format!("the boolean {boolean}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("the string {start:?} and so on")
        }
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Findings, Node, describe};
    use serde_json::json;

    #[test]
    fn pointers_escape_tilde_and_slash() {
        let mut findings = Findings::default();
        let at = At::root("m.json").child("shapes").child("a#b/c~d");
        findings.error(&at, "wrong", "");
        let report = findings.into_result().expect_err("an error was noted");
        assert_eq!(report.diagnostics[0].pointer, "/shapes/a#b~1c~0d");
    }

    #[test]
    fn warnings_alone_are_no_failure() {
        let mut findings = Findings::default();
        findings.warning(&At::root("m.json"), "odd", "");
        let warnings = findings.into_result().expect("only a warning was noted");
        assert_eq!(warnings[0].message, "odd");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_described() {
        let value = json!({"list": ["x".repeat(41)]});
        let mut findings = Findings::default();
        let list = Node::new(&value, At::root("m")).field("list");
        let items = list.map(|list| list.items(&mut findings, ""));
        let descriptions: Vec<_> = items.iter().flatten().map(|item| describe(item.value)).collect();
        let start = "x".repeat(40);
        assert_eq!(descriptions, [format!("the string {start:?} and so on")]);
        assert_eq!(describe(&json!(2.5)), "the number 2.5");
        assert_eq!(describe(&json!({})), "an object");
    }
}
