//! Examples for each operation: those of the model, else the shortest call that the service might accept.
//!
//! An example of the model (`smithy.api#examples`) becomes the call with its
//! input, and a look at the members that its output shows. Where there is none,
//! or none that can be written in Rust, the required members are set to values
//! that show their types. A paginated operation is walked to its end. The
//! examples are doctests of the emitted crate, so that they compile.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::layout;
use crate::model;
use crate::plan::docs::{self, Line, Lines};
use crate::plan::names;
use crate::plan::types::RustType;
use crate::plan::value::{Setter, Types};
use crate::plan::{Items, Operation, Pagination, Plan};
use crate::report::Diagnostic;
use crate::spelling::{self, Spelling, ident, path, setters};

/// Appends examples to the documentation of every operation, and warns of those of the model that are of no use.
pub(super) fn add(plan: &mut Plan, operations: &[model::Operation]) {
    let examples = Examples { types: Types::new(plan), library: plan.package.library() };
    let link = |name: &str| plan.links.get(name).cloned();
    let mut warnings = Vec::new();
    let sections: Vec<Lines> = plan
        .operations
        .iter()
        .map(|operation| {
            let modelled = operations.iter().find(|modelled| modelled.id.name() == operation.shape_name);
            let shown = modelled.map(|modelled| examples.modelled(operation, modelled, &link, &mut warnings));
            examples.section(operation, shown.unwrap_or_default())
        })
        .collect();
    for (operation, lines) in plan.operations.iter_mut().zip(sections) {
        operation.docs.lines.extend(lines);
    }
    plan.warnings.extend(warnings);
}

/// An example as it is shown.
struct Shown {
    introduction: Lines,
    code: Vec<String>,
}

/// What makes the examples of a crate.
pub(super) struct Examples<'p> {
    pub(super) types: Types<'p>,
    /// Name by which programs import the crate.
    library: String,
}

/// The calls of setters as an example writes them: types by their short names, which it imports, or by their paths where
/// the short name means something else.
pub(super) struct Written {
    /// The calls, none of which names a document.
    pub(super) calls: String,
    /// Paths below the library of the types that they name by their last part.
    pub(super) used: BTreeSet<String>,
}

/// Where an example stands: beside the library, with imports of its own.
struct Place<'a> {
    library: &'a str,
    used: BTreeSet<String>,
}

impl Spelling for Place<'_> {
    fn named(&mut self, module: &str, name: &str) -> TokenStream {
        let ident = ident(name);
        if module != "types" || names::hides_short_name(name) {
            let (library, module) = (spelling::ident(self.library), path(module));
            return quote!(#library::#module::#ident);
        }
        self.used.insert(format!("types::{name}"));
        quote!(#ident)
    }

    fn primitive(&mut self, name: &str) -> TokenStream {
        self.used.insert(format!("primitives::{name}"));
        let name = ident(name);
        quote!(#name)
    }

    fn document(&mut self) -> TokenStream {
        quote!(aws_smithy_types::Document)
    }
}

impl Written {
    /// Writes setters for users of this library.
    pub(super) fn new(calls: &[Setter], library: &str) -> Self {
        let mut place = Place { library, used: BTreeSet::new() };
        let calls = setters(calls, &mut place).to_string();
        Self { calls, used: place.used }
    }
}

impl Examples<'_> {
    /// The examples of the model that Rust can say.
    fn modelled(
        &self,
        operation: &Operation,
        modelled: &model::Operation,
        link: &docs::Lookup<'_>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Vec<Shown> {
        let examples = modelled.examples.iter().filter_map(|example| {
            let setters = self.types.setters(&operation.input.fields, &example.input).ok();
            let Some(setters) = setters.filter(|setters| setters.iter().all(Setter::can_be_shown)) else {
                warnings.push(unusable(modelled, example));
                return None;
            };
            let code = self.code(operation, &Written::new(&setters, &self.library), Some(&example.output));
            Some(Shown { introduction: introduction(example, link), code })
        });
        examples.collect()
    }

    /// The section with these examples, or with the shortest call; empty where a required member has no simple value.
    fn section(&self, operation: &Operation, mut examples: Vec<Shown>) -> Lines {
        if examples.is_empty() {
            examples.extend(self.shortest(operation).map(|code| Shown { introduction: Lines::default(), code }));
        }
        let heading = match examples.len() {
            0 => return Lines::default(),
            1 => "# Example",
            _ => "# Examples",
        };
        let mut lines = Lines::default();
        lines.push_paragraph(heading);
        for Shown { introduction, code } in examples {
            if !introduction.is_empty() {
                lines.push(Line::default());
                lines.extend(introduction);
            }
            lines.push_example(&code);
        }
        lines
    }

    /// The shortest call; `None` where a required member has no simple value.
    fn shortest(&self, operation: &Operation) -> Option<Vec<String>> {
        let setters = self.types.required_setters(&operation.input.fields)?;
        Some(self.code(operation, &Written::new(&setters, &self.library), None))
    }

    /// The lines of an example: a call with these setters, and a look at what its output shows, if that is known.
    fn code(&self, operation: &Operation, setters: &Written, output: Option<&Map<String, Value>>) -> Vec<String> {
        let call = format!("client.{}(){}", operation.names.module, setters.calls);
        let body = match &operation.paginated {
            Some(pagination) => self.pages(operation, pagination, &call, output),
            None if let Some(stream) = operation.output.events() => format!(
                "let mut output = {call}.send().await?; \
                 while let Some(event) = output.{}.recv().await? {{ println!(\"{{event:?}}\"); }}",
                stream.name
            ),
            None if !operation.output.has_members() => format!("{call}.send().await?;"),
            None => {
                let look = match output {
                    Some(shown) => self.look("output", &operation.output.fields, shown),
                    None => "println!(\"{output:?}\");".to_owned(),
                };
                let binding = if look.is_empty() { "" } else { "let output = " };
                format!("{binding}{call}.send().await?; {look}")
            }
        };
        layout::lines(&self.library, &setters.used, &body)
    }

    /// The statements that walk over all pages.
    fn pages(
        &self,
        operation: &Operation,
        pagination: &Pagination,
        call: &str,
        output: Option<&Map<String, Value>>,
    ) -> String {
        let Some((path, items)) = &pagination.items else {
            return format!(
                "let mut pages = {call}.into_paginator().send(); \
                 while let Some(page) = pages.next().await {{ let page = page?; println!(\"{{page:?}}\"); }}"
            );
        };
        let shown = match (path.as_slice(), items) {
            ([step], Items::Elements(RustType::Structure(named))) => {
                operation.output.fields.iter().find(|field| field.name == step.name).and_then(|list| {
                    let first = output?.get(&list.member_name)?.as_array()?.first()?.as_object()?;
                    let structure = self.types.structure(&named.name)?;
                    Some(self.look("item", &structure.fields, first)).filter(|look| !look.is_empty())
                })
            }
            _ => None,
        };
        let shown = shown.unwrap_or_else(|| "println!(\"{item:?}\");".to_owned());
        format!(
            "let mut items = {call}.into_paginator().items().send(); \
             while let Some(item) = items.next().await {{ let item = item?; {shown} }}"
        )
    }
}

/// Says that an example does not fit the input of its operation.
fn unusable(operation: &model::Operation, example: &model::Example) -> Diagnostic {
    Diagnostic::of_shape(
        operation.id.as_str(),
        format!(
            "the example {:?} does not fit the input, or holds a value that Rust cannot say shortly",
            example.title
        ),
        "name members and values as the model does; until then the example is left out of the documentation",
    )
}

/// What an example is for, in the words of the model.
fn introduction(example: &model::Example, link: &docs::Lookup<'_>) -> Lines {
    let mut lines = docs::render(&example.title, link).lines;
    if lines.last().is_some_and(|last| !last.as_str().ends_with(['.', ':', '?', '!', '`', '~'])) {
        lines.close(if example.documentation.is_some() { '.' } else { ':' });
    }
    let more = docs::render(example.documentation.as_deref().unwrap_or_default(), link).lines;
    if !more.is_empty() {
        lines.push(Line::default());
        lines.extend(more);
    }
    lines
}
