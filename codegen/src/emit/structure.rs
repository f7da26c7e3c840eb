//! Structures: the type, its table, its builder, and the rows that make the methods of both.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{deprecated, doc, doc_line};
use super::xml;
use crate::format::{Table, Tables};
use crate::plan::builder::{Held, MethodKind, Tuple};
use crate::plan::types::RustType;
use crate::plan::{Field, Presence, Role, Row, Structure};
use crate::spelling::ident;

/// The type with its table.
pub(super) fn structure(structure: &Structure, tables: &mut Tables) -> TokenStream {
    let name = ident(&structure.definition);
    let docs = doc(&structure.docs.lines);
    let deprecated = deprecated(structure.deprecated.as_ref());
    let fields = structure.fields.iter().map(field);
    let private = private_field(structure.role);
    let table = tables.mark(shape_table(structure));
    quote! {
        #docs
        #deprecated
        #[non_exhaustive]
        pub struct #name { #(#fields)* #private }

        #table
    }
}

/// An item that its file defines under one name and users find under another, for a `use`.
pub(super) fn reexport(definition: &str, name: &str) -> TokenStream {
    let (definition, name) = (ident(definition), ident(name));
    if definition == name { quote!(#name) } else { quote!(#definition as #name) }
}

fn private_field(role: Role) -> TokenStream {
    match role {
        Role::Output => quote!(pub(crate) _request_id: Option<String>,),
        Role::Exception => quote! {
            pub(crate) meta: smithy_client_runtime::engine::aws_smithy_types::error::metadata::ErrorMetadata,
        },
        Role::Data | Role::Input => TokenStream::new(),
    }
}

fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    if field.is_private {
        let ty = field_type(field);
        return quote!(pub(crate) #name: #ty,);
    }
    let docs = doc(&field.docs.lines);
    let deprecated = deprecated(field.deprecated.as_ref());
    let ty = field_type(field);
    quote!(#docs #deprecated pub #name: #ty,)
}

fn field_type(field: &Field) -> TokenStream {
    let ty = boxed(&field.ty, field.boxed);
    if field.presence == Presence::Optional { quote!(Option<#ty>) } else { ty }
}

/// A type, in a box where it has one.
pub(super) fn boxed(ty: &RustType, is_boxed: bool) -> TokenStream {
    if is_boxed { quote!(Box<#ty>) } else { quote!(#ty) }
}

/// The rows of `shape!`.
fn shape_table(structure: &Structure) -> Table {
    let mut table = Table::new("shape! {\n    ");
    if structure.is_streaming() {
        table.code("streaming ");
    }
    if structure.is_all_optional() {
        table.code("all_optional ");
    }
    table.code(match structure.role {
        Role::Output => "output ",
        Role::Exception if structure.retryable.is_none() => "exception ",
        Role::Exception => "exception",
        Role::Data | Role::Input => "",
    });
    if let Some(kind) = structure.retryable {
        table.code("(").code(kind).code(") ");
    }
    table.name(&structure.definition).code(" {\n");
    for (index, field) in structure.fields.iter().enumerate() {
        table.code("        ").number(index).code(" ").name(&field.name).code(": ");
        row(&mut table, &field.row);
        table.code(",\n");
    }
    table.code("    }");
    let media_types = structure.media_types();
    if !media_types.is_empty() {
        table.code(" media_types {\n");
        for (index, media_type) in media_types {
            table.code("        ").number(index).code(" ").literal(media_type).code(",\n");
        }
        table.code("    }");
    }
    xml::block(&mut table, structure.xml_root.as_ref(), &structure.xml_members());
    defaults(&mut table, structure);
    table.code("\n}\n");
    table
}

/// What a response that lacks a member means by that, where it is not the zero of its type.
fn defaults(table: &mut Table, structure: &Structure) {
    let defaults = structure.defaults();
    if !defaults.is_empty() {
        table.code(" defaults {\n");
        for (name, expression) in defaults {
            table.code("        ").name(name).code(": ").expression(expression).code(",\n");
        }
        table.code("    }");
    }
}

/// Writes location, names and flags of a member, as tables have them.
pub(super) fn row(table: &mut Table, row: &Row) {
    if let Some(location) = row.location {
        table.code(location).code(" ");
    }
    table.literal(&row.wire);
    if let Some(name) = &row.named {
        table.code(" = ").literal(name);
    }
    for &flag in &row.flags {
        table.code(" ").code(flag);
    }
}

/// The methods of a structure and of its builder; of the input of an operation with a stream also those of the fluent
/// builder, where there is one.
pub(super) fn method_table(structure: &Structure, fluent: Option<&str>) -> Table {
    let name = &structure.definition;
    let mut table = Table::default();
    if structure.is_streamed_input() {
        table.code("streamed_methods! {\n    ").name(name).code(" => ").name(&structure.builder.definition);
        if let Some(fluent) = fluent {
            table.code(", ").name(fluent);
        }
        table.code(" {\n");
    } else if structure.is_all_optional() {
        // The builders of exceptions stand in a module of their own, where rows would be far from the type.
        let (role, module) = match structure.role {
            Role::Input => ("input ", ""),
            Role::Exception => ("", "builders::"),
            Role::Output | Role::Data => ("", ""),
        };
        table.code("methods! {\n    ").code(role).name(name).code(" => ").code(module);
        table.name(&structure.builder.definition).code(" {\n");
    } else {
        let kind = if structure.is_fallible() { "fallible " } else { "infallible " };
        table.code("draft_methods! {\n    ").code(kind).name(&structure.builder.definition);
        table.code(" => ").name(name).code(" {\n");
    }
    let (unread, read): (Vec<_>, Vec<_>) = structure.fields.iter().enumerate().partition(|(_, field)| field.is_private);
    read.iter().for_each(|(index, field)| method_row(&mut table, structure, field, *index));
    table.code("    }");
    if !unread.is_empty() {
        table.code(" without_accessor {\n");
        unread.iter().for_each(|(index, field)| method_row(&mut table, structure, field, *index));
        table.code("    }");
    }
    let private = match structure.role {
        Role::Output => Some(" with _request_id"),
        Role::Exception => Some(" with meta"),
        Role::Data | Role::Input => None,
    };
    if let Some(private) = private.filter(|_| structure.has_draft()) {
        table.code(private);
        place(&mut table, &structure.place(structure.fields.len()));
    }
    table.code("\n}\n");
    table
}

fn method_row(table: &mut Table, structure: &Structure, field: &Field, index: usize) {
    const INDENTATION: &str = "        ";
    // An input is filled through its builders, so that is where a reader wants all of the text.
    if field.is_private {
        table.code(INDENTATION).code("#[doc(hidden)]\n");
    } else if structure.role == Role::Input {
        table.docs(INDENTATION, &field.docs.lines);
    } else {
        table.docs(INDENTATION, &field.docs.first_sentence.clone().into());
    }
    table.deprecated(INDENTATION, field.deprecated.as_ref());
    table.code(INDENTATION).code(method_word(field.method_kind()));
    if structure.has_draft() {
        place(table, &structure.place(index));
    }
    table.code(" ").name(&field.name).code(", ").name(&field.set).code(", ").name(&field.get);
    for (position, ty) in field.method_types().iter().enumerate() {
        table.code(if position == 0 { ": " } else { " => " }).ty(ty);
    }
    if !structure.is_all_optional() {
        table.presence(&field.presence);
    }
    table.code(";\n");
}

/// The word by which the runtime's macros know a kind of methods.
fn method_word(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Text => "text",
        MethodKind::Texts => "texts",
        MethodKind::List => "list",
        MethodKind::TextMap => "text_map",
        MethodKind::Map => "map",
        MethodKind::KeyedTextMap => "keyed_text_map",
        MethodKind::KeyedMap => "keyed_map",
        MethodKind::Boxed => "boxed",
        MethodKind::Copy => "copy",
        MethodKind::Stream => "stream",
        MethodKind::Value => "value",
    }
}

/// The builder's definition: one of the crate's generic ones. Where some member is always there, the draft as well: an
/// option for each member.
pub(super) fn builder_alias(structure: &Structure) -> TokenStream {
    let name = ident(&structure.definition);
    let builder = ident(&structure.builder.definition);
    let docs = doc_line(&format!("Builder of {}.", structure.link()));
    if structure.is_streamed_input() {
        return quote!(#docs pub type #builder = StreamBuilder<#name>;);
    }
    if !structure.has_draft() {
        return quote!(#docs pub type #builder = Builder<#name>;);
    }
    let members = held(&structure.held());
    quote! {
        #docs
        pub type #builder = DraftBuilder<#name>;

        impl Drafted for #name {
            type Members = #members;
        }
    }
}

/// The type of what a builder holds.
fn held(tuple: &Tuple<Held<'_>>) -> TokenStream {
    match tuple {
        Tuple::Of(elements) => {
            let elements = elements.iter().map(held);
            quote!((#(#elements,)*))
        }
        Tuple::Element(Held::Member(field)) => {
            let ty = boxed(&field.ty, field.boxed);
            quote!(Option<#ty>)
        }
        Tuple::Element(Held::RequestId) => quote!(Option<String>),
        Tuple::Element(Held::Metadata) => {
            quote!(Option<smithy_client_runtime::engine::aws_smithy_types::error::metadata::ErrorMetadata>)
        }
    }
}

/// Writes where a builder holds a member: `(3)`, or `(0.3)` in a tuple of tuples.
fn place(table: &mut Table, place: &[usize]) {
    for (depth, step) in place.iter().enumerate() {
        table.code(if depth == 0 { "(" } else { "." }).number(*step);
    }
    table.code(")");
}
