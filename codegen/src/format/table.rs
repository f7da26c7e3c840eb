//! Tables of emitted macros, written by line. They are no Rust items that a formatter could lay out, so that items
//! carry a mark in their place.
//!
//! A row is made of code that stands in the generator's own source, of names that are identifiers, of literals and of
//! documentation; there is no way to write text of a model as anything else.

use proc_macro2::{Literal, TokenStream};
use serde_json::Value;
use std::fmt::Write;

use crate::plan::docs::Lines;
use crate::plan::names;
use crate::plan::types::RustType;
use crate::plan::{Expression, Presence};

/// A table in the making.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(super) text: String,
    /// The same without documentation.
    pub(super) code: String,
    /// How many lines of documentation it has.
    pub(super) docs: usize,
}

impl Table {
    /// Begins a table with code such as `shape! {`.
    pub(crate) fn new(code: &'static str) -> Self {
        let mut table = Self::default();
        table.code(code);
        table
    }

    /// Adds code of the generator's own.
    pub(crate) fn code(&mut self, code: &'static str) -> &mut Self {
        self.push(code)
    }

    /// Adds a name: an identifier, or several in a path.
    ///
    /// # Panics
    /// When it is none, which is a fault of the plan.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        assert!(names::is_path(name), "the plan has a name that is none: {name:?}");
        self.push(name)
    }

    /// Adds a string literal.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Self {
        self.push(&names::literal(text))
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: usize) -> &mut Self {
        self.push(&number.to_string())
    }

    /// Adds the expression of a default.
    pub(crate) fn expression(&mut self, expression: &Expression) -> &mut Self {
        match expression {
            Expression::Boolean(value) => self.push(&value.to_string()),
            Expression::Integer(value) => self.push(&value.to_string()),
            Expression::Float(value) => self.push(&format!("{value:?}")),
            Expression::FloatConstant(ty, name) => self.code(ty).code("::").code(name),
            Expression::Text(text) => self.literal(text).code(".to_owned()"),
            Expression::Enum(named, value) => self.name(&named.path()).code("::from(").literal(value).code(")"),
            Expression::BigNumber(text) => self.code("big_number(").literal(text).code(")"),
            Expression::Blob(bytes) if bytes.is_empty() => self.code("Blob::new(Vec::new())"),
            Expression::Blob(bytes) => self.code("Blob::new(").push(&Literal::byte_string(bytes).to_string()).code(")"),
            Expression::Timestamp(seconds) => {
                self.code("DateTime::from_secs_f64(").push(&format!("{seconds:?}")).code(")")
            }
            Expression::Document(value) => self.document(value),
        }
    }

    /// Adds a document that is a scalar or empty.
    fn document(&mut self, value: &Value) -> &mut Self {
        match value {
            Value::Null => self.code("Document::Null"),
            Value::Bool(value) => self.code("Document::Bool(").push(&value.to_string()).code(")"),
            Value::Number(number) => {
                let (digits, ty) = match (number.as_u64(), number.as_i64()) {
                    (Some(number), _) => (number.to_string(), "u64)"),
                    (None, Some(number)) => (number.to_string(), "i64)"),
                    (None, None) => (format!("{:?}", number.as_f64().unwrap_or_default()), "f64)"),
                };
                self.code("Document::from(").push(&digits).code(ty)
            }
            Value::String(text) => self.code("Document::String(").literal(text).code(".to_owned())"),
            Value::Array(_) => self.code("Document::Array(Vec::new())"),
            Value::Object(_) => self.code("Document::Object(Default::default())"),
        }
    }

    /// Adds a type, spaced as in handwritten code.
    pub(crate) fn ty(&mut self, ty: &RustType) -> &mut Self {
        match ty {
            RustType::Vec(inner) => self.code("Vec<").ty(inner).code(">"),
            RustType::Option(inner) => self.code("Option<").ty(inner).code(">"),
            RustType::Map(key, inner) => self.code("HashMap<").ty(&key.clone().into()).code(", ").ty(inner).code(">"),
            RustType::Events(events) => {
                self.name(events.holder()).code("<").name(&events.event.path()).code(", ");
                self.name(&events.error.path()).code(">")
            }
            other => self.name(&other.path()),
        }
    }

    /// Adds `///` lines.
    pub(crate) fn docs(&mut self, indentation: &'static str, lines: &Lines) -> &mut Self {
        for line in lines.iter().map(crate::plan::docs::Line::as_str) {
            let blank = if line.is_empty() { "" } else { " " };
            let written = writeln!(self.text, "{indentation}///{blank}{line}");
            written.expect("a String takes all that is written to it");
        }
        self.docs += lines.len();
        self
    }

    /// Adds the attribute of a deprecated item, if it is one.
    pub(crate) fn deprecated(&mut self, indentation: &'static str, note: Option<&String>) -> &mut Self {
        match note {
            Some(note) => self.code(indentation).code("#[deprecated(note = ").literal(note).code(")]\n"),
            None => self,
        }
    }

    /// Adds what a builder does where a member was not set.
    pub(crate) fn presence(&mut self, presence: &Presence) -> &mut Self {
        match presence {
            Presence::Optional => self,
            Presence::Required => self.code(" = required"),
            Presence::ZeroDefault => self.code(" = default"),
            Presence::Default(expression) => self.code(" = default (").expression(expression).code(")"),
        }
    }

    fn push(&mut self, code: &str) -> &mut Self {
        self.text.push_str(code);
        self.code.push_str(code);
        self
    }
}

/// The tables of one file.
#[derive(Debug, Default)]
pub(crate) struct Tables(pub(super) Vec<Table>);

impl Tables {
    /// Keeps a table and returns the mark for it, an item.
    pub(crate) fn mark(&mut self, table: Table) -> TokenStream {
        let index = Literal::usize_unsuffixed(self.0.len());
        self.0.push(table);
        quote::quote!(table_mark!(#index);)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::types::Named;
    use serde_json::json;

    #[test]
    fn defaults_are_written_as_expressions() {
        let size = Named { name: "Size".to_owned(), module: "types", qualified: false };
        let expressions = [
            Expression::Boolean(true),
            Expression::Integer(-3),
            Expression::Float(1.0),
            Expression::FloatConstant("f32", "NAN"),
            Expression::Text("a \"b\"".to_owned()),
            Expression::Enum(size, "big".to_owned()),
            Expression::Blob(Vec::new()),
            Expression::Blob(b"abc".to_vec()),
            Expression::Timestamp(0.0),
            Expression::Document(json!({})),
            Expression::Document(json!("a")),
            Expression::Document(json!(0)),
            Expression::Document(json!(-1.5)),
        ];
        let written = expressions.iter().map(|expression| {
            let mut table = Table::default();
            table.expression(expression).code("\n");
            table.text
        });
        insta::assert_snapshot!(written.collect::<String>(), @r#"
        true
        -3
        1.0
        f32::NAN
        "a \"b\"".to_owned()
        Size::from("big")
        Blob::new(Vec::new())
        Blob::new(b"abc")
        DateTime::from_secs_f64(0.0)
        Document::Object(Default::default())
        Document::String("a".to_owned())
        Document::from(0u64)
        Document::from(-1.5f64)
        "#);
    }
}
