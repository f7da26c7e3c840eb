//! Enums and unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{boxed, row};
use super::tokens::{deprecated, doc};
use super::xml;
use crate::format::{Table, Tables};
use crate::plan::{Enum, Union, UnionVariant};
use crate::spelling::ident;

/// A string enum.
pub(super) fn enumeration(enumeration: &Enum, tables: &mut Tables) -> TokenStream {
    let mut table = Table::new("string_enum! {\n");
    table.docs("    ", &enumeration.docs.lines).deprecated("    ", enumeration.deprecated.as_ref());
    table.code("    pub enum ").name(&enumeration.definition).code(" {\n");
    for variant in &enumeration.variants {
        table.docs("        ", &variant.docs.lines).deprecated("        ", variant.deprecated.as_ref());
        table.code("        ").name(&variant.name).code(" = ").literal(&variant.value).code(",\n");
    }
    table.code("    }\n}\n");
    tables.mark(table)
}

/// A union, with its tests and casts.
pub(super) fn union(union: &Union, tables: &mut Tables) -> TokenStream {
    let name = ident(&union.definition);
    let docs = doc(&union.docs.lines);
    let note = deprecated(union.deprecated.as_ref());
    let variants = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = doc(&variant.docs.lines);
        let note = deprecated(variant.deprecated.as_ref());
        let ty = boxed(&variant.ty, variant.boxed);
        quote!(#docs #note #name(#ty),)
    });
    let mut table = Table::new("union! {\n    ");
    table.name(&union.definition).code(" {\n");
    for (index, variant) in union.variants.iter().enumerate() {
        variant_row(&mut table, index, variant);
    }
    table.code("    }");
    xml::block(&mut table, None, &union.xml_members());
    table.code("\n}\n");
    let table = tables.mark(table);
    quote! {
        #docs
        #note
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A variant that the service has added since; it cannot be sent.
            #[non_exhaustive]
            Unknown,
        }

        #table
    }
}

fn variant_row(table: &mut Table, index: usize, variant: &UnionVariant) {
    table.code("        ").number(index).code(" ").name(&variant.name).code("(");
    if variant.boxed {
        table.code("Box<").ty(&variant.ty).code(">");
    } else {
        table.ty(&variant.ty);
    }
    table.code("), ").name(&variant.is).code(", ").name(&variant.cast).code(": ");
    row(table, &variant.row);
    table.code(",\n");
}
