//! Structures: the type, its accessors, its table and its builder.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeSet;

use super::{deprecated, doc, doc_line};
use crate::format::{Table, Tables};
use crate::plan::names::{definition, ident};
use crate::plan::types::{MapKey, RustType};
use crate::plan::{Field, Presence, Role, Structure};

/// The type with its accessors and its table.
pub(super) fn structure(structure: &Structure, tables: &mut Tables) -> TokenStream {
    let builder: TokenStream = structure.builder.path.parse().expect("paths are made of identifiers");
    let name = ident(&definition(&structure.name));
    let docs = doc(&structure.docs.lines);
    let deprecated = deprecated(structure.deprecated.as_ref());
    let fields = structure.fields.iter().map(field);
    let private = private_field(structure.role);
    let accessors = structure.fields.iter().filter(|field| field.has_accessor).map(accessor);
    let builder_doc = doc_line(&format!("Begins a {}.", linked(&structure.name)));
    let table = tables.mark(shape_table(structure));
    quote! {
        #docs
        #deprecated
        #[non_exhaustive]
        pub struct #name { #(#fields)* #private }

        impl #name {
            #builder_doc
            #[inline]
            pub fn builder() -> #builder {
                #builder::default()
            }

            #(#accessors)*
        }

        #table
    }
}

/// A link to a type of the same file, in documentation.
fn linked(name: &str) -> String {
    let definition = definition(name);
    if definition == name { format!("[`{name}`]") } else { format!("[`{name}`]({definition})") }
}

/// A type under its own name, for a `use`.
pub(super) fn reexport(name: &str) -> TokenStream {
    reexport_of(&definition(name), name)
}

/// An item that its file defines under one name and users find under another, for a `use`.
pub(super) fn reexport_of(definition: &str, name: &str) -> TokenStream {
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
    let docs = doc(&field.docs.lines);
    let deprecated = deprecated(field.deprecated.as_ref());
    let ty = field_type(field);
    quote!(#docs #deprecated pub #name: #ty,)
}

fn field_type(field: &Field) -> TokenStream {
    let ty = &field.ty;
    let ty = if field.boxed { quote!(Box<#ty>) } else { quote!(#ty) };
    if field.presence == Presence::Optional { quote!(Option<#ty>) } else { ty }
}

/// What the accessor of a field returns, and how.
fn accessor(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = doc(&field.docs.first_sentence.clone().into());
    let deprecated = deprecated(field.deprecated.as_ref());
    let ty = &field.ty;
    let optional = field.presence == Presence::Optional;
    let (returns, value) = match (&field.ty, optional) {
        (RustType::String, true) => (quote!(Option<&str>), quote!(self.#name.as_deref())),
        (RustType::String, false) => (quote!(&str), quote!(&self.#name)),
        (RustType::Vec(element), true) => (quote!(&[#element]), quote!(self.#name.as_deref().unwrap_or_default())),
        (RustType::Vec(element), false) => (quote!(&[#element]), quote!(&self.#name)),
        (ty, true) if ty.is_copy() => (quote!(Option<#ty>), quote!(self.#name)),
        (ty, false) if ty.is_copy() => (ty.to_token_stream(), quote!(self.#name)),
        (_, true) if field.boxed => (quote!(Option<&#ty>), quote!(self.#name.as_deref())),
        (_, true) => (quote!(Option<&#ty>), quote!(self.#name.as_ref())),
        (_, false) => (quote!(&#ty), quote!(&self.#name)),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self) -> #returns {
            #value
        }
    }
}

/// The rows of `shape!`.
fn shape_table(structure: &Structure) -> Table {
    let mut table = Table::new("shape! {\n    ");
    if structure.is_draft() {
        table.code("draft ");
    }
    table.code(match structure.role {
        Role::Output => "output ",
        Role::Exception => "exception ",
        Role::Data | Role::Input => "",
    });
    table.name(&definition(&structure.name)).code(" {\n");
    for (index, field) in structure.fields.iter().enumerate() {
        table.code("        ").number(index).code(" ").name(&field.name).code(": ");
        row(&mut table, field);
        table.code(",\n");
    }
    table.code("    }");
    let media_type = |(index, field): (usize, &'_ Field)| Some((index, field.row.media_type.clone()?));
    let media_types: Vec<(usize, String)> = structure.fields.iter().enumerate().filter_map(media_type).collect();
    if !media_types.is_empty() {
        table.code(" media_types {\n");
        for (index, media_type) in media_types {
            table.code("        ").number(index).code(" ").literal(&media_type).code(",\n");
        }
        table.code("    }");
    }
    table.code("\n}\n");
    table
}

/// Writes location, names and flags of a member, as tables have them.
pub(super) fn row(table: &mut Table, field: &Field) {
    if let Some(location) = field.row.location {
        table.code(location).code(" ");
    }
    table.literal(&field.row.wire);
    if let Some(name) = &field.row.named {
        table.code(" = ").literal(name);
    }
    for &flag in &field.row.flags {
        table.code(" ").code(flag);
    }
}

/// The methods of a structure's builder.
pub(super) fn builder_table(structure: &Structure) -> Table {
    let name = definition(&structure.name);
    let role = match structure.role {
        Role::Input => "input ",
        Role::Exception => "exception ",
        Role::Output | Role::Data => "",
    };
    let mut table = Table::default();
    if structure.is_draft() {
        table.code("setters! {\n    ").code(role).name(&name).code(" {\n");
    } else {
        let kind = if structure.is_fallible() { "fallible " } else { "infallible " };
        table.code("builder! {\n    ").code(kind).name(&structure.builder.definition);
        table.code(" => ").name(&name).code(" {\n");
    }
    let held = held(structure);
    for (index, field) in structure.fields.iter().enumerate() {
        setter_row(&mut table, structure, field, (index, held.len()));
    }
    table.code("    }");
    let private = match structure.role {
        Role::Output => Some(" _request_id"),
        Role::Exception => Some(" meta"),
        Role::Data | Role::Input => None,
    };
    if let Some(private) = private.filter(|_| !structure.is_draft()) {
        table.code(private);
        place(&mut table, structure.fields.len(), held.len());
    }
    table.code("\n}\n");
    table
}

fn setter_row(table: &mut Table, structure: &Structure, field: &Field, (index, count): (usize, usize)) {
    const INDENTATION: &str = "        ";
    // An input is filled through its builders, so that is where a reader wants all of the text.
    if structure.role == Role::Input {
        table.docs(INDENTATION, &field.docs.lines);
    } else {
        table.docs(INDENTATION, &field.docs.first_sentence.clone().into());
    }
    table.deprecated(INDENTATION, field.deprecated.as_ref());
    table.code(INDENTATION).code(setter_kind(field));
    if !structure.is_draft() {
        place(table, index, count);
    }
    table.code(" ").name(&field.name).code(", ").name(&field.set).code(", ").name(&field.get);
    for (position, ty) in named_by_row(field).iter().enumerate() {
        table.code(if position == 0 { ": " } else { " => " }).ty(ty);
    }
    if !structure.is_draft() {
        table.presence(&field.presence);
    }
    table.code(";\n");
}

/// The imports that the rows of a builder's table, and its definition, need.
pub(super) fn row_imports(structure: &Structure, paths: &mut BTreeSet<String>) {
    for field in &structure.fields {
        if structure.is_draft() {
            named_by_row(field).iter().for_each(|ty| ty.imports(paths));
        } else {
            field.ty.imports(paths);
        }
    }
}

/// The kind of setter of a field.
fn setter_kind(field: &Field) -> &'static str {
    match &field.ty {
        RustType::String => "text",
        RustType::Vec(element) if **element == RustType::String => "texts",
        RustType::Vec(_) => "list",
        RustType::Map(MapKey::String, value) if **value == RustType::String => "text_map",
        RustType::Map(MapKey::String, _) => "map",
        RustType::Map(MapKey::Enum(_), value) if **value == RustType::String => "keyed_text_map",
        RustType::Map(MapKey::Enum(_), _) => "keyed_map",
        _ if field.boxed => "boxed",
        _ => "value",
    }
}

/// The types that the row of a setter names: of an element, of a key, of a value. Texts are known by the row's kind.
fn named_by_row(field: &Field) -> Vec<RustType> {
    let parts = match &field.ty {
        RustType::Vec(element) => vec![(**element).clone()],
        RustType::Map(key, value) => vec![RustType::from(key.clone()), (**value).clone()],
        ty => vec![ty.clone()],
    };
    parts.into_iter().filter(|ty| *ty != RustType::String).collect()
}

/// The imports that a structure's type, accessors and table need.
pub(super) fn structure_imports(structure: &Structure, paths: &mut BTreeSet<String>) {
    paths.insert("smithy_client_runtime::shape".to_owned());
    for field in &structure.fields {
        field.ty.imports(paths);
    }
}

/// The imports that its builder needs.
pub(super) fn builder_imports(structure: &Structure, paths: &mut BTreeSet<String>) {
    if structure.is_draft() {
        paths.insert("crate::builder::Builder".to_owned());
        paths.insert("smithy_client_runtime::setters".to_owned());
    } else {
        paths.insert("crate::builder::DraftBuilder".to_owned());
        paths.insert("smithy_client_runtime::builder".to_owned());
        paths.insert("smithy_client_runtime::shape::Drafted".to_owned());
    }
}

/// The builder's definition: one of the crate's generic ones, and the options that it holds where the structure is no
/// draft of itself.
pub(super) fn builder_alias(structure: &Structure) -> TokenStream {
    let name = ident(&definition(&structure.name));
    let builder = ident(&structure.builder.definition);
    let docs = doc_line(&format!("Builder of {}.", linked(&structure.name)));
    if structure.is_draft() {
        return quote!(#docs pub type #builder = Builder<#name>;);
    }
    let members = tuple(&held(structure));
    quote! {
        #docs
        pub type #builder = DraftBuilder<#name>;

        impl Drafted for #name {
            type Members = #members;
        }
    }
}

/// The types of the options that a builder holds: those of the members, and of what stands behind them.
fn held(structure: &Structure) -> Vec<TokenStream> {
    let member = |field: &Field| {
        let ty = &field.ty;
        if field.boxed { quote!(Option<Box<#ty>>) } else { quote!(Option<#ty>) }
    };
    let private = match structure.role {
        Role::Output => Some(quote!(Option<String>)),
        Role::Exception => {
            Some(quote!(Option<smithy_client_runtime::engine::aws_smithy_types::error::metadata::ErrorMetadata>))
        }
        Role::Data | Role::Input => None,
    };
    structure.fields.iter().map(member).chain(private).collect()
}

/// How many elements a tuple may have to be of use: the traits of the standard library end there.
const TUPLE: usize = 12;

/// How many of `count` types each element of their tuple stands for: one, or as many as a full tuple of tuples holds.
fn stride(count: usize) -> usize {
    std::iter::successors(Some(1), |stride| Some(stride * TUPLE)).find(|stride| stride * TUPLE >= count).unwrap_or(1)
}

/// A tuple of types, or where they are many a tuple of tuples.
fn tuple(types: &[TokenStream]) -> TokenStream {
    fn nested(types: &[TokenStream], stride: usize) -> TokenStream {
        if stride == 0 {
            return quote!(#(#types)*);
        }
        let elements = types.chunks(stride).map(|types| nested(types, stride / TUPLE));
        quote!((#(#elements,)*))
    }
    nested(types, stride(types.len()))
}

/// The place of the type at `index` in the tuple of `count`, from the outside in: 3, or 0 and 3 in a tuple of tuples.
fn steps(index: usize, count: usize) -> impl Iterator<Item = usize> {
    let strides = std::iter::successors(Some(stride(count)), |stride| Some(stride / TUPLE));
    strides.take_while(|stride| *stride > 0).map(move |stride| index / stride % TUPLE)
}

/// Writes that place: `(3)`, or `(0.3)`.
fn place(table: &mut Table, index: usize, count: usize) {
    for (depth, step) in steps(index, count).enumerate() {
        table.code(if depth == 0 { "(" } else { "." }).number(step);
    }
    table.code(")");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_members_stand_in_tuples_of_tuples() {
        let place = |index, count| steps(index, count).collect::<Vec<_>>();
        assert_eq!((place(0, 1), place(11, 12)), (vec![0], vec![11]));
        assert_eq!((place(0, 13), place(12, 13)), (vec![0, 0], vec![1, 0]));
        assert_eq!((place(143, 144), place(144, 145)), (vec![11, 11], vec![1, 0, 0]));
    }

    #[test]
    fn tuples_have_the_places_of_their_types() {
        let types = |count: usize| vec![quote!(T); count];
        assert_eq!(tuple(&types(1)).to_string(), "(T ,)");
        assert_eq!(tuple(&types(13)).to_string(), format!("(({}) , (T ,) ,)", ["T ,"; 12].join(" ")));
    }
}
