//! Tables of emitted macros, written by line. They are no Rust items that a formatter could lay out, so that items
//! carry a mark in their place.
//!
//! A row is made of code that stands in the generator's own source, of names that are identifiers, of literals and of
//! documentation; there is no way to write text of a model as anything else.

use proc_macro2::TokenStream;
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

    /// Adds an expression of the plan.
    pub(crate) fn expression(&mut self, expression: &Expression) -> &mut Self {
        self.push(expression.as_str())
    }

    /// Adds a type, spaced as in handwritten code.
    pub(crate) fn ty(&mut self, ty: &RustType) -> &mut Self {
        match ty {
            RustType::Vec(inner) => self.code("Vec<").ty(inner).code(">"),
            RustType::Option(inner) => self.code("Option<").ty(inner).code(">"),
            RustType::Map(key, inner) => self.code("HashMap<").ty(&key.clone().into()).code(", ").ty(inner).code(">"),
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
        let index = proc_macro2::Literal::usize_unsuffixed(self.0.len());
        self.0.push(table);
        quote::quote!(table_mark!(#index);)
    }
}
